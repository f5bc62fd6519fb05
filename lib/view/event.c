#include "view/event.h"

#include "view/letter.h"
#include "view/zone.h"

#include <libical/ical.h>

/* libical answers NULL where memory is out. */
static void *made(void *thing)
{
    if (!thing)
        mob_memory_exhausted();
    return thing;
}

static void add(icalcomponent *component, icalproperty *property)
{
    icalcomponent_add_property(component, made(property));
}

/* ---- texts and times ---- */

/* Appends what of a text may stand in a calendar; line ends become LF, which libical escapes. */
static void add_clean(struct mob_buffer *buffer, struct mob_text text)
{
    for (size_t i = 0; i < text.length;) {
        struct mob_text shown = { text.bytes + i, text.length - i };
        bool is_end = *shown.bytes == '\n' || *shown.bytes == '\r';
        size_t size = is_end || *shown.bytes == '\t' ? 1 : mob_letter_size(shown);

        if (*shown.bytes == '\r' && shown.length > 1 && shown.bytes[1] == '\n')
            size = 2;
        shown.length = size;
        mob_buffer_add(buffer, is_end ? MOB_TEXT("\n") : size ? shown : MOB_TEXT("\xef\xbf\xbd"));
        i += size ? size : 1;
    }
}

/* Appends a text, behind `separator` where something stands before it. */
static void add_part(struct mob_buffer *buffer, const char *separator, struct mob_text text)
{
    if (text.length && buffer->length)
        mob_buffer_add(buffer, mob_text_of(separator));
    add_clean(buffer, text);
}

/* Adds a time as its digits alone: libical's own times end with the year 3000. */
static void add_time(icalcomponent *component, const char *name, const char *printed, const char *zone)
{
    char digits[MOB_STAMP_SIZE + 2] = ""; /* an instant has no seconds: they follow */
    icalproperty *property;
    size_t length = 0;

    for (; *printed; printed++)
        if (*printed != '-' && *printed != ':')
            digits[length++] = *printed;
    if (length == sizeof "20261130T0900" - 1)
        memcpy(digits + length, "00", 2);
    property = made(icalproperty_new_x(digits));
    icalproperty_set_x_name(property, name);
    if (zone)
        icalproperty_add_parameter(property, made(icalparameter_new_tzid(zone)));
    add(component, property);
}

static void add_instant(icalcomponent *component, const char *name, int64_t instant, const char *zone)
{
    char printed[MOB_INSTANT_SIZE];

    mob_instant_print(instant, printed);
    add_time(component, name, printed, zone);
}

static void add_stamp(icalcomponent *component, int64_t seconds)
{
    char printed[MOB_STAMP_SIZE];

    mob_stamp_print(seconds, printed);
    add_time(component, "DTSTAMP", printed, NULL);
}

/* ---- events ---- */

/* What is in the buffer, as libical wants it. */
static const char *string(struct mob_buffer *buffer)
{
    mob_buffer_add_byte(buffer, '\0');
    return buffer->bytes;
}

static void add_uid(icalcomponent *component, const struct mob_event *event, struct mob_text domain)
{
    struct mob_buffer uid = { 0 };

    mob_buffer_add(&uid, event->request);
    mob_buffer_add_byte(&uid, '@');
    mob_buffer_add(&uid, domain);
    add(component, icalproperty_new_uid(string(&uid)));
    mob_buffer_release(&uid);
}

static void add_texts(icalcomponent *component, const struct mob_event *event)
{
    struct mob_buffer summary = { 0 }, description = { 0 };

    add_part(&summary, ", ", event->label);
    add_part(&summary, ", ", event->customer);
    add_part(&description, "\n", event->label);
    add_part(&description, "\n", event->documents);
    add_part(&description, "\n", event->conditions);
    add_part(&description, "\n", event->resource);
    if (summary.length)
        add(component, icalproperty_new_summary(string(&summary)));
    if (description.length)
        add(component, icalproperty_new_description(string(&description)));
    mob_buffer_release(&summary);
    mob_buffer_release(&description);
}

static bool is_called_off(enum mob_status status)
{
    return status == MOB_STATUS_CANCELLED || status == MOB_STATUS_NO_SHOW;
}

static icalproperty_status status_of(enum mob_status status)
{
    if (is_called_off(status))
        return ICAL_STATUS_CANCELLED;
    return status == MOB_STATUS_OPTION ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

/* In a zone no time is written that its clocks skip: readers would make different instants of it, and an end before the
 * start. An event without an end ends when it starts (RFC 5545, 3.6.1). */
static void add_times(struct mob_feed *feed, icalcomponent *component, const struct mob_event *event)
{
    int64_t out = event->out, back = event->back;

    if (feed->zone) {
        mob_onsets_reach(&feed->onsets, mob_date_year(mob_instant_date(back)) + 1);
        out = mob_onsets_shown(&feed->onsets, out);
        back = mob_onsets_shown(&feed->onsets, back);
    }
    add_instant(component, "DTSTART", out, feed->zone);
    if (out < back)
        add_instant(component, "DTEND", back, feed->zone);
    if (event->out < feed->earliest)
        feed->earliest = event->out;
    if (event->back > feed->latest)
        feed->latest = event->back;
}

void mob_feed_add(struct mob_feed *feed, const struct mob_event *event)
{
    icalcomponent *component = made(icalcomponent_new(ICAL_VEVENT_COMPONENT));

    add_uid(component, event, feed->domain);
    add(component, icalproperty_new_sequence((int)event->entry));
    add(component, icalproperty_new_status(status_of(event->status)));
    add_stamp(component, event->stamp);
    add_times(feed, component, event);
    add(component, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    add_texts(component, event);
    icalcomponent_add_component(is_called_off(event->status) ? feed->cancelled : feed->published, component);
}

/* ---- the two calendars ---- */

int mob_feed_init(struct mob_feed *feed, struct mob_text domain, const char *zone, struct mob_text file,
                  struct mob_error *error)
{
    *feed =
        (struct mob_feed){ .domain = domain, .zone = zone, .earliest = MOB_INSTANT_LAST, .latest = MOB_INSTANT_FIRST };
    if (zone && mob_onsets_init(&feed->onsets, file) < 0)
        return mob_error_say(error, MOB_ERROR_FATAL, "--tz: %s is no time zone that the system knows (Europe/Paris)",
                             mob_quote(mob_text_of(zone)).text);
    feed->published = made(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    feed->cancelled = made(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
    return 0;
}

static bool is_empty(icalcomponent *calendar)
{
    return !icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT);
}

/* Appends a calendar of the events that `events` holds, which is empty after that. */
static void add_calendar(const struct mob_feed *feed, struct mob_buffer *buffer, enum icalproperty_method method,
                         icalcomponent *events)
{
    icalcomponent *calendar = made(icalcomponent_new(ICAL_VCALENDAR_COMPONENT)), *event;
    char *text;

    add(calendar, icalproperty_new_version("2.0"));
    add(calendar, icalproperty_new_prodid("-//mob//mob-ics//EN"));
    add(calendar, icalproperty_new_method(method));
    if (feed->zone)
        icalcomponent_add_component(calendar, mob_zone_new(feed->zone, &feed->onsets, feed->earliest, feed->latest));
    while ((event = icalcomponent_get_first_component(events, ICAL_ANY_COMPONENT))) {
        icalcomponent_remove_component(events, event);
        icalcomponent_add_component(calendar, event);
    }
    text = made(icalcomponent_as_ical_string_r(calendar));
    mob_buffer_add(buffer, mob_text_of(text));
    icalmemory_free_buffer(text);
    icalcomponent_free(calendar);
}

void mob_feed_print(struct mob_feed *feed, struct mob_buffer *buffer)
{
    bool has_cancelled = !is_empty(feed->cancelled);

    if (!is_empty(feed->published) || !has_cancelled)
        add_calendar(feed, buffer, ICAL_METHOD_PUBLISH, feed->published);
    if (has_cancelled)
        add_calendar(feed, buffer, ICAL_METHOD_CANCEL, feed->cancelled);
}

void mob_feed_release(struct mob_feed *feed)
{
    if (feed->zone)
        mob_onsets_release(&feed->onsets);
    icalcomponent_free(feed->published);
    icalcomponent_free(feed->cancelled);
}

bool mob_event_is_printable(struct mob_text text)
{
    for (size_t i = 0, size; i < text.length; i += size)
        if ((size = mob_printable((struct mob_text){ text.bytes + i, text.length - i })) == 0)
            return false;
    return true;
}
