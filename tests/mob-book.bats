#!/usr/bin/env bats
# mob-book: which request is booked, and what is answered (FILTERS.md, S13, S14). Conflicts are in mob-book-conflict.bats;
# --again, the archives and --replace in mob-book-again.bats; what is written in mob-book-calendar.bats; the calendar's
# promises in ledger*.bats.
load helper
load seal
load ledger

# One leg, two cars; now is Tuesday 08:00, and the bookings are for the week behind.
prepare() {
    site
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
    export MOB_NOW=2026-11-24T08:00
}

# Monday's car first, Wednesday's next, and a taxi that nobody asked for.
offers() {
    cat <<'CSV'
request,customer,solution,match,offer,out,back,chosen
R-1,Ada,LOANER,yes,1,2026-11-30T09:00,2026-12-01T09:00,
R-1,Ada,LOANER,yes,2,2026-12-02T09:00,2026-12-03T09:00,
R-1,Ada,TAXI,no,3,2026-11-30T09:00,2026-12-01T09:00,
CSV
}

# Both cars are out from Monday 09:00 to Tuesday 09:00.
full_monday() {
    {
        row entry=1 request=F-1 customer=Fay resource=CAR-1
        row entry=2 request=F-2 customer=Fay resource=CAR-2
    } | made
}

# ---- what goes in, what comes out ----

@test "S14: a walk-in is one printf of request, customer, solution, out, back" {
    check 0 bash -c "printf 'request,customer,solution,out,back\nW-1,Ada,LOANER,2026-11-30T09:00,2026-12-02T09:01\n' | mob-book"
    is 'request,customer,solution,out,back,result,status,entry,reason
W-1,Ada,LOANER,2026-11-30T09:00,2026-12-02T09:01,booked,booked,1,' <"$T/out"
    # Two days and a minute: a third 24-hour day has begun. Price and ready stay empty.
    calendar_cells request customer solution out back days ready price saving |
        is 'W-1|Ada|LOANER|2026-11-30T09:00|2026-12-02T09:01|3|||'
}

@test "S13: what mob-avail offers is accepted: the whole pipeline books each request at its wanted time" {
    file requests.csv <<'CSV'
request,customer,vin,jobs,wanted,need
R-1,Ada,ZAM57XSL000000001,RECALL,2026-11-30T09:00,LOANER
R-2,Bob,,OIL,2026-11-30T09:00,LOANER
R-3,Cyd,,OIL,2026-11-30T09:00,taxi
CSV
    check 0 bash -c 'set -o pipefail; mob-estimate <requests.csv | mob-entitle | mob-propose | mob-avail >offers.csv'
    check 0 mob-book offers.csv
    cells request solution out result status entry reason | is 'R-1|LOANER|2026-11-30T09:00|booked|booked|1|
R-2|LOANER|2026-11-30T09:00|booked|booked|2|
R-3|TAXI|2026-11-30T09:00|booked|booked|3|'
    mlr --icsv --ocsv --headerless-csv-output --ofs '|' filter '$offer == 1 && $solution == "LOANER"' \
        then cut -o -f request,out,back,resource,ready offers.csv >offered
    calendar_cells request out back resource ready | grep CAR- >booked
    same offered booked
}

@test "one row a request comes out, in order of first appearance, other columns and their bytes untouched" {
    file rows.csv <<'CSV'
mine,request,customer,solution,out,back,"odd ""name"
" x ",R-2,"Bob, jr.",TAXI,2026-11-30T09:00,2026-11-30T10:00,"two
lines"
,R-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00,ä
,R-1,Ada,LOANER,2026-11-30T09:00,2026-11-30T10:00,never shown
CSV
    check 0 mob-book rows.csv
    is 'mine,request,customer,solution,out,back,"odd ""name",result,status,entry,reason
 x ,R-2,"Bob, jr.",TAXI,2026-11-30T09:00,2026-11-30T10:00,"two
lines",booked,booked,1,
,R-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00,ä,booked,booked,2,' <"$T/out"
}

@test "result, status, entry and reason are overwritten where they stand" {
    check 0 mob-book <<'CSV'
reason,entry,request,status,customer,solution,out,back,result
old,99,R-1,away,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00,rejected
CSV
    is 'reason,entry,request,status,customer,solution,out,back,result
,1,R-1,booked,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00,booked' <"$T/out"
}

@test "an input of no requests: the header, exit 0, no calendar" {
    check 0 bash -c "echo request,customer,solution,out,back | mob-book"
    is 'request,customer,solution,out,back,result,status,entry,reason' <"$T/out"
    [ ! -e calendar.csv ]
}

@test "a column that is needed is missing: exit 2, with the names there are, and a near miss" {
    local column
    offers >all.csv
    for column in request customer solution out back; do
        mlr --csv cut -x -f "$column" all.csv >less.csv
        check 2 mob-book less.csv || { echo "without $column"; return 1; }
        says "$column"
        says match
    done
    sed '1s/customer/custmer/' all.csv >near.csv
    check 2 mob-book near.csv
    says customer
    says custmer
    [ ! -e calendar.csv ]
}

@test "a column twice is exit 2, also one that mob-book does not know" {
    sed '1s/chosen/offer/' <(offers) >twice.csv
    check 2 mob-book twice.csv
    sed '1s/chosen/x/; 1s/$/,x/; 2,$s/$/,/' <(offers) >twice.csv
    check 2 mob-book twice.csv
    [ ! -e calendar.csv ]
}

@test "a record with another number of cells may be half a row: exit 2, nothing is booked" {
    offers >good.csv
    for row in 'R-2,Bob,TAXI,yes,1,2026-11-30T09:00,2026-11-30T10:00' \
        'R-2,Bob,TAXI,yes,1,2026-11-30T09:00,2026-11-30T10:00,,'; do
        { cat good.csv && echo "$row"; } >rows.csv
        check 2 mob-book rows.csv || { echo "$row"; return 1; }
    done
    [ ! -e calendar.csv ]
}

@test "mob-book says how many requests it read, and that now was given; -q says neither" {
    { offers && echo 'R-2,Bob,TAXI,yes,1,2026-11-30T09:00,2026-11-30T10:00,'; } >rows.csv
    check 0 mob-book --dry-run rows.csv
    says '2 requests'
    says 'now'
    check 0 mob-book -q --dry-run rows.csv
    is '' <"$T/err"
}

# ---- which row is booked ----

@test "candidates, nothing chosen: the rows whose match is not no, the first that can be had" {
    check 0 mob-book --dry-run <<<"$(offers)"
    cells solution out result | is 'LOANER|2026-11-30T09:00|booked'
    full_monday
    check 0 mob-book <<<"$(offers)"
    cells solution out offer result entry | is 'LOANER|2026-12-02T09:00|2|booked|3'
}

@test "match=no is never booked unless chosen: with only such rows the answer is no-choice, and the first row" {
    check 1 mob-book <<<"$(offers | sed 's/,yes,/,no,/')"
    cells offer result status entry reason | is '1|rejected|||no-choice'
    [ ! -e calendar.csv ]
}

@test "candidates: without the columns match and chosen every row is one, in the order given" {
    check 0 mob-book <<<"$(offers | mlr --csv cut -x -f match,chosen,offer then tac)"
    cells solution result | is 'TAXI|booked'
}

@test "candidates: rows with a non-empty chosen, if there are any; any text will do, match=no too" {
    local text
    for text in x yes no 0; do
        check 0 mob-book --dry-run <<<"$(offers | sed "4s/\$/$text/")"
        cells solution offer chosen result | is "TAXI|3|$text|booked"
    done
    # Two chosen: the first of them that can be had.
    full_monday
    check 0 mob-book --dry-run <<<"$(offers | sed '2s/$/x/; 4s/$/x/')"
    cells offer result | is '3|booked'
}

@test "candidates: --offer N takes the row with that offer, match=no too; chosen goes before it" {
    check 0 mob-book --dry-run --offer 2 <<<"$(offers)"
    cells offer out result | is '2|2026-12-02T09:00|booked'
    check 0 mob-book --dry-run --offer 3 <<<"$(offers)"
    cells offer solution result | is '3|TAXI|booked'
    check 0 mob-book --dry-run --offer 3 <<<"$(offers | sed '3s/$/x/')"
    cells offer result | is '2|booked'
    check 1 mob-book --dry-run --offer 4 <<<"$(offers)"
    cells offer result reason | is '1|rejected|no-choice'
}

@test "S13: what was chosen and is gone in between is rejected, never silently another one" {
    full_monday
    keep calendar.csv
    check 1 mob-book --offer 1 <<<"$(offers)"
    cells offer result status entry reason | is '1|rejected|||full:CARS'
    check 1 mob-book <<<"$(offers | sed '2s/$/x/')"
    cells offer result reason | is '1|rejected|full:CARS'
    kept calendar.csv
}

@test "S13: the choice on the telephone: --request R-1 --offer 2 looks at that request only" {
    {
        offers
        echo 'R-2,Bob,TAXI,yes,2,2026-11-30T09:00,2026-11-30T10:00,'
        echo 'R-3,,TAXI,yes,2,2026-11-30T09:00,2026-11-30T10:00,' # a conflict, were it looked at
    } >rows.csv
    check 0 mob-book --request R-1 --offer 2 rows.csv
    cells request out result | is 'R-1|2026-12-02T09:00|booked'
    calendar_cells request | is 'R-1'
    check 2 mob-book --request R-9 rows.csv
    says R-9
    calendar_cells request | is 'R-1'
}

@test "each request sees those before it: three want one of two cars on the same day" {
    check 1 mob-book <<'CSV'
request,customer,solution,out,back,resource
R-3,Cyd,LOANER,2026-11-30T09:00,2026-12-01T09:00,CAR-1
R-1,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00,CAR-1
R-2,Bob,LOANER,2026-11-30T09:00,2026-12-01T09:00,CAR-1
R-4,Dan,LOANER,2026-12-01T09:00,2026-12-02T09:00,CAR-1
CSV
    # R-4 begins when R-3 ends: half-open intervals that touch do not overlap.
    cells request result reason | is 'R-3|booked|
R-1|booked|
R-2|rejected|full:CARS
R-4|booked|'
    calendar_cells entry request resource | is '1|R-3|CAR-1
2|R-1|CAR-2
3|R-4|CAR-1'
}

# ---- the resource offered ----

@test "the offered resource is tried first, and resource shows what was booked" {
    # On their own both cars are equally long unused, so file order would take CAR-1.
    check 0 mob-book --dry-run <<<"$(offers | mlr --csv put '$resource = ""')"
    cells resource result | is 'CAR-1|booked'
    check 0 mob-book --dry-run <<<"$(offers | mlr --csv put '$resource = "CAR-2"')"
    cells resource result | is 'CAR-2|booked'
    row request=F-1 customer=Fay resource=CAR-2 | made
    check 0 mob-book <<<"$(offers | mlr --csv put '$resource = "CAR-2"')"
    cells resource result | is 'CAR-1|booked'
    calendar_cells resource | is 'CAR-2
CAR-1'
}

@test "an offered resource of another pool, unknown, or not one a leg is ignored with a warning" {
    local list
    for list in ADV-1 CAR-9 'CAR-2 CAR-1'; do
        check 0 mob-book --dry-run <<<"$(offers | mlr --csv put "\$resource = \"$list\"")" || { echo "$list"; return 1; }
        cells resource result | is 'CAR-1|booked'
        says "$list"
        says R-1
    done
}

@test "an offered resource is tried first for its own leg, one of another pool is ignored for its leg alone" {
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\nLOANER,ADVISORS,start,\n' >legs.csv
    check 0 mob-book --dry-run <<<"$(offers | mlr --csv put '$resource = "CAR-2 CAR-1"')"
    cells resource result | is 'CAR-2 ADV-1|booked'
}

@test "an offered resource that another leg needs makes way: there is an assignment, so it is booked" {
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\nLOANER,CARS,start,60\n' >legs.csv
    # CAR-2 is taken behind the first hour: it can serve only the second leg, whatever was offered.
    row request=F-1 customer=Fay resource=CAR-2 out=2026-11-30T10:00 | made
    check 0 mob-book <<<"$(offers | mlr --csv put '$resource = "CAR-2 CAR-1"')"
    cells resource result | is 'CAR-1 CAR-2|booked'
}

# ---- what is not checked again, and what always is ----

@test "hours, notice, max_days and the licence are not checked again: a row edited by hand is the advisor's decision" {
    mlr --csv put '$notice = "5d"' solutions.csv >new.csv && mv new.csv solutions.csv
    printf 'from,until,closes,reason\n2026-11-29,2026-12-20,,Shut\n' >closures.csv
    # A Sunday at 03:07, closed, 20 days where 10 are allowed, the licence run out.
    check 0 mob-book <<'CSV'
request,customer,solution,out,back,licence_until
R-1,Ada,LOANER,2026-11-29T03:07,2026-12-19T02:58,2020-01-01
R-2,Bob,LOANER,2026-11-24T07:00,2026-11-24T08:30,
CSV
    cells request result | is 'R-1|booked
R-2|booked'
}

@test "no overlap is always checked, by the minute, with what a resource needs before and behind" {
    local out back wanted
    printf 'resource,pool,label,before_min,after_min\nCAR-1,CARS,Car,10,20\n' >fleet.csv
    # The booking that is there occupies Monday 08:50 to Tuesday 09:20.
    row resource=CAR-1 request=F-1 customer=Fay busy_from=2026-11-30T08:50 busy_until=2026-12-01T09:20 | made
    while read -r out back wanted; do
        check "$wanted" mob-book --dry-run <<<"$(offers | sed -n "1p; 2s/2026-11-30T09:00,2026-12-01T09:00/$out,$back/p")" ||
            { echo "$out $back"; return 1; }
    done <<'CASES'
2026-11-30T08:00 2026-11-30T08:30 0
2026-11-30T08:00 2026-11-30T08:31 1
2026-12-01T09:30 2026-12-01T10:00 0
2026-12-01T09:29 2026-12-01T10:00 1
2026-11-29T09:00 2026-12-05T09:00 1
CASES
}

@test "what cannot be booked: out of service, not usable, no resource in the pool, is full:POOL" {
    local fleet
    while IFS= read -r fleet; do
        printf 'resource,pool,label,status,from,until\n%s\n' "$fleet" >fleet.csv
        check 1 mob-book --offer 1 <<<"$(offers)" || { echo "$fleet"; return 1; }
        cells result reason | is 'rejected|full:CARS' || { echo "$fleet"; return 1; }
    done <<'CASES'
CAR-1,CARS,Car,repair,,
CAR-1,CARS,Car,,2026-12-01,
CAR-1,CARS,Car,,,2026-11-30
ADV-1,ADVISORS,Anne,,,
CASES
}

# ---- rejected ----

@test "rejected: all candidates have when=none: their reason, and the first of them is shown" {
    offers | mlr --csv put '$when = "none"; $out = ""; $back = ""; $reason = "full:POOL-" . NR; NR == 1 { $match = "no" }
        NR == 2 { $match = "" }' >rows.csv
    check 1 mob-book rows.csv
    cells offer when result status entry reason | is '2|none|rejected|||full:POOL-2'
    [ ! -e calendar.csv ]
}

@test "rejected: none can be had: the first candidate's full:POOL, and it is shown; the pool is the first leg's without one" {
    full_monday
    offers | sed '3s/2026-12-02T09:00,2026-12-03T09:00/2026-11-20T09:00,2026-11-21T09:00/' >rows.csv # the second is past
    check 1 mob-book rows.csv
    cells offer result reason | is '1|rejected|full:CARS'
    check 1 mob-book <<<"$(mlr --csv tac then put '$offer == 3 { $match = "no" }' rows.csv)"
    cells offer result reason | is '2|rejected|past'
    # Cars there are, but the only advisor is taken.
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\nLOANER,ADVISORS,start,\n' >legs.csv
    row request=F-1 customer=Fay resource=ADV-1 span=start busy_until=2026-11-30T09:15 | made
    rm -f calendar.csv.last
    check 1 mob-book <<<"$(offers | sed '3d')"
    cells offer result reason | is '1|rejected|full:ADVISORS'
}

@test "rejected: past, where back is not after now; a booking that has begun can be had" {
    local out back status result
    while read -r out back status result; do
        check "$status" mob-book --dry-run \
            <<<"$(offers | sed -n "1p; 2s/2026-11-30T09:00,2026-12-01T09:00/$out,$back/p")" || { echo "$out $back"; return 1; }
        cells result reason | is "$result" || { echo "$out $back"; return 1; }
    done <<'CASES'
2026-11-20T09:00 2026-11-23T09:00 1 rejected|past
2026-11-20T09:00 2026-11-24T08:00 1 rejected|past
2026-11-20T09:00 2026-11-24T08:01 0 booked|
CASES
    # Such a one cannot be had: the next candidate is tried.
    check 0 mob-book <<<"$(offers | sed '2s/2026-11-30T09:00,2026-12-01T09:00/2026-11-20T09:00,2026-11-21T09:00/')"
    cells offer result | is '2|booked'
}

# ---- options ----

@test "--option NOTICE books options that expire by themselves" {
    local notice expires
    while read -r notice expires; do
        rm -f calendar.csv*
        check 0 mob-book --option "$notice" <<<"$(offers)" || { echo "$notice"; return 1; }
        cells result status entry | is 'booked|option|1'
        calendar_cells status expires | is "option|$expires" || { echo "$notice"; return 1; }
    done <<'CASES'
30m 2026-11-24T08:30
4h 2026-11-24T12:00
2d 2026-11-26T08:00
1wd 2026-11-26T00:00
CASES
    # 1wd: Wednesday is the whole working day after today; the day behind it begins on Thursday 00:00.
}

@test "an option counts until the instant it expires, and from then on for nothing" {
    offers | sed '3,4d' >rows.csv
    printf 'resource,pool,label\nCAR-1,CARS,Car\n' >fleet.csv
    check 0 mob-book --option 30m rows.csv
    sed 's/R-1,Ada/R-2,Bob/' rows.csv >other.csv
    check 1 mob-book --now 2026-11-24T08:29 other.csv
    cells result reason | is 'rejected|full:CARS'
    check 0 mob-book --now 2026-11-24T08:30 other.csv
    cells result | is booked
}

@test "--dry-run decides and prints the same, and writes nothing" {
    full_monday
    keep calendar.csv
    { offers && echo 'R-2,Bob,LOANER,yes,1,2026-12-02T09:00,2026-12-03T09:00,'; } >rows.csv
    check 0 mob-book --dry-run rows.csv
    cp "$T/out" dry
    kept calendar.csv
    printf '%s\n' calendar* | is calendar.csv # no .last, no .new
    check 0 mob-book rows.csv
    same dry "$T/out"
    calendar_cells request | is 'F-1
F-2
R-1
R-2'
}

@test "--operator NAME is recorded, by default LOGNAME" {
    check 0 mob-book <<<"$(offers)"
    check 0 mob-book --operator 'Anne, desk 2' <<<"$(offers | sed 's/R-1/R-2/')"
    calendar_cells request operator | is 'R-1|tester
R-2|Anne, desk 2'
}

@test "bad usage is exit 2 and books nothing" {
    local options
    offers >rows.csv
    while read -r options; do
        # shellcheck disable=SC2086 # a list of words
        check 2 mob-book $options rows.csv || { echo "$options"; return 1; }
        [ ! -s "$T/out" ]
    done <<'CASES'
--offer 0
--offer x
--offer -1
--option 0wd
--option 5
--option
--wait x
--wait -1
--now 2026-11-24
--calendar other.csv
--nonsense
rows.csv
CASES
    check 2 mob-book there-is-none.csv
    MOB_NOW=today check 2 mob-book rows.csv
    [ ! -e calendar.csv ]
}

@test "faulty policy is exit 2 before anything is written" {
    local name
    offers >rows.csv
    for name in hours solutions fleet legs closures programmes; do
        cp -n "$name.csv" "$name.good" 2>/dev/null || : >"$name.good"
        printf 'faulty\n' >"$name.csv"
        check 2 mob-book rows.csv || { echo "$name"; return 1; }
        says "$name.csv"
        [ -s "$name.good" ] && cp "$name.good" "$name.csv" || rm "$name.csv"
    done
    [ ! -e calendar.csv ]
    check 0 mob-book rows.csv
}

@test "MOB_NOW, --now and TZ: the same answer, byte for byte, in two sites" {
    { offers && echo 'R-2,Bob,LOANER,yes,1,2026-11-30T09:00,2026-12-01T09:00,'; } >rows.csv
    mkdir two && cp ./*.csv two/
    check 0 mob-book --option 4h rows.csv
    cp "$T/out" one.out
    MOB_NOW='' TZ=Asia/Tokyo check 0 mob-book --site two --now 2026-11-24T08:00 --option 4h rows.csv
    same one.out "$T/out"
    # All but when it was written, and the checks that follow from that.
    mlr --csv cut -x -f recorded,check calendar.csv >one
    mlr --csv cut -x -f recorded,check two/calendar.csv >two.csv
    same one two.csv
}

@test "exit 0 with booked, already, ended; 1 with a conflict or a rejection" {
    { row entry=1 request=E-1 status=returned && row entry=2 request=E-2; } | made
    file rows.csv <<'CSV'
request,customer,solution,out,back
E-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00
E-2,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00
R-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00
CSV
    check 0 mob-book --dry-run rows.csv
    cells result | is 'ended
already
booked'
    check 1 mob-book --dry-run <<<"$(sed 's/R-1,Ada/R-1,/' rows.csv)"
    check 1 mob-book --dry-run <<<"$(sed '$s/T10:00/T08:00/' rows.csv)"
    check 1 mob-book --dry-run --offer 1 <<<"$(sed '1s/$/,offer/; 2,$s/$/,2/' rows.csv)"
}
