/* A filter's rows: read, bind, reject, add columns, pass everything else through (CLI.md, "Rows in, rows out").
 *
 * Call order: mob_filter_begin, mob_filter_write_header, then mob_filter_next for each row, which the tool answers by
 * mob_filter_write as often as it has rows to give, or by mob_filter_reject; then mob_filter_end, whatever happened: a
 * filter that fails after it has written ends its output with one more line, an open quote and its name, so that half
 * an output is never taken for a whole one. */
#ifndef MOB_TOOL_FILTER_H
#define MOB_TOOL_FILTER_H

#include "io/table.h"
#include "tool/run.h"

/* A tool's columns; the arrays must outlive the filter. */
struct mob_filter_columns {
    const struct mob_column *read; /* into the row's struct */
    size_t read_count;
    const char *const *written; /* what it sets, in their documented order */
    size_t written_count;
    size_t added_count; /* so many of them are added where the input lacks them; the others set only what is there */
};

struct mob_filter {
    struct mob_run *run;
    int descriptor; /* of the input */
    struct mob_csv *csv;
    struct mob_binding binding;
    struct mob_writer out;
    struct mob_filter_columns columns;
    size_t *written_cells;     /* per written column: the input's cell that it overwrites, or MOB_NO_CELL */
    size_t *overwritten;       /* per input cell: the written column that overwrites it, or MOB_NO_CELL */
    size_t *overwritten_cells; /* the cells that are overwritten, in order */
    size_t overwritten_count;
    struct mob_text *values; /* per written column: room for a row's values */
    int rejects_descriptor;  /* -1 without --rejects */
    struct mob_writer rejects;
    size_t rejects_cells[3];  /* where line, error and record stand in the input, or MOB_NO_CELL */
    struct mob_record header; /* a copy */
    struct mob_arena arena;   /* of the header */
};

/* Opens the input, reads its header and finds the columns. Nothing is written yet. */
int mob_filter_begin(struct mob_filter *filter, struct mob_run *run, const struct mob_filter_columns *columns,
                     struct mob_error *error);

/* Writes the output's header: a filter does so at once, a tool that commits only after that. */
void mob_filter_write_header(struct mob_filter *filter);

/* The next record that has the header's number of cells: 1, 0 at the end, or -1 (fatal). Others are rejected on the
 * way, or, with `whole`, fatal. A last record without line end is a warning, or, with `whole` (the tools that write),
 * fatal. */
int mob_filter_next(struct mob_filter *filter, struct mob_record *record, bool whole, struct mob_error *error);

/* Fills `row` from the record by the columns given at the start; an error of kind ROW. */
int mob_filter_read(const struct mob_filter *filter, const struct mob_record *record, void *row,
                    struct mob_error *error);

/* Writes the record with `values`, one for each written column; one whose `bytes` are NULL leaves the input's cell as
 * it came (empty where there is none). */
void mob_filter_write(struct mob_filter *filter, const struct mob_record *record, const struct mob_text *values);

/* Rejects a record: says `why` (kind ROW, which is emptied), keeps it for --rejects. With --strict, or where `why`
 * is fatal, returns -1 and `why` is fatal. */
int mob_filter_reject(struct mob_filter *filter, const struct mob_record *record, struct mob_error *why);

/* Ends the output and frees everything. `*error` holds what went wrong so far, or gets what goes wrong here. */
void mob_filter_end(struct mob_filter *filter, struct mob_error *error);

/* The whole of it: begin, header, `row` for each record, end. `row` writes what it has to say of a record and returns
 * 0, or returns -1 with an error of kind ROW, which rejects the record, or FATAL, which ends the run. */
void mob_filter_run(struct mob_run *run, const struct mob_filter_columns *columns,
                    int (*row)(struct mob_filter *filter, void *context, const struct mob_record *record,
                               struct mob_error *error),
                    void *context, struct mob_error *error);

/* A copy of a record that lives in `arena`. */
struct mob_record mob_filter_keep(struct mob_arena *arena, const struct mob_record *record);

/* ---- rows of one appointment (FILTERS.md: rows with one `request` that stand together) ---- */

/* The cells that all rows of one request must agree in. */
enum { MOB_APPOINTMENT_CELLS = 5 };

struct mob_appointment {
    const struct mob_filter *filter;
    size_t request_cell;
    size_t cells[MOB_APPOINTMENT_CELLS]; /* customer, vin, jobs, wanted, wanted_back; MOB_NO_CELL where missing */
};

void mob_appointment_init(struct mob_appointment *appointment, const struct mob_filter *filter);

/* A record's own `request` cell. */
struct mob_text mob_appointment_key(const struct mob_appointment *appointment, const struct mob_record *record);

/* The name of the first of those columns in which two records differ, or NULL. */
const char *mob_appointment_difference(const struct mob_appointment *appointment, const struct mob_record *one,
                                       const struct mob_record *other);

/* An error of kind ROW that says so, or 0. */
int mob_appointment_check(const struct mob_appointment *appointment, const struct mob_record *first,
                          const struct mob_record *record, struct mob_error *error);

#endif
