/* May this resource be taken? The one function that decides it, for listing, offering, booking and amending alike
 * (FILTERS.md, "One decision, one place"; S11, S14; CALENDAR.md, "occupies"). Pure.
 *
 * A planning is made from the calendar once a run: mob_planning_init, then any number of mob_planning_place, with
 * mob_planning_hold, mob_planning_add and mob_planning_give_up as the run goes on; mob_planning_release. */
#ifndef MOB_RULE_PLANNING_H
#define MOB_RULE_PLANNING_H

#include "model/booking.h"
#include "rule/hours.h"

/* Who occupies: a request by its number in the calendar, a hold, or, as `except`, nobody. */
#define MOB_OWNER_HOLD (SIZE_MAX - 1)
#define MOB_OWNER_NONE SIZE_MAX

struct mob_planning {
    const struct mob_policy *policy;
    int64_t now;
    struct mob_interval_set *resources; /* per resource of the fleet: what occupies it */
    struct mob_arena scratch;           /* of one placing */
};

/* Takes in all that occupies a resource of the fleet at `now`; an overdue car is gone for its `late_days` yet.
 * `policy` must outlive the planning, `calendar` need not. */
void mob_planning_init(struct mob_planning *planning, const struct mob_policy *policy,
                       const struct mob_calendar *calendar, int64_t now);
void mob_planning_release(struct mob_planning *planning);

/* The interval that one row of an entry occupies: as written, but of an overdue entry its `stay` row to the end of
 * `late_days` at least. `resource` is the row's, or NULL where the fleet lacks it. */
struct mob_interval mob_planning_occupied(const struct mob_policy *policy, const struct mob_entry *entry,
                                          const struct mob_booking_row *row, const struct mob_resource *resource,
                                          int64_t now);

/* When a resource must be free from, to be prepared for a use that begins at `from`, and until when, to be cleaned
 * after one that ends at `until`; MOB_ABSENT where the prep area is not open for that long within 366 days. */
int64_t mob_planning_prepared_from(const struct mob_policy *policy, const struct mob_resource *resource, int64_t from);
int64_t mob_planning_clean_until(const struct mob_policy *policy, const struct mob_resource *resource, int64_t until);

/* `use` widened by a resource's preparation and cleaning. 0, or -1 where the prep area is not open for that long
 * within 366 days, or beyond the years 1900 to 9999. */
int mob_planning_widen(const struct mob_policy *policy, const struct mob_resource *resource, struct mob_interval use,
                       struct mob_interval *busy);

/* A resource that something is to take, and for how long, preparation and cleaning included. */
struct mob_placement {
    const struct mob_resource *resource;
    struct mob_interval busy;
};

/* Whether a resource is usable, and in service on every date that has a minute in `busy`. */
bool mob_planning_is_in_service(const struct mob_resource *resource, struct mob_interval busy);

/* Whether a resource is usable, in service on every date that has a minute in `busy`, and overlapped by nothing but
 * what belongs to `except`; nor by one of the `taken_count` placements `taken`. */
bool mob_planning_is_free(const struct mob_planning *planning, const struct mob_resource *resource,
                          struct mob_interval busy, size_t except, const struct mob_placement *taken,
                          size_t taken_count);

/* What a solution needs from `out` to `back`. */
struct mob_demand {
    const struct mob_solution *solution;
    int64_t out, back;
    int64_t explain_min;            /* of legs without minutes; MOB_ABSENT or 0: 15 */
    size_t except;                  /* the request's own booking does not stand in its way */
    const struct mob_text *offered; /* per leg the resource to be tried first, or NULL */
};

/* The interval in which one leg of a solution uses its resource. */
struct mob_interval mob_planning_use(const struct mob_leg *leg, int64_t out, int64_t back, int64_t explain_min);

/* What mob_planning_place says where it names no leg. */
#define MOB_PLACED SIZE_MAX
#define MOB_BEYOND \
    (SIZE_MAX - 1) /* preparation or cleaning of a resource would leave the limits of mob_planning_widen */

/* Finds a resource for every leg: `placements` has room for them. MOB_PLACED where all are placed, else the first leg k
 * (from 0) for which legs 0 to k have no assignment: the one whose pool is full; or MOB_BEYOND. */
size_t mob_planning_place(struct mob_planning *planning, const struct mob_demand *demand,
                          struct mob_placement *placements);

/* Holds what was placed, for nobody in particular. */
void mob_planning_hold(struct mob_planning *planning, const struct mob_placement *placements, size_t count);

/* A new entry of the calendar occupies its resources; those of the entry that it follows are given up before. */
void mob_planning_add(struct mob_planning *planning, const struct mob_entry *entry);
void mob_planning_give_up(struct mob_planning *planning, const struct mob_entry *entry);

/* Walks through the requests other than `except` that occupy a resource in `busy`: `*cursor` is SIZE_MAX at the start;
 * true with the next one's number (MOB_OWNER_HOLD: a hold). */
bool mob_planning_next_blocker(const struct mob_planning *planning, const struct mob_resource *resource,
                               struct mob_interval busy, size_t except, size_t *cursor, size_t *request);

#endif
