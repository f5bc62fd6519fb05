# What tests of the reports share: many small random sites, and what a second method in awk needs of dates. Needs helper
# and ledger.

# seal_all FILE...: seals files with a header and an empty cell `check`, the last, in every row, all at once: as many runs
# of xxhsum as the longest file has lines, for each check vouches for the one before. No line end inside a cell.
seal_all() {
    awk '
        FNR == 1 { names[++files] = FILENAME; prefix[files] = $0 "\n" }
        FNR > 1 { line[files, FNR] = $0 }
        FNR > longest { longest = FNR }
        END {
            for (row = 2; row <= longest; row++) {
                command = "xxhsum -H3"
                for (file = 1; file <= files; file++)
                    if ((file, row) in line) {
                        prefix[file] = prefix[file] line[file, row]
                        printf "%s", prefix[file] > names[file]
                        close(names[file])
                        command = command " " names[file]
                    }
                for (file = 1; file <= files; file++)
                    if ((file, row) in line) {
                        command | getline
                        prefix[file] = prefix[file] (length($NF) == 16 ? $NF : $1) "\n"
                    }
                close(command)
            }
            for (file = 1; file <= files; file++)
                printf "%s", prefix[file] > names[file]
        }' "$@"
}

# random_sites SEED COUNT: the sites 1 to COUNT, in directories of these names.
random_sites() {
    mkdir $(seq "$2")
    awk -v seed="$1" -v count="$2" -v columns="$ledger_columns" -f "$ROOT/tests/random-sites.awk"
    seal_all */calendar*.csv
    printf '%s\n' area,day,open,close reception,mon,08:00,18:00 workshop,mon,08:00,18:00 >hours.csv
}

# agree SECOND COUNT: for each of the sites 1 to COUNT, `report SITE` prints what SECOND SITE prints. The choices of the
# site are variables for both: now, from, until, min, first, last, by, by_pool. Shows the first that differs.
agree() {
    local site now from until min first last by by_pool
    for site in $(seq "$2"); do
        . "$site/choices"
        check 0 report "$site" || { cat "$site/choices"; return 1; }
        "$1" "$site" >"$T/second"
        same "$T/second" "$T/out" || { cat "$site/choices" "$site"/fleet.csv "$site"/calendar*.csv; return 1; }
    done
}

# Functions in awk for a second method: day("2026-12-31") and minute("2026-12-31T09:00") count from the start of 2026,
# instant(minute) is the way back.
second_dates='
function month_days(year, month) { return month == 2 ? (year == 2028 ? 29 : 28) : month ~ /^(4|6|9|11)$/ ? 30 : 31 }
function fill_dates(   y, m, d) {
    for (y = 2026; y <= 2028; y++) for (m = 1; m <= 12; m++) for (d = 1; d <= month_days(y, m); d++) {
        name[days] = sprintf("%d-%02d-%02d", y, m, d)
        number[name[days]] = days++
    }
}
function day(text) { return number[text] }
function minute(text) { return number[substr(text, 1, 10)] * 1440 + substr(text, 12, 2) * 60 + substr(text, 15, 2) }
function instant(m) { return name[int(m / 1440)] sprintf("T%02d:%02d", int(m % 1440 / 60), m % 60) }
'
