#include "site/findings.h"

#include "site/names.h"

#include <stdlib.h>

/* Files in order: the site's, then the archives, then all others. Of those only the .last can hold an error. */
enum { ARCHIVE_RANK = MOB_SITE_FILE_COUNT, OTHER_RANK };

/* The names of a file's columns, as they stand in it. */
struct mob_findings_header {
    const char *file;
    struct mob_text *names;
    size_t count;
};

void mob_findings_init(struct mob_findings *findings, struct mob_site *site)
{
    *findings = (struct mob_findings){ .site = site };
    for (size_t i = 0; i < MOB_SITE_FILE_COUNT; i++)
        mob_site_path(site, (enum mob_site_file)i);
    site->findings = findings;
}

void mob_findings_release(struct mob_findings *findings)
{
    free(findings->items);
    free(findings->headers);
    mob_arena_release(&findings->arena);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Two files may be given by the same path, but each has a pointer of its own. */
static void place_file(const struct mob_findings *findings, const char *path, struct mob_finding *finding)
{
    const char *const *paths = findings->site->paths;
    size_t file = 0;
    bool is_archive;
    int64_t year;

    while (file < MOB_SITE_FILE_COUNT && paths[file] != path)
        file++;
    is_archive = mob_archive_year(name_of(paths[MOB_SITE_CALENDAR]), mob_text_of(name_of(path)), &year);
    finding->file_rank = file < MOB_SITE_FILE_COUNT ? file : is_archive ? ARCHIVE_RANK : OTHER_RANK;
    /* What lies beside a calendar is named as that is. */
    if (findings->site->is_default[file < MOB_SITE_FILE_COUNT ? file : MOB_SITE_CALENDAR])
        path = name_of(path);
    finding->file = mob_text_of(path);
}

/* No column comes first, one that the header lacks last. */
static size_t rank_column(const struct mob_findings *findings, const char *path, struct mob_text column)
{
    for (size_t i = findings->header_count; i-- > 0;) {
        const struct mob_findings_header *header = &findings->headers[i];

        for (size_t name = 0; header->file == path && name < header->count; name++)
            if (mob_text_is(header->names[name], column))
                return name + 1;
    }
    /* Those that are missing are found in the order of DATA.md. */
    return MOB_COLUMN_MAX + 1 + findings->count;
}

int mob_findings_take(void *context, const struct mob_error *found)
{
    struct mob_findings *findings = context;
    struct mob_finding finding = { .line = found->line, .is_warning = found->kind == MOB_ERROR_WARNING };

    place_file(findings, found->file, &finding);
    finding.file = mob_text_copy(&findings->arena, finding.file);
    finding.message = mob_text_copy(&findings->arena, mob_text_of(found->message));
    if (found->column) {
        finding.column = mob_text_copy(&findings->arena, mob_text_of(found->column));
        finding.column_rank = rank_column(findings, found->file, finding.column);
    }
    findings->items = mob_memory_grow(findings->items, &findings->capacity, findings->count + 1, sizeof finding);
    findings->items[findings->count++] = finding;
    findings->error_count += !finding.is_warning;
    return 0;
}

static void note_header(struct mob_findings *findings, const struct mob_record *record, const char *file)
{
    struct mob_findings_header header = { .file = file, .count = record->cell_count };

    header.names = mob_arena_take_array(&findings->arena, header.count, sizeof *header.names);
    for (size_t i = 0; i < header.count; i++)
        header.names[i] = mob_text_copy(&findings->arena, record->cells[i]);
    findings->headers =
        mob_memory_grow(findings->headers, &findings->header_capacity, findings->header_count + 1, sizeof header);
    findings->headers[findings->header_count++] = header;
}

/* Whether a header has any of the needed columns: else it is none. */
static bool has_any(const struct mob_binding *binding)
{
    for (size_t i = 0; i < binding->column_count; i++)
        if (binding->columns[i].presence != MOB_USED && binding->cells[i] != MOB_NO_CELL)
            return true;
    return false;
}

int mob_findings_read_header(struct mob_findings *findings, struct mob_binding *binding,
                             const struct mob_column *columns, size_t column_count, struct mob_csv *csv,
                             struct mob_record *header, const char *file, struct mob_error *error)
{
    struct mob_error found = { 0 };
    int result;

    if (!findings)
        return mob_table_read_header(binding, columns, column_count, csv, header, file, error);
    *header = (struct mob_record){ 0 };
    result = mob_table_read_header(binding, columns, column_count, csv, header, file, &found);
    /* A header is line 1, whatever blank lines stand before it. */
    if (header->cell_count > 0) {
        header->line = 1;
        note_header(findings, header, file);
    }
    if (result < 0 && header->cell_count > 0) {
        mob_table_check_header(columns, column_count, header, file, &findings->arena,
                               &(struct mob_sink){ mob_findings_take, findings });
        mob_table_bind(binding, columns, column_count, header, file);
        return has_any(binding) ? 0 : -1;
    } else if (result < 0) {
        found.line = found.line > 0;
        mob_findings_take(findings, &found);
    }
    return result;
}

void mob_findings_forget(struct mob_findings *findings, size_t count)
{
    while (findings->count > count)
        findings->error_count -= !findings->items[--findings->count].is_warning;
}

static int compare_sizes(size_t one, size_t other)
{
    return one < other ? -1 : one > other;
}

static int compare(const void *one, const void *other)
{
    const struct mob_finding *a = one, *b = other;

    if (a->file_rank != b->file_rank)
        return compare_sizes(a->file_rank, b->file_rank);
    if (!mob_text_is(a->file, b->file))
        return mob_text_compare(a->file, b->file);
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column_rank != b->column_rank)
        return compare_sizes(a->column_rank, b->column_rank);
    if (a->is_warning != b->is_warning)
        return a->is_warning ? 1 : -1;
    return mob_text_compare(a->message, b->message);
}

void mob_findings_sort(struct mob_findings *findings)
{
    size_t kept = 0;

    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items, compare);
    /* Every fault once: two rows of an entry may be wrong alike. */
    for (size_t i = 0; i < findings->count; i++)
        if (i == 0 || compare(&findings->items[kept - 1], &findings->items[i]) != 0)
            findings->items[kept++] = findings->items[i];
        else
            findings->error_count -= !findings->items[i].is_warning;
    findings->count = kept;
}

const struct mob_finding *mob_findings_of_calendar(const struct mob_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct mob_finding *item = &findings->items[i];

        if (!item->is_warning && (item->file_rank == MOB_SITE_CALENDAR || item->file_rank == OTHER_RANK))
            return item;
    }
    return NULL;
}
