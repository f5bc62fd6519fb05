/* calendar.csv.last: which entry was committed last, and what the calendar must have of it (CALENDAR.md, "How: commit
 * by replacement"). Of the room `site` alone. */
#ifndef MOB_SITE_LAST_H
#define MOB_SITE_LAST_H

#include "io/store.h"
#include "model/booking.h"

/* Whether the file is absent, or the line that it must be: `ENTRY CHECK`. If not, a fatal error. */
bool mob_last_is_understood(const struct mob_store_file *last, struct mob_error *error);

enum mob_fit {
    MOB_FITS,
    MOB_FITS_NOT,    /* the error says how */
    MOB_FITS_UNREAD, /* one of the two cannot be read: the error says why */
    MOB_FITS_BUT_OLD,
    MOB_FITS_WITHOUT_LAST
};

/* Does the calendar read from `file` have the entry that was committed last? It may go on behind it. */
enum mob_fit mob_last_fits(const struct mob_store_file *last, const struct mob_store_file *file,
                           const struct mob_calendar *calendar, struct mob_error *error);

/* Warns that there is no `last`, or, where there is no `file` either, that there is no calendar. */
void mob_last_warn(const struct mob_store_file *last, const struct mob_store_file *file,
                   const struct mob_sink *warnings);

#endif
