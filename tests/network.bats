# examples/network: the night and a report of many dealerships, on one machine and on several.
load helper

prepare() {
    export MOB_NOW=2026-11-23T05:30 HOME=$T
    network=$ROOT/examples/network
    # Which sites were booked, in the file `booked`; and nobody waits for a lock.
    mkdir bin sites
    file bin/mob-book <<SH
#!/bin/bash
echo "\${MOB_SITE##*/}" >>"$T/booked"
exec "$(realpath "$(command -v mob-book)")" --wait 0 "\$@"
SH
    chmod +x bin/mob-book
    PATH=$T/bin:$PATH
}

teardown() {
    local job
    for job in $(jobs -p); do
        kill "$job" 2>/dev/null
    done
    wait
}

# dealership NAME JOB...: the folder NAME, a small site with a request for each JOB, that wants a taxi.
dealership() {
    local name=$1 number=0 job
    shift
    mkdir -p "$name"
    (cd "$name" && site)
    echo request,customer,vin,jobs,wanted,need >"$name/requests.csv"
    for job in "$@"; do
        number=$((number + 1))
        echo "R-$number,\"Weber, Kim\",,$job,2026-11-24T09:00,TAXI"
    done >>"$name/requests.csv"
}

# in_calendar NAME: how many requests stand in that site's calendar.
in_calendar() {
    mlr --icsv --onidx count-distinct -n -f request "$1/calendar.csv"
}

# kill_session NUMBER: all processes of that session, also those that one of them starts meanwhile.
kill_session() {
    local processes
    while processes=$(ps -o pid= -s "$1"); do
        kill -9 $processes 2>/dev/null || true
    done
}

# until_true COMMAND...: waits till it is, twenty seconds at most.
until_true() {
    local tries=400
    until "$@"; do
        [ $((--tries)) -gt 0 ] || { echo "never: $*"; return 1; }
        sleep 0.05
    done
}

@test "network/nightly.sh: the sites of a folder, one report; a failing one stops no other; again" {
    odd=$'a, "b"\n$(touch no) {}'
    dealership "sites/$odd" OIL
    dealership sites/broken OIL
    dealership sites/locked OIL BRAKES
    dealership sites/lyon OIL BRAKES NOSUCHJOB
    dealership sites/missing OIL
    echo reception,mon,08:00,12:00 >sites/broken/hours.csv
    rm sites/missing/requests.csv
    exec 8<sites/locked
    flock 8
    check 75 "$network/nightly.sh" sites night
    file expected <<CSV
site,exit,booked,already,person,message
"a, ""b""
\$(touch no) {}",0,1,0,0,
broken,2,,,,mob-estimate: $T/sites/broken/hours.csv:1: area: no such column; there are: 'reception' 'mon' '08:00' '12:00'
locked,75,,,,mob-book: $T/sites/locked: locked by another program: try again
lyon,1,2,0,1,
missing,2,,,,nightly: $T/sites/missing/requests.csv: is missing or cannot be read: nothing is booked
CSV
    same expected "$T/out"
    same expected night/report.csv
    [ ! -e sites/locked/calendar.csv ]
    [ ! -e no ]
    exec 8<&-

    # What has ended is not run again, what was mended is.
    dealership sites/missing OIL
    : >booked
    check 2 "$network/nightly.sh" sites night
    sed -i 's/^locked,.*/locked,0,2,0,0,/; s/^missing,.*/missing,0,1,0,0,/' expected
    same expected "$T/out"
    sort booked | is $'locked\nmissing'
    dealership sites/broken OIL
    check 1 "$network/nightly.sh" sites night
    sed -i 's/^broken,.*/broken,0,1,0,0,/' expected
    same expected "$T/out"

    # A new night with the same requests: nothing is booked twice.
    check 1 "$network/nightly.sh" sites night2
    sed 's/\([012]\),0,\([01]\),$/0,\1,\2,/' expected | same - "$T/out"
    in_calendar "sites/$odd" | is 1
    in_calendar sites/lyon | is 2

    # A site's mail is made from what its night has kept.
    MOB_SITE=sites/lyon check 0 "$ROOT/examples/report.sh" night/site/lyon lyon@example.org
    grep -qx 'Subject: mob, 2026-11-23: 2 booked, 0 already, 1 need a person' "$T/out"
}

@test "network/nightly.sh: killed in the middle, the same command does the rest; nothing is booked twice" {
    for name in a b k1 k2 k3 k4 k5 k6 z; do
        dealership "sites/$name" OIL BRAKES
    done
    # From k1 on it stops behind the commit, when nothing of it has been told yet.
    cp bin/mob-book mob-book
    sed -i 's/^exec //' bin/mob-book
    echo 'case ${MOB_SITE##*/} in k*) touch "$MOB_SITE/stopped"; sleep 60 ;; esac' >>bin/mob-book
    setsid "$network/nightly.sh" sites night >killed 2>&1 3>&- &
    sid=$!
    until_true test -e sites/k1/stopped -a -e night/site/b/status
    kill_session "$sid"
    wait "$sid" || true
    [ ! -e night/report.csv ]
    [ ! -e night/site/k1/status ]
    in_calendar sites/k1 | is 2

    mv mob-book bin/mob-book
    # Those that had booked and could not say so.
    for name in sites/*; do
        [ ! -e "$name/calendar.csv" ] || [ -e "night/site/${name#*/}/status" ] || echo "${name#*/}"
    done >unsaid
    grep -qx k1 unsaid
    cp booked before
    check 0 "$network/nightly.sh" sites night
    {
        echo site,exit,booked,already,person,message
        for name in a b k1 k2 k3 k4 k5 k6 z; do
            if grep -qx "$name" unsaid; then echo "$name,0,0,2,0,"; else echo "$name,0,2,0,0,"; fi
        done
    } | same - "$T/out"
    # Those that had ended were left alone.
    for name in a b k1; do
        echo "$(grep -cx "$name" before) $(grep -cx "$name" booked)"
    done | is $'1 1\n1 1\n1 2'
    for name in sites/*; do
        in_calendar "$name"
        awk -f "$ROOT/tests/double-bookings.awk" "$name/calendar.csv"
    done | sort -u | is 2
}

@test "network/nightly.sh: a site that was killed alone is not known, and is run again" {
    dealership sites/a OIL
    dealership sites/b OIL
    cp bin/mob-book mob-book
    sed -i '/^exec/i [ "${MOB_SITE##*/}" = b ] || { kill -9 "$PPID"; exit; }' bin/mob-book
    check 74 "$network/nightly.sh" sites night
    file expected <<'CSV'
site,exit,booked,already,person,message
a,74,,,,the night has not ended
b,0,1,0,0,
CSV
    same expected "$T/out"
    mv mob-book bin/mob-book
    check 0 "$network/nightly.sh" sites night
    sed 's/^a,.*/a,0,1,0,0,/' expected | same - "$T/out"
}

@test "network/nightly.sh: two runs of a night at a time, no sites, no operands" {
    dealership sites/a OIL
    mkdir night none
    exec 8<night
    flock 8
    check 75 "$network/nightly.sh" sites night
    says 'night: another run is at it'
    exec 8<&-
    check 2 "$network/nightly.sh" none other
    says 'none: has no sites'
    check 2 "$network/nightly.sh" sites
    says usage
    check 2 "$network/nightly.sh" nosuch night
    says usage
}

@test "network/each.sh: one table of all sites, and who could not answer" {
    dealership 'sites/a, "b" $(touch no) {}' OIL BRAKES
    dealership sites/lyon.gz OIL
    check 0 "$network/nightly.sh" sites night
    check 0 "$network/each.sh" sites mob-list --request R-1
    cells site request customer solution | is "\"a, \"\"b\"\" \$(touch no) {}\"|R-1|Weber, Kim|TAXI
lyon.gz|R-1|Weber, Kim|TAXI"
    # Nobody has rows: the header.
    check 0 "$network/each.sh" sites mob-list --request nobody
    [ "$(wc -l <"$T/out")" -eq 1 ]
    grep -q '^site,entry,leg,request,' "$T/out"
    # A command's operands are where the caller stands, and text.
    cp sites/lyon.gz/fleet.csv 'fleet $(touch no).csv'
    check 0 "$network/each.sh" sites mob-free --fleet 'fleet $(touch no).csv' --pool CARS
    cells site resource | sort -u | wc -l | is 4
    [ ! -e no ]

    echo reception,mon,08:00,12:00 >sites/lyon.gz/hours.csv
    check 2 "$network/each.sh" sites mob-list --request R-2
    cells site request exit message | is "\"a, \"\"b\"\" \$(touch no) {}\"|R-2||
lyon.gz||2|mob-list: $T/sites/lyon.gz/hours.csv:1: area: no such column; there are: 'reception' 'mon' '08:00' '12:00'"
    check 127 "$network/each.sh" sites nosuchtool
    cells site exit | cut -d'|' -f2 | sort -u | is 127
    check 2 "$network/each.sh" sites
    says usage
}

# machine NAME: an sshd of its own on a port of loopback, whose home and folder is NAME; `client` knows it by that name.
machine() {
    local port pid
    mkdir -p "$1"
    for port in $(shuf -i 20000-60000 -n 20); do
        file "$1.conf" <<CONF
ListenAddress 127.0.0.1:$port
PidFile $T/$1.pid
HostKey $T/host
AuthorizedKeysFile $T/user.pub
StrictModes no
UsePAM no
SetEnv HOME=$T/$1 PATH=$PATH
ForceCommand cd $T/$1 && exec /bin/bash -c "\$SSH_ORIGINAL_COMMAND"
CONF
        timeout 60 /usr/sbin/sshd -D -f "$T/$1.conf" -E "$T/$1.log" 3>&- &
        pid=$!
        until_true bash -c '[ -s "$0" ] || ! kill -0 "$1" 2>/dev/null' "$1.pid" "$pid"
        [ ! -s "$1.pid" ] || break
    done
    [ -s "$1.pid" ] || { cat "$1.log"; return 1; }
    printf 'Host %s\nHostName 127.0.0.1\nPort %s\n' "$1" "$port" >>client
}

@test "network/machines.sh: each machine's own sites in one report; one that cannot be reached stops no other" {
    [ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd # where sshd parts with its privileges
    ssh-keygen -q -t ed25519 -N '' -f host
    ssh-keygen -q -t ed25519 -N '' -f user
    echo "loopback $(cut -d' ' -f1,2 host.pub)" >known
    machine east
    machine west
    cat >>client <<CONF
Host north
HostName 127.0.0.1
Port 1
Host *
IdentityFile $T/user
IdentitiesOnly yes
HostKeyAlias loopback
UserKnownHostsFile $T/known
StrictHostKeyChecking yes
BatchMode yes
CONF
    export PARALLEL_SSH="ssh -F $T/client"
    dealership "east/my sites/it's" OIL BRAKES
    dealership 'east/my sites/same' OIL NOSUCHJOB
    dealership 'west/my sites/broken' OIL
    dealership 'west/my sites/same' OIL BRAKES
    echo reception,mon,08:00,12:00 >'west/my sites/broken/hours.csv'

    check 74 "$network/machines.sh" "west,north,$(id -un)@east" "$network/nightly.sh" 'my sites' night
    file expected <<CSV
machine,site,exit,booked,already,person,message
north,,74,,,,ssh: connect to host 127.0.0.1 port 1: Connection refused
$(id -un)@east,it's,0,2,0,0,
$(id -un)@east,same,1,1,0,1,
west,broken,2,,,,mob-estimate: $T/west/my sites/broken/hours.csv:1: area: no such column; there are: 'reception' 'mon' '08:00' '12:00'
west,same,0,2,0,0,
CSV
    { head -n 1 expected; tail -n +2 expected | sort; } | same - "$T/out"
    sed 1d night/report.csv 2>/dev/null | is '' # nothing of it is here

    # Again: only what is left; the machine that was away would be asked like the others.
    dealership 'west/my sites/broken' OIL
    : >booked
    check 1 "$network/machines.sh" west,east "$network/nightly.sh" 'my sites' night
    cells machine site exit booked | is $'east|it\'s|0|2\neast|same|1|1\nwest|broken|0|1\nwest|same|0|2'
    is broken <booked

    check 0 "$network/machines.sh" west,east "$network/each.sh" 'my sites' mob-list --request R-2
    cells machine site request solution | is $'east|it\'s|R-2|TAXI\nwest|same|R-2|TAXI'
    check 0 "$network/machines.sh" east "$network/each.sh" 'my sites' mob-list --request '$(touch no)'
    [ "$(wc -l <"$T/out")" -eq 1 ]
    grep -q '^machine,site,entry,' "$T/out"
    [ ! -e east/no ]
    check 127 "$network/machines.sh" east nosuchtool
    cells machine exit | is 'east|127'
    check 2 "$network/machines.sh" east
    says usage
}
