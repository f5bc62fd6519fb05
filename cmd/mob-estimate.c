/* mob-estimate: how long will the car be immobilised? (FILTERS.md; S1, S2) */
#include "rule/estimate.h"
#include "site/site.h"
#include "tool/filter.h"

static struct mob_run run;
static struct mob_site site;
static struct mob_estimate_options options = { .step_min = 30, .handover_min = 15 };

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_STRICT(run),
    MOB_OPTION_REJECTS(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_FILE("hours", site.paths[MOB_SITE_HOURS]),
    MOB_OPTION_FILE("closures", site.paths[MOB_SITE_CLOSURES]),
    MOB_OPTION_FILE("jobs", site.paths[MOB_SITE_JOBS]),
    { 0, "step", "MINUTES", "the grid of offered times (default 30)", MOB_OPTION_NUMBER, &options.step_min, 1, 1440 },
    { 0, "handover", "MINUTES", "the least time to explain the work (default 15)", MOB_OPTION_NUMBER,
      &options.handover_min, 1, 1440 },
};

static const struct mob_command command = { "mob-estimate",
                                            "Estimates how long the car of each request will be immobilised.",
                                            "[file]",
                                            option_table,
                                            MOB_COUNT_OF(option_table),
                                            false };

#define READ(member, name, type, presence)                               \
    {                                                                    \
        name, type, presence, offsetof(struct mob_request, member), NULL \
    }

static const struct mob_column read_columns[] = {
    READ(jobs, "jobs", MOB_TYPE_CODES, MOB_NEEDED_EMPTY),
    READ(wanted, "wanted", MOB_TYPE_INSTANT, MOB_NEEDED),
    READ(wanted_back, "wanted_back", MOB_TYPE_INSTANT, MOB_USED),
    { "pay_type", MOB_TYPE_WORD, MOB_USED, offsetof(struct mob_request, pay_type), mob_pay_type_words },
    READ(labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_USED),
    READ(explain_min, "explain_min", MOB_TYPE_NUMBER, MOB_USED),
};

enum { LABOUR_MIN, EXPLAIN_MIN, PAY_TYPE, READY, DAYS, WRITTEN_COUNT };

static const char *const written[WRITTEN_COUNT] = { "labour_min", "explain_min", "pay_type", "ready", "days" };

static const struct mob_filter_columns columns = { read_columns, MOB_COUNT_OF(read_columns), written, WRITTEN_COUNT,
                                                   WRITTEN_COUNT };

static void write_estimate(struct mob_filter *filter, const struct mob_record *record,
                           const struct mob_estimate *estimate)
{
    struct mob_text values[WRITTEN_COUNT];
    struct mob_print prints[WRITTEN_COUNT];

    values[LABOUR_MIN] = mob_print_number(&prints[LABOUR_MIN], estimate->labour_min);
    values[EXPLAIN_MIN] = mob_print_number(&prints[EXPLAIN_MIN], estimate->explain_min);
    values[PAY_TYPE] = mob_text_of(mob_pay_type_words[estimate->pay_type]);
    values[READY] = mob_print_instant(&prints[READY], estimate->stay.ready);
    values[DAYS] = mob_print_number(&prints[DAYS], estimate->stay.days);
    mob_filter_write(filter, record, values);
}

static int estimate_row(struct mob_filter *filter, void *context, const struct mob_record *record,
                        struct mob_error *error)
{
    const struct mob_policy *policy = context;
    struct mob_request request;
    struct mob_estimate estimate;

    if (mob_filter_read(filter, record, &request, error) < 0 ||
        mob_estimate_request(policy, &options, &request, &estimate, error) < 0)
        return -1;
    if (estimate.is_cut)
        mob_sink_warn(&run.warnings, run.input, record->line, "explain_min",
                      "cut to %lld, the longest opening of the reception", (long long)estimate.explain_min);
    write_estimate(filter, record, &estimate);
    return 0;
}

int main(int argc, char **argv)
{
    const unsigned files = 1U << MOB_SITE_HOURS | 1U << MOB_SITE_CLOSURES | 1U << MOB_SITE_JOBS;
    struct mob_error error = { 0 };
    struct mob_policy policy;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (mob_site_load(&site, files, &policy, NULL, &error) < 0)
        return mob_run_end(&run, &error);
    options.jobs_name = mob_site_name(&site, MOB_SITE_JOBS);
    mob_filter_run(&run, &columns, estimate_row, &policy, &error);
    mob_policy_release(&policy);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
