#!/usr/bin/env bats
# mob-book: what is a conflict, and that its reason says which (FILTERS.md, S14).
load helper
load seal
load ledger

prepare() {
    site
    export MOB_NOW=2026-11-24T08:00
}

offers() {
    cat <<'CSV'
request,customer,solution,match,offer,out,back,chosen
R-1,Ada,LOANER,yes,1,2026-11-30T09:00,2026-12-01T09:00,
R-1,Ada,LOANER,yes,2,2026-12-02T09:00,2026-12-03T09:00,
R-1,Ada,TAXI,no,3,2026-11-30T09:00,2026-12-01T09:00,
CSV
}

@test "conflict: the request's rows are not together" {
    check 1 mob-book <<'CSV'
request,customer,solution,out,back
R-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00
R-2,Bob,TAXI,2026-11-30T09:00,2026-11-30T10:00
R-1,Ada,LOANER,2026-11-30T09:00,2026-11-30T10:00
CSV
    cells request solution result status entry | is 'R-1|TAXI|conflict||
R-2|TAXI|booked|booked|1'
    cells reason | grep -q together
}

@test "conflict: the request's rows differ in customer, vin, jobs, wanted or wanted_back; reason says which" {
    local column one other
    while read -r column one other; do
        offers | mlr --csv put "\$$column = NR == 2 ? \"$other\" : \"$one\"" >rows.csv
        check 1 mob-book rows.csv || { echo "$column"; return 1; }
        cells offer result | is '1|conflict' || { echo "$column"; return 1; }
        cells reason | grep -qw "$column" || { cat "$T/out"; return 1; }
    done <<'CASES'
customer Ada Bob
vin ZAM57XSL000000001 ZAM57XSL000000002
jobs OIL BRAKES
wanted 2026-11-30T09:00 2026-11-30T09:30
wanted_back 2026-12-01T09:00 2026-12-01T09:30
CASES
    [ ! -e calendar.csv ]
}

@test "conflict: a bad value in any column that is needed or used, in any row; reason says which" {
    local number column value
    while IFS='|' read -r column value; do
        for number in 1 3; do
            [ "$column$number" != request3 ] || continue
            offers | mlr --csv put "NR == $number { \$$column = \"$value\" }" then unsparsify >rows.csv
            check 1 mob-book rows.csv || { echo "$column=$value in row $number"; return 1; }
            cells result | head -n 1 | is conflict || { echo "$column=$value in row $number"; return 1; }
            cells reason | head -n 1 | grep -qw "$column" || { echo "$column=$value: reason"; cat "$T/out"; return 1; }
            [ ! -e calendar.csv ] || calendar_cells request | uniq | is R-1 # request1: the rows behind are another request
            rm -f calendar.csv calendar.csv.last
        done
    done <<'CASES'
request|R 1
request|
solution|LOAN ER
out|30/11/2026
out|2026-11-30
back|2026-11-31T09:00
back|
when|soon
match|maybe
offer|one
resource|CAR-1  CAR-2
wanted|2026-11-30
wanted_back|tomorrow
jobs| OIL
km|many
km|1000000001
pay_type|cash
licence_until|2026-13-01
labour_min|-5
explain_min|1.5
programmes|WARRANTY  LOAN
ready|noon
days|x
price|1.234
saving|-1
CASES
}

@test "conflict: customer empty, out not before back, an unknown solution" {
    local column value word
    while IFS='|' read -r column value word; do
        offers | mlr --csv put "\$$column = \"$value\"" >rows.csv
        check 1 mob-book rows.csv || { echo "$column=$value"; return 1; }
        cells result | is conflict || { echo "$column=$value"; return 1; }
        cells reason | grep -q "$word" || { cat "$T/out"; return 1; }
    done <<'CASES'
customer||customer
back|2026-11-30T09:00|back
back|2026-11-30T08:59|back
solution|LOANR|LOANR
CASES
    [ ! -e calendar.csv ]
}

@test "a row with when=none needs no times: it is no conflict, and never booked" {
    offers | mlr --csv put '$when = "later"; NR == 1 { $when = "none"; $out = ""; $back = "" }' >rows.csv
    check 0 mob-book rows.csv
    cells offer result | is '2|booked'
}

@test "conflict: in the calendar for another customer or vin, or as a block; status and entry are that entry's" {
    local cells_there status word
    while IFS='|' read -r cells_there status word; do
        rm -f calendar.csv.last
        # shellcheck disable=SC2086 # a list of NAME=VALUE
        row entry=7 $cells_there | made
        keep calendar.csv
        check 1 mob-book <<<"$(offers | mlr --csv put '$vin = "ZAM57XSL000000001"')" || { echo "$cells_there"; return 1; }
        cells result status entry | is "conflict|$status|7" || { echo "$cells_there"; return 1; }
        cells reason | grep -q "$word" || { cat "$T/out"; return 1; }
        kept calendar.csv
    done <<'CASES'
customer=Bob vin=ZAM57XSL000000001|booked|customer
customer=Bob vin=ZAM57XSL000000001 status=cancelled|cancelled|customer
customer=Bob vin=ZAM57XSL000000001 status=option expires=2026-11-20T09:00|option|customer
customer=ada vin=ZAM57XSL000000001|booked|customer
vin=ZAM57XSL000000002|booked|vin
customer= solution= status=blocked resource=CAR-1|blocked|block
CASES
}

@test "a vin is the same in upper and lower case; a purged entry is nobody else's" {
    row vin=zam57xsl000000001 | made
    check 0 mob-book <<<"$(offers | mlr --csv put '$vin = "ZAM57XSL000000001"')"
    cells result | is already
    row customer= status=returned | made
    rm calendar.csv.last
    check 0 mob-book <<<"$(offers | mlr --csv put '$vin = "ZAM57XSL000000001"')"
    cells result | is ended
}

@test "a conflict hinders nobody else: the others are booked, exit 1" {
    { offers | sed 's/Ada//' && echo 'R-2,Bob,TAXI,yes,1,2026-11-30T09:00,2026-11-30T10:00,'; } >rows.csv
    check 1 mob-book rows.csv
    cells request result entry | is 'R-1|conflict|
R-2|booked|1'
}
