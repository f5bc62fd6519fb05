/* Fuzzes the ledger (CALENDAR.md): a file of entries as it stands, and resealed, that is with each row's check made
 * right, so that what lies behind the checks is reached. What is accepted must be in order, must be read again when
 * it is written anew or gone on with, and must fit calendar.csv.last or be refused. The input is the calendar, and
 * behind a line `==== calendar.csv.last`, where there is one, that file. */
#include "fuzz.h"
#include "io/system.h"
#include "io/table.h"
#include "site/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- sealing, by hand ---- */

static void seal_record(struct mob_text record, size_t check, struct mob_buffer *sealed)
{
    char text[MOB_CHECK_LENGTH + 1];
    bool has_cr = record.length && record.bytes[record.length - 1] == '\r';

    mob_buffer_add(sealed, (struct mob_text){ record.bytes, check });
    snprintf(text, sizeof text, "%016llx", (unsigned long long)XXH3_64bits(sealed->bytes, sealed->length));
    mob_buffer_add(sealed, mob_text_of(text));
    if (has_cr)
        mob_buffer_add_byte(sealed, '\r');
}

/* Copies the entries; in each record behind the header what stands behind the last comma becomes its check. */
static void seal(struct mob_text entries, struct mob_buffer *sealed)
{
    bool is_inside = false, is_header = true;
    size_t start = 0, check = 0;

    for (size_t i = 0; i <= entries.length; i++) {
        char byte = i < entries.length ? entries.bytes[i] : '\n';
        struct mob_text record = { entries.bytes + start, i - start };

        is_inside ^= byte == '"';
        if (byte == ',' && !is_inside)
            check = i + 1 - start;
        if (i < entries.length && (byte != '\n' || is_inside))
            continue;
        if (is_header || check == 0)
            mob_buffer_add(sealed, record);
        else
            seal_record(record, check, sealed);
        if (i < entries.length)
            mob_buffer_add_byte(sealed, byte);
        is_header = is_header && check == 0;
        start = i + 1;
        check = 0;
    }
}

/* ---- the files, in memory ---- */

static struct fuzz_file calendar_file, last_file;
static bool has_last;

static const struct fuzz_file *file_of(const char *name)
{
    if (strcmp(name, "calendar.csv") == 0)
        return &calendar_file;
    return has_last && strcmp(name, "calendar.csv.last") == 0 ? &last_file : NULL;
}

static int open_in_memory(int directory, const char *name, int flags, mode_t mode)
{
    if (strcmp(name, ".") == 0)
        return openat(directory, name, flags, mode);
    if (file_of(name))
        return open(file_of(name)->path, flags);
    errno = ENOENT;
    return -1;
}

static int stat_in_memory(int directory, const char *name, struct stat *status, int flags)
{
    (void)directory, (void)flags;
    if (file_of(name))
        return fstat(file_of(name)->descriptor, status);
    errno = ENOENT;
    return -1;
}

static void prepare_files(void)
{
    if (calendar_file.descriptor)
        return;
    fuzz_file_make(&calendar_file);
    fuzz_file_make(&last_file);
    mob_system.openat = open_in_memory;
    mob_system.fstatat = stat_in_memory;
}

/* ---- entries ---- */

struct reading {
    struct mob_arena arena;
    struct mob_calendar calendar;
    struct mob_entries_header header;
};

static bool reads(struct mob_text bytes, struct reading *reading)
{
    struct mob_store_file file = { .path = "calendar.csv", .exists = true, .descriptor = -1, .bytes = bytes };
    struct mob_error error = { 0 };
    int result;

    *reading = (struct reading){ 0 };
    result = mob_entries_read(&file, &reading->arena, &reading->calendar, &reading->header, NULL, &error);
    fuzz_require(result == 0 ? error.kind == MOB_ERROR_NONE : error.kind == MOB_ERROR_FATAL,
                 "entries are read, or there is a fatal error");
    return result == 0;
}

static void release(struct reading *reading)
{
    mob_calendar_release(&reading->calendar);
    mob_arena_release(&reading->arena);
}

static bool is_same_entry(const struct mob_entry *one, const struct mob_entry *other)
{
    static const size_t texts[] = {
        offsetof(struct mob_entry, request),   offsetof(struct mob_entry, customer),
        offsetof(struct mob_entry, vin),       offsetof(struct mob_entry, jobs),
        offsetof(struct mob_entry, solution),  offsetof(struct mob_entry, programmes),
        offsetof(struct mob_entry, currency),  offsetof(struct mob_entry, programme),
        offsetof(struct mob_entry, cost_code), offsetof(struct mob_entry, fuel),
        offsetof(struct mob_entry, note),      offsetof(struct mob_entry, operator_name),
    };
    static const size_t numbers[] = {
        offsetof(struct mob_entry, status),       offsetof(struct mob_entry, km),
        offsetof(struct mob_entry, pay_type),     offsetof(struct mob_entry, licence_until),
        offsetof(struct mob_entry, labour_min),   offsetof(struct mob_entry, explain_min),
        offsetof(struct mob_entry, odometer),     offsetof(struct mob_entry, out),
        offsetof(struct mob_entry, back),         offsetof(struct mob_entry, ready),
        offsetof(struct mob_entry, expires),      offsetof(struct mob_entry, days),
        offsetof(struct mob_entry, price_cents),  offsetof(struct mob_entry, recorded),
        offsetof(struct mob_entry, saving_cents),
    };
    bool is_same = one->row_count == other->row_count;

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        is_same = is_same && mob_text_is(*(const struct mob_text *)((const char *)one + texts[i]),
                                         *(const struct mob_text *)((const char *)other + texts[i]));
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        is_same = is_same && *(const int64_t *)((const char *)one + numbers[i]) ==
                                 *(const int64_t *)((const char *)other + numbers[i]);
    for (size_t i = 0; is_same && i < one->row_count; i++) {
        const struct mob_booking_row *a = &one->rows[i], *b = &other->rows[i];

        is_same = a->span == b->span && mob_text_is(a->resource, b->resource) && a->busy_from == b->busy_from &&
                  a->busy_until == b->busy_until;
    }
    return is_same;
}

/* Whether the first entries of `longer` are those of `calendar`. */
static bool begins_with(const struct mob_calendar *longer, const struct mob_calendar *calendar)
{
    if (longer->count < calendar->count)
        return false;
    for (size_t i = 0; i < calendar->count; i++)
        if (longer->entries[i].number != calendar->entries[i].number ||
            !is_same_entry(&longer->entries[i], &calendar->entries[i]))
            return false;
    return true;
}

static void require_order(const struct mob_calendar *calendar)
{
    int64_t last = 0;

    for (size_t i = 0; i < calendar->count; i++) {
        const struct mob_entry *entry = &calendar->entries[i];
        const struct mob_entry *highest = mob_calendar_find(calendar, entry->request);

        fuzz_require(entry->number > last && entry->number <= MOB_NUMBER_MAX, "the numbers rise");
        fuzz_require(entry->row_count >= 1, "an entry has a row");
        fuzz_require(mob_calendar_entry(calendar, entry->number) == entry, "an entry is found by its number");
        fuzz_require(highest >= entry && mob_text_is(highest->request, entry->request) &&
                         mob_calendar_is_highest(calendar, highest),
                     "the highest entry of a request is found");
        for (size_t row = 0; row < entry->row_count; row++)
            fuzz_require((entry->rows[row].span == MOB_ABSENT) == (entry->rows[row].resource.length == 0) &&
                             (entry->rows[row].span == MOB_ABSENT ||
                              (entry->rows[row].busy_from != MOB_ABSENT && entry->rows[row].busy_until != MOB_ABSENT)),
                         "a row that occupies says what and when");
        last = entry->number;
    }
}

/* Reads `1/2`. */
static bool is_leg(struct mob_text cell, size_t number, size_t count)
{
    char text[64], *slash;

    if (cell.length >= sizeof text)
        return false;
    memcpy(text, cell.bytes, cell.length);
    text[cell.length] = '\0';
    slash = strchr(text, '/');
    return slash && strtoull(text, NULL, 10) == number && strtoull(slash + 1, NULL, 10) == count;
}

/* Each record behind the header is the next row of the next entry, and no row is missing. */
static void require_whole(struct mob_text bytes, const struct mob_calendar *calendar)
{
    struct mob_csv *csv = mob_csv_open_bytes(bytes, "calendar.csv");
    struct mob_error error = { 0 };
    struct mob_record record;
    size_t entry = 0, row = 0, leg, request;

    fuzz_require(mob_csv_read(csv, &record, &error) == 1, "a calendar has a header");
    leg = mob_table_find(&record, "leg");
    request = mob_table_find(&record, "request");
    while (mob_csv_read(csv, &record, &error) == 1) {
        fuzz_require(entry < calendar->count, "every record is a row of an entry");
        fuzz_require(mob_text_is(record.cells[request], calendar->entries[entry].request) || row > 0,
                     "an entry is its first record's request's");
        fuzz_require(is_leg(record.cells[leg], ++row, calendar->entries[entry].row_count), "an entry has all its legs");
        if (row == calendar->entries[entry].row_count) {
            entry++;
            row = 0;
        }
    }
    fuzz_require(entry == calendar->count && row == 0, "every entry has its records");
    mob_csv_close(csv);
}

/* What mob-list shows of an entry is one record as wide as the calendar. */
static void require_listed(const struct mob_calendar *calendar)
{
    struct mob_buffer listed = { 0 };
    struct mob_error error = { 0 };
    struct mob_record record;
    struct mob_csv *csv;
    size_t width = 0, count = 0;

    mob_entries_add_header(&listed);
    for (size_t i = 0; i < calendar->count; i++) {
        mob_buffer_add_byte(&listed, '\n');
        mob_entries_add_listed(&listed, &calendar->entries[i]);
    }
    csv = mob_csv_open_bytes(mob_buffer_since(&listed, 0), "listed");
    while (mob_csv_read(csv, &record, &error) == 1) {
        width = count++ ? width : record.cell_count;
        fuzz_require(record.cell_count == width, "entries are listed as wide as the header");
    }
    fuzz_require(error.kind == MOB_ERROR_NONE && count == calendar->count + 1, "each entry is listed as one record");
    mob_csv_close(csv);
    mob_buffer_release(&listed);
}

/* ---- writing ---- */

static void require_written_anew(struct reading *reading)
{
    struct mob_entries_header header = { 0 }, header_again = { 0 };
    struct mob_buffer written = { 0 }, again = { 0 };
    char check[MOB_CHECK_LENGTH + 1] = "", check_again[MOB_CHECK_LENGTH + 1] = "";
    struct reading reread;

    mob_entries_write(MOB_TEXT(""), &header, &reading->arena, reading->calendar.entries, reading->calendar.count,
                      &written, check);
    fuzz_require(reads(mob_buffer_since(&written, 0), &reread), "what is written anew is accepted");
    fuzz_require(reread.calendar.count == reading->calendar.count && begins_with(&reread.calendar, &reading->calendar),
                 "what is written anew holds the same entries");
    if (reread.calendar.count)
        fuzz_require(mob_text_is(reread.calendar.entries[reread.calendar.count - 1].check, mob_text_of(check)),
                     "the writer tells the check of the last row");
    mob_entries_write(MOB_TEXT(""), &header_again, &reread.arena, reread.calendar.entries, reread.calendar.count,
                      &again, check_again);
    fuzz_require(mob_text_is(mob_buffer_since(&written, 0), mob_buffer_since(&again, 0)),
                 "written once more, no byte is another");
    mob_buffer_release(&written);
    mob_buffer_release(&again);
    release(&reread);
}

/* One more entry, a copy of one that is there, behind the bytes that were read. */
static void require_gone_on_with(struct mob_text bytes, struct reading *reading, uint64_t hash)
{
    struct mob_calendar *calendar = &reading->calendar;
    struct mob_buffer longer = { 0 }, tail = { 0 };
    char check[MOB_CHECK_LENGTH + 1];
    struct reading reread;
    struct mob_entry entry;

    if (calendar->count == 0 || mob_calendar_next_number(calendar) > MOB_NUMBER_MAX)
        return;
    entry = calendar->entries[hash % calendar->count];
    entry.number = mob_calendar_next_number(calendar);
    mob_calendar_add(calendar, &entry);
    mob_entries_write(bytes, &reading->header, &reading->arena, calendar->entries + calendar->count - 1, 1, &tail,
                      check);
    mob_buffer_add(&longer, bytes);
    mob_buffer_add(&longer, mob_buffer_since(&tail, 0));
    fuzz_require(reads(mob_buffer_since(&longer, 0), &reread), "a file that is gone on with is accepted");
    fuzz_require(reread.calendar.count == calendar->count && begins_with(&reread.calendar, calendar),
                 "a file that is gone on with holds the same entries and the new one");
    mob_buffer_release(&longer);
    mob_buffer_release(&tail);
    release(&reread);
}

/* ---- the whole ledger ---- */

static bool is_ledger_read(const struct mob_calendar *expected)
{
    struct mob_site site = { .directory = "." };
    struct mob_error error = { 0 };
    struct mob_ledger ledger;
    bool is_read = mob_ledger_read(&ledger, &site, &error) == 0;

    fuzz_require(is_read == (error.kind == MOB_ERROR_NONE), "a ledger is read, or there is an error");
    if (is_read) {
        fuzz_require(expected && ledger.read_count == expected->count && begins_with(&ledger.calendar, expected),
                     "the ledger holds the entries of its file");
        mob_ledger_release(&ledger);
    }
    mob_site_release(&site);
    return is_read;
}

/* `ENTRY CHECK` or `ENTRY -` of an entry of the calendar. */
static bool is_last_of(struct mob_text last, const struct mob_calendar *calendar)
{
    while (last.length > 1 && last.bytes[0] == '0')
        last = (struct mob_text){ last.bytes + 1, last.length - 1 };
    for (size_t i = 0; i < calendar->count; i++) {
        const struct mob_entry *entry = &calendar->entries[i];
        char line[64];

        snprintf(line, sizeof line, "%lld %.*s\n", (long long)entry->number, (int)entry->check.length,
                 entry->check.bytes);
        if (mob_text_is(last, mob_text_of(line)))
            return true;
        snprintf(line, sizeof line, "%lld -\n", (long long)entry->number);
        if (mob_text_is(last, mob_text_of(line)))
            return true;
    }
    return false;
}

static void require_fits_last(const struct mob_calendar *calendar, int64_t above, bool fits, const char *property)
{
    const struct mob_entry *entry = &calendar->entries[calendar->count - 1];
    char line[64];

    snprintf(line, sizeof line, "%lld %.*s\n", (long long)(entry->number + above), (int)entry->check.length,
             entry->check.bytes);
    fuzz_file_fill(&last_file, mob_text_of(line));
    has_last = true;
    fuzz_require(is_ledger_read(calendar) == fits, property);
}

/* `reading` is NULL where the entries were refused. */
static void check_ledger(struct mob_text bytes, const struct reading *reading, const struct mob_text *last)
{
    const struct mob_calendar *calendar = reading ? &reading->calendar : NULL;

    fuzz_file_fill(&calendar_file, bytes);
    has_last = last != NULL;
    if (last)
        fuzz_file_fill(&last_file, *last);
    fuzz_require(is_ledger_read(calendar) == (calendar && (!last || is_last_of(*last, calendar))),
                 "a ledger is accepted where its entries are and where it fits calendar.csv.last");
    if (!calendar || calendar->count == 0)
        return;
    require_fits_last(calendar, 0, true, "a ledger is accepted with the last entry committed");
    require_fits_last(calendar, 1, false, "a ledger that lacks the last entry committed is refused");
}

static void check_entries(struct mob_text bytes, const struct mob_text *last, uint64_t hash)
{
    struct reading reading;
    bool is_read = reads(bytes, &reading);

    if (is_read || hash % 64 == 0 || FUZZ_SELDOM == 1)
        check_ledger(bytes, is_read ? &reading : NULL, last);
    if (is_read) {
        require_order(&reading.calendar);
        require_whole(bytes, &reading.calendar);
        require_listed(&reading.calendar);
        require_written_anew(&reading);
        require_gone_on_with(bytes, &reading, hash);
    }
    release(&reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mob_text rest = fuzz_input(data, size), name, content;
    struct mob_text calendar = MOB_TEXT(""), last = MOB_TEXT("");
    uint64_t hash = fuzz_hash(rest);
    bool is_last_given = false;
    struct mob_buffer sealed = { 0 };

    while (fuzz_next_section(&rest, &name, &content)) {
        if (name.length == 0)
            calendar = content;
        else
            last = content;
        is_last_given |= name.length > 0;
    }
    prepare_files();
    check_entries(calendar, is_last_given ? &last : NULL, hash);
    seal(calendar, &sealed);
    check_entries(mob_buffer_since(&sealed, 0), is_last_given ? &last : NULL, hash);
    mob_buffer_release(&sealed);
    return 0;
}
