#!/bin/bash
# make deb: builds the Debian package from BUILD/mob-VERSION.tar.gz, twice, with no warning and the same bytes; lintian
# has nothing to say; and in a fresh, minimal Debian it is installed, tried and purged. That wants root (debootstrap,
# chroot); without, it says what it has not done. The fresh Debian is kept as BUILD/debian-*.tar for the next time.
#
# usage: tests/ship/deb.sh BUILD VERSION
set -eu -o pipefail
build=$(realpath "$1")
version=$2
work=$build/deb
root=$work/root
unset MAKEFLAGS MFLAGS MAKELEVEL MOB_BIN DESTDIR PREFIX B CFLAGS CPPFLAGS LDFLAGS HARDEN WERROR
export LC_ALL=C.UTF-8

say() {
    printf -- '-- %s\n' "$*"
}

fail() {
    printf 'make deb: %s\n' "$*" >&2
    exit 1
}

# package FOLDER: unpacks the tarball there and builds source and binary package.
package() {
    mkdir -p "$1"
    cp "$build/mob-$version.tar.gz" "$1/mob_$version.orig.tar.gz"
    tar -xzf "$build/mob-$version.tar.gz" -C "$1"
    (cd "$1/mob-$version" && dpkg-buildpackage -us -uc) >"$1/log" 2>&1 ||
        { tail -n 40 "$1/log"; fail "dpkg-buildpackage failed: $1/log"; }
    ! grep -E 'warning:' "$1/log" || fail 'the build warns'
    rm -rf "$1/mob-$version"
}

rm -rf --one-file-system "$work"
say 'the package, built twice'
package "$work/one"
package "$work/another folder"
shipped=$(cd "$work/one" && ls mob*.deb mob*.dsc mob*.tar.*)
[ "$(wc -w <<<"$shipped")" -eq 5 ] || fail "built: $shipped"
for file in $shipped; do
    cmp "$work/one/$file" "$work/another folder/$file" || fail "$file is another in another folder"
done
rm -rf "$work/another folder"
mv "$work"/one/mob* "$work"
package=$(ls "$work"/mob_*.deb)

say 'lintian'
lintian --allow-root --display-info --pedantic --fail-on error,warning,info,pedantic "$work"/mob_*.changes

if [ "$(id -u)" -ne 0 ]; then
    say "NOT TRIED: $package was not installed in a fresh Debian, for that wants root"
    exit 0
fi

# ---- a fresh Debian with what the package depends on, and what shows it ----

codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
depends=$(dpkg-deb -f "$package" Depends | sed 's/([^)]*)//g; s/|[^,]*//g; s/ //g')
with=$depends,bash-completion,man-db,miller,tzdata
base=$build/debian-$codename-$(sha256sum <<<"$with" | cut -c 1-8).tar
if [ ! -s "$base" ]; then
    say "debootstrap of $codename with $with"
    # From where this machine takes its packages.
    mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' 'Created-By: Packages' 'Component: main' |
        sed -n "s/ $codename\$//p" | head -n 1)
    debootstrap --variant=minbase --include="$with" "$codename" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
        { tail "$work/debootstrap.log"; fail 'debootstrap failed'; }
    rm -rf "$root"/var/cache/apt/archives/*.deb
    tar --create --file="$base.part" --one-file-system -C "$root" .
    mv "$base.part" "$base"
    rm -rf --one-file-system "$root"
fi
mkdir "$root"
tar --extract --file="$base" -C "$root"

inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/srv LC_ALL=C.UTF-8 TERM=dumb MAN_DISABLE_SECCOMP=1 \
        chroot "$root" "$@"
}

# everything: the names of all files, but for the records of dpkg and man-db.
everything() {
    (cd "$root" && find . -xdev '(' -path ./dev -o -path ./var/cache/man ')' -prune -o -print) |
        grep -vE '^\./var/(lib/dpkg/[a-z]+-old|log/.*)$' | LC_ALL=C sort
}

say 'installed and tried in it'
cp tests/ship/installed.sh "$package" "$root/srv/"
everything >"$work/before"
inside dpkg -i "/srv/${package##*/}" >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail 'dpkg -i failed'; }
[ -z "$(inside dpkg --verify mob)" ] || fail 'dpkg --verify finds other files than were shipped'
inside /srv/installed.sh "$version"
inside man mob-book | grep -q '^SYNOPSIS' || fail 'man mob-book shows nothing'
inside man -k mob | grep -q '^mob-estimate (1)' || fail 'man -k does not know mob-estimate'
inside bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader mob-book; complete -p mob-book' |
    grep -q -- '-F _mob mob-book' || fail 'bash-completion does not load the completion of mob-book'

say 'removed and purged'
inside dpkg -r mob >>"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log"; fail 'dpkg -r failed'; }
inside dpkg -P mob >>"$work/dpkg.log" 2>&1 || true # without conffiles removing has done it all
! inside dpkg -s mob >/dev/null 2>&1 || fail 'mob is still there'
everything | diff "$work/before" - || fail 'purging left other files than were there before'
rm -rf --one-file-system "$root" "$work/one"
say "$package is good"
