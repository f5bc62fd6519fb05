# Checks calendars against what was promised of them, and against the answers that were given. It shares nothing with the
# tools, for it is to find what they got wrong.
#
# usage: awk -f promises.awk [-v now=2026-11-24T08:00] FILE...       exits 1 if a promise was broken
#
# FILE is a calendar, or a row of cases, each of these lines, followed by what they name:
#
#     @calendar TEXT     a case begins, called TEXT
#     @last              its calendar.csv.last
#     @live              its calendar.csv
#     @archive           an archive of it, behind the live file
#     @answers           what a tool printed: rows with request, result and entry
#     @absent            requests, a line each, of runs that said that they had committed nothing
#
# It prints `lost: …`, `doubled: …` and `broken: …`, a line each, and how many calendars were checked.

# Splits a whole record into cell[1..n].
function split_record(record,    i, c, quoted) {
    cell_count = split(record, cell, ",")
    if (record !~ /"/)
        return
    split("", cell)
    cell_count = 1
    cell[1] = ""
    for (i = 1; i <= length(record); i++) {
        c = substr(record, i, 1)
        if (c == "\"")
            quoted = !quoted # of a doubled quote one is lost: no cell that is looked at holds one
        else if (c == "," && !quoted)
            cell[++cell_count] = ""
        else
            cell[cell_count] = cell[cell_count] c
    }
}

function say(kind, text) {
    print kind ": " name ": " text
    found = 1
}

function read_header(    i) {
    split("", column)
    for (i = 1; i <= cell_count; i++)
        column[cell[i]] = i
    width = cell_count
    is_header = 0
}

# What an entry says, the same in all its rows and in a copy of it: all but its number and what the row and time give it.
function fact(    i, text) {
    for (i = 1; i <= width; i++)
        if (i != column["entry"] && i != column["leg"] && i != column["span"] && i != column["resource"] &&
            i != column["busy_from"] && i != column["busy_until"] && i != column["price"] && i != column["saving"] &&
            i != column["operator"] && i != column["recorded"] && i != column["check"])
            text = text cell[i] ","
    return text
}

function kept_when_purged() {
    return cell[column["request"]] "," cell[column["status"]] "," cell[column["resource"]] "," cell[column["out"]] "," cell[column["back"]]
}

# One row of the calendar or an archive.
function read_row(    entry, leg, slash, number) {
    entry = cell[column["entry"]]
    leg = cell[column["leg"]]
    slash = index(leg, "/")
    number = substr(leg, 1, slash - 1) + 0
    if (cell_count != width)
        say("broken", "entry " entry " has " cell_count " cells, not " width)
    if (number != (leg_of_last < legs_of_last ? leg_of_last + 1 : 1) || (number > 1 && entry != last_entry))
        say("broken", "entry " entry " leg " leg " comes behind entry " last_entry " leg " leg_of_last "/" legs_of_last)
    if (number == 1 && entry + 0 <= last_entry + 0)
        say("broken", "entry " entry " comes behind entry " last_entry)
    leg_of_last = number
    legs_of_last = substr(leg, slash + 1) + 0
    last_entry = entry
    if (part == "live")
        check_of[entry] = cell[column["check"]]
    if ((entry, leg) in seen) { # in an archive and the live file, while mob-archive has not completed
        if (part == "live" || seen[entry, leg] != kept_when_purged())
            say("broken", "entry " entry " stands twice")
        return
    }
    seen[entry, leg] = kept_when_purged()
    keep_row(entry + 0, number)
}

function keep_row(entry, number,    request) {
    request = cell[column["request"]]
    if (number == 1) {
        entries++
        if (entry > highest_entry) highest_entry = entry
        request_of[entry] = request
        fact_of[entry] = fact()
        booked_of[entry] = cell[column["out"]] "," cell[column["back"]]
    } else if (fact_of[entry] != fact()) {
        say("broken", "the rows of entry " entry " differ")
    }
    resources_of[entry] = resources_of[entry] (resources_of[entry] == "" ? "" : " ") cell[column["resource"]]
    if (entry > highest[request]) highest[request] = entry
    rows++
    entry_of_row[rows] = entry
    status = cell[column["status"]]
    expires = cell[column["expires"]]
    is_live[rows] = part == "live" &&
        (status ~ /^(booked|away|blocked|returned)$/ || (status == "option" && (expires == "" || expires > now)))
    resource[rows] = cell[column["resource"]]
    from[rows] = cell[column["busy_from"]]
    until[rows] = cell[column["busy_until"]]
}

# A row that a tool printed: what it says was done is there.
function check_answer(    entry) {
    entry = cell[column["entry"]]
    if (cell_count != width || cell[column["result"]] !~ /^(booked|already|replaced|done)$/)
        return
    answers++
    said[answers] = entry "," cell[column["request"]]
    said_times[answers] = said_resources[answers] = ""
    if ("action" in column || !("out" in column))
        return
    said_times[answers] = cell[column["out"]] "," cell[column["back"]]
    if ("resource" in column)
        said_resources[answers] = cell[column["resource"]]
}

function clear() {
    split("", seen); split("", highest); split("", request_of); split("", fact_of); split("", booked_of)
    split("", resources_of); split("", check_of); split("", is_absent)
    part = ""
    entries = highest_entry = rows = answers = 0
    last_line = ""
}

function check_double_bookings(    i, j, row, count, list) {
    for (i = 1; i <= rows; i++)
        if (resource[i] != "" && is_live[i] && highest[request_of[entry_of_row[i]]] == entry_of_row[i])
            list[++count] = i
    for (i = 1; i <= count; i++)
        for (j = 1; j < i; j++)
            if (resource[list[j]] == resource[list[i]] && from[list[i]] < until[list[j]] &&
                from[list[j]] < until[list[i]]) # ISO date-times sort as text
                say("doubled", resource[list[i]] " by the entries " entry_of_row[list[j]] " and " entry_of_row[list[i]])
}

function finish_case(    i, entry, before) {
    if (!is_case)
        return
    checked++
    if (entries != highest_entry)
        say("broken", entries " entries, and the highest is " highest_entry)
    if (last_line != "" && (!((last_line + 0) in check_of) ||
        (last_line !~ /^[0-9]+ -$/ && check_of[last_line + 0] != substr(last_line, index(last_line, " ") + 1))))
        say("broken", ".last is `" last_line "`")
    for (i = 1; i <= highest_entry; i++) {
        if (request_of[i] in before && fact_of[before[request_of[i]]] == fact_of[i] &&
            resources_of[before[request_of[i]]] == resources_of[i])
            say("doubled", "entry " i " says what entry " before[request_of[i]] " said")
        before[request_of[i]] = i
        if (request_of[i] in is_absent)
            say("broken", request_of[i] " was not committed, and is entry " i)
    }
    for (i = 1; i <= answers; i++) {
        entry = substr(said[i], 1, index(said[i], ",") - 1)
        if (!(entry in request_of) || request_of[entry] != substr(said[i], index(said[i], ",") + 1) ||
            (said_times[i] != "" && said_times[i] != booked_of[entry]) ||
            (said_resources[i] != "" && said_resources[i] != resources_of[entry]))
            say("lost", "an answer said entry " entry " of " substr(said[i], index(said[i], ",") + 1) " " said_times[i] " " said_resources[i])
    }
    check_double_bookings()
}

function begin_part(what) {
    part = what
    is_header = 1
    record = ""
    last_entry = leg_of_last = legs_of_last = 0
}

FNR == 1 && !/^@/ {
    finish_case()
    clear()
    name = FILENAME
    is_case = 1
    begin_part("live")
}

/^@calendar/ {
    finish_case()
    clear()
    name = substr($0, 11)
    is_case = 1
    next
}
/^@live/ { begin_part("live"); next }
/^@archive/ { begin_part("archive"); next }
/^@answers/ { begin_part("answers"); next }
/^@last/ { begin_part("last"); next }
/^@absent/ { begin_part("absent"); next }

part == "last" { last_line = last_line $0; next }
part == "absent" { is_absent[$0] = 1; next }

{
    record = record (record == "" ? "" : "\n") $0
    if (gsub(/"/, "\"", record) % 2 == 1)
        next # its line end is inside a cell
    split_record(record)
    record = ""
    if (is_header)
        read_header()
    else if (part == "answers")
        check_answer()
    else
        read_row()
}

END {
    finish_case()
    print checked + 0 " calendars checked"
    exit found
}
