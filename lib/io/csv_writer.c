#include "io/csv.h"

#include <assert.h>
#include <csv.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)256 * 1024)

/* csv_write2 at worst makes two of each byte, and adds two. */
static size_t quoted_bytes_max(struct mob_text cell)
{
    if (cell.length > (SIZE_MAX - 2) / 2)
        mob_memory_exhausted();
    return cell.length * 2 + 2;
}

void mob_writer_init(struct mob_writer *writer, int descriptor, const char *name)
{
    *writer = (struct mob_writer){
        .descriptor = descriptor,
        .name = name,
        .buffer = malloc(BUFFER_BYTES), /* not cleared: a short answer touches few of its pages */
    };
    if (!writer->buffer)
        mob_memory_exhausted();
}

static void write_out(struct mob_writer *writer, struct mob_text bytes)
{
    while (bytes.length && !writer->failure) {
        ssize_t count = write(writer->descriptor, bytes.bytes, bytes.length);

        if (count > 0) {
            bytes.bytes += count;
            bytes.length -= (size_t)count;
        } else if (count == 0) {
            writer->failure = EIO;
        } else if (errno != EINTR) {
            writer->failure = errno;
        }
    }
}

static void empty_buffer(struct mob_writer *writer)
{
    write_out(writer, (struct mob_text){ writer->buffer, writer->length });
    writer->length = 0;
}

void mob_writer_bytes(struct mob_writer *writer, struct mob_text bytes)
{
    writer->begun = true;
    if (bytes.length > BUFFER_BYTES - writer->length)
        empty_buffer(writer);
    if (bytes.length > BUFFER_BYTES) {
        write_out(writer, bytes);
    } else if (bytes.length) {
        memcpy(writer->buffer + writer->length, bytes.bytes, bytes.length);
        writer->length += bytes.length;
    }
}

static void write_byte(struct mob_writer *writer, char byte)
{
    writer->begun = true;
    if (writer->length == BUFFER_BYTES)
        empty_buffer(writer);
    writer->buffer[writer->length++] = byte;
}

/* A row that is one empty cell would be a blank line: what it needs is known at its end. */
static void begin_cell(struct mob_writer *writer, bool empty)
{
    if (writer->cell_open)
        write_byte(writer, ',');
    writer->lone_empty = empty && !writer->cell_open;
    writer->cell_open = true;
}

static bool needs_quotes(struct mob_text cell)
{
    static const bool special[UCHAR_MAX + 1] = { [','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true };

    for (size_t i = 0; i < cell.length; i++)
        if (special[(unsigned char)cell.bytes[i]])
            return true;
    return false;
}

/* What begins so would be taken for a byte order mark, and dropped, or for UTF-16, and refused. */
static bool begins_with_mark(struct mob_text cell)
{
    return (cell.length >= 3 && memcmp(cell.bytes, "\xef\xbb\xbf", 3) == 0) ||
           (cell.length >= 2 && (memcmp(cell.bytes, "\xff\xfe", 2) == 0 || memcmp(cell.bytes, "\xfe\xff", 2) == 0));
}

static void write_quoted(struct mob_writer *writer, struct mob_text cell)
{
    size_t most = quoted_bytes_max(cell);

    if (most > BUFFER_BYTES) {
        char *quoted = mob_memory_new(most);
        size_t length = csv_write2(quoted, most, cell.bytes, cell.length, '"');

        mob_writer_bytes(writer, (struct mob_text){ quoted, length });
        free(quoted);
        return;
    }
    if (most > BUFFER_BYTES - writer->length)
        empty_buffer(writer);
    writer->length += csv_write2(writer->buffer + writer->length, most, cell.bytes, cell.length, '"');
    writer->begun = true;
}

void mob_writer_cell(struct mob_writer *writer, struct mob_text cell)
{
    begin_cell(writer, cell.length == 0);
    if (needs_quotes(cell) || (!writer->begun && begins_with_mark(cell)))
        write_quoted(writer, cell);
    else
        mob_writer_bytes(writer, cell);
}

void mob_csv_add_cell(struct mob_buffer *buffer, struct mob_text cell)
{
    char *quoted;
    size_t most;

    if (!needs_quotes(cell)) {
        mob_buffer_add(buffer, cell);
        return;
    }
    most = quoted_bytes_max(cell);
    quoted = mob_memory_new(most);
    mob_buffer_add(buffer, (struct mob_text){ quoted, csv_write2(quoted, most, cell.bytes, cell.length, '"') });
    free(quoted);
}

void mob_writer_raw(struct mob_writer *writer, struct mob_text cells)
{
    begin_cell(writer, cells.length == 0);
    if (!writer->begun && begins_with_mark(cells)) {
        const char *comma = memchr(cells.bytes, ',', cells.length);
        size_t first = comma ? (size_t)(comma - cells.bytes) : cells.length;

        write_quoted(writer, (struct mob_text){ cells.bytes, first });
        cells = (struct mob_text){ cells.bytes + first, cells.length - first };
    }
    mob_writer_bytes(writer, cells);
}

void mob_writer_end_row(struct mob_writer *writer)
{
    assert(writer->cell_open);
    if (writer->lone_empty)
        mob_writer_bytes(writer, MOB_TEXT("\"\""));
    write_byte(writer, '\n');
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
