#include "io/csv.h"

#include <csv.h>
#include <stdlib.h>

#define BUFFER_BYTES ((size_t)256 * 1024)

/* What one call of csv_parse is given: its records and bytes then stay in the cache until handed out. */
#define CHUNK_BYTES ((size_t)64 * 1024)

#define PARSER_BLOCK_BYTES ((size_t)4096)

/* libcsv keeps the closing quote in its buffer, and asks for more room before it looks at the next byte: the
 * buffer must hold more than the largest cell. What is too long but fits is refused by take_cell. */
#define PARSER_BYTES_MAX (MOB_CELL_MAX + PARSER_BLOCK_BYTES)

/* A cell that is not a slice of the raw bytes: two quotes stand there for one. */
struct copied_cell {
    size_t cell;
    size_t offset;
};

/* `start` <= `parsed` <= `end` are offsets into `bytes`. Three arrays are a batch: what one call of csv_parse
 * completed, and behind it the cells of the record that has begun, which the next batch starts with. */
struct mob_csv {
    struct csv_parser parser;
    const char *name;
    struct mob_source source;
    struct mob_input input; /* the source, where a descriptor is read */

    char *buffer; /* NULL where bytes in memory are read */
    size_t capacity;
    const char *bytes; /* the buffer, or the caller's */
    size_t parsed;
    size_t end;
    bool drained; /* nothing comes behind `end` */
    bool begun;   /* a BOM is looked for no more */

    struct mob_record *records;
    size_t record_count;
    size_t record_capacity;
    size_t next_record;
    struct mob_text *cells;
    size_t cell_count;
    size_t cell_capacity;
    size_t next_cell;
    struct copied_cell *copied_cells;
    size_t copied_count;
    size_t copied_capacity;
    struct mob_buffer copies;

    /* The record that has begun. */
    size_t start;
    size_t at; /* where its next cell starts */
    size_t first_cell;
    uint64_t line;
    uint64_t lines_inside; /* line ends in its cells */
    bool quoted;
    bool carriage_return; /* it ended with a CR, whose LF must come next */

    size_t column_count; /* the header's; 0: none yet */
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
    csv->line = 1;
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
    csv->bytes = csv->buffer;
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

    csv->bytes = bytes.length ? bytes.bytes : "";
    csv->end = bytes.length;
    csv->drained = true;
    return csv;
}

void mob_csv_close(struct mob_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    mob_buffer_release(&csv->copies);
    free(csv->copied_cells);
    free(csv->cells);
    free(csv->records);
    free(csv->buffer);
    free(csv);
}

/* ---- faults: the first one stays, as mob_error_set promises ---- */

/* The raw bytes from the start of the present cell to `end`; of a long one the last, behind which the fault
 * is. */
static struct mob_quoted found_before(const struct mob_csv *csv, size_t end)
{
    enum { SHOWN = 80 };
    size_t from = end - csv->at > SHOWN ? end - SHOWN : csv->at;

    while (from > csv->at && from < end && ((unsigned char)csv->bytes[from] & 0xc0) == 0x80)
        from++;
    return mob_quote((struct mob_text){ csv->bytes + from, end - from });
}

static void fail_line_end(struct mob_csv *csv)
{
    mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL,
                  "a CR without its LF, expected LF or CR and LF at the end of a line");
}

static void fail_size(struct mob_csv *csv)
{
    bool quoted = csv->bytes[csv->at] == '"';

    mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL, "%s: a cell over 1 MiB%s",
                  mob_quote((struct mob_text){ csv->bytes + csv->at, MOB_CELL_MAX }).text,
                  quoted ? ": is a closing quote missing?" : "");
}

/* csv_parse refused the byte at `offset`. csv_fini is not called from here on: it would deliver half a record
 * and forget the error. */
static void fail_parse(struct mob_csv *csv, size_t offset)
{
    if (csv_error(&csv->parser) != CSV_EPARSE)
        fail_size(csv);
    else if (csv->bytes[offset] == '"')
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL,
                      "%s: stray quote in an unquoted cell, expected the cell in quotes and its own quotes twice",
                      found_before(csv, offset + 1).text);
    else
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL,
                      "%s: text behind a closing quote, expected %s or the end of the line",
                      found_before(csv, offset + 1).text,
                      csv_get_delim(&csv->parser) == ',' ? "a comma" : "the delimiter");
}

/* The name in the line with which a filter of ours ends its output when it failed: a quote, the name, LF. */
static struct mob_text failed_filter(const struct mob_csv *csv)
{
    struct mob_text mark = MOB_TEXT("\"mob-");
    struct mob_text rest = { csv->bytes + csv->start, csv->end - csv->start };

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
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL,
                      "the command before this one, %.*s, failed: its output is incomplete",
                      filter.length < 80 ? (int)filter.length : 80, filter.bytes);
    else
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL,
                      "%s: the quote is not closed: is a closing quote missing, or the end of the file?",
                      mob_quote((struct mob_text){ csv->bytes + csv->at, csv->end - csv->at }).text);
}

/* ---- what csv_parse calls: it cannot be stopped, so behind a fault all is let pass ---- */

static size_t count_byte(struct mob_text text, char byte)
{
    size_t count = 0;
    const char *found;

    while (text.length && (found = memchr(text.bytes, byte, text.length))) {
        text.length -= (size_t)(found - text.bytes) + 1;
        text.bytes = found + 1;
        count++;
    }
    return count;
}

static inline void add_cell(struct mob_csv *csv, size_t offset, size_t length)
{
    if (csv->cell_count == csv->cell_capacity)
        csv->cells = mob_memory_grow(csv->cells, &csv->cell_capacity, csv->cell_count + 1, sizeof *csv->cells);
    csv->cells[csv->cell_count++] = (struct mob_text){ csv->bytes + offset, length };
}

/* Out of line, as fail_cell, so that a cell without quotes stays cheap. */
static __attribute__((noinline)) void take_quoted(struct mob_csv *csv, struct mob_text cell)
{
    size_t quotes = count_byte(cell, '"');

    if (quotes) {
        csv->copied_cells =
            mob_memory_grow(csv->copied_cells, &csv->copied_capacity, csv->copied_count + 1, sizeof *csv->copied_cells);
        csv->copied_cells[csv->copied_count++] = (struct copied_cell){ csv->cell_count, csv->copies.length };
        mob_buffer_add(&csv->copies, cell);
    }
    add_cell(csv, csv->at + 1, cell.length);
    csv->at += cell.length + quotes + 3;
    csv->lines_inside += count_byte(cell, '\n');
    csv->quoted = true;
}

static __attribute__((noinline)) void fail_cell(struct mob_csv *csv, size_t length)
{
    if (csv->carriage_return)
        fail_line_end(csv);
    else if (length > MOB_CELL_MAX)
        fail_size(csv);
    else
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL, "more than 1,024 columns");
}

/* What the callback gets dies on return, but the same bytes stand in the raw record, at an offset that is the
 * sum of what came before. */
static void take_cell(void *bytes, size_t length, void *context)
{
    struct mob_csv *csv = context;

    if (csv->error.kind != MOB_ERROR_NONE)
        return;
    if (csv->carriage_return || length > MOB_CELL_MAX || csv->cell_count - csv->first_cell == MOB_COLUMN_MAX) {
        fail_cell(csv, length);
    } else if (csv->at < csv->end && csv->bytes[csv->at] == '"') {
        take_quoted(csv, (struct mob_text){ bytes, length });
    } else {
        add_cell(csv, csv->at, length);
        csv->at += length + 1;
    }
}

static void end_record(struct mob_csv *csv, size_t end, bool unended)
{
    if (csv->record_count == csv->record_capacity)
        csv->records =
            mob_memory_grow(csv->records, &csv->record_capacity, csv->record_count + 1, sizeof *csv->records);
    csv->records[csv->record_count++] = (struct mob_record){
        .cell_count = csv->cell_count - csv->first_cell,
        .raw = { csv->bytes + csv->start, end - csv->start },
        .line = csv->line,
        .plain = !csv->quoted,
        .unended = unended,
    };
    if (csv->column_count == 0)
        csv->column_count = csv->cell_count - csv->first_cell;
}

/* `terminator` is CR, LF, or -1 from csv_fini. The offset of one behind a cell is passed with the cell. */
static void take_line_end(int terminator, void *context)
{
    struct mob_csv *csv = context;
    size_t end;

    if (csv->error.kind != MOB_ERROR_NONE)
        return;
    if (csv->carriage_return && terminator != '\n') {
        fail_line_end(csv);
        return;
    }
    if (csv->carriage_return || csv->cell_count == csv->first_cell)
        csv->at++;
    if (terminator == '\r') {
        csv->carriage_return = true;
        return;
    }
    end = csv->at - 1 - csv->carriage_return;
    if (csv->cell_count == csv->first_cell && csv->column_count == 1)
        add_cell(csv, csv->start, 0);
    if (csv->cell_count > csv->first_cell)
        end_record(csv, end, terminator != '\n');
    csv->start = csv->at;
    csv->first_cell = csv->cell_count;
    csv->line += csv->lines_inside + 1;
    csv->lines_inside = 0;
    csv->quoted = false;
    csv->carriage_return = false;
}

/* ---- batches ---- */

static void forget_copies(struct mob_csv *csv)
{
    size_t first = 0;
    size_t offset;

    while (first < csv->copied_count && csv->copied_cells[first].cell < csv->first_cell)
        first++;
    offset = first < csv->copied_count ? csv->copied_cells[first].offset : csv->copies.length;
    for (size_t i = first; i < csv->copied_count; i++) {
        struct copied_cell copied = csv->copied_cells[i];

        csv->copied_cells[i - first] = (struct copied_cell){ copied.cell - csv->first_cell, copied.offset - offset };
    }
    csv->copied_count -= first;
    csv->copies.length -= offset;
    if (csv->copies.length && offset)
        memmove(csv->copies.bytes, csv->copies.bytes + offset, csv->copies.length);
}

static void forget_batch(struct mob_csv *csv)
{
    forget_copies(csv);
    csv->cell_count -= csv->first_cell;
    if (csv->cell_count && csv->first_cell)
        memmove(csv->cells, csv->cells + csv->first_cell, csv->cell_count * sizeof *csv->cells);
    csv->first_cell = 0;
    csv->record_count = 0;
    csv->next_record = 0;
    csv->next_cell = 0;
}

/* The copies stay where they are only now that the batch is whole. */
static void point_at_copies(struct mob_csv *csv)
{
    for (size_t i = 0; i < csv->copied_count && csv->copied_cells[i].cell < csv->first_cell; i++)
        csv->cells[csv->copied_cells[i].cell].bytes = csv->copies.bytes + csv->copied_cells[i].offset;
}

static void parse_chunk(struct mob_csv *csv)
{
    const char *chunk = csv->bytes + csv->parsed;
    size_t length = csv->end - csv->parsed < CHUNK_BYTES ? csv->end - csv->parsed : CHUNK_BYTES;
    const char *nul = memchr(chunk, '\0', length);
    size_t wanted = nul ? (size_t)(nul - chunk) : length;
    size_t parsed = csv_parse(&csv->parser, chunk, wanted, take_cell, take_line_end, csv);

    if (csv->carriage_return && (parsed < wanted || nul))
        fail_line_end(csv);
    if (parsed < wanted)
        fail_parse(csv, csv->parsed + parsed);
    else if (nul)
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL,
                      "a NUL byte, expected text in UTF-8: if this is UTF-16 or a workbook, see mob-import");
    csv->parsed += wanted;
    point_at_copies(csv);
}

static void finish(struct mob_csv *csv)
{
    csv->finished = true;
    if (csv->carriage_return)
        fail_line_end(csv);
    else if (csv_fini(&csv->parser, take_cell, take_line_end, csv) != 0)
        fail_unclosed(csv);
    else if (csv->column_count == 0)
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, 0, NULL,
                      "no header: did the command before this one fail?");
    point_at_copies(csv);
}

/* Makes at least half of the buffer free, so that what is moved stays small beside what is read, even where
 * each read brings one byte. */
static void make_room(struct mob_csv *csv)
{
    size_t kept = csv->end - csv->start;
    char *old = csv->buffer;

    if (csv->capacity - csv->end >= csv->capacity / 2)
        return;
    if (kept > csv->capacity / 2) {
        size_t capacity = 0;

        csv->buffer = mob_memory_grow(NULL, &capacity, csv->capacity + 1, 1);
        csv->capacity = capacity;
    }
    memmove(csv->buffer, old + csv->start, kept);
    for (size_t i = 0; i < csv->cell_count; i++)
        csv->cells[i].bytes = csv->buffer + ((size_t)(csv->cells[i].bytes - old) - csv->start);
    if (old != csv->buffer)
        free(old);
    csv->bytes = csv->buffer;
    csv->at -= csv->start;
    csv->parsed -= csv->start;
    csv->end = kept;
    csv->start = 0;
}

static void read_more(struct mob_csv *csv)
{
    ssize_t count;

    make_room(csv);
    count = csv->source.read(csv->source.self, csv->buffer + csv->end, csv->capacity - csv->end, &csv->error);
    if (count < 0 && csv->error.kind == MOB_ERROR_ROW)
        mob_error_place(&csv->error, csv->name, csv->line, NULL);
    else if (count == 0)
        csv->drained = true;
    else if (count > 0)
        csv->end += (size_t)count;
}

static bool begins_with(const struct mob_csv *csv, struct mob_text mark)
{
    return csv->end >= mark.length && memcmp(csv->bytes, mark.bytes, mark.length) == 0;
}

/* Passes a BOM, for libcsv would take it for text, and a quote behind it for a stray one. Nothing is decided
 * as long as the bytes read so far could be the first of one. */
static void begin(struct mob_csv *csv)
{
    static const struct mob_text utf_8 = { "\xef\xbb\xbf", 3 };
    bool undecided = csv->end == 0 || (csv->end == 1 && memchr("\xef\xfe\xff", csv->bytes[0], 3)) ||
                     (csv->end == 2 && memcmp(csv->bytes, utf_8.bytes, 2) == 0);

    if (undecided && !csv->drained)
        return;
    csv->begun = true;
    if (begins_with(csv, MOB_TEXT("\xff\xfe")) || begins_with(csv, MOB_TEXT("\xfe\xff")))
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, csv->line, NULL,
                      "this is UTF-16, expected UTF-8: see mob-import");
    if (begins_with(csv, utf_8))
        csv->start = csv->at = csv->parsed = utf_8.length;
}

static void next_batch(struct mob_csv *csv)
{
    forget_batch(csv);
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
    while (csv->next_record == csv->record_count) {
        if (csv->error.kind != MOB_ERROR_NONE) {
            if (error->kind == MOB_ERROR_NONE)
                *error = csv->error;
            return -1;
        }
        if (csv->finished)
            return 0;
        next_batch(csv);
    }
    *record = csv->records[csv->next_record++];
    record->cells = csv->cells + csv->next_cell;
    csv->next_cell += record->cell_count;
    return 1;
}

size_t mob_csv_cell(const struct mob_csv *csv)
{
    return csv->cell_count - csv->first_cell;
}
