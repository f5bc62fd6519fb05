/* Durable replacement of files in one directory, under its lock (CALENDAR.md, "How: commit by replacement").
 *
 * No file is ever written in place. A crash, at any instant, leaves of each file the old or the new one,
 * whole, and perhaps a left-over NAME.new, which the next writer unlinks: there is nothing to repair.
 *
 * Calling sequence of a writer:
 *
 *     mob_store_open     step 2: opens the directory, refuses network and FUSE file systems, takes the lock
 *     mob_store_read     step 3: opens NAME (O_NOFOLLOW, regular, one name, not our standard output), reads
 *     ... decide ...
 *     mob_store_settle   step 4, where there is nothing to write: fsync directory, then file
 *     mob_store_prepare  step 5: NAME.new, durable, with the owner, group, mode and ACL of the old file
 *     mob_store_ready    step 6: standard output is read, NAME is still what was read; blocks INT, TERM, HUP
 *     mob_store_replace  step 7: the rename, the commit; fsync of the directory, then of the new file
 *     mob_store_close    step 8: unlocks, lets signals through
 *
 * What was prepared and is not to be replaced goes to mob_store_discard. A reader: mob_store_open_unlocked,
 * then mob_store_read, as often as mob_store_changed says so, then mob_store_close.
 *
 * Errors: MOB_ERROR_BUSY where the lock was not had in time; MOB_ERROR_FATAL where nothing was committed;
 * MOB_ERROR_UNSURE from the rename on.
 *
 * The caller's, before all this: descriptors 0 to 2 are open (CLI.md), SIGXFSZ is ignored. SIGPIPE is left
 * alone. All paths are for messages and must live as long as the run. */
#ifndef MOB_IO_STORE_H
#define MOB_IO_STORE_H

#include "base/error.h"
#include "base/text.h"

#include <limits.h>
#include <signal.h>
#include <sys/stat.h>

/* One file of the store as it was read: release frees the bytes and closes the descriptor. */
struct mob_store_file {
    char name[NAME_MAX + 1]; /* in the directory */
    const char *path;        /* for messages */
    bool exists;
    int descriptor;     /* open for reading while it exists, else -1 */
    struct stat status; /* as it was when read */
    struct mob_text bytes;
};

struct mob_store {
    int directory;    /* open and, for a writer, locked */
    const char *path; /* of the directory, for messages */
    bool locked;
    bool signals_blocked;
    sigset_t signals; /* the mask before mob_store_ready */
};

/* Opens the directory `path` and locks it, waiting at most `wait_seconds` (0: not at all). SIGALRM and the
 * interval timer are used while it waits, and put back as they were. On failure nothing is open;
 * mob_store_close may follow all the same. */
int mob_store_open(struct mob_store *store, const char *path, int64_t wait_seconds, struct mob_error *error);

/* Opens the directory `path` without a lock, on any file system, for readers. */
int mob_store_open_unlocked(struct mob_store *store, const char *path, struct mob_error *error);

/* Reads `name` (one component) whole. A missing file is no error: `exists` is false, the bytes are empty. A
 * writer's file (store locked) must be a regular file with one name that is not our standard output; a reader
 * follows links, to a regular file. On failure nothing is held; mob_store_file_release may follow all the
 * same. */
int mob_store_read(const struct mob_store *store, struct mob_store_file *file, const char *name, const char *path,
                   struct mob_error *error);

/* Whether a writer would take `file` as a reader has read it: one that is there is no link and has one name. If not,
 * fatal. */
int mob_store_check_alone(const struct mob_store *store, const struct mob_store_file *file, struct mob_error *error);

/* Whether `file` has been replaced, made or removed since it was read (a reader's question). */
bool mob_store_changed(const struct mob_store *store, const struct mob_store_file *file);

/* Whether there is anything of the name of `file`. */
bool mob_store_exists(const struct mob_store *store, const struct mob_store_file *file);

/* Step 4: makes what was read durable: fsync of the directory, then of the file. Failure is UNSURE. */
int mob_store_settle(const struct mob_store *store, const struct mob_store_file *file, struct mob_error *error);

/* Step 5: NAME.new holds `head` and then `tail`, durable. Group, mode and ACL are those of `model` (usually
 * the old file itself; the owner too where allowed), or 0640 where it does not exist. Returns the open
 * descriptor in `*prepared`, which mob_store_replace, mob_store_rename or mob_store_discard closes, whatever
 * they return. On failure NAME.new is gone and `*prepared` is -1. */
int mob_store_prepare(const struct mob_store *store, const struct mob_store_file *file,
                      const struct mob_store_file *model, struct mob_text head, struct mob_text tail, int *prepared,
                      struct mob_error *error);

/* Step 6, once everything is prepared: standard output is open and read; `file` still is what was read. On
 * failure the caller discards what it prepared. May be called again for the next file (mob-archive). */
int mob_store_ready(struct mob_store *store, const struct mob_store_file *file, struct mob_error *error);

/* Step 7 for one file: rename, fsync of the directory, then of `prepared`, which is closed. A failed rename
 * that changed nothing is FATAL and removes NAME.new; any later failure is UNSURE. */
int mob_store_replace(const struct mob_store *store, const struct mob_store_file *file, int prepared,
                      struct mob_error *error);

/* The same without the syncs, for a file that may as well be the old one after a power cut
 * (calendar.csv.last). */
int mob_store_rename(const struct mob_store *store, const struct mob_store_file *file, int prepared,
                     struct mob_error *error);

/* Gives up a prepared file: closes it and unlinks NAME.new. -1: there is none. */
void mob_store_discard(const struct mob_store *store, const struct mob_store_file *file, int prepared);

void mob_store_file_release(struct mob_store_file *file);

/* Unlocks, closes, and lets through the signals that mob_store_ready blocked. */
void mob_store_close(struct mob_store *store);

#endif
