/* How long will the car be immobilised? (FILTERS.md, mob-estimate; S2). Pure. */
#ifndef MOB_RULE_ESTIMATE_H
#define MOB_RULE_ESTIMATE_H

#include "base/error.h"
#include "model/request.h"
#include "rule/stay.h"

struct mob_estimate_options {
    int64_t step_min;      /* the grid of offered times */
    int64_t handover_min;  /* the least time to explain the work */
    const char *jobs_name; /* what messages call jobs.csv */
};

struct mob_estimate {
    int64_t labour_min, explain_min;
    int64_t pay_type; /* enum mob_pay_type */
    struct mob_stay stay;
    bool is_cut; /* explain_min was cut to the longest opening of the reception */
};

/* Estimates one request. Errors are of kind ROW and name the column. */
int mob_estimate_request(const struct mob_policy *policy, const struct mob_estimate_options *options,
                         const struct mob_request *request, struct mob_estimate *estimate, struct mob_error *error);

#endif
