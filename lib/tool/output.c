#include "tool/output.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static char mark[32];

void mob_output_begin(const struct mob_run *run)
{
    snprintf(mark, sizeof mark, "\"%s\n", run->command->name);
    mob_memory_last_words(STDOUT_FILENO, mark);
}

void mob_output_end(struct mob_writer *out, struct mob_error *error)
{
    if (*mark && out->begun && error->kind != MOB_ERROR_NONE)
        mob_writer_bytes(out, mob_text_of(mark));
    mob_memory_last_words(STDOUT_FILENO, NULL);
    mob_writer_close(out, error);
    if (close(STDOUT_FILENO) < 0)
        mob_error_set(error, MOB_ERROR_FATAL, NULL, 0, NULL, "standard output: cannot write: %s", strerror(errno));
}
