# What every .bats file loads: the tools on PATH, a clean environment, a small site, checked runs.
#
# $T is the test's own directory, $ROOT the project's. Nothing of the caller's environment reaches a tool.

setup() {
    trace_tests_only
    ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
    [ -d "$ROOT/cmd" ] || ROOT=$(cd "$ROOT/.." && pwd)
    # A test is in a directory of its own.
    MOB_BIN=${MOB_BIN:-$ROOT/build}
    [[ $MOB_BIN == /* ]] || MOB_BIN=$PWD/$MOB_BIN
    PATH=$MOB_BIN:$PATH
    T=$BATS_TEST_TMPDIR
    unset MOB_SITE MOB_NOW
    export TZ=UTC LC_ALL=C LOGNAME=tester
    cd "$T" || return 1
    if declare -F prepare >/dev/null; then prepare; fi
}

# Bats follows every command with a trap, which takes longer than the command: here it follows those of the test itself,
# for the line that it shows of a failure, not those of the functions that the test calls. `bats --trace` follows all.
trace_tests_only() {
    [ "${BATS_TRACE_LEVEL:-0}" -eq 0 ] || return 0
    set +T
    # These two of bats take the trap away once a test has failed: not traced themselves, they could not.
    declare -ft "$BATS_TEST_NAME" bats_error_trap bats_check_status_from_trap
}

# check STATUS COMMAND...: runs it with standard output in $T/out and standard error in $T/err, and fails, showing both,
# unless it exits with STATUS.
check() {
    local wanted=$1 status=0
    shift
    "$@" >"$T/out" 2>"$T/err" || status=$?
    if [ "$status" -ne "$wanted" ]; then
        printf 'exit %s, expected %s: %s\n' "$status" "$wanted" "$*"
        printf -- '-- out\n'; cat "$T/out"
        printf -- '-- err\n'; cat "$T/err"
        return 1
    fi
}

# same EXPECTED-FILE ACTUAL-FILE: fails, showing the difference, unless they are the same bytes.
same() {
    cmp -s "$1" "$2" || { diff "$1" "$2"; return 1; }
}

# says TEXT: fails unless standard error of the last check holds TEXT.
says() {
    [[ $(<"$T/err") == *"$1"* ]] || { printf 'standard error lacks: %s\n' "$1"; cat "$T/err"; return 1; }
}

# cells COLUMN... : those columns of $T/out, a row a line, separated by `|`, without the header.
cells() {
    cells_of "$T/out" "$@"
}

# cells_of FILE COLUMN... : awk, which starts in a third of the time, for plain rows; mlr for a file with anything else.
cells_of() {
    local path=$1 columns IFS=,
    shift
    columns=$*
    columns=$columns awk -F , '
        NR == 1 {
            for (i = 1; i <= NF; i++) if ($i in at) is_odd = 1; else at[$i] = i
            width = NF
            count = split(ENVIRON["columns"], name, ",")
            for (i = 1; i <= count; i++) if (!(name[i] in at)) is_odd = 1
        }
        is_odd || NF != width || /["|\r]/ { is_odd = 1; exit }
        NR > 1 { for (i = 1; i <= count; i++) text = text $at[name[i]] (i < count ? "|" : "\n") }
        END { if (is_odd) exit 3; printf "%s", text }' "$path" ||
        mlr --icsv --ocsv --ofs '|' --headerless-csv-output cut -o -f "$columns" "$path"
}

# is EXPECTED: fails unless standard input is EXPECTED and a line end (or empty, where EXPECTED is).
is() {
    local found
    found=$(</dev/stdin)
    [ "$found" = "$1" ] || { printf 'found:\n%s\nexpected:\n%s\n' "$found" "$1"; return 1; }
}

# file NAME: standard input, without a NUL, becomes the file NAME. (No process is started: every test makes its site.)
file() {
    local content
    mapfile content
    printf '%s' "${content[@]}" >"$1"
}

# site: a small site in the current directory. Open Mon-Fri 08:00-12:00 and 14:00-18:00 (reception), 08:00-12:00 and
# 13:00-17:00 (workshop). Two cars of pool CARS, one advisor.
site() {
    file hours.csv <<'CSV'
area,day,open,close
reception,mon,08:00,12:00
reception,mon,14:00,18:00
reception,tue,08:00,12:00
reception,tue,14:00,18:00
reception,wed,08:00,12:00
reception,wed,14:00,18:00
reception,thu,08:00,12:00
reception,thu,14:00,18:00
reception,fri,08:00,12:00
reception,fri,14:00,18:00
workshop,mon,08:00,12:00
workshop,mon,13:00,17:00
workshop,tue,08:00,12:00
workshop,tue,13:00,17:00
workshop,wed,08:00,12:00
workshop,wed,13:00,17:00
workshop,thu,08:00,12:00
workshop,thu,13:00,17:00
workshop,fri,08:00,12:00
workshop,fri,13:00,17:00
CSV
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,notice,max_days,licence,documents,conditions
LOANER,Loan car,replacement,1,45.00,,EUR,,10,yes,driving licence,Return it full.
TAXI,Taxi,taxi,2,,20.00,EUR,,,,,
BUS,Bus ticket,transit,3,,,EUR,,,,,
CSV
    file fleet.csv <<'CSV'
resource,pool,label
CAR-1,CARS,Small car
CAR-2,CARS,Big car
ADV-1,ADVISORS,Anne
CSV
    file legs.csv <<'CSV'
solution,pool,span,minutes
LOANER,CARS,stay,
LOANER,ADVISORS,start,
CSV
    file jobs.csv <<'CSV'
job,label,labour_min,explain_min,pay_type
OIL,Oil change,60,10,customer
BRAKES,Brakes,240,20,customer
RECALL,Recall,120,30,warranty
PDI,Inspection before sale,90,0,internal
CSV
    file programmes.csv <<'CSV'
programme,label,conditions,reminder
WARRANTY,Warranty,Warranty repairs only.,"{label}: {solution} free for {days} days, worth {value}, until {until}."
LOAN,Loan programme,,{solution}: {value} off
CSV
    file benefits.csv <<'CSV'
programme,solution,pay_type,min_labour_min,free_days,free_amount,cost_code
WARRANTY,LOANER,warranty,,,,W-1
LOAN,LOANER,,,1,,L-1
CSV
    file coverage.csv <<'CSV'
vin,programme,from,until,max_km
ZAM57XSL000000001,WARRANTY,2024-01-01,2027-12-31,
ZAM57XSL000000002,LOAN,2024-01-01,,100000
CSV
}

# ---- tables: a case a line ----

# agrees INPUT: all rows of INPUT must have come out into $T/out, and where it has a column `=NAME` (which passes through),
# column NAME must hold the same. So a table says on one line what goes in and what must come out.
agrees() {
    local differences
    differences=$(mlr -S --icsv --onidx put -q '
        begin { @rows = {1: 0, 2: 0} }
        @rows[FILENUM] += 1;
        if (FILENUM == 2) {
            for (name, expected in $*) {
                if (name =~ "^=(.+)$" && is_absent($["\1"])) {
                    print "no column \1";
                } elif (name =~ "^=(.+)$" && $["\1"] != expected) {
                    print "row " . FNR . ": \1 is `" . $["\1"] . "`, expected `" . expected . "`";
                }
            }
        }
        end { if (@rows[1] != @rows[2]) { print @rows[2] . " rows of " . @rows[1] . " came out"; } }' "$1" "$T/out") || return 1
    [ -z "$differences" ] || { printf '%s\n' "$differences"; cat "$T/out" "$T/err"; return 1; }
}

# rejects COMMAND... INPUT: each row of INPUT must be rejected, with an error that begins as the row's column `fault` says.
rejects() {
    local differences
    check 1 "$@" --rejects "$T/rejected.csv" || return 1
    differences=$(mlr -S --icsv --onidx put -q '
        begin { @rows = {1: 0, 2: 0} }
        @rows[FILENUM] += 1;
        if (FILENUM == 2 && !($error =~ ("^" . $fault . ":"))) {
            print "row " . FNR . ": rejected with `" . $error . "`, expected `" . $fault . ":`";
        }
        end { if (@rows[1] != @rows[2]) { print @rows[2] . " rows of " . @rows[1] . " rejected"; } }' "${@: -1}" "$T/rejected.csv") || return 1
    [ "$(wc -l <"$T/out")" -eq 1 ] || differences+=$'\n'"rows came out"
    [ -z "$differences" ] || { printf '%s\n' "$differences"; cat "$T/out" "$T/err"; return 1; }
}

# refuses COMMAND...: standard input has cases `FILE|SED EDIT|LINE|COLUMN` of site files; with FILE edited so, COMMAND must
# exit with 2 and nothing on standard output, and its message name FILE, LINE (none: the whole file) and COLUMN (none: any).
refuses() {
    local name edit line column place whole edited status failed=0
    while IFS='|' read -r name edit line column; do
        whole=$(<"$name")
        edited=$(sed "$edit" "$name") || return 1
        printf '%s\n' "$edited" >"$name"
        place="$name:${line:+$line:} ${column:+$column: }"
        status=0
        "$@" >"$T/out" 2>"$T/err" </dev/null || status=$?
        if [ "$edited" = "$whole" ] || [ "$status" -ne 2 ] || [ -s "$T/out" ] || [[ $(<"$T/err") != *": $place"* ]]; then
            printf 'not refused at %s: %s: %s (exit %s)\n' "$place" "$name" "$edit" "$status"
            cat "$T/out" "$T/err"
            failed=1
        fi
        printf '%s\n' "$whole" >"$name"
    done
    return "$failed"
}
