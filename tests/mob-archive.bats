#!/usr/bin/env bats
# mob-archive: what is finished goes to the archive of its year, whole, and is forgotten where that is asked for
# (REPORTS.md; CALENDAR.md, "mob-archive").
load helper
load seal
load ledger

prepare() {
    site
    export MOB_NOW=2027-03-01T08:00
}

# past REQUEST ENTRY [NAME=VALUE...]: a booking that was given back in November 2026.
past() {
    row request="$1" entry="$2" status=returned out=2026-11-02T09:00 back=2026-11-03T09:00 "${@:3}"
}

# last ENTRY: the entry that always stays, of a booking to come.
last() {
    row request=R-LAST entry="$1" out=2027-03-02T09:00 back=2027-03-03T09:00
}

archive() {
    check 0 mob-archive -q --before 2027-03-01 "$@"
}

# sealed FILE: every check of it fits, by a second opinion.
sealed() {
    sed 's/,[0-9a-f]\{16\}$/,/' "$1" | seal | cmp -s - "$1" || { printf '%s is not sealed right\n' "$1"; return 1; }
}

# holds FILE COLUMN... : those columns of FILE, a row a line, separated by `|`.
holds() {
    local columns name=$1
    shift
    columns=$(IFS=,; printf '%s' "$*")
    mlr --icsv --ocsv --ofs '|' --headerless-csv-output cut -o -f "$columns" "$name"
}

@test "finished: the statuses that have ended, and an option that has expired; nothing that is live" {
    {
        past A 1 status=returned
        past B 2 status=cancelled
        past C 3 status=no-show
        past D 4 status=blocked customer= solution= resource=CAR-1
        past E 5 status=option expires=2027-03-01T08:00 # from this instant on it counts for nothing
        past F 6 status=option expires=2027-03-01T08:01
        past G 7 status=option
        past H 8 status=booked
        past I 9 status=away
        last 10
    } | made
    archive
    same "$T/out" - <<'CSV'
request,status,entry,file,action
A,returned,1,calendar-2026.csv,moved
B,cancelled,2,calendar-2026.csv,moved
C,no-show,3,calendar-2026.csv,moved
D,blocked,4,calendar-2026.csv,moved
E,option,5,calendar-2026.csv,moved
CSV
    holds calendar-2026.csv entry request | is $'1|A\n2|B\n3|C\n4|D\n5|E'
    calendar_cells entry request | is $'6|F\n7|G\n8|H\n9|I\n10|R-LAST'
}

@test "finished: every back and busy_until of all its entries lies before that date's midnight" {
    {
        past A 1 back=2026-12-31T23:59
        past B 2 back=2027-01-01T00:00
        past C 3 resource=CAR-1 busy_from=2026-11-02T09:00 busy_until=2026-12-31T23:59
        past D 4 resource=CAR-1 busy_from=2026-11-02T09:00 busy_until=2027-01-01T00:00
        row request=E entry=5 out=2026-11-02T09:00 back=2027-01-01T09:00 # it was to last longer
        past E 6
        row request=F entry=7 leg=1/2 out=2026-11-02T09:00 back=2026-11-03T09:00 resource=CAR-2
        row request=F entry=7 leg=2/2 out=2026-11-02T09:00 back=2026-11-03T09:00 resource=ADV-1 busy_until=2027-01-01T00:00
        past F 8
        last 9
    } | made
    check 0 mob-archive -q --before 2027-01-01
    cells request | is $'A\nC'
    check 0 mob-archive -q --before 2027-01-02
    cells request | is $'B\nD\nE\nF'
    calendar_cells entry | is 9
}

@test "whole histories go, to the year of the highest entry's back, also where an earlier entry was of another year" {
    {
        row request=A entry=1 out=2025-12-30T09:00 back=2025-12-31T23:59
        row request=B entry=2 out=2025-12-30T09:00 back=2026-01-01T00:00
        row request=A entry=3 status=away out=2025-12-30T09:00 back=2025-12-31T23:59
        row request=A entry=4 leg=1/2 status=returned out=2025-12-30T09:00 back=2026-01-01T00:00 resource=CAR-1
        row request=A entry=4 leg=2/2 status=returned out=2025-12-30T09:00 back=2026-01-01T00:00 resource=ADV-1
        row request=B entry=5 status=returned out=2025-12-30T09:00 back=2025-12-31T23:59
        last 6
    } | made
    archive
    cells request status entry file action | is 'A|returned|4|calendar-2026.csv|moved
B|returned|5|calendar-2025.csv|moved'
    holds calendar-2026.csv entry leg request status | is '1|1/1|A|booked
3|1/1|A|away
4|1/2|A|returned
4|2/2|A|returned'
    holds calendar-2025.csv entry request | is $'2|B\n5|B'
}

@test "the request that holds the ledger's last entry stays, with all its entries" {
    { past A 1; past B 2; past A 3; } | made
    archive
    cells request entry | is 'B|2'
    calendar_cells entry | is $'1\n3'
    is "3 $(calendar_cells check | tail -n 1)" <calendar.csv.last
    archive
    is request,status,entry,file,action <"$T/out"
}

@test "the files after it: checks of their own, .last right, cells as they were, a first archive as readable as the calendar" {
    { past A 1 'customer="Ada, the ""first"""' note=$'"two\nlines"' price=12.50 vin=V-1 licence_until=2028-02-29; last 2; } | made
    holds calendar.csv entry customer note price vin licence_until recorded >before
    chmod 0664 calendar.csv
    archive
    sealed calendar.csv
    sealed calendar-2026.csv
    is "2 $(calendar_cells check)" <calendar.csv.last
    { holds calendar-2026.csv entry customer note price vin licence_until recorded
      holds calendar.csv entry customer note price vin licence_until recorded; } | same before -
    stat -c %a calendar.csv calendar-2026.csv | uniq | is 664
    ls | grep '\.new$' | is ''
}

@test "an archive that is there is united with what comes, by number, and keeps its mode" {
    { past A 2; past B 5; } | made calendar-2026.csv
    chmod 0600 calendar-2026.csv
    { past C 1; past D 3; past E 6; last 7; } | made
    archive
    holds calendar-2026.csv entry request | is $'1|C\n2|A\n3|D\n5|B\n6|E'
    sealed calendar-2026.csv
    stat -c %a calendar-2026.csv | is 600
}

@test "nothing to do: the header only, exit 0, and no file is touched" {
    check 0 mob-archive -q --before 2027-03-01
    is request,status,entry,file,action <"$T/out"
    [ ! -e calendar.csv ]
    [ ! -e calendar.csv.last ]
    { past A 1; last 2; } | made
    archive
    keep calendar.csv calendar.csv.last calendar-2026.csv
    archive
    is request,status,entry,file,action <"$T/out"
    kept calendar.csv calendar.csv.last calendar-2026.csv
}

@test "--again: what an archive has of a request counts with what is live, and keeps its place" {
    { past A 1; past B 2 back=2027-02-28T23:00; } | made calendar-2025.csv
    { past A 3; past B 4; last 5; } | made
    check 0 mob-archive -q --before 2027-02-28
    cells request entry file | is 'A|3|calendar-2026.csv'
    holds calendar-2025.csv entry | is $'1\n2'
    holds calendar-2026.csv entry | is 3
    calendar_cells entry | is $'4\n5'
}

@test "the workflow after it: ended and already still hold, the history is whole, numbers go on" {
    { past A 1 customer=Ada; past B 2; last 3; } | made
    archive
    printf 'request,customer,solution,out,back\nA,Ada,BUS,2026-11-02T09:00,2026-11-03T09:00\nC,Cy,BUS,2027-03-02T09:00,2027-03-02T12:00\n' >in.csv
    check 0 mob-book -q in.csv
    cells request result status entry | is 'A|ended|returned|1
C|booked|booked|4'
    check 0 mob-list -q --history
    cells entry request | is $'1|A\n2|B\n3|R-LAST\n4|C'
}

# ---- --purge ----

@test "--purge blanks customer, vin, licence_until and note of all entries of what is finished, and nothing else" {
    {
        row request=A entry=1 out=2026-11-02T09:00 back=2026-11-03T09:00 customer=Ada vin=V-1 licence_until=2028-01-01 note=tall
        past A 2 customer=Ada vin=V-1 licence_until=2028-01-01 note=short km=15000 jobs=OIL odometer=99 fuel=1/2 operator=Eve
        past B 3 status=cancelled customer=Bob note=expired
        last 4
    } | made
    holds calendar.csv entry leg request status km jobs solution out back odometer fuel operator recorded >before
    archive --purge
    cells request entry action | is $'A|2|moved purged\nB|3|moved purged'
    holds calendar-2026.csv entry customer vin licence_until note | is $'1||||\n2||||\n3||||expired'
    calendar_cells entry customer | is '4|Ada'
    { holds calendar-2026.csv entry leg request status km jobs solution out back odometer fuel operator recorded
      holds calendar.csv entry leg request status km jobs solution out back odometer fuel operator recorded; } | same before -
    sealed calendar-2026.csv
}

@test "--purge reaches archives and the request that stays; what is blank already is not told again" {
    { past A 1 customer=Ada; past B 2 customer=; past C 3 customer=Cy back=2027-03-01T00:00; } | made calendar-2025.csv
    { past D 4 customer= note=expired; past E 5 customer=Eve; past F 6 customer=Fay; } | made
    archive --purge
    same "$T/out" - <<'CSV'
request,status,entry,file,action
A,returned,1,calendar-2025.csv,purged
D,returned,4,calendar-2026.csv,moved
E,returned,5,calendar-2026.csv,moved purged
F,returned,6,calendar.csv,purged
CSV
    holds calendar-2025.csv entry customer | is $'1|\n2|\n3|Cy' # C is not finished before that date
    sealed calendar-2025.csv
    calendar_cells entry customer | is '6|'
    is "6 $(calendar_cells check)" <calendar.csv.last
    archive --purge
    is request,status,entry,file,action <"$T/out"
}

@test "--purge: no byte of the customer is left in the site's directory; only our own left-over files are removed" {
    { past A 1 customer=Adalbert vin=VIN-SECRET; last 2; } | made
    for name in calendar.csv.new calendar.csv.last.new calendar-2024.csv.new calendar.csv.refused calendar.csv.refused.new; do
        cp calendar.csv "$name"
    done
    echo keep | tee calendar-24.csv.new calendar.csv.renew new fleet.csv.new refused calendar-2024.csv.refused >keep-me
    archive
    [ -e calendar.csv.refused ] # without --purge they stay, but for the .new that were written anew
    archive --purge
    ls | grep -E 'new|refused' | sort | is 'calendar-2024.csv.refused
calendar-24.csv.new
calendar.csv.renew
fleet.csv.new
new
refused'
    grep -rlE 'Adalbert|VIN-SECRET' --include='calendar*' . | is ''
}

@test "a purged booking is nobody else's: the same request is answered ended, whoever asks" {
    { past A 1 customer=Ada vin=V-1; last 2; } | made
    archive --purge
    printf 'request,customer,vin,solution,out,back\nA,Bob,V-9,BUS,2026-11-02T09:00,2026-11-03T09:00\n' >in.csv
    check 0 mob-book -q in.csv
    cells result | is ended
}

# ---- the command line ----

@test "--before is needed, a date, and not behind today" {
    { past A 1; last 2; } | made
    keep calendar.csv
    check 2 mob-archive
    says 'mob-archive: --before DATE is needed'
    check 2 mob-archive --before 2027-02-29
    says "--before: '2027-02-29' is not a date"
    check 2 mob-archive --before 2027-03-02
    says "--before: '2027-03-02' is after today, 2027-03-01"
    check 2 mob-archive --before 2026-01-01 in.csv
    [ ! -s "$T/out" ]
    kept calendar.csv
    check 0 mob-archive --before 2027-03-01
    says 'now was given: 2027-03-01T08:00'
}

@test "--dry-run tells and writes nothing" {
    { past A 1; last 2; } | made
    echo x >calendar.csv.new
    keep calendar.csv calendar.csv.new
    archive --dry-run --purge
    cells request action | is 'A|moved purged'
    kept calendar.csv calendar.csv.new
    [ ! -e calendar-2026.csv ]
    [ ! -e calendar.csv.last ]
}

@test "a calendar or an archive that is damaged, or has columns of its own that would be lost: exit 2, nothing is touched" {
    { past A 1; past B 2; } | made calendar-2026.csv
    { past C 3; last 4; } | made
    sed -i 's/,B,/,X,/' calendar-2026.csv
    keep calendar.csv calendar-2026.csv
    check 2 mob-archive -q --before 2027-03-01
    says 'calendar-2026.csv:3: the line does not fit its check'
    kept calendar.csv calendar-2026.csv
    { past A 1; past B 2; } | { printf 'colour,%s\n' "$ledger_columns" && sed 's/^/red,/'; } | seal >calendar-2026.csv
    keep calendar.csv calendar-2026.csv
    check 2 mob-archive -q --before 2027-03-01
    says "calendar-2026.csv:1: has columns that are not the ledger's"
    kept calendar.csv calendar-2026.csv
    [ ! -e calendar.csv.last ]
    rm calendar-2026.csv
    { past C 3; last 4; } | { printf 'colour,%s\n' "$ledger_columns" && sed 's/^/red,/'; } | seal >calendar.csv
    keep calendar.csv
    check 2 mob-archive -q --before 2027-03-01
    says "calendar.csv:1: has columns that are not the ledger's"
    kept calendar.csv
    [ ! -e calendar-2026.csv ]
    ls | grep '\.new$' | is ''
}

@test "step 6: standard output closed or unread: exit 2 before anything is replaced; step 8: a full one is 74, and it is done" {
    { past A 1; last 2; } | made
    keep calendar.csv
    check 2 bash -c 'mob-archive -q --before 2027-03-01 >&-'
    kept calendar.csv
    [ ! -e calendar-2026.csv ]
    [ ! -e calendar.csv.last ]
    check 74 bash -c 'mob-archive -q --before 2027-03-01 >/dev/full'
    holds calendar-2026.csv entry | is 1
    calendar_cells entry | is 2
    check 2 bash -c 'mob-archive -q --dry-run --before 2027-03-01 >/dev/full'
}

@test "the lock: somebody else has it: exit 75" {
    { past A 1; last 2; } | made
    keep calendar.csv
    check 75 flock . mob-archive -q --wait 0 --before 2027-03-01
    kept calendar.csv
}

# ---- stopped on the way ----

@test "the order: .last asks for the number only, archives, the calendar, .last; each synced with its directory before the next" {
    { past A 1 back=2025-06-01T09:00; past B 2; last 3; } | made
    ASAN_OPTIONS=detect_leaks=0 check 0 strace -f -y -e trace=fsync,renameat,write -o trace mob-archive -q --before 2027-03-01
    sed -n 's/^[0-9]* *renameat(.*"\([^"]*\)") = 0$/\1/p; s/^[0-9]* *fsync([0-9]*<\(.*\)>) = 0$/fsync \1/p; s/^[0-9]* *write(1<.*/answer/p' trace |
        sed "s#$T/##; s#$T#.#" | sed -n '/^calendar.csv.last$/,$p' | is 'calendar.csv.last
fsync .
fsync calendar.csv.last
calendar-2025.csv
fsync .
fsync calendar-2025.csv
calendar-2026.csv
fsync .
fsync calendar-2026.csv
fsync calendar.csv.last.new
calendar.csv
fsync .
fsync calendar.csv
calendar.csv.last
answer'
}

@test "stopped between the archive and the calendar: readers see every entry once, writers go on, run again it completes" {
    { past A 1; past B 2; last 3; } | made
    cp calendar.csv whole
    archive
    cp whole calendar.csv
    echo '3 -' >calendar.csv.last
    check 0 mob-list -q --history
    cells entry | is $'1\n2\n3'
    archive
    cells request action | is $'A|moved\nB|moved'
    holds calendar-2026.csv entry | is $'1\n2'
    calendar_cells entry | is 3
    is "3 $(calendar_cells check)" <calendar.csv.last
}

@test "stopped between the calendar and .last: run again, it completes" {
    { past A 1; last 2; } | made
    archive
    echo '2 -' >calendar.csv.last
    archive
    is request,status,entry,file,action <"$T/out"
    is "2 $(calendar_cells check)" <calendar.csv.last
}

@test "stopped, and then the booking came to life again: the live file counts, and it is moved whole when it is finished" {
    { past A 1; last 2; } | made
    cp calendar.csv whole
    archive
    cp whole calendar.csv
    echo '2 -' >calendar.csv.last
    printf 'request,customer,solution,out,back\nA,Ada,BUS,2027-03-02T09:00,2027-03-02T12:00\n' >in.csv
    check 0 mob-book -q --again in.csv
    cells result entry | is 'booked|3'
    archive
    is request,status,entry,file,action <"$T/out"
    check 0 mob-list -q --history --request A
    cells entry status | is $'1|returned\n3|booked'
}

@test "a full disk before the first rename changes nothing: exit 2; a failure behind the first archive is 74, and again completes" {
    local number
    { past A 1 back=2025-06-01T09:00; past B 2; last 3; } | made whole
    for number in 1 2 3 4 5; do # of renameat: .last, calendar-2025.csv, calendar-2026.csv, calendar.csv, .last
        rm -f calendar* && cp whole calendar.csv
        echo "3 $(calendar_cells check | tail -n 1)" >calendar.csv.last
        cp calendar.csv.last last
        case $number in
        1 | 2) status=2 ;;
        5) status=0 ;;
        *) status=74 ;;
        esac
        ASAN_OPTIONS=detect_leaks=0 check $status strace -f -o trace -e trace=renameat \
            -e "inject=renameat:error=EIO:when=$number" mob-archive -q --before 2027-03-01 || { echo "rename $number"; return 1; }
        ls | grep '\.new$' | is ''
        [ "$status" -ne 2 ] || { same whole calendar.csv && same last calendar.csv.last; }
        check 0 mob-list -q --history
        cells entry | is $'1\n2\n3'
        archive
        calendar_cells entry | is 3
        is "3 $(calendar_cells check)" <calendar.csv.last
    done
}

@test "stopped with --purge before the calendar was replaced, then run without it: what the archive has blanked stays blank" {
    { past A 1 customer=Ada note=tall; past A 2 customer=Ada; last 3; } | made
    cp calendar.csv whole
    archive --purge
    cp whole calendar.csv
    echo '3 -' >calendar.csv.last
    archive
    holds calendar-2026.csv entry customer note | is $'1||\n2||'
    calendar_cells entry | is 3
}

@test "stopped, then run with an earlier date: the archive keeps what it has" {
    { past A 1; last 2; } | made
    cp calendar.csv whole
    archive
    cp whole calendar.csv
    echo '2 -' >calendar.csv.last
    check 0 mob-archive -q --before 2026-01-01
    holds calendar-2026.csv entry | is 1
    archive --purge
    holds calendar-2026.csv entry customer | is '1|'
    calendar_cells entry | is 2
}

@test "stopped, and then purged: both copies are blanked" {
    { past A 1 customer=Ada; past B 2; past A 3 customer=Ada; } | made # A has the last entry: it stays
    { past A 1 customer=Ada; } | made calendar-2026.csv
    archive --purge
    holds calendar-2026.csv entry customer | is $'1|\n2|'
    calendar_cells entry customer | is $'1|\n3|'
}

@test "a number that an archive has of another entry: an old calendar was put back and accepted; nothing is archived upon it" {
    { past A 1; past B 2; } | made calendar-2026.csv
    { past A 1; past C 2; last 3; } | made
    keep calendar.csv calendar-2026.csv
    check 2 mob-archive -q --before 2027-03-01
    says "calendar-2026.csv: entry: its entry 2, of 'B', is another than that of 'C'"
    kept calendar.csv calendar-2026.csv
    check 1 mob-check -q
    cells file column severity | grep error | is 'calendar-2026.csv|entry|error'
}

@test "--purge: a left-over that cannot be removed is exit 74, behind the rows, for what was done is done" {
    { past A 1 customer=Ada; last 2; } | made
    mkdir calendar-2021.csv.new
    check 74 mob-archive -q --before 2027-03-01 --purge
    cells request action | is 'A|moved purged'
    says "'calendar-2021.csv.new' is not known to be removed"
    calendar_cells entry | is 2
}
