#include "base/money.h"
#include "site/columns.h"
#include "site/entries.h"

#include <stdio.h>

enum {
    LEG_SIZE = 48 /* two counts, a slash and a NUL */
};

static void print_cell(struct mob_buffer *out, const struct mob_column *column, const struct mob_entry_row *row)
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
    struct mob_seal seal; /* of the file's bytes and of the first `sealed` of the tail */
    size_t sealed;
};

void mob_entries_add_header(struct mob_buffer *cells)
{
    for (size_t i = 0; i < MOB_ENTRY_COLUMN_COUNT; i++) {
        if (i > 0)
            mob_buffer_add_byte(cells, ',');
        mob_buffer_add(cells, mob_text_of(mob_entry_columns[i].name));
    }
}

static void write_header(struct writing *writing, struct mob_entries_header *header, struct mob_arena *arena)
{
    header->count = MOB_ENTRY_COLUMN_COUNT;
    header->columns = mob_arena_take_array(arena, MOB_ENTRY_COLUMN_COUNT, sizeof *header->columns);
    for (size_t i = 0; i < MOB_ENTRY_COLUMN_COUNT; i++)
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
    struct mob_entry_row row = { .entry = *entry, .row = entry->rows[number] };
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
            print_cell(writing->tail, &mob_entry_columns[writing->header->columns[i]], &row);
        mob_buffer_add_byte(writing->tail, ',');
    }
    mob_seal_add(&writing->seal, mob_buffer_since(writing->tail, writing->sealed));
    writing->sealed = writing->tail->length;
    mob_seal_print(&writing->seal, check);
    mob_buffer_add(writing->tail, mob_text_of(check));
    mob_buffer_add_byte(writing->tail, '\n');
}

void mob_entries_write(struct mob_text head, struct mob_entries_header *header, struct mob_arena *arena,
                       const struct mob_entry *entries, size_t count, struct mob_buffer *tail,
                       char check[MOB_CHECK_LENGTH + 1])
{
    struct writing writing = { .header = header, .tail = tail, .sealed = tail->length };

    mob_seal_init(&writing.seal);
    mob_seal_add(&writing.seal, head);
    if (header->count == 0)
        write_header(&writing, header, arena);
    for (size_t i = 0; i < count; i++)
        for (size_t row = 0; row < entries[i].row_count; row++)
            write_row(&writing, &entries[i], row, check);
    mob_seal_release(&writing.seal);
}

/* Where the last cell of a record begins: behind its last comma outside quotes. */
static size_t last_cell(struct mob_text raw)
{
    bool is_quoted = false;
    size_t start = 0;

    for (size_t i = 0; i < raw.length; i++) {
        is_quoted ^= raw.bytes[i] == '"';
        if (raw.bytes[i] == ',' && !is_quoted)
            start = i + 1;
    }
    return start;
}

void mob_entries_reseal(const struct mob_store_file *file, struct mob_buffer *whole, char check[MOB_CHECK_LENGTH + 1])
{
    struct mob_csv *csv = mob_csv_open_bytes(file->bytes, file->path);
    struct mob_error ignored = { 0 }; /* it has been read */
    struct mob_record record;
    struct mob_seal seal;

    mob_seal_init(&seal);
    for (bool is_header = true; mob_csv_read(csv, &record, &ignored) > 0; is_header = false) {
        size_t start = whole->length;

        if (is_header) {
            mob_buffer_add(whole, record.raw);
        } else {
            mob_buffer_add(whole, (struct mob_text){ record.raw.bytes, last_cell(record.raw) });
            mob_seal_add(&seal, mob_buffer_since(whole, start));
            mob_seal_print(&seal, check);
            start = whole->length;
            mob_buffer_add(whole, mob_text_of(check));
        }
        mob_buffer_add_byte(whole, '\n');
        mob_seal_add(&seal, mob_buffer_since(whole, start));
    }
    mob_seal_release(&seal);
    mob_csv_close(csv);
}

bool mob_entries_has_other_columns(const struct mob_entries_header *header)
{
    for (size_t i = 0; i < header->count; i++)
        if (header->columns[i] == MOB_NO_CELL)
            return true;
    return false;
}

int mob_entries_refuse_columns(const char *path, struct mob_error *error)
{
    return mob_error_set(error, MOB_ERROR_FATAL, path, 1, NULL,
                         "has columns that are not the ledger's, which would be lost: take them out under the lock, "
                         "then mob-check --accept");
}

/* Whether a column is the row's own, not the entry's. */
static bool is_of_row(const struct mob_column *column)
{
    size_t first = offsetof(struct mob_entry_row, row);

    return column->offset >= first && column->offset < first + sizeof(struct mob_booking_row);
}

/* One column of all the entry's rows, as a list. */
static void add_list(struct mob_buffer *cells, const struct mob_column *column, const struct mob_entry *entry)
{
    struct mob_buffer list = { 0 };
    struct mob_entry_row row = { .entry = *entry };

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
    struct mob_entry_row row = { .entry = *entry, .check = entry->first_check };
    char leg[LEG_SIZE];

    print_leg(leg, 0, entry->row_count);
    row.leg = mob_text_of(leg);
    for (size_t i = 0; i < MOB_ENTRY_COLUMN_COUNT; i++) {
        if (i > 0)
            mob_buffer_add_byte(cells, ',');
        if (is_of_row(&mob_entry_columns[i]))
            add_list(cells, &mob_entry_columns[i], entry);
        else
            print_cell(cells, &mob_entry_columns[i], &row);
    }
}
