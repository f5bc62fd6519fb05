#!/bin/bash
# nightly.sh SITES DIRECTORY: the nightly batch of many dealerships, on all cores. Each folder of SITES is a site,
# with the night's requests in its requests.csv; they share nothing, so one that fails stops no other. DIRECTORY is of
# one night: report.csv, also on standard output, is a row a site; site/NAME is what ../nightly.sh keeps for
# ../report.sh; joblog is GNU parallel's. The same command again runs only those that have not ended with 0 or 1, and
# books nothing twice.
#
#     30 5 * * 1-6  .../examples/network/nightly.sh /srv/mob/sites /srv/mob/nights/$(date +\%F)
#
# On several machines, each with its own sites: machines.sh. Exit status: 0 all done, 1 some requests need a person,
# else the highest of the sites': nothing was booked there (2), it is not known (74), or the calendar was locked (75),
# or another run is at it (75): run it again. Needs Miller and GNU parallel.
set -u -o pipefail
[ $# -eq 2 ] && [ -d "$1" ] || { echo "usage: $0 SITES DIRECTORY" >&2; exit 2; }
SITES=$(realpath "$1") && mkdir -p "$2/site" && DIRECTORY=$(realpath "$2") || exit 2
NIGHTLY=$(realpath "$0")
NIGHTLY=${NIGHTLY%/*/*}/nightly.sh
export SITES DIRECTORY NIGHTLY
exec 9<"$DIRECTORY"
flock -n 9 || { echo "nightly: $2: another run is at it" >&2; exit 75; }

# The exit status of a site's night; one that was killed has none, and it is not known what it has done.
state_of() {
    state=74
    [ ! -s "$DIRECTORY/site/$1/status" ] || read -r state <"$DIRECTORY/site/$1/status"
}

shopt -s nullglob
names=()
left=()
for folder in "$SITES"/*/; do
    name=${folder%/}
    name=${name##*/}
    names+=("$name")
    state_of "$name"
    [ "$state" -le 1 ] || left+=("$name")
done
[ ${#names[@]} -gt 0 ] || { echo "nightly: $1: has no sites" >&2; exit 2; }
if [ ${#left[@]} -gt 0 ]; then
    # Two jobs a core, for a booking waits for the disk; as many sites a job as leave all cores busy to the end.
    batch=$((1 + ${#left[@]} / 20))
    # One job for many sites, in the small shell: else starting them would cost more than the sites.
    export NIGHT='
        (cd "$DIRECTORY/site" && exec mkdir -p -- "$@")
        for name; do
            MOB_SITE=$SITES/$name "$NIGHTLY" "$SITES/$name/requests.csv" "$DIRECTORY/site/$name" \
                2>"$DIRECTORY/site/$name/messages"
        done
        true'
    printf '%s\0' "${left[@]}" | SHELL=/bin/sh PARALLEL_SHELL=/bin/sh parallel --will-cite -0 -j 200% \
        -n $((batch < 20 ? batch : 20)) --joblog "$DIRECTORY/joblog" 'sh -c "$NIGHT" night {}' || exit 74
fi

# ---- the report ----

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# The last that was said by the tool that ended the night of NAME.
message_of() {
    local lines line tool
    message='the night has not ended'
    [ -s "$DIRECTORY/site/$1/status" ] || return
    mapfile -t lines <"$DIRECTORY/site/$1/messages"
    message=${lines[-1]}
    [[ $message =~ ^nightly:\ (mob-[a-z]+)\ ended ]] || return
    tool=${BASH_REMATCH[1]}
    for line in "${lines[@]}"; do
        [[ $line != "$tool: "* ]] || message=$line
    done
}

# What a night that did not end has left may be cut: only those that have ended are counted.
cd "$DIRECTORY/site" || exit 2
worst=0
files=()
echo site,exit,message >"$work/sites.csv"
for name in "${names[@]}"; do
    state_of "$name"
    message=
    if [ "$state" -le 1 ]; then
        files+=("./$name/confirmations.csv" "./$name/"rejects-*.csv)
    else
        message_of "$name"
    fi
    printf '"%s",%s,"%s"\n' "${name//\"/\"\"}" "$state" "${message//\"/\"\"}" >>"$work/sites.csv"
    [ "$state" -le "$worst" ] || worst=$state
done
# xargs may start mlr more than once: each writes rows without a header, and what is the same site's is added up.
echo 'site,result,count' >"$work/results.csv"
[ ${#files[@]} -eq 0 ] || printf '%s\0' "${files[@]}" |
    xargs -0 mlr -S --icsv --ocsv --headerless-csv-output put -q '
        place = splitax(FILENAME, "/");
        result = place[3] == "confirmations.csv" ? $result : "rejected";
        @count[place[2]][result == "conflict" ? "rejected" : result] += 1;
        end { emit @count, "site", "result" }' >>"$work/results.csv" || exit 2
mlr --csv stats1 -a sum -f count -g site,result then reshape -s result,count_sum then unsparsify \
    "$work/results.csv" >"$work/counts.csv" || exit 2
mlr -S --csv join --ur -j site -f "$work/counts.csv" then put '
        for (name, result in {"booked": "booked", "already": "already", "person": "rejected"}) {
            $[name] = $exit > 1 ? "" : is_not_empty($[result]) ? $[result] : 0;
        }' then sort -f site then cut -o -f site,exit,booked,already,person,message \
    "$work/sites.csv" >"$work/report.csv" || exit 2
cp "$work/report.csv" "$DIRECTORY/report.csv.new" && mv -- "$DIRECTORY/report.csv.new" "$DIRECTORY/report.csv" || exit 2
cat "$DIRECTORY/report.csv" || exit 2
exit "$worst"
