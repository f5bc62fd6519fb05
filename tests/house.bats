#!/usr/bin/env bats
# The house's rules about its own sources (STYLE.md), as tests: `make tidy`. What is wrong is shown as file:line.

load helper

# What a file may include of its own folder: only those listed before it. A name without ending is both .h and .c.
order='
base:  arena text error date interval money
io:    input decoder records split csv csv_writer table system lock directory store zoneinfo
model: policy coverage request booking board
rule:  hours stay price planning audit state expiry reshape wish estimate propose entitle candidate avail book amendment amend archive board free usage claim
site:  site.h names findings loader covers opening site.c seal columns entries entries_writer last archives leftover inspect ledger convert mapping import
view:  letter html words scale board_text board_style board_bar board_legend board_handover board_html onsets zone event
tool:  option run output filter batch report
'

# Calls that have no place here: where (an extended pattern for the path), what, and what to use instead.
banned='
^(cmd|lib)/ strcpy|strcat|stpcpy|strncpy|strncat    mob_text_copy or mob_buffer_add
^(cmd|lib)/ vsprintf                                 vsnprintf
^(cmd|lib)/ gets|strtok|strtok_r                     mob_text_next
^(cmd|lib)/ atoi|atol|atoll|atof|strtol|strtoll|strtoul|strtoull|strtod|sscanf|scanf|fscanf mob_text_to_number or mob_money_parse
^(cmd|lib)/ system|popen|execl|execlp|execv|execvp|fork|vfork nothing: no tool starts another
^(cmd|lib)/ setlocale|newlocale|uselocale            nothing: no locale changes what is read or written
^(cmd|lib)/ isalpha|isdigit|isalnum|isspace|isupper|islower|isprint|toupper|tolower|strcasecmp|strncasecmp plain comparisons: these ask the locale
^(cmd|lib)/ localtime|gmtime|ctime|asctime|mktime|strftime|strptime localtime_r once (tool/run), else base/date
^(cmd|lib)/ tmpnam|mktemp|tempnam|mkstemp|tmpfile    io/store, which replaces a file durably
^(cmd|lib)/ signal                                   sigaction
^(cmd|lib)/ alloca|strdup|strndup|asprintf|vasprintf mob_arena_take or struct mob_buffer
^(cmd|lib)/ rand|srand|random                        nothing: the same input gives the same answer
^(cmd|lib)/ setjmp|longjmp                           a return value and struct mob_error
^(cmd|lib/(base/[^e]|io|model|rule|site|view|tool)) sprintf snprintf (base/error has measured its room)
^(cmd|lib/(base|model|rule|view))/ open|openat|fopen|read|write|close|stat|lstat|fstat|rename|unlink io (base, model, rule and view touch no file)
^(cmd|lib/(base|model|rule|view))/ time|clock_gettime|gettimeofday|localtime_r the caller passes now
^lib/(base|io|model|rule|site|view)/ getenv|secure_getenv|putenv|setenv the caller passes it: only tool and cmd look at the environment
^(cmd|lib/(base|io|model|rule|site|view))/ printf|fprintf|vprintf|vfprintf|dprintf|puts|fputs|putchar|fputc|putc|fwrite|perror|err|errx|warn|warnx struct mob_error or struct mob_sink: tool prints
^(cmd|lib/(base|io|model|rule|site|view))/ exit|_exit|_Exit|quick_exit|abort|raise struct mob_error: tool exits
'
# The one exception (STYLE.md, decision 3): out of memory ends in base/arena.
exceptions='^lib/base/arena\.c:[0-9]+: (write|_exit) '

prepare() {
    cd "$ROOT"
    set -o pipefail
}

# nothing WHAT: fails, showing them, where standard input has lines.
nothing() {
    local found
    found=$(cat)
    [ -z "$found" ] || { printf '%s\n%s\n' "$1" "$found"; return 1; }
}

# lines ARGUMENT...: grep, for which no line is no failure.
lines() {
    grep "$@" || [ $? -eq 1 ]
}

sources() {
    find cmd lib -name '*.[ch]' | sort
}

# bare FILE...: `file:line:text` of each line without its comments and with empty strings.
bare() {
    awk '
        FNR == 1 { inside = 0 }
        {
            line = $0
            text = ""
            while (line != "") {
                if (inside) {
                    at = index(line, "*/")
                    if (at == 0) break
                    line = substr(line, at + 2)
                    inside = 0
                } else if (match(line, /"([^"\\]|\\.)*"|\047([^\047\\]|\\.)*\047|\/\*|\/\//)) {
                    found = substr(line, RSTART, RLENGTH)
                    text = text substr(line, 1, RSTART - 1)
                    line = substr(line, RSTART + RLENGTH)
                    if (found == "//") break
                    if (found == "/*") inside = 1
                    else text = text "\"\""
                } else {
                    text = text line
                    break
                }
            }
            if (text != "") print FILENAME ":" FNR ":" text
        }' "$@"
}

@test "STYLE: lib/LAYERS is the eight lines of the design, and says nothing else" {
    file "$T/expected" <<'LAYERS'
base:
io:    base
model: base
rule:  model base
site:  io model base
view:  model base
tool:  io base
cmd:   all
LAYERS
    same "$T/expected" lib/LAYERS
}

# The places that `order` gives: folder/file.h and folder/file.c, each with its number.
places() {
    awk '
        { sub(/:/, "", $1) }
        {
            for (i = 2; i <= NF; i++)
                if ($i ~ /\./)
                    print $1 "/" $i, i
                else
                    print $1 "/" $i ".h", i "\n" $1 "/" $i ".c", i
        }' <<<"$order"
}

# wrong_includes: of lines `path:line:#include "…"` those that lib/LAYERS or the order does not allow.
wrong_includes() {
    awk '
        FILENAME == ARGV[1] { place[$1] = $2; next }
        FILENAME == ARGV[2] {
            folder = $1
            sub(/:/, "", folder)
            $1 = ""
            may[folder] = $0 " "
            next
        }
        {
            split($0, parts, ":")
            place_of = parts[1] ":" parts[2] ": "
            path = parts[1]
            sub(/^lib\//, "", path)
            folder = path
            sub(/\/.*/, "", folder)
            target = $0
            sub(/^[^"]*"/, "", target)
            sub(/".*/, "", target)
            floor = target
            sub(/\/.*/, "", floor)
            own = path
            sub(/\.c$/, ".h", own)
            if (target !~ /^[a-z]+\/[a-z_]+\.h$/)
                print place_of "\"" target "\" is not written as \"folder/file.h\""
            else if (folder == floor) {
                if (target != own && !(target in place && path in place && place[target] < place[path]))
                    print place_of target " does not stand before " path " in the order of the folder"
            } else if (may[folder] != " all " && index(may[folder], " " floor " ") == 0)
                print place_of folder " may not include " target
        }' "$T/places" lib/LAYERS -
}

@test "STYLE: every #include of a file of ours keeps to lib/LAYERS and to the order inside its folder" {
    places >"$T/places"
    sources | xargs grep -n '^ *# *include *"' >"$T/includes"
    wc -l <"$T/includes" >"$T/count"
    [ "$(cat "$T/count")" -gt 50 ]
    check 0 wrong_includes <"$T/includes"
    nothing 'includes that the house does not allow:' <"$T/out"
}

@test "STYLE: an include that the house does not allow is found" {
    places >"$T/places"
    check 0 wrong_includes <<'INCLUDES'
lib/base/text.h:8:#include "base/arena.h"
lib/base/arena.c:1:#include "base/arena.h"
lib/base/arena.h:9:#include "base/text.h"
lib/base/other.c:1:#include "base/text.h"
lib/rule/price.c:3:#include "base/money.h"
lib/rule/price.c:4:#include "io/csv.h"
lib/io/csv.c:5:#include "model/policy.h"
lib/site/site.c:6:#include "rule/price.h"
lib/tool/run.c:7:#include "site/site.h"
lib/view/board.c:8:#include "rule/hours.h"
cmd/mob-book.c:9:#include "rule/book.h"
lib/base/text.c:10:#include "text.h"
INCLUDES
    cut -d: -f1,2 "$T/out" >"$T/found"
    file "$T/expected" <<'FOUND'
lib/base/arena.h:9
lib/base/other.c:1
lib/rule/price.c:4
lib/io/csv.c:5
lib/site/site.c:6
lib/tool/run.c:7
lib/view/board.c:8
lib/base/text.c:10
FOUND
    same "$T/expected" "$T/found"
}

@test "STYLE: every file of lib has its place in the order, and its folder in lib/LAYERS" {
    places | cut -d' ' -f1 | sort >"$T/places"
    find lib -name '*.[ch]' | sed 's/^lib.//' | sort >"$T/files"
    comm -13 "$T/places" "$T/files" >"$T/missing"
    nothing 'files that are not in the order at the top of house.bats:' <"$T/missing"
    find lib -mindepth 1 -type d | sed 's/^lib.//' | sort >"$T/folders"
    cut -d: -f1 lib/LAYERS | sort >"$T/layers"
    comm -13 "$T/layers" "$T/folders" >"$T/missing"
    nothing 'folders that are not in lib/LAYERS:' <"$T/missing"
}

@test "STYLE: every header compiles by itself, with gcc and clang" {
    for header in lib/*/*.h; do
        grep -q "^#ifndef MOB_" "$header" || echo "$header: no include guard"
    done | nothing 'headers that may not be included twice:'
    # A static inline function that nobody calls yet is no fault of a header.
    for compiler in gcc clang; do
        check 0 "$compiler" -fsyntax-only -x c -std=c17 -Wall -Wextra -Werror -Wno-unused-function -D_GNU_SOURCE -Ilib lib/*/*.h
    done
}

# banned_calls FILE...: file:line of each call that the table bans there, and what to use instead.
banned_calls() {
    bare "$@" | awk '
        NR == FNR {
            if (NF == 0) next
            where[++count] = $1
            calls[count] = $2
            $1 = $2 = ""
            sub(/^ */, "")
            instead[count] = $0
            next
        }
        {
            path = $0
            sub(/:.*/, "", path)
            place = $0
            sub(/^[^:]*:[0-9]*:/, "", place)
            text = place
            place = substr($0, 1, length($0) - length(text))
            for (i = 1; i <= count; i++)
                if (path ~ where[i] && match(text, "(^|[^a-zA-Z0-9_>.])(" calls[i] ") *\\(")) {
                    name = substr(text, RSTART, RLENGTH)
                    gsub(/[^a-zA-Z0-9_]/, "", name)
                    print place " " name " is banned: " instead[i]
                }
        }' <(printf '%s' "$banned") - | lines -Ev "$exceptions" | sort -u
}

@test "STYLE: no banned call (each is shown with what to use instead); below lib/tool nothing prints or exits" {
    check 0 banned_calls $(sources)
    nothing 'banned calls:' <"$T/out"
}

@test "STYLE: a banned call is found where there is one, and not in comments, strings or other names" {
    mkdir -p "$T/lib/base" "$T/lib/tool"
    cd "$T"
    file lib/base/x.c <<'C'
/* strcpy(a, b) in a comment
 * strcpy(a, b) */
int f(void) { g("strcpy(a, b)", '"'); my_strcpy(a); x.strcpy(a); return 0; } // strcpy(a)
int h(void) { return strcpy (a, b); }
int i(void) { return snprintf(a, 1, "") + sprintf(a, ""); }
void j(void) { exit(1); }
C
    cp lib/base/x.c lib/tool/x.c
    file lib/base/arena.c <<'C'
void k(void) { write(2, "", 0); _exit(2); }
void l(void) { printf(""); }
C
    check 0 banned_calls lib/base/x.c lib/tool/x.c lib/base/arena.c
    cut -d' ' -f1-2 "$T/out" >"$T/found"
    file "$T/expected" <<'FOUND'
lib/base/arena.c:2: printf
lib/base/x.c:4: strcpy
lib/base/x.c:5: sprintf
lib/base/x.c:6: exit
lib/tool/x.c:4: strcpy
lib/tool/x.c:5: sprintf
FOUND
    same "$T/expected" "$T/found"
}

@test "STYLE: structures are written out: no typedef" {
    bare $(sources) | lines -w typedef | cut -d: -f1,2 | nothing 'typedefs:'
}

@test "STYLE: what the library shows to others is called mob_, all else is static" {
    library=${MOB_BIN:-build}/libmob.a
    check 0 nm -g --defined-only "$library"
    awk 'NF == 3 && $3 !~ /^(mob_|__asan_|__odr_asan|__ubsan_|asan\.)/ { print $3 }' "$T/out" | nothing 'other names:'
    grep -q ' mob_' "$T/out"
}

@test "STYLE: no dead code: every function that a header shows is called from outside its own file" {
    { bare lib/*/*.h | sed 's/^/declared:/'; bare $(sources) $(find tests -name '*.c') | sed 's/^/used:/'; } | awk -F: '
        {
            kind = $1
            path = $2
            text = $0
            sub(/^[^:]*:[^:]*:[^:]*:/, "", text)
            module = path
            sub(/\.[ch]$/, "", module)
            # A declaration begins in the first column; inline ones are there to be used or not.
            is_declaration = text ~ /^[a-z_]/ && text !~ /^static/
            while (match(text, /mob_[a-z0-9_]+/)) {
                name = substr(text, RSTART, RLENGTH)
                text = substr(text, RSTART + RLENGTH)
                if (kind == "declared" && is_declaration && text ~ /^\(/)
                    home[name] = path
                else if (kind == "used")
                    users[name] = users[name] " " module
            }
        }
        END {
            for (name in home) {
                own = home[name]
                sub(/\.h$/, "", own)
                count = split(users[name], list, " ")
                for (i = 1; i <= count && (list[i] == own || list[i] "_writer" == own || list[i] == own "_writer"); i++)
                    continue
                if (i > count)
                    print home[name] ": " name
            }
        }' | sort | nothing 'nobody else calls:'
}

@test "STYLE: no line is longer than .clang-format says" {
    limit=$(sed -n 's/^ColumnLimit: *//p' .clang-format)
    [ "$limit" -gt 0 ]
    # Characters, not bytes: comments may hold letters beyond ASCII.
    LC_ALL=C.UTF-8 lines -nE "^.{$((limit + 1))}" $(sources) $(find tests -name '*.[ch]') | cut -d: -f1,2 |
        nothing "lines of more than $limit characters:"
}

@test "STYLE: no tab, no blank at the end of a line, a line end at the end of each file" {
    lines -nP '\t| +$' $(sources) $(find tests -name '*.[ch]') | cut -d: -f1,2 | nothing 'tabs or trailing blanks:'
    find cmd lib tests -name '*.[ch]' -o -name '*.bats' -o -name '*.bash' >"$T/files"
    xargs tail -qc 1 <"$T/files" | tr -d '\n' >"$T/ends"
    [ ! -s "$T/ends" ] || while read -r path; do
        [[ -z $(tail -c 1 "$path") ]] || echo "$path"
    done <"$T/files" | nothing 'files that end without a line end:'
}

@test "STYLE: nothing is left for later" {
    words="FIX""ME|TO""DO|XX""X" # in parts, so that this line is not found itself
    lines -rnwE "$words" cmd lib tests man examples Makefile README.md | cut -d: -f1,2 | nothing 'left for later:'
}

@test "STYLE: cmd/ holds tools and the lines of what they link, nothing else" {
    find cmd -mindepth 1 | lines -Ev '^cmd/mob-[a-z]+\.(c|mk)$' | nothing 'other files:'
    for line in cmd/*.mk; do
        [ -e "$line" ] || continue
        [ -e "${line%.mk}.c" ] || echo "$line: no tool of that name"
    done | nothing 'lines without a tool:'
}

@test "STYLE: every tool has a manual page and a test file, and every page and test file of a tool has a tool" {
    {
        for source in cmd/mob-*.c; do
            tool=$(basename "$source" .c)
            [ -e "man/$tool.1" ] || echo "man/$tool.1 is missing"
            [ -e "tests/$tool.bats" ] || echo "tests/$tool.bats is missing"
        done
        for path in man/mob-*.1 tests/mob-*.bats; do
            [ -e "$path" ] || continue
            # tests/mob-avail-planning.bats is of mob-avail too.
            tool=$(basename "$path" | grep -oE '^mob-[a-z]+')
            [ -e "cmd/$tool.c" ] || echo "$path: there is no $tool"
        done
    } | nothing 'missing:'
}

@test "STYLE: every tests/unit/*.c is built by make check, and what is built is run and counted" {
    make --no-print-directory --eval 'say-units: ; @echo $(units)' say-units | tr ' ' '\n' >"$T/units"
    for source in tests/unit/*.c; do
        grep -q "/unit/$(basename "$source" .c)\$" "$T/units" || echo "$source"
    done | nothing 'not built:'
    sed -n '/^check:/,/^$/p' Makefile | grep -q '\$(units)'
    sed -n '/^check:/,/^$/p' Makefile | grep -q 'tests/run.sh'
    # The runner, with one unit test that passes, one that fails and one that dies before its plan.
    mkdir -p "$T/tree/tests" "$T/tree/bin/unit"
    cp tests/run.sh "$T/tree/tests/"
    printf '#!/bin/sh\necho "ok 1 - a"\necho 1..1\n' >"$T/tree/bin/unit/good"
    printf '#!/bin/sh\necho "not ok 1 - a"\necho "ok 2 - b"\necho 1..2\nexit 1\n' >"$T/tree/bin/unit/bad"
    printf '#!/bin/sh\necho "ok 1 - a"\nkill -9 $$\n' >"$T/tree/bin/unit/dead"
    chmod +x "$T"/tree/bin/unit/*
    check 1 env MOB_BIN="$T/tree/bin" "$T/tree/tests/run.sh"
    # bad: its failure; dead: its death.
    tail -n 1 "$T/out" | is '3 passed, 2 failed'
    rm "$T/tree/bin/unit/bad" "$T/tree/bin/unit/dead"
    check 0 env MOB_BIN="$T/tree/bin" "$T/tree/tests/run.sh"
    tail -n 1 "$T/out" | is '1 passed, 0 failed'
}

# deaf_checks FILE...: file:line of each check of a test that cannot fail it. What begins with `!` never does, unless `||`
# stands behind it; nor does the first part of `[ … ] && …`, unless that ends a function or a test, whose status it then is.
# Here-documents are not looked at.
deaf_checks() {
    awk '
        function judge(next_line) {
            if (list != "" && next_line !~ /^ *}/)
                print list
            list = ""
        }
        FNR == 1 { judge(""); mark = ""; joined = "" }
        mark != "" { if ($0 == mark) mark = ""; next }
        /^ *(#|$)/ { next }
        {
            if (joined == "") { place = FILENAME ":" FNR; judge($0) }
            joined = joined $0
            if (match($0, /<<[\47"]?[A-Z]+/)) {
                mark = substr($0, RSTART, RLENGTH)
                gsub(/[^A-Z]/, "", mark)
            }
        }
        /(&&|\|\||\||\\)$/ { next }
        {
            if (joined ~ /^ *! / && joined !~ /\|\|/)
                print place
            else if (joined ~ /^ *\[\[? .* \]\]? && / && joined !~ /\|\|/ && joined !~ /&& (continue|break|return|exit|exec)/)
                list = place
            joined = ""
        }
        END { judge("") }' "$@"
}

@test "STYLE: every check of a test can fail it" {
    check 0 deaf_checks tests/*.bats tests/*.bash
    nothing 'checks that cannot fail (write `! … || false`, and each `[ … ]` on a line of its own):' <"$T/out"
}

@test "STYLE: a check that cannot fail is found where there is one" {
    file "$T/x.bats" <<'BATS'
one() {
    ! grep a b
    ! grep a b || false
    [ -s a ] && [ -s b ]
    [ -s a ] && [ -s b ] || return 1
    [[ -s a ]] &&
        cmp a b
    for i in 1 2; do
        [ -s $i ] && continue
        [ -s a ] && [ -s $i ]
    done
    cat <<TEXT
    ! grep a b
TEXT
    if [ -s a ] && [ -s b ]; then :; fi
    [ -s a ] && [ -s b ]
}
BATS
    cp "$T/x.bats" "$T/y.bats"
    check 0 deaf_checks "$T/x.bats" "$T/y.bats"
    for name in x y; do printf '%s\n' $name.bats:{2,4,6,10}; done >"$T/expected"
    sed 's/.*\///' "$T/out" | same "$T/expected" -
}

@test "tests: a MOB_BIN that is not absolute is found from a test's own directory" {
    mkdir -p "$T/here/bin"
    printf '#!/bin/sh\n' >"$T/here/bin/mob-found"
    chmod +x "$T/here/bin/mob-found"
    cd "$T/here"
    MOB_BIN=bin setup
    mob-found
}
