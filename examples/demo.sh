#!/bin/bash
# make demo: the workflow on a copy of the example dealership, shown as aligned tables. The example's clock stands at
# Monday 2026-11-23, 08:30.
set -eu -o pipefail
cd "$(dirname "$0")/.."
PATH=$(realpath "${MOB_BIN:-build}"):$PATH
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
cp examples/dealer/*.csv "$site"
export MOB_SITE=$site MOB_NOW=2026-11-23T08:30 LOGNAME=demo

say() {
    printf '\n%s\n' "$*"
}

# table FILE COLUMN,...: those columns, aligned.
table() {
    mlr --icsv --opprint --barred cut -o -f "$2" "$1"
}

mob-estimate -q <"$site/requests.csv" | mob-entitle -q | mob-propose -q | mob-avail -q >"$site/offers.csv"

say 'Entitlement: what the customer is reminded of, and its value'
mlr --icsv --ocsv head -n 1 -g request "$site/offers.csv" >"$site/customers.csv"
table "$site/customers.csv" request,customer,wanted,entitlement,programmes,reminder_solution,reminder_value

say 'R-1042, what the advisor says on the telephone'
mlr --icsv --onidx filter '$request == "R-1042"' then head -n 1 then cut -f reminder "$site/offers.csv"

say 'R-1044, the offers: the Maserati loaners are all out on the day, so it says when one is free'
mlr --icsv --ocsv filter '$request == "R-1044"' "$site/offers.csv" >"$site/one.csv"
table "$site/one.csv" offer,label,when,out,back,price,saving,reason

say 'The customer of R-1044 chose the second offer: mob-book --request R-1044 --offer 2'
mob-book -q --request R-1044 --offer 2 <"$site/offers.csv" >"$site/confirmed.csv"
table "$site/confirmed.csv" request,customer,label,out,back,result,status,entry

say 'The others take what suits them best: mob-book < offers.csv'
mob-book -q <"$site/offers.csv" >"$site/confirmations.csv"
table "$site/confirmations.csv" request,customer,label,out,back,resource,price,result

say 'The same again books nothing twice'
mob-book -q <"$site/offers.csv" >"$site/again.csv"
mlr --icsv --opprint --barred count-distinct -f result "$site/again.csv"
