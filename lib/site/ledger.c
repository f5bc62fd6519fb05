#include "site/ledger.h"

#include "site/last.h"
#include "site/leftover.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* ---- reading the live file ---- */

static void forget(struct mob_ledger *ledger)
{
    mob_calendar_release(&ledger->calendar);
    mob_calendar_release(&ledger->archive);
    mob_store_file_release(&ledger->file);
    mob_store_file_release(&ledger->last);
    mob_archives_release(&ledger->archives);
    mob_arena_reset(&ledger->arena);
}

/* Reads .last, then the calendar, and holds them against each other. */
static enum mob_fit read_pair(struct mob_ledger *ledger, struct mob_error *error)
{
    if (mob_store_read(&ledger->store, &ledger->last, ledger->last_name, ledger->last_path, error) < 0 ||
        mob_store_read(&ledger->store, &ledger->file, ledger->name, ledger->path, error) < 0)
        return MOB_FITS_UNREAD;
    if (ledger->file.exists &&
        mob_entries_read(&ledger->file, &ledger->arena, &ledger->calendar, &ledger->header, NULL, error) < 0)
        return MOB_FITS_UNREAD;
    ledger->read_count = ledger->calendar.count;
    return mob_last_fits(&ledger->last, &ledger->file, &ledger->calendar, error);
}

static void name_files(struct mob_ledger *ledger, struct mob_site *site)
{
    struct mob_calendar_names names;

    mob_calendar_names_of(site, &names);
    ledger->site = site;
    ledger->path = ledger->file.path = names.path;
    ledger->name = names.name;
    ledger->directory = names.directory;
    ledger->last_path = names.last_path;
    ledger->last_name = names.last_name;
}

int mob_ledger_read(struct mob_ledger *ledger, struct mob_site *site, struct mob_error *error)
{
    enum mob_fit fit;

    *ledger = (struct mob_ledger){ .warnings = site->warnings, .file.descriptor = -1, .last.descriptor = -1 };
    name_files(ledger, site);
    if (mob_store_open_unlocked(&ledger->store, ledger->directory, error) < 0) {
        mob_arena_release(&ledger->arena);
        return -1;
    }
    for (;;) {
        struct mob_error misfit = { 0 };

        fit = read_pair(ledger, &misfit);
        if (fit != MOB_FITS_NOT && fit != MOB_FITS_UNREAD)
            break;
        /* A writer may have put in place one of the two between our looks at them. */
        if (fit == MOB_FITS_UNREAD ||
            (!mob_store_changed(&ledger->store, &ledger->last) && !mob_store_changed(&ledger->store, &ledger->file))) {
            *error = misfit;
            mob_ledger_release(ledger);
            return -1;
        }
        forget(ledger);
    }
    if (fit == MOB_FITS_WITHOUT_LAST)
        mob_last_warn(&ledger->last, &ledger->file, ledger->warnings);
    return 0;
}

void mob_ledger_release(struct mob_ledger *ledger)
{
    forget(ledger);
    mob_store_close(&ledger->store);
    mob_arena_release(&ledger->arena);
}

void mob_ledger_report(struct mob_site *site,
                       void (*report)(const struct mob_policy *policy, struct mob_ledger *ledger,
                                      struct mob_error *error),
                       struct mob_error *error)
{
    const unsigned files = 1U << MOB_SITE_HOURS | 1U << MOB_SITE_CLOSURES | 1U << MOB_SITE_FLEET;
    struct mob_policy policy;
    struct mob_ledger ledger;

    if (mob_site_load(site, files, &policy, NULL, error) < 0)
        return;
    if (mob_ledger_read(&ledger, site, error) == 0) {
        report(&policy, &ledger, error);
        mob_ledger_release(&ledger);
    }
    mob_policy_release(&policy);
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

int mob_ledger_read_archives(struct mob_ledger *ledger, struct mob_error *error)
{
    if (ledger->is_archive_read)
        return 0;
    ledger->archives = (struct mob_archives){
        .store = &ledger->store, .live = &ledger->file, .names = &ledger->site->arena, .arena = &ledger->arena
    };
    if (mob_archives_read(&ledger->archives, &ledger->calendar, &ledger->archive, error) < 0)
        return -1;
    ledger->is_archive_read = true;
    return 0;
}

/* ---- writing ---- */

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

/* Steps 5 to 7 for a calendar of which calendar.csv.new is prepared; closes `prepared`. */
static int commit(struct mob_ledger *ledger, const char *check, int prepared, struct mob_error *error)
{
    int last_prepared = -1;
    int result = prepare_last(ledger, mob_text_of(check), &last_prepared, error);

    if (result == 0)
        result = mob_store_ready(&ledger->store, &ledger->file, error);
    if (result == 0) {
        result = mob_store_replace(&ledger->store, &ledger->file, prepared, error);
        prepared = -1; /* it is closed, whatever came of it */
    }
    if (result == 0) {
        replace_last(ledger, last_prepared);
        last_prepared = -1;
    }
    mob_store_discard(&ledger->store, &ledger->file, prepared);
    mob_store_discard(&ledger->store, &ledger->last, last_prepared);
    return result;
}

/* Commits the entries that were added behind what was read. */
static int append(struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_calendar *calendar = &ledger->calendar;
    struct mob_buffer tail = { 0 };
    char check[MOB_CHECK_LENGTH + 1];
    int64_t recorded = (int64_t)time(NULL);
    int prepared, result;

    if (calendar->entries[calendar->count - 1].number > MOB_NUMBER_MAX)
        return mob_error_set(error, MOB_ERROR_FATAL, ledger->path, 0, "entry",
                             "there is no number for another one: %lld is the last that would be read again",
                             (long long)MOB_NUMBER_MAX);
    for (size_t i = ledger->read_count; i < calendar->count; i++)
        calendar->entries[i].recorded = recorded;
    mob_entries_write(ledger->file.bytes, &ledger->header, &ledger->arena, calendar->entries + ledger->read_count,
                      calendar->count - ledger->read_count, &tail, check);
    result = mob_store_prepare(&ledger->store, &ledger->file, &ledger->file, ledger->file.bytes,
                               mob_buffer_since(&tail, 0), &prepared, error);
    mob_buffer_release(&tail);
    return result < 0 ? -1 : commit(ledger, check, prepared, error);
}

/* Nothing to write: what was read is made durable, for the answer is read from it; and a calendar.csv.last that a crash
 * left behind, or that is missing, is made anew. */
static int settle(struct mob_ledger *ledger, enum mob_fit fit, struct mob_error *error)
{
    struct mob_error ignored = { 0 };
    int prepared;

    if (mob_store_settle(&ledger->store, &ledger->file, error) < 0)
        return -1;
    if (fit == MOB_FITS || ledger->calendar.count == 0)
        return 0;
    if (prepare_last(ledger, ledger->calendar.entries[ledger->calendar.count - 1].check, &prepared, &ignored) < 0)
        mob_sink_warn(ledger->warnings, ledger->last_path, 0, NULL, "%s", ignored.message);
    else
        replace_last(ledger, prepared);
    return 0;
}

/* ---- writing files anew: mob-archive ---- */

static bool is_live_changed(const struct mob_calendar *calendar)
{
    for (size_t i = 0; i < calendar->count; i++)
        if (calendar->entries[i].year || calendar->entries[i].is_purged)
            return true;
    return false;
}

static bool is_archive_changed(const struct mob_calendar *archive)
{
    for (size_t i = 0; i < archive->count; i++)
        if (archive->entries[i].is_purged)
            return true;
    return false;
}

/* calendar.csv.new holds the entries that stay. */
static int prepare_rest(struct mob_ledger *ledger, char check[MOB_CHECK_LENGTH + 1], int *prepared,
                        struct mob_error *error)
{
    const struct mob_calendar *calendar = &ledger->calendar;
    struct mob_buffer bytes = { 0 };
    struct mob_entry *entries;
    size_t count = 0;
    int result;

    if (mob_entries_has_other_columns(&ledger->header))
        return mob_entries_refuse_columns(ledger->file.path, error);
    entries = mob_memory_new(calendar->count * sizeof *entries);
    for (size_t i = 0; i < calendar->count; i++)
        if (calendar->entries[i].year == 0)
            entries[count++] = calendar->entries[i];
    mob_entries_write(MOB_TEXT(""), &(struct mob_entries_header){ 0 }, &ledger->arena, entries, count, &bytes, check);
    result = mob_store_prepare(&ledger->store, &ledger->file, &ledger->file, MOB_TEXT(""), mob_buffer_since(&bytes, 0),
                               prepared, error);
    mob_buffer_release(&bytes);
    free(entries);
    return result;
}

/* The checks are about to change: calendar.csv.last asks for the last entry's number only. */
static int loosen_last(struct mob_ledger *ledger, struct mob_error *error)
{
    int prepared;

    if (prepare_last(ledger, MOB_TEXT("-"), &prepared, error) < 0)
        return -1;
    return mob_store_replace(&ledger->store, &ledger->last, prepared, error);
}

/* Nothing was committed: calendar.csv.last says again what it said. */
static void restore_last(struct mob_ledger *ledger)
{
    struct mob_error ignored = { 0 };
    int prepared;

    if (ledger->last.exists && mob_store_prepare(&ledger->store, &ledger->last, &ledger->last, ledger->last.bytes,
                                                 MOB_TEXT(""), &prepared, &ignored) == 0)
        replace_last(ledger, prepared);
}

/* The archives first, so that no entry is nowhere at any instant. All is prepared before anything is replaced: a full
 * disk changes nothing. */
static int rewrite(struct mob_ledger *ledger, enum mob_fit fit, struct mob_error *error)
{
    struct mob_archives *archives = &ledger->archives;
    bool has_live = is_live_changed(&ledger->calendar), is_loose = false;
    char check[MOB_CHECK_LENGTH + 1];
    int prepared = -1;
    int result = mob_archives_prepare(archives, &ledger->calendar, &ledger->archive, error);

    if (result == 0 && has_live)
        result = prepare_rest(ledger, check, &prepared, error);
    if (result == 0)
        result = mob_store_ready(&ledger->store, &ledger->file, error);
    if (result == 0)
        result = mob_archives_ready(archives, &ledger->store, error);
    if (result == 0 && has_live) {
        result = loosen_last(ledger, error);
        is_loose = result == 0;
    }
    if (result == 0)
        result = mob_archives_replace(archives, error);
    if (result == 0 && !has_live)
        return settle(ledger, fit, error);
    if (result == 0) {
        result = commit(ledger, check, prepared, error);
        if (result < 0 && mob_archives_are_changed(archives))
            error->kind = MOB_ERROR_UNSURE;
    } else {
        mob_store_discard(&ledger->store, &ledger->file, prepared);
    }
    if (result < 0 && error->kind == MOB_ERROR_FATAL && is_loose)
        restore_last(ledger);
    return result;
}

/* ---- taking a calendar that a person changed: mob-check --accept ---- */

/* Keeps what is there as calendar.csv.refused; but where its checks are right and .last alone was wrong, an older one
 * says more. */
static int keep_refused(struct mob_ledger *ledger, bool is_sealed, struct mob_error *error)
{
    struct mob_store_file refused = { .descriptor = -1, .path = ledger->path };
    int prepared;

    if (snprintf(refused.name, sizeof refused.name, "%s.refused", ledger->name) >= (int)sizeof refused.name)
        return mob_error_set(error, MOB_ERROR_FATAL, ledger->path, 0, NULL,
                             "its name is too long to be kept as another");
    if (is_sealed && mob_store_exists(&ledger->store, &refused))
        return 0;
    if (mob_store_prepare(&ledger->store, &refused, &ledger->file, ledger->file.bytes, MOB_TEXT(""), &prepared, error) <
        0)
        return -1;
    return mob_store_replace(&ledger->store, &refused, prepared, error);
}

/* The kept copy first, then calendar.csv.last, which would refuse what is accepted if the run were stopped behind the
 * commit. */
static int accept(struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_buffer whole = { 0 };
    char check[MOB_CHECK_LENGTH + 1];
    int prepared = -1, result;

    mob_entries_reseal(&ledger->file, &whole, check);
    result = mob_store_ready(&ledger->store, &ledger->file, error);
    if (result == 0)
        result = keep_refused(ledger, mob_text_is(mob_buffer_since(&whole, 0), ledger->file.bytes), error);
    if (result == 0)
        result = mob_store_prepare(&ledger->store, &ledger->file, &ledger->file, MOB_TEXT(""),
                                   mob_buffer_since(&whole, 0), &prepared, error);
    if (result == 0)
        result = loosen_last(ledger, error);
    mob_buffer_release(&whole);
    if (result < 0) {
        mob_store_discard(&ledger->store, &ledger->file, prepared);
        return -1;
    }
    result = commit(ledger, check, prepared, error);
    if (result < 0 && error->kind == MOB_ERROR_FATAL)
        restore_last(ledger);
    return result;
}

/* Nothing to accept: perhaps a run before it was stopped behind the commit, and calendar.csv.last asks for the number
 * only. */
static int complete(struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_error ignored = { 0 };
    enum mob_fit fit;

    forget(ledger);
    fit = read_pair(ledger, &ignored);
    return fit == MOB_FITS_BUT_OLD ? settle(ledger, fit, error) : 0;
}

static int update_accepting(struct mob_ledger *ledger, const struct mob_ledger_update *update, struct mob_error *error)
{
    struct mob_error fault = { 0 };
    int result = 0;

    if (mob_store_read(&ledger->store, &ledger->last, ledger->last_name, ledger->last_path, error) < 0 ||
        mob_store_read(&ledger->store, &ledger->file, ledger->name, ledger->path, error) < 0)
        return -1;
    if (ledger->file.exists)
        result =
            mob_entries_read_unsealed(&ledger->file, &ledger->arena, &ledger->calendar, &ledger->header, NULL, &fault);
    if (result == 0 && ledger->calendar.count == 0)
        result =
            mob_error_set(&fault, MOB_ERROR_FATAL, ledger->path, 0, NULL, "has no entries: there is nothing to take");
    if (update->decide(update->context, ledger, error) < 0)
        return -1;
    if (!ledger->is_accepted)
        return complete(ledger, error);
    if (result < 0) {
        *error = fault;
        return -1;
    }
    return accept(ledger, error);
}

static int write_update(struct mob_ledger *ledger, const struct mob_ledger_update *update, enum mob_fit fit,
                        struct mob_error *error)
{
    int result;

    if (ledger->calendar.count > ledger->read_count)
        result = append(ledger, error);
    else if (is_live_changed(&ledger->calendar) || is_archive_changed(&ledger->archive))
        result = rewrite(ledger, fit, error);
    else
        result = settle(ledger, fit, error);
    if (result == 0 && update->removes_leftovers)
        mob_leftover_remove(&ledger->store, ledger->name, update->afterwards);
    return result;
}

int mob_ledger_update(const struct mob_ledger_update *update, struct mob_error *error)
{
    struct mob_ledger ledger = { .warnings = update->site->warnings, .file.descriptor = -1, .last.descriptor = -1 };
    enum mob_fit fit;
    int result = -1;

    name_files(&ledger, update->site);
    if (mob_store_open(&ledger.store, ledger.directory, update->wait_seconds, error) < 0) {
        result = -1;
    } else if (update->is_accepting) {
        result = update_accepting(&ledger, update, error);
    } else {
        fit = read_pair(&ledger, error);
        if (fit == MOB_FITS_WITHOUT_LAST)
            mob_last_warn(&ledger.last, &ledger.file, ledger.warnings);
        if (fit != MOB_FITS_NOT && fit != MOB_FITS_UNREAD)
            result = update->decide(update->context, &ledger, error);
        if (result == 0 && !update->is_dry)
            result = write_update(&ledger, update, fit, error);
    }
    mob_ledger_release(&ledger);
    return result;
}
