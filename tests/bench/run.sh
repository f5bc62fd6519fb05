#!/bin/bash
# make bench: each work of tests/bench/works, or those that are named, and one table. Exits with 1 where an answer
# differs or something could not be run; a mark that is missed is only said.
#
# Environment: MOB_BIN (default build); BENCH_DIR: where the files are put, on the machine's own disk, for some works
# wait for it (default /var/tmp); ROUNDS: how often each is run (default 5; three times that what takes milliseconds).
set -eu -o pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(realpath "${MOB_BIN:-build}")
all=$(mktemp -d "${BENCH_DIR:-/var/tmp}/mob-bench.XXXXXX")
chmod 755 "$all"
trap 'rm -rf "$all"' EXIT
trap 'exit 1' HUP INT TERM
export LC_ALL=C TZ=UTC LOGNAME=bench
unset MOB_SITE MOB_NOW
PATH=$PATH:/usr/sbin
table=$all/table
export ROUNDS=${ROUNDS:-5}
export here bin table
failed=0

network=$here/network.sh # how it is with many sites
if [ $# -eq 0 ]; then
    set -- entitle through pipe planning bookings booking filters growth
    [ ! -f "$network" ] || set -- "$@" network
fi
printf 'work|mob|peer|its figure|ratio|mark|\n' >"$table"
for name in "$@"; do
    [ "$name" != network ] || continue
    [ -f "$here/works/$name.bash" ] || {
        echo "bench: no work '$name'; there are: $(cd "$here/works" && echo *.bash | sed 's/\.bash//g')" >&2
        exit 2
    }
    echo "bench: $name ..." >&2
    export work=$all/$name
    mkdir "$work"
    start=$SECONDS
    bash -eu -o pipefail -c '
        . "$here/bench.bash"
        trap postgres_stop EXIT
        trap "exit 1" HUP INT TERM
        . "$here/works/$1.bash"' bench "$name" || {
        echo "bench: $name failed" >&2
        failed=1
    }
    echo "bench: $name took $((SECONDS - start)) s" >&2
    rm -rf "$work"
done

echo "$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(
    awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), files on $(
    findmnt -n -o FSTYPE -T "$all"), load $(cut -d' ' -f1 /proc/loadavg), $(date +%F)"
echo "medians of $ROUNDS runs in turn, or three times as many; ratio: mob / peer"
column -t -s'|' "$table"
[ ! -f "$table.growth" ] || { echo; column -t -s'|' "$table.growth"; }
case " $* " in
*' network '*)
    echo
    MOB_BIN=$bin "$network" || failed=1
    ;;
esac
exit "$failed"
