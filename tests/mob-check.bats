#!/usr/bin/env bats
# mob-check, sentence by sentence (REPORTS.md): the place and severity of every kind of fault, their order, what is said of
# the calendar, and nothing that only follows from another fault.

load helper
load seal
load ledger

prepare() {
    site
    # Everything has its leg for the advisor, so that the site is without a warning.
    printf '%s\n' TAXI,ADVISORS,start, BUS,ADVISORS,start, >>legs.csv
    made </dev/null
    export MOB_NOW=2026-11-23T08:00
}

# finds: the faults must be those on standard input, `FILE|LINE|COLUMN|SEVERITY` each, in that order; what they are said to be
# is not looked at. Exit 1 with an error, else 0. Arguments are mob-check's.
finds() {
    local expected header status=0
    expected=$(</dev/stdin)
    [[ $expected != *'|error'* ]] || status=1
    check "$status" mob-check -q "$@" || return
    read -r header <"$T/out"
    [ "$header" = file,line,column,severity,message ] || { echo "its header is $header"; return 1; }
    cells file line column severity | is "$expected" || { cat "$T/out"; return 1; }
}

# after: standard input has cases `FILE|SED EDIT|FAULT[ FAULT]...`; with FILE edited so, mob-check must find the faults,
# LINE:COLUMN each, errors in FILE (`!`LINE:COLUMN: warnings).
after() {
    local name edit faults fault severity failed=0
    while IFS='|' read -r name edit faults; do
        cp "$name" whole
        sed -i "$edit" "$name"
        ! cmp -s whole "$name" || { printf 'nothing is changed by: %s\n' "$edit"; failed=1; }
        for fault in $faults; do
            severity=error
            [[ $fault != !* ]] || severity=warning
            fault=${fault#!}
            printf '%s|%s|%s|%s\n' "$name" "${fault%%:*}" "${fault#*:}" "$severity"
        done >expected
        finds <expected || { printf 'with %s: %s\n' "$name" "$edit"; failed=1; }
        mv whole "$name"
    done
    return "$failed"
}

# ---- the example, nothing wrong ----

@test "nothing is wrong with the site of these tests, nor with the example dealership: a header, exit 0" {
    finds </dev/null
    finds --site "$ROOT/examples/dealer" </dev/null
}

@test "nothing is wrong with the example dealership when its requests are booked" {
    cp -r "$ROOT/examples/dealer" dealer
    cd dealer
    export MOB_NOW=2026-11-23T08:30
    mob-estimate requests.csv | mob-entitle -q | mob-propose | mob-avail -q >"$T/offers.csv"
    check 0 mob-book -q "$T/offers.csv"
    check 0 mob-check
    is file,line,column,severity,message <"$T/out"
    [ ! -s "$T/err" ]
}

# ---- errors of one file: what makes another tool exit 2 ----

@test "error, a file that is missing: line and column empty; what refers to it does not dangle" {
    made <<<"$(row resource=CAR-1)"
    for name in hours solutions fleet; do
        mv $name.csv away
        finds <<<"$name.csv|||error"
        mv away $name.csv
    done
    rm hours.csv solutions.csv fleet.csv
    finds <<'FAULTS'
hours.csv|||error
solutions.csv|||error
fleet.csv|||error
FAULTS
}

@test "error, a file that cannot be read" {
    rm jobs.csv fleet.csv calendar.csv
    mkdir jobs.csv fleet.csv calendar.csv
    finds <<'FAULTS'
fleet.csv|||error
jobs.csv|||error
calendar.csv|||error
FAULTS
}

@test "error, files without a byte, with one cell, in UTF-16, with a quote that is not closed: their last fault" {
    made <<<"$(row resource=CAR-1)"
    : >jobs.csv
    printf 'resource;pool;label\nCAR-1;CARS;Small car\n' >fleet.csv
    printf '\xff\xfes\0o\0' >solutions.csv
    printf 'area,day,open,close\nreception,mon,8,12:00\nworkshop,"mon,08:00,12:00\nlobby,mon,1,2\n' >hours.csv
    printf 'programme\tlabel\n' >programmes.csv
    finds <<'FAULTS'
hours.csv|2|open|error
hours.csv|3||error
solutions.csv|1||error
fleet.csv|1||error
jobs.csv|||error
programmes.csv|1||error
FAULTS
}

@test "error, columns: every one that is missing, in the order of DATA.md; every one that stands twice; the header is line 1" {
    cp fleet.csv whole_fleet
    printf '\n\nlate_days,until,until,other,until,other,resource\n,,,,,,CAR-1\n' >fleet.csv
    finds <<'FAULTS'
fleet.csv|1|until|error
fleet.csv|1|other|error
fleet.csv|1|pool|error
fleet.csv|1|label|error
FAULTS
    cp whole_fleet fleet.csv
    for name in hours solutions fleet legs jobs programmes benefits coverage calendar; do
        cp $name.csv whole
        first=$(head -n 1 $name.csv | cut -d, -f1)
        sed -i "1s/^$first/x&/" $name.csv
        finds <<<"$name.csv|1|$first|error" || { echo "$name"; false; }
        mv whole $name.csv
    done
}

@test "error, columns: behind a header with faults what is there is judged, and what is not refutes nothing" {
    sed -i '1s/label/labels/; 2s/,1,/,one,/; 3s/EUR/USD/; 4s/^BUS/LOANER/' solutions.csv
    finds <<'FAULTS'
solutions.csv|1|label|error
solutions.csv|2|rank|error
solutions.csv|3|currency|error
solutions.csv|4|solution|error
FAULTS
    printf 'from;until;closes;reason\n2026-12-24;2026-12-26;;a, b\n' >closures.csv # no header of ours: nothing behind it
    sed -i '1s/labels/label/; 2s/,one,/,1,/; 3s/USD/EUR/; 4s/^LOANER/BUS/' solutions.csv
    finds <<<'closures.csv|1||error'
}

@test "error, values: each faulty cell by itself, in the order of the header; another number of cells: no column" {
    after <<'CASES'
hours.csv|2s/.*/lobby,someday,8:00,25:00/|2:area 2:day 2:open 2:close
hours.csv|3s/14:00,18:00/24:00,24:00/|3:open
hours.csv|3s/14:00/18:00/|3:close
hours.csv|3s/14:00//|3:open
hours.csv|3s/18:00//|3:close
hours.csv|3s/14:00,18:00/24:00,/|3:open 3:close
hours.csv|3s/14:00,18:00/,x/|3:open 3:close
hours.csv|3s/14:00,18:00/x,/|3:open 3:close
hours.csv|3s/mon,14:00,18:00/noday,18:00,14:00/|3:day 3:close
hours.csv|4s/$/,/|4:
solutions.csv|2s/1,45.00,,EUR,,10,yes/one,x,y,EUR,0wd,z,maybe/|2:rank 2:price_day 2:price_fixed 2:notice 2:max_days 2:licence
solutions.csv|4s/EUR/USD/|4:currency
solutions.csv|2s/EUR/USD/|3:currency 4:currency
solutions.csv|2s/10,yes/10,yes,/|2:
fleet.csv|4s/$/,,,/|4:
jobs.csv|3s/240,20,customer/long,,nobody/|3:labour_min 3:explain_min 3:pay_type
legs.csv|2s/stay,/stay,5/|2:minutes
legs.csv|2s/stay,/,-1/|2:span 2:minutes
legs.csv|2s/stay,/end,0/|2:minutes
legs.csv|2s/stay,/stay/|2:
programmes.csv|3s/{value}/{worth}/|3:reminder
benefits.csv|2s/warranty,,,/nobody,a,b,c/|2:pay_type 2:min_labour_min 2:free_days 2:free_amount
CASES
}

@test "error, codes: twice in the file that defines them, at the second; that no file defines, where they are referred to" {
    after <<'CASES'
solutions.csv|3s/TAXI/LOANER/;$a TAXI,Taxi,taxi,2,,,EUR,,,,,|3:solution
fleet.csv|$a CAR-1,CARS,again|5:resource
fleet.csv|$a CAR-1,CARS,again\nCAR-1,CARS,and again|5:resource 6:resource
jobs.csv|5s/PDI/OIL/|5:job
programmes.csv|$a LOAN,Loan,,|4:programme
legs.csv|3s/LOANER/LAONER/;$a LOANER,ADVISORS,start,|3:solution
benefits.csv|2s/WARRANTY,LOANER/GUARANTEE,CAR/;$a WARRANTY,LOANER,,,,,|2:programme 2:solution
CASES
}

@test "error, codes: those of a faulty row are defined all the same" {
    made <<<"$(row resource=CAR-1)"
    after <<'CASES'
solutions.csv|2s/,1,/,one,/|2:rank
solutions.csv|2s/$/,/|2:
fleet.csv|2s/$/,red/|2:
programmes.csv|2s/}/{x}/|2:reminder
programmes.csv|2s/$/,/|2:
CASES
    # One that is none is nobody's code, and no fault besides.
    sed -i '4s/ADV-1/ADV 1/; $a ,CARS,without a code\n,CARS,another' fleet.csv
    finds <<'FAULTS'
fleet.csv|4|resource|error
fleet.csv|5|resource|error
fleet.csv|6|resource|error
FAULTS
}

@test "error, ranges and hours: at the row that comes second in the file, once" {
    printf 'from,until,closes,reason\n2026-12-24,2026-12-26,,Christmas\n' >closures.csv
    after <<'CASES'
closures.csv|2s/12-24/12-27/|2:until
closures.csv|2s/12-24/24/;2s/,,/,reception lunch,/|2:from 2:closes
fleet.csv|1s/$/,from,until/;2,3s/$/,,/;4s/$/,2026-12-02,2026-12-01/|4:until
hours.csv|$a workshop,fri,16:59,18:00|22:open
hours.csv|$a workshop,fri,08:00,18:00|22:open
hours.csv|2i reception,mon,07:00,19:00|3:open 4:open
hours.csv|$a prep,mon,10:00,12:00\nprep,mon,09:00,10:00\nprep,mon,08:00,11:00\nprep,mon,10:30,10:31|24:open 25:open
hours.csv|$a prep,mon,,\nprep,mon,10:00,12:00|22:open
hours.csv|$a prep,mon,10:00,12:00\nprep,mon,,|23:open
hours.csv|$a prep,mon,,\nprep,mon,,|23:open
hours.csv|$a prep,mon,8,12:00\nprep,mon,08:00,12:00|22:open
hours.csv|/^workshop/d|:area
hours.csv|/^reception/d|:area
hours.csv|/^workshop,[mtw]/d;s/^workshop,fri,08:00/workshop,fri,8/;/^workshop,fri,13/d|12:open
CASES
}

# ---- warnings of policy ----

@test "warning, coverage.csv: each faulty cell; a row with another number of cells; a header that is wrong is an error" {
    cat >coverage.csv <<'CSV'
vin,programme,from,until,max_km
,NONE,2024,2025,x
ZAM57XSL000000001,WARRANTY,2026-01-02,2026-01-01,
ZAM57XSL000000002,LOAN,2024-01-01,
ZAM57XSL000000002,LOAN,2024-01-01,,
CSV
    finds <<'FAULTS'
coverage.csv|2|vin|warning
coverage.csv|2|programme|warning
coverage.csv|2|from|warning
coverage.csv|2|until|warning
coverage.csv|2|max_km|warning
coverage.csv|3|until|warning
coverage.csv|4||warning
FAULTS
    [ ! -s "$T/err" ]
    printf 'ZAM57XSL000000002,"LOAN"x,2024-01-01,,\n' >>coverage.csv
    check 1 mob-check
    cells file line column severity | tail -n 1 | is 'coverage.csv|6||error'
}

@test "warning: a programme without a coverage row, and one without a benefit" {
    after <<'CASES'
programmes.csv|$a GIFT,Gift,,|!4:programme !4:programme
CASES
    sed -i '/,WARRANTY,/d' coverage.csv
    finds <<<'programmes.csv|2|programme|warning'
    sed -i '/^LOAN,/d' benefits.csv
    finds <<'FAULTS'
programmes.csv|2|programme|warning
programmes.csv|3|programme|warning
FAULTS
    # Where the files cannot be read it is not known; where they are not there, nobody has any.
    sed -i 1s/vin/car/ coverage.csv
    sed -i 1s/solution/loan/ benefits.csv
    finds <<'FAULTS'
benefits.csv|1|solution|error
coverage.csv|1|vin|error
FAULTS
    rm benefits.csv coverage.csv
    finds <<'FAULTS'
programmes.csv|2|programme|warning
programmes.csv|2|programme|warning
programmes.csv|3|programme|warning
programmes.csv|3|programme|warning
FAULTS
}

@test "warning: a solution without a start leg of empty minutes" {
    sed -i -e '/^BUS/s/start/end/' -e '/^TAXI/s/start,/start,30/' legs.csv
    finds <<'FAULTS'
solutions.csv|3|solution|warning
solutions.csv|4|solution|warning
FAULTS
    rm legs.csv
    finds <<'FAULTS'
solutions.csv|2|solution|warning
solutions.csv|3|solution|warning
solutions.csv|4|solution|warning
FAULTS
}

@test "warning: a pool without a resource, at its first row of legs.csv" {
    after <<'CASES'
legs.csv|$a TAXI,DRIVERS,start,30\nBUS,DRIVERS,end,30\nBUS,SHUTTLES,end,30|!6:pool !8:pool
CASES
    rm calendar.csv # nobody holds ADV-1
    sed -i /ADV-1/d fleet.csv
    finds <<<'legs.csv|3|pool|warning'
}

# ---- the calendar ----

@test "error, the calendar: a line that does not fit its check is the last fault of the file" {
    { row entry=1 km=far; row entry=2 request=R-2; row entry=3 request=R-3 km=far; } | made
    sed -i 's/R-2/R-4/' calendar.csv
    finds <<'FAULTS'
calendar.csv|2|km|error
calendar.csv|3|check|error
FAULTS
    printf 'x,"y\n' >>calendar.csv
    finds <<'FAULTS'
calendar.csv|2|km|error
calendar.csv|3|check|error
FAULTS
}

@test "error, the calendar: cut in a line, cut in an entry; a CSV fault" {
    row entry=1 | made
    truncate -s -1 calendar.csv
    finds <<<'calendar.csv|2||error'
    { row entry=1; row entry=2 leg=1/2 request=R-2; } | made
    finds <<<'calendar.csv|||error'
    echo '3 -' >calendar.csv.last # all that was cut is one fault
    finds <<<'calendar.csv|||error'
    rm calendar.csv.last
    row entry=1 | made
    printf 'x,"y\n' >>calendar.csv
    finds <<<'calendar.csv|3||error'
    printf 'entry;leg\n' >calendar.csv
    finds <<<'calendar.csv|1||error'
    sed 's/recorded,check/check,recorded/' <<<"$ledger_columns" >calendar.csv
    finds <<<'calendar.csv|1|check|error'
}

@test "error, the calendar: values, each by itself; what depends on them is not said besides" {
    {
        row entry=1 resource=CAR-1
        row entry=2 request=R-2 resource=CAR-1 busy_from=noon busy_until=night licence_until=x status=lent
        row entry=3 request=R-3 resource=CAR-1 busy_from=noon
        row entry=4 request=R-4 resource=CAR-1 | sed 's/2026-12-01T09:00,2026-11-30/,2026-11-30/'
        row entry=5 request=R-5 span=start
        row entry=6 request=R-1 leg=1/2 resource=CAR-1 expires=x
        row entry=6 request=R-1 leg=2/2 resource=ADV-1 recorded=now
        row entry=7 request=R-7,
    } | made
    finds <<'FAULTS'
calendar.csv|3|status|error
calendar.csv|3|licence_until|error
calendar.csv|3|busy_from|error
calendar.csv|3|busy_until|error
calendar.csv|4|busy_from|error
calendar.csv|5|resource|error
calendar.csv|6|resource|error
calendar.csv|7|expires|error
calendar.csv|8|recorded|error
calendar.csv|9||error
FAULTS
}

@test "error, the calendar: entries and legs that do not follow each other, each once" {
    {
        row entry=1
        row entry=3 request=R-3
        row entry=2 request=R-2
        row entry=4 request=R-4 leg=2/2
        row entry=5 request=R-5 leg=1/3
        row entry=5 request=R-5 leg=3/3
        row entry=6 request=R-6 leg=1/2
        row entry=7 request=R-7
        row entry=8 request=R-8 leg=one
        row entry=x request=R-9 leg=1/2
        row entry=9 request=R-9 leg=2/2
        row entry=10 request=R-10 leg=3/2
        row entry=11 request=R-11
        row entry=11 request=R-12
        row entry=12 request=R-13 leg=1/2
        row entry=2 request=R-13 leg=2/2
    } | made
    finds <<'FAULTS'
calendar.csv|4|entry|error
calendar.csv|5|leg|error
calendar.csv|7|leg|error
calendar.csv|9|leg|error
calendar.csv|10|leg|error
calendar.csv|11|entry|error
calendar.csv|13|leg|error
calendar.csv|15|entry|error
calendar.csv|17|entry|error
FAULTS
}

@test "error, calendar.csv.last: a line that is not understood, an entry that the calendar lacks; none is only said" {
    { row entry=1; row entry=2 request=R-2; } | made
    check 0 mob-check
    says 'calendar.csv.last: is missing'
    for last in '' 2 '2 0123456789ABCDEF' '2 012345678' '2  -' 'x -' '2 -x'; do
        echo "$last" >calendar.csv.last
        finds <<<'calendar.csv.last|1||error'
    done
    printf '2 -' >calendar.csv.last
    finds <<<'calendar.csv.last|1||error'
    echo '2 0123456789abcdef' >calendar.csv.last
    finds <<<'calendar.csv|||error'
    echo '3 -' >calendar.csv.last
    finds <<<'calendar.csv|||error'
    echo '2 -' >calendar.csv.last
    finds </dev/null
    rm calendar.csv
    finds <<<'calendar.csv|||error'
    echo lost >calendar.csv.last
    printf 'x\n' >calendar.csv
    check 1 mob-check
    cells file line column severity | sort -u -t'|' -k1,1 | cut -d'|' -f1 | paste -s -d' ' | is 'calendar.csv calendar.csv.last'
    rm calendar.csv calendar.csv.last
    check 0 mob-check
    says 'calendar.csv: is missing: taken for an empty calendar'
}

@test "error, calendar files: what a writer refuses to read: links, other names, pipes" {
    row entry=1 km=far | made
    for name in calendar.csv calendar.csv.last calendar-2025.csv; do
        ! [ "$name" = calendar-2025.csv ] || row entry=1 | made $name
        ! [ "$name" = calendar.csv.last ] || echo '1 -' >$name
        mv $name real
        ln -s real $name
        check 1 mob-check -q
        cells file line column severity | grep -v km | is "$name|||error"
        rm $name
        ln real $name
        check 1 mob-check -q
        cells file line column severity | grep -v km | is "$name|||error"
        rm $name
        mkfifo $name
        check 1 timeout 10 mob-check -q
        cells file line column severity | grep -v km | is "$name|||error"
        rm $name
        mv real $name
    done
}

@test "error, double bookings: options and bookings, at the higher entry's row, each pair once" {
    {
        row entry=1 resource=CAR-1
        row entry=2 request=R-2 leg=1/2 resource=ADV-1 out=2026-12-01T10:00 back=2026-12-01T11:00
        row entry=2 request=R-2 leg=2/2 resource=CAR-1 out=2026-12-01T08:00 back=2026-12-01T11:00
        row entry=3 request=R-3 resource=CAR-1 status=option out=2026-11-30T08:00 back=2026-12-02T11:00
        row entry=4 request=R-4 resource=CAR-1 out=2026-12-02T11:00 back=2026-12-03T11:00
        row entry=5 request=R-5 resource=CAR-1 out=2026-12-01T10:00 back=2026-12-01T11:00 status=cancelled
        row entry=6 request=R-6 resource=CAR-1 busy_from=2026-12-02T12:00 busy_until=2026-12-02T12:00
        row entry=7 request=R-7 leg=1/2 resource=CAR-2
        row entry=7 request=R-7 leg=2/2 resource=CAR-2
    } | made
    finds <<'FAULTS'
calendar.csv|4|busy_from|error
calendar.csv|5|busy_from|error
calendar.csv|5|busy_from|error
calendar.csv|10|busy_from|error
FAULTS
    grep -q "'R-1'.*entry 1" "$T/out"
}

@test "error, double bookings: highest entries alone count, and options that have not expired at now" {
    {
        row entry=1 resource=CAR-1
        row entry=2 request=R-2 resource=CAR-1 status=option expires=2026-11-23T09:00
        row entry=3 resource=CAR-2
        row entry=4 request=R-4 resource=CAR-1
    } | made
    finds <<<'calendar.csv|5|busy_from|error'
    check 0 mob-check --now 2026-11-23T09:00
    check 1 env -u MOB_NOW mob-check --now 2026-11-23T08:59
}

@test "warning, overlaps: one is away, returned or blocked, as written, whatever is overdue" {
    {
        row entry=1 resource=CAR-1
        row entry=2 request=R-2 resource=CAR-1 status=returned out=2026-11-29T09:00 back=2026-11-30T10:00
        row entry=3 request=R-3 resource=CAR-1 status=blocked solution= out=2026-11-30T12:00 back=2026-11-30T13:00
        row entry=4 request=R-4 resource=CAR-2 status=away out=2026-11-20T09:00 back=2026-11-21T10:00
        row entry=5 request=R-5 resource=CAR-2 out=2026-11-23T09:00 back=2026-11-24T10:00
        row entry=6 request=R-6 resource=CAR-2 status=away out=2026-11-21T09:00 back=2026-11-22T10:00
    } | made
    finds <<'FAULTS'
calendar.csv|3|busy_from|warning
calendar.csv|4|busy_from|warning
calendar.csv|7|busy_from|warning
FAULTS
}

@test "warning, live bookings: the resource gone, not usable, out of service on a date of it; the solution gone" {
    sed -i -e '1s/$/,status,from,until/' -e '2s/$/,ready,2026-11-30,2026-12-01/' -e '3s/$/,sold,,/' -e '4s/$/,,,/' fleet.csv
    {
        row entry=1 leg=1/3 resource=CAR-1 back=2026-12-02T00:00 solution=GONE
        row entry=1 leg=2/3 resource=CAR-3 solution=GONE
        row entry=1 leg=3/3 resource=CAR-2 solution=GONE
        row entry=2 request=R-2 resource=CAR-1 status=away out=2026-11-29T23:59 back=2026-11-30T09:00
        row entry=3 request=R-3 resource=CAR-1 status=option out=2026-12-02T08:00 back=2026-12-02T09:00
        row entry=4 request=R-4 resource=CAR-1 status=option out=2026-12-03T08:00 back=2026-12-04T09:00 expires=2026-11-23T08:00
        row entry=5 request=R-5 resource=CAR-3 status=returned out=2026-12-03T08:00 back=2026-12-04T09:00 solution=GONE
        row entry=6 request=R-6 resource=CAR-3 status=blocked out=2026-12-06T08:00 back=2026-12-07T09:00 solution=
    } | made
    finds <<'FAULTS'
calendar.csv|2|solution|warning
calendar.csv|3|resource|warning
calendar.csv|4|resource|warning
calendar.csv|5|resource|warning
calendar.csv|6|resource|warning
FAULTS
    rm fleet.csv solutions.csv
    finds <<'FAULTS'
solutions.csv|||error
fleet.csv|||error
FAULTS
}

@test "error, archives: read as the calendar is, by name behind it; entries that stand twice are in order" {
    row entry=7 | made
    row entry=3 request=R-3 km=far | made calendar-2025.csv
    { row entry=3 request=R-3; row entry=7; } | made calendar-2024.csv
    finds <<<'calendar-2025.csv|2|km|error'
    sed -i s/R-3/R-4/ calendar-2024.csv
    touch calendar-2026.csv calendar-26.csv calendar-2026.csv.old
    finds <<'FAULTS'
calendar-2024.csv|2|check|error
calendar-2025.csv|2|km|error
calendar-2026.csv|||error
FAULTS
}

@test "warning: a left-over .new, behind all other files by name" {
    touch hours.csv.new calendar-2026.csv.new calendar.csv.new calendar.csv.last.new calendar-26.csv.new
    echo lost >calendar.csv.last
    finds <<'FAULTS'
calendar-2026.csv.new|||warning
calendar.csv.last|1||error
calendar.csv.last.new|||warning
calendar.csv.new|||warning
FAULTS
}

# ---- names, order ----

@test "names: as in the site, or the path that was given; what lies beside a calendar that was given is named as it is" {
    mkdir other
    printf 'x\n' >other/jobs.csv
    row entry=1 km=x | made other/plan.csv
    row entry=1 km=x | made other/plan-2025.csv
    touch other/plan.csv.new
    sed -i 1s/pool/group/ fleet.csv
    cd /
    finds --site "$T" --jobs "$T/other/jobs.csv" --calendar "$T/./other/plan.csv" <<FAULTS
fleet.csv|1|pool|error
$T/other/jobs.csv|1|job|error
$T/other/jobs.csv|1|label|error
$T/other/jobs.csv|1|labour_min|error
$T/other/jobs.csv|1|explain_min|error
$T/other/jobs.csv|1|pay_type|error
$T/./other/plan.csv|2|km|error
$T/./other/plan-2025.csv|2|km|error
$T/./other/plan.csv.new|||warning
FAULTS
    # One file for two.
    cd "$T"
    finds --legs hours.csv --hours hours.csv <<'FAULTS'
fleet.csv|1|pool|error
hours.csv|1|solution|error
hours.csv|1|pool|error
hours.csv|1|span|error
FAULTS
}

@test "order: files as DATA.md lists them; columns as in the header, not as in DATA.md; an error before a warning" {
    printf 'reason,closes,until,from\nx,y,z,w\n' >closures.csv
    printf 'programme,label,conditions,reminder\nWARRANTY,,,{\nLOAN,,,\nWARRANTY,,,\nGIFT,,,\n' >programmes.csv
    sed -i 2s/,08:00/,8/ hours.csv
    sed -i 2s/,1,/,x,/ solutions.csv
    sed -i 2s/CARS// fleet.csv
    sed -i 3s/ADVISORS,start/,end/ legs.csv
    sed -i 2s/60/x/ jobs.csv
    sed -i 2s/warranty/y/ benefits.csv
    sed -i 2s/2024/x/ coverage.csv
    row entry=1 km=x | made
    { row entry=1 resource=CAR-2; row entry=2 request=R-2 resource=CAR-2 status=away; row entry=3 request=R-3 resource=CAR-2; } |
        made
    finds <<'FAULTS'
hours.csv|2|open|error
solutions.csv|2|solution|warning
solutions.csv|2|rank|error
fleet.csv|2|pool|error
legs.csv|3|pool|error
jobs.csv|2|labour_min|error
closures.csv|2|closes|error
closures.csv|2|until|error
closures.csv|2|from|error
programmes.csv|2|reminder|error
programmes.csv|4|programme|error
programmes.csv|5|programme|warning
programmes.csv|5|programme|warning
benefits.csv|2|pay_type|error
coverage.csv|2|from|warning
calendar.csv|3|busy_from|warning
calendar.csv|4|busy_from|error
calendar.csv|4|busy_from|warning
FAULTS
}

@test "rows are CSV: names and messages hold nothing that breaks a line" {
    printf 'resource,pool,label,"a\nb","a\nb"\n' >fleet.csv
    check 1 mob-check
    mlr --icsv --ojson filter '$severity == "error"' then cut -f column "$T/out" >found
    grep -qF 'a\nb' found
    printf 'resource,pool,label\n"CAR\n1",CARS,x\n' >fleet.csv
    check 1 mob-check
    wc -l <"$T/out" | is 3 # the header, the car, the advisors without a resource
}

# ---- exit statuses ----

@test "exit 0 with warnings alone, 1 with any error, 2 where nothing could be looked at" {
    touch calendar.csv.new
    check 0 mob-check
    sed -i 2s/mon/mo/ hours.csv
    check 1 mob-check
    check 2 mob-check --site nowhere
    [ ! -s "$T/out" ]
    check 2 bash -c 'mob-check >/dev/full'
    check 2 mob-check --now noon
}

# ---- --accept ----

# damaged: a calendar of two bookings that somebody has edited.
damaged() {
    { row entry=1 resource=CAR-1; row entry=2 request=R-2 resource=CAR-2; } | made
    printf '2 %s\n' "$(tail -c 17 calendar.csv)" >calendar.csv.last
    sed -i s/Ada/Eve/ calendar.csv
}

@test "--accept: where check is the only error it is committed: the same rows, exit 0, the refused file kept" {
    damaged
    cp calendar.csv edited
    check 1 mob-check
    cp "$T/out" rows
    check 0 mob-check --accept
    same rows "$T/out"
    same edited calendar.csv.refused
    cut -d, -f1-33 edited >expected
    cut -d, -f1-33 calendar.csv >found
    same expected found
    finds </dev/null
    printf '2 %s\n' "$(tail -c 17 calendar.csv)" >expected
    same expected calendar.csv.last
    mob-list -q | cut -d, -f5 | paste -s -d' ' | is 'customer Eve Eve'
}

@test "--accept: a row that a person has written needs no check" {
    damaged
    row entry=3 request=R-3 >>calendar.csv
    check 0 mob-check --accept
    finds </dev/null
    tail -c 18 calendar.csv | grep -q '^,[0-9a-f]*$'
}

@test "--accept: where .last is the only error: one that is not understood, one that names another entry" {
    row entry=1 | made
    for last in lost '5 -'; do
        echo "$last" >calendar.csv.last
        check 0 mob-check --accept
        wc -l <"$T/out" | is 2
        finds </dev/null
    done
}

@test "--accept: with other errors in the calendar, behind the check too, nothing changes: exit 1, the first is said" {
    damaged
    sed -i '3s/CAR-2/CAR-1/' calendar.csv
    keep calendar.csv calendar.csv.last
    check 1 mob-check
    cp "$T/out" rows
    check 1 mob-check --accept -q
    same rows "$T/out"
    says "calendar.csv:3: not accepted: 'CAR-1'"
    kept calendar.csv calendar.csv.last
    [ ! -e calendar.csv.refused ]
    damaged
    sed -i '3s/,2026-11-30T09:00/,noon/' calendar.csv
    check 1 mob-check --accept
    says "calendar.csv:3: not accepted: 'noon'"
    rm calendar.csv
    check 1 mob-check --accept
    says 'not accepted: it has no entries'
    [ ! -e calendar.csv ]
}

@test "--accept: errors of other files stand in no way; without an error of the calendar nothing is written" {
    sed -i 2s/mon/mo/ hours.csv
    row entry=1 | made
    keep calendar.csv
    check 1 mob-check --accept
    kept calendar.csv
    [ ! -e calendar.csv.refused ]
    damaged
    check 0 mob-check --accept
    [ -e calendar.csv.refused ]
    finds <<<'hours.csv|2|day|error'
}

@test "--accept: a calendar that no writer opens: the same rows, exit 1" {
    damaged
    mv calendar.csv real
    ln -s real calendar.csv
    check 1 mob-check
    cp "$T/out" rows
    check 1 mob-check --accept
    same rows "$T/out"
    says 'calendar.csv: is a symbolic link'
}

@test "--accept: 75 where it is locked, 74 where the answer is lost; not with --calendar" {
    damaged
    keep calendar.csv
    check 75 flock . mob-check --accept --wait 0
    check 2 mob-check --accept --calendar calendar.csv
    kept calendar.csv
    check 74 bash -c 'mob-check --accept >/dev/full'
    finds </dev/null
    check 2 mob-check --accept --site nowhere
}

@test "--accept: what is accepted is not refused by the old .last, whatever happens to its rename" {
    local number
    { row entry=1 request=A; row entry=2 request=B; } | made whole
    for number in 1 2 3 4; do # of renameat: .refused, .last to the number only, the calendar, .last
        rm -f calendar.csv* && sed 's/,Ada,/,Eva,/' whole >calendar.csv
        echo "2 $(tail -n 1 whole | tail -c 17)" >calendar.csv.last
        cp calendar.csv edited && cp calendar.csv.last last
        ASAN_OPTIONS=detect_leaks=0 check $([ $number -eq 4 ] && echo 0 || echo 2) strace -f -o trace -e trace=renameat \
            -e "inject=renameat:error=EIO:when=$number" mob-check -q --accept || { echo "rename $number"; return 1; }
        if [ $number -eq 4 ]; then
            check 0 mob-list -q
        else
            same edited calendar.csv
            same last calendar.csv.last
        fi
    done
}

@test "--accept: stopped behind the commit it completes when it is given again" {
    { row entry=1 request=A; row entry=2 request=B; } | made
    echo '2 -' >calendar.csv.last
    check 0 mob-check -q --accept
    is "2 $(tail -n 1 calendar.csv | tail -c 17)" <calendar.csv.last
    [ ! -e calendar.csv.refused ]
}
