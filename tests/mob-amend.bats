#!/usr/bin/env bats
# mob-amend: rows in and out, and which action from which status (CALENDAR.md, "Life after booking"). What is `already` is
# in mob-amend-already.bats, facts in mob-amend-facts.bats, wishes in mob-amend-wishes.bats, undo in mob-amend-undo.bats.
load helper
load seal
load ledger
load amend

prepare() {
    amend_site
    export MOB_NOW=2026-11-27T08:00
}

# history STATUS: R-1 on its usual way to that status; the entries are one, two or three.
history() {
    case $1 in
    option) booking status=option expires=2026-12-04T08:00 ;;
    booked) booking ;;
    away) booking && booking entry=2 status=away ;;
    returned) history away && booking entry=3 status=returned ;;
    cancelled | no-show) booking && row entry=2 status="$1" back=2026-12-02T10:00 ;;
    blocked) row status=blocked customer= solution= resource=CAR-1 back=2026-12-02T10:00 ;;
    esac
}

# ---- rows in, rows out ----

@test "rows: the input's columns first, untouched, then result, status, entry, reason, displaced" {
    { booking && other R-2 2 CAR-2 2026-12-01T09:00 2026-12-01T12:00; } | planned
    check 0 mob-amend <<'CSV'
mine,request,action,"odd ""name"
" x ",R-2,cancel,"two
lines"
,R-1,cancel,ä
CSV
    is 'mine,request,action,"odd ""name",result,status,entry,reason,displaced
 x ,R-2,cancel,"two
lines",done,cancelled,3,,
,R-1,cancel,ä,done,cancelled,4,,' <"$T/out"
}

@test "rows: result, status, entry, reason, displaced are overwritten where they stand" {
    booking | planned
    check 0 mob-amend <<'CSV'
displaced,reason,entry,request,status,result,action
old,old,99,R-1,old,old,no-show
CSV
    is 'displaced,reason,entry,request,status,result,action
,,2,R-1,no-show,done,no-show' <"$T/out"
}

@test "operands make one row, action and request first, then the names as given" {
    booking status=away | planned
    check 0 mob-amend --now 2026-12-01T12:00 return R-1 odometer=18250 at=2026-12-01T10:30 note='a, "b"'
    is 'action,request,odometer,at,note,result,status,entry,reason,displaced
return,R-1,18250,2026-12-01T10:30,"a, ""b""",done,returned,2,,' <"$T/out"
    calendar_cells odometer note back | tail -n 1 | is '18250|"a, ""b"""|2026-12-01T10:30'
}

@test "operands: a value may be empty, and may hold an equals sign" {
    booking | planned
    amend 'done|cancelled|2||' cancel R-1 note=a=b at=
    entry_cells 2 note | is a=b
}

@test "operands: an unknown name, one twice, or no name at all is exit 2, and nothing is done" {
    local operands
    booking | planned
    keep calendar.csv
    while read -r operands; do
        # shellcheck disable=SC2086 # a list of words
        check 2 mob-amend $operands || { echo "$operands"; return 1; }
        [ ! -s "$T/out" ] || { echo "$operands"; return 1; }
        kept calendar.csv
    done <<'CASES'
cancel R-1 nota=x
cancel R-1 NOTE=x
cancel R-1 status=away
cancel R-1 result=done
cancel R-1 note=x note=x
cancel R-1 request=R-1
cancel R-1 action=cancel
cancel R-1 note
cancel R-1 =x
cancel R-1 R-2
CASES
}

@test "one operand is a file; none or - is standard input" {
    { booking && other R-2 2 CAR-2 2026-12-01T09:00 2026-12-01T12:00 && other R-3 3 CAR-2 2026-12-02T09:00 2026-12-02T12:00; } | planned
    echo $'request,action\nR-1,cancel' >rows.csv
    check 0 mob-amend rows.csv
    check 0 mob-amend - <<<$'request,action\nR-2,cancel'
    check 0 mob-amend <<<$'request,action\nR-3,cancel'
    calendar_cells entry request | tail -n 3 | is '4|R-1
5|R-2
6|R-3'
    check 2 mob-amend cancel
}

@test "a column that is needed is missing, or one is there twice: exit 2" {
    booking | planned
    check 2 mob-amend <<<$'request,acton\nR-1,cancel'
    says action
    says acton
    check 2 mob-amend <<<$'requests,action\nR-1,cancel'
    check 2 mob-amend <<<$'request,action,note,note\nR-1,cancel,,'
    calendar_cells entry | sort -u | is 1
}

@test "half an input is never taken for a whole one: exit 2, and nothing is done" {
    booking | planned
    keep calendar.csv
    check 2 mob-amend <<<$'request,action,note\nR-1,cancel,\nR-1,cancel'
    check 2 bash -c "printf 'request,action\nR-1,cancel' | mob-amend"
    check 2 bash -c "printf 'request,action\nR-1,cancel\n\"mob-list\n' | mob-amend"
    says mob-list
    check 2 mob-amend </dev/null
    kept calendar.csv
}

@test "no rows: the header, exit 0, no calendar" {
    check 0 mob-amend <<<request,action
    is 'request,action,result,status,entry,reason,displaced' <"$T/out"
    [ ! -e calendar.csv ]
}

@test "rejected: a request not in the calendar has neither status nor entry; nor has a bad key or an unknown action" {
    booking | planned
    check 1 mob-amend <<'CSV'
request,action
R-9,cancel
,cancel
R 1,cancel
R-1,canceled
R-1,
CSV
    cells result status entry displaced | is 'rejected|||
rejected|||
rejected|||
rejected|booked|1|
rejected|booked|1|'
    cells reason | { ! grep -qx ''; } # each says why
}

@test "rejected: a bad value, or a cell missing that the action takes" {
    local operands
    booking | planned
    keep calendar.csv
    while read -r operands; do
        # shellcheck disable=SC2086 # a list of words
        amend 'rejected|booked|1|?*|' $operands || return 1
    done <<'CASES'
depart R-1 at=2026-11-27
depart R-1 at=noon
depart R-1 resource=NONE
move R-1 out=2026-12-07T09:00
move R-1 back=2026-12-07T09:00
move R-1 out=2026-12-07T09:00 back=
move R-1 out=2026-12-07T09:00 back=2026-12-08
move R-1 out=2026-12-07T09:00 back=2026-12-08T09:00 ready=soon
extend R-1
extend R-1 ready=2026-12-02T12:00
extend R-1 back=2026-12-32T12:00
swap R-1
swap R-1 from=CAR-1
undo R-1
undo R-1 entry=
undo R-1 entry=x
undo R-1 entry=-1
CASES
    kept calendar.csv
}

@test "rejected: a block needs resource, out and back" {
    local operands
    booking | planned
    while read -r operands; do
        # shellcheck disable=SC2086 # a list of words
        amend 'rejected|||?*|' block B-1 $operands || return 1
    done <<'CASES'
out=2026-12-07T09:00 back=2026-12-08T09:00
resource=CAR-1 back=2026-12-08T09:00
resource=CAR-1 out=2026-12-07T09:00
resource=CAR-1 out=2026-12-07T09:00 back=tomorrow
CASES
}

@test "columns that the action does not take are ignored, whatever is in them" {
    { booking && other R-2 2 CAR-2 2026-12-07T09:00 2026-12-07T12:00; } | planned
    check 0 mob-amend <<'CSV'
request,action,at,out,back,ready,resource,from,entry,odometer,fuel,note
R-1,cancel,x,x,x,x,x y,x y,x,x,full,off
B-1,block,x,2026-12-01T09:00,2026-12-01T10:00,x,CAR-5,x y,x,x,full,
R-2,swap,x,x,x,x,CAR-5,CAR-2,x,x,full,
CSV
    cells result | sort -u | is done
    calendar_cells entry odometer fuel out back note | tail -n 3 | is '3|||2026-11-30T09:00|2026-12-02T10:00|off
4|||2026-12-01T09:00|2026-12-01T10:00|
5|||2026-12-07T09:00|2026-12-07T12:00|'
}

@test "each row sees those before it, and all that can be done is, in one step; exit 1 where any is rejected" {
    booking status=option expires=2026-11-27T09:00 | planned
    check 1 mob-amend --now 2026-11-27T08:59 <<'CSV'
request,action,resource,out,back
R-1,confirm,,,
R-9,cancel,,,
R-1,cancel,,,
R-1,confirm,,,
B-1,block,CAR-1,2026-11-30T09:00,2026-12-01T09:00
CSV
    cells result status entry | is 'done|booked|2
rejected||
done|cancelled|3
rejected|cancelled|3
done|blocked|4'
    calendar_cells entry status | uniq | is '1|option
2|booked
3|cancelled
4|blocked'
}

@test "--dry-run decides and prints the same, and writes nothing" {
    booking | planned
    keep calendar.csv
    echo $'request,action\nR-1,cancel\nR-1,cancel' >rows.csv
    check 0 mob-amend --dry-run rows.csv
    cp "$T/out" dry
    kept calendar.csv
    printf '%s\n' calendar* | is calendar.csv # no .last, no .new
    check 0 mob-amend rows.csv
    same dry "$T/out"
    calendar_cells status | uniq | is 'booked
cancelled'
}

@test "--operator NAME is recorded, by default LOGNAME; recorded is written, and the rest of the row is as it was" {
    booking operator=desk | planned
    check 0 mob-amend cancel R-1
    check 0 mob-amend --operator 'Anne, desk 2' undo R-1 entry=2
    mlr -S --icsv --onidx filter '$leg =~ "^1/"' then cut -o -f operator calendar.csv | is 'desk
tester
Anne, desk 2'
    entry_cells 2 recorded | grep -qE '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
    entry_cells 2 customer vin km labour_min explain_min solution days price currency |
        is 'Ada|V-1|15000|240|20|LOANER|3|135.00|EUR'
}

@test "now is said where it was given; --wait ends with 75 where somebody else has the lock" {
    booking | planned
    check 0 mob-amend --dry-run cancel R-1
    says 'now was given'
    check 75 flock . mob-amend --wait 0 cancel R-1
    calendar_cells entry | sort -u | is 1
}

@test "a damaged calendar, or faulty policy, is exit 2 before anything is written" {
    local name
    booking | planned
    for name in hours solutions fleet legs closures programmes benefits; do
        [ ! -e "$name.csv" ] || cp "$name.csv" "$name.good"
        printf 'faulty\n' >"$name.csv"
        check 2 mob-amend cancel R-1 || { echo "$name"; return 1; }
        says "$name.csv"
        rm "$name.csv"
        [ ! -e "$name.good" ] || mv "$name.good" "$name.csv"
    done
    sed -i 's/Ada/Eve/' calendar.csv
    check 2 mob-amend cancel R-1
    says calendar.csv:2
}

@test "bad usage is exit 2" {
    local options
    booking | planned
    while read -r options; do
        # shellcheck disable=SC2086 # a list of words
        check 2 mob-amend $options cancel R-1 || { echo "$options"; return 1; }
    done <<'CASES'
--nonsense
--wait x
--now 2026-11-24
--calendar other.csv
--strict
--operator
CASES
    calendar_cells entry | sort -u | is 1
}

# ---- which action from which status ----

# The whole table: D done, R rejected, A already. A move goes to times of its own, an extension by an hour.
@test "every action from every status is done, rejected or already as the table says" {
    local action words status answer column answers
    local -a statuses=(option booked away returned cancelled no-show blocked)
    local -A named=([D]=done [R]=rejected [A]=already)
    while read -r action answers words; do
        for column in "${!statuses[@]}"; do
            status=${statuses[column]}
            answer=${named[${answers:column:1}]}
            history "$status" | planned
            # shellcheck disable=SC2086 # a list of words
            amend "$answer|*" --now 2026-12-01T12:00 "$action" R-1 $words || { echo "$action from $status"; return 1; }
        done
    done <<'TABLE'
confirm DAAARRR
depart DDAARRR
return RRDARRR
no-show DDRRRAR
cancel DDRRARD
move DDRRRRR out=2026-12-14T09:00 back=2026-12-15T09:00
extend DDDRRRR back=2026-12-02T11:00
swap DDDRRRR resource=CAR-2
block RRRRRRR resource=CAR-2 out=2026-12-14T09:00 back=2026-12-15T09:00
TABLE
}

@test "undo takes any status but the request's first entry" {
    local status entry answer
    while read -r status entry answer; do
        history "$status" | planned
        amend "$answer" --now 2026-12-01T12:00 undo R-1 entry="$entry" || { echo "$status"; return 1; }
    done <<'TABLE'
option 1 rejected|option|1|?*|
booked 1 rejected|booked|1|?*|
blocked 1 rejected|blocked|1|?*|
away 2 done|booked|3||
returned 3 done|away|4||
cancelled 2 done|booked|3||
no-show 2 done|booked|3||
TABLE
}

@test "move, extend and swap of an expired option are rejected; from the instant it expires on" {
    local words
    for words in 'move R-1 out=2026-12-14T09:00 back=2026-12-15T09:00' 'extend R-1 back=2026-12-02T11:00' \
        'swap R-1 resource=CAR-2'; do
        booking status=option expires=2026-11-27T08:00 | planned
        # shellcheck disable=SC2086 # a list of words
        amend 'rejected|option|1|?*|' $words || return 1
        # shellcheck disable=SC2086
        amend 'done|option|2||' --now 2026-11-27T07:59 $words || return 1
    done
}

@test "the second move, extend or swap of a request in one run is rejected, whatever became of the first" {
    local first
    for first in 'extend,2026-12-02T11:00,,' 'extend,2026-12-02T10:00,,' 'extend,2026-11-30T08:00,,' 'extend,,,' \
        'swap,,CAR-2,' 'move,2026-12-02T10:00,,2026-11-30T09:00'; do
        { booking && other R-2 2 CAR-5 2026-12-07T09:00 2026-12-07T12:00; } | planned
        check 1 mob-amend <<CSV
request,action,back,resource,out
R-1,$first
R-2,extend,2026-12-07T13:00,,
R-1,extend,2026-12-02T12:00,,
R-1,swap,,CAR-5,
R-1,cancel,,,
CSV
        cells request result | tail -n 4 | is 'R-2|done
R-1|rejected
R-1|rejected
R-1|done' || { echo "$first"; return 1; }
    done
}

# ---- notes ----

@test "a note that is not empty replaces the entry's; exactly expired becomes expired." {
    local note stored
    while IFS='|' read -r note stored; do
        booking note=before | planned
        amend 'done|cancelled|2||' cancel R-1 note="$note"
        entry_cells 2 note | is "$stored" || { echo "$note"; return 1; }
    done <<'CASES'
|before
after|after
expired|expired.
expired.|expired.
Expired|Expired
 expired| expired
CASES
    # And so the same again is the same again.
    booking | planned
    amend 'done|cancelled|2||' cancel R-1 note=expired
    amend 'already|cancelled|2||' cancel R-1 note=expired
    amend 'done|booked|3||' undo R-1 entry=2
}

@test "the expired note of a booking that was cancelled by hand leaves it ended, for mob-book too" {
    booking | planned
    amend 'done|cancelled|2||' cancel R-1 note=expired
    check 0 mob-book <<<$'request,customer,vin,solution,out,back\nR-1,Ada,V-1,LOANER,2026-12-07T09:00,2026-12-08T09:00'
    cells result | is ended
}

# ---- several cells a row takes and does not take ----

@test "odometer and fuel: told at departure and at return, else empty; extend carries, swap empties, undo copies them" {
    booking | planned
    amend 'done|away|2||' --now 2026-11-30T09:00 depart R-1 odometer=18000 fuel=8/8
    amend 'done|away|3||' --now 2026-12-01T12:00 extend R-1 back=2026-12-02T11:00 odometer=1 fuel=1/8
    amend 'done|away|4||' --now 2026-12-01T12:00 swap R-1 resource=CAR-5 odometer=1 fuel=1/8
    amend 'done|away|5||' --now 2026-12-01T12:00 undo R-1 entry=4
    amend 'done|returned|6||' --now 2026-12-01T13:00 return R-1 odometer=18250
    amend 'done|away|7||' --now 2026-12-01T13:00 undo R-1 entry=6
    amend 'done|returned|8||' --now 2026-12-01T13:00 return R-1 fuel=1/8
    mlr -S --icsv --ocsv --ofs '|' --headerless-csv-output filter '$leg =~ "^1/"' then cut -o -f entry,odometer,fuel \
        calendar.csv | is '1||
2|18000|8/8
3|18000|8/8
4||
5|18000|8/8
6|18250|
7|18000|8/8
8||1/8'
}
