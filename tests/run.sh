#!/bin/sh
# Runs the unit tests (build/unit/*) and the bats files, or those that are named, and counts their TAP: the last line is
# `N passed, M failed`. Exits 1 where one failed or nothing ran. Used by `make check` and all that is like it.
#
# usage: tests/run.sh [FILE.bats ...]     environment: MOB_BIN (default build), JOBS (default the machine's cores)
set -u
cd "$(dirname "$0")/.." || exit 1
MOB_BIN=$(realpath "${MOB_BIN:-build}")
export MOB_BIN
log=$(mktemp)
trap 'rm -f "$log" "$log.file"' EXIT

if [ $# -eq 0 ]; then
    for unit in "$MOB_BIN"/unit/*; do
        [ -f "$unit" ] && [ -x "$unit" ] || continue
        name=$(basename "$unit")
        # A test that dies without its plan has failed, whatever it printed before.
        { "$unit" || echo "not ok - $name exited with $?"; } 2>&1 | sed "s/^\(not ok\|ok\) [0-9]* *-* */\1 - $name: /" | tee -a "$log"
    done
    set -- tests/*.bats
fi
for file in "$@"; do
    [ -f "$file" ] || continue
    bats --tap "$file" 2>&1 | tee "$log.file" |
        sed "s|^\(not ok\|ok\) [0-9]* *|\1 - $(basename "$file" .bats): |" | tee -a "$log"
    # A file that died early has failed, however many of its tests have passed.
    planned=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$log.file")
    ran=$(grep -c '^\(not \)*ok ' "$log.file")
    [ "${planned:-none}" = "$ran" ] ||
        echo "not ok - $(basename "$file" .bats): $ran of ${planned:-no} tests ran" | tee -a "$log"
done
# `ok` with a `# skip` behind it has not passed and is counted by itself.
passed=$(grep '^ok ' "$log" | grep -vci '# *skip')
skipped=$(grep '^ok ' "$log" | grep -ci '# *skip')
failed=$(grep -c '^not ok ' "$log")
if [ "$failed" -gt 0 ]; then
    echo
    grep '^not ok ' "$log"
fi
[ "$skipped" -eq 0 ] || echo "# $skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
