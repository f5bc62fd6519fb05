/* base/date: forms and limits of DATA.md's "Values", leap years, weekdays, and every day of the calendar once. */
#include "base/date.h"
#include "tap.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define REFUSED INT64_MAX /* no value of any case */

struct value_case {
    const char *text;
    int64_t value;
};

static void check_values(const char *what, int (*parse)(struct mob_text, int64_t *), const struct value_case *cases,
                         size_t count)
{
    char name[120];

    for (size_t i = 0; i < count; i++) {
        int64_t value = REFUSED;
        int result = parse(mob_text_of(cases[i].text), &value);
        bool refused = cases[i].value == REFUSED;

        /* A refusal leaves the value untouched. */
        snprintf(name, sizeof name, "%s '%s' %s", what, cases[i].text, refused ? "is refused" : "is read");
        mob_tap_check(result == (refused ? -1 : 0) && value == cases[i].value, name);
    }
}

/* Days from 1970-01-01: 2000-01-01 is 30 × 365 + 7 leap days = 10957. */
static const struct value_case dates[] = {
    { "1970-01-01", 0 },
    { "1969-12-31", -1 },
    { "1900-01-01", -25567 }, /* 70 × 365 + 17 leap days, 1904 to 1968 */
    { "1899-12-31", REFUSED },
    { "1900-02-28", -25567 + 58 },
    { "1900-02-29", REFUSED }, /* a century that 400 does not divide */
    { "1900-03-01", -25567 + 59 },
    { "2000-01-01", 10957 },
    { "2000-02-29", 10957 + 59 },
    { "2000-03-01", 10957 + 60 },
    { "2100-02-29", REFUSED },
    { "2027-02-29", REFUSED },
    { "2028-02-29", 10957 + 28 * 365 + 7 + 59 }, /* leap: 2000, 04, 08, 12, 16, 20, 24 */
    { "2028-02-30", REFUSED },
    { "2028-12-31", 10957 + 29 * 365 + 8 - 1 },
    { "9999-12-31", 2932896 }, /* 8000 × 365 + 1940 leap days from 2000 on, + 10957 - 1 */
    { "9999-12-32", REFUSED },
    { "10000-01-01", REFUSED },
    { "2026-04-31", REFUSED },
    { "2026-00-10", REFUSED },
    { "2026-13-10", REFUSED },
    { "2026-10-00", REFUSED },
    { "2026-1-01", REFUSED },
    { "26-11-30", REFUSED },
    { "2026/11/30", REFUSED },
    { "30/11/2026", REFUSED },
    { "2026-11-30 ", REFUSED },
    { " 2026-11-30", REFUSED },
    { "2026-11-3o", REFUSED },
    { "+026-11-30", REFUSED },
    { "2026-11-30T09:00", REFUSED },
    { "", REFUSED },
};

static const struct value_case times[] = {
    { "00:00", 0 },          { "08:30", 510 },     { "23:59", 1439 },     { "24:00", 1440 },    { "24:01", REFUSED },
    { "25:00", REFUSED },    { "08:60", REFUSED }, { "8:30", REFUSED },   { "08.30", REFUSED }, { "08:3", REFUSED },
    { "08:30:00", REFUSED }, { "-8:30", REFUSED }, { "08:30 ", REFUSED }, { "0a:30", REFUSED }, { "", REFUSED },
};

static const struct value_case instants[] = {
    { "1970-01-01T00:00", 0 },        { "1970-01-02T00:01", 1441 },
    { "1969-12-31T23:59", -1 },       { "1900-01-01T00:00", MOB_INSTANT_FIRST },
    { "1899-12-31T23:59", REFUSED },  { "9999-12-31T23:59", MOB_INSTANT_LAST },
    { "9999-12-31T24:00", REFUSED },  { "2026-11-30T24:00", REFUSED }, /* written as the next day's T00:00 */
    { "2026-11-30T23:60", REFUSED },  { "2026-11-30 09:00", REFUSED },
    { "2026-11-30t09:00", REFUSED },  { "2026-11-30T9:00", REFUSED },
    { "2026-11-30T09:00Z", REFUSED }, { "2026-11-30T09:00:00", REFUSED },
    { "2026-11-30", REFUSED },        { "", REFUSED },
};

static const struct value_case stamps[] = {
    { "1970-01-01T00:00:00Z", 0 },       { "1970-01-02T00:01:05Z", 86465 },        { "1969-12-31T23:59:59Z", -1 },
    { "2026-11-23T07:41:05", REFUSED },  { "2026-11-23T07:41Z", REFUSED },         { "2026-11-23T07:41:61Z", REFUSED },
    { "2026-11-23T07:41:05z", REFUSED }, { "2026-11-23T07:41:05+01:00", REFUSED },
};

/* ---- notices ---- */

static const struct {
    const char *text;
    int64_t amount; /* REFUSED */
    enum mob_notice_unit unit;
} notices[] = {
    { "30m", 30, MOB_NOTICE_MINUTES },
    { "0m", 0, MOB_NOTICE_MINUTES },
    { "4h", 4, MOB_NOTICE_HOURS },
    { "2d", 2, MOB_NOTICE_DAYS },
    { "0d", 0, MOB_NOTICE_DAYS },
    { "2wd", 2, MOB_NOTICE_WORKING_DAYS },
    { "1wd", 1, MOB_NOTICE_WORKING_DAYS },
    { "1000000000m", 1000000000, MOB_NOTICE_MINUTES },
    { "0wd", REFUSED, 0 },
    { "00wd", REFUSED, 0 },
    { "1000000001m", REFUSED, 0 },
    { "99999999999999999999d", REFUSED, 0 },
    { "", REFUSED, 0 },
    { "d", REFUSED, 0 },
    { "wd", REFUSED, 0 },
    { "30", REFUSED, 0 },
    { "2w", REFUSED, 0 },
    { "2dw", REFUSED, 0 },
    { "2 d", REFUSED, 0 },
    { "2d ", REFUSED, 0 },
    { "2D", REFUSED, 0 },
    { "2WD", REFUSED, 0 },
    { "-1d", REFUSED, 0 },
    { "1.5h", REFUSED, 0 },
    { "1d4h", REFUSED, 0 },
};

static void check_notices(void)
{
    char name[120];

    for (size_t i = 0; i < COUNT_OF(notices); i++) {
        struct mob_notice notice = { REFUSED, MOB_NOTICE_MINUTES };
        int result = mob_notice_parse(mob_text_of(notices[i].text), &notice);
        bool refused = notices[i].amount == REFUSED;

        snprintf(name, sizeof name, "notice '%s' %s", notices[i].text, refused ? "is refused" : "is read");
        mob_tap_check(result == (refused ? -1 : 0) && notice.amount == notices[i].amount &&
                          notice.unit == (refused ? MOB_NOTICE_MINUTES : notices[i].unit),
                      name);
    }
    mob_tap_check(mob_notice_minutes((struct mob_notice){ 30, MOB_NOTICE_MINUTES }) == 30 &&
                      mob_notice_minutes((struct mob_notice){ 4, MOB_NOTICE_HOURS }) == 240 &&
                      mob_notice_minutes((struct mob_notice){ MOB_NUMBER_MAX, MOB_NOTICE_DAYS }) ==
                          INT64_C(1440000000000),
                  "a notice has its minutes, the longest one too");
}

/* ---- weekdays ---- */

static const struct {
    const char *date;
    int weekday; /* 0 = Monday */
} weekdays[] = {
    { "1900-01-01", 0 }, { "1969-12-31", 2 }, { "1970-01-01", 3 }, { "2000-02-29", 1 },
    { "2026-11-30", 0 }, { "2026-12-06", 6 }, { "2028-02-29", 1 }, { "9999-12-31", 4 },
};

static void check_weekdays(void)
{
    char name[120];

    for (size_t i = 0; i < COUNT_OF(weekdays); i++) {
        int64_t date = 0;

        mob_date_parse(mob_text_of(weekdays[i].date), &date);
        snprintf(name, sizeof name, "%s is weekday %d", weekdays[i].date, weekdays[i].weekday);
        mob_tap_check(mob_date_weekday(date) == weekdays[i].weekday, name);
    }
}

/* ---- every day from 1900-01-01 to 9999-12-31, counted on the fingers ---- */

static int days_in(int year, int month)
{
    if (month == 2)
        return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void check_every_day(void)
{
    int64_t date = MOB_DATE_FIRST, wrong = INT64_MAX;
    int weekday = 0; /* 1900-01-01 was a Monday */

    for (int year = 1900; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= days_in(year, month); day++, date++, weekday = (weekday + 1) % 7) {
                char expected[40], printed[MOB_DATE_SIZE];
                int64_t parsed = 0;

                snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
                mob_date_print(date, printed);
                if (strcmp(printed, expected) != 0 || mob_date_parse(mob_text_of(expected), &parsed) < 0 ||
                    parsed != date || mob_date_weekday(date) != weekday || mob_date_of(year, month, day) != date ||
                    mob_date_year(date) != year || mob_date_month(date) != month || mob_date_day(date) != day)
                    wrong = wrong == INT64_MAX ? date : wrong;
            }
    if (wrong != INT64_MAX)
        printf("# the first wrong one is day %lld\n", (long long)wrong);
    mob_tap_check(wrong == INT64_MAX && date == MOB_DATE_LAST + 1,
                  "each day from 1900 to 9999 is read, printed, counted and taken apart");
}

/* ---- weeks and months ---- */

static const struct {
    const char *date, *week;
} weeks[] = {
    { "2026-11-30", "2026-W49" }, { "2026-11-29", "2026-W48" }, { "2026-12-31", "2026-W53" },
    { "2027-01-03", "2026-W53" }, { "2027-01-04", "2027-W01" }, { "2024-12-29", "2024-W52" },
    { "2024-12-30", "2025-W01" }, { "1900-01-01", "1900-W01" }, { "9999-12-31", "9999-W52" },
};

static void check_weeks(void)
{
    char name[120], text[MOB_WEEK_SIZE];

    for (size_t i = 0; i < COUNT_OF(weeks); i++) {
        int64_t date = 0;

        mob_date_parse(mob_text_of(weeks[i].date), &date);
        mob_week_print(date, text);
        snprintf(name, sizeof name, "%s is in %s", weeks[i].date, weeks[i].week);
        mob_tap_check(strcmp(text, weeks[i].week) == 0, name);
    }
}

/* A Monday from the 29th of December on begins the next year's first week: its Thursday is of that year. */
static void check_every_week(void)
{
    int64_t date = MOB_DATE_FIRST, wrong = INT64_MAX;
    int week_year = 1899, week = 52;

    for (int year = 1900; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= days_in(year, month); day++, date++) {
                char expected[40], printed[MOB_WEEK_SIZE];

                if ((date - MOB_DATE_FIRST) % 7 == 0) {
                    int year_of_thursday = year + (month == 12 && day >= 29);

                    week = year_of_thursday == week_year ? week + 1 : 1;
                    week_year = year_of_thursday;
                }
                snprintf(expected, sizeof expected, "%04d-W%02d", week_year, week);
                mob_week_print(date, printed);
                if (strcmp(printed, expected) != 0 || mob_date_month_start(date) != date - (day - 1))
                    wrong = wrong == INT64_MAX ? date : wrong;
            }
    if (wrong != INT64_MAX)
        printf("# the first wrong one is day %lld\n", (long long)wrong);
    mob_tap_check(wrong == INT64_MAX, "each day from 1900 to 9999 has its week and its month's first day");
}

/* ---- instants as date and time, and back ---- */

static void check_parts(void)
{
    char text[MOB_INSTANT_SIZE], stamp[MOB_STAMP_SIZE];
    struct mob_print print;
    struct mob_buffer buffer = { 0 };
    struct tm clock = { .tm_year = 126, .tm_mon = 10, .tm_mday = 30, .tm_hour = 9, .tm_min = 5, .tm_sec = 59 };

    mob_tap_check(mob_instant_date(-1) == -1 && mob_instant_time(-1) == 1439,
                  "the minute before 1970 is of the day before");
    mob_tap_check(mob_instant_date(-1440) == -1 && mob_instant_time(-1440) == 0,
                  "a midnight before 1970 begins its day");
    mob_tap_check(mob_instant_date(-1441) == -2, "a minute before a midnight before 1970 is of the day before that");
    mob_tap_check(mob_instant_date(1439) == 0 && mob_instant_date(1440) == 1, "midnight is of the day that begins");
    mob_instant_print(MOB_INSTANT_FIRST, text);
    mob_tap_check(strcmp(text, "1900-01-01T00:00") == 0, "the first instant is printed");
    mob_instant_print(MOB_INSTANT_LAST, text);
    mob_tap_check(strcmp(text, "9999-12-31T23:59") == 0, "the last instant is printed");
    mob_instant_print(-1, text);
    mob_tap_check(strcmp(text, "1969-12-31T23:59") == 0, "an instant before 1970 is printed");
    mob_stamp_print(-1, stamp);
    mob_tap_check(strcmp(stamp, "1969-12-31T23:59:59Z") == 0, "a second before 1970 is printed");
    mob_stamp_print(86465, stamp);
    mob_tap_check(strcmp(stamp, "1970-01-02T00:01:05Z") == 0, "a time in UTC is printed to the second");
    mob_tap_check(mob_instant_is_valid(MOB_INSTANT_FIRST) && mob_instant_is_valid(MOB_INSTANT_LAST) &&
                      !mob_instant_is_valid(MOB_INSTANT_FIRST - 1) && !mob_instant_is_valid(MOB_INSTANT_LAST + 1) &&
                      !mob_instant_is_valid(MOB_ABSENT),
                  "the years 1900 to 9999 are valid, nothing else");
    mob_tap_check(mob_text_is(mob_print_instant(&print, MOB_ABSENT), MOB_TEXT("")), "an absent instant is empty");
    mob_buffer_add_instant(&buffer, MOB_ABSENT);
    mob_buffer_add_instant(&buffer, 0);
    mob_tap_check(mob_text_is(mob_buffer_since(&buffer, 0), MOB_TEXT("1970-01-01T00:00")),
                  "an instant is added to a buffer");
    mob_buffer_release(&buffer);
    /* 2026-11-30 is day 20787: 10957 + 26 × 365 + 7 + 333. */
    mob_tap_check(mob_instant_of_clock(&clock) == 20787 * INT64_C(1440) + 545,
                  "a wall clock's minute counts, not its seconds");
}

/* 24-hour days begun, at least one. */
static void check_days_begun(void)
{
    static const struct {
        int64_t from, until, days;
    } cases[] = { { 0, 1, 1 },      { 0, 1439, 1 },   { 0, 1440, 1 },  { 0, 1441, 2 }, { 600, 2040, 1 },
                  { 600, 2041, 2 }, { 0, 14400, 10 }, { -1440, 1, 2 }, { 5, 5, 1 },    { 6, 5, 1 } };
    char name[120];

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        snprintf(name, sizeof name, "from %lld until %lld: %lld days are begun", (long long)cases[i].from,
                 (long long)cases[i].until, (long long)cases[i].days);
        mob_tap_check(mob_days_begun(cases[i].from, cases[i].until) == cases[i].days, name);
    }
}

int main(void)
{
    check_values("date", mob_date_parse, dates, COUNT_OF(dates));
    check_values("time", mob_time_parse, times, COUNT_OF(times));
    check_values("date-time", mob_instant_parse, instants, COUNT_OF(instants));
    check_values("UTC", mob_stamp_parse, stamps, COUNT_OF(stamps));
    check_notices();
    check_weekdays();
    check_every_day();
    check_weeks();
    check_every_week();
    check_parts();
    check_days_begun();
    return mob_tap_finish();
}
