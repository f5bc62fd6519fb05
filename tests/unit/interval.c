/* base/interval: sets against a plain list that is searched from end to end, on random intervals. */
#include "base/interval.h"
#include "tap.h"

#include <stdlib.h>

enum {
    ROUNDS = 3000,
    MOST = 40,  /* intervals in a set */
    RANGE = 60, /* instants */
    OWNERS = 6
};

struct listed {
    struct mob_interval interval;
    size_t owner;
    bool is_gone;
};

struct both {
    struct mob_interval_set set;
    struct listed list[MOST];
    size_t count;
};

static struct mob_interval random_interval(void)
{
    int64_t from = rand() % RANGE;

    return (struct mob_interval){ from, from + 1 + rand() % (rand() % 4 == 0 ? 30 : 6) };
}

/* Minute by minute, so that it owes nothing to the comparison of ends. */
static bool share_a_minute(struct mob_interval one, struct mob_interval other)
{
    for (int64_t minute = one.from; minute < one.until; minute++)
        if (minute >= other.from && minute < other.until)
            return true;
    return false;
}

static bool list_overlaps(const struct both *both, struct mob_interval interval, size_t except)
{
    for (size_t i = 0; i < both->count; i++)
        if (!both->list[i].is_gone && both->list[i].owner != except && share_a_minute(both->list[i].interval, interval))
            return true;
    return false;
}

static int64_t list_end_before(const struct both *both, int64_t instant, size_t except)
{
    int64_t latest = MOB_ABSENT;

    for (size_t i = 0; i < both->count; i++) {
        int64_t until = both->list[i].interval.until;

        if (!both->list[i].is_gone && both->list[i].owner != except && until <= instant && until > latest)
            latest = until;
    }
    return latest;
}

/* Whether the walk gives each overlapping interval's owner exactly once. */
static bool walks_right(const struct both *both, struct mob_interval interval)
{
    size_t expected[OWNERS] = { 0 }, found[OWNERS] = { 0 };
    size_t cursor = SIZE_MAX, owner, steps = 0;

    for (size_t i = 0; i < both->count; i++)
        if (!both->list[i].is_gone && share_a_minute(both->list[i].interval, interval))
            expected[both->list[i].owner]++;
    while (steps++ <= MOST && mob_interval_set_next(&both->set, interval, &cursor, &owner))
        found[owner]++;
    return memcmp(expected, found, sizeof found) == 0;
}

static bool agree(const struct both *both)
{
    for (int tries = 0; tries < 12; tries++) {
        struct mob_interval interval = random_interval();
        size_t except = (size_t)rand() % (OWNERS + 1);

        if (except == OWNERS)
            except = SIZE_MAX; /* nobody */
        if (mob_interval_set_overlaps(&both->set, interval, except) != list_overlaps(both, interval, except) ||
            mob_interval_set_end_before(&both->set, interval.from, except) !=
                list_end_before(both, interval.from, except) ||
            !walks_right(both, interval))
            return false;
    }
    return true;
}

/* Whether a merged copy of the set covers what the list does, and has a gap behind each interval. */
static bool merges_right(const struct both *both)
{
    struct mob_interval_set merged = { 0 };
    struct mob_interval window = random_interval();
    int64_t covered = 0;
    bool good;

    for (size_t i = 0; i < both->set.count; i++)
        mob_interval_set_append(&merged, both->set.items[i].interval, both->set.items[i].owner);
    mob_interval_set_sort(&merged);
    mob_interval_set_merge(&merged);
    for (int64_t minute = window.from; minute < window.until; minute++)
        covered += list_overlaps(both, (struct mob_interval){ minute, minute + 1 }, SIZE_MAX);
    good = mob_interval_set_covered(&merged, window) == covered;
    for (int64_t minute = 0; minute < 2 * RANGE && good; minute++) {
        struct mob_interval one = { minute, minute + 1 };

        good = mob_interval_set_overlaps(&merged, one, SIZE_MAX) == list_overlaps(both, one, SIZE_MAX);
    }
    for (size_t i = 1; i < merged.count && good; i++)
        good = merged.items[i - 1].interval.until < merged.items[i].interval.from;
    mob_interval_set_release(&merged);
    return good;
}

static void add(struct both *both, bool in_bulk)
{
    struct listed one = { random_interval(), (size_t)rand() % OWNERS, false };

    if (in_bulk)
        mob_interval_set_append(&both->set, one.interval, one.owner);
    else
        mob_interval_set_add(&both->set, one.interval, one.owner);
    both->list[both->count++] = one;
}

/* Takes out one interval at random, or asks for one that may not be there. */
static void remove_one(struct both *both)
{
    struct listed one = { random_interval(), (size_t)rand() % OWNERS, false };

    if (both->count && rand() % 4)
        one = both->list[(size_t)rand() % both->count];
    mob_interval_set_remove(&both->set, one.interval, one.owner);
    for (size_t i = 0; i < both->count; i++) {
        struct listed *other = &both->list[i];

        if (!other->is_gone && other->owner == one.owner && other->interval.from == one.interval.from &&
            other->interval.until == one.interval.until) {
            other->is_gone = true;
            return;
        }
    }
}

static bool round_agrees(void)
{
    struct both both = { 0 };
    size_t bulk = (size_t)rand() % (MOST / 2), single = (size_t)rand() % (MOST / 2);
    bool good;

    for (size_t i = 0; i < bulk; i++)
        add(&both, true);
    mob_interval_set_sort(&both.set);
    good = agree(&both);
    for (size_t i = 0; i < single && good; i++) {
        add(&both, false);
        if (rand() % 2 == 0)
            remove_one(&both);
        good = agree(&both);
    }
    good = good && merges_right(&both);
    mob_interval_set_release(&both.set);
    return good;
}

static void check_edges(void)
{
    struct mob_interval nine_to_ten = { 540, 600 };
    struct mob_interval_set set = { 0 };
    struct mob_interval before = { 480, 540 }, behind = { 600, 660 };

    mob_tap_check(!mob_interval_overlaps(nine_to_ten, behind) && !mob_interval_overlaps(behind, nine_to_ten) &&
                      !mob_interval_overlaps(nine_to_ten, before) && !mob_interval_overlaps(before, nine_to_ten),
                  "touching intervals do not overlap");
    mob_tap_check(mob_interval_overlaps(nine_to_ten, (struct mob_interval){ 599, 660 }) &&
                      mob_interval_overlaps(nine_to_ten, nine_to_ten) &&
                      mob_interval_overlaps((struct mob_interval){ 0, 1440 }, nine_to_ten),
                  "one common minute is an overlap");
    mob_tap_check(mob_interval_common(nine_to_ten, (struct mob_interval){ 599, 660 }).from == 599 &&
                      mob_interval_common((struct mob_interval){ 0, 1440 }, nine_to_ten).until == 600 &&
                      mob_interval_common(before, behind).from >= mob_interval_common(before, behind).until,
                  "what two intervals have in common, or nothing");
    mob_tap_check(!mob_interval_set_overlaps(&set, nine_to_ten, SIZE_MAX) &&
                      mob_interval_set_end_before(&set, 600, SIZE_MAX) == MOB_ABSENT,
                  "an empty set stands in nobody's way");
    mob_interval_set_add(&set, nine_to_ten, 1);
    mob_tap_check(mob_interval_set_end_before(&set, 600, SIZE_MAX) == 600 &&
                      mob_interval_set_end_before(&set, 599, SIZE_MAX) == MOB_ABSENT &&
                      mob_interval_set_end_before(&set, 600, 1) == MOB_ABSENT,
                  "an end at the very instant is before it, one's own is not looked at");
    mob_interval_set_remove(&set, nine_to_ten, 2);
    mob_interval_set_remove(&set, (struct mob_interval){ 540, 601 }, 1);
    mob_interval_set_remove(&set, (struct mob_interval){ 539, 600 }, 1);
    mob_tap_check(mob_interval_set_overlaps(&set, nine_to_ten, 2),
                  "the removal of another owner's, or of another interval, changes nothing");
    mob_interval_set_release(&set);
}

int main(void)
{
    int disagreed = -1;

    srand(20261130);
    check_edges();
    for (int i = 0; i < ROUNDS && disagreed < 0; i++)
        if (!round_agrees())
            disagreed = i;
    if (disagreed >= 0)
        printf("# round %d\n", disagreed);
    mob_tap_check(disagreed < 0, "sets answer as a list that is searched from end to end does");
    return mob_tap_finish();
}
