#!/bin/bash
# make bench: speed and memory, medians of five runs in turn, as ratios in one run. Environment: ROWS (default 1000000).
set -eu
cd "$(dirname "$0")/../.."
bin=$(realpath "${MOB_BIN:-build}")
rows=${ROWS:-1000000}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
tests/bench/generate.sh "$rows" "$data/big"
tests/bench/generate.sh $((rows / 100)) "$data/small"
cp "$data/big/coverage.csv" "$data/small/"

# measure NAME COMMAND...: five runs; the median of each figure into NAME_wall, NAME_cpu (ms) and NAME_memory (KiB).
measure() {
    local name=$1 i
    shift
    : >"$data/runs"
    for i in 1 2 3 4 5; do
        "$bin/bench/measure" "$@" >>"$data/runs"
    done
    read -r "${name}_wall" <<<"$(sort -n "$data/runs" | sed -n 3p | cut -d' ' -f1)"
    read -r "${name}_cpu" <<<"$(sort -n -k2 "$data/runs" | sed -n 3p | cut -d' ' -f2)"
    read -r "${name}_memory" <<<"$(sort -n -k3 "$data/runs" | sed -n 3p | cut -d' ' -f3)"
}

ratio() {
    awk -v one="$1" -v other="$2" 'BEGIN { printf "%.2f", one / other }'
}

measure pass "$bin/bench/pass" "$data/big/coverage.csv" "$data/big/requests.csv"
measure entitle "$bin/mob-entitle" --site "$data/big" "$data/big/requests.csv"
measure few "$bin/mob-entitle" --site "$data/small" "$data/small/requests.csv"

printf '%-64s %10s %10s %10s\n' "$rows requests against $rows rows of coverage" 'wall ms' 'cpu ms' 'peak MiB'
printf '%-64s %10s %10s %10.1f\n' 'a bare csv_parse of both files' "$pass_wall" "$pass_cpu" "$(ratio "$pass_memory" 1024)"
printf '%-64s %10s %10s %10.1f\n' 'mob-entitle' "$entitle_wall" "$entitle_cpu" "$(ratio "$entitle_memory" 1024)"
printf '%-64s %10s %10s\n' 'mob-entitle / csv_parse' "$(ratio "$entitle_wall" "$pass_wall")" \
    "$(ratio "$entitle_cpu" "$pass_cpu")"
printf '%-64s %10s %10s %10s\n' "memory, $rows requests / $((rows / 100)) requests, the same coverage" '' '' \
    "$(ratio "$entitle_memory" "$few_memory")"
