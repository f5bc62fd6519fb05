#!/usr/bin/env bats
# What `make bench` measures that does not depend on how busy the machine is.

load helper

@test "reading and writing through takes at most 54 instructions a byte" {
    [ -z "${MOB_SANITIZED-}" ] || skip "the sanitizer counts its own"
    MOB_BIN=${MOB_BIN:-$ROOT/build} "$ROOT/tests/bench/instructions.sh" through >"$T/counted"
    # Far fewer than a byte's own load would mean that nothing was read.
    awk '{ print; exit !($1 > 2 && $1 <= 54) }' "$T/counted"
}

@test "a pass-through passes every byte on" {
    "$ROOT/tests/bench/generate.sh" coverage 2000 "$T"
    check 0 "${MOB_BIN:-$ROOT/build}/bench/through" "$T/requests.csv"
    same "$T/requests.csv" "$T/out"
}
