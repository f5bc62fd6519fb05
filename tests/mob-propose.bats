#!/usr/bin/env bats
# mob-propose (FILTERS.md, S5 to S10): several solutions, for every customer; and what each costs ("Price", mob-entitle).
#
# The site of helper.bash: LOANER (family replacement, 45.00 a day, at most 10 days), TAXI (20.00), BUS (free), in this
# order. WARRANTY makes LOANER free for warranty work, LOAN its first day.
load helper

prepare() {
    site
}

# proposes: standard input has requests; columns that are needed and make no difference are added.
proposes() {
    cat >short.csv
    mlr -S --icsv --ocsv put '
        for (name, value in {"request": "R-" . NR, "pay_type": "customer", "labour_min": "60", "days": "1", "programmes": ""}) {
            if (is_absent($[name])) { $[name] = value; }
        }' short.csv >requests.csv
    check 0 mob-propose requests.csv
}

# ---- which solutions ----

@test "S5: several solutions to every customer, warranty or not, VIN or not, whoever pays" {
    proposes <<'CSV'
request,customer,vin,pay_type,programmes
R-1,Anne,ZAM57XSL000000001,warranty,WARRANTY
R-2,Bill,,customer,
R-3,,ZAM57XSL000000002,internal,LOAN
R-4,Chris,odd,customer,WARRANTY LOAN
CSV
    cells request choice match solution | is 'R-1|1|yes|LOANER
R-1|2|yes|TAXI
R-1|3|yes|BUS
R-2|1|yes|LOANER
R-2|2|yes|TAXI
R-2|3|yes|BUS
R-3|1|yes|LOANER
R-3|2|yes|TAXI
R-3|3|yes|BUS
R-4|1|yes|LOANER
R-4|2|yes|TAXI
R-4|3|yes|BUS'
}

# catalogue: solutions.csv out of order. By rank, then file order: OWN OTHER RENT PICKUP DELIVER LIFT TAXI BUS.
catalogue() {
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,max_days,documents,conditions
BUS,,transit,1000000000,,,EUR,,,
TAXI,,taxi,90,,,EUR,,,
PICKUP,,pickup-delivery,30,,,EUR,,,
OTHER,,replacement,9,,,EUR,5,,
DELIVER,,pickup-delivery,30,,,EUR,,,
LIFT,,,30,,,EUR,,,
OWN,,replacement,0,,,EUR,5,,
RENT,,replacement,010,,,EUR,,,
CSV
    printf 'programme,solution,pay_type\n' >benefits.csv
}

@test "S6, S7, catalogue order: by rank, a number, then by place in solutions.csv" {
    catalogue
    proposes <<'CSV'
request
R-1
CSV
    cells solution | tr '\n' ' ' | is 'OWN OTHER RENT PICKUP DELIVER LIFT TAXI BUS '
    cells choice | tr '\n' ' ' | is '1 2 3 4 5 6 7 8 '
}

@test "S1, S8, need: what matches it by code or family comes first, the others follow and never count as wanted" {
    catalogue
    local need expected found
    while IFS='|' read -r need expected; do
        printf 'need\n%s\n' "$need" | proposes
        found=$(mlr -S --icsv --onidx put -q 'print $solution . ($match == "yes" ? "+" : $match == "no" ? "-" : "?")' "$T/out" | tr '\n' ' ')
        [ "$found" = "$expected " ] || { printf '%s: %s, expected %s\n' "$need" "$found" "$expected"; return 1; }
        cells choice | tr '\n' ' ' | is '1 2 3 4 5 6 7 8 '
    done <<'CASES'
OWN|OWN+ OTHER- RENT- PICKUP- DELIVER- LIFT- TAXI- BUS-
RENT|RENT+ OWN- OTHER- PICKUP- DELIVER- LIFT- TAXI- BUS-
BUS|BUS+ OWN- OTHER- RENT- PICKUP- DELIVER- LIFT- TAXI-
replacement|OWN+ OTHER+ RENT+ PICKUP- DELIVER- LIFT- TAXI- BUS-
pickup-delivery|PICKUP+ DELIVER+ OWN- OTHER- RENT- LIFT- TAXI- BUS-
taxi|TAXI+ OWN- OTHER- RENT- PICKUP- DELIVER- LIFT- BUS-
LIFT|LIFT+ OWN- OTHER- RENT- PICKUP- DELIVER- TAXI- BUS-
CASES
    # a code of one that is a family of others: both match
    sed -i 's/^LIFT,,,/LIFT,,TAXI,/' solutions.csv
    printf 'need\nTAXI\n' | proposes
    mlr -S --icsv --onidx filter '$match == "yes"' then cut -f solution "$T/out" | tr '\n' ' ' | is 'LIFT TAXI '
    # an empty need, and no column at all: everything matches
    printf 'need,request\n,R-1\n' | proposes
    cells match | sort -u | is yes
    printf 'request\nR-1\n' | proposes
    cells match | sort -u | is yes
}

@test "need: an unknown one rejects the row, and says what would have been understood" {
    catalogue
    file table.csv <<'CSV'
request,pay_type,labour_min,days,programmes,need,fault
R-1,customer,60,1,,own,need
R-2,customer,60,1,,OWNER,need
R-3,customer,60,1,,Replacement,need
R-4,customer,60,1,,OWN ,need
R-5,customer,60,1,,OWN OTHER,need
CSV
    rejects mob-propose table.csv
    says "mob-propose: table.csv:3: need: 'OWNER' "
    local word
    for word in OWN OTHER RENT PICKUP DELIVER LIFT TAXI BUS replacement pickup-delivery taxi transit; do
        sed -n 1p "$T/err" | grep -qw -- "$word" || { echo "not said: $word"; return 1; }
    done
}

@test "S5, days: solutions whose max_days is not below it; fewer than two is a rejected row" {
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,max_days,documents,conditions
LONG,,,1,,,EUR,7,,
SHORT,,,2,,,EUR,3,,
SHORTER,,,3,,,EUR,2,,
CSV
    printf 'programme,solution,pay_type\n' >benefits.csv
    proposes <<'CSV'
request,days,need
R-1,2,
R-2,3,
R-3,3,SHORT
R-4,3,SHORTER
CSV
    # R-4 needs one that does not last: it is understood, and the others are proposed.
    cells request choice match solution | is 'R-1|1|yes|LONG
R-1|2|yes|SHORT
R-1|3|yes|SHORTER
R-2|1|yes|LONG
R-2|2|yes|SHORT
R-3|1|yes|SHORT
R-3|2|no|LONG
R-4|1|no|LONG
R-4|2|no|SHORT'
    file table.csv <<'CSV'
request,pay_type,labour_min,days,programmes,need,fault
R-1,customer,60,4,,,days
R-2,customer,60,7,,LONG,days
R-3,customer,60,8,,,days
R-4,customer,60,1000000000,,,days
CSV
    rejects mob-propose table.csv
    # an empty max_days is no limit
    sed -i -e 's/,7,,$/,,,/' -e 's/,3,,$/,,,/' solutions.csv
    printf 'days\n1000000000\n' | proposes
    cells solution | tr '\n' ' ' | is 'LONG SHORT '
    # a catalogue of one or none never has several
    sed -i '3,$d' solutions.csv
    printf 'request,pay_type,labour_min,days,programmes,fault\nR-1,customer,60,1,,days\n' >table.csv
    rejects mob-propose table.csv
    sed -i 2d solutions.csv
    rejects mob-propose table.csv
}

@test "S10: label, family, currency, documents as in the catalogue, byte for byte" {
    printf 'solution,label,family,rank,price_day,price_fixed,currency,documents,conditions\n' >solutions.csv
    printf 'A,"V\xc3\xa9hicule ""court"", petit",fam,1,,,CHF,"permis, carte grise\nassurance", x \n' >>solutions.csv
    printf 'B,\xff\xfe,,2,,,CHF,,\n' >>solutions.csv
    printf 'programme,solution,pay_type\n' >benefits.csv
    printf 'request,pay_type,labour_min,days,programmes\nR-1,customer,0,1,\n' | check 0 mob-propose
    {
        printf 'request,pay_type,labour_min,days,programmes,choice,match,solution,label,family,price,saving,currency,programme,cost_code,conditions,documents\n'
        printf 'R-1,customer,0,1,,1,yes,A,"V\xc3\xa9hicule ""court"", petit",fam,0.00,0.00,CHF,,, x ,"permis, carte grise\nassurance"\n'
        printf 'R-1,customer,0,1,,2,yes,B,\xff\xfe,,0.00,0.00,CHF,,,,\n'
    } >expected
    same expected "$T/out"
}

# ---- the price ----

# prices: standard input has cases `SOLUTION PRICE_DAY PRICE_FIXED | EXPECTED | BENEFIT...`: a solution, what is expected of
# its price, saving, programme and cost_code (separated by spaces, `-` = empty), and its benefit rows without the
# solution: `PROGRAMME,pay_type,min_labour_min,free_days,free_amount,cost_code`. 3 days, 120 minutes, warranty; the
# programmes Q and P are active, R is not.
prices() {
    local solution expected benefits benefit row rank=0
    printf 'programme,label,conditions,reminder\nP,,,\nQ,,,\nR,,,\n' >programmes.csv
    printf 'solution,label,family,rank,price_day,price_fixed,currency,documents,conditions\n' >solutions.csv
    printf 'programme,solution,pay_type,min_labour_min,free_days,free_amount,cost_code\n' >benefits.csv
    : >expected
    while IFS='|' read -r solution expected benefits; do
        read -r -a row <<<"$solution"
        printf '%s,,,%s,%s,%s,EUR,,\n' "${row[0]}" "$((++rank))" "${row[1]/-/}" "${row[2]/-/}" >>solutions.csv
        for benefit in $benefits; do printf '%s,%s,%s\n' "${benefit%%,*}" "${row[0]}" "${benefit#*,}" >>benefits.csv; done
        read -r -a expected <<<"$expected"
        printf '%s %s\n' "${row[0]}" "${expected[*]}" >>expected
    done
    printf 'request,pay_type,labour_min,days,programmes\nR-1,warranty,120,3,Q P\n' | check 0 mob-propose || return 1
    mlr -S --icsv --onidx cut -o -f solution,price,saving,programme,cost_code then \
        put 'for (name, value in $*) { if (value == "") { $[name] = "-"; } }' "$T/out" >found
    same expected found
}

@test "Price: full = price_fixed + price_day x days, empty = 0, in cents" {
    prices <<'CASES'
DAYS 45.00 - | 135.00 0.00 - - |
FIXED - 20 | 20.00 0.00 - - |
BOTH 45.00 20.00 | 155.00 0.00 - - |
NOTHING - - | 0.00 0.00 - - |
TENTHS 0.1 0.2 | 0.50 0.00 - - |
CENTS 33.33 0.01 | 100.00 0.00 - - |
CENT 0.01 - | 0.03 0.00 - - |
LEADING 007.5 00 | 22.50 0.00 - - |
LARGE 3333333333.33 0.01 | 10000000000.00 0.00 - - |
CASES
}

@test "S8, Price: a benefit applies by programme, pay_type and min_labour_min" {
    prices <<'CASES'
ANY 10 1 | 0.00 31.00 P a | P,,,,,a
PAYS 10 1 | 0.00 31.00 P a | P,warranty,,,,a
OTHERS 10 1 | 31.00 0.00 - - | P,customer,,,,a P,internal,,,,b
INACTIVE 10 1 | 31.00 0.00 - - | R,,,,,a
LABOUR 10 1 | 0.00 31.00 P a | P,,120,,,a
MORE 10 1 | 31.00 0.00 - - | P,,121,,,a
ZERO 10 1 | 0.00 31.00 P a | P,,0,,,a
SECOND 10 1 | 0.00 31.00 Q d | P,internal,,,,a P,,121,,,b R,,,,,c Q,warranty,1,,,d
UNCODED 10 1 | 0.00 31.00 P - | P,,,,,
CASES
}

@test "S4, Price: free_days covers price_fixed and so many days, free_amount no more than itself" {
    # full: 10 x 3 + 1 = 31; with free_days n it is 10 x min(3, n) + 1
    prices <<'CASES'
D0 10 1 | 30.00 1.00 P a | P,,,0,,a
D1 10 1 | 20.00 11.00 P a | P,,,1,,a
D2 10 1 | 10.00 21.00 P a | P,,,2,,a
D3 10 1 | 0.00 31.00 P a | P,,,3,,a
D4 10 1 | 0.00 31.00 P a | P,,,4,,a
DMANY 10 1 | 0.00 31.00 P a | P,,,1000000000,,a
A1 10 1 | 30.99 0.01 P a | P,,,,0.01,a
A30 10 1 | 0.01 30.99 P a | P,,,,30.99,a
A31 10 1 | 0.00 31.00 P a | P,,,,31,a
A32 10 1 | 0.00 31.00 P a | P,,,,32,a
DAYS-LESS 10 1 | 20.00 11.00 P a | P,,,1,11.01,a
AMOUNT-LESS 10 1 | 20.01 10.99 P a | P,,,1,10.99,a
CASES
}

@test "Price: a row that covers nothing does not apply" {
    prices <<'CASES'
COSTS-NOTHING - - | 0.00 0.00 - - | P,,,,,a
AMOUNT-0 10 1 | 31.00 0.00 - - | P,,,,0,a
DAYS-0 10 - | 30.00 0.00 - - | P,,,0,,a
THE-OTHER 10 - | 20.00 10.00 Q b | P,,,0,,a Q,,,1,,b
CASES
}

@test "Price: the row that covers most wins, then file order, not that of programmes" {
    prices <<'CASES'
MOST 10 1 | 9.00 22.00 Q b | P,,,,21,a Q,,,,22,b P,,,,20,c
FIRST 10 1 | 9.00 22.00 P a | P,,,,22,a Q,,,,21,b
TIE 10 1 | 10.00 21.00 P a | P,,,2,,a Q,,,,21,b
TIE-TURNED 10 1 | 10.00 21.00 Q b | Q,,,,21,b P,,,2,,a
TIE-FULL 10 1 | 0.00 31.00 Q b | R,,,,,c Q,,,3,,b P,,,,,a
SAME 10 1 | 0.00 31.00 P b | P,internal,,,,a P,,,,,b P,warranty,,,,c
NOT-ADDED 10 1 | 16.00 15.00 P a | P,,,,15,a Q,,,,15,b
CASES
}

@test "S8, Price: a rental is free for warranty work and paid otherwise; the days change what is covered" {
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,documents,conditions
OWN,,replacement,1,50,,EUR,,
RENT,,replacement,2,60,20,EUR,,
CSV
    file benefits.csv <<'CSV'
programme,solution,pay_type,min_labour_min,free_days,free_amount,cost_code
WARRANTY,RENT,warranty,,4,,W-2
LOAN,OWN,,,1,,L-1
CSV
    proposes <<'CSV'
request,pay_type,days,programmes
R-1,warranty,3,WARRANTY
R-2,customer,3,WARRANTY
R-3,warranty,5,WARRANTY LOAN
R-4,internal,1,LOAN
R-5,warranty,3,
R-6,warranty,3,GONE
CSV
    # R-3: OWN 5 x 50 less 1 x 50; RENT 5 x 60 + 20 less 4 x 60 + 20.
    cells request solution price saving programme cost_code | is 'R-1|OWN|150.00|0.00||
R-1|RENT|0.00|200.00|WARRANTY|W-2
R-2|OWN|150.00|0.00||
R-2|RENT|200.00|0.00||
R-3|OWN|200.00|50.00|LOAN|L-1
R-3|RENT|60.00|260.00|WARRANTY|W-2
R-4|OWN|0.00|50.00|LOAN|L-1
R-4|RENT|80.00|0.00||
R-5|OWN|150.00|0.00||
R-5|RENT|200.00|0.00||
R-6|OWN|150.00|0.00||
R-6|RENT|200.00|0.00||'
}

@test "S9, conditions: the solution's, then those of the programme that pays, joined by a space if both are there" {
    file programmes.csv <<'CSV'
programme,label,conditions,reminder
P,,P's terms.,
Q,,,
CSV
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,documents,conditions
BOTH,,,1,10,,EUR,,"First, second."
ITS-OWN,,,2,10,,EUR,,Alone.
PROGRAMME,,,3,10,,EUR,,
NEITHER,,,4,10,,EUR,,
UNPAID,,,5,10,,EUR,,Unpaid.
UNPAID-NONE,,,6,10,,EUR,,
CSV
    file benefits.csv <<'CSV'
programme,solution,pay_type
P,BOTH,
Q,ITS-OWN,
P,PROGRAMME,
Q,NEITHER,
P,UNPAID,warranty
P,UNPAID-NONE,warranty
CSV
    printf 'programmes\nP Q\n' | proposes
    cells solution programme conditions | is "BOTH|P|First, second. P's terms.
ITS-OWN|Q|Alone.
PROGRAMME|P|P's terms.
NEITHER|Q|
UNPAID||Unpaid.
UNPAID-NONE||"
}

@test "DATA, money: a price above 10^12 cents rejects the row; nothing wraps around" {
    sed -i '3s/.*/TAXI,Taxi,taxi,2,5000000000.00,,EUR,,,,,/' solutions.csv
    printf 'days\n2\n' | proposes
    cells price | is '90.00
10000000000.00
0.00'
    printf 'request,pay_type,labour_min,days,programmes\nR-1,customer,0,3,\nR-2,customer,0,1000000000,\nR-3,customer,0,36893489,\n' >r.csv
    check 1 mob-propose r.csv
    [ "$(wc -l <"$T/out")" -eq 1 ]
    says 'mob-propose: r.csv:2: '
    [ "$(wc -l <"$T/err")" -eq 3 ]
    # a solution that is not proposed for so many days is not priced either
    sed -i '3s/.*/TAXI,Taxi,taxi,2,5000000000.00,,EUR,,2,,,/' solutions.csv
    printf 'days\n3\n' | proposes
    cells solution | tr '\n' ' ' | is 'LOANER BUS '
}

# ---- rows of one request ----

@test "of consecutive rows with one request the first counts; in the five columns that make the appointment they must agree" {
    file r.csv <<'CSV'
request,customer,vin,jobs,wanted,wanted_back,note,need,pay_type,labour_min,days,programmes
R-1,Anne,V1,OIL,2026-11-30T08:00,2026-12-01T08:00,first,,customer,60,1,
R-1,Anne,V1,OIL,2026-11-30T08:00,2026-12-01T08:00,second,TAXI,warranty,90,2,WARRANTY
R-1,Anna,V1,OIL,2026-11-30T08:00,2026-12-01T08:00,customer,,customer,60,1,
R-1,Anne,v1,OIL,2026-11-30T08:00,2026-12-01T08:00,vin,,customer,60,1,
R-1,Anne,V1,OIL OIL,2026-11-30T08:00,2026-12-01T08:00,jobs,,customer,60,1,
R-1,Anne,V1,OIL,2026-11-30T08:30,2026-12-01T08:00,wanted,,customer,60,1,
R-1,Anne,V1,OIL,2026-11-30T08:00,,wanted_back,,customer,60,1,
R-1,Anne,V1,OIL,2026-11-30T08:00,2026-12-01T08:00,last,,customer,60,1,
R-2,Anna,V1,OIL,2026-11-30T08:00,2026-12-01T08:00,another,,customer,60,1,
CSV
    check 1 mob-propose --rejects rejected.csv r.csv
    cells request customer note solution days | is 'R-1|Anne|first|LOANER|1
R-1|Anne|first|TAXI|1
R-1|Anne|first|BUS|1
R-2|Anna|another|LOANER|1
R-2|Anna|another|TAXI|1
R-2|Anna|another|BUS|1'
    # each rejected row's note is the column that differs
    mlr -S --icsv --onidx put -q 'print $line . " " . ($error =~ ("^" . $note . ":"))' rejected.csv | is '4 true
5 true
6 true
7 true
8 true'
}

@test "of consecutive rows with one request the first counts, rejected or not" {
    file r.csv <<'CSV'
request,customer,pay_type,labour_min,days,programmes,need
R-1,Anne,customer,60,1,,GONE
R-1,Anne,customer,60,1,,
R-2,Anne,customer,60,x,,
R-2,Anne,customer,60,1,,
R-2,Bill,customer,60,1,,
R-3,Anne,customer,60,1,,
CSV
    check 1 mob-propose r.csv
    cells request solution | is 'R-3|LOANER
R-3|TAXI
R-3|BUS'
    says 'r.csv:2: need: '
    says 'r.csv:4: days: '
    says 'r.csv:6: customer: '
    [ "$(wc -l <"$T/err")" -eq 3 ]
}

@test "rows of one request that are not consecutive are proposed anew; keys are compared byte for byte" {
    printf 'request\nR-1\nR-2\nR-1\nr-1\nR-01\nR-1\n' | proposes
    mlr -S --icsv --onidx filter '$choice == "1"' then cut -f request "$T/out" | tr '\n' ' ' | is 'R-1 R-2 R-1 r-1 R-01 R-1 '
}

# ---- rejected rows ----

@test "rejected: a bad value in a column that is needed or used" {
    file table.csv <<'CSV'
request,pay_type,labour_min,days,programmes,fault
,customer,60,1,,request
R 1,customer,60,1,,request
R-2	,customer,60,1,,request
R-3,,60,1,,pay_type
R-4,Customer,60,1,,pay_type
R-5,customer,,1,,labour_min
R-6,customer,60.0,1,,labour_min
R-7,customer,1000000001,1,,labour_min
R-8,customer,60,,,days
R-9,customer,60,one,,days
R-10,customer,60,-1,,days
R-11,customer,60,1,WARRANTY  LOAN,programmes
R-12,customer,60,1, WARRANTY,programmes
CSV
    rejects mob-propose table.csv
    says 'mob-propose: table.csv:2: request: '
}

@test "exit 2: a needed column that is missing" {
    local column
    for column in request pay_type labour_min days programmes; do
        printf 'request,pay_type,labour_min,days,programmes\nR-1,customer,0,1,\n' | sed "1s/\b$column\b/${column}X/" >r.csv
        check 2 mob-propose r.csv
        is '' <"$T/out"
        says "mob-propose: r.csv:1: $column: "
        says "was '${column}X' meant?"
    done
}

# ---- rows in, rows out ----

@test "columns: input's first; those that are there are overwritten in place; the others pass through byte for byte" {
    {
        printf 'price,"n,o",solution,request,pay_type,labour_min,days,programmes,caf\xe9\n'
        printf 'old,"a ""b""\n c",GONE,R-1,warranty,007,2,WARRANTY, \xff\n'
    } >r.csv
    check 0 mob-propose r.csv
    {
        printf 'price,"n,o",solution,request,pay_type,labour_min,days,programmes,caf\xe9,choice,match,label,family,saving,currency,programme,cost_code,conditions,documents\n'
        printf '0.00,"a ""b""\n c",LOANER,R-1,warranty,007,2,WARRANTY, \xff,1,yes,Loan car,replacement,90.00,EUR,WARRANTY,W-1,Return it full. Warranty repairs only.,driving licence\n'
        printf '20.00,"a ""b""\n c",TAXI,R-1,warranty,007,2,WARRANTY, \xff,2,yes,Taxi,taxi,0.00,EUR,,,,\n'
        printf '0.00,"a ""b""\n c",BUS,R-1,warranty,007,2,WARRANTY, \xff,3,yes,Bus ticket,transit,0.00,EUR,,,,\n'
    } >expected
    same expected "$T/out"
    printf 'request,pay_type,labour_min,days,programmes\n' | check 0 mob-propose
    is 'request,pay_type,labour_min,days,programmes,choice,match,solution,label,family,price,saving,currency,programme,cost_code,conditions,documents' <"$T/out"
}

@test "again: on its own output, with the same files, the same bytes" {
    file r.csv <<'CSV'
need,solution,request,customer,pay_type,labour_min,days,programmes,note
taxi,,R-1,Anne,warranty,60,2,WARRANTY,"a, b"
,,R-2,Anne,customer,60,11,LOAN,
BUS,X,R-2,Anne,customer,60,11,LOAN,
LOANER,,R-3,Bill,customer,60,11,LOAN WARRANTY,
GONE,,R-4,Bill,customer,60,1,,
,,R-5,Bill,internal,60,1,LOAN,"two
lines"
CSV
    check 1 mob-propose r.csv
    cp "$T/out" once.csv
    check 0 mob-propose once.csv
    same once.csv "$T/out"
}

@test "again: a pipeline can be cut anywhere, and each of its filters run again, with the same bytes" {
    export MOB_SITE=$ROOT/examples/dealer
    check 0 bash -c 'set -o pipefail; mob-estimate -q "$MOB_SITE/requests.csv" | mob-entitle -q | mob-propose'
    cp "$T/out" once.csv
    check 0 bash -c 'set -o pipefail
        mob-estimate -q "$MOB_SITE/requests.csv" | mob-estimate -q >1 && mob-entitle -q 1 | mob-entitle -q >2 && mob-propose 2 | mob-propose'
    same once.csv "$T/out"
    # from the start again over the last output: the earlier filters overwrite what they once added
    check 0 bash -c 'set -o pipefail; mob-estimate -q once.csv | mob-entitle -q | mob-propose'
    same once.csv "$T/out"
}

# ---- the site's files ----

@test "DATA: columns by name in any order, others ignored; programmes and benefits are optional, solutions is not" {
    printf 'request,pay_type,labour_min,days,programmes\nR-1,warranty,60,2,WARRANTY LOAN\n' >r.csv
    check 0 mob-propose r.csv
    cp "$T/out" expected
    for name in programmes benefits solutions; do
        mlr -S --icsv --ocsv put '$remark = "x"' then reorder -e -f programme,solution,rank "$name.csv" >"$name.new"
        mv "$name.new" "$name.csv"
    done
    # nor are other files read
    for name in hours fleet legs jobs closures coverage calendar; do printf '"' >"$name.csv"; done
    check 0 mob-propose r.csv
    same expected "$T/out"
    rm benefits.csv
    check 0 mob-propose r.csv
    cells price programme | is '90.00|
20.00|
0.00|'
    rm programmes.csv
    check 0 mob-propose r.csv
    cells price programme | is '90.00|
20.00|
0.00|'
    rm solutions.csv
    check 2 mob-propose r.csv
    is '' <"$T/out"
    says 'solutions.csv'
}

@test "DATA, exit 2: faults of the site's files are named by file, line and column" {
    # All of them are tried in mob-entitle.bats; these show that mob-propose reads its files by the same rules.
    printf 'request,pay_type,labour_min,days,programmes\nR-1,warranty,60,2,WARRANTY\n' >r.csv
    refuses mob-propose r.csv <<'CASES'
solutions.csv|1s/rank/order/|1|rank
solutions.csv|3s/TAXI/LOANER/|3|solution
solutions.csv|2s/45.00/45,00/|2|
solutions.csv|2s/45.00/45.000/|2|price_day
solutions.csv|3s/EUR/CHF/|3|currency
programmes.csv|1s/reminder/sentence/|1|reminder
programmes.csv|3s/LOAN/WARRANTY/|3|programme
programmes.csv|3s/{value}/{price}/|3|reminder
benefits.csv|1s/pay_type/payer/|1|pay_type
benefits.csv|2s/WARRANTY/GONE/|2|programme
benefits.csv|3s/LOANER/GONE/|3|solution
benefits.csv|2s/warranty/any/|2|pay_type
CASES
    check 0 mob-propose r.csv
}
