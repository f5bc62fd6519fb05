/* The style sheet of the drawn board, and what its Content-Security-Policy knows it by. */
#ifndef MOB_VIEW_BOARD_STYLE_H
#define MOB_VIEW_BOARD_STYLE_H

/* What stands between <style> and </style>. */
extern const char mob_board_style[];

/* The SHA-256 of exactly that, as `sha256-…` in base64: another style is not applied. tests/mob-plan.bats says the
 * value that a changed style sheet needs. */
extern const char mob_board_style_hash[];

#endif
