/* rule/stay: ready(t), back(t), days(t) of FILTERS.md's "Arithmetic of a stay" (S2, S12). 2026-11-30 is a Monday. */
#include "rule/stay.h"
#include "tap.h"

#include <stdlib.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define DAY MOB_DAY_MIN

/* Monday to Friday: reception 08:00-12:00, 14:00-18:00; workshop 08:00-12:00, 13:00-17:00. */
static struct mob_interval reception[] = { { 480, 720 }, { 840, 1080 } };
static struct mob_interval workshop[] = { { 480, 720 }, { 780, 1020 } };

static struct mob_hours office(void)
{
    struct mob_hours hours = { 0 };

    for (int day = 0; day < 5; day++) {
        hours.week[MOB_AREA_RECEPTION][day] = (struct mob_day_hours){ 0, reception, 2 };
        hours.week[MOB_AREA_WORKSHOP][day] = (struct mob_day_hours){ 0, workshop, 2 };
    }
    return hours;
}

static int64_t at(const char *text)
{
    int64_t instant = MOB_ABSENT;

    mob_instant_parse(mob_text_of(text), &instant);
    return instant;
}

/* ---- a table of stays ---- */

struct stay_case {
    const char *name, *start;
    struct mob_stay_terms terms; /* labour, explain, start, end, at least, step */
    const char *ready, *back;    /* ready NULL: none; back NULL: none */
    int64_t days;
};

static const struct stay_case cases[] = {
    { "an hour's work", "2026-11-30T09:00", { 60, 15, 0, 0, 0, 30 }, "2026-11-30T10:00", "2026-11-30T10:00", 1 },
    { "over the workshop's break",
      "2026-11-30T09:00",
      { 240, 15, 0, 0, 0, 30 },
      "2026-11-30T14:00",
      "2026-11-30T14:00",
      1 },
    { "ready at the workshop's closing",
      "2026-11-30T09:00",
      { 180, 15, 0, 0, 0, 30 },
      "2026-11-30T12:00",
      "2026-11-30T14:00",
      1 },
    { "time enough to explain until the closing",
      "2026-11-30T09:00",
      { 150, 30, 0, 0, 0, 30 },
      "2026-11-30T11:30",
      "2026-11-30T11:30",
      1 },
    { "a minute too little to explain",
      "2026-11-30T09:00",
      { 150, 31, 0, 0, 0, 30 },
      "2026-11-30T11:30",
      "2026-11-30T14:00",
      1 },
    { "to explain takes longer than any opening",
      "2026-11-30T09:00",
      { 60, 241, 0, 0, 0, 30 },
      "2026-11-30T10:00",
      NULL,
      0 },
    { "on the grid", "2026-11-30T09:00", { 61, 15, 0, 0, 0, 30 }, "2026-11-30T10:01", "2026-11-30T10:30", 1 },
    { "a grid of a minute", "2026-11-30T09:00", { 61, 15, 0, 0, 0, 1 }, "2026-11-30T10:01", "2026-11-30T10:01", 1 },
    { "a grid of 7 minutes from midnight: 86 x 7 = 602",
      "2026-11-30T09:00",
      { 61, 15, 0, 0, 0, 7 },
      "2026-11-30T10:01",
      "2026-11-30T10:02",
      1 },
    { "a grid that the day is no multiple of: 16:40 each day",
      "2026-11-30T16:41",
      { 0, 15, 0, 0, 0, 1000 },
      "2026-11-30T16:41",
      "2026-12-01T16:40",
      1 },
    { "a grid of midnights only", "2026-11-30T09:00", { 60, 15, 0, 0, 0, 1440 }, "2026-11-30T10:00", NULL, 0 },
    { "no work: ready at once, back at the next point",
      "2026-11-30T09:00",
      { 0, 15, 0, 0, 0, 30 },
      "2026-11-30T09:00",
      "2026-11-30T09:30",
      1 },
    { "no work, a start beside the grid",
      "2026-11-30T09:10",
      { 0, 15, 0, 0, 0, 30 },
      "2026-11-30T09:10",
      "2026-11-30T09:30",
      1 },
    { "no work, at night: ready at once",
      "2026-11-30T03:00",
      { 0, 15, 0, 0, 0, 30 },
      "2026-11-30T03:00",
      "2026-11-30T08:00",
      1 },
    { "into the next day: 20 hours are a day",
      "2026-11-30T13:00",
      { 300, 15, 0, 0, 0, 30 },
      "2026-12-01T09:00",
      "2026-12-01T09:00",
      1 },
    { "a whole 24 hours are a day",
      "2026-11-30T14:00",
      { 480, 15, 0, 0, 0, 30 },
      "2026-12-01T14:00",
      "2026-12-01T14:00",
      1 },
    { "25 hours are two", "2026-11-30T13:00", { 480, 15, 0, 0, 0, 30 }, "2026-12-01T12:00", "2026-12-01T14:00", 2 },
    { "over the weekend: 64 hours are three days",
      "2026-12-04T16:30",
      { 60, 15, 0, 0, 0, 30 },
      "2026-12-07T08:30",
      "2026-12-07T08:30",
      3 },
    /* wanted_back */
    { "as late as wanted",
      "2026-11-30T09:00",
      { 60, 15, 0, 0, 2 * DAY, 30 },
      "2026-11-30T10:00",
      "2026-12-02T09:00",
      2 },
    { "a minute later than wanted",
      "2026-11-30T09:00",
      { 60, 15, 0, 0, 2 * DAY + 1, 30 },
      "2026-11-30T10:00",
      "2026-12-02T09:30",
      3 },
    { "wanted before it is ready",
      "2026-11-30T09:00",
      { 240, 15, 0, 0, 30, 30 },
      "2026-11-30T14:00",
      "2026-11-30T14:00",
      1 },
    { "wanted on a Saturday",
      "2026-11-30T09:00",
      { 60, 15, 0, 0, 5 * DAY, 30 },
      "2026-11-30T10:00",
      "2026-12-07T08:00",
      7 },
    { "exactly 366 days",
      "2026-11-30T09:00",
      { 60, 15, 0, 0, 366 * DAY, 30 },
      "2026-11-30T10:00",
      "2027-12-01T09:00",
      366 },
    { "more than 366 days", "2026-11-30T09:00", { 60, 15, 0, 0, 366 * DAY + 1, 30 }, "2026-11-30T10:00", NULL, 0 },
    /* legs with stated minutes */
    { "a start leg: the car is on the road first",
      "2026-11-30T09:00",
      { 60, 15, 60, 0, 0, 30 },
      "2026-11-30T11:00",
      "2026-11-30T11:00",
      1 },
    { "a start leg without work",
      "2026-11-30T09:00",
      { 0, 15, 60, 0, 0, 30 },
      "2026-11-30T10:00",
      "2026-11-30T10:00",
      1 },
    { "an end leg until the last closing",
      "2026-11-30T09:00",
      { 420, 15, 0, 60, 0, 30 },
      "2026-11-30T17:00",
      "2026-11-30T17:00",
      1 },
    { "an end leg a minute beyond it",
      "2026-11-30T09:00",
      { 420, 15, 0, 61, 0, 30 },
      "2026-11-30T17:00",
      "2026-12-01T08:00",
      1 },
    { "an end leg over the lunch break",
      "2026-11-30T09:00",
      { 120, 15, 0, 200, 0, 30 },
      "2026-11-30T11:00",
      "2026-11-30T11:00",
      1 },
    { "an end leg longer than the day", "2026-11-30T09:00", { 60, 15, 0, 601, 0, 30 }, "2026-11-30T10:00", NULL, 0 },
    /* the calendar's end */
    { "beyond the year 9999", "9999-12-31T17:46", { 0, 15, 0, 0, 0, 30 }, "9999-12-31T17:46", NULL, 0 },
    { "work beyond the year 9999", "9999-12-31T16:30", { 31, 15, 0, 0, 0, 30 }, NULL, NULL, 0 },
};

static bool is_stay(const struct mob_hours *hours, const struct stay_case *one)
{
    struct mob_stay stay = { 0 };
    enum mob_stay_result result = mob_stay_from(hours, &one->terms, at(one->start), &stay);
    char ready[MOB_INSTANT_SIZE] = "none", back[MOB_INSTANT_SIZE] = "none";
    bool good;

    if (!one->ready)
        good = result == MOB_STAY_NO_READY;
    else if (!one->back)
        good = result == MOB_STAY_NO_BACK && stay.ready == at(one->ready);
    else
        good = result == MOB_STAY_FITS && stay.ready == at(one->ready) && stay.back == at(one->back) &&
               stay.days == one->days;
    if (!good && result != MOB_STAY_NO_READY)
        mob_instant_print(stay.ready, ready);
    if (!good && result == MOB_STAY_FITS)
        mob_instant_print(stay.back, back);
    if (!good)
        printf("# ready %s, back %s, days %lld\n", ready, back, (long long)stay.days);
    return good;
}

static void check_table(void)
{
    struct mob_hours hours = office();

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        mob_tap_check(is_stay(&hours, &cases[i]), cases[i].name);
}

/* ---- closures ---- */

static void check_closures(void)
{
    static const struct stay_case returns = { "a day closed for returns", "2026-11-30T09:00", { 60, 15, 0, 0, 0, 30 },
                                              "2026-11-30T10:00",         "2026-12-01T08:00", 1 };
    static const struct stay_case works = { "a day on which the workshop is shut",
                                            "2026-11-30T09:00",
                                            { 60, 15, 0, 0, 0, 30 },
                                            "2026-12-01T09:00",
                                            "2026-12-01T09:00",
                                            1 };
    static const struct stay_case departures = { "a day closed for departures takes cars back",
                                                 "2026-11-30T09:00",
                                                 { 60, 15, 0, 0, 0, 30 },
                                                 "2026-11-30T10:00",
                                                 "2026-11-30T10:00",
                                                 1 };
    static const struct stay_case across = { "a stay runs across a closure",
                                             "2026-11-27T09:00",
                                             { 60, 15, 0, 0, 4 * DAY, 30 },
                                             "2026-11-27T10:00",
                                             "2026-12-01T09:00",
                                             4 };
    static const struct stay_case for_ever = {
        "the workshop is shut for ever", "2026-12-01T16:59", { 2, 15, 0, 0, 0, 30 }, NULL, NULL, 0
    };
    int64_t monday = mob_instant_date(at("2026-11-30T00:00"));
    struct mob_closed_from closed[] = { { monday, MOB_USE_RETURN, false }, { monday + 1, 0, false } };
    struct mob_hours hours = office();

    hours.closed = closed;
    hours.closed_count = COUNT_OF(closed);
    mob_tap_check(is_stay(&hours, &returns), returns.name);
    closed[0].named = MOB_USE_WORKSHOP;
    mob_tap_check(is_stay(&hours, &works), works.name);
    closed[0].named = MOB_USE_DEPARTURE;
    mob_tap_check(is_stay(&hours, &departures), departures.name);
    closed[0] = (struct mob_closed_from){ monday, 0, true };
    mob_tap_check(is_stay(&hours, &across), across.name);
    closed[0] = (struct mob_closed_from){ monday + 2, MOB_USE_WORKSHOP, false };
    hours.closed_count = 1;
    mob_tap_check(is_stay(&hours, &for_ever), for_ever.name);
}

/* ---- what the legs add ---- */

static void check_legs(void)
{
    struct mob_leg legs[] = { { .span = MOB_SPAN_STAY, .minutes = MOB_ABSENT },
                              { .span = MOB_SPAN_START, .minutes = 20 },
                              { .span = MOB_SPAN_START, .minutes = 50 },
                              { .span = MOB_SPAN_START, .minutes = 40 },
                              { .span = MOB_SPAN_START, .minutes = MOB_ABSENT },
                              { .span = MOB_SPAN_END, .minutes = 30 },
                              { .span = MOB_SPAN_END, .minutes = 10 } };
    const struct mob_leg *pointers[COUNT_OF(legs)];
    struct mob_solution solution = { .legs = pointers, .leg_count = COUNT_OF(legs) };
    struct mob_stay_terms terms = { .start_min = 7, .end_min = 7, .step_min = 30 };

    for (size_t i = 0; i < COUNT_OF(legs); i++)
        pointers[i] = &legs[i];
    mob_stay_take_legs(&terms, &solution);
    mob_tap_check(terms.start_min == 50 && terms.end_min == 30,
                  "the longest stated minutes of start and end legs count");
    mob_stay_take_legs(&terms, NULL);
    mob_tap_check(terms.start_min == 0 && terms.end_min == 0, "without a solution there are no legs");
    legs[1].minutes = legs[2].minutes = legs[3].minutes = MOB_ABSENT;
    mob_stay_take_legs(&terms, &solution);
    mob_tap_check(terms.start_min == 0, "legs without stated minutes do not delay the work");
}

/* ---- against a search minute by minute ---- */

static bool is_within(const struct mob_interval *open, int64_t instant)
{
    int64_t time = mob_instant_time(instant);

    return mob_date_weekday(mob_instant_date(instant)) < 5 &&
           ((time >= open[0].from && time < open[0].until) || (time >= open[1].from && time < open[1].until));
}

static int64_t search_ready(const struct mob_stay_terms *terms, int64_t start)
{
    int64_t minute = start + terms->start_min, left = terms->labour_min;

    for (; left > 0; minute++)
        left -= is_within(workshop, minute);
    return minute;
}

/* One opening holds all minutes from `back` on, and the end leg is done when the reception closes for the day. */
static bool can_return(const struct mob_stay_terms *terms, int64_t back)
{
    if (mob_instant_time(back) % terms->step_min != 0)
        return false;
    for (int64_t minute = back; minute < back + terms->explain_min; minute++)
        if (!is_within(reception, minute))
            return false;
    return terms->end_min == 0 || mob_instant_time(back) + terms->end_min <= 1080;
}

static void check_against_search(void)
{
    struct mob_hours hours = office();
    bool good = true;

    srand(20261130);
    for (int round = 0; round < 4000 && good; round++) {
        struct mob_stay_terms terms = { rand() % 3 ? rand() % 1500 : 0, 1 + rand() % 90,
                                        rand() % 3 ? 0 : rand() % 90,   rand() % 3 ? 0 : rand() % 90,
                                        rand() % 2 ? 0 : rand() % 9000, 1 + rand() % 60 };
        int64_t start = at("2026-11-30T00:00") + rand() % (7 * DAY);
        int64_t ready = search_ready(&terms, start), back = start + 1;
        struct mob_stay stay;

        while (back < ready || back < start + terms.at_least_min || !can_return(&terms, back))
            back++;
        good = mob_stay_from(&hours, &terms, start, &stay) == MOB_STAY_FITS && stay.ready == ready &&
               stay.back == back && stay.days == (back - start + DAY - 1) / DAY;
        if (!good)
            printf("# round %d\n", round);
    }
    mob_tap_check(good, "a stay is what looking at every minute finds");
}

int main(void)
{
    check_table();
    check_closures();
    check_legs();
    check_against_search();
    return mob_tap_finish();
}
