#!/bin/bash
# go-live.sh LOANS BACK DIRECTORY: the loans that are out on the day on which mob takes over the planning. $MOB_SITE is the
# site; LOANS is the old program's export (examples/exports/loans.csv); BACK, a date-time to come, is until when the
# overdue ones are given to be away; DIRECTORY keeps loans.csv, booked.csv, departed.csv.
#
#     MOB_SITE=/srv/mob/lyon go-live.sh prets.csv 2026-11-23T18:30 /srv/mob/go-live
#
# Exit status: 0 all loans are in the calendar, 1 some are not: booked.csv and departed.csv say why; correct LOANS and run
# it again, it books nothing twice. Else that of the command that failed; 2: nothing was done.
set -u
[ $# -eq 3 ] || { echo "usage: $0 LOANS BACK DIRECTORY" >&2; exit 2; }
loans=$1
directory=$3
export BACK=$2 NOW=${MOB_NOW:-$(date +%Y-%m-%dT%H:%M)}
# In this form alone, and a day and an hour that there are.
if [ "$(date -u -d "$BACK UTC" +%Y-%m-%dT%H:%M 2>&1)" != "$BACK" ] || [[ ! $BACK > $NOW ]]; then
    echo "go-live: BACK: '$BACK' is not a date-time to come (2026-11-30T18:30)" >&2
    exit 2
fi
mkdir -p "$directory" && : >"$directory/imported.csv" || exit 2

# One status to the end: a worse one is never hidden by a better one behind it.
worst=0
ended() {
    if [ "$1" -gt 1 ]; then
        echo "go-live: $2 ended with $1" >&2
        exit "$1"
    fi
    [ "$1" -le "$worst" ] || worst=$1
}

mob-import --encoding cp1252 -d ';' --dates dmy \
    --map request='N° prêt' --map customer=Client --map solution=Formule --map adviser=Conseiller --map car=Véhicule \
    --map out=Départ --map back='Retour prévu' --map odometer='Km départ' "$loans" >"$directory/imported.csv"
ended $? mob-import

# A loan that should be back already cannot be booked: it is booked until BACK, and is a known overdue one from there on.
# Its resources are named leg by leg: the advisor who handed the car over, then the car, where it is one of ours.
mlr --csv put '
    $note = "";
    if ($back <= ENV["NOW"]) { $note = "due back " . $back; $back = ENV["BACK"] }
    $resource = $adviser . ($car == "" ? "" : " " . $car)' "$directory/imported.csv" >"$directory/loans.csv"
ended $? mlr
mob-book <"$directory/loans.csv" >"$directory/booked.csv"
ended $? mob-book

# They have all left, and when: `out` is what happened.
mlr --csv filter '$result == "booked" || $result == "already"' then put '$action = "depart"; $at = $out' \
    then cut -o -f request,action,at,odometer "$directory/booked.csv" >"$directory/departs.csv"
ended $? mlr
mob-amend <"$directory/departs.csv" >"$directory/departed.csv"
ended $? mob-amend
exit "$worst"
