#include "rule/planning.h"

#include <stdlib.h>

#define HANDOVER_MIN 15 /* of a leg that has no minutes where the request has none either */

/* ---- what occupies ---- */

int64_t mob_planning_clean_until(const struct mob_policy *policy, const struct mob_resource *resource, int64_t until)
{
    if (!policy->hours.has_prep)
        return until + resource->after_min;
    return mob_hours_after(&policy->hours, MOB_AREA_PREP, until, resource->after_min, until);
}

int64_t mob_planning_prepared_from(const struct mob_policy *policy, const struct mob_resource *resource, int64_t from)
{
    if (!policy->hours.has_prep)
        return from - resource->before_min;
    return mob_hours_before(&policy->hours, MOB_AREA_PREP, from, resource->before_min);
}

struct mob_interval mob_planning_occupied(const struct mob_policy *policy, const struct mob_entry *entry,
                                          const struct mob_booking_row *row, const struct mob_resource *resource,
                                          int64_t now)
{
    struct mob_interval busy = { row->busy_from, row->busy_until };
    int64_t gone_until, until;

    if (!resource || row->span != MOB_SPAN_STAY || !mob_entry_is_overdue(entry, now))
        return busy;
    gone_until = now + resource->late_days * MOB_DAY_MIN;
    until = mob_planning_clean_until(policy, resource, gone_until);
    /* Where nobody cleans for a year, the car is gone for its late days at least. */
    if (until == MOB_ABSENT)
        until = gone_until;
    if (until > busy.until)
        busy.until = until;
    return busy;
}

/* The set that a row's interval belongs into, and that interval; NULL where the row occupies nothing of the fleet. */
static struct mob_interval_set *set_of(const struct mob_planning *planning, const struct mob_entry *entry,
                                       const struct mob_booking_row *row, struct mob_interval *busy)
{
    const struct mob_policy *policy = planning->policy;
    const struct mob_resource *resource = row->span == MOB_ABSENT ? NULL : mob_policy_resource(policy, row->resource);

    if (!resource)
        return NULL;
    *busy = mob_planning_occupied(policy, entry, row, resource, planning->now);
    /* A row without a minute (a car returned at once) stands in nobody's way. */
    return busy->from < busy->until ? &planning->resources[mob_policy_resource_number(policy, resource)] : NULL;
}

void mob_planning_init(struct mob_planning *planning, const struct mob_policy *policy,
                       const struct mob_calendar *calendar, int64_t now)
{
    *planning = (struct mob_planning){ .policy = policy, .now = now };
    planning->resources = mob_memory_new(policy->resource_count * sizeof *planning->resources);
    for (size_t request = 0; request < calendar->request_count; request++) {
        const struct mob_entry *entry = &calendar->entries[calendar->highest[request]];

        for (size_t i = 0; i < entry->row_count && mob_entry_occupies(entry, now); i++) {
            struct mob_interval busy;
            struct mob_interval_set *set = set_of(planning, entry, &entry->rows[i], &busy);

            if (set)
                mob_interval_set_append(set, busy, request);
        }
    }
    for (size_t i = 0; i < policy->resource_count; i++)
        mob_interval_set_sort(&planning->resources[i]);
}

void mob_planning_release(struct mob_planning *planning)
{
    for (size_t i = 0; i < planning->policy->resource_count; i++)
        mob_interval_set_release(&planning->resources[i]);
    free(planning->resources);
    mob_arena_release(&planning->scratch);
}

void mob_planning_hold(struct mob_planning *planning, const struct mob_placement *placements, size_t count)
{
    for (size_t i = 0; i < count; i++)
        mob_interval_set_add(&planning->resources[mob_policy_resource_number(planning->policy, placements[i].resource)],
                             placements[i].busy, MOB_OWNER_HOLD);
}

void mob_planning_add(struct mob_planning *planning, const struct mob_entry *entry)
{
    for (size_t i = 0; i < entry->row_count && mob_entry_occupies(entry, planning->now); i++) {
        struct mob_interval busy;
        struct mob_interval_set *set = set_of(planning, entry, &entry->rows[i], &busy);

        if (set)
            mob_interval_set_add(set, busy, entry->request_number);
    }
}

void mob_planning_give_up(struct mob_planning *planning, const struct mob_entry *entry)
{
    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_interval busy;
        struct mob_interval_set *set = set_of(planning, entry, &entry->rows[i], &busy);

        if (set)
            mob_interval_set_remove(set, busy, entry->request_number);
    }
}

bool mob_planning_next_blocker(const struct mob_planning *planning, const struct mob_resource *resource,
                               struct mob_interval busy, size_t except, size_t *cursor, size_t *request)
{
    const struct mob_interval_set *set = &planning->resources[mob_policy_resource_number(planning->policy, resource)];

    while (mob_interval_set_next(set, busy, cursor, request))
        if (*request != except)
            return true;
    return false;
}

/* ---- the decision ---- */

int mob_planning_widen(const struct mob_policy *policy, const struct mob_resource *resource, struct mob_interval use,
                       struct mob_interval *busy)
{
    busy->from = mob_planning_prepared_from(policy, resource, use.from);
    busy->until = mob_planning_clean_until(policy, resource, use.until);
    if (busy->from == MOB_ABSENT || busy->until == MOB_ABSENT)
        return -1;
    return mob_instant_is_valid(busy->from) && mob_instant_is_valid(busy->until) ? 0 : -1;
}

bool mob_planning_is_in_service(const struct mob_resource *resource, struct mob_interval busy)
{
    struct mob_interval service = mob_resource_service(resource);

    return mob_resource_is_usable(resource) && service.from <= busy.from && busy.until <= service.until;
}

bool mob_planning_is_free(const struct mob_planning *planning, const struct mob_resource *resource,
                          struct mob_interval busy, size_t except, const struct mob_placement *taken,
                          size_t taken_count)
{
    size_t number = mob_policy_resource_number(planning->policy, resource);

    if (!mob_planning_is_in_service(resource, busy))
        return false;
    for (size_t i = 0; i < taken_count; i++)
        if (taken[i].resource == resource && mob_interval_overlaps(taken[i].busy, busy))
            return false;
    return !mob_interval_set_overlaps(&planning->resources[number], busy, except);
}

/* Minutes between the end of what came before on a free resource, or `now`, and `busy`: negative where that begins
 * before `now`. */
static int64_t gap_before(const struct mob_planning *planning, const struct mob_resource *resource,
                          struct mob_interval busy, size_t except, const struct mob_placement *taken,
                          size_t taken_count)
{
    size_t number = mob_policy_resource_number(planning->policy, resource);
    int64_t end = mob_interval_set_end_before(&planning->resources[number], busy.from, except);

    for (size_t i = 0; i < taken_count; i++)
        if (taken[i].resource == resource && taken[i].busy.until <= busy.from && taken[i].busy.until > end)
            end = taken[i].busy.until;
    if (end < planning->now)
        end = planning->now;
    return busy.from - end;
}

/* ---- an assignment for all legs ---- */

struct candidate {
    struct mob_placement placement;
    bool is_offered;
    int64_t gap_min;
    size_t order; /* in the file */
};

/* One pool's legs: those of other pools never stand in their way, so each pool is searched by itself. */
struct search {
    struct mob_planning *planning;
    const struct mob_demand *demand;
    const size_t *legs; /* their numbers among the solution's */
    size_t leg_count;
    struct mob_placement *placements; /* of these legs */
    size_t deepest;                   /* as many legs could be placed at once */
    bool is_beyond;                   /* a resource's preparation or cleaning leaves the limits */
};

static int compare_candidates(const void *one, const void *other)
{
    const struct candidate *a = one, *b = other;

    if (a->is_offered != b->is_offered)
        return a->is_offered ? -1 : 1;
    if (a->gap_min != b->gap_min)
        return a->gap_min < b->gap_min ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

struct mob_interval mob_planning_use(const struct mob_leg *leg, int64_t out, int64_t back, int64_t explain_min)
{
    int64_t minutes = leg->minutes;

    if (minutes == MOB_ABSENT)
        minutes = explain_min == MOB_ABSENT || explain_min == 0 ? HANDOVER_MIN : explain_min;
    switch (leg->span) {
    case MOB_SPAN_START:
        return (struct mob_interval){ out, out + minutes };
    case MOB_SPAN_END:
        return (struct mob_interval){ back, back + minutes };
    default:
        return (struct mob_interval){ out, back };
    }
}

/* The free resources for the leg at `depth`, in the order in which they are tried. */
static size_t list_candidates(struct search *search, size_t depth, struct candidate **candidates)
{
    const struct mob_demand *demand = search->demand;
    const struct mob_policy *policy = search->planning->policy;
    const struct mob_leg *leg = demand->solution->legs[search->legs[depth]];
    struct mob_interval use = mob_planning_use(leg, demand->out, demand->back, demand->explain_min);
    const size_t *members;
    size_t size = mob_policy_pool(policy, leg->pool, &members);
    size_t count = 0;

    *candidates = mob_arena_take_array(&search->planning->scratch, size, sizeof **candidates);
    for (size_t i = 0; i < size; i++) {
        const struct mob_resource *resource = &policy->fleet[members[i]];
        struct candidate *candidate = &(*candidates)[count];
        struct mob_interval busy;

        if (!mob_resource_is_usable(resource))
            continue;
        if (mob_planning_widen(policy, resource, use, &busy) < 0) {
            search->is_beyond = true;
            return 0;
        }
        if (!mob_planning_is_free(search->planning, resource, busy, demand->except, search->placements, depth))
            continue;
        candidate->placement = (struct mob_placement){ resource, busy };
        candidate->is_offered =
            demand->offered && mob_text_is(demand->offered[search->legs[depth]], resource->resource);
        candidate->gap_min = gap_before(search->planning, resource, busy, demand->except, search->placements, depth);
        candidate->order = i;
        count++;
    }
    if (count)
        qsort(*candidates, count, sizeof **candidates, compare_candidates);
    return count;
}

static bool place_from(struct search *search, size_t depth)
{
    struct candidate *candidates;
    size_t count;

    if (depth > search->deepest)
        search->deepest = depth;
    if (depth == search->leg_count)
        return true;
    count = list_candidates(search, depth, &candidates);
    for (size_t i = 0; i < count; i++) {
        search->placements[depth] = candidates[i].placement;
        if (place_from(search, depth + 1))
            return true;
    }
    return false;
}

/* Whether an earlier leg of the solution is of the same pool, so that this one has been looked at with it. */
static bool is_later_of_pool(const struct mob_solution *solution, size_t leg)
{
    for (size_t i = 0; i < leg; i++)
        if (mob_text_is(solution->legs[i]->pool, solution->legs[leg]->pool))
            return true;
    return false;
}

size_t mob_planning_place(struct mob_planning *planning, const struct mob_demand *demand,
                          struct mob_placement *placements)
{
    const struct mob_solution *solution = demand->solution;
    size_t *legs, failed = MOB_PLACED;
    struct search search = { .planning = planning, .demand = demand };

    mob_arena_reset(&planning->scratch);
    legs = mob_arena_take_array(&planning->scratch, solution->leg_count, sizeof *legs);
    search.legs = legs;
    search.placements = mob_arena_take_array(&planning->scratch, solution->leg_count, sizeof *search.placements);
    /* A pool that fails at a later leg than another one is not the answer. */
    for (size_t first = 0; first < solution->leg_count && first < failed; first++) {
        if (is_later_of_pool(solution, first))
            continue;
        search.leg_count = 0;
        search.deepest = 0;
        for (size_t i = first; i < solution->leg_count; i++)
            if (mob_text_is(solution->legs[i]->pool, solution->legs[first]->pool))
                legs[search.leg_count++] = i;
        if (place_from(&search, 0)) {
            for (size_t i = 0; i < search.leg_count; i++)
                placements[legs[i]] = search.placements[i];
        } else if (search.is_beyond) {
            return MOB_BEYOND;
        } else if (legs[search.deepest] < failed) {
            failed = legs[search.deepest];
        }
    }
    return failed;
}
