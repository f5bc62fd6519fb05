# Is a car free: 10,000 intervals over 10,000 bookings of 50 cars, from file to file.
"$here/generate.sh" intervals 10000 "$work/site"
postgres_start
site=$work/site
contestant planning "$site" '' "$bin/bench/planning intervals.csv"
contestant sqlite3 "$site" '' "sqlite3 :memory: '.read $here/peers/planning.sql'"
contestant 'DuckDB, ASOF' "$site" '' "node $bin/bench/peers/planning.mjs $(nproc) . $work/asof.csv"
contestant 'PostgreSQL, GiST' "$site" '' "$psql -f $here/peers/planning.psql"
for name in planning sqlite3 'DuckDB, ASOF' 'PostgreSQL, GiST'; do
    answer "$name"
done
same "$work/planning.answer" "$work/sqlite3.answer"
any_order "$work/planning.answer" "$work/asof.csv"
any_order "$work/planning.answer" "$work/PostgreSQL, GiST.answer"
race "$ROUNDS" planning sqlite3 'DuckDB, ASOF' 'PostgreSQL, GiST'
against 'is a car free, 10,000 intervals' planning sqlite3 0.2
against '' planning 'DuckDB, ASOF' 0.2
against '' planning 'PostgreSQL, GiST' 0.2
