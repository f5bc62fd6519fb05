# mob-plan: REPORTS.md's paragraph, sentence by sentence. 2026-11-30 is a Monday; the helper's site is open Monday to
# Friday, 08:00-12:00 and 14:00-18:00. Every expected mark is worked out by hand. The page is looked at in a browser by
# tests/board.bats.
load helper
load seal

prepare() {
    site
    file fleet.csv <<'CSV'
resource,pool,label,status,from,until,before_min,after_min,late_days
CAR-1,CARS,Small car,,,,,,2
ADV-1,ADVISORS,Anne,,,,,,
CAR-2,CARS,Big car,ready,,,,,
CSV
    export MOB_NOW=2026-12-02T10:00
}

# marks [OPTION...]: the lines of the resources, `RESOURCE MARKS` in order of the blocks, marks without blanks between.
marks() {
    check 0 mob-plan -q "$@" || return 1
    awk '/^  [^ ]/ && NF > 1 { name = $1; $1 = ""; gsub(/ /, ""); if (!(name in marks)) order[++count] = name
             marks[name] = marks[name] $0 }
        END { for (i = 1; i <= count; i++) print order[i], marks[order[i]] }' "$T/out"
}

week='--from 2026-11-30 --until 2026-12-06'

@test "no calendar: free on open days, closed on the others; resources in file order under their pool" {
    check 0 mob-plan $week
    is "2026-11-30 to 2026-12-06
               *
        Mo Tu We Th Fr Sa Su
        30 01 02 03 04 05 06
CARS
  CAR-1  .  .  .  .  .  =  =
  CAR-2  .  .  .  .  .  =  =
ADVISORS
  ADV-1  .  .  .  .  .  =  =

# clash   ! overdue   A away   B booked   o option   X blocked   r returned
= no departure (closed)   - not in service   . free   * today, 2026-12-02T10:00" <"$T/out"
}

@test "each status has its mark, on each date that has a minute of [busy_from, busy_until)" {
    entries <<'ROWS'
1 1/1 R-1 option   LOANER stay CAR-1 2026-11-30T08:00 2026-11-30T10:00 2026-11-30T08:00 2026-11-30T10:00
2 1/1 R-2 booked   LOANER stay CAR-1 2026-12-01T08:00 2026-12-02T00:00 2026-12-01T08:00 2026-12-01T18:00
3 1/1 R-3 away     LOANER stay CAR-1 2026-12-02T00:00 2026-12-03T00:01 2026-12-02T08:00 2026-12-03T00:00
4 1/1 R-4 returned LOANER stay CAR-2 2026-11-29T08:00 2026-12-01T08:00 2026-11-29T08:00 2026-12-01T08:00
5 1/1 B-5 blocked  -      stay CAR-2 2026-12-03T23:59 2026-12-04T08:00 2026-12-03T23:59 2026-12-04T08:00
6 1/1 R-6 booked   LOANER start ADV-1 2026-12-04T08:00 2026-12-04T08:15 2026-12-04T08:00 2026-12-07T08:00
ROWS
    marks $week | is "CAR-1 oBAA.==
CAR-2 rr.XX==
ADV-1 ....B=="
}

@test "only the highest entry of a request counts; cancelled, no-show and expired options occupy nothing" {
    entries <<'ROWS'
1 1/1 R-1 booked    LOANER stay CAR-1 2026-11-30T08:00 2026-11-30T10:00 2026-11-30T08:00 2026-11-30T10:00
2 1/1 R-2 booked    LOANER stay CAR-1 2026-12-03T08:00 2026-12-03T10:00 2026-12-03T08:00 2026-12-03T10:00
3 1/1 R-2 cancelled LOANER -    -     -                -                2026-12-03T08:00 2026-12-03T10:00
4 1/1 R-1 booked    LOANER stay CAR-1 2026-12-04T08:00 2026-12-04T10:00 2026-12-04T08:00 2026-12-04T10:00
5 1/1 R-3 no-show   LOANER -    -     -                -                2026-12-01T08:00 2026-12-01T10:00
6 1/1 R-4 option    LOANER stay CAR-2 2026-12-03T08:00 2026-12-03T10:00 2026-12-03T08:00 2026-12-03T10:00 expires=2026-12-02T10:00
7 1/1 R-5 option    LOANER stay CAR-2 2026-12-04T08:00 2026-12-04T10:00 2026-12-04T08:00 2026-12-04T10:00 expires=2026-12-02T10:01
8 1/1 R-6 booked    LOANER stay GONE  2026-12-04T08:00 2026-12-04T10:00 2026-12-04T08:00 2026-12-04T10:00
9 1/1 R-7 booked    TAXI   -    -     -                -                2026-12-04T08:00 2026-12-04T10:00
ROWS
    marks $week --pool CARS | is "CAR-1 ....B==
CAR-2 ....o=="
}

@test "overdue: from its departure to late_days after now, all its days" {
    entries <<'ROWS'
1 1/2 R-1 away LOANER start ADV-1 2026-12-01T08:00 2026-12-01T08:15 2026-12-01T08:00 2026-12-02T10:00
1 2/2 R-1 away LOANER stay  CAR-1 2026-12-01T08:00 2026-12-02T10:00 2026-12-01T08:00 2026-12-02T10:00
2 1/1 R-2 away LOANER stay  CAR-2 2026-12-01T08:00 2026-12-02T10:01 2026-12-01T08:00 2026-12-02T10:01
ROWS
    # CAR-1's late_days: 2, so until Friday 10:00.
    marks $week | is "CAR-1 .!!!!==
CAR-2 .AA..==
ADV-1 .!...=="
    # Late days that end beyond the board, and beyond all calendars.
    sed -i 's/^\(CAR-1.*\),2$/\1,1000000000/' fleet.csv
    marks $week --pool CARS | is "CAR-1 .!!!!!!
CAR-2 .AA..=="
    check 0 mob-plan -q $week --html
    grep -q 'until Friday 31 December 9999, 23:59' "$T/out"
}

@test "clash: on the dates of the minutes that two rows have in common, of whatever status; touching is none" {
    entries <<'ROWS'
1 1/1 R-1 booked LOANER stay CAR-1 2026-11-30T08:00 2026-12-02T10:00 2026-11-30T08:00 2026-12-02T10:00
2 1/1 R-2 booked LOANER stay CAR-1 2026-12-01T23:59 2026-12-02T00:00 2026-12-01T23:59 2026-12-02T00:00
3 1/1 R-3 booked LOANER stay CAR-1 2026-12-02T10:00 2026-12-03T10:00 2026-12-02T10:00 2026-12-03T10:00
4 1/1 R-4 returned LOANER stay CAR-2 2026-11-30T08:00 2026-12-01T10:00 2026-11-30T08:00 2026-12-01T10:00
5 1/1 B-5 blocked  -      stay CAR-2 2026-11-30T09:00 2026-11-30T10:00 2026-11-30T09:00 2026-11-30T10:00
6 1/1 R-6 option   LOANER stay CAR-2 2026-12-01T09:00 2026-12-02T10:00 2026-12-01T09:00 2026-12-02T10:00
7 1/2 R-7 booked LOANER start ADV-1 2026-12-04T08:00 2026-12-04T08:15 2026-12-04T08:00 2026-12-05T08:00
7 2/2 R-7 booked LOANER start ADV-1 2026-12-04T08:00 2026-12-04T08:30 2026-12-04T08:00 2026-12-05T08:00
ROWS
    marks $week | is "CAR-1 B#BB.==
CAR-2 ##o..==
ADV-1 ....#=="
}

@test "clash: an overdue car's late days stand in the next one's way" {
    entries <<'ROWS'
1 1/1 R-1 away   LOANER stay CAR-1 2026-12-01T08:00 2026-12-02T09:00 2026-12-01T08:00 2026-12-02T09:00
2 1/1 R-2 booked LOANER stay CAR-1 2026-12-04T09:00 2026-12-05T10:00 2026-12-04T09:00 2026-12-05T10:00
ROWS
    # Gone until Friday 10:00, so an hour of R-2 is in doubt; on Saturday it has the car alone.
    marks $week --pool CARS | is "CAR-1 .!!!#B=
CAR-2 .....=="
}

@test "of several rows on one day the weightiest shows: ! A B o X r, and any before = and -" {
    local number=0 leg=0 status pair hours back
    for pair in overdue:away away:booked booked:option option:blocked blocked:returned; do
        number=$((number + 1))
        for status in ${pair/:/ }; do
            # The heavier one in the morning, the lighter one in the afternoon of Monday.
            case $status in
            "${pair%:*}") hours="T08:00 T09:00" ;;
            *) hours="T11:00 T12:00" ;;
            esac
            set -- $hours
            back=2026-12-04T00:00
            [ "$status" != overdue ] || back=2026-12-01T00:00
            echo "$number$((++leg)) 1/1 R-$number-$status ${status/overdue/away} LOANER start CAR-$number 2026-11-30$1 2026-11-30$2 2026-11-30$1 $back"
        done
    done | awk '{ $1 = NR; print }' | entries
    { echo resource,pool,label; for number in 1 2 3 4 5; do echo "CAR-$number,CARS,"; done; } >fleet.csv
    marks --from 2026-11-30 --until 2026-11-30 | is "CAR-1 !
CAR-2 A
CAR-3 B
CAR-4 o
CAR-5 X"
    # On a day that is closed, and out of service, `returned` still shows.
    printf 'from,until,reason\n2026-11-30,2026-11-30,Feast\n' >closures.csv
    { echo resource,pool,label,until; echo CAR-5,CARS,,2026-11-29; echo CAR-6,CARS,,2026-11-29; } >fleet.csv
    sed -n '1p; /R-5-returned/p' calendar.csv | sed '2s/^10,/1,/; 2s/[^,]*$//' | seal >one.csv
    marks --from 2026-11-30 --until 2026-11-30 --calendar one.csv | is "CAR-5 r
CAR-6 ="
}

@test "closed: a closure of departures, or no hours of the reception; closed before not in service" {
    printf '%s\n' from,until,closes,reason '2026-11-30,2026-11-30,departure,a' '2026-12-01,2026-12-01,return workshop prep,b' \
        '2026-12-02,2026-12-03,,c' >closures.csv
    # An exceptional opening on the third lifts the closure; Friday has no hours; Saturday has.
    printf '%s\n' reception,2026-12-03,09:00,10:00 reception,2026-12-04,, reception,2026-12-05,09:00,10:00 >>hours.csv
    printf '%s\n' resource,pool,label,status,from,until CAR-1,CARS,,,, CAR-2,CARS,,,2026-12-03,2026-12-05 \
        CAR-3,CARS,,repair,, >fleet.csv
    marks $week | is "CAR-1 =.=.=.=
CAR-2 =-=.=.=
CAR-3 =-=-=-="
}

@test "--from is now's date, --until 13 days on, to the last of all dates" {
    check 0 mob-plan -q
    head -n 1 "$T/out" | is '2026-12-02 to 2026-12-15'
    check 0 mob-plan -q --from 2026-12-30
    head -n 1 "$T/out" | is '2026-12-30 to 2027-01-12'
    check 0 mob-plan -q --from 9999-12-30
    head -n 1 "$T/out" | is '9999-12-30 to 9999-12-31'
    check 0 mob-plan -q --now 2026-12-31T23:59 --until 2026-12-31
    head -n 1 "$T/out" | is '2026-12-31'
    check 2 mob-plan --from 2026-12-03 --until 2026-12-02
    says 'mob-plan: --from, 2026-12-03, lies after --until, 2026-12-02'
    check 2 mob-plan --until 2026-12-01
    says 'mob-plan: --from, today where it is not given, 2026-12-02, lies after --until, 2026-12-01'
    [ ! -s "$T/out" ]
}

@test "--pool: only its resources; one that fleet.csv lacks is refused" {
    marks $week --pool ADVISORS | is 'ADV-1 .....=='
    check 2 mob-plan --pool BIKES
    says "--pool: 'BIKES' is not in fleet.csv"
    check 2 mob-plan --pool ''
    says "--pool: '' is not in fleet.csv"
}

@test "--width: days that do not fit stand in further blocks, at least one in each" {
    # 2 blanks, 5 of the name, 3 a day, 1 more before a Monday: 6 days end in column 25, the 7th would in 28.
    check 0 mob-plan -q --from 2026-12-01 --until 2026-12-14 --pool ADVISORS --width 27
    is "2026-12-01 to 2026-12-06
            *
        Tu We Th Fr Sa Su
        01 02 03 04 05 06
ADVISORS
  ADV-1  .  .  .  .  =  =

2026-12-07 to 2026-12-12
        Mo Tu We Th Fr Sa
        07 08 09 10 11 12
ADVISORS
  ADV-1  .  .  .  .  .  =

2026-12-13 to 2026-12-14
        Su  Mo
        13  14
ADVISORS
  ADV-1  =   .

# clash   ! overdue
A away   B booked
o option   X blocked
r returned
= no departure (closed)
- not in service   . free
* today, 2026-12-02T10:00" <"$T/out"
    check 0 mob-plan -q $week --width 1
    [ "$(grep -c '^2026' "$T/out")" -eq 7 ]
    marks $week --width 1 | head -n 1 | is 'CAR-1 .....=='
    check 2 mob-plan --width 0
    says '--width'
}

@test "no line is longer than --width, and a wide terminal has a month in one block" {
    for width in 40 80 120; do
        check 0 mob-plan -q --from 2026-12-01 --until 2026-12-31 --width $width
        [ "$(wc -L <"$T/out")" -le $width ]
    done
    [ "$(grep -c '^2026' "$T/out")" -eq 1 ]
}

@test "codes of any writing keep the columns in line; what would move a terminal's cursor is shown as ?" {
    printf 'resource,pool,label\nÉLAN-1,VÖGEL,\n東京,VÖGEL,\ne\314\201-1,VÖGEL,\nZ\342\200\256\377,VÖGEL,\n' >fleet.csv
    check 0 mob-plan -q --from 2026-12-01 --until 2026-12-02
    # 東京 takes four columns, the accent of the third one none.
    sed -n '4,$p' "$T/out" | sed '/^$/,$d' | is "         01 02
VÖGEL
  ÉLAN-1  .  .
  東京    .  .
  é-1     .  .
  Z????   .  ."
}

@test "a fleet without resources has a legend" {
    echo resource,pool,label >fleet.csv
    check 0 mob-plan -q $week
    grep -q '^# clash' "$T/out"
    check 0 mob-plan -q $week --html
    grep -q '</html>' "$T/out"
}

# ---- the page, as far as it can be read without a browser ----

# page ROWS...: the page of a calendar with these rows.
page() {
    entries
    check 0 mob-plan -q $week --html
}

@test "--html: the style sheet is the one whose hash the page's policy names" {
    check 0 mob-plan -q --html
    # SHA-256 in base64 of all between the tags.
    sum=$(awk '{ if (sub(/^<style>/, "")) on = 1; if (sub(/<\/style>$/, "")) { printf "%s", $0; exit } if (on) print }' \
        "$T/out" | sha256sum | cut -d' ' -f1)
    hash=$(printf "$(sed 's/../\\x&/g' <<<"$sum")" | base64)
    grep -qF "default-src 'none'; style-src 'sha256-$hash';" "$T/out" || { echo "view/board_style.c needs: sha256-$hash"; false; }
}

@test "--html: no script, no style in attributes, nothing that is fetched, one file in English" {
    check 0 mob-plan -q --html
    grep -q '^<html lang="en">$' "$T/out"
    if grep -nE '<script|<link|<img|<iframe|<object|<embed| style=| on[a-z]+=|https?:|//|@import|url\([^#]' "$T/out"; then false; fi
    # What it refers to is its own.
    grep -o 'href="[^"]*"' "$T/out" | sort -u >references
    [ -s references ]
    if grep -v '^href="#' references; then false; fi
    sed 's/href="#\(.*\)"/\1/' references | while read -r name; do grep -q "id=\"$name\"" "$T/out"; done
}

@test "--html: a bar's name says customer, request, status, solution, resource, times, occupation, lateness and clash" {
    page <<'ROWS'
1 1/1 R-1 away   LOANER stay CAR-1 2026-12-01T07:40 2026-12-02T09:30 2026-12-01T08:00 2026-12-02T09:00 customer=Ada
2 1/1 R-2 booked LOANER stay CAR-1 2026-12-04T09:00 2026-12-05T10:00 2026-12-04T09:00 2026-12-05T10:00 customer=Bob
3 1/1 B-3 blocked -     stay CAR-2 2026-12-04T09:00 2026-12-05T10:00 2026-12-04T09:00 2026-12-05T10:00 customer=
4 1/1 R-4 option LOANER start ADV-1 2026-12-04T09:00 2026-12-04T09:15 2026-12-04T09:00 2026-12-05T10:00 customer=Cy
ROWS
    grep -o 'aria-label="[^"]*\."' "$T/out" | sed 's/^aria-label="//; s/"$//' >names
    is "Ada. R-1, away, overdue since Wednesday 2 December 2026, 09:00. LOANER on CAR-1 (Small car). Out from Tuesday 1 December 2026, 08:00 until Wednesday 2 December 2026, 09:00. Occupied from Tuesday 1 December 2026, 07:40 until Friday 4 December 2026, 10:00. Clash with R-2 of Bob.
Bob. R-2, booked. LOANER on CAR-1 (Small car). Out from Friday 4 December 2026, 09:00 until Saturday 5 December 2026, 10:00. Clash with R-1 of Ada.
B-3. blocked. Out of use: CAR-2 (Big car). Out from Friday 4 December 2026, 09:00 until Saturday 5 December 2026, 10:00.
Cy. R-4, option. LOANER handed out by ADV-1 (Anne). Out from Friday 4 December 2026, 09:00 until Saturday 5 December 2026, 10:00. Occupied from Friday 4 December 2026, 09:00 until Friday 4 December 2026, 09:15." <names
}

# places: `CLASS X WIDTH` of the parts of the bars, in percent.
places() {
    sed -n '/class="bar /p' "$T/out" | grep -oE 'class="tail" x="[^"]*" width="[^"]*"|<foreignObject x="[^"]*" width="[^"]*"|class="late" x="[^"]*" width="[^"]*"' |
        sed 's/<foreignObject/class="use"/; s/class="//; s/" x="/ /; s/" width="/ /; s/%"$//; s/%//'
}

@test "--html: bars stand to the minute, [out, back) full, preparation and cleaning behind it paler" {
    # Open from 0 to 24 o'clock, so that all hours are equally wide: a day of four is 25 %, an hour 1.0416 %.
    { echo area,day,open,close; for day in mon tue wed thu fri sat sun; do echo "reception,$day,00:00,24:00"; done
      echo workshop,mon,08:00,09:00; } >hours.csv
    entries <<'ROWS'
1 1/1 R-1 booked LOANER stay CAR-1 2026-12-01T06:00 2026-12-02T18:00 2026-12-01T12:00 2026-12-02T12:00
2 1/1 R-2 booked LOANER stay CAR-2 2026-11-29T12:00 2026-11-30T12:00 2026-11-29T12:00 2026-11-30T06:00
3 1/1 R-3 booked LOANER end ADV-1 2026-12-03T18:00 2026-12-03T18:15 2026-12-01T12:00 2026-12-03T18:00
ROWS
    check 0 mob-plan -q --from 2026-11-30 --until 2026-12-03 --html
    places | is "tail 31.2500 37.5000
use 37.5000 25.0000
tail 0.0000 12.5000
use 0.0000 6.2500
tail 93.7500 0.2604
use 93.7500 0.2604"
}

@test "--html: of an overdue car what is missing since its return stands apart" {
    { echo area,day,open,close; for day in mon tue wed thu fri sat sun; do echo "reception,$day,00:00,24:00"; done
      echo workshop,mon,08:00,09:00; } >hours.csv
    entries <<'ROWS'
1 1/1 R-1 away LOANER stay CAR-1 2026-11-30T12:00 2026-12-01T12:00 2026-11-30T12:00 2026-12-01T12:00
ROWS
    # Two late days from 2026-12-01T18:00.
    check 0 mob-plan -q --now 2026-12-01T18:00 --from 2026-11-30 --until 2026-12-03 --html
    places | is "tail 12.5000 81.2500
late 37.5000 56.2500
use 12.5000 25.0000"
}

@test "--html: an overdue car whose time lies before the board has its picture, its name and since when on what is missing" {
    entries <<'ROWS'
1 1/1 R-1 away LOANER stay CAR-1 2026-11-26T09:00 2026-11-29T12:30 2026-11-26T09:00 2026-11-29T12:30 customer=Ada
2 1/1 R-2 away LOANER stay CAR-2 2026-11-24T09:00 2026-11-25T12:30 2026-11-24T09:00 2026-11-25T12:30 customer=Bob
ROWS
    # From its left edge on: until Friday 10:00 the one, which is late for three days; beyond the edge the other.
    check 0 mob-plan -q --html
    grep -o '<foreignObject x="0[.]0000%".*' "$T/out" | sed 's/<foreignObject class="card.*//' >found
    grep -q 'href="#overdue".*<bdi>Ada</bdi> <span>since Sun 12:30</span>' found
    grep -q 'href="#overdue".*<bdi>Bob</bdi> <span>since Wed 25 Nov 12:30</span>' found
    # Where the bar itself has room, the words are in it, and once.
    check 0 mob-plan -q --from 2026-11-26 --until 2026-12-02 --pool CARS --html
    grep -o '<bdi>[^/]*</bdi> <span>[^<]*' "$T/out" | sed 's/<[^>]*>//g' |
        is $'Ada 09:00–Sun 12:30\nBob since Wed 25 Nov 12:30'
}

@test "--html: what a closure shuts is said above its day and in a list, and drawn, be it returns alone" {
    printf '%s\n' from,until,closes,reason '2026-11-30,2026-11-30,return,a' '2026-12-01,2026-12-01,departure,b' \
        '2026-12-02,2026-12-02,workshop prep,c' '2026-12-03,2026-12-03,departure return,d' '2026-12-04,2026-12-04,,e' >closures.csv
    echo prep,mon,08:00,09:00 >>hours.csv
    check 0 mob-plan -q $week --html
    sed -n '/aria-label="Closed days"/,/<\/ul>/p' "$T/out" | sed -n 's/<li>\(.*\)<\/li>/\1/p' | is 'Monday 30 November 2026: no return
Tuesday 1 December 2026: no departure
Wednesday 2 December 2026: no workshop, preparation
Thursday 3 December 2026: closed
Friday 4 December 2026: closed
Saturday 5 December 2026: closed
Sunday 6 December 2026: closed'
    grep -o '<div class="hours">[^<]*' "$T/out" | sed 's/.*>//' | paste -s -d '|' |
        is 'no return|no departure|no workshop, preparation|closed|closed|closed|closed'
    # In the ground that all lines share: two days partly, five from departures on.
    sed -n '/id="ground"/,/<\/symbol>/p' "$T/out" >ground
    grep -o 'class="partly"' ground | wc -l | is 2
    grep -o 'class="closed"' ground | wc -l | is 5
}

@test "--html: hours outside the site's are drawn at a quarter of the width, and the page says so" {
    # 08:00-18:00 have 600 minutes of weight 4, the other 840 of weight 1: 3240 a day; 08:00 is 480, 13:00 is 1680.
    entries <<'ROWS'
1 1/1 R-1 booked LOANER stay CAR-1 2026-12-01T08:00 2026-12-01T13:00 2026-12-01T08:00 2026-12-01T13:00
ROWS
    check 0 mob-plan -q --from 2026-12-01 --until 2026-12-01 --html
    places | is "tail 14.8148 37.0370
use 14.8148 37.0370"
    grep -q 'before 08:00 and after 18:00 are drawn narrower' "$T/out"
}

@test "--html: what comes from the data is text, whatever it is" {
    printf 'resource,pool,label,status\n"<b>&""\x27",<P>,"<i>\x01\xff",\nCAR-2,CARS,"a\nb",<s>\n' >fleet.csv
    entries <<'ROWS'
1 1/1 <u>1 booked <LOANER> stay CAR-2 2026-12-01T08:00 2026-12-02T09:00 2026-12-01T08:00 2026-12-02T09:00 customer=<script>alert(1)</script>
ROWS
    check 0 mob-plan -q $week --html
    if grep -nE '<script|<u>|<LOANER>|<P>|<i>.|<s>' "$T/out" | grep -v 'class="date"'; then false; fi
    grep -qF '<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>' "$T/out"
    grep -qF '&lt;b&gt;&amp;&quot;&#39;' "$T/out"
    grep -qF $'&lt;i&gt;\xef\xbf\xbd\xef\xbf\xbd' "$T/out"
    grep -qF 'CAR-2 (a b)' "$T/out"
    # U+FFFE and U+1FFFF are no characters; the mark U+200F is one, U+202E would turn what follows.
    printf 'resource,pool,label\nCAR-1,CARS,"A\xef\xbf\xbeB\xf0\x9f\xbf\xbfC\xe2\x80\x8fD\xe2\x80\xaeE"\n' >fleet.csv
    check 0 mob-plan -q $week --html
    sed 's/\xef\xbf\xbd\(\xef\xbf\xbd\)*/?/g' "$T/out" | grep -qF $'<span>A?B?C\xe2\x80\x8fD?E</span>'
}
