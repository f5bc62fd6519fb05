/* What is the customer entitled to, and what is it worth? (FILTERS.md, mob-entitle; S3, S4). Pure. */
#ifndef MOB_RULE_ENTITLE_H
#define MOB_RULE_ENTITLE_H

#include "model/coverage.h"
#include "model/request.h"
#include "rule/price.h"

enum mob_entitlement_kind {
    MOB_ENTITLEMENT_COVERED,
    MOB_ENTITLEMENT_ACTIVE,
    MOB_ENTITLEMENT_NONE,
    MOB_ENTITLEMENT_UNKNOWN
};
extern const char *const mob_entitlement_words[];

/* The answer for one request; its buffers are used again for the next. Begin with mob_entitlement_init. */
struct mob_entitlement {
    enum mob_entitlement_kind kind;
    struct mob_buffer programmes, free, reduced, reminder;
    const struct mob_solution *reminder_solution; /* NULL: nothing to remind of */
    struct mob_price reminder_price;
    unsigned char *marks;                /* per programme: 1 where active */
    int32_t *latest;                     /* per active programme: the latest last date */
    const struct mob_programme **active; /* in the order of coverage.csv */
    size_t active_count;
};

void mob_entitlement_init(struct mob_entitlement *entitlement, const struct mob_policy *policy);
void mob_entitlement_release(struct mob_entitlement *entitlement);

/* Errors are of kind ROW: a faulty coverage row of this VIN, an amount beyond the limits. */
int mob_entitle_request(const struct mob_policy *policy, const struct mob_coverage *coverage,
                        const struct mob_request *request, struct mob_entitlement *entitlement,
                        struct mob_error *error);

#endif
