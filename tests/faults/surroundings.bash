#!/bin/bash
# Where the writing tools run: file systems that are full or read-only, files that cannot be replaced, output that nobody
# reads, other users. Of each, the exit status must be true, and once the cause is gone the same command must complete.
#
# usage: tests/faults/surroundings.bash DIRECTORY      environment: MOB_BIN
#
# Speaks as run.sh says. A case is a function; `case_of` names it and makes its scenario anew.
set -u
export TZ=UTC LC_ALL=C LOGNAME=tester MOB_NOW=2026-11-24T08:00
directory=$1
here=$(cd "$(dirname "$0")" && pwd)
PATH=$MOB_BIN:$PATH
declare -A counts

broken() { printf 'broken: %s: %s\n' "$name" "$*"; }
count() { counts[$1]=$((${counts[$1]:-0} + 1)); }
skip() { printf '# skipped: %s: %s\n' "$1" "$2"; }

# is_done: whether the calendar and its archives are what the command makes of them, but for what differs from run to run.
is_done() {
    local file
    for file in "$directory"/after/site/calendar*.csv; do
        cmp -s <(sed 's/,[^,]*,[^,]*$//' "$file") <(sed 's/,[^,]*,[^,]*$//' "${file##*/}" 2>/dev/null) || return 1
    done
}

# Every case that a command of `scenarios` can meet; `after` is what it makes of the calendar when nothing is wrong.
scenarios='book amend archive'
prepare_scenario() {
    bash "$here/scenarios.bash" "$directory/made" "$1" >/dev/null || exit 1
    mapfile -t command <"$directory/made/$1/command"
    cp -a "$directory/made/$1" "$directory/after"
    (cd "$directory/after/site" && "${command[@]}" >../answer 2>/dev/null)
    expected=$?
    refused=(2)
    # By the time that the live file cannot be replaced, its archives are.
    [ "$1" != archive ] || refused=(2 74)
}

# case_of KIND [TYPE]: the site anew in $site (upon a file system TYPE of its own), where the case then stands.
case_of() {
    name="$scenario: $1"
    count "$1"
    cd "$directory" || exit 1
    rm -rf work
    cp -a "made/$scenario" work
    site=$directory/work/site
    if [ $# -gt 1 ]; then
        mkdir work/mounted
        mount -t tmpfs -o "$2" tmpfs work/mounted || exit 1
        cp -a work/site work/mounted/
        site=$directory/work/mounted/site
        cp work/victim work/mounted/
    fi
    cd "$site" || exit 1
}

end_mount() {
    cd "$directory" || exit 1
    umount "$directory/work/mounted"
}

# try STATUS... : runs the command; its exit status must be one of these, and true of the calendar.
try() {
    status=0
    "${runner[@]}" "${command[@]}" >"$directory/answer" 2>"$directory/errors" || status=$?
    is_true "$@"
}
runner=()

is_true() {
    [[ " $* " == *" $status "* ]] || broken "exit $status, expected $*: $(head -n 3 "$directory/errors")"
    [ -e calendar.csv ] || { broken 'there is no calendar'; return; }
    if [ "$status" -eq 2 ] || [ "$status" -eq 141 ]; then
        cmp -s calendar.csv "$directory/made/$scenario/site/calendar.csv" || broken "exit $status, and the calendar has changed"
        [ ! -e calendar.csv.new ] && [ ! -e calendar.csv.last.new ] || broken "exit $status has left a .new"
    fi
    if [ "$(wc -l <"$directory/answer")" -gt 1 ] && ! is_done; then
        printf 'lost: %s: answered, and not in the calendar\n' "$name"
    fi
}

# The same command, when nothing is in its way any more.
completes() {
    local archive
    status=0
    "${command[@]}" >"$directory/answer" 2>"$directory/errors" || status=$?
    if [ "$status" -ne "$expected" ] || ! is_done || [ -e calendar.csv.new ] || [ -e calendar.csv.last.new ]; then
        printf 'unanswered: %s: exit %s: %s\n' "$name" $status "$(head -n 3 "$directory/errors")"
    fi
    {
        printf '@calendar %s\n@last\n' "$name"
        cat calendar.csv.last
        printf '@live\n'
        cat calendar.csv
        for archive in calendar-*.csv; do
            [ ! -e "$archive" ] || { echo @archive && cat "$archive"; }
        done
    } | awk -v now="$MOB_NOW" -f "$here/promises.awk"
}

# ---- the disk ----

full_file_system() {
    local pages
    for pages in 0 1 2 3; do
        case_of 'a full file system' size=256k
        dd if=/dev/zero of=filler bs=4k 2>/dev/null
        truncate -s "-$((pages * 4))k" filler
        try 2 "$expected"
        rm filler
        completes
        end_mount
    done
}

read_only_file_system() {
    case_of 'a read-only file system' size=1m
    mount -o remount,ro "$directory/work/mounted"
    try 2
    mount -o remount,rw "$directory/work/mounted"
    completes
    end_mount
}

file_size_limit() {
    case_of 'a file size limit'
    runner=(bash -c 'ulimit -f 1; "$@"' -)
    try 2
    runner=()
    completes
}

# ---- standard output ----

closed_output() {
    case_of 'standard output closed'
    : >"$directory/answer"
    status=0
    "${command[@]}" >&- 2>"$directory/errors" || status=$?
    is_true 2
    completes
}

full_output() {
    case_of 'standard output full'
    : >"$directory/answer"
    status=0
    "${command[@]}" >/dev/full 2>"$directory/errors" || status=$?
    is_true 74
    completes
}

unread_output() {
    case_of 'standard output that nobody reads'
    : >"$directory/answer"
    mkfifo ../pipe
    exec 8<>../pipe 9>../pipe 8>&-
    status=0
    "${command[@]}" >&9 2>"$directory/errors" || status=$?
    exec 9>&-
    is_true 2
    completes
}

own_calendar_as_output() {
    case_of 'the calendar as standard output'
    : >"$directory/answer"
    status=0
    "${command[@]}" >>calendar.csv 2>"$directory/errors" || status=$?
    is_true 2
    completes
}

# ---- files that cannot be replaced ----

links() {
    case_of 'a symbolic link as calendar'
    mv calendar.csv real.csv
    ln -s real.csv calendar.csv
    try 2
    [ -L calendar.csv ] || broken 'the link is gone'
    mv real.csv calendar.csv
    completes
    case_of 'a hard link of the calendar'
    ln calendar.csv other-name.csv
    try 2
    rm other-name.csv
    completes
}

left_over_new() {
    local file
    for file in calendar.csv.new calendar.csv.last.new; do
        case_of 'a left-over .new that is a symbolic link'
        ln -s ../victim "$file"
        try "$expected"
        [ "$(<../victim)" = victim ] || broken "it wrote through $file"
        completes
        case_of 'a left-over .new that is a directory'
        mkdir "$file"
        status=0
        "${command[@]}" >"$directory/answer" 2>"$directory/errors" || status=$?
        [ "$status" -eq 2 ] || broken "exit $status"
        rmdir "$file" || broken 'what stood there is gone'
        completes
    done
}

bind_mount() {
    case_of 'a bind mount as calendar'
    mount --bind calendar.csv calendar.csv
    try "${refused[@]}"
    umount calendar.csv
    completes
    case_of 'a bind mount of the site'
    mkdir ../bound
    mount --bind . ../bound
    cd ../bound || exit 1
    try "$expected"
    completes
    cd "$site" || exit 1
    umount ../bound
}

immutable_file() {
    case_of 'an immutable calendar'
    if ! chattr +i calendar.csv 2>/dev/null; then
        skip 'an immutable calendar' "chattr +i does not work in $directory"
        return
    fi
    try "${refused[@]}"
    chattr -i calendar.csv
    completes
}

# Root books with a narrow umask, in a directory of a group; another user of that group books on.
other_user() {
    local user=(setpriv --reuid 12346 --regid 12347 --clear-groups)
    case_of 'another user of the group, after root with umask 077'
    cp "$MOB_BIN/${command[0]}" ../tool
    chgrp -R 12347 .
    chmod 2770 .
    setfacl -b calendar.csv
    chmod 660 calendar.csv calendar.csv.last
    chmod -R g+r .
    runner=(bash -c 'umask 077; "$@"' -)
    try "$expected"
    runner=()
    command[0]=../tool
    completes
    local status=0
    mapfile -t other <../other
    cp "$MOB_BIN/${other[0]}" ../other-tool
    other[0]=../other-tool
    "${user[@]}" "${other[@]}" >"$directory/answer" 2>"$directory/errors" || status=$?
    [ "$status" -eq 0 ] || broken "the other user: exit $status: $(head -n 3 "$directory/errors")"
    [ "$(stat -c '%g %a' calendar.csv)" = '12347 660' ] || broken "the calendar is now $(stat -c '%g %a' calendar.csv)"
}

as_root='full_file_system read_only_file_system bind_mount immutable_file other_user'
as_anybody='file_size_limit closed_output full_output unread_output own_calendar_as_output links left_over_new'
for scenario in $scenarios; do
    prepare_scenario "$scenario"
    for kind in $as_anybody; do $kind; done
    if [ "$(id -u)" -eq 0 ]; then
        for kind in $as_root; do
            mapfile -t command <"$directory/made/$scenario/command"
            $kind
        done
    else
        skip "${as_root// /, }" 'only root may mount, and be another user'
    fi
    cd "$directory" || exit 1
    rm -rf made after work
done
for kind in "${!counts[@]}"; do printf 'count\t%s\t%s\n' "$kind" "${counts[$kind]}"; done
