/* The planning board on a terminal: resources in lines, days in columns, a mark each, a legend (REPORTS.md,
 * mob-plan). */
#ifndef MOB_VIEW_BOARD_TEXT_H
#define MOB_VIEW_BOARD_TEXT_H

#include "model/board.h"

/* Appends the board in lines of at most `width` columns: days that do not fit stand in further blocks below, at least
 * one in each. */
void mob_board_text_add(struct mob_buffer *buffer, const struct mob_board *board, int64_t width);

#endif
