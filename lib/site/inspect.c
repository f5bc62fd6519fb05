#include "site/inspect.h"

#include "io/directory.h"
#include "site/last.h"
#include "site/leftover.h"

/* Reads a file of which a writer would be the next to do so. */
static bool read_file(const struct mob_store *store, struct mob_store_file *file, const char *name, const char *path,
                      struct mob_findings *findings)
{
    struct mob_error found = { 0 };
    bool is_read = mob_store_read(store, file, name, path, &found) == 0;

    if (is_read)
        mob_store_check_alone(store, file, &found);
    if (found.kind != MOB_ERROR_NONE)
        mob_findings_take(findings, &found);
    return is_read;
}

/* Holds calendar and .last, where both were read, against each other. */
static void inspect_last(const struct mob_inspection *inspection, struct mob_site *site)
{
    struct mob_error found = { 0 };
    enum mob_fit fit = MOB_FITS;

    if (mob_last_is_understood(&inspection->last, &found) && inspection->is_whole)
        fit = mob_last_fits(&inspection->last, &inspection->file, &inspection->calendar, &found);
    if (fit == MOB_FITS_WITHOUT_LAST)
        mob_last_warn(&inspection->last, &inspection->file, site->warnings);
    if (found.kind != MOB_ERROR_NONE)
        mob_findings_take(site->findings, &found);
}

/* Reads .last, then the calendar, and holds them against each other: false where one of them could not be opened. */
static bool inspect_pair(struct mob_inspection *inspection, struct mob_site *site,
                         const struct mob_calendar_names *names, bool is_sealed)
{
    const struct mob_store *store = &inspection->store;
    struct mob_findings *findings = site->findings;
    struct mob_entries_header header;
    struct mob_error error = { 0 };
    bool has_last = read_file(store, &inspection->last, names->last_name, names->last_path, findings);
    bool has_file = read_file(store, &inspection->file, names->name, names->path, findings);
    int result = has_file ? 0 : -1;

    if (has_file && inspection->file.exists && is_sealed)
        result =
            mob_entries_read(&inspection->file, &inspection->arena, &inspection->calendar, &header, findings, &error);
    else if (has_file && inspection->file.exists)
        result = mob_entries_read_unsealed(&inspection->file, &inspection->arena, &inspection->calendar, &header,
                                           findings, &error);
    inspection->is_whole = result == 0;
    if (has_last && is_sealed)
        inspect_last(inspection, site);
    return has_last && has_file;
}

static void forget(struct mob_inspection *inspection)
{
    mob_calendar_release(&inspection->calendar);
    mob_store_file_release(&inspection->file);
    mob_store_file_release(&inspection->last);
    mob_arena_reset(&inspection->arena);
}

struct search {
    struct mob_site *site;
    const struct mob_calendar_names *names;
};

static int take_leftover(void *context, const char *name, struct mob_error *error)
{
    struct search *search = context;
    struct mob_error found = { 0 };
    struct mob_buffer path = { 0 };

    (void)error;
    if (!mob_leftover_is_new(search->names->name, name))
        return 0;
    mob_buffer_add(&path,
                   (struct mob_text){ search->names->path, (size_t)(search->names->name - search->names->path) });
    mob_buffer_add(&path, mob_text_of(name));
    mob_error_set(&found, MOB_ERROR_WARNING, mob_text_copy(&search->site->arena, mob_buffer_since(&path, 0)).bytes, 0,
                  NULL,
                  "was left over by a run that was stopped, or is being written now; nobody reads it, and the next "
                  "writer makes it anew");
    mob_buffer_release(&path);
    return mob_findings_take(search->site->findings, &found);
}

static int inspect_others(struct mob_inspection *inspection, struct mob_site *site,
                          const struct mob_calendar_names *names, struct mob_error *error)
{
    struct mob_calendar archived = { 0 };
    struct search search = { site, names };
    int result;

    inspection->archives = (struct mob_archives){ .store = &inspection->store,
                                                  .live = &inspection->file,
                                                  .names = &site->arena,
                                                  .arena = &inspection->arena,
                                                  .findings = site->findings };
    result = mob_archives_read(&inspection->archives, &inspection->calendar, &archived, error);
    mob_calendar_release(&archived);
    if (result < 0)
        return -1;
    return mob_directory_each(inspection->store.directory, inspection->store.path, take_leftover, &search, error);
}

int mob_inspection_make(struct mob_inspection *inspection, struct mob_site *site, bool is_sealed,
                        struct mob_error *error)
{
    size_t before = site->findings->count;
    struct mob_calendar_names names;

    *inspection = (struct mob_inspection){ .store.directory = -1, .file.descriptor = -1, .last.descriptor = -1 };
    mob_calendar_names_of(site, &names);
    if (mob_store_open_unlocked(&inspection->store, names.directory, error) < 0)
        return -1;
    /* A writer may put in place one of the two between our looks at them. */
    while (inspect_pair(inspection, site, &names, is_sealed) && site->findings->count > before &&
           (mob_store_changed(&inspection->store, &inspection->last) ||
            mob_store_changed(&inspection->store, &inspection->file))) {
        mob_findings_forget(site->findings, before);
        forget(inspection);
    }
    return inspect_others(inspection, site, &names, error);
}

void mob_inspection_release(struct mob_inspection *inspection)
{
    mob_archives_release(&inspection->archives);
    forget(inspection);
    mob_store_close(&inspection->store);
    mob_arena_release(&inspection->arena);
}
