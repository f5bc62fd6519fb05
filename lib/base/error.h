/* What went wrong, where, found and expected: filled by whoever fails, printed by `tool` alone.
 *
 * A function that can fail returns 0 or -1 and fills the caller's struct mob_error; on success it does not touch
 * it. An error that is already there is never overwritten. Warnings, and in mob-check all faults, go the same way
 * through a struct mob_sink. */
#ifndef MOB_BASE_ERROR_H
#define MOB_BASE_ERROR_H

#include "base/text.h"

/* The exit status that each kind leads to is CLI.md's, "When something is wrong". */
enum mob_error_kind {
    MOB_ERROR_NONE,
    MOB_ERROR_WARNING, /* 0: said, and done all the same */
    MOB_ERROR_ROW,     /* 1: this row is rejected, the next may do */
    MOB_ERROR_FATAL,   /* 2: not done, nothing committed */
    MOB_ERROR_UNSURE,  /* 74: committed, or not known */
    MOB_ERROR_BUSY,    /* 75: locked by somebody else */
};

struct mob_error {
    enum mob_error_kind kind;
    const char *file;   /* as the user knows it, "-" for standard input, or NULL; lives as long as the run */
    uint64_t line;      /* on which the record starts, from 1; 0 where the whole file is meant */
    const char *column; /* its name, or NULL; lives as long as the run */
    const char *theme;  /* the unformatted message: messages of one theme are one kind of warning */
    char message[768];
};

/* Fills an empty error: place, then the message as by printf. Returns -1, so that a caller may return it. */
int mob_error_set(struct mob_error *error, enum mob_error_kind kind, const char *file, uint64_t line,
                  const char *column, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Fills an empty error without a place: mob_error_place adds it where it is known. */
int mob_error_say(struct mob_error *error, enum mob_error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds to an error the parts of the place that it does not have yet (NULL, 0: not known here either). */
void mob_error_place(struct mob_error *error, const char *file, uint64_t line, const char *column);

/* Writes `file:line: column: message` (parts that are there) into `buffer`, ended by a NUL. */
void mob_error_print(const struct mob_error *error, char *buffer, size_t size);

/* ---- the one escaper for messages ---- */

#define MOB_QUOTED_SIZE 352

struct mob_quoted {
    char text[MOB_QUOTED_SIZE];
};

/* Bytes of the data for a message: in single quotes, at most 80 of them, what is not printable UTF-8 as \xNN. */
struct mob_quoted mob_quote(struct mob_text text);

/* The length of the printable UTF-8 sequence with which `text`, not empty, begins, or 0 where it begins with none:
 * control characters, what is no UTF-8, and marks that turn the direction of writing. */
size_t mob_printable(struct mob_text text);

/* ---- where warnings and faults go ---- */

struct mob_sink {
    /* Takes one; 0 to go on, -1 to stop. */
    int (*take)(void *context, const struct mob_error *error);
    void *context;
};

/* Hands a warning to the sink (NULL: to nobody). */
void mob_sink_warn(const struct mob_sink *sink, const char *file, uint64_t line, const char *column, const char *format,
                   ...) __attribute__((format(printf, 5, 6)));

#endif
