# README's commands and the recipes of examples/, as a reader runs them.
load helper

prepare() {
    cp -r "$ROOT/examples/dealer" garage
    export MOB_SITE=$T/garage MOB_NOW=2026-11-23T08:30
}

@test "README: every command that shows its result gives that result" {
    cd garage
    mob-estimate -q <requests.csv | mob-entitle -q | mob-propose -q | mob-avail -q >offers.csv
    # Lines `    $ COMMAND`, and what follows until a line that is not indented, in order.
    awk -v directory="$T" '
        /^    \$ / { n = sprintf("%03d", n + 1); print substr($0, 7) > (directory "/command." n); shown = 1; printf "" > (directory "/shown." n); next }
        shown && /^    / { print substr($0, 5) > (directory "/shown." n); next }
        { shown = 0 }' "$ROOT/README.md"
    [ -f "$T/command.020" ] # most of them were found
    for command in "$T"/command.*; do
        number=${command##*.}
        check 0 bash -c "$(cat "$command")"
        same "$T/shown.$number" "$T/out"
    done
}

@test "make demo's script runs and shows what it promises" {
    check 0 env MOB_BIN="${MOB_BIN:-$ROOT/build}" "$ROOT/examples/demo.sh"
    grep -q '| already | 15 ' "$T/out"
    [ "$(grep -c '| booked  |$' "$T/out")" -eq 14 ]
}

@test "nightly.sh books from a file, and the same again is already" {
    check 0 "$ROOT/examples/nightly.sh" garage/requests.csv today
    mlr --icsv --ocsv --headerless-csv-output count-distinct -f result today/confirmations.csv | is 'booked,15'
    check 0 "$ROOT/examples/nightly.sh" garage/requests.csv today
    mlr --icsv --ocsv --headerless-csv-output count-distinct -f result today/confirmations.csv | is 'already,15'
}

@test "nightly.sh books nothing when a filter failed, and says which" {
    printf 'reception,mon,08:00,12:00\n' >garage/hours.csv
    check 2 "$ROOT/examples/nightly.sh" garage/requests.csv today
    says 'nothing is booked'
    [ ! -e garage/calendar.csv ]
}

@test "nightly.sh passes on that some requests need a person" {
    { cat garage/requests.csv; echo 'R-2000,Mme Test,,NOSUCHJOB,2026-11-24T09:00,,,,,,,,'; } >requests.csv
    check 1 "$ROOT/examples/nightly.sh" requests.csv today
    mlr --icsv --ocsv --headerless-csv-output cut -f request today/rejects-estimate.csv | is 'R-2000'
}

@test "nightly.sh without its two operands says so" {
    check 2 "$ROOT/examples/nightly.sh"
    says usage
}

@test "import.sh reads five offices' exports, each comes through the workflow, and again is harmless" {
    check 0 "$ROOT/examples/import.sh" "$ROOT/examples/exports" imported
    ls imported | wc -l | is 5
    for requests in imported/*.csv; do
        check 0 bash -c 'set -o pipefail
            mob-estimate -q "$0" | mob-entitle -q | mob-propose -q | mob-avail -q >offers.csv' "$requests"
        check 0 mob-book -q offers.csv
        cells request result | sort >found
        mlr --icsv --ocsv --headerless-csv-output cut -f request then put '$result = "booked"' then sort -f request \
            "$requests" | sed 's/,/|/' | same - found || { echo "$requests"; false; }
        check 0 mob-book -q offers.csv
        mlr --icsv --onidx count-distinct -f result "$T/out" | is "already 3"
    done
}

@test "import.sh gives what the exports say: names, times, jobs, minutes" {
    check 0 "$ROOT/examples/import.sh" "$ROOT/examples/exports" imported
    for found in imported/*.csv; do
        mlr --icsv --ocsv --headerless-csv-output --ofs '|' unsparsify -f jobs,labour_min \
            then cut -o -f request,customer,wanted,jobs,labour_min "$found"
    done >rows
    file expected <<'ROWS'
700412|FAURE DENIS|2026-12-04T09:00|RAPPEL CAPTEUR-G VIDANGE|
700415|SCI LES CŒURS-UNIS|2026-12-07T13:30|PNEUS|
700418|BÉNÉDICTE AUGER|2026-12-07T14:00|REVISION-20 BATTERIE|
A118|Müller Jörg|2026-12-10T09:00||90
A119|Crêperie Chez René|2026-12-10T14:00||255
A120|Siège Genève|2026-12-11T10:30|PNEUS|
OR26-2101|M. Rémi Chassagne|2026-11-30T08:30|REVISION-20 PNEUS|
OR26-2102|Mme Zoé Brûlé|2026-11-30T14:00|VIDANGE|
OR26-2103|Garage de l’Œuvre|2026-12-01T09:15|DIAG BATTERIE|
P-3301|Mme Eleni Παππά|2026-12-02T09:00|FREINS-AV GEOMETRIE|
P-3302|M. Łukasz Żak|2026-12-02T10:30|SUSPENSION-G|
P-3303|Mme Dvořáková 🚗|2026-12-03T08:30|VIDANGE CLIM|
W-90017|Inès Köhler|2026-12-08T08:30|DIAG CLIM|
W-90018|Théo Martin|2026-12-08T14:00|PNEUS|
W-90021|Ana Lopes|2026-12-09T09:00|VIDANGE FREINS-AR|
ROWS
    same expected rows
    check 2 "$ROOT/examples/import.sh" "$ROOT/examples/exports"
    says usage
}

@test "go-live.sh puts the loans that are out into the calendar, the overdue one too, and again changes nothing" {
    check 0 "$ROOT/examples/go-live.sh" "$ROOT/examples/exports/loans.csv" 2026-11-23T18:30 live
    check 0 mob-list
    file expected <<'ROWS'
PRT-0871|away|CONS-AL TONALE-1|2026-11-19T09:00|2026-11-24T17:30|12480||
PRT-0874|away|CONS-MD FIAT500-2|2026-11-18T14:15|2026-11-23T18:30|8205|due back 2026-11-21T11:00|due-back
PRT-0879|away|CONS-AL GRECALE-2|2026-11-20T16:40|2026-11-26T12:00|21930||
PRT-0880|away|CONS-TR|2026-11-20T17:00|2026-11-27T18:00|||
ROWS
    cells request status resource out back odometer note state | same expected -
    cp garage/calendar.csv before.csv
    check 0 "$ROOT/examples/go-live.sh" "$ROOT/examples/exports/loans.csv" 2026-11-23T18:30 live
    same before.csv garage/calendar.csv
    cells() { mlr --icsv --ocsv --headerless-csv-output count-distinct -f result live/departed.csv; }
    cells | is already,4
    # At BACK the overdue one is overdue again, and its car counts as gone.
    check 0 mob-list --now 2026-11-23T18:30 --state overdue
    mlr --icsv --onidx cut -f request "$T/out" | is PRT-0874
}

@test "go-live.sh: a loan that cannot be is said, the others are in; a bad export or clock puts nothing in" {
    sed 's/TONALE-1/GRECALE-2/; s/;PRET;CONS-AL/;MASERATI;CONS-AL/' "$ROOT/examples/exports/loans.csv" |
        sed 's/;MASERATI;CONS-AL;GRECALE-2;19/;VELO;CONS-AL;GRECALE-2;19/' >loans.csv
    check 1 "$ROOT/examples/go-live.sh" loans.csv 2026-11-23T18:30 live
    mlr --icsv --ocsv --headerless-csv-output cut -f result,request live/booked.csv | sort | head -n 1 | is PRT-0871,conflict
    mlr --icsv --onidx count then put '$count = $count' live/departed.csv | is 3
    rm -f garage/calendar.csv*
    sed 's,21/11/2026,32/11/2026,' loans.csv >bad.csv
    check 2 "$ROOT/examples/go-live.sh" bad.csv 2026-11-23T18:30 live
    says "bad.csv:3: Retour pr"
    says 'go-live: mob-import ended with 2'
    [ ! -e garage/calendar.csv ]
    check 2 "$ROOT/examples/go-live.sh" loans.csv
    says usage
}
