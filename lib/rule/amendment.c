#include "rule/amendment.h"

#include "rule/reshape.h"

/* ---- a row's cells ---- */

enum { AT = 1, OUT = 2, BACK = 4, READY = 8, RESOURCE = 16, FROM = 32, ENTRY = 64, ODOMETER = 128, FUEL = 256 };

/* What each action takes beside `note`, and what of it must be given. */
static const struct {
    unsigned taken, needed;
} cells_of[] = {
    [MOB_ACTION_CONFIRM] = { 0, 0 },
    [MOB_ACTION_DEPART] = { AT | RESOURCE | ODOMETER | FUEL, 0 },
    [MOB_ACTION_RETURN] = { AT | ODOMETER | FUEL, 0 },
    [MOB_ACTION_NO_SHOW] = { 0, 0 },
    [MOB_ACTION_CANCEL] = { 0, 0 },
    [MOB_ACTION_MOVE] = { OUT | BACK | READY, OUT | BACK },
    [MOB_ACTION_EXTEND] = { BACK | READY, BACK },
    [MOB_ACTION_SWAP] = { RESOURCE | FROM, RESOURCE },
    [MOB_ACTION_BLOCK] = { RESOURCE | OUT | BACK, RESOURCE | OUT | BACK },
    [MOB_ACTION_UNDO] = { ENTRY, ENTRY },
};

/* A cell that an action may take: where it stands, what it must be, where its value goes. */
struct cell {
    unsigned bit;
    const char *name;
    struct mob_text found;
    int (*parse)(struct mob_text text, int64_t *value); /* NULL: a code, or any text */
    const char *expected;
    int64_t *value;
    struct mob_text *text;
};

static int read_cell(enum mob_action action, const struct cell *cell, struct mob_error *error)
{
    bool is_taken = cells_of[action].taken & cell->bit, is_needed = cells_of[action].needed & cell->bit;

    if (cell->value)
        *cell->value = MOB_ABSENT;
    else
        *cell->text = MOB_TEXT("");
    if (!is_taken || (cell->found.length == 0 && !is_needed))
        return 0;
    if (cell->found.length == 0) {
        mob_error_say(error, MOB_ERROR_ROW, "is needed to %s", mob_action_words[action]);
    } else if (cell->parse ? cell->parse(cell->found, cell->value) < 0
                           : cell->expected && !mob_text_is_code(cell->found)) {
        mob_error_say(error, MOB_ERROR_ROW, "%s is not %s", mob_quote(cell->found).text, cell->expected);
    } else {
        if (cell->text)
            *cell->text = cell->found;
        return 0;
    }
    mob_error_place(error, NULL, 0, cell->name);
    return -1;
}

static int read_action(const struct mob_amendment_cells *cells, struct mob_amendment *amendment,
                       struct mob_error *error)
{
    *amendment = (struct mob_amendment){ .request = cells->request };
    if (!mob_text_is_code(cells->request)) {
        mob_error_say(error, MOB_ERROR_ROW, "%s is not a code", mob_quote(cells->request).text);
        mob_error_place(error, NULL, 0, "request");
        return -1;
    }
    for (int i = 0; mob_action_words[i]; i++)
        if (mob_text_is(cells->action, mob_text_of(mob_action_words[i]))) {
            amendment->action = (enum mob_action)i;
            return 0;
        }
    mob_error_say(error, MOB_ERROR_ROW,
                  "%s is not one of: confirm, depart, return, no-show, cancel, move, extend, swap, block, undo",
                  mob_quote(cells->action).text);
    mob_error_place(error, NULL, 0, "action");
    return -1;
}

int mob_amendment_read(const struct mob_amendment_cells *cells, struct mob_amendment *amendment,
                       struct mob_error *error)
{
    static const char instant[] = "a date-time (2026-11-30T09:00)", number[] = "a whole number from 0 to 1000000000",
                      code[] = "a code (not empty, no space, no control character)";
    struct mob_amendment *to = amendment;
    const struct cell list[] = {
        { AT, "at", cells->at, mob_instant_parse, instant, &to->at, NULL },
        { OUT, "out", cells->out, mob_instant_parse, instant, &to->out, NULL },
        { BACK, "back", cells->back, mob_instant_parse, instant, &to->back, NULL },
        { READY, "ready", cells->ready, mob_instant_parse, instant, &to->ready, NULL },
        { RESOURCE, "resource", cells->resource, NULL, code, NULL, &to->resource },
        { FROM, "from", cells->from, NULL, code, NULL, &to->from },
        { ENTRY, "entry", cells->entry, mob_text_to_number, number, &to->entry, NULL },
        { ODOMETER, "odometer", cells->odometer, mob_text_to_number, number, &to->odometer, NULL },
        { FUEL, "fuel", cells->fuel, NULL, NULL, NULL, &to->fuel },
    };

    if (read_action(cells, amendment, error) < 0)
        return -1;
    amendment->note = mob_note_of_person(cells->note);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (read_cell(amendment->action, &list[i], error) < 0)
            return -1;
    return 0;
}

bool mob_amendment_is_change(const struct mob_amendment *amendment)
{
    return amendment->action == MOB_ACTION_MOVE || amendment->action == MOB_ACTION_EXTEND ||
           amendment->action == MOB_ACTION_SWAP;
}

/* ---- does it stand already? ---- */

static const struct mob_entry *previous(const struct mob_calendar *calendar, const struct mob_entry *entry)
{
    return entry->previous == MOB_INDEX_NONE ? NULL : &calendar->entries[entry->previous];
}

static bool agrees(struct mob_text stated, struct mob_text found)
{
    return stated.length == 0 || mob_text_is(stated, found);
}

static bool agrees_number(int64_t stated, int64_t found)
{
    return stated == MOB_ABSENT || stated == found;
}

/* Whether an entry with the action's status says all that the row states. */
static bool says_it(const struct mob_amendment *row, const struct mob_entry *entry)
{
    if (!agrees(row->note, entry->note))
        return false;
    switch (row->action) {
    case MOB_ACTION_DEPART:
        return agrees_number(row->at, entry->out) &&
               (row->resource.length == 0 || mob_entry_has_stay(entry, row->resource)) &&
               agrees_number(row->odometer, entry->odometer) && agrees(row->fuel, entry->fuel);
    case MOB_ACTION_RETURN:
        return agrees_number(row->at, entry->back) && agrees_number(row->odometer, entry->odometer) &&
               agrees(row->fuel, entry->fuel);
    case MOB_ACTION_BLOCK:
        return mob_text_is(row->resource, entry->rows[0].resource) && row->out == entry->out &&
               row->back == entry->back;
    default:
        return true;
    }
}

/* Of the actions that make a status: that status, and those that may have followed it. */
static bool has_followed(enum mob_action action, enum mob_status status, enum mob_status *made)
{
    switch (action) {
    case MOB_ACTION_CONFIRM:
        *made = MOB_STATUS_BOOKED;
        return status == MOB_STATUS_BOOKED || status == MOB_STATUS_AWAY || status == MOB_STATUS_RETURNED;
    case MOB_ACTION_DEPART:
        *made = MOB_STATUS_AWAY;
        return status == MOB_STATUS_AWAY || status == MOB_STATUS_RETURNED;
    case MOB_ACTION_RETURN:
        *made = MOB_STATUS_RETURNED;
        return status == MOB_STATUS_RETURNED;
    case MOB_ACTION_NO_SHOW:
        *made = MOB_STATUS_NO_SHOW;
        return status == MOB_STATUS_NO_SHOW;
    case MOB_ACTION_CANCEL:
        *made = MOB_STATUS_CANCELLED;
        return status == MOB_STATUS_CANCELLED;
    case MOB_ACTION_BLOCK:
        *made = MOB_STATUS_BLOCKED;
        return status == MOB_STATUS_BLOCKED || status == MOB_STATUS_CANCELLED;
    default:
        return false;
    }
}

static bool has_ended(enum mob_status status)
{
    return status == MOB_STATUS_RETURNED || status == MOB_STATUS_CANCELLED || status == MOB_STATUS_NO_SHOW;
}

/* Whether an entry begins its request, or begins it again after an end. */
static bool is_beginning(const struct mob_calendar *calendar, const struct mob_entry *entry)
{
    const struct mob_entry *earlier = previous(calendar, entry);

    if (entry->status != MOB_STATUS_OPTION && entry->status != MOB_STATUS_BOOKED && entry->status != MOB_STATUS_BLOCKED)
        return false;
    return !earlier || has_ended((enum mob_status)earlier->status);
}

/* Looks from the highest entry back to the last beginning for one that says it. */
static bool was_said(const struct mob_amendment *row, const struct mob_calendar *calendar,
                     const struct mob_entry *before)
{
    enum mob_status made;

    if (!has_followed(row->action, (enum mob_status)before->status, &made))
        return false;
    for (const struct mob_entry *entry = before; entry; entry = previous(calendar, entry)) {
        if (entry->status == made && says_it(row, entry))
            return true;
        if (is_beginning(calendar, entry))
            return false;
    }
    return false;
}

/* An `undo` of an earlier entry, the next above which is a copy of the one before it. */
static bool was_undone(const struct mob_amendment *row, const struct mob_calendar *calendar,
                       const struct mob_entry *before)
{
    const struct mob_entry *above = before;

    for (const struct mob_entry *entry; (entry = previous(calendar, above)); above = entry)
        if (entry->number == row->entry) {
            const struct mob_entry *below = previous(calendar, entry);

            return below && mob_entry_is_copy(above, below);
        }
    return false;
}

bool mob_amendment_is_already(const struct mob_amendment *row, const struct mob_calendar *calendar,
                              const struct mob_entry *before)
{
    switch (row->action) {
    case MOB_ACTION_MOVE:
        return agrees(row->note, before->note) && before->out == row->out && before->back == row->back &&
               agrees_number(row->ready, before->ready);
    case MOB_ACTION_EXTEND:
        return agrees(row->note, before->note) && before->back == row->back && agrees_number(row->ready, before->ready);
    case MOB_ACTION_SWAP:
        return agrees(row->note, before->note) && mob_entry_holds(before, row->resource) &&
               (row->from.length == 0 || !mob_entry_holds(before, row->from));
    case MOB_ACTION_UNDO:
        return was_undone(row, calendar, before);
    default:
        return was_said(row, calendar, before);
    }
}
