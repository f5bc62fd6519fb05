/* base/money: forms, limits and sums of amounts (DATA.md, "Values": integer cents, at most 10^12, nothing wraps). */
#include "base/money.h"
#include "tap.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define REFUSED INT64_MAX

static const struct {
    const char *text;
    int64_t cents;
} forms[] = {
    { "0", 0 },
    { "123", 12300 },
    { "123.4", 12340 },
    { "123.45", 12345 },
    { "0.05", 5 },
    { "0.5", 50 },
    { "007", 700 },
    { "10000000000", MOB_MONEY_MAX },
    { "10000000000.0", MOB_MONEY_MAX },
    { "10000000000.00", MOB_MONEY_MAX },
    { "9999999999.99", MOB_MONEY_MAX - 1 },
    { "10000000000.01", REFUSED },
    { "10000000001", REFUSED },
    { "1000000000000", REFUSED },         /* 10^12 in units, not cents */
    { "99999999999999999999", REFUSED },  /* beyond 64 bits */
    { "184467440737095516.16", REFUSED }, /* 2^64 cents: 0 if it wrapped around */
    { "", REFUSED },
    { ".", REFUSED },
    { ".5", REFUSED },
    { "5.", REFUSED },
    { "1.234", REFUSED },
    { "1.2.3", REFUSED },
    { "1,50", REFUSED },
    { "-1", REFUSED },
    { "+1", REFUSED },
    { " 1", REFUSED },
    { "1 ", REFUSED },
    { "1e3", REFUSED },
    { "1.x", REFUSED },
    { "0x10", REFUSED },
    { "12 EUR", REFUSED },
};

static const struct {
    int64_t fixed, each, times, total;
} totals[] = {
    { 0, 0, 0, 0 },
    { 2000, 4500, 2, 11000 },
    { 2000, 4500, 0, 2000 },
    { MOB_MONEY_MAX, 0, MOB_NUMBER_MAX, MOB_MONEY_MAX },
    { MOB_MONEY_MAX, 1, 1, REFUSED },
    { 0, 1000, MOB_NUMBER_MAX, MOB_MONEY_MAX },
    { 1, 1000, MOB_NUMBER_MAX, REFUSED },
    { 0, 1001, MOB_NUMBER_MAX, REFUSED },
    { 0, MOB_MONEY_MAX, MOB_NUMBER_MAX, REFUSED }, /* 10^21 does not fit 64 bits */
    { MOB_MONEY_MAX, INT64_C(18446744), 1000000000, REFUSED },
    { 0, INT64_C(4294967296), INT64_C(4294967296), REFUSED }, /* 2^64: 0 if it wrapped around */
};

static const struct {
    int64_t cents;
    const char *text;
} printed[] = {
    { 0, "0.00" },      { 5, "0.05" },       { 50, "0.50" },
    { 100, "1.00" },    { 12345, "123.45" }, { MOB_MONEY_MAX, "10000000000.00" },
    { MOB_ABSENT, "" },
};

int main(void)
{
    char name[160];

    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        int64_t cents = REFUSED;
        int result = mob_money_parse(mob_text_of(forms[i].text), &cents);

        snprintf(name, sizeof name, "'%s' %s", forms[i].text, forms[i].cents == REFUSED ? "is refused" : "is read");
        mob_tap_check(result == (forms[i].cents == REFUSED ? -1 : 0) && cents == forms[i].cents, name);
    }
    mob_tap_check(mob_money_parse((struct mob_text){ "12.345", 5 }, &(int64_t){ 0 }) == 0,
                  "a slice is read to its length");
    for (size_t i = 0; i < COUNT_OF(totals); i++) {
        int64_t total = REFUSED;
        int result = mob_money_total(totals[i].fixed, totals[i].each, totals[i].times, &total);

        snprintf(name, sizeof name, "%lld + %lld x %lld cents %s", (long long)totals[i].fixed,
                 (long long)totals[i].each, (long long)totals[i].times,
                 totals[i].total == REFUSED ? "is beyond the limit" : "is within it");
        mob_tap_check(result == (totals[i].total == REFUSED ? -1 : 0) && total == totals[i].total, name);
    }
    for (size_t i = 0; i < COUNT_OF(printed); i++) {
        struct mob_print print;
        struct mob_buffer buffer = { 0 };

        mob_buffer_add_money(&buffer, printed[i].cents);
        snprintf(name, sizeof name, "%lld cents are printed as '%s'", (long long)printed[i].cents, printed[i].text);
        mob_tap_check(mob_text_is(mob_print_money(&print, printed[i].cents), mob_text_of(printed[i].text)) &&
                          mob_text_is(mob_buffer_since(&buffer, 0), mob_text_of(printed[i].text)),
                      name);
        mob_buffer_release(&buffer);
    }
    return mob_tap_finish();
}
