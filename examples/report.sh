#!/bin/bash
# report.sh DIRECTORY TO [HOURS]: the report of the night as a mail to TO, for `sendmail -t -i`; it sends nothing itself.
# DIRECTORY is nightly.sh's, run before; options count as about to expire within HOURS (24). Where DIRECTORY/messages holds
# nightly.sh's standard error, a night that failed is told with the end of it, and requests that may have been cut. Exit status: 0, or 2 where the bookings could
# not be listed; then too there is a mail, which says so.
#
#     report.sh /srv/mob/today reception@example.org | /usr/sbin/sendmail -t -i
set -u
hours=${3:-24}
if ! [[ $# -ge 2 && $# -le 3 && $2 =~ ^[^$'\n']+$ && $hours =~ ^[0-9]{1,5}$ ]]; then
    echo "usage: $0 DIRECTORY TO [HOURS]" >&2
    exit 2
fi
directory=$1
to=$2
export MOB_NOW=${MOB_NOW:-$(date +%Y-%m-%dT%H:%M)}
LIMIT=$(date -u -d "${MOB_NOW/T/ } UTC $hours hours" +%Y-%m-%dT%H:%M) || exit 2
export LIMIT
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# table COLUMN,... CONDITION TITLE: the rows of standard input for which CONDITION holds. A cell stays on its line, and no
# line grows beyond what a mail may hold.
table() {
    mlr -S --icsv --opprint filter "$2" then cut -o -f "$1" then put '
        for (name, value in $*) {
            $[name] = truncate(gsub(value, "[[:cntrl:]]", " "), name == "error" ? 160 : 40);
        }' >"$work/table" || exit 2
    printf '\n%s\n\n' "$3"
    if [ -s "$work/table" ]; then cat "$work/table"; else echo none; fi
}

# results WORD: how many requests mob-book answered so.
results() {
    mlr -S --icsv --onidx filter "\$result == \"$1\"" then count "$work/confirmations.csv"
}

# What the night left. A file that is not there, or was cut when the night failed, has no rows.
state=$(cat "$directory/status" 2>/dev/null) || state=none
mlr -S --csv cat "$directory/confirmations.csv" >"$work/confirmations.csv" 2>/dev/null || : >"$work/confirmations.csv"
for stage in estimate entitle propose avail; do
    mlr -S --csv put "\$stage = \"$stage\"" then cut -f stage,line,request,error "$directory/rejects-$stage.csv" \
        >"$work/rejects-$stage.csv" 2>/dev/null || : >"$work/rejects-$stage.csv"
done
shopt -s nullglob
mlr -S --csv unsparsify /dev/null "$work"/rejects-*.csv >"$work/rejects.csv" || exit 2
person=$(mlr -S --icsv --onidx filter '$result == "rejected" || $result == "conflict"' \
    then count "$work/confirmations.csv")
person=$((person + $(mlr --icsv --onidx count "$work/rejects.csv")))
booked=$(results booked)
already=$(results already)

mob-list -q >"$work/list.csv" 2>"$work/list.err"
listed=$?

case $state in
[01]) subject="$booked booked, $already already, $person need a person" ;;
2) subject='nothing was booked (status 2)' ;;
74) subject='not known whether it is booked: run it again (status 74)' ;;
75) subject='nothing was booked, the calendar was locked: run it again (status 75)' ;;
*) subject='the night has not ended' ;;
esac

{
    printf '%s\n' "To: $to" "Subject: mob, ${MOB_NOW%T*}: $subject" 'MIME-Version: 1.0' \
        'Content-Type: text/plain; charset=utf-8' 'Content-Transfer-Encoding: 8bit' 'Auto-Submitted: auto-generated'
    printf '\nThe night: %s.\n' "$subject"
    case $state in
    [01])
        # Requests that lack their last line end were answered, but some may be missing.
        grep -s ': the last record has no line end: ' "$directory/messages" >"$work/cut" && { echo; cut -b 1-900 "$work/cut"; }
        ;;
    *) [ ! -s "$directory/messages" ] || { echo; tail -n 20 "$directory/messages" | cut -b 1-900; } ;;
    esac
    table stage,line,request,error true 'Rejected before booking' <"$work/rejects.csv"
    table request,customer,result,reason '$result == "rejected" || $result == "conflict"' 'Not booked' \
        <"$work/confirmations.csv"
    if [ "$listed" -ne 0 ]; then
        printf '\nThe bookings could not be listed: mob-list ended with %s.\n\n' "$listed"
        cut -b 1-900 "$work/list.err"
    else
        columns=request,customer,solution,resource,out,back
        table "$columns" '" ".$state." " =~ " due-out "' 'Leave today' <"$work/list.csv"
        table "$columns" '" ".$state." " =~ " due-back "' 'Come back today' <"$work/list.csv"
        table "$columns" '" ".$state." " =~ " late-out "' 'Never collected' <"$work/list.csv"
        table "$columns" '" ".$state." " =~ " overdue "' 'Overdue' <"$work/list.csv"
        table "$columns,expires" '$status == "option" && $expires > ENV["MOB_NOW"] && $expires <= ENV["LIMIT"]' \
            "Options that expire by $LIMIT" <"$work/list.csv"
        table "$columns,state" '" ".$state." " =~ " (displaced|at-risk) "' 'To be planned anew (replan.sh)' <"$work/list.csv"
    fi
} >"$work/mail" || exit 2
cat "$work/mail" || exit 2
[ "$listed" -eq 0 ] || exit 2
