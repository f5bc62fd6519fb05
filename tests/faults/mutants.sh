#!/bin/bash
# Can the fault suite fail? Each mutant of mutants.list, a small edit of the sources that breaks a promise, is built in a copy
# of the tree, and the part of the suite that must catch it is run until it does. One line each, `caught` or `NOT CAUGHT`;
# exits 1 where one was not, or where an edit does not apply any more. --edits only says which do not.
#
# usage: tests/faults/mutants.sh [--edits] [PATTERN]      those whose description matches; environment: CC, JOBS
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
export TZ=UTC LC_ALL=C LOGNAME=tester MOB_NOW=2026-11-24T08:00 MOB_FAULTS_STOP=1
unset MOB_SITE

only_edits=
[ "${1:-}" != --edits ] || { only_edits=yes; shift; }

# The mutants are built from here, one file anew each time.
mkdir "$scratch/tree" && cp -a cmd lib tests Makefile "$scratch/tree/" || exit 1
[ "$only_edits" ] || make -C "$scratch/tree" --no-print-directory -s -j "$(nproc)" all build/faults/faults || exit 1

# One paragraph: number, what is broken, FILE, PART, SCENARIO; its edits are in edit.NUMBER.
awk -v scratch="$scratch" -v pattern="${1:-}" 'BEGIN { RS = ""; FS = "\n" }
    /^#/ { next }
    $1 ~ pattern {
        number++
        split($2, words, "[: ]+")
        print number "|" $1 "|" words[1] "|" words[2] "|" words[3]
        for (i = 3; i <= NF; i++) print $i > (scratch "/edit." number)
        close(scratch "/edit." number)
    }' tests/faults/mutants.list >"$scratch/mutants"

[ -s "$scratch/mutants" ] || exit 1
if [ "$only_edits" ]; then
    while IFS='|' read -r number what file part scenario; do
        sed -z -E -f "$scratch/edit.$number" "$scratch/tree/$file" | cmp -s "$scratch/tree/$file" - &&
            echo "NOT APPLIED  $what ($file)"
    done <"$scratch/mutants" >"$scratch/said"
    cat "$scratch/said"
    [ ! -s "$scratch/said" ]
    exit
fi

cat >"$scratch/one" <<'ONE'
IFS='|' read -r number what file part scenario <<<"$1"
tree=$scratch/mutant.$number
say() { printf '%-12s %s (%s, %s %s)\n' "$1" "$what" "$file" "$part" "$scenario"; }
mkdir "$tree" && cp -a "$scratch/tree/." "$tree/" || exit 1
sed -z -E -f "$scratch/edit.$number" "$scratch/tree/$file" >"$tree/$file"
if cmp -s "$scratch/tree/$file" "$tree/$file"; then
    say 'NOT APPLIED'
elif ! make -C "$tree" --no-print-directory -s build/mob-book build/mob-amend build/mob-archive build/faults/faults >"$tree/log" 2>&1; then
    say 'NOT BUILT'
    cat "$tree/log"
elif ! MOB_BIN=$scratch/tree/build bash tests/faults/scenarios.bash "$tree/scenarios" "$scenario" >"$tree/log" 2>&1; then
    say 'NO SCENARIO'
    cat "$tree/log"
else
    "$tree/build/faults/faults" "$part" tests/faults/promises.awk 1 "$tree/scenarios/$scenario" >"$tree/log" 2>&1
    if grep -qE '^(lost|doubled|unanswered|broken): ' "$tree/log"; then say caught; else say 'NOT CAUGHT'; cat "$tree/log"; fi
fi
rm -rf "$tree"
ONE
export scratch
xargs -d '\n' -P "${JOBS:-$(nproc)}" -I '{}' bash "$scratch/one" '{}' <"$scratch/mutants" | tee "$scratch/said"
caught=$(grep -c '^caught ' "$scratch/said")
echo "$caught of $(wc -l <"$scratch/mutants") mutants caught"
[ "$caught" -eq "$(wc -l <"$scratch/mutants")" ] && [ "$caught" -gt 0 ]
