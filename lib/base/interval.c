#include "base/interval.h"

#include <stdlib.h>

void mob_interval_set_release(struct mob_interval_set *set)
{
    free(set->items);
    *set = (struct mob_interval_set){ 0 };
}

/* How many items begin before `instant`. */
static size_t count_before(const struct mob_interval_set *set, int64_t instant)
{
    size_t low = 0, high = set->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (set->items[middle].interval.from < instant)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Brings `reach` up to date from item `first` on; stops where it is right already. */
static void restore_reach(struct mob_interval_set *set, size_t first)
{
    for (size_t i = first; i < set->count; i++) {
        int64_t reach = set->items[i].interval.until;

        if (i > 0 && set->items[i - 1].reach > reach)
            reach = set->items[i - 1].reach;
        if (i > first && set->items[i].reach == reach)
            return;
        set->items[i].reach = reach;
    }
}

void mob_interval_set_add(struct mob_interval_set *set, struct mob_interval interval, size_t owner)
{
    size_t at = count_before(set, interval.from);

    set->items = mob_memory_grow(set->items, &set->capacity, set->count + 1, sizeof *set->items);
    memmove(set->items + at + 1, set->items + at, (set->count - at) * sizeof *set->items);
    set->items[at] = (struct mob_interval_item){ interval, MOB_ABSENT, owner };
    set->count++;
    restore_reach(set, at);
}

void mob_interval_set_append(struct mob_interval_set *set, struct mob_interval interval, size_t owner)
{
    set->items = mob_memory_grow(set->items, &set->capacity, set->count + 1, sizeof *set->items);
    set->items[set->count++] = (struct mob_interval_item){ interval, MOB_ABSENT, owner };
}

static int compare_from(const void *one, const void *other)
{
    const struct mob_interval_item *a = one, *b = other;

    return a->interval.from < b->interval.from ? -1 : a->interval.from > b->interval.from;
}

void mob_interval_set_sort(struct mob_interval_set *set)
{
    if (set->count)
        qsort(set->items, set->count, sizeof *set->items, compare_from);
    for (size_t i = 0; i < set->count; i++)
        set->items[i].reach = MOB_ABSENT;
    restore_reach(set, 0);
}

void mob_interval_set_remove(struct mob_interval_set *set, struct mob_interval interval, size_t owner)
{
    for (size_t i = count_before(set, interval.from); i < set->count; i++) {
        const struct mob_interval_item *item = &set->items[i];

        if (item->interval.from != interval.from)
            return;
        if (item->interval.until == interval.until && item->owner == owner) {
            set->count--;
            memmove(set->items + i, set->items + i + 1, (set->count - i) * sizeof *set->items);
            restore_reach(set, i);
            return;
        }
    }
}

bool mob_interval_set_next(const struct mob_interval_set *set, struct mob_interval interval, size_t *cursor,
                           size_t *owner)
{
    size_t i = *cursor == SIZE_MAX ? count_before(set, interval.until) : *cursor;

    while (i-- > 0 && set->items[i].reach > interval.from)
        if (set->items[i].interval.until > interval.from) {
            *cursor = i;
            *owner = set->items[i].owner;
            return true;
        }
    return false;
}

bool mob_interval_set_overlaps(const struct mob_interval_set *set, struct mob_interval interval, size_t except)
{
    size_t cursor = SIZE_MAX, owner;

    while (mob_interval_set_next(set, interval, &cursor, &owner))
        if (owner != except)
            return true;
    return false;
}

int64_t mob_interval_set_end_before(const struct mob_interval_set *set, int64_t instant, size_t except)
{
    int64_t latest = MOB_ABSENT;

    for (size_t i = count_before(set, instant); i-- > 0;) {
        const struct mob_interval_item *item = &set->items[i];

        if (latest != MOB_ABSENT && item->reach <= latest)
            break;
        if (item->owner != except && item->interval.until <= instant && item->interval.until > latest)
            latest = item->interval.until;
    }
    return latest;
}

void mob_interval_set_merge(struct mob_interval_set *set)
{
    size_t count = 0;

    for (size_t i = 0; i < set->count; i++) {
        struct mob_interval_item *last = count ? &set->items[count - 1] : NULL;
        const struct mob_interval_item *item = &set->items[i];

        if (!last || item->interval.from > last->interval.until)
            set->items[count++] = *item;
        else if (item->interval.until > last->interval.until)
            last->interval.until = last->reach = item->interval.until;
    }
    set->count = count;
}

int64_t mob_interval_set_covered(const struct mob_interval_set *set, struct mob_interval interval)
{
    int64_t covered = 0;

    for (size_t i = count_before(set, interval.until); i-- > 0 && set->items[i].interval.until > interval.from;) {
        struct mob_interval common = mob_interval_common(set->items[i].interval, interval);

        covered += common.until - common.from;
    }
    return covered;
}
