/* calendar.csv: the ledger of bookings, its `check` column and calendar.csv.last (CALENDAR.md).
 *
 * A tool that writes makes one call, mob_ledger_update: lock, read and verify, let a callback decide, commit. What the
 * callback puts into the calendar behind what was read is committed whole, or not at all. A callback that moves entries
 * to archives or blanks them (mob-archive) adds none: files are written anew then. A tool that only reads calls
 * mob_ledger_read and mob_ledger_release; it takes no lock and sees a whole calendar at any instant. Archives beside
 * the calendar are read where a callback or a reader asks for them.
 *
 * Errors: FATAL where the calendar is damaged or nothing was committed, BUSY where the lock was not had, UNSURE where
 * it is committed, or not known: then the same input again books nothing twice. */
#ifndef MOB_SITE_LEDGER_H
#define MOB_SITE_LEDGER_H

#include "site/archives.h"
#include "site/site.h"

struct mob_ledger {
    struct mob_calendar calendar; /* what was read, and behind it what a callback adds */
    struct mob_calendar archive;  /* the archives' entries that the live file lacks, by number, once read */
    size_t read_count;            /* entries that were read */
    struct mob_arena arena;       /* of all texts and rows; a callback may take from it */
    const struct mob_sink *warnings;
    bool is_archive_read;
    bool is_accepted; /* a callback's answer, where the update is accepting */
    /* ledger.c's own */
    struct mob_store store;
    struct mob_store_file file, last;
    struct mob_archives archives;
    struct mob_site *site;
    const char *directory, *path; /* the site's, as all names are */
    const char *name, *last_name, *last_path;
    struct mob_entries_header header;
};

/* Reads and verifies the calendar without a lock. A missing calendar is an empty one. On failure nothing needs
 * releasing. */
int mob_ledger_read(struct mob_ledger *ledger, struct mob_site *site, struct mob_error *error);
void mob_ledger_release(struct mob_ledger *ledger);

/* What a report of the fleet is made of: reads hours, closures, fleet and calendar, calls `report` with them, which
 * takes what goes wrong from here on, and releases them. */
void mob_ledger_report(struct mob_site *site,
                       void (*report)(const struct mob_policy *policy, struct mob_ledger *ledger,
                                      struct mob_error *error),
                       struct mob_error *error);

/* Reads and verifies the archives, once: fills `archive`, each entry with its `year`. */
int mob_ledger_read_archives(struct mob_ledger *ledger, struct mob_error *error);

/* Warns where `now` lies before the last entry was recorded: the clock went back. */
void mob_ledger_warn_of_clock(const struct mob_ledger *ledger, int64_t now);

struct mob_ledger_update {
    struct mob_site *site;
    int64_t wait_seconds;
    bool is_dry; /* decide, but write nothing */
    /* mob-check --accept: the calendar is taken as a person left it, whatever its checks and calendar.csv.last say,
     * where `decide` sets `is_accepted`; otherwise nothing is written. `decide` is called also where the calendar
     * cannot be read: what was read of it is in `calendar` then, and accepting it is refused. */
    bool is_accepting;
    bool removes_leftovers;       /* of stopped runs, and a refused calendar, once all is written */
    struct mob_error *afterwards; /* takes the failure to remove one: what is committed stands, and is to be told */
    /* Decides, under the lock: adds entries by mob_calendar_add to ledger->calendar (`recorded` is filled at the
     * commit); or, with the archives read, sets the `year` and `is_purged` of entries that are there. 0, or -1 with a
     * fatal error. */
    int (*decide)(void *context, struct mob_ledger *ledger, struct mob_error *error);
    void *context;
};

/* The one way to write. Returns when the calendar is durable and unlocked; the texts of the ledger's entries are gone
 * by then, so a callback copies what its tool prints. */
int mob_ledger_update(const struct mob_ledger_update *update, struct mob_error *error);

#endif
