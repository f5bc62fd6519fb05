/* A site: one dealership's flat files in one directory (DATA.md), read and cross-checked.
 *
 * Call order: set `directory` and, where the user gave them, `paths`; mob_site_load for the files that the tool needs;
 * mob_policy_release (and mob_coverage_release) at the end. Policy that cannot be trusted is not applied: the first
 * fault is fatal, unless `findings` collects them all. coverage.csv, somebody else's export, is treated softly: a
 * faulty row is a warning, and marks its VIN. */
#ifndef MOB_SITE_SITE_H
#define MOB_SITE_SITE_H

#include "base/error.h"
#include "model/coverage.h"
#include "model/policy.h"

struct mob_findings;

struct mob_site {
    const char *directory;
    const char *paths[MOB_SITE_FILE_COUNT]; /* --FILE PATH, or NULL: the file in the directory */
    bool is_default[MOB_SITE_FILE_COUNT];   /* mob_site_path filled in the path: nobody gave it */
    const struct mob_sink *warnings;
    struct mob_findings *findings; /* takes every fault; NULL: the first one ends the load */
    struct mob_arena arena;        /* of the paths */
};

/* The path of a file as it is opened and as messages name it; lives as long as the site. */
const char *mob_site_path(struct mob_site *site, enum mob_site_file file);

/* What a message calls a file in which something is not: the path where one was given, else its name in the site. */
const char *mob_site_name(const struct mob_site *site, enum mob_site_file file);

/* Reads the files whose bits (1 << MOB_SITE_…) are set in `files` into `policy`, which is initialised here, and
 * coverage.csv into `coverage` (else NULL). On failure the error is fatal and nothing needs releasing. */
int mob_site_load(struct mob_site *site, unsigned files, struct mob_policy *policy, struct mob_coverage *coverage,
                  struct mob_error *error);

/* Checks that the fleet has a resource of the pool that --pool names (NULL: none is named). FATAL. */
int mob_site_check_pool(const struct mob_site *site, const struct mob_policy *policy, const char *pool,
                        struct mob_error *error);

/* Frees the paths. */
void mob_site_release(struct mob_site *site);

#endif
