# For tests that make a calendar row by row, look into it, or watch that nobody changed it. Needs helper and seal.

ledger_columns=entry,leg,request,status,customer,vin,jobs,km,pay_type,licence_until,labour_min,explain_min,programmes
ledger_columns+=,solution,span,resource,busy_from,busy_until,out,back,ready,expires,days,price,saving,currency
ledger_columns+=,programme,cost_code,odometer,fuel,operator,note,recorded,check

# row NAME=VALUE... : one row of a calendar, its check still empty. What is not named is as in the list below, or empty.
# With a resource and no times of its own, it is occupied from `out` to `back`.
row() {
    local pair name line=''
    local -A cell=([entry]=1 [leg]=1/1 [request]=R-1 [status]=booked [customer]=Ada [solution]=LOANER
        [out]=2026-11-30T09:00 [back]=2026-12-01T09:00 [recorded]=2026-11-20T10:00:00Z)
    for pair; do
        cell[${pair%%=*}]=${pair#*=}
    done
    if [ "${cell[resource]:-}" ]; then
        : "${cell[span]:=stay}" "${cell[busy_from]:=${cell[out]}}" "${cell[busy_until]:=${cell[back]}}"
    fi
    for name in ${ledger_columns//,/ }; do
        line+=${cell[$name]:-},
    done
    printf '%s\n' "${line%,}"
}

# made [FILE]: the rows on standard input become calendar.csv (or FILE), with a header and sealed.
made() {
    { printf '%s\n' "$ledger_columns" && cat; } | seal >"${1:-calendar.csv}"
}

# calendar_cells COLUMN... : those columns of calendar.csv, a row a line, separated by `|`, without the header.
calendar_cells() {
    cells_of calendar.csv "$@"
}

# keep FILE... and kept FILE... : fails where one of the files is no longer what it was: other bytes, or another inode.
keep() {
    local name
    for name; do
        cp -p "$name" "$T/keep.${name##*/}" && stat -c '%i' "$name" >"$T/inode.${name##*/}" || return 1
    done
}
kept() {
    local name
    for name; do
        same "$T/keep.${name##*/}" "$name" || return 1
        stat -c '%i' "$name" | cmp -s - "$T/inode.${name##*/}" || { printf '%s was replaced\n' "$name"; return 1; }
    done
}
