/* mob-check: all that is wrong with a site, its calendar included, as rows. (TOOLS.md, REPORTS.md) */
#include "rule/audit.h"
#include "site/inspect.h"
#include "tool/report.h"

#define FILE_OPTION(name, file) MOB_OPTION_FILE(name, site.paths[file])

static struct mob_run run;
static struct mob_site site;

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
        if (inspection.is_whole)
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
    mob_report_begin(&report, &run);
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

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    struct mob_findings findings;
    int64_t now;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    mob_findings_init(&findings, &site);
    if (mob_run_now(&run, &now, &error) == 0 && inspect(now, true, &error) == 0) {
        write_findings(&findings, &error);
        run.any_rejected = findings.error_count > 0;
    }
    status = mob_run_end(&run, &error);
    mob_findings_release(&findings);
    mob_site_release(&site);
    return status;
}
