#!/usr/bin/env bats
# mob-claim: what the maker is to reimburse, loan by loan, or summed up by cost code (REPORTS.md).
load helper
load seal
load ledger
load reports

header=request,vin,customer,programme,cost_code,resource,out,back,days,saving,currency,odometer_out,fuel_out
header+=,odometer_back,fuel_back,note

# loan ENTRY [NAME=VALUE...]: one that was given back, with a cost code.
loan() {
    row request=R-"$1" entry="$1" status=returned cost_code=W-1 "${@:2}"
}

# claims [OPTION...]: request and entry-like cells of the rows, as `R-1 R-2`.
claims() {
    check 0 mob-claim -q "$@" && cells request | xargs
}

@test "a loan: all its cells, resources in leg order, odometer and fuel of its departure and its return" {
    {
        row entry=1 cost_code=W-1 odometer=1 fuel=x
        row entry=2 status=away odometer=100 fuel=8/8
        row entry=3 status=away odometer=18250 fuel=7/8 note=gone
        row entry=4 leg=1/3 status=returned resource=ADV-1 span=start vin=V-1 'customer="Ada, the ""first"""' \
            programme=LOAN cost_code=W-1 days=2 saving=90.00 currency=EUR odometer=18291 fuel=3/4 note='" a
b"' out=2026-11-30T09:03
        row entry=4 leg=2/3 status=returned resource=CAR-2 out=2026-11-30T09:03
        row entry=4 leg=3/3 status=returned resource=CAR-1 out=2026-11-30T09:03
    } | made
    check 0 mob-claim -q
    same "$T/out" - <<CSV
$header
R-1,V-1,"Ada, the ""first""",LOAN,W-1,ADV-1 CAR-2 CAR-1,2026-11-30T09:03,2026-12-01T09:00,2,90.00,EUR,18250,7/8,18291,3/4," a
b"
CSV
}

@test "what is not known is empty: a taxi has no car, a loan that was never seen leaving no odometer" {
    row entry=1 status=returned cost_code='L 1' | made
    check 0 mob-claim -q
    same "$T/out" - <<CSV
$header
R-1,,Ada,,L 1,,2026-11-30T09:00,2026-12-01T09:00,,,,,,,,
CSV
}

@test "only what is returned and has a cost code" {
    {
        loan 1 cost_code=
        for status in option booked away cancelled no-show blocked; do
            row request=R-2 entry=$((++number + 1)) status=$status cost_code=W-1
        done
        loan 8
    } | made
    claims | is R-8
}

@test "one row for each entry: after --again a request has two, each with its own departure" {
    {
        row entry=1 status=away odometer=10 fuel=a
        row entry=2 status=returned cost_code=W-1 odometer=20 fuel=b
        row entry=3 status=booked cost_code=W-1
        row entry=4 status=away odometer= fuel=
        row entry=5 request=R-9 status=away odometer=77 fuel=z
        row entry=6 status=returned cost_code=W-2 odometer=40 fuel=d
        row entry=7 status=booked cost_code=W-3
    } | made
    check 0 mob-claim -q
    cells request cost_code odometer_out fuel_out odometer_back fuel_back | is 'R-1|W-1|10|a|20|b
R-1|W-2|||40|d'
}

@test "a return that was undone did not happen: it is not claimed, and the true one is claimed once" {
    { row entry=1 status=away; loan 2 request=R-1; row entry=3 status=away; } | made
    claims | is ''
    { row entry=1 status=away; loan 2 request=R-1; row entry=3 status=away; loan 4 request=R-1; } | made
    check 0 mob-claim -q --sum
    cells cost_code loans | is 'W-1|1'
}

@test "order: by back, then entry" {
    {
        loan 1 back=2026-12-03T09:00
        loan 2 back=2026-12-02T09:01
        loan 3 back=2026-12-02T09:00 out=2026-12-02T08:00
        loan 10 back=2026-12-02T09:01 out=2026-11-01T08:00
        loan 11 back=2026-12-02T09:01
    } | made
    claims | is 'R-3 R-2 R-10 R-11 R-1'
}

@test "--from, --until: by the date of back, both included, each open by default" {
    {
        loan 1 back=2026-12-01T23:59
        loan 2 back=2026-12-02T00:00
        loan 3 back=2026-12-03T23:59
        loan 4 back=2026-12-04T00:00
    } | made
    claims | is 'R-1 R-2 R-3 R-4'
    claims --from 2026-12-02 | is 'R-2 R-3 R-4'
    claims --until 2026-12-03 | is 'R-1 R-2 R-3'
    claims --from 2026-12-02 --until 2026-12-03 | is 'R-2 R-3'
    claims --from 2026-12-02 --until 2026-12-02 | is R-2
    claims --from 2026-12-03 --until 2026-12-02 | is ''
    is "$header" <"$T/out"
    is '' <"$T/err"
    check 0 mob-claim --from 2026-12-03 --until 2026-12-02
    says 'mob-claim: nothing lies from --from, 2026-12-03, to --until, 2026-12-02'
    check 0 mob-claim --from 2026-12-02 --until 2026-12-02
    ! grep 'nothing lies' "$T/err" || false
    check 2 mob-claim -q --from 2026-12-02T00:00
    says "mob-claim: --from: '2026-12-02T00:00' is not a date"
}

@test "archives: their entries, purged ones too; departures across files; what stands in two of them once" {
    { row entry=1 status=away odometer=10 fuel=a; loan 2 customer= saving=5.00; loan 3; } | made calendar-2026.csv
    loan 7 back=2026-11-30T09:30 | made calendar-2027.csv
    { loan 3; row entry=5 status=returned cost_code=W-1 odometer=20 fuel=b; row entry=6 status=away odometer=99; } | made
    check 0 mob-claim -q
    cells request customer odometer_out odometer_back saving | is 'R-7|Ada|||
R-2||||5.00
R-3|Ada|||
R-1|Ada|10|20|'
    check 0 mob-claim -q --calendar calendar-2027.csv # no archive of it
    cells request | is R-7
}

@test "--sum: a row for each cost code and currency, in order of their bytes; what is empty counts 0" {
    {
        loan 1 cost_code=b currency=EUR days=1 saving=10.05
        loan 2 cost_code=B currency=EUR
        loan 3 cost_code=W-10 currency=EUR days=2 saving=0.95
        loan 4 cost_code=W-1 currency=EUR days=2 saving=1
        loan 5 cost_code=b currency=CHF days=3 saving=7.00
        loan 6 cost_code=b currency=EUR days=4 saving=20.95
        loan 7 cost_code=b days=1 saving=1.00
        loan 8 cost_code=b currency=EUR saving=0.10
        loan 9 cost_code='"é,1"' currency=EUR days=1
        loan 10 cost_code=W-1 currency=EUR days=5 back=2026-12-09T09:00
    } | made
    check 0 mob-claim -q --sum --until 2026-12-08
    same "$T/out" - <<'CSV'
cost_code,currency,loans,days,saving
B,EUR,1,0,0.00
W-1,EUR,1,2,1.00
W-10,EUR,1,2,0.95
b,,1,1,1.00
b,CHF,1,3,7.00
b,EUR,3,5,31.10
"é,1",EUR,1,1,0.00
CSV
    check 0 mob-claim -q --sum --from 2026-12-10
    is cost_code,currency,loans,days,saving <"$T/out"
}

@test "--sum: a sum beyond the limits is exit 2, and nothing is written; at the limits it is told" {
    { loan 1 days=999999999 saving=9999999999.99; loan 2 days=1 saving=0.01; } | made
    check 0 mob-claim -q --sum
    cells loans days saving | is '2|1000000000|10000000000.00'
    { loan 1 days=999999999; loan 2 days=2; } | made
    check 2 mob-claim -q --sum
    says "mob-claim: --sum: the days of 'W-1' are more than 1000000000 together"
    [ ! -s "$T/out" ]
    { loan 1 saving=9999999999.99; loan 2 saving=0.02; } | made
    check 2 mob-claim -q --sum
    says "mob-claim: --sum: the savings of 'W-1' are more than 10000000000 together"
    [ ! -s "$T/out" ]
    { loan 1 saving=9999999999.99; loan 2 saving=0.02 currency=EUR; } | made
    check 0 mob-claim -q --sum
    check 0 mob-claim -q
}

# second_claim SITE: the same, by sorting lines.
second_claim() {
    echo "$header"
    awk -F , -v first="$first" -v last="$last" '
        FNR == 1 { split("", column); for (i = 1; i <= NF; i++) column[$i] = i; next }
        {
            this = $column["entry"] + 0
            if (this in from && from[this] != FILENAME) next # it stands in two files
            from[this] = FILENAME
            if (this > highest) highest = this
            resources[this] = resources[this] (resources[this] == "" ? "" : " ") $column["resource"]
            if (!(this in line)) line[this] = $0
        }
        END {
            for (this = 1; this <= highest; this++) {
                if (!(this in line)) continue
                $0 = line[this]
                key = $column["request"]
                if ($column["status"] == "away") gone[key] = $column["odometer"] "," $column["fuel"]
                date = substr($column["back"], 1, 10)
                if ($column["status"] != "returned" || $column["cost_code"] == "" || date < first || date > last) continue
                print $column["back"] "|" this "|" key "," $column["vin"] "," $column["customer"] "," \
                    $column["programme"] "," $column["cost_code"] "," resources[this] "," $column["out"] "," \
                    $column["back"] "," $column["days"] "," $column["saving"] "," $column["currency"] "," \
                    (key in gone ? gone[key] : ",") "," $column["odometer"] "," $column["fuel"] "," $column["note"]
            }
        }' "$1"/calendar*.csv | sort -t '|' -k 1,1 -k 2,2n | cut -d '|' -f 3
}

# second_sum SITE: the sums of the rows that mob-claim gave, which are in $T/rows.
second_sum() {
    echo cost_code,currency,loans,days,saving
    awk -F , 'NR > 1 {
            key = $5 "," $11
            loans[key]++; days[key] += $9; split($10, money, "."); cents[key] += 100 * money[1] + money[2]
        }
        END { for (key in loans) printf "%s,%d,%d,%d.%02d\n", key, loans[key], days[key], int(cents[key] / 100), cents[key] % 100 }' \
        "$T/rows" | sort -t , -k 1,1 -k 2,2
}

@test "mob-claim, and its --sum, equal the second method's on 200 random calendars" {
    report() {
        mob-claim -q --site "$1" --from "$first" --until "$last" | tee "$T/rows.$1"
    }
    random_sites 20261201 200
    agree second_claim 200
    report() {
        mv "$T/rows.$1" "$T/rows"
        mob-claim -q --site "$1" --from "$first" --until "$last" --sum
    }
    agree second_sum 200
    [ "$(cat */calendar*.csv | grep -c ,returned,)" -gt 200 ]
}
