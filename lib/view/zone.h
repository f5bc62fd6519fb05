/* A time zone as iCalendar's VTIMEZONE, made by libical of the system's zoneinfo.
 *
 * Call order: mob_zone_new, mob_zone_trim, then the component is the caller's, to be freed with libical. */
#ifndef MOB_VIEW_ZONE_H
#define MOB_VIEW_ZONE_H

#include "base/text.h"

/* libical's component; its header is not needed to call what stands here. */
struct icalcomponent_impl;

/* The zone under that name (Europe/Paris), all of its history; NULL where the system has none. */
struct icalcomponent_impl *mob_zone_new(const char *name);

/* Leaves out what was over before the instant `earliest`, and makes one rule of two that libical cut apart: many
 * readers take the end of a rule for a local time, and lose its last change. */
void mob_zone_trim(struct icalcomponent_impl *zone, int64_t earliest);

#endif
