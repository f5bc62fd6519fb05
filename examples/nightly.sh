#!/bin/bash
# nightly.sh REQUESTS DIRECTORY: answers and books a file of requests, as cron does it every night. $MOB_SITE is the site;
# DIRECTORY keeps offers.csv, confirmations.csv, what was rejected and the exit status, for report.sh. Exit status: 0 all done,
# 1 some requests need a person, else nothing was booked (2), it is not known (74), or the calendar was locked (75): run it
# again. Where it was killed, DIRECTORY has no status.
#
#     30 5 * * 1-6  MOB_SITE=/srv/mob/lyon /usr/local/share/doc/mob/examples/nightly.sh /srv/dms/today.csv /srv/mob/today
set -u
[ $# -eq 2 ] || { echo "usage: $0 REQUESTS DIRECTORY" >&2; exit 2; }
requests=$1
directory=$2
[ -d "$directory" ] || mkdir -p "$directory" || exit 2

# No trap on EXIT: when a signal ends the script, $? there is 0.
ended() {
    echo "$1" >"$directory/status"
    exit "$1"
}

# What is there is of this run, never of the night before.
rm -f "$directory"/{status,offers.csv,confirmations.csv} "$directory"/rejects-{estimate,entitle,propose,avail}.csv || exit 2
if [ ! -r "$requests" ]; then
    echo "nightly: $requests: is missing or cannot be read: nothing is booked" >&2
    ended 2
fi

mob-estimate --rejects "$directory/rejects-estimate.csv" <"$requests" |
    mob-entitle --rejects "$directory/rejects-entitle.csv" |
    mob-propose --rejects "$directory/rejects-propose.csv" |
    mob-avail --rejects "$directory/rejects-avail.csv" >"$directory/offers.csv"
states=("${PIPESTATUS[@]}")

# It books from a file, and only when every command ended with 0 (all rows) or 1 (some rejected): `pipefail` alone would
# tell the last failure only, and let a 1 hide a 2. The first that failed by itself is named: 141 is one whose reader failed.
worst=0
failed=
filters=(mob-estimate mob-entitle mob-propose mob-avail)
for i in "${!filters[@]}"; do
    state=${states[i]}
    [ "$state" -le "$worst" ] || worst=$state
    if [ "$state" -gt 1 ] && [ "$state" -ne 141 ] && [ -z "$failed" ]; then
        failed="${filters[i]} ended with $state"
    fi
done
if [ "$worst" -gt 1 ]; then
    echo "nightly: ${failed:-a filter ended with $worst}: nothing is booked" >&2
    ended 2
fi

mob-book <"$directory/offers.csv" >"$directory/confirmations.csv"
state=$?
if [ "$state" -gt 1 ]; then
    echo "nightly: mob-book ended with $state: run it again with the same file" >&2
    ended "$state"
fi
[ "$state" -le "$worst" ] || worst=$state
ended "$worst"
