/* What a CSV reader has found and not yet handed out: a batch of whole records, and the record that has begun.
 *
 * io/csv and io/split fill it from the same bytes: cells with mob_records_add_cell, the end of each line with
 * mob_records_end_line. Then mob_records_next hands out the records in turn, and mob_records_forget makes room for the
 * next batch, which starts with what the record that has begun has of cells. Offsets are offsets into `bytes`. */
#ifndef MOB_IO_RECORDS_H
#define MOB_IO_RECORDS_H

#include "base/arena.h"
#include "base/text.h"

#define MOB_CELL_MAX ((size_t)1024 * 1024)
#define MOB_COLUMN_MAX ((size_t)1024)

/* One record. Its bytes live until the next mob_csv_read of the same reader, unless it reads bytes in memory
 * (mob_csv_open_bytes): then the raw bytes, and those of plain records' cells, live as long as those; the
 * array `cells` never does. */
struct mob_record {
    const struct mob_text *cells;
    size_t cell_count;
    struct mob_text raw; /* as it stands in the file, without its line end */
    uint64_t line;       /* on which it starts, from 1 */
    bool plain;          /* no quote in it: the cells are slices of raw, a delimiter between them */
    bool unended;        /* the last one, without a line end: it may have been cut */
};

/* A cell that is not a slice of the raw bytes: two quotes stand there for one. */
struct mob_copied_cell {
    size_t cell;
    size_t offset; /* in `copies` */
};

/* Init to { .line = 1 }; release frees. */
struct mob_records {
    const char *bytes;

    struct mob_record *records;
    size_t record_count;
    size_t record_capacity;
    size_t next_record;
    struct mob_text *cells;
    size_t cell_count;
    size_t cell_capacity;
    size_t next_cell;
    struct mob_copied_cell *copied_cells;
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

    size_t column_count; /* the header's; 0: none yet */
};

/* Adds a cell to the record that has begun. */
static inline void mob_records_add_cell(struct mob_records *records, size_t offset, size_t length)
{
    if (records->cell_count == records->cell_capacity)
        records->cells =
            mob_memory_grow(records->cells, &records->cell_capacity, records->cell_count + 1, sizeof *records->cells);
    records->cells[records->cell_count++] = (struct mob_text){ records->bytes + offset, length };
}

/* Adds a cell that stands in quotes, of which `cell` is what is meant; `at` moves behind its delimiter. */
void mob_records_add_quoted(struct mob_records *records, struct mob_text cell);

/* The line ends at `end`, the next one starts at `next`. A line without cells is blank: no record, but where the header
 * has one column an empty cell. */
void mob_records_end_line(struct mob_records *records, size_t end, size_t next, bool unended);

/* Takes back the cells of the record that has begun, to be found anew from its start. */
void mob_records_begin_again(struct mob_records *records);

/* The copied cells get their bytes, which stay where they are only when the batch is whole. */
void mob_records_point_at_copies(struct mob_records *records);

/* The next record of the batch; false where it has no more. */
bool mob_records_next(struct mob_records *records, struct mob_record *record);

/* Forgets the batch. */
void mob_records_forget(struct mob_records *records);

/* The bytes from `start` on stand at the start of `bytes` now. */
void mob_records_move(struct mob_records *records, const char *bytes);

void mob_records_release(struct mob_records *records);

#endif
