/* The planning board as a page for the reception's screen and the printer (REPORTS.md, mob-plan).
 *
 * One file that needs nothing else: no script, no outside resource, which its Content-Security-Policy forbids too. A
 * table of resources; in each row a list of bars as inline SVG, in order of time, so that reading and stepping through
 * it follow the same order. */
#ifndef MOB_VIEW_BOARD_HTML_H
#define MOB_VIEW_BOARD_HTML_H

#include "model/board.h"

/* Appends the page. */
void mob_board_html_add(struct mob_buffer *buffer, const struct mob_board *board);

#endif
