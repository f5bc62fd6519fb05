#!/usr/bin/env bats
# The corpora of the fuzzers (tests/fuzz), given to them one file after the other. A property that does not hold ends the
# replay, and the last line of its output names the file.

load helper

prepare() {
    cd "$ROOT"
}

replayed() {
    check 0 "${MOB_BIN:-build}/fuzz/$1-replay" tests/fuzz/corpus/"$1"/*
    [ "$(wc -l <"$T/out")" -eq "$(find tests/fuzz/corpus/"$1" -type f | wc -l)" ]
}

@test "fuzz: the CSV reader and writer on their corpus" {
    replayed csv
}

@test "fuzz: the ledger on its corpus" {
    replayed ledger
}

@test "fuzz: a site's files on their corpus" {
    replayed site
}

@test "fuzz: the option parser on its corpus" {
    replayed option
}

@test "fuzz: a replay without a file, or with one that is not there, is no success" {
    check 2 "${MOB_BIN:-build}/fuzz/csv-replay"
    check 2 "${MOB_BIN:-build}/fuzz/csv-replay" tests/fuzz/corpus/csv/no-such-file
}

@test "fuzz: every fuzzer has a corpus, a dictionary and a test here, and every corpus a fuzzer" {
    for source in tests/fuzz/*.c; do
        name=$(basename "$source" .c)
        case $name in fuzz | replay) continue ;; esac
        echo "$name"
    done >"$T/fuzzers"
    find tests/fuzz/corpus -mindepth 1 -maxdepth 1 -printf '%f\n' | sort >"$T/corpora"
    find tests/fuzz/dict -mindepth 1 -printf '%f\n' | sort >"$T/dictionaries"
    sed -n 's/^    replayed \(.*\)/\1/p' tests/fuzz.bats | sort >"$T/replayed"
    for list in corpora dictionaries replayed; do
        same "$T/fuzzers" "$T/$list"
    done
}

@test "fuzz: the files of a corpus have names that say what they are" {
    find tests/fuzz/corpus -type f -printf '%f\n' >"$T/names"
    [ -s "$T/names" ]
    ! grep -vE '^[a-z0-9]+(-[a-z0-9]+)*$' "$T/names" || false
    ! grep -E '[0-9a-f]{16}' "$T/names" || false
}
