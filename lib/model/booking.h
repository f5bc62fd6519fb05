/* The calendar's nouns: statuses, entries, their rows, and the calendar as entries in order (CALENDAR.md).
 *
 * An entry is one fact, written whole or not at all; the highest entry of a request is its present state. Texts belong
 * to whoever made the entry (the ledger's bytes, the tool's input) and must outlive the calendar. */
#ifndef MOB_MODEL_BOOKING_H
#define MOB_MODEL_BOOKING_H

#include "model/policy.h"

enum mob_status {
    MOB_STATUS_OPTION,
    MOB_STATUS_BOOKED,
    MOB_STATUS_AWAY,
    MOB_STATUS_RETURNED,
    MOB_STATUS_CANCELLED,
    MOB_STATUS_NO_SHOW,
    MOB_STATUS_BLOCKED
};
extern const char *const mob_status_words[];

/* The note of the `cancelled` entry that stands for an option that expired. */
#define MOB_NOTE_EXPIRED MOB_TEXT("expired")

/* A note as a person wrote it, for the ledger: one that is exactly that word gets a full stop. */
struct mob_text mob_note_of_person(struct mob_text note);

/* One row of an entry: a resource that it occupies. */
struct mob_booking_row {
    int64_t span; /* enum mob_span, or MOB_ABSENT: the row occupies nothing */
    struct mob_text resource;
    int64_t busy_from, busy_until; /* preparation and cleaning included */
    uint64_t line;                 /* in its file; 0 of a new one */
};

struct mob_entry {
    int64_t number;
    int64_t status; /* enum mob_status */
    struct mob_text request, customer, vin, jobs, programmes, solution, currency, programme, cost_code, fuel;
    struct mob_text operator_name, note;
    int64_t km, licence_until, labour_min, explain_min, odometer;
    int64_t pay_type; /* enum mob_pay_type */
    int64_t out, back, ready, expires;
    int64_t days;
    int64_t price_cents, saving_cents; /* of the whole entry; written on leg 1 */
    int64_t recorded;                  /* UTC, in seconds */
    struct mob_booking_row *rows;      /* at least one */
    size_t row_count;
    int64_t year;                       /* of the archive where it belongs; 0: the live file */
    bool is_purged;                     /* its file still has what was blanked in it */
    struct mob_text first_check, check; /* of its first and its last row, as read; empty of a new one */
    size_t request_number;              /* of its request in the calendar: filled by mob_calendar_add */
    size_t previous;                    /* its request's entry before it, or MOB_INDEX_NONE: filled likewise */
};

struct mob_calendar {
    struct mob_entry *entries; /* by number */
    size_t count, capacity;
    struct mob_index requests; /* request to its number */
    size_t *highest;           /* per request number: its highest entry */
    size_t request_count, request_capacity;
};

void mob_calendar_release(struct mob_calendar *calendar);

/* Puts an entry behind the others; it becomes its request's highest. */
void mob_calendar_add(struct mob_calendar *calendar, const struct mob_entry *entry);

/* Makes one calendar of two that have no number in common, the live file's and the archives': a request's highest entry
 * is the highest of both. Its entries share texts and rows with theirs. */
void mob_calendar_unite(const struct mob_calendar *one, const struct mob_calendar *other, struct mob_calendar *united);

/* The highest entry of a request, or NULL. */
const struct mob_entry *mob_calendar_find(const struct mob_calendar *calendar, struct mob_text request);

/* The entry of that number, or NULL. */
const struct mob_entry *mob_calendar_entry(const struct mob_calendar *calendar, int64_t number);

/* The number that the next entry gets. */
int64_t mob_calendar_next_number(const struct mob_calendar *calendar);

/* Whether an entry is the highest of its request. */
bool mob_calendar_is_highest(const struct mob_calendar *calendar, const struct mob_entry *entry);

/* An option whose time is up: from that instant on it counts for nothing. */
bool mob_entry_is_expired(const struct mob_entry *entry, int64_t now);

/* `booked`, `away`, or an option that has not expired. */
bool mob_entry_is_live(const struct mob_entry *entry, int64_t now);

/* `away`, and `now` is at or after `back`. */
bool mob_entry_is_overdue(const struct mob_entry *entry, int64_t now);

/* Whether a highest entry's rows occupy their resources. */
bool mob_entry_occupies(const struct mob_entry *entry, int64_t now);

/* ---- life after booking: what may be done to an entry (CALENDAR.md, mob-amend) ---- */

enum mob_action {
    MOB_ACTION_CONFIRM,
    MOB_ACTION_DEPART,
    MOB_ACTION_RETURN,
    MOB_ACTION_NO_SHOW,
    MOB_ACTION_CANCEL,
    MOB_ACTION_MOVE,
    MOB_ACTION_EXTEND,
    MOB_ACTION_SWAP,
    MOB_ACTION_BLOCK,
    MOB_ACTION_UNDO
};
extern const char *const mob_action_words[];

/* Whether an entry of that status lets the action be (`block` needs a key without an entry: never). */
bool mob_action_allows(enum mob_action action, enum mob_status status);

/* How a request stands in the calendar, before anything is booked for it. */
enum mob_standing {
    MOB_STANDING_NEW, /* not there, or only as an option that expired */
    MOB_STANDING_LIVE,
    MOB_STANDING_ENDED,    /* returned, cancelled, no-show */
    MOB_STANDING_BLOCK,    /* the key is a block's */
    MOB_STANDING_CUSTOMER, /* the key is another customer's */
    MOB_STANDING_VIN       /* the key is another car's */
};

/* The standing of a request whose highest entry is `entry` (NULL: none). A purged entry is nobody else's. */
enum mob_standing mob_entry_standing(const struct mob_entry *entry, struct mob_text customer, struct mob_text vin,
                                     int64_t now);

/* Whether two entries say the same, who wrote them, when, and their notes aside: what `undo` makes. */
bool mob_entry_is_copy(const struct mob_entry *one, const struct mob_entry *other);

/* Makes `*cancelled` of an entry: a copy of its first row that occupies nothing any more. `row` is room for it. */
void mob_entry_cancel(const struct mob_entry *entry, struct mob_entry *cancelled, struct mob_booking_row *row);

#endif
