#include "view/scale.h"

enum { NIGHT_WEIGHT = 1, OPEN_WEIGHT = 4 }; /* of a minute */

void mob_scale_init(struct mob_scale *scale, const struct mob_board *board)
{
    *scale = (struct mob_scale){ board->first, board->last, MOB_DAY_MIN, 0 };
    for (size_t i = 0; i < board->day_count; i++) {
        const struct mob_day_hours *day = board->days[i].reception;

        if (day->count > 0 && day->open[0].from < scale->opens)
            scale->opens = day->open[0].from;
        if (day->count > 0 && day->open[day->count - 1].until > scale->closes)
            scale->closes = day->open[day->count - 1].until;
    }
    if (scale->opens >= scale->closes) {
        scale->opens = 0;
        scale->closes = MOB_DAY_MIN;
    }
}

/* What the minutes of a day before `time` weigh. */
static int64_t weight_before(const struct mob_scale *scale, int64_t time)
{
    int64_t open = time < scale->opens ? 0 : (time < scale->closes ? time : scale->closes) - scale->opens;

    return open * OPEN_WEIGHT + (time - open) * NIGHT_WEIGHT;
}

int64_t mob_scale_place(const struct mob_scale *scale, int64_t instant)
{
    int64_t day_weight = weight_before(scale, MOB_DAY_MIN);
    int64_t day_count = scale->last - scale->first + 1;
    int64_t day = mob_instant_date(instant) - scale->first;

    if (day < 0)
        return 0;
    if (day >= day_count)
        return MOB_SCALE_WHOLE;
    return (day * day_weight + weight_before(scale, mob_instant_time(instant))) * MOB_SCALE_WHOLE /
           (day_count * day_weight);
}
