/* Where an instant stands across a drawn board, from its left edge to its right one.
 *
 * All days are equally wide. Within a day the hours between the earliest opening and the latest closing have four times
 * the room of those of the night, in which nothing is handed out: so a booking of two hours can be read. */
#ifndef MOB_VIEW_SCALE_H
#define MOB_VIEW_SCALE_H

#include "model/board.h"

/* The whole width, in the unit of mob_scale_place. */
#define MOB_SCALE_WHOLE INT64_C(1000000)

struct mob_scale {
    int64_t first, last;   /* dates, both included */
    int64_t opens, closes; /* minutes since midnight; 0 and 1440 where all hours are equally wide */
};

void mob_scale_init(struct mob_scale *scale, const struct mob_board *board);

/* An instant's place, from 0 to MOB_SCALE_WHOLE; what lies beyond an edge stands on it. */
int64_t mob_scale_place(const struct mob_scale *scale, int64_t instant);

#endif
