/* What is on the planning board: resources by day, the rows that occupy them, and what each day shows (REPORTS.md,
 * mob-plan; S11, S14). Pure: it decides what is shown, board_text and board_html decide how it looks.
 *
 * Call order: mob_board_init, then either view of it, mob_board_release. The policy and the calendar must outlive it. */
#ifndef MOB_VIEW_BOARD_H
#define MOB_VIEW_BOARD_H

#include "rule/planning.h"

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
};

struct mob_board_pool {
    struct mob_text pool;
    struct mob_board_line *lines; /* in file order */
    size_t line_count;
};

struct mob_board {
    const struct mob_policy *policy;
    int64_t now;
    int64_t first, last; /* dates, both shown */
    size_t day_count;
    struct mob_board_pool *pools; /* in order of first appearance */
    size_t pool_count;
    struct mob_board_line *lines; /* of all pools */
    size_t line_count;
    struct mob_board_bar *bars; /* of all lines */
    size_t bar_count, bar_capacity;
    struct mob_arena arena;
};

/* Puts on the board what occupies a resource at `now` and has a minute on the dates `first` to `last`, `first` not after
 * `last`. `pool`: only that one; empty: all. */
void mob_board_init(struct mob_board *board, const struct mob_policy *policy, const struct mob_calendar *calendar,
                    int64_t now, int64_t first, int64_t last, struct mob_text pool);
void mob_board_release(struct mob_board *board);

/* Whether a resource is usable and in service on a date. */
bool mob_board_is_in_service(const struct mob_resource *resource, int64_t date);

#endif
