/* A time zone as iCalendar's VTIMEZONE. */
#ifndef MOB_VIEW_ZONE_H
#define MOB_VIEW_ZONE_H

#include "view/onsets.h"

/* libical's component; its header is not needed to call what stands here. */
struct icalcomponent_impl;

/* The zone, to be freed with libical: what is in force at the instant `earliest` and all that sets in from then on
 * until a year after `latest`; without an end where the zone has rules for it. The onsets reach a year beyond
 * `latest`. */
struct icalcomponent_impl *mob_zone_new(const char *name, const struct mob_onsets *onsets, int64_t earliest,
                                        int64_t latest);

#endif
