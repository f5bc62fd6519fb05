# The five filters, 100,000 requests and ten solutions: rows a second of each stage, from file to file. A stage's rows
# are those that it reads or those that it writes, whichever are more.
"$here/generate.sh" workflow 100000 "$work/site"
export MOB_NOW=2026-01-05T08:00
site=$work/site
stages=(estimate entitle propose avail book)
input=requests.csv
for stage in "${stages[@]}"; do
    clean=''
    [ "$stage" != book ] || clean='rm -f calendar.csv*'
    contestant "$stage" "$site" "$clean" "$bin/mob-$stage -q $input"
    answer "$stage"
    ln "$work/$stage.answer" "$site/$stage.csv"
    read_rows=$(($(wc -l <"$site/$input") - 1))
    written_rows=$(($(wc -l <"$site/$stage.csv") - 1))
    counts+=("$((read_rows > written_rows ? read_rows : written_rows))")
    input=$stage.csv
done
race "$ROUNDS" "${stages[@]}"
speeds=()
for i in "${!stages[@]}"; do
    speeds+=("$(awk -v rows="${counts[i]}" -v ms="${wall[${stages[i]}]}" 'BEGIN { printf "%.0f", rows / ms }')")
done
fastest=$(printf '%s\n' "${speeds[@]}" | sort -n | tail -n 1)
for i in "${!stages[@]}"; do
    share=$(awk -v one="${speeds[i]}" -v most="$fastest" 'BEGIN { printf "%.2f", one / most }')
    print_row "mob-${stages[i]}, ${counts[i]} rows, thousand rows a second" "${speeds[i]}" 'the fastest stage' \
        "$fastest" "$share" 'at least 0.33' \
        "$(awk -v one="${speeds[i]}" -v most="$fastest" 'BEGIN { print (one * 3 >= most ? "met" : "NOT MET") }')"
done
