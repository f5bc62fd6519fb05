/* An entry's rows after a change: other times, another resource (CALENDAR.md, "Life after booking"). Pure: takes
 * the entry as it is to be, with the rows of the one before, and gives it rows of its own.
 *
 * All functions fill `entry->rows` anew in `arena`; they fail where a time would leave the years 1900 to 9999 and, of
 * a wish, where preparation or cleaning would leave the limits of mob_planning_widen. */
#ifndef MOB_RULE_RESHAPE_H
#define MOB_RULE_RESHAPE_H

#include "rule/planning.h"

struct mob_reshape {
    const struct mob_policy *policy;
    struct mob_arena *arena;
    int64_t now;
    bool is_fact; /* recorded whatever the prep area's hours are */
};

/* Whether an entry holds a resource; of one that is `away` its `start` rows are past and do not count. */
bool mob_entry_holds(const struct mob_entry *entry, struct mob_text resource);

/* Whether a resource stays with the customer: it is in a `stay` row. */
bool mob_entry_has_stay(const struct mob_entry *entry, struct mob_text resource);

/* The pool of a row: its resource's; of one that the fleet lacks its leg's; empty where neither is known. */
struct mob_text mob_reshape_pool(const struct mob_policy *policy, const struct mob_entry *entry, size_t row);

/* `entry->out` has become what happened: `stay` rows begin there less the preparation, `start` rows move there.
 * `handed_over` (empty: none) replaces the resource of the first `stay` row of its pool, else of the first `stay`
 * row. */
int mob_reshape_depart(const struct mob_reshape *reshape, const struct mob_entry *before, struct mob_entry *entry,
                       struct mob_text handed_over);

/* `entry->back` has become what happened: `stay` rows end there and their cleaning, `end` rows not begun are
 * dropped. */
int mob_reshape_return(const struct mob_reshape *reshape, struct mob_entry *entry);

/* `entry->out` and `back` are other times than those of `before`: `start` and `end` rows follow where theirs
 * moves, `stay` rows are made anew, or, with `is_extend`, only their end. */
int mob_reshape_times(const struct mob_reshape *reshape, const struct mob_entry *before, struct mob_entry *entry,
                      bool is_extend);

/* `resource` takes the place of `from`; of an entry that is away from `now` on. */
int mob_reshape_swap(const struct mob_reshape *reshape, struct mob_entry *entry, struct mob_text from,
                     struct mob_text resource);

#endif
