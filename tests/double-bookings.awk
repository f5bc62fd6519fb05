# Prints every pair of bookings of a calendar that occupy one resource at the same instant. It shares nothing with the
# tools, for it is to find what they got wrong.
#
# usage: awk -f double-bookings.awk [-v now=2026-11-24T08:00] calendar.csv      exits 1 if it found one

# Splits a whole record into cell[1..n].
function split_record(record,    i, c, n, quoted) {
    split("", cell)
    n = 1
    cell[1] = ""
    for (i = 1; i <= length(record); i++) {
        c = substr(record, i, 1)
        if (c == "\"")
            quoted = !quoted # of a doubled quote one is lost: no cell that is looked at holds one
        else if (c == "," && !quoted)
            cell[++n] = ""
        else
            cell[n] = cell[n] c
    }
}

{
    record = record (record == "" ? "" : "\n") $0
    if (gsub(/"/, "\"", record) % 2 == 1)
        next # its line end is inside a cell
    split_record(record)
    record = ""
}

header == "" {
    header = $0
    for (i in cell) column[cell[i]] = i
    next
}

{
    request = cell[column["request"]]
    entry = cell[column["entry"]]
    if (!(request in highest) || highest[request] < entry + 0) highest[request] = entry + 0
    rows++
    of_request[rows] = request
    of_entry[rows] = entry + 0
    status = cell[column["status"]]
    expires = cell[column["expires"]]
    counts[rows] = status ~ /^(booked|away|blocked|returned)$/ || (status == "option" && (expires == "" || expires > now))
    resource[rows] = cell[column["resource"]]
    from[rows] = cell[column["busy_from"]]
    until[rows] = cell[column["busy_until"]]
}

END {
    for (i = 1; i <= rows; i++) {
        if (resource[i] == "" || !counts[i] || highest[of_request[i]] != of_entry[i]) continue
        for (j = 1; j < i; j++)
            if (resource[j] == resource[i] && counts[j] && highest[of_request[j]] == of_entry[j] &&
                from[i] < until[j] && from[j] < until[i]) { # ISO date-times sort as text
                print resource[i] ": " of_request[j] " (entry " of_entry[j] ") and " of_request[i] " (entry " of_entry[i] ")"
                found = 1
            }
    }
    exit found
}
