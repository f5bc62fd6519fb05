# mob: see README.md. `make help` lists the targets.

VERSION = 0.1.0

PREFIX ?= /usr/local
CC ?= cc
CFLAGS ?= -O2 -g
HARDEN ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
B ?= build

ALL_CPPFLAGS = -Ilib -D_GNU_SOURCE -DMOB_VERSION='"$(VERSION)"' $(CPPFLAGS)
ALL_CFLAGS = -std=c17 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla $(CFLAGS) $(HARDEN) $(WERROR)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS = -l:libcsv.a -lxxhash

lib_sources = $(wildcard lib/*/*.c)
lib_objects = $(lib_sources:%.c=$B/%.o)
tool_sources = $(wildcard cmd/mob-*.c)
tools = $(tool_sources:cmd/%.c=%)
unit_sources = $(wildcard tests/unit/*.c)
units = $(unit_sources:tests/unit/%.c=$B/unit/%)

.PHONY: all help deps demo check asan analyze tidy bench clean
.SECONDARY:

all: $(tools:%=$B/%)

# What a tool links beyond libmob and libcsv stands in cmd/NAME.mk as NAME_libs.
-include $(wildcard cmd/*.mk)

$B/libmob.a: $(lib_objects)
	@rm -f $@
	$(AR) rcs $@ $^

$B/mob-%: $B/cmd/mob-%.o $B/libmob.a
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $B/libmob.a $(LIBS) $(mob-$*_libs)

$B/unit/%: $B/tests/unit/%.o $B/libmob.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $B/libmob.a $(LIBS)

$B/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

-include $(lib_objects:.o=.d) $(tool_sources:%.c=$B/%.d) $(unit_sources:%.c=$B/%.d)

clean:
	rm -rf $B
