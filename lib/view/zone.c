#include "view/zone.h"

#include <libical/ical.h>
#include <stdio.h>

enum {
    DAY_SECONDS = 86400,
    SPARE_SECONDS = 2 * DAY_SECONDS, /* more than any offset: instants are local, onsets of UTC */
    YEAR_SECONDS = 366 * DAY_SECONDS
};

/* libical answers NULL where memory is out. */
static icalproperty *made(icalproperty *property)
{
    if (!property)
        mob_memory_exhausted();
    return property;
}

/* What clocks that are `ahead` of UTC show at `at`. */
static struct icaltimetype clock_at(int64_t at, int64_t ahead)
{
    int64_t local = at + ahead - MOB_INSTANT_FIRST * 60;
    int64_t date = local / DAY_SECONDS + MOB_DATE_FIRST;
    int time = (int)(local % DAY_SECONDS);

    return (struct icaltimetype){ .year = mob_date_year(date),
                                  .month = mob_date_month(date),
                                  .day = mob_date_day(date),
                                  .hour = time / 3600,
                                  .minute = time / 60 % 60,
                                  .second = time % 60 };
}

/* An onset, `at` seconds of UTC, that comes again by `rule` where it is not empty. */
static void add_observance(icalcomponent *zone, int64_t at, int64_t before, struct mob_offset offset, const char *rule)
{
    icalcomponent *part = icalcomponent_new(offset.is_daylight ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);

    if (!part)
        mob_memory_exhausted();
    icalcomponent_add_property(part, made(icalproperty_new_tzname(offset.name)));
    icalcomponent_add_property(part, made(icalproperty_new_tzoffsetfrom((int)before)));
    icalcomponent_add_property(part, made(icalproperty_new_tzoffsetto((int)offset.seconds)));
    icalcomponent_add_property(part, made(icalproperty_new_dtstart(clock_at(at, before))));
    if (*rule)
        icalcomponent_add_property(part, made(icalproperty_new_rrule(icalrecurrencetype_from_string(rule))));
    icalcomponent_add_component(zone, part);
}

/* ---- yearly rules ---- */

/* A yearly change as a recurrence rule, where iCalendar can say it. */
struct recurrence {
    const struct mob_yearly *yearly;
    char rule[100];
    int64_t first_year; /* from which on each of its onsets is there */
};

/* Says on which days of its month a yearly change comes; false where that may be another month's. */
static bool write_rule(const struct mob_yearly *yearly, char *rule, size_t size)
{
    static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
    int64_t shift = yearly->time < 0 ? -((-yearly->time + DAY_SECONDS - 1) / DAY_SECONDS) : yearly->time / DAY_SECONDS;
    int64_t first = mob_date_of(2001, yearly->month, 1), days = mob_date_month_start(first + 31) - first;
    int64_t last = (yearly->week < 5 ? yearly->week * INT64_C(7) : days) + shift;
    const char *weekday = weekdays[(yearly->weekday + shift + 14) % 7];
    int used;

    if (shift == 0) {
        snprintf(rule, size, "FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", yearly->month, yearly->week < 5 ? yearly->week : -1,
                 weekday);
        return true;
    }
    if (last < 7 || last > days || (yearly->month == 2 && yearly->week == 5))
        return false;
    used = snprintf(rule, size, "FREQ=YEARLY;BYMONTH=%d;BYDAY=%s;BYMONTHDAY=", yearly->month, weekday);
    for (int64_t day = last - 6; day <= last; day++)
        used += snprintf(rule + used, size - (size_t)used, day < last ? "%d," : "%d", (int)day);
    return true;
}

/* Whether the zone has exactly this onset. */
static bool has_onset(const struct mob_onsets *onsets, int64_t at, const struct mob_yearly *yearly)
{
    for (size_t i = onsets->count; i-- > 0 && onsets->items[i].at >= at;)
        if (onsets->items[i].at == at)
            return mob_onsets_before(onsets, i) == yearly->from.seconds &&
                   mob_offset_is_same(onsets->items[i].offset, yearly->to);
    return false;
}

static size_t find_recurrences(const struct mob_onsets *onsets, struct recurrence recurrences[2])
{
    size_t count = 0;

    for (size_t i = 0; i < onsets->rule_count; i++) {
        struct recurrence *found = &recurrences[count];
        const struct mob_yearly *yearly = found->yearly = &onsets->rules[i];

        found->first_year = onsets->until_year + 1;
        while (has_onset(onsets, mob_yearly_at(yearly, found->first_year - 1), yearly))
            found->first_year--;
        count += write_rule(yearly, found->rule, sizeof found->rule);
    }
    return count;
}

static bool is_ruled(const struct recurrence *recurrences, size_t count, int64_t at)
{
    int64_t year = mob_date_year(mob_instant_date(at / 60));

    /* On the clock it may be the year before or behind. */
    for (size_t i = 0; i < count; i++)
        for (int64_t near = year - 1; near <= year + 1; near++)
            if (near >= recurrences[i].first_year && mob_yearly_at(recurrences[i].yearly, near) == at)
                return true;
    return false;
}

/* ---- the zone ---- */

icalcomponent *mob_zone_new(const char *name, const struct mob_onsets *onsets, int64_t earliest, int64_t latest)
{
    const int64_t from = earliest * 60 - SPARE_SECONDS, until = latest * 60 + YEAR_SECONDS;
    icalcomponent *zone = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
    struct recurrence recurrences[2];
    size_t count = find_recurrences(onsets, recurrences), first = onsets->count;

    if (!zone)
        mob_memory_exhausted();
    icalcomponent_add_property(zone, made(icalproperty_new_tzid(name)));
    while (first > 0 && onsets->items[first - 1].at > from)
        first--;
    if (first == 0)
        add_observance(zone, MOB_INSTANT_FIRST * 60 - onsets->initial.seconds, onsets->initial.seconds, onsets->initial,
                       "");
    for (size_t i = first ? first - 1 : 0; i < onsets->count && onsets->items[i].at <= until; i++)
        if (!is_ruled(recurrences, count, onsets->items[i].at))
            add_observance(zone, onsets->items[i].at, mob_onsets_before(onsets, i), onsets->items[i].offset, "");
    for (size_t i = 0; i < count; i++) {
        const struct mob_yearly *yearly = recurrences[i].yearly;
        int64_t at = mob_yearly_at(yearly, recurrences[i].first_year);

        if (at <= until)
            add_observance(zone, at, yearly->from.seconds, yearly->to, recurrences[i].rule);
    }
    return zone;
}
