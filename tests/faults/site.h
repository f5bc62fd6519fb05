/* The calendar's files in a site's directory, as bytes: taken, put back, compared. */
#ifndef MOB_TESTS_FAULTS_SITE_H
#define MOB_TESTS_FAULTS_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { SITE_NAME_MAX = 48, SITE_FILES_MAX = 16, SITE_ACL_MAX = 128 };

struct site_file {
    char name[SITE_NAME_MAX];
    char *bytes;
    size_t length;
    mode_t mode;
    gid_t group;
    char acl[SITE_ACL_MAX];
    ssize_t acl_length; /* at most 0: it has none */
};

/* All files `calendar*`, by name. */
struct site_files {
    struct site_file files[SITE_FILES_MAX];
    size_t count;
};

void site_take(int directory, struct site_files *files);
void site_release(struct site_files *files);

/* Makes the calendar's files those, and no other. */
void site_put(int directory, const struct site_files *files);

/* Adds a file, with the mode, group and ACL of `model` or, where that is NULL, with none. */
void site_add(struct site_files *files, const char *name, const char *bytes, size_t length,
              const struct site_file *model);

const struct site_file *site_find(const struct site_files *files, const char *name);

/* The same bytes in files of the same names, left-over `.new` files apart. */
bool site_is_same(const struct site_files *one, const struct site_files *other);

/* The same bytes in all files. */
bool site_is_identical(const struct site_files *one, const struct site_files *other);

/* As site_is_same, but for the last two cells of each row, `recorded` and `check`, and the check in `.last`. */
bool site_is_alike(const struct site_files *one, const struct site_files *other);
bool site_file_is_alike(const struct site_file *one, const struct site_file *other);

bool site_has_new(const struct site_files *files);

/* Whether every row's check is the XXH3-64 of all before it, in the calendar and its archives. */
bool site_is_sealed(const struct site_files *files);

#endif
