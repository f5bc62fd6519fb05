#!/bin/bash
# machines.sh LOGINS COMMAND [ARGUMENT...]: one table of all machines. COMMAND, one of the two other scripts, runs on
# each of LOGINS, which GNU parallel takes as --sshlogin (lyon,mob@paris); standard output is all their rows, with the
# machine in front. A machine that cannot be reached stops no other: a row with the machine, `exit` and `message`
# stands in its place.
#
#     machines.sh lyon,mob@paris .../network/nightly.sh /srv/mob/sites /srv/mob/nights/2026-11-23
#     machines.sh lyon,mob@paris .../network/each.sh /srv/mob/sites mob-use --by month
#
# Each machine has its own sites, on its own disk, under the same name, and mob, these scripts, Miller and GNU
# parallel; ssh logs in without a question ($PARALLEL_SSH: another ssh, or options of it). What a machine has done is
# kept there, so the same command again goes on where it was. MOB_NOW is passed on. Exit status: the highest of
# COMMAND's; 74, not known, where the connection failed.
set -u -o pipefail
[ $# -ge 2 ] && [ -n "$1" ] || { echo "usage: $0 LOGINS COMMAND [ARGUMENT...]" >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
IFS=, read -ra machines <<<"$1"
shift

# In the words of every shell: whatever an argument holds is text.
NETWORK_COMMAND=
for argument in "$@"; do
    NETWORK_COMMAND+=" '${argument//\'/\'\\\'\'}'"
done
[ -z "${MOB_NOW:-}" ] || NETWORK_COMMAND="MOB_NOW='${MOB_NOW//\'/\'\\\'\'}'$NETWORK_COMMAND"
export NETWORK_COMMAND

# A job for each machine, bound to it by a group of its own.
groups=()
jobs=()
for i in "${!machines[@]}"; do
    groups+=(--sshlogin "@m$i/${machines[i]}")
    jobs+=("$i@m$i")
done
parallel --will-cite --hostgroups "${groups[@]}" -j 1 --env NETWORK_COMMAND --results "$work/{}" \
    --joblog "$work/joblog" 'eval "$NETWORK_COMMAND" # {}' ::: "${jobs[@]}" >/dev/null 2>&1 </dev/null
[ -s "$work/joblog" ] || { echo "machines: parallel did not run" >&2; exit 2; }

worst=0
header=
echo machine,exit,message >"$work/failed.csv"
for i in "${!machines[@]}"; do
    state=$(awk -F '\t' -v job=$((i + 1)) '$1 == job { print ($8 > 0 ? 128 + $8 : $7) }' "$work/joblog")
    # ssh's own; what its machine has said so far may be cut.
    if [ "${state:-255}" -eq 255 ]; then
        state=74
        : >"$work/$i"
    fi
    if [ -s "$work/$i" ]; then
        [ -n "$header" ] || header=$(head -n 1 "$work/$i")
        MACHINE=${machines[i]} mlr -S --icsv --ojsonl put '$machine = ENV["MACHINE"]' then reorder -f machine \
            "$work/$i" >>"$work/rows.json" || exit 2
    else
        message=$(tail -n 1 "$work/$i.err" 2>/dev/null | tr -d '\r')
        printf '"%s",%s,"%s"\n' "${machines[i]}" "$state" "${message//\"/\"\"}" >>"$work/failed.csv"
    fi
    [ "$state" -le "$worst" ] || worst=$state
done
mlr -S --icsv --ojsonl cat "$work/failed.csv" >>"$work/rows.json" || exit 2
if [ -s "$work/rows.json" ]; then
    mlr -S --ijsonl --ocsv unsparsify then sort -f machine "$work/rows.json" || exit 2
else
    printf '%s\n' "machine,$header" || exit 2
fi
exit "$worst"
