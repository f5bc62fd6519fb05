#!/bin/bash
# Power cuts of a real file system: an image on a loop device, mounted upon a scenario's site, cut again and again.
#
# usage: tests/faults/power.bash DIRECTORY CUTS SEED ext4|xfs        environment: MOB_BIN
#
# Says in a line `# skipped: …` where that cannot be done here. run.sh removes what is left in DIRECTORY.
set -u
directory=$1 cuts=$2 seed=$3 type=$4
here=$(dirname "$0")

skip() {
    echo "# skipped: power cuts on $type"
    echo "# because: $1"
    exit 0
}

[ "$(id -u)" -eq 0 ] || skip 'only root may mount'
command -v "mkfs.$type" >/dev/null || skip "there is no mkfs.$type"
case $type in
ext4) truncate -s 32M "$directory/image" && options=(-q -F) ;;
xfs) truncate -s 320M "$directory/image" && options=(-q) ;; # the least it takes
esac
"mkfs.$type" "${options[@]}" "$directory/image" || skip "mkfs.$type failed"
device=$(losetup -f --show "$directory/image" 2>&1) || skip "no loop device: $device"
bash "$here/scenarios.bash" "$directory" storm >/dev/null || exit 1
mount -t "$type" "$device" "$directory/storm/disk" 2>"$directory/why" || {
    losetup -d "$device"
    skip "cannot mount: $(cat "$directory/why")"
}
umount "$directory/storm/disk"
"$MOB_BIN/faults/faults" power "$here/promises.awk" 1 "$directory/storm" "$cuts" "$seed" "$device" "$type"
status=$?
mountpoint -q "$directory/storm/disk" && umount "$directory/storm/disk"
losetup -d "$device"
exit $status
