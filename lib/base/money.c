#include "base/money.h"

int mob_money_parse(struct mob_text text, int64_t *cents)
{
    const char *point = text.length ? memchr(text.bytes, '.', text.length) : NULL;
    size_t whole = point ? (size_t)(point - text.bytes) : text.length;
    size_t decimals = point ? text.length - whole - 1 : 0;
    int64_t value = 0;

    if (whole == 0 || decimals > 2 || (point && decimals == 0))
        return -1;
    for (size_t i = 0; i < text.length; i++) {
        if (i == whole)
            continue;
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        value = value * 10 + (text.bytes[i] - '0');
        if (value > MOB_MONEY_MAX)
            return -1;
    }
    for (; decimals < 2; decimals++)
        value *= 10;
    if (value > MOB_MONEY_MAX)
        return -1;
    *cents = value;
    return 0;
}

struct mob_text mob_print_money(struct mob_print *print, int64_t cents)
{
    struct mob_text whole;
    char *end = print->text + sizeof print->text;

    if (cents == MOB_ABSENT)
        return MOB_TEXT("");
    whole = mob_print_number(print, cents / 100);
    /* Numbers are printed at the end of their room: they make place for the decimals. */
    memmove(end - 3 - whole.length, whole.bytes, whole.length);
    end[-3] = '.';
    end[-2] = (char)('0' + cents % 100 / 10);
    end[-1] = (char)('0' + cents % 10);
    return (struct mob_text){ end - 3 - whole.length, whole.length + 3 };
}

void mob_buffer_add_money(struct mob_buffer *buffer, int64_t cents)
{
    struct mob_print print;

    mob_buffer_add(buffer, mob_print_money(&print, cents));
}

int mob_money_total(int64_t fixed_cents, int64_t each_cents, int64_t times, int64_t *cents)
{
    int64_t product, total;

    if (__builtin_mul_overflow(each_cents, times, &product) || __builtin_add_overflow(fixed_cents, product, &total) ||
        total > MOB_MONEY_MAX)
        return -1;
    *cents = total;
    return 0;
}
