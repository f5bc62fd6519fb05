#include "rule/price.h"

#include "base/money.h"

void mob_price_mark_programmes(const struct mob_policy *policy, struct mob_text list, unsigned char *marks)
{
    struct mob_text item;

    memset(marks, 0, policy->programme_count);
    while (mob_text_next(&list, &item)) {
        size_t number = mob_index_find(&policy->programme_index, item);

        if (number != MOB_INDEX_NONE)
            marks[number] = 1;
    }
}

/* What the solution's own tariff asks for so many days; an empty price is 0. */
static int tariff(const struct mob_solution *solution, int64_t days, int64_t *cents)
{
    int64_t fixed = solution->price_fixed_cents == MOB_ABSENT ? 0 : solution->price_fixed_cents;
    int64_t each = solution->price_day_cents == MOB_ABSENT ? 0 : solution->price_day_cents;

    return mob_money_total(fixed, each, days, cents);
}

/* What a benefit row covers of a solution; 0 where it does not apply. */
static int64_t covered(const struct mob_benefit *benefit, const struct mob_price_terms *terms,
                       const struct mob_solution *solution, int64_t days, int64_t full_cents)
{
    int64_t cents = full_cents;

    if (!terms->programmes[benefit->programme_number] ||
        (benefit->pay_type != MOB_ABSENT && benefit->pay_type != terms->pay_type) ||
        (benefit->min_labour_min != MOB_ABSENT && terms->labour_min < benefit->min_labour_min))
        return 0;
    /* Fewer days never cost more, so this cannot be beyond the limit that the full price kept. */
    if (benefit->free_days != MOB_ABSENT && benefit->free_days < days)
        tariff(solution, benefit->free_days, &cents);
    if (benefit->free_amount_cents != MOB_ABSENT && benefit->free_amount_cents < cents)
        cents = benefit->free_amount_cents;
    return cents;
}

int mob_price_of(const struct mob_policy *policy, const struct mob_price_terms *terms,
                 const struct mob_solution *solution, int64_t days, struct mob_price *price, struct mob_error *error)
{
    const struct mob_benefit *best = NULL;
    int64_t full_cents, best_cents = 0;

    if (tariff(solution, days, &full_cents) < 0)
        return mob_error_say(error, MOB_ERROR_ROW, "the price of %s for %lld days is beyond 10000000000.00",
                             mob_quote(solution->solution).text, (long long)days);
    for (size_t i = solution->first_benefit; i != MOB_INDEX_NONE; i = policy->benefits[i].next) {
        int64_t cents = covered(&policy->benefits[i], terms, solution, days, full_cents);

        if (cents > best_cents) {
            best = &policy->benefits[i];
            best_cents = cents;
        }
    }
    price->saving_cents = best_cents;
    price->price_cents = full_cents - best_cents;
    price->programme = best ? &policy->programmes[best->programme_number] : NULL;
    price->cost_code = best ? best->cost_code : MOB_TEXT("");
    return 0;
}

void mob_price_add_conditions(struct mob_buffer *buffer, const struct mob_solution *solution,
                              const struct mob_programme *programme)
{
    if (solution)
        mob_buffer_add(buffer, solution->conditions);
    if (!programme || programme->conditions.length == 0)
        return;
    if (solution && solution->conditions.length)
        mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add(buffer, programme->conditions);
}

bool mob_price_allows_days(const struct mob_solution *solution, int64_t days)
{
    return solution->max_days == MOB_ABSENT || days <= solution->max_days;
}
