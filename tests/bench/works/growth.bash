# Every tool from 1,000 to 1,000,000 rows, one run each: wall time and peak memory. A straight line is ten times the
# time for ten times the rows; the memory of what streams stays flat. A run that would take over a minute is left out.
export MOB_NOW=2026-01-05T08:00
sizes=(1000 10000 100000 1000000)
declare -A grown_wall grown_memory

# grow TOOL SIZE-INDEX FOLDER COMMAND: runs it once; its output is $work/TOOL.answer. False where it is left out: by the
# last size it would take over a minute, or it has.
grow() {
    local name=$1 i=$2 status=0 last=0
    [ "$i" -eq 0 ] || last=${grown_wall[$name $((i - 1))]:-60000}
    [ "${last%.*}" -le 6000 ] || return 1
    (cd "$3" && eval "timeout 60 \"\$bin/bench/measure\" \"\$work/figures\" $4") >"$work/$name.answer" 2>"$work/said" ||
        status=$?
    [ "$status" -ne 124 ] || return 1
    [ "$status" -eq 0 ] || { tail -n 20 "$work/said" >&2; fail "$name ended with $status: $4"; }
    read -r "grown_wall[$name $i]" _ "grown_memory[$name $i]" <"$work/figures"
}

# ---- filters: `rows` is what is read, or, of mob-propose, what is written ----

for i in "${!sizes[@]}"; do
    rows=${sizes[i]} site=$work/site
    "$here/generate.sh" workflow "$rows" "$site"
    grow mob-import "$i" "$site" \
        "$bin/mob-import --map request=request --map wanted=wanted --map km=km requests.csv" || true
    grow mob-estimate "$i" "$site" "$bin/mob-estimate -q requests.csv" || break
    mv "$work/mob-estimate.answer" "$site/estimate.csv"
    grow mob-entitle "$i" "$site" "$bin/mob-entitle -q estimate.csv" || break
    mv "$work/mob-entitle.answer" "$site/entitle.csv"
    head -n $((rows / 10 + 1)) "$site/entitle.csv" >"$site/tenth.csv"
    grow mob-propose "$i" "$site" "$bin/mob-propose -q tenth.csv" || break
    mv "$work/mob-propose.answer" "$site/propose.csv"
    if grow mob-avail "$i" "$site" "$bin/mob-avail -q propose.csv"; then
        mv "$work/mob-avail.answer" "$site/avail.csv"
        grow 'mob-book (offers)' "$i" "$site" "$bin/mob-book -q avail.csv" || true
    fi
    rm -rf "$site"
done

# ---- a ledger of `rows` entries, of two rows each ----

for i in "${!sizes[@]}"; do
    rows=${sizes[i]} site=$work/site
    "$here/generate.sh" ledger "$rows" "$site"
    grow 'mob-book (walk-ins)' "$i" "$site" "$bin/mob-book -q walkins.csv" || break
    for tool in free use claim plan check list; do
        grow "mob-$tool" "$i" "$site" "$bin/mob-$tool -q" || true
    done
    [ ! -f "$work/mob-list.answer" ] || grow mob-ics "$i" "$site" "$bin/mob-ics -q $work/mob-list.answer" || true
    awk -F, 'NR == 1 { print "request,action" } NR > 1 { print $1 ",cancel" }' "$site/walkins.csv" >"$site/cancel.csv"
    if grow 'mob-amend (cancel)' "$i" "$site" "$bin/mob-amend -q cancel.csv"; then
        grow mob-archive "$i" "$site" "$bin/mob-archive -q --now 2300-01-01T00:00 --before 2299-01-01" || true
    fi
    rm -rf "$site"
done

# ---- what came of it ----

# cell TOOL SIZE-INDEX
cell() {
    [ -n "${grown_wall[$1 $2]:-}" ] || { echo 'over a minute'; return; }
    echo "$(figure wall "${grown_wall[$1 $2]}") $(figure memory "${grown_memory[$1 $2]}")"
}

# last_size TOOL: the index of the largest that was run.
last_size() {
    local last=3
    until [ -n "${grown_wall[$1 $last]:-}" ]; do
        last=$((last - 1))
    done
    echo "$last"
}

printf 'growth|1,000 rows|10,000|100,000|1,000,000|time, last ten-fold\n' >"$table.growth"
for tool in mob-import mob-estimate mob-entitle mob-propose mob-avail 'mob-book (offers)' 'mob-book (walk-ins)' \
    'mob-amend (cancel)' mob-list mob-free mob-use mob-claim mob-plan mob-check mob-ics mob-archive; do
    last=$(last_size "$tool")
    printf '%s|%s|%s|%s|%s|%s\n' "$tool" "$(cell "$tool" 0)" "$(cell "$tool" 1)" "$(cell "$tool" 2)" \
        "$(cell "$tool" 3)" "$(awk -v now="${grown_wall[$tool $last]}" -v before="${grown_wall[$tool $((last - 1))]}" \
            'BEGIN { printf "x %.1f", now / before }')" >>"$table.growth"
done
for tool in mob-import mob-estimate mob-entitle mob-propose mob-avail mob-ics; do
    last=$(last_size "$tool")
    # mob-avail keeps a hold for each request.
    ratio_row "memory of $tool, ${sizes[last]} rows : 10000" "$(figure memory "${grown_memory[$tool $last]}")" \
        '10000 rows' "$(figure memory "${grown_memory[$tool 1]}")" \
        "${grown_memory[$tool $last]}" "${grown_memory[$tool 1]}" "$([ "$tool" = mob-avail ] || echo 1.1)"
done
