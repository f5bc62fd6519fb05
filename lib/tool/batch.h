/* All rows of an input at once, for the tools that write the calendar: nothing is decided before the last row is there,
 * and an input that was cut is refused whole (CLI.md, CALENDAR.md step 1). */
#ifndef MOB_TOOL_BATCH_H
#define MOB_TOOL_BATCH_H

#include "tool/filter.h"

struct mob_batch {
    struct mob_arena arena;
    struct mob_record *records; /* in order */
    void *rows;                 /* their structs; of a faulty one only what was read before the fault */
    struct mob_text *faults;    /* per row: what is wrong with it, or empty */
    size_t count, capacity;
};

/* Reads the filter's input to its end into structs of `row_size` bytes. Fatal: a record with another number of cells, a
 * last record without line end, and what the reader refuses. */
int mob_batch_read(struct mob_batch *batch, struct mob_filter *filter, size_t row_size, struct mob_error *error);

void mob_batch_release(struct mob_batch *batch);

#endif
