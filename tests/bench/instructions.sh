#!/bin/sh
# instructions.sh PROGRAM: how many instructions build/bench/PROGRAM takes for a byte of requests.csv, counted by
# callgrind; what starting takes is subtracted, by two sizes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${MOB_BIN:-build}")/bench/$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# count ROWS: instructions and bytes.
count() {
    "$here/generate.sh" coverage "$1" "$work"
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$work/requests.csv" \
        2>"$work/said" >/dev/null || { cat "$work/said" >&2; exit 1; }
    echo "$(sed -n 's/.*Collected : //p' "$work/said") $(stat -c %s "$work/requests.csv")"
}

few=$(count 1000)
many=$(count 8000)
echo "$few $many" | awk 'NF == 4 { printf "%.1f\n", ($3 - $1) / ($4 - $2); done = 1 } END { exit !done }'
