# README's commands and the recipes of examples/, as a reader runs them.
load helper

prepare() {
    cp -r "$ROOT/examples/dealer" garage
    export MOB_SITE=$T/garage MOB_NOW=2026-11-23T08:30
}

@test "README: every command that shows its result gives that result" {
    cd garage
    mob-estimate -q <requests.csv | mob-entitle -q | mob-propose -q | mob-avail -q >offers.csv
    # Lines `    $ COMMAND`, and what follows until a line that is not indented, in order.
    awk -v directory="$T" '
        /^    \$ / { n = sprintf("%03d", n + 1); print substr($0, 7) > (directory "/command." n); shown = 1; printf "" > (directory "/shown." n); next }
        shown && /^    / { print substr($0, 5) > (directory "/shown." n); next }
        { shown = 0 }' "$ROOT/README.md"
    [ -f "$T/command.020" ] # most of them were found
    for command in "$T"/command.*; do
        number=${command##*.}
        check 0 bash -c "$(cat "$command")"
        same "$T/shown.$number" "$T/out"
    done
}

@test "make demo's script runs and shows what it promises" {
    check 0 env MOB_BIN="${MOB_BIN:-$ROOT/build}" "$ROOT/examples/demo.sh"
    grep -q '| already | 15 ' "$T/out"
    [ "$(grep -c '| booked  |$' "$T/out")" -eq 14 ]
}

@test "nightly.sh books from a file, and the same again is already" {
    check 0 "$ROOT/examples/nightly.sh" garage/requests.csv today
    mlr --icsv --ocsv --headerless-csv-output count-distinct -f result today/confirmations.csv | is 'booked,15'
    check 0 "$ROOT/examples/nightly.sh" garage/requests.csv today
    mlr --icsv --ocsv --headerless-csv-output count-distinct -f result today/confirmations.csv | is 'already,15'
}

@test "nightly.sh books nothing when a filter failed, and says which" {
    printf 'reception,mon,08:00,12:00\n' >garage/hours.csv
    check 2 "$ROOT/examples/nightly.sh" garage/requests.csv today
    says 'nothing is booked'
    [ ! -e garage/calendar.csv ]
}

@test "nightly.sh passes on that some requests need a person" {
    { cat garage/requests.csv; echo 'R-2000,Mme Test,,NOSUCHJOB,2026-11-24T09:00,,,,,,,,'; } >requests.csv
    check 1 "$ROOT/examples/nightly.sh" requests.csv today
    mlr --icsv --ocsv --headerless-csv-output cut -f request today/rejects-estimate.csv | is 'R-2000'
}

@test "nightly.sh without its two operands says so" {
    check 2 "$ROOT/examples/nightly.sh"
    says usage
}
