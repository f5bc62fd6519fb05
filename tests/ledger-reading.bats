# Reading calendars and archives where something is in the way: no reader hangs, no archive hides another.
load helper
load seal

prepare() {
    site
    export MOB_NOW=2026-11-23T08:00
}

# entry N REQUEST STATUS OUT BACK: one row of a calendar as `seal` takes it.
entry_row() {
    printf '%s,1/1,%s,%s,Anne,,,,,,,,,BUS,,,,,%s,%s,,,1,,,,,,,,tester,,2026-01-01T00:00:00Z,\n' "$@"
}

columns=entry,leg,request,status,customer,vin,jobs,km,pay_type,licence_until,labour_min,explain_min,programmes,solution,span,resource,busy_from,busy_until,out,back,ready,expires,days,price,saving,currency,programme,cost_code,odometer,fuel,operator,note,recorded,check

@test "CALENDAR, readers: what cannot be read is refused at once, it is not waited for" {
    mkdir calendar.csv
    check 2 timeout 10 mob-list
    rmdir calendar.csv
    mkfifo calendar.csv.last
    check 2 timeout 10 mob-list
    says calendar.csv.last
}

@test "CALENDAR, archives: several of them are read, whatever their numbers are among each other" {
    { echo $columns; entry_row 1 R-1 returned 2024-03-01T09:00 2024-03-02T09:00
        entry_row 4 R-4 returned 2024-04-01T09:00 2024-04-02T09:00; } | seal >calendar-2024.csv
    { echo $columns; entry_row 2 R-2 cancelled 2025-03-01T09:00 2025-03-02T09:00
        entry_row 3 R-3 returned 2025-03-01T09:00 2025-03-02T09:00; } | seal >calendar-2025.csv
    check 0 mob-list --history
    cells entry request | is $'1|R-1\n2|R-2\n3|R-3\n4|R-4'
    printf 'request,customer,solution,out,back\nR-4,Anne,BUS,2024-04-01T09:00,2027-04-02T09:00\nR-2,Anne,BUS,2025-03-01T09:00,2027-03-02T09:00\n' >old.csv
    check 0 mob-book old.csv
    cells request result entry | is $'R-4|ended|4\nR-2|ended|2'
}

@test "CALENDAR: a calendar that is damaged is named in the message of every tool that reads it" {
    printf 'request,customer,solution,out,back\nR-1,Anne,BUS,2026-11-24T09:00,2026-11-25T09:00\n' >in.csv
    check 0 mob-book in.csv
    sed -i 's/Anne/Bert/' calendar.csv
    for tool in 'mob-book in.csv' mob-list 'mob-amend cancel R-1'; do
        check 2 $tool
        says 'calendar.csv:2: '
    done
}
