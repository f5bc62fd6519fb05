#!/bin/sh
# generate.sh ROWS DIRECTORY: a site with ROWS rows of coverage, and as many requests that have come through mob-estimate.
# Every second request's VIN has coverage that is active. The same bytes every time.
set -eu
rows=$1
directory=$2
mkdir -p "$directory"
cd "$directory"

# 17 characters that differ from row to row in no order of the file's.
vins='function vin(i,   n, text, digits) {
    digits = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
    n = (i * 7919) % 39135393
    text = ""
    while (length(text) < 6) {
        text = substr(digits, n % 33 + 1, 1) text
        n = int(n / 33)
    }
    return "ZAM57XSL0A0" text
}'
awk -v rows="$rows" "$vins"'
BEGIN {
    print "vin,programme,from,until,max_km"
    for (i = 1; i <= rows; i++)
        printf "%s,%s,20%02d-%02d-01,20%02d-%02d-28,%s\n", vin(i), i % 3 ? "WARRANTY" : "LOAN", 18 + i % 8, i % 12 + 1,
               24 + i % 6, i % 12 + 1, i % 4 ? "" : "100000"
}' >coverage.csv
awk -v rows="$rows" "$vins"'
BEGIN {
    print "request,customer,vin,jobs,wanted,wanted_back,km,need,licence_until,pay_type,labour_min,explain_min,note,ready,days"
    for (i = 1; i <= rows; i++)
        printf "R-%d,Customer %d,%s,OIL BRAKES,2026-%02d-%02dT09:00,,%d,,2030-01-01,%s,300,30,calls back at noon,2026-12-01T12:00,%d\n",
               i, i % 1000, vin(int(i * 1.5)), i % 12 + 1, i % 28 + 1, i % 200000, i % 2 ? "warranty" : "customer", i % 5 + 1
}' >requests.csv
cat >programmes.csv <<'CSV'
programme,label,conditions,reminder
WARRANTY,Warranty,Warranty repairs only.,"{label}: {solution} free for {days} days, worth {value}, until {until}."
LOAN,Loan programme,,{solution}: {value} off
CSV
cat >solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,documents,conditions
LOANER,Loan car,replacement,1,45.00,,EUR,driving licence,Return it full.
RENTAL,Rental car,replacement,2,85.00,,EUR,driving licence,
TAXI,Taxi,taxi,3,,20.00,EUR,,
BUS,Bus ticket,transit,4,,,EUR,,
CSV
cat >benefits.csv <<'CSV'
programme,solution,pay_type,min_labour_min,free_days,free_amount,cost_code
WARRANTY,LOANER,warranty,,,,W-1
WARRANTY,RENTAL,warranty,120,,,W-2
LOAN,LOANER,,,1,,L-1
CSV
