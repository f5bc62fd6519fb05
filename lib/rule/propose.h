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

/* Fills `proposals` (room for every solution of the catalogue) in the order in which they are shown, and `*count`.
 * `marks` is room for one byte a programme. Errors are of kind ROW: an unknown `need`, fewer than two solutions. */
int mob_propose_solutions(const struct mob_policy *policy, const struct mob_request *request,
                          unsigned char *marks, struct mob_proposal *proposals, size_t *count,
                          struct mob_error *error);

#endif
