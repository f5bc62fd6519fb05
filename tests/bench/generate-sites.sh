#!/bin/sh
# generate-sites.sh SITES REQUESTS DIRECTORY: so many sites, each the example dealership with as many requests of its
# own. The requests are of the fortnight after 2026-11-23. The same bytes every time.
set -eu
dealer=$(dirname "$0")/../../examples/dealer
mkdir -p "$3"
i=0
while [ "$i" -lt "$1" ]; do
    i=$((i + 1))
    printf '%s/site-%05d\n' "$3" "$i"
done | tee "$3/list" | xargs mkdir -p
awk -v requests="$2" -v list="$3/list" '
    FILENAME != list {
        name = FILENAME
        sub(/.*\//, "", name)
        if (name == "coverage.csv" && FNR > 1) { split($0, cell, ","); vin[++vins] = cell[1] }
        if (name == "jobs.csv" && FNR > 1) { split($0, cell, ","); job[++jobs] = cell[1] }
        if (name != "requests.csv") text[name] = text[name] $0 "\n"
        next
    }
    FNR == 1 {
        needs = split("replacement PRET LOCATION taxi transit ACCOMP PRISE LIVRAISON MASERATI", need, " ")
        needs++ # the last: none
        days = split("11-25 11-26 11-27 11-30 12-01 12-02 12-03 12-07 12-08 12-09", day, " ")
        hours = split("08:30 09:00 09:30 10:00 10:30 11:00 14:00 14:30 15:00 15:30", hour, " ")
    }
    {
        for (name in text) {
            printf "%s", text[name] > ($0 "/" name)
            close($0 "/" name)
        }
        file = $0 "/requests.csv"
        print "request,customer,vin,jobs,wanted,wanted_back,km,need,licence_until,pay_type,labour_min,explain_min," \
            "note" > file
        for (i = 1; i <= requests; i++) {
            n = FNR * 7 + i * 11
            printf "R-%d,Customer %d of site %d,%s,%s,2026-%sT%s,,%d,%s,2032-01-31,,,,calls back at noon\n",
                1000 + i, i, FNR, vin[n % vins + 1], job[n * 3 % jobs + 1], day[n % days + 1], hour[(n + i) % hours + 1],
                1000 * (n % 90), need[n % needs + 1] > file
        }
        close(file)
    }' "$dealer"/*.csv "$3/list"
rm "$3/list"
