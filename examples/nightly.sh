#!/bin/sh
# nightly.sh REQUESTS DIRECTORY: answers and books a file of requests, as cron does it every night. $MOB_SITE is the
# site; DIRECTORY keeps offers.csv, confirmations.csv, what was rejected and the exit status, for report.sh. Exit
# status: 0 all done, 1 some requests need a person, else nothing was booked (2), it is not known (74), or the
# calendar was locked (75): run it again. Where it was killed, DIRECTORY has no status.
#
#     30 5 * * 1-6  MOB_SITE=/srv/mob/lyon /usr/local/share/doc/mob/examples/nightly.sh /srv/dms/today.csv /srv/mob/today
set -u
[ $# -eq 2 ] || { echo "usage: $0 REQUESTS DIRECTORY" >&2; exit 2; }
requests=$1
directory=$2
[ -d "$directory" ] || mkdir -p "$directory" || exit 2

# No trap on EXIT: when a signal ends the script, $? there may be 0.
ended() {
    echo "$1" >"$directory/status"
    exit "$1"
}

# What is there is of this run, never of the night before.
set --
for name in status estimate.csv entitle.csv propose.csv offers.csv confirmations.csv \
    rejects-estimate.csv rejects-entitle.csv rejects-propose.csv rejects-avail.csv; do
    [ ! -e "$directory/$name" ] || set -- "$@" "$directory/$name"
done
[ $# -eq 0 ] || rm -f "$@" || exit 2
: >"$directory/offers.csv" || exit 2
if [ ! -r "$requests" ]; then
    echo "nightly: $requests: is missing or cannot be read: nothing is booked" >&2
    ended 2
fi

# filter NAME INPUT OUTPUT: goes on only where it ended with 0 (all rows) or 1 (some rejected), and keeps the worse of
# them. From file to file, not through pipes: nobody is at work in the night who waits for it, a shell starts a plain
# command in half the time, and the first to fail is the only one to speak.
worst=0
filter() {
    "mob-$1" --rejects "$directory/rejects-$1.csv" -- "$2" >"$directory/$3"
    state=$?
    if [ "$state" -gt 1 ]; then
        echo "nightly: mob-$1 ended with $state: nothing is booked" >&2
        ended 2
    fi
    [ "$state" -le "$worst" ] || worst=$state
}
filter estimate "$requests" estimate.csv
filter entitle "$directory/estimate.csv" entitle.csv
filter propose "$directory/entitle.csv" propose.csv
filter avail "$directory/propose.csv" offers.csv
rm "$directory/estimate.csv" "$directory/entitle.csv" "$directory/propose.csv"

mob-book <"$directory/offers.csv" >"$directory/confirmations.csv"
state=$?
if [ "$state" -gt 1 ]; then
    echo "nightly: mob-book ended with $state: run it again with the same file" >&2
    ended "$state"
fi
[ "$state" -le "$worst" ] || worst=$state
ended "$worst"
