/* The names in a directory that is held open, whatever becomes of its path meanwhile. */
#ifndef MOB_IO_DIRECTORY_H
#define MOB_IO_DIRECTORY_H

#include "base/error.h"

/* Calls `take` with each name in the open directory `descriptor`, in no order, until it returns other than 0; returns
 * what it returned, or -1 where the directory cannot be read: fatal, `path` stands in the message. A name lives until
 * `take` returns. */
int mob_directory_each(int descriptor, const char *path,
                       int (*take)(void *context, const char *name, struct mob_error *error), void *context,
                       struct mob_error *error);

#endif
