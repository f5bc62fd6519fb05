#include "site/ledger.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

/* ---- calendar.csv.last ---- */

enum fit {
    FITS,
    FITS_NOT,    /* the error says how */
    FITS_UNREAD, /* one of the two cannot be read: the error says why */
    FITS_BUT_OLD,
    FITS_WITHOUT_LAST
};

/* Reads `ENTRY CHECK` and the line end; `*check` may be `-`. */
static bool read_last(struct mob_text bytes, int64_t *number, struct mob_text *check)
{
    struct mob_text line = bytes, item;

    if (line.length == 0 || line.bytes[--line.length] != '\n' || !mob_text_next(&line, &item) ||
        mob_text_to_number(item, number) < 0)
        return false;
    *check = line;
    return line.length == MOB_CHECK_LENGTH || mob_text_is(line, MOB_TEXT("-"));
}

/* Does the calendar have the entry that was committed last? It may go on behind it. */
static enum fit fits_last(const struct mob_ledger *ledger, struct mob_error *error)
{
    const struct mob_calendar *calendar = &ledger->calendar;
    const struct mob_entry *entry;
    struct mob_text check;
    int64_t number;

    if (!ledger->last.exists)
        return FITS_WITHOUT_LAST;
    if (!read_last(ledger->last.bytes, &number, &check)) {
        mob_error_set(error, MOB_ERROR_FATAL, ledger->last_path, 1, NULL,
                      "%s is not the number and check of the entry committed last (17 0123456789abcdef)",
                      mob_quote(ledger->last.bytes).text);
        return FITS_NOT;
    }
    entry = mob_calendar_entry(calendar, number);
    if (entry && (check.length == 1 || mob_text_is(entry->check, check)))
        return entry == &calendar->entries[calendar->count - 1] ? FITS : FITS_BUT_OLD;
    mob_error_set(error, MOB_ERROR_FATAL, ledger->file.path, 0, NULL,
                  "%s holds no entry %lld with check %.*s, which was committed last (%s): cut, edited, removed, or an "
                  "old "
                  "copy put back? Nothing is booked upon it: put the right file back, or look at it with mob-check and "
                  "take it with --accept",
                  ledger->file.exists ? "it" : "it is missing and", (long long)number, (int)check.length, check.bytes,
                  ledger->last_path);
    return FITS_NOT;
}

/* ---- reading the live file ---- */

static void forget(struct mob_ledger *ledger)
{
    mob_calendar_release(&ledger->calendar);
    mob_calendar_release(&ledger->archive);
    mob_store_file_release(&ledger->file);
    mob_store_file_release(&ledger->last);
    for (size_t i = 0; i < ledger->archive_count; i++)
        mob_store_file_release(&ledger->archives[i]);
    ledger->archive_count = 0;
    mob_arena_reset(&ledger->arena);
}

/* Reads .last, then the calendar, and holds them against each other. */
static enum fit read_pair(struct mob_ledger *ledger, struct mob_error *error)
{
    if (mob_store_read(&ledger->store, &ledger->last, ledger->last_name, ledger->last_path, error) < 0 ||
        mob_store_read(&ledger->store, &ledger->file, ledger->name, ledger->path, error) < 0)
        return FITS_UNREAD;
    if (ledger->file.exists &&
        mob_entries_read(&ledger->file, &ledger->arena, &ledger->calendar, &ledger->header, error) < 0)
        return FITS_UNREAD;
    ledger->read_count = ledger->calendar.count;
    return fits_last(ledger, error);
}

/* Splits the calendar's path into its directory and names. They are the site's: messages name them after the ledger is
 * gone. */
static void name_files(struct mob_ledger *ledger, struct mob_site *site)
{
    const char *path = mob_site_path(site, MOB_SITE_CALENDAR);
    const char *slash = strrchr(path, '/');
    struct mob_buffer text = { 0 };

    ledger->site = site;
    ledger->path = path;
    ledger->file.path = path;
    ledger->name = slash ? slash + 1 : path;
    ledger->directory = ".";
    if (slash)
        ledger->directory =
            mob_text_copy(&site->arena, (struct mob_text){ path, slash > path ? (size_t)(slash - path) : 1 }).bytes;
    mob_buffer_add(&text, mob_text_of(path));
    mob_buffer_add(&text, MOB_TEXT(".last"));
    ledger->last_path = mob_text_copy(&site->arena, mob_buffer_since(&text, 0)).bytes;
    ledger->last_name = ledger->last_path + (ledger->name - path);
    mob_buffer_release(&text);
}

static void say_missing(const struct mob_ledger *ledger)
{
    if (ledger->file.exists)
        mob_sink_warn(ledger->warnings, ledger->last_path, 0, NULL,
                      "is missing: whether the calendar was cut cannot be seen; the next booking makes it anew");
    else
        mob_sink_warn(ledger->warnings, ledger->file.path, 0, NULL, "is missing: taken for an empty calendar");
}

int mob_ledger_read(struct mob_ledger *ledger, struct mob_site *site, struct mob_error *error)
{
    enum fit fit;

    *ledger = (struct mob_ledger){ .warnings = site->warnings, .file.descriptor = -1, .last.descriptor = -1 };
    name_files(ledger, site);
    if (mob_store_open_unlocked(&ledger->store, ledger->directory, error) < 0) {
        mob_arena_release(&ledger->arena);
        return -1;
    }
    for (;;) {
        struct mob_error misfit = { 0 };

        fit = read_pair(ledger, &misfit);
        if (fit != FITS_NOT && fit != FITS_UNREAD)
            break;
        /* A writer may have put in place one of the two between our looks at them. */
        if (fit == FITS_UNREAD ||
            (!mob_store_changed(&ledger->store, &ledger->last) && !mob_store_changed(&ledger->store, &ledger->file))) {
            *error = misfit;
            mob_ledger_release(ledger);
            return -1;
        }
        forget(ledger);
    }
    if (fit == FITS_WITHOUT_LAST)
        say_missing(ledger);
    return 0;
}

void mob_ledger_release(struct mob_ledger *ledger)
{
    forget(ledger);
    free(ledger->archives);
    ledger->archives = NULL;
    mob_store_close(&ledger->store);
    mob_arena_release(&ledger->arena);
}

void mob_ledger_warn_of_clock(const struct mob_ledger *ledger, int64_t now)
{
    time_t recorded;
    struct tm local;

    if (ledger->read_count == 0)
        return;
    recorded = (time_t)ledger->calendar.entries[ledger->read_count - 1].recorded;
    if (localtime_r(&recorded, &local) && now < mob_instant_of_clock(&local)) {
        char text[MOB_INSTANT_SIZE];

        mob_instant_print(mob_instant_of_clock(&local), text);
        mob_sink_warn(ledger->warnings, ledger->file.path, 0, NULL,
                      "its last entry was recorded at %s, which is after now: has the clock gone back?", text);
    }
}

/* ---- archives ---- */

static int compare_numbers(const void *one, const void *other)
{
    const struct mob_entry *a = one, *b = other;

    return a->number < b->number ? -1 : a->number > b->number;
}

/* Whether `name` is that of an archive of this calendar: calendar-2026.csv of calendar.csv. */
static bool is_archive(const struct mob_ledger *ledger, const char *name)
{
    const char *dot = strrchr(ledger->name, '.');
    size_t stem = dot ? (size_t)(dot - ledger->name) : strlen(ledger->name);
    int64_t year;

    return strncmp(name, ledger->name, stem) == 0 && name[stem] == '-' && strlen(name) >= stem + 5 &&
           mob_text_to_number((struct mob_text){ name + stem + 1, 4 }, &year) == 0 &&
           strcmp(name + stem + 5, ledger->name + stem) == 0;
}

/* Reads one archive: its entries join `all`, whatever their numbers are among those of other archives. */
static int read_archive(struct mob_ledger *ledger, const char *name, struct mob_calendar *all, struct mob_error *error)
{
    struct mob_calendar entries = { 0 };
    struct mob_entries_header header;
    struct mob_buffer path = { 0 };
    struct mob_store_file *file;
    int result = 0;

    ledger->archives = mob_memory_grow(ledger->archives, &ledger->archive_capacity, ledger->archive_count + 1,
                                       sizeof *ledger->archives);
    file = &ledger->archives[ledger->archive_count];
    mob_buffer_add(&path, (struct mob_text){ ledger->path, (size_t)(ledger->name - ledger->path) });
    mob_buffer_add(&path, mob_text_of(name));
    *file = (struct mob_store_file){ .descriptor = -1,
                                     .path = mob_text_copy(&ledger->site->arena, mob_buffer_since(&path, 0)).bytes };
    mob_buffer_release(&path);
    if (mob_store_read(&ledger->store, file, name, file->path, error) < 0)
        return -1;
    ledger->archive_count++;
    if (file->exists)
        result = mob_entries_read(file, &ledger->arena, &entries, &header, error);
    for (size_t i = 0; i < entries.count && result == 0; i++) {
        all->entries = mob_memory_grow(all->entries, &all->capacity, all->count + 1, sizeof *all->entries);
        all->entries[all->count++] = entries.entries[i];
    }
    mob_calendar_release(&entries);
    return result;
}

/* Reads all archives beside the calendar, in no order. */
static int read_all_archives(struct mob_ledger *ledger, struct mob_calendar *all, struct mob_error *error)
{
    struct dirent *found;
    DIR *directory = opendir(ledger->directory);
    int result = 0;

    if (!directory)
        return mob_error_set(error, MOB_ERROR_FATAL, ledger->directory, 0, NULL, "cannot be read: %s", strerror(errno));
    errno = 0;
    while (result == 0 && (found = readdir(directory))) {
        if (is_archive(ledger, found->d_name))
            result = read_archive(ledger, found->d_name, all, error);
        errno = 0;
    }
    if (result == 0 && errno)
        result =
            mob_error_set(error, MOB_ERROR_FATAL, ledger->directory, 0, NULL, "cannot be read: %s", strerror(errno));
    closedir(directory);
    return result;
}

int mob_ledger_read_archives(struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_calendar all = { 0 };
    int result;

    if (ledger->is_archive_read)
        return 0;
    result = read_all_archives(ledger, &all, error);
    if (result == 0 && all.count)
        qsort(all.entries, all.count, sizeof *all.entries, compare_numbers);
    /* What mob-archive was moving when it was stopped stands twice: the live file's entry counts. */
    for (size_t i = 0; i < all.count && result == 0; i++)
        if ((i == 0 || all.entries[i].number != all.entries[i - 1].number) &&
            !mob_calendar_entry(&ledger->calendar, all.entries[i].number))
            mob_calendar_add(&ledger->archive, &all.entries[i]);
    mob_calendar_release(&all);
    ledger->is_archive_read = result == 0;
    return result;
}

/* ---- writing ---- */

/* The bytes that go behind the old ones, and the check of the last row. */
static void write_tail(struct mob_ledger *ledger, struct mob_buffer *tail, char check[MOB_CHECK_LENGTH + 1])
{
    struct mob_calendar *calendar = &ledger->calendar;
    int64_t recorded = (int64_t)time(NULL);

    for (size_t i = ledger->read_count; i < calendar->count; i++)
        calendar->entries[i].recorded = recorded;
    mob_entries_write(ledger->file.bytes, &ledger->header, &ledger->arena, calendar, ledger->read_count, tail, check);
}

/* Step 5 for calendar.csv.last: the number and check of the highest entry. */
static int prepare_last(struct mob_ledger *ledger, struct mob_text check, int *prepared, struct mob_error *error)
{
    const struct mob_calendar *calendar = &ledger->calendar;
    struct mob_buffer line = { 0 };
    int result;

    mob_buffer_add_number(&line, calendar->entries[calendar->count - 1].number);
    mob_buffer_add_byte(&line, ' ');
    mob_buffer_add(&line, check);
    mob_buffer_add_byte(&line, '\n');
    result = mob_store_prepare(&ledger->store, &ledger->last, &ledger->last, mob_buffer_since(&line, 0), MOB_TEXT(""),
                               prepared, error);
    mob_buffer_release(&line);
    return result;
}

/* The calendar is right without it, so a failure is no more than a warning. */
static void replace_last(struct mob_ledger *ledger, int prepared)
{
    struct mob_error failure = { 0 };

    if (mob_store_rename(&ledger->store, &ledger->last, prepared, &failure) < 0)
        mob_sink_warn(ledger->warnings, ledger->last_path, 0, NULL, "%s", failure.message);
}

static int commit(struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_buffer tail = { 0 };
    char check[MOB_CHECK_LENGTH + 1];
    int calendar_prepared = -1, last_prepared = -1;
    int result;

    if (ledger->calendar.entries[ledger->calendar.count - 1].number > MOB_NUMBER_MAX)
        return mob_error_set(error, MOB_ERROR_FATAL, ledger->path, 0, "entry",
                             "there is no number for another one: %lld is the last that would be read again",
                             (long long)MOB_NUMBER_MAX);
    write_tail(ledger, &tail, check);
    result = mob_store_prepare(&ledger->store, &ledger->file, &ledger->file, ledger->file.bytes,
                               mob_buffer_since(&tail, 0), &calendar_prepared, error);
    if (result == 0)
        result = prepare_last(ledger, mob_text_of(check), &last_prepared, error);
    if (result == 0)
        result = mob_store_ready(&ledger->store, &ledger->file, error);
    if (result == 0) {
        result = mob_store_replace(&ledger->store, &ledger->file, calendar_prepared, error);
        calendar_prepared = -1; /* it is closed, whatever came of it */
    }
    if (result == 0) {
        replace_last(ledger, last_prepared);
        last_prepared = -1;
    }
    mob_store_discard(&ledger->store, &ledger->file, calendar_prepared);
    mob_store_discard(&ledger->store, &ledger->last, last_prepared);
    mob_buffer_release(&tail);
    return result;
}

/* Nothing to write: what was read is made durable, for the answer is read from it; and a calendar.csv.last that a crash
 * left behind, or that is missing, is made anew. */
static int settle(struct mob_ledger *ledger, enum fit fit, struct mob_error *error)
{
    struct mob_error ignored = { 0 };
    int prepared;

    if (mob_store_settle(&ledger->store, &ledger->file, error) < 0)
        return -1;
    if (fit == FITS || ledger->calendar.count == 0)
        return 0;
    if (prepare_last(ledger, ledger->calendar.entries[ledger->calendar.count - 1].check, &prepared, &ignored) < 0)
        mob_sink_warn(ledger->warnings, ledger->last_path, 0, NULL, "%s", ignored.message);
    else
        replace_last(ledger, prepared);
    return 0;
}

int mob_ledger_update(const struct mob_ledger_update *update, struct mob_error *error)
{
    struct mob_ledger ledger = { .warnings = update->site->warnings, .file.descriptor = -1, .last.descriptor = -1 };
    enum fit fit;
    int result = -1;

    name_files(&ledger, update->site);
    if (mob_store_open(&ledger.store, ledger.directory, update->wait_seconds, error) == 0) {
        fit = read_pair(&ledger, error);
        if (fit == FITS_WITHOUT_LAST)
            say_missing(&ledger);
        if (fit != FITS_NOT && fit != FITS_UNREAD)
            result = update->decide(update->context, &ledger, error);
        if (result == 0 && !update->is_dry)
            result = ledger.calendar.count > ledger.read_count ? commit(&ledger, error) : settle(&ledger, fit, error);
    }
    mob_ledger_release(&ledger);
    return result;
}
