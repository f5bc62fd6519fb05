/* How a booking stands today: due, late, overdue, at risk, displaced, short (TOOLS.md, "States"; S11, S14). Pure. */
#ifndef MOB_RULE_STATE_H
#define MOB_RULE_STATE_H

#include "rule/planning.h"

enum mob_state {
    MOB_STATE_EXPIRED,
    MOB_STATE_DUE_OUT,
    MOB_STATE_DUE_BACK,
    MOB_STATE_LATE_OUT,
    MOB_STATE_OVERDUE,
    MOB_STATE_AT_RISK,
    MOB_STATE_DISPLACED,
    MOB_STATE_SHORT
};

/* The words, in the order in which they are listed, ended by NULL. */
extern const char *const mob_state_words[];

/* The states of a request's highest entry, as bits (1 << MOB_STATE_…), at the planning's `now`. */
unsigned mob_state_of(const struct mob_planning *planning, const struct mob_calendar *calendar,
                      const struct mob_entry *entry);

#endif
