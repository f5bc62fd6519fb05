/* All that is wrong with a calendar and what lies beside it: its .last, its archives, what a stopped run left over
 * (REPORTS.md, mob-check). Where another tool ends at the first fault, here the site's findings take them all.
 *
 * mob_inspection_make, then mob_inspection_release. No lock is taken. */
#ifndef MOB_SITE_INSPECT_H
#define MOB_SITE_INSPECT_H

#include "site/archives.h"
#include "site/site.h"

struct mob_inspection {
    struct mob_calendar calendar; /* as far as it could be read */
    /* inspect.c's own */
    bool is_whole; /* it was read to its end */
    struct mob_store store;
    struct mob_store_file file, last;
    struct mob_archives archives;
    struct mob_arena arena;
};

/* `is_sealed`: checks and calendar.csv.last must fit; otherwise they may be anything, as of a calendar that is to be
 * accepted. Fatal only where the directory cannot be read. */
int mob_inspection_make(struct mob_inspection *inspection, struct mob_site *site, bool is_sealed,
                        struct mob_error *error);
void mob_inspection_release(struct mob_inspection *inspection);

#endif
