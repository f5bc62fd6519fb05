/* One bar of the drawn board: a row that occupies a resource, as SVG, with its name for who cannot see it and a card
 * for who points at it or steps onto it with the keyboard. */
#ifndef MOB_VIEW_BOARD_BAR_H
#define MOB_VIEW_BOARD_BAR_H

#include "model/board.h"
#include "view/scale.h"

/* How the bars of one board are drawn: pixels but for the scale. */
struct mob_board_drawing {
    struct mob_scale scale;
    int64_t lane_height; /* of a bar */
    int64_t lane_gap;    /* above each lane, and below the last */
};

/* Where a lane begins, from the top of its line. */
int64_t mob_board_lane_top(const struct mob_board_drawing *drawing, size_t lane);

/* Appends the ` x` and ` width` of an interval, which reaches across the board's edges at most to them. */
void mob_board_add_extent(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                          struct mob_interval interval);

/* The CSS class of a mark's bars. */
const char *mob_board_class(enum mob_mark mark);

/* Appends the picture of a mark (`symbols` of board_html.c define them); nothing for one without bars. */
void mob_board_add_icon(struct mob_buffer *buffer, enum mob_mark mark);

/* Whether any of an interval is on the board. */
bool mob_board_is_shown(const struct mob_board *board, struct mob_interval interval);

/* Appends who has it: the customer, or the request where nobody is named. */
void mob_board_add_who(struct mob_buffer *buffer, const struct mob_entry *entry);

/* Appends a bar of `line`. */
void mob_board_add_bar(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                       const struct mob_board *board, const struct mob_board_line *line,
                       const struct mob_board_bar *bar);

#endif
