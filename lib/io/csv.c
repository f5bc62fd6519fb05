#include "io/csv.h"

#include <csv.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

/* What libcsv does beside its manual, and what is done about it, is in the design's LIBCSV.md; each trap is named where
 * it is met. */

#define CHUNK_BYTES ((size_t)256 * 1024)
#define CELL_STEP ((size_t)4096) /* by which libcsv's own cell buffer grows */

/* A fault at the present record; the first one counts. */
#define FAIL(csv, ...) mob_error_set(&(csv)->error, MOB_ERROR_FATAL, (csv)->name, (csv)->line, NULL, __VA_ARGS__)

/* A record that has been parsed; its cells are cells[first_cell] and on. */
struct parsed {
    size_t first_cell, cell_count;
    size_t raw_start, raw_length; /* in `base` */
    uint64_t line;
    bool plain, unended;
};

struct mob_csv {
    int descriptor; /* -1: reads memory */
    const char *name;
    void (*before_wait)(void *);
    void *context;
    struct csv_parser parser;

    char *buffer; /* of a descriptor: the bytes of the unfinished record, and the chunk behind them */
    size_t buffer_capacity;
    struct mob_text memory; /* else: all bytes */
    const char *base;       /* the one or the other */
    size_t length;          /* so much of `base` has been read */
    bool is_started;        /* a byte order mark has been looked for */

    struct mob_text *cells; /* of the batch, and behind them the unfinished record's */
    size_t cell_count, cell_capacity;
    struct parsed *records; /* of the batch */
    size_t record_count, record_capacity, delivered;
    char *copies; /* bytes of cells that are not slices of `base`; never moved while a chunk is parsed */
    size_t copy_length, copy_capacity;

    /* The unfinished record. */
    size_t start;      /* where it begins in `base` */
    uint64_t line;     /* on which it starts */
    size_t first_cell; /* where its cells begin */
    size_t copy_start; /* where its copies begin */
    size_t next_cell;  /* without a quote: where its next cell begins, counted from `start` */
    size_t line_feeds; /* inside its cells */
    bool has_quote;    /* in what came with earlier chunks */
    bool is_cr_held;   /* a CR has ended it; an LF must follow at once */

    bool is_copying;     /* this chunk has a quote, or the unfinished record had one */
    size_t column_count; /* of the header, 0 before it */
    bool is_ended;
    struct mob_error error; /* the fault, delivered behind the batch */
};

static int never_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

/* A cell that outgrows the limit by more than a step ends the parse; memory that is lacking ends the process. */
static void *grow_cell(void *cell, size_t size)
{
    if (size > MOB_CELL_MAX + 2 * CELL_STEP)
        return NULL;
    cell = realloc(cell, size);
    if (!cell)
        mob_memory_exhausted();
    return cell;
}

static struct mob_csv *open_csv(const char *name)
{
    struct mob_csv *csv = mob_memory_new(sizeof *csv);

    csv->descriptor = -1;
    csv->name = name;
    csv->line = 1;
    csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_space_func(&csv->parser, never_space);
    csv_set_realloc_func(&csv->parser, grow_cell);
    csv_set_blk_size(&csv->parser, CELL_STEP);
    return csv;
}

struct mob_csv *mob_csv_open(int descriptor, const char *name, void (*before_wait)(void *), void *context)
{
    struct mob_csv *csv = open_csv(name);

    csv->descriptor = descriptor;
    csv->before_wait = before_wait;
    csv->context = context;
    return csv;
}

struct mob_csv *mob_csv_open_bytes(struct mob_text bytes, const char *name)
{
    struct mob_csv *csv = open_csv(name);

    csv->memory = bytes;
    csv->base = bytes.bytes;
    return csv;
}

void mob_csv_close(struct mob_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    free(csv->buffer);
    free(csv->cells);
    free(csv->records);
    free(csv->copies);
    free(csv);
}


static bool has_failed(const struct mob_csv *csv)
{
    return csv->error.kind != MOB_ERROR_NONE;
}

/* ---- what csv_parse calls back ---- */

static size_t count_line_feeds(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    size_t count = 0;

    while ((bytes = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        count++;
        bytes++;
    }
    return count;
}

static void add_cell(struct mob_csv *csv, struct mob_text cell)
{
    csv->cells = mob_memory_grow(csv->cells, &csv->cell_capacity, csv->cell_count + 1, sizeof cell);
    csv->cells[csv->cell_count++] = cell;
}

/* The cell's bytes die on return: without a quote they stand in `base` too, else they are copied. */
static void take_cell(void *bytes, size_t length, void *data)
{
    struct mob_csv *csv = data;
    const char *cell = csv->base + csv->start + csv->next_cell;

    if (has_failed(csv))
        return; /* csv_parse cannot be stopped */
    if (csv->is_cr_held)
        FAIL(csv, "a CR without its LF");
    else if (length > MOB_CELL_MAX)
        FAIL(csv, "a cell over 1 MiB: is a closing quote missing?");
    else if (csv->cell_count - csv->first_cell == MOB_COLUMN_MAX)
        FAIL(csv, "more than %zu columns", MOB_COLUMN_MAX);
    if (has_failed(csv))
        return;
    if (csv->is_copying) {
        char *copy = csv->copies + csv->copy_length;

        if (length)
            memcpy(copy, bytes, length);
        csv->copy_length += length;
        csv->line_feeds += count_line_feeds(copy, length);
        cell = copy;
    }
    add_cell(csv, (struct mob_text){ cell, length });
    csv->next_cell += length + 1;
}

/* Without a quote the cells are slices of the raw bytes, a comma between them. */
static void slice_cells(struct mob_csv *csv, const char *raw)
{
    for (size_t i = csv->first_cell; i < csv->cell_count; i++) {
        csv->cells[i].bytes = raw;
        raw += csv->cells[i].length + 1;
    }
    csv->copy_length = csv->copy_start;
}

static void begin_record(struct mob_csv *csv, size_t start)
{
    csv->line += 1 + csv->line_feeds;
    csv->start = start;
    csv->first_cell = csv->cell_count;
    csv->copy_start = csv->copy_length;
    csv->next_cell = 0;
    csv->line_feeds = 0;
    csv->has_quote = false;
    csv->is_cr_held = false;
}

/* The record whose raw bytes end at `end` joins the batch; a blank line does not, but behind a header of one column it
 * is an empty cell. */
static void end_record(struct mob_csv *csv, size_t end, bool is_unended)
{
    const char *raw = csv->base + csv->start;
    struct parsed parsed = { .first_cell = csv->first_cell, .raw_start = csv->start, .raw_length = end - csv->start,
                             .line = csv->line, .plain = true, .unended = is_unended };

    if (csv->is_copying) {
        parsed.plain = !memchr(raw, '"', parsed.raw_length);
        if (parsed.plain)
            slice_cells(csv, raw);
    }
    if (csv->cell_count == csv->first_cell && csv->column_count == 1)
        add_cell(csv, (struct mob_text){ raw, 0 });
    parsed.cell_count = csv->cell_count - csv->first_cell;
    if (parsed.cell_count == 0)
        return;
    if (csv->column_count == 0)
        csv->column_count = parsed.cell_count;
    csv->records =
        mob_memory_grow(csv->records, &csv->record_capacity, csv->record_count + 1, sizeof parsed);
    csv->records[csv->record_count++] = parsed;
}

/* Where the LF that ends the record stands: behind those inside its cells. */
static size_t find_end(const struct mob_csv *csv)
{
    const char *line_feed = csv->base + csv->start - 1;

    if (!csv->is_copying)
        return csv->start + (csv->next_cell ? csv->next_cell - 1 : 0) + csv->is_cr_held;
    for (size_t i = 0; i <= csv->line_feeds; i++)
        line_feed = memchr(line_feed + 1, '\n', (size_t)(csv->base + csv->length - line_feed - 1));
    return (size_t)(line_feed - csv->base);
}

/* CSV_REPALL_NL: called for a CR and for the LF behind it, and with -1 by csv_fini. */
static void take_end(int character, void *data)
{
    struct mob_csv *csv = data;
    size_t end;

    if (has_failed(csv))
        return;
    if (character == '\r') {
        if (csv->is_cr_held)
            FAIL(csv, "a CR without its LF");
        csv->is_cr_held = true;
        return;
    }
    if (character != '\n') {
        end_record(csv, csv->length, true);
        begin_record(csv, csv->length);
        return;
    }
    end = find_end(csv);
    end_record(csv, end - csv->is_cr_held, false);
    begin_record(csv, end + 1);
}

/* ---- faults that csv_parse tells ---- */

/* A filter that fails ends its output with a line of an open quote and its own name. */
static bool is_of_a_filter(struct mob_text rest)
{
    if (rest.length < sizeof "\"mob-\n" || memcmp(rest.bytes, "\"mob-", 5) != 0 || rest.bytes[rest.length - 1] != '\n')
        return false;
    for (size_t i = 5; i + 1 < rest.length; i++)
        if (rest.bytes[i] < 'a' || rest.bytes[i] > 'z')
            return false;
    return true;
}

static void fail_unclosed(struct mob_csv *csv)
{
    struct mob_text rest = { csv->base + csv->start, csv->length - csv->start };

    if (is_of_a_filter(rest))
        FAIL(csv, "the command before this one, %.*s, failed: this is only a part of its output", (int)rest.length - 2,
             rest.bytes + 1);
    else
        FAIL(csv, "a quote is not closed");
}

static void fail_parse(struct mob_csv *csv, unsigned char byte)
{
    if (csv_error(&csv->parser) != CSV_EPARSE)
        FAIL(csv, "a cell over 1 MiB: is a closing quote missing?");
    else if (csv->is_cr_held)
        FAIL(csv, "a CR without its LF");
    else if (byte == '"')
        FAIL(csv, "a stray quote: a cell with a quote in it is quoted whole, the quote doubled");
    else
        FAIL(csv, "text behind a closing quote");
}

/* ---- chunks ---- */

/* What is left of the batch is the unfinished record: it moves to the front. */
static void move_to_front(struct mob_csv *csv)
{
    size_t left = csv->cell_count - csv->first_cell, copied = csv->copy_length - csv->copy_start;
    const char *old_copies = csv->copies + csv->copy_start;
    size_t shift = csv->descriptor >= 0 ? csv->start : 0;

    for (size_t i = 0; i < left; i++) {
        struct mob_text cell = csv->cells[csv->first_cell + i];

        if (copied && cell.bytes >= old_copies && cell.bytes <= old_copies + copied)
            cell.bytes = csv->copies + (cell.bytes - old_copies);
        else
            cell.bytes -= shift;
        csv->cells[i] = cell;
    }
    if (copied)
        memmove(csv->copies, old_copies, copied);
    if (shift && csv->length > shift)
        memmove(csv->buffer, csv->buffer + shift, csv->length - shift);
    csv->length -= shift;
    csv->start -= shift;
    csv->cell_count = left;
    csv->first_cell = 0;
    csv->copy_length = copied;
    csv->copy_start = 0;
    csv->record_count = 0;
    csv->delivered = 0;
}

/* Makes room without losing what the unfinished record's cells point to. */
static void make_room(struct mob_csv *csv, char **bytes, size_t *capacity, size_t used, size_t more)
{
    char *old = *bytes;

    if (*capacity - used >= more)
        return;
    *bytes = mob_memory_grow(old, capacity, used + more, 1);
    for (size_t i = 0; i < csv->cell_count; i++)
        if (csv->cells[i].bytes >= old && csv->cells[i].bytes <= old + used)
            csv->cells[i].bytes = *bytes + (csv->cells[i].bytes - old);
}

/* Takes in the next chunk: how many bytes of it, 0 at the end; a fault is noted. */
static size_t read_chunk(struct mob_csv *csv)
{
    struct pollfd waiting = { .fd = csv->descriptor, .events = POLLIN };
    ssize_t got;

    if (csv->descriptor < 0) {
        size_t rest = csv->memory.length - csv->length;

        got = (ssize_t)(rest < CHUNK_BYTES ? rest : CHUNK_BYTES);
        csv->length += (size_t)got;
        return (size_t)got;
    }
    make_room(csv, &csv->buffer, &csv->buffer_capacity, csv->length, CHUNK_BYTES);
    csv->base = csv->buffer;
    if (csv->before_wait && poll(&waiting, 1, 0) == 0)
        csv->before_wait(csv->context);
    do
        got = read(csv->descriptor, csv->buffer + csv->length, CHUNK_BYTES);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, 0, NULL, "cannot read: %s", strerror(errno));
        return 0;
    }
    csv->length += (size_t)got;
    return (size_t)got;
}

/* Looks at the first bytes, which may come one by one: false where more of them are needed. */
static bool skip_mark(struct mob_csv *csv, bool is_all)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t length = csv->length < 3 ? csv->length : 3;
    unsigned char first = length ? (unsigned char)csv->base[0] : 0;

    if (length && memcmp(csv->base, mark, length) == 0) {
        if (length < 3 && !is_all)
            return false;
        csv->start = length == 3 ? 3 : 0;
    } else if (first >= 0xfe) {
        if (length < 2 && !is_all)
            return false;
        if (length >= 2 && (first ^ (unsigned char)csv->base[1]) == 1)
            FAIL(csv, "this is UTF-16, not UTF-8: see mob-import");
    }
    csv->is_started = true;
    return true;
}

/* Feeds bytes to csv_parse; a NUL byte, which it would let through, ends them. */
static void parse(struct mob_csv *csv, size_t from)
{
    const char *chunk = csv->base + from;
    size_t length = csv->length - from, parsed;
    const char *nul = memchr(chunk, '\0', length);

    if (nul)
        length = (size_t)(nul - chunk);
    csv->is_copying = csv->has_quote || memchr(chunk, '"', length);
    if (csv->is_copying)
        make_room(csv, &csv->copies, &csv->copy_capacity, csv->copy_length, csv->parser.entry_pos + length + 1);
    parsed = csv_parse(&csv->parser, chunk, length, take_cell, take_end, csv);
    if (has_failed(csv))
        return;
    if (parsed < length)
        fail_parse(csv, (unsigned char)chunk[parsed]);
    else if (nul)
        FAIL(csv, "a NUL byte");
    else if (csv->is_copying)
        csv->has_quote = memchr(csv->base + csv->start, '"', csv->length - csv->start);
}

static void parse_end(struct mob_csv *csv)
{
    csv->is_ended = true;
    /* After a failed csv_parse csv_fini would deliver half a row and call it good, so it is never called then. */
    csv->is_copying = csv->has_quote;
    make_room(csv, &csv->copies, &csv->copy_capacity, csv->copy_length, csv->parser.entry_pos + 1);
    if (csv_fini(&csv->parser, take_cell, take_end, csv) < 0 && !has_failed(csv))
        fail_unclosed(csv);
    if (csv->is_cr_held && !has_failed(csv))
        FAIL(csv, "a CR without its LF");
    if (csv->column_count == 0 && !has_failed(csv))
        mob_error_set(&csv->error, MOB_ERROR_FATAL, csv->name, 0, NULL, "no header: did the command before this one fail?");
}

/* Parses the next chunk into a new batch. */
static void fill(struct mob_csv *csv)
{
    size_t from, got;

    move_to_front(csv);
    from = csv->length;
    got = read_chunk(csv);
    if (has_failed(csv))
        return;
    if (!csv->is_started) {
        if (!skip_mark(csv, got == 0) || has_failed(csv))
            return;
        from = csv->start;
    }
    if (csv->length > from)
        parse(csv, from);
    if (got == 0 && !has_failed(csv))
        parse_end(csv);
}

int mob_csv_read(struct mob_csv *csv, struct mob_record *record, struct mob_error *error)
{
    const struct parsed *parsed;

    while (csv->delivered == csv->record_count) {
        if (has_failed(csv)) {
            if (error->kind == MOB_ERROR_NONE)
                *error = csv->error;
            return -1;
        }
        if (csv->is_ended)
            return 0;
        fill(csv);
    }
    parsed = &csv->records[csv->delivered++];
    record->cells = csv->cells + parsed->first_cell;
    record->cell_count = parsed->cell_count;
    record->raw = (struct mob_text){ csv->base + parsed->raw_start, parsed->raw_length };
    record->line = parsed->line;
    record->plain = parsed->plain;
    record->unended = parsed->unended;
    return 1;
}
