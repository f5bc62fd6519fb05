# Makes small random sites for tests that hold a report against a second method: fleet.csv, calendar.csv, archives, and in
# a file `choices` lines NAME=VALUE: now, and what to ask for. Bookings, archives of them, --again, overdue cars, blocks
# over bookings, options alive and expired, several legs, resources that are gone; many intervals touch. It owes
# nothing to the tools and keeps none of their promises: what they would refuse stands in these calendars too.
#
# All lies in ten days around the end of 2026: two years, three ISO weeks (2026-W53 among them).
#
# usage: awk -v seed=1 -v count=200 -v columns=COLUMNS -f random-sites.awk     the directories 1 to `count` exist

function roll(sides) { return int(rand() * sides) }
function one_of(list,   words, number) { number = split(list, words, "|"); return words[1 + roll(number)] }

function date(day) { return day < 5 ? "2026-12-" (27 + day) : "2027-01-0" (day - 4) }
function instant(minute) {
    return date(int(minute / 1440)) sprintf("T%02d:%02d", int(minute % 1440 / 60), minute % 60)
}
# Hours of six days mostly, so that much touches and overlaps.
function moment() { return roll(4) ? 60 * (24 + roll(144)) : 1440 + roll(8640) }

function make_fleet(directory,    i, status, from, until) {
    print "resource,pool,label,status,from,until,before_min,after_min,late_days" > (directory "/fleet.csv")
    resources = 2 + roll(4)
    for (i = 1; i <= resources; i++) {
        status = one_of("|||ready|ready|workshop")
        from = roll(4) ? "" : date(1 + roll(4))
        until = roll(4) ? "" : date(5 + roll(4))
        print "CAR-" i "," one_of("B|A|A") ",any," status "," from "," until "," one_of("|0|20") "," \
            one_of("|0|30|45") "," one_of("|0|1|2|3") > (directory "/fleet.csv")
    }
    close(directory "/fleet.csv")
}

# One row of an entry: a resource from about `out` to about `back`.
function make_row(leg, legs, out, back,    span, from, until, line, i, columns_left) {
    span = leg == 1 ? one_of("stay|stay|stay|start") : one_of("stay|start|end")
    from = span == "end" ? back : out
    until = span == "start" ? out + 30 : back + (span == "end" ? 30 : one_of("0|0|45"))
    if (roll(20) == 0) until = from
    cell["leg"] = leg "/" legs
    cell["span"] = span
    cell["resource"] = roll(15) ? "CAR-" (1 + roll(resources)) : "GONE"
    cell["busy_from"] = instant(from)
    cell["busy_until"] = instant(until)
    if (cell["status"] ~ /cancelled|no-show/ || (legs == 1 && roll(12) == 0))
        cell["span"] = cell["resource"] = cell["busy_from"] = cell["busy_until"] = ""
    if (leg > 1) cell["price"] = cell["saving"] = ""
    line = ""
    for (i = 1; i <= column_count; i++) line = line (i > 1 ? "," : "") cell[column[i]]
    return line
}

function make_entry(request, status,    out, back, legs, leg, rows) {
    split("", cell)
    cell["entry"] = ++entries
    entries += roll(5) == 0
    cell["request"] = request
    cell["status"] = status
    cell["customer"] = one_of("Ada|Bob|")
    cell["vin"] = one_of("V-1|V-2|")
    cell["solution"] = "LOANER"
    out = moment()
    back = out + (roll(3) ? 60 * (1 + roll(36)) : 1 + roll(2000))
    if (back > 10080) back = 10080 + roll(60)
    cell["out"] = instant(out)
    cell["back"] = instant(back)
    if (status == "option") cell["expires"] = roll(5) ? instant(now - 60 + roll(120)) : ""
    cell["days"] = one_of("|1|2|12")
    cell["price"] = one_of("|0.00|45.00")
    cell["saving"] = one_of("|0.00|90.00|12.05")
    cell["currency"] = one_of("EUR|EUR|CHF|")
    cell["programme"] = one_of("LOAN|WARRANTY|")
    cell["cost_code"] = one_of("|W-1|W-1|W-10|L 1|l-1")
    if (status ~ /away|returned/) { cell["odometer"] = one_of("|7|18250"); cell["fuel"] = one_of("|1/2|8/8") }
    cell["note"] = one_of("||tall|expired")
    cell["recorded"] = "2026-12-20T08:00:00Z"
    legs = status ~ /cancelled|no-show|blocked/ ? 1 : 1 + (roll(2) ? 0 : roll(3))
    rows = ""
    for (leg = 1; leg <= legs; leg++) rows = rows make_row(leg, legs, out, back) "\n"
    return rows
}

function next_status(status) {
    if (status == "") return one_of("option|booked|booked|booked|blocked")
    if (status == "option") return one_of("booked|away|cancelled|option")
    if (status == "booked") return one_of("away|away|away|booked|no-show|cancelled")
    if (status == "away") return one_of("returned|returned|away")
    if (status == "blocked") return "cancelled"
    return one_of("booked|option|away") # --again, and what a person may have written
}

# Where a request's entry stands: `live`, the year of an archive, or both (mob-archive was stopped).
function places(request, number) {
    if (home[request] == "live") return "live"
    if (home[request] == "archive") return year[request]
    if (home[request] == "both") return "live " year[request]
    return (number <= turn[request]) == (home[request] == "again") ? year[request] : "live"
}

function make_calendar(directory,    requests, i, request, rows, place, list, file, status, number) {
    split("", status); split("", number); split("", opened)
    entries = 0
    requests = 3 + roll(6)
    for (i = 1; i <= requests; i++) {
        home[i] = one_of("live|live|live|live|archive|both|again|again|other")
        year[i] = one_of("2026|2027")
        turn[i] = 1 + roll(3)
    }
    print columns > (directory "/calendar.csv")
    for (i = requests + roll(3 * requests); i > 0; i--) {
        request = 1 + roll(requests)
        status[request] = next_status(status[request])
        rows = make_entry("R-" request, status[request])
        number[request]++
        list = split(places(request, number[request]), place, " ")
        for (; list > 0; list--) {
            file = directory "/calendar" (place[list] == "live" ? "" : "-" place[list]) ".csv"
            if (place[list] != "live" && !(file in opened)) { print columns > file; opened[file] = 1 }
            printf "%s", rows > file
        }
    }
    close(directory "/calendar.csv"); close(directory "/calendar-2026.csv"); close(directory "/calendar-2027.csv")
}

function make_choices(directory,    from, length_, first) {
    from = roll(3) ? 60 * roll(150) : roll(8640)
    length_ = roll(4) ? 60 * (1 + roll(84)) : 1 + roll(5000)
    first = roll(8)
    print "now=" instant(now) "\nfrom=" instant(from) "\nuntil=" instant(from + length_) "\nmin=" \
        one_of("1m|1m|90m|4h|1d|0m") "\nfirst=" date(first) "\nlast=" date(first + roll(10 - first)) "\nby=" \
        one_of("day|week|month") "\nby_pool=" one_of("|--by-pool") > (directory "/choices")
    close(directory "/choices")
}

BEGIN {
    srand(seed)
    column_count = split(columns, column, ",")
    for (site = 1; site <= count; site++) {
        now = moment()
        make_fleet(site)
        make_calendar(site)
        make_choices(site)
    }
}
