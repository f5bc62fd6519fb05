#!/usr/bin/env bats
# What is shipped: one version, hardened binaries, an install that can be taken back, a tarball that is always the same.
# `make distcheck` and `make deb` try the rest.

load helper

prepare() {
    set -o pipefail
}

# ours TARGET ARGUMENT...: make in the project's folder, with the tools that are already built.
ours() {
    check 0 env -u MAKEFLAGS -u MAKELEVEL -u DESTDIR -u PREFIX make -C "$ROOT" --no-print-directory -o all "$@"
}

# variable NAME: what the Makefile has for it.
variable() {
    ours --eval "say: ; @echo '\$($1)'" say
    cat "$T/out"
}

tools() {
    basename -s .c "$ROOT"/cmd/mob-*.c
}

@test "the version is the Makefile's in CHANGELOG.md, in the Debian package and in what every tool says" {
    version=$(variable VERSION)
    sed -n 's/^## \([^ ]*\) (.*)$/\1/p' "$ROOT/CHANGELOG.md" | head -n 1 | is "$version"
    sed -n '1s/^mob (\(.*\)-[0-9]*) .*/\1/p' "$ROOT/debian/changelog" | is "$version"
    for tool in $(tools); do
        check 0 "$tool" --version
        is "$tool (mob) $version" <"$T/out"
    done
}

@test "what is shipped has the date of CHANGELOG.md, the Debian package too" {
    day=$(sed -n 's/^## .* (\(.*\))$/\1/p' "$ROOT/CHANGELOG.md" | head -n 1)
    unset SOURCE_DATE_EPOCH
    date -u -d "$day" +%s | is "$(variable SOURCE_DATE_EPOCH)"
    date -u -d "$(sed -n '/^ -- /{s/.*>  //p;q}' "$ROOT/debian/changelog")" +%F | is "$day"
}

# hardened FILE: what of the hardening it lacks, a line each.
hardened() {
    readelf -hldW --dyn-syms "$1" >elf || return 1
    grep -q 'Type: *DYN' elf || echo "$1: not position independent"
    grep -q 'GNU_RELRO' elf || echo "$1: no relro"
    grep -q 'BIND_NOW' elf || echo "$1: not bound at the start"
    grep -q 'GNU_STACK.* RW ' elf || echo "$1: a stack that can be executed"
    grep -q '__stack_chk_fail' elf || echo "$1: no stack protector"
    grep -qE ' __[a-z]+_chk' elf || echo "$1: nothing fortified"
}

@test "every tool is hardened: PIE, full relro, no executable stack, stack protector, fortified calls" {
    [ -z "${MOB_SANITIZED:-}" ] || skip 'the sanitizers stand in its place'
    for tool in $(tools); do
        hardened "${MOB_BIN:-$ROOT/build}/$tool"
    done | is ''
}

@test "a binary that is not hardened is found" {
    file x.c <<'C'
#include <stdio.h>
int main(int count, char **words) { char text[64]; sprintf(text, "%s", words[count - 1]); return text[0]; }
C
    cc -O2 -no-pie -z norelro -z lazy -z execstack -fno-stack-protector -U_FORTIFY_SOURCE -o x x.c
    hardened ./x | wc -l | is 6
}

@test "no path of the machine that built it is in a tool or in the library" {
    for file in $(tools | sed "s#^#${MOB_BIN:-$ROOT/build}/#") "${MOB_BIN:-$ROOT/build}/libmob.a"; do
        [ -s "$file" ]
        ! grep -qaF "$ROOT/" "$file" || echo "$file"
    done | is ''
}

@test "make install: the tools, their pages and completion, the documents and examples, and nothing else" {
    (umask 022 && ours install B="${MOB_BIN:-build}" DESTDIR="$T/a root" PREFIX=/opt/mob)
    (cd "a root" && find . -type f -printf '%m %P\n' | sort -k 2) >found
    {
        tools | sed 's#^#755 opt/mob/bin/#'
        tools | sed 's#^#644 opt/mob/share/bash-completion/completions/#'
        for page in "$ROOT"/man/*; do
            echo "644 opt/mob/share/man/man${page##*.}/${page##*/}"
        done
        (cd "$ROOT" && find README.md CHANGELOG.md LICENSE docs/*.png examples -type f) | while read -r name; do
            mode=644
            [[ $name != *.sh ]] || mode=755
            echo "$mode opt/mob/share/doc/mob/$name"
        done
    } | sort -k 2 >expected
    same expected found
    # A recipe names the place where it is.
    { grep -r /usr/local/share "a root/opt/mob/share/doc/mob/examples" || true; } | is ''
    grep -q '^RECIPES=/opt/mob/share/doc/mob/examples$' "a root/opt/mob/share/doc/mob/examples/crontab"
    cmp "$ROOT/examples/dealer/fleet.csv" "a root/opt/mob/share/doc/mob/examples/dealer/fleet.csv"
}

@test "make uninstall takes back what install has put there, and nothing else" {
    mkdir -p root/usr/local/bin root/usr/local/share/doc/mob/examples
    touch root/usr/local/bin/mob-mine root/usr/local/share/doc/mob/examples/mine.csv
    find root -type f | sort >before
    ours install B="${MOB_BIN:-build}" DESTDIR="$T/root"
    ours uninstall DESTDIR="$T/root"
    find root -type f | sort >after
    same before after
    rm root/usr/local/share/doc/mob/examples/mine.csv root/usr/local/bin/mob-mine
    ours install B="${MOB_BIN:-build}" DESTDIR="$T/root"
    ours uninstall DESTDIR="$T/root"
    find root ! -type d -o -name '*mob*' | is ''
    # Where nothing is, nothing is to be done.
    ours uninstall DESTDIR="$T/root"
}

@test "make dist: the same bytes whoever makes it, of the source and nothing that was built" {
    ours dist B="$T/one"
    (umask 077 && export TZ=Asia/Tokyo LC_ALL=C.UTF-8 && ours dist B="$T/two")
    version=$(variable VERSION)
    cmp "one/mob-$version.tar.gz" "two/mob-$version.tar.gz"
    tar --numeric-owner -tvzf "one/mob-$version.tar.gz" >listing
    awk '{ print $2 }' listing | sort -u | is 0/0
    awk '{ print $1 }' listing | sort -u | is "$(printf '%s\n' -rw-r--r-- -rwxr-xr-x)"
    awk '{ print $6 }' listing >names
    for name in Makefile LICENSE .ci/run debian/rules tests/run.sh cmd/mob-book.c; do
        grep -qx "mob-$version/$name" names || { echo "$name is missing"; false; }
    done
    awk -v top="mob-$version/" 'index($0, top) != 1 || /\/build\/|\.o$|\/\.git\//' names | is ''
}

@test "make help lists every target that the Makefile calls phony" {
    ours help
    awk '{ print $1 }' "$T/out" | sort >found
    sed -n '/^\.PHONY:/,/[^\\]$/p' "$ROOT/Makefile" | tr -s ' \t' '\n' | grep '^[a-z]' | sort >expected
    same expected found
}
