/* Appointments as iCalendar (RFC 5545), written through libical (REPORTS.md, "mob-ics"): one VCALENDAR of what stands,
 * METHOD:PUBLISH, and one of what was called off, METHOD:CANCEL.
 *
 * Call order: mob_feed_init, mob_feed_add for each event in the order in which they shall stand, mob_feed_print, then
 * mob_feed_release. Lines end in CR and LF, none is longer than 75 bytes, and none is broken inside a character. */
#ifndef MOB_VIEW_EVENT_H
#define MOB_VIEW_EVENT_H

#include "base/error.h"
#include "model/booking.h"
#include "view/onsets.h"

/* One appointment. Of texts, line ends are kept; what view/letter refuses becomes U+FFFD. */
struct mob_event {
    struct mob_text request; /* printable UTF-8: it makes the UID */
    int64_t entry;           /* the SEQUENCE */
    enum mob_status status;
    int64_t stamp;                                                    /* when it was recorded: UTC, in seconds */
    int64_t out, back;                                                /* instants; `back` not before `out` */
    struct mob_text label, customer, documents, conditions, resource; /* any may be empty */
};

/* libical's component; its header is not needed to call what stands here. */
struct icalcomponent_impl;

struct mob_feed {
    struct mob_text domain;
    const char *zone;                                 /* its name, or NULL: times are floating */
    struct mob_onsets onsets;                         /* of the zone */
    int64_t earliest, latest;                         /* the first event's `out`, the last one's `back` */
    struct icalcomponent_impl *published, *cancelled; /* their events */
};

/* An empty feed. UIDs end in `domain`; `zone` is the name of a time zone (Europe/Paris), or NULL. Both must outlive the
 * feed. `file`: the bytes of the zone's file. Fatal where they are no time zone; then nothing needs releasing. */
int mob_feed_init(struct mob_feed *feed, struct mob_text domain, const char *zone, struct mob_text file,
                  struct mob_error *error);

/* Adds an event: to what was called off where it is `cancelled` or `no-show`, else to what stands. */
void mob_feed_add(struct mob_feed *feed, const struct mob_event *event);

/* Appends both calendars and empties the feed. The first is left out where there is nothing but what was called off,
 * the second where there is nothing of that. */
void mob_feed_print(struct mob_feed *feed, struct mob_buffer *buffer);

void mob_feed_release(struct mob_feed *feed);

/* Whether all of a text is printable UTF-8. */
bool mob_event_is_printable(struct mob_text text);

#endif
