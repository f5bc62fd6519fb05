#!/bin/sh
# generate.sh KIND ROWS DIRECTORY: the files of a row of `make bench`, the same bytes every time.
#
#   coverage    ROWS rows of coverage, and as many requests that have come through mob-estimate; every second request's
#               VIN has coverage that is active
#   workflow    a dealership with ten solutions and 92 resources, and ROWS requests for it, 40 a working day
#   ledger      the same dealership, and ROWS walk-ins that are all free to be booked
#   bookings    a site with 500 cars, each a solution of its own, and ROWS bookings of which some overlap earlier ones
#   intervals   50 cars with ROWS bookings, and as many intervals that may be free
set -eu
kind=$1
rows=$2
mkdir -p "$3"
cd "$3"

# What all of them count with: the Nth working day from Monday 2026-01-05 on, the Nth day, the Nth VIN (17 characters
# that differ from row to row in no order of the file's), the Nth number below 2^31 that looks like chance.
functions='
function day_name(days,   era, of_era, year, of_year, month) {
    days += 20458 + 719468
    era = int(days / 146097)
    of_era = days - era * 146097
    year = int((of_era - int(of_era / 1460) + int(of_era / 36524) - int(of_era / 146096)) / 365)
    of_year = of_era - (365 * year + int(year / 4) - int(year / 100))
    month = int((5 * of_year + 2) / 153)
    return sprintf("%04d-%02d-%02d", year + era * 400 + (month >= 10), month < 10 ? month + 3 : month - 9,
                   of_year - int((153 * month + 2) / 5) + 1)
}
function working_day(days) {
    return day_name(int(days / 5) * 7 + days % 5)
}
function instant(minutes) {
    return day_name(int(minutes / 1440)) sprintf("T%02d:%02d", int(minutes / 60) % 24, minutes % 60)
}
function vin(i,   n, text, digits) {
    digits = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
    n = (i * 7919) % 39135393
    text = ""
    while (length(text) < 6) {
        text = substr(digits, n % 33 + 1, 1) text
        n = int(n / 33)
    }
    return "ZAM57XSL0A0" text
}
function chance(i) {
    i = (i * 48271 + 11) % 2147483647
    return (i * 16807) % 2147483647
}'

generate() {
    awk -v rows="$rows" "$functions$1"
}

# Two programmes, and what they give.
write_programmes() {
    cat >programmes.csv <<'CSV'
programme,label,conditions,reminder
WARRANTY,Warranty,Warranty repairs only.,"{label}: {solution} free for {days} days, worth {value}, until {until}."
LOAN,Loan programme,,{solution}: {value} off
CSV
    cat >benefits.csv <<'CSV'
programme,solution,pay_type,min_labour_min,free_days,free_amount,cost_code
WARRANTY,LOANER,warranty,,,,W-1
WARRANTY,RENTAL,warranty,120,,,W-2
LOAN,LOANER,,,1,,L-1
CSV
}

policy() {
    generate '
    BEGIN {
        print "area,day,open,close"
        split("mon tue wed thu fri", days, " ")
        for (i = 1; i <= 5; i++) {
            print "reception," days[i] ",07:30,12:30\nreception," days[i] ",13:30,18:30"
            print "workshop," days[i] ",08:00,12:00\nworkshop," days[i] ",13:00,17:00"
        }
    }' >hours.csv
    cat >jobs.csv <<'CSV'
job,label,labour_min,explain_min,pay_type
OIL,Oil change,60,10,customer
BRAKES,Brakes,240,20,customer
RECALL,Recall,120,15,warranty
GEARBOX,Gearbox,600,30,warranty
PDI,Inspection before sale,90,0,internal
CSV
    cat >solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,notice,max_days,licence,documents,conditions
LOANER,Loan car,replacement,1,45.00,,EUR,,30,yes,driving licence,Return it full.
LOANER-BIG,Large loan car,replacement,2,65.00,,EUR,,30,yes,driving licence,Return it full.
RENTAL,Rental car,replacement,3,85.00,,EUR,1wd,,yes,driving licence,
PICKUP,Pick-up and delivery,pickup-delivery,4,,30.00,EUR,1wd,,,,
PICKUP-LOANER,Pick-up with a loan car,pickup-delivery,5,45.00,30.00,EUR,1wd,30,yes,driving licence,
SHUTTLE,Shuttle,lift,6,,8.00,EUR,,,,,
LIFT,A lift by an advisor,lift,7,,,EUR,,,,,
TAXI,Taxi,taxi,8,,20.00,EUR,,,,,
BUS,Bus ticket,transit,9,2.50,,EUR,,,,,
BICYCLE,Bicycle,two-wheels,10,9.00,,EUR,,5,,,
CSV
    cat >legs.csv <<'CSV'
solution,pool,span,minutes
LOANER,CARS,stay,
LOANER,ADVISORS,start,
LOANER-BIG,BIG-CARS,stay,
LOANER-BIG,ADVISORS,start,
RENTAL,RENTALS,stay,
PICKUP,DRIVERS,start,60
PICKUP,DRIVERS,end,60
PICKUP-LOANER,CARS,stay,
PICKUP-LOANER,DRIVERS,start,60
SHUTTLE,DRIVERS,start,30
LIFT,ADVISORS,start,30
BICYCLE,BICYCLES,stay,
CSV
    generate '
    function add(pool, prefix, label, count, after,   i) {
        for (i = 1; i <= count; i++)
            printf "%s-%d,%s,%s %d,,%s\n", prefix, i, pool, label, i, after
    }
    BEGIN {
        print "resource,pool,label,before_min,after_min"
        add("CARS", "CAR", "Car", 50, 30)
        add("BIG-CARS", "BIG", "Large car", 10, 30)
        add("RENTALS", "RENT", "Rental car", 10, "")
        add("DRIVERS", "DRV", "Driver", 8, "")
        add("ADVISORS", "ADV", "Advisor", 8, "")
        add("BICYCLES", "BIKE", "Bicycle", 6, "")
    }' >fleet.csv
    write_programmes
    generate '
    BEGIN {
        print "vin,programme,from,until,max_km"
        for (i = 1; i <= 10000; i++)
            printf "%s,%s,2024-01-01,,%s\n", vin(i), i % 3 ? "WARRANTY" : "LOAN", i % 4 ? "" : "100000"
    }' >coverage.csv
}

case $kind in
coverage)
    generate '
    BEGIN {
        print "vin,programme,from,until,max_km"
        for (i = 1; i <= rows; i++)
            printf "%s,%s,20%02d-%02d-01,20%02d-%02d-28,%s\n", vin(i), i % 3 ? "WARRANTY" : "LOAN", 18 + i % 8,
                i % 12 + 1, 24 + i % 6, i % 12 + 1, i % 4 ? "" : "100000"
    }' >coverage.csv
    generate '
    BEGIN {
        printf "request,customer,vin,jobs,wanted,wanted_back,km,need,licence_until,pay_type,labour_min,explain_min,"
        print "note,ready,days"
        for (i = 1; i <= rows; i++)
            printf "R-%d,Customer %d,%s,OIL BRAKES,2026-%02d-%02dT09:00,,%d,,2030-01-01,%s,300,30,%s,%s,%d\n", i,
                i % 1000, vin(int(i * 1.5)), i % 12 + 1, i % 28 + 1, i % 200000, i % 5 < 3 ? "warranty" : "customer",
                "calls back at noon", "2026-12-01T12:00", i % 7 + 1
    }' >requests.csv
    write_programmes
    cat >solutions.csv <<'CSV'
solution,label,family,rank,price_day,price_fixed,currency,documents,conditions
LOANER,Loan car,replacement,1,45.00,,EUR,driving licence,Return it full.
RENTAL,Rental car,replacement,2,85.00,,EUR,driving licence,
TAXI,Taxi,taxi,3,,20.00,EUR,,
BUS,Bus ticket,transit,4,,,EUR,,
CSV
    ;;
workflow)
    policy
    generate '
    BEGIN {
        split("OIL|OIL BRAKES|RECALL|GEARBOX|RECALL OIL|BRAKES|PDI|GEARBOX BRAKES", jobs, "|")
        split("LOANER|LOANER|LOANER|LOANER|replacement|PICKUP|SHUTTLE|TAXI||lift", needs, "|")
        print "request,customer,vin,jobs,wanted,wanted_back,km,need,licence_until,pay_type,labour_min,explain_min,note"
        for (i = 1; i <= rows; i++) {
            n = chance(i)
            day = int(i / 40) + 4 + n % 10
            half = int(n / 10) % 18
            half += half < 10 ? 15 : 17
            printf "R-%d,Customer %d,%s,%s,%sT%02d:%02d,,%d,%s,,,,,%s\n", i, n % 1000, vin(n % 15000), jobs[n % 8 + 1],
                working_day(day), int(half / 2), half % 2 * 30, n % 200000, needs[n % 10 + 1],
                i % 10 ? "" : "calls back, at noon"
        }
    }' | sed 's/,calls back, at noon$/,"calls back, at noon"/' >requests.csv
    ;;
ledger)
    policy
    generate '
    BEGIN {
        print "request,customer,vin,solution,out,back,resource,price,saving,currency,programme,cost_code,note"
        for (i = 0; i < rows; i++) {
            from = int(i / 50) * 3
            printf "R-%d,Customer %d,%s,LOANER,%sT%02d:%02d,%sT%02d:30,CAR-%d ADV-%d,0.00,90.00,EUR,WARRANTY,W-1,%s\n",
                i, i % 1000, vin(i), day_name(from), 8 + int(i % 50 / 8), i % 2 * 30, day_name(from + 2), 16 + i % 2,
                i % 50 + 1, i % 8 + 1, i % 10 ? "" : "calls back at noon"
        }
    }' >walkins.csv
    ;;
bookings)
    generate '
    BEGIN {
        print "area,day,open,close\nreception,mon,08:00,18:00\nworkshop,mon,08:00,18:00" >"hours.csv"
        print "resource,pool,label" >"fleet.csv"
        print "solution,pool,span" >"legs.csv"
        print "solution,label,family,rank,price_day,price_fixed,currency,documents,conditions" >"solutions.csv"
        for (i = 1; i <= 500; i++) {
            printf "CAR-%d,POOL-%d,Car %d\n", i, i, i >"fleet.csv"
            printf "LOAN-%d,POOL-%d,stay\n", i, i >"legs.csv"
            printf "LOAN-%d,Loan %d,replacement,%d,,,EUR,,\n", i, i, i >"solutions.csv"
        }
        print "request,customer,solution,out,back"
        for (i = 1; i <= rows; i++) {
            n = chance(i)
            from = n % int(rows * 6.912)
            printf "R-%d,Customer %d,LOAN-%d,%s,%s\n", i, i % 1000, int(n / 3) % 500 + 1, instant(from),
                instant(from + 240 + int(n / 7) % 2880)
        }
    }' >bookings.csv
    ;;
intervals)
    generate '
    BEGIN {
        print "resource,pool,label" >"fleet.csv"
        for (i = 1; i <= 50; i++)
            printf "CAR-%d,CARS,Car %d\n", i, i >"fleet.csv"
        print "booking,resource,from,until" >"bookings.csv"
        for (i = 0; i < rows; i++) {
            n = chance(i)
            from = int(i / 50) * 2880 + n % 1440
            printf "B-%d,CAR-%d,%s,%s\n", i, i % 50 + 1, instant(from), instant(from + 60 + int(n / 9) % 1380) \
                >"bookings.csv"
        }
        print "interval,resource,from,until"
        for (i = 0; i < rows; i++) {
            n = chance(i + rows)
            from = n % (int(rows / 50) * 2880)
            printf "I-%d,CAR-%d,%s,%s\n", i, int(n / 3) % 50 + 1, instant(from), instant(from + 60 + int(n / 7) % 1440)
        }
    }' >intervals.csv
    ;;
*)
    echo "generate.sh: what is '$kind'?" >&2
    exit 2
    ;;
esac
