#include "base/date.h"

/* Months are counted from March, so that the leap day is the last of its year. */
int64_t mob_date_of(int64_t year, int64_t month, int64_t day)
{
    int64_t march_year = month > 2 ? year : year - 1;
    int64_t march_month = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;

    return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
    int64_t shifted = days + 719468; /* from 0000-03-01; positive for every valid date */
    int64_t era = shifted / 146097;
    int64_t day_of_era = shifted % 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;

    *day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1);
    *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = (int)(era * 400 + year_of_era + (*month <= 2));
}

int mob_date_year(int64_t date)
{
    int year, month, day;

    date_of(date, &year, &month, &day);
    return year;
}

int mob_date_month(int64_t date)
{
    int year, month, day;

    date_of(date, &year, &month, &day);
    return month;
}

int mob_date_day(int64_t date)
{
    int year, month, day;

    date_of(date, &year, &month, &day);
    return day;
}

int64_t mob_date_month_start(int64_t date)
{
    return date - mob_date_day(date) + 1;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Exactly `count` digits at `bytes`, or -1. */
static int digits(const char *bytes, size_t count)
{
    int value = 0;

    for (size_t i = 0; i < count; i++) {
        if (bytes[i] < '0' || bytes[i] > '9')
            return -1;
        value = value * 10 + (bytes[i] - '0');
    }
    return value;
}

int mob_date_parse(struct mob_text text, int64_t *date)
{
    static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year, month, day;

    if (text.length != 10 || text.bytes[4] != '-' || text.bytes[7] != '-')
        return -1;
    year = digits(text.bytes, 4);
    month = digits(text.bytes + 5, 2);
    day = digits(text.bytes + 8, 2);
    if (year < MOB_YEAR_FIRST || month < 1 || month > 12 || day < 1)
        return -1;
    if (day > month_days[month - 1] + (month == 2 && is_leap(year)))
        return -1;
    *date = mob_date_of(year, month, day);
    return 0;
}

int mob_time_parse(struct mob_text text, int64_t *minutes)
{
    int hour, minute;

    if (text.length != 5 || text.bytes[2] != ':')
        return -1;
    hour = digits(text.bytes, 2);
    minute = digits(text.bytes + 3, 2);
    if (hour < 0 || minute < 0 || minute > 59 || hour > 24 || (hour == 24 && minute > 0))
        return -1;
    *minutes = hour * 60 + minute;
    return 0;
}

int mob_instant_parse(struct mob_text text, int64_t *instant)
{
    int64_t date, minutes;

    if (text.length != 16 || text.bytes[10] != 'T')
        return -1;
    if (mob_date_parse((struct mob_text){ text.bytes, 10 }, &date) < 0 ||
        mob_time_parse((struct mob_text){ text.bytes + 11, 5 }, &minutes) < 0 || minutes == MOB_DAY_MIN)
        return -1;
    *instant = mob_instant_of_date(date) + minutes;
    return 0;
}

int mob_notice_parse(struct mob_text text, struct mob_notice *notice)
{
    struct mob_notice parsed;
    size_t letters = 1;

    if (text.length < 2)
        return -1;
    switch (text.bytes[text.length - 1]) {
    case 'm':
        parsed.unit = MOB_NOTICE_MINUTES;
        break;
    case 'h':
        parsed.unit = MOB_NOTICE_HOURS;
        break;
    case 'd':
        parsed.unit = MOB_NOTICE_DAYS;
        if (text.bytes[text.length - 2] == 'w') {
            parsed.unit = MOB_NOTICE_WORKING_DAYS;
            letters = 2;
        }
        break;
    default:
        return -1;
    }
    if (mob_text_to_number((struct mob_text){ text.bytes, text.length - letters }, &parsed.amount) < 0)
        return -1;
    if (parsed.unit == MOB_NOTICE_WORKING_DAYS && parsed.amount == 0)
        return -1;
    *notice = parsed;
    return 0;
}

int64_t mob_notice_minutes(struct mob_notice notice)
{
    static const int64_t unit_min[] = { 1, 60, MOB_DAY_MIN };

    return notice.amount * unit_min[notice.unit];
}

int mob_stamp_parse(struct mob_text text, int64_t *seconds)
{
    int64_t instant;
    int second;

    if (text.length != 20 || text.bytes[16] != ':' || text.bytes[19] != 'Z')
        return -1;
    second = digits(text.bytes + 17, 2);
    if (second < 0 || second > 60 || mob_instant_parse((struct mob_text){ text.bytes, 16 }, &instant) < 0)
        return -1;
    *seconds = instant * 60 + second;
    return 0;
}

static void put_digits(char *text, int value, int count)
{
    while (count-- > 0) {
        text[count] = (char)('0' + value % 10);
        value /= 10;
    }
}

void mob_date_print(int64_t date, char text[MOB_DATE_SIZE])
{
    int year, month, day;

    date_of(date, &year, &month, &day);
    put_digits(text, year, 4);
    text[4] = '-';
    put_digits(text + 5, month, 2);
    text[7] = '-';
    put_digits(text + 8, day, 2);
    text[10] = '\0';
}

void mob_instant_print(int64_t instant, char text[MOB_INSTANT_SIZE])
{
    int64_t minutes = mob_instant_time(instant);

    mob_date_print(mob_instant_date(instant), text);
    text[10] = 'T';
    put_digits(text + 11, (int)(minutes / 60), 2);
    text[13] = ':';
    put_digits(text + 14, (int)(minutes % 60), 2);
    text[16] = '\0';
}

void mob_stamp_print(int64_t seconds, char text[MOB_STAMP_SIZE])
{
    int64_t instant = seconds >= 0 ? seconds / 60 : -((-seconds + 59) / 60);

    mob_instant_print(instant, text);
    text[16] = ':';
    put_digits(text + 17, (int)(seconds - instant * 60), 2);
    text[19] = 'Z';
    text[20] = '\0';
}

void mob_week_print(int64_t date, char text[MOB_WEEK_SIZE])
{
    int64_t thursday = date - mob_date_weekday(date) + 3;
    int year = mob_date_year(thursday);

    put_digits(text, year, 4);
    text[4] = '-';
    text[5] = 'W';
    put_digits(text + 6, (int)((thursday - mob_date_of(year, 1, 1)) / 7) + 1, 2);
    text[8] = '\0';
}

struct mob_text mob_print_instant(struct mob_print *print, int64_t instant)
{
    if (instant == MOB_ABSENT)
        return MOB_TEXT("");
    mob_instant_print(instant, print->text);
    return (struct mob_text){ print->text, MOB_INSTANT_SIZE - 1 };
}

void mob_buffer_add_instant(struct mob_buffer *buffer, int64_t instant)
{
    struct mob_print print;

    mob_buffer_add(buffer, mob_print_instant(&print, instant));
}

int64_t mob_instant_of_clock(const struct tm *local)
{
    int64_t date = mob_date_of((int64_t)local->tm_year + 1900, local->tm_mon + 1, local->tm_mday);

    return mob_instant_of_date(date) + (int64_t)local->tm_hour * 60 + local->tm_min;
}

int64_t mob_days_begun(int64_t from, int64_t until)
{
    return until <= from ? 1 : (until - from + MOB_DAY_MIN - 1) / MOB_DAY_MIN;
}
