#!/bin/bash
# waiting.sh FILE: the waiting list. FILE holds requests as in requests.csv, the first to be served at the top; what has
# become free since the last run is kept for them for four hours, on the day that they wished and no other. Who got it is on
# standard output, to be called, and leaves FILE. Exit status: 0 nobody waits any more, 1 some still do. Else FILE is as it
# was: 2 not done, 74 not known, 75 the calendar was locked, or FILE was changed meanwhile: run it again, it books nothing
# twice. Whose four hours are about to end, expiring.sh tells.
set -u
[ $# -eq 1 ] || { echo "usage: $0 FILE" >&2; exit 2; }
list=$1
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"; rm -f "$list.new"' EXIT
cp -- "$list" "$work/list.csv" && : >"$list.new" || exit 2

mob-estimate <"$work/list.csv" | mob-entitle -q | mob-propose | mob-avail >"$work/offers.csv"
states=("${PIPESTATUS[@]}")
for state in "${states[@]}"; do
    if [ "$state" -gt 1 ]; then
        echo "waiting: a filter ended with $state (${states[*]}): nothing is booked" >&2
        exit 2
    fi
done
# Another day matches no wish. (Without any row Miller writes no header either.)
mlr -S --csv put 'if ($when == "later") { $match = "no" }' "$work/offers.csv" >"$work/wished.csv" || exit 2
[ -s "$work/wished.csv" ] || cp "$work/offers.csv" "$work/wished.csv" || exit 2
mob-book --option 4h <"$work/wished.csv" >"$work/answers.csv"
state=$?
if [ "$state" -gt 1 ]; then
    echo "waiting: mob-book ended with $state: run it again" >&2
    exit "$state"
fi

# Whoever has a booking now, from this run or one before, leaves the list. Miller writes no header where no row is left.
mlr -S --csv filter '$result == "booked" || $result == "already"' \
    then cut -o -f request,customer,solution,out,back,result "$work/answers.csv" >"$work/served.csv" || exit 2
mlr -S --csv join --np --ur -j request -f "$work/served.csv" "$work/list.csv" >"$list.new" || exit 2
waiting=1
[ -s "$list.new" ] || { waiting=0; head -n 1 "$work/list.csv" >"$list.new" || exit 2; }
cat "$work/served.csv" || exit 2
cmp -s "$work/list.csv" "$list" || { echo "waiting: $list was changed meanwhile: run it again" >&2; exit 75; }
sync "$list.new" && mv -- "$list.new" "$list" || exit 2
exit "$waiting"
