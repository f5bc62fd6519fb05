# The manual pages are the contract: they say what the tools do, and each tool does what its page says. The shell's
# completion stands here too, for it is made of the same option tables.

load helper

prepare() {
    MAN=$ROOT/man
}

# tools: the name of every tool.
tools() {
    basename -s .c "$ROOT"/cmd/mob-*.c
}

# filters: those that read rows of ours.
filters() {
    for tool in $(tools | grep -vx mob-import); do
        "$tool" --help | sed -n "1s/.* \[file\]$/$tool/p"
    done
}

# pages: the path of every page.
pages() {
    ls "$MAN"/*.[1-8]
}

# rendered PAGE: as a reader sees it on a terminal of 80 columns. Each page is rendered once, for all the tests.
rendered() {
    local text=$BATS_FILE_TMPDIR/${1##*/}
    [ -e "$text" ] || mandoc -Tutf8 "$1" | LC_ALL=C.UTF-8 col -bx >"$text"
    cat "$text"
}

# section NAME: of the rendered page on standard input.
section() {
    awk -v name="$1" '/^[^ ]/ { on = $0 == name; next } on'
}

# listed PAGE SUBSECTION: the columns that head the items of a subsection's lists, one a line.
listed() {
    awk -v head="$2" '
        /^\.S[hs] / { on = substr($0, 5) == head }
        on && /^\.It Xo/ { is_open = 1 }
        on && (/^\.It / || is_open) { print }
        /^\.Xc/ { is_open = 0 }' "$1" | grep -o 'Va [a-z_]*' | cut -d ' ' -f 2
}

# joined: the lines of standard input, separated by commas.
joined() {
    paste -s -d ,
}

# ---- the pages as pages ----

@test "every tool has a page, and every page is a tool's or one of the three that describe the whole" {
    { tools | sed 's/$/.1/'; printf '%s\n' mob.7 mob-calendar.5 mob-site.5; } | sort >expected
    pages | xargs -n 1 basename | sort >found
    same expected found
}

@test "mandoc has nothing to say about any page, not even about its style" {
    # Whether other packages' pages are installed is not ours to say.
    for page in $(pages); do
        mandoc -Tlint -Wstyle "$page" 2>&1 | grep -F "$page" | grep -v 'referenced manual not found' || true
    done >found
    is "" <found
}

@test "every page fits on a terminal of 80 columns" {
    for page in $(pages); do
        rendered "$page" >text
        [ "$(LC_ALL=C.UTF-8 wc -L <text)" -le 80 ] || { echo "$page"; LC_ALL=C.UTF-8 grep -E '.{81}' text; false; }
    done
}

@test "every cross reference between our pages resolves" {
    for page in $(pages); do
        grep -ho 'Xr [^ ]* [1-8]' "$page" | sort -u | while read -r _ name number; do
            case $name.$number in
            cat.1 | flock.[12] | iconv.1) ;; # of every system
            *) [ -f "$MAN/$name.$number" ] || echo "$page: $name($number)" ;;
            esac
        done
    done >found
    is "" <found
}

@test "every tool's page has all the sections that a reader looks for, in the usual order" {
    printf '%s\n' NAME SYNOPSIS DESCRIPTION ENVIRONMENT FILES 'EXIT STATUS' EXAMPLES DIAGNOSTICS 'SEE ALSO' STANDARDS \
        >expected
    for page in "$MAN"/*.1; do
        sed -n 's/^\.Sh //p' "$page" >found
        same expected found || { echo "$page"; false; }
    done
}

@test "mob(7) lists every tool, with the same words as the tool's own page" {
    for tool in $(tools); do
        rendered "$MAN/$tool.1" | section NAME | xargs | sed 's/^[^ ]* – //'
    done | sort >expected
    awk '/^\.S[hs] / { on = $0 == ".Ss The tools" } /^\.El/ { on = 0 } on && /^[^.]/' "$MAN/mob.7" |
        xargs | sed 's/\. /\n/g; s/\.$//' | sort >found
    same expected found
}

# ---- pages and option tables ----

@test "the synopsis of every page is the usage line of --help" {
    for tool in $(tools); do
        "$tool" --help | sed -n '1s/^usage: //p' >expected
        rendered "$MAN/$tool.1" | section SYNOPSIS | tr -s ' \n' ' ' | sed 's/^ //; s/ $/\n/' >found
        same expected found || { echo "$tool"; false; }
    done
}

@test "the options of every page are those of --help, with their arguments, in its order" {
    for tool in $(tools); do
        "$tool" --help | awk -F '  +' '/^  / { print $2 }' >expected
        rendered "$MAN/$tool.1" | section DESCRIPTION | sed -n 's/^     \(-.*\)/\1/p' >found
        [ -s expected ]
        same expected found || { echo "$tool"; false; }
    done
}

@test "the title of every page is the summary of --help" {
    for tool in $(tools); do
        "$tool" --help | sed -n '2s/\.$//p' | sed 's/^./\L&/' >expected
        rendered "$MAN/$tool.1" | section NAME | xargs | sed 's/^[^ ]* – //' >found
        same expected found || { echo "$tool"; false; }
    done
}

@test "the environment of a page names MOB_NOW where the tool has --now, and MOB_SITE where it has --site" {
    for tool in $(tools); do
        "$tool" --help | grep -q -e '--now' && echo MOB_NOW
        "$tool" --help | grep -q -e '--site' && echo MOB_SITE
        true
    done >expected
    for tool in $(tools); do
        sed -n 's/^\.It Ev \(MOB_[A-Z]*\)/\1/p' "$MAN/$tool.1" | sort
    done >found
    same expected found
}

# ---- pages and columns ----

@test "a tool runs with the columns that its page calls needed, and ends with status 2 without any one of them" {
    site
    for tool in $(filters); do
        listed "$MAN/$tool.1" "Columns needed" >needed
        [ "$(wc -l <needed)" -ge 2 ]
        joined <needed >all.csv
        check 0 "$tool" -q --site . all.csv
        for column in $(cat needed); do
            grep -vx "$column" needed | joined >less.csv
            check 2 "$tool" -q --site . less.csv
            says "$column: no such column" || { echo "$tool"; false; }
        done
    done
}

@test "the columns that a page calls needed or used are all that the tool reads" {
    for tool in $(filters); do
        sed -n '/read_columns\[\]/,/^};/s/.*"\([a-z_]*\)".*/\1/p' "$ROOT/cmd/$tool.c" | sort >expected
        { listed "$MAN/$tool.1" "Columns needed"
          listed "$MAN/$tool.1" "Columns used where they are there"; } | sort >found
        [ -s expected ]
        same expected found || { echo "$tool"; false; }
    done
}

@test "the columns that a page calls added are those of the output, in order, behind the input's" {
    site
    for tool in $(filters); do
        [ "$tool" != mob-ics ] || continue # it writes no columns
        listed "$MAN/$tool.1" "Columns needed" | joined >in.csv
        check 0 "$tool" -q --site . in.csv
        { cat in.csv; listed "$MAN/$tool.1" "Columns added"; } | joined >expected
        same expected out || { echo "$tool"; false; }
    done
}

@test "mob-book(1) names the columns that show an earlier booking, and the tool sets no other" {
    # A request that is booked already, in an input with every column that mob-book reads or the other tools write.
    site
    export MOB_NOW=2026-11-27T10:00
    printf '%s\n' request,customer,solution,out,back R-1,Anne,LOANER,2026-11-30T08:00,2026-11-30T17:00 >one.csv
    check 0 mob-book -q one.csv
    { listed "$MAN/mob-book.1" "Columns needed"; listed "$MAN/mob-book.1" "Columns used where they are there"
      listed "$MAN/mob-propose.1" "Columns added"; listed "$MAN/mob-avail.1" "Columns added"; } |
        awk '!seen[$0]++' >columns
    joined <columns >header
    for column in $(cat columns); do
        case $column in
        request) echo R-1 ;;
        customer) echo Anne ;;
        solution) echo TAXI ;;
        out) echo 2027-01-04T08:00 ;;
        back | ready) echo 2027-01-04T09:00 ;;
        choice | offer | days) echo 9 ;;
        match) echo no ;;
        when) echo later ;;
        price | saving) echo 7.00 ;;
        *_min | km | *_until | wanted* | pay_type | vin) echo ;;
        *) echo "x-$column" ;;
        esac
    done | joined >row
    cat header row >again.csv
    check 0 mob-book -q again.csv
    head -n 1 out >after.header
    # Column by column: which cells are not those that were put in?
    paste -d '|' columns <(mlr --icsv --ojson cat again.csv | grep '^ ') \
        <(mlr --icsv --ojson cut -o -f "$(cat header)" out | grep '^ ') |
        awk -F '|' '{ sub(/,$/, "", $2); sub(/,$/, "", $3) } $2 != $3 { print $1 }' | sort >found
    awk '/^\.S[hs] / { on = $0 == ".Ss Columns added" } on && /^\.El/ { text = 1 } on && text' "$MAN/mob-book.1" |
        sed -n '/shows the booking/,/are empty/p' | sed -n 's/^\.Va \([a-z_]*\).*/\1/p' | sort -u >expected
    # The reason is one of the four that are added.
    [ -s expected ]
    { cat expected; echo reason; } | sort | same - found
}

@test "mob(7) describes the columns of a request, and brackets those that may be missing" {
    listed "$MAN/mob.7" "A request" | joined >found
    head -n 1 "$ROOT/examples/dealer/requests.csv" | same - found
    cp -r "$ROOT/examples/dealer" dealer
    cd dealer
    export MOB_NOW=2026-11-23T08:30
    head -n 4 requests.csv >some.csv
    for column in $(listed "$MAN/mob.7" "A request"); do
        mlr --icsv --ocsv cut -x -f "$column" some.csv >less.csv
        status=2
        grep -q "^\.It Bq Va $column$" "$MAN/mob.7" && status=0
        check "$status" bash -c 'set -o pipefail
            mob-estimate -q less.csv | mob-entitle -q | mob-propose -q | mob-avail -q | mob-book -q --dry-run' ||
            { echo "$column"; false; }
    done
}

# optional: FILE:COLUMN of each column that mob-site(5) calls optional.
optional() {
    awk '
        /^\.S[hs] / { file = substr($0, 5) }
        /^\.It Va / { split(substr($0, 8), columns, " , Va ") }
        /^\.El/ { split("", columns) }
        /^(Optional|Both optional)\.$/ { for (i in columns) print file ":" columns[i] }' "$MAN/mob-site.5"
}

@test "mob-site(5) describes every column of every file, and calls optional those that may be missing" {
    site
    printf 'from,until,closes,reason\n' >closures.csv
    sed -i '1s/$/,status,from,until,before_min,after_min,late_days/' fleet.csv
    # Headers are enough to find a missing column, but for hours.csv, which needs rows.
    sed -i '2,$d' solutions.csv fleet.csv legs.csv jobs.csv programmes.csv benefits.csv coverage.csv
    listed "$MAN/mob-entitle.1" "Columns needed" | joined >entitle.csv
    listed "$MAN/mob-avail.1" "Columns needed" | joined >avail.csv
    listed "$MAN/mob-estimate.1" "Columns needed" | joined >estimate.csv
    optional=" $(optional | xargs) "
    for file in hours solutions fleet legs jobs closures programmes benefits coverage; do
        case $file in
        jobs) tool=estimate ;;
        coverage) tool=entitle ;;
        *) tool=avail ;;
        esac
        listed "$MAN/mob-site.5" "$file.csv" >columns
        sort columns >found
        head -n 1 $file.csv | tr , '\n' | sort | same - found || { echo "$file"; false; }
        mv $file.csv whole
        number=0
        for column in $(head -n 1 whole | tr , ' '); do
            number=$((number + 1))
            cut -d , --complement -f $number whole >$file.csv
            status=2
            [[ $optional != *" $file.csv:$column "* ]] || status=0
            check "$status" mob-$tool -q --site . $tool.csv || { echo "$file.csv without $column"; false; }
        done
        mv whole $file.csv
    done
}

@test "mob-site(5) and the tools agree on which files may be missing" {
    site
    printf 'from,until,reason\n' >closures.csv
    listed "$MAN/mob-entitle.1" "Columns needed" | joined >entitle.csv
    listed "$MAN/mob-avail.1" "Columns needed" | joined >avail.csv
    listed "$MAN/mob-estimate.1" "Columns needed" | joined >estimate.csv
    for file in hours solutions fleet legs jobs closures programmes benefits coverage; do
        status=2
        awk -v head="$file.csv" '/^\.S[hs] / { on = substr($0, 5) == head } on' "$MAN/mob-site.5" |
            grep -qx 'The file may be missing\.' && status=0
        mv $file.csv away
        for name in estimate entitle avail; do
            grep -q "^\.It Pa $file.csv" "$MAN/mob-$name.1" || continue
            # What refers to the missing file would dangle.
            for other in benefits legs coverage; do [ ! -f $other.csv ] || sed -i '2,$d' $other.csv; done
            check "$status" mob-$name -q --site . $name.csv || { echo "mob-$name without $file.csv"; false; }
        done
        mv away $file.csv
    done
}

@test "mob-calendar(5) describes the columns of the calendar, in the file's order" {
    site
    printf '%s\n' request,customer,solution,out,back R-1,Anne,TAXI,2026-11-30T08:00,2026-11-30T17:00 >one.csv
    check 0 mob-book -q --now 2026-11-27T10:00 one.csv
    listed "$MAN/mob-calendar.5" Columns | joined >expected
    head -n 1 calendar.csv >found
    same expected found
}

@test "the check of a row is what mob-calendar(5) says: the XXH3-64 of every byte before it" {
    command -v xxhsum >/dev/null || skip "xxhsum is not installed"
    site
    printf '%s\n' request,customer,solution,out,back R-1,Anne,LOANER,2026-11-30T08:00,2026-11-30T17:00 >one.csv
    check 0 mob-book -q --now 2026-11-27T10:00 one.csv
    size=$(wc -c <calendar.csv)
    # 16 digits and the line end
    head -c $((size - 17)) calendar.csv | xxhsum -H3 | grep -oE '[0-9a-f]{16}' >expected
    tail -c 17 calendar.csv >found
    same expected found
}

# ---- examples ----

# transcript PAGE: the commands of its EXAMPLES and what they print, as the page shows them.
transcript() {
    rendered "$1" | section EXAMPLES |
        sed -n 's/^ \{11\}/|/; s/^[^|].*//; s/^|//; p' | awk '/^$/ { on = 0 } /^\$ / { on = 1 } on'
}

# replay: runs the commands of the transcript on standard input in one shell, and prints the transcript that comes of
# it.
replay() {
    awk '
        function emit() {
            if (shown != "")
                printf "status=$?\ncat <<\"END-OF-SHOWN\"\n%sEND-OF-SHOWN\n(exit $status)\n%s", shown, body
            shown = body = ""
        }
        /^\$ / { emit(); shown = $0 "\n"; body = substr($0, 3) "\n"; next }
        /^> / && shown != "" { shown = shown $0 "\n"; body = body substr($0, 3) "\n"; next }
        { emit() }
        END { emit() }' >script
    rm -rf replayed
    mkdir replayed
    cp -r "$ROOT/examples" replayed/
    (cd replayed && bash ../script 2>&1) || true
}

@test "every example of every page runs, and prints what the page shows" {
    for page in $(pages); do
        transcript "$page" >expected
        [ -s expected ] || { echo "$page has no example"; false; }
        replay <expected >found
        same expected found || { echo "$page"; false; }
    done
}

@test "the script of mob(7) books from a file, and books nothing where a command before has failed" {
    rendered "$MAN/mob.7" | sed -n '/^ *#!\/bin\/bash$/,/^$/s/^ \{11\}//p' >book.sh
    cp -r "$ROOT/examples/dealer" dealer
    cd dealer
    export MOB_NOW=2026-11-23T08:30
    check 0 bash ../book.sh
    [ "$(mlr --icsv --onidx count confirmations.csv)" = 15 ]
    # One row rejected (1) is no reason to stop: the 14 others are booked.
    rm -f calendar.csv calendar.csv.last
    sed -i '2s/DIAG/DIAGG/' requests.csv
    check 0 bash ../book.sh
    says "job 'DIAGG' is not in jobs.csv"
    [ "$(mlr --icsv --onidx count confirmations.csv)" = 14 ]
    # A stray quote in the middle (2) is: the tools behind end with 2 as well, or with 1 where they saw no row of it.
    rm -f calendar.csv calendar.csv.last confirmations.csv
    sed -i '9s/^R/R"/' requests.csv
    check 2 bash ../book.sh
    [ ! -e calendar.csv ]
    [ ! -e confirmations.csv ]
}

# ---- completion ----

# offered: for each command line on standard input what completion offers for its last word, separated by blanks: words,
# or `files`, or `directories`.
offered() {
    bash -c '
        compopt() { case $* in *default) COMPREPLY=(files) ;; *dirnames) COMPREPLY=(directories) ;; esac; }
        . "$0"
        while read -r -a COMP_WORDS; do
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _mob
            echo "${COMP_WORDS[*]}: ${COMPREPLY[*]}"
        done' "$ROOT/completion/mob.bash"
}

@test "completion is there for every tool on PATH" {
    bash -c '. "$0"; complete -p' "$ROOT/completion/mob.bash" | sed -n 's/^complete -F _mob //p' | sort >found
    tools | sort | same - found
}

@test "completion offers the options of --help, for every tool, and knows what each takes" {
    for tool in $(tools); do
        "$tool" --help | awk -F '  +' '/^  / { print $2 }' | sed 's/^-., //' >options
        [ -s options ]
        echo "$tool --: $(cut -d ' ' -f 1 options | paste -s -d ' ')"
        operand=
        ! "$tool" --help | grep -q '^usage: .* \[file\]$' || operand=files
        awk -v tool="$tool" -v operand="$operand" '
            $2 ~ /^(FILE|PATH)$/ { print tool, $1, "= x: files"; next }
            $2 == "DIR" { print tool, $1, "= x: directories"; next }
            $2 != "" { print tool, $1, "= x: "; next }
            { print tool, $1, "x: " operand } # a flag takes nothing: it is the operand' options
    done >expected
    sed 's/: .*//' expected | offered >found
    same expected found
}

@test "completion: a beginning, a short option, an operand, and a command that has no help" {
    # bash gives `--site=DIR` as three words.
    file expected <<'CASES'
mob-book --o: --offer --option --operator
mob-book --now 2026-11-23T08:30 --ag: --again
mob-book --nothing: 
mob-book -q o: files
mob-book --site = . o: files
mob-book --site = . --ag: --again
mob-book --site =: directories
mob-book --site o: directories
mob-book --hours o: files
mob-book --wait o: 
mob-avail offers.csv --inde: --independent
mob-none --o: 
CASES
    sed 's/: .*//' expected | offered >found
    same expected found
}

@test "completion at a terminal: names with a blank are quoted, directories and files found" {
    command -v script >/dev/null || skip "script is not installed"
    mkdir -p bin "my sites"
    touch offers.csv
    # Shows what it is called with.
    cat >bin/mob-show <<'TOOL'
#!/bin/bash
[ "$1" = --help ] && exec mob-book --help
printf '<%s>' "$@"
TOOL
    chmod +x bin/mob-show
    export PATH=$T/bin:$PATH INPUTRC=/dev/null TERM=dumb
    printf '. "%s"\nmob-show --si\tmy\t --requ\tR-1 off\t\nexit\n' "$ROOT/completion/mob.bash" |
        script -qec 'bash --norc --noprofile -i' /dev/null >out
    grep -qF '<--site><my sites/><--request><R-1><offers.csv>' out || { cat -v out; false; }
}
