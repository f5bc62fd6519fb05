#!/usr/bin/env bats
# mob-estimate (FILTERS.md, S2): how long will the car be immobilised? Also what DATA.md says of hours, closures and jobs.
#
# 2026-11-30 is a Monday. At the site of helper.bash the reception is open 08:00-12:00 and 14:00-18:00, the workshop
# 08:00-12:00 and 13:00-17:00 (480 minutes a day), Monday to Friday.
load helper

prepare() {
    site
}

# estimates [OPTION...]: standard input is a table for `agrees`.
estimates() {
    cat >table.csv
    check 0 mob-estimate "$@" table.csv && agrees table.csv
}

# backs [OPTION...]: standard input has cases `WANTED_BACK BACK [EXPLAIN_MIN]`. *back* itself is not shown, `days` is: a stay
# that begins whole days before BACK begins so many days, and one that begins a minute earlier begins one more.
backs() {
    mlr --inidx --ifs ' ' --repifs --ocsv put -q '
        end_min = strptime($2, "%Y-%m-%dT%H:%M") // 60;
        days = (end_min - strptime($1, "%Y-%m-%dT%H:%M") // 60) // 1440 + 1;
        for (earlier in [0, 1]) {
            emit1 {"jobs": "", "labour_min": 0, "explain_min": is_absent($3) ? "" : $3,
                "wanted": strftime((end_min - days * 1440 - earlier) * 60, "%Y-%m-%dT%H:%M"),
                "wanted_back": $1, "back": $2, "=days": days + earlier};
        }' >backs.csv || return 1
    check 0 mob-estimate "$@" backs.csv && agrees backs.csv
}

# ---- labour_min, explain_min, pay_type ----

@test "S2, labour_min: the sum over the listed jobs, a repeated code counting again" {
    estimates <<'CSV'
jobs,wanted,=labour_min
OIL,2026-11-30T08:00,60
OIL BRAKES,2026-11-30T08:00,300
BRAKES OIL RECALL,2026-11-30T08:00,420
PDI PDI,2026-11-30T08:00,180
OIL PDI OIL,2026-11-30T08:00,210
CSV
}

@test "labour_min and explain_min: the row's own count only with empty jobs, and are 0 where they are empty" {
    estimates --handover 1 <<'CSV'
jobs,wanted,wanted_back,labour_min,explain_min,=labour_min,=explain_min
OIL,2026-11-30T08:00,,999,99,60,10
OIL BRAKES,2026-11-30T08:00,,0,0,300,30
,2026-11-30T08:00,,200,20,200,20
,2026-11-30T08:00,,007,08,7,8
,2026-11-30T08:00,,200,,200,1
,2026-11-30T08:00,2026-12-01T08:00,,,0,1
,2026-11-30T08:00,2026-12-01T08:00,,45,0,45
CSV
}

@test "S12, explain_min: the sum over the jobs, but at least --handover, 15 minutes by default" {
    estimates <<'CSV'
jobs,wanted,labour_min,explain_min,=explain_min
OIL,2026-11-30T08:00,,,15
OIL OIL,2026-11-30T08:00,,,20
PDI,2026-11-30T08:00,,,15
RECALL BRAKES,2026-11-30T08:00,,,50
,2026-11-30T08:00,60,14,15
,2026-11-30T08:00,60,16,16
CSV
    estimates --handover 45 <<'CSV'
jobs,wanted,=explain_min
OIL,2026-11-30T08:00,45
RECALL BRAKES,2026-11-30T08:00,50
CSV
}

@test "explain_min: cut to the longest weekday opening of the reception, with a warning" {
    # 240 minutes, morning and afternoon; the long Saturday is a date, no weekday.
    echo 'reception,2026-12-05,08:00,18:00' >>hours.csv
    estimates <<'CSV'
jobs,wanted,labour_min,explain_min,=explain_min
,2026-11-30T08:00,60,239,239
,2026-11-30T08:00,60,240,240
CSV
    is '' <"$T/err"
    estimates <<'CSV'
jobs,wanted,labour_min,explain_min,=explain_min
,2026-11-30T08:00,60,240,240
,2026-11-30T08:00,60,241,240
CSV
    says 'mob-estimate: table.csv:3: explain_min: '
    [ "$(wc -l <"$T/err")" -eq 1 ]
    # --handover is applied before the cut
    estimates --quiet --handover 300 <<'CSV'
jobs,wanted,=explain_min
OIL,2026-11-30T08:00,240
CSV
    is '' <"$T/err"
}

@test "explain_min: the longest opening is that of merged intervals, over midnight and from Sunday to Monday too" {
    local case opening longest
    for case in '
reception,mon,08:00,12:00
reception,mon,12:00,18:00 = 600' '
reception,mon,08:00,12:00
reception,mon,12:01,18:00 = 359' '
reception,mon,12:00,18:00
reception,mon,08:00,12:00 = 600' '
reception,fri,20:00,24:00
reception,sat,00:00,02:00 = 360' '
reception,sun,22:00,24:00
reception,mon,00:00,01:00 = 180' '
reception,tue,20:00,24:00
reception,wed,00:00,24:00
reception,thu,00:00,03:00 = 1860' '
reception,tue,20:00,24:00
reception,thu,00:00,03:00 = 240'; do
        opening=${case% = *} longest=${case#* = }
        printf 'area,day,open,close%s\nworkshop,mon,08:00,12:00\n' "$opening" >hours.csv
        printf 'jobs,wanted,labour_min,explain_min,=explain_min\n,2026-11-30T08:00,1,%s,%s\n,2026-11-30T08:00,1,2000,%s\n' \
            "$longest" "$longest" "$longest" >table.csv
        check 0 mob-estimate --step 1 table.csv
        agrees table.csv || { echo "$case"; return 1; }
        [ "$(grep -c 'table.csv:3: explain_min:' "$T/err")" -eq 1 ] && [ "$(wc -l <"$T/err")" -eq 1 ] || { echo "$case"; return 1; }
    done
}

@test "pay_type: kept where given, else warranty if any job is, internal if all are, else customer" {
    estimates <<'CSV'
jobs,wanted,labour_min,pay_type,=pay_type
OIL,2026-11-30T08:00,,,customer
OIL RECALL,2026-11-30T08:00,,,warranty
RECALL,2026-11-30T08:00,,,warranty
PDI RECALL,2026-11-30T08:00,,,warranty
PDI,2026-11-30T08:00,,,internal
PDI PDI,2026-11-30T08:00,,,internal
PDI OIL,2026-11-30T08:00,,,customer
,2026-11-30T08:00,60,,customer
RECALL,2026-11-30T08:00,,customer,customer
OIL,2026-11-30T08:00,,warranty,warranty
OIL,2026-11-30T08:00,,internal,internal
,2026-11-30T08:00,60,internal,internal
CSV
}

# ---- ready ----

@test "S2, ready: open workshop minutes alone count; not the lunch break, the night, the weekend" {
    # `days` from the return, the first half hour from `ready` on at which 15 minutes of reception are left.
    estimates <<'CSV'
jobs,wanted,labour_min,=ready,=days
,2026-11-30T08:00,1,2026-11-30T08:01,1
,2026-11-30T07:59,1,2026-11-30T08:01,1
,2026-11-30T00:00,1,2026-11-30T08:01,1
,2026-11-30T11:59,1,2026-11-30T12:00,1
,2026-11-30T11:59,2,2026-11-30T13:01,1
,2026-11-30T12:00,1,2026-11-30T13:01,1
,2026-11-30T12:59,1,2026-11-30T13:01,1
,2026-11-30T13:00,1,2026-11-30T13:01,1
,2026-11-30T16:59,1,2026-11-30T17:00,1
,2026-11-30T17:00,1,2026-12-01T08:01,1
,2026-11-30T23:59,1,2026-12-01T08:01,1
,2026-11-30T08:00,240,2026-11-30T12:00,1
,2026-11-30T08:00,241,2026-11-30T13:01,1
,2026-11-30T08:00,480,2026-11-30T17:00,1
,2026-11-30T08:00,481,2026-12-01T08:01,2
,2026-12-04T17:00,60,2026-12-07T09:00,3
,2026-12-05T10:00,1,2026-12-07T08:01,2
,2026-11-30T08:00,2400,2026-12-04T17:00,5
,2026-11-30T08:00,2401,2026-12-07T08:01,8
CSV
}

@test "ready: with no labour it is the start, also when the workshop is shut" {
    echo 'WASH,Car wash,0,0,customer' >>jobs.csv
    estimates <<'CSV'
jobs,wanted,wanted_back,labour_min,=ready,=days
,2026-12-06T10:00,2026-12-07T08:00,0,2026-12-06T10:00,1
,2026-12-06T10:00,2026-12-07T10:01,,2026-12-06T10:00,2
WASH,2026-12-06T10:00,,,2026-12-06T10:00,1
CSV
}

@test "ready: midnight at the end of a day is the next day's T00:00, and work goes on over midnight" {
    file hours.csv <<'CSV'
area,day,open,close
reception,tue,08:00,12:00
workshop,mon,22:00,24:00
workshop,tue,00:00,06:00
CSV
    estimates <<'CSV'
jobs,wanted,labour_min,=ready
,2026-11-30T21:00,119,2026-11-30T23:59
,2026-11-30T21:00,120,2026-12-01T00:00
,2026-11-30T21:00,121,2026-12-01T00:01
,2026-11-30T21:00,480,2026-12-01T06:00
,2026-11-30T21:00,481,2026-12-07T22:01
,2026-12-01T00:00,360,2026-12-01T06:00
CSV
}

@test "ready, DATA: leap day, year end, first and last year" {
    # 29 February 2028 is a Tuesday; there is none in 2027 and 2100, both from Friday 26 to Monday 1 March.
    estimates <<'CSV'
jobs,wanted,labour_min,=ready
,2028-02-28T08:00,481,2028-02-29T08:01
,2028-02-29T08:00,481,2028-03-01T08:01
,2027-02-26T08:00,481,2027-03-01T08:01
,2100-02-26T08:00,481,2100-03-01T08:01
,2100-03-01T08:00,481,2100-03-02T08:01
,2026-12-31T08:00,481,2027-01-01T08:01
,1900-01-01T08:00,60,1900-01-01T09:00
,9999-12-31T08:00,480,9999-12-31T17:00
CSV
    file table.csv <<'CSV'
jobs,wanted,labour_min,fault
,9999-12-31T08:00,481,wanted
,9999-12-31T17:31,1,wanted
CSV
    rejects mob-estimate table.csv
}

# ---- back and days ----

@test "back: the first half hour, not before wanted_back, at which explain_min minutes of reception are left" {
    backs <<'CASES'
2026-12-01T09:00 2026-12-01T09:00
2026-12-01T09:01 2026-12-01T09:30
2026-12-01T00:00 2026-12-01T08:00
2026-12-01T07:59 2026-12-01T08:00
2026-12-01T08:00 2026-12-01T08:00
2026-12-01T11:30 2026-12-01T11:30
2026-12-01T11:30 2026-12-01T11:30 30
2026-12-01T11:30 2026-12-01T14:00 31
2026-12-01T11:31 2026-12-01T14:00
2026-12-01T12:00 2026-12-01T14:00
2026-12-01T13:59 2026-12-01T14:00
2026-12-01T14:01 2026-12-01T14:30
2026-12-01T17:30 2026-12-01T17:30
2026-12-01T17:31 2026-12-02T08:00
2026-12-01T18:00 2026-12-02T08:00
2026-12-01T08:00 2026-12-01T08:00 240
2026-12-01T08:01 2026-12-01T14:00 240
2026-12-01T14:01 2026-12-02T08:00 240
2026-12-04T17:31 2026-12-07T08:00
2026-12-05T10:00 2026-12-07T08:00
2026-12-31T17:31 2027-01-01T08:00
2028-02-28T17:31 2028-02-29T08:00
CASES
}

@test "back: --step is the grid, counted from each midnight" {
    # With 7: 08:03 is 69 times 7 minutes, on each day anew. With 900 there are 00:00 and 15:00.
    backs --step 1 <<'CASES'
2026-12-01T07:59 2026-12-01T08:00
2026-12-01T11:45 2026-12-01T11:45
2026-12-01T11:46 2026-12-01T14:00
2026-12-01T17:45 2026-12-01T17:45
2026-12-01T17:46 2026-12-02T08:00
CASES
    backs --step 7 <<'CASES'
2026-12-01T08:00 2026-12-01T08:03
2026-12-02T00:00 2026-12-02T08:03
2026-12-01T08:04 2026-12-01T08:10
CASES
    backs --step 900 <<'CASES'
2026-12-01T08:00 2026-12-01T15:00
2026-12-01T15:01 2026-12-02T15:00
CASES
    # 1440: midnight only, at which this reception is never open
    printf 'jobs,wanted,fault\nOIL,2026-11-30T08:00,wanted\n' >table.csv
    rejects mob-estimate --step 1440 table.csv
}

@test "back: later than the start, even with nothing to do" {
    # --step 900 on a Friday at 15:00: the next point in opening hours is Monday, 15:00, three days on.
    echo 'WASH,Car wash,0,0,customer' >>jobs.csv
    estimates --step 900 <<'CSV'
jobs,wanted,=ready,=days
WASH,2026-12-04T15:00,2026-12-04T15:00,3
WASH,2026-12-03T15:00,2026-12-03T15:00,1
CSV
}

@test "back: not before the car is ready, nor before wanted_back, whichever is later" {
    # Tue 09:00 + 480 min of work = Wed 09:00, a day later to the minute; Tue 14:00 + 420 = Wed 12:00, at lunch: 14:00.
    estimates <<'CSV'
jobs,wanted,wanted_back,labour_min,=ready,=days
,2026-12-01T09:00,,480,2026-12-02T09:00,1
,2026-12-01T09:00,,481,2026-12-02T09:01,2
,2026-12-01T14:00,,420,2026-12-02T12:00,1
,2026-12-01T14:00,,421,2026-12-02T13:01,1
,2026-12-01T13:59,,420,2026-12-02T11:59,2
,2026-12-01T14:00,,480,2026-12-02T14:00,1
,2026-12-01T14:00,,481,2026-12-02T14:01,2
,2026-12-01T09:00,2026-12-01T11:00,480,2026-12-02T09:00,1
,2026-12-01T09:00,2026-12-01T11:00,481,2026-12-02T09:01,2
,2026-12-01T09:00,2026-12-03T09:00,60,2026-12-01T10:00,2
,2026-12-01T09:00,2026-12-03T09:01,60,2026-12-01T10:00,3
CSV
}

@test "DATA, hours: a reception interval goes on over midnight, as one" {
    file hours.csv <<'CSV'
area,day,open,close
reception,fri,20:00,24:00
reception,sat,00:00,02:00
workshop,mon,08:00,12:00
CSV
    backs <<'CASES'
2026-12-04T19:00 2026-12-04T20:00 60
2026-12-04T23:30 2026-12-04T23:30 60
2026-12-04T23:31 2026-12-05T00:00 60
2026-12-05T01:00 2026-12-05T01:00 60
2026-12-05T01:01 2026-12-11T20:00 60
2026-12-04T20:00 2026-12-04T20:00 360
2026-12-04T20:01 2026-12-11T20:00 360
CASES
    # Only the date of the return itself must not be shut.
    printf 'from,until,closes,reason\n2026-12-05,2026-12-05,,Shut\n2026-12-11,2026-12-11,,Shut\n' >closures.csv
    backs <<'CASES'
2026-12-04T23:30 2026-12-04T23:30 60
2026-12-04T23:31 2026-12-12T00:00 60
CASES
    # A date's rows take the place of Saturday's: half an hour of it is left, or none.
    rm closures.csv
    printf 'reception,2026-12-05,00:00,00:30\nreception,2026-12-12,,\n' >>hours.csv
    backs <<'CASES'
2026-12-04T23:30 2026-12-04T23:30 60
2026-12-04T23:31 2026-12-11T20:00 60
2026-12-11T23:01 2026-12-18T20:00 60
CASES
}

@test "DATA, hours: one minute between two intervals parts them, at noon and at midnight" {
    file hours.csv <<'CSV'
area,day,open,close
reception,tue,08:00,12:00
reception,tue,12:00,14:00
reception,wed,08:00,12:00
reception,wed,12:01,14:00
reception,fri,20:00,24:00
reception,sat,00:01,02:00
workshop,mon,08:00,12:00
CSV
    backs <<'CASES'
2026-12-01T11:30 2026-12-01T11:30 60
2026-12-02T11:30 2026-12-02T12:30 60
2026-12-04T23:00 2026-12-04T23:00 60
2026-12-04T23:01 2026-12-05T00:30 60
CASES
}

@test "DATA: 24:00 as a closing time; open day and night, at the year's end too" {
    file hours.csv <<'CSV'
area,day,open,close
reception,mon,22:00,24:00
workshop,mon,08:00,12:00
CSV
    backs --step 1 <<'CASES'
2026-11-30T23:45 2026-11-30T23:45
2026-11-30T23:46 2026-12-07T22:00
CASES
    { echo area,day,open,close; printf 'reception,%s,00:00,24:00\nworkshop,%s,00:00,24:00\n' {mon,mon,tue,tue,wed,wed,thu,thu,fri,fri,sat,sat,sun,sun}; } >hours.csv
    backs --step 1 <<'CASES'
2026-11-30T23:59 2026-11-30T23:59 600
2026-12-01T00:00 2026-12-01T00:00 600
2026-12-06T23:59 2026-12-06T23:59 600
2026-12-31T23:59 2026-12-31T23:59 600
2028-02-29T23:59 2028-02-29T23:59 600
CASES
}

@test "DATA: wall-clock minutes, whatever TZ says, also on the nights when the clocks change" {
    { echo area,day,open,close; printf 'reception,%s,00:00,24:00\nworkshop,%s,00:00,24:00\n' {mon,mon,tue,tue,wed,wed,thu,thu,fri,fri,sat,sat,sun,sun}; } >hours.csv
    # In Paris 25 October 2026 has 25 hours, 28 March 2027 has 23 and no 02:30.
    for zone in UTC Europe/Paris America/New_York Asia/Kolkata; do
        TZ=$zone estimates <<'CSV'
jobs,wanted,wanted_back,labour_min,=ready,=days
,2026-10-24T23:00,,600,2026-10-25T09:00,1
,2027-03-27T23:00,,600,2027-03-28T09:00,1
,2027-03-28T02:30,,60,2027-03-28T03:30,1
,2027-03-28T01:30,,60,2027-03-28T02:30,1
,2026-10-24T09:00,2026-10-25T09:00,0,2026-10-24T09:00,1
,2026-10-24T09:00,2026-10-25T09:01,0,2026-10-24T09:00,2
,2027-03-27T09:00,2027-03-28T09:00,0,2027-03-27T09:00,1
CSV
    done
}

@test "ready and back: at most 366 days after the start, to the minute" {
    # 366 days after 2026-11-30 is 2027-12-01, the only day on which this site is open.
    file hours.csv <<'CSV'
area,day,open,close
reception,2027-12-01,09:00,12:00
workshop,2027-12-01,08:00,12:00
CSV
    estimates <<'CSV'
jobs,wanted,wanted_back,labour_min,=ready,=days
,2026-11-30T09:00,,60,2027-12-01T09:00,366
,2026-11-30T09:00,2027-12-01T09:00,0,2026-11-30T09:00,366
,2026-11-30T09:30,2027-12-01T09:30,0,2026-11-30T09:30,366
CSV
    file table.csv <<'CSV'
jobs,wanted,wanted_back,labour_min,fault
,2026-11-30T08:59,,60,wanted
,2026-11-30T09:00,,61,wanted
,2026-11-30T09:00,,1000000000,wanted
,2026-11-30T09:00,2027-12-01T09:01,0,wanted
,2026-11-30T09:00,2028-11-30T09:00,0,wanted
,2026-11-30T09:00,9999-12-31T23:59,0,wanted
CSV
    rejects mob-estimate table.csv
}

# ---- a date's own rows; closures ----

@test "DATA, hours: a date's rows replace the weekday's, for that area alone" {
    # Tue 8 December: reception one hour. Wed 9: no workshop. Thu 10: no reception. Sun 13: both open.
    cat >>hours.csv <<'CSV'
reception,2026-12-08,10:00,11:00
workshop,2026-12-09,,
reception,2026-12-10,,
reception,2026-12-13,10:00,12:00
workshop,2026-12-13,10:00,11:00
workshop,2026-12-13,13:00,14:00
CSV
    backs <<'CASES'
2026-12-08T08:00 2026-12-08T10:00
2026-12-08T10:31 2026-12-09T08:00
2026-12-10T08:00 2026-12-11T08:00
2026-12-11T17:31 2026-12-13T10:00
2026-12-13T11:31 2026-12-14T08:00
CASES
    estimates <<'CSV'
jobs,wanted,labour_min,=ready
,2026-12-08T08:00,480,2026-12-08T17:00
,2026-12-08T08:00,481,2026-12-10T08:01
,2026-12-11T17:00,60,2026-12-13T11:00
,2026-12-11T17:00,61,2026-12-13T13:01
,2026-12-11T17:00,120,2026-12-13T14:00
,2026-12-11T17:00,121,2026-12-14T08:01
CSV
}

@test "DATA, closures: both dates included; what is shut is what closes lists, or everything" {
    file closures.csv <<'CSV'
from,until,closes,reason
2026-12-01,2026-12-02,,Stocktaking
2026-12-08,2026-12-08,workshop,Lifts are checked
2026-12-15,2026-12-15,return,No returns
2026-12-22,2026-12-22,departure prep,Open for returns
2026-12-29,2026-12-29,workshop return,Both
CSV
    # A stay runs across a closure, and its days count.
    estimates <<'CSV'
jobs,wanted,labour_min,=ready,=days
,2026-11-30T08:00,481,2026-12-03T08:01,4
,2026-12-01T08:00,1,2026-12-03T08:01,3
,2026-12-07T08:00,481,2026-12-09T08:01,3
,2026-12-14T08:00,481,2026-12-15T08:01,2
,2026-12-14T07:59,481,2026-12-15T08:01,3
,2026-12-21T08:00,481,2026-12-22T08:01,2
,2026-12-28T08:00,481,2026-12-30T08:01,3
CSV
    backs <<'CASES'
2026-11-30T17:30 2026-11-30T17:30
2026-11-30T17:31 2026-12-03T08:00
2026-12-02T17:00 2026-12-03T08:00
2026-12-08T09:00 2026-12-08T09:00
2026-12-15T09:00 2026-12-16T08:00
2026-12-22T09:00 2026-12-22T09:00
2026-12-29T09:00 2026-12-30T08:00
CASES
}

@test "DATA, closures: no column closes shuts everything; an empty end is open" {
    file closures.csv <<'CSV'
from,until,reason
,2026-12-01,Before we opened
2026-12-08,,We move
CSV
    estimates <<'CSV'
jobs,wanted,labour_min,=ready
,2026-11-30T08:00,1,2026-12-02T08:01
,2026-12-04T08:00,960,2026-12-07T17:00
CSV
    file table.csv <<'CSV'
jobs,wanted,wanted_back,labour_min,fault
,2026-12-07T08:00,,481,wanted
,2026-12-07T08:00,2026-12-07T17:31,,wanted
CSV
    rejects mob-estimate table.csv
}

@test "DATA, closures: overlapping and touching ones add up" {
    file closures.csv <<'CSV'
from,until,closes,reason
2026-12-03,2026-12-03,,Third
2026-12-01,2026-12-04,workshop,Long
2026-12-01,2026-12-02,,First
2026-12-02,2026-12-02,return,Within
CSV
    backs <<'CASES'
2026-12-01T08:00 2026-12-04T08:00
CASES
    estimates <<'CSV'
jobs,wanted,labour_min,=ready
,2026-12-01T08:00,1,2026-12-07T08:01
CSV
}

@test "DATA, closures: one that names nothing is lifted, area by area, where hours.csv has that date" {
    # Thu 24 December to Sun 3 January; the workshop works two hours on the 29th, the reception opens on the 30th.
    file closures.csv <<'CSV'
from,until,closes,reason
2026-12-24,2027-01-03,,Christmas
CSV
    cat >>hours.csv <<'CSV'
workshop,2026-12-29,08:00,10:00
reception,2026-12-30,09:00,12:00
CSV
    estimates <<'CSV'
jobs,wanted,labour_min,=ready,=days
,2026-12-23T08:00,480,2026-12-23T17:00,1
,2026-12-23T08:00,481,2026-12-29T08:01,8
,2026-12-23T08:00,600,2026-12-29T10:00,8
,2026-12-23T08:00,601,2027-01-04T08:01,13
CSV
    backs <<'CASES'
2026-12-24T08:00 2026-12-30T09:00
2026-12-30T12:00 2027-01-04T08:00
CASES
}

@test "DATA, closures: one that names what it shuts stands against a date's own rows" {
    # 10 February: workshop and returns are named. 10 March: a closure of all is lifted, one of returns is not.
    file closures.csv <<'CSV'
from,until,closes,reason
2027-02-10,2027-02-10,workshop return,Named
2027-03-10,2027-03-10,,Lifted
2027-03-10,2027-03-10,return,Named
CSV
    cat >>hours.csv <<'CSV'
reception,2027-02-10,09:00,12:00
workshop,2027-02-10,09:00,12:00
reception,2027-03-10,09:00,12:00
workshop,2027-03-10,09:00,12:00
CSV
    estimates <<'CSV'
jobs,wanted,labour_min,=ready
,2027-02-09T17:00,1,2027-02-11T08:01
,2027-03-09T17:00,1,2027-03-10T09:01
CSV
    backs <<'CASES'
2027-02-10T08:00 2027-02-11T08:00
2027-03-10T08:00 2027-03-11T08:00
CASES
}

# ---- rejected rows ----

@test "rejected: unknown jobs, bad lists, nothing to estimate from, wanted_back not after wanted" {
    file table.csv <<'CSV'
jobs,wanted,wanted_back,labour_min,fault
OILS,2026-11-30T08:00,,,jobs
oil,2026-11-30T08:00,,,jobs
OIL OILS,2026-11-30T08:00,,,jobs
OIL  BRAKES,2026-11-30T08:00,,,jobs
 OIL,2026-11-30T08:00,,,jobs
OIL ,2026-11-30T08:00,,,jobs
"OIL,BRAKES",2026-11-30T08:00,,,jobs
OIL	BRAKES,2026-11-30T08:00,,,jobs
,2026-11-30T08:00,,,jobs
,2026-11-30T08:00,,0,jobs
OIL,2026-11-30T08:00,2026-11-30T08:00,,wanted_back
OIL,2026-11-30T08:00,2026-11-30T07:59,,wanted_back
OIL,2026-11-30T08:00,1900-01-01T00:00,,wanted_back
CSV
    rejects mob-estimate table.csv
    says "mob-estimate: table.csv:2: jobs: job 'OILS' is not in jobs.csv"
    estimates <<'CSV'
jobs,wanted,wanted_back,=days
OIL,2026-11-30T08:00,2026-11-30T08:01,1
CSV
}

@test "rejected: more than 10^9 minutes in all; nothing wraps around" {
    printf 'WORK,,1000000000,0,customer\nTALK,,1,1000000000,customer\n' >>jobs.csv
    file table.csv <<'CSV'
jobs,wanted,fault
WORK WORK,2026-11-30T08:00,jobs
WORK WORK WORK WORK WORK,2026-11-30T08:00,jobs
TALK OIL,2026-11-30T08:00,jobs
WORK,2026-11-30T08:00,wanted
CSV
    rejects mob-estimate table.csv
    estimates -q <<'CSV'
jobs,wanted,=labour_min,=explain_min
TALK,2026-11-30T08:00,1,240
CSV
}

@test "DATA: what is not a date-time, a number, a pay type rejects the row, also where it would be overwritten" {
    file table.csv <<'CSV'
jobs,wanted,wanted_back,pay_type,labour_min,explain_min,fault
OIL,,,,,,wanted
OIL,2026-11-30,,,,,wanted
OIL,2026-11-30 08:00,,,,,wanted
OIL,2026-11-30T8:00,,,,,wanted
OIL,2026-11-30T24:00,,,,,wanted
OIL,2026-11-30T08:60,,,,,wanted
OIL,2026-11-30T08:00:00,,,,,wanted
OIL,2026-11-30T08:00Z,,,,,wanted
OIL,2026-11-30t08:00,,,,,wanted
OIL, 2026-11-30T08:00,,,,,wanted
OIL,2026-11-31T08:00,,,,,wanted
OIL,2026-13-01T08:00,,,,,wanted
OIL,2026-00-10T08:00,,,,,wanted
OIL,2026-01-00T08:00,,,,,wanted
OIL,2027-02-29T08:00,,,,,wanted
OIL,2100-02-29T08:00,,,,,wanted
OIL,1899-12-31T08:00,,,,,wanted
OIL,0000-01-01T08:00,,,,,wanted
OIL,10000-01-01T08:00,,,,,wanted
OIL,30/11/2026,,,,,wanted
OIL,2026-11-30T08:00,tomorrow,,,,wanted_back
OIL,2026-11-30T08:00,2027-02-29T08:00,,,,wanted_back
OIL,2026-11-30T08:00,,cash,,,pay_type
OIL,2026-11-30T08:00,,Warranty,,,pay_type
OIL,2026-11-30T08:00,,,-1,,labour_min
OIL,2026-11-30T08:00,,,1.5,,labour_min
OIL,2026-11-30T08:00,,,1h,,labour_min
OIL,2026-11-30T08:00,,,+1,,labour_min
OIL,2026-11-30T08:00,,,0x10,,labour_min
OIL,2026-11-30T08:00,,,1000000001,,labour_min
OIL,2026-11-30T08:00,,,18446744073709551617,,labour_min
OIL,2026-11-30T08:00,,,,-1,explain_min
OIL,2026-11-30T08:00,,,,1000000001,explain_min
OIL,2026-11-30T08:00,,,, 5,explain_min
CSV
    rejects mob-estimate table.csv
    # 2000 and 2028 have a 29 February, a Tuesday each.
    estimates <<'CSV'
jobs,wanted,=ready
OIL,2000-02-29T08:00,2000-02-29T09:00
OIL,2028-02-29T08:00,2028-02-29T09:00
CSV
}

@test "exit 2: a needed column that is missing, with the names that are there and the one probably meant" {
    printf 'jobs,wnted,note\nOIL,2026-11-30T08:00,x\n' >r.csv
    check 2 mob-estimate r.csv
    is '' <"$T/out"
    says "mob-estimate: r.csv:1: wanted: "
    says "'jobs' 'wnted' 'note'"
    says "was 'wnted' meant?"
    printf 'job,wanted\nOIL,2026-11-30T08:00\n' >r.csv
    check 2 mob-estimate r.csv
    says "mob-estimate: r.csv:1: jobs: "
}

@test "exit 2: --step and --handover take 1 to 1440" {
    printf 'jobs,wanted\nOIL,2026-11-30T08:00\n' >r.csv
    local option value
    for option in --step --handover; do
        for value in 0 1441 -1 x 1.5 '' 15m; do
            check 2 mob-estimate "$option=$value" r.csv
            is '' <"$T/out"
        done
    done
    check 0 mob-estimate --handover=1 --step=1 r.csv
    check 0 mob-estimate --quiet --handover=1440 r.csv
    cells explain_min | is 240
}

# ---- rows in, rows out ----

@test "columns: input's first, untouched and in order; those that are there are overwritten in place, the others come last" {
    check 0 mob-estimate - <<'CSV'
days,note,jobs,ready,labour_min,wanted
x,a,OIL,,7,2026-11-30T08:00
,b,RECALL,nonsense,,2026-11-30T08:00
CSV
    file expected <<'CSV'
days,note,jobs,ready,labour_min,wanted,explain_min,pay_type
1,a,OIL,2026-11-30T09:00,60,2026-11-30T08:00,15,customer
1,b,RECALL,2026-11-30T10:00,120,2026-11-30T08:00,30,warranty
CSV
    same expected "$T/out"
    printf 'wanted,jobs\n' | check 0 mob-estimate
    is 'wanted,jobs,labour_min,explain_min,pay_type,ready,days' <"$T/out"
}

@test "columns: the others pass through byte for byte" {
    local added=60,15,customer,2026-11-30T09:00,1
    {
        printf 'caf\xc3\xa9,jobs, wanted,wanted,"a,b"\n'
        printf ' lead and trail ,OIL,2026,2026-11-30T08:00,"x, y"\n'
        printf '"say ""hello""",OIL,,2026-11-30T08:00,\xff\xfe \xe9\n'
        printf '"two\nlines",OIL,"cr\r\nlf",2026-11-30T08:00,\ttab\n'
        printf '=1+1,OIL,007,2026-11-30T08:00,1.50\n'
    } >r.csv
    check 0 mob-estimate r.csv
    sed -e '1s/$/,labour_min,explain_min,pay_type,ready,days/' -e "2,3s/\$/,$added/" -e "6,7s/\$/,$added/" r.csv >expected
    same expected "$T/out"
    # CR LF ends become LF, and a cell loses the quotes that it did not need.
    printf 'jobs,wanted,note\r\n"OIL","2026-11-30T08:00","plain"\r\n' | check 0 mob-estimate
    printf 'jobs,wanted,note,labour_min,explain_min,pay_type,ready,days\nOIL,2026-11-30T08:00,plain,%s\n' "$added" >expected
    same expected "$T/out"
}

@test "again: on its own output, with the same files, the same bytes" {
    file r.csv <<'CSV'
request,jobs,wanted,wanted_back,pay_type,labour_min,explain_min,note
R-1,OIL RECALL,2026-11-30T08:00,,,,,"a, b"
R-2,,2026-11-30T08:00,2026-12-03T09:00,,,,
R-3,,2026-12-04T16:45,,internal,480,300,
R-4,PDI PDI,2026-12-05T09:00,2026-12-05T09:01,,7,7,
R-5,GONE,2026-12-05T09:00,,,,,
R-6,BRAKES,2026-12-31T11:00,,customer,,,
CSV
    local options
    for options in '' '--step 7' '--handover 60' '--step 900 --handover 300'; do
        check 1 mob-estimate $options r.csv
        cp "$T/out" once.csv
        check 0 mob-estimate $options once.csv
        same once.csv "$T/out"
    done
    check 0 mob-estimate --site "$ROOT/examples/dealer" "$ROOT/examples/dealer/requests.csv"
    cp "$T/out" once.csv
    check 0 mob-estimate --site "$ROOT/examples/dealer" once.csv
    same once.csv "$T/out"
}

# ---- the site's files ----

@test "DATA: columns by name in any order, others ignored; BOM, CR LF and blank lines" {
    printf 'jobs,wanted\nOIL BRAKES,2026-11-30T08:00\nRECALL,2026-12-04T16:30\n' >r.csv
    printf 'from,until,closes,reason\n2026-12-07,2026-12-07,workshop,Shut\n' >closures.csv
    check 0 mob-estimate r.csv
    cp "$T/out" expected
    for name in hours jobs closures; do
        mlr --icsv --ocsv put '$remark = "x"' then reorder -e -f area,job,from "$name.csv" >"$name.new"
        { printf '\xef\xbb\xbf\r\n'; sed -e 's/$/\r/' -e '2s/$/\n\r/' "$name.new"; } >"$name.csv"
    done
    check 0 mob-estimate r.csv
    same expected "$T/out"
}

@test "DATA: jobs and closures are optional, hours is not; other files are not read" {
    printf 'jobs,wanted,labour_min\n,2026-11-30T08:00,60\n' >r.csv
    printf 'from,until,closes,reason\n' >closures.csv
    for name in solutions fleet legs programmes benefits coverage calendar; do printf '"' >"$name.csv"; done
    check 0 mob-estimate r.csv
    cp "$T/out" expected
    rm jobs.csv closures.csv
    check 0 mob-estimate r.csv
    same expected "$T/out"
    printf 'jobs,wanted,fault\nOIL,2026-11-30T08:00,jobs\n' >table.csv
    rejects mob-estimate table.csv
    rm hours.csv
    check 2 mob-estimate r.csv
    is '' <"$T/out"
    says 'hours.csv'
}

@test "DATA: --site, MOB_SITE, and --hours, --closures, --jobs for one file" {
    mkdir elsewhere here
    printf 'from,until,closes,reason\n2026-11-30,2026-11-30,,Shut\n' >closures.csv
    mv ./*.csv elsewhere
    printf 'jobs,wanted\nOIL,2026-11-30T08:00\n' >r.csv
    check 2 mob-estimate r.csv
    check 0 mob-estimate --site elsewhere r.csv
    cells ready | is 2026-12-01T09:00
    check 0 env MOB_SITE=elsewhere mob-estimate r.csv
    cells ready | is 2026-12-01T09:00
    check 0 env MOB_SITE=here mob-estimate --site elsewhere r.csv
    cells ready | is 2026-12-01T09:00
    head -1 elsewhere/closures.csv >none.csv
    check 0 mob-estimate --site elsewhere --closures none.csv r.csv
    cells ready | is 2026-11-30T09:00
    printf 'job,label,labour_min,explain_min,pay_type\nOIL,,61,0,customer\n' >more.csv
    check 0 mob-estimate --site elsewhere --jobs more.csv r.csv
    cells ready | is 2026-12-01T09:01
    printf 'area,day,open,close\nreception,wed,08:00,12:00\nworkshop,wed,07:00,12:00\n' >wed.csv
    check 0 mob-estimate --site elsewhere --hours wed.csv r.csv
    cells ready | is 2026-12-02T08:00
}

@test "DATA, exit 2: faults of hours.csv are named by file, line and column" {
    printf 'jobs,wanted\nOIL,2026-11-30T08:00\n' >r.csv
    printf 'reception,2026-12-08,08:00,12:00\nworkshop,2026-12-08,,\n' >>hours.csv # lines 22 and 23
    refuses mob-estimate r.csv <<'CASES'
hours.csv|1s/area/region/|1|area
hours.csv|1s/day/date/|1|day
hours.csv|1s/open/from/|1|open
hours.csv|1s/,close//|1|close
hours.csv|1s/close/open/|1|
hours.csv|2s/reception/lobby/|2|area
hours.csv|2s/reception/Reception/|2|area
hours.csv|2s/reception//|2|area
hours.csv|3s/mon/Mon/|3|day
hours.csv|3s/mon/monday/|3|day
hours.csv|3s/mon//|3|day
hours.csv|3s/mon/2027-02-29/|3|day
hours.csv|3s/mon/2026-1-1/|3|day
hours.csv|4s/08:00/8:00/|4|open
hours.csv|4s/08:00/08:60/|4|open
hours.csv|4s/08:00/08:00:00/|4|open
hours.csv|4s/08:00/0800/|4|open
hours.csv|4s/08:00/ 08:00/|4|open
hours.csv|5s/14:00,18:00/24:00,24:00/|5|open
hours.csv|4s/12:00/24:01/|4|close
hours.csv|4s/12:00/25:00/|4|close
hours.csv|4s/12:00/12h00/|4|close
hours.csv|4s/12:00/08:00/|4|close
hours.csv|4s/12:00/07:59/|4|close
hours.csv|4s/12:00/00:00/|4|close
hours.csv|4s/08:00//|4|open
hours.csv|4s/12:00//|4|close
hours.csv|23a reception,mon,11:59,12:30|24|open
hours.csv|23a reception,mon,09:00,10:00|24|open
hours.csv|23a reception,mon,07:00,19:00|24|open
hours.csv|23a reception,mon,14:00,18:00|24|open
hours.csv|23a reception,2026-12-08,11:59,13:00|24|open
hours.csv|4s/$/,/|4|
hours.csv|4s/,12:00//|4|
hours.csv|4s/08:00/"08:00/|4|
CASES
    # A shut day has no other row, whichever comes first, and of two that shut it the second is wrong; and both areas need
    # one.
    refuses mob-estimate r.csv <<'CASES'
hours.csv|23a workshop,2026-12-08,08:00,12:00|23|open
hours.csv|22a reception,2026-12-08,,|23|open
hours.csv|23a workshop,2026-12-08,,|24|open
hours.csv|/^reception/d||area
hours.csv|/^workshop/d||area
hours.csv|1,$d||
CASES
    printf 'reception,mon,12:00,14:00\nworkshop,2026-12-09,08:00,12:00\nprep,sun,00:00,24:00\n' >>hours.csv
    check 0 mob-estimate r.csv
}

@test "DATA, exit 2: faults of closures.csv and jobs.csv are named by file, line and column" {
    printf 'jobs,wanted\nOIL,2026-11-30T08:00\n' >r.csv
    printf 'from,until,closes,reason\n2026-12-24,2026-12-26,,Christmas\n2027-01-01,2027-01-01,workshop prep,New Year\n' >closures.csv
    refuses mob-estimate r.csv <<'CASES'
closures.csv|1s/from/begin/|1|from
closures.csv|1s/until/to/|1|until
closures.csv|1s/reason/why/|1|reason
closures.csv|2s/2026-12-24/24.12.2026/|2|from
closures.csv|2s/2026-12-24/2026-12-24T00:00/|2|from
closures.csv|2s/2026-12-26/2026-12-32/|2|until
closures.csv|2s/2026-12-26/2027-02-29/|2|until
closures.csv|3s/workshop/reception/|3|closes
closures.csv|3s/workshop/Workshop/|3|closes
closures.csv|3s/workshop prep/workshop  prep/|3|closes
closures.csv|3s/workshop prep/"workshop,prep"/|3|closes
closures.csv|3s/,New Year//|3|
jobs.csv|1s/job/code/|1|job
jobs.csv|1s/label/name/|1|label
jobs.csv|1s/labour_min/minutes/|1|labour_min
jobs.csv|1s/explain_min/talk/|1|explain_min
jobs.csv|1s/pay_type/payer/|1|pay_type
jobs.csv|3s/BRAKES/OIL/|3|job
jobs.csv|3s/BRAKES//|3|job
jobs.csv|3s/BRAKES/BRAKE PADS/|3|job
jobs.csv|3s/BRAKES/BRAKES\t/|3|job
jobs.csv|3s/240//|3|labour_min
jobs.csv|3s/240/-240/|3|labour_min
jobs.csv|3s/240/1.5/|3|labour_min
jobs.csv|3s/240/4h/|3|labour_min
jobs.csv|3s/240/1000000001/|3|labour_min
jobs.csv|3s/,20,/,,/|3|explain_min
jobs.csv|3s/,20,/,x,/|3|explain_min
jobs.csv|3s/customer/Customer/|3|pay_type
jobs.csv|3s/customer//|3|pay_type
jobs.csv|3s/$/,/|3|
CASES
    check 0 mob-estimate r.csv
}

@test "DATA, exit 2: a near miss in a site file's header is named" {
    printf 'jobs,wanted\nOIL,2026-11-30T08:00\n' >r.csv
    sed -i '1s/labour_min/labor_min/' jobs.csv
    check 2 mob-estimate r.csv
    is '' <"$T/out"
    says "jobs.csv:1: labour_min: "
    says "was 'labor_min' meant?"
}
