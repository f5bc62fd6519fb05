/* How a site's file becomes rows: opened, bound, read, its faults reported. Of the room `site` alone: its files call
 * it, and stand for what is special about each. */
#ifndef MOB_SITE_LOADER_H
#define MOB_SITE_LOADER_H

#include "io/table.h"
#include "site/site.h"

/* Rows of a column table. */
#define MOB_COLUMN(structure, member, name, type, presence)     \
    {                                                           \
        name, type, presence, offsetof(structure, member), NULL \
    }
#define MOB_WORDS(structure, member, name, presence, words)               \
    {                                                                     \
        name, MOB_TYPE_WORD, presence, offsetof(structure, member), words \
    }

struct mob_loader {
    struct mob_site *site;
    struct mob_policy *policy;
    struct mob_coverage *coverage;
    const char *path; /* of the file that is read */
    struct mob_error *error;
};

/* A file's description; `check` (may be NULL) looks at each row as it comes. Every row struct begins with its line. */
struct mob_loader_file {
    enum mob_site_file file;
    const struct mob_column *columns;
    size_t column_count;
    size_t row_size;
    bool is_optional;
    int (*check)(struct mob_loader *loader, void *row);
};

/* Reports a fault: -1 ends the load, 0 goes on to the next. */
int mob_loader_fault(struct mob_loader *loader, int64_t line, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for an error that a lower floor has filled. */
int mob_loader_pass(struct mob_loader *loader, struct mob_error *found);

/* Opens the file that `loader->path` names: 1, 0 where it is optional and absent, -1 after a fault. */
int mob_loader_open(struct mob_loader *loader, bool is_optional, int *descriptor);

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
