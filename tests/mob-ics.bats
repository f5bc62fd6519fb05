#!/usr/bin/env bats
# mob-ics: REPORTS.md, "mob-ics", sentence by sentence. What it writes is read back by another program, vobject, which
# takes the instants from the VTIMEZONE that stands in the file.

load helper

columns=request,customer,solution,out,back,status,entry,result,resource,recorded,programme

prepare() {
    site
    export MOB_NOW=2026-11-23T08:30
}

# rows ROW...: an input with all columns.
rows() {
    printf '%s\n' "$columns" "$@"
}

# row REQUEST STATUS ENTRY [RESULT]: one of an input.
row() {
    echo "$1,Anne,TAXI,2026-11-30T09:00,2026-11-30T17:00,$2,$3,${4-},,,"
}

# events FILE PROPERTY...: as vobject reads them, an event a line: the method, then the properties, separated by `|`. Of
# a time that has a zone the instant in UTC is shown, from the VTIMEZONE in the file. One that is not there is `-`.
events() {
    /usr/bin/python3 - "$@" <<'PYTHON'
import datetime, sys, vobject

def shown(value):
    if not isinstance(value, datetime.datetime):
        return value.replace('\n', '/')
    if value.tzinfo:
        return value.astimezone(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
    return value.strftime('%Y-%m-%dT%H:%M')

with open(sys.argv[1], newline='', encoding='utf-8') as file:
    for calendar in vobject.readComponents(file.read()):
        for event in calendar.contents.get('vevent', []):
            cells = [event.contents[name.lower()][0] if name.lower() in event.contents else None for name in sys.argv[2:]]
            print('|'.join([calendar.method.value] + ['-' if cell is None else shown(cell.value) for cell in cells]))
PYTHON
}

# unfolded: standard input without CR and folds.
unfolded() {
    tr -d '\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g'
}

# ---- what is written ----

@test "REPORTS, mob-ics: the whole of it, byte for byte" {
    rows 'R-1,Anne,LOANER,2026-11-30T09:00,2026-12-01T10:30,booked,7,booked,CAR-1 ADV-1,,WARRANTY' \
        'R-2,Zoé,TAXI,2026-12-31T23:30,2027-01-01T00:00,cancelled,12,,,2026-11-20T07:08:09Z,' >in.csv
    check 0 mob-ics in.csv
    sed 's/$/\r/' >expected <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//mob//mob-ics//EN
METHOD:PUBLISH
BEGIN:VEVENT
UID:R-1@mob
SEQUENCE:7
STATUS:CONFIRMED
DTSTAMP:20261123T083000Z
DTSTART:20261130T090000
DTEND:20261201T103000
TRANSP:TRANSPARENT
SUMMARY:Loan car\, Anne
DESCRIPTION:Loan car\ndriving licence\nReturn it full. Warranty repairs 
 only.\nCAR-1 ADV-1
END:VEVENT
END:VCALENDAR
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//mob//mob-ics//EN
METHOD:CANCEL
BEGIN:VEVENT
UID:R-2@mob
SEQUENCE:12
STATUS:CANCELLED
DTSTAMP:20261120T070809Z
DTSTART:20261231T233000
DTEND:20270101T000000
TRANSP:TRANSPARENT
SUMMARY:Taxi\, Zoé
DESCRIPTION:Taxi
END:VEVENT
END:VCALENDAR
ICS
    same expected "$T/out"
}

@test "REPORTS, mob-ics: left out are conflict and rejected, an empty status and blocks, whatever else is in the row" {
    rows "$(row R-1 booked 1 conflict)" "$(row R-2 booked 2 rejected)" "$(row R-3 '' '')" "$(row R-4 blocked 4)" \
        R-5,,,soon,,nonsense,x,rejected,,, R-6,,,soon,,,x,,,, R-7,,,,2026-11-30T09:00,blocked,x,,,, \
        "$(row R-8 booked 8 already)" "$(row R-9 booked 9 ended)" "$(row R-10 booked 10 replaced)" >in.csv
    check 0 mob-ics in.csv
    events out UID | is $'PUBLISH|R-8@mob\nPUBLISH|R-9@mob\nPUBLISH|R-10@mob'
}

@test "REPORTS, mob-ics: each status, and in which calendar it stands" {
    rows "$(row R-1 no-show 1)" "$(row R-2 option 2)" "$(row R-3 booked 3)" "$(row R-4 cancelled 4)" "$(row R-5 away 5)" \
        "$(row R-6 returned 6)" >in.csv
    check 0 mob-ics in.csv
    events out UID STATUS SEQUENCE TRANSP | is 'PUBLISH|R-2@mob|TENTATIVE|2|TRANSPARENT
PUBLISH|R-3@mob|CONFIRMED|3|TRANSPARENT
PUBLISH|R-5@mob|CONFIRMED|5|TRANSPARENT
PUBLISH|R-6@mob|CONFIRMED|6|TRANSPARENT
CANCEL|R-1@mob|CANCELLED|1|TRANSPARENT
CANCEL|R-4@mob|CANCELLED|4|TRANSPARENT'
    # An unknown one is no status.
    rows "$(row R-1 gone 1)" >in.csv
    check 1 mob-ics in.csv
    says "mob-ics: in.csv:2: status: 'gone'"
}

@test "REPORTS, mob-ics: the first calendar is always written, but with nothing left but cancelled ones only the second" {
    rows >none.csv
    rows "$(row R-1 booked 1)" >booked.csv
    rows "$(row R-1 booked 1)" "$(row R-1 no-show 2)" >cancelled.csv
    rows "$(row R-1 booked 1)" "$(row R-2 cancelled 2)" >both.csv
    rows "$(row R-1 booked 1 conflict)" >conflict.csv
    while IFS='|' read -r file methods; do
        check 0 mob-ics "$file.csv"
        grep -o '^METHOD:[A-Z]*' "$T/out" | cut -d: -f2 | paste -s -d ' ' | is "$methods"
        [ "$(grep -c '^BEGIN:VCALENDAR' "$T/out")" = "$(grep -c '^END:VCALENDAR' "$T/out")" ]
    done <<'TABLE'
none|PUBLISH
booked|PUBLISH
cancelled|CANCEL
both|PUBLISH CANCEL
conflict|PUBLISH
TABLE
}

@test "REPORTS, mob-ics: of several rows of a request the highest entry counts, where it stands" {
    rows "$(row R-1 option 1)" "$(row R-2 booked 9)" "$(row R-3 booked 4)" "$(row R-1 booked 5)" "$(row R-2 cancelled 8)" \
        "$(row R-3 cancelled 6)" "$(row R-3 booked 10 conflict)" >in.csv
    check 0 mob-ics in.csv
    events out UID STATUS SEQUENCE |
        is $'PUBLISH|R-2@mob|CONFIRMED|9\nPUBLISH|R-1@mob|CONFIRMED|5\nCANCEL|R-3@mob|CANCELLED|6'
}

@test "REPORTS, mob-ics: of equal entries the first counts" {
    rows "$(row R-1 booked 5)" "$(row R-1 booked 5 | sed s/Anne/Berta/)" >in.csv
    check 0 mob-ics in.csv
    events out SUMMARY | is 'PUBLISH|Taxi, Anne'
}

@test "REPORTS, mob-ics: UID is REQUEST@DOMAIN, also of keys that iCalendar must escape" {
    rows "$(row 'R;1' booked 1)" "$(row 'R\1:é' booked 2)" >in.csv
    check 0 mob-ics --domain garage.example in.csv
    events out UID | is $'PUBLISH|R;1@garage.example\nPUBLISH|R\\1:é@garage.example'
    for domain in '' 'a b' $'a\nb' $'a\xff'; do
        check 2 mob-ics --domain "$domain" in.csv
        says 'mob-ics: --domain: '
        [ ! -s "$T/out" ]
    done
}

@test "REPORTS, mob-ics: DTSTAMP is recorded, else now as UTC, by the local time zone" {
    rows "$(row R-1 booked 1)" 'R-2,Anne,TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,2,,,2026-01-02T03:04:05Z,' >in.csv
    while IFS='|' read -r zone now stamp; do
        check 0 env TZ="$zone" mob-ics --now "$now" in.csv
        events out DTSTAMP | is "PUBLISH|$stamp"$'\nPUBLISH|2026-01-02T03:04:05Z'
    done <<'TABLE'
UTC|2026-11-23T08:30|2026-11-23T08:30:00Z
Europe/Paris|2026-11-23T08:30|2026-11-23T07:30:00Z
Europe/Paris|2026-07-01T00:15|2026-06-30T22:15:00Z
Europe/Paris|2026-03-29T01:59|2026-03-29T00:59:00Z
Europe/Paris|2026-03-29T03:00|2026-03-29T01:00:00Z
Europe/Paris|2026-10-25T01:59|2026-10-24T23:59:00Z
Europe/Paris|2026-10-25T03:00|2026-10-25T02:00:00Z
America/New_York|2026-12-31T20:00|2027-01-01T01:00:00Z
TABLE
    # Without a given clock it is the system's.
    before=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    check 0 env -u MOB_NOW TZ=Asia/Tokyo mob-ics in.csv
    stamp=$(events out DTSTAMP | sed -n '1s/.*|//p')
    [[ ! $stamp < $before && ! $stamp > $(date -u +%Y-%m-%dT%H:%M:%SZ) ]]
}

@test "REPORTS, mob-ics: title and description: only what is not empty, from the catalogue and the programme" {
    sed -i 's/^BUS.*/BUS,Bus ticket,transit,3,,,EUR,,,,,Zone 1 only./' solutions.csv
    rows 'R-1,Anne,LOANER,2026-11-30T09:00,2026-11-30T17:00,booked,1,,CAR-1,,WARRANTY' \
        'R-2,Anne,LOANER,2026-11-30T09:00,2026-11-30T17:00,booked,2,,,,LOAN' \
        'R-3,,BUS,2026-11-30T09:00,2026-11-30T17:00,booked,3,,,,' \
        'R-4,Anne,TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,4,,ADV-1,,WARRANTY' \
        'R-5,Anne,GONE,2026-11-30T09:00,2026-11-30T17:00,booked,5,,CAR-2,,NOBODY' \
        'R-6,,,2026-11-30T09:00,2026-11-30T17:00,cancelled,6,,,,' >in.csv
    check 0 mob-ics in.csv
    events out SUMMARY DESCRIPTION | is 'PUBLISH|Loan car, Anne|Loan car/driving licence/Return it full. Warranty repairs only./CAR-1
PUBLISH|Loan car, Anne|Loan car/driving licence/Return it full.
PUBLISH|Bus ticket|Bus ticket/Zone 1 only.
PUBLISH|Taxi, Anne|Taxi/Warranty repairs only./ADV-1
PUBLISH|Anne|CAR-2
CANCEL|-|-'
    says "mob-ics: in.csv:6: solution: 'GONE' is not in solutions.csv"
    [ "$(wc -l <err)" = 1 ]
    check 0 mob-ics -q in.csv
    [ ! -s err ]
}

@test "REPORTS, mob-ics: the columns that it needs are enough, in any order" {
    printf '%s\n' status,entry,back,out,solution,customer,request,extra booked,3,2026-11-30T17:00,2026-11-30T09:00,TAXI,Anne,R-1,x >in.csv
    check 0 mob-ics in.csv
    events out UID DTSTART DTEND SUMMARY DESCRIPTION |
        is 'PUBLISH|R-1@mob|2026-11-30T09:00|2026-11-30T17:00|Taxi, Anne|Taxi'
}

@test "REPORTS, mob-ics: times of all the years that there are" {
    rows R-1,Anne,TAXI,1900-01-01T00:00,1900-01-01T00:01,booked,1,,,1900-01-01T00:00:00Z, \
        R-2,Anne,TAXI,3001-02-28T23:59,9999-12-31T23:59,booked,1000000000,,,9999-12-31T23:59:59Z, >in.csv
    check 0 mob-ics in.csv
    events out DTSTAMP DTSTART DTEND SEQUENCE |
        is 'PUBLISH|1900-01-01T00:00:00Z|1900-01-01T00:00|1900-01-01T00:01|1
PUBLISH|9999-12-31T23:59:59Z|3001-02-28T23:59|9999-12-31T23:59|1000000000'
}

# ---- lines and characters ----

@test "RFC 5545: lines end in CR and LF, none is longer than 75 bytes, none is broken inside a character" {
    for name in "$(printf 'é%.0s' {1..200})" "$(printf 'aé%.0s' {1..200})" "$(printf '€%.0s' {1..200})" "$(printf 'x%.0s' {1..500})" \
        "$(printf '🚗%.0s' {1..100})" "$(printf 'a€%.0s' {1..100})" "$(printf 'b %.0s' {1..200})z" "$(printf ';%.0s' {1..300})"; do
        rows "R-1,$name,TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,1,,,," >in.csv
        check 0 mob-ics in.csv
        [ "$(grep -c . out)" = "$(grep -c $'\r$' out)" ]
        [ "$(tr -d '\r' <out | awk 'length > longest { longest = length } END { print longest }')" -le 75 ]
        # Each line by itself is UTF-8.
        LC_ALL=C.UTF-8 grep -caxv '.*' out | is 0
        events out SUMMARY | is "PUBLISH|Taxi, $name"
    done
}

@test "RFC 5545: commas, semicolons, backslashes and line ends are escaped, and read back as they were" {
    rows 'R-1,"Martin; DROP, ""A\nB"" \; C:/x",TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,1,,,,' >in.csv
    check 0 mob-ics in.csv
    unfolded <out | grep '^SUMMARY' | is 'SUMMARY:Taxi\, Martin\; DROP\, "A\\nB" \\\; C:/x'
    events out SUMMARY | is 'PUBLISH|Taxi, Martin; DROP, "A\nB" \; C:/x'
    # LF, CR and LF, CR alone: line ends all; none begins a line of the calendar.
    printf '%s\n' "$columns" $'R-1,"Anne\nEND:VEVENT\r\nSTATUS:X\rUID:X",TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,1,,,,' >in.csv
    check 0 mob-ics in.csv
    unfolded <out | grep '^SUMMARY' | is 'SUMMARY:Taxi\, Anne\nEND:VEVENT\nSTATUS:X\nUID:X'
    events out SUMMARY UID STATUS | is 'PUBLISH|Taxi, Anne/END:VEVENT/STATUS:X/UID:X|R-1@mob|CONFIRMED'
}

@test "mob-ics: what may not stand in a calendar becomes U+FFFD; a tab and marks of Arabic and Hebrew may" {
    # U+200F and U+200E stay, U+202E, which turns all that follows, and U+FFFE do not.
    rows $'R-1,\u200Fדנה\u200E A\u202EB\xef\xbf\xbeC,TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,1,,,,' >in.csv
    check 0 mob-ics in.csv
    events out SUMMARY | is $'PUBLISH|Taxi, \u200Fדנה\u200E A\uFFFD\uFFFD\uFFFDB\uFFFD\uFFFD\uFFFDC'
    rows $'R-1,A\001B\x7fC\x1b[1mD\xffE\xc3(F\tG,TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,1,,,,' >in.csv
    check 0 mob-ics in.csv
    iconv -f UTF-8 -t UTF-8 out >/dev/null
    LC_ALL=C grep -c $'[\001-\010\013\014\016-\037\177]' out | is 0
    events out SUMMARY | is $'PUBLISH|Taxi, A\uFFFDB\uFFFDC\uFFFD[1mD\uFFFDE\uFFFD(F\tG'
    # A key that is changed would be another's: such a row is rejected.
    rows "$(row $'R\xe9' booked 1)" "$(row $'R\xe8' booked 2)" "$(row R-3 booked 3)" >in.csv
    check 1 mob-ics in.csv
    says "mob-ics: in.csv:2: request: 'R\\xe9' is not printable UTF-8"
    events out UID | is 'PUBLISH|R-3@mob'
}

# ---- rows that are rejected ----

@test "mob-ics: a bad value rejects its row, the others come out" {
    rows "$(row R-1 booked 1)" R-2,Anne,TAXI,soon,2026-11-30T17:00,booked,2,,,, R-3,Anne,TAXI,2026-11-30T09:00,,booked,3,,,, \
        R-4,Anne,TAXI,2026-11-30T09:00,2026-11-30T08:59,booked,4,,,, "$(row R-5 booked '')" "$(row R-6 booked -1)" \
        'R 7,Anne,TAXI,2026-11-30T09:00,2026-11-30T17:00,booked,7,,,,' short "$(row R-8 booked 8)" >in.csv
    check 1 mob-ics --rejects rejects.csv in.csv
    cut -d: -f3,4 err | is '3: out
4: back
5: back
6: entry
7: entry
8: request
9: 1 cell where the header has 11'
    says 'mob-ics: in.csv:5: back: 2026-11-30T08:59 is before out, 2026-11-30T09:00'
    events out UID | is $'PUBLISH|R-1@mob\nPUBLISH|R-8@mob'
    mlr --icsv --onidx cut -f line rejects.csv | paste -s -d ' ' | is '3 4 5 6 7 8 9'
    check 2 mob-ics --strict in.csv
    says 'mob-ics: in.csv:3: out: '
    [ ! -s out ]
}

@test "mob-ics: what comes back in the minute in which it left is an event without an end (RFC 5545, 3.6.1)" {
    rows R-1,Anne,TAXI,2026-11-30T09:00,2026-11-30T09:00,returned,1,,,, "$(row R-2 booked 2)" >in.csv
    check 0 mob-ics in.csv
    events out UID DTSTART DTEND | is 'PUBLISH|R-1@mob|2026-11-30T09:00|-
PUBLISH|R-2@mob|2026-11-30T09:00|2026-11-30T17:00'
}

@test "mob-ics: where the highest entry is rejected, no older one takes its place" {
    rows "$(row R-1 booked 1)" R-1,Anne,TAXI,soon,2026-11-30T17:00,booked,2,,,, "$(row R-2 booked 3)" >in.csv
    check 1 mob-ics in.csv
    events out UID | is 'PUBLISH|R-2@mob'
    { rows; tail -n +2 in.csv | tac; } >turned.csv
    check 1 mob-ics turned.csv
    events out UID | is 'PUBLISH|R-2@mob'
}

@test "mob-ics: nothing is written where the input is not whole, or the output cannot be" {
    rows "$(row R-1 booked 1)" 'x"y' >in.csv
    check 2 mob-ics in.csv
    says 'mob-ics: in.csv:3: '
    [ ! -s out ]
    rows "$(row R-1 booked 1)" >in.csv
    check 2 bash -c '{ cat in.csv; echo "\"mob-list"; } | mob-ics'
    says 'the command before this one, mob-list, failed'
    [ ! -s out ]
    check 2 mob-ics </dev/null
    says 'no header: did the command before this one fail?'
    check 2 bash -c 'mob-ics in.csv >/dev/full'
    says 'mob-ics: standard output: '
    check 2 bash -c 'mob-ics in.csv >&-'
    check 2 bash -c 'mob-ics <&-'
}

# ---- --tz ----

# in_zone ZONE TIME...: an event for each TIME, an hour long, in that zone.
in_zone() {
    local zone=$1 time number=0
    shift
    for time in "$@"; do
        number=$((number + 1))
        echo "R-$number,Anne,TAXI,$time,${time%T*}T23:59,booked,$number,,,,"
    done >times
    rows "$(<times)" >in.csv
    check 0 mob-ics --tz "$zone" in.csv
}

@test "REPORTS, mob-ics: --tz: each time has the zone's name, and both calendars its VTIMEZONE" {
    rows "$(row R-1 booked 1)" "$(row R-2 cancelled 2)" >in.csv
    check 0 mob-ics --tz Europe/Paris in.csv
    grep -c '^DTSTART;TZID=Europe/Paris:20261130T090000' out | is 2
    grep -c '^DTEND;TZID=Europe/Paris:20261130T170000' out | is 2
    grep -c '^TZID:Europe/Paris' out | is 2
    sed -n '/^BEGIN:VTIMEZONE/,/^END:VTIMEZONE/p' out | head -n 16 >found
    # What holds since 1996, and no end to it.
    sed 's/$/\r/' >expected <<'ICS'
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
ICS
    same expected found
    # An event that floats has none.
    check 0 mob-ics in.csv
    grep -c TZ out | is 0
}

@test "REPORTS, mob-ics: --tz: the instants before, between and after both clock changes" {
    while IFS='|' read -r zone time instant; do
        in_zone "$zone" "$time"
        events out DTSTART | is "PUBLISH|$instant:00Z" || { echo "$zone $time"; false; }
    done <<'TABLE'
Europe/Paris|2026-03-28T12:00|2026-03-28T11:00
Europe/Paris|2026-03-29T01:59|2026-03-29T00:59
Europe/Paris|2026-03-29T03:00|2026-03-29T01:00
Europe/Paris|2026-07-14T12:00|2026-07-14T10:00
Europe/Paris|2026-10-25T01:59|2026-10-24T23:59
Europe/Paris|2026-10-25T02:30|2026-10-25T00:30
Europe/Paris|2026-10-25T03:00|2026-10-25T02:00
Europe/Paris|2026-11-30T09:00|2026-11-30T08:00
Europe/Paris|2027-03-28T03:00|2027-03-28T01:00
Europe/Paris|2027-10-31T03:00|2027-10-31T02:00
Europe/Paris|2035-07-01T09:00|2035-07-01T07:00
Europe/Paris|2037-01-01T09:00|2037-01-01T08:00
Europe/Paris|2099-07-01T09:00|2099-07-01T07:00
Australia/Sydney|2026-04-05T01:59|2026-04-04T14:59
Australia/Sydney|2026-04-05T03:00|2026-04-04T17:00
Australia/Sydney|2026-10-04T01:59|2026-10-03T15:59
Australia/Sydney|2026-10-04T03:00|2026-10-03T16:00
Australia/Sydney|2027-01-01T09:00|2026-12-31T22:00
America/New_York|2026-03-08T03:00|2026-03-08T07:00
America/New_York|2026-11-01T02:00|2026-11-01T07:00
Asia/Tokyo|2026-07-01T09:00|2026-07-01T00:00
Australia/Darwin|2026-07-01T09:30|2026-07-01T00:00
UTC|2026-07-01T09:00|2026-07-01T09:00
TABLE
}

@test "REPORTS, mob-ics: --tz: a day in every forty of ten years, as the system's zoneinfo has it" {
    for zone in Europe/Paris Europe/London Australia/Sydney America/Santiago Asia/Tokyo; do
        in_zone "$zone" $(for day in $(seq 0 39 3650); do echo "2026-01-01 $day days"; done | date -u -f - +%Y-%m-%dT12:00)
        events out DTSTART | cut -d '|' -f 2 >found
        cut -d, -f4 times | sed "s|.*|TZ=\"$zone\" &|" | date -u -f - +%Y-%m-%dT%H:%M:%SZ >expected
        [ "$(wc -l <expected)" = 94 ]
        same expected found || { echo "$zone"; false; }
    done
}

@test "REPORTS, mob-ics: --tz: a time that the clocks skip is the first that they show after it; no event ends before it starts" {
    while IFS='|' read -r zone out back written; do
        rows "R-1,Anne,TAXI,$out,$back,booked,1,,,," >in.csv
        check 0 mob-ics --tz "$zone" in.csv
        tr -d '\r' <out | sed -n 's/^DT\(START\|END\);TZID=[^:]*://p' | paste -s -d ' ' | is "$written" || { echo "$zone $out"; false; }
    done <<'TABLE'
Europe/Paris|2026-03-29T02:30|2026-03-29T03:10|20260329T030000 20260329T031000
Europe/Paris|2026-03-29T01:30|2026-03-29T02:30|20260329T013000 20260329T030000
Europe/Paris|2026-03-29T02:10|2026-03-29T02:50|20260329T030000
Europe/Paris|2026-03-29T01:59|2026-03-29T03:00|20260329T015900 20260329T030000
Europe/Paris|2026-10-25T02:10|2026-10-25T02:50|20261025T021000 20261025T025000
Europe/Paris|2061-03-27T02:30|2061-03-27T04:00|20610327T030000 20610327T040000
Europe/Paris|1911-03-10T23:51|1911-03-11T00:10|19110310T235100 19110311T001000
Asia/Tokyo|2026-03-29T02:30|2026-03-29T03:10|20260329T023000 20260329T031000
America/Sao_Paulo|2018-11-04T00:30|2018-11-04T09:00|20181104T010000 20181104T090000
TABLE
}

@test "REPORTS, mob-ics: --tz: the VTIMEZONE has each onset of the zone, and no other, as the system's zoneinfo has them" {
    # What is hardest to say: rules that changed often, whose days lie across weeks or midnight, half hours, Ramadan.
    for zone in Asia/Jerusalem America/Sao_Paulo Pacific/Easter America/St_Johns Europe/Paris Australia/Lord_Howe \
        Africa/Casablanca Africa/Cairo America/Nuuk; do
        rows R-1,Anne,TAXI,2010-01-01T00:00,2050-12-31T00:00,booked,1,,,, >in.csv
        check 0 mob-ics --tz "$zone" in.csv
        unfolded <out >unfolded
        check 0 /usr/bin/python3 - "$zone" unfolded <<'PYTHON'
import sys, zoneinfo
from datetime import datetime, timedelta, timezone
from dateutil.rrule import rrulestr

def seconds(offset):
    return int(offset[0] + '1') * (int(offset[1:3]) * 3600 + int(offset[3:5]) * 60 + int(offset[5:7] or 0))

end = datetime(2051, 12, 1)
written = set()
for line in open(sys.argv[2]):
    name, _, value = line.rstrip('\n').partition(':')
    if name == 'BEGIN':
        part = {}
    part[name] = value
    if name == 'END' and value in ('STANDARD', 'DAYLIGHT'):
        start = datetime.strptime(part['DTSTART'], '%Y%m%dT%H%M%S')
        times = rrulestr(part['RRULE'], dtstart=start).between(start, end, inc=True) if 'RRULE' in part else [start]
        assert times[0] == start, part
        before, behind = seconds(part['TZOFFSETFROM']), seconds(part['TZOFFSETTO'])
        # Where nothing but the word changes, from summer to standard, clocks go on as they did.
        if before == behind and start > datetime(2010, 1, 1):
            continue
        written |= {(time - timedelta(seconds=before), before, behind, part['TZNAME']) for time in times}

zone = zoneinfo.ZoneInfo(sys.argv[1])
at = lambda time: time.replace(tzinfo=timezone.utc).astimezone(zone)
ahead = lambda time: int(at(time).utcoffset().total_seconds())
expected, time, step = set(), datetime(2010, 1, 1), timedelta(hours=12)
while time < datetime(2050, 12, 31):
    if ahead(time) != ahead(time + step):
        low, high = time, time + step
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) // 2
            low, high = (middle, high) if ahead(middle) == ahead(low) else (low, middle)
        high = high.replace(microsecond=0)
        expected.add((high, ahead(time), ahead(high), at(high).tzname()))
    time += step
found = {onset for onset in written if datetime(2010, 1, 1) < onset[0] < datetime(2050, 12, 31)}
assert any(onset[0] <= datetime(2010, 1, 1) for onset in written), written
assert len(expected) > 10 and found == expected, sorted(found ^ expected)
PYTHON
    done
}

@test "REPORTS, mob-ics: --tz: what was in force at the first event is there, however long ago" {
    for time in 1930-01-15T12:00 1950-07-15T12:00 1985-01-15T12:00 1985-07-15T12:00 1990-10-15T12:00 2000-10-15T12:00; do
        in_zone Europe/Paris "$time"
        events out DTSTART | cut -d '|' -f 2 |
            is "$(date -u -d "TZ=\"Europe/Paris\" $time" +%Y-%m-%dT%H:%M:%SZ)" || { echo "$time"; false; }
    done
}

@test "REPORTS, mob-ics: --tz: an unknown zone is exit 2, and no name leads out of the zones" {
    rows "$(row R-1 booked 1)" >in.csv
    for zone in Europe/Lutetia europe/paris Paris '' Europe . .. / ../zoneinfo/Europe/Paris /usr/share/zoneinfo/Europe/Paris \
        /etc/localtime right/Europe/Paris zone.tab 'Europe/Paris:x' $'Europe/Paris\nX:Y' 'Europe Paris'; do
        check 2 mob-ics --tz "$zone" in.csv
        says 'mob-ics: --tz: '
        [ ! -s out ]
    done
}

# ---- in the pipeline ----

dealer() {
    cp -r "$ROOT/examples/dealer" dealer
    cd dealer
    mob-estimate requests.csv | mob-entitle -q | mob-propose | mob-avail -q >offers.csv
    mob-book -q offers.csv >confirmations.csv
}

# expected_of FILE: what the events of the example's rows must be, from its rows and catalogue, as `events` shows them.
expected_of() {
    mlr --icsv --ocsv --ofs '|' --headerless-csv-output join -j solution -f solutions.csv then sort -nf entry then put -q '
        print "PUBLISH|" . $request . "@mob|" . $entry . "|" . $out . "|" . $back . "|" . $label . ", " . $customer' "$1"
}

@test "the example's feed opens in a second program with the same events, times and titles" {
    dealer
    check 0 mob-ics confirmations.csv
    events "$T/out" UID SEQUENCE DTSTART DTEND SUMMARY >found
    expected_of confirmations.csv >expected
    [ "$(wc -l <expected)" = 15 ]
    same expected found
    # What mob-list says of them is the same, and when it was recorded.
    check 0 mob-list -q
    cp "$T/out" list.csv
    check 0 mob-ics list.csv
    events "$T/out" UID SEQUENCE DTSTART DTEND SUMMARY | same expected -
    events "$T/out" DTSTAMP | cut -d '|' -f 2 >found
    mlr --icsv --onidx cut -f recorded list.csv | same - found
    # In the summer of the advisors' zone and out of it.
    check 0 mob-ics --tz Europe/Paris list.csv
    events "$T/out" DTSTART | cut -d '|' -f 2 >found
    mlr --icsv --onidx cut -f out list.csv | sed 's|.*|TZ="Europe/Paris" &|' | date -u -f - +%Y-%m-%dT%H:%M:%SZ | same - found
}

@test "mob-book | mob-ics: documents and conditions are those that mob-book shows" {
    dealer
    check 0 mob-ics confirmations.csv
    events "$T/out" DESCRIPTION | cut -d '|' -f 2 >found
    mlr --icsv --onidx --ofs ' ' put -q '
        text = $label;
        if (!is_empty($documents)) { text .= "/" . $documents }
        if (!is_empty($conditions)) { text .= "/" . $conditions }
        if (!is_empty($resource)) { text .= "/" . $resource }
        print text' confirmations.csv >expected
    [ -s expected ]
    same expected found
}

@test "mob-list | mob-ics: a booking that is moved and called off keeps its UID, and its SEQUENCE rises" {
    dealer
    number() { mob-list -q | mlr --icsv --onidx filter '$request == "R-1045"' then cut -f entry; }
    first=$(number)
    check 0 mob-amend -q move R-1045 out=2026-12-02T10:00 back=2026-12-02T15:00
    second=$(number)
    check 0 bash -c 'set -o pipefail; mob-list -q | mob-ics'
    events "$T/out" UID SEQUENCE STATUS DTSTART | grep R-1045 | is "PUBLISH|R-1045@mob|$second|CONFIRMED|2026-12-02T10:00"
    check 0 mob-amend -q cancel R-1045
    third=$(number)
    [ "$first" -lt "$second" ]
    [ "$second" -lt "$third" ]
    check 0 bash -c 'set -o pipefail; mob-list -q --history | mob-ics'
    events "$T/out" UID SEQUENCE STATUS DTSTART | grep R-1045 | is "CANCEL|R-1045@mob|$third|CANCELLED|2026-12-02T10:00"
    # A block is no appointment.
    check 0 mob-amend -q block REPAIR-7 resource=FIAT500-2 out=2027-02-01T08:00 back=2027-02-02T18:00
    check 0 bash -c 'set -o pipefail; mob-list -q --request REPAIR-7 | mob-ics'
    events "$T/out" UID | is ''
}
