/* Wall-clock time: instants, dates, times of day, notices (DATA.md, "Values").
 *
 * An instant is a count of minutes from 1970-01-01T00:00 on the site's own clock, a date a count of days from
 * 1970-01-01; both may be negative. There is no zone and no daylight saving in them: all arithmetic is on
 * wall-clock minutes. Years 1900 to 9999. MOB_ABSENT stands for one that is not given. */
#ifndef MOB_BASE_DATE_H
#define MOB_BASE_DATE_H

#include "base/text.h"

#include <time.h>

#define MOB_DAY_MIN INT64_C(1440)
#define MOB_YEAR_FIRST 1900
#define MOB_DATE_FIRST INT64_C(-25567) /* 1900-01-01 */
#define MOB_DATE_LAST INT64_C(2932896) /* 9999-12-31 */
#define MOB_INSTANT_FIRST (MOB_DATE_FIRST * MOB_DAY_MIN)
#define MOB_INSTANT_LAST ((MOB_DATE_LAST + 1) * MOB_DAY_MIN - 1)

#define MOB_DATE_SIZE 11    /* 2026-11-30 and a NUL */
#define MOB_INSTANT_SIZE 17 /* 2026-11-30T09:00 and a NUL */
#define MOB_STAMP_SIZE 21   /* 2026-11-23T07:41:05Z and a NUL */
#define MOB_WEEK_SIZE 9     /* 2026-W49 and a NUL */

enum mob_notice_unit {
    MOB_NOTICE_MINUTES,
    MOB_NOTICE_HOURS,
    MOB_NOTICE_DAYS,
    MOB_NOTICE_WORKING_DAYS,
};

struct mob_notice {
    int64_t amount; /* in `unit`; 0 minutes = none */
    enum mob_notice_unit unit;
};

/* Each reads exactly its form in DATA.md. 0, or -1 and the value untouched. */
int mob_date_parse(struct mob_text text, int64_t *date);
int mob_instant_parse(struct mob_text text, int64_t *instant);
/* Minutes since midnight; 24:00 is 1440. */
int mob_time_parse(struct mob_text text, int64_t *minutes);
/* `30m`, `4h`, `2d`, `2wd`; not `0wd`. */
int mob_notice_parse(struct mob_text text, struct mob_notice *notice);
/* The minutes of a notice, which is not in working days: those only the opening hours know. */
int64_t mob_notice_minutes(struct mob_notice notice);
/* `2026-11-23T07:41:05Z`, in seconds of UTC from 1970. */
int mob_stamp_parse(struct mob_text text, int64_t *seconds);

/* Each writes its form, ended by a NUL. The value must lie within the years 1900 to 9999. */
void mob_date_print(int64_t date, char text[MOB_DATE_SIZE]);
void mob_instant_print(int64_t instant, char text[MOB_INSTANT_SIZE]);
void mob_stamp_print(int64_t seconds, char text[MOB_STAMP_SIZE]);

/* The week of ISO 8601 in which a date lies, Monday to Sunday, ended by a NUL: it is of the year of its Thursday. */
void mob_week_print(int64_t date, char text[MOB_WEEK_SIZE]);

/* An instant; the empty text where it is absent. */
struct mob_text mob_print_instant(struct mob_print *print, int64_t instant);

/* Appends an instant; nothing where it is absent. */
void mob_buffer_add_instant(struct mob_buffer *buffer, int64_t instant);

/* The instant of the wall clock that `local` shows (as from localtime_r). */
int64_t mob_instant_of_clock(const struct tm *local);

static inline int64_t mob_instant_date(int64_t instant)
{
    return instant >= 0 ? instant / MOB_DAY_MIN : -((-instant + MOB_DAY_MIN - 1) / MOB_DAY_MIN);
}

static inline int64_t mob_instant_of_date(int64_t date)
{
    return date * MOB_DAY_MIN;
}

/* Minutes since its midnight. */
static inline int64_t mob_instant_time(int64_t instant)
{
    return instant - mob_instant_date(instant) * MOB_DAY_MIN;
}

/* The date of a year, its month (from 1) and its day (from 1). */
int64_t mob_date_of(int64_t year, int64_t month, int64_t day);

/* The year of a date; its month and its day, from 1. */
int mob_date_year(int64_t date);
int mob_date_month(int64_t date);
int mob_date_day(int64_t date);

/* The first date of the month in which a date lies. */
int64_t mob_date_month_start(int64_t date);

/* 0 = Monday … 6 = Sunday. */
static inline int mob_date_weekday(int64_t date)
{
    return (int)(((date + 3) % 7 + 7) % 7);
}

/* Whether an instant lies within the years 1900 to 9999. */
static inline bool mob_instant_is_valid(int64_t instant)
{
    return instant >= MOB_INSTANT_FIRST && instant <= MOB_INSTANT_LAST;
}

/* 24-hour days begun in [from, until), at least 1 (FILTERS.md, "Arithmetic of a stay"). */
int64_t mob_days_begun(int64_t from, int64_t until);

#endif
