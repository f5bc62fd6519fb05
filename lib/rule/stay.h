/* The arithmetic of a stay: ready(t), back(t), days(t) of FILTERS.md (S2, S12). Pure. */
#ifndef MOB_RULE_STAY_H
#define MOB_RULE_STAY_H

#include "rule/hours.h"

/* What a stay depends on besides its start. */
struct mob_stay_terms {
    int64_t labour_min;
    int64_t explain_min;
    int64_t start_min;    /* the longest stated `start` leg, 0 = none */
    int64_t end_min;      /* the longest stated `end` leg, 0 = none */
    int64_t at_least_min; /* wanted_back - wanted, 0 = none */
    int64_t step_min;     /* the grid, counted from each midnight */
};

struct mob_stay {
    int64_t ready, back; /* instants */
    int64_t days;
};

enum mob_stay_result {
    MOB_STAY_FITS,
    MOB_STAY_NO_READY, /* within 366 days */
    MOB_STAY_NO_BACK
};

/* The terms of a solution's legs; `solution` NULL: of mob-estimate, which has none. */
void mob_stay_take_legs(struct mob_stay_terms *terms, const struct mob_solution *solution);

/* ready(t): when the work is done, or MOB_ABSENT where it is not within 366 days or before the year 10000. */
int64_t mob_stay_ready(const struct mob_hours *hours, const struct mob_stay_terms *terms, int64_t start);

/* The stay that begins at `start`. `*stay` is filled as far as it exists. */
enum mob_stay_result mob_stay_from(const struct mob_hours *hours, const struct mob_stay_terms *terms, int64_t start,
                                   struct mob_stay *stay);

#endif
