#!/usr/bin/env bats
# Many mob-book processes at once, processes killed at any instant, readers beside writers (CALENDAR.md, promises 1 to 4).
load helper
load seal
load ledger

# A pool of five cars, one leg.
prepare() {
    site
    export MOB_NOW=2026-11-24T08:00
    printf 'resource,pool,label\n' >fleet.csv
    local number
    for number in 1 2 3 4 5; do echo "CAR-$number,CARS,Car $number"; done >>fleet.csv
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
}

no_double_bookings() {
    awk -v now="$MOB_NOW" -f "$ROOT/tests/double-bookings.awk" calendar.csv
}

# Every check fits, by a second opinion, and .last is the last row's.
sealed() {
    sed 's/,[0-9a-f]\{16\}$/,/' calendar.csv | seal >resealed
    same resealed calendar.csv
    grep -q " $(calendar_cells check | tail -n 1)\$" calendar.csv.last
}

# Every booking that an answer (FILE...) told is in the calendar: the same entry, request, resource and times.
all_that_was_said_is_kept() {
    local columns=entry,request,resource,out,back
    mlr --icsv --ocsv --headerless-csv-output filter '$result =~ "^(booked|already)$"' then cut -o -f "$columns" "$@" | sort -u >said
    mlr --icsv --ocsv --headerless-csv-output cut -o -f "$columns" calendar.csv | sort -u >there
    comm -23 said there >lost
    [ ! -s lost ] || { echo 'told, and not in the calendar:'; cat lost; return 1; }
}

@test "double-bookings.awk finds what it is to find, and nothing else" {
    local status edit
    while IFS='|' read -r status edit; do
        {
            row entry=1 request=A-1 resource=CAR-1 out=2026-11-30T09:00 back=2026-12-01T09:00 'customer="Ada, the
first"'
            # shellcheck disable=SC2086 # a list of NAME=VALUE
            row entry=2 request=B-1 resource=CAR-1 out=2026-11-30T10:00 back=2026-11-30T11:00 $edit
            row entry=3 request=C-1 status=cancelled
        } | made
        check "$status" awk -v now=2026-11-24T08:00 -f "$ROOT/tests/double-bookings.awk" calendar.csv || { echo "$edit"; return 1; }
    done <<'CASES'
1|status=booked
1|status=away
1|status=returned
1|status=blocked
1|status=option expires=2026-11-24T08:01
0|status=option expires=2026-11-24T08:00
0|status=cancelled
0|status=no-show
0|resource=CAR-2
0|request=A-1
0|request=C-1
0|busy_from=2026-12-01T09:00 busy_until=2026-12-01T10:00
1|busy_from=2026-12-01T08:59 busy_until=2026-12-01T10:00
0|busy_from=2026-11-30T08:00 busy_until=2026-11-30T09:00
1|busy_from=2026-11-30T08:00 busy_until=2026-12-02T09:00
CASES
}

@test "promise 1: 64 at once over five cars for one day: exactly five booked, nothing lost, nobody is sent away" {
    mkdir in answers
    # In a shell of its own, that all start together; each has its own request, and the times differ by minutes.
    check 0 bash -c '
        for ((i = 1; i <= 64; i++)); do
            printf "request,customer,solution,out,back,resource\nR-%d,C-%d,LOANER,2026-11-30T09:%02d,2026-11-30T18:%02d,CAR-%d\n" \
                $i $i $((i % 60)) $((i % 60)) $((i % 5 + 1)) >in/$i
        done
        for ((i = 1; i <= 64; i++)); do
            { mob-book in/$i >answers/$i 2>answers/$i.err; echo $? >answers/$i.status; } &
        done
        wait'
    # 5 booked (exit 0), 59 rejected (exit 1); with the default --wait none is told that it is locked (75).
    sort answers/*.status | uniq -c | awk '{ print $2 ": " $1 }' | is '0: 5
1: 59'
    rm answers/*.err answers/*.status
    mlr --icsv --ocsv --headerless-csv-output count-distinct -f result,reason then sort -f result answers/* |
        is 'booked,,5
rejected,full:CARS,59'
    calendar_cells entry | is '1
2
3
4
5'
    calendar_cells resource | sort | is 'CAR-1
CAR-2
CAR-3
CAR-4
CAR-5'
    all_that_was_said_is_kept answers/*
    no_double_bookings
    sealed
}

@test "promise 4: 16 at once with the same input: one books, the others say already, the same entries" {
    mkdir answers
    printf 'request,customer,solution,out,back,resource\nR-1,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00,\nR-2,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00,\n' >rows.csv
    check 0 bash -c '
        for ((i = 1; i <= 16; i++)); do
            { mob-book rows.csv >answers/$i 2>err.$i; echo $? >>statuses; } &
        done
        wait'
    sort -u statuses | is 0
    mlr --icsv --ocsv --headerless-csv-output count-distinct -f request,result,entry,resource then sort -f request,result answers/* |
        is 'R-1,already,1,CAR-1,15
R-1,booked,1,CAR-1,1
R-2,already,2,CAR-2,15
R-2,booked,2,CAR-2,1'
    calendar_cells entry | is '1
2'
}

@test "promises 1 to 4: kill -9 at random instants: what was answered is kept, nothing twice, and the same input completes" {
    mkdir in answers
    # Six requests an input, in all more than the cars can take; a killed one leaves the old calendar or the new.
    check 0 bash -c '
        RANDOM=4711
        for ((i = 1; i <= 40; i++)); do
            echo request,customer,solution,out,back,resource
            for ((j = 1; j <= 6; j++)); do
                day=$((RANDOM % 20 + 1)) hour=$((RANDOM % 10 + 8))
                printf "R-%d-%d,Ada,LOANER,2026-12-%02dT%02d:00,2026-12-%02dT%02d:30,\n" $i $j $day $hour $((day + RANDOM % 3)) $((hour + 1))
            done >rows && cat rows
        done | awk "/^request/ { n++ } { print > (\"in/\" n) }"
        killed=0
        for ((i = 1; i <= 40; i++)); do
            mob-book in/$i >answers/$i 2>err &
            sleep 0.0$((RANDOM % 4))$((RANDOM % 10))$((RANDOM % 10))
            kill -KILL $! 2>/dev/null
            status=0
            wait $! 2>/dev/null || status=$?
            [ $status -ne 137 ] || killed=$((killed + 1))
            case $status in 0 | 1 | 137) ;; *) echo "exit $status"; cat err; exit 1 ;; esac
            # Nobody ever reads half a calendar.
            mob-book --dry-run in/1 >read 2>err || [ $? -eq 1 ] || { echo "unreadable after $i"; cat err; exit 1; }
        done
        echo "$killed killed"'
    cat "$T/out"
    # Who was killed before the answer has told nothing.
    local number
    for number in answers/*; do
        [ -s "$number" ] || rm "$number"
    done
    [ ! -e calendar.csv ] || no_double_bookings
    [ -z "$(ls answers)" ] || all_that_was_said_is_kept answers/*
    mkdir again
    check 0 bash -c 'for ((i = 1; i <= 40; i++)); do mob-book in/$i >again/$i 2>err || [ $? -eq 1 ] || { cat err; exit 1; }; done'
    all_that_was_said_is_kept again/*
    no_double_bookings
    sealed
    # No request is in the calendar twice, and a third time changes nothing.
    calendar_cells request | sort | uniq -d | is ''
    keep calendar.csv
    check 0 bash -c 'for ((i = 1; i <= 40; i++)); do mob-book in/$i >answers/$i 2>err || [ $? -eq 1 ]; done'
    kept calendar.csv
}

@test "promise 2: killed at the very instant of every system call of a booking: the old calendar or the new, and it completes" {
    local call when status
    printf 'request,customer,solution,out,back\nR-1,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00\n' >first.csv
    sed 's/R-1/R-2/' first.csv >rows.csv
    check 0 mob-book first.csv
    mkdir good && cp -p calendar.csv calendar.csv.last good/
    while read -r call when; do
        cp -p good/calendar.csv good/calendar.csv.last .
        ASAN_OPTIONS=detect_leaks=0 check 137 strace -f -o trace -e trace="$call" -e "inject=$call:signal=KILL:when=$when" mob-book rows.csv ||
            { echo "$call $when"; cat trace; return 1; }
        [ ! -s "$T/out" ] || { calendar_cells request | grep -qx R-2; }
        check 0 mob-book rows.csv || { echo "after $call $when"; return 1; }
        cells request entry | is 'R-2|2'
        calendar_cells entry request | is '1|R-1
2|R-2'
        sealed
    done <<'CASES'
fsync 1
fsync 2
fsync 3
fsync 4
renameat 1
renameat 2
fchmod 1
fchmod 2
CASES
}

@test "readers in a loop beside writers always exit 0, and see each entry whole" {
    mkdir answers
    printf 'request,solution,wanted,labour_min,explain_min,pay_type,programmes\nQ-1,LOANER,2026-11-30T09:00,60,10,customer,\n' >asks.csv
    # Two legs an entry: half an entry would be seen as one car without the other.
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
    check 0 bash -c '
        read_on() {
            until [ -e done ]; do
                mob-avail --alternatives 1 asks.csv >answers/$1 2>err.$1 || { echo "exit $?"; cat err.$1; exit 1; }
                [ "$(wc -l <answers/$1)" -eq 2 ] || { echo half; cat answers/$1; exit 1; }
                echo read >>read.$1
            done
        }
        read_on 1 & one=$!
        read_on 2 & two=$!
        for ((i = 1; i <= 40; i++)); do
            printf "request,customer,solution,out,back\nR-%d,Ada,LOANER,2026-12-%02dT09:00,2026-12-%02dT10:00\n" \
                $i $((i % 28 + 1)) $((i % 28 + 1)) | mob-book >written 2>err || { echo "writer: $?"; cat err; touch done; exit 1; }
        done
        touch done
        wait $one && wait $two'
    [ -s read.1 ]
    [ -s read.2 ]
    calendar_cells entry | tail -n 1 | is 40
}
