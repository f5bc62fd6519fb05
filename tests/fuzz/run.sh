#!/bin/sh
# make fuzz: runs the fuzzers that are named, each for FUZZ_SECONDS (60), two at a time. They begin with
# tests/fuzz/corpus and with what earlier runs have made of it in build/fuzz/corpus. What one finds stands in
# build/fuzz/crashes, its log in build/fuzz/NAME.log; exits 1 then.
#
# usage: tests/fuzz/run.sh NAME...
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ $# -gt 1 ]; then
    printf '%s\n' "$@" | xargs -n 1 -P 2 tests/fuzz/run.sh || exit 1
    exit 0
fi

# What was freed is kept for so long only: more slows the fuzzers down by half.
ASAN_OPTIONS=${ASAN_OPTIONS:-quarantine_size_mb=8}
export ASAN_OPTIONS
name=$1
log=build/fuzz/$name.log
mkdir -p "build/fuzz/corpus/$name" build/fuzz/crashes
if build/fuzzing/fuzz/"$name"-fuzzer -max_total_time="${FUZZ_SECONDS:-60}" -max_len=4096 -timeout=10 \
    -rss_limit_mb=2048 -print_final_stats=1 -dict="tests/fuzz/dict/$name" \
    -artifact_prefix="build/fuzz/crashes/$name-" "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1; then
    printf '%s: nothing found: %s\n' "$name" "$(grep DONE "$log" | tr -s '\t ' ' ')"
    exit 0
fi
printf '%s: found, see %s:\n' "$name" "$log"
grep -E '^does not hold|ERROR: |runtime error: |Test unit written to' "$log"
exit 1
