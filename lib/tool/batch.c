#include "tool/batch.h"

#include <stdlib.h>

/* `column: found, expected`, without the file and line that the caller's user does not need beside the row. */
static struct mob_text fault_text(struct mob_batch *batch, struct mob_error *fault)
{
    char text[sizeof fault->message + 64];

    fault->file = NULL;
    mob_error_print(fault, text, sizeof text);
    return mob_text_copy(&batch->arena, mob_text_of(text));
}

int mob_batch_read(struct mob_batch *batch, struct mob_filter *filter, size_t row_size, struct mob_error *error)
{
    struct mob_record record;
    int got;

    *batch = (struct mob_batch){ 0 };
    while ((got = mob_filter_next(filter, &record, true, error)) > 0) {
        struct mob_error fault = { 0 };
        size_t row = batch->count++, capacity = batch->capacity;
        char *place;

        batch->records = mob_memory_grow(batch->records, &batch->capacity, batch->count, sizeof *batch->records);
        if (capacity != batch->capacity) {
            size_t same = capacity;

            batch->rows = mob_memory_grow(batch->rows, &capacity, batch->capacity, row_size);
            batch->faults = mob_memory_grow(batch->faults, &same, batch->capacity, sizeof *batch->faults);
        }
        batch->records[row] = mob_filter_keep(&batch->arena, &record);
        place = (char *)batch->rows + row * row_size;
        memset(place, 0, row_size);
        batch->faults[row] = MOB_TEXT("");
        if (mob_filter_read(filter, &batch->records[row], place, &fault) < 0)
            batch->faults[row] = fault_text(batch, &fault);
    }
    return got;
}

void mob_batch_release(struct mob_batch *batch)
{
    free(batch->records);
    free(batch->rows);
    free(batch->faults);
    mob_arena_release(&batch->arena);
}
