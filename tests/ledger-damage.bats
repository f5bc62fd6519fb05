#!/usr/bin/env bats
# Promise 5: a calendar that is not what was last committed is refused by all who read it, is never booked upon, and stays
# as it is (CALENDAR.md: `check`, calendar.csv.last).
load helper
load seal
load ledger

# Three bookings: two of two rows, a small one at the end.
prepare() {
    site
    export MOB_NOW=2026-11-24T08:00
    file rows.csv <<'CSV'
request,customer,solution,out,back
R-1,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00
R-2,Bob,LOANER,2026-11-30T10:00,2026-12-01T10:00
R-3,Cyd,BUS,2026-11-30T09:00,2026-11-30T10:00
CSV
    file more.csv <<'CSV'
request,customer,solution,out,back
R-9,Eve,TAXI,2026-11-30T09:00,2026-11-30T10:00
CSV
    file asks.csv <<'CSV'
request,solution,wanted,labour_min,explain_min,pay_type,programmes
R-9,TAXI,2026-11-30T09:00,60,10,customer,
CSV
    check 0 mob-book rows.csv
    cp calendar.csv calendar.good
    cp calendar.csv.last last.good
}

# What both say of it in the end is in $T/err.
refused() {
    keep calendar.csv
    check 2 mob-avail asks.csv && check 2 mob-book more.csv && kept calendar.csv && [ ! -s "$T/out" ] &&
        [ ! -e calendar.csv.new ] && [ ! -e calendar.csv.last.new ]
}

accepted() {
    check 0 mob-avail asks.csv && check 0 mob-book more.csv && cells result | is booked
}

restore() {
    rm -rf calendar.csv calendar.csv.last
    cp calendar.good calendar.csv
    cp last.good calendar.csv.last
}

# each_damage SCRIPT: SCRIPT, with $good the calendar, calls `damage WHAT TEXT` for each damaged one; all of them must be
# refused by mob-book, and every third is shown to a reader, mob-avail, too. In a shell of its own, for bats' tracing would
# take longer than the tools.
each_damage() {
    check 0 bash -c '
        good=$(cat calendar.good; echo .) good=${good%.} tried=0 failed=0
        damage() {
            local status_book=0 status_avail=2 found
            printf %s "$2" >calendar.csv
            mob-book more.csv >out.book 2>err.book || status_book=$?
            if [ $((tried++ % 3)) -eq 0 ]; then
                status_avail=0
                mob-avail asks.csv >out.avail 2>err.avail || status_avail=$?
            fi
            IFS= read -r -d "" found <calendar.csv
            [ "$status_book $status_avail" = "2 2" ] && [ "$found" = "$2" ] && return
            echo "$1: mob-book $status_book, mob-avail $status_avail"
            cat err.book err.avail
            printf %s "$2" >calendar.csv
            cp last.good calendar.csv.last
            failed=1
        }
        '"$1"'
        echo "$tried tried"
        exit $failed'
}

@test "promise 5: one byte changed, at every position of a small calendar" {
    rm calendar.csv*
    check 0 mob-book <<<$'request,customer,solution,out,back\nR-3,Cyd,BUS,2026-11-30T09:00,2026-11-30T10:00'
    cp calendar.csv calendar.good
    cp calendar.csv.last last.good
    each_damage 'for ((i = 0; i < ${#good}; i++)); do
        other=x
        [ "${good:i:1}" != x ] || other=y
        damage "byte $i" "${good:0:i}$other${good:i+1}"
    done'
    grep -qx "$(stat -c %s calendar.good) tried" "$T/out"
}

@test "promise 5: one byte changed to what CSV means something by, one byte more, one less" {
    each_damage 'for ((i = 2; i < ${#good}; i += 37)); do
        [ "${good:i:1}" = "," ] || damage "comma at $i" "${good:0:i},${good:i+1}"
        [ "${good:i:1}" = $'\''\n'\'' ] || damage "line end at $i" "${good:0:i}"$'\''\n'\''"${good:i+1}"
        damage "quote at $i" "${good:0:i}\"${good:i+1}"
        damage "0 put in at $i" "${good:0:i}0${good:i}"
        damage "byte $i taken out" "${good:0:i}${good:i+1}"
    done'
}

@test "promise 5: cut, at any of many positions, and by one byte; cut to nothing" {
    each_damage 'for ((i = ${#good} - 1; i >= 0; i -= i > ${#good} - 25 ? 1 : 31)); do
        damage "cut at $i" "${good:0:i}"
    done
    damage "empty" ""'
}

@test "promise 5: cut between two entries, every check fits: the last one is missed" {
    head -n 3 calendar.good >calendar.csv
    refused
    says 'calendar.csv'
    head -n 5 calendar.good >calendar.csv
    refused
    head -n 1 calendar.good >calendar.csv
    refused
}

@test "promise 5: rows dropped, doubled, swapped" {
    local edit
    while read -r edit; do
        sed "$edit" calendar.good >calendar.csv
        refused || { echo "$edit"; return 1; }
        grep -q 'calendar.csv:[0-9]*:' "$T/err" || { echo "$edit: no line is named"; cat "$T/err"; return 1; }
    done <<'CASES'
2d
3d
4d
2,3d
2p
3p
5p
6p
2{h;d};3G
3{h;d};4G
5{h;d};6G
1p
CASES
}

@test "promise 5: the first line that does not fit is named" {
    local line
    for line in 2 4 6; do
        sed "${line}s/tester/Tester/" calendar.good >calendar.csv
        refused
        says "calendar.csv:$line:"
    done
}

@test "promise 5: CRLF line ends, a BOM, no last line end: another file than was committed" {
    sed 's/$/\r/' calendar.good >calendar.csv
    refused
    { printf '\357\273\277' && cat calendar.good; } >calendar.csv
    refused
    printf '%s' "$(cat calendar.good)" >calendar.csv
    refused
}

@test "promise 5: edited and sealed again: .last notices" {
    sed 's/,[0-9a-f]\{16\}$/,/; s/Ada/Ann/' calendar.good | seal >calendar.csv
    refused
}

@test "promise 5: an old copy put back" {
    cp calendar.good old.csv
    check 0 mob-book more.csv
    cp old.csv calendar.csv
    refused
    says 4 # the entry that is missed
    # An old copy of another history, of the same length.
    rm calendar.csv*
    sed 's/Cyd/Dan/' rows.csv | check 0 mob-book
    cp last.good calendar.csv.last
    refused
}

@test "promise 5: the calendar is missing beside its .last" {
    rm calendar.csv
    check 2 mob-avail asks.csv
    check 2 mob-book more.csv
    says calendar.csv
    [ ! -e calendar.csv ]
    same last.good calendar.csv.last
}

@test "promise 5: the message says how to go on" {
    sed 's/Ada/Ann/' calendar.good >calendar.csv
    refused
    says mob-check
}

@test "a calendar with a column missing or twice, or check not the last, is exit 2" {
    mlr --csv cut -x -f note calendar.good | sed 's/,[0-9a-f]\{16\}$/,/' | seal >calendar.csv
    rm calendar.csv.last
    refused
    sed '1s/note/fuel/' calendar.good >calendar.csv
    refused
}

# ---- calendar.csv.last ----

@test "behind the largest entry number no other is written, for it would not be read again" {
    rm calendar.csv.last
    row entry=1000000000 | made
    keep calendar.csv
    check 2 mob-book more.csv
    says 'calendar.csv: entry: there is no number for another one'
    kept calendar.csv
    [ ! -e calendar.csv.new ]
}

@test ".last that is not understood is exit 2, and stays" {
    local last check
    check=$(cut -d' ' -f2 last.good)
    while IFS= read -r last; do
        printf '%b' "${last//CHECK/$check}" >calendar.csv.last
        cp calendar.csv.last last.bad
        refused || { echo "$last"; return 1; }
        same last.bad calendar.csv.last
    done <<CASES

\\n
3\\n
3 \\n
3 x\\n
3 -x\\n
three CHECK\\n
-3 CHECK\\n
CHECK\\n
 3 CHECK\\n
3 CHECK extra\\n
3 CHECK0\\n
3 ${check%?}\\n
3,CHECK\\n
3 CHECK\\n3 CHECK\\n
3 CHECK\\r\\n
CASES
}

@test ".last with another check, of another entry, in upper case, or of an entry that is not there, is exit 2" {
    local last check
    check=$(cut -d' ' -f2 last.good)
    while IFS= read -r last; do
        echo "$last" >calendar.csv.last
        cp calendar.csv.last last.bad
        refused || { echo "$last"; return 1; }
        same last.bad calendar.csv.last
    done <<CASES
3 0123456789abcdef
2 $check
4 $check
4 -
0 -
3 $(rev <<<"$check")
$([[ $check == *[a-f]* ]] && echo "3 ${check^^}" || echo '9 -')
CASES
}

@test ".last ENTRY - asks for the number only" {
    local number
    for number in 1 2 3; do
        restore
        echo "$number -" >calendar.csv.last
        accepted || { echo "$number"; return 1; }
        is "4 $(calendar_cells check | tail -n 1)" <calendar.csv.last
    done
}

@test ".last behind by an entry, a crash between the two renames: read, booked upon, and set right" {
    local check
    # The check of entry 2 is that of its last row.
    check=$(calendar_cells entry check | sed -n 's/^2|//p' | tail -n 1)
    echo "2 $check" >calendar.csv.last
    check 0 mob-book rows.csv
    cells result | uniq | is already
    echo "2 $check" >calendar.csv.last
    accepted
    is "4 $(calendar_cells check | tail -n 1)" <calendar.csv.last
    # That of its first row is another one.
    restore
    echo "2 $(calendar_cells entry check | sed -n 's/^2|//p' | head -n 1)" >calendar.csv.last
    refused
}

@test ".last missing: said on standard error, made anew, also where nothing is booked" {
    rm calendar.csv.last
    check 0 mob-avail asks.csv
    says calendar.csv.last
    [ ! -e calendar.csv.last ] # a reader writes nothing
    check 0 mob-book --dry-run more.csv
    says calendar.csv.last
    [ ! -e calendar.csv.last ]
    keep calendar.csv
    check 0 mob-book rows.csv
    says calendar.csv.last
    same last.good calendar.csv.last
    kept calendar.csv
    rm calendar.csv.last
    check 0 mob-book more.csv
    says calendar.csv.last
    is "4 $(calendar_cells check | tail -n 1)" <calendar.csv.last
    check 0 mob-avail asks.csv
    ! grep -q 'calendar.csv.last' "$T/err" || { cat "$T/err"; return 1; }
}

@test "both missing: an empty calendar, said; nothing booked leaves both missing" {
    rm calendar.csv calendar.csv.last
    check 0 mob-avail asks.csv
    says calendar.csv
    check 1 mob-book <<<"$(sed 's/Eve//' more.csv)"
    says calendar.csv
    [ ! -e calendar.csv ]
    [ ! -e calendar.csv.last ]
    check 0 mob-book more.csv
    says calendar.csv
    calendar_cells entry request | is '1|R-9'
    is "1 $(calendar_cells check)" <calendar.csv.last
}

@test "what is damaged is refused by --dry-run too, and where nothing would be written" {
    sed 's/Ada/Ann/' calendar.good >calendar.csv
    check 2 mob-book --dry-run more.csv
    check 2 mob-book <<<'request,customer,solution,out,back'
}
