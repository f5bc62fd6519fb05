#include "site/import.h"

/* A column of the output. */
struct import_column {
    struct mob_text name;
    const char *source; /* for messages */
    size_t cells[2];
    size_t cell_count;
    const struct mob_conversion *conversion; /* NULL: the cell is not touched */
};

struct import {
    struct mob_mapping *mapping;
    const char *file;
    const struct mob_sink *warnings;
    const char **sources; /* the input's names */
    size_t source_count;
    struct import_column *columns;
    size_t column_count;
    struct mob_buffer joined;           /* of two cells */
    struct mob_buffer *row, *group_row; /* a cell each: the present row; what the group's rows have become so far */
    bool has_group_row;
    uint64_t group_line; /* on which the group's first row starts */
};

/* ---- the header ---- */

/* The cell of a COLUMN, or the two of `A+B`: a column of that very name comes first. */
static int find_cells(struct import_column *column, struct mob_arena *arena, const struct mob_record *header,
                      const char *file, struct mob_error *error)
{
    const char *plus, *first;

    column->cell_count = 1;
    column->cells[0] = mob_table_find(header, column->source);
    if (column->cells[0] != MOB_NO_CELL)
        return 0;
    column->cell_count = 2;
    for (plus = column->source; (plus = strchr(plus, '+')); plus++) {
        first = mob_text_copy(arena, (struct mob_text){ column->source, (size_t)(plus - column->source) }).bytes;
        column->cells[0] = mob_table_find(header, first);
        column->cells[1] = mob_table_find(header, plus + 1);
        if (column->cells[0] != MOB_NO_CELL && column->cells[1] != MOB_NO_CELL)
            return 0;
    }
    plus = strchr(column->source, '+');
    if (!plus)
        return mob_table_missing(column->source, header, file, error);
    first = mob_text_copy(arena, (struct mob_text){ column->source, (size_t)(plus - column->source) }).bytes;
    return mob_table_missing(mob_table_find(header, first) == MOB_NO_CELL ? first : plus + 1, header, file, error);
}

static struct mob_text unmapped_name(struct mob_arena *arena, struct mob_text source)
{
    struct mob_buffer name = { 0 };
    struct mob_text kept;

    mob_buffer_add(&name, MOB_TEXT("x_"));
    mob_buffer_add(&name, source);
    kept = mob_text_copy(arena, mob_buffer_since(&name, 0));
    mob_buffer_release(&name);
    return kept;
}

/* The mapped columns, and then those that nobody mapped, as `x_NAME`. */
static int make_columns(struct import *import, const struct mob_record *header, struct mob_error *error)
{
    struct mob_arena *arena = &import->mapping->arena;
    size_t mapped_count = import->mapping->column_count;
    bool *is_mapped = mob_arena_take_array(arena, header->cell_count, sizeof *is_mapped);

    import->columns = mob_arena_take_array(arena, mapped_count + header->cell_count, sizeof *import->columns);
    for (; import->column_count < mapped_count; import->column_count++) {
        const struct mob_mapped_column *mapped = &import->mapping->columns[import->column_count];
        struct import_column *column = &import->columns[import->column_count];

        *column = (struct import_column){ mapped->name, mapped->source, { 0 }, 0, &mapped->conversion };
        if (find_cells(column, arena, header, import->file, error) < 0)
            return -1;
        for (size_t i = 0; i < column->cell_count; i++)
            is_mapped[column->cells[i]] = true;
    }
    for (size_t i = 0; i < header->cell_count; i++)
        if (!is_mapped[i])
            import->columns[import->column_count++] =
                (struct import_column){ unmapped_name(arena, header->cells[i]), import->sources[i], { i }, 1, NULL };
    return 0;
}

static int refuse_twice(const struct import *import, uint64_t line, struct mob_error *error)
{
    struct mob_index index = { 0 };
    int result = 0;

    mob_arena_init(&index.arena);
    for (size_t i = 0; i < import->column_count && result == 0; i++) {
        const struct import_column *column = &import->columns[i];

        if (mob_index_find(&index, column->name) != MOB_INDEX_NONE)
            result = mob_error_set(error, MOB_ERROR_FATAL, import->file, line, column->source,
                                   "would be a second column %s: map it, or another to that name",
                                   mob_quote(column->name).text);
        mob_index_put(&index, column->name, i);
    }
    mob_index_release(&index);
    return result;
}

static void warn_of_end(const struct import *import, const struct mob_record *record)
{
    if (record->unended)
        mob_sink_warn(import->warnings, import->file, record->line, NULL, MOB_CSV_UNENDED);
}

static int read_header(struct import *import, struct mob_csv *csv, struct mob_binding *binding, struct mob_writer *out,
                       struct mob_error *error)
{
    struct mob_record header;

    if (mob_csv_read(csv, &header, error) <= 0)
        return -1;
    if (mob_table_is_undivided(&header)) {
        mob_error_set(error, MOB_ERROR_FATAL, import->file, header.line, NULL,
                      "the header is one cell, %s: does another delimiter part the names? see mob-import(1), "
                      "--delimiter",
                      mob_quote(header.cells[0]).text);
        return -1;
    }
    if (mob_table_take_header(binding, NULL, 0, &header, import->file, error) < 0)
        return -1;
    warn_of_end(import, &header);
    import->sources = mob_arena_take_array(&import->mapping->arena, header.cell_count, sizeof *import->sources);
    import->source_count = header.cell_count;
    for (size_t i = 0; i < header.cell_count; i++)
        import->sources[i] = mob_text_copy(&import->mapping->arena, header.cells[i]).bytes;
    if (make_columns(import, &header, error) < 0 || refuse_twice(import, header.line, error) < 0)
        return -1;
    import->row = mob_arena_take_array(&import->mapping->arena, import->column_count, sizeof *import->row);
    import->group_row = mob_arena_take_array(&import->mapping->arena, import->column_count, sizeof *import->group_row);
    for (size_t i = 0; i < import->column_count; i++)
        mob_writer_cell(out, import->columns[i].name);
    mob_writer_end_row(out);
    return 0;
}

/* ---- rows ---- */

/* Trimmed, and of two cells `first T second`; nothing where all are empty. */
static int convert_cell(struct import *import, const struct import_column *column, const struct mob_record *record,
                        struct mob_buffer *cell, struct mob_error *error)
{
    struct mob_text first = mob_trim(record->cells[column->cells[0]]), second;

    if (column->cell_count == 1)
        return mob_convert(column->conversion, &import->mapping->form, first, cell, error);
    second = mob_trim(record->cells[column->cells[1]]);
    import->joined.length = 0;
    if (first.length + second.length) {
        mob_buffer_add(&import->joined, first);
        mob_buffer_add_byte(&import->joined, 'T');
        mob_buffer_add(&import->joined, second);
    }
    return mob_convert(column->conversion, &import->mapping->form, mob_buffer_since(&import->joined, 0), cell, error);
}

/* What becomes longer than a cell may be, the next reader would refuse. */
static int check_size(const struct mob_buffer *cell, struct mob_error *error)
{
    return cell->length <= MOB_CELL_MAX ? 0 : mob_error_say(error, MOB_ERROR_FATAL, "becomes a cell over 1 MiB");
}

static int convert_row(struct import *import, const struct mob_record *record, struct mob_error *error)
{
    for (size_t i = 0; i < import->column_count; i++) {
        const struct import_column *column = &import->columns[i];

        import->row[i].length = 0;
        if (!column->conversion)
            mob_buffer_add(&import->row[i], record->cells[column->cells[0]]);
        else if (convert_cell(import, column, record, &import->row[i], error) < 0 ||
                 check_size(&import->row[i], error) < 0) {
            mob_error_place(error, import->file, record->line, column->source);
            return -1;
        }
    }
    return 0;
}

static void write_row(const struct mob_buffer *row, size_t count, struct mob_writer *out)
{
    for (size_t i = 0; i < count; i++)
        mob_writer_cell(out, mob_buffer_since(&row[i], 0));
    mob_writer_end_row(out);
}

static bool is_same(const struct mob_buffer *one, const struct mob_buffer *other)
{
    return mob_text_is(mob_buffer_since(one, 0), mob_buffer_since(other, 0));
}

/* The present row joins the group: its lists behind the others, and all else is the same. */
static int join_group(struct import *import, uint64_t line, struct mob_error *error)
{
    for (size_t i = 0; i < import->column_count; i++) {
        const struct import_column *column = &import->columns[i];
        struct mob_text value = mob_buffer_since(&import->row[i], 0);

        if (column->conversion && column->conversion->is_list && i != import->mapping->group) {
            if (value.length)
                mob_buffer_add_item(&import->group_row[i], 0, value);
            if (check_size(&import->group_row[i], error) < 0) {
                mob_error_place(error, import->file, line, column->source);
                return -1;
            }
        } else if (!is_same(&import->row[i], &import->group_row[i])) {
            return mob_error_set(error, MOB_ERROR_FATAL, import->file, line, column->source,
                                 "%s differs from %s on line %llu, which has the same %s", mob_quote(value).text,
                                 mob_quote(mob_buffer_since(&import->group_row[i], 0)).text,
                                 (unsigned long long)import->group_line, import->mapping->group_name);
        }
    }
    return 0;
}

static int group_row(struct import *import, uint64_t line, struct mob_writer *out, struct mob_error *error)
{
    struct mob_buffer *swapped = import->group_row;

    /* Rows without a key have nothing in common: each stays by itself. */
    if (import->has_group_row && import->row[import->mapping->group].length &&
        is_same(&import->row[import->mapping->group], &import->group_row[import->mapping->group]))
        return join_group(import, line, error);
    if (import->has_group_row)
        write_row(import->group_row, import->column_count, out);
    import->group_row = import->row;
    import->row = swapped;
    import->group_line = line;
    import->has_group_row = true;
    return 0;
}

/* A byte that the encoding lacks: in which cell it stands, the reader knows. */
static void place_fault(struct import *import, const struct mob_csv *csv, struct mob_error *error)
{
    size_t cell = mob_csv_cell(csv);
    struct mob_buffer number = { 0 };

    if (error->kind != MOB_ERROR_ROW)
        return;
    error->kind = MOB_ERROR_FATAL;
    if (import->row && cell < import->source_count) {
        error->column = import->sources[cell];
    } else if (!import->row) {
        mob_buffer_add(&number, MOB_TEXT("column "));
        mob_buffer_add_number(&number, (int64_t)cell + 1);
        error->column = mob_text_copy(&import->mapping->arena, mob_buffer_since(&number, 0)).bytes;
        mob_buffer_release(&number);
    }
}

static int check_width(const struct mob_binding *binding, const struct mob_record *record, struct mob_error *error)
{
    if (mob_table_check_width(binding, record, error) == 0)
        return 0;
    error->kind = MOB_ERROR_FATAL;
    return -1;
}

static int import_rows(struct import *import, struct mob_csv *csv, const struct mob_binding *binding,
                       struct mob_writer *out, struct mob_error *error)
{
    struct mob_record record;
    int got;

    while (!out->failure && (got = mob_csv_read(csv, &record, error)) != 0) {
        if (got > 0)
            warn_of_end(import, &record);
        if (got < 0 || check_width(binding, &record, error) < 0 || convert_row(import, &record, error) < 0)
            return -1;
        if (!import->mapping->group_name)
            write_row(import->row, import->column_count, out);
        else if (group_row(import, record.line, out, error) < 0)
            return -1;
    }
    if (import->has_group_row)
        write_row(import->group_row, import->column_count, out);
    return 0;
}

void mob_import_run(struct mob_mapping *mapping, struct mob_csv *csv, const char *file, const struct mob_sink *warnings,
                    struct mob_writer *out, struct mob_error *error)
{
    struct import import = { .mapping = mapping, .file = file, .warnings = warnings };
    struct mob_binding binding = { 0 };

    if (read_header(&import, csv, &binding, out, error) < 0 || import_rows(&import, csv, &binding, out, error) < 0)
        place_fault(&import, csv, error);
    for (size_t i = 0; import.row && i < import.column_count; i++) {
        mob_buffer_release(&import.row[i]);
        mob_buffer_release(&import.group_row[i]);
    }
    mob_buffer_release(&import.joined);
    mob_table_release(&binding);
}
