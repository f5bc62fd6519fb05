#include "view/zone.h"

#include "base/date.h"

#include <libical/ical.h>
#include <libical/icaltz-util.h>

/* Rules begin on the local clock and end in UTC: whole days are compared, with so many to spare. */
enum { SPARE_DAYS = 2 };

/* A name of the zoneinfo database, never a path out of it; those below right/ count leap seconds, which no calendar
 * does. */
static bool is_zone_name(struct mob_text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.bytes[i];
        bool is_letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');

        if (!is_letter && !(byte >= '0' && byte <= '9') && !memchr("_+-/", byte, 4))
            return false;
    }
    return name.length && name.bytes[0] != '/' && !(name.length > 6 && memcmp(name.bytes, "right/", 6) == 0);
}

icalcomponent *mob_zone_new(const char *name)
{
    icalcomponent *zone = is_zone_name(mob_text_of(name)) ? icaltzutil_fetch_timezone(name) : NULL;
    icalproperty *property;

    if (!zone)
        return NULL;
    /* libical's own: some readers refuse a zone that has it. */
    while ((property = icalcomponent_get_first_property(zone, ICAL_X_PROPERTY))) {
        icalcomponent_remove_property(zone, property);
        icalproperty_free(property);
    }
    icalproperty_set_tzid(icalcomponent_get_first_property(zone, ICAL_TZID_PROPERTY), name);
    return zone;
}

/* ---- when a part of the zone, STANDARD or DAYLIGHT, sets in ---- */

/* A day as the number that its digits make: 20261130. */
static int64_t day_of(struct icaltimetype time)
{
    return ((int64_t)time.year * 100 + time.month) * 100 + time.day;
}

static int64_t day_of_instant(int64_t instant)
{
    int64_t date = mob_instant_date(instant), year = mob_date_year(date);
    char text[MOB_DATE_SIZE];
    int month, day;

    mob_date_print(date, text);
    month = (text[5] - '0') * 10 + (text[6] - '0');
    day = (text[8] - '0') * 10 + (text[9] - '0');
    return (year * 100 + month) * 100 + day;
}

static int64_t first_day(icalcomponent *part)
{
    return day_of(icalcomponent_get_dtstart(part));
}

static icalproperty *rule_of(icalcomponent *part)
{
    return icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
}

/* INT64_MAX where there is no last one. */
static int64_t last_day(icalcomponent *part)
{
    icalproperty *rule = rule_of(part);
    int64_t last = first_day(part);

    if (rule) {
        struct icaltimetype until = icalproperty_get_rrule(rule).until;

        return icaltime_is_null_time(until) ? INT64_MAX : day_of(until);
    }
    for (icalproperty *date = icalcomponent_get_first_property(part, ICAL_RDATE_PROPERTY); date;
         date = icalcomponent_get_next_property(part, ICAL_RDATE_PROPERTY))
        if (day_of(icalproperty_get_rdate(date).time) > last)
            last = day_of(icalproperty_get_rdate(date).time);
    return last;
}

/* ---- trimming ---- */

static void drop(icalcomponent *zone, icalcomponent *part)
{
    icalcomponent_remove_component(zone, part);
    icalcomponent_free(part);
}

/* Drops each part that set in for the last time before another one did, and that by `day`. */
static void drop_past(icalcomponent *zone, int64_t day)
{
    int64_t latest = 0;
    icalcomponent *part, *next;

    for (part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part;
         part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
        int64_t set_in = last_day(part) <= day ? last_day(part) : first_day(part);

        if (set_in <= day && set_in > latest)
            latest = set_in;
    }
    for (part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part; part = next) {
        next = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT);
        if (last_day(part) < latest)
            drop(zone, part);
    }
}

static int offset(icalcomponent *part, icalproperty_kind kind)
{
    const icalproperty *property = icalcomponent_get_first_property(part, kind);

    return kind == ICAL_TZOFFSETTO_PROPERTY ? icalproperty_get_tzoffsetto(property)
                                            : icalproperty_get_tzoffsetfrom(property);
}

/* Whether `later` goes on, without an end, in the year after `part` ends, by the same yearly rule. */
static bool goes_on(icalcomponent *part, icalcomponent *later)
{
    struct icaltimetype start = icalcomponent_get_dtstart(part), again = icalcomponent_get_dtstart(later), until;
    struct icalrecurrencetype rule, endless;
    char *one, *other;
    bool is_same;

    if (!rule_of(part) || !rule_of(later) || icalcomponent_isa(part) != icalcomponent_isa(later) ||
        offset(part, ICAL_TZOFFSETTO_PROPERTY) != offset(later, ICAL_TZOFFSETTO_PROPERTY) ||
        offset(part, ICAL_TZOFFSETFROM_PROPERTY) != offset(later, ICAL_TZOFFSETFROM_PROPERTY) ||
        start.hour != again.hour || start.minute != again.minute || start.second != again.second)
        return false;
    rule = icalproperty_get_rrule(rule_of(part));
    endless = icalproperty_get_rrule(rule_of(later));
    until = rule.until;
    rule.until = icaltime_null_time();
    one = icalrecurrencetype_as_string_r(&rule);
    other = icalrecurrencetype_as_string_r(&endless);
    is_same = until.year + 1 == again.year && one && other && strcmp(one, other) == 0;
    icalmemory_free_buffer(one);
    icalmemory_free_buffer(other);
    return is_same;
}

static void join(icalcomponent *zone, icalcomponent *part, icalcomponent *later)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(rule_of(later));

    icalproperty_set_rrule(rule_of(part), rule);
    drop(zone, later);
}

/* The part that goes on where `part` ends, or NULL. */
static icalcomponent *find_later(icalcomponent *zone, icalcomponent *part)
{
    icalcompiter iterator = icalcomponent_begin_component(zone, ICAL_ANY_COMPONENT);
    icalcomponent *later;

    for (later = icalcompiter_deref(&iterator); later && !goes_on(part, later); later = icalcompiter_next(&iterator))
        continue;
    return later;
}

void mob_zone_trim(icalcomponent *zone, int64_t earliest)
{
    icalcomponent *part;

    earliest -= SPARE_DAYS * MOB_DAY_MIN;
    if (mob_instant_is_valid(earliest))
        drop_past(zone, day_of_instant(earliest));
    for (part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part;
         part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
        icalcomponent *later = find_later(zone, part);

        if (later)
            join(zone, part, later);
    }
}
