/* Bytes as they come: from a descriptor, or from somebody who makes them.
 *
 * A reader (io/csv, io/decoder) asks a struct mob_source for bytes until it gets none. mob_input_read is the source
 * that is a descriptor: `(struct mob_source){ mob_input_read, &input }`. */
#ifndef MOB_IO_INPUT_H
#define MOB_IO_INPUT_H

#include "base/error.h"

#include <sys/types.h>

enum {
    MOB_SOURCE_LEAST = 16 /* room for any character: a decoder gives whole ones */
};

struct mob_source {
    /* At most `size` (at least MOB_SOURCE_LEAST) bytes: how many, 0 at the end, or -1 with `*error` filled: FATAL, or
     * ROW where it is the very next byte that is at fault, and the place of it is the reader's to tell. */
    ssize_t (*read)(void *self, char *bytes, size_t size, struct mob_error *error);
    void *self;
};

struct mob_input {
    int descriptor;              /* stays the caller's */
    const char *name;            /* in messages; outlives the input */
    void (*before_wait)(void *); /* called with `context` before each read that would wait; or NULL */
    void *context;
};

/* `self` is a struct mob_input. An error is FATAL. */
ssize_t mob_input_read(void *self, char *bytes, size_t size, struct mob_error *error);

#endif
