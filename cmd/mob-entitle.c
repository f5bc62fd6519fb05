/* mob-entitle: what is the customer entitled to, and what is it worth? (FILTERS.md; S3, S4) */
#include "base/money.h"
#include "rule/entitle.h"
#include "site/site.h"
#include "tool/filter.h"

static struct mob_run run;
static struct mob_site site;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_STRICT(run),
    MOB_OPTION_REJECTS(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_FILE("coverage", site.paths[MOB_SITE_COVERAGE]),
    MOB_OPTION_FILE("programmes", site.paths[MOB_SITE_PROGRAMMES]),
    MOB_OPTION_FILE("benefits", site.paths[MOB_SITE_BENEFITS]),
    MOB_OPTION_FILE("solutions", site.paths[MOB_SITE_SOLUTIONS]),
};

static const struct mob_command command = {
    "mob-entitle",
    "Checks warranty and programmes for free mobility and tells what it is worth.",
    "[file]",
    option_table,
    MOB_COUNT_OF(option_table),
    false
};

#define READ(member, name, type, presence)                               \
    {                                                                    \
        name, type, presence, offsetof(struct mob_request, member), NULL \
    }

static const struct mob_column read_columns[] = {
    READ(vin, "vin", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    READ(wanted, "wanted", MOB_TYPE_INSTANT, MOB_NEEDED),
    READ(labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    READ(days, "days", MOB_TYPE_NUMBER, MOB_NEEDED),
    { "pay_type", MOB_TYPE_WORD, MOB_NEEDED, offsetof(struct mob_request, pay_type), mob_pay_type_words },
    READ(km, "km", MOB_TYPE_NUMBER, MOB_USED),
};

enum {
    ENTITLEMENT,
    PROGRAMMES,
    FREE,
    REDUCED,
    REMINDER_SOLUTION,
    REMINDER_PROGRAMME,
    REMINDER_VALUE,
    REMINDER,
    WRITTEN_COUNT
};

static const char *const written[WRITTEN_COUNT] = {
    "entitlement",       "programmes",         "free",           "reduced",
    "reminder_solution", "reminder_programme", "reminder_value", "reminder",
};

static const struct mob_filter_columns columns = { read_columns, MOB_COUNT_OF(read_columns), written, WRITTEN_COUNT,
                                                   WRITTEN_COUNT };

struct entitling {
    struct mob_policy policy;
    struct mob_coverage coverage;
    struct mob_entitlement entitlement;
};

static void write_entitlement(struct mob_filter *filter, const struct mob_record *record,
                              const struct mob_entitlement *entitlement)
{
    const struct mob_solution *solution = entitlement->reminder_solution;
    const struct mob_price *price = &entitlement->reminder_price;
    struct mob_text values[WRITTEN_COUNT];
    struct mob_print print;

    values[ENTITLEMENT] = mob_text_of(mob_entitlement_words[entitlement->kind]);
    values[PROGRAMMES] = mob_buffer_since(&entitlement->programmes, 0);
    values[FREE] = mob_buffer_since(&entitlement->free, 0);
    values[REDUCED] = mob_buffer_since(&entitlement->reduced, 0);
    values[REMINDER_SOLUTION] = solution ? solution->solution : MOB_TEXT("");
    values[REMINDER_PROGRAMME] = solution ? price->programme->programme : MOB_TEXT("");
    values[REMINDER_VALUE] = mob_print_money(&print, solution ? price->saving_cents : MOB_ABSENT);
    values[REMINDER] = mob_buffer_since(&entitlement->reminder, 0);
    mob_filter_write(filter, record, values);
}

static int entitle_row(struct mob_filter *filter, void *context, const struct mob_record *record,
                       struct mob_error *error)
{
    struct entitling *entitling = context;
    struct mob_request request;

    if (mob_filter_read(filter, record, &request, error) < 0 ||
        mob_entitle_request(&entitling->policy, &entitling->coverage, &request, &entitling->entitlement, error) < 0)
        return -1;
    if (request.vin.length && !mob_vin_is_regular(request.vin))
        mob_sink_warn(&run.warnings, run.input, record->line, "vin",
                      "%s is not 17 of A-HJ-NPR-Z0-9: looked up as it is", mob_quote(request.vin).text);
    write_entitlement(filter, record, &entitling->entitlement);
    return 0;
}

int main(int argc, char **argv)
{
    const unsigned files =
        1U << MOB_SITE_COVERAGE | 1U << MOB_SITE_PROGRAMMES | 1U << MOB_SITE_BENEFITS | 1U << MOB_SITE_SOLUTIONS;
    struct mob_error error = { 0 };
    struct entitling entitling;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (mob_site_load(&site, files, &entitling.policy, &entitling.coverage, &error) < 0)
        return mob_run_end(&run, &error);
    mob_entitlement_init(&entitling.entitlement, &entitling.policy);
    mob_filter_run(&run, &columns, entitle_row, &entitling, &error);
    mob_entitlement_release(&entitling.entitlement);
    mob_coverage_release(&entitling.coverage);
    mob_policy_release(&entitling.policy);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
