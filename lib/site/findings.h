/* All that is wrong with a site's files: collected while they are read, then put into order (REPORTS.md, mob-check).
 *
 * Call order: mob_findings_init for a site whose `paths` are set, then what reads the site's files, which puts every
 * fault in here as long as `findings` of the site is set; mob_findings_sort; then the items are there to be printed.
 * mob_findings_release at the end. */
#ifndef MOB_SITE_FINDINGS_H
#define MOB_SITE_FINDINGS_H

#include "io/table.h"
#include "site/site.h"

/* Texts are the findings' own. */
struct mob_finding {
    struct mob_text file; /* the name in the site, or the path that was given */
    uint64_t line;        /* 0: the file as a whole */
    struct mob_text column, message;
    bool is_warning;
    /* what the order asks for besides */
    size_t file_rank, column_rank;
};

struct mob_findings {
    struct mob_finding *items;
    size_t count, capacity;
    size_t error_count;
    /* findings.c's own */
    const struct mob_site *site;
    struct mob_findings_header *headers;
    size_t header_count, header_capacity;
    struct mob_arena arena;
};

/* Makes `findings` the site's. */
void mob_findings_init(struct mob_findings *findings, struct mob_site *site);
void mob_findings_release(struct mob_findings *findings);

/* Takes a fault, or a warning where its kind says so; the `take` of a struct mob_sink. The file is one of the site's
 * paths, or lies beside its calendar. Returns 0. */
int mob_findings_take(void *context, const struct mob_error *found);

/* Reads a file's header as mob_table_read_header does. With `findings` (else NULL) all that is wrong with it is taken,
 * `*error` stays empty, and the order of the columns is noted; 0 where it can be read on behind such a header: what it
 * lacks, mob_table_lacks tells. */
int mob_findings_read_header(struct mob_findings *findings, struct mob_binding *binding,
                             const struct mob_column *columns, size_t column_count, struct mob_csv *csv,
                             struct mob_record *header, const char *file, struct mob_error *error);

/* Forgets all findings but the first `count`: what they were found in is read anew. */
void mob_findings_forget(struct mob_findings *findings, size_t count);

void mob_findings_sort(struct mob_findings *findings);

/* Of sorted findings the first that is an error of the calendar or of its .last, or NULL. */
const struct mob_finding *mob_findings_of_calendar(const struct mob_findings *findings);

#endif
