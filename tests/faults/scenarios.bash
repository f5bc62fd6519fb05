# Makes the scenarios of the fault suite: a site, a command that writes to it, and another command for the same site.
#
# usage: bash scenarios.bash DIRECTORY [NAME...]      makes DIRECTORY/NAME for each (default: all) and prints the names
#
# DIRECTORY/NAME/site is the site, `command` and `other` a word a line, `victim` a file that nobody may write to. A writing
# tool is a row in `scenarios`, and a function that makes its site and says the command. Environment: MOB_BIN, as in
# tests/run.sh.
set -eu
export TZ=UTC LC_ALL=C LOGNAME=tester MOB_NOW=2026-11-24T08:00
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PATH=$(realpath "${MOB_BIN:-$ROOT/build}"):$PATH
# shellcheck source-path=SCRIPTDIR/..
. "$ROOT/tests/helper.bash"

scenarios='book-first book book-option book-again book-behind amend amend-words archive archive-purge archive-last check-accept storm'

# What the scenario runs; and beside it, something else, which does not wait for the lock.
runs() { printf '%s\n' "$@" >../command; }
beside() { printf '%s\n' "$@" --wait 0 >../other; }

# Cars enough for what is booked here, one advisor for each.
prepare() {
    site
    printf 'resource,pool,label\nCAR-1,CARS,One\nCAR-2,CARS,Two\nCAR-3,CARS,Three\nADV-1,ADVISORS,Anne\n' >fleet.csv
    printf 'request,customer,solution,out,back\nR-1,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00\nR-2,"Bob, the ""2nd""",LOANER,2026-11-30T10:00,2026-12-01T10:00\n' >old.csv
    # The third is not free: R-1, R-2 and the first two have the advisor.
    printf 'request,customer,solution,out,back\nR-3,Cyd,LOANER,2026-11-30T11:00,2026-12-01T09:00\nR-4,Dan,TAXI,2026-11-30T09:00,2026-11-30T10:00\nR-5,Eve,LOANER,2026-11-30T11:05,2026-12-01T09:00\n' >new.csv
    printf 'request,customer,solution,out,back\nR-9,Fay,TAXI,2026-11-30T09:00,2026-11-30T10:00\n' >other.csv
    beside mob-book other.csv
}

# With another group and an ACL, so that all that a commit copies is copied; only root gives files to a group.
belongs_to_somebody() {
    if [ "$(id -u)" -eq 0 ]; then chgrp 12345 calendar.csv calendar.csv.last; fi
    setfacl -m g:23456:r calendar.csv
}

book_first() {
    prepare
    runs mob-book new.csv
}

book() {
    prepare
    mob-book old.csv
    belongs_to_somebody
    runs mob-book new.csv
}

# An option that ran out, whose place is taken.
book_option() {
    prepare
    printf 'resource,pool,label\nCAR-1,CARS,One\nADV-1,ADVISORS,Anne\n' >fleet.csv
    MOB_NOW=2026-11-23T08:00 mob-book --option 4h <<<'request,customer,solution,out,back
R-1,Ada,LOANER,2026-11-30T09:00,2026-12-01T09:00'
    runs mob-book --replace new.csv
}

# Nothing to write: all of it is there already.
book_again() {
    prepare
    mob-book old.csv
    mob-book new.csv || [ $? -eq 1 ]
    runs mob-book new.csv
}

# Nothing to write but a .last, which a crash has left behind.
book_behind() {
    book_again
    # entry 2's check
    awk -F , '$1 == 2 { check = $NF } END { print 2, check }' calendar.csv >behind
    mv behind calendar.csv.last
}

amend() {
    prepare
    mob-book old.csv
    belongs_to_somebody
    printf 'request,action,note\nR-1,cancel,ill\nR-2,no-show,\nR-1,depart,\n' >amendments.csv
    runs mob-amend amendments.csv
}

amend_words() {
    prepare
    mob-book --option 2d old.csv
    runs mob-amend confirm R-2 'note=called, twice'
}

# Finished bookings of two years, an archive of the first, and one that is not finished.
archive() {
    prepare
    printf 'request,customer,solution,out,back\nR-0,Zoe,TAXI,2025-01-07T09:00,2025-01-07T10:00\n' >first.csv
    MOB_NOW=2025-01-06T08:00 mob-book first.csv
    MOB_NOW=2025-01-06T08:00 mob-amend cancel R-0
    printf 'request,customer,solution,out,back\nR-1,Ada,LOANER,2025-11-21T09:00,2025-11-21T18:00\nR-2,Bob,LOANER,2026-01-08T09:00,2026-01-08T18:00\n' >finished.csv
    MOB_NOW=2025-11-20T08:00 mob-book finished.csv
    MOB_NOW=2025-11-20T08:00 mob-archive --before 2025-11-20
    MOB_NOW=2025-11-20T08:00 mob-amend cancel R-1
    MOB_NOW=2026-01-08T09:00 mob-amend depart R-2
    MOB_NOW=2026-01-08T18:00 mob-amend return R-2
    mob-book new.csv || [ $? -eq 1 ]
    belongs_to_somebody
    runs mob-archive --before 2026-11-24
}

archive_purge() {
    archive
    runs mob-archive --purge --before 2026-11-24
}

# The request that holds the last entry stays, and is blanked: no archive is written.
archive_last() {
    prepare
    MOB_NOW=2025-11-20T08:00 mob-book <<<$'request,customer,solution,out,back\nR-1,Ada,TAXI,2025-11-21T09:00,2025-11-21T18:00'
    MOB_NOW=2025-11-20T08:00 mob-amend cancel R-1
    belongs_to_somebody
    runs mob-archive --purge --before 2026-11-24
}

# A calendar that a person has edited, to be taken as it is.
check_accept() {
    prepare
    mob-book old.csv
    sed -i s/Ada/Anna/ calendar.csv
    belongs_to_somebody
    runs mob-check --accept
    rm ../other # upon a damaged calendar nobody does anything
}

# Where many book at once, and are killed: some cars, no advisor.
storm() {
    site
    printf 'solution,pool,span,minutes\nLOANER,CARS,stay,\n' >legs.csv
    { echo resource,pool,label && for number in {1..20}; do echo "CAR-$number,CARS,Car $number"; done; } >fleet.csv
    printf 'request,customer,solution,out,back\n' >none.csv
    runs mob-book none.csv
}

directory=$1
shift
all=()
trap 'cat "$directory/$name/log" >&2' ERR
[ $# -gt 0 ] || read -ra all <<<"$scenarios"
for name in "$@" "${all[@]}"; do
    mkdir -p "$directory/$name/site" "$directory/$name/disk"
    echo victim >"$directory/$name/victim"
    (cd "$directory/$name/site" && "${name//-/_}") >"$directory/$name/log" 2>&1
    echo "$name"
done
