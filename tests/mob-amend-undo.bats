#!/usr/bin/env bats
# mob-amend undo: a wish, for a fact typed wrong (CALENDAR.md, "Life after booking").
load helper
load seal
load ledger
load amend

prepare() {
    amend_site
    export MOB_NOW=2026-12-01T12:00
}

# all_of ENTRY: what an entry says, but for its number and who wrote it when.
all_of() {
    mlr -S --icsv --ocsv filter "\$entry == \"$1\"" then cut -x -f entry,operator,recorded,check calendar.csv
}

@test "undo: the previous entry is copied, whole" {
    {
        booking ready=2026-12-01T14:00 programmes=LOAN programme=LOAN cost_code=L-1 jobs=OIL licence_until=2030-01-01
        booking entry=2 status=away odometer=18000 fuel=8/8 note=hello
        booking entry=3 status=returned back=2026-12-01T11:00 odometer=18100
    } | planned
    amend 'done|away|4||' --operator Anne undo R-1 entry=3
    same <(all_of 2) <(all_of 4)
    entry_cells 4 operator | uniq | is Anne
    # What was undone can be undone: the return stands again. And that, too, can be.
    amend 'done|returned|5||' undo R-1 entry=4
    same <(all_of 3) <(all_of 5)
    amend 'done|away|6||' undo R-1 entry=5
}

@test "undo goes one entry back: where that was an undo, it brings back what had been undone" {
    { booking && row entry=2 status=cancelled back=2026-12-02T10:00; } | planned
    amend 'done|booked|3||' undo R-1 entry=2
    amend 'done|cancelled|4||' undo R-1 entry=3
}

@test "undo: a note replaces the copy's, and so never makes it an expired one" {
    { booking note=hello && row entry=2 status=no-show back=2026-12-02T10:00; } | planned
    amend 'done|booked|3||' undo R-1 entry=2 note='she came'
    entry_cells 3 note | uniq | is 'she came'
}

@test "undo: already where that entry was undone, also if more has happened since" {
    { booking && row entry=2 status=cancelled back=2026-12-02T10:00; } | planned
    amend 'done|booked|3||' undo R-1 entry=2
    keep calendar.csv
    amend 'already|booked|3||' undo R-1 entry=2
    kept calendar.csv
    amend 'done|away|4||' depart R-1
    amend 'already|away|4||' undo R-1 entry=2
}

@test "undo is rejected for an entry that was not undone, the first, another request's, and one that is not there" {
    local entry
    { booking && booking entry=2 status=away && booking entry=3 status=returned && other R-2 4 CAR-2 2026-12-07T09:00 2026-12-07T12:00; } | planned
    keep calendar.csv
    for entry in 0 1 2 4 5; do
        amend 'rejected|returned|3|?*|' undo R-1 entry=$entry || return 1
    done
    amend 'rejected|booked|4|?*|' undo R-2 entry=4
    amend 'rejected|||?*|' undo R-9 entry=1
    kept calendar.csv
}

@test "undo is a wish: where somebody else has the car by now, it is rejected, and says who" {
    { booking && row entry=2 status=cancelled back=2026-12-02T10:00 && other R-3 3 CAR-1 2026-12-02T09:00 2026-12-02T10:00 &&
        other R-2 4 DRV-1 2026-12-02T10:00 2026-12-02T10:10; } | planned
    amend 'rejected|cancelled|2|full:CARS by R-3|' undo R-1 entry=2
    check 0 mob-amend cancel R-3
    amend 'rejected|cancelled|2|full:DRIVERS by R-2|' undo R-1 entry=2
    check 0 mob-amend cancel R-2
    amend 'done|booked|7||' undo R-1 entry=2
}

@test "undo: what lies before now is not asked for, nor what its own rows occupy" {
    {
        booking && booking entry=2 status=away && booking entry=3 status=returned back=2026-11-30T12:00
        other R-2 4 CAR-1 2026-11-30T14:00 2026-12-01T12:00 status=returned
    } | planned
    # Monday afternoon R-2 had the car, until now.
    amend 'done|away|5||' undo R-1 entry=3
    # An overlap that a fact made stands in nobody's way: R-1 holds that time already.
    { booking && other R-2 2 CAR-1 2026-12-02T09:00 2026-12-02T12:00 && booking entry=3 status=away; } | planned
    amend 'done|booked|4||R-2' undo R-1 entry=3
}

@test "undo is rejected where the copy would be an expired option, to the minute" {
    { booking status=option expires=2026-12-01T12:00 && booking entry=2; } | planned
    amend 'rejected|booked|2|?*|' undo R-1 entry=2
    amend 'done|option|3||' --now 2026-12-01T11:59 undo R-1 entry=2
    entry_cells 3 expires | uniq | is 2026-12-01T12:00
}

@test "undo is rejected where the last entry is cancelled with note expired" {
    { booking && row entry=2 status=cancelled note=expired back=2026-12-02T10:00; } | planned
    amend 'rejected|cancelled|2|?*|' undo R-1 entry=2
    { booking && row entry=2 status=cancelled note=expired. back=2026-12-02T10:00; } | planned
    amend 'done|booked|3||' undo R-1 entry=2
}

@test "undo of a cancelled block blocks again, where nobody is booked by now" {
    row status=blocked customer= solution= resource=CAR-1 out=2026-12-07T09:00 back=2026-12-08T09:00 | planned
    amend 'done|cancelled|2||' cancel R-1
    amend 'done|blocked|3||' undo R-1 entry=2
    same <(all_of 1) <(all_of 3)
}

@test "undo takes the place of an expired option, which is cancelled right before" {
    { booking && row entry=2 status=cancelled back=2026-12-02T10:00 &&
        other O-1 3 CAR-1 2026-12-02T09:00 2026-12-02T12:00 status=option expires=2026-12-01T11:00; } | planned
    amend 'done|booked|5||' undo R-1 entry=2
    entry_cells 4 request status note | is 'O-1|cancelled|expired'
}

@test "undo of a mistake in the same run" {
    booking | planned
    check 0 mob-amend <<'CSV'
request,action,entry
R-1,no-show,
R-1,undo,2
R-1,depart,
CSV
    cells result status entry | is 'done|no-show|2
done|booked|3
done|away|4'
}

@test "undo of a move gives the old times and price back, where they are still free" {
    booking | planned
    amend 'done|booked|2||' --now 2026-11-27T08:00 move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00
    amend 'done|booked|3||' --now 2026-11-27T08:00 undo R-1 entry=2
    same <(all_of 1) <(all_of 3)
}
