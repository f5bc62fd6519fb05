/* mob-check: all that is wrong with a site, its calendar included, as rows. (TOOLS.md, REPORTS.md) */
#include "rule/audit.h"
#include "site/inspect.h"
#include "site/ledger.h"
#include "tool/report.h"

#define FILE_OPTION(name, file) MOB_OPTION_FILE(name, site.paths[file])

static struct mob_run run;
static struct mob_site site;
static bool is_accepting;
static int64_t wait_seconds = 10;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    FILE_OPTION("hours", MOB_SITE_HOURS),
    FILE_OPTION("solutions", MOB_SITE_SOLUTIONS),
    FILE_OPTION("fleet", MOB_SITE_FLEET),
    FILE_OPTION("legs", MOB_SITE_LEGS),
    FILE_OPTION("jobs", MOB_SITE_JOBS),
    FILE_OPTION("closures", MOB_SITE_CLOSURES),
    FILE_OPTION("programmes", MOB_SITE_PROGRAMMES),
    FILE_OPTION("benefits", MOB_SITE_BENEFITS),
    FILE_OPTION("coverage", MOB_SITE_COVERAGE),
    FILE_OPTION("calendar", MOB_SITE_CALENDAR),
    { 0, "accept", NULL, "take a calendar of which only checks and .last are wrong", MOB_OPTION_FLAG, &is_accepting, 0,
      0 },
    MOB_OPTION_WAIT(wait_seconds),
};

static const struct mob_command command = {
    "mob-check", "Reports all that is wrong with a site.", NULL, option_table, MOB_COUNT_OF(option_table), false
};

/* Reads the whole site; what is wrong with it goes to its findings. */
static int inspect(int64_t now, bool is_sealed, struct mob_error *error)
{
    const unsigned policy_files = (1U << MOB_SITE_CALENDAR) - 1;
    struct mob_sink faults = { mob_findings_take, site.findings };
    struct mob_inspection inspection;
    struct mob_coverage coverage;
    struct mob_policy policy;
    int result = mob_inspection_make(&inspection, &site, is_sealed, error);

    if (result == 0 && mob_site_load(&site, policy_files, &policy, &coverage, error) == 0) {
        struct mob_audit audit = { &policy, &inspection.calendar, site.paths, now, &faults };

        mob_audit_policy(&audit);
        mob_audit_calendar(&audit);
        mob_coverage_release(&coverage);
        mob_policy_release(&policy);
    }
    mob_inspection_release(&inspection);
    return result;
}

static void write_findings(struct mob_findings *findings, struct mob_error *error)
{
    struct mob_report report;

    mob_findings_sort(findings);
    mob_report_begin(&report);
    mob_report_row(&report,
                   (struct mob_text[]){ MOB_TEXT("file"), MOB_TEXT("line"), MOB_TEXT("column"), MOB_TEXT("severity"),
                                        MOB_TEXT("message") },
                   5);
    for (size_t i = 0; i < findings->count; i++) {
        const struct mob_finding *finding = &findings->items[i];
        struct mob_print line;

        mob_report_row(&report,
                       (struct mob_text[]){
                           finding->file,
                           mob_print_number(&line, finding->line ? (int64_t)finding->line : MOB_ABSENT),
                           finding->column,
                           finding->is_warning ? MOB_TEXT("warning") : MOB_TEXT("error"),
                           finding->message,
                       },
                       5);
    }
    mob_report_end(&report, error);
}

/* ---- --accept ---- */

struct acceptance {
    struct mob_findings *findings;
    bool is_judged;
    bool is_accepted;
};

/* Whether the calendar has no error but those that a commit mends, read as if it had no checks. */
static int judge(struct acceptance *acceptance, const struct mob_ledger *ledger, int64_t now, struct mob_error *error)
{
    struct mob_error reason = { 0 };
    struct mob_findings others;
    const struct mob_finding *first;
    int result;

    mob_findings_init(&others, &site);
    result = inspect(now, false, error);
    mob_findings_sort(&others);
    first = mob_findings_of_calendar(&others);
    if (first)
        mob_error_set(&reason, MOB_ERROR_ROW, first->file.bytes, first->line, NULL, "not accepted: %s",
                      first->message.bytes);
    else if (ledger->calendar.count == 0)
        mob_error_set(&reason, MOB_ERROR_ROW, ledger->path, 0, NULL, "not accepted: it has no entries");
    if (reason.kind != MOB_ERROR_NONE)
        mob_run_say(&run, &reason);
    else
        acceptance->is_accepted = result == 0;
    mob_findings_release(&others);
    site.findings = acceptance->findings;
    return result;
}

static int decide(void *context, struct mob_ledger *ledger, struct mob_error *error)
{
    struct acceptance *acceptance = context;
    int64_t now;

    if (mob_run_now_of_writer(&run, &now, error) < 0 || inspect(now, true, error) < 0)
        return -1;
    acceptance->is_judged = true;
    mob_findings_sort(acceptance->findings);
    if (mob_findings_of_calendar(acceptance->findings) && judge(acceptance, ledger, now, error) < 0)
        return -1;
    ledger->is_accepted = acceptance->is_accepted;
    return 0;
}

/* What a writer refuses to open is reported as it is without --accept; the reason is said too. */
static int inspect_refused(struct mob_error *error)
{
    struct mob_error failure = *error, again = { 0 };
    int64_t now;

    if (mob_run_now(&run, &now, &again) < 0 || inspect(now, true, &again) < 0 || site.findings->error_count == 0)
        return -1;
    mob_run_say(&run, &failure);
    *error = again;
    return 0;
}

static int accept(struct acceptance *acceptance, struct mob_error *error)
{
    struct mob_ledger_update update = {
        .site = &site, .wait_seconds = wait_seconds, .is_accepting = true, .decide = decide, .context = acceptance
    };

    if (mob_ledger_update(&update, error) == 0) {
        if (acceptance->is_accepted)
            mob_run_note(&run, "accepted; the old file is calendar.csv.refused");
        return 0;
    }
    return acceptance->is_judged || error->kind != MOB_ERROR_FATAL ? -1 : inspect_refused(error);
}

/* ---- the run ---- */

static void check(struct mob_findings *findings, struct mob_error *error)
{
    struct acceptance acceptance = { .findings = findings };
    int64_t now;

    if (is_accepting ? accept(&acceptance, error) < 0
                     : mob_run_now(&run, &now, error) < 0 || inspect(now, true, error) < 0)
        return;
    write_findings(findings, error);
    if (acceptance.is_accepted && error->kind == MOB_ERROR_FATAL)
        error->kind = MOB_ERROR_UNSURE; /* the commit stands, the answer was lost */
    run.any_rejected = findings->error_count > 0 && !acceptance.is_accepted;
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    struct mob_findings findings;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (is_accepting && site.paths[MOB_SITE_CALENDAR]) {
        mob_error_say(&error, MOB_ERROR_FATAL, "--accept and --calendar do not go together");
        return mob_run_end(&run, &error);
    }
    mob_findings_init(&findings, &site);
    check(&findings, &error);
    status = mob_run_end(&run, &error);
    mob_findings_release(&findings);
    mob_site_release(&site);
    return status;
}
