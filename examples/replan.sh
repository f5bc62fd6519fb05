#!/bin/bash
# replan.sh DIRECTORY: gives those that are displaced or at risk another car of the same kind for the same hours. Nobody is
# moved to another solution, day or hour unasked: who could not be placed is listed on standard output, with the offers that
# there are, for the advisor to choose from. DIRECTORY keeps offers.csv, replanned.csv and what was rejected. Exit status: 0
# all are placed, 1 some need a person, else nothing was booked (2), it is not known (74), or the calendar was locked (75):
# run it again.
#
# Chosen on the telephone, offer 2:  mob-book --replace --request R-1048 --offer 2 <DIRECTORY/offers.csv
set -u -o pipefail
[ $# -eq 1 ] || { echo "usage: $0 DIRECTORY" >&2; exit 2; }
directory=$1
mkdir -p "$directory" && : >"$directory/offers.csv" || exit 2

mob-list --displaced |
    mob-estimate --rejects "$directory/rejects-estimate.csv" |
    mob-entitle --rejects "$directory/rejects-entitle.csv" |
    mob-propose --rejects "$directory/rejects-propose.csv" |
    mob-avail --rejects "$directory/rejects-avail.csv" --replace >"$directory/offers.csv"
states=("${PIPESTATUS[@]}")
worst=0
for state in "${states[@]}"; do
    if [ "$state" -gt 1 ]; then
        echo "replan: a command ended with $state (${states[*]}): nothing is booked" >&2
        exit 2
    fi
    [ "$state" -le "$worst" ] || worst=$state
done

mob-book --replace <"$directory/offers.csv" >"$directory/replanned.csv"
state=$?
if [ "$state" -gt 1 ]; then
    echo "replan: mob-book ended with $state: run it again" >&2
    exit "$state"
fi
[ "$state" -le "$worst" ] || worst=$state

# The offers of those that stay as they were.
mlr -S --csv filter '$result == "rejected" || $result == "conflict"' then cut -f request "$directory/replanned.csv" |
    mlr -S --csv join -j request -f /dev/stdin then filter '$when != "none"' \
        then cut -o -f request,customer,offer,solution,when,out,back,price,reason "$directory/offers.csv" || exit 2
exit "$worst"
