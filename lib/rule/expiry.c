#include "rule/expiry.h"

#include <stdlib.h>

/* What a row of an entry would occupy, and of which resource; NULL where there is nothing. */
static struct mob_interval_set *set_of(struct mob_expiry *expiry, const struct mob_booking_row *row,
                                       struct mob_interval *busy)
{
    const struct mob_resource *resource =
        row->span == MOB_ABSENT ? NULL : mob_policy_resource(expiry->policy, row->resource);

    if (!resource)
        return NULL;
    *busy = (struct mob_interval){ row->busy_from, row->busy_until };
    return busy->from < busy->until ? &expiry->resources[mob_policy_resource_number(expiry->policy, resource)] : NULL;
}

void mob_expiry_init(struct mob_expiry *expiry, const struct mob_policy *policy, struct mob_calendar *calendar,
                     int64_t now)
{
    *expiry = (struct mob_expiry){ policy, calendar, NULL };
    expiry->resources = mob_memory_new(policy->resource_count * sizeof *expiry->resources);
    for (size_t request = 0; request < calendar->request_count; request++) {
        const struct mob_entry *entry = &calendar->entries[calendar->highest[request]];

        for (size_t i = 0; i < entry->row_count && mob_entry_is_expired(entry, now); i++) {
            struct mob_interval busy;
            struct mob_interval_set *set = set_of(expiry, &entry->rows[i], &busy);

            if (set)
                mob_interval_set_append(set, busy, request);
        }
    }
    for (size_t i = 0; i < policy->resource_count; i++)
        mob_interval_set_sort(&expiry->resources[i]);
}

void mob_expiry_release(struct mob_expiry *expiry)
{
    for (size_t i = 0; i < expiry->policy->resource_count; i++)
        mob_interval_set_release(&expiry->resources[i]);
    free(expiry->resources);
}

void mob_expiry_add(struct mob_expiry *expiry, const struct mob_entry *entry)
{
    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_interval busy;
        struct mob_interval_set *set = set_of(expiry, &entry->rows[i], &busy);

        if (set)
            mob_interval_set_add(set, busy, entry->request_number);
    }
}

void mob_expiry_forget(struct mob_expiry *expiry, const struct mob_entry *entry)
{
    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_interval busy;
        struct mob_interval_set *set = set_of(expiry, &entry->rows[i], &busy);

        if (set)
            mob_interval_set_remove(set, busy, entry->request_number);
    }
}

static int compare_sizes(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;

    return a < b ? -1 : a > b;
}

static void cancel(struct mob_expiry *expiry, size_t number, struct mob_text operator_name, struct mob_arena *arena)
{
    const struct mob_entry *entry = &expiry->calendar->entries[number];
    struct mob_booking_row *row = mob_arena_take(arena, sizeof *row);
    struct mob_entry cancelled;

    mob_entry_cancel(entry, &cancelled, row);
    cancelled.number = mob_calendar_next_number(expiry->calendar);
    cancelled.note = MOB_NOTE_EXPIRED;
    cancelled.operator_name = operator_name;
    mob_expiry_forget(expiry, entry);
    mob_calendar_add(expiry->calendar, &cancelled);
}

void mob_expiry_make_way(struct mob_expiry *expiry, const struct mob_entry *entry, struct mob_text operator_name,
                         struct mob_arena *arena)
{
    size_t *found = NULL, found_count = 0, capacity = 0;

    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_interval busy;
        struct mob_interval_set *set = set_of(expiry, &entry->rows[i], &busy);
        size_t cursor = SIZE_MAX, owner;

        while (set && mob_interval_set_next(set, busy, &cursor, &owner)) {
            found = mob_memory_grow(found, &capacity, found_count + 1, sizeof *found);
            found[found_count++] = expiry->calendar->highest[owner];
        }
    }
    if (found_count)
        qsort(found, found_count, sizeof *found, compare_sizes);
    for (size_t i = 0; i < found_count; i++)
        if (i == 0 || found[i] != found[i - 1])
            cancel(expiry, found[i], operator_name, arena);
    free(found);
}
