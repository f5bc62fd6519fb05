#!/bin/bash
# make screenshots: the board of the example dealership on Tuesday 2026-12-01 at 10:30, on the screen and on paper. What
# has happened until then is README's day at the dealership; a car was not brought back, and one is in repair.
set -eu -o pipefail
cd "$(dirname "$0")/.."
PATH=$(realpath "${MOB_BIN:-build}"):$PATH
pictures=$PWD/docs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp examples/dealer/*.csv "$work"
export MOB_SITE=$work MOB_NOW=2026-11-23T08:30 LOGNAME=demo
cd "$work"

{
    mob-estimate -q <requests.csv | mob-entitle -q | mob-propose -q | mob-avail -q >offers.csv
    mob-book -q --request R-1044 --offer 2 <offers.csv
    mob-book -q offers.csv
    printf '%s\n' request,customer,solution,out,back \
        R-1062,'Mme Anne Ravel',PRET,2026-11-30T08:30,2026-11-30T17:30 \
        R-1063,'M. Paul Chen',PRET,2026-11-30T14:00,2026-12-02T11:00 \
        R-1065,'Mme Inès Faure',PRET,2026-12-03T09:00,2026-12-05T11:00 \
        R-1066,'M. Hugo Marchand',MASERATI,2026-12-08T09:00,2026-12-11T17:00 \
        R-1067,'M. Yann Le Goff',PRET,2026-11-30T08:30,2026-11-30T18:00 | mob-book -q
    for request in R-1062 R-1067; do
        mob-amend -q --now 2026-11-30T08:40 depart $request
    done
    mob-amend -q --now 2026-11-30T14:05 depart R-1063
    mob-amend -q --now 2026-11-30T17:40 return R-1062
    mob-amend -q --now 2026-11-30T17:50 block TYRES resource=AVENGER-1 out=2026-12-01T08:00 back=2026-12-02T12:00
    printf '%s\n' request,customer,solution,out,back R-1064,'M. Louis Blanc',PRET,2026-12-04T08:30,2026-12-09T17:00 |
        mob-book -q --now 2026-12-01T08:05 --option 4h
    mob-amend -q --now 2026-12-01T08:40 depart R-1042
    mob-amend -q --now 2026-12-01T10:05 depart R-1045
} >confirmations.csv
mob-plan -q --now 2026-12-01T10:30 --from 2026-11-30 --html >board.html

browser() {
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" "$@" \
        "file://$work/board.html" 2>/dev/null
}
browser --window-size=1600,1100 --screenshot="$pictures/board.png"
browser --no-pdf-header-footer --print-to-pdf="$work/board.pdf"
pdftoppm -r 100 -f 1 -singlefile -png board.pdf "$pictures/board-print"
