/* Columns by name and type into structs: a site's files and a filter's rows alike (CLI.md, "Rows in, rows out").
 *
 * A tool writes down its columns once, as a table of struct mob_column. Call order: mob_table_read_header,
 * then mob_table_read for each record, which fills the struct; then mob_table_release.
 *
 * In the struct a text, code or list is a struct mob_text, a notice a struct mob_notice, everything else an int64_t:
 * an instant or date as in base/date.h, a number, an amount in cents, or which of the words it is. An empty or
 * missing cell is the empty text, a notice of 0 minutes, or MOB_ABSENT. */
#ifndef MOB_IO_TABLE_H
#define MOB_IO_TABLE_H

#include "base/date.h"
#include "io/csv.h"

enum mob_type {
    MOB_TYPE_TEXT,
    MOB_TYPE_CODE,  /* one code */
    MOB_TYPE_CODES, /* codes separated by single spaces */
    MOB_TYPE_INSTANT,
    MOB_TYPE_DATE,
    MOB_TYPE_TIME, /* 24:00 too */
    MOB_TYPE_NUMBER,
    MOB_TYPE_MONEY,
    MOB_TYPE_NOTICE,
    MOB_TYPE_STAMP, /* UTC, in seconds */
    MOB_TYPE_WORD,
};

enum mob_presence {
    MOB_NEEDED,       /* the column must be there, its cells must not be empty */
    MOB_NEEDED_EMPTY, /* the column must be there, its cells may be empty */
    MOB_USED,         /* the column may be missing, its cells may be empty */
};

struct mob_column {
    const char *name;
    enum mob_type type;
    enum mob_presence presence;
    size_t offset;            /* of the member in the struct */
    const char *const *words; /* of MOB_TYPE_WORD, ended by NULL */
};

/* Which cell each column is. */
struct mob_binding {
    const struct mob_column *columns;
    size_t column_count;
    size_t *cells;     /* per column: its cell, or MOB_NO_CELL */
    size_t cell_count; /* the header's */
    const char *file;  /* in messages */
};

#define MOB_NO_CELL SIZE_MAX

/* The number of the header cell `name`, or MOB_NO_CELL. */
size_t mob_table_find(const struct mob_record *header, const char *name);

/* Says that the header has no column `name` (FATAL; -1): the names that are there, and which one was probably meant. */
int mob_table_missing(const char *name, const struct mob_record *header, const char *file, struct mob_error *error);

/* The form of a type's values for a message: "a date (2026-11-30)". */
const char *mob_type_form(enum mob_type type);

/* Reads the header of a file, its first record, and finds the columns in it: 1, or -1. Fatal: a needed one missing
 * (with the names that are there, and the near miss), any name twice, one header cell with `;` or a tab in it.
 * `file` must outlive the binding. */
int mob_table_read_header(struct mob_binding *binding, const struct mob_column *columns, size_t column_count,
                          struct mob_csv *csv, struct mob_record *header, const char *file, struct mob_error *error);

/* The same of a header that has been read. */
int mob_table_take_header(struct mob_binding *binding, const struct mob_column *columns, size_t column_count,
                          const struct mob_record *header, const char *file, struct mob_error *error);

/* Whether a header is one cell with `;` or a tab in it: another delimiter parts its names. */
bool mob_table_is_undivided(const struct mob_record *header);

/* All that mob_table_read_header refuses in a header, one by one, until `faults` returns -1: 0, or -1. A name that
 * stands twice is the fault's column where there is an `arena` to keep it in. */
int mob_table_check_header(const struct mob_column *columns, size_t column_count, const struct mob_record *header,
                           const char *file, struct mob_arena *arena, const struct mob_sink *faults);

/* Finds the columns in a header that may lack needed ones; mob_table_read_header does both. `file` must outlive it. */
void mob_table_bind(struct mob_binding *binding, const struct mob_column *columns, size_t column_count,
                    const struct mob_record *header, const char *file);

/* Whether a needed column is missing. */
bool mob_table_lacks(const struct mob_binding *binding, size_t column);

/* Fills `row` from a record with the header's number of cells. The texts are slices of the record's cells, or, with an
 * `arena`, copies in it. A bad value is an error of kind ROW, with file, line and column. */
int mob_table_read(const struct mob_binding *binding, const struct mob_record *record, void *row,
                   struct mob_arena *arena, struct mob_error *error);

/* The same for one column, so that a caller can go on behind a bad value. */
int mob_table_read_column(const struct mob_binding *binding, size_t column, const struct mob_record *record, void *row,
                          struct mob_arena *arena, struct mob_error *error);

/* Makes a column's member of `row` what an empty cell makes it. */
void mob_table_clear(const struct mob_column *column, void *row);

/* Whether the record has as many cells as the header; if not, an error of kind ROW. */
int mob_table_check_width(const struct mob_binding *binding, const struct mob_record *record, struct mob_error *error);

void mob_table_release(struct mob_binding *binding);

#endif
