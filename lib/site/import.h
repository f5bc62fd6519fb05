/* Office exports: a table as a DMS or a spreadsheet gives it becomes columns of ours (REPORTS.md, mob-import).
 *
 * The mapped columns come first, in the order in which they were mapped, then all others as `x_NAME`. The first value
 * that does not fit ends the run: nothing is guessed, and nothing is left out. */
#ifndef MOB_SITE_IMPORT_H
#define MOB_SITE_IMPORT_H

#include "site/mapping.h"

/* Reads all of `csv`, whose messages name `file`, and writes header and rows to `out` as they come; memory grows with
 * the rows of one group only. FATAL: the first thing that does not fit, with line and column, whose name lives as long
 * as the mapping. A last record without line end is a warning. What `out` cannot write ends it too, and is left to the
 * closing of `out` to say. */
void mob_import_run(struct mob_mapping *mapping, struct mob_csv *csv, const char *file, const struct mob_sink *warnings,
                    struct mob_writer *out, struct mob_error *error);

#endif
