#!/usr/bin/env bats
# The calendar's promises and its eight steps, as a user of mob-book can see them (CALENDAR.md). Damage is in
# ledger-damage.bats, many processes and kill -9 in ledger-crowd.bats.
load helper
load seal
load ledger

prepare() {
    site
    export MOB_NOW=2026-11-24T08:00
    printf 'request,customer,solution,out,back\nR-1,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00\n' >rows.csv
    sed 's/R-1,Ada/R-2,Bob/; s/T09:00/T10:00/g' rows.csv >more.csv
}

# No file that a commit prepares is left.
nothing_left_over() {
    [ ! -e calendar.csv.new ] && [ ! -L calendar.csv.new ] && [ ! -e calendar.csv.last.new ] || { ls -la; return 1; }
}

# ---- again is harmless ----

@test "promise 4: the same input twice books once: all already, the same booking, the calendar the same file" {
    sed 1d more.csv >>rows.csv
    echo 'R-3,Cyd,TAXI,2026-11-30T09:00,2026-11-30T10:00' >>rows.csv
    check 0 mob-book rows.csv
    cells result entry | is 'booked|1
booked|2
booked|3'
    keep calendar.csv
    check 0 mob-book rows.csv
    cells request result status entry out back | is 'R-1|already|booked|1|2026-11-30T09:00|2026-12-01T09:00
R-2|already|booked|2|2026-11-30T10:00|2026-12-01T10:00
R-3|already|booked|3|2026-11-30T09:00|2026-11-30T10:00'
    kept calendar.csv
    nothing_left_over
}

# ---- step 1: the input ----

@test "step 1: input cut anywhere books what the whole would of the requests that are complete, or nothing with exit 2" {
    local header_end first_end
    # A quoted line end, so that a cut right behind a line end may still be inside a record.
    printf 'request,customer,solution,out,back\nR-1,"A\nda",TAXI,2026-11-30T09:00,2026-11-30T10:00\nR-2,Bob,BUS,2026-11-30T09:00,2026-11-30T10:00\n' >rows.csv
    check 0 mob-book --dry-run rows.csv
    sed 4d "$T/out" >whole # what it would answer to R-1 alone
    header_end=$(head -n 1 rows.csv | wc -c)
    first_end=$(head -n 3 rows.csv | wc -c)
    # In a shell of its own: bats' own tracing would take longer than the bookings.
    check 0 bash -c '
        rows=$(cat rows.csv; echo .)
        for ((length = 0; length < ${#rows} - 1; length++)); do
            printf %s "${rows:0:length}" >cut.csv
            status=0
            mob-book cut.csv >cut.out 2>cut.err || status=$?
            [ $status -eq 2 ] && [ ! -s cut.out ] && [ ! -e calendar.csv ] && continue
            echo "$length: $status"
            cat cut.out
            [ ! -e calendar.csv ] || echo booked
            rm -f calendar.csv*
        done'
    {
        echo "$header_end: 0"
        head -n 1 whole
        echo "$first_end: 0"
        cat whole
        echo booked
    } >expected
    same expected "$T/out"
}

@test "step 1: a last record without its line end is refused, be it whole" {
    printf 'request,customer,solution,out,back\nR-1,Ada,TAXI,2026-11-30T09:00,2026-11-30T10:00' >rows.csv
    check 2 mob-book rows.csv
    [ ! -e calendar.csv ]
}

@test "step 1: what a filter leaves behind that failed, a lone quote and its name, is refused" {
    local name
    for name in mob-avail mob-propose; do
        { cat rows.csv && printf '"%s\n' "$name"; } >failed.csv
        check 2 mob-book failed.csv
        says "$name"
    done
    check 2 mob-book /dev/null # the command before this one failed at once
    says 'no header'
    [ ! -e calendar.csv ]
}

@test "step 1: half an input from a filter that fails in a pipe books nothing" {
    printf 'request,customer,vin,jobs,wanted\nR-1,Ada,,OIL,2026-11-30T09:00\nR-2,Bob,,OIL,"2026' >requests.csv
    check 2 bash -c 'mob-estimate <requests.csv | mob-entitle | mob-propose | mob-avail | mob-book'
    [ ! -e calendar.csv ]
}

# ---- step 2: the lock ----

@test "step 2: locked by another program: exit 75 with --wait 0 and --wait 1, and nothing is booked" {
    local seconds
    for seconds in 0 1; do
        # flock holds the site's lock as long as the mob-book that it started runs.
        check 75 flock . mob-book --wait "$seconds" rows.csv
        [ ! -s "$T/out" ]
        says locked
    done
    [ ! -e calendar.csv ]
    check 75 flock . mob-book --wait 0 --dry-run rows.csv
    check 0 mob-book rows.csv
}

@test "step 2: a lock that is given back in time is waited for" {
    mkfifo locked
    flock . bash -c 'echo >locked; sleep 0.3' 3>&- &
    read -r <locked
    check 0 mob-book rows.csv
    wait
    calendar_cells request | uniq | is R-1
}

@test "step 2: no lock is held while the input is read" {
    mkfifo input
    mob-book --wait 0 input >out 2>err 3>&- &
    exec 9>input # now it reads
    head -n 1 rows.csv >&9
    check 0 flock --nonblock . true
    sed 1d rows.csv >&9
    exec 9>&-
    wait $!
    calendar_cells request | uniq | is R-1
}

@test "step 2: --site that is no directory, or is not there, is exit 2" {
    check 2 mob-book --site nowhere rows.csv
    check 2 mob-book --site rows.csv rows.csv
}

@test "readers take no lock" {
    printf 'request,solution,wanted,labour_min,explain_min,pay_type,programmes\nR-9,TAXI,2026-11-30T09:00,60,10,customer,\n' >asks.csv
    check 0 mob-book rows.csv
    check 0 flock . mob-avail asks.csv
    cells when | is wanted
}

# ---- step 3: what may be the calendar ----

@test "step 3: a symbolic link, hard link, directory or FIFO as calendar.csv is exit 2, and stays" {
    local make before
    check 0 mob-book rows.csv
    mv calendar.csv real.csv
    while read -r make; do
        eval "$make"
        before=$(stat -c '%i %F %h' calendar.csv real.csv)
        keep real.csv
        check 2 mob-book more.csv || { echo "$make"; return 1; }
        [ ! -s "$T/out" ]
        says calendar.csv
        check 2 mob-book rows.csv # also where nothing would be written
        kept real.csv
        [ "$(stat -c '%i %F %h' calendar.csv real.csv)" = "$before" ]
        rm -r calendar.csv
    done <<'CASES'
ln -s real.csv calendar.csv
ln real.csv calendar.csv
mkdir calendar.csv
mkfifo calendar.csv
CASES
    rm calendar.csv.last
    ln -s nowhere.csv calendar.csv # a link to nothing is no missing calendar
    check 2 mob-book more.csv
    [ -L calendar.csv ]
    [ ! -e nowhere.csv ]
}

@test "step 3: the calendar is not this command's own standard output" {
    check 0 mob-book rows.csv
    keep calendar.csv
    check 2 bash -c 'mob-book more.csv >>calendar.csv'
    check 2 bash -c 'mob-book more.csv 1<>calendar.csv'
    kept calendar.csv
}

# ---- step 5: the new files ----

@test "step 5: a left-over .new that is a symbolic link is removed, never written through" {
    local name
    echo precious >victim
    keep victim
    for name in calendar.csv.new calendar.csv.last.new; do ln -s victim "$name"; done
    check 0 mob-book rows.csv
    kept victim
    nothing_left_over
    [ ! -L calendar.csv ]
    [ ! -L calendar.csv.last ]
    # And any other left-over, a hard link too.
    ln victim calendar.csv.new && echo half >calendar.csv.last.new
    check 0 mob-book more.csv
    same "$T/keep.victim" victim
    nothing_left_over
    calendar_cells request | uniq | is 'R-1
R-2'
}

@test "step 5: a .new that cannot be removed is exit 2, nothing is booked" {
    check 0 mob-book rows.csv
    keep calendar.csv calendar.csv.last
    mkdir calendar.csv.new
    check 2 mob-book more.csv
    kept calendar.csv calendar.csv.last
    rmdir calendar.csv.new && mkdir calendar.csv.last.new
    check 2 mob-book more.csv
    kept calendar.csv calendar.csv.last
    [ ! -e calendar.csv.new ]
}

@test "step 5: the first calendar and the first .last are 0640, whatever the umask" {
    local mask
    for mask in 077 000 022; do
        rm -f calendar.csv*
        check 0 bash -c "umask $mask; mob-book rows.csv"
        stat -c '%n %a' calendar.csv calendar.csv.last | is 'calendar.csv 640
calendar.csv.last 640'
    done
}

@test "step 5: mode, group and owner of the old are kept, whatever the umask" {
    local group mode
    group=$(id -G | tr ' ' '\n' | tail -n 1)
    [ "$(id -u)" -ne 0 ] || group=12345
    check 0 mob-book rows.csv
    [ "$(id -u)" -ne 0 ] || chown 4242 calendar.csv # a root's booking gives it back to its owner
    chgrp "$group" calendar.csv calendar.csv.last
    for mode in 664 600 640; do
        chmod "$mode" calendar.csv calendar.csv.last
        stat -c '%a %g %u' calendar.csv calendar.csv.last >before
        check 0 bash -c "umask 077; sed 's/R-2/M-$mode/; s/LOANER/BUS/' more.csv | mob-book"
        stat -c '%a %g %u' calendar.csv calendar.csv.last | is "$(cat before)"
    done
    calendar_cells request | tail -n 1 | is M-640
}

@test "step 5: the ACL of the old is kept, and a directory's default ACL gives the new none" {
    command -v setfacl >/dev/null || skip 'no setfacl (package acl)'
    check 0 mob-book rows.csv
    setfacl -m u:12345:r calendar.csv 2>err || skip "no ACL here: $(cat err)"
    setfacl -d -m u:54321:rw .
    getfacl --omit-header --numeric calendar.csv >before
    check 0 mob-book more.csv
    getfacl --omit-header --numeric calendar.csv >after
    same before after
    getfacl --numeric calendar.csv.last >last
    ! grep -q 54321 last || { cat last; return 1; }
}

@test "step 5: a file size limit is a write that failed: exit 2, the old calendar stays, no .new" {
    sed -n '1p; 2{p;s/R-1/R-3/p;s/R-3/R-4/p;s/R-4/R-5/p}' rows.csv | sed 's/LOANER/BUS/' >many.csv
    check 0 mob-book many.csv
    keep calendar.csv calendar.csv.last
    # One block of 1,024 bytes is less than the header, four rows and two more.
    check 2 bash -c 'ulimit -f 1; exec mob-book more.csv'
    kept calendar.csv calendar.csv.last
    nothing_left_over
    check 0 mob-book more.csv
    [ "$(stat -c %s calendar.csv)" -gt 1024 ]
}

@test "a read-only site: exit 2, the calendar stays; readers go on" {
    check 0 mob-book rows.csv
    mkdir place
    cp ./*.csv calendar.csv.last place/
    # Root writes into a directory of mode 0555: a read-only mount, in a mount namespace of the test's own, stops it too.
    unshare -rm sh -c 'mount --bind place place && mount -o remount,ro,bind place' 2>err || skip "no mount here: $(cat err)"
    keep place/calendar.csv
    check 2 unshare -rm sh -c 'mount --bind place place && mount -o remount,ro,bind place && exec mob-book --site place more.csv'
    says calendar.csv
    kept place/calendar.csv
    check 0 unshare -rm sh -c 'mount --bind place place && mount -o remount,ro,bind place && exec mob-avail --site place' \
        <<<$'request,solution,wanted,labour_min,explain_min,pay_type,programmes\nR-9,TAXI,2026-11-30T09:00,60,10,customer,'
}

# ---- steps 6 and 8: the answer ----

@test "step 6: standard output closed or unread before the commit: exit 2, nothing is booked" {
    check 2 bash -c 'mob-book rows.csv >&-'
    [ ! -e calendar.csv ]
    # A pipe whose reader is gone: nothing has been written to it yet, so it is no SIGPIPE.
    check 2 bash -c 'exec 9> >(exec true); wait $!; exec mob-book rows.csv >&9'
    [ ! -e calendar.csv ]
    check 2 bash -c 'mob-book rows.csv 1</dev/null' # open, but not for writing
    [ ! -e calendar.csv ]
    nothing_left_over
}

@test "step 8: an answer that is lost after the commit is exit 74; the same input again says already" {
    check 74 bash -c 'mob-book rows.csv >/dev/full'
    says standard
    calendar_cells request status | uniq | is 'R-1|booked'
    check 74 bash -c 'mob-book rows.csv >/dev/full' # nothing to write, and still the answer is lost
    check 0 mob-book rows.csv
    cells result entry | is 'already|1'
}

@test "step 8: nothing to write: a closed output is 74, a closed pipe SIGPIPE, or 74 where that is ignored" {
    check 0 mob-book rows.csv
    keep calendar.csv
    check 74 bash -c 'mob-book rows.csv >&-'
    check 141 env --default-signal=PIPE bash -c 'exec 9> >(exec true); wait $!; exec mob-book rows.csv >&9'
    check 74 env --ignore-signal=PIPE bash -c 'exec 9> >(exec true); wait $!; exec mob-book rows.csv >&9'
    kept calendar.csv
}

@test "step 8: the lock is given back before the answer is printed: a slow reader holds up nobody" {
    mkfifo answer
    # A note longer than a pipe holds: mob-book is still printing when its first byte is there.
    printf 'request,customer,note,solution,out,back\nR-1,Ada,%0100000d,BUS,2026-11-30T09:00,2026-11-30T10:00\n' 7 >long.csv
    mob-book long.csv >answer 2>err 3>&- &
    exec 9<answer
    head -c 1 <&9 >first
    check 0 flock --nonblock . true
    check 0 mob-book --wait 0 more.csv
    cat <&9 >rest
    exec 9<&-
    wait $!
    grep -q ',booked,booked,1,$' rest
}

@test "--dry-run commits nothing, so a lost answer is exit 2" {
    check 2 bash -c 'mob-book --dry-run rows.csv >/dev/full'
    check 2 bash -c 'mob-book --dry-run rows.csv >&-'
    [ ! -e calendar.csv ]
}

@test "closed descriptors 0 to 2 at start-up never end up as the calendar" {
    local closed
    for closed in '<&-' '2>&-' '<&- 2>&-'; do
        rm -f calendar.csv*
        check 0 bash -c "mob-book rows.csv $closed" || { echo "$closed"; return 1; }
        cells result | is booked
        check 0 bash -c "mob-book more.csv $closed" || { echo "$closed"; return 1; }
        sed 's/,[0-9a-f]\{16\}$/,/' calendar.csv | seal >sealed
        same sealed calendar.csv
    done
    keep calendar.csv
    check 2 bash -c 'sed "s/R-1/R-3/; s/LOANER/BUS/" rows.csv | mob-book >&- 2>&-'
    check 2 bash -c 'mob-book <&- >&- 2>&-'
    kept calendar.csv
}

# ---- step 7: the order of things ----

# first PATTERN [FROM]: the number of the first line of the trace, from line FROM on, that matches.
first() {
    awk -v from="${2:-1}" -v pattern="$1" 'NR >= from && $0 ~ pattern { print NR; found = 1; exit } END { exit !found }' trace ||
        { echo "not in the trace: $1"; cat trace; return 1; }
}

@test "step 7: the new calendar is synced, then renamed, the directory synced, then the calendar, and only then the answer" {
    local times new_synced last_synced renamed directory_synced calendar_synced last_renamed answered
    for times in first second; do
        sed "s/R-1/R-$times/; s/LOANER/BUS/" rows.csv >input.csv
        # -y names each descriptor's file. Under a sanitizer ptrace is taken: leaks are looked for elsewhere.
        ASAN_OPTIONS=detect_leaks=0 check 0 strace -f -y -e trace=fsync,rename,renameat,renameat2,write -o trace mob-book input.csv
        new_synced=$(first '^[0-9]+ +fsync\([0-9]+<.*/calendar.csv.new>\) += 0')
        last_synced=$(first '^[0-9]+ +fsync\([0-9]+<.*/calendar.csv.last.new>\) += 0')
        renamed=$(first '^[0-9]+ +rename.*"calendar.csv.new".*"calendar.csv".* = 0')
        directory_synced=$(first "^[0-9]+ +fsync\\([0-9]+<$T>\\) += 0" "$renamed")
        calendar_synced=$(first '^[0-9]+ +fsync\([0-9]+<.*/calendar.csv>\) += 0' "$renamed")
        last_renamed=$(first '^[0-9]+ +rename.*"calendar.csv.last.new".*"calendar.csv.last".* = 0')
        answered=$(first '^[0-9]+ +write\(1<')
        echo "$new_synced $last_synced $renamed $directory_synced $calendar_synced $last_renamed $answered"
        [ "$new_synced" -lt "$renamed" ]
        [ "$last_synced" -lt "$renamed" ]
        [ "$renamed" -lt "$directory_synced" ]
        [ "$directory_synced" -lt "$calendar_synced" ]
        [ "$calendar_synced" -lt "$last_renamed" ]
        [ "$last_renamed" -lt "$answered" ]
        # No byte goes to the calendar under its own name.
        ! grep -E 'write\([0-9]+<[^>]*/calendar.csv(.last)?>' trace || return 1
    done
}

@test "step 4: nothing to write: the directory is synced, then the calendar, before already is answered" {
    local directory_synced calendar_synced answered
    check 0 mob-book rows.csv
    ASAN_OPTIONS=detect_leaks=0 check 0 strace -f -y -e trace=fsync,rename,renameat,renameat2,write -o trace mob-book rows.csv
    directory_synced=$(first "^[0-9]+ +fsync\\([0-9]+<$T>\\) += 0")
    calendar_synced=$(first '^[0-9]+ +fsync\([0-9]+<.*/calendar.csv>\) += 0')
    answered=$(first '^[0-9]+ +write\(1<')
    [ "$directory_synced" -lt "$calendar_synced" ]
    [ "$calendar_synced" -lt "$answered" ]
    ! grep rename trace || return 1
}

@test "steps 4 and 7: a sync that fails is exit 74, not known; the same input again says what holds" {
    local number
    # strace makes the Nth fsync fail: 1 and 2 are the new files (nothing committed), 3 the directory, 4 the calendar.
    for number in 1 2 3 4; do
        rm -f calendar.csv*
        ASAN_OPTIONS=detect_leaks=0 check "$([ "$number" -le 2 ] && echo 2 || echo 74)" \
            strace -f -o trace -e trace=fsync -e "inject=fsync:error=EIO:when=$number" mob-book rows.csv || { echo "fsync $number"; return 1; }
        [ ! -s "$T/out" ]
        nothing_left_over
        [ "$number" -le 2 ] && [ ! -e calendar.csv ] || [ "$number" -gt 2 ]
        check 0 mob-book rows.csv
        cells result entry | is "$([ "$number" -le 2 ] && echo booked || echo already)|1"
    done
    for number in 1 2; do
        ASAN_OPTIONS=detect_leaks=0 check 74 \
            strace -f -o trace -e trace=fsync -e "inject=fsync:error=EIO:when=$number" mob-book rows.csv
        [ ! -s "$T/out" ]
    done
}

@test "step 7: the rename of the calendar fails: exit 2, nothing committed; that of .last: a warning" {
    check 0 mob-book rows.csv
    keep calendar.csv calendar.csv.last
    ASAN_OPTIONS=detect_leaks=0 check 2 strace -f -o trace -e trace=renameat,renameat2,rename \
        -e inject=renameat,renameat2,rename:error=EIO:when=1 mob-book more.csv
    kept calendar.csv calendar.csv.last
    nothing_left_over
    ASAN_OPTIONS=detect_leaks=0 check 0 strace -f -o trace -e trace=renameat,renameat2,rename \
        -e inject=renameat,renameat2,rename:error=EIO:when=2 mob-book more.csv
    says calendar.csv.last
    cells result | is booked
    kept calendar.csv.last
    nothing_left_over
    check 0 mob-book more.csv # .last is behind, as after a crash between the two renames
    cells result entry | is 'already|2'
}

@test "steps 6 and 7: a TERM that comes while the calendar is renamed waits until the commit is whole" {
    # strace sends it on entering the rename; blocked, it is delivered only after .last has followed.
    ASAN_OPTIONS=detect_leaks=0 check 143 env --default-signal=TERM strace -f -o trace -e trace=renameat,renameat2,rename \
        -e inject=renameat,renameat2,rename:signal=TERM:when=1 mob-book rows.csv
    calendar_cells request | uniq | is R-1
    is "1 $(calendar_cells check | tail -n 1)" <calendar.csv.last
    check 0 mob-book rows.csv
    cells result entry | is 'already|1'
}
