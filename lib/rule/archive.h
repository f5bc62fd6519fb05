/* Which requests are finished, where their entries go, and what the right to be forgotten blanks (CALENDAR.md and
 * REPORTS.md, "mob-archive"). Pure: it marks entries, and whoever holds the ledger writes them.
 *
 * Call order: mob_archive_next until it returns false. */
#ifndef MOB_RULE_ARCHIVE_H
#define MOB_RULE_ARCHIVE_H

#include "model/booking.h"

struct mob_archiving {
    struct mob_calendar *live, *archive; /* the archives' entries that the live file lacks, each with its year */
    int64_t before;                      /* all of a finished request lies before this instant */
    int64_t now;
    bool is_purging;
    size_t next_live, next_archived; /* its own: 0 at the start */
};

struct mob_archive_row {
    const struct mob_entry *highest;
    bool is_moved, is_purged;
};

/* Finds the next request, by its highest entry's number, for which there is something to do, and does it: moved
 * entries get the year of the highest entry's `back`, but the request that holds the ledger's last entry stays; with
 * `is_purging` customer, vin, licence_until and note (not the note `expired`) of all its entries are blanked. */
bool mob_archive_next(struct mob_archiving *archiving, struct mob_archive_row *row);

#endif
