# What tests of the planning share: calendars that mob-book cannot make, and tables of cases for mob-avail.

# seal: standard input is a calendar with a header and an empty cell `check`, the last, in every row; standard output is
# the same with the checks filled in: XXH3-64 of every byte before the cell (CALENDAR.md).
seal() {
    local line record='' before='' sum quotes prefix=$BATS_TEST_TMPDIR.$BASHPID
    while IFS= read -r line || [ -n "$line" ]; do
        record+=$line
        quotes=${record//[!\"]/}
        if [ $((${#quotes} % 2)) -eq 1 ]; then # the line end is inside a quoted cell
            record+=$'\n'
            continue
        fi
        before+=$record
        if [ "${#before}" -gt "${#record}" ]; then # not the header
            printf '%s' "$before" >"$prefix"
            sum=$(xxhsum -H3 <"$prefix") || return 1
            [[ $sum =~ [0-9a-f]{16} ]] || return 1
            before+=${BASH_REMATCH[0]}
        fi
        before+=$'\n'
        record=''
    done
    printf '%s' "$before"
}

# table COLUMNS NAMES [NAME=VALUE...]: standard input has a row a line: its first words are the values of NAMES (`-` is
# empty), the others are NAME=VALUE, as are the defaults. Standard output is the CSV with COLUMNS. `#` begins a comment.
table() {
    local columns=$1 names=$2
    shift 2
    printf '%s\n' "$columns"
    awk -v columns="$columns" -v names="$names" -v defaults="$*" '
        function name_it(pair,   at) {
            at = index(pair, "=")
            if (at == 0) { print "table: not NAME=VALUE: " pair > "/dev/stderr"; exit 1 }
            cell[substr(pair, 1, at - 1)] = substr(pair, at + 1)
        }
        BEGIN { column_count = split(columns, column, ","); name_count = split(names, name, " ") }
        { sub(/#.*/, "") }
        NF == 0 { next }
        {
            split("", cell)
            default_count = split(defaults, pair, " ")
            for (i = 1; i <= default_count; i++) name_it(pair[i])
            for (i = 1; i <= name_count; i++) cell[name[i]] = $i == "-" ? "" : $i
            for (i = name_count + 1; i <= NF; i++) name_it($i)
            line = ""
            for (i = 1; i <= column_count; i++) line = line (i > 1 ? "," : "") cell[column[i]]
            print line
        }'
}

entry_columns=entry,leg,request,status,customer,vin,jobs,km,pay_type,licence_until,labour_min,explain_min
entry_columns+=,programmes,solution,span,resource,busy_from,busy_until,out,back,ready,expires,days,price,saving
entry_columns+=,currency,programme,cost_code,odometer,fuel,operator,note,recorded,check

# entries: writes calendar.csv, sealed, without .last, from lines
# `ENTRY LEG REQUEST STATUS SOLUTION SPAN RESOURCE BUSY_FROM BUSY_UNTIL OUT BACK [NAME=VALUE]...`, `-` being empty.
entries() {
    table "$entry_columns" 'entry leg request status solution span resource busy_from busy_until out back' \
        customer=Martin operator=tester recorded=2026-11-20T08:00:00Z | seal >calendar.csv
    rm -f calendar.csv.last
}

# catalogue: another solutions.csv, from lines `SOLUTION [NAME=VALUE]...`. What refers to the old one goes.
catalogue() {
    rm -f benefits.csv legs.csv
    table solution,label,family,rank,price_day,price_fixed,currency,notice,max_days,licence,documents,conditions \
        solution label=any family=any rank=1 currency=EUR >solutions.csv
}

# offers: the input of mob-avail from lines `REQUEST SOLUTION WANTED [NAME=VALUE]...`.
offers() {
    local columns=request,customer,vin,jobs,wanted,wanted_back,licence_until,labour_min,explain_min,pay_type
    table "$columns,programmes,km,choice,match,chosen,solution,note" 'request solution wanted' \
        customer=Martin labour_min=60 explain_min=10 pay_type=customer
}

# answers COLUMNS [OPTION...]: what mob-avail answers to the offers on standard input, as `cells` prints it.
answers() {
    local columns=$1
    shift
    offers >"$T/offers" && check 0 mob-avail "$@" "$T/offers" && cells "$columns"
}

# cases COLUMNS [OPTION...]: a case a line, `SOLUTION WANTED [NAME=VALUE]... => ANSWER`, each a request of its own
# (Q-1, Q-2 ...), with one alternative at most. ANSWER is COLUMNS of mob-avail's answer: `-` is empty, `+` a space.
# Shows the cases that fail.
cases() {
    local columns=$1
    shift
    awk -v cases="$T/cases" '{ sub(/#.*/, ""); $1 = $1 }
        NF { print > cases; sub(/ =>.*/, ""); print "Q-" ++count, $0, "note=" count }' | offers >"$T/offers"
    check 0 mob-avail --independent --alternatives 1 "$@" "$T/offers" || return
    cells "note,$columns" | awk -F '|' '
        NR == FNR {
            for (i = 2; i <= NF; i++) {
                gsub(/ /, "+", $i)
                answer[$1] = answer[$1] " " ($i == "" ? "-" : $i)
            }
            next
        }
        { sub(/ =>.*/, ""); print $0 " =>" (FNR in answer ? answer[FNR] : " nothing") }' - "$T/cases" >"$T/answered"
    same "$T/cases" "$T/answered"
}
