#include "site/entries.h"

#include "site/columns.h"

#include <stdlib.h>

/* What is known of a file of entries while it is read. */
struct reading {
    const struct mob_store_file *file;
    struct mob_arena *arena;
    struct mob_calendar *calendar;
    struct mob_binding binding;
    bool is_sealed; /* its checks must fit */
    struct mob_seal seal;
    size_t sealed;                /* so many bytes of the file */
    struct mob_booking_row *rows; /* of the entry that is read */
    size_t row_count, row_capacity;
    struct mob_entry_row first; /* its first row */
    size_t leg_count;           /* so many rows it must have */
    struct mob_error *error;
};

static int damaged(const struct reading *reading, uint64_t line, const char *what)
{
    return mob_error_set(
        reading->error, MOB_ERROR_FATAL, reading->file->path, line, NULL,
        "%s: it is not what was last committed (cut, edited, or an old copy put back?); nothing is booked "
        "upon it: put the right file back, or look at it with mob-check and take it with --accept",
        what);
}

static void seal_until(struct reading *reading, size_t offset)
{
    mob_seal_add(&reading->seal,
                 (struct mob_text){ reading->file->bytes.bytes + reading->sealed, offset - reading->sealed });
    reading->sealed = offset;
}

/* A row's last cell vouches for every byte before it. */
static int verify(struct reading *reading, const struct mob_record *record)
{
    struct mob_text raw = record->raw;
    char check[MOB_CHECK_LENGTH + 1];
    size_t offset;

    if (record->unended)
        return damaged(reading, record->line, "the last line has no end");
    if (raw.length <= MOB_CHECK_LENGTH || raw.bytes[raw.length - MOB_CHECK_LENGTH - 1] != ',')
        return damaged(reading, record->line, "the line ends in no check");
    offset = (size_t)(raw.bytes - reading->file->bytes.bytes) + raw.length - MOB_CHECK_LENGTH;
    seal_until(reading, offset);
    mob_seal_print(&reading->seal, check);
    if (memcmp(check, raw.bytes + raw.length - MOB_CHECK_LENGTH, MOB_CHECK_LENGTH) != 0)
        return damaged(reading, record->line, "the line does not fit its check");
    return 0;
}

static int bad_row(const struct reading *reading, const struct mob_record *record, const char *column,
                   struct mob_text found, const char *expected)
{
    return mob_error_set(reading->error, MOB_ERROR_FATAL, reading->file->path, record->line, column, "%s is not %s",
                         mob_quote(found).text, expected);
}

/* Puts the entry that has been read whole into the calendar. */
static void finish_entry(struct reading *reading)
{
    struct mob_entry *entry = &reading->first.entry;

    if (reading->row_count == 0)
        return;
    entry->rows = mob_arena_take_array(reading->arena, reading->row_count, sizeof *entry->rows);
    memcpy(entry->rows, reading->rows, reading->row_count * sizeof *entry->rows);
    entry->row_count = reading->row_count;
    mob_calendar_add(reading->calendar, entry);
    reading->row_count = 0;
}

static bool read_leg(struct mob_text leg, size_t *number, size_t *count)
{
    const char *slash = memchr(leg.bytes, '/', leg.length);
    int64_t one, all;
    size_t digits;

    if (!slash)
        return false;
    digits = (size_t)(slash - leg.bytes);
    if (mob_text_to_number((struct mob_text){ leg.bytes, digits }, &one) < 0 ||
        mob_text_to_number((struct mob_text){ slash + 1, leg.length - digits - 1 }, &all) < 0)
        return false;
    *number = (size_t)one;
    *count = (size_t)all;
    return one >= 1 && one <= all;
}

/* Texts of a record with a quote live in the reader's buffer only. */
static int take_row(struct reading *reading, const struct mob_record *record)
{
    struct mob_arena *arena = record->plain ? NULL : reading->arena;
    const struct mob_calendar *calendar = reading->calendar;
    struct mob_entry_row row;
    size_t leg, leg_count;
    int64_t last;

    if (mob_table_check_width(&reading->binding, record, reading->error) < 0 ||
        mob_table_read(&reading->binding, record, &row, arena, reading->error) < 0) {
        reading->error->kind = MOB_ERROR_FATAL;
        return -1;
    }
    if (!read_leg(row.leg, &leg, &leg_count))
        return bad_row(reading, record, "leg", row.leg, "a leg (1/2)");
    if (leg == 1) {
        if (reading->row_count && reading->row_count < reading->leg_count)
            return bad_row(reading, record, "leg", row.leg, "the next leg of the entry before it");
        finish_entry(reading);
        last = calendar->count ? calendar->entries[calendar->count - 1].number : 0;
        if (row.entry.number <= last)
            return mob_error_set(reading->error, MOB_ERROR_FATAL, reading->file->path, record->line, "entry",
                                 "%lld comes behind %lld", (long long)row.entry.number, (long long)last);
        reading->first = row;
        reading->first.entry.first_check = row.check;
        reading->first.entry.year = 0;
        reading->first.entry.is_purged = false;
        reading->leg_count = leg_count;
    } else if (leg != reading->row_count + 1 || leg_count != reading->leg_count ||
               row.entry.number != reading->first.entry.number) {
        return bad_row(reading, record, "leg", row.leg, "the next leg of the entry before it");
    }
    if ((row.row.span == MOB_ABSENT) != (row.row.resource.length == 0) ||
        (row.row.span != MOB_ABSENT && (row.row.busy_from == MOB_ABSENT || row.row.busy_until == MOB_ABSENT)))
        return bad_row(reading, record, "resource", row.row.resource,
                       "complete: span, resource, busy_from and busy_until go together");
    reading->rows = mob_memory_grow(reading->rows, &reading->row_capacity, reading->row_count + 1, sizeof row.row);
    reading->rows[reading->row_count++] = row.row;
    reading->first.entry.check = row.check;
    return 0;
}

/* Finds the columns, and in which order they stand. */
static int take_header(struct reading *reading, struct mob_csv *csv, struct mob_entries_header *header)
{
    struct mob_record record;

    if (mob_table_read_header(&reading->binding, mob_entry_columns, MOB_ENTRY_COLUMN_COUNT, csv, &record,
                              reading->file->path, reading->error) < 0)
        return -1;
    if (reading->binding.cells[MOB_ENTRY_CHECK_COLUMN] != record.cell_count - 1)
        return mob_error_set(reading->error, MOB_ERROR_FATAL, reading->file->path, record.line, "check",
                             "is not the last column");
    if (record.unended && reading->is_sealed)
        return damaged(reading, record.line, "the last line has no end");
    header->count = record.cell_count;
    header->columns = mob_arena_take_array(reading->arena, header->count, sizeof *header->columns);
    for (size_t i = 0; i < header->count; i++)
        header->columns[i] = MOB_NO_CELL;
    for (size_t i = 0; i < MOB_ENTRY_COLUMN_COUNT; i++)
        header->columns[reading->binding.cells[i]] = i;
    return 0;
}

static int read_all(const struct mob_store_file *file, bool is_sealed, struct mob_arena *arena,
                    struct mob_calendar *calendar, struct mob_entries_header *header, struct mob_error *error)
{
    struct reading reading = {
        .file = file, .is_sealed = is_sealed, .arena = arena, .calendar = calendar, .error = error
    };
    struct mob_record record;
    struct mob_csv *csv = mob_csv_open_bytes(file->bytes, file->path);
    int got;

    mob_seal_init(&reading.seal);
    got = take_header(&reading, csv, header);

    while (got >= 0 && (got = mob_csv_read(csv, &record, error)) > 0)
        if ((is_sealed && verify(&reading, &record) < 0) || take_row(&reading, &record) < 0)
            got = -1;
    if (got == 0 && reading.row_count < reading.leg_count)
        got = damaged(&reading, 0, "the last entry is not whole");
    if (got == 0)
        finish_entry(&reading);
    mob_csv_close(csv);
    mob_table_release(&reading.binding);
    free(reading.rows);
    mob_seal_release(&reading.seal);
    return got;
}

int mob_entries_read(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                     struct mob_entries_header *header, struct mob_error *error)
{
    return read_all(file, true, arena, calendar, header, error);
}

int mob_entries_read_unsealed(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                              struct mob_entries_header *header, struct mob_error *error)
{
    return read_all(file, false, arena, calendar, header, error);
}
