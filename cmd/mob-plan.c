/* mob-plan: the planning board, resource by day, as text or as a page. (REPORTS.md; S11, S14) */
#include "rule/board.h"
#include "site/ledger.h"
#include "tool/report.h"
#include "view/board_html.h"
#include "view/board_text.h"

static struct mob_run run;
static struct mob_site site;
static int64_t from_date = MOB_ABSENT, until_date = MOB_ABSENT, width = 80;
static const char *pool_text;
static bool is_html;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    MOB_OPTION_FILE("calendar", site.paths[MOB_SITE_CALENDAR]),
    MOB_OPTION_FILE("fleet", site.paths[MOB_SITE_FLEET]),
    MOB_OPTION_FILE("hours", site.paths[MOB_SITE_HOURS]),
    MOB_OPTION_FILE("closures", site.paths[MOB_SITE_CLOSURES]),
    { 0, "from", "DATE", "the first day (default today)", MOB_OPTION_DATE, &from_date, 0, 0 },
    { 0, "until", "DATE", "the last day (default 13 days on)", MOB_OPTION_DATE, &until_date, 0, 0 },
    { 0, "pool", "CODE", "only the resources of that pool", MOB_OPTION_TEXT, &pool_text, 0, 0 },
    { 0, "width", "N", "columns of the terminal (default 80)", MOB_OPTION_NUMBER, &width, 1, MOB_NUMBER_MAX },
    { 0, "html", NULL, "a page for the screen and the printer", MOB_OPTION_FLAG, &is_html, 0, 0 },
};

static const struct mob_command command = {
    "mob-plan", "Shows the planning board, resource by day.", NULL, option_table, MOB_COUNT_OF(option_table), false
};

/* What the options ask for, checked; the defaults filled in. */
static int read_question(const struct mob_policy *policy, int64_t now, struct mob_error *error)
{
    enum { DAYS_ON = 13 };
    const bool has_from = from_date != MOB_ABSENT;
    char from[MOB_DATE_SIZE], until[MOB_DATE_SIZE];

    if (!has_from)
        from_date = mob_instant_date(now);
    if (until_date == MOB_ABSENT)
        until_date = from_date + DAYS_ON < MOB_DATE_LAST ? from_date + DAYS_ON : MOB_DATE_LAST;
    if (from_date > until_date) {
        mob_date_print(from_date, from);
        mob_date_print(until_date, until);
        return mob_error_say(error, MOB_ERROR_FATAL,
                             has_from ? "--from, %s, lies after --until, %s"
                                      : "--from, today where it is not given, %s, lies after --until, %s",
                             from, until);
    }
    return mob_site_check_pool(&site, policy, pool_text, error);
}

static void show(const struct mob_policy *policy, struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_buffer text = { 0 };
    struct mob_board board;
    struct mob_report report;
    int64_t now;

    if (mob_run_now(&run, &now, error) < 0 || read_question(policy, now, error) < 0)
        return;
    mob_board_init(&board, policy, &ledger->calendar, now, from_date, until_date, mob_text_of(pool_text));
    if (is_html)
        mob_board_html_add(&text, &board);
    else
        mob_board_text_add(&text, &board, width);
    mob_report_begin(&report);
    mob_writer_bytes(&report.out, mob_buffer_since(&text, 0));
    mob_report_end(&report, error);
    mob_board_release(&board);
    mob_buffer_release(&text);
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    mob_ledger_report(&site, show, &error);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
