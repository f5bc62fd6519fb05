# seal: hand-made calendars. Standard input: a header and rows whose last cell, check, is empty; standard output: the
# same, each row with its check (CALENDAR.md: the XXH3-64 of every byte of the file before that cell). xxhsum is not
# the tools' own code, so a test of the check has a second opinion.
seal() {
    local line record='' quotes sealed
    sealed=$(mktemp "${T:-/tmp}/seal.XXXXXX") || return 1
    IFS= read -r line && printf '%s\n' "$line" >"$sealed"
    while IFS= read -r line; do
        record+=$line
        quotes=${record//[!\"]/}
        if [ $((${#quotes} % 2)) -eq 1 ]; then # the line end stands in a quoted cell
            record+=$'\n'
            continue
        fi
        printf '%s' "$record" >>"$sealed"
        xxhsum -H3 <"$sealed" | grep -oE '[0-9a-f]{16}' >>"$sealed"
        record=''
    done
    cat "$sealed"
    rm "$sealed"
}
