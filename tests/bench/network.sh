#!/bin/bash
# make bench-network: the nightly batch of many dealerships, examples/network/nightly.sh, on all cores; and what it
# found is counted by a second method. Environment: SITES (default 1000).
set -eu -o pipefail
cd "$(dirname "$0")/../.."
bin=$(realpath "${MOB_BIN:-build}")
PATH=$bin:$PATH
sites=${SITES:-1000}
requests=20
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export MOB_NOW=2026-11-23T05:30 LOGNAME=bench TZ=UTC LC_ALL=C
tests/bench/generate-sites.sh "$sites" "$requests" "$data/sites"

# wrong TEXT: the answer is not what it must be.
wrong() {
    echo "bench: $1" >&2
    exit 1
}

TIMEFORMAT='%R %U %S'
state=0
{
    time examples/network/nightly.sh "$data/sites" "$data/night" >"$data/report.csv" 2>"$data/messages"
} 2>"$data/time" || state=$?
[ "$state" -le 1 ] || { cat "$data/messages" >&2; wrong "the night ended with $state"; }
read -r wall user system <"$data/time"

# What the report says: each site once, all have ended well, each request booked or given to a person.
read -r rows booked answered <<<"$(mlr --icsv --ojson put -q '
        if ($exit > 1) { @failed += 1 }
        @booked += $booked;
        @person += $person;
        end { print NR . " " . @booked . " " . (@booked + @person) }' "$data/report.csv")"
[ "$rows" -eq "$sites" ] || wrong "$rows sites in the report"
[ "$answered" -eq $((sites * requests)) ] || wrong "$answered of $((sites * requests)) requests were answered"
# What the calendars say: so many requests stand in them, and no car is lent twice.
counted=$(find "$data/sites" -name calendar.csv -print0 | xargs -0 awk -F , '
    FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $(column["request"]) ~ /^R-/ && !((FILENAME, $(column["request"])) in seen) {
        seen[FILENAME, $(column["request"])] = 1
        print
    }' | wc -l)
[ "$counted" -eq "$booked" ] || wrong "$booked bookings in the report, $counted in the calendars"
find "$data/sites" -name calendar.csv -print0 |
    xargs -0 -n 1 -P "$(nproc)" awk -f tests/double-bookings.awk || wrong 'a car is lent twice'

size() {
    find "$@" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }'
}
calendars=$(size "$data/sites" -name 'calendar.csv*')
kept=$(size "$data/night")
awk -v sites="$sites" -v requests="$requests" -v booked="$booked" -v wall="$wall" -v cpu="$(echo "$user $system" |
    awk '{ print $1 + $2 }')" -v cores="$(nproc)" -v calendars="$calendars" -v kept="$kept" 'BEGIN {
    line = "%-64s %10s\n"
    printf line, sites " sites of " requests " requests, a whole night, on " cores " cores", "seconds"
    printf line, "from the first site to the joined report", sprintf("%.1f", wall)
    printf line, "sites per second", sprintf("%.1f", sites / wall)
    printf line, "processor time of a site, ms", sprintf("%.0f", 1000 * cpu / sites)
    printf line, "bookings (all requests answered, none twice)", booked
    printf line, "10,000 sites on this machine, minutes", sprintf("%.1f", 10000 * wall / sites / 60)
    printf line, "10,000 sites within an hour, cores", int(10000 * wall / sites * cores / 3600) + 1
    printf line, "calendar of a site in a year (312 nights), MB", sprintf("%.1f", 312 * calendars / sites / 1e6)
    printf line, "what a year of nights keeps of a site, MB", sprintf("%.1f", 312 * kept / sites / 1e6)
}'
