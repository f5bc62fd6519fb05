#include "io/table.h"

#include "base/money.h"

#include <stdio.h>
#include <stdlib.h>

#define SHOWN_MAX 400 /* bytes of the header's names in a message */

size_t mob_table_find(const struct mob_record *header, const char *name)
{
    struct mob_text wanted = mob_text_of(name);

    for (size_t i = 0; i < header->cell_count; i++)
        if (mob_text_is(header->cells[i], wanted))
            return i;
    return MOB_NO_CELL;
}

static int compare_cells(const void *one, const void *other)
{
    return mob_text_compare(**(const struct mob_text *const *)one, **(const struct mob_text *const *)other);
}

static int refuse_twice(const struct mob_record *header, const char *file, struct mob_arena *arena,
                        const struct mob_sink *faults)
{
    const struct mob_text **sorted = mob_memory_new(header->cell_count * sizeof *sorted);
    int result = 0;

    for (size_t i = 0; i < header->cell_count; i++)
        sorted[i] = &header->cells[i];
    qsort(sorted, header->cell_count, sizeof *sorted, compare_cells);
    for (size_t i = 1; i < header->cell_count && result == 0; i++) {
        struct mob_error found = { 0 };

        if (!mob_text_is(*sorted[i - 1], *sorted[i]) || (i > 1 && mob_text_is(*sorted[i - 2], *sorted[i])))
            continue;
        mob_error_set(&found, MOB_ERROR_FATAL, file, header->line,
                      arena ? mob_text_copy(arena, *sorted[i]).bytes : NULL, "column %s stands twice in the header",
                      mob_quote(*sorted[i]).text);
        result = faults->take(faults->context, &found);
    }
    free(sorted);
    return result;
}

int mob_table_missing(const char *name, const struct mob_record *header, const char *file, struct mob_error *error)
{
    struct mob_arena arena;
    struct mob_buffer there = { 0 };
    const char **names = mob_memory_new((header->cell_count + 1) * sizeof *names);
    const char *near;

    mob_arena_init(&arena);
    for (size_t i = 0; i < header->cell_count; i++) {
        names[i] = mob_text_copy(&arena, header->cells[i]).bytes;
        if (there.length < SHOWN_MAX)
            mob_buffer_add_item(&there, 0, mob_text_of(mob_quote(header->cells[i]).text));
    }
    if (there.length >= SHOWN_MAX)
        mob_buffer_add_item(&there, 0, MOB_TEXT("..."));
    near = mob_text_nearest(mob_text_of(name), names, header->cell_count);
    mob_error_set(error, MOB_ERROR_FATAL, file, header->line, name, "no such column; there are: %.*s%s%s%s",
                  (int)there.length, there.bytes, near ? "; was " : "", near ? mob_quote(mob_text_of(near)).text : "",
                  near ? " meant?" : "");
    mob_buffer_release(&there);
    mob_arena_release(&arena);
    free(names);
    return -1;
}

static int refuse_missing(const char *name, const struct mob_record *header, const char *file,
                          const struct mob_sink *faults)
{
    struct mob_error found = { 0 };

    mob_table_missing(name, header, file, &found);
    return faults->take(faults->context, &found);
}

bool mob_table_is_undivided(const struct mob_record *header)
{
    struct mob_text first = header->cells[0];

    return header->cell_count == 1 &&
           (memchr(first.bytes, ';', first.length) || memchr(first.bytes, '\t', first.length));
}

int mob_table_check_header(const struct mob_column *columns, size_t column_count, const struct mob_record *header,
                           const char *file, struct mob_arena *arena, const struct mob_sink *faults)
{
    if (mob_table_is_undivided(header)) {
        struct mob_error found = { 0 };

        mob_error_set(&found, MOB_ERROR_FATAL, file, header->line, NULL,
                      "the header is one cell, %s: does another delimiter part the names? see mob-import",
                      mob_quote(header->cells[0]).text);
        return faults->take(faults->context, &found);
    }
    if (refuse_twice(header, file, arena, faults) < 0)
        return -1;
    for (size_t i = 0; i < column_count; i++)
        if (columns[i].presence != MOB_USED && mob_table_find(header, columns[i].name) == MOB_NO_CELL &&
            refuse_missing(columns[i].name, header, file, faults) < 0)
            return -1;
    return 0;
}

static int take_first(void *context, const struct mob_error *found)
{
    struct mob_error *error = context;

    if (error->kind == MOB_ERROR_NONE)
        *error = *found;
    return -1;
}

void mob_table_bind(struct mob_binding *binding, const struct mob_column *columns, size_t column_count,
                    const struct mob_record *header, const char *file)
{
    *binding = (struct mob_binding){ columns, column_count, NULL, header->cell_count, file };
    binding->cells = mob_memory_new(column_count * sizeof *binding->cells);
    for (size_t i = 0; i < column_count; i++)
        binding->cells[i] = mob_table_find(header, columns[i].name);
}

bool mob_table_lacks(const struct mob_binding *binding, size_t column)
{
    return binding->columns[column].presence != MOB_USED && binding->cells[column] == MOB_NO_CELL;
}

int mob_table_read_header(struct mob_binding *binding, const struct mob_column *columns, size_t column_count,
                          struct mob_csv *csv, struct mob_record *header, const char *file, struct mob_error *error)
{
    /* A reader never ends before a header: without one it fails. */
    if (mob_csv_read(csv, header, error) <= 0)
        return -1;
    return mob_table_take_header(binding, columns, column_count, header, file, error);
}

int mob_table_take_header(struct mob_binding *binding, const struct mob_column *columns, size_t column_count,
                          const struct mob_record *header, const char *file, struct mob_error *error)
{
    struct mob_sink first = { take_first, error };

    if (mob_table_check_header(columns, column_count, header, file, NULL, &first) < 0)
        return -1;
    mob_table_bind(binding, columns, column_count, header, file);
    return 1;
}

void mob_table_release(struct mob_binding *binding)
{
    free(binding->cells);
    binding->cells = NULL;
}

const char *mob_type_form(enum mob_type type)
{
    switch (type) {
    case MOB_TYPE_CODE:
        return "a code (not empty, no space, no control character)";
    case MOB_TYPE_CODES:
        return "a list of codes separated by single spaces";
    case MOB_TYPE_INSTANT:
        return "a date-time (2026-11-30T09:00)";
    case MOB_TYPE_DATE:
        return "a date (2026-11-30)";
    case MOB_TYPE_TIME:
        return "a time (08:30)";
    case MOB_TYPE_NUMBER:
        return "a whole number from 0 to 1000000000";
    case MOB_TYPE_MONEY:
        return "an amount of money (123.45, at most 10000000000.00)";
    case MOB_TYPE_NOTICE:
        return "a notice (30m, 4h, 2d or 2wd)";
    case MOB_TYPE_STAMP:
        return "a time in UTC (2026-11-23T07:41:05Z)";
    default:
        return "text (not empty)";
    }
}

static int word_number(const char *const *words, struct mob_text cell, int64_t *number)
{
    for (int64_t i = 0; words[i]; i++)
        if (mob_text_is(cell, mob_text_of(words[i]))) {
            *number = i;
            return 0;
        }
    return -1;
}

static int refuse(const struct mob_column *column, struct mob_text cell, struct mob_error *error)
{
    struct mob_buffer words = { 0 };

    if (column->type != MOB_TYPE_WORD)
        return mob_error_say(error, MOB_ERROR_ROW, "%s is not %s", mob_quote(cell).text, mob_type_form(column->type));
    for (size_t i = 0; column->words[i]; i++) {
        if (i > 0)
            mob_buffer_add(&words, MOB_TEXT(", "));
        mob_buffer_add(&words, mob_text_of(column->words[i]));
    }
    mob_error_say(error, MOB_ERROR_ROW, "%s is not one of: %.*s", mob_quote(cell).text, (int)words.length, words.bytes);
    mob_buffer_release(&words);
    return -1;
}

static int read_number(const struct mob_column *column, struct mob_text cell, int64_t *number)
{
    switch (column->type) {
    case MOB_TYPE_INSTANT:
        return mob_instant_parse(cell, number);
    case MOB_TYPE_DATE:
        return mob_date_parse(cell, number);
    case MOB_TYPE_TIME:
        return mob_time_parse(cell, number);
    case MOB_TYPE_MONEY:
        return mob_money_parse(cell, number);
    case MOB_TYPE_STAMP:
        return mob_stamp_parse(cell, number);
    case MOB_TYPE_WORD:
        return word_number(column->words, cell, number);
    default:
        return mob_text_to_number(cell, number);
    }
}

static bool is_text(enum mob_type type)
{
    return type == MOB_TYPE_TEXT || type == MOB_TYPE_CODE || type == MOB_TYPE_CODES;
}

void mob_table_clear(const struct mob_column *column, void *row)
{
    void *member = (char *)row + column->offset;

    if (is_text(column->type))
        *(struct mob_text *)member = MOB_TEXT("");
    else if (column->type == MOB_TYPE_NOTICE)
        *(struct mob_notice *)member = (struct mob_notice){ 0, MOB_NOTICE_MINUTES };
    else
        *(int64_t *)member = MOB_ABSENT;
}

int mob_table_read_column(const struct mob_binding *binding, size_t number, const struct mob_record *record, void *row,
                          struct mob_arena *arena, struct mob_error *error)
{
    const struct mob_column *column = &binding->columns[number];
    void *member = (char *)row + column->offset;
    struct mob_text cell;
    int result;

    if (binding->cells[number] == MOB_NO_CELL) {
        mob_table_clear(column, row);
        return 0;
    }
    cell = record->cells[binding->cells[number]];
    if (cell.length == 0) {
        mob_table_clear(column, row);
        if (column->presence != MOB_NEEDED)
            return 0;
        result = -1;
    } else if (column->type == MOB_TYPE_NOTICE) {
        result = mob_notice_parse(cell, member);
    } else if (is_text(column->type)) {
        result = (column->type == MOB_TYPE_CODE && !mob_text_is_code(cell)) ||
                         (column->type == MOB_TYPE_CODES && !mob_text_is_codes(cell))
                     ? -1
                     : 0;
        *(struct mob_text *)member = arena ? mob_text_copy(arena, cell) : cell;
    } else {
        result = read_number(column, cell, member);
    }
    if (result < 0) {
        refuse(column, cell, error);
        mob_error_place(error, binding->file, record->line, column->name);
    }
    return result;
}

int mob_table_read(const struct mob_binding *binding, const struct mob_record *record, void *row,
                   struct mob_arena *arena, struct mob_error *error)
{
    for (size_t i = 0; i < binding->column_count; i++)
        if (mob_table_read_column(binding, i, record, row, arena, error) < 0)
            return -1;
    return 0;
}

int mob_table_check_width(const struct mob_binding *binding, const struct mob_record *record, struct mob_error *error)
{
    if (record->cell_count == binding->cell_count)
        return 0;
    return mob_error_set(error, MOB_ERROR_ROW, binding->file, record->line, NULL, "%zu cell%s where the header has %zu",
                         record->cell_count, record->cell_count == 1 ? "" : "s", binding->cell_count);
}
