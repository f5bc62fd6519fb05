#include "rule/estimate.h"

static int64_t or_zero(int64_t number)
{
    return number == MOB_ABSENT ? 0 : number;
}

static int column_error(struct mob_error *error, const char *column)
{
    mob_error_place(error, NULL, 0, column);
    return -1;
}

/* Sums up the jobs: `*count` of them, and how many of each pay type. */
static int add_jobs(const struct mob_policy *policy, const struct mob_estimate_options *options, struct mob_text jobs,
                    struct mob_estimate *estimate, size_t *count, size_t pay_types[3], struct mob_error *error)
{
    struct mob_text code;

    while (mob_text_next(&jobs, &code)) {
        const struct mob_job *job = mob_policy_job(policy, code);

        if (!job) {
            mob_error_say(error, MOB_ERROR_ROW, "job %s is not in %s", mob_quote(code).text, options->jobs_name);
            return column_error(error, "jobs");
        }
        estimate->labour_min += job->labour_min;
        estimate->explain_min += job->explain_min;
        if (estimate->labour_min > MOB_NUMBER_MAX || estimate->explain_min > MOB_NUMBER_MAX) {
            mob_error_say(error, MOB_ERROR_ROW, "the jobs together take more than %lld minutes",
                          (long long)MOB_NUMBER_MAX);
            return column_error(error, "jobs");
        }
        pay_types[job->pay_type]++;
        ++*count;
    }
    return 0;
}

int mob_estimate_request(const struct mob_policy *policy, const struct mob_estimate_options *options,
                         const struct mob_request *request, struct mob_estimate *estimate, struct mob_error *error)
{
    size_t job_count = 0, pay_types[3] = { 0 };
    int64_t longest_min = mob_hours_longest(&policy->hours);
    struct mob_stay_terms terms = { .step_min = options->step_min };

    *estimate = (struct mob_estimate){ 0 };
    if (add_jobs(policy, options, request->jobs, estimate, &job_count, pay_types, error) < 0)
        return -1;
    if (job_count == 0) {
        estimate->labour_min = or_zero(request->labour_min);
        estimate->explain_min = or_zero(request->explain_min);
    }
    if (job_count == 0 && estimate->labour_min == 0 && request->wanted_back == MOB_ABSENT) {
        mob_error_say(error, MOB_ERROR_ROW, "no jobs, no labour_min and no wanted_back: nothing to estimate from");
        return column_error(error, "jobs");
    }
    if (request->wanted_back != MOB_ABSENT && request->wanted_back <= request->wanted) {
        mob_error_say(error, MOB_ERROR_ROW, "not after wanted");
        return column_error(error, "wanted_back");
    }
    if (estimate->explain_min < options->handover_min)
        estimate->explain_min = options->handover_min;
    /* A site that opens on single dates only, or never shuts, has none to measure by. */
    if (longest_min > 0 && estimate->explain_min > longest_min) {
        estimate->explain_min = longest_min;
        estimate->is_cut = true;
    }
    if (request->pay_type != MOB_ABSENT)
        estimate->pay_type = request->pay_type;
    else if (pay_types[MOB_PAY_WARRANTY])
        estimate->pay_type = MOB_PAY_WARRANTY;
    else if (job_count && pay_types[MOB_PAY_INTERNAL] == job_count)
        estimate->pay_type = MOB_PAY_INTERNAL;
    else
        estimate->pay_type = MOB_PAY_CUSTOMER;

    terms.labour_min = estimate->labour_min;
    terms.explain_min = estimate->explain_min;
    if (request->wanted_back != MOB_ABSENT)
        terms.at_least_min = request->wanted_back - request->wanted;
    switch (mob_stay_from(&policy->hours, &terms, request->wanted, &estimate->stay)) {
    case MOB_STAY_NO_READY:
        mob_error_say(error, MOB_ERROR_ROW, "the workshop is not open for %lld minutes within 366 days",
                      (long long)estimate->labour_min);
        return column_error(error, "wanted");
    case MOB_STAY_NO_BACK:
        mob_error_say(error, MOB_ERROR_ROW, "the reception takes no car back within 366 days");
        return column_error(error, "wanted");
    case MOB_STAY_FITS:
        break;
    }
    return 0;
}
