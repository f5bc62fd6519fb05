#include "io/csv.h"

#include "io/split.h"

#include <csv.h>
#include <stdlib.h>

#define BUFFER_BYTES ((size_t)256 * 1024)

/* What one call of csv_parse is given: its records and bytes then stay in the cache until handed out. */
#define CHUNK_BYTES ((size_t)64 * 1024)

#define PARSER_BLOCK_BYTES ((size_t)4096)

/* libcsv keeps the closing quote in its buffer, and asks for more room before it looks at the next byte: the
 * buffer must hold more than the largest cell. What is too long but fits is refused by take_cell. */
#define PARSER_BYTES_MAX (MOB_CELL_MAX + PARSER_BLOCK_BYTES)

/* `records.start` <= `parsed` <= `end` are offsets into `records.bytes`. A batch is what one chunk completed. */
struct mob_csv {
    struct csv_parser parser;
    const char *name;
    struct mob_source source;
    struct mob_input input; /* the source, where a descriptor is read */

    char *buffer; /* NULL where bytes in memory are read */
    size_t capacity;
    size_t parsed;
    size_t end;
    bool drained; /* nothing comes behind `end` */
    bool begun;   /* a BOM is looked for no more */

    struct mob_records records;
    bool in_parser;       /* the record that has begun is not plain: libcsv has its bytes up to `parsed` */
    bool carriage_return; /* it ended with a CR, whose LF must come next */

    bool finished;
    struct mob_error error;
};

/* The default would trim cells and take a line of blanks for a blank line. */
static int is_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static void *parser_realloc(void *memory, size_t size)
{
    if (size > PARSER_BYTES_MAX)
        return NULL;
    memory = realloc(memory, size);
    if (!memory)
        mob_memory_exhausted();
    return memory;
}

static struct mob_csv *new_reader(const char *name)
{
    struct mob_csv *csv = mob_memory_new(sizeof *csv);

    csv->name = name;
    csv->records.line = 1;
    csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_space_func(&csv->parser, is_space);
    csv_set_blk_size(&csv->parser, PARSER_BLOCK_BYTES);
    csv_set_realloc_func(&csv->parser, parser_realloc);
    return csv;
}

static struct mob_csv *new_stream(const char *name)
{
    struct mob_csv *csv = new_reader(name);

    csv->buffer = mob_memory_grow(NULL, &csv->capacity, BUFFER_BYTES, 1);
    csv->records.bytes = csv->buffer;
    return csv;
}

struct mob_csv *mob_csv_open(int descriptor, const char *name, void (*before_wait)(void *), void *context)
{
    struct mob_csv *csv = new_stream(name);

    csv->input = (struct mob_input){ descriptor, name, before_wait, context };
    csv->source = (struct mob_source){ mob_input_read, &csv->input };
    return csv;
}

struct mob_csv *mob_csv_open_source(struct mob_source source, char delimiter, const char *name)
{
    struct mob_csv *csv = new_stream(name);

    csv->source = source;
    csv_set_delim(&csv->parser, (unsigned char)delimiter);
    return csv;
}

struct mob_csv *mob_csv_open_bytes(struct mob_text bytes, const char *name)
{
    struct mob_csv *csv = new_reader(name);

    csv->records.bytes = bytes.length ? bytes.bytes : "";
    csv->end = bytes.length;
    csv->drained = true;
    return csv;
}

void mob_csv_close(struct mob_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    mob_records_release(&csv->records);
    free(csv->buffer);
    free(csv);
}

/* ---- faults: the first one stays, as mob_error_set promises ---- */

/* The raw bytes from the start of the present cell to `end`; of a long one the last, behind which the fault
 * is. */
static struct mob_quoted found_before(const struct mob_csv *csv, size_t end)
{
    enum { SHOWN = 80 };
    size_t from = end - csv->records.at > SHOWN ? end - SHOWN : csv->records.at;

    while (from > csv->records.at && from < end && ((unsigned char)csv->records.bytes[from] & 0xc0) == 0x80)
        from++;
    return mob_quote((struct mob_text){ csv->records.bytes + from, end - from });
}

static void fail_line_end(struct mob_csv *csv)
{
    mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL,
                  "a CR without its LF, expected LF or CR and LF at the end of a line");
}

static void fail_size(struct mob_csv *csv)
{
    bool quoted = csv->records.bytes[csv->records.at] == '"';

    mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL, "%s: a cell over 1 MiB%s",
                  mob_quote((struct mob_text){ csv->records.bytes + csv->records.at, MOB_CELL_MAX }).text,
                  quoted ? ": is a closing quote missing?" : "");
}

/* csv_parse refused the byte at `offset`. csv_fini is not called from here on: it would deliver half a record
 * and forget the error. */
static void fail_parse(struct mob_csv *csv, size_t offset)
{
    if (csv_error(&csv->parser) != CSV_EPARSE)
        fail_size(csv);
    else if (csv->records.bytes[offset] == '"')
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL,
                      "%s: stray quote in an unquoted cell, expected the cell in quotes and its own quotes twice",
                      found_before(csv, offset + 1).text);
    else
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL,
                      "%s: text behind a closing quote, expected %s or the end of the line",
                      found_before(csv, offset + 1).text,
                      csv_get_delim(&csv->parser) == ',' ? "a comma" : "the delimiter");
}

/* The name in the line with which a filter of ours ends its output when it failed: a quote, the name, LF. */
static struct mob_text failed_filter(const struct mob_csv *csv)
{
    struct mob_text mark = MOB_TEXT("\"mob-");
    struct mob_text rest = { csv->records.bytes + csv->records.start, csv->end - csv->records.start };

    if (rest.length < mark.length + 2 || memcmp(rest.bytes, mark.bytes, mark.length) != 0 ||
        rest.bytes[rest.length - 1] != '\n')
        return (struct mob_text){ "", 0 };
    rest = (struct mob_text){ rest.bytes + 1, rest.length - 2 };
    for (size_t i = 0; i < rest.length; i++)
        if (!(rest.bytes[i] >= 'a' && rest.bytes[i] <= 'z') && rest.bytes[i] != '-')
            return (struct mob_text){ "", 0 };
    return rest;
}

static void fail_unclosed(struct mob_csv *csv)
{
    struct mob_text filter = failed_filter(csv);

    if (filter.length)
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL,
                      "the command before this one, %.*s, failed: its output is incomplete",
                      filter.length < 80 ? (int)filter.length : 80, filter.bytes);
    else
        mob_error_set(
            &csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL,
            "%s: the quote is not closed: is a closing quote missing, or the end of the file?",
            mob_quote((struct mob_text){ csv->records.bytes + csv->records.at, csv->end - csv->records.at }).text);
}

/* ---- what csv_parse calls: it cannot be stopped, so behind a fault all is let pass ---- */

static void fail_cell(struct mob_csv *csv, size_t length)
{
    if (csv->carriage_return)
        fail_line_end(csv);
    else if (length > MOB_CELL_MAX)
        fail_size(csv);
    else
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL, "more than 1,024 columns");
}

/* What the callback gets dies on return, but the same bytes stand in the raw record, at an offset that is the
 * sum of what came before. */
static void take_cell(void *bytes, size_t length, void *context)
{
    struct mob_csv *csv = context;
    struct mob_records *records = &csv->records;

    if (csv->error.kind != MOB_ERROR_NONE)
        return;
    if (csv->carriage_return || length > MOB_CELL_MAX || records->cell_count - records->first_cell == MOB_COLUMN_MAX) {
        fail_cell(csv, length);
    } else if (records->at < csv->end && records->bytes[records->at] == '"') {
        mob_records_add_quoted(records, (struct mob_text){ bytes, length });
    } else {
        mob_records_add_cell(records, records->at, length);
        records->at += length + 1;
    }
}

/* `terminator` is CR, LF, or -1 from csv_fini. The offset of one behind a cell is passed with the cell. */
static void take_line_end(int terminator, void *context)
{
    struct mob_csv *csv = context;
    struct mob_records *records = &csv->records;

    if (csv->error.kind != MOB_ERROR_NONE)
        return;
    if (csv->carriage_return && terminator != '\n') {
        fail_line_end(csv);
        return;
    }
    if (csv->carriage_return || records->cell_count == records->first_cell)
        records->at++;
    if (terminator == '\r') {
        csv->carriage_return = true;
        return;
    }
    mob_records_end_line(records, records->at - 1 - csv->carriage_return, records->at, terminator != '\n');
    csv->carriage_return = false;
    csv->in_parser = false;
}

/* ---- batches ---- */

/* Gives libcsv the bytes up to `end`, a line at a time, until the record is whole. */
static void parse_record(struct mob_csv *csv, size_t end)
{
    csv->in_parser = true;
    while (csv->in_parser && csv->parsed < end && csv->error.kind == MOB_ERROR_NONE) {
        const char *line = csv->records.bytes + csv->parsed;
        const char *line_end = memchr(line, '\n', end - csv->parsed);
        size_t length = line_end ? (size_t)(line_end - line) + 1 : end - csv->parsed;
        const char *nul = memchr(line, '\0', length);
        size_t wanted = nul ? (size_t)(nul - line) : length;
        size_t parsed = csv_parse(&csv->parser, line, wanted, take_cell, take_line_end, csv);

        if (csv->carriage_return && (parsed < wanted || nul))
            fail_line_end(csv);
        if (parsed < wanted)
            fail_parse(csv, csv->parsed + parsed);
        else if (nul)
            mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL,
                          "a NUL byte, expected text in UTF-8: if this is UTF-16 or a workbook, see mob-import");
        csv->parsed += wanted;
    }
}

static void parse_chunk(struct mob_csv *csv)
{
    size_t end = csv->end - csv->parsed < CHUNK_BYTES ? csv->end : csv->parsed + CHUNK_BYTES;

    while (csv->parsed < end && csv->error.kind == MOB_ERROR_NONE) {
        if (!csv->in_parser)
            csv->parsed = mob_split(&csv->records, csv->parsed, end, (char)csv_get_delim(&csv->parser));
        if (csv->parsed < end)
            parse_record(csv, end);
    }
    mob_records_point_at_copies(&csv->records);
}

/* libcsv ends the last record, so that one without a line end, or in an open quote, is its own to judge. */
static void finish(struct mob_csv *csv)
{
    if (!csv->in_parser && csv->records.start < csv->end) {
        mob_records_begin_again(&csv->records);
        csv->parsed = csv->records.start;
        parse_record(csv, csv->end);
    }
    csv->finished = true;
    if (csv->carriage_return)
        fail_line_end(csv);
    else if (csv_fini(&csv->parser, take_cell, take_line_end, csv) != 0)
        fail_unclosed(csv);
    else if (csv->records.column_count == 0)
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, 0, NULL,
                      "no header: did the command before this one fail?");
    mob_records_point_at_copies(&csv->records);
}

/* Makes at least half of the buffer free, so that what is moved stays small beside what is read, even where
 * each read brings one byte. */
static void make_room(struct mob_csv *csv)
{
    size_t start = csv->records.start;
    size_t kept = csv->end - start;
    char *old = csv->buffer;

    if (csv->capacity - csv->end >= csv->capacity / 2)
        return;
    if (kept > csv->capacity / 2) {
        size_t capacity = 0;

        csv->buffer = mob_memory_grow(NULL, &capacity, csv->capacity + 1, 1);
        csv->capacity = capacity;
    }
    memmove(csv->buffer, old + start, kept);
    mob_records_move(&csv->records, csv->buffer);
    if (old != csv->buffer)
        free(old);
    csv->parsed -= start;
    csv->end = kept;
}

static void read_more(struct mob_csv *csv)
{
    ssize_t count;

    make_room(csv);
    count = csv->source.read(csv->source.self, csv->buffer + csv->end, csv->capacity - csv->end, &csv->error);
    if (count < 0 && csv->error.kind == MOB_ERROR_ROW)
        mob_error_place(&csv->error, csv->name, csv->records.line, NULL);
    else if (count == 0)
        csv->drained = true;
    else if (count > 0)
        csv->end += (size_t)count;
}

static bool begins_with(const struct mob_csv *csv, struct mob_text mark)
{
    return csv->end >= mark.length && memcmp(csv->records.bytes, mark.bytes, mark.length) == 0;
}

/* Passes a BOM, for libcsv would take it for text, and a quote behind it for a stray one. Nothing is decided
 * as long as the bytes read so far could be the first of one. */
static void begin(struct mob_csv *csv)
{
    static const struct mob_text utf_8 = { "\xef\xbb\xbf", 3 };
    bool undecided = csv->end == 0 || (csv->end == 1 && memchr("\xef\xfe\xff", csv->records.bytes[0], 3)) ||
                     (csv->end == 2 && memcmp(csv->records.bytes, utf_8.bytes, 2) == 0);

    if (undecided && !csv->drained)
        return;
    csv->begun = true;
    if (begins_with(csv, MOB_TEXT("\xff\xfe")) || begins_with(csv, MOB_TEXT("\xfe\xff")))
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->records.line, NULL,
                      "this is UTF-16, expected UTF-8: see mob-import");
    if (begins_with(csv, utf_8))
        csv->records.start = csv->records.at = csv->parsed = utf_8.length;
}

static void next_batch(struct mob_csv *csv)
{
    mob_records_forget(&csv->records);
    if (!csv->drained && (!csv->begun || csv->parsed == csv->end))
        read_more(csv);
    if (!csv->begun)
        begin(csv);
    if (csv->error.kind != MOB_ERROR_NONE || !csv->begun)
        return;
    if (csv->parsed < csv->end)
        parse_chunk(csv);
    else if (csv->drained)
        finish(csv);
}

int mob_csv_read(struct mob_csv *csv, struct mob_record *record, struct mob_error *error)
{
    while (!mob_records_next(&csv->records, record)) {
        if (csv->error.kind != MOB_ERROR_NONE) {
            if (error->kind == MOB_ERROR_NONE)
                *error = csv->error;
            return -1;
        }
        if (csv->finished)
            return 0;
        next_batch(csv);
    }
    return 1;
}

size_t mob_csv_cell(const struct mob_csv *csv)
{
    return csv->records.cell_count - csv->records.first_cell;
}
