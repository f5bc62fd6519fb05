/* CSV: one dialect, read strictly through libcsv, and written (CLI.md "Rows in, rows out"; LIBCSV.md).
 *
 * Reading: mob_csv_open (or mob_csv_open_bytes, mob_csv_open_source), then mob_csv_read until it returns 0 or -1, then
 * mob_csv_close. The first record is the header. Blank lines are skipped, but in a file of one column a blank
 * line behind the header is an empty cell. What the reader refuses is fatal (exit 2): a stray quote, text
 * behind a closing quote, an unclosed quote, a CR without its LF, a NUL byte, UTF-16, a cell over 1 MiB, more
 * than 1,024 columns, no bytes at all. The records before the fault are delivered first. The number of cells
 * is not compared with the header's: that is the caller's.
 *
 * Writing: mob_writer_init, then rows by cells or raw bytes, then mob_writer_close. Its errors are sticky:
 * after the first one it writes nothing, and close reports it. */
#ifndef MOB_IO_CSV_H
#define MOB_IO_CSV_H

#include "base/error.h"
#include "io/input.h"
#include "io/records.h"

/* What there is to say of a last record without line end, by whoever goes on and by whoever does not. */
#define MOB_CSV_UNENDED "the last record has no line end: it may have been cut"

struct mob_csv;

/* Reads from `descriptor` (which stays the caller's). `name` stands in messages and must outlive the reader.
 * `before_wait`, if not NULL, is called with `context` before each read that would block. */
struct mob_csv *mob_csv_open(int descriptor, const char *name, void (*before_wait)(void *), void *context);

/* Reads `bytes`, which must outlive the reader. */
struct mob_csv *mob_csv_open_bytes(struct mob_text bytes, const char *name);

/* Reads what `source` gives, with another delimiter than the comma: one byte below 0x80 that is no quote, CR or LF.
 * What the source says when it fails is what mob_csv_read says; of kind ROW, with name and line added. */
struct mob_csv *mob_csv_open_source(struct mob_source source, char delimiter, const char *name);

/* 1: `*record` is the next one; 0: the end; -1: fatal, `*error` filled with name and line. After 0 or -1 it
 * returns the same again. */
int mob_csv_read(struct mob_csv *csv, struct mob_record *record, struct mob_error *error);

/* Where a source has failed, in an error of kind ROW: the number of the cell in which it did, from 0, of the record
 * that starts on the error's line. */
size_t mob_csv_cell(const struct mob_csv *csv);

/* Frees the reader; NULL is none. */
void mob_csv_close(struct mob_csv *csv);

/* ---- writing ---- */

struct mob_writer {
    int descriptor;
    const char *name; /* in messages */
    char *buffer;
    size_t length;
    int failure;     /* errno of the first failed write, 0 = none */
    bool cell_open;  /* a cell of the present row has been written */
    bool lone_empty; /* the present row is one empty cell so far */
    bool begun;      /* something has been given to it */
};

/* Writes to `descriptor`, buffered; the descriptor stays the caller's. */
void mob_writer_init(struct mob_writer *writer, int descriptor, const char *name);

/* One cell of the present row, quoted only where it must be: comma, quote, CR, LF, and at the start of all that is
 * written a byte order mark, which would not be read back. */
void mob_writer_cell(struct mob_writer *writer, struct mob_text cell);

/* Cells that are already CSV, with the commas between them (a slice of a plain record). `cells` may be the
 * empty cell. */
void mob_writer_raw(struct mob_writer *writer, struct mob_text cells);

/* Ends the row, which has at least one cell: LF; a lone empty cell is `""`. */
void mob_writer_end_row(struct mob_writer *writer);

/* Appends one cell to a buffer, quoted where it must be. */
void mob_csv_add_cell(struct mob_buffer *buffer, struct mob_text cell);

/* Bytes as they are, no CSV. */
void mob_writer_bytes(struct mob_writer *writer, struct mob_text bytes);

/* Hands everything to the system. 0, or -1 with the sticky failure (fatal). */
int mob_writer_flush(struct mob_writer *writer, struct mob_error *error);

/* Flushes, frees the buffer, and reports the sticky failure if there is one. */
int mob_writer_close(struct mob_writer *writer, struct mob_error *error);

#endif
