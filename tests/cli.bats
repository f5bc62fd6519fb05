#!/usr/bin/env bats
# The command line, the same for every tool: CLI.md sentence by sentence, in loops over the tools. A new tool joins the
# lists below, and the tables of the few functions behind them.

load helper

filters='mob-estimate mob-entitle mob-propose mob-avail' # rows in, rows out, rejected rows on standard error
writers='mob-book mob-amend'                             # rows in, committed to the calendar, every row comes out
site_tools='mob-list mob-check mob-free mob-use mob-claim mob-plan' # no rows in: they read the site only
site_writers='mob-archive'                               # nor they, and they write the calendar
importers='mob-import'                                   # rows in of any kind, rows out; no site, and nothing is rejected
other_tools='mob-ics'                                     # rows in, no rows out: mob-ics.bats holds them to the rules of rows
row_tools="$filters $writers"
tools="$filters $writers $site_tools $site_writers $other_tools"
clock_tools='mob-avail mob-book mob-amend mob-list mob-check mob-free mob-use mob-plan mob-archive mob-ics' # those that ask what time it is
word_tools='mob-amend'                              # two and more operands make one row

# The columns that a tool needs (FILTERS.md).
needed_columns() {
    case $1 in
    mob-estimate) echo jobs wanted ;;
    mob-entitle) echo vin wanted labour_min days pay_type ;;
    mob-propose) echo request pay_type labour_min days programmes ;;
    mob-avail) echo request solution wanted labour_min explain_min pay_type programmes ;;
    mob-book) echo request customer solution out back ;;
    mob-amend) echo request action ;;
    esac
}

# The columns that it adds, in their documented order.
added_columns() {
    case $1 in
    mob-estimate) echo labour_min,explain_min,pay_type,ready,days ;;
    mob-entitle) echo entitlement,programmes,free,reduced,reminder_solution,reminder_programme,reminder_value,reminder ;;
    mob-propose) echo choice,match,solution,label,family,price,saving,currency,programme,cost_code,conditions,documents ;;
    mob-avail) echo offer,when,out,back,resource,ready,days,price,saving,programme,cost_code,conditions,reason ;;
    mob-book) echo result,status,entry,reason ;;
    mob-amend) echo result,status,entry,reason,displaced ;;
    esac
}

# The site files that it reads.
site_files() {
    case $1 in
    mob-estimate) echo hours closures jobs ;;
    mob-entitle) echo coverage programmes benefits solutions ;;
    mob-propose) echo solutions programmes benefits ;;
    mob-avail) echo hours closures fleet legs solutions programmes benefits calendar ;;
    mob-book) echo solutions legs fleet hours closures programmes calendar ;;
    mob-amend) echo hours closures fleet legs solutions programmes benefits calendar ;;
    mob-list | mob-plan) echo calendar fleet hours closures ;;
    mob-check) echo hours solutions fleet legs jobs closures programmes benefits coverage calendar ;;
    mob-free | mob-use) echo calendar fleet hours closures ;;
    mob-claim) echo calendar ;;
    mob-archive) echo calendar ;;
    mob-ics) echo solutions programmes ;;
    esac
}

prepare() {
    site
    export MOB_NOW=2026-11-23T08:00
    { header; row 1; row 2; } >in.csv
    printf '%s\n' request,customer,solution,out,back,status,entry R-1,Anne,BUS,2026-11-30T09:00,2026-11-30T11:00,booked,1 >ics.csv
}

# What a writer answers to a row that it does, and to one that it cannot read.
done_word() {
    case $1 in
    mob-book) echo booked ;;
    mob-amend) echo done ;;
    esac
}
refused_word() {
    case $1 in
    mob-book) echo conflict ;;
    mob-amend) echo rejected ;;
    esac
}

# One input for all tools: a bus ticket occupies nothing, so every request can have one; a block is recorded whatever
# stands in its way.
header() {
    echo request,customer,vin,jobs,wanted,labour_min,explain_min,pay_type,days,programmes,solution,action,resource,out,back,extra
}

# row N [EXTRA]: request R-N; EXTRA as it is to stand in the file.
row() {
    echo "R-$1,Anne,,OIL,2026-11-30T09:00,60,15,customer,1,,BUS,block,CAR-1,2026-11-30T09:00,2026-11-30T11:00,${2-}"
}

# bad_row N VALUE: request R-N with that `labour_min`, which the filters need or use, and that `out`, which the writers
# do.
bad_row() {
    echo "R-$1,Anne,,OIL,2026-11-30T09:00,$2,15,customer,1,,BUS,block,CAR-1,$2,2026-11-30T11:00,"
}

# operand TOOL: the operand that gives it its rows, if it takes any.
operand() {
    case " $row_tools $importers " in *" $1 "*) echo in.csv ;; esac
    case $1 in mob-ics) echo ics.csv ;; esac
    case $1 in mob-archive) echo --before 2026-01-01 ;; esac
}

is_writer() {
    case " $writers " in *" $1 "*) return 0 ;; esac
    return 1
}

fail() {
    printf '%s\n' "$*"
    return 1
}

# empty FILE: fails, showing it, unless it is.
empty() {
    [ ! -s "$1" ] || { printf '%s is not empty:\n' "$1"; cat "$1"; return 1; }
}

# never_there FILE: fails where it exists.
never_there() {
    [ ! -e "$1" ] || fail "$1 exists"
}

# unsaid TEXT: fails where standard error of the last check holds TEXT.
unsaid() {
    if [[ $(<"$T/err") == *"$1"* ]]; then
        printf 'standard error holds: %s\n' "$1"
        cat "$T/err"
        return 1
    fi
}

# no_half TOOL: what the last check wrote cannot be taken for a whole answer: it is nothing, or of a filter its last line
# is a lone quote and its name.
no_half() {
    local wrote
    if is_writer "$1" || [ ! -s "$T/out" ]; then
        empty "$T/out"
    else
        wrote=$(<"$T/out")
        [[ $'\n'$wrote == *$'\n"'"$1" ]] || fail "half an answer: $wrote"
    fi
}

# refuses LINE TEXT: every tool that reads rows ($refusing: these) refuses in.csv: exit 2, one message that names the line (- = none) and says TEXT, no half
# an answer, nothing booked. (No process but the tool's is started: this is called often.)
refuses() {
    local tool said wrote place=in.csv:$1:
    [ "$1" != - ] || place=in.csv:
    for tool in ${refusing-$row_tools $importers}; do
        check 2 "$tool" in.csv
        said=$(<"$T/err")
        wrote=$(<"$T/out")
        [[ $said == *"$tool: $place "*"$2"* ]] || fail "expected $tool: $place … $2 …, found: $said"
        [[ ${said/"$tool: in.csv"/} != *"$tool: in.csv"* ]] || fail "more than one message: $said"
        if is_writer "$tool" || [ -z "$wrote" ]; then
            [ -z "$wrote" ] || fail "$tool wrote: $wrote"
        else
            [[ $wrote == *$'\n\"'"$tool" ]] || fail "half an answer: $wrote"
        fi
        never_there calendar.csv
    done
}

# finds_fault TOOL FILE [ARGUMENT...]: FILE is found faulty on its first line: exit 2 and nothing written, but by mob-check,
# which writes a row.
finds_fault() {
    local tool=$1 place=$2
    shift 2
    if [ "$tool" = mob-check ]; then
        check 1 "$tool" "$@"
        grep -q "^${place##*/},1,.*,error," "$T/out" || fail "no row for $place: $(<"$T/out")"
    else
        check 2 "$tool" "$@"
        says "$tool: $place:1: "
        empty "$T/out"
    fi
}

# accepts TOOL [ARGUMENT...]: exit 0; a calendar is not kept, so that each tool finds none.
accepts() {
    forget_calendar
    check 0 "$@"
    forget_calendar
}

forget_calendar() {
    [ ! -e calendar.csv ] || rm -f calendar.csv calendar.csv.last
}

# bytes N CHARACTER
bytes() {
    head -c "$1" /dev/zero | tr '\0' "$2"
}

@test "this file knows every tool of cmd/" {
    for source in "$ROOT"/cmd/mob-*.c; do
        tool=$(basename "$source" .c)
        case " $tools $importers " in
        *" $tool "*) ;;
        *) fail "$tool is in no list of cli.bats" ;;
        esac
    done
}

# ---- rows in, rows out ----

@test "CLI, rows: standard input, - and one file operand are the same" {
    for tool in $row_tools $importers; do
        accepts "$tool" in.csv
        mv "$T/out" from_file
        accepts "$tool" - <in.csv
        same from_file "$T/out"
        accepts "$tool" <in.csv
        same from_file "$T/out"
        grep -q '^R-2,' "$T/out"
    done
}

@test "CLI, rows: a second operand is exit 2" {
    for tool in $row_tools $importers; do
        case " $word_tools " in *" $tool "*) continue ;; esac
        check 2 "$tool" in.csv other.csv
        says "$tool: 'other.csv'"
        empty "$T/out"
    done
}

@test "CLI, rows: tools that read only the site read no standard input; an operand is exit 2" {
    for tool in $site_tools $site_writers; do
        check 2 "$tool" in.csv
        says "$tool: 'in.csv'"
        empty "$T/out"
        check 2 "$tool" -
        check 0 bash -c "$tool $(operand "$tool") <&-"
        # What stood on standard input is still there behind it.
        check 0 bash -c "{ $tool $(operand "$tool") >/dev/null; cat; } <in.csv"
        same in.csv "$T/out"
    done
}

@test "CLI, rows: an operand that is not there is exit 2 and named" {
    for tool in $row_tools $importers; do
        check 2 "$tool" nowhere.csv
        says "$tool: nowhere.csv: "
        empty "$T/out"
        never_there calendar.csv
    done
}

@test "CLI, rows: input that cannot be read is exit 2, as operand and as standard input" {
    for tool in $row_tools $importers; do
        check 2 "$tool" .
        says "$tool: .: "
        no_half "$tool"
        check 2 "$tool" </
        says "$tool: -: "
        no_half "$tool"
        never_there calendar.csv
    done
}

@test "CLI, rows: a message names standard input as -" {
    printf 'a"b\n' >bad.csv
    for tool in $row_tools $importers; do
        check 2 "$tool" <bad.csv
        says "$tool: -:1: "
        check 2 "$tool" - <bad.csv
        says "$tool: -:1: "
    done
}

@test "CLI, rows: a BOM is dropped, CRLF and blank lines are taken, before the header too" {
    { printf '\357\273\277\r\n\n'; { header; echo; row 1; echo; echo; row 2; } | sed 's/$/\r/'; } >odd.csv
    for tool in $row_tools; do
        accepts "$tool" in.csv
        mv "$T/out" plain
        accepts "$tool" odd.csv
        same plain "$T/out"
    done
}

@test "CLI, out: a first column whose name begins with a BOM keeps it on the way through a pipe" {
    printf '\n\357\273\277own,vin,jobs,wanted\n' >bom.csv
    check 0 bash -c 'set -o pipefail; mob-estimate bom.csv | mob-entitle'
    head -c 7 "$T/out" | od -An -c | tr -s ' ' | is ' " 357 273 277 o w n'
}

@test "CLI, rows: behind a BOM a header may be quoted" {
    { printf '\357\273\277"request"'; header | cut -c8-; row 1; } >odd.csv
    for tool in $row_tools; do
        accepts "$tool" odd.csv
        head -n 1 "$T/out" | cut -d, -f1 | is request
    done
}

@test "CLI, rows: cells are bytes: nothing is trimmed or normalised, a quoted line end stays" {
    extras=('  two blanks  ' $'\ttab\t' $'e\xcc\x81 \xc3\xa9' $'\xff\xfe' 0017 $'"one\ntwo"' $'"one\r\ntwo"' $'"\r"'
        '"a ""quote"""' '"a,b"' "it's" 'a;b' '#' '=')
    { header; for i in "${!extras[@]}"; do row "$i" "${extras[i]}"; done; } >in.csv
    for tool in $row_tools; do
        accepts "$tool" in.csv
        wrote=$(<"$T/out")
        for extra in "${extras[@]}"; do
            [[ $wrote == *":00,$extra,"* ]] || fail "$tool lost: $extra"
        done
    done
}

@test "CLI, rows: line numbers count the lines inside cells and the blank ones" {
    { echo; header; row 1 "$(printf '"one\ntwo\r\nthree"')"; echo; echo 'x"y'; } >in.csv
    refuses 7 'stray quote' # 1 blank, 2 header, 3-5 the row, 6 blank
}

@test "CLI, out: LF, no BOM, a cell is quoted only where it must be" {
    cases=('plain|plain' '"no need"|no need' '""|' '"a;b"|a;b' "\"it's\"|it's" '" a "| a ' '"a,b"|"a,b"' '"a""b"|"a""b"')
    { printf '\357\273\277'; header; for i in "${!cases[@]}"; do row "$i" "${cases[i]%%|*}"; done; } | sed 's/$/\r/' >in.csv
    for tool in $row_tools; do
        accepts "$tool" in.csv
        wrote=$(<"$T/out")
        [[ $wrote == request,* ]] || fail "$tool begins with $wrote"
        [[ $wrote != *$'\r'* ]] || fail "$tool wrote a CR"
        for i in "${!cases[@]}"; do
            [[ $wrote == *"R-$i,"*":00,${cases[i]#*|},"* ]] || fail "$tool: ${cases[i]}: $wrote"
        done
    done
}

@test "CLI, out: the header is always written, even for no rows; nothing is booked" {
    header >in.csv
    for tool in $row_tools; do
        check 0 "$tool" in.csv
        wc -l <"$T/out" | is 1
        never_there calendar.csv
    done
}

@test "CLI, out: input columns first, in order, then the tool's own in the documented order" {
    for tool in $row_tools; do
        needed_columns "$tool" | tr ' ' , >columns
        { echo "zz,$(cat columns),aa"; } >in.csv
        # One that stands there already is overwritten where it stands.
        expected="zz,$(cat columns),aa"
        for column in $(added_columns "$tool" | tr , ' '); do
            case ",$expected," in *",$column,"*) ;; *) expected=$expected,$column ;; esac
        done
        check 0 "$tool" in.csv
        head -n 1 "$T/out" | is "$expected"
    done
}

@test "CLI, rows: columns are found by name, in any order" {
    mlr --csv reorder -e -f request,wanted,solution in.csv >other.csv
    for tool in $row_tools; do
        accepts "$tool" in.csv
        mlr --icsv --ojson cat "$T/out" | sort >plain
        accepts "$tool" other.csv
        mlr --icsv --ojson cat "$T/out" | sort >reordered
        # The last line of a JSON record has no comma.
        sed -i 's/,$//' plain reordered
        same plain reordered
    done
}

# rename COLUMN NAME: the header with another name for one column.
rename() {
    local names
    names=,$(header),
    names=${names/,$1,/,$2,}
    names=${names#,}
    printf '%s\n' "${names%,}"
}

@test "CLI, rows: a needed column that is missing is exit 2: the names that are there, and which one was meant" {
    for tool in $row_tools; do
        for column in $(needed_columns "$tool"); do
            rename "$column" "${column%?}" >near.csv
            check 2 "$tool" near.csv
            said=$(<"$T/err")
            [[ $said == *"$tool: near.csv:1: $column: "*"'${column%?}'"*"'extra'"*"'${column%?}' meant"* ]] || fail "$said"
            empty "$T/out"
        done
        rename "$column" zzzzzzzzzzzz >far.csv
        check 2 "$tool" far.csv
        says "$tool: far.csv:1: $column: "
        says "'zzzzzzzzzzzz'"
        unsaid "'zzzzzzzzzzzz' meant"
    done
    never_there calendar.csv
}

@test "CLI, rows: names are exact: another case is another name, and a near miss" {
    for tool in $row_tools; do
        column=$(needed_columns "$tool" | cut -d' ' -f1)
        rename "$column" "${column^}" >near.csv
        check 2 "$tool" near.csv
        says "'${column^}' meant"
    done
}

@test "CLI, rows: no name is near a needed one only because it is long" {
    { printf '%s,' "$(bytes 300 z)"; header | sed 's/\<[a-z_]*\>/q&q/g'; row 1; } >in.csv
    for tool in $row_tools; do
        check 2 "$tool" in.csv
        unsaid 'zzz meant'
        unsaid 'zzz... meant'
        unsaid "zzz'... meant"
    done
}

@test "CLI, rows: a name twice is exit 2, in a column that nobody needs too" {
    { echo "$(header),extra"; row 1; } >in.csv
    refuses 1 "'extra'"
    { echo "$(header),request"; row 1; } >in.csv
    refuses 1 "'request'"
}

# ---- what is no CSV of ours ----

@test "CLI, wrong: a stray quote is exit 2" {
    printf 'a"b,c\n1,2\n' >in.csv
    refuses 1 'stray quote'
    { header; row 1; row 2 'a"b'; row 3; } >in.csv
    refuses 3 'stray quote'
}

@test "CLI, wrong: text behind a closing quote is exit 2" {
    printf '"a"b,c\n1,2\n' >in.csv
    refuses 1 'behind a closing quote'
    { header; row 1; row 2 '"a" '; row 3; } >in.csv
    refuses 3 'behind a closing quote'
}

@test "CLI, wrong: an unclosed quote is exit 2, at the line where its record starts" {
    { header; row 1; row 2 '"a'; row 3; row 4; } >in.csv
    refuses 3 'not closed'
    { header; row 1; printf 'R-2,"'; } >in.csv
    refuses 3 'not closed'
    printf '"request,wanted\n' >in.csv
    refuses 1 'not closed'
}

@test "CLI, wrong: a CR without its LF outside quotes is exit 2" {
    { header; row 1; row 2 "$(printf 'a\rb')"; } >in.csv
    refuses 3 'CR without its LF'
    { header; row 1; row 2; } | tr '\n' '\r' >in.csv # as old Macs wrote
    refuses 1 'CR without its LF'
    { header; row 1; printf '%s\r' "$(row 2)"; } >in.csv
    refuses 3 'CR without its LF'
}

@test "CLI, wrong: a NUL byte is exit 2, in quotes too" {
    { header; row 1; row 2 'a@b' | tr @ '\0'; } >in.csv
    refuses 3 'NUL byte'
    { header; row 1; row 2 '"a@b"' | tr @ '\0'; row 3; } >in.csv
    refuses 3 'NUL byte'
    { header | tr x '\0'; row 1; } >in.csv
    refuses 1 'NUL byte'
}

@test "CLI, wrong: a cell of 1 MiB passes, one byte more is exit 2" {
    bytes 1048576 x >big
    for quote in '' '"'; do
        { header; row 1; printf '%s' "$(row 2)" "$quote"; cat big; printf '%s\n' "$quote"; } >in.csv
        for tool in $row_tools; do
            accepts "$tool" in.csv
            tail -n 1 "$T/out" | tr -dc x | wc -c | is 1048576
        done
        { header; row 1; printf '%s' "$(row 2)" "$quote"; cat big; printf 'x%s\n' "$quote"; } >in.csv
        refuses 3 '1 MiB'
    done
}

@test "CLI, wrong: 1,024 columns pass, one more is exit 2" {
    count=$(header | tr , '\n' | wc -l)
    more=$(seq -f 'c%g' -s, $((1024 - count)))
    { echo "$(header),$more"; echo "$(row 1),$(echo "$more" | tr -d 'c0-9')"; } >in.csv
    for tool in $row_tools; do
        accepts "$tool" in.csv
        grep -q '^R-1,' "$T/out"
    done
    { echo "$(header),$more,one_more"; echo "$(row 1),$(echo "$more" | tr -d 'c0-9'),"; } >in.csv
    refuses 1 '1,024'
}

@test "CLI, wrong: no bytes at all is exit 2: no header: did the command before this one fail?" {
    for content in '' '\r\n\n' '\357\273\277'; do
        printf "$content" >in.csv
        refuses - 'no header: did the command before this one fail?'
    done
    for tool in $row_tools; do
        check 2 "$tool" </dev/null
        says "$tool: -: no header: did the command before this one fail?"
        never_there calendar.csv
    done
}

@test "CLI, wrong: a site file that an option names must be there, an optional one too; the calendar alone may lack" {
    for tool in $tools; do
        for file in $(site_files "$tool"); do
            [ "$file" != calendar ] || continue
            # mob-check reports it as it reports all faults.
            if [ "$tool" = mob-check ]; then
                check 1 "$tool" -q --"$file" other/missing.csv
                grep -qx 'other/missing.csv,,,error,cannot open: No such file or directory' "$T/out"
                continue
            fi
            check 2 "$tool" --"$file" other/missing.csv $(operand "$tool")
            is "$tool: other/missing.csv: cannot open: No such file or directory" <"$T/err"
            empty "$T/out"
        done
    done
    for tool in mob-avail mob-list mob-free mob-use mob-claim mob-plan; do
        check 0 "$tool" --calendar missing.csv $(operand "$tool")
    done
    # In its place in the site it is optional.
    rm -f legs.csv closures.csv benefits.csv programmes.csv coverage.csv jobs.csv
    check 0 mob-avail in.csv
}

@test "CLI, wrong: a message that something is in no site file names the file that was read" {
    printf 'job,label,labour_min,explain_min,pay_type\n' >none.csv
    check 1 mob-estimate --jobs none.csv in.csv
    says "mob-estimate: in.csv:2: jobs: job 'OIL' is not in none.csv"
    check 1 mob-estimate --jobs "$T/none.csv" --site . in.csv
    says "job 'OIL' is not in $T/none.csv"
    head -n 1 solutions.csv >none.csv
    check 2 mob-propose --solutions none.csv in.csv
    says "mob-propose: benefits.csv:3: solution: 'LOANER' is not in none.csv"
    printf 'solution,pool,span,minutes\n' >legs.csv
    printf 'programme,solution,pay_type\n' >benefits.csv
    check 1 mob-avail --solutions none.csv in.csv
    says "mob-avail: in.csv:2: solution: 'BUS' is not in none.csv"
    head -n 1 programmes.csv >none.csv
    check 0 mob-entitle --programmes none.csv in.csv
    says "mob-entitle: coverage.csv:2: programme: 'WARRANTY' is not in none.csv"
    head -n 2 fleet.csv >one.csv
    check 2 mob-free -q --fleet one.csv --pool ADVISORS
    says "mob-free: --pool: 'ADVISORS' is not in one.csv"
    cd /
    check 2 mob-free -q --site "$T" --pool BIKES
    says "mob-free: --pool: 'BIKES' is not in fleet.csv"
}

@test "CLI, wrong: UTF-16 is exit 2, both ways, with and without its mark" {
    { printf '\377\376'; iconv -t UTF-16LE in.csv; } >little
    { printf '\376\377'; iconv -t UTF-16BE in.csv; } >big
    iconv -t UTF-16LE in.csv >bare
    for file in little big bare; do
        mv "$file" in.csv
        refuses 1 UTF-16
    done
    printf '\377\376' >in.csv
    refuses 1 UTF-16
}

@test "CLI, wrong: one header cell with ; or a tab in it is exit 2: see mob-import" {
    { header; row 1; } | tr , ';' >in.csv
    refuses 1 'see mob-import'
    { header; row 1; } | tr , '\t' >in.csv
    refuses 1 'see mob-import'
}

@test "CLI, wrong: a record with another number of cells is a rejected row in a filter, exit 2 in the tools that write" {
    for odd in R-8,short "$(row 8 'a,long')"; do
        { header; row 1; echo "$odd"; row 2; } >in.csv
        for tool in $filters; do
            check 1 "$tool" in.csv
            says "$tool: in.csv:3: "
            grep -q '^R-1,' "$T/out"
            grep -q '^R-2,' "$T/out"
            grep -c '^R-8,' "$T/out" | is 0
        done
        for tool in $writers; do
            check 2 "$tool" in.csv
            says "$tool: in.csv:3: "
            empty "$T/out"
            never_there calendar.csv
        done
    done
}

@test "CLI, wrong: the tools that write refuse input whose last record has no line end; a filter takes it" {
    printf '%s' "$(cat in.csv)" >cut.csv
    printf '%s' "$(header)" >header.csv
    for tool in $filters; do
        check 0 "$tool" in.csv
        mv "$T/out" whole
        check 0 "$tool" cut.csv
        same whole "$T/out"
        grep -c 'no line end' "$T/err" | is 1
        says "$tool: cut.csv:3: the last record has no line end: it may have been cut"
        check 0 "$tool" -q - <cut.csv
        same whole "$T/out"
        unsaid 'no line end'
        check 0 "$tool" header.csv
        says "$tool: header.csv:1: the last record has no line end: it may have been cut"
    done
    # Where the record is a rejected one too; and the other readers of rows.
    { header; row 1; printf R-8,short; } >odd.csv
    check 1 mob-estimate - <odd.csv
    says 'mob-estimate: -:3: the last record has no line end: it may have been cut'
    check 0 mob-import cut.csv
    says 'mob-import: cut.csv:3: the last record has no line end: it may have been cut'
    check 0 mob-import -q cut.csv
    unsaid 'no line end'
    check 0 mob-import header.csv
    says 'mob-import: header.csv:1: the last record has no line end: it may have been cut'
    printf '%s' "$(cat ics.csv)" >cut-ics.csv
    check 0 mob-ics cut-ics.csv
    says 'mob-ics: cut-ics.csv:2: the last record has no line end: it may have been cut'
    # Operands that make a row have none, and a site's own files need none.
    printf '%s' "$(cat fleet.csv)" >fleet.csv
    check 0 mob-amend --dry-run block B-1 resource=CAR-1 out=2026-11-30T09:00 back=2026-11-30T11:00
    unsaid 'no line end'
    for tool in $writers; do
        for file in cut.csv header.csv; do
            check 2 "$tool" "$file"
            says 'no line end'
            empty "$T/out"
            never_there calendar.csv
        done
    done
}

# ---- half an input is never taken for a whole one ----

@test "CLI, half: a filter that fails ends its output with a lone quote and its name, which a strict reader refuses" {
    { header; row 1; row 2; echo 'x"y'; } >in.csv
    for tool in $filters; do
        check 2 "$tool" in.csv
        tail -n 1 "$T/out" | is "\"$tool"
        grep -q '^R-1,' "$T/out"
        mv "$T/out" half.csv
        check 1 mlr --icsv --ojson cat half.csv
    done
}

@test "CLI, half: the tool behind a filter that failed says so and exits 2, whichever two they are" {
    { header; row 1; row 2; echo 'x"y'; } >in.csv
    for first in $filters; do
        for second in $row_tools; do
            check 2 bash -c "$first in.csv | $second"
            said=$(<"$T/err")
            [[ $said == *"$second: -:"*"the command before this one, $first, failed"* ]] || fail "$said"
            no_half "$second"
            never_there calendar.csv
        done
    done
}

@test "CLI, half: whichever filter of the workflow fails, mob-book books nothing" {
    { header; row 1; row 2; } >in.csv
    for broken in $filters; do
        pipeline='cat in.csv'
        for tool in $filters; do
            # It gets a record that is no CSV behind the good ones.
            [ "$tool" != "$broken" ] || pipeline="{ $pipeline; echo 'x\"y'; }"
            pipeline="$pipeline | $tool"
        done
        check 2 bash -c "$pipeline | mob-book"
        says mob-book:
        never_there calendar.csv
    done
}

@test "CLI, half: behind a filter that failed before it wrote, the next one misses its header" {
    for first in $filters; do
        check 2 bash -c "$first --site nowhere in.csv | mob-book"
        says "mob-book: -: no header: did the command before this one fail?"
        never_there calendar.csv
    done
}

@test "CLI, half: mob-book says how many requests it read" {
    check 0 mob-book in.csv
    says '2 requests'
}

# ---- messages ----

@test "CLI, messages: a bad value rejects its row: program, file, line, column, what was found, what was expected" {
    { header; row 1; bad_row 2 soon; row 3; } >in.csv
    for tool in $filters; do
        check 1 "$tool" in.csv
        says "$tool: in.csv:3: labour_min: 'soon' is not "
        wc -l <"$T/err" | is "$(grep -c . "$T/err")"
        grep -q '^R-1,' "$T/out"
        grep -q '^R-3,' "$T/out"
        grep -c '^R-2,' "$T/out" | is 0
    done
    for tool in $writers; do
        check 1 "$tool" in.csv
        word=$(done_word "$tool")
        cells request result | is "R-1|$word"$'\n'"R-2|$(refused_word "$tool")"$'\n'"R-3|$word"
        grep '^R-2,' "$T/out" | grep -qF "out: 'soon' is not " || fail "$(cat "$T/out")"
        forget_calendar
    done
}

@test "CLI, messages: bytes of the data are escaped: no control byte reaches the terminal" {
    { header; row 1; bad_row 2 "$(printf '"\033[31m\n\a\177\302\233"')"; } >in.csv
    for tool in $filters; do
        check 1 "$tool" in.csv
        says "'\\x1b[31m\\n\\x07\\x7f\\xc2\\x9b'"
        LC_ALL=C grep -c "$(printf '[\001-\011\013-\037\177\200-\377]')" "$T/err" | is 0
    done
    for tool in $writers; do
        check 1 "$tool" in.csv
        grep -qF "'\\x1b[31m\\n\\x07\\x7f\\xc2\\x9b'" "$T/out"
    done
}

@test "CLI, messages: names of columns are data too" {
    { printf 'a\033b,a\033b\n'; } >in.csv
    refuses 1 "'a\\x1bb'"
    { printf 'a\033b,"c\nd"\n'; } >in.csv
    refusing=$row_tools refuses 1 "'a\\x1bb' 'c\\nd'"
}

@test "CLI, messages: letters beyond ASCII are shown as they are" {
    { header; row 1; bad_row 2 'bientôt'; } >in.csv
    for tool in $filters; do
        check 1 "$tool" in.csv
        says "'bientôt'"
    done
}

@test "CLI, messages: what is long is cut at 80 bytes" {
    { header; row 1; bad_row 2 "$(bytes 81 y)"; } >in.csv
    for tool in $filters; do
        check 1 "$tool" in.csv
        says "'$(bytes 80 y)'"
        unsaid "$(bytes 81 y)"
    done
    { header; row 1; bad_row 2 "$(bytes 80 y)"; } >in.csv
    for tool in $filters; do
        check 1 "$tool" in.csv
        says "'$(bytes 80 y)' is not"
    done
}

# A row that three of the tools warn of: a VIN that is none, more to explain than the reception is open, a resource that
# the solution has no leg for.
warned_header=request,customer,vin,jobs,wanted,labour_min,explain_min,pay_type,days,programmes,solution,out,back,resource
warned_row() {
    echo "R-$1,Anne,ODD-$1,,2026-11-30T09:00,60,300,customer,1,,BUS,2026-11-30T09:00,2026-11-30T11:00,CAR-9"
}
warned_column() {
    case $1 in
    mob-estimate) echo explain_min ;;
    mob-entitle) echo vin ;;
    mob-book) echo resource ;;
    esac
}

@test "CLI, messages: a warning has a place as every message has, and the row goes on" {
    { echo "$warned_header"; warned_row 1; warned_row 2; } >in.csv
    for tool in mob-estimate mob-entitle mob-book; do
        check 0 "$tool" in.csv
        says "$tool: in.csv:2: $(warned_column "$tool"): "
        says "$tool: in.csv:3: $(warned_column "$tool"): "
        grep -q '^R-2,' "$T/out"
    done
}

@test "CLI, messages: of warnings of one kind the first ten are shown, then how many more" {
    { echo "$warned_header"; for i in $(seq 10); do warned_row "$i"; done; } >ten.csv
    { cat ten.csv; warned_row 11; warned_row 12; } >twelve.csv
    for tool in mob-estimate mob-entitle mob-book; do
        accepts "$tool" ten.csv
        grep -c ": $(warned_column "$tool"): " "$T/err" | is 10
        unsaid ' more '
        accepts "$tool" twelve.csv
        grep -c ": $(warned_column "$tool"): " "$T/err" | is 10
        says ' 2 more '
    done
}

@test "CLI, messages: each kind has its own ten" {
    for i in $(seq 13); do echo "ZAM57XSL00000010$i,NOWHERE,2024-01-01,,"; done >>coverage.csv
    { echo "$warned_header"; for i in $(seq 12); do warned_row "$i"; done; } >in.csv
    check 0 mob-entitle in.csv
    grep -c ' in.csv:[0-9]*: vin: ' "$T/err" | is 10
    grep -c ' coverage.csv:[0-9]*: programme: ' "$T/err" | is 10
    says ' 2 more '
    says ' 3 more '
}

@test "CLI, messages: rejected rows are no warnings: each one is said, with --quiet too" {
    { header; for i in $(seq 12); do bad_row "$i" soon; done; } >in.csv
    for tool in $filters; do
        check 1 "$tool" in.csv
        grep -c "labour_min: 'soon'" "$T/err" | is 12
        check 1 "$tool" --quiet in.csv
        grep -c "labour_min: 'soon'" "$T/err" | is 12
    done
}

@test "CLI, options: -q and --quiet: no warnings, the same rows" {
    { echo "$warned_header"; for i in $(seq 12); do warned_row "$i"; done; } | sed '1s/$/,action/; 2,$s/CAR-9$/CAR-1,block/' >in.csv
    for tool in $row_tools; do
        accepts "$tool" in.csv
        mv "$T/out" loud
        accepts "$tool" -q in.csv
        same loud "$T/out"
        empty "$T/err"
        accepts "$tool" --quiet in.csv
        same loud "$T/out"
        empty "$T/err"
    done
}

# ---- exit statuses ----

@test "CLI, exit 0: all done, and nothing on standard error that is no news" {
    for tool in $filters; do
        check 0 "$tool" in.csv
    done
    check 0 mob-book in.csv # now there is a calendar
    for tool in $filters; do
        check 0 "$tool" in.csv
        empty "$T/err"
    done
}

@test "CLI, exit 2: a site that is not there, a site file that is faulty: nothing is written" {
    for tool in $tools; do
        check 2 "$tool" --site nowhere $(operand "$tool")
        says "$tool: nowhere"
        empty "$T/out"
        file=$(site_files "$tool" | cut -d' ' -f1)
        case " $site_writers " in *" $tool "*) continue ;; esac # it has no option for a file
        echo 'a"b' >broken.csv
        finds_fault "$tool" broken.csv "--$file" broken.csv $(operand "$tool")
    done
    never_there calendar.csv
}

@test "DATA: a tool reads only the files that it needs" {
    for tool in $tools; do
        rm -rf bare
        mkdir bare
        cp ./*.csv bare/
        for file in hours closures jobs coverage programmes benefits solutions legs fleet calendar; do
            case " $(site_files "$tool") " in
            *" $file "*) ;;
            *) printf 'a"b\n' >"bare/$file.csv" ;;
            esac
        done
        check 0 "$tool" --site bare $(operand "$tool")
    done
}

@test "DATA: --FILE PATH overrides one file of the site" {
    mkdir whole
    cp ./*.csv whole/
    echo from,until,closes,reason >whole/closures.csv
    for tool in $tools; do
        accepts "$tool" $(operand "$tool")
        mv "$T/out" usual
        options=
        mkdir broken
        for file in $(site_files "$tool"); do
            [ "$file" != calendar ] || continue
            echo 'a"b' >"broken/$file.csv"
            options="$options --$file whole/$file.csv"
        done
        check 0 "$tool" --site broken $options $(operand "$tool")
        sed -i 's|^whole/||' "$T/out" # mob-check names the path
        same usual "$T/out"
        # Each option is needed: without it the broken file is read.
        for file in $(site_files "$tool"); do
            [ "$file" != calendar ] || continue
            finds_fault "$tool" "broken/$file.csv" --site broken ${options/"--$file whole/$file.csv"/} $(operand "$tool")
        done
        rm -r broken
    done
}

@test "CLI, exit 75: the calendar is locked by somebody else" {
    for tool in $writers; do
        check 75 flock . "$tool" --wait 0 in.csv
        says "$tool: "
        empty "$T/out"
        never_there calendar.csv
    done
}

@test "CLI, exit 74: committed, but the answer was lost; the same input again books nothing twice" {
    for tool in $writers; do
        check 74 bash -c "$tool in.csv >/dev/full"
        says "$tool: standard output: "
        check 0 "$tool" in.csv
        cells request result | is $'R-1|already\nR-2|already'
        forget_calendar
    done
}

# ---- --strict, --rejects ----

@test "CLI, --strict: the first rejected row is exit 2" {
    { header; row 1; bad_row 2 soon; row 3; bad_row 4 late; } >bad.csv
    { header; row 1; echo R-2,short; row 3; } >short.csv
    for tool in $filters; do
        for file in bad.csv short.csv; do
            check 2 "$tool" --strict "$file"
            says "$tool: $file:3: "
            unsaid "'late'"
            no_half "$tool"
            [ -s "$T/out" ]
            grep -c '^R-3,' "$T/out" | is 0
        done
        check 0 "$tool" --strict in.csv
    done
}

@test "CLI, --rejects FILE: the rejected rows as CSV, with line, error and record added" {
    { header; row 1; bad_row 2 soon; row 3; } >in.csv
    for tool in $filters; do
        check 1 "$tool" --rejects rejects.csv in.csv
        head -n 1 rejects.csv | is "$(header),line,error,record"
        wc -l <rejects.csv | is 2
        mlr --icsv --ocsv --headerless-csv-output cut -o -f request,labour_min,line,record rejects.csv | is R-2,soon,3,
        mlr --icsv --onidx cut -f error rejects.csv | grep -q "^labour_min: 'soon' is not " || fail "$(cat rejects.csv)"
        # What was rejected is not in the output, the rest is.
        grep -c '^R-2,' "$T/out" | is 0
        grep -q '^R-3,' "$T/out"
    done
}

@test "CLI, --rejects: of another number of cells the raw text is kept, its cells are padded or cut" {
    { header; row 1; echo 'R-8,"a,b"'; row 9 'x,"y ""z"""'; } >in.csv
    for tool in $filters; do
        check 1 "$tool" --rejects rejects.csv in.csv
        mlr --icsv --ojson cut -o -f request,customer,wanted,extra,line,record rejects.csv >found
        file expected <<'JSON'
[
{
  "request": "R-8",
  "customer": "a,b",
  "wanted": "",
  "extra": "",
  "line": 3,
  "record": "R-8,\"a,b\""
},
{
  "request": "R-9",
  "customer": "Anne",
  "wanted": "2026-11-30T09:00",
  "extra": "x",
  "line": 4,
  "record": "R-9,Anne,,OIL,2026-11-30T09:00,60,15,customer,1,,BUS,block,CAR-1,2026-11-30T09:00,2026-11-30T11:00,x,\"y \"\"z\"\"\""
}
]
JSON
        same expected found
    done
}

@test "CLI, --rejects: with nothing to keep it is a header; what stood there before is gone" {
    for tool in $filters; do
        echo old >rejects.csv
        check 0 "$tool" --rejects rejects.csv in.csv
        is "$(header),line,error,record" <rejects.csv
    done
}

@test "CLI, --rejects: its rows can be mended and given again; the added columns are overwritten where they stand" {
    { header; bad_row 2 soon; } >in.csv
    for tool in $filters; do
        check 1 "$tool" --rejects rejects.csv in.csv
        { head -n 1 rejects.csv; echo; tail -n 1 rejects.csv; } >later.csv
        check 1 "$tool" --rejects again.csv later.csv
        head -n 1 again.csv | is "$(header),line,error,record"
        mlr --icsv --onidx cut -f line again.csv | is 3
        sed 's/,soon,/,60,/; s/,soon,/,2026-11-30T09:00,/' rejects.csv >mended.csv
        check 0 "$tool" mended.csv
    done
}

@test "CLI, --rejects: a file that cannot be written is exit 2" {
    { header; row 1; bad_row 2 soon; } >in.csv
    for tool in $filters; do
        check 2 "$tool" --rejects nowhere/rejects.csv in.csv
        says "$tool: nowhere/rejects.csv: "
        check 2 "$tool" --rejects /dev/full in.csv
        says "$tool: /dev/full: "
        no_half "$tool"
    done
}

# ---- the command line ----

# offers TOOL OPTION...: its help, the file `help`, has each option.
offers() {
    local tool=$1 option help
    shift
    help=$(<help)
    for option; do
        [[ $help == *$'\n'*" --$option "* ]] || fail "$tool --help lacks --$option"
    done
}

@test "CLI, options: -h and --help: standard output, exit 0, every option that the tool must have" {
    for tool in $tools; do
        check 0 "$tool" --help
        empty "$T/err"
        head -n 1 "$T/out" | grep -q "^usage: $tool " || fail "$(head -n 1 "$T/out")"
        mv "$T/out" help
        check 0 "$tool" -h
        same help "$T/out"
        wanted="help version quiet site $(site_files "$tool")"
        case " $filters $other_tools " in *" $tool "*) wanted="$wanted strict rejects" ;; esac
        case " $clock_tools " in *" $tool "*) wanted="$wanted now" ;; esac
        case " $writers $site_writers " in *" $tool "*) wanted=${wanted/ calendar/} ;; esac
        offers "$tool" $wanted
    done
}

@test "DATA: --calendar is only in tools that do not write" {
    for tool in $writers; do
        check 2 "$tool" --calendar calendar.csv in.csv
        never_there calendar.csv
    done
}

@test "CLI, options: --version: standard output, exit 0, the tool's name and a number" {
    for tool in $tools $importers; do
        check 0 "$tool" --version
        empty "$T/err"
        wc -l <"$T/out" | is 1
        grep -Eq "^$tool .*[0-9]+\.[0-9]+" "$T/out" || fail "$(cat "$T/out")"
    done
}

@test "CLI, options: --help needs no site and no input" {
    mkdir empty
    cd empty
    for tool in $tools; do
        check 0 "$tool" --help <&-
        check 0 "$tool" --version --site nowhere <&-
    done
}

@test "CLI, options: bad usage is exit 2, says which, and writes nothing" {
    for tool in $tools; do
        for arguments in --nonsense -x '-q -x' --site '--quiet=yes' --s; do
            check 2 "$tool" $arguments
            said=$(<"$T/err")
            [[ $said == "$tool: "*--help* ]] || fail "$tool $arguments: $said"
            empty "$T/out"
        done
        check 2 "$tool" --nonsense
        says "'--nonsense'"
        check 2 "$tool" -x
        says "'-x'"
        check 2 "$tool" --site
        says "--site"
    done
    never_there calendar.csv
}

@test "CLI, options: a letter that is no option is named, beyond ASCII and behind other words too" {
    for tool in $tools; do
        check 2 "$tool" --quiet -é
        says "'-\\xc3' is not an option here"
        check 2 "$tool" -qZ
        says "'-Z' is not an option here"
    done
}

@test "CLI, options: an option that is a near miss: which one was probably meant" {
    for tool in $tools $importers; do
        check 2 "$tool" --vresion
        says "'--vresion'"
        says '--version meant'
        check 2 "$tool" --qiet
        says '--quiet meant'
        check 2 "$tool" --utterly-different
        unsaid meant
    done
}

@test "CLI, options: what is unknown is escaped and cut as data is" {
    long=$(bytes 200 y)
    for tool in $tools $importers; do
        check 2 "$tool" $'--a\033b'
        says "'--a\\x1bb'"
        check 2 "$tool" "--$long"
        says "${long:0:78}'"
        unsaid "${long:0:79}"
        unsaid meant
    done
}

@test "CLI, options: long options may be abbreviated, their arguments joined by = or not" {
    mkdir outside
    for tool in $row_tools; do
        accepts "$tool" in.csv
        mv "$T/out" plain
        for options in '--sit ..' '--sit=..' '--site=..' '--qui --site ..'; do
            forget_calendar
            check 0 env -C outside "$tool" $options ../in.csv
            same plain "$T/out"
        done
    done
}

@test "CLI, options: options may stand behind the operand; behind -- everything is an operand" {
    cp in.csv ./-q
    for tool in $row_tools; do
        accepts "$tool" in.csv
        mv "$T/out" plain
        accepts "$tool" in.csv --quiet --site .
        same plain "$T/out"
        accepts "$tool" --quiet -- -q
        same plain "$T/out"
    done
}

@test "CLI, options: a number out of its range, or none, is exit 2; its ends are within" {
    while read -r tool option least most; do
        for value in "$((least - 1))" "$((most + 1))" x '' 1.5 +5 ' 5' 0x5 99999999999999999999; do
            check 2 "$tool" "$option=$value" in.csv
            said=$(<"$T/err")
            [[ $said == *"$tool: $option: "*"$least"*"$most"* ]] || fail "$said"
        done
        accepts "$tool" "$option" "$least" in.csv
        accepts "$tool" "$option" "$most" in.csv
    done <<'TABLE'
mob-estimate --handover 1 1440
mob-avail --step 1 1440
mob-avail --horizon 1 366
mob-avail --alternatives 1 100
TABLE
    # On a grid of 1440 minutes nothing is ever taken back: only the range is looked at.
    for value in 0 1441 x; do
        check 2 mob-estimate --step "$value" in.csv
        says 'mob-estimate: --step: '
    done
    accepts mob-estimate --step 1 in.csv
    check 1 mob-estimate --step 1440 in.csv
}

@test "CLI, options: a date-time or a notice that is none is exit 2" {
    for tool in $clock_tools; do
        for now in 2026-11-23 tomorrow '' 2026-11-23T24:00 2026-11-23T08:00:00 1899-12-31T23:59; do
            check 2 "$tool" --now "$now" $(operand "$tool")
            says "$tool: --now: '$now'"
        done
    done
    for notice in 4 0wd 4x '' -1h 4w; do
        check 2 mob-book --option "$notice" in.csv
        says "mob-book: --option: '$notice'"
    done
    never_there calendar.csv
}

# ---- standard output, standard input, standard error ----

@test "CLI, descriptors: a full standard output is exit 2, of --help and --version too" {
    for tool in $filters $importers $site_tools $other_tools; do
        check 2 bash -c "$tool $(operand "$tool") >/dev/full"
        says "$tool: standard output: "
    done
    for tool in $tools $importers; do
        for option in --help --version; do
            check 2 bash -c "$tool $option >/dev/full"
            says "$tool: standard output: "
        done
    done
}

@test "CLI, descriptors: a closed standard output is exit 2, and nothing is booked" {
    for tool in $row_tools $importers $site_tools $other_tools; do
        check 2 bash -c "$tool $(operand "$tool") >&-"
        says "$tool: standard output: "
        check 2 bash -c "$tool --help >&-"
        never_there calendar.csv
    done
}

@test "CLI, descriptors: a closed standard input is exit 2, and no matter where there is an operand" {
    for tool in $row_tools $importers; do
        check 2 bash -c "$tool <&-"
        says "$tool: -: "
        no_half "$tool"
        never_there calendar.csv
        accepts "$tool" in.csv
        mv "$T/out" plain
        accepts bash -c "$tool in.csv <&-"
        same plain "$T/out"
    done
}

@test "CLI, descriptors: a closed standard error changes nothing" {
    for tool in $row_tools $importers; do
        accepts "$tool" in.csv
        mv "$T/out" plain
        accepts bash -c "$tool in.csv 2>&-"
        same plain "$T/out"
        accepts bash -c "$tool 2>&- <in.csv"
        same plain "$T/out"
    done
}

@test "CLI, descriptors: closed ones never end up as the file of --rejects" {
    { header; row 1; bad_row 2 soon; } >in.csv
    for tool in $filters; do
        check 1 "$tool" --rejects expected.csv <in.csv
        mv "$T/out" rows
        check 1 bash -c "$tool --rejects rejects.csv <in.csv 2>&-"
        same expected.csv rejects.csv
        same rows "$T/out"
        check 2 bash -c "$tool --rejects rejects.csv <in.csv >&-"
        grep -c '^R-1,' rejects.csv | is 0
    done
}

@test "CLI, descriptors: closed ones never end up as the calendar" {
    for closed in '<&-' '2>&-' '<&- 2>&-'; do
        for tool in $writers; do
            check 0 bash -c "$tool in.csv $closed"
            cells result | is "$(done_word "$tool")"$'\n'"$(done_word "$tool")"
            # A calendar with anything else in it would be refused.
            check 0 "$tool" in.csv
            cells request result | is $'R-1|already\nR-2|already'
            forget_calendar
        done
    done
    for closed in '>&-' '<&- >&-' '>&- 2>&-' '<&- >&- 2>&-'; do
        for tool in $writers; do
            check 2 bash -c "$tool in.csv $closed"
            never_there calendar.csv
        done
    done
    # Of what the filters read nothing is written either.
    mkdir before
    cp ./*.csv before/
    for tool in $filters; do
        for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
            bash -c "$tool in.csv $closed" >/dev/null 2>&1 || true
        done
    done
    for file in ./*.csv; do
        same "before/$file" "$file"
    done
}

# A pipe whose reader is gone for certain stands on descriptor 5.
into_closed_pipe() {
    bash -c 'exec 5> >(:); wait $!; exec "$@" >&5' bash "$@"
}

@test "CLI, descriptors: a tool whose reader has gone dies by SIGPIPE, as cat does" {
    check 141 into_closed_pipe env --default-signal=PIPE cat in.csv
    for tool in $filters $importers $site_tools $other_tools; do
        check 141 into_closed_pipe env --default-signal=PIPE "$tool" $(operand "$tool")
    done
}

@test "CLI, descriptors: with SIGPIPE ignored a reader that has gone is exit 2" {
    for tool in $filters $importers $site_tools $other_tools; do
        check 2 into_closed_pipe env --ignore-signal=PIPE "$tool" $(operand "$tool")
        says "$tool: standard output: "
    done
}

@test "CLI, descriptors: where the answer's reader has gone, nothing is booked" {
    for tool in $writers; do
        check 2 into_closed_pipe env --default-signal=PIPE "$tool" in.csv
        never_there calendar.csv
        check 2 into_closed_pipe env --ignore-signal=PIPE "$tool" in.csv
        never_there calendar.csv
    done
}

# ---- streaming ----

# awaits PATTERN: waits until $T/stream has a line that matches, at most 20 seconds.
awaits() {
    local tries=0
    until grep -q "$1" "$T/stream"; do
        [ $((tries += 1)) -le 200 ] || fail "no line with $1 in: $(cat "$T/stream")"
        sleep 0.1
    done
}

@test "CLI, rows: filters stream: what is done is written before a read that would wait" {
    mkfifo pipe
    for tool in $filters; do
        "$tool" <pipe >stream 2>/dev/null 3>&- &
        exec 6>pipe
        header >&6
        awaits '^request,'
        row 1 >&6
        # mob-avail knows that a request has all its rows when the next one comes.
        [ "$tool" = mob-avail ] || awaits '^R-1,'
        row 2 >&6
        awaits '^R-1,'
        exec 6>&-
        wait $!
        grep -q '^R-2,' stream
    done
}

@test "CLI, rows: rejected rows are written before a read that would wait, too" {
    mkfifo pipe
    for tool in $filters; do
        rm -f rejects.csv
        "$tool" --rejects stream <pipe >/dev/null 2>&1 3>&- &
        exec 6>pipe
        { header; bad_row 1 soon; } >&6
        tries=0
        until [ -e stream ] && grep -q '^R-1,' stream; do
            [ $((tries += 1)) -le 200 ] || fail "$tool: no rejected row"
            sleep 0.1
        done
        exec 6>&-
        wait $! || true
        rm stream
    done
}

@test "CLI, rows: the tools that write read to the end before they take the lock" {
    mkfifo pipe
    for tool in $writers; do
        "$tool" <pipe >stream 2>/dev/null 3>&- &
        exec 6>pipe
        { header; row 1; } >&6
        # No lock is held while it waits for the rest.
        check 0 flock --nonblock . true
        never_there calendar.csv
        row 2 >&6
        exec 6>&-
        wait $!
        grep -c '^R-' stream | is 2
        forget_calendar
    done
}

# ---- environment ----

@test "CLI, environment: LC_ALL and its kin change nothing" {
    { header; row 1 'Pélissier'; bad_row 2 'tôt'; row 3; } >in.csv
    for tool in $filters; do
        check 1 "$tool" in.csv
        mv "$T/out" plain_out
        mv "$T/err" plain_err
        for locale in C.UTF-8 tr_TR.UTF-8 nonsense; do
            check 1 env LC_ALL="$locale" LANG="$locale" LANGUAGE=fr POSIXLY_CORRECT= "$tool" in.csv
            same plain_out "$T/out"
            same plain_err "$T/err"
        done
    done
    for tool in $tools $importers; do
        check 0 "$tool" --help
        mv "$T/out" plain_out
        check 0 env LC_ALL=C.UTF-8 LANGUAGE=de "$tool" --help
        same plain_out "$T/out"
    done
}

@test "CLI, environment: MOB_SITE is the site where --site is not given; else it is the current directory" {
    mkdir outside empty
    cp in.csv outside
    for tool in $row_tools; do
        accepts "$tool" in.csv
        mv "$T/out" plain
        forget_calendar
        check 0 env -C outside MOB_SITE="$T" "$tool" in.csv
        same plain "$T/out"
        forget_calendar
        check 0 env -C outside MOB_SITE="$T/empty" "$tool" --site "$T" in.csv
        same plain "$T/out"
        forget_calendar
        check 2 env MOB_SITE="$T/empty" "$tool" in.csv
        check 2 env -C outside "$tool" in.csv
    done
    ls outside | is in.csv
}

@test "CLI, environment: MOB_NOW is the site's clock where --now is not given" {
    check 0 env MOB_NOW=2026-12-10T08:00 mob-avail in.csv
    cells when reason | is $'none|past\nnone|past'
    check 0 env MOB_NOW=2026-12-10T08:00 mob-avail --now 2026-11-23T08:00 in.csv
    cells when reason | is $'wanted|\nwanted|'
    check 1 env MOB_NOW=2026-12-10T08:00 mob-book in.csv
    cells result reason | is $'rejected|past\nrejected|past'
    check 0 env MOB_NOW=2026-12-10T08:00 mob-book --now 2026-11-23T08:00 in.csv
    cells result | is $'booked\nbooked'
}

@test "CLI, environment: a MOB_NOW that is no date-time is exit 2 for those who ask for the time" {
    for tool in $clock_tools; do
        check 2 env MOB_NOW=tomorrow "$tool" $(operand "$tool")
        says "'tomorrow'"
        empty "$T/out"
        never_there calendar.csv
    done
    for tool in mob-estimate mob-entitle mob-propose; do
        check 0 env MOB_NOW=tomorrow "$tool" in.csv
    done
}

@test "DATA, now: the tools that write say that it was given, and only then" {
    for tool in $writers; do
        accepts "$tool" in.csv
        says 'now was given'
        accepts env -u MOB_NOW "$tool" --now 2026-11-23T08:00 in.csv
        says 'now was given'
        # By the true clock these requests may be past: only what is said is looked at.
        env -u MOB_NOW "$tool" --dry-run in.csv >"$T/out" 2>"$T/err" || true
        unsaid 'now was given'
    done
}

@test "DATA, now: it is local time, so TZ sets it" {
    # Two zones 48 hours apart: whatever the hour, the day between their dates is past in one and to come in the other.
    wanted=$(TZ=WEST+24 date -d 'tomorrow' +%F 2>/dev/null)
    header >in.csv
    row 1 | sed "s/2026-11-30/$wanted/g" >>in.csv
    check 0 env -u MOB_NOW TZ=EAST-24 mob-avail in.csv
    cells reason | is past
    check 0 env -u MOB_NOW TZ=WEST+24 mob-avail in.csv
    cells reason | grep -vqx past || fail 'past in the west'
    check 1 env -u MOB_NOW TZ=EAST-24 mob-book in.csv
    cells reason | is past
    check 0 env -u MOB_NOW TZ=WEST+24 mob-book in.csv
    cells result | is booked
}

@test "DATA, values: arithmetic never depends on TZ, also on the night the clocks change" {
    # 25 October 2026 and 28 March 2027 are the nights; each stay runs across one of them.
    { header
      row 1 | sed 's/2026-11-30T09/2026-10-23T16/; s/2026-11-30/2026-10-23/g'
      row 2 | sed 's/2026-11-30T09/2027-03-26T16/; s/2026-11-30/2027-03-26/g'; } | sed 's/,60,15,/,180,15,/; s/OIL//' >in.csv
    export MOB_NOW=2026-10-01T08:00
    for tool in $filters; do
        check 0 "$tool" in.csv
        mv "$T/out" plain
        for zone in CET-1CEST,M3.5.0,M10.5.0/3 Europe/Paris FAR-14; do
            check 0 env TZ="$zone" "$tool" in.csv
            same plain "$T/out"
        done
    done
    # Friday 16:00 + 180 minutes = 60 on Friday, 120 on Monday; 64 hours and more are three days.
    check 0 mob-estimate in.csv
    cells ready days | is $'2026-10-26T10:00|3\n2027-03-29T10:00|3'
}

# ---- again ----

@test "FILTERS: each of the first four, run again on its own output, gives the same bytes (the sample dealership)" {
    export MOB_SITE=$ROOT/examples/dealer MOB_NOW=2026-11-23T08:00
    cp "$MOB_SITE/requests.csv" rows
    for tool in $filters; do
        "$tool" rows >once 2>err || [ $? -eq 1 ] || fail "$tool: $(cat err)"
        wc -l <once >lines
        [ "$(cat lines)" -gt 10 ]
        check 0 "$tool" once
        same once "$T/out"
        mv once rows
    done
}

@test "CLI, --rejects: it never overwrites the input" {
    for tool in $filters; do
        cp in.csv same.csv
        check 2 "$tool" --rejects same.csv same.csv
        same in.csv same.csv
        says 'would overwrite the input'
    done
}
