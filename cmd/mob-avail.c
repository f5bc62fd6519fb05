/* mob-avail: is it free on the day, and if not, when? (FILTERS.md; S9, S11, S12) */
#include "base/money.h"
#include "rule/avail.h"
#include "site/ledger.h"
#include "tool/filter.h"

#include <stdlib.h>

static struct mob_run run;
static struct mob_site site;
static struct mob_avail_options options = { .step_min = 30, .horizon_days = 30, .alternatives = 3 };

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_STRICT(run),
    MOB_OPTION_REJECTS(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    MOB_OPTION_FILE("hours", site.paths[MOB_SITE_HOURS]),
    MOB_OPTION_FILE("closures", site.paths[MOB_SITE_CLOSURES]),
    MOB_OPTION_FILE("fleet", site.paths[MOB_SITE_FLEET]),
    MOB_OPTION_FILE("legs", site.paths[MOB_SITE_LEGS]),
    MOB_OPTION_FILE("solutions", site.paths[MOB_SITE_SOLUTIONS]),
    MOB_OPTION_FILE("programmes", site.paths[MOB_SITE_PROGRAMMES]),
    MOB_OPTION_FILE("benefits", site.paths[MOB_SITE_BENEFITS]),
    MOB_OPTION_FILE("calendar", site.paths[MOB_SITE_CALENDAR]),
    { 0, "step", "MINUTES", "the grid of offered times (default 30)", MOB_OPTION_NUMBER, &options.step_min, 1, 1440 },
    { 0, "horizon", "DAYS", "so many days are looked at (default 30)", MOB_OPTION_NUMBER, &options.horizon_days, 1,
      366 },
    { 0, "alternatives", "N", "offer so many other days at most (default 3)", MOB_OPTION_NUMBER, &options.alternatives,
      1, 100 },
    { 0, "independent", NULL, "answer every request as if it were alone", MOB_OPTION_FLAG, &options.is_independent, 0,
      0 },
    { 0, "replace", NULL, "hold for live bookings too, for mob-book --replace", MOB_OPTION_FLAG, &options.is_replace, 0,
      0 },
};

static const struct mob_command command = {
    "mob-avail",
    "Looks in the planning whether each proposed solution is free, and if not, when.",
    "[file]",
    option_table,
    MOB_COUNT_OF(option_table),
    false
};

#define READ(member, name, type, presence)                             \
    {                                                                  \
        name, type, presence, offsetof(struct mob_offer, member), NULL \
    }
#define WORD(member, name, presence, words)                                      \
    {                                                                            \
        name, MOB_TYPE_WORD, presence, offsetof(struct mob_offer, member), words \
    }

static const struct mob_column read_columns[] = {
    READ(request.request, "request", MOB_TYPE_CODE, MOB_NEEDED),
    READ(solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    READ(request.wanted, "wanted", MOB_TYPE_INSTANT, MOB_NEEDED),
    READ(request.labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    READ(request.explain_min, "explain_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    WORD(request.pay_type, "pay_type", MOB_NEEDED, mob_pay_type_words),
    READ(request.programmes, "programmes", MOB_TYPE_CODES, MOB_NEEDED_EMPTY),
    READ(choice, "choice", MOB_TYPE_NUMBER, MOB_USED),
    WORD(match, "match", MOB_USED, mob_yes_no_words),
    READ(request.wanted_back, "wanted_back", MOB_TYPE_INSTANT, MOB_USED),
    READ(request.licence_until, "licence_until", MOB_TYPE_DATE, MOB_USED),
    READ(request.customer, "customer", MOB_TYPE_TEXT, MOB_USED),
    READ(request.vin, "vin", MOB_TYPE_TEXT, MOB_USED),
    READ(request.jobs, "jobs", MOB_TYPE_CODES, MOB_USED),
    READ(chosen, "chosen", MOB_TYPE_TEXT, MOB_USED),
};

enum {
    OFFER,
    WHEN,
    OUT,
    BACK,
    RESOURCE,
    READY,
    DAYS,
    PRICE,
    SAVING,
    PROGRAMME,
    COST_CODE,
    CONDITIONS,
    REASON,
    WRITTEN_COUNT
};

static const char *const written[WRITTEN_COUNT] = {
    "offer", "when",   "out",       "back",      "resource",   "ready",  "days",
    "price", "saving", "programme", "cost_code", "conditions", "reason",
};

static const struct mob_filter_columns columns = { read_columns, MOB_COUNT_OF(read_columns), written, WRITTEN_COUNT,
                                                   WRITTEN_COUNT };

/* The rows of the present request, kept until the last of them has come. */
struct group {
    struct mob_filter filter;
    struct mob_avail avail;
    struct mob_appointment appointment;
    struct mob_arena arena;
    struct mob_record *records; /* in order of arrival */
    size_t count, capacity;
    struct mob_request request; /* of a row that was read without a fault; without one nothing is held */
    struct mob_buffer text;     /* of one row's lists */
    size_t solution_cell, customer_cell, km_cell;
};

static void write_answer(struct group *group, const struct mob_answer *answer, size_t number)
{
    const struct mob_price *price = &answer->price;
    struct mob_text values[WRITTEN_COUNT] = { 0 };
    struct mob_print prints[WRITTEN_COUNT];
    size_t conditions;

    group->text.length = 0;
    if (answer->when != MOB_WHEN_NONE) {
        for (size_t i = 0; i < answer->solution->leg_count; i++)
            mob_buffer_add_item(&group->text, 0, answer->placements[i].resource->resource);
        conditions = group->text.length;
        mob_price_add_conditions(&group->text, answer->solution, price->programme);
        values[READY] = mob_print_instant(&prints[READY], answer->ready);
        values[DAYS] = mob_print_number(&prints[DAYS], answer->days);
        values[PRICE] = mob_print_money(&prints[PRICE], price->price_cents);
        values[SAVING] = mob_print_money(&prints[SAVING], price->saving_cents);
        values[PROGRAMME] = price->programme ? price->programme->programme : MOB_TEXT("");
        values[COST_CODE] = price->cost_code;
        values[CONDITIONS] = mob_buffer_since(&group->text, conditions);
        group->text.length = conditions;
    }
    values[OFFER] = mob_print_number(&prints[OFFER], (int64_t)number + 1);
    values[WHEN] = mob_text_of(mob_when_words[answer->when]);
    values[OUT] = mob_print_instant(&prints[OUT], answer->out);
    values[BACK] = mob_print_instant(&prints[BACK], answer->back);
    values[RESOURCE] = mob_buffer_since(&group->text, 0);
    values[REASON] = answer->reason;
    mob_filter_write(&group->filter, &group->records[answer->row], values);
}

/* Whether mob-book will answer `conflict` for what it reads of these rows and mob-avail does not: no customer's name,
 * or a `km` that is no number. */
static bool is_conflict(const struct group *group)
{
    int64_t km;

    if (group->customer_cell != MOB_NO_CELL && group->request.customer.length == 0)
        return true;
    for (size_t i = 0; i < group->avail.answer_count && group->km_cell != MOB_NO_CELL; i++) {
        struct mob_text cell = group->records[group->avail.answers[i].row].cells[group->km_cell];

        if (cell.length && mob_text_to_number(cell, &km) < 0)
            return true;
    }
    return false;
}

/* All rows of the request have come: writes its answers. */
static void finish_request(struct group *group)
{
    struct mob_avail *avail = &group->avail;

    if (group->count == 0)
        return;
    mob_avail_finish(avail, &group->request, is_conflict(group));
    for (size_t i = 0; i < avail->answer_count; i++)
        write_answer(group, &avail->answers[i], i);
    group->count = 0;
    mob_arena_reset(&group->arena);
    mob_avail_begin(avail);
    group->request = (struct mob_request){ 0 };
}

/* Whether an earlier row of the request, rejected or not, asked for the same solution. */
static bool is_asked_before(const struct group *group, const struct mob_record *record)
{
    for (size_t i = 0; i < group->count; i++)
        if (mob_text_is(group->records[i].cells[group->solution_cell], record->cells[group->solution_cell]))
            return true;
    return false;
}

static int take_row(struct group *group, const struct mob_record *record, struct mob_error *error)
{
    const struct mob_appointment *appointment = &group->appointment;
    struct mob_offer offer;
    bool is_repeated;

    if (group->count &&
        !mob_text_is(mob_appointment_key(appointment, &group->records[0]), mob_appointment_key(appointment, record)))
        finish_request(group);
    is_repeated = is_asked_before(group, record);
    if (!is_repeated) {
        group->records = mob_memory_grow(group->records, &group->capacity, group->count + 1, sizeof *group->records);
        group->records[group->count++] = mob_filter_keep(&group->arena, record);
        record = &group->records[group->count - 1];
    }
    if (mob_appointment_check(appointment, &group->records[0], record, error) < 0 ||
        mob_filter_read(&group->filter, record, &offer, error) < 0)
        return -1;
    if (is_repeated)
        return 0;
    if (mob_avail_row(&group->avail, &offer, group->count - 1, error) < 0)
        return -1;
    group->request = offer.request;
    return 0;
}

static void run_filter(struct group *group, struct mob_error *error)
{
    struct mob_filter *filter = &group->filter;
    struct mob_record record;
    int got = mob_filter_begin(filter, &run, &columns, error);

    if (got == 0) {
        mob_filter_write_header(filter);
        mob_appointment_init(&group->appointment, filter);
        group->solution_cell = mob_table_find(&filter->header, "solution");
        group->customer_cell = mob_table_find(&filter->header, "customer");
        group->km_cell = mob_table_find(&filter->header, "km");
    }
    while (got >= 0 && (got = mob_filter_next(filter, &record, false, error)) > 0)
        if (take_row(group, &record, error) < 0)
            got = mob_filter_reject(filter, &record, error);
    if (got == 0)
        finish_request(group);
    mob_filter_end(filter, error);
}

int main(int argc, char **argv)
{
    const unsigned files = 1U << MOB_SITE_HOURS | 1U << MOB_SITE_CLOSURES | 1U << MOB_SITE_FLEET | 1U << MOB_SITE_LEGS |
                           1U << MOB_SITE_SOLUTIONS | 1U << MOB_SITE_PROGRAMMES | 1U << MOB_SITE_BENEFITS;
    struct mob_error error = { 0 };
    struct mob_policy policy;
    struct mob_ledger ledger;
    struct group group = { 0 };
    int64_t now;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (mob_run_now(&run, &now, &error) < 0 || mob_site_load(&site, files, &policy, NULL, &error) < 0)
        return mob_run_end(&run, &error);
    options.solutions_name = mob_site_name(&site, MOB_SITE_SOLUTIONS);
    if (mob_ledger_read(&ledger, &site, &error) == 0) {
        mob_avail_init(&group.avail, &policy, &ledger.calendar, &options, now);
        run_filter(&group, &error);
        mob_avail_release(&group.avail);
        mob_ledger_release(&ledger);
    }
    mob_buffer_release(&group.text);
    mob_arena_release(&group.arena);
    free(group.records);
    mob_policy_release(&policy);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
