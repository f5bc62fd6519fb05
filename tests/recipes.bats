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
    says 'nightly: mob-estimate ended with 2: nothing is booked'
    [ ! -e garage/calendar.csv ]
    cp "$ROOT/examples/dealer/hours.csv" garage
    sed -i 's/39.00/x/' garage/solutions.csv
    check 2 "$ROOT/examples/nightly.sh" garage/requests.csv today
    says 'nightly: mob-entitle ended with 2: nothing is booked'
    ! grep -q '^mob-propose' "$T/err" || false # it was not asked
}

@test "nightly.sh ended by a signal leaves no status: its night has not ended" {
    mkdir bin today
    printf '#!/bin/sh\nkill -TERM "$PPID"\n' >bin/mob-book
    chmod +x bin/mob-book
    PATH=$T/bin:$PATH
    echo 0 >today/status
    check 143 "$ROOT/examples/nightly.sh" garage/requests.csv today
    [ ! -e today/status ]
}

@test "nightly.sh without requests books nothing" {
    check 2 "$ROOT/examples/nightly.sh" nosuch.csv today
    says 'nightly: nosuch.csv: is missing or cannot be read'
    is 2 <today/status
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

# ---- every night and every day ----

# night: the example's requests are booked, with one more that has an unknown job on line 17 of the file.
night() {
    { cat garage/requests.csv; echo 'R-2000,Mme Test,,NOSUCHJOB,2026-11-24T09:00,,,,,,,,'; } >requests.csv
    check 1 "$ROOT/examples/nightly.sh" requests.csv today
}

# amend TIME ARGUMENT...: a fact or a wish, as it was said at that time.
amend() {
    local time=$1
    shift
    check 0 mob-amend -q --now "$time" "$@"
}

# option TIME: at that time R-1061 gets an option for a car of the first of December, 11:00 to 17:00, for four hours.
option() {
    printf 'request,customer,solution,out,back\nR-1061,M. Blanc,PRET,2026-12-01T11:00,2026-12-01T17:00\n' >walk-in.csv
    check 0 mob-book -q --now "$1" --option 4h walk-in.csv
}

# section TITLE: the first cells and the last one of each row of that section of the text in $T/out, without its header.
section() {
    awk -v title="$1" '
        index($0, title) == 1 { inside = 1; blank = 0; next }
        inside && $0 == "" { if (++blank == 2) exit; next }
        inside { print }' "$T/out" | awk 'NR > 1 || $0 == "none" { print $1, $NF }'
}

@test "report.sh: the mail of the night, with what was rejected, where and why, and the day that comes" {
    night
    check 0 "$ROOT/examples/report.sh" today reception@example.org
    file expected <<'MAIL'
To: reception@example.org
Subject: mob, 2026-11-23: 15 booked, 0 already, 1 need a person
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
Auto-Submitted: auto-generated

The night: 15 booked, 0 already, 1 need a person.

Rejected before booking

stage    line request error
estimate 17   R-2000  jobs: job 'NOSUCHJOB' is not in jobs.csv

Not booked

none

Leave today

request customer           solution resource                            out              back
R-1040  M. Bruno Pélissier ACCOMP   CONS-AL CHAUF-1 NAV-1 CHAUF-1 NAV-1 2026-11-23T09:00 2026-11-23T13:30

Come back today

none

Never collected

none

Overdue

none

Options that expire by 2026-11-24T08:30

none

To be planned anew (replan.sh)

none
MAIL
    same expected "$T/out"
    check 1 "$ROOT/examples/nightly.sh" requests.csv today
    check 0 "$ROOT/examples/report.sh" today reception@example.org
    grep -qx 'Subject: mob, 2026-11-23: 0 booked, 15 already, 1 need a person' "$T/out"
}

@test "report.sh: late, overdue, options, displaced and what mob-book rejected, each in its section" {
    night
    amend 2026-12-01T08:40 depart R-1042
    amend 2026-12-02T18:15 block DOOR-1 resource=FIAT500-1 out=2026-12-03T08:00 back=2026-12-05T12:00
    printf 'request,customer,solution,out,back\nR-1070,M. Vert,PRET,2026-12-03T15:00,2026-12-03T17:00\n' >option.csv
    check 0 mob-book -q --now 2026-12-03T09:00 --option 4h option.csv
    # The key is somebody else's.
    printf 'request,customer,solution,out,back,wanted\nR-1043,Mme Autre,PRET,2026-12-04T10:00,2026-12-04T11:00,\n' >other.csv
    check 1 mob-book -q other.csv
    cp "$T/out" today/confirmations.csv
    export MOB_NOW=2026-12-03T09:30
    check 0 "$ROOT/examples/report.sh" today reception@example.org 4
    grep -qx 'Subject: mob, 2026-12-03: 0 booked, 0 already, 2 need a person' "$T/out"
    section 'Not booked' | cut -d' ' -f1 | is R-1043
    section 'Leave today' | cut -d' ' -f1 | sort | tr '\n' ' ' | is 'R-1044 R-1048 R-1070 '
    section 'Overdue' | is 'R-1042 2026-12-03T08:30'
    section 'Options that expire by 2026-12-03T13:30' | is 'R-1070 2026-12-03T13:00'
    section 'To be planned anew' | grep -q '^R-1048 '
    # Planned for before, and nobody has said that they left: all but those of the coming hours.
    section 'Never collected' | cut -d' ' -f1 | sort | tr '\n' ' ' |
        is 'R-1040 R-1041 R-1043 R-1045 R-1046 R-1047 R-1049 R-1051 R-1053 '
    check 0 "$ROOT/examples/report.sh" today reception@example.org 3
    section 'Options that expire by 2026-12-03T12:30' | is 'none none'
}

@test "report.sh tells of a night that failed, of one that has not ended, and of a site that cannot be read" {
    night
    # The disk was full behind the commit: half an answer.
    cp -r today cut
    echo 74 >cut/status
    head -c 3000 today/confirmations.csv >cut/confirmations.csv
    check 0 "$ROOT/examples/report.sh" cut reception@example.org
    grep -qx 'Subject: mob, 2026-11-23: not known whether it is booked: run it again (status 74)' "$T/out"
    section 'Rejected before booking' | grep -q '^estimate '
    section 'Not booked' | is 'none none'
    echo 75 >cut/status
    check 0 "$ROOT/examples/report.sh" cut reception@example.org
    grep -qx 'The night: nothing was booked, the calendar was locked: run it again (status 75).' "$T/out"
    printf 'reception,mon,08:00,12:00\n' >garage/hours.csv
    check 2 "$ROOT/examples/nightly.sh" garage/requests.csv today
    cp "$T/err" today/messages
    check 2 "$ROOT/examples/report.sh" today reception@example.org
    grep -qx 'Subject: mob, 2026-11-23: nothing was booked (status 2)' "$T/out"
    grep -qx 'nightly: mob-estimate ended with 2: nothing is booked' "$T/out"
    grep -q '^The bookings could not be listed: mob-list ended with 2' "$T/out"
    ! grep -q 'R-2000' "$T/out" || false # not of the night before
    rm today/status
    check 2 "$ROOT/examples/report.sh" today reception@example.org
    grep -qx 'Subject: mob, 2026-11-23: the night has not ended' "$T/out"
    check 2 "$ROOT/examples/report.sh" today
    says usage
    check 2 "$ROOT/examples/report.sh" today $'a@example.org\nBcc: b@example.org'
    says usage
}

@test "report.sh: what a customer wrote stays on its line and out of the header" {
    printf 'request,customer,vin,jobs,wanted\n"R-1\n.\nBcc: x","M. A\nSubject: y",,$(touch no),2026-11-24T09:00\n' >requests.csv
    check 1 "$ROOT/examples/nightly.sh" requests.csv today
    check 0 "$ROOT/examples/report.sh" today reception@example.org
    [ "$(grep -c '^Subject:' "$T/out")" -eq 1 ]
    ! grep -qE '^(Bcc:|\.$)' "$T/out" || false
    grep -q '^estimate 2 .*R-1 . Bcc: x' "$T/out"
    [ ! -e no ]
}

@test "replan.sh: the displaced one gets another car, and where there is none, its offers are listed" {
    night
    export MOB_NOW=2026-12-02T18:20
    amend 2026-12-02T18:15 block DOOR-1 resource=FIAT500-1 out=2026-12-03T08:00 back=2026-12-05T12:00
    check 0 "$ROOT/examples/replan.sh" again
    is '' <"$T/out"
    check 0 mob-list --request R-1048
    cells request resource out back | is 'R-1048|CONS-AL FIAT500-2|2026-12-03T14:00|2026-12-08T11:00'
    # Now the other three usable ones break down too.
    amend 2026-12-02T18:15 block DOOR-2 resource=FIAT500-2 out=2026-12-03T08:00 back=2026-12-05T12:00
    amend 2026-12-02T18:15 block DOOR-3 resource=TONALE-1 out=2026-12-03T08:00 back=2026-12-05T12:00
    amend 2026-12-02T18:15 block DOOR-4 resource=AVENGER-1 out=2026-12-03T08:00 back=2026-12-05T12:00
    check 1 "$ROOT/examples/replan.sh" again
    # At 18:20 it is too late for tomorrow's rental (two working days) and for a pick-up (a day).
    cells request offer solution out | head -n 2 >found
    file expected <<'ROWS'
R-1048|1|MASERATI|2026-12-03T14:00
R-1048|2|LIVRAISON|2026-12-03T14:00
ROWS
    same expected found
    # The customer takes the second one.
    check 0 mob-book -q --replace --request R-1048 --offer 2 again/offers.csv
    check 0 "$ROOT/examples/replan.sh" again
    is '' <"$T/out"
    check 0 mob-list --displaced
    [ "$(wc -l <"$T/out")" -eq 1 ]
}

@test "replan.sh books nothing when a command failed" {
    night
    cp garage/calendar.csv before.csv
    printf 'job,label\n' >garage/jobs.csv
    check 2 "$ROOT/examples/replan.sh" again
    says 'nothing is booked'
    same before.csv garage/calendar.csv
}

@test "expiring.sh: the options that expire within so many hours" {
    night
    option 2026-12-01T08:05
    export MOB_NOW=2026-12-01T08:10
    check 0 "$ROOT/examples/expiring.sh" 4
    cells expires request customer out | is '2026-12-01T12:05|R-1061|M. Blanc|2026-12-01T11:00'
    check 0 "$ROOT/examples/expiring.sh" 3
    is '' <"$T/out"
    export MOB_NOW=2026-12-01T12:05
    check 0 "$ROOT/examples/expiring.sh" 4
    is '' <"$T/out"
    check 2 "$ROOT/examples/expiring.sh" 4h
    says usage
    echo broken >garage/calendar.csv
    check 2 "$ROOT/examples/expiring.sh" 4
}

@test "late.sh: never collected, and overdue" {
    night
    export MOB_NOW=2026-11-23T08:30
    check 0 "$ROOT/examples/late.sh"
    [ "$(grep -cx none "$T/out")" -eq 2 ]
    amend 2026-12-01T08:40 depart R-1042
    amend 2026-11-23T09:05 depart R-1040
    amend 2026-11-23T13:30 return R-1040
    export MOB_NOW=2026-12-03T08:30
    check 0 "$ROOT/examples/late.sh"
    section 'Overdue' | is 'R-1042 2026-12-03T08:30'
    section 'Never collected' | cut -d' ' -f1 | tr '\n' ' ' | is 'R-1041 R-1047 R-1043 R-1045 R-1046 R-1053 R-1049 '
    echo broken >garage/calendar.csv
    check 2 "$ROOT/examples/late.sh"
}

@test "claims.sh: the loans that came back in the month, and the sum for each cost code" {
    night
    # The last of November, and the first days of December: two days at 95.00 each.
    amend 2026-11-26T08:35 depart R-1041
    amend 2026-11-30T17:50 return R-1041
    amend 2026-12-01T08:40 depart R-1042
    amend 2026-12-01T09:05 depart R-1043
    amend 2026-12-03T08:20 return R-1042
    amend 2026-12-03T08:50 return R-1043
    check 0 "$ROOT/examples/claims.sh" 2026-12 claims
    file expected <<'CSV'
cost_code,currency,loans,days,saving
GC-410,EUR,1,2,190.00
VP-100,EUR,1,2,190.00
CSV
    same expected "$T/out"
    cp claims/claims-2026-12.csv "$T/out"
    cells request cost_code back | tr '\n' ' ' | is 'R-1042|GC-410|2026-12-03T08:20 R-1043|VP-100|2026-12-03T08:50 '
    check 0 "$ROOT/examples/claims.sh" 2026-11 claims
    sed 1d "$T/out" | cut -d, -f1-3 | is GC-420,EUR,1
    check 2 "$ROOT/examples/claims.sh" 2026-13 claims
    says usage
    echo broken >garage/calendar.csv
    cp claims/claims-2026-12.csv before.csv
    check 2 "$ROOT/examples/claims.sh" 2026-12 claims
    same before.csv claims/claims-2026-12.csv
    ls claims | tr '\n' ' ' | is 'claims-2026-11.csv claims-2026-12.csv '
}

# wishes: W-1 wants a Maserati of the first of December, when both that there are have been booked; W-2 a taxi.
wishes() {
    file waiting.csv <<'CSV'
request,customer,vin,jobs,wanted,need,licence_until
W-1,M. Noir,,VIDANGE,2026-12-01T09:30,MASERATI,2030-01-01
W-2,Mme Rose,,VIDANGE,2026-12-02T10:00,TAXI,
CSV
}

@test "waiting.sh: who can have it keeps it for four hours and leaves the list; nobody gets another day" {
    night
    wishes
    check 1 "$ROOT/examples/waiting.sh" waiting.csv
    cells request solution result | is 'W-2|TAXI|booked'
    cut -d, -f1 waiting.csv | tr '\n' ' ' | is 'request W-1 '
    amend 2026-11-24T09:00 cancel R-1043
    check 0 env MOB_NOW=2026-11-24T09:10 "$ROOT/examples/waiting.sh" waiting.csv
    cells request solution out | is 'W-1|MASERATI|2026-12-01T09:30'
    is request,customer,vin,jobs,wanted,need,licence_until <waiting.csv
    check 0 mob-list --now 2026-11-24T09:10 --request W-1
    cells status expires | is 'option|2026-11-24T13:10'
    check 0 env MOB_NOW=2026-11-24T09:20 "$ROOT/examples/waiting.sh" waiting.csv
    is '' <"$T/out"
    is request,customer,vin,jobs,wanted,need,licence_until <waiting.csv
}

@test "waiting.sh leaves the list as it was where a filter failed, or where somebody has changed it meanwhile" {
    night
    wishes
    cp waiting.csv before.csv
    cp garage/jobs.csv jobs.csv
    printf 'job,label\n' >garage/jobs.csv
    check 2 "$ROOT/examples/waiting.sh" waiting.csv
    says 'nothing is booked'
    same before.csv waiting.csv
    cp jobs.csv garage/jobs.csv
    # Somebody adds W-3 while mob-book works.
    mkdir bin
    file bin/mob-book <<SH
#!/bin/sh
echo 'W-3,M. Gris,,VIDANGE,2026-12-02T11:00,TAXI,' >>waiting.csv
exec $(command -v mob-book) "\$@"
SH
    chmod +x bin/mob-book
    check 75 env PATH="$T/bin:$PATH" "$ROOT/examples/waiting.sh" waiting.csv
    says 'was changed meanwhile'
    cut -d, -f1 waiting.csv | tr '\n' ' ' | is 'request W-1 W-2 W-3 '
    # Again: W-2 has its taxi already.
    check 1 "$ROOT/examples/waiting.sh" waiting.csv
    cells request result | tr '\n' ' ' | is 'W-2|already W-3|booked '
    cut -d, -f1 waiting.csv | tr '\n' ' ' | is 'request W-1 '
    [ ! -e waiting.csv.new ]
}

@test "letter.sh: the booking as it stands, in the catalogue's words, and an option says until when" {
    night
    check 0 "$ROOT/examples/letter.sh" R-1045
    file expected <<'TXT'
M. Gérard Roche

Objet : votre rendez-vous, dossier R-1045

Bonjour,

Nous vous confirmons votre réservation :

    Véhicule de prêt d’une autre marque
    du 01/12/2026 à 10 h 00
    au 01/12/2026 à 15 h 00
    prix : 39.00 EUR

À apporter : Permis de conduire, pièce d’identité, carte grise du véhicule.

Permis depuis deux ans ; 200 km par jour ; carburant ou charge à rendre au niveau du départ.

À bientôt,
l’équipe de l’accueil
TXT
    same expected "$T/out"
    check 0 "$ROOT/examples/letter.sh" R-1042
    grep -qx '    offert' "$T/out"
    option 2026-12-01T08:05
    check 0 env MOB_NOW=2026-12-01T08:06 "$ROOT/examples/letter.sh" R-1061
    grep -qx 'Nous gardons pour vous, jusqu’au 01/12/2026 à 12 h 05 :' "$T/out"
    check 2 "$ROOT/examples/letter.sh" R-9999
    says 'no such booking to come'
}

@test "letter.sh: a name is text, whatever is in it" {
    printf '%s\n' 'request,customer,solution,out,back' \
        '--help;$(touch${IFS}no),"<b>A&B</b> {{vin}} ""C\D"" : #",TCL,2026-11-24T10:00,2026-11-24T11:00' >walk-in.csv
    check 0 mob-book -q walk-in.csv
    check 0 "$ROOT/examples/letter.sh" '--help;$(touch${IFS}no)'
    head -n 1 "$T/out" | is '<b>A&B</b> {{vin}} "C\D" : #'
    [ ! -e no ]
}

@test "backup.sh: the site as it is, under the lock; no file where the lock is held or a disk is full" {
    night
    check 0 "$ROOT/examples/backup.sh" backups
    ls backups | is mob-2026-11-23-0830.tar.gz
    mkdir back
    tar -C back -xzf backups/mob-2026-11-23-0830.tar.gz
    check 0 diff -r garage back
    export MOB_NOW=2026-11-24T08:30
    exec 9<garage
    flock 9
    check 75 "$ROOT/examples/backup.sh" backups 0
    exec 9<&-
    says 'no backup was made'
    check 2 bash -c 'ulimit -f 1; exec "$0" backups' "$ROOT/examples/backup.sh"
    ls backups | is mob-2026-11-23-0830.tar.gz
    check 2 "$ROOT/examples/backup.sh" garage/backups
    says 'is in the site'
    check 2 "$ROOT/examples/backup.sh"
    says usage
}

@test "crontab and the systemd units name scripts that are there, and systemd takes the units" {
    grep -ohE '[a-z-]+\.sh' "$ROOT"/examples/crontab "$ROOT"/examples/mob-nightly.* | sort -u >named
    [ "$(wc -l <named)" -ge 5 ]
    while read -r script; do [ -x "$ROOT/examples/$script" ] || { echo "$script"; false; }; done <named
    # Five fields, then a command that the shell can read.
    sed -n 's/\\%/%/g; /^[0-9*]/p' "$ROOT/examples/crontab" >lines
    [ "$(wc -l <lines)" -eq 4 ]
    while read -r minute hour day month weekday command; do
        [[ "$minute$hour$day$month$weekday" =~ ^[0-9*/-]+$ ]]
        check 0 bash -n -c "$command"
    done <lines
    mkdir units
    for unit in mob-nightly.service mob-nightly.timer; do
        sed "s#/usr/local/share/doc/mob/examples#$ROOT/examples#" "$ROOT/examples/$unit" >"units/$unit"
    done
    if command -v systemd-analyze >/dev/null; then
        check 0 systemd-analyze verify units/mob-nightly.service units/mob-nightly.timer
        is '' <"$T/err"
    fi
}

# ---- what every recipe owes ----

@test "recipes: a directory that cannot be written is exit 2 at once, and nothing is done" {
    night
    wishes
    cp garage/calendar.csv before.csv
    echo text >file
    # Nobody can make a file in /proc, not even root.
    for directory in file/below /proc/self; do
        for recipe in "claims.sh 2026-12" "import.sh $ROOT/examples/exports" "backup.sh" "replan.sh" \
            "nightly.sh garage/requests.csv" "go-live.sh $ROOT/examples/exports/loans.csv 2026-11-23T18:30"; do
            check 2 "$ROOT/examples/"$recipe "$directory"
            is '' <"$T/out"
            [ "$(wc -l <"$T/err")" -eq 1 ] || { echo "$recipe"; cat "$T/err"; false; }
            same before.csv garage/calendar.csv
        done
    done
    mkdir waiting.csv.new
    check 2 "$ROOT/examples/waiting.sh" waiting.csv
    same before.csv garage/calendar.csv
}

@test "recipes: what is no number of hours is told by the usage line" {
    for hours in 4h '' -1 1.5 ten 1000000 '1 day' $'4\n5'; do
        check 2 "$ROOT/examples/expiring.sh" "$hours"
        is "usage: $ROOT/examples/expiring.sh HOURS" <"$T/err"
    done
    for hours in 4h -1 1.5 ten 1000000 2x4 '1 day' $'4\n5'; do
        check 2 "$ROOT/examples/report.sh" today reception@example.org "$hours"
        is "usage: $ROOT/examples/report.sh DIRECTORY TO [HOURS]" <"$T/err"
    done
    for count in 0 2 10 12; do
        check 2 "$ROOT/examples/expiring.sh" $(seq "$count")
        is "usage: $ROOT/examples/expiring.sh HOURS" <"$T/err"
    done
}

@test "recipes: a site that is not there is named, and no file takes its place" {
    for recipe in "backup.sh backups" "claims.sh 2026-12 claims"; do
        check 2 env MOB_SITE=garaeg "$ROOT/examples/"$recipe
        says ': garaeg: no such directory'
        [ ! -e garaeg ]
    done
    is '' < <(ls -d backups claims 2>/dev/null)
    check 2 env MOB_SITE=garaeg "$ROOT/examples/expiring.sh" 4
    check 2 env MOB_SITE=garaeg "$ROOT/examples/late.sh"
    check 2 env MOB_SITE=garaeg "$ROOT/examples/letter.sh" R-1042
    rm garage/solutions.csv
    check 2 "$ROOT/examples/letter.sh" R-1042
}

@test "claims.sh: rows and sums are of one state of the calendar, and a locked one is said" {
    night
    amend 2026-12-01T08:40 depart R-1042
    amend 2026-12-01T09:05 depart R-1043
    amend 2026-12-03T08:20 return R-1042
    # Somebody brings R-1043 back while mob-claim works.
    mkdir bin
    file bin/mob-claim <<SH
#!/bin/sh
$(command -v mob-amend) -q --wait 1 --now 2026-12-03T08:50 return R-1043 >>amended 2>&1
exec $(command -v mob-claim) "\$@"
SH
    chmod +x bin/mob-claim
    check 0 env PATH="$T/bin:$PATH" "$ROOT/examples/claims.sh" 2026-12 claims
    [ -s amended ]
    sed 1d "$T/out" | cut -d, -f1,3 | is GC-410,1
    sed 1d claims/claims-2026-12.csv | cut -d, -f1 | is R-1042
    sed -i 's/-w 10/-w 0/' "$(cp "$ROOT/examples/claims.sh" . && echo claims.sh)"
    exec 9<garage
    flock 9
    check 75 ./claims.sh 2026-12 claims
    exec 9<&-
    says 'claims: no claims were made'
    ls claims | is claims-2026-12.csv
}

@test "import.sh: an export that cannot be read leaves what was there, of all of them" {
    cp -r "$ROOT/examples/exports" exports
    check 0 "$ROOT/examples/import.sh" exports imported
    cp -r imported before
    sed -i 's/;/,/' exports/dos-agenda.txt
    sed -i 's/Brûlé/Bleu/' exports/excel-fr.csv
    check 2 "$ROOT/examples/import.sh" exports imported
    says 'dos-agenda.txt:1: '
    check 0 diff -r before imported
    check 2 "$ROOT/examples/import.sh" nowhere new
    is '' < <(ls new)
}

@test "go-live.sh: BACK that is no date-time to come puts nothing in" {
    for back in 23/11/2026 '2026-11-23 18:30' 2026-11-23 2026-11-31T18:30 2026-11-23T25:00 tomorrow '' 2026-11-23T08:30 \
        2026-11-22T18:30; do
        check 2 "$ROOT/examples/go-live.sh" "$ROOT/examples/exports/loans.csv" "$back" live
        is "go-live: BACK: '$back' is not a date-time to come (2026-11-30T18:30)" <"$T/err"
        [ ! -e live ]
        [ ! -e garage/calendar.csv ]
    done
}

@test "recipes: that now was given is said where it was given, and not where the recipe looks at the clock itself" {
    file waiting.csv <<CSV
request,customer,vin,jobs,wanted,need,licence_until
W-2,Mme Rose,,VIDANGE,$(date -d 'next tuesday' +%Y-%m-%d)T10:00,TCL,
CSV
    cp waiting.csv again.csv
    unset MOB_NOW
    check 0 "$ROOT/examples/waiting.sh" waiting.csv
    ! grep 'now was given' "$T/err" || false
    cells result | is booked
    check 0 "$ROOT/examples/replan.sh" again
    ! grep 'now was given' "$T/err" || false
    head -n 2 "$ROOT/examples/exports/loans.csv" | sed "s,19/11/2026,$(date -d yesterday +%d/%m/%Y),
        s,24/11/2026,$(date -d '3 days' +%d/%m/%Y)," >loans.csv
    check 0 "$ROOT/examples/go-live.sh" loans.csv 9999-12-31T18:30 live
    ! grep 'now was given' "$T/err" || false
    check 0 env MOB_NOW="$(date +%Y-%m-%dT%H:%M)" "$ROOT/examples/waiting.sh" again.csv
    says 'now was given'
}

@test "nightly.sh and report.sh: requests that may have been cut are booked, and the mail says it" {
    printf '%s' "$(cat garage/requests.csv)" >requests.csv
    check 0 "$ROOT/examples/nightly.sh" requests.csv today
    says 'mob-estimate: requests.csv:16: the last record has no line end: it may have been cut'
    cp "$T/err" today/messages
    check 0 "$ROOT/examples/report.sh" today reception@example.org
    grep -qx 'mob-estimate: requests.csv:16: the last record has no line end: it may have been cut' "$T/out"
    ! grep 'calendar.csv' "$T/out" || false # the other warnings are not the reception's
    check 0 "$ROOT/examples/nightly.sh" garage/requests.csv today
    cp "$T/err" today/messages
    check 0 "$ROOT/examples/report.sh" today reception@example.org
    ! grep 'may have been cut' "$T/out" || false
}

@test "letter.sh: what is not known to be free is not called so" {
    printf 'request,customer,solution,out,back\nR-1061,M. Blanc,PRET,2026-12-01T11:00,2026-12-01T17:00\n' >walk-in.csv
    check 0 mob-book -q walk-in.csv
    check 0 mob-list --request R-1061
    cells price | is ''
    check 0 "$ROOT/examples/letter.sh" R-1061
    grep -qx '    au 01/12/2026 à 17 h 00' "$T/out"
    ! grep -E 'offert|prix' "$T/out" || false
}
