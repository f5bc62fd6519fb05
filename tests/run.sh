#!/bin/sh
# Runs the unit tests (build/unit/*) and the bats files, or those that are named, a file on each core, and counts their TAP:
# the last line is `N passed, M failed`. Exits 1 where one failed or nothing ran. Used by `make check` and all that is
# like it.
#
# usage: tests/run.sh [FILE.bats ...]     environment: MOB_BIN (default build), JOBS (default the machine's cores)
set -u
cd "$(dirname "$0")/.." || exit 1
MOB_BIN=$(realpath "${MOB_BIN:-build}")
logs=$(mktemp -d)
export MOB_BIN logs
trap 'rm -rf "$logs"' EXIT

# One file: its TAP, each test named with the file. One that died early has failed, however many of its tests have passed.
cat >"$logs/one" <<'SH'
name=$(basename "$1" .bats)
start=$(date +%s)
case $1 in
*.bats) bats --tap "$1" >"$logs/$name.raw" 2>&1 ;;
*) timeout 600 "$1" >"$logs/$name.raw" 2>&1 ;;
esac
status=$?
planned=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$logs/$name.raw")
ran=$(grep -c '^\(not \)*ok ' "$logs/$name.raw")
if [ $status -ne 0 ] && [ "${planned:-none}" = "$ran" ] && ! grep -q '^not ok' "$logs/$name.raw"; then
    echo "not ok 0 exited with $status" >>"$logs/$name.raw"
fi
[ "${planned:-none}" = "$ran" ] || echo "not ok 0 $ran of ${planned:-no} tests ran" >>"$logs/$name.raw"
sed "s#^\(not ok\|ok\) [0-9]* *-* *#\1 - $name: #" "$logs/$name.raw" >"$logs/$name.tap"
echo "# $name took $(($(date +%s) - start)) s" >>"$logs/$name.tap"
cat "$logs/$name.tap"
SH

if [ $# -eq 0 ]; then
    for unit in "$MOB_BIN"/unit/*; do
        [ -f "$unit" ] && [ -x "$unit" ] && set -- "$@" "$unit"
    done
    # Those that take longest first, then the large ones: no core is idle while a long one runs alone at the end.
    slow='faults cli mob-ics man mob-claim board mob-use mob-check mob-free recipes'
    for file in $(printf 'tests/%s.bats\n' $slow) $(ls -S tests/*.bats); do
        case " $* " in
        *" $file "*) ;;
        *) [ ! -f "$file" ] || set -- "$@" "$file" ;;
        esac
    done
fi
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -I '{}' sh "$logs/one" '{}'

cat "$logs"/*.tap >"$logs/all" 2>/dev/null
# `ok` with a `# skip` behind it has not passed and is counted by itself.
passed=$(grep '^ok ' "$logs/all" | grep -vci '# *skip')
skipped=$(grep '^ok ' "$logs/all" | grep -ci '# *skip')
failed=$(grep -c '^not ok ' "$logs/all")
if [ "$failed" -gt 0 ]; then
    echo
    grep '^not ok ' "$logs/all"
fi
[ "$skipped" -eq 0 ] || echo "# $skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
