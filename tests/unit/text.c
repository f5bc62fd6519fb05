/* base/text and the escaper of base/error: lists, codes, numbers, near misses, buffers, indexes, quoting. */
#include "base/error.h"
#include "base/text.h"
#include "tap.h"

#include <stdlib.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- lists of codes, separated by single spaces ---- */

static const struct {
    const char *list;
    bool is_codes, is_code;
    size_t count;
} lists[] = {
    { "", true, false, 0 },
    { "A", true, true, 1 },
    { "A B", true, false, 2 },
    { "OIL BRAKES OIL", true, false, 3 },
    { "A  B", false, false, 3 },
    { " A", false, false, 2 },
    { "A ", false, false, 1 },
    { " ", false, false, 1 },
    { "A\tB", false, false, 1 },
    { "A\nB", false, false, 1 },
    { "A\x7f", false, false, 1 },
    { "\x01", false, false, 1 },
    { "A,B", true, true, 1 },
    { "R-1042", true, true, 1 },
    { "\xc3\x89T\xc3\x89", true, true, 1 },
    { "\xff", true, true, 1 },
};

static void check_lists(void)
{
    char name[MOB_QUOTED_SIZE + 60];
    struct mob_text rest = MOB_TEXT("A BB C"), item;

    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        struct mob_text list = mob_text_of(lists[i].list);

        snprintf(name, sizeof name, "%s is%s a code, is%s a list of codes", mob_quote(list).text,
                 lists[i].is_code ? "" : " not", lists[i].is_codes ? "" : " not");
        mob_tap_check(mob_text_is_code(list) == lists[i].is_code && mob_text_is_codes(list) == lists[i].is_codes &&
                          (!lists[i].is_codes || mob_text_count(list) == lists[i].count),
                      name);
    }
    mob_tap_check(mob_text_next(&rest, &item) && mob_text_is(item, MOB_TEXT("A")) && mob_text_next(&rest, &item) &&
                      mob_text_is(item, MOB_TEXT("BB")) && mob_text_next(&rest, &item) &&
                      mob_text_is(item, MOB_TEXT("C")) && !mob_text_next(&rest, &item) && !mob_text_next(&rest, &item),
                  "a list is taken apart in order, and then it is at its end");
    mob_tap_check(
        mob_text_lists(MOB_TEXT("A BB C"), MOB_TEXT("BB")) && mob_text_lists(MOB_TEXT("A BB C"), MOB_TEXT("C")) &&
            !mob_text_lists(MOB_TEXT("A BB C"), MOB_TEXT("B")) && !mob_text_lists(MOB_TEXT("A BB C"), MOB_TEXT("bb")) &&
            !mob_text_lists(MOB_TEXT(""), MOB_TEXT("A")),
        "a list holds whole codes only, as they are written");
}

/* ---- numbers: decimal, 0 to 10^9 ---- */

static const struct {
    const char *text;
    int64_t number; /* -1: refused */
} numbers[] = {
    { "0", 0 },           { "7", 7 },
    { "007", 7 },         { "1000000000", 1000000000 },
    { "1000000001", -1 }, { "18446744073709551616", -1 },
    { "", -1 },           { "-1", -1 },
    { "+1", -1 },         { " 1", -1 },
    { "1 ", -1 },         { "1.0", -1 },
    { "1e3", -1 },        { "0x1", -1 },
    { "1_000", -1 },      { "\xd9\xa1", -1 }, /* an Arabic digit */
};

static void check_numbers(void)
{
    char name[120];
    struct mob_print print;

    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        int64_t number = -1;
        int result = mob_text_to_number(mob_text_of(numbers[i].text), &number);

        snprintf(name, sizeof name, "'%s' %s", numbers[i].text, numbers[i].number < 0 ? "is no number" : "is a number");
        mob_tap_check(result == (numbers[i].number < 0 ? -1 : 0) && number == numbers[i].number, name);
    }
    mob_tap_check(mob_text_is(mob_print_number(&print, 0), MOB_TEXT("0")) &&
                      mob_text_is(mob_print_number(&print, -120), MOB_TEXT("-120")) &&
                      mob_text_is(mob_print_number(&print, INT64_MAX), MOB_TEXT("9223372036854775807")) &&
                      mob_text_is(mob_print_number(&print, MOB_ABSENT), MOB_TEXT("")),
                  "numbers are printed in decimal, an absent one as nothing");
}

/* ---- near misses: case aside, up to a third of the letters ---- */

static const char *const names[] = { "request", "wanted", "wanted_back", "vin", "jobs", "labour_min", NULL };

static const struct {
    const char *text, *meant;
} misses[] = {
    { "wanted", "wanted" },
    { "Wanted", "wanted" },
    { "WANTED", "wanted" },
    { "wantd", "wanted" },  /* one letter missing */
    { "wnated", "wanted" }, /* two changed places: 2 edits of 6 */
    { "wonderd", NULL },    /* 4 edits of 7 */
    { "wanted_bak", "wanted_back" },
    { "wantedback", "wanted_back" },
    { "labor_min", "labour_min" },
    { "requests", "request" },
    { "VIN", "vin" },
    { "vim", "vin" }, /* 1 edit of 3 */
    { "job", "jobs" },
    { "xyz", NULL },
    { "customer", NULL },
    { "", NULL },
};

static void check_near_misses(void)
{
    char name[120], long_text[300];
    size_t count = COUNT_OF(names) - 1;

    for (size_t i = 0; i < COUNT_OF(misses); i++) {
        const char *found = mob_text_nearest(mob_text_of(misses[i].text), names, count);

        snprintf(name, sizeof name, "'%s' is near %s", misses[i].text, misses[i].meant ? misses[i].meant : "nothing");
        mob_tap_check(found == misses[i].meant || (found && misses[i].meant && strcmp(found, misses[i].meant) == 0),
                      name);
    }
    memset(long_text, 'w', sizeof long_text);
    mob_tap_check(!mob_text_nearest((struct mob_text){ long_text, sizeof long_text }, names, count),
                  "a long text is near nothing");
    mob_tap_check(!mob_text_nearest(MOB_TEXT("wanted"), names, 0), "where there is no name, none is near");
}

/* ---- quoting: bytes of the data for a message ---- */

#define TEN "0123456789"
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN

static const struct {
    const char *name;
    struct mob_text text;
    const char *quoted;
} quotes[] = {
    { "nothing", MOB_TEXT(""), "''" },
    { "plain text", MOB_TEXT("30/11/2026"), "'30/11/2026'" },
    { "quotes and backslashes", MOB_TEXT("a'b\\c\"d"), "'a\\'b\\\\c\"d'" },
    { "line ends and tabs", MOB_TEXT("a\nb\rc\td"), "'a\\nb\\rc\\td'" },
    { "a NUL", MOB_TEXT("a\0b"), "'a\\x00b'" },
    { "escape and DEL", MOB_TEXT("\x1b[31m\x7f"), "'\\x1b[31m\\x7f'" },
    { "UTF-8", MOB_TEXT("P\xc3\xa9lissier \xe2\x82\xac \xf0\x9f\x9a\x97"),
      "'P\xc3\xa9lissier \xe2\x82\xac \xf0\x9f\x9a\x97'" },
    { "a C1 control character", MOB_TEXT("\xc2\x9b"), "'\\xc2\\x9b'" },
    { "a byte that is no UTF-8", MOB_TEXT("\xff"), "'\\xff'" },
    { "a half character", MOB_TEXT("\xc3"), "'\\xc3'" },
    { "a half character before text", MOB_TEXT("\xe2\x82z"), "'\\xe2\\x82z'" },
    { "a continuation alone", MOB_TEXT("\xa9"), "'\\xa9'" },
    { "an overlong slash", MOB_TEXT("\xc0\xaf"), "'\\xc0\\xaf'" },
    { "an overlong NUL in three bytes", MOB_TEXT("\xe0\x80\x80"), "'\\xe0\\x80\\x80'" },
    { "a surrogate", MOB_TEXT("\xed\xa0\x80"), "'\\xed\\xa0\\x80'" },
    { "beyond Unicode", MOB_TEXT("\xf4\x90\x80\x80"), "'\\xf4\\x90\\x80\\x80'" },
    { "a mark that turns the writing round", MOB_TEXT("\xe2\x80\xae"), "'\\xe2\\x80\\xae'" },
    { "80 bytes", MOB_TEXT(SEVENTY TEN), "'" SEVENTY TEN "'" },
    { "81 bytes", MOB_TEXT(SEVENTY TEN "x"), "'" SEVENTY TEN "'..." },
    { "a character that ends at the 80th byte", MOB_TEXT(SEVENTY "01234567\xc3\xa9"), "'" SEVENTY "01234567\xc3\xa9'" },
    { "a character that the cut would halve", MOB_TEXT(SEVENTY "012345678\xc3\xa9"), "'" SEVENTY "012345678'..." },
};

static void check_quotes(void)
{
    char name[160], worst[200];

    for (size_t i = 0; i < COUNT_OF(quotes); i++) {
        struct mob_quoted quoted = mob_quote(quotes[i].text);
        bool good = strcmp(quoted.text, quotes[i].quoted) == 0;

        if (!good)
            printf("# found %s, expected %s\n", quoted.text, quotes[i].quoted);
        snprintf(name, sizeof name, "quoted: %s", quotes[i].name);
        mob_tap_check(good, name);
    }
    memset(worst, 1, sizeof worst);
    mob_tap_check(strlen(mob_quote((struct mob_text){ worst, sizeof worst }).text) == 80 * 4 + 2 + 3,
                  "80 bytes that are all escaped fit");
}

/* ---- errors ---- */

static void check_errors(void)
{
    struct mob_error error = { 0 };
    char text[200], small[12];

    mob_tap_check(mob_error_say(&error, MOB_ERROR_ROW, "%s is %d", "x", 7) == -1, "an error is -1");
    mob_error_set(&error, MOB_ERROR_FATAL, "other.csv", 9, "other", "other");
    mob_tap_check(error.kind == MOB_ERROR_ROW && strcmp(error.message, "x is 7") == 0, "an error is never overwritten");
    mob_error_place(&error, "in.csv", 17, "wanted");
    mob_error_place(&error, "out.csv", 18, "other");
    mob_error_print(&error, text, sizeof text);
    mob_tap_check(strcmp(text, "in.csv:17: wanted: x is 7") == 0,
                  "file, line and column are named, the first that were known");
    mob_error_print(&error, small, sizeof small);
    mob_tap_check(strlen(small) < sizeof small, "a small buffer is not overrun");
}

/* ---- buffers and indexes ---- */

static void check_buffer(void)
{
    struct mob_buffer buffer = { 0 };
    size_t start;

    mob_tap_check(mob_buffer_since(&buffer, 0).length == 0, "an empty buffer holds the empty text");
    mob_buffer_add(&buffer, MOB_TEXT("x"));
    start = buffer.length;
    mob_buffer_add_item(&buffer, start, MOB_TEXT("A"));
    mob_buffer_add_item(&buffer, start, MOB_TEXT("B"));
    mob_buffer_add_byte(&buffer, '.');
    mob_buffer_add_number(&buffer, 42);
    mob_tap_check(mob_text_is(mob_buffer_since(&buffer, start), MOB_TEXT("A B.42")), "items are parted by one space");
    for (int i = 0; i < 100000; i++)
        mob_buffer_add_byte(&buffer, (char)('a' + i % 26));
    mob_tap_check(buffer.length == 100007 && buffer.bytes[100006] == 'a' + 99999 % 26 && buffer.bytes[0] == 'x',
                  "a buffer grows and keeps what it holds");
    mob_buffer_release(&buffer);
}

static void check_index(void)
{
    enum { KEYS = 5000 };
    static char texts[KEYS][12];
    struct mob_index index = { 0 };
    bool good = true;

    mob_tap_check(mob_index_find(&index, MOB_TEXT("A")) == MOB_INDEX_NONE, "an empty index finds nothing");
    for (size_t i = 0; i < KEYS; i++) {
        snprintf(texts[i], sizeof texts[i], "R-%zu", i);
        mob_index_put(&index, mob_text_of(texts[i]), i);
    }
    mob_index_put(&index, mob_text_of(texts[7]), 70000);
    for (size_t i = 0; i < KEYS; i++)
        good = good && mob_index_find(&index, mob_text_of(texts[i])) == (i == 7 ? 70000 : i);
    mob_tap_check(good, "an index finds each of 5,000, and the later of two under one key");
    mob_tap_check(mob_index_find(&index, MOB_TEXT("R-5000")) == MOB_INDEX_NONE &&
                      mob_index_find(&index, MOB_TEXT("R-")) == MOB_INDEX_NONE,
                  "an index finds no other");
    /* A sanitizer sees a null pointer compared where there are two such keys. */
    mob_index_put(&index, (struct mob_text){ NULL, 0 }, 1);
    mob_index_put(&index, (struct mob_text){ NULL, 0 }, 2);
    mob_tap_check(mob_index_find(&index, MOB_TEXT("")) == 2, "a key of no bytes is a key, without a pointer too");
    mob_index_release(&index);
}

static void check_compare(void)
{
    struct mob_arena arena;
    struct mob_text copy;

    mob_tap_check(
        mob_text_compare(MOB_TEXT("A"), MOB_TEXT("B")) < 0 && mob_text_compare(MOB_TEXT("B"), MOB_TEXT("A")) > 0 &&
            mob_text_compare(MOB_TEXT("A"), MOB_TEXT("AB")) < 0 &&
            mob_text_compare(MOB_TEXT("AB"), MOB_TEXT("A")) > 0 &&
            mob_text_compare(MOB_TEXT("A"), MOB_TEXT("A")) == 0 && mob_text_compare(MOB_TEXT(""), MOB_TEXT("A")) < 0 &&
            mob_text_compare(MOB_TEXT("Z"), MOB_TEXT("\xc3\xa9")) < 0,
        "texts are ordered by their bytes");
    mob_arena_init(&arena);
    copy = mob_text_copy(&arena, (struct mob_text){ "abc", 2 });
    mob_tap_check(mob_text_is(copy, MOB_TEXT("ab")) && copy.bytes[2] == '\0', "a copy has a NUL behind it");
    mob_tap_check(mob_text_copy(&arena, mob_text_of(NULL)).length == 0, "no text can be copied");
    mob_arena_release(&arena);
}

int main(void)
{
    check_lists();
    check_numbers();
    check_near_misses();
    check_quotes();
    check_errors();
    check_buffer();
    check_index();
    check_compare();
    return mob_tap_finish();
}
