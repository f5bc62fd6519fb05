/* The columns of a file of entries, in the order in which they are written (CALENDAR.md, "Columns"). Of the room `site`
 * alone: site/entries reads and writes by this one table. */
#ifndef MOB_SITE_COLUMNS_H
#define MOB_SITE_COLUMNS_H

#include "io/table.h"
#include "model/booking.h"

/* One row of a file. */
struct mob_entry_row {
    struct mob_entry entry;
    struct mob_text leg, check;
    struct mob_booking_row row;
};

/* Places in the table below. */
enum {
    MOB_ENTRY_NUMBER_COLUMN = 0,
    MOB_ENTRY_LEG_COLUMN,
    MOB_ENTRY_REQUEST_COLUMN,
    MOB_ENTRY_STATUS_COLUMN,
    MOB_ENTRY_SPAN_COLUMN = 14,
    MOB_ENTRY_RESOURCE_COLUMN,
    MOB_ENTRY_FROM_COLUMN,
    MOB_ENTRY_UNTIL_COLUMN,
    MOB_ENTRY_CHECK_COLUMN = 33,
    MOB_ENTRY_COLUMN_COUNT
};

extern const struct mob_column mob_entry_columns[MOB_ENTRY_COLUMN_COUNT];

#endif
