/* What a solution costs a customer, and what a programme takes off (FILTERS.md, "Price"; S4, S8). One function, used by
 * every tool. Pure. All amounts in cents. */
#ifndef MOB_RULE_PRICE_H
#define MOB_RULE_PRICE_H

#include "base/error.h"
#include "model/policy.h"

struct mob_price_terms {
    const unsigned char *programmes; /* per programme of the policy: 1 where it is active */
    int64_t pay_type;                /* enum mob_pay_type */
    int64_t labour_min;
};

struct mob_price {
    int64_t price_cents, saving_cents;     /* what is left to pay, what the benefit covers */
    const struct mob_programme *programme; /* whose benefit it is, or NULL */
    struct mob_text cost_code;
};

/* Marks the programmes of a list (codes the site does not know make nothing free) in `marks`, one byte for each
 * programme of the policy. */
void mob_price_mark_programmes(const struct mob_policy *policy, struct mob_text list, unsigned char *marks);

/* The price of `solution` for `days`. An amount beyond 10^12 cents is an error of kind ROW. */
int mob_price_of(const struct mob_policy *policy, const struct mob_price_terms *terms,
                 const struct mob_solution *solution, int64_t days, struct mob_price *price, struct mob_error *error);

/* Appends the conditions: the solution's, then the programme's; either may be NULL. */
void mob_price_add_conditions(struct mob_buffer *buffer, const struct mob_solution *solution,
                              const struct mob_programme *programme);

/* Whether `days` are within the solution's `max_days`. */
bool mob_price_allows_days(const struct mob_solution *solution, int64_t days);

#endif
