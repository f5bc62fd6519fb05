#include "rule/stay.h"

void mob_stay_take_legs(struct mob_stay_terms *terms, const struct mob_solution *solution)
{
    terms->start_min = 0;
    terms->end_min = 0;
    if (!solution)
        return;
    for (size_t i = 0; i < solution->leg_count; i++) {
        const struct mob_leg *leg = solution->legs[i];

        if (leg->minutes == MOB_ABSENT)
            continue;
        if (leg->span == MOB_SPAN_START && leg->minutes > terms->start_min)
            terms->start_min = leg->minutes;
        if (leg->span == MOB_SPAN_END && leg->minutes > terms->end_min)
            terms->end_min = leg->minutes;
    }
}

/* The first return time on `date` that is not before `earliest`, or MOB_ABSENT. In an interval the first point of the
 * grid is the one that leaves most time until it closes, so no other one needs a look. */
static int64_t back_on(const struct mob_hours *hours, const struct mob_stay_terms *terms, int64_t date,
                       int64_t earliest)
{
    const struct mob_day_hours *day = mob_hours_reception(hours, date);
    int64_t midnight = mob_instant_of_date(date);

    for (size_t i = 0; i < day->count; i++) {
        int64_t time = day->open[i].from;
        int64_t back;

        if (midnight + time < earliest)
            time = earliest - midnight;
        time = (time + terms->step_min - 1) / terms->step_min * terms->step_min;
        back = midnight + time;
        if (time < MOB_DAY_MIN && time <= day->open[i].until &&
            mob_hours_is_open(hours, back, terms->explain_min, MOB_USE_RETURN) &&
            (terms->end_min == 0 || mob_hours_closes_by(hours, date, back + terms->end_min)))
            return back;
    }
    return MOB_ABSENT;
}

int64_t mob_stay_ready(const struct mob_hours *hours, const struct mob_stay_terms *terms, int64_t start)
{
    int64_t ready = mob_hours_after(hours, MOB_AREA_WORKSHOP, start + terms->start_min, terms->labour_min, start);

    return ready != MOB_ABSENT && mob_instant_is_valid(ready) ? ready : MOB_ABSENT;
}

enum mob_stay_result mob_stay_from(const struct mob_hours *hours, const struct mob_stay_terms *terms, int64_t start,
                                   struct mob_stay *stay)
{
    int64_t earliest = start + 1;
    int64_t limit = start + MOB_SEARCH_MIN;

    stay->ready = mob_stay_ready(hours, terms, start);
    if (stay->ready == MOB_ABSENT)
        return MOB_STAY_NO_READY;
    if (stay->ready > earliest)
        earliest = stay->ready;
    if (start + terms->at_least_min > earliest)
        earliest = start + terms->at_least_min;
    for (int64_t date = mob_instant_date(earliest); date <= MOB_DATE_LAST; date++) {
        if (mob_instant_of_date(date) > limit)
            return MOB_STAY_NO_BACK;
        stay->back = back_on(hours, terms, date, earliest);
        if (stay->back == MOB_ABSENT)
            continue;
        if (stay->back > limit)
            return MOB_STAY_NO_BACK;
        stay->days = mob_days_begun(start, stay->back);
        return MOB_STAY_FITS;
    }
    return MOB_STAY_NO_BACK;
}
