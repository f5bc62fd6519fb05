#include "rule/usage.h"

#include <stdlib.h>

/* ---- what is used ---- */

void mob_usage_init(struct mob_usage *usage, const struct mob_policy *policy, const struct mob_calendar *calendar,
                    int64_t now)
{
    size_t count = policy->resource_count;

    *usage = (struct mob_usage){ .policy = policy };
    mob_planning_init(&usage->planning, policy, calendar, now);
    usage->bookings = mob_memory_new(count * sizeof *usage->bookings);
    usage->occupied = mob_memory_new(count * sizeof *usage->occupied);
    usage->counted_by = mob_memory_new(calendar->request_count * sizeof *usage->counted_by);
    for (size_t i = 0; i < count; i++) {
        struct mob_interval_set *all = &usage->planning.resources[i];

        for (size_t j = 0; j < all->count; j++) {
            const struct mob_interval_item *item = &all->items[j];

            if (calendar->entries[calendar->highest[item->owner]].status == MOB_STATUS_BLOCKED)
                continue;
            mob_interval_set_append(&usage->bookings[i], item->interval, item->owner);
            mob_interval_set_append(&usage->occupied[i], item->interval, item->owner);
        }
        mob_interval_set_sort(&usage->bookings[i]);
        mob_interval_set_sort(&usage->occupied[i]);
        mob_interval_set_merge(&usage->occupied[i]);
        mob_interval_set_merge(all);
    }
}

void mob_usage_release(struct mob_usage *usage)
{
    for (size_t i = 0; i < usage->policy->resource_count; i++) {
        mob_interval_set_release(&usage->bookings[i]);
        mob_interval_set_release(&usage->occupied[i]);
    }
    free(usage->bookings);
    free(usage->occupied);
    free(usage->counted_by);
    mob_planning_release(&usage->planning);
}

static void add_resource(struct mob_usage *usage, size_t number, struct mob_interval period, struct mob_usage_row *row)
{
    struct mob_interval service = mob_interval_common(period, mob_resource_service(&usage->policy->fleet[number]));
    int64_t occupied_min, blocked_min;
    size_t cursor = SIZE_MAX, request;

    if (service.from >= service.until)
        return;
    occupied_min = mob_interval_set_covered(&usage->occupied[number], service);
    blocked_min = mob_interval_set_covered(&usage->planning.resources[number], service) - occupied_min;
    row->occupied_min += occupied_min;
    row->blocked_min += blocked_min;
    row->service_min += service.until - service.from - blocked_min;
    while (mob_interval_set_next(&usage->bookings[number], service, &cursor, &request)) {
        row->bookings += usage->counted_by[request] != usage->counts;
        usage->counted_by[request] = usage->counts;
    }
}

void mob_usage_count(struct mob_usage *usage, const size_t *resources, size_t resource_count,
                     struct mob_interval period, struct mob_usage_row *row)
{
    *row = (struct mob_usage_row){ 0 };
    usage->counts++;
    for (size_t i = 0; i < resource_count; i++)
        add_resource(usage, resources[i], period, row);
}

int64_t mob_usage_share_tenths(const struct mob_usage_row *row)
{
    if (row->service_min == 0)
        return MOB_ABSENT;
    return (2000 * row->occupied_min + row->service_min) / (2 * row->service_min);
}

/* ---- periods ---- */

const char *const mob_usage_by_words[] = { "day", "week", "month", NULL };

int64_t mob_usage_period_end(enum mob_usage_by by, int64_t date)
{
    switch (by) {
    case MOB_USAGE_BY_DAY:
        return date + 1;
    case MOB_USAGE_BY_WEEK:
        return date - mob_date_weekday(date) + 7;
    default:
        return mob_date_month_start(mob_date_month_start(date) + 31);
    }
}

void mob_usage_period_print(enum mob_usage_by by, int64_t date, char text[MOB_DATE_SIZE])
{
    enum { MONTH_LENGTH = 7 };

    if (by == MOB_USAGE_BY_WEEK) {
        mob_week_print(date, text);
        return;
    }
    mob_date_print(date, text);
    if (by == MOB_USAGE_BY_MONTH)
        text[MONTH_LENGTH] = '\0';
}
