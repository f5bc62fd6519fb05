/* Money in whole cents, never negative, at most 10^12 cents (DATA.md, "Values"): nothing wraps around. */
#ifndef MOB_BASE_MONEY_H
#define MOB_BASE_MONEY_H

#include "base/text.h"

#define MOB_MONEY_MAX INT64_C(1000000000000)

/* `123`, `123.4`, `123.45`. 0, or -1 and the amount untouched. */
int mob_money_parse(struct mob_text text, int64_t *cents);

/* An amount with two decimals; the empty text where it is absent. */
struct mob_text mob_print_money(struct mob_print *print, int64_t cents);

/* Appends an amount; nothing where it is absent. */
void mob_buffer_add_money(struct mob_buffer *buffer, int64_t cents);

/* `fixed + each × times`, all in cents. 0, or -1 where it is beyond MOB_MONEY_MAX. */
int mob_money_total(int64_t fixed_cents, int64_t each_cents, int64_t times, int64_t *cents);

#endif
