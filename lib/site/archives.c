#include "site/archives.h"

#include "io/directory.h"

#include <stdlib.h>

/* ---- reading ---- */

static struct mob_archive *find(struct mob_archives *archives, int64_t year)
{
    for (size_t i = 0; i < archives->count; i++)
        if (archives->all[i].year == year)
            return &archives->all[i];
    return NULL;
}

/* A new archive, as it is on the disk: perhaps not there. */
static int add(struct mob_archives *archives, const char *name, int64_t year, struct mob_error *error)
{
    const struct mob_store_file *live = archives->live;
    struct mob_buffer path = { 0 };
    struct mob_archive *archive;

    archives->all = mob_memory_grow(archives->all, &archives->capacity, archives->count + 1, sizeof *archives->all);
    archive = &archives->all[archives->count++];
    *archive = (struct mob_archive){ .year = year, .prepared = -1 };
    mob_buffer_add(&path, (struct mob_text){ live->path, strlen(live->path) - strlen(live->name) });
    mob_buffer_add(&path, mob_text_of(name));
    archive->file.descriptor = -1;
    archive->file.path = mob_text_copy(archives->names, mob_buffer_since(&path, 0)).bytes;
    mob_buffer_release(&path);
    return mob_store_read(archives->store, &archive->file, name, archive->file.path, error);
}

static int read_entries(struct mob_archives *archives, struct mob_archive *archive, struct mob_calendar *all,
                        struct mob_error *error)
{
    struct mob_calendar entries = { 0 };
    struct mob_entries_header header;
    int result = 0;

    if (archive->file.exists) {
        result = mob_entries_read(&archive->file, archives->arena, &entries, &header, archives->findings, error);
        archive->has_other_columns = result == 0 && mob_entries_has_other_columns(&header);
    }
    for (size_t i = 0; i < entries.count && result == 0; i++) {
        all->entries = mob_memory_grow(all->entries, &all->capacity, all->count + 1, sizeof *all->entries);
        all->entries[all->count] = entries.entries[i];
        all->entries[all->count++].year = archive->year;
    }
    mob_calendar_release(&entries);
    return result;
}

struct reading {
    struct mob_archives *archives;
    struct mob_calendar *all; /* entries in no order */
};

static int take_name(void *context, const char *name, struct mob_error *error)
{
    struct reading *reading = context;
    struct mob_archives *archives = reading->archives;
    struct mob_findings *findings = archives->findings;
    struct mob_error found = { 0 };
    struct mob_archive *archive;
    int64_t year;
    int result;

    if (!mob_archive_year(archives->live->name, mob_text_of(name), &year))
        return 0;
    result = add(archives, name, year, findings ? &found : error);
    archive = &archives->all[archives->count - 1];
    if (result == 0 && findings)
        mob_store_check_alone(archives->store, &archive->file, &found);
    if (result == 0)
        result = read_entries(archives, archive, reading->all, error);
    if (!findings)
        return result;
    if (found.kind != MOB_ERROR_NONE)
        mob_findings_take(findings, &found);
    return 0;
}

static int compare_numbers(const void *one, const void *other)
{
    const struct mob_entry *a = one, *b = other;

    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->year < b->year ? -1 : a->year > b->year;
}

/* The copy of an entry that readers take, of one that stands twice. */
static const struct mob_entry *counting_copy(const struct mob_calendar *live, const struct mob_calendar *archived,
                                             int64_t number)
{
    const struct mob_entry *entry = mob_calendar_entry(live, number);

    return entry ? entry : mob_calendar_entry(archived, number);
}

/* Keeps an entry that stands elsewhere too. Numbers are given twice where an old calendar was put back and accepted. */
static void keep_double(struct mob_archives *archives, const struct mob_entry *entry, const struct mob_entry *copy)
{
    struct mob_error found = { 0 };

    archives->doubles = mob_memory_grow(archives->doubles, &archives->double_capacity, archives->double_count + 1,
                                        sizeof *archives->doubles);
    archives->doubles[archives->double_count++] = *entry;
    if (entry->status == copy->status && entry->recorded == copy->recorded && entry->out == copy->out &&
        entry->back == copy->back && mob_text_is(entry->request, copy->request))
        return;
    mob_error_set(&found, MOB_ERROR_FATAL, find(archives, entry->year)->file.path, 0, "entry",
                  "its entry %lld, of %s, is another than that of %s, which has the same number elsewhere",
                  (long long)entry->number, mob_quote(entry->request).text, mob_quote(copy->request).text);
    if (archives->findings)
        mob_findings_take(archives->findings, &found);
    else if (archives->stranger.kind == MOB_ERROR_NONE)
        archives->stranger = found;
}

int mob_archives_read(struct mob_archives *archives, const struct mob_calendar *live, struct mob_calendar *archived,
                      struct mob_error *error)
{
    struct mob_calendar all = { 0 };
    struct reading reading = { archives, &all };
    int result = mob_directory_each(archives->store->directory, archives->store->path, take_name, &reading, error);

    if (result == 0 && all.count)
        qsort(all.entries, all.count, sizeof *all.entries, compare_numbers);
    for (size_t i = 0; i < all.count && result == 0; i++) {
        if ((i == 0 || all.entries[i].number != all.entries[i - 1].number) &&
            !mob_calendar_entry(live, all.entries[i].number)) {
            mob_calendar_add(archived, &all.entries[i]);
            continue;
        }
        keep_double(archives, &all.entries[i], counting_copy(live, archived, all.entries[i].number));
    }
    mob_calendar_release(&all);
    return result;
}

/* ---- writing ---- */

static void mark_year(struct mob_archives *archives, int64_t year)
{
    struct mob_archive *archive = find(archives, year);

    if (archive)
        archive->is_changed = true;
}

/* Marks the archives that change, the new ones among them. */
static int mark(struct mob_archives *archives, const struct mob_calendar *live, const struct mob_calendar *archived,
                struct mob_error *error)
{
    struct mob_buffer name = { 0 };
    int result = 0;

    for (size_t i = 0; i < archived->count; i++)
        if (archived->entries[i].is_purged)
            mark_year(archives, archived->entries[i].year);
    for (size_t i = 0; i < archives->double_count; i++)
        if (counting_copy(live, archived, archives->doubles[i].number)->is_purged)
            mark_year(archives, archives->doubles[i].year);
    for (size_t i = 0; i < live->count && result == 0; i++) {
        int64_t year = live->entries[i].year;

        if (year == 0)
            continue;
        if (!find(archives, year)) {
            name.length = 0;
            mob_archive_add_name(&name, archives->live->name, year);
            mob_buffer_add_byte(&name, '\0');
            result = add(archives, name.bytes, year, error);
        }
        mark_year(archives, year);
    }
    mob_buffer_release(&name);
    return result;
}

static bool has_double(const struct mob_archives *archives, const struct mob_entry *entry)
{
    return archives->double_count &&
           bsearch(entry, archives->doubles, archives->double_count, sizeof *archives->doubles, compare_numbers);
}

/* What an archive is to hold, by number. */
static size_t collect(const struct mob_archives *archives, const struct mob_calendar *live,
                      const struct mob_calendar *archived, int64_t year, struct mob_entry *entries)
{
    size_t count = 0;

    for (size_t i = 0; i < archived->count; i++)
        if (archived->entries[i].year == year)
            entries[count++] = archived->entries[i];
    for (size_t i = 0; i < archives->double_count; i++) {
        const struct mob_entry *copy = counting_copy(live, archived, archives->doubles[i].number);

        if (archives->doubles[i].year == year)
            entries[count++] = copy->is_purged ? *copy : archives->doubles[i];
    }
    for (size_t i = 0; i < live->count; i++)
        if (live->entries[i].year == year && !has_double(archives, &live->entries[i]))
            entries[count++] = live->entries[i];
    qsort(entries, count, sizeof *entries, compare_numbers);
    return count;
}

static int prepare(struct mob_archives *archives, struct mob_archive *archive, const struct mob_calendar *live,
                   const struct mob_calendar *archived, struct mob_error *error)
{
    struct mob_entry *entries;
    struct mob_buffer bytes = { 0 };
    char check[MOB_CHECK_LENGTH + 1];
    size_t count;
    int result;

    if (archive->has_other_columns)
        return mob_entries_refuse_columns(archive->file.path, error);
    entries = mob_memory_new((live->count + archived->count + archives->double_count) * sizeof *entries);
    count = collect(archives, live, archived, archive->year, entries);
    mob_entries_write(MOB_TEXT(""), &(struct mob_entries_header){ 0 }, archives->arena, entries, count, &bytes, check);
    result = mob_store_prepare(archives->store, &archive->file, archive->file.exists ? &archive->file : archives->live,
                               MOB_TEXT(""), mob_buffer_since(&bytes, 0), &archive->prepared, error);
    mob_buffer_release(&bytes);
    free(entries);
    return result;
}

int mob_archives_prepare(struct mob_archives *archives, const struct mob_calendar *live,
                         const struct mob_calendar *archived, struct mob_error *error)
{
    int result = 0;

    if (archives->stranger.kind != MOB_ERROR_NONE) {
        *error = archives->stranger;
        return -1;
    }
    result = mark(archives, live, archived, error);

    for (size_t i = 0; i < archives->count && result == 0; i++)
        if (archives->all[i].is_changed)
            result = prepare(archives, &archives->all[i], live, archived, error);
    return result;
}

bool mob_archives_are_changed(const struct mob_archives *archives)
{
    for (size_t i = 0; i < archives->count; i++)
        if (archives->all[i].is_changed)
            return true;
    return false;
}

int mob_archives_ready(const struct mob_archives *archives, struct mob_store *store, struct mob_error *error)
{
    for (size_t i = 0; i < archives->count; i++)
        if (archives->all[i].is_changed && mob_store_ready(store, &archives->all[i].file, error) < 0)
            return -1;
    return 0;
}

int mob_archives_replace(struct mob_archives *archives, struct mob_error *error)
{
    bool any = false;

    for (size_t i = 0; i < archives->count; i++) {
        struct mob_archive *archive = &archives->all[i];
        int prepared = archive->prepared;

        if (!archive->is_changed)
            continue;
        archive->prepared = -1; /* it is closed, whatever comes of it */
        if (mob_store_replace(archives->store, &archive->file, prepared, error) < 0) {
            if (any)
                error->kind = MOB_ERROR_UNSURE;
            return -1;
        }
        any = true;
    }
    return 0;
}

void mob_archives_release(struct mob_archives *archives)
{
    for (size_t i = 0; i < archives->count; i++) {
        mob_store_discard(archives->store, &archives->all[i].file, archives->all[i].prepared);
        mob_store_file_release(&archives->all[i].file);
    }
    free(archives->all);
    free(archives->doubles);
    archives->all = NULL;
    archives->doubles = NULL;
    archives->count = archives->capacity = archives->double_count = archives->double_capacity = 0;
}
