#include "site/names.h"

#include <stdio.h>

enum { YEAR_DIGITS = 4 };

void mob_calendar_names_of(struct mob_site *site, struct mob_calendar_names *names)
{
    const char *path = mob_site_path(site, MOB_SITE_CALENDAR);
    const char *slash = strrchr(path, '/');
    struct mob_buffer text = { 0 };

    names->path = path;
    names->name = slash ? slash + 1 : path;
    names->directory = ".";
    if (slash)
        names->directory =
            mob_text_copy(&site->arena, (struct mob_text){ path, slash > path ? (size_t)(slash - path) : 1 }).bytes;
    mob_buffer_add(&text, mob_text_of(path));
    mob_buffer_add(&text, MOB_TEXT(".last"));
    names->last_path = mob_text_copy(&site->arena, mob_buffer_since(&text, 0)).bytes;
    names->last_name = names->last_path + (names->name - path);
    mob_buffer_release(&text);
}

static size_t stem_of(const char *live)
{
    const char *dot = strrchr(live, '.');

    return dot ? (size_t)(dot - live) : strlen(live);
}

void mob_archive_add_name(struct mob_buffer *text, const char *name, int64_t year)
{
    size_t stem = stem_of(name);
    char digits[24];

    snprintf(digits, sizeof digits, "-%0*lld", YEAR_DIGITS, (long long)year);
    mob_buffer_add(text, (struct mob_text){ name, stem });
    mob_buffer_add(text, mob_text_of(digits));
    mob_buffer_add(text, mob_text_of(name + stem));
}

bool mob_archive_year(const char *live, struct mob_text name, int64_t *year)
{
    size_t stem = stem_of(live);

    return name.length == strlen(live) + 1 + YEAR_DIGITS && memcmp(name.bytes, live, stem) == 0 &&
           name.bytes[stem] == '-' &&
           mob_text_to_number((struct mob_text){ name.bytes + stem + 1, YEAR_DIGITS }, year) == 0 &&
           *year >= MOB_YEAR_FIRST &&
           memcmp(name.bytes + stem + 1 + YEAR_DIGITS, live + stem, strlen(live) - stem) == 0;
}
