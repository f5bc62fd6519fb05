#include "rule/claim.h"

#include "base/money.h"

#include <stdlib.h>

static int compare_backs(const void *one, const void *other)
{
    const struct mob_entry *a = ((const struct mob_claim *)one)->returned;
    const struct mob_entry *b = ((const struct mob_claim *)other)->returned;

    if (a->back != b->back)
        return a->back < b->back ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool is_claimed(const struct mob_entry *entry, int64_t from, int64_t until)
{
    int64_t date = mob_instant_date(entry->back);

    return entry->status == MOB_STATUS_RETURNED && entry->cost_code.length > 0 &&
           (from == MOB_ABSENT || date >= from) && (until == MOB_ABSENT || date <= until);
}

/* REPORTS.md says: one row for each entry that is `returned`. But a return that was undone did not happen, and would be
 * claimed again when it does: the entry behind it is a copy of the one before it then. Per entry; to be freed. */
static bool *mark_undone(const struct mob_calendar *calendar)
{
    bool *is_undone = mob_memory_new(calendar->count * sizeof *is_undone);

    for (size_t i = 0; i < calendar->count; i++) {
        size_t returned = calendar->entries[i].previous;
        size_t before = returned == MOB_INDEX_NONE ? MOB_INDEX_NONE : calendar->entries[returned].previous;

        if (before != MOB_INDEX_NONE && calendar->entries[returned].status == MOB_STATUS_RETURNED)
            is_undone[returned] = mob_entry_is_copy(&calendar->entries[i], &calendar->entries[before]);
    }
    return is_undone;
}

void mob_claims_init(struct mob_claims *claims, const struct mob_calendar *calendar, int64_t from, int64_t until)
{
    const struct mob_entry **away = mob_memory_new(calendar->request_count * sizeof *away);
    bool *is_undone = mark_undone(calendar);

    *claims = (struct mob_claims){ 0 };
    for (size_t i = 0; i < calendar->count; i++) {
        const struct mob_entry *entry = &calendar->entries[i];

        if (entry->status == MOB_STATUS_AWAY)
            away[entry->request_number] = entry;
        if (is_undone[i] || !is_claimed(entry, from, until))
            continue;
        claims->all = mob_memory_grow(claims->all, &claims->capacity, claims->count + 1, sizeof *claims->all);
        claims->all[claims->count++] = (struct mob_claim){ entry, away[entry->request_number] };
    }
    if (claims->count)
        qsort(claims->all, claims->count, sizeof *claims->all, compare_backs);
    free(away);
    free(is_undone);
}

void mob_claims_release(struct mob_claims *claims)
{
    free(claims->all);
    *claims = (struct mob_claims){ 0 };
}

/* ---- sums ---- */

static int compare_sums(const void *one, const void *other)
{
    const struct mob_claim_sum *a = one, *b = other;
    int order = mob_text_compare(a->cost_code, b->cost_code);

    return order ? order : mob_text_compare(a->currency, b->currency);
}

/* Adds the loans of `more` to `sum`. */
static int add(struct mob_claim_sum *sum, const struct mob_claim_sum *more, struct mob_error *error)
{
    sum->loans += more->loans;
    sum->days += more->days;
    sum->saving_cents += more->saving_cents;
    if (sum->days > MOB_NUMBER_MAX)
        return mob_error_say(error, MOB_ERROR_FATAL, "--sum: the days of %s are more than %lld together",
                             mob_quote(sum->cost_code).text, (long long)MOB_NUMBER_MAX);
    if (sum->saving_cents > MOB_MONEY_MAX)
        return mob_error_say(error, MOB_ERROR_FATAL, "--sum: the savings of %s are more than %lld together",
                             mob_quote(sum->cost_code).text, (long long)MOB_MONEY_MAX / 100);
    return 0;
}

int mob_claims_sum(const struct mob_claims *claims, struct mob_claim_sum **sums, size_t *count, struct mob_error *error)
{
    struct mob_claim_sum *all = mob_memory_new(claims->count * sizeof *all);
    size_t last = 0;
    int result = 0;

    for (size_t i = 0; i < claims->count; i++) {
        const struct mob_entry *entry = claims->all[i].returned;

        all[i] =
            (struct mob_claim_sum){ entry->cost_code, entry->currency, 1, entry->days == MOB_ABSENT ? 0 : entry->days,
                                    entry->saving_cents == MOB_ABSENT ? 0 : entry->saving_cents };
    }
    if (claims->count)
        qsort(all, claims->count, sizeof *all, compare_sums);
    for (size_t i = 1; i < claims->count && result == 0; i++) {
        if (compare_sums(&all[last], &all[i]) == 0)
            result = add(&all[last], &all[i], error);
        else
            all[++last] = all[i];
    }
    if (result < 0) {
        free(all);
        return -1;
    }
    *sums = all;
    *count = claims->count ? last + 1 : 0;
    return 0;
}
