/* The planning board: resources by day, the rows that occupy them, and what each day shows (REPORTS.md, mob-plan; S11,
 * S14). Nothing here decides: rule/board fills it, the views draw it. */
#ifndef MOB_MODEL_BOARD_H
#define MOB_MODEL_BOARD_H

#include "model/booking.h"

/* What a day, or a row that occupies, shows: the weightier, the further down. */
enum mob_mark {
    MOB_MARK_FREE,
    MOB_MARK_OUT_OF_SERVICE,
    MOB_MARK_CLOSED, /* nothing departs on that day */
    MOB_MARK_RETURNED,
    MOB_MARK_BLOCKED,
    MOB_MARK_OPTION,
    MOB_MARK_BOOKED,
    MOB_MARK_AWAY,
    MOB_MARK_OVERDUE,
    MOB_MARK_CLASH,
    MOB_MARK_COUNT
};
extern const char mob_mark_letters[]; /* in that order, as are the words */
extern const char *const mob_mark_words[];

/* A row that occupies a resource: instants, not cut at the board's ends. */
struct mob_board_bar {
    size_t line; /* its number on the board */
    const struct mob_entry *entry;
    const struct mob_booking_row *row;
    struct mob_interval busy;  /* an overdue car to the end of its late days */
    struct mob_interval use;   /* of that what is neither preparation nor cleaning nor overdue */
    struct mob_interval clash; /* of that what bars that begin before it occupy too; empty where from = until */
    enum mob_mark mark;        /* of the row by itself, never MOB_MARK_CLASH */
    bool is_clashing;          /* with any other bar of its line */
    size_t lane;               /* from 0: bars of one lane do not overlap */
};

/* A resource. */
struct mob_board_line {
    const struct mob_resource *resource;
    struct mob_board_bar *bars; /* by time */
    size_t bar_count;
    size_t lane_count;    /* at least 1 */
    unsigned char *marks; /* enum mob_mark, a day each */
    bool *in_service;     /* usable and in service, a day each */
};

struct mob_board_pool {
    struct mob_text pool;
    struct mob_board_line *lines; /* in file order */
    size_t line_count;
};

struct mob_board_day {
    bool is_closed;                        /* nothing departs */
    unsigned closed_uses;                  /* enum mob_use: what a closure shuts; preparation only where it has hours */
    const struct mob_day_hours *reception; /* when it is open, closures aside */
};

struct mob_board {
    int64_t now;
    int64_t first, last; /* dates, both shown */
    struct mob_board_day *days;
    size_t day_count;
    struct mob_board_pool *pools; /* in order of first appearance */
    size_t pool_count;
    struct mob_board_line *lines; /* of all pools */
    size_t line_count;
    struct mob_board_bar *bars; /* of all lines */
    size_t bar_count, bar_capacity;
    struct mob_arena arena;
};

#endif
