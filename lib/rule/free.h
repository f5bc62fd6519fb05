/* When is a resource free? (REPORTS.md, "mob-free"; S11) Pure.
 *
 * Call order: mob_free_begin for a resource, then mob_free_next until it returns false. */
#ifndef MOB_RULE_FREE_H
#define MOB_RULE_FREE_H

#include "rule/planning.h"

struct mob_free_walk {
    const struct mob_interval_set *busy;
    struct mob_interval rest; /* what has not been looked at yet */
    size_t next;              /* of `busy` */
};

/* Looks at `range`; the planning must outlive the walk and stay as it is. */
void mob_free_begin(struct mob_free_walk *walk, const struct mob_planning *planning,
                    const struct mob_resource *resource, struct mob_interval range);

/* The next window, in order of time: the longest interval within the range in which the resource is usable, in service
 * and occupied by nothing. */
bool mob_free_next(struct mob_free_walk *walk, struct mob_interval *window);

#endif
