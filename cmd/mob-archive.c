/* mob-archive: what is finished goes out of the way, and who asks is forgotten. (CALENDAR.md, REPORTS.md; S14) */
#include "rule/archive.h"
#include "site/ledger.h"
#include "tool/report.h"

static struct mob_run run;
static struct mob_site site;
static int64_t before_date = MOB_ABSENT;
static int64_t wait_seconds = 10;
static bool is_purging, is_dry;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    { 0, "before", "DATE", "requests finished before that date, today at most (needed)", MOB_OPTION_DATE, &before_date,
      0, 0 },
    { 0, "purge", NULL, "blank customers, cars and notes of all that is finished", MOB_OPTION_FLAG, &is_purging, 0, 0 },
    MOB_OPTION_DRY_RUN(is_dry),
    MOB_OPTION_WAIT(wait_seconds),
};

static const struct mob_command command = { "mob-archive",
                                            "Moves finished requests to the archive of their year.",
                                            NULL,
                                            option_table,
                                            MOB_COUNT_OF(option_table),
                                            false };

/* One request's row, kept as CSV: the calendar is gone when it is printed. */
static void add_row(struct mob_buffer *rows, const struct mob_archive_row *row)
{
    const struct mob_entry *highest = row->highest;
    const char *actions[] = { "", "moved", "purged", "moved purged" };

    mob_csv_add_cell(rows, highest->request);
    mob_buffer_add_byte(rows, ',');
    mob_buffer_add(rows, mob_text_of(mob_status_words[highest->status]));
    mob_buffer_add_byte(rows, ',');
    mob_buffer_add_number(rows, highest->number);
    mob_buffer_add_byte(rows, ',');
    if (highest->year)
        mob_archive_add_name(rows, "calendar.csv", highest->year);
    else
        mob_buffer_add(rows, MOB_TEXT("calendar.csv"));
    mob_buffer_add_byte(rows, ',');
    mob_buffer_add(rows, mob_text_of(actions[row->is_moved + 2 * row->is_purged]));
    mob_buffer_add_byte(rows, '\n');
}

static int decide(void *context, struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_archiving archiving = { .live = &ledger->calendar,
                                       .archive = &ledger->archive,
                                       .before = mob_instant_of_date(before_date),
                                       .is_purging = is_purging };
    struct mob_archive_row row;
    char today[MOB_DATE_SIZE], before[MOB_DATE_SIZE];

    if (mob_run_now_of_writer(&run, &archiving.now, error) < 0)
        return -1;
    mob_ledger_warn_of_clock(ledger, archiving.now);
    if (before_date > mob_instant_date(archiving.now)) {
        mob_date_print(mob_instant_date(archiving.now), today);
        mob_date_print(before_date, before);
        return mob_error_say(error, MOB_ERROR_FATAL, "--before: '%s' is after today, %s", before, today);
    }
    if (mob_ledger_read_archives(ledger, error) < 0)
        return -1;
    while (mob_archive_next(&archiving, &row))
        add_row(context, &row);
    return 0;
}

static void print(const struct mob_buffer *rows, struct mob_error *error)
{
    static const struct mob_text columns[] = { MOB_TEXT("request"), MOB_TEXT("status"), MOB_TEXT("entry"),
                                               MOB_TEXT("file"), MOB_TEXT("action") };
    struct mob_report report;

    mob_report_begin(&report);
    mob_report_row(&report, columns, MOB_COUNT_OF(columns));
    mob_writer_bytes(&report.out, mob_buffer_since(rows, 0));
    mob_report_end(&report, error);
    if (!is_dry && error->kind == MOB_ERROR_FATAL)
        error->kind = MOB_ERROR_UNSURE; /* the commit stands, the answer was lost */
}

int main(int argc, char **argv)
{
    struct mob_buffer rows = { 0 };
    struct mob_ledger_update update = { .site = &site, .decide = decide, .context = &rows };
    struct mob_error error = { 0 }, afterwards = { 0 };
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    update.wait_seconds = wait_seconds;
    update.is_dry = is_dry;
    update.removes_leftovers = is_purging;
    update.afterwards = &afterwards;
    if (before_date == MOB_ABSENT)
        mob_error_say(&error, MOB_ERROR_FATAL, "--before DATE is needed: see --help");
    else if (mob_ledger_update(&update, &error) == 0)
        print(&rows, &error);
    if (error.kind == MOB_ERROR_NONE)
        error = afterwards;
    mob_buffer_release(&rows);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
