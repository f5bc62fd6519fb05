#!/bin/bash
# import.sh EXPORTS DIRECTORY: the exports of five office programs become request files in DIRECTORY. One call a program:
# how it writes its dates, amounts and letters is said once, here, and nothing is guessed. Exit status: 0 all are there, 2 one
# could not be read: DIRECTORY is as it was.
set -u
[ $# -eq 2 ] || { echo "usage: $0 EXPORTS DIRECTORY" >&2; exit 2; }
exports=$1
directory=$2
mkdir -p "$directory" || exit 2
names=()
trap 'rm -f "${names[@]/%/.new}"' EXIT

# import NAME ARGUMENT...: mob-import's answer is to become DIRECTORY/NAME.
import() {
    names+=("$directory/$1")
    mob-import "${@:2}" >"$directory/$1.new" || exit 2
}

# Excel in French, "CSV (séparateur : point-virgule)": the columns that nobody maps travel along as x_NAME.
import excel-fr.csv --encoding cp1252 -d ';' --dates dmy --decimal-comma \
    --map request='N° OR' --map customer='Nom client' --map vin='N° de série' \
    --map jobs=Interventions --list jobs=+ --map wanted='Date RDV+Heure' \
    --map km=Kilométrage --map note=Observations \
    "$exports/excel-fr.csv"

# Excel, "Texte Unicode": UTF-16, tabs, date and time in one cell.
import planning.csv --encoding utf-16 -d tab --dates dmy \
    --map request=Dossier --map customer='Cliente / Client' --map vin=Châssis --map wanted=Rendez-vous \
    --map wanted_back='Restitution souhaitée' --map jobs=Travaux --list jobs=, \
    --map licence_until="Permis valable jusqu'au" \
    "$exports/planning.txt"

# A DMS that writes one row a job. What differs from row to row is a list, or the rows could not become one.
import dms-jobs.csv --encoding iso-8859-15 -d '|' --dates ymd --group request \
    --map request=ordre --map customer=client --map vin=vin --map wanted=rdv_jour+rdv_heure \
    --map jobs=code --list jobs=, --map km=km \
    --map labels=libelle --list labels=tab --map times=temps --list times=tab \
    "$exports/dms-jobs.csv"

# The form on the web site: line ends in quotes, one job a line.
import web-form.csv --map request=id --map customer=name --map vin=vin --map wanted=date+time \
    --map jobs=work --list jobs=$'\n' --map note=message \
    "$exports/web-form.csv"

# A workshop program from the days of DOS: its codes are ours where it has one, else it tells the hours.
import dos-agenda.csv --encoding cp850 -d ';' --dates dmy --decimal-comma \
    --map request=NO --map customer=KUNDE/CLIENT --map vin=CHASSIS --map wanted=TERMIN/DATE \
    --map jobs=CODE --map labour_min=STD/H --unit labour_min=h --map note=ARBEIT/TRAVAIL \
    "$exports/dos-agenda.txt"

# Only now that all are whole does one take the place of yesterday's.
for name in "${names[@]}"; do
    mv -- "$name.new" "$name" || exit 2
done
