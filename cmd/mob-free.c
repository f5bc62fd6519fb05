/* mob-free: when each car, driver or advisor is free. (REPORTS.md, TOOLS.md; S11) */
#include "rule/free.h"
#include "site/ledger.h"
#include "tool/report.h"

static struct mob_run run;
static struct mob_site site;
static const char *from_text, *until_text, *least_text, *pool_text;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    MOB_OPTION_FILE("calendar", site.paths[MOB_SITE_CALENDAR]),
    MOB_OPTION_FILE("fleet", site.paths[MOB_SITE_FLEET]),
    MOB_OPTION_FILE("hours", site.paths[MOB_SITE_HOURS]),
    MOB_OPTION_FILE("closures", site.paths[MOB_SITE_CLOSURES]),
    { 0, "from", "WHEN", "from that date-time or date on (default now)", MOB_OPTION_TEXT, &from_text, 0, 0 },
    { 0, "until", "WHEN", "until that date-time, or date included (default 30 days later)", MOB_OPTION_TEXT,
      &until_text, 0, 0 },
    { 0, "min", "NOTICE", "only windows so long (30m, 4h, 2d; default 1m)", MOB_OPTION_TEXT, &least_text, 0, 0 },
    { 0, "pool", "CODE", "only that pool", MOB_OPTION_TEXT, &pool_text, 0, 0 },
};

static const struct mob_command command = { "mob-free",   "Lists when each resource is free.", NULL,
                                            option_table, MOB_COUNT_OF(option_table),          false };

/* ---- the command line ---- */

/* A date-time, or the midnight that lies so many days behind a date's first. */
static int read_when(const char *name, const char *text, int64_t days, int64_t *instant, struct mob_error *error)
{
    struct mob_text when = mob_text_of(text);
    int64_t date;

    if (mob_instant_parse(when, instant) == 0)
        return 0;
    if (mob_date_parse(when, &date) < 0)
        return mob_error_say(error, MOB_ERROR_FATAL,
                             "--%s: %s is neither a date-time (2026-11-30T09:00) nor a date (2026-11-30)", name,
                             mob_quote(when).text);
    *instant = mob_instant_of_date(date + days);
    return 0;
}

static int read_range(int64_t now, struct mob_interval *range, struct mob_error *error)
{
    enum { DAYS = 30 };
    char clock[MOB_INSTANT_SIZE];

    mob_instant_print(now, clock);
    range->from = now;
    if (from_text && read_when("from", from_text, 0, &range->from, error) < 0)
        return -1;
    range->until = range->from + DAYS * MOB_DAY_MIN;
    if (until_text && read_when("until", until_text, 1, &range->until, error) < 0)
        return -1;
    if (!mob_instant_is_valid(range->until) && until_text)
        return mob_error_say(error, MOB_ERROR_FATAL, "--until, %s: ends behind the year 9999: give a date-time",
                             until_text);
    if (!mob_instant_is_valid(range->until))
        return mob_error_say(error, MOB_ERROR_FATAL,
                             "%s, %s: the %d days that are looked at end behind the year 9999: give --until",
                             from_text ? "--from" : "now", from_text ? from_text : clock, DAYS);
    if (range->from < range->until)
        return 0;
    /* The default --until never lies so. */
    return mob_error_say(error, MOB_ERROR_FATAL, "%s, %s, does not lie before --until, %s",
                         from_text ? "--from" : "now", from_text ? from_text : clock, until_text);
}

/* A window has no working days. */
static int read_least(int64_t *least_min, struct mob_error *error)
{
    struct mob_notice least;

    *least_min = 1;
    if (!least_text)
        return 0;
    if (mob_notice_parse(mob_text_of(least_text), &least) < 0 || least.unit == MOB_NOTICE_WORKING_DAYS)
        return mob_error_say(error, MOB_ERROR_FATAL, "--min: %s is not a length of time (30m, 4h or 2d)",
                             mob_quote(mob_text_of(least_text)).text);
    *least_min = mob_notice_minutes(least);
    return 0;
}

/* ---- rows ---- */

static void write_window(struct mob_report *report, const struct mob_resource *resource, struct mob_interval window)
{
    struct mob_print from, until, minutes;

    mob_report_row(report,
                   (struct mob_text[]){ resource->resource, resource->pool, mob_print_instant(&from, window.from),
                                        mob_print_instant(&until, window.until),
                                        mob_print_number(&minutes, window.until - window.from) },
                   5);
}

static void report_free(const struct mob_policy *policy, struct mob_ledger *ledger, struct mob_error *error)
{
    static const struct mob_text columns[] = { MOB_TEXT("resource"), MOB_TEXT("pool"), MOB_TEXT("from"),
                                               MOB_TEXT("until"), MOB_TEXT("minutes") };
    struct mob_planning planning;
    struct mob_report report;
    struct mob_interval range, window;
    int64_t now, least_min;

    if (mob_run_now(&run, &now, error) < 0 || read_range(now, &range, error) < 0 || read_least(&least_min, error) < 0 ||
        mob_site_check_pool(&site, policy, pool_text, error) < 0)
        return;
    mob_planning_init(&planning, policy, &ledger->calendar, now);
    mob_report_begin(&report);
    mob_report_row(&report, columns, MOB_COUNT_OF(columns));
    for (size_t i = 0; i < policy->resource_count; i++) {
        const struct mob_resource *resource = &policy->fleet[i];
        struct mob_free_walk walk;

        if (pool_text && !mob_text_is(resource->pool, mob_text_of(pool_text)))
            continue;
        mob_free_begin(&walk, &planning, resource, range);
        while (mob_free_next(&walk, &window))
            if (window.until - window.from >= least_min)
                write_window(&report, resource, window);
    }
    mob_report_end(&report, error);
    mob_planning_release(&planning);
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    mob_ledger_report(&site, report_free, &error);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
