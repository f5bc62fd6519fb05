/* What the drawn board's bars and shades mean. */
#ifndef MOB_VIEW_BOARD_LEGEND_H
#define MOB_VIEW_BOARD_LEGEND_H

#include "view/board_bar.h"

/* Appends the list: on the screen it stands above the board, on paper below it on every page. */
void mob_board_legend_add(struct mob_buffer *buffer, const struct mob_board_drawing *drawing);

#endif
