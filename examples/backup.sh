#!/bin/bash
# backup.sh DIRECTORY [SECONDS]: the site as DIRECTORY/mob-DATE-TIME.tar.gz, packed under the lock that the tools take, so
# that no booking is half in it. The name appears when the file is whole and on the disk. Exit status: 0 done, 2 not done, 75
# the calendar was locked by somebody else for all of SECONDS (10): run it again.
#
# Back: an empty directory, `tar -xzf FILE` there, `mob-check --site` it, then move it to the site's place.
set -u
[ $# -eq 1 ] || [ $# -eq 2 ] || { echo "usage: $0 DIRECTORY [SECONDS]" >&2; exit 2; }
site=${MOB_SITE:-.}
[ -d "$site" ] || { echo "backup: $site: no such directory" >&2; exit 2; }
now=${MOB_NOW:-$(date +%Y-%m-%dT%H:%M)}
umask 077
mkdir -p "$1" || exit 2
now=${now/T/-}
file=$(realpath "$1")/mob-${now/:/}.tar.gz
case $file in
"$(realpath "$site")"/*) echo "backup: $1 is in the site: a backup would hold the ones before" >&2; exit 2 ;;
esac
trap 'rm -f "$file.new"' EXIT
: >"$file.new" || exit 2
flock -w "${2:-10}" -E 75 "$site" tar -C "$site" -czf "$file.new" .
state=$?
if [ "$state" -ne 0 ]; then
    echo "backup: no backup was made: flock or tar ended with $state" >&2
    [ "$state" -eq 75 ] || state=2
    exit "$state"
fi
gzip -t "$file.new" && sync "$file.new" && mv -- "$file.new" "$file" && sync "${file%/*}" || exit 2
