#!/bin/bash
# letter.sh REQUEST: the confirmation of a booking as a letter, from letter.mustache beside this script, with the booking as
# it stands and the catalogue's words for it. Needs Miller and a command `mustache` (Debian: ruby-mustache).
set -eu -o pipefail
trap 'exit 2' ERR
[ $# -eq 1 ] || { echo "usage: $0 REQUEST" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mob-list -q --status option,booked --request="$1" >"$work/booking.csv"
mlr -S --csv cut -f solution,label,documents,conditions "${MOB_SITE:-.}/solutions.csv" >"$work/solutions.csv"

# One object, whose cells stay text.
mlr -S --icsv --ojsonl join -j solution -f "$work/solutions.csv" then put '
        for (name in ["out", "back", "expires"]) {
            $[name] = sub($[name], "^(....)-(..)-(..)T(..):(..)$", "\3/\2/\1 à \4 h \5");
        }
        $option = $status == "option";
        $free = $price == "0.00";
        $paid = $price != "" && !$free' "$work/booking.csv" >"$work/letter.json"
[ -s "$work/letter.json" ] || { echo "letter: no such booking to come" >&2; exit 2; }
mustache - "$(dirname "$0")/letter.mustache" <"$work/letter.json"
