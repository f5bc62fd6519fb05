#include "rule/archive.h"

/* A request's entries in one calendar, from the highest down; NULL behind the last. */
static struct mob_entry *first_of(const struct mob_calendar *calendar, struct mob_text request)
{
    size_t number = mob_index_find(&calendar->requests, request);

    return number == MOB_INDEX_NONE ? NULL : &calendar->entries[calendar->highest[number]];
}

static struct mob_entry *next_of(const struct mob_calendar *calendar, const struct mob_entry *entry)
{
    return entry->previous == MOB_INDEX_NONE ? NULL : &calendar->entries[entry->previous];
}

static bool lies_before(const struct mob_calendar *calendar, struct mob_text request, int64_t before)
{
    for (const struct mob_entry *entry = first_of(calendar, request); entry; entry = next_of(calendar, entry)) {
        if (entry->back >= before)
            return false;
        for (size_t i = 0; i < entry->row_count; i++)
            if (entry->rows[i].span != MOB_ABSENT && entry->rows[i].busy_until >= before)
                return false;
    }
    return true;
}

static bool is_finished(const struct mob_archiving *archiving, const struct mob_entry *highest)
{
    bool is_over = highest->status == MOB_STATUS_BLOCKED || mob_entry_is_expired(highest, archiving->now) ||
                   highest->status == MOB_STATUS_RETURNED || highest->status == MOB_STATUS_CANCELLED ||
                   highest->status == MOB_STATUS_NO_SHOW;

    return is_over && lies_before(archiving->live, highest->request, archiving->before) &&
           lies_before(archiving->archive, highest->request, archiving->before);
}

/* Whether the request holds the ledger's last entry, from whose number the next one goes on. */
static bool holds_last(const struct mob_calendar *live, const struct mob_entry *highest)
{
    return live->count && mob_text_is(live->entries[live->count - 1].request, highest->request);
}

static bool move(struct mob_archiving *archiving, const struct mob_entry *highest)
{
    struct mob_entry *entry = first_of(archiving->live, highest->request);
    bool is_moved = entry && !holds_last(archiving->live, highest);
    int64_t year = mob_date_year(mob_instant_date(highest->back));

    for (; entry && is_moved; entry = next_of(archiving->live, entry))
        entry->year = year;
    return is_moved;
}

static bool purge(struct mob_calendar *calendar, struct mob_text request)
{
    bool is_purged = false;

    for (struct mob_entry *entry = first_of(calendar, request); entry; entry = next_of(calendar, entry)) {
        bool is_note_kept = mob_text_is(entry->note, MOB_NOTE_EXPIRED);

        if (entry->customer.length == 0 && entry->vin.length == 0 && entry->licence_until == MOB_ABSENT &&
            (entry->note.length == 0 || is_note_kept))
            continue;
        entry->customer = entry->vin = MOB_TEXT("");
        entry->licence_until = MOB_ABSENT;
        if (!is_note_kept)
            entry->note = MOB_TEXT("");
        entry->is_purged = is_purged = true;
    }
    return is_purged;
}

/* The next entry of both calendars, by number. */
static const struct mob_entry *next_entry(struct mob_archiving *archiving)
{
    const struct mob_calendar *live = archiving->live, *archive = archiving->archive;

    if (archiving->next_archived < archive->count &&
        (archiving->next_live == live->count ||
         archive->entries[archiving->next_archived].number < live->entries[archiving->next_live].number))
        return &archive->entries[archiving->next_archived++];
    return archiving->next_live < live->count ? &live->entries[archiving->next_live++] : NULL;
}

static bool is_highest(const struct mob_archiving *archiving, const struct mob_entry *entry)
{
    const struct mob_entry *live = mob_calendar_find(archiving->live, entry->request);
    const struct mob_entry *archived = mob_calendar_find(archiving->archive, entry->request);

    return (!live || live->number <= entry->number) && (!archived || archived->number <= entry->number);
}

bool mob_archive_next(struct mob_archiving *archiving, struct mob_archive_row *row)
{
    const struct mob_entry *entry;

    while ((entry = next_entry(archiving))) {
        if (!is_highest(archiving, entry) || !is_finished(archiving, entry))
            continue;
        *row = (struct mob_archive_row){ entry, move(archiving, entry), false };
        if (archiving->is_purging) {
            row->is_purged = purge(archiving->live, entry->request);
            row->is_purged |= purge(archiving->archive, entry->request);
        }
        if (row->is_moved || row->is_purged)
            return true;
    }
    return false;
}
