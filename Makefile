# mob: see README.md. `make help` lists the targets.

VERSION = 0.1.0

PREFIX ?= /usr/local
CC ?= cc
CFLAGS ?= -O2 -g
# What dpkg-buildflags gives with hardening=+all, and what newer ones add to it.
HARDEN ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection $(branch_protection) -fPIE \
	-Wformat -Werror=format-security
branch_protection := $(if $(filter x86_64-% i686-%,$(shell $(CC) -dumpmachine)),-fcf-protection)
B ?= build

ALL_CPPFLAGS = -Ilib -D_GNU_SOURCE -DMOB_VERSION='"$(VERSION)"' $(CPPFLAGS)
ALL_CFLAGS = -std=c17 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	$(CFLAGS) $(HARDEN) $(WERROR) '-ffile-prefix-map=$(CURDIR)=.'
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS = -l:libcsv.a -lxxhash

lib_sources = $(sort $(wildcard lib/*/*.c))
lib_objects = $(lib_sources:%.c=$B/%.o)
tool_sources = $(wildcard cmd/mob-*.c)
tools = $(tool_sources:cmd/%.c=%)
unit_sources = $(wildcard tests/unit/*.c)
benches = $(patsubst tests/bench/%.c,$B/bench/%,$(wildcard tests/bench/*.c))
units = $(unit_sources:tests/unit/%.c=$B/unit/%)
fault_sources = $(wildcard tests/faults/*.c)
fault_tools = mob-amend mob-archive mob-book mob-check mob-list
fuzz_sources = $(wildcard tests/fuzz/*.c)
fuzzers = $(filter-out fuzz replay,$(fuzz_sources:tests/fuzz/%.c=%))
replays = $(fuzzers:%=$B/fuzz/%-replay)

.PHONY: all help deps demo check asan analyze tidy fuzz faults faults-short mutants bench bench-network screenshots \
	install uninstall dist distcheck deb clean
.SECONDARY:

all: $(tools:%=$B/%) ## build the tools into build/

# What a tool links beyond libmob and libcsv stands in cmd/NAME.mk as NAME_libs.
-include $(wildcard cmd/*.mk)

$B/libmob.a: $(lib_objects)
	@rm -f $@
	$(AR) rcsD $@ $^

$B/mob-%: $B/cmd/mob-%.o $B/libmob.a
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $B/libmob.a $(LIBS) $(mob-$*_libs)

$B/unit/%: $B/tests/unit/%.o $B/libmob.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(unit_$*_flags) -o $@ $< $B/libmob.a $(LIBS)

unit_split_flags = -Wl,--wrap=mob_split

$B/bench/%: $B/tests/bench/%.o $B/libmob.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $B/libmob.a $(LIBS)

# The fault suite runs the tools' own mains in its children.
$B/faults/mob-%.o: $B/cmd/mob-%.o
	@mkdir -p $(@D)
	objcopy --redefine-sym main=mob_$*_main $< $@

# Linked statically: a child of it starts in a fraction of the time.
$B/faults/faults: $(fault_sources:%.c=$B/%.o) $(fault_tools:%=$B/faults/%.o) $B/libmob.a
	$(CC) $(ALL_CFLAGS) -static -o $@ $^ $(LIBS)

# A fuzzer with libFuzzer's main, and with one that is given the files of its corpus.
$B/fuzz/%-fuzzer: $B/tests/fuzz/%.o $B/tests/fuzz/fuzz.o $B/libmob.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -fsanitize=fuzzer $(fuzz_flags) $(fuzz_$*_flags) -o $@ $^ $(LIBS)

$B/fuzz/%-replay: $B/tests/fuzz/%.o $B/tests/fuzz/fuzz.o $B/tests/fuzz/replay.o $B/libmob.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(fuzz_flags) $(fuzz_$*_flags) -o $@ $^ $(LIBS)

fuzz_flags = -Wl,--wrap=mob_memory_grow
fuzz_csv_flags = -Wl,--wrap=read,--wrap=mob_split

$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

-include $(lib_objects:.o=.d) $(benches:$B/bench/%=$B/tests/bench/%.d) \
	$(patsubst %.c,$B/%.d,$(tool_sources) $(unit_sources) $(fault_sources) $(fuzz_sources))

# ---- what a fresh Debian lacks ----

build_packages = libcsv-dev uthash-dev libxxhash-dev libical-dev
demo_packages = $(build_packages) miller
fault_packages = $(build_packages) binutils strace util-linux mount acl e2fsprogs xfsprogs
check_packages = $(demo_packages) $(fault_packages) bats mandoc xxhash attr clang python3-vobject \
	chromium chromium-driver curl jq poppler-utils ruby-mustache parallel openssh-server openssh-client procps \
	valgrind
bench_packages = $(demo_packages) hyperfine jq sqlite3 python3 postgresql valgrind nodejs util-linux parallel
fuzz_packages = $(build_packages) clang libclang-rt-dev
deb_packages = $(build_packages) build-essential debhelper lintian debootstrap
packages = $(check_packages) $(fuzz_packages) clang-format clang-tidy cppcheck

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1	\2/p' Makefile | expand -t 18

deps: ## install the Debian packages that are missing (apt)
	@missing=; for package in $(packages); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] || { echo "installing:$$missing"; \
		sudo=$$([ "$$(id -u)" -eq 0 ] || echo sudo); \
		$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; }

demo: ## the workflow on a copy of the example dealership, as aligned tables
	@$(MAKE) --no-print-directory deps packages='$(demo_packages)'
	@$(MAKE) --no-print-directory -s WERROR= all
	@MOB_BIN=$B examples/demo.sh

check: ## build with -Werror and run all tests; ends with `N passed, M failed`
	@$(MAKE) --no-print-directory deps packages='$(check_packages)'
	@$(MAKE) --no-print-directory -j$$(nproc) WERROR=-Werror B=$B all $(units) $(replays) $B/faults/faults \
		$B/bench/through
	@MOB_BIN=$B tests/run.sh

sanitize = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan: deps ## the same tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory -j$$(nproc) B=build/asan CFLAGS='$(sanitize)' HARDEN= WERROR=-Werror all \
		$(units:$B/%=build/asan/%) $(replays:$B/%=build/asan/%) build/asan/bench/through
	@MOB_BIN=build/asan MOB_SANITIZED=1 tests/run.sh

sources = $(wildcard cmd/*.c lib/*/*.c)
cores = $(shell nproc)
analyze: deps ## clang-tidy, cppcheck, gcc -fanalyzer and clang, none with a warning
	@printf '%s\n' $(sources) | xargs -P $(cores) -n 4 sh -c \
		'clang-tidy --quiet --warnings-as-errors="*" "$$@" -- -std=c17 -Ilib -D_GNU_SOURCE -DMOB_VERSION=\"x\"' sh
	@cppcheck --quiet -j $(cores) --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck --suppress=ctuuninitvar \
		-Ilib -D_GNU_SOURCE -DMOB_VERSION='"x"' $(sources)
	@$(MAKE) --no-print-directory -j $(cores) B=build/analyze CFLAGS='-O1 -fanalyzer' HARDEN= WERROR=-Werror all
	@$(MAKE) --no-print-directory -j $(cores) B=build/clang CC=clang WERROR=-Werror all

tidy: deps ## the house's style as a test
	@$(MAKE) --no-print-directory -j $(cores) WERROR=-Werror B=$B $B/libmob.a
	@MOB_BIN=$B tests/run.sh tests/house.bats
	@clang-format --dry-run --Werror $(sources) $(wildcard lib/*/*.h)

FUZZ_SECONDS ?= 60
fuzz: ## each fuzzer for FUZZ_SECONDS (60), two at a time; what they find: build/fuzz/crashes
	@$(MAKE) --no-print-directory deps packages='$(fuzz_packages)'
	@$(MAKE) --no-print-directory B=build/fuzzing CC=clang CPPFLAGS=-DFUZZ_SELDOM=1024 HARDEN= WERROR=-Werror \
		CFLAGS='$(sanitize) -fsanitize=fuzzer-no-link' $(fuzzers:%=build/fuzzing/fuzz/%-fuzzer)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run.sh $(fuzzers)

# Some Debians have npm in a package of its own, others with nodejs.
bench: ## speed and memory beside the peers, in one table; BENCH='NAME ...': only those of tests/bench/works
	@$(MAKE) --no-print-directory deps packages='$(bench_packages)'
	@command -v npm >/dev/null || $(MAKE) --no-print-directory deps packages=npm
	@$(MAKE) --no-print-directory WERROR= B=$B all $(benches)
	@mkdir -p $B/bench/peers
	@cp tests/bench/peers/*.mjs tests/bench/peers/package.json $B/bench/peers/
	@cd $B/bench/peers && npm install --silent --no-package-lock --no-audit --no-fund
	@MOB_BIN=$B tests/bench/run.sh $(BENCH)

bench-network: ## the night of 1,000 dealerships (SITES), and what 10,000 would need
	@$(MAKE) --no-print-directory deps packages='$(demo_packages) parallel'
	@$(MAKE) --no-print-directory WERROR= B=$B all
	@MOB_BIN=$B tests/bench/network.sh

faults: ## the fault suite: less than an hour on 2 cores; as root for all of it
	@$(MAKE) --no-print-directory deps packages='$(fault_packages)'
	@$(MAKE) --no-print-directory -s WERROR= all $B/faults/faults
	@MOB_BIN=$B tests/faults/run.sh whole

faults-short: ## some faults of each kind, as in make check
	@$(MAKE) --no-print-directory deps packages='$(fault_packages)'
	@$(MAKE) --no-print-directory -s WERROR= all $B/faults/faults
	@MOB_BIN=$B tests/faults/run.sh short

mutants: ## break each promise in a copy of the sources: the fault suite goes red
	@$(MAKE) --no-print-directory deps packages='$(fault_packages)'
	@tests/faults/mutants.sh

screenshots: ## README's pictures of the planning board, anew
	@$(MAKE) --no-print-directory deps packages='$(demo_packages) chromium poppler-utils'
	@$(MAKE) --no-print-directory -s WERROR= all
	@MOB_BIN=$B docs/screenshots.sh

# ---- installing ----

bindir = $(DESTDIR)$(PREFIX)/bin
mandir = $(DESTDIR)$(PREFIX)/share/man
completiondir = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
docdir = $(DESTDIR)$(PREFIX)/share/doc/mob

pages = $(wildcard man/*.[1-8])
page_files = $(foreach section,1 5 7,$(patsubst man/%,man$(section)/%,$(filter %.$(section),$(pages))))
docs = README.md CHANGELOG.md LICENSE $(wildcard docs/*.png)
examples = $(sort $(shell find examples -type f))

install: all ## install below PREFIX (and DESTDIR)
	install -d '$(bindir)' '$(completiondir)'
	install -m 755 $(tools:%=$B/%) '$(bindir)'
	for page in $(page_files); do install -D -m 644 man/$${page#*/} '$(mandir)'/$$page || exit 1; done
	for tool in $(tools); do install -m 644 completion/mob.bash '$(completiondir)'/$$tool || exit 1; done
	for file in $(docs) $(examples); do \
		mode=644; [ ! -x $$file ] || mode=755; \
		install -D -m $$mode $$file '$(docdir)'/$$file || exit 1; \
	done
	grep -lr '/usr/local/share/doc/mob' '$(docdir)'/examples | tr '\n' '\0' | \
		xargs -0r sed -i 's#/usr/local/share/doc/mob#$(PREFIX)/share/doc/mob#g'

uninstall: ## remove what install has put there, and nothing else
	rm -f $(tools:%='$(bindir)'/%) $(tools:%='$(completiondir)'/%) $(page_files:%='$(mandir)'/%)
	rm -f $(patsubst %,'$(docdir)'/%,$(docs) $(examples))
	[ ! -d '$(docdir)' ] || find '$(docdir)' -depth -type d -empty -delete

# ---- shipping ----

# All that is shipped has one date: that of the version's heading in CHANGELOG.md.
SOURCE_DATE_EPOCH ?= $(shell date -u -d "$$(sed -n 's/^## $(VERSION) (\(.*\))$$/\1/p' CHANGELOG.md)" +%s)
tarball = $B/mob-$(VERSION).tar

dist: ## the source as build/mob-VERSION.tar.gz, always the same bytes
	@mkdir -p $B
	@if [ -e .git ]; then git ls-files -z; \
	else find . '(' -path ./build -o -path './$B' ')' -prune -o -type f -printf '%P\0'; fi >$(tarball).list
	@test -s $(tarball).list
	@LC_ALL=C sort -z $(tarball).list | tar --create --file=$(tarball) --format=ustar --no-recursion \
		--transform='s#^#mob-$(VERSION)/#' --mode=a+rX,u+w,go-w --mtime=@$(SOURCE_DATE_EPOCH) \
		--owner=0 --group=0 --numeric-owner --null --files-from=-
	@rm $(tarball).list
	@gzip -9nf $(tarball)

distcheck: dist ## the tarball builds, passes `make check`, installs and uninstalls; all twice the same bytes
	@tests/ship/distcheck.sh $B $(VERSION)

deb: dist ## the Debian package below build/deb: lintian clean, the same bytes twice, tried in a fresh Debian (as root)
	@$(MAKE) --no-print-directory deps packages='$(deb_packages)'
	@tests/ship/deb.sh $B $(VERSION)

clean: ## remove what was built
	rm -rf $B
