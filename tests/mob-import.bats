# mob-import: a table as an office program or a DMS exports it becomes clean CSV (REPORTS.md, TOOLS.md), sentence by
# sentence.
load helper

prepare() {
    # What is read here, in UTF-8: most cases are one cell of it.
    file export.csv <<'CSV'
OR,Nom client,Date RDV,Heure,Montant,Temps,Travaux
R-1,Anne,2026-11-30,09:00,45.50,15,OIL
CSV
}

# becomes CASES: standard input has cases `ARGUMENTS|CELL|VALUE` (a blank before and behind `|` is none of theirs; `~` is a
# blank, \-sequences are printf's): with the one column `c` holding CELL, mob-import with ARGUMENTS, of which the first is
# the NAME that `c` is mapped to, must give VALUE. VALUE `-`: exit 2, line 2 and column `c` named.
becomes() {
    local arguments cell value failed=0
    while IFS='|' read -r arguments cell value; do
        arguments=${arguments% } cell=${cell# } cell=${cell% } value=${value# }
        cell=${cell//\~/ } value=${value//\~/ }
        set -- $arguments
        { echo 'k;c'; printf "1;$cell\n"; } >one.csv
        status=0
        mob-import -d ';' --map "$1=c" "${@:2}" one.csv >out 2>err || status=$?
        if [ "$value" = - ]; then
            printf '%s,x_k\n"mob-import\n' "$1" >expected
            [[ "$status $(<err)" == "2 mob-import: one.csv:2: c: '"*"' is not "* ]]
        else
            printf "%s,x_k\n%b,1\n" "$1" "$value" >expected
            [ "$status $(<err)" = '0 ' ]
        fi && cmp -s expected out || { echo "$arguments | $cell: exit $status"; cat out err; failed=1; }
    done
    return $failed
}

# ---- columns ----

@test "columns: the mapped ones in order of --map, then the unmapped as x_NAME in input order" {
    check 0 mob-import --map customer='Nom client' --map request=OR export.csv
    file expected <<'CSV'
customer,request,x_Date RDV,x_Heure,x_Montant,x_Temps,x_Travaux
Anne,R-1,2026-11-30,09:00,45.50,15,OIL
CSV
    same expected out
    check 0 mob-import export.csv
    head -n 1 out | is 'x_OR,x_Nom client,x_Date RDV,x_Heure,x_Montant,x_Temps,x_Travaux'
}

@test "columns: the header comes out even for no rows, and a column may be mapped twice" {
    head -n 1 export.csv >none.csv
    check 0 mob-import --map request=OR --map note=OR none.csv
    is 'request,note,x_Nom client,x_Date RDV,x_Heure,x_Montant,x_Temps,x_Travaux' <out
    check 0 mob-import --map request=OR --map note=OR export.csv
    cells request note | is 'R-1|R-1'
}

@test "columns: a COLUMN that is missing is exit 2, with the names that are there and the near miss" {
    check 2 mob-import --map wanted='Date RDv' export.csv
    says "mob-import: export.csv:1: Date RDv: no such column; there are: 'OR' 'Nom client' "
    says "was 'Date RDV' meant?"
    [ ! -s out ]
    check 2 mob-import --map wanted='Date RDV+Hure' export.csv
    says "export.csv:1: Hure: no such column"
    says "was 'Heure' meant?"
    check 2 mob-import --map wanted='Dat RDV+Heure' export.csv
    says "export.csv:1: Dat RDV: no such column"
    [ ! -s out ]
}

@test "columns: a NAME twice is exit 2, also one that an unmapped column would have, and a header name twice" {
    check 2 mob-import --map request=OR --map request=Temps export.csv
    says "--map: 'request' is mapped twice"
    check 2 mob-import --map x_OR=Temps export.csv
    says "export.csv:1: OR: would be a second column 'x_OR'"
    [ ! -s out ]
    check 0 mob-import --map x_OR=OR export.csv
    printf 'a,a\n1,2\n' >twice.csv
    check 2 mob-import twice.csv
    says "column 'a' stands twice in the header"
}

@test "columns: A+B is the cells joined by T; where both are empty it is empty" {
    printf 'Date,Heure\n2026-11-30,09:00\n ,\n 2026-12-01 , 10:30 \n' >two.csv
    check 0 mob-import --map wanted=Date+Heure two.csv
    printf 'wanted\n2026-11-30T09:00\n""\n2026-12-01T10:30\n' | same - out
    check 0 mob-import --map note=Date+Heure two.csv
    sed -n 2p out | is 2026-11-30T09:00
    for row in '2026-11-30,' ',09:00'; do
        printf 'Date,Heure\n%s\n' "$row" >half.csv
        check 2 mob-import --map wanted=Date+Heure half.csv
        says "half.csv:2: Date+Heure: '"
    done
}

@test "columns: a COLUMN whose name holds a + is itself, and may be one of two" {
    printf 'A+B,A,B,C+D\n1,2,3,4\n' >plus.csv
    check 0 mob-import --map note=A+B plus.csv
    printf 'note,x_A,x_B,x_C+D\n1,2,3,4\n' | same - out
    check 0 mob-import --map note=B+C+D plus.csv
    cells note | is 3T4
}

@test "columns: what other columns hold is not touched" {
    printf 'c;x\nR-1;  two blanks \n R-2 ;"a;b, ""c"""\nR-3;"one\r\ntwo"\n' >raw.csv
    check 0 mob-import -d ';' --decimal-comma --dates dmy --map request=c raw.csv
    printf 'request,x_x\nR-1,  two blanks \nR-2,"a;b, ""c"""\nR-3,"one\r\ntwo"\n' | same - out
}

# ---- values ----

@test "values: without --dates only the forms of DATA.md fit" {
    becomes <<'CASES'
wanted | 2026-11-30T09:00 |2026-11-30T09:00
wanted | 2028-02-29T23:59 |2028-02-29T23:59
wanted | 2027-02-29T09:00 |-
wanted | 2026-11-30 |-
wanted | 2026-11-30 09:00 |-
wanted | 2026-11-30T09:00:00 |-
wanted | 2026-11-30T24:00 |-
wanted | 30/11/2026T09:00 |-
wanted | 2026-1-1T09:00 |-
licence_until | 2026-11-30 |2026-11-30
licence_until | 2026-02-30 |-
licence_until | 30/11/2026 |-
open | 08:30 |08:30
open | 8:30 |-
open | 24:00 |-
close | 24:00 |24:00
day | mon |mon
day | sun |sun
day | 2026-12-25 |2026-12-25
day | 25/12/2026 |-
day | Mon |-
day | monday |-
day | lundi |-
CASES
}

@test "values: --dates takes d/m/y, . or - between, one or two digits, a year of four" {
    becomes <<'CASES'
from --dates dmy | 30/11/2026 |2026-11-30
from --dates dmy | 1/2/2026 |2026-02-01
from --dates dmy | 01.02.2026 |2026-02-01
from --dates dmy | 1-2-2026 |2026-02-01
from --dates mdy | 1/2/2026 |2026-01-02
from --dates mdy | 11/30/2026 |2026-11-30
from --dates mdy | 30/11/2026 |-
from --dates ymd | 2026/1/2 |2026-01-02
from --dates ymd | 2026-11-30 |2026-11-30
from --dates ymd | 30/11/2026 |-
from --dates dmy | 2026-11-30 |-
from --dates dmy | 29/2/2028 |2028-02-29
from --dates dmy | 29/02/2026 |-
from --dates dmy | 29/02/1900 |-
from --dates dmy | 31/4/2026 |-
from --dates dmy | 0/4/2026 |-
from --dates dmy | 1/13/2026 |-
from --dates dmy | 1/1/26 |-
from --dates dmy | 1/1/02026 |-
from --dates dmy | 001/1/2026 |-
from --dates dmy | 1/1-2026 |-
from --dates dmy | 1 1 2026 |-
from --dates dmy | 1/1/2026x |-
from --dates dmy | 1/1/2026 09:00 |-
from --dates dmy | 1//2026 |-
from --dates dmy | /1/2026 |-
from --dates dmy | 1/1 |-
from --dates dmy | 1/1/1899 |-
from --dates dmy | 31/12/9999 |9999-12-31
until --dates dmy | lundi |-
CASES
}

@test "values: the time of a date-time is H:MM[:SS], behind T or a blank; seconds other than 00 do not fit" {
    becomes <<'CASES'
wanted --dates dmy | 30/11/2026T9:00 |2026-11-30T09:00
wanted --dates dmy | 30/11/2026 9:00 |2026-11-30T09:00
wanted --dates dmy | 30/11/2026~~9:00 |2026-11-30T09:00
wanted --dates dmy | 30.11.2026 09:05:00 |2026-11-30T09:05
wanted --dates dmy | 30/11/2026 0:00 |2026-11-30T00:00
wanted --dates dmy | 30/11/2026 9:00:01 |-
wanted --dates dmy | 30/11/2026 9:00:0 |-
wanted --dates dmy | 30/11/2026 9:5 |-
wanted --dates dmy | 30/11/2026 9h05 |-
wanted --dates dmy | 30/11/2026 24:00 |-
wanted --dates dmy | 30/11/2026 23:59 |2026-11-30T23:59
wanted --dates dmy | 30/11/2026 23:60 |-
wanted --dates dmy | 30/11/2026 |-
wanted --dates dmy | 30/11/20269:00 |-
wanted --dates dmy | 30/11/2026T 9:00 |-
wanted --dates dmy | 30/11/2026 T9:00 |-
wanted --dates dmy | 30/11/2026 9:00 AM |-
wanted --dates ymd | 2026-11-30T09:00 |2026-11-30T09:00
wanted_back --dates mdy | 11/30/2026 14:30 |2026-11-30T14:30
out --dates dmy | 30/11/2026 9:00 |2026-11-30T09:00
back --dates dmy | 31/11/2026 9:00 |-
at --dates dmy | 30/11/2026 9:00 |2026-11-30T09:00
open --dates dmy | 8:30 |08:30
open --dates dmy | 8:30:00 |08:30
open --dates dmy | 24:00 |-
open --dates dmy | 0:00 |00:00
day --dates dmy | 25/12/2026 |2026-12-25
day --dates dmy | 1.2.2026 |2026-02-01
day --dates mdy | 12/25/2026 |2026-12-25
day --dates dmy | fri |fri
day --dates dmy | 31/11/2026 |-
day --dates dmy | 2026-12-25 |-
day --dates dmy | ven |-
close --dates dmy | 24:00 |24:00
CASES
}

@test "values: money, numbers, notices and codes must fit, and come out in one form" {
    becomes <<'CASES'
price | 1234.5 |1234.50
price_day | 45 |45.00
price_fixed | 45,50 |-
free_amount | 1 234.50 |-
saving | -1.00 |-
price | 1.005 |-
price | 12 EUR |-
km | 61240 |61240
km | 007 |7
km | 61 240 |-
km | 61240.0 |-
km | 1000000000 |1000000000
km | 1000000001 |-
labour_min | 1.5 |-
max_km | 90000 |90000
rank | x |-
days | -1 |-
notice | 2wd |2wd
notice | 4h |4h
notice | 0wd |-
notice | 2 |-
request | R-1 |R-1
request | R 1 |-
request | R\t1 |-
resource | CAR-1 |CAR-1
solution | LOAN CAR |-
jobs | OIL BRAKES |OIL BRAKES
jobs | OIL~~BRAKES |-
programmes | WARRANTY LOAN |WARRANTY LOAN
CASES
}

@test "values: --decimal-comma takes 1234,50; thousands separators do not fit" {
    becomes <<'CASES'
price --decimal-comma | 1234,50 |1234.50
price --decimal-comma | 1234,5 |1234.50
price --decimal-comma | 1234 |1234.00
price --decimal-comma | 1234.50 |-
price --decimal-comma | 1.234,50 |-
price --decimal-comma | 1 234,50 |-
price --decimal-comma | 1,234,50 |-
price --decimal-comma | 1234,505 |-
price --decimal-comma | ,50 |-
price --decimal-comma | 10000000000,00 |10000000000.00
price --decimal-comma | 10000000000,01 |-
price --decimal-comma | 0000000000000000000000000000000000000001,00 |-
km --decimal-comma | 12,0 |-
CASES
}

@test "values: empty stays empty, of every type" {
    becomes <<'CASES'
wanted --dates dmy |  |
licence_until |  |
price --decimal-comma |  |
km | ~~ |
request |  |
labour_min --unit labour_min=h/10 |  |
jobs --list jobs=+ |  |
jobs --list jobs=+ | + + |
note | \t |
CASES
}

@test "values: text loses the blanks at both ends, and nothing else" {
    becomes <<'CASES'
customer | ~~Anne~ |Anne
customer | \tAnne Marie\t |Anne Marie
customer | ~~Anne~~Marie |Anne~~Marie
vin | ~ZAM 57 |ZAM 57
note | "a ""b"" " |"a ""b"""
note | "~one\ntwo~" |"one\ntwo"
note | "one\n" |"one\n"
note | 30/11/2026 |30/11/2026
pay_type | Garantie |Garantie
request | ~R-1~ |R-1
licence_until --dates dmy | ~1/2/2026~ |2026-02-01
km | ~12 |12
unknown_name --dates dmy | 31/02/2026 |31/02/2026
CASES
}

@test "values: --unit makes whole minutes of tenths of an hour, hours or minutes" {
    becomes <<'CASES'
labour_min --unit labour_min=h/10 | 15 |90
labour_min --unit labour_min=h/10 | 1 |6
labour_min --unit labour_min=h/10 | 12.5 |75
labour_min --unit labour_min=h/10 | 12.25 |-
labour_min --unit labour_min=h/10 --decimal-comma | 12,5 |75
labour_min --unit labour_min=h | 1.25 |75
labour_min --unit labour_min=h | 1.250 |75
labour_min --unit labour_min=h | 2 |120
labour_min --unit labour_min=h | 0.05 |3
labour_min --unit labour_min=h | 0.01 |-
labour_min --unit labour_min=h | 1.33 |-
labour_min --unit labour_min=h | 0.333 |-
labour_min --unit labour_min=h | 1,25 |-
labour_min --unit labour_min=h --decimal-comma | 1,25 |75
labour_min --unit labour_min=h --decimal-comma | 1.25 |-
labour_min --unit labour_min=h | 1:15 |-
labour_min --unit labour_min=h | 1. |-
labour_min --unit labour_min=h | .5 |-
labour_min --unit labour_min=h | -1 |-
labour_min --unit labour_min=min | 90 |90
labour_min --unit labour_min=min | 90.0 |90
labour_min --unit labour_min=min | 90.5 |-
labour_min --unit labour_min=h | 16666666 |999999960
labour_min --unit labour_min=h | 16666667 |-
work --unit work=h | 1.5 |90
CASES
}

@test "values: --list splits at C, trims, joins by one space; empty items are none" {
    becomes <<'CASES'
jobs --list jobs=+ | OIL+BRAKES |OIL BRAKES
jobs --list jobs=+ | ~OIL~+~~BRAKES~+~ |OIL BRAKES
jobs --list jobs=+ | +OIL++BRAKES+ |OIL BRAKES
jobs --list jobs=+ | OIL |OIL
jobs --list jobs=+ | OIL+OIL |OIL OIL
jobs --list jobs=+ | OIL CHANGE+BRAKES |-
jobs --list jobs=, | OIL, BRAKES |OIL BRAKES
jobs --list jobs== | OIL=BRAKES |OIL BRAKES
jobs --list jobs=tab | OIL\tBRAKES |OIL BRAKES
jobs --list jobs=; | "OIL; BRAKES" |OIL BRAKES
resource --list resource=+ | CAR-1+ADV-1 |CAR-1 ADV-1
words --list words=+ | a b+c |a b c
CASES
    printf 'c\n"OIL\nBRAKES\r\nPDI"\n' >lines.csv
    check 0 mob-import --map jobs=c --list "jobs="$'\n' lines.csv
    cells jobs | is 'OIL BRAKES PDI'
    printf 'c\nOIL  BRAKES\n' >blanks.csv
    check 0 mob-import --map jobs=c --list 'jobs= ' blanks.csv
    cells jobs | is 'OIL BRAKES'
}

# ---- groups ----

@test "--group: consecutive rows with one NAME become one, lists joined in order" {
    printf '%s\n' OR,Client,Travaux,Obs R-1,Anne,OIL,x ' R-1 ',Anne,BRAKES+OIL,x R-1,Anne,,x R-2,Bob,,y R-3,Eve,PDI,z \
        R-1,Anne,PDI,x >jobs.csv
    check 0 mob-import --map request=OR --map customer=Client --map jobs=Travaux --list jobs=+ --group request jobs.csv
    file expected <<'CSV'
request,customer,jobs,x_Obs
R-1,Anne,OIL BRAKES OIL,x
R-2,Bob,,y
R-3,Eve,PDI,z
R-1,Anne,PDI,x
CSV
    same expected out
}

@test "--group: any other column must be equal, x_ columns and what is no list too" {
    for case in 'R-1,Bea,OIL,x|Client' 'R-1,Anne,OIL,x |Obs'; do
        printf '%s\n' OR,Client,Travaux,Obs R-0,Zoe,OIL,w R-1,Anne,OIL,x "${case%|*}" >jobs.csv
        check 2 mob-import --map request=OR --map customer=Client --map jobs=Travaux --list jobs=+ --group request jobs.csv
        says "mob-import: jobs.csv:4: ${case#*|}: '"
        says "on line 3, which has the same request"
        printf 'request,customer,jobs,x_Obs\nR-0,Zoe,OIL,w\n"mob-import\n' | same - out
    done
    # Compared is what comes out: the same amount in two forms is the same.
    printf '%s\n' OR,Prix,Travaux R-1,12,OIL R-1,12.0,PDI >jobs.csv
    check 0 mob-import --map request=OR --map price=Prix --map jobs=Travaux --list jobs=+ --group request jobs.csv
    cells request price jobs | is 'R-1|12.00|OIL PDI'
    check 2 mob-import --map request=OR --map price=Prix --map jobs=Travaux --group request jobs.csv
    says "jobs.csv:3: Travaux: 'PDI' differs from 'OIL'"
}

@test "--group: rows without a key have nothing in common, and none becomes another's" {
    printf '%s\n' OR,Client,Travaux R-1,Anne,OIL ,Bob,PDI ,Eve,OIL ' ',Eve,BRAKES R-1,Anne,PDI >jobs.csv
    check 0 mob-import --map request=OR --map customer=Client --map jobs=Travaux --list jobs=+ --group request jobs.csv
    file expected <<'CSV'
request,customer,jobs
R-1,Anne,OIL
,Bob,PDI
,Eve,OIL
,Eve,BRAKES
R-1,Anne,PDI
CSV
    same expected out
}

# ---- encodings ----

@test "encodings: a byte that the encoding lacks is exit 2, with line and column, and what was before it comes out" {
    cases=('utf-8|\351t\351' 'utf-8|\300\200' 'utf-8|\355\240\200' 'utf-8|\364\220\200\200' 'utf-8|\370\210\200\200\200'
        'utf-8|\342\202' 'utf-8|a\200' 'cp1252|\201' 'ascii|\351' 'utf-8|"b\n\351"')
    for case in "${cases[@]}"; do
        { printf 'a,b,c\n1,2,3\n4,"x\ny",'; printf "${case#*|}"; printf '\n7,8,9\n'; } >bad.csv
        check 2 mob-import --encoding "${case%|*}" --map km=a bad.csv
        says "mob-import: bad.csv:3: c: '"
        printf 'km,x_b,x_c\n1,2,3\n"mob-import\n' | same - out || { echo "$case"; false; }
    done
    # In quotes, behind other columns, in the first one, at the very end.
    printf 'a,b\n1,"x,\351"\n' >bad.csv
    check 2 mob-import bad.csv
    says "bad.csv:2: b: '\\xe9\"\\n'"
    printf 'a,b\n\351,1\n' >bad.csv
    check 2 mob-import bad.csv
    says "bad.csv:2: a: "
    printf 'a,b\n1,\303' >bad.csv
    check 2 mob-import bad.csv
    says "bad.csv:2: b: "
}

@test "encodings: a bad byte in the header is named with its column's number; nothing comes out" {
    printf 'a,\351\n1,2\n' >bad.csv
    check 2 mob-import bad.csv
    says "bad.csv:1: column 2: '\\xe9\\n1,' is no text in 'utf-8'"
    [ ! -s out ]
}

@test "encodings: a name that iconv does not know is exit 2, and what iconv would guess is none" {
    for name in nosuch '' utf-8//IGNORE ascii//TRANSLIT; do
        check 2 mob-import --encoding "$name" export.csv
        says "mob-import: --encoding: '$name' is unknown"
        [ ! -s out ]
    done
    for name in utf-8 UTF-8 utf8 latin1 iso-8859-15 macintosh cp850; do
        check 0 mob-import --encoding $name export.csv
    done
}

@test "encodings: utf-16 of both orders with a mark, named orders with and without, surrogates" {
    printf 'a,b\n1,é€😀\n' >text.csv
    printf 'x_a,x_b\n1,é€😀\n' >expected
    { printf '\377\376'; iconv -f utf-8 -t utf-16le text.csv; } >little
    { printf '\376\377'; iconv -f utf-8 -t utf-16be text.csv; } >big
    for file in little big; do
        check 0 mob-import --encoding utf-16 $file
        same expected out
        check 0 mob-import --encoding utf-16${file:0:1}e $file
        same expected out
        tail -c +3 $file >bare
        check 0 mob-import --encoding utf-16${file:0:1}e bare
        same expected out
    done
    # Without a mark utf-16 is in the machine's order, as iconv has it.
    iconv -f utf-8 -t utf-16le text.csv >bare
    check 0 mob-import --encoding utf-16 bare
    iconv -f utf-16 -t utf-8 bare | sed '1s/.*/x_a,x_b/' | same - out
}

@test "encodings: lone surrogates and utf-16 that is cut are exit 2" {
    iconv -t utf-16le <<<$'a,b\n1,2\n3,4' >whole
    for bad in '\000\334' '\000\330' '\000\330x\000' x; do
        { cat whole; printf '5\000,\000'; printf "$bad"; } >bad.csv
        check 2 mob-import --encoding utf-16le bad.csv
        says "mob-import: bad.csv:4: b: '"
        printf 'x_a,x_b\n1,2\n3,4\n"mob-import\n' | same - out
    done
}

@test "encodings: UTF-16 and NULs in what is called utf-8 are named as such" {
    printf '\377\376a\000\n\000' >wide.csv
    check 2 mob-import wide.csv
    says "is it UTF-16? see --encoding"
    iconv -t utf-16le export.csv >wide.csv
    check 2 mob-import wide.csv
    says "wide.csv:1: column 1: a NUL byte"
    printf 'a,b\n1,2\n3,x\000\n' >nul.csv
    check 2 mob-import nul.csv
    says "nul.csv:3: b: a NUL byte"
}

@test "encodings: a BOM is dropped, before a quote too" {
    printf '\357\273\277"a",b\n1,2\n' >bom.csv
    check 0 mob-import --map km=a bom.csv
    printf 'km,x_b\n1,2\n' | same - out
    { printf '\377\376'; printf '"a"\n1\n' | iconv -t utf-16le; } >bom.csv
    check 0 mob-import --encoding utf-16 --map km=a bom.csv
    printf 'km\n1\n' | same - out
}

@test "encodings: what is read byte by byte is the same" {
    { printf '\377\376'; printf 'a;b\n1;é€😀\n' | iconv -f utf-8 -t utf-16le; } >wide.csv
    mkfifo slow
    perl -e '$| = 1; open my $in, "<", "wide.csv"; binmode $in; while (read $in, my $byte, 1) { print $byte; select undef, undef, undef, 0.002 }' >slow &
    check 0 mob-import --encoding utf-16 -d ';' slow
    printf 'x_a,x_b\n1,é€😀\n' | same - out
}

# ---- the table ----

@test "delimiter: one byte or tab; else exit 2" {
    for delimiter in ';' '|' ' ' ':' $'\t' tab; do
        byte=${delimiter/tab/$'\t'}
        printf 'a%sb\n1%s"y%sz,"\n' "$byte" "$byte" "$byte" >any.csv
        check 0 mob-import -d "$delimiter" any.csv
        printf 'x_a,x_b\n1,"y%sz,"\n' "$byte" | same - out
    done
    for delimiter in '' ';;' '"' $'\n' $'\r' é tabs; do
        check 2 mob-import -d "$delimiter" export.csv
        says "mob-import: --delimiter: "
        [ ! -s out ]
    done
    # The last one counts, as with every option that says one thing.
    check 0 mob-import -d ';' --delimiter=, export.csv
}

@test "delimiter: a header of one cell with ; or a tab in it is exit 2" {
    printf 'a;b\n1;2\n' >semicolon.csv
    check 2 mob-import semicolon.csv
    says "semicolon.csv:1: the header is one cell, 'a;b': does another delimiter part the names? see mob-import(1), --delimiter"
    printf 'a\tb\n1\t2\n' >tab.csv
    check 2 mob-import -d ';' tab.csv
    [ ! -s out ]
}

@test "table: a record with another number of cells is exit 2, with its line" {
    for row in '1|1 cell' '1,2,3|3 cells'; do
        printf 'a,b\n"x\ny",2\n%s\n' "${row%|*}" >odd.csv
        check 2 mob-import odd.csv
        says "mob-import: odd.csv:4: ${row#*|} where the header has 2"
        tail -n 1 out | is '"mob-import'
    done
}

@test "table: CRLF, blank lines, a last line without end; line numbers count quoted line ends" {
    printf '\r\na;b\r\n\r\n1;"x\r\ny\nz"\r\n\r\n2;q' >odd.csv
    check 0 mob-import -d ';' odd.csv
    printf 'x_a,x_b\n1,"x\r\ny\nz"\n2,q\n' | same - out
    printf '\r\na;b\r\n\r\n1;"x\r\ny\nz"\r\n\r\nx;q' >odd.csv
    check 2 mob-import -d ';' --map km=a odd.csv
    says "odd.csv:8: a: 'x' is not a whole number"
}

@test "table: strict as everywhere: a stray quote, text behind a closing one, an unclosed one, a lone CR, no header" {
    for case in 'a;b"c\n|stray quote' '"a"b;c\n|behind a closing quote, expected the delimiter' 'a;"b\n|not closed' \
        'a;b\rc\n|CR without its LF' '|no header'; do
        printf "${case%|*}" >bad.csv
        check 2 mob-import -d ';' bad.csv
        says "${case#*|}"
        [ ! -s out ]
    done
}

@test "table: a cell of 1 MiB passes, one byte more is exit 2, also one that only grows so large" {
    for cell in 1048576 1048577; do
        { printf 'a,b\n1,'; head -c $cell /dev/zero | tr '\0' x; printf '\n'; } >big$cell.csv
    done
    check 0 mob-import --map note=b big1048576.csv
    [ "$(wc -c <out)" -eq $((9 + 1048576 + 3)) ]
    check 2 mob-import --map note=b big1048577.csv
    says "big1048577.csv:2: "
    tail -n 1 out | is '"mob-import'
    check 2 mob-import --map note=a+b big1048576.csv
    says "big1048576.csv:2: a+b: becomes a cell over 1 MiB"
    { cat big1048576.csv; echo 1,x; } >grown.csv
    check 2 mob-import --map request=a --map words=b --list words=+ --group request grown.csv
    says "grown.csv:3: b: becomes a cell over 1 MiB"
}

# ---- as a command ----

@test "usage: what is not understood is exit 2, and nothing is read or written" {
    while IFS='|' read -r arguments text; do
        eval "check 2 mob-import $arguments export.csv"
        says "mob-import: $text" || { echo "$arguments"; false; }
        [ ! -s out ]
    done <<'CASES'
--map request|--map: 'request' is not NAME=COLUMN
--map =OR|--map: '=OR' is not NAME=COLUMN
--map request=|--map: 'request=' is not NAME=COLUMN
--dates dym|--dates: 'dym' is not dmy, mdy or ymd
--map jobs=Travaux --list jbs=+|--list: no --map makes a column 'jbs'; was 'jobs' meant?
--map jobs=Travaux --list jobs=++|--list: '++' is not one byte
--map jobs=Travaux --list jobs=é|--list: 'é' is not one byte
--map jobs=Travaux --list jobs=+ --list jobs=-|--list: 'jobs' stands twice
--map km=Temps --list km=+|--list: 'km' cannot be a list
--map labour_min=Temps --unit labour=h|--unit: no --map makes a column 'labour'
--map labour_min=Temps --unit labour_min=s|--unit: 's' is not h/10, h or min
--map labour_min=Temps --unit labour_min=h --unit labour_min=h|--unit: 'labour_min' stands twice
--map wanted=Temps --unit wanted=h|--unit: 'wanted' cannot be minutes
--map jobs=Travaux --unit jobs=h|--unit: 'jobs' cannot be minutes
--map n=Temps --list n=+ --unit n=h|--unit: 'n' cannot be minutes: it is a list
--group request|--group: no --map makes a column 'request'
--map request=OR --group x_Temps|--group: no --map makes a column 'x_Temps'
--rejects x|'--rejects' is not an option here
CASES
}

@test "rows stream: what is done is written before a read that would wait" {
    mkfifo in
    mob-import in >streamed &
    tool=$!
    exec 7>in
    printf 'a,b\n1,2\n' >&7
    for try in $(seq 100); do
        [ "$(wc -l <streamed)" -lt 2 ] || break
        sleep 0.05
    done
    printf 'x_a,x_b\n1,2\n' | same - streamed
    exec 7>&-
    wait $tool
}

@test "memory does not grow with the input" {
    [ -z "${MOB_SANITIZED-}" ] || skip "the sanitizer needs more address space"
    { echo a,b; yes 'R-1,some text that goes on for a while' | head -n 400000; } >large.csv
    check 0 bash -c 'ulimit -v 20000; mob-import --map request=a large.csv | tail -n 1'
    is 'R-1,some text that goes on for a while' <out
}

@test "an output that cannot be written is exit 2" {
    check 2 bash -c 'mob-import export.csv >/dev/full'
    says 'standard output: cannot write'
}
