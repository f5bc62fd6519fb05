#!/usr/bin/env bats
# mob-amend, wishes: confirm of an expired option, move, extend, swap. They are recorded only where nothing stands in the
# way (CALENDAR.md, "Life after booking"; S11, S14).
load helper
load seal
load ledger
load amend

prepare() {
    amend_site
    export MOB_NOW=2026-11-27T08:00
}

# first_of ENTRY COLUMN... : of the entry's first row.
first_of() {
    entry_cells "$@" | head -n 1
}

# ---- confirm ----

@test "confirm: an option becomes booked and does not expire any more; all else stays, whoever else is there" {
    { booking status=option expires=2026-11-27T08:01 && other R-2 2 CAR-1 2026-12-01T09:00 2026-12-01T12:00; } | planned
    amend 'done|booked|3||R-2' confirm R-1
    first_of 3 expires out back price days | is '|2026-11-30T09:00|2026-12-02T10:00|135.00|3'
    same <(rows_of 1) <(rows_of 3)
}

@test "confirm of an expired option is a wish: done where its legs are free, else it says who has them" {
    { booking status=option expires=2026-11-27T08:00 && other R-2 2 DRV-1 2026-12-02T10:39 2026-12-02T12:00; } | planned
    amend 'rejected|option|1|full:DRIVERS by R-2|' confirm R-1
    booking status=option expires=2026-11-27T08:00 | planned
    amend 'done|booked|2||' confirm R-1
    first_of 2 expires | is ''
}

# ---- move ----

@test "move: other times, the same resources: every leg is computed anew, with preparation and cleaning" {
    booking status=option expires=2026-12-05T08:00 note=hello | planned
    amend 'done|option|2||' move R-1 out=2026-12-07T14:00 back=2026-12-08T17:00
    rows_of 2 | is '1/3|stay|CAR-1|2026-12-07T13:40|2026-12-08T17:30
2/3|start|ADV-1|2026-12-07T14:00|2026-12-07T14:20
3/3|end|DRV-1|2026-12-08T17:00|2026-12-08T17:40'
    # 27 hours are two days begun: 2 × 45.00.
    first_of 2 out back expires days price saving note |
        is '2026-12-07T14:00|2026-12-08T17:00|2026-12-05T08:00|2|90.00|0.00|hello'
}

@test "move is re-priced from the booking's own programmes, pay_type and labour" {
    local cells_there priced
    while read -r cells_there priced; do
        # shellcheck disable=SC2086 # a list of NAME=VALUE
        booking ${cells_there//,/ } | planned
        amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:01
        first_of 2 days price saving programme cost_code | is "$priced" || { echo "$cells_there"; return 1; }
    done <<'CASES'
programmes=LOAN 2|45.00|45.00|LOAN|L-1
programmes=WARRANTY,pay_type=warranty 2|0.00|90.00|WARRANTY|W-1
programmes=WARRANTY,programme=WARRANTY,cost_code=W-1,saving=135.00,price=0.00 2|90.00|0.00||
vin=ZAM57XSL000000001 2|90.00|0.00||
CASES
    # Two days of 45.00; LOAN pays one of them; WARRANTY all, but only where the warranty pays; coverage.csv is not asked.
}

@test "move and extend: an empty price stays empty, also of a solution that is gone; with a price that is rejected" {
    booking price= saving= | planned
    amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    first_of 2 days price saving programme | is '1|||'
    amend 'done|booked|3||' extend R-1 back=2026-12-09T09:00
    first_of 3 days price saving programme | is '2|||'
    booking solution=GONE price= saving= | planned
    amend 'done|booked|2||' extend R-1 back=2026-12-02T11:00
    first_of 2 days price | is '3|'
    booking solution=GONE | planned
    amend 'rejected|booked|1|?*|' extend R-1 back=2026-12-02T11:00
    amend 'rejected|booked|1|?*|' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'done|booked|2||' swap R-1 resource=CAR-5 # is not re-priced
}

@test "move: without ready it is computed from the new out, where there was one" {
    booking ready=2026-11-30T14:00 | planned
    # 240 minutes from Monday 09:00: three hours till 12:00, and the fourth from 13:00 on.
    amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    first_of 2 ready | is 2026-12-07T14:00
    amend 'done|booked|3||' move R-1 out=2026-12-14T09:00 back=2026-12-15T09:00 ready=2026-12-15T08:00
    first_of 3 ready | is 2026-12-15T08:00
    booking | planned
    amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    first_of 2 ready | is ''
}

@test "move: the car is on the road for the longest start leg with minutes, and only then work begins" {
    printf 'LOANER,DRIVERS,start,30\n' >>legs.csv
    booking ready=2026-11-30T14:00 | planned
    amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    first_of 2 ready | is 2026-12-07T14:30
}

@test "move: hours, closures, notice, licence and longest stay are not checked again; out before back is" {
    printf 'from,until,reason\n2026-12-19,2026-12-31,Holidays\n' >closures.csv
    booking licence_until=2026-12-01 | planned
    amend 'rejected|booked|1|?*|' move R-1 out=2026-12-20T03:00 back=2026-12-20T03:00
    amend 'rejected|booked|1|?*|' move R-1 out=2026-12-20T03:00 back=2026-12-20T02:00
    amend 'done|booked|2||' move R-1 out=2026-12-20T03:00 back=2027-01-20T03:00
    first_of 2 days price | is '31|1395.00'
}

@test "a start or end row is computed from the leg of the same span and rank; without such a leg it keeps its length" {
    file legs.csv <<'CSV'
solution,pool,span,minutes
LOANER,DRIVERS,end,50
LOANER,ADVISORS,end,
CSV
    {
        row price=45.00 leg=1/4 span=start resource=ADV-1 busy_until=2026-11-30T09:25
        row leg=2/4 span=end resource=DRV-1 busy_from=2026-12-01T09:00 busy_until=2026-12-01T09:40
        row leg=3/4 span=end resource=DRV-2 busy_from=2026-12-01T09:00 busy_until=2026-12-01T09:40
        row leg=4/4 span=end resource=VAN-1 busy_from=2026-12-01T09:00 busy_until=2026-12-01T09:40
    } | planned
    # The second end leg has no minutes, the entry no explain_min: 15. There is no third, and no start leg any more.
    amend 'done|booked|2||' move R-1 out=2026-12-07T10:00 back=2026-12-08T10:00
    rows_of 2 | is '1/4|start|ADV-1|2026-12-07T10:00|2026-12-07T10:25
2/4|end|DRV-1|2026-12-08T10:00|2026-12-08T10:50
3/4|end|DRV-2|2026-12-08T10:00|2026-12-08T10:15
4/4|end|VAN-1|2026-12-08T10:00|2026-12-08T10:40'
}

@test "move of a booking that occupies nothing" {
    row solution=TAXI price=20.00 saving=0.00 | planned
    amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    entry_cells 2 leg span resource busy_from busy_until out price | is '1/1|||||2026-12-07T09:00|20.00'
}

# ---- full:POOL ----

@test "full: the pool of the first row that is not free, and its blockers, each once, in order of entry" {
    {
        booking
        other R-9 2 CAR-1 2026-12-07T17:00 2026-12-07T18:00
        other R-8 3 CAR-1 2026-12-07T08:00 2026-12-07T08:41 status=option expires=2026-11-27T08:01
        other R-7 4 CAR-1 2026-12-07T12:00 2026-12-07T13:00 status=blocked customer= solution=
        row entry=5 request=R-6 leg=1/2 resource=CAR-1 out=2026-12-07T10:00 back=2026-12-07T10:30
        row entry=5 request=R-6 leg=2/2 resource=CAR-1 out=2026-12-07T11:00 back=2026-12-07T11:30
        other R-5 6 ADV-1 2026-12-07T09:00 2026-12-07T09:10
        other R-4 7 CAR-1 2026-12-07T08:00 2026-12-07T08:40
        other R-9 8 CAR-1 2026-12-07T17:00 2026-12-07T18:00
    } | planned
    # The car is wanted from 08:40; R-4 only touches that.
    amend 'rejected|booked|1|full:CARS by R-8 R-7 R-6 R-9|' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    check 0 bash -c "for key in R-8 R-7 R-6 R-9; do mob-amend cancel \$key || exit; done"
    amend 'rejected|booked|1|full:ADVISORS by R-5|' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'done|booked|13||' move R-1 out=2026-12-07T09:10 back=2026-12-08T09:00
}

@test "full, without by, where no booking is the cause: gone, not usable, not in service that day" {
    booking | planned
    sed -i 's/^CAR-1,CARS,Small car,,/CAR-1,CARS,Small car,repair,/' fleet.csv
    amend 'rejected|booked|1|full:CARS|' extend R-1 back=2026-12-02T12:00
    sed -i '/^CAR-1,/d' fleet.csv # its pool is its leg's
    amend 'rejected|booked|1|full:CARS|' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    car=CAR-4 booking | planned
    amend 'rejected|booked|1|full:CARS|' move R-1 out=2026-12-06T09:00 back=2026-12-08T09:00
    amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'rejected|booked|2|full:CARS|' swap R-1 resource=CAR-3
}

@test "full: out of service only on a date of its cleaning" {
    sed -i 's/^CAR-1,CARS,Small car,,,/CAR-1,CARS,Small car,,,2026-12-07/' fleet.csv
    booking | planned
    # With 30 minutes of cleaning it ends at midnight, or a minute later on a date on which it is gone.
    amend 'rejected|booked|1|full:CARS|' move R-1 out=2026-12-07T09:00 back=2026-12-07T23:31
    amend 'done|booked|2||' move R-1 out=2026-12-07T09:00 back=2026-12-07T23:30
}

@test "what the booking's own rows occupy already is not asked for again, though a fact has taken it" {
    { booking && other B-1 2 CAR-1 2026-12-01T09:00 2026-12-02T10:30 status=blocked customer= solution=; } | planned
    # Monday 08:40 to Wednesday 10:30 is its own; the block ends with it, so another half hour is free.
    amend 'done|booked|3||' extend R-1 back=2026-12-02T10:30
    amend 'done|booked|4||' move R-1 out=2026-11-30T09:30 back=2026-12-02T10:30
    # Moved away and back again, it is another's.
    amend 'done|booked|5||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'rejected|booked|5|full:CARS by B-1|' move R-1 out=2026-11-30T09:00 back=2026-12-02T10:00
}

@test "what lies before now is not asked for" {
    # R-2 never came for CAR-1 on Monday; R-1 is late, and the car is still with her.
    { booking && booking entry=2 status=away && other R-2 3 CAR-1 2026-12-02T11:00 2026-12-02T12:00; } | planned
    amend 'rejected|away|2|full:CARS by R-2|' --now 2026-12-02T11:59 extend R-1 back=2026-12-02T14:00
    amend 'done|away|4||R-2' --now 2026-12-02T12:00 extend R-1 back=2026-12-02T14:00
}

@test "an overdue car is gone for its late_days, and then is cleaned" {
    # CAR-1: two days from now, and 30 minutes. R-1 prepares it from 20 minutes before.
    { car=CAR-1 booking request=R-9 status=away && other R-1 2 CAR-1 2026-12-07T09:00 2026-12-08T09:00; } | planned
    amend 'rejected|booked|2|full:CARS by R-9|' --now 2026-12-02T10:00 move R-1 out=2026-12-04T10:49 back=2026-12-04T18:00
    amend 'done|booked|3||' --now 2026-12-02T10:00 move R-1 out=2026-12-04T10:50 back=2026-12-04T18:00
    # A minute earlier it is not overdue yet.
    amend 'done|booked|4||' --dry-run --now 2026-12-02T09:59 move R-1 out=2026-12-02T10:50 back=2026-12-04T18:00
}

@test "its own overdue time does not count as occupied: what others have there stands in its way" {
    { booking && booking entry=2 status=away && other R-2 3 CAR-1 2026-12-02T14:00 2026-12-02T18:00; } | planned
    # Overdue at noon. With cleaning it may stay until 13:30.
    amend 'rejected|away|2|full:CARS by R-2|' --now 2026-12-02T12:00 extend R-1 back=2026-12-02T13:31
    amend 'done|away|4||' --now 2026-12-02T12:00 extend R-1 back=2026-12-02T13:30
}

@test "full, without by: two rows of the new entry newly overlap on one resource" {
    driver=ADV-1 booking | planned
    # ADV-1 explains from 09:00 to 09:20, and as the driver begins when the car comes back.
    amend 'rejected|booked|1|full:ADVISORS|' extend R-1 back=2026-11-30T09:19
    amend 'done|booked|2||' extend R-1 back=2026-11-30T09:20
}

@test "an expired option is in nobody's way; it is cancelled right before, in order of the options' entries" {
    {
        booking
        other O-2 2 CAR-1 2026-12-07T12:00 2026-12-07T18:00 status=option expires=2026-11-27T08:00
        other O-1 3 ADV-1 2026-12-07T09:00 2026-12-07T09:10 status=option expires=2026-11-26T08:00
        other O-3 4 CAR-2 2026-12-07T09:00 2026-12-07T18:00 status=option expires=2026-11-26T08:00
    } | planned
    amend 'done|booked|7||' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    calendar_cells entry request status note | tail -n 5 | uniq | is '5|O-2|cancelled|expired
6|O-1|cancelled|expired
7|R-1|booked|'
    # Where the clock goes back, nobody is booked twice.
    amend 'rejected|cancelled|5|?*|' --now 2026-11-27T07:59 confirm O-2
}

@test "a wish that is rejected cancels no expired option" {
    { booking && other O-2 2 CAR-1 2026-12-07T12:00 2026-12-07T18:00 status=option expires=2026-11-27T08:00 &&
        other R-2 3 ADV-1 2026-12-07T09:00 2026-12-07T09:10; } | planned
    keep calendar.csv
    amend 'rejected|booked|1|full:ADVISORS by R-2|' move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    kept calendar.csv
}

# ---- extend ----

@test "extend: another return, later or earlier; stay and end rows follow, start rows and ready stay; re-priced" {
    { booking ready=2026-12-01T14:00 && booking entry=2 status=away odometer=18000 ready=2026-12-01T14:00; } | planned
    # Monday 09:00 to Thursday 09:01 are four days begun.
    amend 'done|away|3||' --now 2026-12-01T12:00 extend R-1 back=2026-12-03T09:01
    rows_of 3 | is '1/3|stay|CAR-1|2026-11-30T08:40|2026-12-03T09:31
2/3|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20
3/3|end|DRV-1|2026-12-03T09:01|2026-12-03T09:41'
    first_of 3 out back ready days price odometer | is '2026-11-30T09:00|2026-12-03T09:01|2026-12-01T14:00|4|180.00|18000'
    amend 'done|away|4||' --now 2026-12-01T12:00 extend R-1 back=2026-12-01T18:00 ready=2026-12-01T17:00
    first_of 4 back ready days price | is '2026-12-01T18:00|2026-12-01T17:00|2|90.00'
}

@test "extend: the new return is after out, and of an away one not before now" {
    booking | planned
    amend 'rejected|booked|1|?*|' extend R-1 back=2026-11-30T09:00
    amend 'rejected|booked|1|?*|' extend R-1 back=2026-11-30T08:00
    # Of a booked one that was never collected it may lie before now.
    amend 'done|booked|2||' --now 2026-12-01T12:00 extend R-1 back=2026-11-30T09:01
    { booking && booking entry=2 status=away; } | planned
    amend 'rejected|away|2|?*|' --now 2026-12-01T12:00 extend R-1 back=2026-12-01T11:59
    amend 'done|away|3||' --now 2026-12-01T12:00 extend R-1 back=2026-12-01T12:00
}

@test "extend: only the end of a stay row changes; an end row that does not move stays as written" {
    booking | planned
    # CAR-1 would be prepared for longer now, and cleaned; the driver would be needed for longer.
    sed -i 's/^CAR-1,CARS,Small car,,,,20,30,/CAR-1,CARS,Small car,,,,40,50,/' fleet.csv
    sed -i 's/end,40/end,60/' legs.csv
    amend 'done|booked|2||' extend R-1 back=2026-12-02T11:00
    rows_of 2 | is '1/3|stay|CAR-1|2026-11-30T08:40|2026-12-02T11:50
2/3|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20
3/3|end|DRV-1|2026-12-02T11:00|2026-12-02T12:00'
    booking | planned
    amend 'done|booked|2||' extend R-1 back=2026-12-02T10:00 ready=2026-12-01T12:00
    rows_of 2 | tail -n 1 | is '3/3|end|DRV-1|2026-12-02T10:00|2026-12-02T10:40'
}

# ---- swap ----

@test "swap: another resource of the same pool, with its own preparation and cleaning; not re-priced" {
    booking price=99.00 odometer=5 fuel=8/8 note=hello | planned
    # CAR-2 is not prepared, and cleaned for 60 minutes.
    amend 'done|booked|2||' swap R-1 resource=CAR-2
    rows_of 2 | is '1/3|stay|CAR-2|2026-11-30T09:00|2026-12-02T11:00
2/3|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20
3/3|end|DRV-1|2026-12-02T10:00|2026-12-02T10:40'
    first_of 2 days price odometer fuel note | is '3|99.00|||hello'
}

@test "swap: all legs that from holds, computed anew from legs.csv" {
    sed -i 's/end,40/end,50/; s/DRIVERS/ADVISORS/' legs.csv
    driver=ADV-1 booking | planned
    amend 'done|booked|2||' swap R-1 from=ADV-1 resource=ADV-2
    rows_of 2 | is '1/3|stay|CAR-1|2026-11-30T08:40|2026-12-02T10:30
2/3|start|ADV-2|2026-11-30T09:00|2026-11-30T09:20
3/3|end|ADV-2|2026-12-02T10:00|2026-12-02T10:50'
    amend 'done|booked|3||' swap R-1 resource=ADV-1 # ADV-2, held twice, is the only one of that pool
    entry_cells 3 resource | paste -sd ' ' | is 'CAR-1 ADV-1 ADV-1'
}

@test "swap: from may be left out only where one of that pool is held" {
    driver=CAR-2 booking | planned
    amend 'rejected|booked|1|?*|' swap R-1 resource=CAR-5
    amend 'done|booked|2||' swap R-1 resource=CAR-5 from=CAR-2
    entry_cells 2 resource | paste -sd ' ' | is 'CAR-1 ADV-1 CAR-5'
}

@test "swap is rejected: another pool, an unknown resource, one that is not held, from = resource" {
    local words
    booking | planned
    while read -r words; do
        # shellcheck disable=SC2086 # a list of words
        amend 'rejected|booked|1|?*|' swap R-1 $words || return 1
    done <<'CASES'
resource=VAN-1
resource=VAN-1 from=CAR-1
resource=CAR-9
resource=CAR-9 from=CAR-1
resource=CAR-2 from=CAR-5
resource=CAR-2 from=CAR-9
resource=CAR-2 from=ADV-1
resource=CAR-2 from=CAR-2
CASES
}

@test "swap is a wish: it says who has the other one; of the bookings that it may touch it displaces none" {
    { booking && other R-2 2 CAR-2 2026-12-02T10:59 2026-12-02T12:00 && other R-3 3 CAR-5 2026-12-02T10:00 2026-12-02T12:00; } | planned
    # CAR-2 would be cleaned until 11:00, CAR-5 needs no cleaning.
    amend 'rejected|booked|1|full:CARS by R-2|' swap R-1 resource=CAR-2
    amend 'done|booked|4||' swap R-1 resource=CAR-5
}

@test "swap of an away one: the old car's row ends now and its cleaning, and becomes start; the new one's stands behind it" {
    { booking && booking entry=2 status=away odometer=18000 fuel=8/8; } | planned
    # Tuesday noon: CAR-1 is cleaned for 30 minutes; CAR-2 needs no preparation, and 60 minutes of cleaning.
    amend 'done|away|3||' --now 2026-12-01T12:00 swap R-1 resource=CAR-2
    entry_cells 3 leg span resource busy_from busy_until price odometer fuel |
        is '1/4|start|CAR-1|2026-11-30T08:40|2026-12-01T12:30|135.00||
2/4|stay|CAR-2|2026-12-01T12:00|2026-12-02T11:00|||
3/4|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20|||
4/4|end|DRV-1|2026-12-02T10:00|2026-12-02T10:40|||'
    amend 'already|away|3||' --now 2026-12-01T12:05 swap R-1 resource=CAR-2 from=CAR-1
    # What is past stays: a return ends CAR-2's row, an extension moves it.
    amend 'done|away|4||' --now 2026-12-01T12:10 extend R-1 back=2026-12-02T12:00
    rows_of 4 | head -n 2 | is '1/4|start|CAR-1|2026-11-30T08:40|2026-12-01T12:30
2/4|stay|CAR-2|2026-12-01T12:00|2026-12-02T13:00'
    amend 'done|returned|5||' --now 2026-12-02T09:00 return R-1
    rows_of 5 | is '1/3|start|CAR-1|2026-11-30T08:40|2026-12-01T12:30
2/3|stay|CAR-2|2026-12-01T12:00|2026-12-02T10:00
3/3|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20'
}

@test "swap of an away one is rejected from its back on" {
    { booking && booking entry=2 status=away; } | planned
    amend 'rejected|away|2|?*|' --now 2026-12-02T10:00 swap R-1 resource=CAR-2
    amend 'done|away|3||' --now 2026-12-02T09:59 swap R-1 resource=CAR-2
}

@test "swap of an away one: its end rows change as before departure, its start rows never" {
    driver=ADV-1 booking status=away | planned
    sed -i 's/end,40/end,50/' legs.csv
    amend 'done|away|2||' --now 2026-12-01T12:00 swap R-1 from=ADV-1 resource=ADV-2
    rows_of 2 | tail -n 2 | is '2/3|start|ADV-1|2026-11-30T09:00|2026-11-30T09:20
3/3|end|ADV-2|2026-12-02T10:00|2026-12-02T10:50'
}

@test "swap of an away one is checked from now on only; its preparation may lie before" {
    { booking && booking entry=2 status=away && other R-2 3 CAR-5 2026-12-01T11:00 2026-12-01T12:01 status=returned; } | planned
    sed -i 's/^CAR-5,CARS,Spare car,,,,,/CAR-5,CARS,Spare car,,,,15,/' fleet.csv
    amend 'rejected|away|2|full:CARS by R-2|' --now 2026-12-01T12:00 swap R-1 resource=CAR-5
    # A minute later the car is there, though it was not 15 minutes before.
    amend 'done|away|4||' --now 2026-12-01T12:01 swap R-1 resource=CAR-5
    rows_of 4 | sed -n 2p | is '2/4|stay|CAR-5|2026-12-01T11:46|2026-12-02T10:00'
}

@test "swap back to the first car: not while it is still being cleaned" {
    { booking && booking entry=2 status=away; } | planned
    amend 'done|away|3||' --now 2026-12-01T12:00 swap R-1 resource=CAR-2
    # CAR-1 is being cleaned until 12:30: two rows of one entry would newly overlap.
    amend 'rejected|away|3|full:CARS|' --now 2026-12-01T12:29 swap R-1 resource=CAR-1
    amend 'done|away|4||' --now 2026-12-01T12:30 swap R-1 resource=CAR-1
    rows_of 4 | head -n 3 | is '1/5|start|CAR-1|2026-11-30T08:40|2026-12-01T12:30
2/5|start|CAR-2|2026-12-01T12:00|2026-12-01T13:30
3/5|stay|CAR-1|2026-12-01T12:10|2026-12-02T10:30'
}

@test "preparation and cleaning are counted in the open minutes of area prep, where there is one" {
    printf 'prep,%s,08:00,17:00\n' mon tue wed >>hours.csv
    booking | planned
    # Monday 08:05 less 20 minutes is Wednesday 16:45; Tuesday 16:50 and 30 minutes is Wednesday 08:20.
    amend 'done|booked|2||' move R-1 out=2026-12-07T08:05 back=2026-12-08T16:50
    rows_of 2 | head -n 1 | is '1/3|stay|CAR-1|2026-12-02T16:45|2026-12-09T08:20'
}
