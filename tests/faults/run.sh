#!/bin/bash
# The fault suite: faults of every kind in the tools that write the calendar, and after each of them what was promised of
# it (CALENDAR.md). `make faults` runs the whole of it, `make faults-short` a part of each kind.
#
# usage: tests/faults/run.sh whole|short          environment: MOB_BIN (default build), JOBS (default the machine's cores)
#
# A part is a program with a site of its own, which says `count KIND N` for what it did wrong, and `lost: …`, `doubled: …`,
# `unanswered: …` or `broken: …` for what came of it. What cannot be done here is said in a line `# skipped: …`. Ends with
# the counts; exits 1 where a promise was broken or the counts are too small.
set -u
cd "$(dirname "$0")/../.." || exit 1
MOB_BIN=$(realpath "${MOB_BIN:-build}")
export MOB_BIN TZ=UTC LC_ALL=C LOGNAME=tester MOB_NOW=2026-11-24T08:00
unset MOB_SITE
extent=${1:-whole}
scratch=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) || exit 1
export scratch
chmod 755 "$scratch" # other users work in it too

# Nothing that was mounted, and no loop device, outlives the run.
clean_up() {
    local path device
    chattr -R -i "$scratch" 2>/dev/null
    for path in $(awk -v scratch="$scratch/" 'index($2, scratch) == 1 { print $2 }' /proc/mounts | sort -r); do
        umount "$path" || umount -l "$path"
    done
    for device in $(losetup --noheadings --output NAME,BACK-FILE 2>/dev/null |
        awk -v scratch="$scratch/" 'index($2, scratch) == 1 { print $1 }'); do
        losetup -d "$device"
    done
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 1' INT TERM HUP

# PART SHORT WHOLE SCENARIO...: of the part's cases every SHORTth or WHOLEth is tried (STEP or STEP/STRIDE: parts.h).
parts='
cuts       31/23  3    archive archive-purge archive-last check-accept
pairs      60/29  9    archive archive-purge archive-last check-accept
cuts       23/11  1    book-first book book-option book-again book-behind amend amend-words
pairs      60/17  3    book-first book book-option book-again book-behind amend amend-words
outside    97     1    book-first book book-option book-again book-behind amend amend-words archive archive-purge archive-last check-accept
damage     997    1    book
damage     997    9    archive
singles    37     1    book-first book book-option book-again book-behind amend amend-words archive archive-purge archive-last check-accept
beside     23     1    book-first book book-option book-again book-behind amend amend-words archive archive-purge archive-last check-accept
'
if [ "$extent" = short ]; then
    step=2 kills=100 storms=2 cuts=5 crowd=50
else
    step=3 kills=12500 storms=8 cuts=1000 crowd=200
fi

# A line for each job: PART STEP SCENARIO ARGUMENT...
jobs() {
    local type seed
    echo 'surroundings 1 -'
    for type in ext4 xfs; do
        for seed in 1 2; do echo "power 1 - $cuts $seed $type"; done
    done
    for ((seed = 1; seed <= storms; seed++)); do echo "kills 1 storm $kills $seed"; done
    awk -v step=$step 'NF {
        for (i = 4; i <= NF; i++) print $1, $step, $i, $1 == "outside" ? ENVIRON["MOB_BIN"] : "" }' <<<"$parts"
    echo "crowd 1 storm $crowd $MOB_BIN"
}

# One job, `NUMBER PART STEP SCENARIO ARGUMENT...`, with a copy of its scenario.
cat >"$scratch/job" <<'JOB'
read -r number part step scenario arguments <<<"$1"
log=$scratch/log.$number
directory=$scratch/$number
mkdir "$directory"
case $part in
surroundings) tests/faults/surroundings.bash "$directory" >"$log" 2>&1 ;;
power) tests/faults/power.bash "$directory" $arguments >"$log" 2>&1 ;;
*)
    cp -a "$scratch/scenarios/$scenario" "$directory/" &&
        "$MOB_BIN/faults/faults" "$part" tests/faults/promises.awk "$step" "$directory/$scenario" $arguments >"$log" 2>&1
    ;;
esac
status=$?
if [ $status -ne 0 ] && ! grep -qE '^(lost|doubled|unanswered|broken): ' "$log"; then
    echo "broken: $part $scenario ended with exit $status" >>"$log"
    cat "$log"
fi
grep -E '^(lost|doubled|unanswered|broken|# skipped): ' "$log" | head -n 20
rm -rf "$directory"
JOB

# Kinds in parentheses are what came of a fault, no faults by themselves.
summary() {
    awk -F '\t' -v extent="$extent" '
        function demand(kind, count, whole, short,    minimum) {
            minimum = extent == "short" ? short : whole
            if (count >= minimum) return
            print "only " count + 0 " of " minimum ": " kind
            found["broken"]++
        }
        /^(lost|doubled|unanswered|broken): / { sub(/:.*/, ""); found[$0]++; next }
        /^# skipped: power cuts on / { is_skipped[$NF] = 1 }
        $1 == "more" { found[$2] += $3 }
        $1 == "count" { count[$2] += $3 }
        / calendars checked$/ { checked += $1 }
        END {
            for (kind in count) {
                printf "%8d  %s\n", count[kind], kind | "sort -k 2"
                if (kind !~ /^\(|^kill -9|^power cut on|^writers/) injected += count[kind]
            }
            close("sort -k 2")
            printf "%8d  faults injected, kill -9 and power cuts of real file systems apart\n", injected
            printf "%8d  calendars looked at by promises.awk\n", checked
            demand("faults injected", injected, 6000, 300)
            demand("kill -9", count["kill -9"], 100000, 100)
            if (!("# skipped: power cuts on ext4" in is_skipped)) demand("power cuts on ext4", count["power cut on ext4"], 2000, 5)
            if (!("# skipped: power cuts on xfs" in is_skipped)) demand("power cuts on xfs", count["power cut on xfs"], 2000, 5)
            printf "%d other promises broken\n", found["broken"]
            printf "%d lost, %d doubled, %d unanswered\n", found["lost"], found["doubled"], found["unanswered"]
            exit found["lost"] + found["doubled"] + found["unanswered"] + found["broken"] > 0
        }' "$scratch"/log.*
}

bash tests/faults/scenarios.bash "$scratch/scenarios" >/dev/null || exit 1
jobs | nl -w 1 -s ' ' | xargs -d '\n' -P "${JOBS:-$(nproc)}" -I '{}' bash "$scratch/job" '{}'
summary
