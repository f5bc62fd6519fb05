/* The output of a tool that reads only the site: a header, rows of cells, an end that cannot lie.
 *
 * Call order: mob_report_begin, then rows through `out` (io/csv's writer), then mob_report_end. */
#ifndef MOB_TOOL_REPORT_H
#define MOB_TOOL_REPORT_H

#include "base/date.h"
#include "tool/output.h"

struct mob_report {
    struct mob_writer out;
};

/* Warns where a range of dates, both included, holds none, for then nothing can be in it; MOB_ABSENT is an open end.
 * What the user did not give is said to be the default. */
void mob_report_warn_of_range(const struct mob_run *run, int64_t from, bool is_from_given, int64_t until,
                              bool is_until_given);

void mob_report_begin(struct mob_report *report);

/* A row of cells; `count` of them. */
void mob_report_row(struct mob_report *report, const struct mob_text *cells, size_t count);

/* Writes what is left and closes standard output; `*error` holds what went wrong so far, or gets what goes wrong
 * here. */
void mob_report_end(struct mob_report *report, struct mob_error *error);

#endif
