/* The lock on a site's directory: flock, as in `flock SITE vi calendar.csv` (CALENDAR.md, step 2). */
#ifndef MOB_IO_LOCK_H
#define MOB_IO_LOCK_H

#include "base/error.h"

/* Locks an open directory against every other program that takes this lock, waiting at most `wait_seconds`
 * (0: not at all). Closing the descriptor unlocks; so does any death. `path` is the directory's, for
 * messages.
 *
 * MOB_ERROR_BUSY: not had in time. MOB_ERROR_FATAL: a network or FUSE file system, or the system refused.
 * While it waits it uses SIGALRM (unblocked) and the interval timer, and then puts back the handler, the mask
 * and the timer, which rings later by as much. Other signals with a handler do not end the wait. */
int mob_lock_take(int directory, const char *path, int64_t wait_seconds, struct mob_error *error);

#endif
