#include "tool/report.h"

#include <unistd.h>

void mob_report_warn_of_range(const struct mob_run *run, int64_t from, bool is_from_given, int64_t until,
                              bool is_until_given)
{
    char first[MOB_DATE_SIZE], last[MOB_DATE_SIZE];

    if (from == MOB_ABSENT || until == MOB_ABSENT || from <= until)
        return;
    mob_date_print(from, first);
    mob_date_print(until, last);
    mob_sink_warn(&run->warnings, NULL, 0, NULL, "nothing lies from %s--from, %s, to %s--until, %s",
                  is_from_given ? "" : "the default ", first, is_until_given ? "" : "the default ", last);
}

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
