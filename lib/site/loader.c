#include "site/loader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Reports an error that a lower floor has filled. */
static int pass(struct mob_loader *loader, struct mob_error *found)
{
    found->kind = MOB_ERROR_FATAL;
    if (loader->site->findings)
        return mob_findings_take(loader->site->findings, found);
    if (loader->error->kind == MOB_ERROR_NONE)
        *loader->error = *found;
    return -1;
}

int mob_loader_fault(struct mob_loader *loader, int64_t line, const char *column, const char *format, ...)
{
    struct mob_error found = { 0 };
    char message[sizeof found.message];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    mob_error_set(&found, MOB_ERROR_FATAL, loader->path, (uint64_t)line, column, "%s", message);
    return pass(loader, &found);
}

int mob_loader_open(struct mob_loader *loader, enum mob_site_file file, bool is_optional, int *descriptor)
{
    loader->path = mob_site_path(loader->site, file);
    *descriptor = open(loader->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*descriptor >= 0)
        return 1;
    /* DATA.md says that an optional file that is absent reads as empty: read as the site's own. One that somebody names
     * is wanted: a slip in its path would read as no legs, holidays or programmes, and cars would be lent on it. */
    if (is_optional && errno == ENOENT && loader->site->is_default[file])
        return 0;
    loader->policy->unread |= 1U << file;
    return mob_loader_fault(loader, 0, NULL, "cannot open: %s", strerror(errno));
}

int mob_loader_begin(struct mob_loader *loader, enum mob_site_file file, int got)
{
    if (got == 0)
        loader->policy->unread |= 1U << file;
    return got == 0 ? 1 : got;
}

int mob_loader_stop(struct mob_loader *loader, enum mob_site_file file, struct mob_error *found)
{
    loader->policy->unread |= 1U << file;
    /* What is wrong with a header has been taken. */
    return found->kind == MOB_ERROR_NONE ? 0 : pass(loader, found);
}

/* What a cell that cannot be read leaves: nothing that could be mistaken for an empty one. */
static void mark_unread(const struct mob_column *column, void *row)
{
    void *member = (char *)row + column->offset;

    mob_table_clear(column, row);
    if (column->type == MOB_TYPE_TEXT || column->type == MOB_TYPE_CODE || column->type == MOB_TYPE_CODES)
        *(struct mob_text *)member = MOB_UNREAD_TEXT;
    else if (column->type != MOB_TYPE_NOTICE)
        *(int64_t *)member = MOB_UNREAD;
}

/* Reads one record into `row`, its line first. */
static int read_row(struct mob_loader *loader, const struct mob_loader_file *file, const struct mob_binding *binding,
                    const struct mob_record *record, void *row)
{
    struct mob_error found = { 0 };
    bool is_whole = mob_table_check_width(binding, record, &found) == 0;

    *(int64_t *)row = (int64_t)record->line;
    if (!is_whole && pass(loader, &found) < 0)
        return -1;
    for (size_t i = 0; i < binding->column_count; i++) {
        bool is_there = is_whole || (i < file->code_columns && binding->cells[i] < record->cell_count);

        found.kind = MOB_ERROR_NONE;
        if (mob_table_lacks(binding, i)) {
            mark_unread(&binding->columns[i], row);
            continue;
        }
        if (is_there && mob_table_read_column(binding, i, record, row, &loader->policy->arena, &found) == 0)
            continue;
        if (is_whole && pass(loader, &found) < 0)
            return -1;
        mark_unread(&binding->columns[i], row);
    }
    return 0;
}

int mob_loader_read(struct mob_loader *loader, const struct mob_loader_file *file, void **rows, size_t *row_count)
{
    char *array = NULL;
    size_t capacity = 0, count = 0;
    struct mob_binding binding = { 0 };
    struct mob_record record;
    struct mob_error found = { 0 };
    struct mob_csv *csv;
    int descriptor, got, result = 0;

    *rows = NULL;
    *row_count = 0;
    got = mob_loader_open(loader, file->file, file->is_optional, &descriptor);
    if (got <= 0)
        return got;
    csv = mob_csv_open(descriptor, loader->path, NULL, NULL);
    got = mob_findings_read_header(loader->site->findings, &binding, file->columns, file->column_count, csv, &record,
                                   loader->path, &found);
    got = mob_loader_begin(loader, file->file, got);
    while (got > 0 && result == 0 && (got = mob_csv_read(csv, &record, &found)) > 0) {
        char *row;

        array = mob_memory_grow(array, &capacity, count + 1, file->row_size);
        row = array + count++ * file->row_size;
        result = read_row(loader, file, &binding, &record, row);
        if (result == 0 && file->check)
            result = file->check(loader, row);
    }
    if (got < 0)
        result = mob_loader_stop(loader, file->file, &found);
    *rows = mob_arena_take_array(&loader->policy->arena, count, file->row_size);
    if (count)
        memcpy(*rows, array, count * file->row_size);
    *row_count = count;
    free(array);
    mob_table_release(&binding);
    mob_csv_close(csv);
    close(descriptor);
    return result;
}

int mob_loader_index(struct mob_loader *loader, struct mob_index *index, const char *rows, size_t count,
                     const struct mob_loader_file *file)
{
    for (size_t i = 0; i < count; i++) {
        const char *row = rows + i * file->row_size;
        struct mob_text code = *(const struct mob_text *)(row + file->columns[0].offset);
        size_t earlier = mob_index_find(index, code);

        if (code.length == 0)
            continue;
        if (earlier != MOB_INDEX_NONE) {
            if (mob_loader_fault(loader, *(const int64_t *)row, file->columns[0].name, "%s stands already on line %lld",
                                 mob_quote(code).text,
                                 (long long)*(const int64_t *)(rows + earlier * file->row_size)) < 0)
                return -1;
            continue;
        }
        mob_index_put(index, code, i);
    }
    return 0;
}

int mob_loader_check_range(struct mob_loader *loader, int64_t line, int64_t from, int64_t until)
{
    char text[MOB_DATE_SIZE];

    if (!mob_loader_is_read(from) || !mob_loader_is_read(until) || from <= until)
        return 0;
    mob_date_print(from, text);
    return mob_loader_fault(loader, line, "until", "is before `from`, %s", text);
}
