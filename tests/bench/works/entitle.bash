# Entitlement of a million requests against a million rows of coverage, from file to file.
"$here/generate.sh" coverage 1000000 "$work/site"
site=$work/site
duckdb="node $bin/bench/peers/entitle.mjs"

contestant mob-entitle "$site" '' "$bin/mob-entitle requests.csv"
contestant 'DuckDB, in order' "$site" '' "$duckdb $(nproc) ordered . $work/ordered.csv"
contestant 'DuckDB, in order, one core' "$site" '' "$duckdb 1 ordered . $work/one.csv"
contestant 'DuckDB, in any order' "$site" '' "$duckdb $(nproc) any . $work/any.csv"
contestant Python "$site" '' "python3 $here/peers/entitle.py requests.csv"
contestant sqlite3 "$site" '' "sqlite3 :memory: '.read $here/peers/entitle.sql'"
contestant Miller "$site" '' "mlr --csv put -f $here/peers/entitle.mlr solutions.csv programmes.csv benefits.csv \
coverage.csv requests.csv"
contestant 'bare csv_parse' "$site" '' "$bin/bench/pass coverage.csv requests.csv"
peers=('DuckDB, in order' 'DuckDB, in order, one core' 'DuckDB, in any order' Python sqlite3 Miller 'bare csv_parse')

answer mob-entitle
for peer in "${peers[@]}"; do
    answer "$peer"
    case $peer in
    *'in order') same "$work/mob-entitle.answer" "$work/ordered.csv" ;;
    *'one core') same "$work/mob-entitle.answer" "$work/one.csv" ;;
    *'any order') any_order "$work/mob-entitle.answer" "$work/any.csv" ;;
    bare*) ;;
    *) same "$work/mob-entitle.answer" "$work/$peer.answer" ;;
    esac
done
race "$ROUNDS" mob-entitle "${peers[@]}"

what='entitlement of 1,000,000 requests'
against "$what" mob-entitle 'DuckDB, in order' 0.5
against '  processor time' mob-entitle 'DuckDB, in order' 0.3 cpu
against '  memory' mob-entitle 'DuckDB, in order' 0.1 memory
against '' mob-entitle 'DuckDB, in any order' 1
against '' mob-entitle 'DuckDB, in order, one core' ''
for peer in Python sqlite3 Miller 'bare csv_parse'; do
    against '' mob-entitle "$peer" ''
done
