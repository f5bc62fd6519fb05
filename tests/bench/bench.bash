# What the works of `make bench` measure and print with. Sourced by tests/bench/run.sh, which sets $bin, $here (this
# folder), $work (of this work alone) and $table.
#
# A work says who runs what by `contestant`, lets each answer once by `answer`, which is its warm-up too, compares the
# answers by `same`, and then lets them run in turn by `race`. Times are medians, in milliseconds, memory is in KiB.

declare -A folder prepare command exit_status wall cpu memory

fail() {
    echo "bench: $*" >&2
    exit 1
}

# on_a_disk: fails where a commit has nothing to wait for.
on_a_disk() {
    case $(findmnt -n -o FSTYPE -T "$work") in
    tmpfs | ramfs) fail "$work is not on a disk: set BENCH_DIR" ;;
    esac
}

# contestant NAME FOLDER PREPARE COMMAND: COMMAND runs in FOLDER; PREPARE, if not empty, before it, not measured.
# COMMAND is words, not a shell's: no pipe, no redirection.
contestant() {
    folder[$1]=$2
    prepare[$1]=$3
    command[$1]=$4
}

# answer NAME: the first run; what it prints is in $work/NAME.answer. Sets memory. An exit status of 1 is an answer.
answer() {
    local name=$1 status=0
    (
        cd "${folder[$name]}" && eval "${prepare[$name]:-:}" &&
            eval "\"\$bin/bench/measure\" \"\$work/\$name.figures\" ${command[$name]}" </dev/null \
                >"$work/$name.answer" 2>"$work/$name.said"
    ) || status=$?
    if [ "$status" -gt 1 ] || [ ! -s "$work/$name.figures" ]; then
        head -n 20 "$work/$name.said" >&2
        fail "$name ended with $status: ${command[$name]}"
    fi
    exit_status[$name]=$status
    memory[$name]=$(cut -d' ' -f3 "$work/$name.figures")
}

# same ONE OTHER: fails unless the two files hold the same rows in the same order; any_order: in any. What is quoted
# without need counts for nothing.
same() {
    compare cat "$1" "$2"
}

any_order() {
    compare sort "$1" "$2"
}

compare() {
    "$bin/bench/through" -q "$2" | "$1" >"$work/one"
    "$bin/bench/through" -q "$3" | "$1" >"$work/other"
    cmp -s "$work/one" "$work/other" || {
        diff "$work/one" "$work/other" | head -n 10 >&2
        fail "the answers differ: $(basename "$2") and $(basename "$3")"
    }
    rm "$work/one" "$work/other"
}

# race ROUNDS NAME...: each in turn, so many times. Sets wall and cpu.
race() {
    local rounds=$1 round name
    shift
    for ((round = 1; round <= rounds; round++)); do
        for name in "$@"; do
            (
                cd "${folder[$name]}" && hyperfine --shell=none --runs 1 --style none --ignore-failure \
                    --output "$work/$name.out" ${prepare[$name]:+--prepare "sh -c '${prepare[$name]}'"} \
                    --export-json "$work/$name.$round.json" "${command[$name]}" >/dev/null 2>"$work/$name.said"
            ) || { cat "$work/$name.said" >&2; fail "hyperfine could not run $name"; }
            [ "$(jq '.results[0].exit_codes[0]' "$work/$name.$round.json")" = "${exit_status[$name]}" ] ||
                fail "$name did not end with ${exit_status[$name]} as at first"
        done
    done
    for name in "$@"; do
        wall[$name]=$(median "$name" '.mean')
        cpu[$name]=$(median "$name" '.user + .system')
    done
}

median() {
    jq -s "[.[].results[0] | ($2) * 1000] | sort | .[length / 2 | floor]" "$work/$1".[0-9]*.json
}

# ---- the table ----

# print_row WORK OURS PEER THEIRS RATIO MARK VERDICT
print_row() {
    printf '%s|%s|%s|%s|%s|%s|%s\n' "$@" >>"$table"
}

# against WORK OURS PEER MARK [wall|cpu|memory]: our figure, the peer's, their ratio, and whether it is within MARK
# (empty: there is none).
against() {
    local what=$1 mark=$4 kind=${5:-wall} ours theirs
    case $kind in
    wall) ours=${wall[$2]} theirs=${wall[$3]} ;;
    cpu) ours=${cpu[$2]} theirs=${cpu[$3]} ;;
    memory) ours=${memory[$2]} theirs=${memory[$3]} ;;
    esac
    ratio_row "$what" "$(figure "$kind" "$ours")" "$3" "$(figure "$kind" "$theirs")" "$ours" "$theirs" "$mark"
}

# ratio_row WORK OURS-SHOWN PEER THEIRS-SHOWN OURS THEIRS MARK
ratio_row() {
    local ratio verdict
    ratio=$(awk -v one="$5" -v other="$6" 'BEGIN { printf "%.2f", one / other }')
    verdict=$(awk -v ours="$5" -v theirs="$6" -v mark="$7" \
        'BEGIN { print mark == "" ? "" : ours <= mark * theirs ? "met" : "NOT MET" }')
    print_row "$1" "$2" "$3" "$4" "$ratio" "${7:+at most $7}" "$verdict"
}

figure() {
    case $1 in
    memory) awk -v kib="$2" 'BEGIN { printf "%.1f MiB", kib / 1024 }' ;;
    *) awk -v ms="$2" 'BEGIN { if (ms < 1000) printf "%.1f ms", ms; else printf "%.2f s", ms / 1000 }' ;;
    esac
}

# ---- PostgreSQL: a cluster of its own, with the settings it comes with (fsync is on), on a socket only ----

postgres_programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)

as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

# postgres_start: sets $psql, the words that call it. The caller's trap calls postgres_stop.
postgres_start() {
    [ -x "$postgres_programs/initdb" ] || fail "PostgreSQL is not there (make bench installs it)"
    mkdir "$work/cluster"
    if [ "$(id -u)" -eq 0 ]; then
        chmod 755 "$work"
        chown postgres "$work/cluster"
    fi
    (
        cd "$work/cluster" &&
        as_postgres "$postgres_programs/initdb" -D "$work/cluster/data" -A trust -U bench --locale=C -E UTF8 &&
        as_postgres "$postgres_programs/pg_ctl" -D "$work/cluster/data" -w -l "$work/cluster/log" \
            -o "-c listen_addresses='' -k '$work/cluster'" start
    ) >"$work/cluster.said" 2>&1 || { cat "$work/cluster.said" >&2; fail "PostgreSQL did not start"; }
    psql="psql -X -q -v ON_ERROR_STOP=1 -h $work/cluster -U bench -d postgres"
}

postgres_stop() {
    [ ! -d "$work/cluster/data" ] || (
        cd "$work/cluster" &&
            as_postgres "$postgres_programs/pg_ctl" -D "$work/cluster/data" -m immediate stop
    ) >/dev/null 2>&1 || true
}
