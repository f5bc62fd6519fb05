/* Which of a request's rows mob-book considers, and mob-avail therefore holds for (FILTERS.md, "Candidates"). Pure. */
#ifndef MOB_RULE_CANDIDATE_H
#define MOB_RULE_CANDIDATE_H

#include "model/booking.h"

/* What is asked of a row. */
struct mob_candidate {
    struct mob_text solution;
    int64_t out, back;
    bool is_match;  /* `match` is not `no` */
    bool is_chosen; /* `chosen` is not empty */
};

/* Whether a row is a candidate. `has_chosen`: the request has a chosen row, then only those are. `making_way`: the live
 * booking that makes way unasked (--replace), of which only resources may change; NULL: none. */
bool mob_candidate_is(const struct mob_candidate *row, bool has_chosen, const struct mob_entry *making_way);

#endif
