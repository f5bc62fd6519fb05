/* mob-use: how much the fleet is used, by day, week or month. (REPORTS.md, TOOLS.md) */
#include "rule/usage.h"
#include "site/ledger.h"
#include "tool/report.h"

#include <stdio.h>

static struct mob_run run;
static struct mob_site site;
static int64_t from_date = MOB_ABSENT, until_date = MOB_ABSENT;
static const char *by_text;
static bool is_by_pool;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    MOB_OPTION_FILE("calendar", site.paths[MOB_SITE_CALENDAR]),
    MOB_OPTION_FILE("fleet", site.paths[MOB_SITE_FLEET]),
    MOB_OPTION_FILE("hours", site.paths[MOB_SITE_HOURS]),
    MOB_OPTION_FILE("closures", site.paths[MOB_SITE_CLOSURES]),
    { 0, "from", "DATE", "from that date on (default the first of this month)", MOB_OPTION_DATE, &from_date, 0, 0 },
    { 0, "until", "DATE", "until that date (default the last of this month)", MOB_OPTION_DATE, &until_date, 0, 0 },
    { 0, "by", "PERIOD", "day, week or month (default month)", MOB_OPTION_TEXT, &by_text, 0, 0 },
    { 0, "by-pool", NULL, "the resources of a pool together", MOB_OPTION_FLAG, &is_by_pool, 0, 0 },
};

static const struct mob_command command = { "mob-use",    "Tells how much the fleet is used.", NULL,
                                            option_table, MOB_COUNT_OF(option_table),          false };

/* ---- the command line ---- */

static int read_by(enum mob_usage_by *by, struct mob_error *error)
{
    if (!by_text)
        return 0;
    for (size_t i = 0; mob_usage_by_words[i]; i++)
        if (strcmp(by_text, mob_usage_by_words[i]) == 0) {
            *by = (enum mob_usage_by)i;
            return 0;
        }
    return mob_error_say(error, MOB_ERROR_FATAL, "--by: %s is not day, week or month",
                         mob_quote(mob_text_of(by_text)).text);
}

static void default_range(int64_t now)
{
    int64_t today = mob_instant_date(now);
    bool is_from_given = from_date != MOB_ABSENT, is_until_given = until_date != MOB_ABSENT;

    if (!is_from_given)
        from_date = mob_date_month_start(today);
    if (!is_until_given)
        until_date = mob_usage_period_end(MOB_USAGE_BY_MONTH, today) - 1;
    mob_report_warn_of_range(&run, from_date, is_from_given, until_date, is_until_given);
}

/* ---- rows ---- */

/* Writes a row whose first `cell_count` cells say what it is about. */
static void write_row(struct mob_report *report, const struct mob_text *cells, size_t cell_count,
                      const struct mob_usage_row *row)
{
    int64_t tenths = mob_usage_share_tenths(row);
    struct mob_print bookings, occupied, blocked, service;
    char share[32] = "";

    if (tenths != MOB_ABSENT)
        snprintf(share, sizeof share, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
    for (size_t i = 0; i < cell_count; i++)
        mob_writer_cell(&report->out, cells[i]);
    mob_report_row(report,
                   (struct mob_text[]){ mob_print_number(&bookings, row->bookings),
                                        mob_print_number(&occupied, row->occupied_min),
                                        mob_print_number(&blocked, row->blocked_min),
                                        mob_print_number(&service, row->service_min), mob_text_of(share) },
                   5);
}

static void write_period(struct mob_report *report, struct mob_usage *usage, const char *name,
                         struct mob_interval period)
{
    const struct mob_policy *policy = usage->policy;
    size_t count = is_by_pool ? policy->pool_count : policy->resource_count;
    struct mob_usage_row row;

    for (size_t i = 0; i < count; i++) {
        size_t first = is_by_pool ? policy->pool_members[i][0] : i;
        const struct mob_resource *resource = &policy->fleet[first];

        if (is_by_pool) {
            mob_usage_count(usage, policy->pool_members[i], policy->pool_sizes[i], period, &row);
            write_row(report, (struct mob_text[]){ mob_text_of(name), resource->pool }, 2, &row);
        } else {
            mob_usage_count(usage, &i, 1, period, &row);
            write_row(report, (struct mob_text[]){ mob_text_of(name), resource->resource, resource->pool }, 3, &row);
        }
    }
}

static void write_header(struct mob_report *report)
{
    static const char *const columns[] = { "period",       "resource",    "pool",        "bookings",
                                           "occupied_min", "blocked_min", "service_min", "share" };

    for (size_t i = 0; i < MOB_COUNT_OF(columns); i++)
        if (!is_by_pool || strcmp(columns[i], "resource") != 0)
            mob_writer_cell(&report->out, mob_text_of(columns[i]));
    mob_writer_end_row(&report->out);
}

static void report_use(const struct mob_policy *policy, struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_calendar calendar;
    struct mob_usage usage;
    struct mob_report report;
    enum mob_usage_by by = MOB_USAGE_BY_MONTH;
    int64_t now, next;

    if (read_by(&by, error) < 0 || mob_run_now(&run, &now, error) < 0 || mob_ledger_read_archives(ledger, error) < 0)
        return;
    default_range(now);
    mob_calendar_unite(&ledger->calendar, &ledger->archive, &calendar);
    mob_usage_init(&usage, policy, &calendar, now);
    mob_report_begin(&report);
    write_header(&report);
    for (int64_t date = from_date; date <= until_date; date = next) {
        char name[MOB_DATE_SIZE];

        next = mob_usage_period_end(by, date);
        if (next > until_date)
            next = until_date + 1;
        mob_usage_period_print(by, date, name);
        write_period(&report, &usage, name,
                     (struct mob_interval){ mob_instant_of_date(date), mob_instant_of_date(next) });
    }
    mob_report_end(&report, error);
    mob_usage_release(&usage);
    mob_calendar_release(&calendar);
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    mob_ledger_report(&site, report_use, &error);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
