/* What stands on the planning board (model/board). Pure.
 *
 * Call order: mob_board_init, then a view of it, mob_board_release. The policy and the calendar must outlive it. */
#ifndef MOB_RULE_BOARD_H
#define MOB_RULE_BOARD_H

#include "model/board.h"
#include "rule/planning.h"

/* Puts on the board what occupies a resource at `now` and has a minute on the dates `first` to `last`; `first` is not
 * after `last`. `pool`: only that one; empty: all. */
void mob_board_init(struct mob_board *board, const struct mob_policy *policy, const struct mob_calendar *calendar,
                    int64_t now, int64_t first, int64_t last, struct mob_text pool);
void mob_board_release(struct mob_board *board);

#endif
