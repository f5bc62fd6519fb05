/* What the user says of an office's export becomes the columns that are made of it (REPORTS.md, mob-import). Of the
 * room `site` alone, but for the options: site/import fills the columns. */
#ifndef MOB_SITE_MAPPING_H
#define MOB_SITE_MAPPING_H

#include "site/convert.h"

/* As on the command line; all of it must outlive the mapping. */
struct mob_mapping_options {
    const char *const *maps; /* NAME=COLUMN, or NAME=A+B: two cells joined by `T` */
    size_t map_count;
    const char *const *lists; /* NAME=C, one byte or `tab` */
    size_t list_count;
    const char *const *units; /* NAME=h/10, NAME=h, NAME=min */
    size_t unit_count;
    const char *group; /* NAME, or NULL */
    struct mob_export_form form;
};

struct mob_mapped_column {
    struct mob_text name; /* ours */
    const char *source;   /* what the input calls it */
    struct mob_conversion conversion;
};

struct mob_mapping {
    struct mob_arena arena;
    struct mob_export_form form;
    struct mob_mapped_column *columns;
    size_t column_count;
    const char *group_name; /* or NULL */
    size_t group;           /* that column's number */
};

/* One byte, or `tab`: what may part cells, or, with `is_list`, items. -1 where it is neither, or a quote, CR, LF (which
 * may part items) or a part of a longer character. */
int mob_mapping_separator(const char *text, bool is_list, char *separator);

/* Takes the options. FATAL: one that is not understood, a NAME twice, a list, unit or group of a NAME that is not
 * mapped or cannot be one. Release it in any case. */
int mob_mapping_init(struct mob_mapping *mapping, const struct mob_mapping_options *options, struct mob_error *error);

void mob_mapping_release(struct mob_mapping *mapping);

#endif
