/* What a stopped run, or mob-check --accept, leaves beside a calendar: NAME.new, and calendar.csv.refused. Of the room
 * `site` alone. */
#ifndef MOB_SITE_LEFTOVER_H
#define MOB_SITE_LEFTOVER_H

#include "io/store.h"

/* Whether `name` is the .new of the calendar `live`, of its .last or .refused, or of an archive of it. Nobody reads it,
 * and the next writer makes it anew. */
bool mob_leftover_is_new(const char *live, const char *name);

/* Removes them all and calendar.csv.refused, durably: they may hold what --purge blanks. A failure is UNSURE. */
int mob_leftover_remove(const struct mob_store *store, const char *live, struct mob_error *error);

#endif
