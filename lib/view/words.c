#include "view/words.h"

enum { SHORT = 3 }; /* letters of the short names */

static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December" };

struct mob_text mob_words_weekday(int64_t date)
{
    return (struct mob_text){ weekdays[mob_date_weekday(date)], SHORT };
}

struct mob_text mob_words_month(int64_t date)
{
    return (struct mob_text){ months[mob_date_month(date) - 1], SHORT };
}

void mob_words_add_day(struct mob_buffer *buffer, int64_t date)
{
    mob_buffer_add(buffer, mob_words_weekday(date));
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add_number(buffer, mob_date_day(date));
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add(buffer, mob_words_month(date));
}

void mob_words_add_date(struct mob_buffer *buffer, int64_t date)
{
    mob_buffer_add(buffer, mob_text_of(weekdays[mob_date_weekday(date)]));
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add_number(buffer, mob_date_day(date));
    mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add(buffer, mob_text_of(months[mob_date_month(date) - 1]));
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
