# What tests of the planning share: calendars that mob-book cannot make, and tables of cases for mob-avail.

# seal: standard input is a calendar with a header and an empty cell `check`, the last, in every row; standard output is
# the same with the checks filled in: XXH3-64 of every byte before the cell (CALENDAR.md).
seal() {
    local line record='' before='' sum quotes
    while IFS= read -r line || [ -n "$line" ]; do
        record+=$line
        quotes=${record//[!\"]/}
        if [ $((${#quotes} % 2)) -eq 1 ]; then # the line end is inside a quoted cell
            record+=$'\n'
            continue
        fi
        before+=$record
        if [ "${#before}" -gt "${#record}" ]; then # not the header
            sum=$(printf '%s' "$before" | xxhsum -H3) || return 1
            [[ $sum =~ [0-9a-f]{16} ]] || return 1
            before+=${BASH_REMATCH[0]}
        fi
        before+=$'\n'
        record=''
    done
    printf '%s' "$before"
}
