/* Dates in words: the views' language is English, like the tools' messages. */
#ifndef MOB_VIEW_WORDS_H
#define MOB_VIEW_WORDS_H

#include "base/date.h"

/* `Mon`, `Nov`. */
struct mob_text mob_words_weekday(int64_t date);
struct mob_text mob_words_month(int64_t date);

/* Appends `Mon 30 Nov`. */
void mob_words_add_day(struct mob_buffer *buffer, int64_t date);

/* Appends `Monday 30 November 2026`. */
void mob_words_add_date(struct mob_buffer *buffer, int64_t date);

/* Appends `09:00`. */
void mob_words_add_time(struct mob_buffer *buffer, int64_t instant);

/* Appends `Monday 30 November 2026, 09:00`; the last instant of the year 9999 where it lies beyond. */
void mob_words_add_instant(struct mob_buffer *buffer, int64_t instant);

#endif
