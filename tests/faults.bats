#!/usr/bin/env bats
# The fault suite, some faults of each kind (`make faults` is the whole), and whether what judges it can see.
load helper
load seal
load ledger

# The case on standard input, as promises.awk reads it: a line of its own for what it found.
judged() {
    awk -v now=2026-11-24T08:00 -f "$ROOT/tests/faults/promises.awk" "$@" | grep -v ' calendars checked$'
}

# Two bookings, the first of two rows.
calendar() {
    {
        row entry=1 leg=1/2 request=A-1 resource=CAR-1 'customer="Ada, the
first"'
        row entry=1 leg=2/2 request=A-1 resource=ADV-1 span=start 'customer="Ada, the
first"'
        row entry=2 request=B-1 resource=CAR-2
    } | made
}

@test "promises.awk: nothing to say of a calendar that keeps its promises" {
    calendar
    check 0 awk -f "$ROOT/tests/faults/promises.awk" calendar.csv
    is '1 calendars checked' <"$T/out"
}

@test "promises.awk: finds a resource occupied twice, as double-bookings.awk does" {
    local status edit
    while IFS='|' read -r status edit; do
        {
            row entry=1 request=A-1 resource=CAR-1 out=2026-11-30T09:00 back=2026-12-01T09:00
            # shellcheck disable=SC2086 # a list of NAME=VALUE
            row entry=2 request=B-1 resource=CAR-1 out=2026-11-30T10:00 back=2026-11-30T11:00 $edit
            row entry=3 request=C-1 status=cancelled
        } | made
        check "$status" awk -v now=2026-11-24T08:00 -f "$ROOT/tests/faults/promises.awk" calendar.csv || { echo "$edit"; return 1; }
        check "$status" awk -v now=2026-11-24T08:00 -f "$ROOT/tests/double-bookings.awk" calendar.csv || { echo "$edit"; return 1; }
        [ "$status" -eq 0 ] || judged calendar.csv | is 'doubled: calendar.csv: CAR-1 by the entries 1 and 2'
    done <<'CASES'
1|status=booked
1|status=away
1|status=returned
1|status=blocked
1|status=option expires=2026-11-24T08:01
0|status=option expires=2026-11-24T08:00
0|status=cancelled
0|resource=CAR-2
0|request=A-1
0|request=C-1
0|busy_from=2026-12-01T09:00 busy_until=2026-12-01T10:00
1|busy_from=2026-12-01T08:59 busy_until=2026-12-01T10:00
CASES
}

@test "promises.awk: finds a request booked twice, entries and rows that are missing" {
    { row entry=1 request=A-1; row entry=2 request=A-1; } | made
    judged calendar.csv | is 'doubled: calendar.csv: entry 2 says what entry 1 said'
    { row entry=1 request=A-1; row entry=3 request=B-1; } | made
    judged calendar.csv | is 'broken: calendar.csv: 2 entries, and the highest is 3'
    { row entry=1 leg=1/2 request=A-1; row entry=2 request=B-1; } | made
    judged calendar.csv | grep -q '^broken: calendar.csv: entry 2 leg 1/1 comes behind entry 1 leg 1/2'
    { row entry=2 request=A-1; row entry=1 request=B-1; } | made
    judged calendar.csv | is 'broken: calendar.csv: entry 1 comes behind entry 2'
}

@test "promises.awk: finds an answer that is not in the calendar, in archives too, and an entry of whom was told exit 2" {
    local answer
    calendar
    sed '2,5d' calendar.csv | sed 's/^2,1\/1,B-1/3,1\/1,C-1/' >live.csv
    while IFS='|' read -r answer expected; do
        {
            printf '@calendar a case\n@last\n3 -\n@live\n'
            cat live.csv
            printf '@archive\n'
            cat calendar.csv
            printf '@answers\nrequest,out,back,resource,result,entry\n%s\n@absent\nD-1\n' "$answer"
        } >cases
        judged cases | is "$expected" || { echo "$answer"; return 1; }
    done <<'CASES'
A-1,2026-11-30T09:00,2026-12-01T09:00,CAR-1 ADV-1,booked,1|
B-1,2026-11-30T09:00,2026-12-01T09:00,CAR-2,already,2|
Z-1,,,,rejected,|
B-1,2026-11-30T09:00,2026-12-01T09:00,CAR-3,already,2|lost: a case: an answer said entry 2 of B-1 2026-11-30T09:00,2026-12-01T09:00 CAR-3
B-1,2026-11-30T09:00,2026-12-01T09:00,CAR-2,booked,4|lost: a case: an answer said entry 4 of B-1 2026-11-30T09:00,2026-12-01T09:00 CAR-2
CASES
    { printf '@calendar a case\n@live\n' && cat calendar.csv && printf '@absent\nB-1\n'; } >cases
    judged cases | is 'broken: a case: B-1 was not committed, and is entry 2'
    { printf '@calendar a case\n@last\n2 0123456789abcdef\n@live\n' && cat calendar.csv; } >cases
    judged cases | is 'broken: a case: .last is `2 0123456789abcdef`'
}

@test "faults of every kind: nothing lost, nothing doubled, nothing unanswered" {
    [ -z "${MOB_SANITIZED:-}" ] || skip 'the fault suite runs on its own build'
    "$ROOT/tests/faults/run.sh" short >"$T/out" 2>&1 || { cat "$T/out"; return 1; }
    grep '^# skipped' "$T/out" >&3 || true
    tail -n 1 "$T/out" | is '0 lost, 0 doubled, 0 unanswered'
}

# `make mutants` takes too long to be run here; that its edits still fit is soon told.
@test "each mutant of the fault suite fits the code" {
    check 0 "$ROOT/tests/faults/mutants.sh" --edits
}
