/* One row of mob-amend as values: only the cells that its action takes are looked at (CALENDAR.md, mob-amend). Pure. */
#ifndef MOB_RULE_AMENDMENT_H
#define MOB_RULE_AMENDMENT_H

#include "base/error.h"
#include "model/booking.h"

/* What one row says, as it stands in the input. */
struct mob_amendment_cells {
    struct mob_text request, action;
    struct mob_text at, out, back, ready, resource, from, entry, note, odometer, fuel;
};

/* What it says as values: MOB_ABSENT and empty where nothing is given, or the action does not take it. */
struct mob_amendment {
    enum mob_action action;
    struct mob_text request, resource, from, fuel, note;
    int64_t at, out, back, ready; /* instants */
    int64_t entry, odometer;
};

/* Reads a row. An error of kind ROW: no such action (`action` is MOB_ACTION_CONFIRM then), a bad value, a cell
 * missing that the action needs. */
int mob_amendment_read(const struct mob_amendment_cells *cells, struct mob_amendment *amendment,
                       struct mob_error *error);

/* Whether the action is a wish for other times or another resource: move, extend, swap. */
bool mob_amendment_is_change(const struct mob_amendment *amendment);

/* Whether all that the row states stands in the calendar already; `before` is its request's highest entry. */
bool mob_amendment_is_already(const struct mob_amendment *amendment, const struct mob_calendar *calendar,
                              const struct mob_entry *before);

#endif
