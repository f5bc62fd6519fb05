#!/usr/bin/env bats
# mob-entitle (FILTERS.md, S3 and S4): what is the customer entitled to? Also what DATA.md says of coverage, programmes,
# benefits and solutions. What a solution costs is shown row by row in mob-propose.bats.
#
# At the site of helper.bash the programme WARRANTY makes LOANER (45.00 a day, at most 10 days) free for warranty work, LOAN
# its first day. VIN ...1 has WARRANTY from 2024-01-01 to 2027-12-31, VIN ...2 LOAN from 2024-01-01 on, up to 100000 km.
load helper

prepare() {
    site
}

# entitles [OPTION...]: standard input is a table for `agrees`. The rows of most tables lack columns that make no difference
# there, so they are added: a warranty job of two hours, for one day.
entitles() {
    cat >short.csv
    mlr -S --icsv --ocsv put '
        for (name, value in {"vin": "ZAM57XSL000000001", "wanted": "2026-11-30T08:00", "labour_min": "120", "days": "1", "pay_type": "warranty"}) {
            if (is_absent($[name])) { $[name] = value; }
        }' short.csv >table.csv
    check 0 mob-entitle "$@" table.csv && agrees table.csv
}

# ---- which programmes are active ----

@test "S3, coverage: its first and last day count, to the minute; the date is that of wanted" {
    # Five days from 27 December 2027 end in another year, and change nothing.
    entitles <<'CSV'
wanted,days,=entitlement,=programmes,=free
2023-12-31T23:59,1,none,,
2024-01-01T00:00,1,covered,WARRANTY,LOANER
2026-11-30T08:00,1,covered,WARRANTY,LOANER
2027-12-27T08:00,9,covered,WARRANTY,LOANER
2027-12-31T00:00,1,covered,WARRANTY,LOANER
2027-12-31T23:59,1,covered,WARRANTY,LOANER
2028-01-01T00:00,1,none,,
CSV
}

@test "coverage: an empty end is open; one day; 29 February" {
    file coverage.csv <<'CSV'
vin,programme,from,until
ZAM57XSL000000011,WARRANTY,,2026-11-30
ZAM57XSL000000012,WARRANTY,2026-11-30,
ZAM57XSL000000013,WARRANTY,,
ZAM57XSL000000014,WARRANTY,2026-11-30,2026-11-30
ZAM57XSL000000015,WARRANTY,2028-02-29,2028-02-29
CSV
    entitles <<'CSV'
vin,wanted,=programmes
ZAM57XSL000000011,1900-01-01T00:00,WARRANTY
ZAM57XSL000000011,2026-11-30T23:59,WARRANTY
ZAM57XSL000000011,2026-12-01T00:00,
ZAM57XSL000000012,2026-11-29T23:59,
ZAM57XSL000000012,2026-11-30T00:00,WARRANTY
ZAM57XSL000000012,9999-12-31T23:59,WARRANTY
ZAM57XSL000000013,1900-01-01T00:00,WARRANTY
ZAM57XSL000000013,9999-12-31T23:59,WARRANTY
ZAM57XSL000000014,2026-11-29T23:59,
ZAM57XSL000000014,2026-11-30T12:00,WARRANTY
ZAM57XSL000000014,2026-12-01T00:00,
ZAM57XSL000000015,2028-02-28T23:59,
ZAM57XSL000000015,2028-02-29T00:00,WARRANTY
ZAM57XSL000000015,2028-03-01T00:00,
CSV
}

@test "S3, coverage: km within max_km, the limit included; without km it cannot be checked" {
    printf 'ZAM57XSL000000003,LOAN,,,0\n' >>coverage.csv
    entitles <<'CSV'
vin,km,=entitlement,=programmes
ZAM57XSL000000002,0,covered,LOAN
ZAM57XSL000000002,99999,covered,LOAN
ZAM57XSL000000002,100000,covered,LOAN
ZAM57XSL000000002,100001,none,
ZAM57XSL000000002,1000000000,none,
ZAM57XSL000000002,,unknown,
ZAM57XSL000000003,0,covered,LOAN
ZAM57XSL000000003,1,none,
ZAM57XSL000000003,,unknown,
ZAM57XSL000000001,,covered,WARRANTY
ZAM57XSL000000001,1000000000,covered,WARRANTY
CSV
    # no column km at all
    entitles <<'CSV'
vin,=entitlement
ZAM57XSL000000002,unknown
ZAM57XSL000000001,covered
CSV
}

@test "S3, entitlement: covered, active, none, unknown" {
    cat >>coverage.csv <<'CSV'
ZAM57XSL000000021,WARRANTY,2020-01-01,2022-12-31,
ZAM57XSL000000022,WARRANTY,2020-01-01,2022-12-31,
ZAM57XSL000000022,LOAN,2024-01-01,,100000
ZAM57XSL000000023,WARRANTY,2020-01-01,2022-12-31,100000
ZAM57XSL000000024,WARRANTY,2024-01-01,,
ZAM57XSL000000024,LOAN,2024-01-01,,100000
CSV
    # 21: expired. 22: the warranty expired, the loan programme lacks km. 23: expired, so its km do not matter. 24: one
    # needs no km. The warranty gives nothing to customer work, and LOANER lasts 10 days at most.
    entitles <<'CSV'
vin,pay_type,days,km,=entitlement,=programmes,=free,=reduced,=reminder_value
ZAM57XSL000000001,warranty,3,,covered,WARRANTY,LOANER,,135.00
ZAM57XSL000000002,customer,3,50,covered,LOAN,,LOANER,45.00
ZAM57XSL000000001,customer,3,,active,WARRANTY,,,
ZAM57XSL000000001,warranty,10,,covered,WARRANTY,LOANER,,450.00
ZAM57XSL000000001,warranty,11,,active,WARRANTY,,,
ZAM57XSL000000021,warranty,3,,none,,,,
ZAM57XSL000000022,warranty,3,,unknown,,,,
ZAM57XSL000000022,warranty,3,100001,none,,,,
ZAM57XSL000000023,warranty,3,,none,,,,
ZAM57XSL000000024,customer,3,,active,WARRANTY,,,
ZAM57XSL000000024,customer,3,1,covered,WARRANTY LOAN,,LOANER,45.00
,warranty,3,,unknown,,,,
ZAM57XSL000000099,warranty,3,,unknown,,,,
CSV
    is '' <"$T/err"
}

@test "programmes: several, in the order of coverage.csv, each once" {
    file programmes.csv <<'CSV'
programme,label,conditions,reminder
A,,,
B,,,
C,,,
D,,,
CSV
    file coverage.csv <<'CSV'
vin,programme,from,until,max_km
ZAM57XSL000000001,C,,,
ZAM57XSL000000002,A,,,
ZAM57XSL000000001,A,,2020-12-31,
ZAM57XSL000000001,B,,,50000
ZAM57XSL000000001,C,2026-01-01,,
ZAM57XSL000000002,D,,,
ZAM57XSL000000001,A,2021-01-01,,
ZAM57XSL000000001,D,,2020-12-31,
ZAM57XSL000000002,A,,,
CSV
    printf 'programme,solution,pay_type\n' >benefits.csv
    entitles <<'CSV'
vin,wanted,km,=programmes,=entitlement
ZAM57XSL000000001,2026-11-30T08:00,1,C B A,active
ZAM57XSL000000001,2026-11-30T08:00,50001,C A,active
ZAM57XSL000000001,2026-11-30T08:00,,C A,active
ZAM57XSL000000001,2020-11-30T08:00,1,C A B D,active
ZAM57XSL000000002,2026-11-30T08:00,,A D,active
CSV
}

# ---- the VIN ----

@test "S3, VIN: compared in upper case, on both sides" {
    printf 'zam57xsl00000000a,WARRANTY,,,\nAm115/492,WARRANTY,,,\n' >>coverage.csv
    entitles -q <<'CSV'
vin,=programmes
zam57xsl000000001,WARRANTY
Zam57XsL000000001,WARRANTY
ZAM57XSL00000000A,WARRANTY
zam57xsl00000000a,WARRANTY
ZAM57XSL00000000a,WARRANTY
am115/492,WARRANTY
AM115/492,WARRANTY
CSV
}

@test "VIN: an odd one is looked up as it is, with a warning, and is no reason to offer less" {
    cat >>coverage.csv <<'CSV'
AM115/492,WARRANTY,,,
ZAM57XSLO00000001,WARRANTY,,,
ZAM57XSL0000000012,WARRANTY,,,
ZAM57XSL00000001,WARRANTY,,,
ZAM57XSL00000000 ,WARRANTY,,,
ZAM57XSL00000000É,WARRANTY,,,
CSV
    # 2: an old chassis number; 3: the letter O; 4 and 5: 18 and 16 characters; 6 and 7: a space, an accent; 8 to 11 are in
    # the file otherwise, or not at all. The last one, without a VIN, gives no warning.
    entitles <<'CSV'
vin,=entitlement,=free
AM115/492,covered,LOANER
ZAM57XSLO00000001,covered,LOANER
ZAM57XSL0000000012,covered,LOANER
ZAM57XSL00000001,covered,LOANER
ZAM57XSL00000000 ,covered,LOANER
ZAM57XSL00000000É,covered,LOANER
ZAM57XSL000000001 ,unknown,
 ZAM57XSL000000001,unknown,
ZAM57XSL00000000,unknown,
AM115-492,unknown,
ZAM57XSL000000001,covered,LOANER
,unknown,
CSV
    local line
    for line in 2 3 4 5 6 7 8 9 10 11; do says "mob-entitle: table.csv:$line: vin: "; done
    [ "$(wc -l <"$T/err")" -eq 10 ]
    check 0 mob-entitle --quiet table.csv
    is '' <"$T/err"
    # Each of I, O and Q, in either case, makes a VIN odd; every other letter and digit does not.
    printf 'vin,wanted,labour_min,days,pay_type\n' >table.csv
    for line in {A..Z} {a..z} {0..9}; do printf 'ZAM57XSL00000000%s,2026-11-30T08:00,0,1,customer\n' "$line"; done >>table.csv
    check 0 mob-entitle table.csv
    grep -o "0[A-Za-z0-9]'" "$T/err" | tr -d "0'\n" | is IOQioq
}

# ---- a faulty export ----

@test "coverage.csv: a faulty row is a warning, and rejects the requests of its VIN alone" {
    # Each VIN has good coverage too: half of it is not to be trusted.
    cat >>coverage.csv <<'CSV'
ZAM57XSL00000003A,WARRANTY,2024-01-01,2027-12-31,
ZAM57XSL00000003A,LOAN,01/01/2024,,
ZAM57XSL00000003B,WARRANTY,2024-01-01,2027-02-29,
ZAM57XSL00000003B,WARRANTY,2024-01-01,,
zam57xsl00000003c,LOAN,,,100000 km
ZAM57XSL00000003C,WARRANTY,,,
ZAM57XSL00000003D,WARANTY,,,
ZAM57XSL00000003D,WARRANTY,,,
ZAM57XSL00000003E,,,,
ZAM57XSL00000003E,WARRANTY,,,
ZAM57XSL00000003F,WARRANTY,,
ZAM57XSL00000003F,WARRANTY,,,
AM115/492,WARRANTY,,,-1
,WARRANTY,,,
CSV
    file table.csv <<'CSV'
vin,wanted,labour_min,days,pay_type,fault
ZAM57XSL00000003A,2026-11-30T08:00,120,1,warranty,vin
ZAM57XSL00000003B,2026-11-30T08:00,120,1,warranty,vin
ZAM57XSL00000003C,2026-11-30T08:00,120,1,warranty,vin
zam57xsl00000003c,2026-11-30T08:00,120,1,warranty,vin
ZAM57XSL00000003D,2026-11-30T08:00,120,1,warranty,vin
ZAM57XSL00000003E,2026-11-30T08:00,120,1,warranty,vin
ZAM57XSL00000003F,2026-11-30T08:00,120,1,warranty,vin
am115/492,2026-11-30T08:00,120,1,warranty,vin
CSV
    rejects mob-entitle table.csv
    says 'mob-entitle: coverage.csv:5: from: '
    says 'mob-entitle: coverage.csv:6: until: '
    says 'mob-entitle: coverage.csv:8: max_km: '
    says 'mob-entitle: coverage.csv:10: programme: '
    says 'mob-entitle: coverage.csv:12: programme: '
    says 'mob-entitle: coverage.csv:14: '
    says 'mob-entitle: coverage.csv:16: max_km: '
    says 'mob-entitle: coverage.csv:17: vin: '
    # Everybody else is served, those without a VIN too.
    entitles <<'CSV'
vin,=entitlement
ZAM57XSL000000001,covered
ZAM57XSL000000099,unknown
,unknown
CSV
    [ "$(grep -c ': coverage.csv:' "$T/err")" -eq 8 ]
    check 0 mob-entitle --quiet table.csv
    is '' <"$T/err"
    check 2 mob-entitle --strict --rejects r.csv - <<'CSV'
vin,wanted,labour_min,days,pay_type
ZAM57XSL00000003A,2026-11-30T08:00,120,1,warranty
CSV
}

@test "coverage.csv: of warnings of one kind ten are shown, then how many more" {
    local number
    for number in {10..34}; do echo "ZAM57XSL0000000$number,GONE,,,"; done >>coverage.csv
    entitles <<'CSV'
=entitlement
covered
CSV
    [ "$(grep -c ': programme: ' "$T/err")" -eq 10 ]
    says 'coverage.csv:4: programme: '
    says 'coverage.csv:13: programme: '
    says '15 more'
}

# ---- free and reduced ----

@test "S3, free and reduced: what a benefit makes cost nothing or less, in catalogue order" {
    # Catalogue order is rank, then file order: W X Y Z V U. NIL costs nothing anyway, so nothing makes it free.
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,max_days,documents,conditions
U,,,30,10,,EUR,,,
NIL,,,30,,,EUR,,,
W,,,1,10,,EUR,,,
X,,,2,10,,EUR,,,
Z,,,20,10,,EUR,,,
Y,,,3,10,,EUR,,,
V,,,20,10,,EUR,,,
CSV
    file benefits.csv <<'CSV'
programme,solution,pay_type,free_days
WARRANTY,V,,1
WARRANTY,NIL,,
WARRANTY,U,,
WARRANTY,Z,,1
WARRANTY,Y,,
WARRANTY,W,,1
CSV
    entitles <<'CSV'
days,=free,=reduced,=reminder_solution,=reminder_value
1,W Y Z V U,,W,10.00
2,Y U,W Z V,Y,20.00
CSV
}

@test "free and reduced: only solutions whose max_days is not below days" {
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,max_days,documents,conditions
TWO,,,1,10,,EUR,2,,
THREE,,,2,10,,EUR,3,,
EVER,,,3,10,,EUR,,,
ZERO,,,4,10,,EUR,0,,
CSV
    file benefits.csv <<'CSV'
programme,solution,pay_type,free_days
WARRANTY,TWO,,
WARRANTY,THREE,,
WARRANTY,EVER,,2
WARRANTY,ZERO,,
CSV
    entitles <<'CSV'
days,=free,=reduced,=reminder_solution
2,TWO THREE EVER,,TWO
3,THREE,EVER,THREE
4,,EVER,EVER
CSV
}

@test "free and reduced: pay_type, min_labour_min, free_amount; of two programmes the one that covers most" {
    file benefits.csv <<'CSV'
programme,solution,pay_type,min_labour_min,free_days,free_amount,cost_code
WARRANTY,LOANER,warranty,120,,,
WARRANTY,TAXI,,,,20.00,
LOAN,TAXI,internal,,,19.99,
LOAN,LOANER,internal,,1,,
CSV
    printf 'ZAM57XSL000000002,WARRANTY,,,\n' >>coverage.csv
    entitles <<'CSV'
vin,pay_type,labour_min,days,km,=free,=reduced,=reminder_programme
ZAM57XSL000000001,warranty,120,2,,LOANER TAXI,,WARRANTY
ZAM57XSL000000001,warranty,119,2,,TAXI,,WARRANTY
ZAM57XSL000000001,customer,120,2,,TAXI,,WARRANTY
ZAM57XSL000000002,internal,120,2,1,TAXI,LOANER,WARRANTY
ZAM57XSL000000002,internal,120,1,1,LOANER TAXI,,LOAN
ZAM57XSL000000002,internal,120,1,,TAXI,,WARRANTY
CSV
}

@test "Price: one function, so what is free here costs 0.00 in mob-propose, and what is reduced has a saving" {
    # At the example dealership, for every request.
    local dealer=$ROOT/examples/dealer
    check 0 bash -c 'set -o pipefail; export MOB_SITE=$1
        mob-estimate -q "$1/requests.csv" | mob-entitle -q >entitled.csv && mob-propose entitled.csv' bash "$dealer"
    mlr -S --icsv --ojsonl put -q '
        is_match = false;
        for (code in splitax($free, " ")) { if (code == $solution) { is_match = true; } }
        if (is_match != ($price == "0.00" && $saving != "0.00")) { print "free: " . $request . " " . $solution; }
        is_match = false;
        for (code in splitax($reduced, " ")) { if (code == $solution) { is_match = true; } }
        if (is_match != ($price != "0.00" && $saving != "0.00")) { print "reduced: " . $request . " " . $solution; }
        if ($solution == $reminder_solution && ($saving != $reminder_value || $programme != $reminder_programme)) {
            print "reminder: " . $request;
        }' "$T/out" | is ''
    # and the example has both
    mlr --icsv --onidx filter '$free != "" && $reduced != ""' then count entitled.csv >both
    [ "$(cat both)" -gt 0 ]
}

# ---- the reminder ----

@test "S4, reminder: of the first free solution, else of the first reduced one, with the programme and its value" {
    # FIRST is reduced for three days; SECOND and THIRD are free. LOAN makes FIRST cheaper only.
    file solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,documents,conditions
FIRST,First,,1,30,,EUR,,
SECOND,Second,,2,10,5,EUR,,
THIRD,Third,,3,50,,EUR,,
CSV
    file benefits.csv <<'CSV'
programme,solution,pay_type,min_labour_min,free_days
LOAN,FIRST,,,1
WARRANTY,SECOND,warranty,60,
WARRANTY,THIRD,warranty,,
CSV
    file coverage.csv <<'CSV'
vin,programme,from,until
ZAM57XSL000000001,LOAN,,
ZAM57XSL000000001,WARRANTY,,
CSV
    file programmes.csv <<'CSV'
programme,label,conditions,reminder
LOAN,Loan,,"{label}: {solution}, {days}, {value}."
WARRANTY,Warranty,,"{solution} by {label}, {days} days: {value}"
CSV
    entitles <<'CSV'
pay_type,labour_min,days,=reminder_solution,=reminder_programme,=reminder_value,=reminder
warranty,60,3,SECOND,WARRANTY,35.00,"Second by Warranty, 3 days: 35.00 EUR"
warranty,59,3,THIRD,WARRANTY,150.00,"Third by Warranty, 3 days: 150.00 EUR"
customer,60,3,FIRST,LOAN,30.00,"Loan: First, 3, 30.00 EUR."
customer,60,1,FIRST,LOAN,30.00,"Loan: First, 1, 30.00 EUR."
warranty,60,1,FIRST,LOAN,30.00,"Loan: First, 1, 30.00 EUR."
CSV
}

@test "S4, reminder: empty where nothing is free or reduced" {
    entitles <<'CSV'
vin,pay_type,=reminder_solution,=reminder_programme,=reminder_value,=reminder
ZAM57XSL000000001,customer,,,,
ZAM57XSL000000002,customer,,,,
,warranty,,,,
ZAM57XSL000000001,warranty,LOANER,WARRANTY,45.00,"Warranty: Loan car free for 1 days, worth 45.00 EUR, until 2027-12-31."
,warranty,,,,
CSV
}

# remind SENTENCE EXPECTED: one more programme with that sentence (and $label), and a VIN that has it; EXPECTED must come out.
remind() {
    local number=$((1000 + $(wc -l <coverage.csv)))
    printf 'P%s,"%s",,"%s"\n' "$number" "${label//\"/\"\"}" "${1//\"/\"\"}" >>programmes.csv
    printf 'P%s,LOANER,warranty,,%s,,\n' "$number" "${free_days-}" >>benefits.csv
    printf 'ZAM57XSL00000%s,P%s,,2027-12-31,\n' "$number" "$number" >>coverage.csv
    printf 'ZAM57XSL00000%s,2,"%s"\n' "$number" "${2//\"/\"\"}" >>sentences.csv
}

# reminded: what the calls of remind expect.
reminded() {
    { echo 'vin,days,=reminder'; cat sentences.csv; } >all.csv
    entitles <all.csv
}

@test "S4, programmes.csv: every placeholder; {{ and }} are braces; a lone } is itself" {
    local label=Warranty
    remind '{label}' 'Warranty'
    remind '{solution}' 'Loan car'
    remind '{days}' '2'
    remind '{value}' '90.00 EUR'
    remind '{until}' '2027-12-31'
    remind '{days}{days} {label}{solution}' '22 WarrantyLoan car'
    remind 'no placeholder' 'no placeholder'
    remind '{{days}}' '{days}'
    remind '{{{days}}}' '{2}'
    remind '{{' '{'
    remind '}}' '}'
    remind '}' '}'
    remind 'a } b' 'a } b'
    remind '{days}}' '2}'
    remind '{days}}}' '2}'
    remind '}}}' '}}'
    remind '{{{{' '{{'
    remind '"quoted", {value}' '"quoted", 90.00 EUR'
    remind $'two\nlines: {days}' $'two\nlines: 2'
    remind '100 % %s \n {days}' '100 % %s \n 2'
    remind '' ''
    reminded
}

@test "S4, reminder: braces in a label are no placeholders" {
    local label='{days} "{{x}}"'
    sed -i 's/Loan car/"{value}, 50 %"/' solutions.csv
    remind '{label} {days}' '{days} "{{x}}" 2'
    remind '{solution} {days}' '{value}, 50 % 2'
    reminded
}

@test "S4, reminder: {value} is what is saved, of two days the first; without a currency just the number" {
    local label=Warranty free_days=1
    remind '{value} {days}' '45.00 EUR 2'
    reminded
    sed -i 's/EUR//' solutions.csv
    sed -i 's/ EUR//' sentences.csv
    reminded
}

@test "S4, {until}: the latest last date of this programme's active coverage, empty if one is open" {
    sed -i 's/^WARRANTY.*/WARRANTY,,,<{until}>/; s/^LOAN.*/LOAN,,,<{until}>/' programmes.csv
    # Not of what is over, not yet active, out of km, another programme's or another VIN's.
    file coverage.csv <<'CSV'
vin,programme,from,until,max_km
ZAM57XSL000000041,WARRANTY,,2027-06-30,
ZAM57XSL000000041,WARRANTY,,2028-06-30,
ZAM57XSL000000041,WARRANTY,,2026-12-31,
ZAM57XSL000000041,WARRANTY,2026-12-01,2030-12-31,
ZAM57XSL000000041,WARRANTY,,2026-11-29,
ZAM57XSL000000041,WARRANTY,,2031-12-31,1000
ZAM57XSL000000041,LOAN,,2032-12-31,
ZAM57XSL000000042,WARRANTY,,2027-06-30,
ZAM57XSL000000042,WARRANTY,,,
ZAM57XSL000000042,WARRANTY,,2028-06-30,
ZAM57XSL000000043,WARRANTY,,,1000
ZAM57XSL000000043,WARRANTY,,2027-06-30,
ZAM57XSL000000044,WARRANTY,,2026-11-30,
CSV
    entitles <<'CSV'
vin,km,=reminder
ZAM57XSL000000041,1001,<2028-06-30>
ZAM57XSL000000041,,<2028-06-30>
ZAM57XSL000000041,1000,<2031-12-31>
ZAM57XSL000000042,,<>
ZAM57XSL000000043,1001,<2027-06-30>
ZAM57XSL000000043,1000,<>
ZAM57XSL000000044,,<2026-11-30>
ZAM57XSL000000041,,<2028-06-30>
CSV
}

# ---- rejected rows ----

@test "rejected: a bad value in a column that is needed or used" {
    file table.csv <<'CSV'
vin,wanted,labour_min,days,pay_type,km,fault
ZAM57XSL000000001,,120,1,warranty,,wanted
ZAM57XSL000000001,2026-11-30,120,1,warranty,,wanted
ZAM57XSL000000001,2027-02-29T08:00,120,1,warranty,,wanted
ZAM57XSL000000001,2026-11-30T08:00,,1,warranty,,labour_min
ZAM57XSL000000001,2026-11-30T08:00,2h,1,warranty,,labour_min
ZAM57XSL000000001,2026-11-30T08:00,120,,warranty,,days
ZAM57XSL000000001,2026-11-30T08:00,120,-1,warranty,,days
ZAM57XSL000000001,2026-11-30T08:00,120,1000000001,warranty,,days
ZAM57XSL000000001,2026-11-30T08:00,120,1,,,pay_type
ZAM57XSL000000001,2026-11-30T08:00,120,1,Warranty,,pay_type
ZAM57XSL000000001,2026-11-30T08:00,120,1,garantie,,pay_type
ZAM57XSL000000001,2026-11-30T08:00,120,1,warranty,12 000,km
ZAM57XSL000000001,2026-11-30T08:00,120,1,warranty,-1,km
,2026-11-30T08:00,120,1,warranty,1000000001,km
CSV
    rejects mob-entitle table.csv
    says 'mob-entitle: table.csv:2: wanted: '
}

@test "DATA, money: above 10^12 cents the row is rejected; nothing wraps around" {
    sed -i 's/^LOANER,Loan car,replacement,1,45.00,,EUR,,10/LOANER,Loan car,replacement,1,9999999999.99,0.01,EUR,,/' solutions.csv
    entitles <<'CSV'
days,=free,=reminder_value
0,LOANER,0.01
1,LOANER,10000000000.00
CSV
    printf 'vin,wanted,labour_min,days,pay_type\nZAM57XSL000000001,2026-11-30T08:00,0,2,warranty\n' >r.csv
    check 1 mob-entitle r.csv
    [ "$(wc -l <"$T/out")" -eq 1 ]
    says 'mob-entitle: r.csv:2: '
    sed -i 's/,2,warranty/,1000000000,warranty/' r.csv
    check 1 mob-entitle r.csv
    [ "$(wc -l <"$T/out")" -eq 1 ]
}

@test "exit 2: a needed column that is missing" {
    local column
    for column in vin wanted labour_min days pay_type; do
        printf 'vin,wanted,labour_min,days,pay_type\nZAM57XSL000000001,2026-11-30T08:00,0,1,warranty\n' |
            sed "1s/\b$column\b/${column}s/" >r.csv
        check 2 mob-entitle r.csv
        is '' <"$T/out"
        says "mob-entitle: r.csv:1: $column: "
        says "'${column}s'"
    done
    says "was 'pay_types' meant?"
}

# ---- rows in, rows out ----

@test "columns: input's first; those that are there are overwritten in place; the others pass through byte for byte" {
    # The sentence has a comma, so its cell is quoted; a reminder of before goes where there is none now.
    {
        printf 'reminder,"n,o",pay_type,free,vin,wanted,labour_min,days,caf\xe9\n'
        printf 'old,"a ""b""\n c",warranty,x y,ZAM57XSL000000001,2026-11-30T08:00,0,2, \xff\n'
        printf 'old,,customer,x y,,2026-11-30T08:00,007,2,1.50\n'
    } >r.csv
    check 0 mob-entitle r.csv
    {
        printf 'reminder,"n,o",pay_type,free,vin,wanted,labour_min,days,caf\xe9,entitlement,programmes,reduced,reminder_solution,reminder_programme,reminder_value\n'
        printf '"Warranty: Loan car free for 2 days, worth 90.00 EUR, until 2027-12-31.","a ""b""\n c",warranty,LOANER,ZAM57XSL000000001,2026-11-30T08:00,0,2, \xff,covered,WARRANTY,,LOANER,WARRANTY,90.00\n'
        printf ',,customer,,,2026-11-30T08:00,007,2,1.50,unknown,,,,,\n'
    } >expected
    same expected "$T/out"
    printf 'vin,wanted,labour_min,days,pay_type\n' | check 0 mob-entitle
    is 'vin,wanted,labour_min,days,pay_type,entitlement,programmes,free,reduced,reminder_solution,reminder_programme,reminder_value,reminder' <"$T/out"
}

@test "again: on its own output, with the same files, the same bytes" {
    check 0 bash -c 'set -o pipefail; export MOB_SITE=$1; mob-estimate -q "$1/requests.csv" | mob-entitle -q' bash "$ROOT/examples/dealer"
    cp "$T/out" once.csv
    check 0 mob-entitle -q --site "$ROOT/examples/dealer" once.csv
    same once.csv "$T/out"
    sed -i 's/^LOAN,.*/LOAN,Loan,,"{{a}} ""{solution}"",\n{value}"/' programmes.csv
    file r.csv <<'CSV'
km,programmes,vin,wanted,labour_min,days,pay_type,note
1,WARRANTY,zam57xsl000000002,2026-11-30T08:00,0,2,customer,
,GONE GONE,ZAM57XSL000000002,2026-11-30T08:00,0,2,customer,"a, b"
100001,,ZAM57XSL000000002,2026-11-30T08:00,0,2,customer,
,,AM115/492,2026-11-30T08:00,0,2,customer,
,,ZAM57XSL000000001,2026-11-30T08:00,0,11,warranty,
,,,,0,1,warranty,
CSV
    check 1 mob-entitle r.csv
    cp "$T/out" once.csv
    check 0 mob-entitle once.csv
    same once.csv "$T/out"
}

# ---- the site's files ----

@test "DATA: columns by name in any order, others ignored" {
    printf 'vin,wanted,labour_min,days,pay_type,km\nZAM57XSL000000001,2026-11-30T08:00,0,2,warranty,\nZAM57XSL000000002,2026-11-30T08:00,0,2,customer,7\n' >r.csv
    check 0 mob-entitle r.csv
    cp "$T/out" expected
    for name in coverage programmes benefits solutions; do
        mlr -S --icsv --ocsv put '$remark = "x"' then reorder -e -f vin,programme,solution,rank "$name.csv" >"$name.new"
        { printf '\xef\xbb\xbf'; sed 's/$/\r/' "$name.new"; } >"$name.csv"
    done
    check 0 mob-entitle r.csv
    same expected "$T/out"
}

@test "DATA: coverage, programmes and benefits are optional, solutions is not; other files are not read" {
    for name in hours fleet legs jobs closures calendar; do printf '"' >"$name.csv"; done
    entitles <<'CSV'
=entitlement,=free
covered,LOANER
CSV
    rm benefits.csv
    entitles <<'CSV'
=entitlement,=programmes
active,WARRANTY
CSV
    rm coverage.csv programmes.csv
    entitles <<'CSV'
=entitlement,=programmes
unknown,
CSV
    rm solutions.csv
    check 2 mob-entitle table.csv
    is '' <"$T/out"
    says 'solutions.csv'
}

@test "DATA: --coverage, --programmes, --benefits and --solutions for one file" {
    entitles <<'CSV'
=free
LOANER
CSV
    mkdir other
    for name in coverage programmes benefits solutions; do cp "$name.csv" other/; done
    sed -i 's/2027-12-31/2025-12-31/' other/coverage.csv
    check 0 mob-entitle --coverage other/coverage.csv table.csv
    cells entitlement | is none
    sed -i 's/warranty/internal/' other/benefits.csv
    check 0 mob-entitle --benefits other/benefits.csv table.csv
    cells entitlement | is active
    sed -i 's/45.00/46.00/' other/solutions.csv
    check 0 mob-entitle --solutions other/solutions.csv table.csv
    cells reminder_value | is 46.00
    sed -i 's/{label}.*"/{label}!"/' other/programmes.csv
    check 0 mob-entitle --programmes other/programmes.csv table.csv
    cells reminder | is 'Warranty!'
    check 1 mob-entitle --site / --coverage coverage.csv --programmes programmes.csv --benefits benefits.csv --solutions solutions.csv - <<'CSV'
vin,wanted,labour_min,days,pay_type
ZAM57XSL000000001,2026-11-30T08:00,0,1,warranty
ZAM57XSL000000001,,0,1,warranty
CSV
    cells free | is LOANER
}

@test "DATA, exit 2: faults of solutions.csv are named by file, line and column" {
    printf 'vin,wanted,labour_min,days,pay_type\nZAM57XSL000000001,2026-11-30T08:00,0,1,warranty\n' >r.csv
    refuses mob-entitle r.csv <<'CASES'
solutions.csv|1s/solution/code/|1|solution
solutions.csv|1s/label/name/|1|label
solutions.csv|1s/family/group/|1|family
solutions.csv|1s/rank/order/|1|rank
solutions.csv|1s/price_day/daily/|1|price_day
solutions.csv|1s/price_fixed/once/|1|price_fixed
solutions.csv|1s/currency/money/|1|currency
solutions.csv|1s/documents/papers/|1|documents
solutions.csv|1s/conditions/terms/|1|conditions
solutions.csv|1s/licence/notice/|1|
solutions.csv|3s/TAXI/LOANER/|3|solution
solutions.csv|4s/BUS//|4|solution
solutions.csv|4s/BUS/BUS LINE/|4|solution
solutions.csv|4s/BUS/BUS\x01/|4|solution
solutions.csv|2s/,1,/,,/|2|rank
solutions.csv|2s/,1,/,first,/|2|rank
solutions.csv|2s/,1,/,-1,/|2|rank
solutions.csv|2s/,1,/,1000000001,/|2|rank
solutions.csv|2s/45.00/45.000/|2|price_day
solutions.csv|2s/45.00/"45,00"/|2|price_day
solutions.csv|2s/45.00/45./|2|price_day
solutions.csv|2s/45.00/.45/|2|price_day
solutions.csv|2s/45.00/-45/|2|price_day
solutions.csv|2s/45.00/45 EUR/|2|price_day
solutions.csv|2s/45.00/ 45/|2|price_day
solutions.csv|2s/45.00/4e1/|2|price_day
solutions.csv|2s/45.00/10000000000.01/|2|price_day
solutions.csv|2s/45.00/18446744073709551617/|2|price_day
solutions.csv|3s/20.00/20.0.0/|3|price_fixed
solutions.csv|3s/EUR/CHF/|3|currency
solutions.csv|3s/EUR//|3|currency
solutions.csv|2s/EUR,,10/EUR,0wd,10/|2|notice
solutions.csv|2s/EUR,,10/EUR,4,10/|2|notice
solutions.csv|2s/EUR,,10/EUR,4 h,10/|2|notice
solutions.csv|2s/EUR,,10/EUR,4H,10/|2|notice
solutions.csv|2s/EUR,,10/EUR,-4h,10/|2|notice
solutions.csv|2s/EUR,,10/EUR,wd,10/|2|notice
solutions.csv|2s/EUR,,10/EUR,2w,10/|2|notice
solutions.csv|2s/EUR,,10/EUR,1000000001m,10/|2|notice
solutions.csv|2s/,10,/,ten,/|2|max_days
solutions.csv|2s/,10,/,-1,/|2|max_days
solutions.csv|2s/yes/oui/|2|licence
solutions.csv|2s/yes/YES/|2|licence
solutions.csv|2s/$/,/|2|
solutions.csv|1,$d||
CASES
    # What is right: the same rank twice, the largest amount, one decimal, each kind of notice.
    sed -i -e '2s/,1,/,3,/' -e '2s/45.00/45.0/' -e '3s/20.00/10000000000.00/' -e '3s/EUR,,/EUR,2wd,/' -e '4s/EUR,,/EUR,0m,/' solutions.csv
    check 0 mob-entitle r.csv
    cells reminder_value | is 45.00
    sed -i -e '3s/2wd/4h/' -e '4s/0m/2d/' solutions.csv
    check 0 mob-entitle r.csv
}

@test "DATA, exit 2: faults of programmes.csv, benefits.csv and coverage.csv's header are named by file, line and column" {
    printf 'vin,wanted,labour_min,days,pay_type\nZAM57XSL000000001,2026-11-30T08:00,0,1,warranty\n' >r.csv
    refuses mob-entitle r.csv <<'CASES'
programmes.csv|1s/programme/code/|1|programme
programmes.csv|1s/label/name/|1|label
programmes.csv|1s/conditions/terms/|1|conditions
programmes.csv|1s/reminder/sentence/|1|reminder
programmes.csv|3s/LOAN/WARRANTY/|3|programme
programmes.csv|3s/LOAN//|3|programme
programmes.csv|3s/LOAN/LOAN CAR/|3|programme
programmes.csv|3s/{value}/{price}/|3|reminder
programmes.csv|3s/{value}/{Value}/|3|reminder
programmes.csv|3s/{value}/{ value }/|3|reminder
programmes.csv|3s/{value}/{}/|3|reminder
programmes.csv|3s/{value}/{value/|3|reminder
programmes.csv|3s/off/{/|3|reminder
programmes.csv|3s/{value}/{{{price}}}/|3|reminder
programmes.csv|3s/$/,/|3|
benefits.csv|1s/programme/code/|1|programme
benefits.csv|1s/solution/offer/|1|solution
benefits.csv|1s/pay_type/payer/|1|pay_type
benefits.csv|1s/cost_code/pay_type/|1|
benefits.csv|2s/WARRANTY/GUARANTEE/|2|programme
benefits.csv|2s/WARRANTY/warranty/|2|programme
benefits.csv|2s/WARRANTY//|2|programme
benefits.csv|3s/LOANER/LOANERS/|3|solution
benefits.csv|3s/LOANER//|3|solution
benefits.csv|2s/warranty/any/|2|pay_type
benefits.csv|2s/warranty,,/warranty,x,/|2|min_labour_min
benefits.csv|3s/,1,/,-1,/|3|free_days
benefits.csv|3s/,1,/,1000000001,/|3|free_days
benefits.csv|3s/,1,,/,1,1.234,/|3|free_amount
benefits.csv|3s/,1,,/,1,10000000000.01,/|3|free_amount
benefits.csv|3s/$/,/|3|
coverage.csv|1s/vin/chassis/|1|vin
coverage.csv|1s/programme/code/|1|programme
coverage.csv|1s/from/begin/|1|from
coverage.csv|1s/until/end/|1|until
coverage.csv|1s/max_km/vin/|1|
coverage.csv|2s/ZAM/"ZAM/|2|
CASES
    check 0 mob-entitle r.csv
    sed -i '1s/reminder/reminders/' programmes.csv
    check 2 mob-entitle r.csv
    says "was 'reminders' meant?"
}
