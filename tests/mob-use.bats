#!/usr/bin/env bats
# mob-use: how much of its time in service each resource is occupied, by day, week and month (REPORTS.md).
load helper
load seal
load ledger
load reports

prepare() {
    site
    printf '%s\n' resource,pool,label CAR-1,CARS,one >fleet.csv
    export MOB_NOW=2026-11-30T10:00
}

# on HOURS [NAME=VALUE...]: the row of a booking of CAR-1 on 2026-11-30, from 09:00-10:30, say.
on() {
    row resource=CAR-1 out=2026-11-30T"${1%-*}" back=2026-11-30T"${1#*-}" "${@:2}"
}

# day [OPTION...]: `bookings occupied blocked service share` of that day, a row a line.
day() {
    check 0 mob-use -q --from 2026-11-30 --until 2026-11-30 --by day "$@" || return
    mlr --icsv --onidx --ofs ' ' cut -o -f bookings,occupied_min,blocked_min,service_min,share "$T/out"
}

@test "occupied, blocked, in service: a minute counts once, blocked where nothing occupies it too" {
    {
        on 09:00-12:00
        on 11:00-14:00 request=B-1 entry=2 status=blocked
        on 11:30-12:30 request=R-3 entry=3 # 09:00-12:30 is occupied, 12:30-14:00 blocked
        on 13:00-14:00 request=B-2 entry=4 status=blocked
    } | made
    check 0 mob-use -q --from 2026-11-30 --until 2026-11-30 --by day
    # 100 × 210 ÷ 1350 = 15.55…
    same "$T/out" - <<'CSV'
period,resource,pool,bookings,occupied_min,blocked_min,service_min,share
2026-11-30,CAR-1,CARS,2,210,90,1350,15.6
CSV
}

@test "the share: one decimal, half up; empty where nothing is left of the service" {
    while read -r hours status wanted; do
        on "$hours" status="$status" | made
        day | is "$wanted"
    done <<'TABLE'
09:00-09:17 booked 1 17 0 1440 1.2
09:00-09:18 booked 1 18 0 1440 1.3
09:00-09:54 booked 1 54 0 1440 3.8
09:00-09:01 booked 1 1 0 1440 0.1
00:00-23:59 booked 1 1439 0 1440 99.9
00:00-23:59 blocked 0 0 1439 1 0.0
TABLE
    { on 00:00-23:59; on 23:59-23:59 request=R-2 entry=2 back=2026-12-01T00:00; } | made
    day | is '2 1440 0 1440 100.0'
    on 00:00-00:00 status=blocked back=2026-12-01T00:00 | made
    day | sed 's/ *$//' | is '0 0 1440 0'
    on 00:00-00:00 status=blocked out=2026-11-29T00:00 back=2026-12-02T00:00 | made
    day | sed 's/ *$//' | is '0 0 1440 0'
}

@test "what occupies: the statuses, of a request the highest entry, overdue cars to now + late_days" {
    while read -r status wanted; do
        { on 09:00-10:00 entry=1; on 11:00-12:30 entry=2 $status; } | made
        day | cut -d ' ' -f 1-3 | is "$wanted"
    done <<'TABLE'
status=booked 1 90 0
status=returned 1 90 0
status=away 1 90 0
status=option 1 90 0
status=blocked 0 0 90
status=cancelled 0 0 0
status=no-show 0 0 0
TABLE
    on 11:00-12:00 status=option expires=2026-11-30T10:00 | made
    day | cut -d ' ' -f 1-3 | is '0 0 0'
    day --now 2026-11-30T09:59 | cut -d ' ' -f 1-3 | is '1 60 0'
    printf '%s\n' resource,pool,label,after_min,late_days CAR-1,CARS,one,30,0 >fleet.csv
    on 09:00-10:00 status=away | made
    day --now 2026-11-30T09:59 | is '1 60 0 1440 4.2'
    day --now 2026-11-30T12:00 | is '1 210 0 1440 14.6'
    sed -i 's/,0$/,/' fleet.csv
    check 0 mob-use -q --from 2026-12-01 --until 2026-12-08 --by day --now 2026-11-30T12:00
    cells occupied_min | xargs | is '1440 1440 1440 1440 1440 1440 750 0'
}

@test "in service: from and until, both included; status is not asked; rows of zeros too; resources in file order" {
    file fleet.csv <<'CSV'
resource,pool,label,status,from,until
C-2,B,,workshop,,
C-1,A,,,2026-12-01,
C-3,B,,,,2026-11-30
C-4,A,,,2026-12-02,2026-12-03
CSV
    {
        row resource=C-3 out=2026-11-30T23:00 back=2026-12-01T05:00 # an hour of it in service
        row resource=C-4 request=R-2 entry=2 out=2026-12-01T00:00 back=2026-12-02T00:00
        row resource=C-9 request=R-3 entry=3
    } | made
    check 0 mob-use -q --from 2026-11-30 --until 2026-12-01 --by day
    same "$T/out" - <<'CSV'
period,resource,pool,bookings,occupied_min,blocked_min,service_min,share
2026-11-30,C-2,B,0,0,0,1440,0.0
2026-11-30,C-1,A,0,0,0,0,
2026-11-30,C-3,B,1,60,0,1440,4.2
2026-11-30,C-4,A,0,0,0,0,
2026-12-01,C-2,B,0,0,0,1440,0.0
2026-12-01,C-1,A,0,0,0,1440,0.0
2026-12-01,C-3,B,0,0,0,0,
2026-12-01,C-4,A,0,0,0,0,
CSV
}

@test "bookings: requests, not rows; touching the period is not being in it; a minute that a block has too is booked" {
    {
        on 09:00-10:00 leg=1/2
        on 09:00-10:00 leg=2/2 busy_from=2026-11-30T14:00 busy_until=2026-11-30T15:00
        on 00:00-00:00 request=R-2 entry=2 out=2026-11-29T10:00 # ends where the day begins
        row resource=CAR-1 request=R-3 entry=3 out=2026-12-01T00:00 back=2026-12-01T10:00
        on 14:30-14:31 request=R-4 entry=4
        on 14:00-16:00 request=B-1 entry=5 status=blocked
    } | made
    day | is '2 120 60 1380 8.7'
}

@test "--by-pool: pools in order of first appearance, minutes summed, the share of the sums, each request once" {
    file fleet.csv <<'CSV'
resource,pool,label,until
B-1,B,,
A-1,A,,
B-2,B,,2026-11-29
B-3,B,,
CSV
    {
        row leg=1/3 resource=B-1 out=2026-11-30T09:00 back=2026-11-30T10:00
        row leg=2/3 resource=B-3 out=2026-11-30T09:00 back=2026-11-30T10:00 busy_until=2026-11-30T10:30
        row leg=3/3 resource=A-1 out=2026-11-30T09:00 back=2026-11-30T10:00 busy_until=2026-11-30T09:15
        row resource=B-2 request=R-2 entry=2 out=2026-11-30T09:00 back=2026-11-30T10:00
        row resource=B-3 request=B-1 entry=3 status=blocked out=2026-11-30T00:00 back=2026-12-01T00:00
    } | made
    check 0 mob-use -q --from 2026-11-30 --until 2026-11-30 --by day --by-pool
    # B: 1440 of B-1, 90 of B-3 that is blocked all day otherwise.
    same "$T/out" - <<'CSV'
period,pool,bookings,occupied_min,blocked_min,service_min,share
2026-11-30,B,1,150,1350,1530,9.8
2026-11-30,A,1,15,0,1440,1.0
CSV
}

@test "periods: days, weeks of ISO 8601, months; what the range cuts keeps its name" {
    row resource=CAR-1 out=2026-12-31T12:00 back=2027-01-04T12:00 | made
    while read -r options wanted; do
        check 0 mob-use -q --from 2026-12-30 ${options//_/ }
        cells period occupied_min service_min | xargs | is "$wanted"
    done <<'TABLE'
--until_2027-01-05_--by_week 2026-W53|5040|7200 2027-W01|720|2880
--until_2027-01-05_--by_month 2026-12|720|2880 2027-01|5040|7200
--until_2027-01-05 2026-12|720|2880 2027-01|5040|7200
--until_2027-01-01_--by_day 2026-12-30|0|1440 2026-12-31|720|1440 2027-01-01|1440|1440
--until_2026-12-30_--by_week 2026-W53|0|1440
TABLE
    check 0 mob-use -q --from 2024-12-28 --until 2025-01-06 --by week
    cells period service_min | xargs | is '2024-W52|2880 2025-W01|10080 2025-W02|1440'
    check 0 mob-use -q --from 2028-02-01 --until 2028-03-01 --by month
    cells period service_min | xargs | is '2028-02|41760 2028-03|1440'
    check 0 mob-use -q --from 9999-12-26 --until 9999-12-31 --by week
    cells period service_min | xargs | is '9999-W51|1440 9999-W52|7200'
}

@test "the range: the first and last day of now's month; one that ends before it begins has no period" {
    while read -r options wanted; do
        check 0 mob-use -q ${options//_/ }
        cells period service_min | is "$wanted"
    done <<'TABLE'
--by_month 2026-11|43200
--now_2027-02-28T23:59 2027-02|40320
--now_2026-12-01T00:00 2026-12|44640
--from_2026-11-29 2026-11|2880
--until_2026-11-03 2026-11|4320
TABLE
    check 0 mob-use -q --from 2026-12-01
    is period,resource,pool,bookings,occupied_min,blocked_min,service_min,share <"$T/out"
    is '' <"$T/err"
    while IFS='|' read -r options message; do
        check 0 mob-use $options
        [ "$(wc -l <"$T/out")" -eq 1 ]
        says "mob-use: nothing lies from $message"
    done <<'TABLE'
--from 2026-12-01|--from, 2026-12-01, to the default --until, 2026-11-30
--until 2026-10-31|the default --from, 2026-11-01, to --until, 2026-10-31
--from 2026-11-12 --until 2026-11-11|--from, 2026-11-12, to --until, 2026-11-11
TABLE
}

@test "archives count: of a request the highest entry of all files, what stands in two of them once" {
    { on 08:00-09:00 status=returned; on 10:00-11:00 request=R-2 entry=2 status=returned
      on 12:00-14:00 request=R-3 entry=3 status=returned; } | made calendar-2026.csv
    on 16:00-16:30 request=R-4 entry=4 status=returned | made calendar-2027.csv
    { on 10:00-11:00 request=R-2 entry=2 status=returned; on 20:00-20:10 request=R-3 entry=5; } | made
    day | is '4 160 0 1440 11.1'
    rm calendar-2026.csv calendar-2027.csv
    day | is '2 70 0 1440 4.9'
}

@test "--by: another word is exit 2" {
    for word in year Day 'day,week' ''; do
        check 2 mob-use -q --by "$word"
        says "mob-use: --by: '$word' is not day, week or month"
        [ ! -s "$T/out" ]
    done
}

# second_use SITE: the same, minute by minute.
second_use() {
    awk -F , -v now="$now" -v first_day="$first" -v last_day="$last" -v by="$by" -v by_pool="$by_pool" "$second_dates"'
        BEGIN { fill_dates(); now = minute(now); first_day = day(first_day); last_day = day(last_day) }
        FNR == 1 { split("", column); for (i = 1; i <= NF; i++) column[$i] = i; file++; next }
        file == 1 {
            car[++cars] = $1; pool[$1] = $2
            if (!($2 in group)) { group[$2] = ++groups; title[groups] = $2 }
            first[$1] = $5 == "" ? 0 : day($5); last[$1] = $6 == "" ? 9999 : day($6)
            after[$1] = $8 + 0; late[$1] = $9 == "" ? 7 : $9
            next
        }
        {
            key = $column["request"]; this = $column["entry"] + 0
            if (this < entry[key]) next
            if (this > entry[key]) { rows[key] = 0; entry[key] = this; from[key] = FILENAME }
            if (FILENAME != from[key]) next # it stands in two files
            row[key, ++rows[key]] = $0
        }
        function period(today) {
            if (by == "day") return name[today]
            if (by == "month") return substr(name[today], 1, 7)
            return today < day("2026-12-28") ? "2026-W52" : today < day("2027-01-04") ? "2026-W53" : "2027-W01"
        }
        # One row of the calendar: its minutes, and which request is in which period of what.
        function mark(    a, b, m, status, what, today, cell) {
            status = $column["status"]; what = $column["resource"]
            if (!(what in pool) || status ~ /cancelled|no-show/) return
            if (status == "option" && $column["expires"] != "" && now >= minute($column["expires"])) return
            a = minute($column["busy_from"]); b = minute($column["busy_until"])
            if (status == "away" && now >= minute($column["back"]) && $column["span"] == "stay") {
                m = now + late[what] * 1440 + after[what]
                if (m > b) b = m
            }
            if (a < first_day * 1440) a = first_day * 1440
            for (m = a; m < b && m < (last_day + 1) * 1440; m++) {
                today = int(m / 1440)
                if (today < first[what] || today > last[what]) continue
                if (status == "blocked") { blocked[what, m] = 1; continue }
                occupied[what, m] = 1
                cell = period(today) SUBSEP (by_pool == "" ? what : pool[what])
                if (!((cell, $column["request"]) in seen)) { seen[cell, $column["request"]] = 1; bookings[cell]++ }
            }
        }
        function count(what, cell,    today, m) {
            for (today = first_day; today <= last_day; today++) {
                if (period(today) != cell || today < first[what] || today > last[what]) continue
                for (m = today * 1440; m < (today + 1) * 1440; m++) {
                    if ((what, m) in occupied) o++
                    else if ((what, m) in blocked) b++
                    s++
                }
            }
        }
        function print_row(cell, what,    share) {
            # In tenths, and another one where ten times the rest is half a divisor or more.
            if (s > b) { share = int(1000 * o / (s - b)); if (2 * (1000 * o - share * (s - b)) >= s - b) share++ }
            print cell "," what "," bookings[cell, by_pool == "" ? substr(what, 1, index(what, ",") - 1) : what] + 0 "," \
                o "," b "," s - b "," (s > b ? int(share / 10) "." share % 10 : "")
        }
        END {
            for (key in rows) for (i = 1; i <= rows[key]; i++) { $0 = row[key, i]; mark() }
            print "period," (by_pool == "" ? "resource," : "") "pool,bookings,occupied_min,blocked_min,service_min,share"
            for (today = first_day; today <= last_day; today++) {
                if (today > first_day && period(today) == period(today - 1)) continue
                for (i = 1; i <= (by_pool == "" ? cars : groups); i++) {
                    o = b = s = 0
                    if (by_pool == "") { count(car[i], period(today)); print_row(period(today), car[i] "," pool[car[i]]) }
                    else {
                        for (j = 1; j <= cars; j++) if (pool[car[j]] == title[i]) count(car[j], period(today))
                        print_row(period(today), title[i])
                    }
                }
            }
        }' "$1/fleet.csv" "$1"/calendar*.csv
}

report() {
    mob-use -q --site "$1" --hours hours.csv --now "$now" --from "$first" --until "$last" --by "$by" $by_pool
}

@test "mob-use equals the second method's on 200 random calendars" {
    random_sites 20261131 200
    agree second_use 200
}
