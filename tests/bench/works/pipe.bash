# Five copies of a pass-through in one pipe, against one `mlr --csv cat`.
"$here/generate.sh" coverage 1000000 "$work"
through=$bin/bench/through
contestant 'five filters' "$work" '' \
    "sh -c '$through requests.csv | $through | $through | $through | $through'"
contestant 'one mlr cat' "$work" '' 'mlr --csv cat requests.csv'
answer 'five filters'
answer 'one mlr cat'
same "$work/five filters.answer" "$work/one mlr cat.answer"
race "$ROUNDS" 'five filters' 'one mlr cat'
against 'five copies of a pass-through in a pipe, 1,000,000 rows' 'five filters' 'one mlr cat' 0.8
