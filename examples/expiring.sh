#!/bin/bash
# expiring.sh HOURS: the options that expire within HOURS from now, those that expire first at the top; nothing where there
# are none. What is confirmed before stays: mob-amend confirm REQUEST.
set -eu -o pipefail
trap 'exit 2' ERR
[[ $# -eq 1 && $1 =~ ^[0-9]{1,5}$ ]] || { echo "usage: $0 HOURS" >&2; exit 2; }
export MOB_NOW=${MOB_NOW:-$(date +%Y-%m-%dT%H:%M)}
LIMIT=$(date -u -d "${MOB_NOW/T/ } UTC $1 hours" +%Y-%m-%dT%H:%M)
export LIMIT
mob-list -q --status option |
    mlr -S --csv filter '$expires > ENV["MOB_NOW"] && $expires <= ENV["LIMIT"]' then sort -f expires \
        then cut -o -f expires,request,customer,solution,resource,out,back
