#include "rule/entitle.h"

#include "base/money.h"

#include <stdlib.h>

const char *const mob_entitlement_words[] = { "covered", "active", "none", "unknown", NULL };

void mob_entitlement_init(struct mob_entitlement *entitlement, const struct mob_policy *policy)
{
    *entitlement = (struct mob_entitlement){ 0 };
    entitlement->marks = mob_memory_new(policy->programme_count);
    entitlement->latest = mob_memory_new(policy->programme_count * sizeof *entitlement->latest);
    entitlement->active = mob_memory_new(policy->programme_count * sizeof *entitlement->active);
}

void mob_entitlement_release(struct mob_entitlement *entitlement)
{
    mob_buffer_release(&entitlement->programmes);
    mob_buffer_release(&entitlement->free);
    mob_buffer_release(&entitlement->reduced);
    mob_buffer_release(&entitlement->reminder);
    free(entitlement->marks);
    free(entitlement->latest);
    free(entitlement->active);
}

static void clear(struct mob_entitlement *entitlement, const struct mob_policy *policy)
{
    for (size_t i = 0; i < entitlement->active_count; i++)
        entitlement->marks[entitlement->active[i] - policy->programmes] = 0;
    entitlement->active_count = 0;
    entitlement->programmes.length = 0;
    entitlement->free.length = 0;
    entitlement->reduced.length = 0;
    entitlement->reminder.length = 0;
    entitlement->reminder_solution = NULL;
}

static void activate(const struct mob_policy *policy, const struct mob_coverage_row *row,
                     struct mob_entitlement *entitlement)
{
    const struct mob_programme *programme = &policy->programmes[row->programme];

    if (entitlement->marks[row->programme]) {
        if (row->until > entitlement->latest[row->programme])
            entitlement->latest[row->programme] = row->until;
        return;
    }
    entitlement->marks[row->programme] = 1;
    entitlement->latest[row->programme] = row->until;
    entitlement->active[entitlement->active_count++] = programme;
    mob_buffer_add_item(&entitlement->programmes, 0, programme->programme);
}

/* Finds the active programmes; the kind is what it would be if they gave nothing here. */
static int look_up(const struct mob_policy *policy, const struct mob_coverage *coverage,
                   const struct mob_request *request, struct mob_entitlement *entitlement, struct mob_error *error)
{
    const struct mob_coverage_row *last = request->vin.length ? mob_coverage_find(coverage, request->vin) : NULL;
    const struct mob_coverage_row *row = last;
    int64_t date = mob_instant_date(request->wanted);
    bool lacks_km = false;

    entitlement->kind = MOB_ENTITLEMENT_UNKNOWN;
    if (!last)
        return 0;
    do {
        row = &coverage->rows[row->next];
        if (row->programme == MOB_COVERAGE_FAULTY) {
            mob_error_say(error, MOB_ERROR_ROW, "the coverage of %s is faulty (coverage.csv, line %u)",
                          mob_quote(request->vin).text, row->max_km);
            mob_error_place(error, NULL, 0, "vin");
            return -1;
        }
        if (date < row->from || date > row->until)
            continue;
        if (row->max_km == MOB_COVERAGE_NO_LIMIT || (request->km != MOB_ABSENT && request->km <= row->max_km))
            activate(policy, row, entitlement);
        else if (request->km == MOB_ABSENT)
            lacks_km = true;
    } while (row != last);
    if (entitlement->active_count)
        entitlement->kind = MOB_ENTITLEMENT_ACTIVE;
    else if (!lacks_km)
        entitlement->kind = MOB_ENTITLEMENT_NONE;
    return 0;
}

/* Fills in the programme's sentence. */
static void remind(const struct mob_policy *policy, const struct mob_request *request,
                   struct mob_entitlement *entitlement)
{
    const struct mob_programme *programme = entitlement->reminder_price.programme;
    struct mob_buffer *out = &entitlement->reminder;
    int32_t until = entitlement->latest[programme - policy->programmes];
    struct mob_text rest = programme->reminder, literal;
    enum mob_reminder_part part;
    char date[MOB_DATE_SIZE];

    while (mob_reminder_next(&rest, &part, &literal)) {
        switch (part) {
        case MOB_REMINDER_LITERAL:
        case MOB_REMINDER_UNKNOWN:
            mob_buffer_add(out, literal);
            break;
        case MOB_REMINDER_LABEL:
            mob_buffer_add(out, programme->label);
            break;
        case MOB_REMINDER_SOLUTION:
            mob_buffer_add(out, entitlement->reminder_solution->label);
            break;
        case MOB_REMINDER_DAYS:
            mob_buffer_add_number(out, request->days);
            break;
        case MOB_REMINDER_VALUE:
            mob_buffer_add_money(out, entitlement->reminder_price.saving_cents);
            if (entitlement->reminder_solution->currency.length)
                mob_buffer_add_byte(out, ' ');
            mob_buffer_add(out, entitlement->reminder_solution->currency);
            break;
        case MOB_REMINDER_UNTIL:
            if (until != INT32_MAX) {
                mob_date_print(until, date);
                mob_buffer_add(out, mob_text_of(date));
            }
            break;
        }
    }
}

int mob_entitle_request(const struct mob_policy *policy, const struct mob_coverage *coverage,
                        const struct mob_request *request, struct mob_entitlement *entitlement, struct mob_error *error)
{
    struct mob_price_terms terms = { entitlement->marks, request->pay_type, request->labour_min };
    bool is_free = false; /* what is to be reminded of */

    clear(entitlement, policy);
    if (look_up(policy, coverage, request, entitlement, error) < 0)
        return -1;
    for (size_t i = 0; i < policy->solution_count && entitlement->active_count; i++) {
        const struct mob_solution *solution = policy->catalogue[i];
        struct mob_price price;

        if (!mob_price_allows_days(solution, request->days))
            continue;
        if (mob_price_of(policy, &terms, solution, request->days, &price, error) < 0)
            return -1;
        if (price.saving_cents == 0)
            continue;
        mob_buffer_add_item(price.price_cents == 0 ? &entitlement->free : &entitlement->reduced, 0, solution->solution);
        if (!entitlement->reminder_solution || (price.price_cents == 0 && !is_free)) {
            entitlement->reminder_solution = solution;
            entitlement->reminder_price = price;
            is_free = price.price_cents == 0;
        }
    }
    if (entitlement->reminder_solution) {
        entitlement->kind = MOB_ENTITLEMENT_COVERED;
        remind(policy, request, entitlement);
    }
    return 0;
}
