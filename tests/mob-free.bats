#!/usr/bin/env bats
# mob-free: the longest windows in which a resource is usable, in service and occupied by nothing (REPORTS.md).
load helper
load seal
load ledger
load reports

prepare() {
    site
    export MOB_NOW=2026-11-30T10:00
}

# free OPTION...: the windows of CAR-1 on 2026-11-30 from 08:00 on, as `08:00-09:30 …`, minutes checked on the way.
free() {
    check 0 mob-free -q --from 2026-11-30T08:00 --until 2026-11-30T20:00 "$@" || return
    mlr --icsv --onidx filter '$resource == "CAR-1"' then put -q '
        if (strptime($until, "%Y-%m-%dT%H:%M") - strptime($from, "%Y-%m-%dT%H:%M") != 60 * $minutes) {
            print "minutes"
        }
        print sub($from, "2026-11-30T", "") . "-" . sub($until, "2026-11-30T", "")' "$T/out" | xargs
}

# on HOURS [NAME=VALUE...]: the row of a booking of CAR-1 on that day from 09:00-10:30, say.
on() {
    row resource=CAR-1 out=2026-11-30T"${1%-*}" back=2026-11-30T"${1#*-}" "${@:2}"
}

@test "windows lie between what occupies, cut at the range; touching rows leave none between them" {
    {
        on 09:00-10:30
        on 10:30-12:00 request=R-2 entry=2
        on 11:00-11:30 request=R-3 entry=3
        on 12:01-13:00 request=R-4 entry=4
        on 19:00-23:00 request=R-5 entry=5
    } | made
    free | is '08:00-09:00 12:00-12:01 13:00-19:00'
    check 0 mob-free -q --from 2026-11-30T08:00 --until 2026-11-30T20:00 --pool CARS
    same "$T/out" - <<'CSV'
resource,pool,from,until,minutes
CAR-1,CARS,2026-11-30T08:00,2026-11-30T09:00,60
CAR-1,CARS,2026-11-30T12:00,2026-11-30T12:01,1
CAR-1,CARS,2026-11-30T13:00,2026-11-30T19:00,360
CAR-2,CARS,2026-11-30T08:00,2026-11-30T20:00,720
CSV
}

# `cancelled` rows with a resource, which mob-amend never writes: it is the status that is asked.
@test "what occupies: the statuses, of a request the highest entry; what is cancelled or expired does not" {
    while read -r status wanted; do
        { on 09:00-10:00 entry=1; on 11:00-12:00 entry=2 $status; } | made
        free | is "$wanted"
    done <<'TABLE'
status=booked 08:00-11:00 12:00-20:00
status=blocked 08:00-11:00 12:00-20:00
status=returned 08:00-11:00 12:00-20:00
status=away 08:00-11:00 12:00-20:00
status=option 08:00-11:00 12:00-20:00
status=cancelled 08:00-20:00
status=no-show 08:00-20:00
TABLE
    on 11:00-12:00 status=option expires=2026-11-30T10:01 | made
    free | is '08:00-11:00 12:00-20:00'
    on 11:00-12:00 status=option expires=2026-11-30T10:00 | made
    free | is '08:00-20:00'
    free --now 2026-11-30T09:59 | is '08:00-11:00 12:00-20:00'
}

@test "an overdue car is gone to now + late_days + after_min, its other rows as written" {
    printf '%s\n' resource,pool,label,after_min,late_days CAR-1,CARS,one,45,0 CAR-2,CARS,two,45, ADV-1,ADVISORS,Anne,45,0 >fleet.csv
    {
        on 08:30-09:30 status=away leg=1/2
        on 08:30-09:30 status=away leg=2/2 resource=ADV-1 span=start busy_until=2026-11-30T08:40
    } | made
    free --now 2026-11-30T09:29 | is '08:00-08:30 09:30-20:00'
    free --now 2026-11-30T09:30 | is '08:00-08:30 10:15-20:00'
    free --now 2026-11-30T12:00 | is '08:00-08:30 12:45-20:00'
    check 0 mob-free -q --pool ADVISORS --from 2026-11-30 --until 2026-11-30
    cells from | is $'2026-11-30T00:00\n2026-11-30T08:40'
    # Seven days where the fleet does not say.
    on 08:30-09:30 status=away resource=CAR-2 | made
    check 0 mob-free -q --pool CARS --from 2026-11-30T08:30
    cells resource from | is $'CAR-1|2026-11-30T08:30\nCAR-2|2026-12-07T10:45'
}

@test "an overdue car is cleaned in the open minutes of prep, where there are any" {
    printf '%s\n' resource,pool,label,after_min,late_days CAR-1,CARS,one,45,0 >fleet.csv
    printf 'prep,mon,08:00,10:15\nprep,mon,14:00,15:00\n' >>hours.csv
    on 08:30-09:30 status=away | made
    free | is '08:00-08:30 14:30-20:00'
    printf '%s\n' from,until,closes,reason 2026-11-30,2026-11-30,prep, >closures.csv
    check 0 mob-free -q --from 2026-11-30
    cells from | is $'2026-11-30T00:00\n2026-12-07T08:45'
}

@test "usable: status as it is today; in service: from and until, both included; never free: no row" {
    file fleet.csv <<'CSV'
resource,pool,label,status,from,until
C-1,B,,ready,,
C-2,A,,,2026-12-02,2026-12-03
C-3,B,,workshop,,
C-4,A,,,,2026-11-30
C-5,A,,,2026-12-04,
C-6,A,,READY,,
CSV
    check 0 mob-free --from 2026-12-01 --until 2026-12-03
    same "$T/out" - <<'CSV'
resource,pool,from,until,minutes
C-1,B,2026-12-01T00:00,2026-12-04T00:00,4320
C-2,A,2026-12-02T00:00,2026-12-04T00:00,2880
CSV
    row resource=C-1 out=2026-11-30T09:00 back=2026-12-05T09:00 | made
    check 0 mob-free -q --from 2026-12-01 --until 2026-12-03
    cells resource | is C-2
    check 0 mob-free -q --from 2026-12-01 --until 2026-12-03 --pool B
    is resource,pool,from,until,minutes <"$T/out"
}

@test "the range: now and 30 days; a date-time, or a date, whose last minute is in it" {
    while read -r options from until; do
        check 0 mob-free -q --pool ADVISORS ${options//_/ }
        cells from until | is "$from|$until"
    done <<'TABLE'
-q 2026-11-30T10:00 2026-12-30T10:00
--now_2026-12-01T07:07 2026-12-01T07:07 2026-12-31T07:07
--from_2026-12-24 2026-12-24T00:00 2027-01-23T00:00
--from_2026-12-24T12:34 2026-12-24T12:34 2027-01-23T12:34
--until_2026-11-30 2026-11-30T10:00 2026-12-01T00:00
--until_2026-11-30T10:01 2026-11-30T10:00 2026-11-30T10:01
--from_2026-12-24_--until_2026-12-24 2026-12-24T00:00 2026-12-25T00:00
--from_2028-02-28_--until_2028-02-29T00:00 2028-02-28T00:00 2028-02-29T00:00
--until_9999-12-30 2026-11-30T10:00 9999-12-31T00:00
--from_1900-01-01_--until_1900-01-01 1900-01-01T00:00 1900-01-02T00:00
TABLE
}

@test "a range that is none is exit 2: nothing is written" {
    while IFS='|' read -r options message; do
        check 2 mob-free -q $options
        says "mob-free: $message"
        [ ! -s "$T/out" ]
    done <<'TABLE'
--until 2026-11-30T10:00|now, 2026-11-30T10:00, does not lie before --until, 2026-11-30T10:00
--until 2026-11-29|now, 2026-11-30T10:00, does not lie before --until, 2026-11-29
--from 2026-12-02 --until 2026-12-01|--from, 2026-12-02, does not lie before --until, 2026-12-01
--from 2026-12-1|--from: '2026-12-1' is neither a date-time (2026-11-30T09:00) nor a date (2026-11-30)
--until 2026-12-01T24:00|--until: '2026-12-01T24:00' is neither
--from 9999-12-31|--from, 9999-12-31: the 30 days that are looked at end behind the year 9999: give --until
--now 9999-12-20T08:00|now, 9999-12-20T08:00: the 30 days that are looked at end behind the year 9999: give --until
--until 9999-12-31|--until, 9999-12-31: ends behind the year 9999: give a date-time
TABLE
}

@test "--min: at least so long, in m, h and d; wd is refused" {
    { on 08:59-11:00; on 12:00-13:00 request=R-2 entry=2; } | made
    free | is '08:00-08:59 11:00-12:00 13:00-20:00'
    free --min 0m | is '08:00-08:59 11:00-12:00 13:00-20:00'
    free --min 60m | is '11:00-12:00 13:00-20:00'
    free --min 1h | is '11:00-12:00 13:00-20:00'
    free --min 61m | is '13:00-20:00'
    free --min 7h | is '13:00-20:00'
    free --min 421m | is ''
    free --min 1000000000d | is ''
    check 0 mob-free -q --min 30d
    cells resource minutes | is $'CAR-2|43200\nADV-1|43200'
    for notice in 2wd 0wd 1 -1h 1.5h; do
        check 2 mob-free -q --min "$notice"
        says "mob-free: --min: '$notice' is not a length of time (30m, 4h or 2d)"
        [ ! -s "$T/out" ]
    done
}

@test "--pool: one that fleet.csv lacks is exit 2" {
    check 0 mob-free -q --pool ADVISORS
    cells resource pool | is 'ADV-1|ADVISORS'
    for pool in cars CARS- ''; do
        check 2 mob-free -q --pool "$pool"
        says "mob-free: --pool: '$pool' is not in fleet.csv"
        [ ! -s "$T/out" ]
    done
}

@test "resources that fleet.csv lacks are left out, archives are not read, before_min and after_min are not taken off" {
    printf '%s\n' resource,pool,label,before_min,after_min CAR-1,CARS,one,60,60 >fleet.csv
    { on 09:00-10:00; on 11:00-12:00 request=R-2 entry=2 resource=CAR-9; } | made
    on 13:00-14:00 request=R-3 entry=3 | made calendar-2026.csv
    free | is '08:00-09:00 10:00-20:00'
}

# second_free SITE: the same, minute by minute.
second_free() {
    awk -F , -v now="$now" -v from="$from" -v until="$until" -v min="$min" "$second_dates"'
        BEGIN { fill_dates(); now = minute(now); from = minute(from); until = minute(until) }
        FNR == 1 { split("", column); for (i = 1; i <= NF; i++) column[$i] = i; file++; next }
        file == 1 {
            car[++cars] = $1; pool[$1] = $2
            usable[$1] = $4 == "" || $4 == "ready"
            first[$1] = $5 == "" ? 0 : day($5); last[$1] = $6 == "" ? 9999 : day($6)
            after[$1] = $8 + 0; late[$1] = $9 == "" ? 7 : $9
            next
        }
        {
            key = $column["request"]
            if ($column["entry"] != entry[key]) { rows[key] = 0; entry[key] = $column["entry"] }
            row[key, ++rows[key]] = $0
        }
        function mark(    a, b, m, status) {
            status = $column["status"]
            if ($column["resource"] == "" || status ~ /cancelled|no-show/) return
            if (status == "option" && $column["expires"] != "" && now >= minute($column["expires"])) return
            a = minute($column["busy_from"]); b = minute($column["busy_until"])
            if (status == "away" && now >= minute($column["back"]) && $column["span"] == "stay") {
                m = now + late[$column["resource"]] * 1440 + after[$column["resource"]]
                if (m > b) b = m
            }
            if (a < from) a = from
            for (m = a; m < b && m < until; m++) busy[$column["resource"], m] = 1
        }
        function close_window() {
            if (start != "" && m - start >= least)
                print car[i] "," pool[car[i]] "," instant(start) "," instant(m) "," m - start
            start = ""
        }
        END {
            least = min + 0
            if (min ~ /h/) least *= 60
            if (min ~ /d/) least *= 1440
            for (key in rows) for (i = 1; i <= rows[key]; i++) { $0 = row[key, i]; mark() }
            print "resource,pool,from,until,minutes"
            for (i = 1; i <= cars; i++) {
                for (m = from; m < until; m++) {
                    today = int(m / 1440)
                    if (usable[car[i]] && today >= first[car[i]] && today <= last[car[i]] && !((car[i], m) in busy)) {
                        if (start == "") start = m
                    } else close_window()
                }
                close_window()
            }
        }' "$1/fleet.csv" "$1/calendar.csv"
}

report() {
    mob-free -q --site "$1" --hours hours.csv --now "$now" --from "$from" --until "$until" --min "$min"
}

@test "mob-free equals the second method's on 200 random calendars" {
    random_sites 20261130 200
    agree second_free 200
}
