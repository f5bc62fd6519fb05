/* On paper nobody can point at a bar: what is handed out and taken back, too short to have its words in it, as a list
 * behind the board. */
#ifndef MOB_VIEW_BOARD_HANDOVER_H
#define MOB_VIEW_BOARD_HANDOVER_H

#include "model/board.h"

/* Appends the list, by resource and time; nothing where there is nothing to tell. */
void mob_board_handover_add(struct mob_buffer *buffer, const struct mob_board *board);

#endif
