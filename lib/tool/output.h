/* Rows on standard output, of which half are never taken for all (CLI.md, "When something is wrong").
 *
 * Call order: mob_output_begin, mob_output_end whatever happened. Where something was written in between and yet it
 * failed, the rows end with one more line, an open quote and the tool's name, which every strict CSV reader refuses. */
#ifndef MOB_TOOL_OUTPUT_H
#define MOB_TOOL_OUTPUT_H

#include "tool/run.h"

/* Rows follow: from here on what ends too early ends with the mark, out of memory too. */
void mob_output_begin(const struct mob_run *run);

/* Ends and closes standard output. `*error` holds what went wrong so far, or gets what goes wrong here. */
void mob_output_end(struct mob_writer *out, struct mob_error *error);

#endif
