/* How a site's file becomes rows: opened, bound, read, its faults reported. Of the room `site` alone: its files call
 * it, and stand for what is special about each. */
#ifndef MOB_SITE_LOADER_H
#define MOB_SITE_LOADER_H

#include "site/findings.h"

/* Rows of a column table. */
#define MOB_COLUMN(structure, member, name, type, presence)     \
    {                                                           \
        name, type, presence, offsetof(structure, member), NULL \
    }
#define MOB_WORDS(structure, member, name, presence, words)               \
    {                                                                     \
        name, MOB_TYPE_WORD, presence, offsetof(structure, member), words \
    }

/* What a cell holds that could not be read, which has been reported: a number so, a text as one without bytes. */
#define MOB_UNREAD (MOB_ABSENT + 1)
#define MOB_UNREAD_TEXT ((struct mob_text){ NULL, 0 })

/* Whether a number is neither empty nor unread. */
static inline bool mob_loader_is_read(int64_t number)
{
    return number > MOB_UNREAD;
}

struct mob_loader {
    struct mob_site *site;
    struct mob_policy *policy;
    struct mob_coverage *coverage;
    const char *path; /* of the file that is read */
    struct mob_error *error;
};

/* A file's description; `check` (may be NULL) looks at each row as it comes. Every row struct begins with its line.
 * Where the load goes on behind a fault, a faulty row is a row all the same, so that what it defines does not
 * dangle. */
struct mob_loader_file {
    enum mob_site_file file;
    const struct mob_column *columns;
    size_t column_count;
    size_t row_size;
    bool is_optional;
    size_t code_columns; /* the first so many hold, of a row with another number of cells too */
    int (*check)(struct mob_loader *loader, void *row);
};

/* Reports a fault: -1 ends the load, 0 goes on to the next. */
int mob_loader_fault(struct mob_loader *loader, int64_t line, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same where a file cannot be read on, for an error that a lower floor has filled, or left empty where all has been
 * reported. Nothing is known of what comes behind. */
int mob_loader_stop(struct mob_loader *loader, enum mob_site_file file, struct mob_error *found);

/* Takes what mob_findings_read_header returned: behind a header with faults (0) not all of the file will be known. 1 or
 * -1. */
int mob_loader_begin(struct mob_loader *loader, enum mob_site_file file, int got);

/* Opens a file, which becomes `loader->path`: 1, or 0 where there is nothing to read: it is optional, absent and not
 * named by an option, or the fault has been reported; or -1 after a fault. */
int mob_loader_open(struct mob_loader *loader, enum mob_site_file file, bool is_optional, int *descriptor);

/* Reads a whole file into an array in the policy's arena; an absent optional file has no rows. */
int mob_loader_read(struct mob_loader *loader, const struct mob_loader_file *file, void **rows, size_t *row_count);

/* Puts the codes of a file's first column into an index; a code twice is a fault. */
int mob_loader_index(struct mob_loader *loader, struct mob_index *index, const char *rows, size_t count,
                     const struct mob_loader_file *file);

/* A range of dates whose first comes after its last is a fault. */
int mob_loader_check_range(struct mob_loader *loader, int64_t line, int64_t from, int64_t until);

/* The files that are more than rows: hours.csv, closures.csv (site/opening.c) and coverage.csv (site/covers.c). */
int mob_load_hours(struct mob_loader *loader);
int mob_load_closures(struct mob_loader *loader);
int mob_load_coverage(struct mob_loader *loader);

#endif
