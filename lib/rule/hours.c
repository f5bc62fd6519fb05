#include "rule/hours.h"

static const struct mob_day_hours *own_rows(const struct mob_hours *hours, enum mob_area area, int64_t date)
{
    const struct mob_day_hours *dates = hours->dates[area];
    size_t low = 0, high = hours->date_count[area];

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (dates[middle].date < date)
            low = middle + 1;
        else
            high = middle;
    }
    return low < hours->date_count[area] && dates[low].date == date ? &dates[low] : NULL;
}

static enum mob_area area_of(enum mob_use use)
{
    return use == MOB_USE_WORKSHOP ? MOB_AREA_WORKSHOP : use == MOB_USE_PREP ? MOB_AREA_PREP : MOB_AREA_RECEPTION;
}

bool mob_hours_is_closed(const struct mob_hours *hours, int64_t date, enum mob_use use)
{
    const struct mob_closed_from *closed;
    size_t low = 0, high = hours->closed_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (hours->closed[middle].date <= date)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return false;
    closed = &hours->closed[low - 1];
    if (closed->named & use)
        return true;
    return closed->is_unnamed && !own_rows(hours, area_of(use), date);
}

/* The hours of an area on a date, closures aside. */
static const struct mob_day_hours *listed(const struct mob_hours *hours, enum mob_area area, int64_t date)
{
    const struct mob_day_hours *own = own_rows(hours, area, date);

    return own ? own : &hours->week[area][mob_date_weekday(date)];
}

/* The same, empty where a closure shuts the area: of workshop and prep, for at the reception closures shut departures
 * and returns only. */
static const struct mob_day_hours *in_force(const struct mob_hours *hours, enum mob_area area, int64_t date)
{
    static const struct mob_day_hours shut;
    enum mob_use use = area == MOB_AREA_WORKSHOP ? MOB_USE_WORKSHOP : MOB_USE_PREP;

    return mob_hours_is_closed(hours, date, use) ? &shut : listed(hours, area, date);
}

const struct mob_day_hours *mob_hours_reception(const struct mob_hours *hours, int64_t date)
{
    return listed(hours, MOB_AREA_RECEPTION, date);
}

/* Whether a reception interval that is open until `until` on `date` lasts to `instant`, over midnights if need be. */
static bool lasts(const struct mob_hours *hours, int64_t date, int64_t until, int64_t instant)
{
    while (mob_instant_of_date(date) + until < instant) {
        const struct mob_day_hours *next;

        if (until != MOB_DAY_MIN)
            return false;
        next = listed(hours, MOB_AREA_RECEPTION, ++date);
        if (next->count == 0 || next->open[0].from != 0)
            return false;
        until = next->open[0].until;
    }
    return true;
}

bool mob_hours_is_open(const struct mob_hours *hours, int64_t instant, int64_t minutes, enum mob_use use)
{
    int64_t date = mob_instant_date(instant);
    int64_t time = mob_instant_time(instant);
    const struct mob_day_hours *day = listed(hours, MOB_AREA_RECEPTION, date);

    for (size_t i = 0; i < day->count; i++)
        if (day->open[i].from <= time && time <= day->open[i].until &&
            lasts(hours, date, day->open[i].until, instant + minutes))
            return !mob_hours_is_closed(hours, date, use);
    return false;
}

bool mob_hours_closes_by(const struct mob_hours *hours, int64_t date, int64_t instant)
{
    const struct mob_day_hours *day = listed(hours, MOB_AREA_RECEPTION, date);

    return day->count > 0 && lasts(hours, date, day->open[day->count - 1].until, instant);
}

int64_t mob_hours_after(const struct mob_hours *hours, enum mob_area area, int64_t from, int64_t minutes,
                        int64_t origin)
{
    int64_t limit = origin + MOB_SEARCH_MIN;

    if (minutes == 0)
        return from <= limit ? from : MOB_ABSENT;
    for (int64_t date = mob_instant_date(from); date <= MOB_DATE_LAST; date++) {
        int64_t midnight = mob_instant_of_date(date);
        const struct mob_day_hours *day;

        if (midnight > limit)
            return MOB_ABSENT;
        day = in_force(hours, area, date);
        for (size_t i = 0; i < day->count; i++) {
            int64_t start = midnight + day->open[i].from;
            int64_t end = midnight + day->open[i].until;

            if (start < from)
                start = from;
            if (end <= start)
                continue;
            if (end - start >= minutes)
                return start + minutes <= limit ? start + minutes : MOB_ABSENT;
            minutes -= end - start;
        }
    }
    return MOB_ABSENT;
}

int64_t mob_hours_before(const struct mob_hours *hours, enum mob_area area, int64_t until, int64_t minutes)
{
    int64_t limit = until - MOB_SEARCH_MIN;

    if (minutes == 0)
        return until;
    for (int64_t date = mob_instant_date(until); date >= MOB_DATE_FIRST; date--) {
        int64_t midnight = mob_instant_of_date(date);
        const struct mob_day_hours *day;

        if (midnight + MOB_DAY_MIN < limit)
            return MOB_ABSENT;
        day = in_force(hours, area, date);
        for (size_t i = day->count; i-- > 0;) {
            int64_t start = midnight + day->open[i].from;
            int64_t end = midnight + day->open[i].until;

            if (end > until)
                end = until;
            if (end <= start)
                continue;
            if (end - start >= minutes)
                return end - minutes >= limit ? end - minutes : MOB_ABSENT;
            minutes -= end - start;
        }
    }
    return MOB_ABSENT;
}

int64_t mob_hours_longest(const struct mob_hours *hours)
{
    const struct mob_day_hours *week = hours->week[MOB_AREA_RECEPTION];
    int64_t longest = 0;

    for (int weekday = 0; weekday < 7; weekday++)
        for (size_t i = 0; i < week[weekday].count; i++) {
            int64_t length = week[weekday].open[i].until - week[weekday].open[i].from;
            bool to_midnight = week[weekday].open[i].until == MOB_DAY_MIN;

            for (int days = 1; days < 7 && to_midnight; days++) {
                const struct mob_day_hours *next = &week[(weekday + days) % 7];

                if (next->count == 0 || next->open[0].from != 0)
                    break;
                length += next->open[0].until;
                to_midnight = next->open[0].until == MOB_DAY_MIN;
            }
            if (to_midnight && length >= 7 * MOB_DAY_MIN)
                return 0; /* round the week and never shut */
            if (length > longest)
                longest = length;
        }
    return longest;
}

bool mob_hours_is_working_day(const struct mob_hours *hours, int64_t date)
{
    return listed(hours, MOB_AREA_RECEPTION, date)->count > 0 && !mob_hours_is_closed(hours, date, MOB_USE_DEPARTURE);
}

int mob_hours_notice(const struct mob_hours *hours, int64_t now, struct mob_notice notice, int64_t *earliest)
{
    int64_t date = mob_instant_date(now);
    int64_t instant;

    if (notice.unit != MOB_NOTICE_WORKING_DAYS) {
        instant = now + mob_notice_minutes(notice);
        if (!mob_instant_is_valid(instant))
            return -1;
        *earliest = instant;
        return 0;
    }
    for (int64_t passed = 0; passed < notice.amount;) {
        if (++date >= MOB_DATE_LAST)
            return -1;
        passed += mob_hours_is_working_day(hours, date);
    }
    *earliest = mob_instant_of_date(date + 1);
    return 0;
}
