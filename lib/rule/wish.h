/* What stands in the way of a wish, and whom a fact displaces (CALENDAR.md, mob-amend). Pure. */
#ifndef MOB_RULE_WISH_H
#define MOB_RULE_WISH_H

#include "rule/planning.h"

struct mob_wish {
    const struct mob_planning *planning; /* with the rows of `before` still in it */
    const struct mob_calendar *calendar;
    const struct mob_entry *before; /* the request's entry so far */
    const struct mob_entry *after;  /* what it is to become */
    struct mob_arena *arena;        /* of the answers */
};

/* `full:POOL by R-1 R-2` for the first row of `after` that cannot be had over time that `before` does not occupy
 * yet and that is not before now: POOL is the row's, behind `by` stand the requests in the way, in order of their
 * entries; without `by` where no booking is the cause. Empty where nothing stands in the way. */
struct mob_text mob_wish_obstacle(const struct mob_wish *wish);

/* The other live `option` and `booked` requests with a row that overlaps one of `after`'s, in order of their
 * entries. */
struct mob_text mob_wish_displaced(const struct mob_wish *wish);

#endif
