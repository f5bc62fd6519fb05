/* The archives beside a calendar, calendar-YYYY.csv (CALENDAR.md, "mob-archive"). Of the room `site` alone: site/ledger
 * calls it.
 *
 * Call order: mob_archives_read; to move or blank entries, set their `year` or `is_purged`, then mob_archives_prepare,
 * _ready, _replace; mob_archives_release at the end gives up what was prepared and not replaced. */
#ifndef MOB_SITE_ARCHIVES_H
#define MOB_SITE_ARCHIVES_H

#include "site/entries.h"
#include "site/names.h"

struct mob_archive {
    int64_t year;
    struct mob_store_file file;
    bool has_other_columns; /* than the ledger's: they would be lost */
    bool is_changed;        /* entries are moved to it, or blanked in it */
    int prepared;           /* descriptor of its .new, or -1 */
};

struct mob_archives {
    /* the caller's */
    const struct mob_store *store;
    const struct mob_store_file *live; /* the calendar that they belong to */
    struct mob_arena *names;           /* of paths, which messages need after the ledger is gone */
    struct mob_arena *arena;           /* of entries */
    struct mob_findings *findings;     /* take every fault; NULL: the first one is fatal */
    /* its own */
    struct mob_archive *all;
    size_t count, capacity;
    struct mob_entry *doubles; /* entries that stand elsewhere too, by number and year */
    size_t double_count, double_capacity;
    struct mob_error stranger; /* of two entries with one number that are not the same: no run of ours left them so */
};

/* Reads and verifies all archives. `archived` gets, by number, the entries that neither `live` nor another archive has:
 * what mob-archive was moving when it was stopped stands twice, and the live file's entry counts. */
int mob_archives_read(struct mob_archives *archives, const struct mob_calendar *live, struct mob_calendar *archived,
                      struct mob_error *error);

/* Step 5 for each archive that the entries' `year` and `is_purged` change: itself plus what is moved to it, united by
 * number. Of an entry that it has already its own copy stays: it may have been blanked before a run was stopped. Fatal
 * where that number is another entry's. */
int mob_archives_prepare(struct mob_archives *archives, const struct mob_calendar *live,
                         const struct mob_calendar *archived, struct mob_error *error);

/* Whether any was prepared. */
bool mob_archives_are_changed(const struct mob_archives *archives);

/* Step 6 for each of them. */
int mob_archives_ready(const struct mob_archives *archives, struct mob_store *store, struct mob_error *error);

/* Step 7 for each of them; a failure behind the first one is UNSURE. */
int mob_archives_replace(struct mob_archives *archives, struct mob_error *error);

void mob_archives_release(struct mob_archives *archives);

#endif
