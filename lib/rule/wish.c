#include "rule/wish.h"

#include "rule/reshape.h"

#include <stdlib.h>

/* Stretches of time, and the requests found in the way. */
struct parts {
    struct mob_interval *intervals;
    size_t count, capacity;
};

struct requests {
    size_t *entries; /* their highest, by index in the calendar */
    size_t count, capacity;
};

static void add_part(struct parts *parts, struct mob_interval interval)
{
    if (interval.from >= interval.until)
        return;
    parts->intervals = mob_memory_grow(parts->intervals, &parts->capacity, parts->count + 1, sizeof interval);
    parts->intervals[parts->count++] = interval;
}

static void take_off(struct parts *parts, struct mob_interval gone)
{
    size_t count = parts->count;

    for (size_t i = 0; i < count; i++) {
        struct mob_interval part = parts->intervals[i];

        if (!mob_interval_overlaps(part, gone))
            continue;
        parts->intervals[i].until = part.from < gone.from ? gone.from : part.from;
        add_part(parts, (struct mob_interval){ gone.until, part.until });
    }
}

static bool has_time(const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->intervals[i].from < parts->intervals[i].until)
            return true;
    return false;
}

static struct mob_interval interval_of(const struct mob_booking_row *row)
{
    return (struct mob_interval){ row->busy_from, row->busy_until };
}

static bool is_on(const struct mob_booking_row *row, struct mob_text resource)
{
    return row->span != MOB_ABSENT && mob_text_is(row->resource, resource);
}

static struct mob_interval common(struct mob_interval one, struct mob_interval other)
{
    return (struct mob_interval){ one.from > other.from ? one.from : other.from,
                                  one.until < other.until ? one.until : other.until };
}

/* From now on only: what is past is past. */
static struct mob_interval from_now(const struct mob_wish *wish, struct mob_interval interval)
{
    if (interval.from < wish->planning->now)
        interval.from = wish->planning->now;
    return interval;
}

static bool occupies(const struct mob_wish *wish)
{
    return wish->before && mob_entry_occupies(wish->before, wish->planning->now);
}

/* The time that a row of the new entry takes and the old one, as written, did not. */
static void find_new_time(const struct mob_wish *wish, const struct mob_booking_row *row, struct parts *parts)
{
    add_part(parts, from_now(wish, interval_of(row)));
    for (size_t i = 0; occupies(wish) && i < wish->before->row_count; i++)
        if (is_on(&wish->before->rows[i], row->resource))
            take_off(parts, interval_of(&wish->before->rows[i]));
}

/* Whether a row overlaps another one of the new entry at a time at which no two of the old one's did. */
static bool overlaps_itself(const struct mob_wish *wish, size_t number)
{
    const struct mob_entry *before = wish->before, *after = wish->after;
    struct mob_text resource = after->rows[number].resource;
    struct parts parts = { 0 };
    bool does;

    for (size_t i = 0; i < after->row_count; i++)
        if (i != number && is_on(&after->rows[i], resource))
            add_part(&parts, from_now(wish, common(interval_of(&after->rows[i]), interval_of(&after->rows[number]))));
    for (size_t i = 0; occupies(wish) && i < before->row_count && parts.count; i++)
        for (size_t j = 0; j < i; j++)
            if (is_on(&before->rows[i], resource) && is_on(&before->rows[j], resource)) {
                struct mob_interval both = common(interval_of(&before->rows[i]), interval_of(&before->rows[j]));

                if (both.from < both.until)
                    take_off(&parts, both);
            }
    does = has_time(&parts);
    free(parts.intervals);
    return does;
}

static void add_request(struct requests *requests, size_t entry)
{
    for (size_t i = 0; i < requests->count; i++)
        if (requests->entries[i] == entry)
            return;
    requests->entries = mob_memory_grow(requests->entries, &requests->capacity, requests->count + 1, sizeof entry);
    requests->entries[requests->count++] = entry;
}

static int compare_sizes(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;

    return a < b ? -1 : a > b;
}

/* `before` and the requests behind it, in order of their entries; frees them. */
static struct mob_text list(const struct mob_wish *wish, struct mob_buffer *text, struct requests *requests)
{
    size_t start = text->length;
    struct mob_text kept;

    if (requests->count)
        qsort(requests->entries, requests->count, sizeof *requests->entries, compare_sizes);
    for (size_t i = 0; i < requests->count; i++)
        mob_buffer_add_item(text, start, wish->calendar->entries[requests->entries[i]].request);
    kept = mob_text_copy(wish->arena, mob_buffer_since(text, 0));
    mob_buffer_release(text);
    free(requests->entries);
    return kept;
}

static size_t own_number(const struct mob_wish *wish)
{
    return wish->before ? wish->before->request_number : MOB_OWNER_NONE;
}

/* Whether a row can be had over the new time; what is in its way joins `requests`. */
static bool can_be_had(const struct mob_wish *wish, const struct mob_booking_row *row, struct requests *requests)
{
    const struct mob_planning *planning = wish->planning;
    const struct mob_resource *resource = mob_policy_resource(planning->policy, row->resource);
    struct parts parts = { 0 };
    bool can = true;

    find_new_time(wish, row, &parts);
    for (size_t i = 0; i < parts.count; i++) {
        struct mob_interval part = parts.intervals[i];
        size_t cursor = SIZE_MAX, request;

        if (part.from >= part.until)
            continue;
        if (resource && mob_planning_is_free(planning, resource, part, own_number(wish), NULL, 0))
            continue;
        can = false;
        while (resource && mob_planning_next_blocker(planning, resource, part, own_number(wish), &cursor, &request))
            add_request(requests, wish->calendar->highest[request]);
    }
    free(parts.intervals);
    return can;
}

struct mob_text mob_wish_obstacle(const struct mob_wish *wish)
{
    const struct mob_entry *after = wish->after;

    if (!mob_entry_occupies(after, wish->planning->now))
        return MOB_TEXT("");
    for (size_t i = 0; i < after->row_count; i++) {
        struct requests requests = { 0 };
        struct mob_buffer text = { 0 };

        if (after->rows[i].span == MOB_ABSENT)
            continue;
        if (can_be_had(wish, &after->rows[i], &requests) && !overlaps_itself(wish, i))
            continue;
        mob_buffer_add(&text, MOB_TEXT("full:"));
        mob_buffer_add(&text, mob_reshape_pool(wish->planning->policy, after, i));
        if (requests.count)
            mob_buffer_add(&text, MOB_TEXT(" by "));
        return list(wish, &text, &requests);
    }
    return MOB_TEXT("");
}

/* The planning knows the fleet only: of a resource that is gone the calendar is looked through. */
static void find_displaced_of_gone(const struct mob_wish *wish, const struct mob_booking_row *row,
                                   struct requests *requests)
{
    const struct mob_calendar *calendar = wish->calendar;

    for (size_t request = 0; request < calendar->request_count; request++) {
        const struct mob_entry *other = &calendar->entries[calendar->highest[request]];

        if (request == own_number(wish) || other->status == MOB_STATUS_AWAY ||
            !mob_entry_is_live(other, wish->planning->now))
            continue;
        for (size_t i = 0; i < other->row_count; i++)
            if (is_on(&other->rows[i], row->resource) &&
                mob_interval_overlaps(interval_of(&other->rows[i]), interval_of(row)))
                add_request(requests, calendar->highest[request]);
    }
}

struct mob_text mob_wish_displaced(const struct mob_wish *wish)
{
    const struct mob_planning *planning = wish->planning;
    const struct mob_entry *after = wish->after;
    struct requests requests = { 0 };
    struct mob_buffer text = { 0 };

    for (size_t i = 0; i < after->row_count && mob_entry_occupies(after, planning->now); i++) {
        const struct mob_resource *resource = mob_policy_resource(planning->policy, after->rows[i].resource);
        struct mob_interval busy = interval_of(&after->rows[i]);
        size_t cursor = SIZE_MAX, request;

        if (after->rows[i].span == MOB_ABSENT || busy.from >= busy.until)
            continue;
        if (!resource) {
            find_displaced_of_gone(wish, &after->rows[i], &requests);
            continue;
        }
        while (mob_planning_next_blocker(planning, resource, busy, own_number(wish), &cursor, &request)) {
            const struct mob_entry *other = &wish->calendar->entries[wish->calendar->highest[request]];

            if (other->status == MOB_STATUS_OPTION || other->status == MOB_STATUS_BOOKED)
                add_request(&requests, wish->calendar->highest[request]);
        }
    }
    return list(wish, &text, &requests);
}
