#include "io/records.h"

#include <stdlib.h>

static size_t count_byte(struct mob_text text, char byte)
{
    size_t count = 0;
    const char *found;

    while (text.length && (found = memchr(text.bytes, byte, text.length))) {
        text.length -= (size_t)(found - text.bytes) + 1;
        text.bytes = found + 1;
        count++;
    }
    return count;
}

void mob_records_add_quoted(struct mob_records *records, struct mob_text cell)
{
    size_t quotes = count_byte(cell, '"');

    if (quotes) {
        records->copied_cells = mob_memory_grow(records->copied_cells, &records->copied_capacity,
                                                records->copied_count + 1, sizeof *records->copied_cells);
        records->copied_cells[records->copied_count++] =
            (struct mob_copied_cell){ records->cell_count, records->copies.length };
        mob_buffer_add(&records->copies, cell);
    }
    mob_records_add_cell(records, records->at + 1, cell.length);
    records->at += cell.length + quotes + 3;
    records->lines_inside += count_byte(cell, '\n');
    records->quoted = true;
}

void mob_records_end_line(struct mob_records *records, size_t end, size_t next, bool unended)
{
    size_t cell_count;

    if (records->cell_count == records->first_cell && records->column_count == 1)
        mob_records_add_cell(records, records->start, 0);
    cell_count = records->cell_count - records->first_cell;
    if (cell_count) {
        if (records->record_count == records->record_capacity)
            records->records = mob_memory_grow(records->records, &records->record_capacity, records->record_count + 1,
                                               sizeof *records->records);
        records->records[records->record_count++] = (struct mob_record){
            .cell_count = cell_count,
            .raw = { records->bytes + records->start, end - records->start },
            .line = records->line,
            .plain = !records->quoted,
            .unended = unended,
        };
        if (records->column_count == 0)
            records->column_count = cell_count;
    }
    records->start = records->at = next;
    records->first_cell = records->cell_count;
    records->line += records->lines_inside + 1;
    records->lines_inside = 0;
    records->quoted = false;
}

void mob_records_begin_again(struct mob_records *records)
{
    records->cell_count = records->first_cell;
    records->at = records->start;
}

void mob_records_point_at_copies(struct mob_records *records)
{
    for (size_t i = 0; i < records->copied_count && records->copied_cells[i].cell < records->first_cell; i++)
        records->cells[records->copied_cells[i].cell].bytes = records->copies.bytes + records->copied_cells[i].offset;
}

bool mob_records_next(struct mob_records *records, struct mob_record *record)
{
    if (records->next_record == records->record_count)
        return false;
    *record = records->records[records->next_record++];
    record->cells = records->cells + records->next_cell;
    records->next_cell += record->cell_count;
    return true;
}

static void forget_copies(struct mob_records *records)
{
    size_t first = 0;
    size_t offset;

    while (first < records->copied_count && records->copied_cells[first].cell < records->first_cell)
        first++;
    offset = first < records->copied_count ? records->copied_cells[first].offset : records->copies.length;
    for (size_t i = first; i < records->copied_count; i++) {
        struct mob_copied_cell copied = records->copied_cells[i];

        records->copied_cells[i - first] =
            (struct mob_copied_cell){ copied.cell - records->first_cell, copied.offset - offset };
    }
    records->copied_count -= first;
    records->copies.length -= offset;
    if (records->copies.length && offset)
        memmove(records->copies.bytes, records->copies.bytes + offset, records->copies.length);
}

void mob_records_forget(struct mob_records *records)
{
    forget_copies(records);
    records->cell_count -= records->first_cell;
    if (records->cell_count && records->first_cell)
        memmove(records->cells, records->cells + records->first_cell, records->cell_count * sizeof *records->cells);
    records->first_cell = 0;
    records->record_count = 0;
    records->next_record = 0;
    records->next_cell = 0;
}

void mob_records_move(struct mob_records *records, const char *bytes)
{
    for (size_t i = 0; i < records->cell_count; i++)
        records->cells[i].bytes = bytes + ((size_t)(records->cells[i].bytes - records->bytes) - records->start);
    records->bytes = bytes;
    records->at -= records->start;
    records->start = 0;
}

void mob_records_release(struct mob_records *records)
{
    mob_buffer_release(&records->copies);
    free(records->copied_cells);
    free(records->cells);
    free(records->records);
    *records = (struct mob_records){ 0 };
}
