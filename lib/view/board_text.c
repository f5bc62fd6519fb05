#include "view/board_text.h"

#include "base/error.h"
#include "view/words.h"

enum { INDENT = 2, DAY_WIDTH = 3 };

/* ---- columns on a terminal ---- */

static uint32_t point_of(const unsigned char *bytes, size_t size)
{
    uint32_t point = size == 1 ? bytes[0] : bytes[0] & (0x7fU >> size);

    for (size_t i = 1; i < size; i++)
        point = point << 6 | (bytes[i] & 0x3f);
    return point;
}

/* A terminal's columns for a character: marks on the letter before take none, those of East Asia and pictures two. */
static int64_t columns_of(uint32_t point)
{
    static const struct {
        uint32_t first, last;
        int64_t columns;
    } ranges[] = {
        { 0x0300, 0x036f, 0 },   { 0x1100, 0x115f, 2 },   { 0x200b, 0x200d, 0 },   { 0x20d0, 0x20f0, 0 },
        { 0x2e80, 0x303e, 2 },   { 0x3041, 0xa4cf, 2 },   { 0xac00, 0xd7a3, 2 },   { 0xf900, 0xfaff, 2 },
        { 0xfe00, 0xfe0f, 0 },   { 0xfe30, 0xfe6f, 2 },   { 0xff00, 0xff60, 2 },   { 0xffe0, 0xffe6, 2 },
        { 0x1f300, 0x1f64f, 2 }, { 0x1f680, 0x1f6ff, 2 }, { 0x1f900, 0x1faff, 2 }, { 0x20000, 0x3fffd, 2 },
    };

    for (size_t i = 0; i < MOB_COUNT_OF(ranges); i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return ranges[i].columns;
    return 1;
}

/* Appends a code (NULL: nowhere), `?` for each byte that would do something to a terminal; returns its columns. */
static int64_t add_code(struct mob_buffer *buffer, struct mob_text code)
{
    int64_t columns = 0;

    for (size_t i = 0; i < code.length;) {
        struct mob_text shown = { code.bytes + i, code.length - i };

        shown.length = mob_printable(shown);
        i += shown.length ? shown.length : 1;
        if (shown.length == 0)
            shown = MOB_TEXT("?");
        columns += columns_of(point_of((const unsigned char *)shown.bytes, shown.length));
        if (buffer)
            mob_buffer_add(buffer, shown);
    }
    return columns;
}

static void add_blanks(struct mob_buffer *buffer, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        mob_buffer_add_byte(buffer, ' ');
}

/* ---- a block of days ---- */

/* Weeks stand a little apart. */
static int64_t day_width(int64_t date, int64_t first)
{
    return DAY_WIDTH + (date > first && mob_date_weekday(date) == 0);
}

static int64_t last_that_fits(const struct mob_board *board, int64_t first, int64_t columns)
{
    int64_t last = first;

    columns -= day_width(first, first);
    while (last < board->last && day_width(last + 1, first) <= columns)
        columns -= day_width(++last, first);
    return last;
}

static void add_range(struct mob_buffer *buffer, int64_t first, int64_t last)
{
    char text[MOB_DATE_SIZE];

    mob_date_print(first, text);
    mob_buffer_add(buffer, mob_text_of(text));
    if (last > first) {
        mob_date_print(last, text);
        mob_buffer_add(buffer, MOB_TEXT(" to "));
        mob_buffer_add(buffer, mob_text_of(text));
    }
    mob_buffer_add_byte(buffer, '\n');
}

/* An asterisk above today, then the names and the numbers of the days. */
static void add_days(struct mob_buffer *buffer, const struct mob_board *board, int64_t names, int64_t first,
                     int64_t last)
{
    int64_t today = mob_instant_date(board->now);
    int64_t columns = INDENT + names;

    for (int64_t date = first; date <= today && today <= last; date++)
        columns += day_width(date, first);
    if (first <= today && today <= last) {
        add_blanks(buffer, columns - 1);
        mob_buffer_add(buffer, MOB_TEXT("*\n"));
    }
    add_blanks(buffer, INDENT + names);
    for (int64_t date = first; date <= last; date++) {
        add_blanks(buffer, day_width(date, first) - DAY_WIDTH + 1);
        mob_buffer_add(buffer, (struct mob_text){ mob_words_weekday(date).bytes, DAY_WIDTH - 1 });
    }
    mob_buffer_add_byte(buffer, '\n');
    add_blanks(buffer, INDENT + names);
    for (int64_t date = first; date <= last; date++) {
        int64_t day = mob_date_day(date);

        add_blanks(buffer, day_width(date, first) - DAY_WIDTH + 1);
        mob_buffer_add_byte(buffer, (char)('0' + day / 10));
        mob_buffer_add_byte(buffer, (char)('0' + day % 10));
    }
    mob_buffer_add_byte(buffer, '\n');
}

static void add_line(struct mob_buffer *buffer, const struct mob_board *board, const struct mob_board_line *line,
                     int64_t names, int64_t first, int64_t last)
{
    add_blanks(buffer, INDENT);
    add_blanks(buffer, names - add_code(buffer, line->resource->resource));
    for (int64_t date = first; date <= last; date++) {
        add_blanks(buffer, day_width(date, first) - 1);
        mob_buffer_add_byte(buffer, mob_mark_letters[line->marks[date - board->first]]);
    }
    mob_buffer_add_byte(buffer, '\n');
}

static void add_block(struct mob_buffer *buffer, const struct mob_board *board, int64_t names, int64_t first,
                      int64_t last)
{
    add_range(buffer, first, last);
    add_days(buffer, board, names, first, last);
    for (size_t i = 0; i < board->pool_count; i++) {
        add_code(buffer, board->pools[i].pool);
        mob_buffer_add_byte(buffer, '\n');
        for (size_t j = 0; j < board->pools[i].line_count; j++)
            add_line(buffer, board, &board->pools[i].lines[j], names, first, last);
    }
    mob_buffer_add_byte(buffer, '\n');
}

/* ---- the legend ---- */

/* Appends an item to the line that began at `*start`, or to a new one where it would be too long. */
static void add_item(struct mob_buffer *buffer, size_t *start, int64_t width, char letter, struct mob_text words)
{
    enum { GAP = 3 };
    size_t used = buffer->length - *start;

    if (used > 0 && used + GAP + 2 + words.length > (size_t)width) {
        mob_buffer_add_byte(buffer, '\n');
        *start = buffer->length;
    } else if (used > 0) {
        add_blanks(buffer, GAP);
    }
    mob_buffer_add_byte(buffer, letter);
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add(buffer, words);
}

static void add_legend(struct mob_buffer *buffer, const struct mob_board *board, int64_t width)
{
    struct mob_buffer today = { 0 };
    size_t start = buffer->length;

    for (size_t mark = MOB_MARK_COUNT; mark-- > 0;)
        add_item(buffer, &start, width, mob_mark_letters[mark], mob_text_of(mob_mark_words[mark]));
    mob_buffer_add(&today, MOB_TEXT("today, "));
    mob_buffer_add_instant(&today, board->now);
    add_item(buffer, &start, width, '*', mob_buffer_since(&today, 0));
    mob_buffer_add_byte(buffer, '\n');
    mob_buffer_release(&today);
}

void mob_board_text_add(struct mob_buffer *buffer, const struct mob_board *board, int64_t width)
{
    int64_t names = 0;

    for (size_t i = 0; i < board->line_count; i++) {
        int64_t columns = add_code(NULL, board->lines[i].resource->resource);

        if (columns > names)
            names = columns;
    }
    for (int64_t first = board->first, last; first <= board->last; first = last + 1) {
        last = last_that_fits(board, first, width - INDENT - names);
        add_block(buffer, board, names, first, last);
    }
    add_legend(buffer, board, width);
}
