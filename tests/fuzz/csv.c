/* Fuzzes the CSV reader and writer (CLI.md, "Rows in, rows out"): a second reader, written from the same rules and
 * without libcsv, says what each input holds; from memory, from a file and in pieces it must be read so; libcsv alone
 * must find the same to the letter of each message; and what is written again must be read again. */
#include "fuzz.h"
#include "io/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NAME "in.csv"
#define BOM MOB_TEXT("\xef\xbb\xbf")

/* ---- reads in pieces: linked with --wrap=read ---- */

enum { FED = -7 }; /* the descriptor of the feed: none that the system gives */

static struct {
    struct mob_text rest;
    size_t piece, later_pieces;
} feed;

ssize_t __real_read(int descriptor, void *bytes, size_t length);
ssize_t __wrap_read(int descriptor, void *bytes, size_t length);

ssize_t __wrap_read(int descriptor, void *bytes, size_t length)
{
    if (descriptor != FED)
        return __real_read(descriptor, bytes, length);
    if (length > feed.piece)
        length = feed.piece;
    if (length > feed.rest.length)
        length = feed.rest.length;
    if (length)
        memcpy(bytes, feed.rest.bytes, length);
    feed.rest.bytes += length;
    feed.rest.length -= length;
    feed.piece = feed.later_pieces;
    return (ssize_t)length;
}

/* ---- records split without libcsv, or not: linked with --wrap=mob_split ---- */

static bool by_libcsv_alone;

size_t __real_mob_split(struct mob_records *records, size_t from, size_t end, char delimiter);
size_t __wrap_mob_split(struct mob_records *records, size_t from, size_t end, char delimiter);

size_t __wrap_mob_split(struct mob_records *records, size_t from, size_t end, char delimiter)
{
    return by_libcsv_alone ? records->start : __real_mob_split(records, from, end, delimiter);
}

/* ---- what a reading tells, as bytes to be compared ---- */

static void tell_text(struct mob_buffer *told, struct mob_text text)
{
    mob_buffer_add_number(told, (int64_t)text.length);
    mob_buffer_add_byte(told, ':');
    mob_buffer_add(told, text);
}

static void tell_record(struct mob_buffer *told, const struct mob_record *record)
{
    mob_buffer_add_byte(told, '\n');
    mob_buffer_add_number(told, (int64_t)record->line);
    mob_buffer_add_byte(told, record->plain ? 'p' : 'q');
    mob_buffer_add_byte(told, record->unended ? 'u' : 'e');
    tell_text(told, record->raw);
    for (size_t i = 0; i < record->cell_count; i++)
        tell_text(told, record->cells[i]);
}

static void tell_fault(struct mob_buffer *told, uint64_t line, const char *message)
{
    mob_buffer_add_byte(told, '!');
    mob_buffer_add_number(told, (int64_t)line);
    mob_buffer_add(told, mob_text_of(message));
}

/* ---- the second reader ---- */

struct second {
    struct mob_text input;
    size_t at;
    uint64_t line, next_line;
    size_t column_count; /* the header's */
    struct mob_buffer *told;
    struct mob_text *cells;
    size_t cell_count, cell_capacity;
    struct mob_buffer copies[MOB_COLUMN_MAX + 1];
    size_t copy_count;
    const char *fault; /* a part of the message */
};

static int byte_at(const struct second *second, size_t at)
{
    return at < second->input.length ? (unsigned char)second->input.bytes[at] : EOF;
}

static bool fail(struct second *second, const char *fault)
{
    second->fault = fault;
    return false;
}

/* Reads from the opening quote up to the closing one. */
static bool second_quoted(struct second *second, struct mob_text *cell)
{
    struct mob_buffer *copy = &second->copies[second->copy_count++];

    copy->length = 0;
    for (second->at++;; second->at++) {
        int byte = byte_at(second, second->at);

        if (byte == EOF)
            return fail(second, "not closed|the command before this one");
        if (byte == '\0')
            return fail(second, "a NUL byte");
        if (byte == '"' && byte_at(second, ++second->at) != '"')
            break;
        second->next_line += byte == '\n';
        mob_buffer_add_byte(copy, (char)byte);
    }
    *cell = mob_buffer_since(copy, 0);
    return true;
}

static bool second_plain(struct second *second, struct mob_text *cell)
{
    size_t start = second->at;
    int byte;

    while ((byte = byte_at(second, second->at)) != EOF && byte != ',' && byte != '\r' && byte != '\n') {
        if (byte == '"')
            return fail(second, "stray quote");
        if (byte == '\0')
            return fail(second, "a NUL byte");
        second->at++;
    }
    *cell = (struct mob_text){ second->input.bytes + start, second->at - start };
    return true;
}

/* Reads one cell and leaves `at` on what ends it. */
static bool second_cell(struct second *second)
{
    struct mob_text cell = MOB_TEXT("");
    bool quoted = byte_at(second, second->at) == '"';
    int byte;

    if (!(quoted ? second_quoted(second, &cell) : second_plain(second, &cell)))
        return false;
    byte = byte_at(second, second->at);
    if (byte == '\0')
        return fail(second, "a NUL byte");
    if (byte != EOF && byte != ',' && byte != '\r' && byte != '\n')
        return fail(second, "text behind a closing quote");
    if (second->cell_count == MOB_COLUMN_MAX)
        return fail(second, "more than 1,024 columns");
    second->cells =
        mob_memory_grow(second->cells, &second->cell_capacity, second->cell_count + 1, sizeof *second->cells);
    second->cells[second->cell_count++] = cell;
    return true;
}

/* Passes the line end: LF, or CR and LF. */
static bool second_line_end(struct second *second)
{
    if (byte_at(second, second->at) == '\r' && byte_at(second, ++second->at) != '\n')
        return fail(second, "a CR without its LF");
    second->at++;
    second->next_line++;
    return true;
}

static bool second_record(struct second *second)
{
    size_t start = second->at, end;
    bool is_blank = byte_at(second, start) == '\r' || byte_at(second, start) == '\n';
    bool unended;

    second->line = second->next_line;
    second->cell_count = 0;
    second->copy_count = 0;
    if (!is_blank) {
        while (second_cell(second) && byte_at(second, second->at) == ',')
            second->at++;
        if (second->fault)
            return false;
    }
    end = second->at;
    unended = byte_at(second, end) == EOF;
    if (!unended && !second_line_end(second))
        return false;
    if (is_blank && second->column_count == 1) {
        second->cells = mob_memory_grow(second->cells, &second->cell_capacity, 1, sizeof *second->cells);
        second->cells[second->cell_count++] = MOB_TEXT("");
    }
    if (second->column_count == 0)
        second->column_count = second->cell_count;
    if (second->cell_count)
        tell_record(second->told, &(struct mob_record){ second->cells,
                                                        second->cell_count,
                                                        { second->input.bytes + start, end - start },
                                                        second->line,
                                                        second->copy_count == 0,
                                                        unended });
    return true;
}

/* Returns a part of the message of the fault, or NULL; `*line` is its line. */
static const char *second_reading(struct mob_text input, struct mob_buffer *told, uint64_t *line)
{
    static struct second second; /* static for its copies, which are used again and again */

    second.input = input;
    second.at = input.length >= 3 && memcmp(input.bytes, BOM.bytes, 3) == 0 ? 3 : 0;
    second.next_line = 1;
    second.column_count = 0;
    second.told = told;
    second.fault = NULL;
    *line = 1;
    if (input.length >= 2 && (memcmp(input.bytes, "\xff\xfe", 2) == 0 || memcmp(input.bytes, "\xfe\xff", 2) == 0))
        return "this is UTF-16";
    while (second.at < input.length && second_record(&second))
        continue;
    *line = second.line;
    if (!second.fault && second.column_count == 0) {
        *line = 0;
        return "no header";
    }
    return second.fault;
}

/* Whether the message has one of the alternatives, which `|` parts. */
static bool says(const char *message, const char *parts)
{
    const char *bar = strchr(parts, '|');
    char part[64];

    if (!bar)
        return strstr(message, parts);
    snprintf(part, sizeof part, "%.*s", (int)(bar - parts), parts);
    return strstr(message, part) || says(message, bar + 1);
}

/* ---- the reader itself ---- */

static bool lies_in(struct mob_text part, struct mob_text whole)
{
    return part.bytes >= whole.bytes && part.bytes + part.length <= whole.bytes + whole.length;
}

static void require_slices(const struct mob_record *record)
{
    const char *at = record->raw.bytes;

    for (size_t i = 0; i < record->cell_count; i++) {
        fuzz_require(record->cells[i].bytes == at, "a plain record's cells are slices of its raw bytes");
        at += record->cells[i].length + 1;
    }
    fuzz_require(at == record->raw.bytes + record->raw.length + 1, "a plain record is its cells and commas");
}

/* Reads to the end. The fault, if there is one, is told behind the records and left in `*error`. */
static void read_all(struct mob_csv *csv, const struct mob_text *memory, struct mob_buffer *told,
                     struct mob_error *error)
{
    struct mob_error again = { 0 };
    struct mob_record record;
    int result;

    while ((result = mob_csv_read(csv, &record, error)) == 1) {
        if (record.plain)
            require_slices(&record);
        if (memory)
            fuzz_require(lies_in(record.raw, *memory), "the raw bytes are those in memory");
        tell_record(told, &record);
    }
    fuzz_require((result < 0) == (error->kind == MOB_ERROR_FATAL), "-1 comes with a fatal error");
    fuzz_require(mob_csv_read(csv, &record, &again) == result && strcmp(again.message, error->message) == 0,
                 "after the end the same comes again");
    if (result < 0)
        tell_fault(told, error->line, error->message);
    mob_csv_close(csv);
}

/* libcsv is the referee of what was split without it (io/split.h). */
static void require_same_by_libcsv(struct mob_text input, const struct mob_buffer *told)
{
    struct mob_buffer again = { 0 };
    struct mob_error error = { 0 };

    by_libcsv_alone = true;
    read_all(mob_csv_open_bytes(input, NAME), &input, &again, &error);
    by_libcsv_alone = false;
    fuzz_require(mob_text_is(mob_buffer_since(told, 0), mob_buffer_since(&again, 0)), "libcsv alone finds the same");
    mob_buffer_release(&again);
}

static void require_same_in_pieces(struct mob_text input, size_t first_piece, size_t later_pieces,
                                   const struct mob_buffer *told, const char *property)
{
    struct mob_buffer again = { 0 };
    struct mob_error error = { 0 };

    feed.rest = input;
    feed.piece = first_piece;
    feed.later_pieces = later_pieces;
    read_all(mob_csv_open(FED, NAME, NULL, NULL), NULL, &again, &error);
    fuzz_require(mob_text_is(mob_buffer_since(told, 0), mob_buffer_since(&again, 0)), property);
    mob_buffer_release(&again);
}

static void require_same_from_file(struct mob_text input, const struct mob_buffer *told)
{
    static struct fuzz_file file;
    struct mob_buffer again = { 0 };
    struct mob_error error = { 0 };

    if (file.descriptor == 0)
        fuzz_file_make(&file);
    fuzz_file_fill(&file, input);
    lseek(file.descriptor, 0, SEEK_SET);
    read_all(mob_csv_open(file.descriptor, NAME, NULL, NULL), NULL, &again, &error);
    fuzz_require(mob_text_is(mob_buffer_since(told, 0), mob_buffer_since(&again, 0)), "a file is read as memory is");
    mob_buffer_release(&again);
}

/* What comes first is told by the second reader; the message of a fault by the first. */
static void require_second(struct mob_text input, const struct mob_buffer *told, const struct mob_error *error)
{
    struct mob_buffer second = { 0 };
    uint64_t line;
    const char *fault = second_reading(input, &second, &line);

    fuzz_require((fault != NULL) == (error->kind != MOB_ERROR_NONE), "both readers find a fault, or neither");
    if (fault) {
        fuzz_require(error->line == line, "both readers find the fault on one line");
        fuzz_require(says(error->message, fault), "both readers find the same fault");
        tell_fault(&second, line, error->message);
    }
    fuzz_require(mob_text_is(mob_buffer_since(told, 0), mob_buffer_since(&second, 0)),
                 "both readers find the same records");
    mob_buffer_release(&second);
}

/* Blank lines before the header only count as lines: with so many that a chunk or the buffer ends inside the input, it
 * is read as without. */
static void require_same_behind_blank_lines(struct mob_text input, size_t chunk, uint64_t hash)
{
    struct mob_buffer padded = { 0 }, told = { 0 };
    struct mob_error error = { 0 };
    size_t inside = hash % (input.length + 1);
    struct mob_text text;

    fuzz_buffer_bytes = 0;
    for (size_t i = inside; i < chunk; i++)
        mob_buffer_add_byte(&padded, '\n');
    mob_buffer_add(&padded, input);
    text = mob_buffer_since(&padded, 0);
    read_all(mob_csv_open_bytes(text, NAME), &text, &told, &error);
    require_second(text, &told, &error);
    require_same_by_libcsv(text, &told);
    require_same_in_pieces(text, chunk - inside, 1, &told, "cut into bytes at the end of a chunk it is read as whole");
    require_same_in_pieces(text, SIZE_MAX, SIZE_MAX, &told, "a buffer at a time it is read as whole");
    mob_buffer_release(&padded);
    mob_buffer_release(&told);
}

/* ---- writing again ---- */

/* The cells of the records that can be read, without lines and raw bytes; with `as_csv` they are CSV again. */
static void tell_cells(struct mob_text input, struct mob_buffer *told, bool as_csv)
{
    struct mob_csv *csv = mob_csv_open_bytes(input, NAME);
    struct mob_error error = { 0 };
    struct mob_record record;

    while (mob_csv_read(csv, &record, &error) == 1) {
        for (size_t i = 0; i < record.cell_count; i++) {
            if (as_csv && i > 0)
                mob_buffer_add_byte(told, ',');
            (as_csv ? mob_csv_add_cell : tell_text)(told, record.cells[i]);
        }
        if (as_csv && record.cell_count == 1 && record.cells[0].length == 0)
            mob_buffer_add(told, MOB_TEXT("\"\""));
        mob_buffer_add_byte(told, '\n');
    }
    mob_csv_close(csv);
}

/* Writes what can be read: cell by cell, or as it stands where it is plain and `passes`. */
static void write_again(struct mob_text input, int descriptor, bool passes)
{
    struct mob_csv *csv = mob_csv_open_bytes(input, NAME);
    struct mob_error error = { 0 };
    struct mob_record record;
    struct mob_writer writer;

    mob_writer_init(&writer, descriptor, "out.csv");
    while (mob_csv_read(csv, &record, &error) == 1) {
        if (passes && record.plain)
            mob_writer_raw(&writer, record.raw);
        else
            for (size_t i = 0; i < record.cell_count; i++)
                mob_writer_cell(&writer, record.cells[i]);
        mob_writer_end_row(&writer);
    }
    mob_csv_close(csv);
    error = (struct mob_error){ 0 };
    fuzz_require(mob_writer_close(&writer, &error) == 0, "a file in memory can be written");
}

/* A first cell that begins with a byte order mark is quoted by a writer alone. */
static bool is_marked(struct mob_text written)
{
    return written.length > 1 && written.bytes[0] == '"' && memchr("\xef\xff\xfe", written.bytes[1], 3);
}

static void require_written_is_read(struct mob_text input, bool passes)
{
    static struct fuzz_file file;
    struct mob_buffer told = { 0 }, again = { 0 }, added = { 0 };
    struct mob_text written;

    if (file.descriptor == 0)
        fuzz_file_make(&file);
    fuzz_file_fill(&file, MOB_TEXT(""));
    write_again(input, file.descriptor, passes);
    written = fuzz_file_bytes(&file);
    tell_cells(input, &added, true);
    fuzz_require(is_marked(written) || mob_text_is(written, mob_buffer_since(&added, 0)),
                 "a writer and a buffer hold the same CSV");
    tell_cells(input, &told, false);
    tell_cells(written, &again, false);
    fuzz_require(mob_text_is(mob_buffer_since(&told, 0), mob_buffer_since(&again, 0)), "what is written is read again");
    free((char *)written.bytes);
    mob_buffer_release(&told);
    mob_buffer_release(&again);
    mob_buffer_release(&added);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mob_text input = fuzz_input(data, size);
    uint64_t hash = fuzz_hash(input);
    struct mob_buffer told = { 0 };
    struct mob_error error = { 0 };

    fuzz_buffer_bytes = (size_t)16 << hash / 16 % 6;
    read_all(mob_csv_open_bytes(input, NAME), &input, &told, &error);
    require_second(input, &told, &error);
    require_same_by_libcsv(input, &told);
    require_same_in_pieces(input, 1, 1, &told, "byte by byte it is read as whole");
    require_same_in_pieces(input, 1 + hash % (size + 1), SIZE_MAX, &told, "cut in two it is read as whole");
    /* System calls, and a writer's large buffer under AddressSanitizer, cost much. */
    if (FUZZ_SELDOM == 1 || hash / 32 % 8 == 1)
        require_same_from_file(input, &told);
    if (FUZZ_SELDOM == 1 || hash / 32 % 8 == 0)
        require_written_is_read(input, hash / 16 % 2 == 0);
    if (FUZZ_SELDOM == 1)
        require_written_is_read(input, hash / 16 % 2 != 0);
    if (hash / 8 % FUZZ_SELDOM == 0)
        require_same_behind_blank_lines(input, (size_t)65536 << hash % 3, hash);
    mob_buffer_release(&told);
    return 0;
}
