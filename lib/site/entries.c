#include "site/entries.h"

#include "base/money.h"
#include "io/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- the columns (CALENDAR.md, "Columns"), in the order in which they are written ---- */

struct ledger_row {
    struct mob_entry entry;
    struct mob_text leg, check;
    struct mob_booking_row row;
};

#define CELL(member, name, type, presence)                              \
    {                                                                   \
        name, type, presence, offsetof(struct ledger_row, member), NULL \
    }
#define WORD(member, name, presence, words)                                       \
    {                                                                             \
        name, MOB_TYPE_WORD, presence, offsetof(struct ledger_row, member), words \
    }

static const struct mob_column columns[] = {
    CELL(entry.number, "entry", MOB_TYPE_NUMBER, MOB_NEEDED),
    CELL(leg, "leg", MOB_TYPE_TEXT, MOB_NEEDED),
    CELL(entry.request, "request", MOB_TYPE_CODE, MOB_NEEDED),
    WORD(entry.status, "status", MOB_NEEDED, mob_status_words),
    CELL(entry.customer, "customer", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.vin, "vin", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.jobs, "jobs", MOB_TYPE_CODES, MOB_NEEDED_EMPTY),
    CELL(entry.km, "km", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    WORD(entry.pay_type, "pay_type", MOB_NEEDED_EMPTY, mob_pay_type_words),
    CELL(entry.licence_until, "licence_until", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    CELL(entry.labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.explain_min, "explain_min", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.programmes, "programmes", MOB_TYPE_CODES, MOB_NEEDED_EMPTY),
    CELL(entry.solution, "solution", MOB_TYPE_CODE, MOB_NEEDED_EMPTY),
    WORD(row.span, "span", MOB_NEEDED_EMPTY, mob_span_words),
    CELL(row.resource, "resource", MOB_TYPE_CODE, MOB_NEEDED_EMPTY),
    CELL(row.busy_from, "busy_from", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(row.busy_until, "busy_until", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(entry.out, "out", MOB_TYPE_INSTANT, MOB_NEEDED),
    CELL(entry.back, "back", MOB_TYPE_INSTANT, MOB_NEEDED),
    CELL(entry.ready, "ready", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(entry.expires, "expires", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(entry.days, "days", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.price_cents, "price", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    CELL(entry.saving_cents, "saving", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    CELL(entry.currency, "currency", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.programme, "programme", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.cost_code, "cost_code", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.odometer, "odometer", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.fuel, "fuel", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.operator_name, "operator", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.note, "note", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.recorded, "recorded", MOB_TYPE_STAMP, MOB_NEEDED),
    CELL(check, "check", MOB_TYPE_TEXT, MOB_NEEDED),
};

enum {
    COLUMN_COUNT = COUNT_OF(columns),
    CHECK_COLUMN = COLUMN_COUNT - 1,
    LEG_SIZE = 48 /* two counts, a slash and a NUL */
};

/* ---- reading one file of entries ---- */

/* What is known of a file of entries while it is read. */
struct reading {
    const struct mob_store_file *file;
    struct mob_arena *arena;
    struct mob_calendar *calendar;
    struct mob_binding binding;
    XXH3_state_t *hash;
    size_t hashed;                /* so many bytes of the file */
    struct mob_booking_row *rows; /* of the entry that is read */
    size_t row_count, row_capacity;
    struct ledger_row first; /* its first row */
    size_t leg_count;        /* so many rows it must have */
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

static void hash_until(struct reading *reading, size_t offset)
{
    XXH3_64bits_update(reading->hash, reading->file->bytes.bytes + reading->hashed, offset - reading->hashed);
    reading->hashed = offset;
}

static void print_check(uint64_t hash, char text[MOB_CHECK_LENGTH + 1])
{
    snprintf(text, MOB_CHECK_LENGTH + 1, "%016llx", (unsigned long long)hash);
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
    hash_until(reading, offset);
    print_check(XXH3_64bits_digest(reading->hash), check);
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
    struct ledger_row row;
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

    if (mob_table_read_header(&reading->binding, columns, COLUMN_COUNT, csv, &record, reading->file->path,
                              reading->error) < 0)
        return -1;
    if (reading->binding.cells[CHECK_COLUMN] != record.cell_count - 1)
        return mob_error_set(reading->error, MOB_ERROR_FATAL, reading->file->path, record.line, "check",
                             "is not the last column");
    if (record.unended)
        return damaged(reading, record.line, "the last line has no end");
    header->count = record.cell_count;
    header->columns = mob_arena_take_array(reading->arena, header->count, sizeof *header->columns);
    for (size_t i = 0; i < header->count; i++)
        header->columns[i] = MOB_NO_CELL;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        header->columns[reading->binding.cells[i]] = i;
    return 0;
}

static XXH3_state_t *new_hash(void)
{
    XXH3_state_t *hash = XXH3_createState();

    if (!hash)
        mob_memory_exhausted();
    XXH3_64bits_reset(hash);
    return hash;
}

int mob_entries_read(const struct mob_store_file *file, struct mob_arena *arena, struct mob_calendar *calendar,
                     struct mob_entries_header *header, struct mob_error *error)
{
    struct reading reading = { .file = file, .arena = arena, .calendar = calendar, .error = error, .hash = new_hash() };
    struct mob_record record;
    struct mob_csv *csv = mob_csv_open_bytes(file->bytes, file->path);
    int got = take_header(&reading, csv, header);

    while (got >= 0 && (got = mob_csv_read(csv, &record, error)) > 0)
        if (verify(&reading, &record) < 0 || take_row(&reading, &record) < 0)
            got = -1;
    if (got == 0 && reading.row_count < reading.leg_count)
        got = damaged(&reading, 0, "the last entry is not whole");
    if (got == 0)
        finish_entry(&reading);
    mob_csv_close(csv);
    mob_table_release(&reading.binding);
    free(reading.rows);
    XXH3_freeState(reading.hash);
    return got;
}

/* ---- writing ---- */

static void print_cell(struct mob_buffer *out, const struct mob_column *column, const struct ledger_row *row)
{
    const void *member = (const char *)row + column->offset;
    int64_t number;
    char text[MOB_STAMP_SIZE];

    if (column->type == MOB_TYPE_TEXT || column->type == MOB_TYPE_CODE || column->type == MOB_TYPE_CODES) {
        mob_csv_add_cell(out, *(const struct mob_text *)member);
        return;
    }
    number = *(const int64_t *)member;
    if (number == MOB_ABSENT)
        return;
    switch (column->type) {
    case MOB_TYPE_INSTANT:
        mob_buffer_add_instant(out, number);
        break;
    case MOB_TYPE_DATE:
        mob_date_print(number, text);
        mob_buffer_add(out, mob_text_of(text));
        break;
    case MOB_TYPE_STAMP:
        mob_stamp_print(number, text);
        mob_buffer_add(out, mob_text_of(text));
        break;
    case MOB_TYPE_MONEY:
        mob_buffer_add_money(out, number);
        break;
    case MOB_TYPE_WORD:
        mob_buffer_add(out, mob_text_of(column->words[number]));
        break;
    default:
        mob_buffer_add_number(out, number);
    }
}

/* What is written behind a file's bytes. */
struct writing {
    const struct mob_entries_header *header;
    struct mob_buffer *tail;
    XXH3_state_t *hash; /* of the file's bytes and of the first `hashed` of the tail */
    size_t hashed;
};

void mob_entries_add_header(struct mob_buffer *cells)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (i > 0)
            mob_buffer_add_byte(cells, ',');
        mob_buffer_add(cells, mob_text_of(columns[i].name));
    }
}

static void write_header(struct writing *writing, struct mob_entries_header *header, struct mob_arena *arena)
{
    header->count = COLUMN_COUNT;
    header->columns = mob_arena_take_array(arena, COLUMN_COUNT, sizeof *header->columns);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        header->columns[i] = i;
    mob_entries_add_header(writing->tail);
    mob_buffer_add_byte(writing->tail, '\n');
}

static void print_leg(char leg[LEG_SIZE], size_t number, size_t count)
{
    snprintf(leg, LEG_SIZE, "%zu/%zu", number + 1, count);
}

static void write_row(struct writing *writing, const struct mob_entry *entry, size_t number,
                      char check[MOB_CHECK_LENGTH + 1])
{
    struct ledger_row row = { .entry = *entry, .row = entry->rows[number] };
    char leg[LEG_SIZE];

    print_leg(leg, number, entry->row_count);
    row.leg = mob_text_of(leg);
    /* On leg 1 only, so that a sum over an entry's rows is right. */
    if (number > 0) {
        row.entry.price_cents = MOB_ABSENT;
        row.entry.saving_cents = MOB_ABSENT;
    }
    for (size_t i = 0; i + 1 < writing->header->count; i++) {
        if (writing->header->columns[i] != MOB_NO_CELL)
            print_cell(writing->tail, &columns[writing->header->columns[i]], &row);
        mob_buffer_add_byte(writing->tail, ',');
    }
    XXH3_64bits_update(writing->hash, writing->tail->bytes + writing->hashed, writing->tail->length - writing->hashed);
    writing->hashed = writing->tail->length;
    print_check(XXH3_64bits_digest(writing->hash), check);
    mob_buffer_add(writing->tail, mob_text_of(check));
    mob_buffer_add_byte(writing->tail, '\n');
}

void mob_entries_write(struct mob_text head, struct mob_entries_header *header, struct mob_arena *arena,
                       const struct mob_calendar *calendar, size_t first, struct mob_buffer *tail,
                       char check[MOB_CHECK_LENGTH + 1])
{
    struct writing writing = { .header = header, .tail = tail, .hash = new_hash(), .hashed = tail->length };

    XXH3_64bits_update(writing.hash, head.bytes, head.length);
    if (header->count == 0)
        write_header(&writing, header, arena);
    for (size_t i = first; i < calendar->count; i++)
        for (size_t row = 0; row < calendar->entries[i].row_count; row++)
            write_row(&writing, &calendar->entries[i], row, check);
    XXH3_freeState(writing.hash);
}

/* Whether a column is the row's own, not the entry's. */
static bool is_of_row(const struct mob_column *column)
{
    size_t first = offsetof(struct ledger_row, row);

    return column->offset >= first && column->offset < first + sizeof(struct mob_booking_row);
}

/* One column of all the entry's rows, as a list. */
static void add_list(struct mob_buffer *cells, const struct mob_column *column, const struct mob_entry *entry)
{
    struct mob_buffer list = { 0 };
    struct ledger_row row = { .entry = *entry };

    for (size_t i = 0; i < entry->row_count; i++) {
        row.row = entry->rows[i];
        if (i > 0)
            mob_buffer_add_byte(&list, ' ');
        if (column->type == MOB_TYPE_CODE)
            mob_buffer_add(&list, row.row.resource); /* quoted with the whole list, where it must be */
        else
            print_cell(&list, column, &row);
    }
    mob_csv_add_cell(cells, mob_buffer_since(&list, 0));
    mob_buffer_release(&list);
}

void mob_entries_add_listed(struct mob_buffer *cells, const struct mob_entry *entry)
{
    struct ledger_row row = { .entry = *entry, .check = entry->first_check };
    char leg[LEG_SIZE];

    print_leg(leg, 0, entry->row_count);
    row.leg = mob_text_of(leg);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (i > 0)
            mob_buffer_add_byte(cells, ',');
        if (is_of_row(&columns[i]))
            add_list(cells, &columns[i], entry);
        else
            print_cell(cells, &columns[i], &row);
    }
}
