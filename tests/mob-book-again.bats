#!/usr/bin/env bats
# mob-book for requests that the calendar knows: already, ended, --again, the archives, --replace (FILTERS.md, S13, S14).
load helper
load seal
load ledger

prepare() {
    site
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
    export MOB_NOW=2026-11-24T08:00
}

# An entry that differs from what is asked below in all that an answer shows, and is priced by a programme.
known() {
    row entry=5 customer=Ada solution=LOANER resource=CAR-2 out=2026-12-03T10:00 back=2026-12-04T15:00 \
        ready=2026-12-04T14:00 days=2 price=0.00 saving=90.00 currency=EUR programme=WARRANTY cost_code=W-1 \
        explain_min=30 labour_min=240 pay_type=warranty programmes=WARRANTY note=quiet operator=Anne km=15000 "$@"
}

# The same request, as somebody has it in another file.
asked() {
    cat <<'CSV'
request,customer,solution,out,back,choice,match,label,family,price,saving,currency,programme,cost_code,conditions,documents,offer,when,resource,ready,days,chosen,mine,reason
R-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00,3,no,L,F,20.00,1.00,EUR,P,C,Cond,Doc,7,later,CAR-1,2026-11-30T09:30,1,x,kept,old
CSV
}

# What `already` and `ended` show in place of it: the entry's own values, the catalogue's texts, and emptied cells.
shown() {
    cells solution out back ready days resource price saving programme cost_code label family documents conditions \
        offer when choice match chosen mine reason |
        is 'LOANER|2026-12-03T10:00|2026-12-04T15:00|2026-12-04T14:00|2|CAR-2|0.00|90.00|WARRANTY|W-1|Loan car|replacement|driving licence|Return it full. Warranty repairs only.||||||kept|'
}

# ---- already, ended ----

@test "already: a live booking is answered with its own values, the catalogue's texts, and no offer" {
    local cells_there
    while read -r cells_there; do
        rm -f calendar.csv.last
        # shellcheck disable=SC2086 # a list of NAME=VALUE
        known $cells_there | made
        keep calendar.csv
        check 0 mob-book <<<"$(asked)" || { echo "$cells_there"; return 1; }
        cells result entry | is 'already|5' || { echo "$cells_there"; return 1; }
        cells status | grep -q "$(cut -d= -f2 <<<"${cells_there%% *}")"
        shown || { echo "$cells_there"; return 1; }
        kept calendar.csv
    done <<'CASES'
status=booked
status=away
status=option expires=2026-11-24T08:01
CASES
}

@test "ended: returned, cancelled and no-show are answered with their own values, and not booked again" {
    local status
    for status in returned cancelled no-show; do
        rm -f calendar.csv.last
        known status="$status" | made
        keep calendar.csv
        check 0 mob-book <<<"$(asked)" || { echo "$status"; return 1; }
        cells result status entry | is "ended|$status|5"
        shown || { echo "$status"; return 1; }
        kept calendar.csv
    done
}

@test "already shows only columns that are there: a walk-in gets the entry's solution and times, nothing more" {
    known | made
    check 0 mob-book <<<$'request,customer,solution,out,back\nR-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00'
    is 'request,customer,solution,out,back,result,status,entry,reason
R-1,Ada,LOANER,2026-12-03T10:00,2026-12-04T15:00,already,booked,5,' <"$T/out"
}

@test "already of an entry that occupies nothing: resource is empty; texts of a solution that is gone are empty" {
    row solution=GONE | made
    check 0 mob-book <<<"$(asked)"
    cells result solution resource label family documents conditions price | is 'already|GONE||||||'
}

@test "already: several legs' resources, in order" {
    {
        row leg=1/2 resource=CAR-2
        row leg=2/2 resource=ADV-1 span=start busy_until=2026-11-30T09:15
    } | made
    check 0 mob-book <<<"$(asked)"
    cells result resource | is 'already|CAR-2 ADV-1'
}

@test "the highest entry of a request is its present state, whatever stands behind it" {
    {
        row entry=1 status=cancelled
        row entry=2 status=booked
        row entry=3 request=R-2 status=booked
        row entry=4 request=R-2 status=cancelled
    } | made
    check 0 mob-book <<<$'request,customer,solution,out,back\nR-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00\nR-2,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00'
    cells request result status entry | is 'R-1|already|booked|2
R-2|ended|cancelled|4'
}

@test "--again books anew what has ended, and only that" {
    local status
    for status in returned cancelled no-show; do
        rm -f calendar.csv.last
        known status="$status" | made
        check 0 mob-book --again <<<"$(asked)" || { echo "$status"; return 1; }
        cells result status entry solution | is 'booked|booked|6|TAXI' || { echo "$status"; return 1; }
    done
    known status=away | made
    rm calendar.csv.last
    check 0 mob-book --again <<<"$(asked)"
    cells result status entry | is 'already|away|5'
}

@test "--again: the request's own use that is over does not stand in its way" {
    printf 'resource,pool,label\nCAR-1,CARS,Car\n' >fleet.csv
    row status=returned resource=CAR-1 | made
    file rows.csv <<<$'request,customer,solution,out,back\nR-2,Ada,LOANER,2026-11-30T10:00,2026-11-30T11:00\nR-1,Ada,LOANER,2026-11-30T10:00,2026-11-30T11:00'
    # A returned car was in use: for R-2 it is taken.
    check 1 mob-book --again rows.csv
    cells request result reason | is 'R-2|rejected|full:CARS
R-1|booked|'
}

@test "an option that expired, also one cancelled with note expired, counts as no booking" {
    local cells_there
    while read -r cells_there; do
        rm -f calendar.csv.last
        # shellcheck disable=SC2086
        known $cells_there | made
        check 0 mob-book <<<"$(asked)" || { echo "$cells_there"; return 1; }
        cells result status entry solution | is 'booked|booked|6|TAXI' || { echo "$cells_there"; return 1; }
    done <<'CASES'
status=option expires=2026-11-24T08:00
status=option expires=2026-11-20T08:00
status=cancelled note=expired
CASES
    # Another note is another thing.
    rm calendar.csv.last
    known status=cancelled note=expired. | made
    check 0 mob-book <<<"$(asked)"
    cells result | is ended
}

# ---- archives ----

# archived [NAME=VALUE]...: entry 3 of R-1, returned, is in the archive; the live file goes on with others.
archived() {
    rm -f calendar.csv.last
    row entry=9 request=E-9 | made
    row entry=3 status=returned resource=CAR-1 out=2026-11-16T09:00 back=2026-11-17T09:00 "$@" | made calendar-2026.csv
}

# when_wanted WANTED OUT: the request, wanted then, but still to be had.
when_wanted() {
    printf 'request,customer,wanted,solution,out,back\nR-1,Ada,%s,LOANER,%s,2026-11-25T09:00\n' "$1" "$2"
}

@test "ended: a request that the live file lacks and that was wanted before today is also looked for in the archives" {
    local wanted out result
    archived
    while IFS='|' read -r wanted out result; do
        check 0 mob-book --dry-run <<<"$(when_wanted "$wanted" "$out")"
        cells result status entry | is "$result" || { echo "wanted $wanted, out $out"; return 1; }
    done <<'CASES'
2026-11-23T23:59|2026-11-24T09:00|ended|returned|3
2026-11-20T09:00|2026-11-20T09:00|ended|returned|3
|2026-11-23T23:59|ended|returned|3
2026-11-24T00:00|2026-11-20T09:00|booked|booked|10
2026-12-01T09:00|2026-11-24T09:00|booked|booked|10
|2026-11-24T00:00|booked|booked|10
CASES
}

@test "ended from an archive is shown like any other, --again books it, another customer's is a conflict" {
    archived
    check 0 mob-book --dry-run <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells solution out back | is 'LOANER|2026-11-16T09:00|2026-11-17T09:00'
    check 0 mob-book --again <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells result status entry | is 'booked|booked|10'
    calendar_cells entry request | is '9|E-9
10|R-1'
    archived customer=Bob
    check 1 mob-book <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells result entry | is 'conflict|3'
    # What the right to be forgotten has emptied is nobody else's.
    archived customer=
    check 0 mob-book <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells result entry | is 'ended|3'
}

@test "the highest archived entry counts, of several archives too; what the live file has goes before them" {
    archived
    row entry=2 status=no-show | made calendar-2027.csv # a use that runs over the year's end moves late
    check 0 mob-book --dry-run <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells result status entry | is 'ended|returned|3'
    row entry=4 status=no-show | made calendar-2025.csv
    check 0 mob-book --dry-run <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells result status entry | is 'ended|no-show|4'
    row entry=9 status=booked | made
    check 0 mob-book --dry-run <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells result status entry | is 'already|booked|9'
}

@test "an archive that is looked at is verified: damaged, it is exit 2 and nothing is booked" {
    archived
    sed -i 's/Ada/Adb/' calendar-2026.csv
    keep calendar.csv calendar-2026.csv
    check 2 mob-book <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    says calendar-2026.csv
    kept calendar.csv calendar-2026.csv
}

@test "for occupancy the live file alone counts: a car that an archive has out is free" {
    printf 'resource,pool,label\nCAR-1,CARS,Car\n' >fleet.csv
    archived request=A-1 status=booked out=2026-11-20T09:00 back=2026-11-30T09:00
    check 0 mob-book <<<"$(when_wanted 2026-11-20T09:00 2026-11-20T09:00)"
    cells result | is booked
}

# ---- --replace ----

# CAR-2, which `known` holds, is no longer usable.
without_car_2() {
    printf 'resource,pool,label,status\nCAR-1,CARS,Small car,\nCAR-2,CARS,Big car,repair\n' >fleet.csv
}

# The request's rows as mob-avail would offer them now: the booking as it stands, and another day.
replacing() {
    cat <<'CSV'
request,customer,solution,match,offer,out,back,resource,explain_min,price,label,reason,chosen
R-1,Ada,LOANER,yes,1,2026-12-01T10:00,2026-12-02T15:00,CAR-1,45,1.00,x,,
R-1,Ada,LOANER,yes,2,2026-12-03T10:00,2026-12-04T15:00,CAR-1,45,1.00,x,,
R-1,Ada,TAXI,no,3,2026-12-03T10:00,2026-12-04T15:00,,45,1.00,x,,
CSV
}

@test "replaced, unasked: only resources change; the new entry and what is shown is the old one with other resources" {
    without_car_2
    known status=option expires=2026-11-25T08:00 | made
    check 0 mob-book --replace --operator Bea <<<"$(replacing)"
    cells result status entry offer out back resource price label |
        is 'replaced|option|6|2|2026-12-03T10:00|2026-12-04T15:00|CAR-1|0.00|Loan car'
    # Status, expires and all the rest are the old entry's; the operator is who did it.
    calendar_cells entry status customer km pay_type labour_min explain_min programmes solution resource busy_from busy_until \
        out back ready expires days price saving programme cost_code operator note |
        is '5|option|Ada|15000|warranty|240|30|WARRANTY|LOANER|CAR-2|2026-12-03T10:00|2026-12-04T15:00|2026-12-03T10:00|2026-12-04T15:00|2026-12-04T14:00|2026-11-25T08:00|2|0.00|90.00|WARRANTY|W-1|Anne|quiet
6|option|Ada|15000|warranty|240|30|WARRANTY|LOANER|CAR-1|2026-12-03T10:00|2026-12-04T15:00|2026-12-03T10:00|2026-12-04T15:00|2026-12-04T14:00|2026-11-25T08:00|2|0.00|90.00|WARRANTY|W-1|Bea|quiet'
}

@test "replaced, unasked: the legs' times are the entry's too, whatever explain_min the row has" {
    without_car_2
    printf 'ADV-1,ADVISORS,Anne,\n' >>fleet.csv
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\nLOANER,ADVISORS,start,\n' >legs.csv
    known leg=1/2 >rows
    known leg=2/2 resource=ADV-1 span=start busy_until=2026-12-03T10:30 price= saving= >>rows
    made <rows
    check 0 mob-book --replace <<<"$(replacing)"
    # The entry's explain_min is 30, the row's 45.
    calendar_cells entry leg resource busy_from busy_until price saving explain_min | tail -n 2 |
        is '6|1/2|CAR-1|2026-12-03T10:00|2026-12-04T15:00|0.00|90.00|30
6|2/2|ADV-1|2026-12-03T10:00|2026-12-03T10:30|||30'
}

@test "replaced, unasked: --option changes neither status nor expires" {
    without_car_2
    known | made
    check 0 mob-book --replace --option 4h <<<"$(replacing)"
    cells result status | is 'replaced|booked'
    calendar_cells status expires | is 'booked|
booked|'
}

@test "already with --replace: the same solution, times and resources would result" {
    known | made
    keep calendar.csv
    check 0 mob-book --replace <<<"$(replacing | sed 's/CAR-1/CAR-2/')"
    cells result status entry resource price offer | is 'already|booked|5|CAR-2|0.00|'
    check 0 mob-book --replace <<<"$(replacing | sed 's/CAR-1/CAR-2/; 3s/$/x/')" # asked
    cells result entry | is 'already|5'
    kept calendar.csv
}

@test "replaced, unasked: without the booking's own solution and times there is no candidate: no-choice, or the reason why" {
    local edit shown
    known | made
    keep calendar.csv
    while IFS='|' read -r edit shown; do
        check 1 mob-book --replace <<<"$(replacing | sed -e "$edit")" || { echo "$edit"; return 1; }
        cells result status entry offer reason | is "rejected|booked|5|$shown" || { echo "$edit"; return 1; }
        kept calendar.csv
    done <<'CASES'
3d|1|no-choice
3s/T15:00/T15:01/|1|no-choice
3s/T10:00/T09:59/|1|no-choice
3s/LOANER/BUS/|1|no-choice
3d; 2s/,x,,/,x,full:CARS,/|1|full:CARS
3d; 2s/,x,,/,x,full:CARS,/; 2s/yes/no/|1|no-choice
3s/T15:00/T15:01/; 3s/,x,,/,x,notice,/; 2s/yes/no/|2|notice
3s/T15:00/T15:01/; 3s/,x,,/,x,notice,/|1|no-choice
CASES
}

@test "replaced, asked (chosen or --offer): the customer's other day, in an entry that keeps status and expires" {
    known status=option expires=2026-11-25T08:00 | made
    cp calendar.csv before
    check 0 mob-book --replace --offer 1 <<<"$(replacing)"
    cells result status entry out resource price | is 'replaced|option|6|2026-12-01T10:00|CAR-1|1.00'
    calendar_cells entry status explain_min out back expires price | tail -n 1 |
        is '6|option|45|2026-12-01T10:00|2026-12-02T15:00|2026-11-25T08:00|1.00'
    cp before calendar.csv && rm calendar.csv.last
    check 0 mob-book --replace <<<"$(replacing | sed '4s/$/yes/')"
    cells result status entry solution offer | is 'replaced|option|6|TAXI|3'
}

@test "replaced: the booking that makes way does not stand in its own way, and stands in nobody's after" {
    printf 'resource,pool,label\nCAR-1,CARS,Car\n' >fleet.csv
    row resource=CAR-1 | made
    file rows.csv <<'CSV'
request,customer,solution,out,back,offer
R-1,Ada,LOANER,2026-11-30T10:00,2026-12-01T10:00,1
R-2,Bob,LOANER,2026-11-30T09:00,2026-11-30T10:00,1
CSV
    check 0 mob-book --replace --offer 1 rows.csv
    cells request result | is 'R-1|replaced
R-2|booked'
}

@test "replaced: rejected where nothing can be had, and the old booking stands" {
    printf 'resource,pool,label\nCAR-1,CARS,Car\n' >fleet.csv
    { row entry=1 resource=CAR-1 && row entry=2 request=F-1 resource=CAR-1 out=2026-12-02T09:00 back=2026-12-03T09:00; } | made
    keep calendar.csv
    check 1 mob-book --replace --offer 1 <<<$'request,customer,solution,out,back,offer\nR-1,Ada,LOANER,2026-12-02T10:00,2026-12-02T11:00,1'
    cells result status entry reason | is 'rejected|booked|1|full:CARS'
    kept calendar.csv
}

@test "--replace of one that is away is rejected: away" {
    known status=away | made
    keep calendar.csv
    check 1 mob-book --replace <<<"$(replacing)"
    cells result status entry reason | is 'rejected|away|5|away'
    check 1 mob-book --replace --offer 1 <<<"$(replacing)"
    cells result offer reason | is 'rejected|1|away'
    kept calendar.csv
}

@test "--replace of what has no live booking is as without it: booked, ended" {
    check 0 mob-book --dry-run --replace <<<"$(replacing)"
    cells result offer entry | is 'booked|1|1'
    known status=option expires=2026-11-20T08:00 | made
    check 0 mob-book --dry-run --replace <<<"$(replacing)"
    cells result status offer entry | is 'booked|booked|1|6'
    known status=returned | made
    check 0 mob-book --dry-run --replace <<<"$(replacing)"
    cells result entry | is 'ended|5'
}

@test "without --replace a live booking stays, whatever was chosen" {
    without_car_2
    known | made
    keep calendar.csv
    check 0 mob-book --offer 1 <<<"$(replacing)"
    cells result resource entry | is 'already|CAR-2|5'
    kept calendar.csv
}
