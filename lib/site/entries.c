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
    bool is_unnumbered;         /* the number of its first row could not be read */
    bool is_lost;               /* which leg comes next is not known: a row before could not be read */
    struct mob_findings *findings;
    struct mob_error *error;
};

/* A row as it is read, and which of its cells are faulty, as bits. */
struct row {
    struct mob_entry_row cells;
    uint64_t faulty;
};

#define BIT(column) (UINT64_C(1) << (column))

/* Reports a fault: -1 ends the reading, 0 goes on. */
static int report(const struct reading *reading, struct mob_error *found)
{
    found->kind = MOB_ERROR_FATAL;
    if (reading->findings)
        return mob_findings_take(reading->findings, found);
    if (reading->error->kind == MOB_ERROR_NONE)
        *reading->error = *found;
    return -1;
}

static int damaged(const struct reading *reading, uint64_t line, const char *column, const char *what)
{
    struct mob_error found = { 0 };

    mob_error_set(&found, MOB_ERROR_FATAL, reading->file->path, line, reading->findings ? column : NULL,
                  "%s: it is not what was last committed (cut, edited, or an old copy put back?); nothing is booked "
                  "upon it: put the right file back, or look at it with mob-check, whose --accept takes a calendar.csv",
                  what);
    return report(reading, &found);
}

static void seal_until(struct reading *reading, size_t offset)
{
    mob_seal_add(&reading->seal,
                 (struct mob_text){ reading->file->bytes.bytes + reading->sealed, offset - reading->sealed });
    reading->sealed = offset;
}

/* A row's last cell vouches for every byte before it. Nothing is read behind one that does not. */
static int verify(struct reading *reading, const struct mob_record *record)
{
    struct mob_text raw = record->raw;
    const char *column = "check", *wrong = NULL;
    char check[MOB_CHECK_LENGTH + 1];

    if (record->unended) {
        column = NULL;
        wrong = "the last line has no end";
    } else if (raw.length <= MOB_CHECK_LENGTH || raw.bytes[raw.length - MOB_CHECK_LENGTH - 1] != ',') {
        wrong = "the line ends in no check";
    } else {
        seal_until(reading, (size_t)(raw.bytes - reading->file->bytes.bytes) + raw.length - MOB_CHECK_LENGTH);
        mob_seal_print(&reading->seal, check);
        if (memcmp(check, raw.bytes + raw.length - MOB_CHECK_LENGTH, MOB_CHECK_LENGTH) != 0)
            wrong = "the line does not fit its check";
    }
    if (!wrong)
        return 0;
    damaged(reading, record->line, column, wrong);
    return -1;
}

static int bad_row(const struct reading *reading, const struct mob_record *record, const char *column,
                   struct mob_text found, const char *expected)
{
    struct mob_error fault = { 0 };

    mob_error_set(&fault, MOB_ERROR_FATAL, reading->file->path, record->line, column, "%s is not %s",
                  mob_quote(found).text, expected);
    return report(reading, &fault);
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

/* Reads a row's cells. A faulty one becomes an empty one, and a row with another number of cells keeps no more than
 * which entry it is of. Texts of a record with a quote live in the reader's buffer only. */
static int read_cells(const struct reading *reading, const struct mob_record *record, struct row *row)
{
    struct mob_arena *arena = record->plain ? NULL : reading->arena;
    const struct mob_binding *binding = &reading->binding;
    struct mob_error found = { 0 };
    bool is_whole = mob_table_check_width(binding, record, &found) == 0;

    row->faulty = 0;
    if (!is_whole && report(reading, &found) < 0)
        return -1;
    for (size_t i = 0; i < MOB_ENTRY_COLUMN_COUNT; i++) {
        bool is_any = i == MOB_ENTRY_CHECK_COLUMN && !reading->is_sealed; /* a new row may have none */
        bool is_there = is_whole || (i <= MOB_ENTRY_STATUS_COLUMN && binding->cells[i] < record->cell_count);

        if (is_there && mob_table_read_column(binding, i, record, &row->cells, arena, &found) == 0)
            continue;
        if (is_whole && !is_any && report(reading, &found) < 0)
            return -1;
        found.kind = MOB_ERROR_NONE;
        row->faulty |= BIT(i);
        mob_table_clear(&mob_entry_columns[i], &row->cells);
    }
    /* What cannot be told must not look like another fault: it is no booking. */
    if (row->faulty & (BIT(MOB_ENTRY_REQUEST_COLUMN) | BIT(MOB_ENTRY_STATUS_COLUMN)))
        row->cells.entry.status = MOB_STATUS_CANCELLED;
    return 0;
}

/* Whether the cells that say what it occupies are whole; if not it stands in nobody's way. */
static int check_occupation(const struct reading *reading, const struct mob_record *record, struct row *row)
{
    const uint64_t occupying = BIT(MOB_ENTRY_SPAN_COLUMN) | BIT(MOB_ENTRY_RESOURCE_COLUMN) |
                               BIT(MOB_ENTRY_FROM_COLUMN) | BIT(MOB_ENTRY_UNTIL_COLUMN);
    struct mob_booking_row *held = &row->cells.row;
    bool is_complete = (held->span == MOB_ABSENT) == (held->resource.length == 0) &&
                       (held->span == MOB_ABSENT || (held->busy_from != MOB_ABSENT && held->busy_until != MOB_ABSENT));

    held->line = record->line;
    if (!(row->faulty & occupying) && is_complete)
        return 0;
    if (!(row->faulty & occupying) && bad_row(reading, record, "resource", held->resource,
                                              "complete: span, resource, busy_from and busy_until go together") < 0)
        return -1;
    /* It holds its resource, where that is known, for no time. */
    held->busy_until = held->busy_from;
    if (held->resource.length == 0)
        held->span = MOB_ABSENT;
    return 0;
}

/* The first row of an entry, or, where some are lost, the first that is there. */
static int begin_entry(struct reading *reading, const struct mob_record *record, struct row *row, bool is_leg_1)
{
    const struct mob_calendar *calendar = reading->calendar;
    struct mob_entry *entry = &row->cells.entry;
    struct mob_error found = { 0 };
    int64_t last;

    finish_entry(reading);
    last = calendar->count ? calendar->entries[calendar->count - 1].number : 0;
    reading->is_unnumbered = row->faulty & BIT(MOB_ENTRY_NUMBER_COLUMN);
    if (reading->is_unnumbered) {
        entry->number = last;
    } else if (is_leg_1 && entry->number <= last) {
        mob_error_set(&found, MOB_ERROR_FATAL, reading->file->path, record->line, "entry", "%lld comes behind %lld",
                      (long long)entry->number, (long long)last);
        if (report(reading, &found) < 0)
            return -1;
    }
    reading->first = row->cells;
    reading->first.entry.first_check = row->cells.check;
    reading->first.entry.year = 0;
    reading->first.entry.is_purged = false;
    return 0;
}

static int not_next(const struct reading *reading, const struct mob_record *record, const struct row *row)
{
    return bad_row(reading, record, "leg", row->cells.leg, "the next leg of the entry before it");
}

static int not_of_entry(const struct reading *reading, const struct mob_record *record, const struct row *row)
{
    struct mob_error found = { 0 };

    mob_error_set(&found, MOB_ERROR_FATAL, reading->file->path, record->line, "entry",
                  "%lld is not %lld, the entry before it, of which this is the next leg",
                  (long long)row->cells.entry.number, (long long)reading->first.entry.number);
    return report(reading, &found);
}

/* Puts a row where its entry, leg and number of legs say. */
static int place_row(struct reading *reading, const struct mob_record *record, struct row *row)
{
    bool is_numbered = !(row->faulty & BIT(MOB_ENTRY_NUMBER_COLUMN)) && !reading->is_unnumbered;
    bool is_of_entry = reading->row_count && (!is_numbered || row->cells.entry.number == reading->first.entry.number);
    bool is_short = reading->row_count < reading->leg_count && !reading->is_lost;
    size_t leg = 0, leg_count = 0;
    int result = 0;

    if (row->faulty & BIT(MOB_ENTRY_LEG_COLUMN)) {
        reading->is_lost = true;
    } else if (!read_leg(row->cells.leg, &leg, &leg_count)) {
        result = bad_row(reading, record, "leg", row->cells.leg, "a leg (1/2)");
        reading->is_lost = true;
    } else if (leg == 1) {
        result = is_short ? not_next(reading, record, row) : 0;
        reading->is_lost = false;
    } else if (!reading->is_lost && (leg != reading->row_count + 1 || leg_count != reading->leg_count)) {
        result = not_next(reading, record, row);
        reading->is_lost = true;
    } else if (!reading->is_lost && !is_of_entry) {
        result = not_of_entry(reading, record, row);
        is_of_entry = true;
    }
    if (result == 0 && (leg == 1 || !is_of_entry))
        result = begin_entry(reading, record, row, leg == 1);
    reading->leg_count = leg_count;
    return result;
}

static int take_row(struct reading *reading, const struct mob_record *record)
{
    struct row row;

    if (read_cells(reading, record, &row) < 0 || place_row(reading, record, &row) < 0 ||
        check_occupation(reading, record, &row) < 0)
        return -1;
    reading->rows =
        mob_memory_grow(reading->rows, &reading->row_capacity, reading->row_count + 1, sizeof *reading->rows);
    reading->rows[reading->row_count++] = row.cells.row;
    reading->first.entry.check = row.cells.check;
    return 0;
}

/* Finds the columns, and in which order they stand. */
static int take_header(struct reading *reading, struct mob_csv *csv, struct mob_entries_header *header)
{
    struct mob_record record;
    struct mob_error found = { 0 };

    if (mob_findings_read_header(reading->findings, &reading->binding, mob_entry_columns, MOB_ENTRY_COLUMN_COUNT, csv,
                                 &record, reading->file->path, reading->error) <= 0)
        return -1;
    if (reading->binding.cells[MOB_ENTRY_CHECK_COLUMN] != record.cell_count - 1) {
        mob_error_set(&found, MOB_ERROR_FATAL, reading->file->path, record.line, "check", "is not the last column");
        report(reading, &found);
        return -1;
    }
    if (record.unended && reading->is_sealed) {
        damaged(reading, record.line, NULL, "the last line has no end");
        return -1;
    }
    header->count = record.cell_count;
    header->columns = mob_arena_take_array(reading->arena, header->count, sizeof *header->columns);
    for (size_t i = 0; i < header->count; i++)
        header->columns[i] = MOB_NO_CELL;
    for (size_t i = 0; i < MOB_ENTRY_COLUMN_COUNT; i++)
        header->columns[reading->binding.cells[i]] = i;
    return 0;
}

static int read_all(struct reading *reading, struct mob_entries_header *header)
{
    struct mob_error found = { 0 };
    struct mob_record record;
    struct mob_csv *csv = mob_csv_open_bytes(reading->file->bytes, reading->file->path);
    int got;

    mob_seal_init(&reading->seal);
    got = take_header(reading, csv, header);
    while (got >= 0 && (got = mob_csv_read(csv, &record, &found)) > 0)
        if ((reading->is_sealed && verify(reading, &record) < 0) || take_row(reading, &record) < 0)
            got = -1;
    if (found.kind != MOB_ERROR_NONE)
        report(reading, &found);
    if (reading->row_count >= reading->leg_count || reading->is_lost)
        finish_entry(reading);
    else if (got == 0) {
        damaged(reading, 0, NULL, "the last entry is not whole");
        got = -1;
    }
    mob_csv_close(csv);
    mob_table_release(&reading->binding);
    free(reading->rows);
    mob_seal_release(&reading->seal);
    return got;
}

int mob_entries_read(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                     struct mob_entries_header *header, struct mob_findings *findings, struct mob_error *error)
{
    struct reading reading = {
        .file = file, .is_sealed = true, .arena = arena, .calendar = calendar, .findings = findings, .error = error
    };

    return read_all(&reading, header);
}

int mob_entries_read_unsealed(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                              struct mob_entries_header *header, struct mob_findings *findings, struct mob_error *error)
{
    struct reading reading = {
        .file = file, .arena = arena, .calendar = calendar, .findings = findings, .error = error
    };

    return read_all(&reading, header);
}
