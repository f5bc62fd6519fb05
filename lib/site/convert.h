/* One value of an office's export becomes one of ours (REPORTS.md, mob-import): dates, decimal commas, units, lists.
 *
 * Nothing is guessed: what is not in the form that was announced does not fit. Of the room `site` alone: site/import
 * calls it for each cell that has a name of ours. */
#ifndef MOB_SITE_CONVERT_H
#define MOB_SITE_CONVERT_H

#include "io/table.h"

/* How the whole export writes its values. */
struct mob_export_form {
    const char *dates; /* "dmy", "mdy" or "ymd"; NULL: only the forms of DATA.md */
    bool decimal_comma;
};

enum mob_unit {
    MOB_UNIT_NONE,
    MOB_UNIT_TENTHS, /* of an hour */
    MOB_UNIT_HOURS,
    MOB_UNIT_MINUTES,
};

/* What one column's values become. */
struct mob_conversion {
    enum mob_type type;
    enum mob_unit unit; /* of a number */
    bool is_list;       /* parted by `separator`; then the type is text or codes */
    bool is_day;        /* a date, or a weekday's word */
    bool is_opening;    /* a time, but not 24:00 */
    char separator;
};

/* What DATA.md and CALENDAR.md say of a column of that name; text where they say nothing. Columns of words (`pay_type`)
 * are text. */
struct mob_conversion mob_conversion_of(struct mob_text name);

/* The text without the blanks (spaces, tabs) at both ends. */
struct mob_text mob_trim(struct mob_text text);

/* Appends what the trimmed `text` becomes: nothing for the empty one. An error (FATAL, without a place) where it does
 * not fit. */
int mob_convert(const struct mob_conversion *conversion, const struct mob_export_form *form, struct mob_text text,
                struct mob_buffer *buffer, struct mob_error *error);

#endif
