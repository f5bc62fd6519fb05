# What the tests of life after booking share: a site whose cars need preparing and cleaning, and a booking of three legs.
# Needs helper, seal and ledger.

# amend_site: CAR-1 is prepared for 20 minutes and cleaned for 30, CAR-2 only cleaned, for 60; CAR-3 is in repair, CAR-4
# comes on 7 December. A loan is a car, an advisor who explains, and at the end a driver for 40 minutes.
amend_site() {
    site
    file fleet.csv <<'CSV'
resource,pool,label,status,from,until,before_min,after_min,late_days
CAR-1,CARS,Small car,,,,20,30,2
CAR-2,CARS,Big car,ready,,,,60,
CAR-3,CARS,Old car,repair,,,,,
CAR-4,CARS,New car,,2026-12-07,,,,
CAR-5,CARS,Spare car,,,,,,
VAN-1,VANS,Van,,,,,,
VAN-2,VANS,Long van,,,,,,
ADV-1,ADVISORS,Anne,,,,,,
ADV-2,ADVISORS,Bert,,,,,,
DRV-1,DRIVERS,Carl,,,,,,
DRV-2,DRIVERS,Dora,,,,,,
CSV
    file legs.csv <<'CSV'
solution,pool,span,minutes
LOANER,CARS,stay,
LOANER,ADVISORS,start,
LOANER,DRIVERS,end,40
CSV
}

# booking [NAME=VALUE...]: the three rows of R-1's entry 1: out Monday 09:00, back Wednesday 10:00, so three days begun.
# The car is busy from 20 minutes before till 30 after. NAME=VALUE goes into all of them, a price into the first.
booking() {
    local common=(explain_min=20 labour_min=240 pay_type=customer days=3 currency=EUR back=2026-12-02T10:00 vin=V-1 km=15000)
    row "${common[@]}" price=135.00 saving=0.00 "$@" leg=1/3 span=stay resource="${car:-CAR-1}" \
        busy_from=2026-11-30T08:40 busy_until=2026-12-02T10:30
    row "${common[@]}" "$@" price= saving= leg=2/3 span=start resource="${advisor:-ADV-1}" \
        busy_from=2026-11-30T09:00 busy_until=2026-11-30T09:20
    row "${common[@]}" "$@" price= saving= leg=3/3 span=end resource="${driver:-DRV-1}" \
        busy_from=2026-12-02T10:00 busy_until=2026-12-02T10:40
}

# other REQUEST ENTRY RESOURCE FROM UNTIL [NAME=VALUE...]: an entry of one row that occupies RESOURCE so long.
other() {
    row request="$1" entry="$2" customer=Bob resource="$3" out="$4" back="$5" "${@:6}"
}

# planned: the rows on standard input are the calendar, and nothing was committed before. What a test file has sealed
# before is kept: the tables would do it over and over.
planned() {
    local rows kept
    rows=$(</dev/stdin)
    kept=$(xxhsum -H3 <<<"$rows")
    kept=$BATS_FILE_TMPDIR/${kept//[!0-9a-f]/}
    [ -e "$kept" ] || made "$kept" <<<"$rows"
    rm -f calendar.csv.last
    cp "$kept" calendar.csv
}

# amend EXPECTED OPERAND... : mob-amend must answer one row with `result|status|entry|reason|displaced` as the pattern
# EXPECTED says, and exit with 1 where that is rejected, else with 0.
amend() {
    local expected=$1 found status=0
    shift
    [[ $expected != rejected* ]] || status=1
    check "$status" mob-amend "$@" || return 1
    found=$(cells result status entry reason displaced)
    # shellcheck disable=SC2053 # a pattern
    [[ $found == $expected ]] || { printf '%s\nfound:    %s\nexpected: %s\n' "$*" "$found" "$expected"; return 1; }
}

# entry_cells ENTRY COLUMN... : those columns of an entry's rows in calendar.csv, separated by `|`.
entry_cells() {
    local number=$1 columns
    shift
    columns=$(IFS=,; printf '%s' "$*")
    mlr -S --icsv --ocsv --ofs '|' --headerless-csv-output filter "\$entry == \"$number\"" then cut -o -f "$columns" \
        calendar.csv
}

# rows_of ENTRY: what its rows occupy.
rows_of() {
    entry_cells "$1" leg span resource busy_from busy_until
}
