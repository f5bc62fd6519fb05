/* Several solutions, for every customer (FILTERS.md, mob-propose; S5 to S10). Pure. */
#ifndef MOB_RULE_PROPOSE_H
#define MOB_RULE_PROPOSE_H

#include "model/request.h"
#include "rule/price.h"

struct mob_proposal {
    const struct mob_solution *solution;
    bool is_match; /* `need` is empty, or names it or its family */
    struct mob_price price;
};

/* Whether `need` is empty, a solution or a family; if not, an error of kind ROW says what would have been
 * understood. */
int mob_propose_check_need(const struct mob_policy *policy, struct mob_text need, struct mob_error *error);

/* Fills `proposals` (room for every solution of the catalogue) in the order in which they are shown, and `*count`.
 * `marks` is room for one byte a programme. `need` has been checked. Errors are of kind ROW: fewer than two
 * solutions, an amount beyond the limits. */
int mob_propose_solutions(const struct mob_policy *policy, const struct mob_request *request, unsigned char *marks,
                          struct mob_proposal *proposals, size_t *count, struct mob_error *error);

#endif
