/* mob-free: when each car, driver or advisor is free. (REPORTS.md, TOOLS.md; S11) */
#include "rule/free.h"
#include "site/ledger.h"
#include "tool/report.h"

static struct mob_run run;
static struct mob_site site;
static const char *from_text, *until_text, *pool_text;
static struct mob_notice least = { 1, MOB_NOTICE_MINUTES };

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
    { 0, "min", "NOTICE", "only windows so long (30m, 4h, 2d; default 1m)", MOB_OPTION_NOTICE, &least, 0, 0 },
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
    char from[MOB_INSTANT_SIZE], until[MOB_INSTANT_SIZE];

    range->from = now;
    if (from_text && read_when("from", from_text, 0, &range->from, error) < 0)
        return -1;
    range->until = range->from + DAYS * MOB_DAY_MIN;
    if (until_text && read_when("until", until_text, 1, &range->until, error) < 0)
        return -1;
    if (!mob_instant_is_valid(range->until))
        return mob_error_say(error, MOB_ERROR_FATAL, "--until: it lies behind the year 9999");
    if (range->from < range->until)
        return 0;
    mob_instant_print(range->from, from);
    mob_instant_print(range->until, until);
    return mob_error_say(error, MOB_ERROR_FATAL, "--from, %s, does not lie before --until, %s", from, until);
}

static int check_pool(const struct mob_policy *policy, struct mob_error *error)
{
    const size_t *members;

    if (!pool_text || mob_policy_pool(policy, mob_text_of(pool_text), &members) > 0)
        return 0;
    return mob_error_say(error, MOB_ERROR_FATAL, "--pool: %s is not in fleet.csv",
                         mob_quote(mob_text_of(pool_text)).text);
}

static int check_least(struct mob_error *error)
{
    if (least.unit != MOB_NOTICE_WORKING_DAYS)
        return 0;
    return mob_error_say(error, MOB_ERROR_FATAL, "--min: a window has no working days, only m, h and d");
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

static int report_free(const struct mob_policy *policy, const struct mob_ledger *ledger, struct mob_error *error)
{
    static const struct mob_text columns[] = { MOB_TEXT("resource"), MOB_TEXT("pool"), MOB_TEXT("from"),
                                               MOB_TEXT("until"), MOB_TEXT("minutes") };
    struct mob_planning planning;
    struct mob_report report;
    struct mob_interval range, window;
    int64_t now;

    if (mob_run_now(&run, &now, error) < 0 || read_range(now, &range, error) < 0 || check_least(error) < 0 ||
        check_pool(policy, error) < 0)
        return -1;
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
            if (window.until - window.from >= mob_notice_minutes(least))
                write_window(&report, resource, window);
    }
    mob_report_end(&report, error);
    mob_planning_release(&planning);
    return 0;
}

int main(int argc, char **argv)
{
    const unsigned files = 1U << MOB_SITE_HOURS | 1U << MOB_SITE_CLOSURES | 1U << MOB_SITE_FLEET;
    struct mob_error error = { 0 };
    struct mob_policy policy;
    struct mob_ledger ledger;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (mob_ledger_read_with(&ledger, &site, files, &policy, &error) == 0) {
        report_free(&policy, &ledger, &error);
        mob_ledger_release(&ledger);
        mob_policy_release(&policy);
    }
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
