# One durable booking a process: a ledger, and one booking more.
on_a_disk
postgres_start
for rows in 1000 10000; do
    site=$work/$rows
    # Two rows an entry: a car and an advisor.
    "$here/generate.sh" ledger $((rows / 2)) "$site"
    (
        cd "$site"
        "$bin/mob-book" -q --now 2026-01-01T08:00 walkins.csv >booked.csv
        [ "$(wc -l <calendar.csv)" -eq $((rows + 1)) ] || fail "the ledger has not $rows rows"
        mkdir kept
        cp calendar.csv calendar.csv.last kept/
        printf 'request,customer,solution,out,back\nR-NEW,Customer,LOANER,2090-01-05T08:00,2090-01-06T17:00\n' >new.csv
        # The peers' ledger: a row for each resource, as ours.
        awk -F, 'NR > 1 {
            split($7, resources, " ")
            print $1 "," $2 "," resources[1] "," $5 "," $6
            print $1 "," $2 "," resources[2] "," $5 "," substr($5, 1, 14) substr($5, 15, 1) + 1 "5"
        }' walkins.csv >rows.csv
        sqlite3 kept/db ".read $here/peers/bookings.sql" '.mode csv' '.import rows.csv bookings'
    )
    insert="INSERT INTO bookings VALUES ('R-NEW', 'Customer', 'CAR-1'"
    contestant "mob-book $rows" "$site" 'cp kept/calendar.csv kept/calendar.csv.last . && sync' \
        "$bin/mob-book -q --now 2026-01-01T08:00 new.csv"
    contestant "sqlite3 $rows" "$site" 'cp kept/db db && sync' \
        "sqlite3 db \"$insert, '2090-01-05T08:00', '2090-01-06T17:00') RETURNING request\""
    $psql -f "$here/peers/bookings.psql"
    awk -F, '{ print $1 "," $2 "," $3 ",\"[" $4 "," $5 ")\"" }' "$site/rows.csv" >"$site/ranges.csv"
    $psql -c "\\copy bookings FROM '$site/ranges.csv' (FORMAT csv)"
    contestant "psql $rows" "$site" \
        "$psql -c \"DELETE FROM bookings WHERE request = \\\$\\\$R-NEW\\\$\\\$\" && sync" \
        "$psql -A -t -c \"$insert, '[2090-01-05T08:00,2090-01-06T17:00)') RETURNING request\""
    for name in "mob-book $rows" "sqlite3 $rows" "psql $rows"; do
        answer "$name"
    done
    grep -q '^R-NEW,.*,booked,booked,' "$work/mob-book $rows.answer" || fail "mob-book did not book"
    for peer in sqlite3 psql; do
        [ "$(cat "$work/$peer $rows.answer")" = R-NEW ] || fail "$peer did not book"
    done
    race $((ROUNDS * 3)) "mob-book $rows" "sqlite3 $rows" "psql $rows"
    sqlite_mark=1 psql_mark=''
    [ "$rows" -eq 1000 ] || sqlite_mark='' psql_mark=1
    against "one durable booking a process, ledger of $rows rows" "mob-book $rows" "sqlite3 $rows" "$sqlite_mark"
    against '' "mob-book $rows" "psql $rows" "$psql_mark"
done
