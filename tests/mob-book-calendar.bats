#!/usr/bin/env bats
# What mob-book writes: every column of CALENDAR.md's table, legs, price on leg 1, and the `cancelled` entries of expired
# options whose place is taken (S14).
load helper
load seal
load ledger

prepare() {
    site
    export MOB_NOW=2026-11-24T08:00
}

# walkin REQUEST OUT BACK [SOLUTION]...: an input of requests with nothing else to say.
walkin() {
    echo request,customer,solution,out,back
    while [ $# -gt 0 ]; do
        printf '%s,Ada,%s,%s,%s\n' "$1" LOANER "$2" "$3"
        shift 3
    done
}

only_one_car() {
    printf 'resource,pool,label\nCAR-1,CARS,Car\nADV-1,ADVISORS,Anne\n' >fleet.csv
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
}

# ---- the columns ----

@test "S14: every column as told, in the documented order, a row a leg, price and saving on leg 1 only" {
    printf 'resource,pool,label,before_min,after_min\nCAR-1,CARS,Car,30,60\nADV-1,ADVISORS,Anne,,\n' >fleet.csv
    file rows.csv <<'CSV'
request,customer,vin,jobs,km,pay_type,licence_until,labour_min,explain_min,programmes,solution,out,back,ready,days,price,saving,currency,programme,cost_code,note,odometer,fuel,expires,operator
R-7,"Ada, Countess",ZAM57XSL000000001,OIL BRAKES OIL,15000,warranty,2030-01-31,300,30,WARRANTY LOAN,LOANER,2026-11-30T09:00,2026-12-01T16:00,2026-12-01T15:00,2,90,4.5,EUR,WARRANTY,W-1,"Rings ""twice""",1,2,2026-11-25T08:00,nobody
CSV
    check 0 mob-book rows.csv
    # The car: half an hour of preparation before 09:00, an hour of cleaning after 16:00. The advisor: explain_min from
    # 09:00. odometer, fuel and expires are no input of mob-book's.
    sed -E 's/,[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z,[0-9a-f]{16}$/,RECORDED,CHECK/' calendar.csv |
        is 'entry,leg,request,status,customer,vin,jobs,km,pay_type,licence_until,labour_min,explain_min,programmes,solution,span,resource,busy_from,busy_until,out,back,ready,expires,days,price,saving,currency,programme,cost_code,odometer,fuel,operator,note,recorded,check
1,1/2,R-7,booked,"Ada, Countess",ZAM57XSL000000001,OIL BRAKES OIL,15000,warranty,2030-01-31,300,30,WARRANTY LOAN,LOANER,stay,CAR-1,2026-11-30T08:30,2026-12-01T17:00,2026-11-30T09:00,2026-12-01T16:00,2026-12-01T15:00,,2,90.00,4.50,EUR,WARRANTY,W-1,,,tester,"Rings ""twice""",RECORDED,CHECK
1,2/2,R-7,booked,"Ada, Countess",ZAM57XSL000000001,OIL BRAKES OIL,15000,warranty,2030-01-31,300,30,WARRANTY LOAN,LOANER,start,ADV-1,2026-11-30T09:00,2026-11-30T09:30,2026-11-30T09:00,2026-12-01T16:00,2026-12-01T15:00,,2,,,EUR,WARRANTY,W-1,,,tester,"Rings ""twice""",RECORDED,CHECK'
}

@test "S14: of a walk-in only what it says is filled, and days are counted; a taxi occupies nothing: one row, 1/1" {
    check 0 mob-book <<<$'request,customer,solution,out,back\nR-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00'
    sed -n 2p calendar.csv | sed -E 's/,[^,]*,[^,]*$//' |
        is '1,1/1,R-1,booked,Ada,,,,,,,,,TAXI,,,,,2026-11-30T09:00,2026-11-30T10:00,,,1,,,,,,,,tester,'
}

@test "days of a walk-in are 24-hour days begun, at least 1; days in the row are stored as they are" {
    local out back days
    while read -r out back days; do
        rm -f calendar.csv*
        check 0 mob-book <<<"$(walkin R-1 "$out" "$back" | sed 's/LOANER/BUS/')"
        calendar_cells days | is "$days" || { echo "$out $back"; return 1; }
    done <<'CASES'
2026-11-30T09:00 2026-11-30T09:01 1
2026-11-30T09:00 2026-12-01T09:00 1
2026-11-30T09:00 2026-12-01T09:01 2
2026-11-30T23:59 2026-12-02T23:59 2
CASES
    check 0 mob-book <<<"$(walkin R-2 2026-11-30T09:00 2026-12-02T09:00 | sed '1s/$/,days/; 2s/$/,9/')"
    calendar_cells days | tail -n 1 | is 9
}

@test "recorded is when it was written, in UTC, whatever TZ and now say" {
    local before after recorded
    before=$(date -u +%FT%TZ)
    TZ=Pacific/Kiritimati check 0 mob-book <<<"$(walkin R-1 2026-11-30T09:00 2026-12-01T09:00)"
    after=$(date -u +%FT%TZ)
    recorded=$(calendar_cells recorded | uniq)
    [[ ! "$recorded" < "$before" && ! "$recorded" > "$after" ]] || { echo "$before $recorded $after"; return 1; }
}

@test "check vouches for every byte before it: xxhsum agrees, in the first booking and behind old entries" {
    walkin R-1 2026-11-30T09:00 2026-12-01T09:00 R-2 2026-12-02T09:00 2026-12-03T09:00 >rows.csv
    check 0 mob-book rows.csv
    check 0 mob-book <<<"$(walkin R-3 2026-12-04T09:00 2026-12-05T09:00)"
    sed -E '2,$s/[0-9a-f]{16}$//' calendar.csv | seal >sealed
    same sealed calendar.csv
    # Six rows: three entries of two legs.
    [ "$(wc -l <calendar.csv)" -eq 7 ]
    # And .last names the last entry and the check of its last row.
    is "3 $(calendar_cells check | tail -n 1)" <calendar.csv.last
}

@test "numbers go on behind the last entry, and the old bytes stay as they are" {
    { row entry=3 request=E-3 && row entry=41 request=E-41 status=cancelled; } | made
    cp calendar.csv before
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T09:00 2026-12-01T09:00 R-2 2026-12-02T09:00 2026-12-03T09:00)"
    calendar_cells entry leg request | is '3|1/1|E-3
41|1/1|E-41
42|1/2|R-1
42|2/2|R-1
43|1/2|R-2
43|2/2|R-2'
    cmp -n "$(stat -c %s before)" before calendar.csv
}

@test "a cell is quoted only where it must be; a customer of several lines is kept byte for byte" {
    file rows.csv <<'CSV'
request,customer,solution,out,back,note
R-1,"Ada
""x"", y","BUS",2026-11-30T09:00,2026-11-30T10:00,"plain ä;'"
CSV
    check 0 mob-book rows.csv
    sed -n '2,3p' calendar.csv | sed -E '2s/,[^,]*,[^,]*$//' | is '1,1/1,R-1,booked,"Ada
""x"", y",,,,,,,,,BUS,,,,,2026-11-30T09:00,2026-11-30T10:00,,,1,,,,,,,,tester,plain ä;'\'
    sed 's/,[0-9a-f]\{16\}$/,/' calendar.csv | seal >sealed
    same sealed calendar.csv
    check 0 mob-book rows.csv # and is understood again
    cells result | is already
}

@test "a note that is exactly expired is written expired. , for the ledger means something by it" {
    local told written
    while IFS='|' read -r told written; do
        rm -f calendar.csv*
        check 0 mob-book <<<"$(walkin R-1 2026-11-30T09:00 2026-12-01T09:00 | sed "1s/\$/,note/; 2s/\$/,$told/")"
        calendar_cells note | uniq | is "$written"
    done <<'CASES'
expired|expired.
expired.|expired.
Expired|Expired
expired now|expired now
CASES
}

# ---- legs ----

@test "legs: stay from out to back, start from out, end from back, so many minutes; in file order" {
    printf 'resource,pool,label\nDRV-1,DRIVERS,Dan\nDRV-2,DRIVERS,Eve\nADV-1,ADVISORS,Anne\n' >fleet.csv
    file legs.csv <<'CSV'
solution,pool,span,minutes
TAXI,DRIVERS,start,60
BUS,ADVISORS,stay,
TAXI,ADVISORS,start,
TAXI,DRIVERS,end,45
TAXI,DRIVERS,stay,
CSV
    check 0 mob-book <<<$'request,customer,solution,out,back,explain_min,price\nR-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T12:00,20,5'
    # DRV-1 serves start and end; the stay overlaps the start, so another driver must (S7's third form).
    calendar_cells leg span resource busy_from busy_until price | is '1/4|start|DRV-1|2026-11-30T09:00|2026-11-30T10:00|5.00
2/4|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20|
3/4|end|DRV-1|2026-11-30T12:00|2026-11-30T12:45|
4/4|stay|DRV-2|2026-11-30T09:00|2026-11-30T12:00|'
}

@test "legs: empty minutes are the request's explain_min, where there is none, or 0, 15" {
    local explain until
    while IFS='|' read -r explain until; do
        rm -f calendar.csv*
        check 0 mob-book <<<"$(walkin R-1 2026-11-30T09:00 2026-12-01T09:00 | sed "1s/\$/,explain_min/; 2s/\$/,$explain/")"
        calendar_cells resource busy_until explain_min | tail -n 1 | is "ADV-1|2026-11-30T$until|$explain" || { echo "$explain"; return 1; }
    done <<'CASES'
1|09:01
90|10:30
0|09:15
|09:15
CASES
}

@test "legs: preparation and cleaning are counted in the open minutes of area prep" {
    printf 'resource,pool,label,before_min,after_min\nCAR-1,CARS,Car,60,60\nADV-1,ADVISORS,Anne,,\n' >fleet.csv
    local day
    for day in mon tue wed thu fri; do echo "prep,$day,08:30,17:00"; done >>hours.csv
    # Monday 09:00: half an hour since 08:30, the other half on Friday from 16:30. Tuesday 16:30: half an hour until
    # 17:00, the other half on Wednesday until 09:00.
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T09:00 2026-12-01T16:30)"
    calendar_cells resource busy_from busy_until out back | head -n 1 |
        is 'CAR-1|2026-11-27T16:30|2026-12-02T09:00|2026-11-30T09:00|2026-12-01T16:30'
}

@test "legs: no resource serves two legs of one booking at once" {
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\nLOANER,CARS,start,10\nLOANER,CARS,start,10\n' >legs.csv
    check 1 mob-book <<<"$(walkin R-1 2026-11-30T09:00 2026-12-01T09:00)"
    cells result reason | is 'rejected|full:CARS'
    [ ! -e calendar.csv ]
}

@test "legs: the one least long unused is taken, then file order" {
    # On Monday 09:00 CAR-2 has been back for an hour, CAR-1 since now.
    row request=E-1 resource=CAR-2 out=2026-11-27T09:00 back=2026-11-30T08:00 | made
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T09:00 2026-12-01T09:00 R-2 2026-11-30T09:30 2026-12-01T09:30)"
    calendar_cells request resource | is 'E-1|CAR-2
R-1|CAR-2
R-1|ADV-1
R-2|CAR-1
R-2|ADV-1'
}

@test "what occupies a car: booked, away, blocked, returned, an option in time; not cancelled, no-show, an expired one" {
    local cells_there result
    only_one_car
    while IFS='|' read -r cells_there result; do
        rm -f calendar.csv.last
        # shellcheck disable=SC2086 # a list of NAME=VALUE
        row request=E-1 resource=CAR-1 $cells_there | made
        check "$([ "$result" = booked ] && echo 0 || echo 1)" \
            mob-book --dry-run <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00)" || { echo "$cells_there"; return 1; }
        cells result | is "$result"
    done <<'CASES'
status=booked|rejected
status=away|rejected
status=returned|rejected
status=blocked customer= solution=|rejected
status=option expires=2026-11-24T08:01|rejected
status=option|rejected
status=option expires=2026-11-24T08:00|booked
status=cancelled|booked
status=no-show|booked
CASES
    # Only the highest entry of a request counts.
    { row entry=1 request=E-1 resource=CAR-1 && row entry=2 request=E-1 status=cancelled; } | made
    check 0 mob-book --dry-run <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00)"
}

@test "an overdue car is taken to be gone for late_days from now, 7 where nothing is said" {
    local now status
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
    printf 'resource,pool,label,late_days,after_min\nCAR-1,CARS,Car,,60\n' >fleet.csv
    # It was to be back on the 20th. Now + 7 days, and an hour of cleaning.
    row request=E-1 status=away resource=CAR-1 out=2026-11-18T09:00 back=2026-11-20T09:00 | made
    while read -r now status; do
        check "$status" mob-book --dry-run --now "$now" <<<"$(walkin R-1 2026-12-01T09:00 2026-12-02T09:00)" || { echo "$now"; return 1; }
    done <<'CASES'
2026-11-24T08:00 0
2026-11-24T08:01 1
CASES
    sed -i '2s/Car,,/Car,2,/' fleet.csv
    rm calendar.csv.last 2>/dev/null || :
    check 0 mob-book --dry-run --now 2026-11-29T08:00 <<<"$(walkin R-1 2026-12-01T09:00 2026-12-02T09:00)"
    check 1 mob-book --dry-run --now 2026-11-29T08:01 <<<"$(walkin R-1 2026-12-01T09:00 2026-12-02T09:00)"
}

# ---- expired options ----

# option ENTRY REQUEST OUT BACK [NAME=VALUE]...: an option on CAR-1 that has expired.
option() {
    row entry="$1" request="$2" out="$3" back="$4" status=option expires=2026-11-23T12:00 resource=CAR-1 operator=Olga \
        customer=Opt "${@:5}"
}

@test "what takes an expired option's place writes its cancelled entry in the same commit, right before its own" {
    only_one_car
    option 1 O-1 2026-11-30T09:00 2026-12-01T09:00 vin=ZAM57XSL000000001 km=10 pay_type=customer programmes=LOAN \
        ready=2026-11-30T12:00 days=1 price=45.00 saving=0.00 currency=EUR programme=LOAN cost_code=L-1 note=hers \
        licence_until=2030-01-01 labour_min=60 explain_min=10 jobs=OIL | made
    check 0 mob-book --operator Bea <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00)"
    cells request result entry | is 'R-1|booked|3' # one row a request: the cancellation is not printed
    # A copy of its first row without what it occupied and without expires; note, operator and status are new.
    sed -n 3p calendar.csv | sed -E 's/,[^,]*,[^,]*$//' |
        is '2,1/1,O-1,cancelled,Opt,ZAM57XSL000000001,OIL,10,customer,2030-01-01,60,10,LOAN,LOANER,,,,,2026-11-30T09:00,2026-12-01T09:00,2026-11-30T12:00,,1,45.00,0.00,EUR,LOAN,L-1,,,Bea,expired'
    calendar_cells entry request status resource | is '1|O-1|option|CAR-1
2|O-1|cancelled|
3|R-1|booked|CAR-1'
}

@test "no later now revives it: the clock has gone back, and the option stays ended" {
    only_one_car
    option 1 O-1 2026-11-30T09:00 2026-12-01T09:00 | made
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00)"
    # At 11:00 of the day before, the option would still count.
    check 1 mob-book --now 2026-11-23T11:00 <<<"$(walkin O-1 2026-11-30T09:00 2026-12-01T09:00 | sed s/Ada/Opt/)"
    cells result status entry reason | is 'rejected|cancelled|2|full:CARS'
}

@test "several expired options: their entries in order of the options' entry numbers, once each" {
    only_one_car
    {
        option 2 O-2 2026-12-03T09:00 2026-12-04T09:00
        option 5 O-5 2026-11-30T09:00 2026-12-01T09:00 leg=1/2
        option 5 O-5 2026-12-01T12:00 2026-12-01T13:00 leg=2/2 out=2026-11-30T09:00 back=2026-12-01T09:00 \
            busy_from=2026-12-01T12:00 busy_until=2026-12-01T13:00
        option 7 O-7 2026-12-01T09:00 2026-12-02T09:00
    } | made
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T08:00 2026-12-05T11:00)"
    calendar_cells entry leg request status note | tail -n 4 | is '8|1/1|O-2|cancelled|expired
9|1/1|O-5|cancelled|expired
10|1/1|O-7|cancelled|expired
11|1/1|R-1|booked|'
}

@test "only options whose place is taken are ended: same resource and time, expired, and still its request's state" {
    {
        option 1 O-1 2026-11-30T09:00 2026-11-30T10:00                             # ends when R-1 begins
        option 2 O-2 2026-11-30T11:00 2026-11-30T12:00                             # begins when R-1 ends
        option 3 O-3 2026-11-30T10:00 2026-11-30T11:00 resource=CAR-2              # another car
        option 4 O-4 2026-11-30T10:00 2026-11-30T11:00                             # cancelled since
        row entry=5 request=O-4 status=cancelled customer=Opt
        option 6 O-6 2026-12-30T10:00 2026-12-30T11:00                             # another day
    } | made
    only_one_car
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00)"
    calendar_cells entry request | tail -n 2 | is '6|O-6
7|R-1'
}

@test "a request's own expired option gets no cancelled entry: the new entry is its state" {
    only_one_car
    option 1 O-1 2026-11-30T09:00 2026-12-01T09:00 | made
    check 0 mob-book <<<"$(walkin O-1 2026-11-30T09:00 2026-12-01T09:00 | sed s/Ada/Opt/)"
    calendar_cells entry request status | is '1|O-1|option
2|O-1|booked'
}

@test "two requests of one run over one expired option: the first ends it, the second no more" {
    only_one_car
    option 1 O-1 2026-11-30T09:00 2026-12-01T09:00 | made
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00 R-2 2026-11-30T12:00 2026-11-30T13:00)"
    calendar_cells entry request status | is '1|O-1|option
2|O-1|cancelled
3|R-1|booked
4|R-2|booked'
}

@test "in one run: an own booking behind the option that it ended, in the same input" {
    only_one_car
    option 1 O-1 2026-11-30T09:00 2026-12-01T09:00 | made
    check 0 mob-book <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00 O-1 2026-12-02T09:00 2026-12-03T09:00 | sed '/^O/s/Ada/Opt/')"
    calendar_cells entry request status note | is '1|O-1|option|
2|O-1|cancelled|expired
3|R-1|booked|
4|O-1|booked|'
}

@test "a replaced booking ends an expired option too, and --option, which takes its place for a time" {
    only_one_car
    { option 1 O-1 2026-11-30T09:00 2026-12-01T09:00 && row entry=2 request=R-1 resource=CAR-1 out=2026-12-03T09:00 back=2026-12-04T09:00; } | made
    cp calendar.csv before
    check 0 mob-book --replace --offer 1 <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00 | sed '1s/$/,offer/; 2s/$/,1/')"
    calendar_cells entry request status | tail -n 2 | is '3|O-1|cancelled
4|R-1|booked'
    cp before calendar.csv && rm calendar.csv.last
    check 0 mob-book --option 4h <<<"$(walkin R-2 2026-11-30T10:00 2026-11-30T11:00)"
    calendar_cells entry request status | tail -n 2 | is '3|O-1|cancelled
4|R-2|option'
}

@test "a now before the last recorded is a warning, on the site's clock; nothing is refused" {
    # Recorded at 10:00 UTC, which is 19:00 in Tokyo.
    row request=E-1 recorded=2026-11-20T10:00:00Z | made
    TZ=Asia/Tokyo check 0 mob-book --dry-run --now 2026-11-20T18:59 <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00)"
    says recorded
    TZ=Asia/Tokyo check 0 mob-book --dry-run --now 2026-11-20T19:00 <<<"$(walkin R-1 2026-11-30T10:00 2026-11-30T11:00)"
    ! grep recorded "$T/err" || return 1
}
