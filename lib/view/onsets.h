/* When a time zone changes its offset from UTC: read from a zone's file in TZif (RFC 9636), as the system has it.
 *
 * Call order: mob_onsets_init, mob_onsets_reach with the last year that is asked for, then the others,
 * mob_onsets_release. */
#ifndef MOB_VIEW_ONSETS_H
#define MOB_VIEW_ONSETS_H

#include "base/date.h"

/* What clocks show: UTC and so many seconds. */
struct mob_offset {
    int64_t seconds;
    bool is_daylight;
    const char *name; /* CEST */
};

struct mob_onset {
    int64_t at; /* seconds of UTC from 1970 */
    struct mob_offset offset;
};

/* A change that comes every year. */
struct mob_yearly {
    int month, week; /* from 1; the fifth week's day is the month's last one of that name */
    int weekday;     /* 0 = Monday */
    int64_t time;    /* seconds since that day's midnight: below 0 or beyond 24 hours it is another day */
    struct mob_offset from, to;
};

struct mob_onsets {
    struct mob_offset initial; /* from 1900 on, until the first onset */
    struct mob_onset *items;   /* by time; each changes something */
    size_t count, capacity;
    struct mob_yearly rules[2]; /* what goes on without an end */
    size_t rule_count;          /* 0 or 2 */
    int64_t until_year;         /* all onsets until its end are there */
    struct mob_arena arena;
};

/* Reads a file's bytes. 0, or -1 where they are no time zone, or one that counts leap seconds; then nothing needs
 * releasing. */
int mob_onsets_init(struct mob_onsets *onsets, struct mob_text bytes);

/* Whether two show and are called the same. */
bool mob_offset_is_same(struct mob_offset one, struct mob_offset other);

/* Adds the onsets of the yearly rules until the end of that year. */
void mob_onsets_reach(struct mob_onsets *onsets, int64_t year);

/* How many seconds of UTC the clocks were ahead before an onset. */
int64_t mob_onsets_before(const struct mob_onsets *onsets, size_t number);

/* When a yearly change comes in a year: seconds of UTC. */
int64_t mob_yearly_at(const struct mob_yearly *yearly, int64_t year);

/* The first minute that clocks show at or behind an instant: the instant itself, or the end of the gap where they skip
 * it. Its year has been reached. */
int64_t mob_onsets_shown(const struct mob_onsets *onsets, int64_t instant);

void mob_onsets_release(struct mob_onsets *onsets);

#endif
