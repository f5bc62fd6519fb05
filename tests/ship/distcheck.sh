#!/bin/bash
# make distcheck: what BUILD/mob-VERSION.tar.gz holds is enough to build, test, install, uninstall and clean, and the
# same source makes the same bytes wherever and by whomever it is built.
#
# usage: tests/ship/distcheck.sh BUILD VERSION
set -eu -o pipefail
tarball=$(realpath "$1")/mob-$2.tar.gz
version=$2
work=$(realpath "$1")/distcheck
here=$work/here/mob-$version
other="$work/another place/mob-$version"
unset MAKEFLAGS MFLAGS MAKELEVEL MOB_BIN DESTDIR PREFIX B

say() {
    printf -- '-- %s\n' "$*"
}

fail() {
    printf 'distcheck: %s\n' "$*" >&2
    exit 1
}

# sums DIRECTORY: mode, checksum and name of every file in it.
sums() {
    (cd "$1" && find . -type f -printf '%m ' -exec sha256sum '{}' ';' | LC_ALL=C sort -k 3)
}

# built: mode, checksum and name of what is built and shipped, in the current directory.
built() {
    find build -maxdepth 1 -type f '(' -name 'mob-*' -o -name libmob.a ')' ! -name '*.list' -exec sha256sum '{}' + |
        LC_ALL=C sort -k 2
}

rm -rf "$work"
for place in "$here" "$other"; do
    mkdir -p "${place%/*}"
    tar -xzf "$tarball" -C "${place%/*}"
done
sums "$here" >"$work/files"
[ -s "$work/files" ] || fail "$tarball is empty"

say 'built twice, in two places, under another umask, time zone and language'
(cd "$here" && make -s -j "$(nproc)" WERROR=-Werror all dist && built) >"$work/built"
(umask 077 && cd "$other" && TZ=Asia/Tokyo LC_ALL=C.UTF-8 make -s WERROR=-Werror all dist && built) >"$work/built.other"
[ "$(wc -l <"$work/built")" -ge 17 ] || fail "$(cat "$work/built")"
diff "$work/built" "$work/built.other" || fail 'the two builds differ'
cmp "$tarball" "$here/build/mob-$version.tar.gz" || fail 'the tarball that the tarball makes is another'
rm -rf "${other%/*}"

say 'make check, from the tarball'
cd "$here"
make check 2>&1 | tee "$work/check.log"
! grep '^# .* skipped' "$work/check.log" || fail 'tests were skipped'

say 'installed, tried, uninstalled'
root=$work/root
make -s install DESTDIR="$root" >/dev/null
DESTDIR=$root PREFIX=/usr/local tests/ship/installed.sh "$version"
make -s uninstall DESTDIR="$root" >/dev/null
left=$(find "$root" ! -type d -o -name '*mob*')
[ -z "$left" ] || fail "uninstall left: $left"

say 'make clean leaves what the tarball held, and nothing has changed it'
make -s clean
sums "$here" >"$work/files.after"
diff "$work/files" "$work/files.after" || fail 'the source has changed'
[ -z "$(find "$here" -type d -empty)" ] || fail "empty folders: $(find "$here" -type d -empty)"
say "$tarball is good: $(sha256sum <"$tarball" | cut -c 1-64)"
