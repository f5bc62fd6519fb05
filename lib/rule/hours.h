/* When a site is open: reception, workshop, preparation, closures, working days (DATA.md, hours.csv and closures.csv).
 *
 * Pure: a struct mob_hours and instants in, answers out. Instants are wall-clock minutes. */
#ifndef MOB_RULE_HOURS_H
#define MOB_RULE_HOURS_H

#include "model/policy.h"

/* No search for an hour goes further than so many minutes (FILTERS.md, "at most 366 days"). */
#define MOB_SEARCH_MIN (366 * MOB_DAY_MIN)

/* Whether a closure shuts `use` on `date`. One that names nothing is lifted where the use's area has rows of its own
 * for that date. */
bool mob_hours_is_closed(const struct mob_hours *hours, int64_t date, enum mob_use use);

/* open(t, n, departure | return) of FILTERS.md: one open reception interval contains [instant, instant + minutes), and
 * its date is not closed for that use. */
bool mob_hours_is_open(const struct mob_hours *hours, int64_t instant, int64_t minutes, enum mob_use use);

/* The reception's intervals of one date, in minutes since its midnight. */
const struct mob_day_hours *mob_hours_reception(const struct mob_hours *hours, int64_t date);

/* Whether `instant` is not after the last reception closing of `date`; an interval that runs over midnight closes at
 * its end. */
bool mob_hours_closes_by(const struct mob_hours *hours, int64_t date, int64_t instant);

/* The first instant by which `minutes` open minutes of the workshop or of prep have passed since `from`; MOB_ABSENT
 * where it is more than MOB_SEARCH_MIN after `origin`. With 0 minutes it is `from`, within
 * the same limit. */
int64_t mob_hours_after(const struct mob_hours *hours, enum mob_area area, int64_t from, int64_t minutes,
                        int64_t origin);

/* The last instant from which `minutes` open minutes pass until `until`; MOB_ABSENT where it is more than
 * MOB_SEARCH_MIN before. */
int64_t mob_hours_before(const struct mob_hours *hours, enum mob_area area, int64_t until, int64_t minutes);

/* The longest open reception interval of a weekday, in minutes (S12: time enough to explain the work); 0 where no
 * weekday has one, and where it is never shut: there is no longest then. */
int64_t mob_hours_longest(const struct mob_hours *hours);

/* A working day is one on which the reception opens for departures. */
bool mob_hours_is_working_day(const struct mob_hours *hours, int64_t date);

/* The earliest start that a notice given at `now` allows. 0, or -1 where it is beyond the year 9999. */
int mob_hours_notice(const struct mob_hours *hours, int64_t now, struct mob_notice notice, int64_t *earliest);

#endif
