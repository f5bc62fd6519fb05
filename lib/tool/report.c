#include "tool/report.h"

#include <unistd.h>

void mob_report_begin(struct mob_report *report)
{
    mob_writer_init(&report->out, STDOUT_FILENO, "standard output");
}

void mob_report_row(struct mob_report *report, const struct mob_text *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        mob_writer_cell(&report->out, cells[i]);
    mob_writer_end_row(&report->out);
}

void mob_report_end(struct mob_report *report, struct mob_error *error)
{
    mob_output_end(&report->out, error);
}
