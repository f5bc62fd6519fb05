/* rule/price: what a solution costs and what a programme takes off (FILTERS.md, "Price"; S4, S8). Amounts in cents. */
#include "rule/price.h"
#include "tap.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { WARRANTY, LOAN, GOLD, PROGRAMMES };

static struct mob_programme programmes[PROGRAMMES] = {
    { .programme = MOB_TEXT("WARRANTY"), .conditions = MOB_TEXT("Warranty repairs only.") },
    { .programme = MOB_TEXT("LOAN") },
    { .programme = MOB_TEXT("GOLD"), .conditions = MOB_TEXT("Gold.") },
};

#define ANY MOB_ABSENT
#define NONE MOB_ABSENT
#define MOST_ROWS 4

/* Each row: programme, pay type, min_labour_min, free_days, free_amount, cost code; ended by END. */
struct row {
    int programme;
    int64_t pay_type, min_labour_min, free_days, free_amount_cents;
    const char *cost_code;
};

struct price_case {
    const char *name;
    int64_t price_day, price_fixed; /* NONE = empty */
    struct row rows[MOST_ROWS];
    const char *active; /* the request's programmes */
    int64_t pay_type, labour_min, days;
    int64_t price, saving; /* price -1: beyond the limit */
    const char *programme, *cost_code;
};

#define END                  \
    {                        \
        -1, 0, 0, 0, 0, NULL \
    }
#define NO_ROWS \
    {           \
        END     \
    }
#define CUSTOMER MOB_PAY_CUSTOMER

static const struct price_case cases[] = {
    { "days and a fixed part", 4500, 2000, NO_ROWS, "", CUSTOMER, 0, 3, 15500, 0, "", "" }, /* 20 + 3 x 45 */
    { "an empty price is 0", NONE, NONE, NO_ROWS, "", CUSTOMER, 0, 3, 0, 0, "", "" },
    { "an empty price per day", NONE, 2000, NO_ROWS, "", CUSTOMER, 0, 3, 2000, 0, "", "" },
    { "0 days", 4500, 2000, NO_ROWS, "", CUSTOMER, 0, 0, 2000, 0, "", "" },
    { "all days, no ceiling: all is free",
      4500,
      2000,
      { { LOAN, ANY, NONE, NONE, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      0,
      15500,
      "LOAN",
      "L" },
    { "a programme that is not active gives nothing",
      4500,
      2000,
      { { LOAN, ANY, NONE, NONE, NONE, "L" }, END },
      "WARRANTY",
      CUSTOMER,
      0,
      3,
      15500,
      0,
      "",
      "" },
    { "a programme the site does not know gives nothing",
      4500,
      2000,
      { { LOAN, ANY, NONE, NONE, NONE, "L" }, END },
      "LOA LOANS OLD",
      CUSTOMER,
      0,
      3,
      15500,
      0,
      "",
      "" },
    { "one of a list is active",
      4500,
      0,
      { { LOAN, ANY, NONE, NONE, NONE, "L" }, END },
      "OLD LOAN GOLD",
      CUSTOMER,
      0,
      1,
      0,
      4500,
      "LOAN",
      "L" },
    { "free days: the fixed part and so many days",
      4500,
      2000,
      { { LOAN, ANY, NONE, 1, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      9000,
      6500,
      "LOAN",
      "L" },
    { "as many free days as days: all is free",
      4500,
      2000,
      { { LOAN, ANY, NONE, 3, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      0,
      15500,
      "LOAN",
      "L" },
    { "more free days than days: no more than all",
      4500,
      2000,
      { { LOAN, ANY, NONE, 4, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      0,
      15500,
      "LOAN",
      "L" },
    { "0 free days cover the fixed part",
      4500,
      2000,
      { { LOAN, ANY, NONE, 0, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      13500,
      2000,
      "LOAN",
      "L" },
    { "0 free days and no fixed part cover nothing: the row does not apply",
      4500,
      0,
      { { LOAN, ANY, NONE, 0, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      13500,
      0,
      "",
      "" },
    { "a ceiling",
      4500,
      2000,
      { { LOAN, ANY, NONE, NONE, 10000, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      5500,
      10000,
      "LOAN",
      "L" },
    { "a ceiling above the price",
      4500,
      2000,
      { { LOAN, ANY, NONE, NONE, 15501, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      0,
      15500,
      "LOAN",
      "L" },
    { "free days and a ceiling: the smaller, the ceiling",
      4500,
      2000,
      { { LOAN, ANY, NONE, 2, 5000, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      10500,
      5000,
      "LOAN",
      "L" },
    { "free days and a ceiling: the smaller, the days",
      4500,
      2000,
      { { LOAN, ANY, NONE, 1, 9000, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      9000,
      6500,
      "LOAN",
      "L" },
    { "a ceiling of 0 covers nothing: the row does not apply",
      4500,
      0,
      { { LOAN, ANY, NONE, NONE, 0, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      13500,
      0,
      "",
      "" },
    { "of a solution that costs nothing no row applies",
      NONE,
      NONE,
      { { LOAN, ANY, NONE, NONE, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      0,
      0,
      "",
      "" },
    { "the pay type is the row's",
      4500,
      0,
      { { WARRANTY, MOB_PAY_WARRANTY, NONE, NONE, NONE, "W" }, END },
      "WARRANTY",
      MOB_PAY_WARRANTY,
      0,
      1,
      0,
      4500,
      "WARRANTY",
      "W" },
    { "the pay type is another",
      4500,
      0,
      { { WARRANTY, MOB_PAY_WARRANTY, NONE, NONE, NONE, "W" }, END },
      "WARRANTY",
      CUSTOMER,
      0,
      1,
      4500,
      0,
      "",
      "" },
    { "the pay type customer is not any",
      4500,
      0,
      { { WARRANTY, CUSTOMER, NONE, NONE, NONE, "W" }, END },
      "WARRANTY",
      MOB_PAY_INTERNAL,
      0,
      1,
      4500,
      0,
      "",
      "" },
    { "just as much labour as is asked for",
      4500,
      0,
      { { LOAN, ANY, 120, NONE, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      120,
      1,
      0,
      4500,
      "LOAN",
      "L" },
    { "a minute less labour",
      4500,
      0,
      { { LOAN, ANY, 120, NONE, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      119,
      1,
      4500,
      0,
      "",
      "" },
    { "the row that covers most wins",
      4500,
      0,
      { { LOAN, ANY, NONE, 1, NONE, "L" },
        { GOLD, ANY, NONE, 2, NONE, "G" },
        { WARRANTY, ANY, NONE, NONE, 100, "W" },
        END },
      "WARRANTY LOAN GOLD",
      CUSTOMER,
      0,
      3,
      4500,
      9000,
      "GOLD",
      "G" },
    { "of two that cover the same the first in the file wins",
      4500,
      0,
      { { GOLD, ANY, NONE, NONE, NONE, "G" }, { LOAN, ANY, NONE, NONE, NONE, "L" }, END },
      "LOAN GOLD",
      CUSTOMER,
      0,
      3,
      0,
      13500,
      "GOLD",
      "G" },
    { "a larger row of an inactive programme does not win",
      4500,
      0,
      { { GOLD, ANY, NONE, NONE, NONE, "G" }, { LOAN, ANY, NONE, 1, NONE, "L" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      9000,
      4500,
      "LOAN",
      "L" },
    { "two rows of one programme do not add up",
      4500,
      0,
      { { LOAN, ANY, NONE, 1, NONE, "1" }, { LOAN, ANY, NONE, NONE, 5000, "2" }, END },
      "LOAN",
      CUSTOMER,
      0,
      3,
      8500,
      5000,
      "LOAN",
      "2" },
    { "the limit itself", 1000, 0, NO_ROWS, "", CUSTOMER, 0, MOB_NUMBER_MAX, INT64_C(1000000000000), 0, "", "" },
    { "a cent above the limit", 1000, 1, NO_ROWS, "", CUSTOMER, 0, MOB_NUMBER_MAX, -1, 0, "", "" },
    { "far above the limit", INT64_C(1000000000000), INT64_C(1000000000000), NO_ROWS, "", CUSTOMER, 0, MOB_NUMBER_MAX,
      -1, 0, "", "" },
};

static void make_policy(const struct price_case *one, struct mob_policy *policy, struct mob_benefit *benefits)
{
    *policy = (struct mob_policy){ .programmes = programmes, .programme_count = PROGRAMMES, .benefits = benefits };
    mob_arena_init(&policy->arena);
    for (size_t i = 0; i < PROGRAMMES; i++)
        mob_index_put(&policy->programme_index, programmes[i].programme, i);
    for (size_t i = 0; i < MOST_ROWS && one->rows[i].programme >= 0; i++) {
        const struct row *row = &one->rows[i];

        benefits[i] = (struct mob_benefit){ .pay_type = row->pay_type,
                                            .min_labour_min = row->min_labour_min,
                                            .free_days = row->free_days,
                                            .free_amount_cents = row->free_amount_cents,
                                            .programme_number = (size_t)row->programme,
                                            .cost_code = mob_text_of(row->cost_code),
                                            .next = MOB_INDEX_NONE };
        if (i > 0)
            benefits[i - 1].next = i;
        policy->benefit_count++;
    }
}

static void check_case(const struct price_case *one)
{
    struct mob_benefit benefits[MOST_ROWS];
    struct mob_policy policy;
    unsigned char marks[PROGRAMMES];
    struct mob_solution solution = { .solution = MOB_TEXT("LOANER"),
                                     .price_day_cents = one->price_day,
                                     .price_fixed_cents = one->price_fixed };
    struct mob_price_terms terms = { marks, one->pay_type, one->labour_min };
    struct mob_price price = { .price_cents = -1 };
    struct mob_error error = { 0 };
    bool good;

    make_policy(one, &policy, benefits);
    solution.first_benefit = policy.benefit_count ? 0 : MOB_INDEX_NONE;
    mob_price_mark_programmes(&policy, mob_text_of(one->active), marks);
    if (mob_price_of(&policy, &terms, &solution, one->days, &price, &error) < 0)
        good = one->price == -1 && error.kind == MOB_ERROR_ROW;
    else
        good = error.kind == MOB_ERROR_NONE && price.price_cents == one->price && price.saving_cents == one->saving &&
               mob_text_is(price.programme ? price.programme->programme : MOB_TEXT(""), mob_text_of(one->programme)) &&
               mob_text_is(price.cost_code, mob_text_of(one->cost_code));
    if (!good)
        printf("# price %lld, saving %lld\n", (long long)price.price_cents, (long long)price.saving_cents);
    mob_tap_check(good, one->name);
    mob_policy_release(&policy);
}

/* The solution's, then the programme's, a space between them only where both are there. */
static void check_conditions(void)
{
    static const struct {
        const char *name, *solution, *expected;
        int programme; /* -1: none */
    } conditions[] = {
        { "the solution's conditions alone", "Return it full.", "Return it full.", -1 },
        { "the programme's conditions alone", "", "Warranty repairs only.", WARRANTY },
        { "both, with a space between", "Return it full.", "Return it full. Warranty repairs only.", WARRANTY },
        { "a programme without conditions adds no space", "Return it full.", "Return it full.", LOAN },
        { "no conditions at all", "", "", LOAN },
    };
    struct mob_buffer buffer = { 0 };

    for (size_t i = 0; i < COUNT_OF(conditions); i++) {
        struct mob_solution solution = { .conditions = mob_text_of(conditions[i].solution) };

        buffer.length = 0;
        mob_price_add_conditions(&buffer, &solution,
                                 conditions[i].programme < 0 ? NULL : &programmes[conditions[i].programme]);
        mob_tap_check(mob_text_is(mob_buffer_since(&buffer, 0), mob_text_of(conditions[i].expected)),
                      conditions[i].name);
    }
    buffer.length = 0;
    mob_price_add_conditions(&buffer, NULL, &programmes[GOLD]);
    mob_tap_check(mob_text_is(mob_buffer_since(&buffer, 0), MOB_TEXT("Gold.")),
                  "a solution that is gone has no conditions");
    mob_buffer_release(&buffer);
}

static void check_days(void)
{
    struct mob_solution limited = { .max_days = 10 }, unlimited = { .max_days = MOB_ABSENT }, never = { .max_days = 0 };

    mob_tap_check(mob_price_allows_days(&limited, 10) && !mob_price_allows_days(&limited, 11),
                  "max_days itself is allowed");
    mob_tap_check(mob_price_allows_days(&unlimited, MOB_NUMBER_MAX), "an empty max_days is no limit");
    mob_tap_check(!mob_price_allows_days(&never, 1), "a max_days of 0 allows no day");
}

int main(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        check_case(&cases[i]);
    check_conditions();
    check_days();
    return mob_tap_finish();
}
