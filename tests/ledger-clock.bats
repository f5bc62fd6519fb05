#!/usr/bin/env bats
# The clock may go back, as it does every autumn night: from 03:00 to 02:00 (CALENDAR.md, "The clock may go back").
load helper
load seal
load ledger

# The night of 25 October 2026 in Lyon. One car; Ada's option on it expires at 02:40, the first time.
prepare() {
    site
    sed -i '/CAR-2/d' fleet.csv
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
    offer R-1 Ada >ada.csv
    offer R-2 Bob >bob.csv
    offer R-3 Cy >cy.csv
    at 01:40 mob-book -q --option 1h ada.csv
    cells result status entry | is 'booked|option|1'
    calendar_cells expires | is 2026-10-25T02:40
}

offer() {
    printf 'request,customer,vin,solution,out,back,wanted,labour_min,explain_min,pay_type,programmes\n'
    printf '%s,%s,,LOANER,2026-10-26T09:00,2026-10-26T17:00,2026-10-26T09:00,60,10,customer,\n' "$1" "$2"
}

# at TIME COMMAND...: the clock shows that time on that night.
at() {
    local time=$1
    shift
    check "${status:-0}" env MOB_NOW=2026-10-25T"$time" "$@"
}

@test "an option that expired at 02:40 and whose car was given away does not come to life at 02:10" {
    at 02:40 mob-book -q bob.csv
    cells result entry | is 'booked|3'
    calendar_cells entry request status resource expires note operator | is '1|R-1|option|CAR-1|2026-10-25T02:40||tester
2|R-1|cancelled|||expired|tester
3|R-2|booked|CAR-1|||tester'
    cp calendar.csv before
    # An hour later, the clock shows 02:10: the option's 02:40 is still to come, and yet it is over.
    at 02:10 mob-list -q
    cells request status state | is 'R-1|cancelled|
R-2|booked|'
    at 02:10 mob-avail -q --independent --alternatives 1 cy.csv
    cells when reason | is 'later|full:CARS'
    for action in confirm depart no-show move extend undo; do
        status=1 at 02:10 mob-amend -q "$action" R-1 out=2026-10-25T01:00 back=2026-10-26T18:00 entry=2
        cells result | is rejected
    done
    at 02:10 mob-amend -q cancel R-1
    cells result | is already
    status=1 at 02:10 mob-book -q cy.csv
    cells result reason | is 'rejected|full:CARS'
    same before calendar.csv
    awk -v now=2026-10-25T02:10 -f "$ROOT/tests/double-bookings.awk" calendar.csv
    # Ada may ask again, as anybody: she has no booking any more.
    status=1 at 02:10 mob-book -q ada.csv
    cells result reason | is 'rejected|full:CARS'
}

@test "one that nobody has replaced is live again at 02:10, expires again at 02:40, and is confirmed only while it is free" {
    at 02:40 mob-list -q
    cells state | is expired
    at 02:10 mob-list -q
    cells state | is ''
    status=1 at 02:10 mob-book -q bob.csv
    cells reason | is full:CARS
    at 02:10 mob-amend -q confirm R-1
    cells result status | is 'done|booked'
}

@test "several expired options that one booking takes the place of end in order of their entries, right before it" {
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\nLOANER,ADVISORS,start,30\n' >legs.csv
    rm calendar.csv calendar.csv.last
    { offer R-5 Eve | sed 's/T09:00/T08:00/g; s/T17:00/T09:15/'; offer R-4 Dan | tail -n 1 | sed 's/T09:00/T09:20/g'; } >options.csv
    sed -i '/^ADV-1/i CAR-2,CARS,Big car' fleet.csv
    at 01:40 mob-book -q --option 1h options.csv
    cells request result | is 'R-5|booked
R-4|booked'
    calendar_cells entry request resource | is '1|R-5|CAR-1
1|R-5|ADV-1
2|R-4|CAR-1
2|R-4|ADV-1'
    at 02:40 mob-book -q bob.csv
    calendar_cells entry request status note | tail -n +5 | is '3|R-5|cancelled|expired
4|R-4|cancelled|expired
5|R-2|booked|
5|R-2|booked|'
}

@test "entries are in order of their numbers, not of recorded; a now before the last recorded is a warning" {
    status=1 at 02:10 mob-book bob.csv
    says 'its last entry was recorded at'
    says 'has the clock gone back?'
    { row entry=1 request=A status=booked recorded=2026-10-25T00:50:00Z; row entry=2 request=A status=cancelled recorded=2026-10-25T00:20:00Z; } | made
    rm calendar.csv.last
    at 02:10 mob-list -q
    cells entry status | is '2|cancelled'
}
