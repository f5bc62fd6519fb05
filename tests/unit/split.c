/* io/split beside libcsv, its referee: every text of up to seven bytes of those that mean something, read whole and cut
 * in two everywhere, at every place in the blocks that are compared at once; and the limits. Both must find the same
 * cells, lines and faults. */
#include "io/csv.h"
#include "io/split.h"
#include "tap.h"

#include <stdlib.h>

#define NAME "in.csv"

/* ---- with io/split, or by libcsv alone: linked with --wrap=mob_split ---- */

static bool by_libcsv_alone;
static size_t split_count; /* records that came without libcsv */

size_t __real_mob_split(struct mob_records *records, size_t from, size_t end, char delimiter);
size_t __wrap_mob_split(struct mob_records *records, size_t from, size_t end, char delimiter);

size_t __wrap_mob_split(struct mob_records *records, size_t from, size_t end, char delimiter)
{
    size_t before = records->record_count, split;

    if (by_libcsv_alone)
        return records->start;
    split = __real_mob_split(records, from, end, delimiter);
    split_count += records->record_count - before;
    return split;
}

/* ---- a text in two pieces ---- */

struct pieces {
    struct mob_text rest;
    size_t first;
};

static ssize_t give_piece(void *self, char *bytes, size_t size, struct mob_error *error)
{
    struct pieces *pieces = self;
    size_t length = pieces->first ? pieces->first : pieces->rest.length;

    (void)error;
    if (length > size)
        length = size;
    if (length)
        memcpy(bytes, pieces->rest.bytes, length);
    pieces->rest.bytes += length;
    pieces->rest.length -= length;
    pieces->first = 0;
    return (ssize_t)length;
}

/* ---- what a reading finds ---- */

static void tell_text(struct mob_buffer *told, struct mob_text text)
{
    mob_buffer_add_number(told, (int64_t)text.length);
    mob_buffer_add_byte(told, ':');
    mob_buffer_add(told, text);
}

static void read_all(struct mob_csv *csv, struct mob_buffer *told)
{
    struct mob_error error = { 0 };
    struct mob_record record;

    told->length = 0;
    while (mob_csv_read(csv, &record, &error) > 0) {
        mob_buffer_add_number(told, (int64_t)record.line);
        mob_buffer_add_byte(told, record.plain ? 'p' : 'q');
        mob_buffer_add_byte(told, record.unended ? 'u' : 'e');
        tell_text(told, record.raw);
        for (size_t i = 0; i < record.cell_count; i++)
            tell_text(told, record.cells[i]);
    }
    mob_buffer_add_number(told, (int64_t)error.line);
    tell_text(told, mob_text_of(error.message));
    mob_csv_close(csv);
}

static struct mob_csv *open_cut(struct pieces *pieces, struct mob_text text, size_t cut, char delimiter)
{
    *pieces = (struct pieces){ text, cut };
    return mob_csv_open_source((struct mob_source){ give_piece, pieces }, delimiter, NAME);
}

/* Whether libcsv, given all of the text, finds what is found in it whole and cut at each place from `from` on. */
static bool same(struct mob_text text, char delimiter, size_t from)
{
    static struct mob_buffer referee, told; /* static, so that they need not grow again */
    struct pieces pieces;
    bool holds = true;

    by_libcsv_alone = true;
    read_all(open_cut(&pieces, text, 0, delimiter), &referee);
    by_libcsv_alone = false;
    for (size_t cut = from; holds && cut <= text.length; cut++) {
        read_all(open_cut(&pieces, text, cut, delimiter), &told);
        holds = mob_text_is(mob_buffer_since(&referee, 0), mob_buffer_since(&told, 0));
    }
    if (!holds)
        printf("# %s\n# libcsv: %s\n# split: %s\n", mob_quote(text).text, mob_quote(mob_buffer_since(&referee, 0)).text,
               mob_quote(mob_buffer_since(&told, 0)).text);
    return holds;
}

/* ---- the cases ---- */

/* All texts of `length` of the letters, behind `before` bytes that stand for earlier blocks. */
static bool all_same(const char *letters, size_t letter_count, size_t length, size_t before, char delimiter)
{
    char text[256];
    size_t count = 1;

    for (size_t i = 0; i < length; i++)
        count *= letter_count;
    for (size_t number = 0; number < count; number++) {
        size_t rest = number;

        memset(text, 'x', before);
        for (size_t i = 0; i < length; i++, rest /= letter_count)
            text[before + i] = letters[rest % letter_count];
        if (!same((struct mob_text){ text, before + length }, delimiter, before))
            return false;
    }
    return true;
}

/* `count` bytes `byte`, then `end`. */
static bool same_large(size_t count, char byte, const char *end)
{
    struct mob_buffer text = { 0 };
    bool holds;

    for (size_t i = 0; i < count; i++)
        mob_buffer_add_byte(&text, byte);
    mob_buffer_add(&text, mob_text_of(end));
    holds = same(mob_buffer_since(&text, 0), ',', text.length - 2);
    mob_buffer_release(&text);
    return holds;
}

int main(void)
{
    static const char letters[] = { 'a', ',', '\n', '\r', '"', '\0' };
    bool holds = true;

    for (size_t length = 0; length <= 6; length++)
        holds &= all_same(letters, sizeof letters, length, 0, ',');
    mob_tap_check(holds, "every text of up to six bytes");
    mob_tap_check(all_same(letters, 4, 7, 0, ','), "every text of seven bytes without quotes and NUL");
    mob_tap_check(split_count > 100000, "most of that was read without libcsv");
    holds = true;
    for (size_t before = 58; before <= 66; before++)
        holds &= all_same(letters, sizeof letters, 4, before, ',');
    mob_tap_check(holds, "every text of four bytes about the end of a block");
    mob_tap_check(all_same("a;,\n", 4, 6, 0, ';'), "another delimiter");
    /* 0x80 and above are letters of UTF-8; one bit apart from LF, CR, quote and comma are others. */
    mob_tap_check(all_same("\x8a\x8d\xa2\xac\n", 5, 5, 0, ','), "bytes above ASCII");
    mob_tap_check(all_same("\x0b\x0c\x23\x2d\n", 5, 5, 0, ','), "neighbours of the bytes that mean something");
    mob_tap_check(same_large(MOB_COLUMN_MAX - 1, ',', "\na\n"), "as many columns as may be");
    mob_tap_check(same_large(MOB_COLUMN_MAX, ',', "\na\n"), "one column too many");
    mob_tap_check(same_large(MOB_COLUMN_MAX, ',', ""), "one column too many, without a line end");
    mob_tap_check(same_large(MOB_CELL_MAX, 'a', "\na\n"), "a cell as long as may be");
    mob_tap_check(same_large(MOB_CELL_MAX + 1, 'a', "\na\n"), "a cell too long");
    mob_tap_check(same_large(MOB_CELL_MAX + 1, 'a', ",\r"), "a cell too long before a CR without its LF");
    mob_tap_check(same_large(MOB_CELL_MAX - 5, 'a', ",aaaaaaaaaaa,\na\n"), "a record longer than a cell may be");
    return mob_tap_finish();
}
