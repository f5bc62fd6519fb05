#!/usr/bin/env bats
# mob-amend, facts: depart, return, no-show, cancel, block. They are recorded unless they are impossible, and whom they
# displace is said (CALENDAR.md, "Life after booking").
load helper
load seal
load ledger
load amend

prepare() {
    amend_site
    export MOB_NOW=2026-12-01T12:00
}

# ---- impossible ----

@test "depart and return: at after now is impossible, at now is not; the default is now" {
    booking | planned
    amend 'rejected|booked|1|?*|' --now 2026-11-30T09:09 depart R-1 at=2026-11-30T09:10
    amend 'done|away|2||' --now 2026-11-30T09:10 depart R-1 at=2026-11-30T09:10
    amend 'rejected|away|2|?*|' return R-1 at=2026-12-01T12:01
    amend 'done|returned|3||' return R-1
    entry_cells 3 out back | uniq | is '2026-11-30T09:10|2026-12-01T12:00'
}

@test "depart at or after back is impossible, also by default; a minute before is not" {
    booking | planned
    amend 'rejected|booked|1|?*|' --now 2026-12-03T12:00 depart R-1 at=2026-12-02T10:00
    amend 'rejected|booked|1|?*|' --now 2026-12-03T12:00 depart R-1
    amend 'done|away|2||' --now 2026-12-03T12:00 depart R-1 at=2026-12-02T09:59
}

@test "return before out is impossible, at out is not" {
    { booking && booking entry=2 status=away; } | planned
    amend 'rejected|away|2|?*|' return R-1 at=2026-11-30T08:59
    amend 'done|returned|3||' return R-1 at=2026-11-30T09:00
}

@test "a block with out at or after back, or of an unknown resource, is impossible; so is handing over an unknown one" {
    booking | planned
    amend 'rejected|||?*|' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-07T09:00
    amend 'rejected|||?*|' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-07T08:00
    amend 'rejected|||?*|' block B-1 resource=CAR-9 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'rejected|booked|1|?*|' depart R-1 resource=CAR-9
    amend 'done|blocked|2||' block B-1 resource=CAR-3 out=2020-12-07T09:00 back=2026-12-08T09:00
}

# ---- depart ----

@test "depart: out is at, stay rows begin at it less the preparation, start rows move to it, end rows stay" {
    booking ready=2026-12-01T14:00 status=option expires=2026-12-05T08:00 note=hello | planned
    amend 'done|away|2||' depart R-1 at=2026-11-30T09:10
    # CAR-1 is prepared for 20 minutes; the advisor explains for 20.
    rows_of 2 | is '1/3|stay|CAR-1|2026-11-30T08:50|2026-12-02T10:30
2/3|start|ADV-1|2026-11-30T09:10|2026-11-30T09:30
3/3|end|DRV-1|2026-12-02T10:00|2026-12-02T10:40'
    entry_cells 2 out back ready expires days price saving note | head -n 1 |
        is '2026-11-30T09:10|2026-12-02T10:00|2026-12-01T14:00||3|135.00|0.00|hello'
}

@test "depart of an option that has expired is a fact too" {
    booking status=option expires=2026-11-28T08:00 | planned
    amend 'done|away|2||' depart R-1 at=2026-11-30T09:00
}

@test "depart: a start row that does not move stays as written, whatever legs.csv says now" {
    booking | planned
    sed -i 's/start,/start,45/' legs.csv
    amend 'done|away|2||' depart R-1 at=2026-11-30T09:00
    rows_of 2 | sed -n 2p | is '2/3|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20'
    booking | planned
    amend 'done|away|2||' depart R-1 at=2026-11-30T09:10
    rows_of 2 | sed -n 2p | is '2/3|start|ADV-1|2026-11-30T09:10|2026-11-30T09:55'
}

@test "depart with a resource: it replaces that of the first stay row of its pool, with its own preparation and cleaning" {
    booking | planned
    # CAR-2 is not prepared, and cleaned for 60 minutes.
    amend 'done|away|2||' depart R-1 at=2026-11-30T09:10 resource=CAR-2
    rows_of 2 | is '1/3|stay|CAR-2|2026-11-30T09:10|2026-12-02T11:00
2/3|start|ADV-1|2026-11-30T09:10|2026-11-30T09:30
3/3|end|DRV-1|2026-12-02T10:00|2026-12-02T10:40'
}

@test "depart with a resource: of several stay rows that of its pool, else the first; one that is held changes nothing" {
    local resource held
    while read -r resource held; do
        {
            row leg=1/3 span=start resource=CAR-4 busy_until=2026-11-30T09:15
            row leg=2/3 resource=CAR-1 busy_from=2026-11-30T08:40 busy_until=2026-12-01T09:30
            row leg=3/3 resource=VAN-1
        } | planned
        amend 'done|away|2||' --now 2026-11-30T09:00 depart R-1 resource="$resource"
        entry_cells 2 resource | paste -sd ' ' | is "$held" || { echo "$resource"; return 1; }
    done <<'CASES'
CAR-5 CAR-4 CAR-5 VAN-1
CAR-4 CAR-4 CAR-4 VAN-1
VAN-2 CAR-4 CAR-1 VAN-2
DRV-2 CAR-4 DRV-2 VAN-1
CAR-1 CAR-4 CAR-1 VAN-1
VAN-1 CAR-4 CAR-1 VAN-1
CASES
}

@test "depart with a resource is rejected where the booking has no stay row; without one it departs" {
    row leg=1/1 span=start resource=ADV-1 busy_until=2026-11-30T09:15 | planned
    amend 'rejected|booked|1|?*|' --now 2026-11-30T09:00 depart R-1 resource=CAR-1
    row solution=TAXI | planned
    amend 'rejected|booked|1|?*|' --now 2026-11-30T09:00 depart R-1 resource=CAR-1
    amend 'done|away|2||' --now 2026-11-30T09:05 depart R-1
    rows_of 2 | is '1/1||||'
}

@test "depart: a car in repair, or that fleet.csv lacks, was handed over all the same" {
    booking | planned
    amend 'done|away|2||' depart R-1 at=2026-11-30T09:00 resource=CAR-3
    # A resource that fleet.csv lacks has no preparation.
    car=CAR-9 booking | planned
    amend 'done|away|2||' depart R-1 at=2026-11-30T09:10
    rows_of 2 | head -n 1 | is '1/3|stay|CAR-9|2026-11-30T09:10|2026-12-02T10:30'
}

# ---- return ----

@test "return: back is at, stay rows end at it and their cleaning, start rows stay, an end row not begun is dropped" {
    { booking ready=2026-12-01T14:00 && booking entry=2 status=away ready=2026-12-01T14:00 note=hello; } | planned
    amend 'done|returned|3||' return R-1 at=2026-12-01T11:00
    # Cleaned for 30 minutes; the two rows that are left are numbered anew; days and price stay.
    rows_of 3 | is '1/2|stay|CAR-1|2026-11-30T08:40|2026-12-01T11:30
2/2|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20'
    entry_cells 3 out back ready days price saving note |
        is '2026-11-30T09:00|2026-12-01T11:00|2026-12-01T14:00|3|135.00|0.00|hello
2026-11-30T09:00|2026-12-01T11:00|2026-12-01T14:00|3|||hello'
}

@test "return: an end row that has begun stays, from the very minute on" {
    local at legs
    while read -r at legs; do
        { booking && booking entry=2 status=away; } | planned
        amend 'done|returned|3||' --now 2026-12-03T12:00 return R-1 at="$at"
        entry_cells 3 leg | paste -sd ' ' | is "$legs" || { echo "$at"; return 1; }
    done <<'CASES'
2026-12-02T09:59 1/2 2/2
2026-12-02T10:00 1/3 2/3 3/3
2026-12-02T12:00 1/3 2/3 3/3
CASES
}

@test "return: price and saving stand on the first row that is left; none left: one row, 1/1" {
    {
        row status=away leg=1/2 span=end resource=DRV-1 price=10.00 saving=5.00 busy_from=2026-12-01T09:00 busy_until=2026-12-01T09:40
        row status=away leg=2/2 span=stay resource=CAR-5
    } | planned
    amend 'done|returned|2||' --now 2026-11-30T10:00 return R-1
    entry_cells 2 leg resource price saving | is '1/1|CAR-5|10.00|5.00'
    row status=away span=end resource=DRV-1 price=10.00 saving=5.00 busy_from=2026-12-01T09:00 busy_until=2026-12-01T09:40 | planned
    amend 'done|returned|2||' --now 2026-11-30T10:00 return R-1
    entry_cells 2 leg span resource busy_from busy_until price saving | is '1/1|||||10.00|5.00'
}

# ---- no-show, cancel ----

@test "no-show and cancel: one row, a copy of the first, that occupies nothing and does not expire" {
    local action status
    while read -r action status; do
        booking status=option expires=2026-12-05T08:00 ready=2026-12-01T14:00 odometer=5 note=hello programmes=LOAN | planned
        amend "done|$status|2||" "$action" R-1
        mlr --csv filter '$entry == 2' then cut -x -f operator,recorded,check calendar.csv >"$T/found"
        { printf '%s\n' "${ledger_columns%,operator*},note"
          echo "2,1/1,R-1,$status,Ada,V-1,,15000,customer,,240,20,LOAN,LOANER,,,,,2026-11-30T09:00,2026-12-02T10:00,2026-12-01T14:00,,3,135.00,0.00,EUR,,,5,,hello"; } >"$T/wanted"
        same "$T/wanted" "$T/found"
    done <<'CASES'
no-show no-show
cancel cancelled
CASES
}

@test "what was cancelled, never collected or given back early is free for others" {
    local words
    for words in 'cancel R-1' 'no-show R-1'; do
        booking | planned
        # shellcheck disable=SC2086 # a list of words
        check 0 mob-amend $words
        amend 'done|blocked|3||' block B-1 resource=CAR-1 out=2026-12-01T09:00 back=2026-12-02T09:00
    done
    # Given back Monday 11:00: its cleaning, till 11:30, did happen, and then CAR-1 may go to R-2.
    { booking && booking entry=2 status=away && other R-2 3 CAR-5 2026-11-30T14:00 2026-12-01T09:00; } | planned
    amend 'rejected|booked|3|full:CARS by R-1|' --now 2026-11-30T11:00 swap R-2 resource=CAR-1
    amend 'done|returned|4||' --now 2026-11-30T11:00 return R-1
    amend 'done|booked|5||' --now 2026-11-30T11:00 swap R-2 resource=CAR-1
}

# ---- block ----

@test "block: one row, stay, busy from out to back, without customer, solution and price, without preparation" {
    amend 'done|blocked|1||' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-09T18:00 note='new tyres'
    mlr --csv cut -x -f recorded,check calendar.csv >"$T/found"
    { printf '%s\n' "${ledger_columns%,recorded*}"
      echo '1,1/1,B-1,blocked,,,,,,,,,,,stay,CAR-1,2026-12-07T09:00,2026-12-09T18:00,2026-12-07T09:00,2026-12-09T18:00,,,,,,,,,,,tester,new tyres'; } >"$T/wanted"
    same "$T/wanted" "$T/found"
}

@test "block: nobody is booked on it any more" {
    sed -i '/CAR-[2345]/d' fleet.csv
    amend 'done|blocked|1||' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    check 1 mob-book <<<$'request,customer,solution,out,back\nR-1,Ada,LOANER,2026-12-07T14:00,2026-12-09T09:00'
    cells reason | is full:CARS
}

# ---- displaced ----

@test "displaced: a block names the options and bookings whose rows it overlaps, each once, in order of their entries" {
    {
        other R-9 1 CAR-1 2026-12-07T09:00 2026-12-07T10:00
        other R-8 2 CAR-1 2026-12-07T10:00 2026-12-07T11:00 status=option expires=2026-12-01T12:01
        other R-7 3 CAR-1 2026-12-07T11:00 2026-12-07T12:00 status=option expires=2026-12-01T12:00
        other R-6 4 CAR-1 2026-12-07T12:00 2026-12-07T13:00 status=away
        other R-5 5 CAR-1 2026-12-07T13:00 2026-12-07T14:00 status=returned
        other B-2 6 CAR-1 2026-12-07T13:00 2026-12-07T14:00 status=blocked solution= customer=
        other R-4 7 CAR-2 2026-12-07T09:00 2026-12-07T18:00
        other R-3 8 CAR-1 2026-12-07T08:00 2026-12-07T09:00
        other R-2 9 CAR-1 2026-12-07T18:00 2026-12-07T19:00
        row entry=10 request=R-1 leg=1/2 resource=CAR-1 out=2026-12-07T15:00 back=2026-12-07T16:00
        row entry=10 request=R-1 leg=2/2 resource=CAR-1 out=2026-12-07T16:00 back=2026-12-07T17:00
        other R-9 11 CAR-1 2026-12-07T17:00 2026-12-07T18:00
    } | planned
    # R-7 has expired, R-6, R-5 and B-2 cannot be planned anew, R-3 and R-2 only touch. R-9's present entry is the last.
    # The expired one's place is taken, so it is cancelled first: entry 12.
    amend 'done|blocked|13||R-8 R-1 R-9' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-07T18:00
    entry_cells 12 request status note | is 'R-7|cancelled|expired'
}

@test "displaced: a car that comes back late, leaves early, or is another than was booked" {
    {
        booking && booking entry=2 status=away
        other R-2 3 CAR-1 2026-12-02T11:00 2026-12-02T18:00
        other R-3 4 CAR-5 2026-12-01T13:00 2026-12-03T09:00
        other R-4 5 CAR-2 2026-12-01T14:00 2026-12-01T15:00
    } | planned
    # Back at 10:30, and 30 minutes of cleaning: that touches R-2. A minute later it does not fit any more.
    amend 'done|returned|6||' --dry-run --now 2026-12-02T10:31 return R-1 at=2026-12-02T10:30
    amend 'done|returned|6||R-2' --now 2026-12-02T10:31 return R-1
    # R-4 on CAR-2 leaves at 11:30 with CAR-5: till 15:00, and R-3 has it from 13:00.
    amend 'done|away|7||R-3' depart R-4 at=2026-12-01T11:30 resource=CAR-5
    # Again says nothing of it any more: it is already.
    amend 'already|away|7||' depart R-4 at=2026-12-01T11:30 resource=CAR-5
}

@test "displaced: the advisor who explains earlier than was booked, too" {
    { booking && other R-2 2 ADV-1 2026-11-30T08:30 2026-11-30T08:50; } | planned
    amend 'done|away|3||R-2' depart R-1 at=2026-11-30T08:40
}

@test "displaced: also where fleet.csv lacks the car by now" {
    { booking && other R-2 2 CAR-9 2026-11-30T08:00 2026-11-30T09:00 && other R-3 3 CAR-9 2026-11-30T09:00 2026-11-30T12:00; } | planned
    amend 'done|away|4||R-2' depart R-3 at=2026-11-30T08:50
}

@test "displaced: no-show, cancel and a departure as booked displace nobody" {
    { booking && other R-2 2 CAR-1 2026-12-02T10:30 2026-12-02T18:00; } | planned
    amend 'done|away|3||' depart R-1 at=2026-11-30T09:00
    amend 'done|cancelled|4||' cancel R-2
}

# ---- expired options make way ----

@test "a fact that takes the place of expired options writes their end right before its own, in order of their entries" {
    {
        booking && booking entry=2 status=away
        other O-2 3 CAR-1 2026-12-02T11:00 2026-12-02T12:00 status=option expires=2026-12-01T09:00 note=rang
        other O-1 4 CAR-1 2026-12-02T12:00 2026-12-02T13:00 status=option expires=2026-12-01T09:00
        other O-3 5 CAR-1 2026-12-02T13:30 2026-12-02T14:00 status=option expires=2026-12-01T09:00
    } | planned
    # Back at 12:30, cleaned until 13:00: O-3 is not in its place.
    check 0 mob-amend --operator Anne --now 2026-12-02T13:00 return R-1 at=2026-12-02T12:30
    cells result entry displaced | is 'done|8|'
    entry_cells 6 leg request status span resource busy_from busy_until expires out customer operator note |
        is '1/1|O-2|cancelled||||||2026-12-02T11:00|Bob|Anne|expired'
    entry_cells 7 request status note | is 'O-1|cancelled|expired'
    calendar_cells entry | tail -n 1 | is 8
    # No later now revives it.
    amend 'rejected|cancelled|6|?*|' --now 2026-12-01T08:00 confirm O-2
}
