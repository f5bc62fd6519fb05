#!/bin/bash
# each.sh SITES COMMAND [ARGUMENT...]: one table of all dealerships. COMMAND, which writes CSV, runs once for each
# folder of SITES, which is its $MOB_SITE, on all cores; standard output is all their rows, with the site's name in
# front. Where COMMAND ended with more than 1, a row with the site, `exit` and `message`, the last that COMMAND said,
# stands in their place.
#
#     each.sh /srv/mob/sites mob-use --by month --from 2026-11-01 --until 2026-11-30
#     each.sh /srv/mob/sites mob-list --state late-out,overdue
#
# On several machines: machines.sh. Exit status: the highest of COMMAND's, 2 where there is no site. Needs Miller and
# GNU parallel.
set -u -o pipefail
[ $# -ge 2 ] && [ -d "$1" ] || { echo "usage: $0 SITES COMMAND [ARGUMENT...]" >&2; exit 2; }
SITES=$(realpath "$1") || exit 2
WORK=$(mktemp -d) || exit 2
trap 'rm -rf "$WORK"' EXIT
HERE=$PWD
export SITES WORK HERE
shift
printf '%s\0' "$@" >"$WORK/command"
mkdir "$WORK/site" || exit 2

# The sites NAME..., one after the other: to start parallel's job for each would cost more than most commands.
each() {
    local name command
    mapfile -d '' command <"$WORK/command"
    for name in "$@"; do
        mkdir "$WORK/site/$name" && cd "$WORK/site/$name" || return 2
        (cd "$HERE" && MOB_SITE=$SITES/$name exec "${command[@]}") >rows 2>messages </dev/null
        echo $? >ended
    done
}
export -f each

shopt -s nullglob
names=()
for folder in "$SITES"/*/; do
    folder=${folder%/}
    names+=("${folder##*/}")
done
[ ${#names[@]} -gt 0 ] || { echo "each: $SITES: has no sites" >&2; exit 2; }
batch=$((1 + ${#names[@]} / 20))
printf '%s\0' "${names[@]}" | SHELL=/bin/bash PARALLEL_SHELL=/bin/bash \
    parallel --will-cite -0 -n $((batch < 20 ? batch : 20)) each || exit 74

# Rows are JSON between the two, for xargs may start mlr more than once. Cells stay text.
cd "$WORK/site" || exit 2
worst=0
files=()
echo site,exit,message >"$WORK/failed.csv"
for name in "${names[@]}"; do
    state=74
    [ ! -s "$name/ended" ] || read -r state <"./$name/ended"
    if [ "$state" -le 1 ]; then
        files+=("./$name/rows")
    else
        message=$(tail -n 1 "./$name/messages")
        printf '"%s",%s,"%s"\n' "${name//\"/\"\"}" "$state" "${message//\"/\"\"}" >>"$WORK/failed.csv"
    fi
    [ "$state" -le "$worst" ] || worst=$state
done
{
    [ ${#files[@]} -eq 0 ] || printf '%s\0' "${files[@]}" |
        xargs -0 mlr -S --icsv --ojsonl put '$site = splitax(FILENAME, "/")[2]' then reorder -f site
    mlr -S --icsv --ojsonl cat "$WORK/failed.csv"
} >"$WORK/rows.json" || exit 2
if [ -s "$WORK/rows.json" ]; then
    mlr -S --ijsonl --ocsv unsparsify then sort -f site "$WORK/rows.json" || exit 2
else
    printf 'site,' && head -n 1 "${files[0]}" || exit 2
fi
exit "$worst"
