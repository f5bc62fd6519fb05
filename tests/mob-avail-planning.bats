#!/usr/bin/env bats
# mob-avail, second half: which resource is free, the calendar, a request's own booking, and what is held (FILTERS.md,
# check 7; CALENDAR.md; S9, S11, S12). The other checks are in mob-avail.bats.

load helper
load seal

# A site that never closes, so that only the planning decides. 2026-11-30 is a Monday. An hour's work: the stay is
# [t, t + 1 h) with --step 1.
prepare() {
    local day area
    site
    export MOB_NOW=2026-11-24T09:00
    echo area,day,open,close >hours.csv
    for area in reception workshop; do
        for day in mon tue wed thu fri sat sun; do
            echo "$area,$day,00:00,24:00" >>hours.csv
        done
    done
    catalogue <<<$'CAR\nCABRIO\nVAN\nBIKE\nTAXI'
    legs <<<$'CAR CARS stay\nCABRIO CARS stay\nVAN VANS stay\nBIKE BIKES stay'
    fleet <<<$'C1 CARS\nV1 VANS\nB1 BIKES'
}

# legs: legs.csv from lines `SOLUTION POOL SPAN [minutes=N]`.
legs() {
    table solution,pool,span,minutes 'solution pool span' >legs.csv
}

# fleet: fleet.csv from lines `RESOURCE POOL [NAME=VALUE]...`.
fleet() {
    table resource,pool,label,status,from,until,before_min,after_min,late_days 'resource pool' label=any >fleet.csv
}

# bookings: calendar.csv from lines `ENTRY REQUEST STATUS SOLUTION RESOURCE OUT BACK [NAME=VALUE]...`, entries that
# occupy one resource, or none (`-`), from OUT to BACK.
bookings() {
    awk '{
        times = $6 " " $7
        $1 = $1 " 1/1"
        $4 = $4 ($5 == "-" ? " -" : " stay")
        $5 = $5 ($5 == "-" ? " - -" : " " times)
        print
    }' | entries
}

# held [OPTION...]: a case a line, `DAY ROW[; ROW]... => CAR VAN`: request R-DAY asks for 10:00 on that day of December
# with these rows (`SOLUTION [NAME=VALUE]...`); are the car and the van of that hour then `held` or `free` for the
# requests that follow in the same run? Shows the cases that fail.
held() {
    awk -v cases="$T/cases" '{ sub(/#.*/, ""); $1 = $1 }
        NF {
            print > cases
            sub(/ =>.*/, "")
            at = sprintf(" 2026-12-%02dT10:00", $1)
            count = split(substr($0, length($1) + 2), row, /; /)
            for (i = 1; i <= count; i++) {
                sub(/^[A-Z]+/, "&" at, row[i])
                print "R-" $1, row[i]
            }
            print "X CAR" at, "match=no"
            print "Y VAN" at, "match=no"
        }' | offers >"$T/offers"
    check 0 mob-avail --alternatives 1 "$@" "$T/offers" || return
    cells request,when | awk -F '|' '
        NR == FNR { if ($1 ~ /[XY]/) what[$1, ++count[$1]] = $2 == "wanted" ? "free" : "held"; next }
        { sub(/ =>.*/, ""); print $0 " => " what["X", FNR] " " what["Y", FNR] }' - "$T/cases" >"$T/answered"
    same "$T/cases" "$T/answered"
}

# hours_of AREA OPEN CLOSE: adds these hours of an area for Monday to Friday.
hours_of() {
    local day
    for day in mon tue wed thu fri; do
        echo "$1,$day,$2,$3" >>hours.csv
    done
}

# day_hours: the site is open by day only, 08:00 to 18:00, every day.
day_hours() {
    sed -i 's/00:00,24:00/08:00,18:00/' hours.csv
}

# ---- preparation and cleaning

@test "uses of one resource may touch, but not overlap by a minute (check 7; DATA.md, interval)" {
    bookings <<<'1 R-9 booked CAR C1 2026-11-30T10:00 2026-11-30T12:00'
    cases reason --step 1 <<'END'
CAR 2026-11-30T09:00 => -
CAR 2026-11-30T09:01 => full:CARS
CAR 2026-11-30T10:30 => full:CARS
CAR 2026-11-30T09:30 wanted_back=2026-11-30T12:30 => full:CARS
CAR 2026-11-30T11:59 => full:CARS
CAR 2026-11-30T12:00 => -
END
}

@test "before_min and after_min widen each use, on the clock where hours.csv has no prep (check 7; DATA.md)" {
    fleet <<<'C1 CARS before_min=30 after_min=45'
    bookings <<'END'
1 R-9 booked CAR C1 2026-11-30T10:30 2026-11-30T11:15 busy_from=2026-11-30T10:00 busy_until=2026-11-30T12:00
END
    cases reason --step 1 <<'END'
CAR 2026-11-30T08:15 => - # back 09:15, clean at 10:00
CAR 2026-11-30T08:16 => full:CARS
CAR 2026-11-30T12:29 => full:CARS
CAR 2026-11-30T12:30 => -
CAR 2026-12-05T23:59 => -
END
}

@test "before_min and after_min are open minutes of area prep, if there is any (DATA.md, fleet.csv)" {
    fleet <<<'C1 CARS before_min=60 after_min=90'
    hours_of prep 08:00 12:00
    hours_of prep 13:00 17:00
    echo prep,2026-12-12,08:00,12:00 >>hours.csv # a Saturday
    printf 'from,until,closes,reason\n2026-12-07,2026-12-07,prep,\n' >closures.csv
    bookings <<'END'
1 R-9 booked CAR C1 2026-11-30T09:30 2026-12-01T10:00 busy_until=2026-12-01T11:30 busy_from=2026-11-30T08:30
2 R-8 booked CAR C1 2026-12-03T11:00 2026-12-03T14:30 busy_until=2026-12-03T16:00 busy_from=2026-12-03T10:00
3 R-7 booked CAR C1 2026-12-08T09:30 2026-12-08T14:30 busy_until=2026-12-08T16:00 busy_from=2026-12-08T08:30
4 R-6 booked CAR C1 2026-12-12T09:30 2026-12-12T10:30 busy_until=2026-12-12T12:00 busy_from=2026-12-12T08:30
END
    cases reason --step 1 <<'END'
CAR 2026-12-01T13:29 => full:CARS
CAR 2026-12-01T13:30 => - # 30 minutes after lunch, 30 before: from 11:30
CAR 2026-12-03T16:59 => full:CARS
CAR 2026-12-03T17:00 => -
CAR 2026-12-03T23:00 => - # prepared from 16:00
CAR 2026-11-27T15:00 => - # back Friday 16:00: 60 minutes, and 30 on Monday from 08:00
CAR 2026-11-27T15:01 => full:CARS
CAR 2026-12-04T15:00 => - # nobody cleans on Monday the 7th: to Tuesday 08:30
CAR 2026-12-04T15:01 => full:CARS
CAR 2026-12-11T15:00 => - # somebody does on Saturday the 12th
CAR 2026-12-11T15:01 => full:CARS
END
}

# ---- which resources

@test "in service on every date that has a minute of the widened use in it (check 7; DATA.md, from and until)" {
    fleet <<'END'
C1 CARS from=2026-12-01 until=2026-12-03 before_min=60 after_min=60
V1 VANS from=2026-12-01
B1 BIKES until=2026-12-03
END
    cases reason --step 1 <<'END'
CAR 2026-12-01T00:59 => full:CARS
CAR 2026-12-01T01:00 => -
CAR 2026-12-03T22:00 => - # cleaned at midnight, which is no minute of the 4th
CAR 2026-12-03T22:01 => full:CARS
VAN 2026-11-30T23:59 => full:VANS
VAN 2026-12-01T00:00 => -
VAN 2027-12-01T00:00 => -
BIKE 2026-12-03T23:00 => -
BIKE 2026-12-03T23:01 => full:BIKES
END
}

@test "usable where status is empty or ready (DATA.md)" {
    fleet <<'END'
C1 CARS status=ready
V1 VANS status=repair
B1 BIKES status=Ready
END
    cases reason <<'END'
CAR 2026-11-30T09:00 => -
VAN 2026-11-30T09:00 => full:VANS
BIKE 2026-11-30T09:00 => full:BIKES
END
    fleet <<<$'V0 VANS status=sold\nV1 VANS'
    cases resource <<<'VAN 2026-11-30T09:00 => V1'
}

@test "a pool without resources is always full, a solution without legs never (DATA.md)" {
    fleet </dev/null
    cases when,reason,resource <<'END'
CAR 2026-11-30T09:00 => none full:CARS -
TAXI 2026-11-30T09:00 => wanted - -
END
    rm legs.csv
    cases when,reason,resource <<<'CAR 2026-11-30T09:00 => wanted - -'
}

@test "a resource serves its own pool only (DATA.md)" {
    fleet <<<$'V1 VANS\nV2 VANS'
    cases reason,resource --alternatives 1 <<'END'
CAR 2026-11-30T09:00 => full:CARS -
VAN 2026-11-30T09:00 => - V1
END
}

# ---- legs

@test "start and end legs occupy their minutes; without any, explain_min, and 15 where that is 0 (DATA.md, legs.csv)" {
    legs <<'END'
CAR CARS start minutes=40
VAN VANS end minutes=40
BIKE BIKES start
CABRIO BIKES end
END
    bookings <<'END'
1 R-7 booked CAR C1 2026-11-30T10:00 2026-11-30T12:00
2 R-8 booked VAN V1 2026-11-30T10:00 2026-11-30T12:00
3 R-9 booked BIKE B1 2026-11-30T10:00 2026-11-30T12:00
END
    cases reason --step 1 <<'END'
CAR 2026-11-30T09:20 => -
CAR 2026-11-30T09:21 => full:CARS
CAR 2026-11-30T12:00 => -
VAN 2026-11-30T08:20 => - # back 09:20
VAN 2026-11-30T08:21 => full:VANS
VAN 2026-11-30T10:59 => full:VANS
VAN 2026-11-30T11:00 => -
BIKE 2026-11-30T09:50 => -
BIKE 2026-11-30T09:51 => full:BIKES
BIKE 2026-11-30T09:30 explain_min=30 => -
BIKE 2026-11-30T09:31 explain_min=30 => full:BIKES
BIKE 2026-11-30T09:45 explain_min=0 => -
BIKE 2026-11-30T09:46 explain_min=0 => full:BIKES
CABRIO 2026-11-30T08:50 => - # back 09:50
CABRIO 2026-11-30T08:51 => full:BIKES
END
}

@test "resource: one a leg, in the order of legs.csv; no two legs of an offer share one at a time (check 7)" {
    legs <<'END'
CAR BIKES start
CAR CARS stay
CAR BIKES end
VAN BIKES start
VAN BIKES stay
END
    cases resource,reason <<'END'
CAR 2026-11-30T09:00 => B1+C1+B1 -
VAN 2026-11-30T09:00 => - full:BIKES
END
    fleet <<<$'B1 BIKES\nB2 BIKES'
    cases resource,reason <<<'VAN 2026-11-30T09:00 => B1+B2 -'
}

@test "backtracking: an earlier leg makes way where a later one could not be placed otherwise (check 7)" {
    fleet <<<$'C1 CARS\nC2 CARS\nV1 VANS'
    legs <<'END'
CAR CARS start minutes=60
CAR CARS stay
VAN CARS start minutes=60
VAN VANS stay
VAN CARS stay
END
    # C2 can be had for the first hour only.
    bookings <<<'1 R-9 booked CAR C2 2026-11-30T11:00 2026-11-30T12:00'
    cases resource <<'END'
CAR 2026-11-30T10:00 wanted_back=2026-11-30T12:00 => C2+C1
VAN 2026-11-30T10:00 wanted_back=2026-11-30T12:00 => C2+V1+C1
CAR 2026-11-30T13:00 wanted_back=2026-11-30T15:00 => C2+C1 # C2 has the smaller gap
CAR 2026-11-29T13:00 wanted_back=2026-11-29T15:00 => C1+C2
END
}

@test "full:POOL names the pool of the first leg that has no place beside the ones before it (check 7)" {
    fleet <<<$'C1 CARS\nC2 CARS\nV1 VANS\nB1 BIKES'
    legs <<'END'
CAR CARS start minutes=60
CAR CARS stay
CAR VANS stay
CABRIO CARS stay
CABRIO BIKES stay
CABRIO CARS stay
CABRIO VANS stay
VAN VANS stay
VAN BIKES stay
BIKE BIKES stay
BIKE BIKES end
BIKE VANS start
TAXI CARS stay
TAXI BIKES stay
TAXI CARS stay
TAXI BIKES stay
END
    # The van is taken, C2 after 11:00; the bike from 12:00 to 12:05.
    bookings <<'END'
1 R-7 booked VAN V1 2026-11-30T10:00 2026-11-30T12:00
2 R-8 booked CAR C2 2026-11-30T11:00 2026-11-30T12:00
3 R-9 booked BIKE B1 2026-11-30T12:00 2026-11-30T12:05
END
    cases reason <<'END'
CAR 2026-11-30T10:00 wanted_back=2026-11-30T12:00 => full:VANS # both car legs fit, by backtracking
CABRIO 2026-11-30T10:00 wanted_back=2026-11-30T12:00 => full:CARS # two cars at once, the third leg
VAN 2026-11-30T11:30 wanted_back=2026-11-30T12:30 => full:VANS # the bike is taken too
BIKE 2026-11-30T10:00 wanted_back=2026-11-30T12:00 => full:BIKES # the second leg, before the third
TAXI 2026-11-30T10:00 wanted_back=2026-11-30T12:00 => full:CARS # the third leg, before the fourth
END
}

# ---- which one is tried first

@test "the resource with the smallest gap since its previous use is taken; file order on a tie (check 7)" {
    fleet <<<$'CB CARS\nCA CARS\nCC CARS' # in no alphabet's order
    bookings <<'END'
1 R-7 booked CAR CA 2026-11-30T08:00 2026-11-30T10:00
2 R-8 booked CAR CC 2026-11-30T08:00 2026-11-30T11:00
3 R-9 booked CAR CC 2026-11-30T14:00 2026-11-30T15:00
END
    cases resource <<'END'
CAR 2026-11-30T07:00 => CB # none was used before
CAR 2026-11-30T09:00 => CB # the others are away
CAR 2026-11-30T10:00 => CA
CAR 2026-11-30T10:30 => CA
CAR 2026-11-30T11:00 => CC # a gap of nothing
CAR 2026-11-30T13:00 => CC # what comes later is no matter
CAR 2026-11-30T13:30 => CA # CC is out at 14:00
CAR 2026-11-30T16:00 => CC
END
}

@test "the gap is counted to the widened start, from now at the earliest, and may be negative (check 7)" {
    fleet <<<$'CA CARS\nCB CARS before_min=60'
    cases resource <<<'CAR 2026-11-30T12:00 => CB'
    # At 09:00, for 09:30: gaps 30, -15, -30.
    fleet <<<$'CA CARS\nCB CARS before_min=45\nCC CARS before_min=60'
    cases resource --now 2026-11-30T09:00 <<<'CAR 2026-11-30T09:30 => CC'
    # A use that ended before now counts no more than none.
    fleet <<<$'CA CARS\nCB CARS'
    bookings <<<'1 R-9 returned CAR CB 2026-11-20T08:00 2026-11-24T08:59'
    cases resource <<<'CAR 2026-11-30T09:00 => CA'
    cases resource --now 2026-11-24T08:58 <<<'CAR 2026-11-30T09:00 => CB'
}

@test "only what would stand in the way counts as a previous use: not the request's own, not what has ended (check 7)" {
    fleet <<<$'CA CARS\nCB CARS'
    bookings <<<'1 R-9 booked CAR CB 2026-11-30T08:00 2026-11-30T10:00'
    cases resource <<'END'
CAR 2026-11-30T11:00 => CB
CAR 2026-11-30T11:00 request=R-9 => CA
END
    bookings <<'END'
1 R-8 option CAR CB 2026-11-30T08:00 2026-11-30T10:00 expires=2026-11-24T09:00
2 R-9 booked CAR CB 2026-11-30T08:00 2026-11-30T10:00
3 R-9 cancelled CAR - 2026-11-30T08:00 2026-11-30T10:00
END
    cases resource <<<'CAR 2026-11-30T11:00 => CA'
}

@test "earlier legs of the offer, and holds, count as previous uses (check 7)" {
    fleet <<<$'CA CARS\nCB CARS'
    legs <<<$'CAR CARS start minutes=60\nCAR CARS end minutes=30\nCABRIO CARS stay'
    bookings <<<'1 R-9 booked CAR CB 2026-11-30T12:00 2026-11-30T12:30'
    # The start leg takes CA until 13:00, so CA's gap before 15:00 is smaller than CB's.
    cases resource <<<'CAR 2026-11-30T12:00 wanted_back=2026-11-30T15:00 => CA+CA'
    bookings <<<'1 R-9 booked CAR CB 2026-11-30T06:00 2026-11-30T07:00'
    # R-2 is back at 09:30, later than R-1 at 09:00.
    answers request,resource <<'END' | is $'R-1|CB\nR-2|CA\nR-3|CA'
R-1 CABRIO 2026-11-30T08:00
R-2 CABRIO 2026-11-30T08:30
R-3 CABRIO 2026-11-30T10:00
END
}

# ---- the calendar

@test "option, booked, away, returned and blocked entries occupy, if they are not expired and no later one stands" {
    # Each on a day of its own, from 10:00 to 12:00; R-11 was moved to the next day.
    bookings <<'END'
1 R-1 option CAR C1 2026-12-01T10:00 2026-12-01T12:00
2 R-2 option CAR C1 2026-12-02T10:00 2026-12-02T12:00 expires=2026-11-24T09:01
3 R-3 option CAR C1 2026-12-03T10:00 2026-12-03T12:00 expires=2026-11-24T09:00
4 R-4 option CAR C1 2026-12-04T10:00 2026-12-04T12:00 expires=2026-11-24T08:00
5 R-5 booked CAR C1 2026-12-05T10:00 2026-12-05T12:00
6 R-6 away CAR C1 2026-12-06T10:00 2026-12-06T12:00
7 R-7 returned CAR C1 2026-12-07T10:00 2026-12-07T12:00
8 R-8 blocked - C1 2026-12-08T10:00 2026-12-08T12:00 customer=
9 R-9 booked CAR C1 2026-12-09T10:00 2026-12-09T12:00
10 R-10 booked CAR C1 2026-12-10T10:00 2026-12-10T12:00
11 R-11 booked CAR C1 2026-12-11T10:00 2026-12-11T12:00
12 R-9 cancelled CAR - 2026-12-09T10:00 2026-12-09T12:00
13 R-10 no-show CAR - 2026-12-10T10:00 2026-12-10T12:00
14 R-11 booked CAR C1 2026-12-12T10:00 2026-12-12T12:00
END
    cases reason --step 1 <<'END'
CAR 2026-12-01T11:59 => full:CARS
CAR 2026-12-01T12:00 => -
CAR 2026-12-02T11:59 => full:CARS
CAR 2026-12-02T12:00 => -
CAR 2026-12-03T11:00 => - # from the instant at which it expires
CAR 2026-12-04T11:00 => -
CAR 2026-12-05T11:59 => full:CARS
CAR 2026-12-05T12:00 => -
CAR 2026-12-06T11:59 => full:CARS
CAR 2026-12-06T12:00 => -
CAR 2026-12-07T11:59 => full:CARS
CAR 2026-12-07T12:00 => -
CAR 2026-12-08T11:59 => full:CARS
CAR 2026-12-08T12:00 => -
CAR 2026-12-09T11:00 => -
CAR 2026-12-10T11:00 => -
CAR 2026-12-11T11:00 => -
CAR 2026-12-12T11:59 => full:CARS
END
}

@test "every row of an entry occupies its resource; a row of a resource that fleet.csv lacks stands in nobody's way" {
    entries <<'END'
1 1/3 R-9 booked CAR stay C1 2026-11-30T10:00 2026-11-30T12:00 2026-11-30T10:00 2026-11-30T12:00
1 2/3 R-9 booked CAR start V1 2026-11-30T10:00 2026-11-30T10:30 2026-11-30T10:00 2026-11-30T12:00
1 3/3 R-9 booked CAR end SOLD 2026-11-30T12:00 2026-11-30T12:30 2026-11-30T10:00 2026-11-30T12:00
END
    cases reason <<'END'
CAR 2026-11-30T11:00 => full:CARS
VAN 2026-11-30T10:00 => full:VANS
VAN 2026-11-30T10:30 => -
BIKE 2026-11-30T12:00 => -
END
}

@test "overdue: an away car is taken to be gone for late_days from now, its cleaning behind that (CALENDAR.md)" {
    fleet <<<$'C1 CARS late_days=2 after_min=60\nV1 VANS\nB1 BIKES late_days=0 after_min=30'
    # All three are to be back at 09:00.
    bookings <<'END'
1 R-7 away CAR C1 2026-11-20T09:00 2026-11-24T09:00 busy_until=2026-11-24T10:00
2 R-8 away VAN V1 2026-11-20T09:00 2026-11-24T09:00
3 R-9 away BIKE B1 2026-11-20T09:00 2026-11-24T09:00 busy_until=2026-11-24T09:30
END
    cases reason --step 1 --now 2026-11-24T09:00 <<'END'
CAR 2026-11-26T09:59 => full:CARS
CAR 2026-11-26T10:00 => -
VAN 2026-12-01T08:59 => full:VANS
VAN 2026-12-01T09:00 => -
BIKE 2026-11-24T09:29 => full:BIKES
BIKE 2026-11-24T09:30 => -
END
    cases reason --step 1 --now 2026-11-24T08:59 <<'END' # not overdue yet
CAR 2026-11-24T09:59 => full:CARS
CAR 2026-11-24T10:00 => -
VAN 2026-11-24T09:00 => -
END
    cases reason --step 1 --now 2026-11-25T12:00 <<'END'
CAR 2026-11-27T12:59 => full:CARS
CAR 2026-11-27T13:00 => -
BIKE 2026-11-25T12:29 => full:BIKES
BIKE 2026-11-25T12:30 => -
END
    hours_of prep 13:00 17:00
    cases reason --step 1 --now 2026-11-24T09:00 <<'END' # cleaned on Thursday from 13:00
CAR 2026-11-26T13:59 => full:CARS
CAR 2026-11-26T14:00 => -
END
}

@test "overdue: at least so long; its start and end rows, and booked ones, stay as written (CALENDAR.md)" {
    fleet <<<$'C1 CARS late_days=2\nV1 VANS late_days=2\nB1 BIKES late_days=2'
    entries <<'END'
1 1/3 R-8 away CAR stay C1 2026-11-20T09:00 2026-12-10T09:00 2026-11-20T09:00 2026-11-24T09:00
1 2/3 R-8 away CAR start V1 2026-11-20T09:00 2026-11-20T09:30 2026-11-20T09:00 2026-11-24T09:00
1 3/3 R-8 away CAR end V1 2026-11-24T09:00 2026-11-24T10:00 2026-11-20T09:00 2026-11-24T09:00
2 1/1 R-9 booked BIKE stay B1 2026-11-20T09:00 2026-11-24T09:00 2026-11-20T09:00 2026-11-24T09:00
END
    cases reason --step 1 <<'END'
CAR 2026-12-10T08:59 => full:CARS
CAR 2026-12-10T09:00 => -
VAN 2026-11-24T09:59 => full:VANS
VAN 2026-11-24T10:00 => -
BIKE 2026-11-24T09:00 => -
END
}

@test "a missing calendar is an empty one; one that was altered is refused (CALENDAR.md)" {
    cases reason <<<'CAR 2026-11-30T11:00 => -'
    says calendar.csv
    bookings <<<'1 R-9 booked CAR C1 2026-11-30T10:00 2026-11-30T12:00'
    cases reason <<<'CAR 2026-11-30T11:00 => full:CARS'
    says calendar.csv.last
    sed -i 's/C1/C2/' calendar.csv
    offers <<<'R-1 CAR 2026-11-30T11:00' >in.csv
    check 2 mob-avail in.csv
    says calendar.csv:2:
    is '' <out
}

# ---- the request's own booking

@test "the request's own booking does not stand in its way, be it returned too (check 7)" {
    bookings <<'END'
1 R-1 option CAR C1 2026-12-01T10:00 2026-12-01T12:00
2 R-2 booked CAR C1 2026-12-02T10:00 2026-12-02T12:00
3 R-3 away CAR C1 2026-12-03T10:00 2026-12-03T12:00
4 R-4 returned CAR C1 2026-12-04T10:00 2026-12-04T12:00
END
    cases reason <<'END'
CAR 2026-12-01T10:30 request=R-1 => -
CABRIO 2026-12-02T10:30 request=R-2 => - # another solution of the same pool
CAR 2026-12-02T10:30 request=R-1 => full:CARS
CAR 2026-12-02T10:30 request=R-2 => -
CAR 2026-12-03T10:30 request=R-3 => -
CAR 2026-12-04T10:30 request=R-4 => -
CAR 2026-12-04T10:30 => full:CARS
END
}

@test "notice is not asked for the out and the solution that the request's own live booking has (check 2)" {
    catalogue <<<$'CAR notice=3h\nCABRIO notice=3h'
    legs <<<$'CAR CARS stay\nCABRIO CARS stay'
    fleet < <(printf 'C%d CARS\n' {1..9})
    bookings <<'END'
1 R-1 booked CAR C1 2026-11-24T10:00 2026-11-24T12:00
2 R-2 option CAR C2 2026-11-24T10:00 2026-11-24T12:00
3 R-3 option CAR C3 2026-11-24T10:00 2026-11-24T12:00 expires=2026-11-24T09:01
4 R-4 away CAR C4 2026-11-24T08:00 2026-11-24T12:00
5 R-5 option CAR C5 2026-11-24T10:00 2026-11-24T12:00 expires=2026-11-24T09:00
6 R-6 returned CAR C6 2026-11-24T10:00 2026-11-24T12:00
7 R-7 booked CAR C7 2026-11-24T10:00 2026-11-24T12:00
8 R-7 cancelled CAR - 2026-11-24T10:00 2026-11-24T12:00
END
    cases reason <<'END'
CAR 2026-11-24T10:00 request=R-1 => -
CAR 2026-11-24T10:00 => notice
CAR 2026-11-24T10:01 request=R-1 => notice
CAR 2026-11-24T10:00 request=R-2 => -
CABRIO 2026-11-24T10:00 request=R-1 => notice
CAR 2026-11-24T10:00 request=R-3 => -
CAR 2026-11-24T08:00 request=R-4 => -
CAR 2026-11-24T10:00 request=R-5 => notice
CAR 2026-11-24T10:00 request=R-6 => notice
CAR 2026-11-24T10:00 request=R-7 => notice
END
    # Nor at the booking's out as an alternative, where another time was asked for.
    cases out,reason <<<'CAR 2026-11-24T10:10 request=R-1 => 2026-11-24T10:00 notice'
}

@test "as it stands: a row with the booking's own out and back asks for it with its own ready and back (FILTERS.md)" {
    day_hours
    catalogue <<<$'CAR notice=1000h max_days=1 licence=yes price_day=10\nCABRIO'
    legs <<<$'CAR CARS stay\nCABRIO CARS stay'
    fleet < <(printf 'C%d CARS\n' {1..5})
    # By night, longer than max_days: somebody's decision. 50 hours, 3 days.
    bookings <<'END'
1 R-1 booked CAR C1 2026-11-30T19:00 2026-12-02T21:00 ready=2026-12-01T03:33 price=1.00
2 R-2 booked CAR C2 2026-11-30T19:00 2026-11-30T21:00
3 R-3 booked CAR C3 2026-11-30T19:00 2026-12-02T21:00
4 R-4 booked CAR C4 2026-11-30T19:00 2026-12-02T21:00
5 R-5 booked CAR C5 2026-11-30T19:00 2026-12-02T21:00
END
    cases when,out,back,ready,days,price,resource,reason <<'END'
CAR 2026-11-30T19:00 wanted_back=2026-12-02T21:00 licence_until=2026-01-01 request=R-1 => wanted 2026-11-30T19:00 2026-12-02T21:00 2026-12-01T03:33 3 30.00 C1 -
CAR 2026-11-30T19:00 wanted_back=2026-11-30T21:00 request=R-2 => wanted 2026-11-30T19:00 2026-11-30T21:00 - 1 10.00 C2 -
END
    cases reason <<'END'
CAR 2026-11-30T19:00 wanted_back=2026-12-02T20:59 request=R-1 => closed-departure
CAR 2026-11-30T19:00 request=R-2 => closed-departure
CAR 2026-11-30T18:59 wanted_back=2026-12-02T21:00 request=R-3 => notice
CABRIO 2026-11-30T19:00 wanted_back=2026-12-02T21:00 request=R-4 => closed-departure
CAR 2026-11-30T19:00 wanted_back=2026-12-02T21:00 => notice
END
}

@test "as it stands: the closures of its two dates count, nothing else of checks 2 to 6 (FILTERS.md)" {
    day_hours
    fleet < <(printf 'C%d CARS\n' {1..9})
    bookings < <(for day in 1{1..9}; do
        echo "$day R-$day booked CAR C$((day - 10)) 2026-12-${day}T19:00 2027-01-${day}T21:00"
    done)
    file closures.csv <<'END'
from,until,closes,reason
2026-12-11,2026-12-11,departure,
2026-12-12,2026-12-12,,
2026-12-13,2026-12-13,return,
2027-01-14,2027-01-14,return,
2027-01-15,2027-01-15,,
2027-01-16,2027-01-16,departure,
2026-12-20,2027-01-10,,
2026-12-17,2027-01-17,workshop prep,
2026-12-18,2026-12-18,,
2027-01-18,2027-01-18,,
END
    # An exceptional opening lifts the closure, be it for an hour only.
    printf 'reception,%s,10:00,11:00\n' 2026-12-18 2027-01-18 >>hours.csv
    cases reason <<'END'
CAR 2026-12-11T19:00 wanted_back=2027-01-11T21:00 request=R-11 => closed-departure
CAR 2026-12-12T19:00 wanted_back=2027-01-12T21:00 request=R-12 => closed-departure
CAR 2026-12-13T19:00 wanted_back=2027-01-13T21:00 request=R-13 => -
CAR 2026-12-14T19:00 wanted_back=2027-01-14T21:00 request=R-14 => closed-return
CAR 2026-12-15T19:00 wanted_back=2027-01-15T21:00 request=R-15 => closed-return
CAR 2026-12-16T19:00 wanted_back=2027-01-16T21:00 request=R-16 => -
CAR 2026-12-17T19:00 wanted_back=2027-01-17T21:00 request=R-17 => -
CAR 2026-12-18T19:00 wanted_back=2027-01-18T21:00 request=R-18 => -
CAR 2026-12-19T19:00 wanted_back=2027-01-19T21:00 request=R-19 => -
END
}

@test "as it stands: past and full are asked all the same; another resource will do (FILTERS.md)" {
    day_hours
    bookings <<'END'
1 R-8 away CAR C1 2026-11-23T19:00 2026-11-25T21:00
2 R-9 booked CAR C1 2026-11-30T19:00 2026-12-02T21:00
END
    fleet <<<$'C1 CARS status=repair\nV1 VANS'
    cases reason,when <<'END'
CAR 2026-11-23T19:00 wanted_back=2026-11-25T21:00 request=R-8 => past none
CAR 2026-11-30T19:00 wanted_back=2026-12-02T21:00 request=R-9 => full:CARS none
END
    fleet <<<$'C1 CARS status=repair\nC2 CARS'
    cases when,resource <<<'CAR 2026-11-30T19:00 wanted_back=2026-12-02T21:00 request=R-9 => wanted C2'
}

# ---- what is held

@test "first come, first served: what would be booked of a request is held against those that follow (S9)" {
    local requests='R-1 CAR 2026-11-30T10:00
R-2 CAR 2026-11-30T10:00
R-3 CAR 2026-11-30T11:00
R-4 CAR 2026-11-30T09:00'
    # R-2 gets the nearest hour, 09:00 (the earlier of two), so R-4 cannot; R-3 only touches.
    answers request,when,out,reason --alternatives 1 <<<"$requests" | is 'R-1|wanted|2026-11-30T10:00|
R-2|later|2026-11-30T09:00|full:CARS
R-3|wanted|2026-11-30T11:00|
R-4|later|2026-11-30T08:00|full:CARS'
    answers request,when,reason --alternatives 1 < <(sed '1!G; h; $!d' <<<"$requests") | is 'R-4|wanted|
R-3|wanted|
R-2|wanted|
R-1|later|full:CARS'
    answers request,when --alternatives 1 --independent <<<"$requests" |
        is $'R-1|wanted\nR-2|wanted\nR-3|wanted\nR-4|wanted'
}

@test "holds: preparation, cleaning and every leg are held too" {
    fleet <<<$'C1 CARS before_min=30 after_min=30\nC2 CARS before_min=30 after_min=30\nB1 BIKES'
    legs <<<$'CAR CARS stay\nCAR BIKES start\nBIKE BIKES stay\nCABRIO CARS stay\nCABRIO CARS stay'
    answers request,reason --alternatives 1 <<'END' | is 'R-1|
R-2|full:BIKES
R-3|
R-4|full:CARS
R-5|'
R-1 CAR 2026-11-30T10:00
R-2 BIKE 2026-11-30T10:05 match=no
R-3 BIKE 2026-11-30T10:10
R-4 CABRIO 2026-11-30T11:59 match=no
R-5 CABRIO 2026-11-30T12:00
END
}

@test "holds: one row a request, the first that mob-book would take: by choice, chosen before all, never match=no" {
    held <<'END'
1 CAR => held free
2 CAR choice=1; VAN choice=2 => held free
3 CAR choice=2; VAN choice=1 => free held
4 TAXI choice=1; CAR choice=2 => free free
5 CAR match=no => free free
6 CAR choice=1 match=no; VAN choice=2 match=yes => free held
7 CAR choice=1; VAN choice=2 chosen=x => free held
8 CAR choice=1; VAN choice=2 match=no chosen=x => free held
9 CAR match=no; VAN match=no => free free
END
    # The car is taken on the 1st. The van, wanted, comes before a later car; but a later car that was chosen is held.
    bookings <<<'1 R-9 booked CAR C1 2026-12-01T00:00 2026-12-02T00:00'
    held <<<'1 CAR choice=1; VAN choice=2 => held held'
    held <<<'1 CAR choice=1 chosen=x; VAN choice=2 => held free'
}

@test "holds: one row of a request does not stand in another's way; a rejected row holds nothing" {
    answers request,solution,when <<'END' | is $'R-1|CAR|wanted\nR-1|CABRIO|wanted'
R-1 CAR 2026-11-30T10:00
R-1 CABRIO 2026-11-30T10:00
END
    offers >in.csv <<'END'
R-1 CAR 2026-11-30T10:00 labour_min=x
R-2 CAR 2026-11-30T10:00
END
    check 1 mob-avail in.csv
    cells request,when | is 'R-2|wanted'
}

@test "holds: none for a request that mob-book would answer already, ended or conflict" {
    # What the requests have booked occupies nothing; now they ask for the car, each on its day, and then X does.
    bookings <<'END'
1 R-1 booked TAXI - 2026-12-01T10:00 2026-12-01T11:00
2 R-2 away TAXI - 2026-11-24T08:00 2026-12-02T11:00
3 R-3 option TAXI - 2026-12-03T10:00 2026-12-03T11:00
4 R-4 option TAXI - 2026-12-04T10:00 2026-12-04T11:00 expires=2026-11-24T09:01
5 R-5 option TAXI - 2026-12-05T10:00 2026-12-05T11:00 expires=2026-11-24T09:00
6 R-6 returned TAXI - 2026-11-20T10:00 2026-11-20T11:00
7 R-7 cancelled TAXI - 2026-12-07T10:00 2026-12-07T11:00
8 R-8 cancelled TAXI - 2026-12-08T10:00 2026-12-08T11:00 note=expired
9 R-9 cancelled TAXI - 2026-12-09T10:00 2026-12-09T11:00 note=expired.
10 R-10 cancelled TAXI - 2026-12-10T10:00 2026-12-10T11:00 note=expired customer=
11 R-11 no-show TAXI - 2026-12-11T10:00 2026-12-11T11:00
12 R-12 blocked - B1 2026-12-12T10:00 2026-12-12T11:00 customer=
13 R-13 option TAXI - 2026-12-13T10:00 2026-12-13T11:00 expires=2026-11-24T09:00
14 R-14 option TAXI - 2026-12-14T10:00 2026-12-14T11:00 expires=2026-11-24T09:00 vin=A1
15 R-15 option TAXI - 2026-12-15T10:00 2026-12-15T11:00 expires=2026-11-24T09:00 vin=A1
END
    held <<'END'
1 CAR => free free
2 CAR => free free
3 CAR => free free
4 CAR => free free
5 CAR => held free # expired: it counts as no booking
6 CAR => free free
7 CAR => free free
8 CAR => held free
9 CAR => free free
10 CAR => held free # purged: nobody else's
11 CAR => free free
12 CAR => free free # the key of a block
13 CAR customer=Dupont => free free
14 CAR vin=A2 => free free
15 CAR vin=a1 => held free # VINs are compared in upper case
16 CAR customer= => free free
17 CAR km=15000 => held free
18 CAR km=15t => free free # mob-book reads it, and answers conflict
END
}

@test "--replace: a live option or booked request holds too, as mob-book --replace would book it" {
    # C1 is in repair: a booking as it stands needs C2, the only other one.
    fleet <<<$'C1 CARS status=repair\nC2 CARS\nV1 VANS'
    bookings <<'END'
1 R-1 booked CAR C1 2026-12-01T10:00 2026-12-01T11:00
2 R-2 option CAR C1 2026-12-02T10:00 2026-12-02T11:00
3 R-3 away CAR C1 2026-12-03T10:00 2026-12-03T11:00
4 R-4 returned CAR C1 2026-12-04T10:00 2026-12-04T11:00
5 R-5 option CAR C1 2026-12-05T10:00 2026-12-05T11:00 expires=2026-11-24T09:00
6 R-6 booked CAR C1 2026-12-06T10:00 2026-12-06T11:00
7 R-7 booked CAR C1 2026-12-07T10:00 2026-12-07T11:00
8 R-8 booked CAR C1 2026-12-08T10:00 2026-12-08T11:00
9 R-9 booked CAR C1 2026-12-09T10:00 2026-12-09T11:00
10 R-10 booked CAR C1 2026-12-10T10:00 2026-12-10T11:00
END
    held <<'END'
1 CAR wanted_back=2026-12-01T11:00 => free free
2 CAR wanted_back=2026-12-02T11:00 => free free
5 CAR wanted_back=2026-12-05T11:00 => held free
8 CAR wanted_back=2026-12-08T11:30 chosen=x => free free
END
    held --replace <<'END'
1 CAR wanted_back=2026-12-01T11:00 => held free
2 CAR wanted_back=2026-12-02T11:00 => held free
3 CAR wanted_back=2026-12-03T11:00 => free free
4 CAR wanted_back=2026-12-04T11:00 => free free
5 CAR wanted_back=2026-12-05T11:00 => held free
6 CAR wanted_back=2026-12-06T11:00 match=no => free free
7 CAR wanted_back=2026-12-07T11:30 => free free # unasked, only resources change
8 CAR wanted_back=2026-12-08T11:30 chosen=x => held free
9 CAR wanted_back=2026-12-09T11:00 customer=Dupont => free free
10 VAN choice=1 wanted_back=2026-12-10T11:00; CAR choice=2 wanted_back=2026-12-10T11:00 => held free
END
}

@test "--replace: what mob-book would answer past, its back being over, is not held (FILTERS.md, mob-book, rejected)" {
    # Due from 07:00 to 08:00 today, never handed over; on C2 it would be cleaned until 11:00.
    fleet <<<$'C1 CARS status=repair\nC2 CARS after_min=180'
    bookings <<<'1 R-1 booked CAR C1 2026-11-24T07:00 2026-11-24T08:00'
    answers request,when --replace --alternatives 1 <<'END' | is $'R-1|wanted\nR-2|wanted'
R-1 CAR 2026-11-24T07:00 wanted_back=2026-11-24T08:00
R-2 CAR 2026-11-24T09:30
END
}

@test "what mob-avail offers, mob-book accepts, resource by resource" {
    fleet <<<$'C1 CARS before_min=15 after_min=30\nC2 CARS\nB1 BIKES\nB2 BIKES'
    legs <<<$'CAR CARS stay\nCAR BIKES start\nCAR BIKES end minutes=20'
    answers request,out,resource --alternatives 1 >offered <<'END'
R-1 CAR 2026-11-30T10:00
R-2 CAR 2026-11-30T10:30
R-3 CAR 2026-11-30T10:15
R-4 CAR 2026-11-30T12:00
END
    mv out offers.csv
    check 0 mob-book offers.csv
    cells request,out,resource | is "$(cat offered)"
    cells result | sort -u | is booked
}
