/* What the archives beside a calendar are called. Of the room `site` alone. */
#ifndef MOB_SITE_NAMES_H
#define MOB_SITE_NAMES_H

#include "base/text.h"

/* Adds the name of an archive of the calendar `name`: calendar-2026.csv of calendar.csv. */
void mob_archive_add_name(struct mob_buffer *text, const char *name, int64_t year);

/* Whether `name` is that of an archive of the calendar `live`; if so, its year. */
bool mob_archive_year(const char *live, struct mob_text name, int64_t *year);

#endif
