/* Files of entries, the live calendar and its archives alike: their columns, and the `check` that vouches for every
 * byte before it (CALENDAR.md, "Columns" and "How: commit by replacement").
 *
 * mob_entries_read verifies and reads a whole file; mob_entries_write makes the bytes that go behind it. */
#ifndef MOB_SITE_ENTRIES_H
#define MOB_SITE_ENTRIES_H

#include "io/store.h"
#include "model/booking.h"
#include "site/seal.h"

/* In which order a file has its columns. */
struct mob_entries_header {
    size_t *columns; /* per cell of its header: which of our columns, or MOB_NO_CELL: another's, left empty */
    size_t count;    /* 0: there is no file yet */
};

/* Adds the entries of a file to `calendar`. Texts are slices of the file's bytes, which must outlive the calendar, or
 * lie in `arena`, as do rows and header. Fatal: a line that does not fit its check, and whatever else is wrong. */
int mob_entries_read(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                     struct mob_entries_header *header, struct mob_error *error);

/* Appends to `tail` what goes behind the bytes `head` of a file with that header (with none: a header first): the
 * entries from number `first` on. `check` is that of the last row. */
void mob_entries_write(struct mob_text head, struct mob_entries_header *header, struct mob_arena *arena,
                       const struct mob_calendar *calendar, size_t first, struct mob_buffer *tail,
                       char check[MOB_CHECK_LENGTH + 1]);

/* The names of the columns, as CSV. */
void mob_entries_add_header(struct mob_buffer *cells);

/* An entry as one row, as CSV without its line end: the first row's cells, with the resources, spans and times of
 * all its rows as lists. */
void mob_entries_add_listed(struct mob_buffer *cells, const struct mob_entry *entry);

#endif
