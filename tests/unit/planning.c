/* rule/planning: may this resource be taken? Edges of occupation and service by hand; whole assignments against a
 * second method, a plain search over lists, on small random sites (FILTERS.md, mob-avail 7; CALENDAR.md,
 * "occupies"). */
#include "rule/planning.h"
#include "tap.h"

#include <stdlib.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define DAY MOB_DAY_MIN
#define HOUR INT64_C(60)

enum { MOST_RESOURCES = 5, MOST_POOLS = 2, MOST_LEGS = 4, MOST_ENTRIES = 12, MOST_ROWS = 2 };

/* ---- a small site and its calendar, owned by one struct ---- */

struct town {
    struct mob_policy policy;
    struct mob_resource fleet[MOST_RESOURCES];
    size_t members[MOST_POOLS][MOST_RESOURCES], sizes[MOST_POOLS];
    size_t *pool_members[MOST_POOLS];
    struct mob_leg legs[MOST_LEGS];
    const struct mob_leg *leg_pointers[MOST_LEGS];
    struct mob_solution solution;
    struct mob_calendar calendar;
    struct mob_entry entries[MOST_ENTRIES];
    struct mob_booking_row rows[MOST_ENTRIES][MOST_ROWS];
    size_t entry_count;
    int64_t now;
};

static const struct mob_text resource_names[MOST_RESOURCES] = { MOB_TEXT("CAR-0"), MOB_TEXT("CAR-1"), MOB_TEXT("CAR-2"),
                                                                MOB_TEXT("CAR-3"), MOB_TEXT("CAR-4") };
static const struct mob_text pool_names[MOST_POOLS] = { MOB_TEXT("CARS"), MOB_TEXT("DRIVERS") };
static const struct mob_text request_names[] = { MOB_TEXT("R-0"), MOB_TEXT("R-1"), MOB_TEXT("R-2"),
                                                 MOB_TEXT("R-3"), MOB_TEXT("R-4"), MOB_TEXT("R-5") };

static void add_resource(struct town *town, size_t pool)
{
    size_t number = town->policy.resource_count++;

    town->fleet[number] = (struct mob_resource){ .resource = resource_names[number],
                                                 .pool = pool_names[pool],
                                                 .from = MOB_ABSENT,
                                                 .until = MOB_ABSENT,
                                                 .late_days = 7 };
    town->members[pool][town->sizes[pool]++] = number;
}

static void add_leg(struct town *town, size_t pool, enum mob_span span, int64_t minutes)
{
    size_t number = town->solution.leg_count++;

    town->legs[number] = (struct mob_leg){ .pool = pool_names[pool], .span = span, .minutes = minutes };
    town->leg_pointers[number] = &town->legs[number];
}

static struct mob_entry *add_entry(struct town *town, size_t request, enum mob_status status)
{
    size_t number = town->entry_count++;
    struct mob_entry *entry = &town->entries[number];

    *entry = (struct mob_entry){ .number = (int64_t)number + 1,
                                 .status = status,
                                 .request = request_names[request],
                                 .expires = MOB_ABSENT,
                                 .rows = town->rows[number] };
    return entry;
}

static void add_row(struct mob_entry *entry, size_t resource, enum mob_span span, int64_t from, int64_t until)
{
    entry->rows[entry->row_count++] = (struct mob_booking_row){ span, resource_names[resource], from, until, 0 };
}

/* The site as the rule sees it, once everything has been added. */
static void open_town(struct town *town)
{
    struct mob_policy *policy = &town->policy;

    mob_arena_init(&policy->arena);
    policy->fleet = town->fleet;
    policy->pool_members = town->pool_members;
    policy->pool_sizes = town->sizes;
    policy->pool_count = MOST_POOLS;
    town->solution.legs = town->leg_pointers;
    for (size_t i = 0; i < policy->resource_count; i++)
        mob_index_put(&policy->resource_index, resource_names[i], i);
    for (size_t i = 0; i < MOST_POOLS; i++) {
        town->pool_members[i] = town->members[i];
        if (town->sizes[i])
            mob_index_put(&policy->pool_index, pool_names[i], i);
    }
    for (size_t i = 0; i < town->entry_count; i++)
        mob_calendar_add(&town->calendar, &town->entries[i]);
}

static void close_town(struct town *town)
{
    mob_calendar_release(&town->calendar);
    mob_policy_release(&town->policy);
}

/* ---- what occupies, case by case ---- */

/* One car, one entry of R-0 over [10:00, 12:00) of day 1; is the car free over [11:00, 13:00)? */
static const struct {
    const char *name;
    enum mob_status status;
    int64_t expires; /* in hours of day 1 */
    int64_t now;
    bool is_free;
} occupations[] = {
    { "a booking occupies", MOB_STATUS_BOOKED, -1, 8, false },
    { "a car that is away occupies", MOB_STATUS_AWAY, -1, 8, false },
    { "what was returned did occupy", MOB_STATUS_RETURNED, -1, 8, false },
    { "a block occupies", MOB_STATUS_BLOCKED, -1, 8, false },
    { "a cancelled booking does not", MOB_STATUS_CANCELLED, -1, 8, true },
    { "a no-show does not", MOB_STATUS_NO_SHOW, -1, 8, true },
    { "an option occupies until it expires", MOB_STATUS_OPTION, 9, 8, false },
    { "from that very instant on it does not", MOB_STATUS_OPTION, 8, 8, true },
    { "an option that never expires occupies", MOB_STATUS_OPTION, -1, 8, false },
    { "a booking of the past occupies as it is written", MOB_STATUS_BOOKED, -1, 40, false },
};

static void check_occupations(void)
{
    struct mob_interval busy = { DAY + 11 * HOUR, DAY + 13 * HOUR };

    for (size_t i = 0; i < COUNT_OF(occupations); i++) {
        struct town town = { 0 };
        struct mob_planning planning;
        struct mob_entry *entry;

        add_resource(&town, 0);
        entry = add_entry(&town, 0, occupations[i].status);
        if (occupations[i].expires >= 0)
            entry->expires = DAY + occupations[i].expires * HOUR;
        entry->back = DAY + 60 * HOUR;
        add_row(entry, 0, MOB_SPAN_STAY, DAY + 10 * HOUR, DAY + 12 * HOUR);
        open_town(&town);
        mob_planning_init(&planning, &town.policy, &town.calendar, DAY + occupations[i].now * HOUR);
        mob_tap_check(mob_planning_is_free(&planning, &town.fleet[0], busy, MOB_OWNER_NONE, NULL, 0) ==
                          occupations[i].is_free,
                      occupations[i].name);
        mob_planning_release(&planning);
        close_town(&town);
    }
}

static void check_highest_entry(void)
{
    struct town town = { 0 };
    struct mob_planning planning;
    struct mob_interval ten = { 10 * HOUR, 12 * HOUR }, twelve = { 12 * HOUR, 14 * HOUR },
                        eight = { 8 * HOUR, 10 * HOUR };

    add_resource(&town, 0);
    add_row(add_entry(&town, 0, MOB_STATUS_BOOKED), 0, MOB_SPAN_STAY, ten.from, ten.until);
    add_row(add_entry(&town, 1, MOB_STATUS_BOOKED), 0, MOB_SPAN_STAY, eight.from, eight.until);
    add_row(add_entry(&town, 0, MOB_STATUS_BOOKED), 0, MOB_SPAN_STAY, twelve.from, twelve.until);
    open_town(&town);
    mob_planning_init(&planning, &town.policy, &town.calendar, 0);
    mob_tap_check(mob_planning_is_free(&planning, &town.fleet[0], ten, MOB_OWNER_NONE, NULL, 0),
                  "only a request's highest entry occupies");
    mob_tap_check(!mob_planning_is_free(&planning, &town.fleet[0], twelve, MOB_OWNER_NONE, NULL, 0) &&
                      !mob_planning_is_free(&planning, &town.fleet[0], eight, MOB_OWNER_NONE, NULL, 0),
                  "and each request's does");
    mob_tap_check(mob_planning_is_free(&planning, &town.fleet[0], twelve, 0, NULL, 0) &&
                      !mob_planning_is_free(&planning, &town.fleet[0], eight, 0, NULL, 0),
                  "a request's own booking does not stand in its way");
    mob_planning_give_up(&planning, mob_calendar_find(&town.calendar, request_names[0]));
    mob_tap_check(mob_planning_is_free(&planning, &town.fleet[0], twelve, MOB_OWNER_NONE, NULL, 0),
                  "a booking that is given up occupies no more");
    mob_planning_release(&planning);
    close_town(&town);
}

/* An overdue car: back was due at 10:00 of day 1, now is 12:00 of day 1. */
static void check_overdue(void)
{
    static const struct {
        const char *name;
        int64_t late_days, after_min;
        enum mob_span span;
        int64_t now_hour, busy_until; /* as written */
        int64_t expected;
    } overdue[] = {
        { "not before it is due", 7, 0, MOB_SPAN_STAY, 9, DAY + 10 * HOUR, DAY + 10 * HOUR },
        { "from the very time it is due", 7, 0, MOB_SPAN_STAY, 10, DAY + 10 * HOUR, 8 * DAY + 10 * HOUR },
        { "for its late days from now, cleaning behind them", 2, 30, MOB_SPAN_STAY, 12, DAY + 10 * HOUR + 30,
          3 * DAY + 12 * HOUR + 30 },
        { "no late days: until now and its cleaning", 0, 30, MOB_SPAN_STAY, 12, DAY + 10 * HOUR + 30,
          DAY + 12 * HOUR + 30 },
        { "never shorter than it is written", 0, 0, MOB_SPAN_STAY, 12, 5 * DAY, 5 * DAY },
        { "its start row is as written", 7, 0, MOB_SPAN_START, 12, DAY + 10 * HOUR, DAY + 10 * HOUR },
        { "its end row is as written", 7, 0, MOB_SPAN_END, 12, DAY + 10 * HOUR, DAY + 10 * HOUR },
    };
    char name[120];

    for (size_t i = 0; i < COUNT_OF(overdue); i++) {
        struct mob_policy policy = { 0 };
        struct mob_resource car = { .late_days = overdue[i].late_days, .after_min = overdue[i].after_min };
        struct mob_entry entry = { .status = MOB_STATUS_AWAY, .back = DAY + 10 * HOUR };
        struct mob_booking_row row = { overdue[i].span, MOB_TEXT("CAR"), DAY, overdue[i].busy_until, 0 };
        struct mob_interval busy = mob_planning_occupied(&policy, &entry, &row, &car, DAY + overdue[i].now_hour * HOUR);

        snprintf(name, sizeof name, "overdue: %s", overdue[i].name);
        mob_tap_check(busy.from == DAY && busy.until == overdue[i].expected, name);
    }
}

/* ---- usable, in service ---- */

static void check_service(void)
{
    static const struct {
        const char *name, *status;
        int64_t from, until; /* days; -1 = open */
        int64_t busy_from, busy_until;
        bool is_free;
    } services[] = {
        { "no status", "", -1, -1, DAY, 2 * DAY, true },
        { "ready", "ready", -1, -1, DAY, 2 * DAY, true },
        { "any other status", "sold", -1, -1, DAY, 2 * DAY, false },
        { "Ready is another status", "Ready", -1, -1, DAY, 2 * DAY, false },
        { "from its first day's midnight", "", 1, -1, DAY, 2 * DAY, true },
        { "a minute before its first day", "", 1, -1, DAY - 1, 2 * DAY, false },
        { "to its last day's end", "", -1, 1, DAY, 2 * DAY, true },
        { "a minute behind its last day", "", -1, 1, DAY, 2 * DAY + 1, false },
        { "one day of service", "", 1, 1, DAY, 2 * DAY, true },
    };
    char name[120];

    for (size_t i = 0; i < COUNT_OF(services); i++) {
        struct town town = { 0 };
        struct mob_planning planning;
        struct mob_interval busy = { services[i].busy_from, services[i].busy_until };

        add_resource(&town, 0);
        town.fleet[0].status = mob_text_of(services[i].status);
        town.fleet[0].from = services[i].from < 0 ? MOB_ABSENT : services[i].from;
        town.fleet[0].until = services[i].until < 0 ? MOB_ABSENT : services[i].until;
        open_town(&town);
        mob_planning_init(&planning, &town.policy, &town.calendar, 0);
        snprintf(name, sizeof name, "in service: %s", services[i].name);
        mob_tap_check(mob_planning_is_free(&planning, &town.fleet[0], busy, MOB_OWNER_NONE, NULL, 0) ==
                          services[i].is_free,
                      name);
        mob_planning_release(&planning);
        close_town(&town);
    }
}

/* ---- preparation and cleaning, spans ---- */

static struct mob_interval ten_to_noon[] = { { 10 * 60, 12 * 60 } };

static void check_widening(void)
{
    struct mob_policy policy = { 0 };
    struct mob_resource car = { .before_min = 90, .after_min = 30 };
    struct mob_interval use = { 3 * DAY + 11 * HOUR, 3 * DAY + 15 * HOUR }, busy; /* 1970-01-04 */

    mob_tap_check(mob_planning_widen(&policy, &car, use, &busy) == 0 && busy.from == use.from - 90 &&
                      busy.until == use.until + 30,
                  "without a prep area preparation and cleaning go by the clock");
    policy.hours.has_prep = true;
    mob_tap_check(mob_planning_widen(&policy, &car, use, &busy) < 0, "a prep area that never opens cannot prepare");
    for (int day = 0; day < 7; day++)
        policy.hours.week[MOB_AREA_PREP][day] = (struct mob_day_hours){ 0, ten_to_noon, 1 };
    /* 60 of the 90 minutes before on the day, 30 the day before until 12:00; cleaning the morning after */
    mob_tap_check(mob_planning_widen(&policy, &car, use, &busy) == 0 && busy.from == 2 * DAY + 11 * HOUR + 30 &&
                      busy.until == 4 * DAY + 10 * HOUR + 30,
                  "with one they are counted in its open minutes");
    car.before_min = car.after_min = 0;
    mob_tap_check(mob_planning_widen(&policy, &car, use, &busy) == 0 && busy.from == use.from &&
                      busy.until == use.until,
                  "nothing to prepare, nothing to clean: as it is used");
    policy.hours.has_prep = false;
    car.before_min = 1;
    use = (struct mob_interval){ MOB_INSTANT_FIRST, MOB_INSTANT_FIRST + 60 };
    mob_tap_check(mob_planning_widen(&policy, &car, use, &busy) < 0, "preparation before the year 1900 is refused");
    car = (struct mob_resource){ .after_min = 1000000000 };
    use = (struct mob_interval){ MOB_INSTANT_LAST - 60, MOB_INSTANT_LAST };
    mob_tap_check(mob_planning_widen(&policy, &car, use, &busy) < 0, "cleaning beyond the year 9999 is refused");
}

static void check_uses(void)
{
    static const struct {
        const char *name;
        enum mob_span span;
        int64_t minutes, explain_min, from, until;
    } uses[] = {
        { "a stay", MOB_SPAN_STAY, MOB_ABSENT, 20, 1000, 2000 },
        { "a start of stated minutes", MOB_SPAN_START, 45, 20, 1000, 1045 },
        { "a start as long as to explain", MOB_SPAN_START, MOB_ABSENT, 20, 1000, 1020 },
        { "a start where nobody says how long", MOB_SPAN_START, MOB_ABSENT, MOB_ABSENT, 1000, 1015 },
        { "a start of 0 minutes to explain", MOB_SPAN_START, MOB_ABSENT, 0, 1000, 1015 },
        { "an end of stated minutes", MOB_SPAN_END, 45, 20, 2000, 2045 },
        { "an end as long as to explain", MOB_SPAN_END, MOB_ABSENT, 20, 2000, 2020 },
        { "an end where nobody says how long", MOB_SPAN_END, MOB_ABSENT, MOB_ABSENT, 2000, 2015 },
    };

    for (size_t i = 0; i < COUNT_OF(uses); i++) {
        struct mob_leg leg = { .span = uses[i].span, .minutes = uses[i].minutes };
        struct mob_interval use = mob_planning_use(&leg, 1000, 2000, uses[i].explain_min);

        mob_tap_check(use.from == uses[i].from && use.until == uses[i].until, uses[i].name);
    }
}

/* ---- the order in which resources are tried ---- */

static bool places(struct town *town, const size_t *expected)
{
    struct mob_planning planning;
    struct mob_placement placements[MOST_LEGS];
    struct mob_demand demand = {
        .solution = &town->solution, .out = 5 * DAY, .back = 6 * DAY, .explain_min = 15, .except = MOB_OWNER_NONE
    };
    bool good;

    open_town(town);
    mob_planning_init(&planning, &town->policy, &town->calendar, town->now);
    good = mob_planning_place(&planning, &demand, placements) == MOB_PLACED;
    for (size_t i = 0; i < town->solution.leg_count && good; i++)
        good = placements[i].resource == &town->fleet[expected[i]];
    mob_planning_release(&planning);
    close_town(town);
    return good;
}

static void check_order(void)
{
    struct town smallest_gap = { .now = DAY }, never_used = { .now = DAY }, two_cars = { .now = DAY },
                past = { .now = 7 * DAY };

    for (size_t i = 0; i < 3; i++) {
        add_resource(&smallest_gap, 0);
        add_resource(&never_used, 0);
        add_resource(&two_cars, 0);
        add_resource(&past, 0);
    }
    add_leg(&smallest_gap, 0, MOB_SPAN_STAY, MOB_ABSENT);
    add_row(add_entry(&smallest_gap, 0, MOB_STATUS_BOOKED), 0, MOB_SPAN_STAY, 2 * DAY, 3 * DAY);
    add_row(add_entry(&smallest_gap, 1, MOB_STATUS_BOOKED), 1, MOB_SPAN_STAY, 2 * DAY, 4 * DAY);
    add_row(add_entry(&smallest_gap, 2, MOB_STATUS_BOOKED), 2, MOB_SPAN_STAY, 2 * DAY, 5 * DAY + 1);
    mob_tap_check(places(&smallest_gap, (size_t[]){ 1 }), "the free one with the smallest gap before it is taken");

    /* An end before `now` counts as `now`, as no end does: the first in the file. */
    add_leg(&never_used, 0, MOB_SPAN_STAY, MOB_ABSENT);
    add_row(add_entry(&never_used, 0, MOB_STATUS_RETURNED), 2, MOB_SPAN_STAY, 0, DAY - 1);
    mob_tap_check(places(&never_used, (size_t[]){ 0 }), "of equal gaps the first in the file is taken");

    add_leg(&two_cars, 0, MOB_SPAN_STAY, MOB_ABSENT);
    add_leg(&two_cars, 0, MOB_SPAN_STAY, MOB_ABSENT);
    add_row(add_entry(&two_cars, 0, MOB_STATUS_BOOKED), 2, MOB_SPAN_STAY, 2 * DAY, 3 * DAY);
    mob_tap_check(places(&two_cars, (size_t[]){ 2, 0 }), "two legs never share a resource at one time");

    /* All begin two days before `now`: their gaps are -2 days each, a later preparation is no smaller. */
    add_leg(&past, 0, MOB_SPAN_STAY, MOB_ABSENT);
    past.fleet[1].before_min = 60;
    mob_tap_check(places(&past, (size_t[]){ 1 }), "a gap before now is negative, and the smallest is tried first");
}

/* The first leg may have either car, the second needs the one that the first would take. */
static void check_backtracking(void)
{
    struct town town = { .now = DAY };

    add_resource(&town, 0);
    add_resource(&town, 0);
    add_leg(&town, 0, MOB_SPAN_START, 60);
    add_leg(&town, 0, MOB_SPAN_STAY, MOB_ABSENT);
    add_row(add_entry(&town, 0, MOB_STATUS_BOOKED), 1, MOB_SPAN_STAY, 5 * DAY + 120, 9 * DAY);
    add_row(add_entry(&town, 1, MOB_STATUS_BOOKED), 0, MOB_SPAN_STAY, 4 * DAY, 5 * DAY);
    mob_tap_check(places(&town, (size_t[]){ 1, 0 }), "where the second leg finds nothing the first one tries again");
}

/* ---- whole assignments: a plain search over lists ---- */

struct occupation {
    size_t resource, owner;
    int64_t from, until;
};

struct plain {
    const struct town *town;
    const struct mob_demand *demand;
    struct occupation occupations[MOST_ENTRIES * MOST_ROWS + MOST_LEGS];
    size_t count;
    size_t chosen[MOST_LEGS];
    int64_t from[MOST_LEGS], until[MOST_LEGS];
    size_t deepest;
};

static bool is_highest(const struct town *town, size_t number)
{
    for (size_t later = number + 1; later < town->entry_count; later++)
        if (mob_text_is(town->entries[later].request, town->entries[number].request))
            return false;
    return true;
}

static size_t owner_of(struct mob_text request, const struct town *town)
{
    return mob_calendar_find(&town->calendar, request)->request_number;
}

static void list_occupations(struct plain *plain)
{
    const struct town *town = plain->town;

    for (size_t i = 0; i < town->entry_count; i++) {
        const struct mob_entry *entry = &town->entries[i];
        bool gone = entry->status == MOB_STATUS_CANCELLED || entry->status == MOB_STATUS_NO_SHOW ||
                    (entry->status == MOB_STATUS_OPTION && entry->expires != MOB_ABSENT && entry->expires <= town->now);

        if (gone || !is_highest(town, i))
            continue;
        for (size_t j = 0; j < entry->row_count; j++) {
            size_t resource = 0;
            int64_t until = entry->rows[j].busy_until;

            while (!mob_text_is(resource_names[resource], entry->rows[j].resource))
                resource++;
            if (entry->status == MOB_STATUS_AWAY && entry->back <= town->now && entry->rows[j].span == MOB_SPAN_STAY) {
                int64_t late = town->now + town->fleet[resource].late_days * DAY + town->fleet[resource].after_min;

                until = late > until ? late : until;
            }
            plain->occupations[plain->count++] =
                (struct occupation){ resource, owner_of(entry->request, town), entry->rows[j].busy_from, until };
        }
    }
}

/* Whether a resource may be taken for [from, until); `*end` is when what came before it ended. */
static bool plain_free(const struct plain *plain, size_t resource, int64_t from, int64_t until, size_t depth,
                       int64_t *end)
{
    const struct mob_resource *car = &plain->town->fleet[resource];

    *end = plain->town->now;
    if (car->status.length || (car->from != MOB_ABSENT && from < car->from * DAY) ||
        (car->until != MOB_ABSENT && until > (car->until + 1) * DAY))
        return false;
    for (size_t i = 0; i < plain->count; i++) {
        const struct occupation *one = &plain->occupations[i];

        if (one->resource != resource || one->owner == plain->demand->except)
            continue;
        if (one->from < until && from < one->until)
            return false;
        if (one->until <= from && one->until > *end)
            *end = one->until;
    }
    for (size_t i = 0; i < depth; i++) {
        if (plain->chosen[i] != resource)
            continue;
        if (plain->from[i] < until && from < plain->until[i])
            return false;
        if (plain->until[i] <= from && plain->until[i] > *end)
            *end = plain->until[i];
    }
    return true;
}

static bool plain_place(struct plain *plain, size_t depth)
{
    const struct town *town = plain->town;
    const struct mob_leg *leg = &town->legs[depth];
    bool is_tried[MOST_RESOURCES] = { false };
    int64_t from = plain->demand->out, until = plain->demand->back;

    if (depth > plain->deepest)
        plain->deepest = depth;
    if (depth == town->solution.leg_count)
        return true;
    if (leg->span == MOB_SPAN_START)
        until = from + (leg->minutes == MOB_ABSENT ? plain->demand->explain_min : leg->minutes);
    if (leg->span == MOB_SPAN_END) {
        from = until;
        until = from + (leg->minutes == MOB_ABSENT ? plain->demand->explain_min : leg->minutes);
    }
    for (;;) {
        size_t best = MOST_RESOURCES;
        int64_t best_gap = INT64_MAX;
        bool best_offered = false;

        for (size_t i = 0; i < town->policy.resource_count; i++) {
            int64_t end, widened = from - town->fleet[i].before_min;
            bool offered = plain->demand->offered && mob_text_is(plain->demand->offered[depth], resource_names[i]);

            if (is_tried[i] || !mob_text_is(town->fleet[i].pool, leg->pool) ||
                !plain_free(plain, i, widened, until + town->fleet[i].after_min, depth, &end))
                continue;
            if (best == MOST_RESOURCES || (offered && !best_offered) ||
                (offered == best_offered && widened - end < best_gap)) {
                best = i;
                best_gap = widened - end;
                best_offered = offered;
            }
        }
        if (best == MOST_RESOURCES)
            return false;
        is_tried[best] = true;
        plain->chosen[depth] = best;
        plain->from[depth] = from - town->fleet[best].before_min;
        plain->until[depth] = until + town->fleet[best].after_min;
        if (plain_place(plain, depth + 1))
            return true;
    }
}

/* ---- small random sites ---- */

static int64_t random_time(void)
{
    return (1 + rand() % 6) * DAY + rand() % 4 * 6 * HOUR;
}

static void fill_town(struct town *town)
{
    size_t resources = 1 + (size_t)rand() % MOST_RESOURCES, legs = 1 + (size_t)rand() % MOST_LEGS;
    size_t entries = (size_t)rand() % MOST_ENTRIES;

    town->now = random_time();
    for (size_t i = 0; i < resources; i++) {
        struct mob_resource *car = &town->fleet[i];

        add_resource(town, rand() % 3 == 0);
        car->status = rand() % 12 == 0 ? MOB_TEXT("sold") : MOB_TEXT("");
        car->from = rand() % 8 ? MOB_ABSENT : rand() % 4;
        car->until = rand() % 8 ? MOB_ABSENT : 3 + rand() % 5;
        car->before_min = rand() % 3 ? 0 : rand() % 400;
        car->after_min = rand() % 3 ? 0 : rand() % 400;
        car->late_days = rand() % 3;
    }
    for (size_t i = 0; i < legs; i++) {
        enum mob_span span = (enum mob_span)(rand() % 3);

        add_leg(town, rand() % 3 == 0, span, span == MOB_SPAN_STAY || rand() % 2 ? MOB_ABSENT : 1 + rand() % 600);
    }
    for (size_t i = 0; i < entries; i++) {
        struct mob_entry *entry = add_entry(town, (size_t)rand() % COUNT_OF(request_names),
                                            rand() % 3 ? MOB_STATUS_BOOKED : (enum mob_status)(rand() % 7));
        size_t rows = 1 + (size_t)rand() % MOST_ROWS;

        entry->back = random_time();
        entry->expires = entry->status == MOB_STATUS_OPTION && rand() % 4 ? random_time() : MOB_ABSENT;
        for (size_t j = 0; j < rows; j++) {
            int64_t from = random_time();

            add_row(entry, (size_t)rand() % resources, (enum mob_span)(rand() % 3), from,
                    from + 1 + rand() % (rand() % 2 ? 400 : 3000));
        }
    }
}

static bool agree(struct town *town)
{
    struct mob_planning planning;
    struct mob_placement placements[MOST_LEGS];
    struct mob_text offered[MOST_LEGS];
    struct mob_demand demand = {
        .solution = &town->solution, .out = random_time(), .explain_min = 1 + rand() % 60, .except = MOB_OWNER_NONE
    };
    struct plain plain = { .town = town, .demand = &demand };
    size_t failed;
    bool placed, good;

    demand.back = demand.out + 1 + rand() % 2000;
    for (size_t i = 0; i < MOST_LEGS; i++)
        offered[i] = resource_names[rand() % MOST_RESOURCES];
    if (rand() % 3 == 0)
        demand.offered = offered;
    if (town->calendar.request_count && rand() % 2)
        demand.except = (size_t)rand() % town->calendar.request_count;
    list_occupations(&plain);
    mob_planning_init(&planning, &town->policy, &town->calendar, town->now);
    if (rand() % 3 == 0) { /* a hold of the same run */
        struct mob_placement hold = { &town->fleet[0], { demand.out - 100, demand.out + 100 } };

        mob_planning_hold(&planning, &hold, 1);
        plain.occupations[plain.count++] = (struct occupation){ 0, MOB_OWNER_HOLD, hold.busy.from, hold.busy.until };
    }
    placed = plain_place(&plain, 0);
    failed = mob_planning_place(&planning, &demand, placements);
    good = failed == (placed ? MOB_PLACED : plain.deepest);
    for (size_t i = 0; i < town->solution.leg_count && placed && good; i++)
        good = placements[i].resource == &town->fleet[plain.chosen[i]] && placements[i].busy.from == plain.from[i] &&
               placements[i].busy.until == plain.until[i];
    mob_planning_release(&planning);
    return good;
}

static void check_against_plain_search(void)
{
    int disagreed = -1;

    srand(20261130);
    for (int round = 0; round < 4000 && disagreed < 0; round++) {
        struct town town = { 0 };

        fill_town(&town);
        open_town(&town);
        for (int tries = 0; tries < 10 && disagreed < 0; tries++)
            if (!agree(&town))
                disagreed = round;
        close_town(&town);
    }
    if (disagreed >= 0)
        printf("# round %d\n", disagreed);
    mob_tap_check(disagreed < 0, "resources are placed as a plain search over lists places them");
}

int main(void)
{
    check_occupations();
    check_highest_entry();
    check_overdue();
    check_service();
    check_widening();
    check_uses();
    check_order();
    check_backtracking();
    check_against_plain_search();
    return mob_tap_finish();
}
