#include "model/booking.h"

#include <stdlib.h>

const char *const mob_status_words[] = {
    "option", "booked", "away", "returned", "cancelled", "no-show", "blocked", NULL
};

const char *const mob_action_words[] = { "confirm", "depart", "return", "no-show", "cancel", "move",
                                         "extend",  "swap",   "block",  "undo",    NULL };

bool mob_action_allows(enum mob_action action, enum mob_status status)
{
    enum {
        OPTION = 1 << MOB_STATUS_OPTION,
        BOOKED = 1 << MOB_STATUS_BOOKED,
        AWAY = 1 << MOB_STATUS_AWAY,
        BLOCKED = 1 << MOB_STATUS_BLOCKED,
        ANY = (1 << (MOB_STATUS_BLOCKED + 1)) - 1
    };
    static const int allowed[] = {
        [MOB_ACTION_CONFIRM] = OPTION,
        [MOB_ACTION_DEPART] = OPTION | BOOKED,
        [MOB_ACTION_RETURN] = AWAY,
        [MOB_ACTION_NO_SHOW] = OPTION | BOOKED,
        [MOB_ACTION_CANCEL] = OPTION | BOOKED | BLOCKED,
        [MOB_ACTION_MOVE] = OPTION | BOOKED,
        [MOB_ACTION_EXTEND] = OPTION | BOOKED | AWAY,
        [MOB_ACTION_SWAP] = OPTION | BOOKED | AWAY,
        [MOB_ACTION_BLOCK] = 0,
        [MOB_ACTION_UNDO] = ANY,
    };

    return allowed[action] >> status & 1;
}

void mob_calendar_release(struct mob_calendar *calendar)
{
    free(calendar->entries);
    free(calendar->highest);
    mob_index_release(&calendar->requests);
    *calendar = (struct mob_calendar){ 0 };
}

void mob_calendar_add(struct mob_calendar *calendar, const struct mob_entry *entry)
{
    size_t number = mob_index_find(&calendar->requests, entry->request);
    size_t previous = number == MOB_INDEX_NONE ? MOB_INDEX_NONE : calendar->highest[number];

    calendar->entries = mob_memory_grow(calendar->entries, &calendar->capacity, calendar->count + 1, sizeof *entry);
    if (number == MOB_INDEX_NONE) {
        number = calendar->request_count++;
        calendar->highest = mob_memory_grow(calendar->highest, &calendar->request_capacity, calendar->request_count,
                                            sizeof *calendar->highest);
        mob_index_put(&calendar->requests, entry->request, number);
    }
    calendar->entries[calendar->count] = *entry;
    calendar->entries[calendar->count].request_number = number;
    calendar->entries[calendar->count].previous = previous;
    calendar->highest[number] = calendar->count++;
}

void mob_calendar_unite(const struct mob_calendar *one, const struct mob_calendar *other, struct mob_calendar *united)
{
    size_t a = 0, b = 0;

    *united = (struct mob_calendar){ 0 };
    while (a < one->count || b < other->count) {
        bool is_of_one = b == other->count || (a < one->count && one->entries[a].number < other->entries[b].number);

        mob_calendar_add(united, is_of_one ? &one->entries[a++] : &other->entries[b++]);
    }
}

const struct mob_entry *mob_calendar_find(const struct mob_calendar *calendar, struct mob_text request)
{
    size_t number = mob_index_find(&calendar->requests, request);

    return number == MOB_INDEX_NONE ? NULL : &calendar->entries[calendar->highest[number]];
}

const struct mob_entry *mob_calendar_entry(const struct mob_calendar *calendar, int64_t number)
{
    size_t low = 0, high = calendar->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (calendar->entries[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < calendar->count && calendar->entries[low].number == number ? &calendar->entries[low] : NULL;
}

int64_t mob_calendar_next_number(const struct mob_calendar *calendar)
{
    return calendar->count ? calendar->entries[calendar->count - 1].number + 1 : 1;
}

bool mob_calendar_is_highest(const struct mob_calendar *calendar, const struct mob_entry *entry)
{
    return calendar->highest[entry->request_number] == (size_t)(entry - calendar->entries);
}

bool mob_entry_is_expired(const struct mob_entry *entry, int64_t now)
{
    return entry->status == MOB_STATUS_OPTION && entry->expires != MOB_ABSENT && now >= entry->expires;
}

bool mob_entry_is_live(const struct mob_entry *entry, int64_t now)
{
    return entry->status == MOB_STATUS_BOOKED || entry->status == MOB_STATUS_AWAY ||
           (entry->status == MOB_STATUS_OPTION && !mob_entry_is_expired(entry, now));
}

bool mob_entry_is_overdue(const struct mob_entry *entry, int64_t now)
{
    return entry->status == MOB_STATUS_AWAY && now >= entry->back;
}

bool mob_entry_occupies(const struct mob_entry *entry, int64_t now)
{
    return mob_entry_is_live(entry, now) || entry->status == MOB_STATUS_BLOCKED || entry->status == MOB_STATUS_RETURNED;
}

struct mob_text mob_note_of_person(struct mob_text note)
{
    return mob_text_is(note, MOB_NOTE_EXPIRED) ? MOB_TEXT("expired.") : note;
}

/* VINs are compared in upper case. */
static bool is_same_vin(struct mob_text one, struct mob_text other)
{
    if (one.length != other.length)
        return false;
    for (size_t i = 0; i < one.length; i++)
        if (mob_upper(one.bytes[i]) != mob_upper(other.bytes[i]))
            return false;
    return true;
}

enum mob_standing mob_entry_standing(const struct mob_entry *entry, struct mob_text customer, struct mob_text vin,
                                     int64_t now)
{
    bool is_purged;

    if (!entry)
        return MOB_STANDING_NEW;
    if (entry->status == MOB_STATUS_BLOCKED || entry->solution.length == 0)
        return MOB_STANDING_BLOCK; /* a block that was lifted too */
    is_purged = entry->customer.length == 0 && entry->vin.length == 0;
    if (!is_purged && !mob_text_is(entry->customer, customer))
        return MOB_STANDING_CUSTOMER;
    if (!is_purged && !is_same_vin(entry->vin, vin))
        return MOB_STANDING_VIN;
    if (mob_entry_is_live(entry, now))
        return MOB_STANDING_LIVE;
    if (entry->status == MOB_STATUS_OPTION ||
        (entry->status == MOB_STATUS_CANCELLED && mob_text_is(entry->note, MOB_NOTE_EXPIRED)))
        return MOB_STANDING_NEW;
    return MOB_STANDING_ENDED;
}

void mob_entry_cancel(const struct mob_entry *entry, struct mob_entry *cancelled, struct mob_booking_row *row)
{
    *cancelled = *entry;
    cancelled->status = MOB_STATUS_CANCELLED;
    cancelled->expires = MOB_ABSENT;
    cancelled->rows = row;
    cancelled->row_count = 1;
    *row = (struct mob_booking_row){ MOB_ABSENT, MOB_TEXT(""), MOB_ABSENT, MOB_ABSENT, 0 };
}

bool mob_entry_is_copy(const struct mob_entry *one, const struct mob_entry *other)
{
    if (one->status != other->status || one->out != other->out || one->back != other->back ||
        one->ready != other->ready || one->expires != other->expires || one->days != other->days ||
        one->price_cents != other->price_cents || one->saving_cents != other->saving_cents ||
        one->odometer != other->odometer || one->km != other->km || one->row_count != other->row_count ||
        !mob_text_is(one->solution, other->solution) || !mob_text_is(one->programme, other->programme) ||
        !mob_text_is(one->cost_code, other->cost_code) || !mob_text_is(one->fuel, other->fuel) ||
        !mob_text_is(one->customer, other->customer) || !mob_text_is(one->vin, other->vin) ||
        !mob_text_is(one->jobs, other->jobs) || !mob_text_is(one->programmes, other->programmes) ||
        !mob_text_is(one->currency, other->currency) || one->licence_until != other->licence_until ||
        one->labour_min != other->labour_min || one->explain_min != other->explain_min ||
        one->pay_type != other->pay_type)
        return false;
    for (size_t i = 0; i < one->row_count; i++)
        if (one->rows[i].span != other->rows[i].span || !mob_text_is(one->rows[i].resource, other->rows[i].resource) ||
            one->rows[i].busy_from != other->rows[i].busy_from || one->rows[i].busy_until != other->rows[i].busy_until)
            return false;
    return true;
}
