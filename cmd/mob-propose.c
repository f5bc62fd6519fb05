/* mob-propose: several solutions, for every customer. (FILTERS.md; S5 to S10) */
#include "base/money.h"
#include "rule/propose.h"
#include "site/site.h"
#include "tool/filter.h"

#include <stdlib.h>

static struct mob_run run;
static struct mob_site site;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_STRICT(run),
    MOB_OPTION_REJECTS(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_FILE("solutions", site.paths[MOB_SITE_SOLUTIONS]),
    MOB_OPTION_FILE("programmes", site.paths[MOB_SITE_PROGRAMMES]),
    MOB_OPTION_FILE("benefits", site.paths[MOB_SITE_BENEFITS]),
};

static const struct mob_command command = { "mob-propose",
                                            "Proposes several mobility solutions for each request, with their prices.",
                                            "[file]",
                                            option_table,
                                            MOB_COUNT_OF(option_table),
                                            false };

#define READ(member, name, type, presence)                               \
    {                                                                    \
        name, type, presence, offsetof(struct mob_request, member), NULL \
    }

static const struct mob_column read_columns[] = {
    READ(request, "request", MOB_TYPE_CODE, MOB_NEEDED),
    { "pay_type", MOB_TYPE_WORD, MOB_NEEDED, offsetof(struct mob_request, pay_type), mob_pay_type_words },
    READ(labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    READ(days, "days", MOB_TYPE_NUMBER, MOB_NEEDED),
    READ(programmes, "programmes", MOB_TYPE_CODES, MOB_NEEDED_EMPTY),
    READ(need, "need", MOB_TYPE_TEXT, MOB_USED),
};

enum {
    CHOICE,
    MATCH,
    SOLUTION,
    LABEL,
    FAMILY,
    PRICE,
    SAVING,
    CURRENCY,
    PROGRAMME,
    COST_CODE,
    CONDITIONS,
    DOCUMENTS,
    WRITTEN_COUNT
};

static const char *const written[WRITTEN_COUNT] = {
    "choice", "match",    "solution",  "label",     "family",     "price",
    "saving", "currency", "programme", "cost_code", "conditions", "documents",
};

static const struct mob_filter_columns columns = { read_columns, MOB_COUNT_OF(read_columns), written, WRITTEN_COUNT,
                                                   WRITTEN_COUNT };

struct proposing {
    struct mob_policy policy;
    unsigned char *marks;
    struct mob_proposal *proposals;
    struct mob_buffer conditions;
    struct mob_appointment appointment;
    struct mob_arena arena;  /* of `first` */
    struct mob_record first; /* the row of the present request that counts; no cells: none yet */
};

static void write_proposal(struct mob_filter *filter, struct proposing *proposing, const struct mob_record *record,
                           size_t number)
{
    const struct mob_proposal *proposal = &proposing->proposals[number];
    const struct mob_solution *solution = proposal->solution;
    const struct mob_price *price = &proposal->price;
    struct mob_text values[WRITTEN_COUNT];
    struct mob_print prints[WRITTEN_COUNT];

    proposing->conditions.length = 0;
    mob_price_add_conditions(&proposing->conditions, solution, price->programme);
    values[CHOICE] = mob_print_number(&prints[CHOICE], (int64_t)number + 1);
    values[MATCH] = mob_text_of(mob_yes_no_words[proposal->is_match ? MOB_YES : MOB_NO]);
    values[SOLUTION] = solution->solution;
    values[LABEL] = solution->label;
    values[FAMILY] = solution->family;
    values[PRICE] = mob_print_money(&prints[PRICE], price->price_cents);
    values[SAVING] = mob_print_money(&prints[SAVING], price->saving_cents);
    values[CURRENCY] = solution->currency;
    values[PROGRAMME] = price->programme ? price->programme->programme : MOB_TEXT("");
    values[COST_CODE] = price->cost_code;
    values[CONDITIONS] = mob_buffer_since(&proposing->conditions, 0);
    values[DOCUMENTS] = solution->documents;
    mob_filter_write(filter, record, values);
}

/* Whether the row stands behind the first one of its request, which counts for both; an error where it differs. */
static int stands_behind(struct mob_filter *filter, struct proposing *proposing, const struct mob_record *record,
                         struct mob_error *error)
{
    const struct mob_appointment *appointment = &proposing->appointment;

    if (proposing->first.cell_count == 0)
        mob_appointment_init(&proposing->appointment, filter);
    else if (mob_text_is(mob_appointment_key(appointment, &proposing->first), mob_appointment_key(appointment, record)))
        return mob_appointment_check(appointment, &proposing->first, record, error) < 0 ? -1 : 1;
    mob_arena_reset(&proposing->arena);
    proposing->first = mob_filter_keep(&proposing->arena, record);
    return 0;
}

static int propose_row(struct mob_filter *filter, void *context, const struct mob_record *record,
                       struct mob_error *error)
{
    struct proposing *proposing = context;
    struct mob_request request;
    size_t count;
    int stands = stands_behind(filter, proposing, record, error);

    if (stands < 0 || mob_filter_read(filter, record, &request, error) < 0 ||
        mob_propose_check_need(&proposing->policy, request.need, error) < 0)
        return -1;
    if (stands > 0)
        return 0;
    if (mob_propose_solutions(&proposing->policy, &request, proposing->marks, proposing->proposals, &count, error) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        write_proposal(filter, proposing, record, i);
    return 0;
}

int main(int argc, char **argv)
{
    const unsigned files = 1U << MOB_SITE_SOLUTIONS | 1U << MOB_SITE_PROGRAMMES | 1U << MOB_SITE_BENEFITS;
    struct mob_error error = { 0 };
    struct proposing proposing = { 0 };
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (mob_site_load(&site, files, &proposing.policy, NULL, &error) < 0)
        return mob_run_end(&run, &error);
    proposing.marks = mob_memory_new(proposing.policy.programme_count);
    proposing.proposals = mob_memory_new((proposing.policy.solution_count + 1) * sizeof *proposing.proposals);
    mob_filter_run(&run, &columns, propose_row, &proposing, &error);
    free(proposing.marks);
    free(proposing.proposals);
    mob_buffer_release(&proposing.conditions);
    mob_arena_release(&proposing.arena);
    mob_policy_release(&proposing.policy);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
