# 100,000 bookings in one run, each checked against all before it, one durable commit.
on_a_disk
"$here/generate.sh" bookings 100000 "$work/site"
site=$work/site
postgres_start
contestant mob-book "$site" 'rm -f calendar.csv* && sync' "$bin/mob-book -q --now 2026-01-01T08:00 bookings.csv"
contestant 'sqlite3, trigger' "$site" "rm -f $work/db* && sync" \
    "sqlite3 $work/db '.read $here/peers/bookings.sql' '.read $here/peers/bookings-load.sql'"
contestant 'PostgreSQL, GiST' "$site" sync "$psql -f $here/peers/bookings-load.psql"

answer mob-book
mlr --csv filter '$result == "booked"' then cut -f request "$work/mob-book.answer" >"$work/booked"
for peer in 'sqlite3, trigger' 'PostgreSQL, GiST'; do
    answer "$peer"
    any_order "$work/booked" "$work/$peer.answer"
done
race "$ROUNDS" mob-book 'sqlite3, trigger' 'PostgreSQL, GiST'
against '100,000 bookings in one run' mob-book 'sqlite3, trigger' 0.5
against '  processor time' mob-book 'sqlite3, trigger' '' cpu
against '' mob-book 'PostgreSQL, GiST' ''
