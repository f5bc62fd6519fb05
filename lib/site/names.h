/* Where a calendar is, and what the files beside it are called. Of the room `site` alone. */
#ifndef MOB_SITE_NAMES_H
#define MOB_SITE_NAMES_H

#include "site/site.h"

/* As long-lived as the site. */
struct mob_calendar_names {
    const char *directory;
    const char *path, *name;           /* as messages name it, and in the directory */
    const char *last_path, *last_name; /* of its .last */
};

void mob_calendar_names_of(struct mob_site *site, struct mob_calendar_names *names);

/* Adds the name of an archive of the calendar `name`: calendar-2026.csv of calendar.csv. */
void mob_archive_add_name(struct mob_buffer *text, const char *name, int64_t year);

/* Whether `name` is that of an archive of the calendar `live`; if so, its year. */
bool mob_archive_year(const char *live, struct mob_text name, int64_t *year);

#endif
