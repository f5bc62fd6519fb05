#!/bin/bash
# late.sh: whom to call now, as text: who has not fetched the car, and who has not brought it back.
set -eEu
trap 'exit 2' ERR
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 2; }
list=$(mktemp)
trap 'rm -f "$list"' EXIT
mob-list -q --state late-out,overdue >"$list"

# section STATE TITLE: one of the two, the longest delay at the top.
section() {
    local rows
    rows=$(STATE=" $1 " mlr -S --icsv --opprint filter '" ".$state." " =~ ENV["STATE"]' then sort -f "$3" \
        then cut -o -f request,customer,solution,resource,out,back "$list")
    printf '%s\n\n%s\n' "$2" "${rows:-none}"
}

section late-out 'Never collected (it comes: mob-amend depart; it does not: mob-amend no-show)' out
echo
section overdue 'Overdue (it is back: mob-amend return; it may stay: mob-amend extend)' back
