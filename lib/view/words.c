#include "view/words.h"

enum { SHORT = 3 }; /* letters of the short names */

static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December" };

/* Two digits of a date or an instant as it is printed. */
static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + text[1] - '0';
}

static const char *month_of(int64_t date)
{
    char text[MOB_DATE_SIZE];

    mob_date_print(date, text);
    return months[two_digits(text + 5) - 1];
}

struct mob_text mob_words_weekday(int64_t date)
{
    return (struct mob_text){ weekdays[mob_date_weekday(date)], SHORT };
}

struct mob_text mob_words_month(int64_t date)
{
    return (struct mob_text){ month_of(date), SHORT };
}

int64_t mob_words_day(int64_t date)
{
    char text[MOB_DATE_SIZE];

    mob_date_print(date, text);
    return two_digits(text + 8);
}

void mob_words_add_date(struct mob_buffer *buffer, int64_t date)
{
    mob_buffer_add(buffer, mob_text_of(weekdays[mob_date_weekday(date)]));
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add_number(buffer, mob_words_day(date));
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add(buffer, mob_text_of(month_of(date)));
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add_number(buffer, mob_date_year(date));
}

void mob_words_add_time(struct mob_buffer *buffer, int64_t instant)
{
    char text[MOB_INSTANT_SIZE];

    mob_instant_print(instant, text);
    mob_buffer_add(buffer, mob_text_of(text + MOB_DATE_SIZE));
}

void mob_words_add_instant(struct mob_buffer *buffer, int64_t instant)
{
    if (instant > MOB_INSTANT_LAST)
        instant = MOB_INSTANT_LAST;
    mob_words_add_date(buffer, mob_instant_date(instant));
    mob_buffer_add(buffer, MOB_TEXT(", "));
    mob_words_add_time(buffer, instant);
}
