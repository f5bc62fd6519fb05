/* Expired options, whose place may be taken: whoever does so ends them first, so that no earlier `now` revives
 * them (CALENDAR.md, "The clock may go back"). Pure: it adds entries to the calendar that it is given.
 *
 * Call order: mob_expiry_init once the calendar has been read; for each new entry mob_expiry_forget with the entry
 * that it follows, then mob_expiry_make_way, then the new entry itself; mob_expiry_release. */
#ifndef MOB_RULE_EXPIRY_H
#define MOB_RULE_EXPIRY_H

#include "model/booking.h"

struct mob_expiry {
    const struct mob_policy *policy;
    struct mob_calendar *calendar;
    struct mob_interval_set *resources; /* per resource of the fleet: what expired options would occupy */
};

void mob_expiry_init(struct mob_expiry *expiry, const struct mob_policy *policy, struct mob_calendar *calendar,
                     int64_t now);
void mob_expiry_release(struct mob_expiry *expiry);

/* Takes in an option that was expired when it was added (`--option 0m`). */
void mob_expiry_add(struct mob_expiry *expiry, const struct mob_entry *entry);

/* An expired option that is no longer its request's state: nobody ends it any more. */
void mob_expiry_forget(struct mob_expiry *expiry, const struct mob_entry *entry);

/* Adds the `cancelled` entries of all expired options that a row of `entry` overlaps, in order of their numbers.
 * `entry` is about to be added. What is added lives in `arena`. */
void mob_expiry_make_way(struct mob_expiry *expiry, const struct mob_entry *entry, struct mob_text operator_name,
                         struct mob_arena *arena);

#endif
