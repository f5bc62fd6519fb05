#include "site/names.h"

#include <stdio.h>

enum { YEAR_DIGITS = 4 };

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
           memcmp(name.bytes + stem + 1 + YEAR_DIGITS, live + stem, strlen(live) - stem) == 0;
}
