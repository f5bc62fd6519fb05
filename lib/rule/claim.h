/* What is the maker to reimburse? (REPORTS.md, "mob-claim"; S3) Pure.
 *
 * Call order: mob_claims_init, then its claims, or mob_claims_sum; mob_claims_release. */
#ifndef MOB_RULE_CLAIM_H
#define MOB_RULE_CLAIM_H

#include "base/error.h"
#include "model/booking.h"

/* A loan that was given back, for which somebody else pays. Both belong to the calendar. */
struct mob_claim {
    const struct mob_entry *returned;
    const struct mob_entry *away; /* the request's highest `away` entry below it, or NULL */
};

struct mob_claims {
    struct mob_claim *all; /* by `back`, then entry */
    size_t count, capacity;
};

/* Finds every entry, not only the highest of its request, that is `returned`, has a cost code, and whose `back` falls
 * on a date from `from` to `until` (MOB_ABSENT: open). `calendar` has the archives' entries too and must outlive the
 * claims. */
void mob_claims_init(struct mob_claims *claims, const struct mob_calendar *calendar, int64_t from, int64_t until);
void mob_claims_release(struct mob_claims *claims);

/* All of one cost code in one currency. */
struct mob_claim_sum {
    struct mob_text cost_code, currency;
    int64_t loans, days, saving_cents;
};

/* Sums up, in order of the bytes of cost code, then currency; an empty number counts 0. `*sums` has `*count` items, to
 * be freed by the caller. Fatal where a sum is beyond DATA.md's limits: then there is nothing to free. */
int mob_claims_sum(const struct mob_claims *claims, struct mob_claim_sum **sums, size_t *count,
                   struct mob_error *error);

#endif
