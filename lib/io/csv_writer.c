#include "io/csv.h"

#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)256 * 1024)

void mob_writer_init(struct mob_writer *writer, int descriptor, const char *name)
{
    *writer = (struct mob_writer){ .descriptor = descriptor, .name = name };
    writer->buffer = malloc(BUFFER_BYTES);
    if (!writer->buffer)
        mob_memory_exhausted();
}

/* Hands bytes to the system; the first failure stays. */
static void write_out(struct mob_writer *writer, const char *bytes, size_t length)
{
    while (length > 0 && !writer->failure) {
        ssize_t written = write(writer->descriptor, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            writer->failure = errno;
            return;
        }
        bytes += written;
        length -= (size_t)written;
    }
}

static void empty_buffer(struct mob_writer *writer)
{
    write_out(writer, writer->buffer, writer->length);
    writer->length = 0;
}

void mob_writer_bytes(struct mob_writer *writer, struct mob_text bytes)
{
    if (bytes.length > BUFFER_BYTES - writer->length)
        empty_buffer(writer);
    if (bytes.length > BUFFER_BYTES) {
        write_out(writer, bytes.bytes, bytes.length);
        return;
    }
    if (bytes.length)
        memcpy(writer->buffer + writer->length, bytes.bytes, bytes.length);
    writer->length += bytes.length;
}

static bool needs_quotes(struct mob_text cell)
{
    for (size_t i = 0; i < cell.length; i++)
        switch (cell.bytes[i]) {
        case ',':
        case '"':
        case '\r':
        case '\n':
            return true;
        }
    return false;
}

/* A cell in quotes; the caller frees its bytes. */
static struct mob_text quoted(struct mob_text cell)
{
    size_t size;
    char *bytes;

    if (cell.length > (SIZE_MAX - 2) / 2)
        mob_memory_exhausted();
    size = 2 * cell.length + 2;
    bytes = mob_memory_new(size);
    return (struct mob_text){ bytes, csv_write2(bytes, size, cell.bytes, cell.length, '"') };
}

static void begin_cell(struct mob_writer *writer, bool is_empty)
{
    if (writer->cell_open)
        mob_writer_bytes(writer, MOB_TEXT(","));
    writer->lone_empty = !writer->cell_open && is_empty;
    writer->cell_open = true;
}

void mob_writer_cell(struct mob_writer *writer, struct mob_text cell)
{
    struct mob_text in_quotes;

    begin_cell(writer, cell.length == 0);
    if (!needs_quotes(cell)) {
        mob_writer_bytes(writer, cell);
        return;
    }
    in_quotes = quoted(cell);
    mob_writer_bytes(writer, in_quotes);
    free((char *)in_quotes.bytes);
}

void mob_csv_add_cell(struct mob_buffer *buffer, struct mob_text cell)
{
    struct mob_text in_quotes;

    if (!needs_quotes(cell)) {
        mob_buffer_add(buffer, cell);
        return;
    }
    in_quotes = quoted(cell);
    mob_buffer_add(buffer, in_quotes);
    free((char *)in_quotes.bytes);
}

void mob_writer_raw(struct mob_writer *writer, struct mob_text cells)
{
    begin_cell(writer, cells.length == 0);
    mob_writer_bytes(writer, cells);
}

void mob_writer_end_row(struct mob_writer *writer)
{
    mob_writer_bytes(writer, writer->lone_empty ? MOB_TEXT("\"\"\n") : MOB_TEXT("\n"));
    writer->cell_open = false;
    writer->lone_empty = false;
}

int mob_writer_flush(struct mob_writer *writer, struct mob_error *error)
{
    empty_buffer(writer);
    if (!writer->failure)
        return 0;
    return mob_error_set(error, MOB_ERROR_FATAL, writer->name, 0, NULL, "cannot write: %s", strerror(writer->failure));
}

int mob_writer_close(struct mob_writer *writer, struct mob_error *error)
{
    int result = mob_writer_flush(writer, error);

    free(writer->buffer);
    writer->buffer = NULL;
    return result;
}
