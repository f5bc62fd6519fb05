#!/bin/bash
# claims.sh YYYY-MM DIRECTORY: what the maker is to reimburse for the loans that came back in that month. DIRECTORY gets
# claims-YYYY-MM.csv, a row a loan; standard output is the sum for each cost code. Exit status: 0 done, 2 not done, 75 the
# calendar was locked by somebody else: run it again.
set -u
case "$#:${1:-}" in
2:[0-9][0-9][0-9][0-9]-0[1-9] | 2:[0-9][0-9][0-9][0-9]-1[0-2]) ;;
*) echo "usage: $0 YYYY-MM DIRECTORY" >&2; exit 2 ;;
esac
month=$1
file=$2/claims-$month.csv
site=${MOB_SITE:-.}
[ -d "$site" ] || { echo "claims: $site: no such directory" >&2; exit 2; }
mkdir -p "$2" || exit 2
# A file that is there is a whole one.
trap 'rm -f "$file.new"' EXIT
: >"$file.new" || exit 2
last=$(date -u -d "$month-01 1 month 1 day ago" +%Y-%m-%d) || exit 2
# Under the lock that the tools take: nobody returns a car between the rows and their sum.
sums=$(flock -w 10 -E 75 "$site" bash -c 'mob-claim "$@" >"$0" && mob-claim "$@" --sum' \
    "$file.new" --from "$month-01" --until "$last")
state=$?
if [ "$state" -ne 0 ]; then
    echo "claims: no claims were made: flock or mob-claim ended with $state" >&2
    [ "$state" -eq 75 ] || state=2
    exit "$state"
fi
mv -- "$file.new" "$file" && printf '%s\n' "$sums" || exit 2
