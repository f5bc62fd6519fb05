#!/usr/bin/env bats
# mob-amend: what is `already`: the same said again is harmless (CALENDAR.md, "Life after booking").
load helper
load seal
load ledger
load amend

prepare() {
    amend_site
    export MOB_NOW=2026-11-27T08:00
}

@test "already: the same again, in the same run or the next, whatever now is" {
    booking | planned
    check 0 mob-amend --now 2026-11-30T09:15 <<'CSV'
request,action,at,odometer,fuel,note
R-1,depart,2026-11-30T09:10,18000,4/8,scratch left
R-1,depart,2026-11-30T09:10,18000,4/8,scratch left
CSV
    cells result entry | is 'done|2
already|2'
    keep calendar.csv
    # Also before the departure (the clock went back) and after the return that was promised.
    for now in 2026-11-30T09:00 2026-11-30T09:20 2026-12-05T09:00; do
        amend 'already|away|2||' --now $now depart R-1 at=2026-11-30T09:10 odometer=18000
        amend 'already|away|2||' --now $now depart R-1
    done
    kept calendar.csv
}

@test "already: a default at is not compared, a stated one is; so are odometer, fuel, resource and note where stated" {
    local words answer
    { booking && booking entry=2 status=away odometer=18000 fuel=4/8 note=hello; } | planned
    while read -r answer words; do
        # shellcheck disable=SC2086 # a list of words
        amend "$answer|away|2|*" --now 2026-12-01T12:00 depart R-1 $words || return 1
    done <<'CASES'
already
already at=2026-11-30T09:00
already odometer=18000 fuel=4/8 note=hello
already resource=CAR-1
already note=
rejected at=2026-11-30T09:01
rejected odometer=18001
rejected fuel=5/8
rejected resource=CAR-2
rejected note=hallo
CASES
}

@test "already: what one that follows the status has said before, at its own values" {
    local words answer
    { booking status=option expires=2026-11-30T09:00 && booking entry=2 note=rang && booking entry=3 status=away note=key &&
        booking entry=4 status=returned back=2026-12-02T09:00 odometer=18250; } | planned
    while read -r answer words; do
        # shellcheck disable=SC2086 # a list of words
        amend "$answer|returned|4|*" --now 2026-12-03T12:00 $words || return 1
    done <<'CASES'
already confirm R-1
already confirm R-1 note=rang
rejected confirm R-1 note=key
already depart R-1 at=2026-11-30T09:00
already depart R-1 note=key
rejected depart R-1 note=rang
rejected depart R-1 at=2026-11-30T08:59
already return R-1 at=2026-12-02T09:00 odometer=18250
rejected return R-1 at=2026-12-02T10:00
rejected return R-1 odometer=18251
rejected no-show R-1
rejected cancel R-1
CASES
}

@test "already: what was said before a booking began anew does not count" {
    {
        booking && booking entry=2 status=away && booking entry=3 status=returned back=2026-11-30T09:30
        booking entry=4 out=2026-12-01T09:00 back=2026-12-02T10:00
    } | planned
    # A new departure, though entry 2 says just that; then neither the old departure nor the old return is this one's.
    amend 'rejected|booked|4|*' --now 2026-12-01T12:00 return R-1 at=2026-11-30T09:30
    amend 'done|away|5||' --now 2026-12-01T12:00 depart R-1 at=2026-11-30T09:00
    amend 'done|returned|6||' --now 2026-12-01T12:00 return R-1 at=2026-12-01T11:00
    amend 'rejected|returned|6|*' --now 2026-12-01T12:00 return R-1 at=2026-11-30T09:30
    amend 'already|returned|6||' --now 2026-12-01T12:00 confirm R-1
}

@test "already: one that was undone and said otherwise has both sayings, for the loan is the same" {
    { booking && booking entry=2 status=away && booking entry=3 status=returned back=2026-12-01T09:00; } | planned
    amend 'done|away|4||' --now 2026-12-01T12:00 undo R-1 entry=3
    amend 'done|returned|5||' --now 2026-12-01T12:00 return R-1 at=2026-12-01T10:00
    amend 'already|returned|5||' --now 2026-12-01T12:00 return R-1 at=2026-12-01T09:00
}

@test "already: cancel and no-show, each only where it is the status" {
    booking | planned
    amend 'done|cancelled|2||' cancel R-1 note=ill
    amend 'already|cancelled|2||' cancel R-1
    amend 'already|cancelled|2||' cancel R-1 note=ill
    amend 'rejected|cancelled|2|?*|' cancel R-1 note=well
    amend 'rejected|cancelled|2|?*|' no-show R-1
}

@test "already: a block as it stands, also one that is cancelled since; another one by that key is rejected" {
    row request=X | planned
    amend 'done|blocked|2||' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-08T09:00 note=dent
    amend 'already|blocked|2||' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'rejected|blocked|2|?*|' block B-1 resource=CAR-2 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'rejected|blocked|2|?*|' block B-1 resource=CAR-1 out=2026-12-07T09:01 back=2026-12-08T09:00
    amend 'rejected|blocked|2|?*|' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-08T09:01
    amend 'done|cancelled|3||' cancel B-1
    amend 'already|cancelled|3||' block B-1 resource=CAR-1 out=2026-12-07T09:00 back=2026-12-08T09:00 note=dent
    amend 'rejected|cancelled|3|?*|' block B-1 resource=CAR-1 out=2026-12-09T09:00 back=2026-12-10T09:00
    amend 'rejected|booked|1|?*|' block X resource=CAR-1 out=2026-12-07T09:00 back=2026-12-08T09:00
}

@test "already: move and extend where these times stand, swap where the resource is held and the other is not" {
    local words answer
    booking ready=2026-12-01T14:00 note=hello | planned
    while read -r answer words; do
        # shellcheck disable=SC2086 # a list of words
        amend "$answer|booked|*" --dry-run $words || return 1
    done <<'CASES'
already move R-1 out=2026-11-30T09:00 back=2026-12-02T10:00
already move R-1 out=2026-11-30T09:00 back=2026-12-02T10:00 ready=2026-12-01T14:00 note=hello
done move R-1 out=2026-11-30T09:00 back=2026-12-02T10:00 ready=2026-12-01T15:00
done move R-1 out=2026-11-30T09:00 back=2026-12-02T10:00 note=ciao
done move R-1 out=2026-11-30T09:30 back=2026-12-02T10:00
already extend R-1 back=2026-12-02T10:00
already extend R-1 back=2026-12-02T10:00 ready=2026-12-01T14:00
done extend R-1 back=2026-12-02T10:00 ready=2026-12-02T14:00
already swap R-1 resource=CAR-1
already swap R-1 resource=CAR-1 from=CAR-2
rejected swap R-1 resource=CAR-1 from=CAR-1
done swap R-1 resource=CAR-2 from=CAR-1
CASES
}

@test "already: of an away one a start row is past, and holds nothing" {
    { booking && booking entry=2 status=away; } | planned
    # ADV-1 explained on Monday; nothing of the pool is held any more, nor is ADV-1.
    amend 'rejected|away|2|?*|' --now 2026-12-01T12:00 swap R-1 resource=ADV-2 from=ADV-1
    amend 'rejected|away|2|?*|' --now 2026-12-01T12:00 swap R-1 resource=ADV-2
    amend 'rejected|away|2|?*|' --now 2026-12-01T12:00 swap R-1 resource=ADV-1
}
