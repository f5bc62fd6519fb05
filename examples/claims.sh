#!/bin/bash
# claims.sh YYYY-MM DIRECTORY: what the maker is to reimburse for the loans that came back in that month. DIRECTORY gets
# claims-YYYY-MM.csv, a row a loan; standard output is the sum for each cost code.
set -eu
case "$#:${1:-}" in
2:[0-9][0-9][0-9][0-9]-0[1-9] | 2:[0-9][0-9][0-9][0-9]-1[0-2]) ;;
*) echo "usage: $0 YYYY-MM DIRECTORY" >&2; exit 2 ;;
esac
month=$1
file=$2/claims-$month.csv
mkdir -p "$2"
last=$(date -u -d "$month-01 1 month 1 day ago" +%Y-%m-%d)
# A file that is there is a whole one.
trap 'rm -f "$file.new"' EXIT
mob-claim --from "$month-01" --until "$last" >"$file.new"
mob-claim --from "$month-01" --until "$last" --sum
mv "$file.new" "$file"
