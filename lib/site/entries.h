/* Files of entries, the live calendar and its archives alike: their columns, and the `check` that vouches for every
 * byte before it (CALENDAR.md, "Columns" and "How: commit by replacement").
 *
 * mob_entries_read verifies and reads a whole file; mob_entries_write makes the bytes that go behind it. */
#ifndef MOB_SITE_ENTRIES_H
#define MOB_SITE_ENTRIES_H

#include "io/store.h"
#include "model/booking.h"
#include "site/findings.h"
#include "site/seal.h"

/* In which order a file has its columns. */
struct mob_entries_header {
    size_t *columns; /* per cell of its header: which of our columns, or MOB_NO_CELL: another's, left empty */
    size_t count;    /* 0: there is no file yet */
};

/* Adds the entries of a file to `calendar`. Texts are slices of the file's bytes, which must outlive the calendar, or
 * lie in `arena`, as do rows and header. Fatal: a line that does not fit its check, and whatever else is wrong. With
 * `findings` (else NULL) they take every fault and `*error` stays empty: 0 where the file was read to its end all the
 * same; of a faulty row what cannot be told is left out. */
int mob_entries_read(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                     struct mob_entries_header *header, struct mob_findings *findings, struct mob_error *error);

/* The same for a file that a person has changed: checks may be anything. */
int mob_entries_read_unsealed(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                              struct mob_entries_header *header, struct mob_findings *findings,
                              struct mob_error *error);

/* Appends to `tail` what goes behind the bytes `head` of a file with that header (with none: a header first): `count`
 * entries. `check` is that of the last row. */
void mob_entries_write(struct mob_text head, struct mob_entries_header *header, struct mob_arena *arena,
                       const struct mob_entry *entries, size_t count, struct mob_buffer *tail,
                       char check[MOB_CHECK_LENGTH + 1]);

/* Appends to `whole` the records of `file`, which has been read, as they stand but with new checks; `check` is the
 * last. */
void mob_entries_reseal(const struct mob_store_file *file, struct mob_buffer *whole, char check[MOB_CHECK_LENGTH + 1]);

/* Whether a file has columns that are not the ledger's: written anew from its entries it would lose them. */
bool mob_entries_has_other_columns(const struct mob_entries_header *header);

/* Refuses to: fatal. */
int mob_entries_refuse_columns(const char *path, struct mob_error *error);

/* The names of the columns, as CSV. */
void mob_entries_add_header(struct mob_buffer *cells);

/* An entry as one row, as CSV without its line end: the first row's cells, with the resources, spans and times of
 * all its rows as lists. */
void mob_entries_add_listed(struct mob_buffer *cells, const struct mob_entry *entry);

#endif
