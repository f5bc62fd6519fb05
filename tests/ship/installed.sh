#!/bin/bash
# Tries what is installed as its user would: versions, manual pages, completion, the example dealership.
#
# usage: tests/ship/installed.sh [VERSION]     environment: PREFIX (default /usr), DESTDIR (default none)
set -eu -o pipefail
PREFIX=${PREFIX:-/usr}
root=${DESTDIR:-}$PREFIX
PATH=$root/bin:$PATH
documents=$root/share/doc/mob
version=${1:-$(mob-list --version | sed 's/.* //')}
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT

fail() {
    printf 'installed.sh: %s\n' "$*" >&2
    exit 1
}

# there PAGE: fails unless the manual has it, compressed or not.
there() {
    local page=$root/share/man/man${1##*.}/$1
    [ -s "$page" ] || [ -s "$page.gz" ] || fail "no manual page $1"
}

tools=$(cd "$root/bin" && ls mob-*)
[ "$(wc -w <<<"$tools")" -ge 15 ] || fail "tools are missing: $tools"
there mob.7
there mob-site.5
there mob-calendar.5
for tool in $tools; do
    [ "$("$tool" --version)" = "$tool (mob) $version" ] || fail "$tool --version: $("$tool" --version)"
    there "$tool.1"
    bash -c '. "$1" && complete -p "$2" >/dev/null' bash \
        "$root/share/bash-completion/completions/$tool" "$tool" || fail "no completion of $tool"
done

cp "$documents"/examples/dealer/*.csv "$site"
export MOB_SITE=$site MOB_NOW=2026-11-23T08:30 LOGNAME=tester
cd "$site"
mob-estimate -q <requests.csv | mob-entitle -q | mob-propose -q | mob-avail -q >offers.csv
mob-book -q <offers.csv >booked.csv
mob-book -q <offers.csv >again.csv
[ "$(grep -c ',booked,' booked.csv)" -eq 15 ] || fail 'the example dealership did not book its 15 requests'
[ "$(grep -c ',already,' again.csv)" -eq 15 ] || fail 'the same again did not answer `already` 15 times'
mob-check -q >findings.csv || fail 'mob-check finds faults in the example dealership'
"$documents/examples/demo.sh" >demo.txt
grep -q R-1042 demo.txt || fail 'demo.sh shows nothing of R-1042'
"$documents/examples/nightly.sh" requests.csv "$site/night" 2>messages || [ $? -eq 1 ] ||
    fail "nightly.sh: $(cat messages)"
[ -s night/confirmations.csv ] || fail 'nightly.sh left no confirmations'

# The recipes name the place where they are.
for file in crontab nightly.sh mob-nightly.service; do
    grep -q "[ =]$PREFIX/share/doc/mob/examples" "$documents/examples/$file" || fail "$file does not name $PREFIX"
done
echo "installed.sh: mob $version is whole"
