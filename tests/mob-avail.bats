#!/usr/bin/env bats
# mob-avail, first half: the checks and their edges, alternatives, rows out (FILTERS.md; S9, S11, S12). What can be
# taken, and what is held, is in mob-avail-planning.bats.

load helper
load seal

# 2026-11-30 is a Monday.
prepare() {
    site
    export MOB_NOW=2026-11-24T09:00
}

@test "a solution that is free on the day is one row, with times, resources and price (S9)" {
    cases when,out,back,resource,ready,days,price,saving,programme,cost_code,conditions,reason <<'END'
LOANER 2026-11-30T09:00 => wanted 2026-11-30T09:00 2026-11-30T10:00 CAR-1+ADV-1 2026-11-30T10:00 1 45.00 0.00 - - Return+it+full. -
LOANER 2026-11-30T09:00 pay_type=warranty programmes=WARRANTY => wanted 2026-11-30T09:00 2026-11-30T10:00 CAR-1+ADV-1 2026-11-30T10:00 1 0.00 45.00 WARRANTY W-1 Return+it+full.+Warranty+repairs+only. -
TAXI 2026-11-30T09:00 => wanted 2026-11-30T09:00 2026-11-30T10:00 - 2026-11-30T10:00 1 20.00 0.00 - - - -
END
}

# ---- check 1

@test "past: the date of wanted is before now's; then no alternatives are looked for (check 1)" {
    cases when,out,back,resource,reason <<'END'
TAXI 2026-11-23T17:30 => none - - - past
TAXI 2026-11-24T09:00 => wanted 2026-11-24T09:00 2026-11-24T10:00 - -
TAXI 2026-11-24T08:30 => later 2026-11-24T09:00 2026-11-24T10:00 - notice # today, but earlier
END
}

# ---- check 2

@test "notice: in minutes, hours and days of 24 h it ends at the minute, counted from now (check 2; DATA.md)" {
    catalogue <<'END'
NONE
ZERO notice=0m
M31 notice=31m
H2 notice=2h
D2 notice=2d
D3 notice=3d
END
    cases reason <<'END'
NONE 2026-11-24T08:59 => notice
NONE 2026-11-24T09:00 => -
ZERO 2026-11-24T08:59 => notice
ZERO 2026-11-24T09:00 => -
M31 2026-11-24T09:30 => notice
M31 2026-11-24T09:31 => -
H2 2026-11-24T10:59 => notice
H2 2026-11-24T11:00 => -
D2 2026-11-26T08:59 => notice
D2 2026-11-26T09:00 => -
END
    cases reason --now 2026-11-27T09:00 <<'END' # a Friday: the weekend's days count
D3 2026-11-30T08:59 => notice
D3 2026-11-30T09:00 => -
END
}

@test "notice: N working days end with the Nth day after today on which the reception opens (check 2)" {
    catalogue <<'END'
W1 notice=1wd
W2 notice=2wd
W3 notice=3wd
END
    echo reception,sat,08:00,12:00 >>hours.csv
    # Thursday 16:40, the specification's own example. Notice comes before the opening hours.
    cases reason --now 2026-11-26T16:40 <<'END'
W1 2026-11-27T23:59 => notice
W1 2026-11-28T00:00 => closed-departure
W1 2026-11-28T08:00 => -
W2 2026-11-28T23:59 => notice
W2 2026-11-29T00:00 => closed-departure
W3 2026-11-30T23:59 => notice # Fri, Sat, Mon
W3 2026-12-01T00:00 => closed-departure
W3 2026-12-01T08:00 => -
END
    # Today never counts, be it whole or no working day.
    cases reason --now 2026-11-26T00:00 <<'END'
W1 2026-11-27T23:59 => notice
W1 2026-11-28T00:00 => closed-departure
END
    cases reason --now 2026-11-29T12:00 <<'END'
W1 2026-11-30T23:59 => notice
W1 2026-12-01T08:00 => -
END
}

@test "notice: a working day is one on which the reception opens for departures (check 2; DATA.md, closures)" {
    local holiday first
    catalogue <<<'W1 notice=1wd'
    echo reception,sat,08:00,12:00 >>hours.csv
    cp hours.csv usual.csv
    # now is Thursday; 1wd ends with Friday the 27th where that is a working day, else with Saturday.
    while read -r holiday hours first; do
        printf 'from,until,closes,reason\n%s\n' "$holiday" >closures.csv
        { cat usual.csv; [ "$hours" = - ] || printf '%s\n' "$hours"; } >hours.csv
        printf 'case: %s %s\n' "$holiday" "$hours"
        cases reason --now 2026-11-26T16:40 <<END
W1 ${first}T23:59 => notice
W1 $(date -d "$first + 1 day" +%F)T00:00 => closed-departure
END
    done <<'END'
2026-11-27,2026-11-27,,x - 2026-11-28
2026-11-27,2026-11-27,departure,x - 2026-11-28
2026-11-27,2026-11-27,return,x - 2026-11-27
2026-11-27,2026-11-27,workshop,x - 2026-11-27
2026-11-27,2026-11-27,,x reception,2026-11-27,09:00,10:00 2026-11-27
2026-11-27,2026-11-27,departure,x reception,2026-11-27,09:00,10:00 2026-11-28
2026-12-24,2026-12-26,,x reception,2026-11-27,, 2026-11-28
2026-11-01,2026-11-27,,x - 2026-11-28
2026-11-27,2026-11-28,,x - 2026-11-30
END
}

# ---- check 3

@test "closed-departure: one open interval contains the departure and the time to explain (check 3; S12)" {
    cases reason <<'END'
TAXI 2026-11-30T07:59 => closed-departure
TAXI 2026-11-30T08:00 => -
TAXI 2026-11-30T11:50 => - # explain_min is 10
TAXI 2026-11-30T11:51 => closed-departure
TAXI 2026-11-30T13:59 => closed-departure
TAXI 2026-11-30T14:00 => -
TAXI 2026-11-30T17:50 => -
TAXI 2026-11-30T17:51 => closed-departure
TAXI 2026-11-30T08:00 explain_min=240 => -
TAXI 2026-11-30T08:01 explain_min=240 => closed-departure
TAXI 2026-11-28T10:00 => closed-departure
END
}

@test "closed-departure: touching intervals are one, over midnight too (check 3; DATA.md, hours.csv)" {
    cat >>hours.csv <<'END'
reception,2026-11-30,12:00,24:00
reception,2026-11-30,10:00,12:00
reception,2026-12-01,00:00,02:00
END
    cases reason <<'END'
TAXI 2026-11-30T09:59 => closed-departure # the date's rows replace Monday's
TAXI 2026-11-30T11:55 => -
TAXI 2026-11-30T23:55 => -
TAXI 2026-12-01T01:50 => -
TAXI 2026-12-01T01:51 => closed-departure
END
    # Of closures only the date of the departure counts.
    printf 'from,until,closes,reason\n2026-12-01,2026-12-01,departure,\n' >closures.csv
    cases reason <<'END'
TAXI 2026-11-30T23:55 => -
TAXI 2026-12-01T00:00 => closed-departure
END
}

@test "closed-departure: closures shut what they name; own hours lift one that names nothing (DATA.md)" {
    file closures.csv <<'END'
from,until,closes,reason
2026-11-30,2026-12-01,departure,stocktaking
2026-12-03,2026-12-03,,holiday
2026-12-04,2026-12-04,,holiday with an exceptional opening
2026-12-07,2026-12-07,return,
2026-12-08,2026-12-08,departure return,
END
    printf 'reception,2026-12-04,08:00,18:00\nreception,2026-12-08,08:00,18:00\n' >>hours.csv
    cases reason <<'END'
TAXI 2026-11-27T09:00 => -
TAXI 2026-11-30T09:00 => closed-departure
TAXI 2026-12-01T09:00 => closed-departure
TAXI 2026-12-02T09:00 => -
TAXI 2026-12-03T09:00 => closed-departure
TAXI 2026-12-04T09:00 => -
TAXI 2026-12-07T09:00 => -
TAXI 2026-12-08T09:00 => closed-departure
END
}

@test "closed-departure: every start leg with stated minutes ends by the date's last closing (check 3)" {
    catalogue <<'END'
DRIVE
LONG
ADVICE
END
    file legs.csv <<'END'
solution,pool,span,minutes
DRIVE,ADVISORS,start,20
DRIVE,CARS,start,60
LONG,CARS,start,180
ADVICE,ADVISORS,start,
END
    cat >>hours.csv <<'END'
reception,2026-12-02,20:00,24:00
reception,2026-12-03,00:00,02:00
END
    cases reason <<'END'
DRIVE 2026-11-30T17:00 => -
DRIVE 2026-11-30T17:01 => closed-departure
DRIVE 2026-11-30T11:30 => - # on the road at lunch
ADVICE 2026-11-30T17:50 explain_min=0 => - # 15 minutes, to 18:05
LONG 2026-12-02T23:00 => - # the last interval runs over midnight to 02:00
LONG 2026-12-02T23:01 => closed-departure
DRIVE 2026-12-03T01:00 => -
DRIVE 2026-12-03T01:01 => closed-departure
END
}

# ---- check 4

@test "closed-workshop: the work is not done within 366 days after the departure (check 4)" {
    sed -i '/^workshop/d' hours.csv
    echo workshop,2027-12-01,08:00,12:00 >>hours.csv # 366 days after 2026-11-30
    cases reason,ready <<'END'
TAXI 2026-11-30T09:00 => - 2027-12-01T09:00
TAXI 2026-11-30T09:00 labour_min=61 => closed-workshop 2027-12-01T09:01 # as an alternative, at 09:30
TAXI 2026-11-30T09:00 labour_min=0 => - 2026-11-30T09:00
END
    printf 'from,until,closes,reason\n2026-11-30,,workshop,\n' >closures.csv
    cases reason <<'END'
TAXI 2026-11-30T09:00 => closed-workshop
TAXI 2026-11-30T09:00 labour_min=0 => -
END
}

@test "closed-return: there is no time to come back within 366 days after the departure (check 4)" {
    printf 'from,until,closes,reason\n2026-11-30,2027-11-30,return,\n' >closures.csv
    cases reason,back <<'END'
TAXI 2026-11-30T08:00 => - 2027-12-01T08:00
TAXI 2026-11-30T08:00 wanted_back=2027-12-01T08:01 => closed-return -
END
    printf 'reception,2027-12-01,08:30,18:00\n' >>hours.csv
    cases reason <<'END'
TAXI 2026-11-30T08:00 => closed-return
TAXI 2026-11-30T08:30 => -
END
}

# ---- checks 5 and 6

@test "max-days: as many 24-hour days as the solution allows, not a minute more (check 5)" {
    catalogue <<'END'
TWO max_days=2
ANY
END
    cases reason,back,days <<'END'
TWO 2026-11-30T09:00 wanted_back=2026-12-02T09:00 => - 2026-12-02T09:00 2
TWO 2026-11-30T09:00 wanted_back=2026-12-02T09:01 => max-days - -
ANY 2026-11-30T09:00 wanted_back=2026-12-02T09:01 => - 2026-12-02T09:30 3
ANY 2026-11-30T09:00 wanted_back=2026-12-01T09:00 => - 2026-12-01T09:00 1
END
}

@test "licence: where the customer drives, it is valid on the day of the return (check 6)" {
    catalogue <<'END'
DRIVE licence=yes
RIDE licence=no
WALK
END
    cases reason <<'END'
DRIVE 2026-11-30T17:00 licence_until=2026-12-01 => - # back on 12-01
DRIVE 2026-11-30T17:00 licence_until=2026-11-30 => licence
DRIVE 2026-11-30T17:00 => -
RIDE 2026-11-30T17:00 licence_until=2026-11-30 => -
WALK 2026-11-30T17:00 licence_until=2026-11-30 => -
END
}

# ---- order

@test "the first check that fails is the reason (S11)" {
    catalogue <<'END'
LATE notice=1000h
ANY
SHORT max_days=1
DRIVE max_days=1 licence=yes
CAR licence=yes
END
    printf 'solution,pool,span,minutes\nCAR,NOWHERE,stay,\n' >legs.csv
    cases reason <<'END'
LATE 2026-11-23T09:00 => past
LATE 2026-11-28T10:00 => notice
DRIVE 2026-11-30T09:00 wanted_back=2026-12-02T10:00 licence_until=2026-11-30 => max-days
CAR 2026-11-30T09:00 licence_until=2026-11-29 => licence
CAR 2026-11-30T09:00 licence_until=2026-11-30 => full:NOWHERE
END
    printf 'from,until,closes,reason\n2026-11-30,,workshop return,\n' >closures.csv
    cases reason <<'END'
ANY 2026-11-28T10:00 => closed-departure
ANY 2026-11-30T09:00 => closed-workshop
SHORT 2026-11-30T09:00 labour_min=0 wanted_back=2026-12-02T10:00 => closed-return
END
}

# ---- ready and back

@test "ready: so many open workshop minutes after the departure; back: the next point of the grid that is open (S12)" {
    cases ready,back <<'END'
TAXI 2026-11-30T09:00 => 2026-11-30T10:00 2026-11-30T10:00
TAXI 2026-11-30T09:00 labour_min=61 => 2026-11-30T10:01 2026-11-30T10:30
TAXI 2026-11-30T08:00 labour_min=240 => 2026-11-30T12:00 2026-11-30T14:00 # done at a closing time
TAXI 2026-11-30T08:00 labour_min=241 => 2026-11-30T13:01 2026-11-30T14:00
TAXI 2026-11-30T11:50 => 2026-11-30T13:50 2026-11-30T14:00
TAXI 2026-11-27T16:00 labour_min=61 => 2026-11-30T08:01 2026-11-30T08:30 # Friday, then Monday
TAXI 2026-11-30T09:00 labour_min=0 => 2026-11-30T09:00 2026-11-30T09:30 # after the departure
TAXI 2026-11-30T09:10 labour_min=0 => 2026-11-30T09:10 2026-11-30T09:30
TAXI 2026-11-30T08:00 labour_min=210 explain_min=30 => 2026-11-30T11:30 2026-11-30T11:30
TAXI 2026-11-30T08:00 labour_min=210 explain_min=31 => 2026-11-30T11:30 2026-11-30T14:00
TAXI 2026-11-30T09:00 wanted_back=2026-12-01T16:10 => 2026-11-30T10:00 2026-12-01T16:30
TAXI 2026-11-30T09:00 wanted_back=2026-11-30T09:30 => 2026-11-30T10:00 2026-11-30T10:00 # not before the work is done
END
}

@test "ready and back: closures of the workshop and of returns (FILTERS.md, Arithmetic of a stay; DATA.md)" {
    file closures.csv <<'END'
from,until,closes,reason
2026-11-30,2026-11-30,workshop,
2026-12-02,2026-12-02,return,
2026-12-08,2026-12-08,,
END
    cases ready,back <<'END'
TAXI 2026-11-30T09:00 => 2026-12-01T09:00 2026-12-01T09:00
TAXI 2026-12-02T09:00 => 2026-12-02T10:00 2026-12-03T08:00
TAXI 2026-12-07T16:30 => 2026-12-09T08:30 2026-12-09T08:30
END
}

@test "ready and back: start legs keep the car on the road, end legs end by the last closing (FILTERS.md)" {
    catalogue <<'END'
FETCH
BRING
BRING61
ADVICE
END
    file legs.csv <<'END'
solution,pool,span,minutes
FETCH,CARS,start,90
FETCH,ADVISORS,start,30
BRING,CARS,end,60
BRING61,CARS,end,61
ADVICE,CARS,end,
END
    cases ready,back <<'END'
FETCH 2026-11-30T08:00 => 2026-11-30T10:30 2026-11-30T10:30
FETCH 2026-11-30T08:00 labour_min=0 => 2026-11-30T09:30 2026-11-30T09:30
BRING 2026-11-30T08:00 labour_min=480 => 2026-11-30T17:00 2026-11-30T17:00 # to 18:00
BRING61 2026-11-30T08:00 labour_min=480 => 2026-11-30T17:00 2026-12-01T08:00
BRING61 2026-11-30T08:00 labour_min=210 => 2026-11-30T11:30 2026-11-30T11:30 # on the road at lunch
END
    cases back --step 10 <<'END' # without minutes: 15, past the closing, and nobody minds
ADVICE 2026-11-30T09:00 explain_min=0 wanted_back=2026-11-30T17:50 => 2026-11-30T17:50
END
}

@test "back: an end leg on a date whose last interval runs over midnight ends by the end of it (FILTERS.md)" {
    catalogue <<<BRING
    printf 'solution,pool,span,minutes\nBRING,CARS,end,180\n' >legs.csv
    cat >>hours.csv <<'END'
reception,2026-12-02,20:00,24:00
reception,2026-12-03,00:00,02:00
END
    cases back <<'END'
BRING 2026-12-01T09:00 wanted_back=2026-12-02T23:00 => 2026-12-02T23:00
BRING 2026-12-01T09:00 wanted_back=2026-12-02T23:01 => 2026-12-04T08:00
END
}

@test "--step: the grid is counted from each midnight (FILTERS.md)" {
    cases back --step 7 <<<'TAXI 2026-11-30T09:00 labour_min=61 => 2026-11-30T10:02' # 602 = 86 x 7
    cases back --step 1 <<<'TAXI 2026-11-30T09:00 labour_min=61 => 2026-11-30T10:01'
    # 16:40 is the only open point of a day's 00:00, 16:40; counted on from the day before, 09:20 would be one too.
    cases back --step 1000 <<<'TAXI 2026-11-30T16:50 labour_min=0 => 2026-12-01T16:40'
    cases out,reason --step 1000 <<<'TAXI 2026-11-28T09:00 => 2026-11-30T16:40 closed-departure'
    cases reason,when --step 1440 <<<'TAXI 2026-11-30T09:00 => closed-return none'
}

# ---- alternatives

@test "later: the point of the grid nearest to the wanted time of day, the earlier on a tie (S11, S12)" {
    printf 'from,until,closes,reason\n2026-12-02,2026-12-02,departure,\n' >closures.csv
    cases when,out,reason <<'END'
TAXI 2026-11-30T12:44 => later 2026-11-30T11:30 closed-departure
TAXI 2026-11-30T12:45 => later 2026-11-30T11:30 closed-departure # 75 minutes to 11:30 and to 14:00
TAXI 2026-11-30T12:46 => later 2026-11-30T14:00 closed-departure
TAXI 2026-11-30T03:00 => later 2026-11-30T08:00 closed-departure
TAXI 2026-11-30T23:00 => later 2026-11-30T17:30 closed-departure
TAXI 2026-12-02T10:00 => later 2026-12-03T10:00 closed-departure
TAXI 2026-12-02T10:15 => later 2026-12-03T10:00 closed-departure
TAXI 2026-12-02T10:16 => later 2026-12-03T10:30 closed-departure # the wanted time itself is not on the grid
TAXI 2026-11-28T10:00 => later 2026-11-30T10:00 closed-departure
END
}

@test "later: all checks hold for the alternatives too (S11)" {
    catalogue <<'END'
SOON notice=25h
TWO max_days=2
DRIVE licence=yes
END
    printf 'from,until,closes,reason\n2026-12-10,2026-12-10,departure,\n' >closures.csv
    cases out,reason <<'END'
SOON 2026-11-24T09:30 => 2026-11-25T10:00 notice
TWO 2026-12-10T09:00 labour_min=481 => 2026-12-14T09:00 closed-departure # from Friday it would be back on Monday
END
    # Thursday the 10th is closed; a licence until Friday allows Friday, not Monday.
    answers out,back --alternatives 9 <<<'R-1 DRIVE 2026-12-10T09:00 licence_until=2026-12-11' |
        is '2026-12-11T09:00|2026-12-11T10:00'
}

@test "later: one row a day, three days; --alternatives and --horizon (S11)" {
    local saturday='R-1 TAXI 2026-11-28T10:00'
    answers offer,when,out <<<"$saturday" | is '1|later|2026-11-30T10:00
2|later|2026-12-01T10:00
3|later|2026-12-02T10:00'
    answers out --alternatives 1 <<<"$saturday" | is 2026-11-30T10:00
    # 30 days from the wanted one, itself included, to 12-27: four working weeks.
    answers out --alternatives 100 <<<"$saturday" >found
    is 20 < <(wc -l <found)
    is 2026-12-25T10:00 < <(tail -n 1 found)
    answers out --alternatives 100 --horizon 31 <<<"$saturday" >found
    is 2026-12-28T10:00 < <(tail -n 1 found)
    answers when,out --horizon 3 <<<"$saturday" | is 'later|2026-11-30T10:00'
    answers when,out,reason --horizon 2 <<<"$saturday" | is 'none||closed-departure'
    answers when,out --horizon 1 <<<'R-1 TAXI 2026-11-30T13:00' | is 'later|2026-11-30T14:00'
}

@test "later: back keeps the wanted distance from the departure (S12)" {
    cases out,back <<'END'
TAXI 2026-11-28T10:00 wanted_back=2026-11-29T12:00 => 2026-11-30T10:00 2026-12-01T14:00 # 26 hours: 12:00, shut
END
}

@test "later: ready, days and price are those of these days (S9, S11)" {
    # 8 hours' work from 10:00: 6 that day, 2 the next working day.
    answers out,ready,back,resource,days,price,saving,programme,cost_code --alternatives 5 \
        <<<'R-1 LOANER 2026-11-28T10:00 labour_min=480 programmes=LOAN' | is \
        '2026-11-30T10:00|2026-12-01T10:00|2026-12-01T10:00|CAR-1 ADV-1|1|0.00|45.00|LOAN|L-1
2026-12-01T10:00|2026-12-02T10:00|2026-12-02T10:00|CAR-1 ADV-1|1|0.00|45.00|LOAN|L-1
2026-12-02T10:00|2026-12-03T10:00|2026-12-03T10:00|CAR-1 ADV-1|1|0.00|45.00|LOAN|L-1
2026-12-03T10:00|2026-12-04T10:00|2026-12-04T10:00|CAR-1 ADV-1|1|0.00|45.00|LOAN|L-1
2026-12-04T10:00|2026-12-07T10:00|2026-12-07T10:00|CAR-1 ADV-1|3|90.00|45.00|LOAN|L-1'
}

@test "options out of their range are a usage error: --step 1-1440, --horizon 1-366, --alternatives 1-100" {
    local option
    offers <<<'R-1 TAXI 2026-11-30T09:00' >in.csv
    for option in step=0 step=1441 horizon=0 horizon=367 alternatives=0 alternatives=101; do
        check 2 mob-avail "--$option" in.csv
    done
    for option in step=1 step=1440 horizon=1 horizon=366 alternatives=1 alternatives=100; do
        check 0 mob-avail "--$option" in.csv
    done
}

# ---- rows out

@test "columns: its own come behind the input's in the documented order, or are overwritten where they stand" {
    offers <<<'R-1 TAXI 2026-11-30T09:00' >in.csv
    check 0 mob-avail in.csv
    local own=offer,when,out,back,resource,ready,days,price,saving,programme,cost_code,conditions,reason
    is "$(head -n 1 in.csv),$own" < <(head -n 1 out)
    mlr --csv put '$reason = "old"; $days = 9; $price = "1.00"' then reorder -f reason in.csv >stands.csv
    check 0 mob-avail stands.csv
    is "$(head -n 1 stands.csv),offer,when,out,back,resource,ready,saving,programme,cost_code,conditions" \
        < <(head -n 1 out)
    cells reason,request,days,price,when | is '|R-1|1|20.00|wanted'
}

@test "columns: others pass through byte for byte" {
    { printf 'mine,'; offers <<<'R-1 TAXI 2026-11-30T09:00'; } >in.csv
    sed -i '2s/^/" a ""b"" , \xff\t",/' in.csv
    check 0 mob-avail in.csv
    is '" a ""b"" , '$'\xff\t''",R-1' < <(sed -n 2p out | cut -d, -f 1-3)
}

@test "none: out, back and resource are empty, ready, days and price are as they came (S11)" {
    offers <<<'R-1 LOANER 2026-11-23T09:00' | mlr --csv put '
        $offer = 7; $when = "later"; $out = "2026-11-30T09:00"; $back = "2026-11-30T10:00"; $resource = "CAR-1";
        $ready = "2026-11-30T09:45"; $days = 4; $price = "1.10"; $saving = "2.20"; $programme = "P"; $cost_code = "C";
        $conditions = "Be kind."; $reason = "x"' >in.csv
    check 0 mob-avail in.csv
    cells offer,when,out,back,resource,ready,days,price,saving,programme,cost_code,conditions,reason |
        is '1|none||||2026-11-30T09:45|4|1.10|2.20|P|C|Be kind.|past'
    offers <<<'R-1 LOANER 2026-11-23T09:00' >in.csv
    check 0 mob-avail in.csv
    cells when,ready,days,price,saving,programme,cost_code,conditions | is 'none|||||||'
}

@test "order: wanted by choice, later by out, then choice, none by choice; offers are counted within the request" {
    catalogue <<'END'
W1
W2
L1 notice=1d
L2 notice=1d
L3 notice=2d
N1 max_days=0
N2 max_days=0
END
    answers request,offer,choice,solution,when,out --alternatives 2 <<'END' |
R-1 N2 2026-11-24T10:00 choice=10
R-1 L1 2026-11-24T10:00 choice=9
R-1 W1 2026-11-24T10:00 choice=7
R-1 N1 2026-11-24T10:00 choice=3
R-1 L3 2026-11-24T10:00 choice=2
R-1 L2 2026-11-24T10:00 choice=4
R-1 W2 2026-11-24T10:00 choice=1
R-2 W1 2026-11-24T10:00 choice=1
END
        is 'R-1|1|1|W2|wanted|2026-11-24T10:00
R-1|2|7|W1|wanted|2026-11-24T10:00
R-1|3|4|L2|later|2026-11-25T10:00
R-1|4|9|L1|later|2026-11-25T10:00
R-1|5|2|L3|later|2026-11-26T10:00
R-1|6|4|L2|later|2026-11-26T10:00
R-1|7|9|L1|later|2026-11-26T10:00
R-1|8|2|L3|later|2026-11-27T10:00
R-1|9|3|N1|none|
R-1|10|10|N2|none|
R-2|1|1|W1|wanted|2026-11-24T10:00'
}

@test "order: without a column choice the rows of one kind stay in order of arrival" {
    offers <<'END' | mlr --csv cut -x -f choice,match,chosen >in.csv
R-1 TAXI 2026-11-30T09:00
R-1 LOANER 2026-11-30T09:00
R-1 BUS 2026-11-30T09:00
R-2 BUS 2026-11-23T09:00
R-2 TAXI 2026-11-23T09:00
END
    check 0 mob-avail in.csv
    cells offer,solution,when | is '1|TAXI|wanted
2|LOANER|wanted
3|BUS|wanted
1|BUS|none
2|TAXI|none'
}

# ---- rows of one request

@test "of rows with one request and solution the first counts, rejected or not" {
    answers offer,solution,note,days <<'END' | is '1|TAXI|first|1
2|BUS|other|1'
R-1 TAXI 2026-11-30T09:00 note=first
R-1 BUS 2026-11-30T09:00 note=other
R-1 TAXI 2026-11-30T09:00 note=second labour_min=4800
END
    offers >in.csv <<'END'
R-1 TAXI 2026-11-30T09:00 labour_min=x
R-1 BUS 2026-11-30T09:00
R-1 TAXI 2026-11-30T09:00
R-2 TAXI 2026-11-30T09:00
END
    check 1 mob-avail in.csv
    cells request,solution | is 'R-1|BUS
R-2|TAXI'
}

@test "a row that differs in customer, vin, jobs, wanted or wanted_back is rejected; other cells may differ" {
    local other
    for other in customer=Dupont vin=ZAM57XSL000000001 jobs=OIL wanted=2026-11-30T09:30 \
        wanted_back=2026-11-30T17:00; do
        printf 'R-1 TAXI 2026-11-30T09:00\nR-1 LOANER 2026-11-30T09:00 %s\nR-1 BUS 2026-11-30T09:00\n' "$other" |
            offers >in.csv
        printf 'case: %s\n' "$other"
        check 1 mob-avail --rejects rejects.csv in.csv
        cells solution | is 'TAXI
BUS'
        says "in.csv:3: "
        is LOANER < <(mlr --icsv --onidx cut -f solution rejects.csv)
    done
    answers solution <<'END' | is 'TAXI
BUS'
R-1 TAXI 2026-11-30T09:00
R-1 BUS 2026-11-30T09:00 note=x labour_min=61 explain_min=11 pay_type=internal licence_until=2030-01-01 choice=4
END
}

@test "consecutive rows with one key are one request; another one in between ends it" {
    answers request,offer,solution <<'END' | is 'R-1|1|TAXI
R-2|1|TAXI
R-1|1|BUS
R-1|2|TAXI'
R-1 TAXI 2026-11-30T09:00
R-2 TAXI 2026-11-30T09:00
R-1 BUS 2026-11-30T09:00
R-1 TAXI 2026-11-30T09:00
END
}

@test "a bad value in a column that it needs or uses rejects the row and names the column" {
    local pair number=0
    for pair in request= solution= solution=NOSUCH wanted= wanted=30/11/2026 wanted=2026-11-30 wanted=2026-11-30T24:00 \
        wanted=2026-11-31T09:00 labour_min= labour_min=-1 labour_min=1.5 labour_min=1000000001 explain_min= \
        explain_min=x pay_type= pay_type=cash choice=x choice=-1 match=maybe wanted_back=x licence_until=x \
        licence_until=2026-11-30T09:00; do
        printf 'R-%d TAXI 2026-11-30T09:00 %s note=%s\n' $((number += 1)) "$pair" "${pair%%=*}"
    done | offers | sed '1s/note/fault/' >in.csv
    rejects mob-avail in.csv
    { cat in.csv; offers <<<'R-99 TAXI 2026-11-30T09:00' | sed 1d; } >mixed.csv
    check 1 mob-avail mixed.csv
    cells request,when | is 'R-99|wanted'
    check 2 mob-avail --strict mixed.csv
    says mixed.csv:2:
}

@test "a needed column that is missing is exit 2; those it only uses may be missing" {
    local column
    offers <<<'R-1 TAXI 2026-11-30T09:00' >all.csv
    for column in request solution wanted labour_min explain_min pay_type programmes; do
        mlr --csv cut -x -f "$column" all.csv >in.csv
        check 2 mob-avail in.csv
        says "$column"
    done
    mlr --csv cut -x -f choice,match,wanted_back,licence_until,customer,vin,jobs,chosen,note all.csv >in.csv
    check 0 mob-avail in.csv
    cells when | is wanted
}

@test "nothing wraps around: a notice, a price or a cleaning beyond the limits rejects the row (DATA.md)" {
    catalogue <<'END'
FAR notice=1000000000d
DEAR price_day=9999999999.99
LAST
CAR
END
    printf 'solution,pool,span,minutes\nCAR,CARS,stay,\n' >legs.csv
    printf 'resource,pool,label,after_min\nCAR-1,CARS,x,1440\n' >fleet.csv
    while read -r line; do
        offers <<<"$line" >in.csv
        printf 'case: %s\n' "$line"
        check 1 mob-avail in.csv
        cells when | is ''
    done <<'END'
R-1 FAR 2026-11-30T09:00
R-1 DEAR 2026-11-30T09:00 wanted_back=2026-12-01T10:00
R-1 CAR 9999-12-31T09:00
END
    cases when,price <<'END'
DEAR 2026-11-30T09:00 => wanted 9999999999.99
LAST 9999-12-31T09:00 => wanted 0.00
END
}

# ---- as a filter

@test "run again on its own output it gives the same bytes" {
    mob-book -q >/dev/null <<'END'
request,customer,solution,out,back
R-8,Durand,LOANER,2026-11-30T08:00,2026-11-30T17:00
END
    offers >in.csv <<'END'
R-1 LOANER 2026-11-30T09:00 choice=1
R-1 TAXI 2026-11-30T09:00 choice=2
R-2 TAXI 2026-11-28T09:00 choice=2 match=no
R-2 LOANER 2026-11-28T09:00 choice=1 match=yes
R-3 LOANER 2026-11-30T09:00 choice=1 labour_min=4000
R-3 BUS 2026-11-30T09:00 choice=2
R-4 LOANER 2026-11-23T09:00
R-8 LOANER 2026-11-30T08:00 customer=Durand wanted_back=2026-11-30T17:00
END
    check 0 mob-avail in.csv
    cp out first.csv
    cells when | sort -u | is 'later
none
wanted'
    check 0 mob-avail first.csv
    same first.csv out
}

@test "run again on the output of the whole pipeline it gives the same bytes" {
    file requests.csv <<'END'
request,customer,vin,jobs,wanted,need
R-1,Martin,ZAM57XSL000000001,BRAKES RECALL,2026-11-30T09:00,
R-2,Dupont,,OIL,2026-11-28T10:00,taxi
END
    check 0 bash -c 'set -o pipefail
        mob-estimate requests.csv | mob-entitle | mob-propose | mob-avail >first.csv && mob-avail first.csv'
    same first.csv out
}

@test "a request is answered as soon as the next one begins, before its input ends (CLI.md)" {
    local header first pid
    offers >in.csv <<'END'
R-1 TAXI 2026-11-30T09:00
R-1 BUS 2026-11-30T09:00
R-2 TAXI 2026-11-30T09:00
END
    coproc FILTER { mob-avail 2>"$T/err" 3>&-; }
    pid=$FILTER_PID # bash forgets it as soon as the filter has ended
    cat in.csv >&"${FILTER[1]}"
    read -r -t 20 -u "${FILTER[0]}" header
    [ "${header%%,*}" = request ]
    read -r -t 20 -u "${FILTER[0]}" first
    [ "${first%%,*}" = R-1 ]
    eval "exec ${FILTER[1]}>&-"
    wait "$pid"
}

@test "no rows in, the header out" {
    offers </dev/null >in.csv
    check 0 mob-avail in.csv
    is 1 < <(wc -l <out)
}

@test "it reads only the files that it needs, and each can be another one (DATA.md)" {
    local name
    for name in jobs coverage; do
        echo broken >"$name.csv"
    done
    cases when <<<'LOANER 2026-11-30T09:00 => wanted'
    mkdir elsewhere
    entries <<<'1 1/1 R-9 booked TAXI - - - - 2026-11-30T09:00 2026-11-30T10:00'
    printf 'from,until,closes,reason\n' >closures.csv
    for name in hours solutions fleet legs programmes benefits closures calendar; do
        mv "$name.csv" "elsewhere/$name.csv"
        echo broken >"$name.csv"
        offers <<<'R-1 LOANER 2026-11-30T09:00' >in.csv
        printf 'case: --%s\n' "$name"
        check 2 mob-avail in.csv
        says "$name.csv"
        check 0 mob-avail "--$name" "elsewhere/$name.csv" in.csv
        cells when | is wanted
        cp "elsewhere/$name.csv" "$name.csv"
    done
}

@test "a fault in solutions.csv, legs.csv or fleet.csv is exit 2 with file, line and column (DATA.md)" {
    offers <<<'R-1 LOANER 2026-11-30T09:00' >in.csv
    printf 'resource,pool,label,status,from,until,before_min,after_min,late_days\nCAR-1,CARS,x,,,,,,\n' >fleet.csv
    refuses mob-avail in.csv <<'END'
solutions.csv|$aVAN,x,x,4,,,EUR,0wd,,,,|5|notice
solutions.csv|$aVAN,x,x,4,,,EUR,2w,,,,|5|notice
solutions.csv|$aVAN,x,x,4,,,EUR,2,,,,|5|notice
solutions.csv|$aVAN,x,x,4,,,EUR,d,,,,|5|notice
solutions.csv|$aVAN,x,x,4,,,EUR,-1d,,,,|5|notice
solutions.csv|$aVAN,x,x,4,,,EUR,1.5h,,,,|5|notice
solutions.csv|$aVAN,x,x,4,,,EUR,1000000001m,,,,|5|notice
solutions.csv|$aVAN,x,x,4,,,EUR,,x,,,|5|max_days
solutions.csv|$aVAN,x,x,4,,,EUR,,,maybe,,|5|licence
solutions.csv|$aTAXI,x,x,4,,,EUR,,,,,|5|solution
legs.csv|$aNOSUCH,CARS,stay,|4|solution
legs.csv|$aLOANER,CARS,middle,|4|span
legs.csv|$aLOANER,CARS,,|4|span
legs.csv|$aLOANER,CARS,stay,10|4|minutes
legs.csv|$aLOANER,CARS,start,0|4|minutes
legs.csv|$aLOANER,CARS,end,x|4|minutes
legs.csv|$aLOANER,,end,10|4|pool
fleet.csv|$aCAR-1,VANS,x,,,,,,|3|resource
fleet.csv|$a,CARS,x,,,,,,|3|resource
fleet.csv|$aCAR-3,,x,,,,,,|3|pool
fleet.csv|$aCAR-3,CARS,x,,2026-13-01,,,,|3|from
fleet.csv|$aCAR-3,CARS,x,,,2026-11-30T09:00,,,|3|until
fleet.csv|$aCAR-3,CARS,x,,,,-1,,|3|before_min
fleet.csv|$aCAR-3,CARS,x,,,,,1h,|3|after_min
fleet.csv|$aCAR-3,CARS,x,,,,,,x|3|late_days
END
}
