#include "rule/propose.h"

static bool matches(const struct mob_solution *solution, struct mob_text need)
{
    return need.length == 0 || mob_text_is(solution->solution, need) || mob_text_is(solution->family, need);
}

/* "'lone' is no solution and no family; known: A B C; families: …" */
static int unknown_need(const struct mob_policy *policy, struct mob_text need, struct mob_error *error)
{
    struct mob_buffer solutions = { 0 }, families = { 0 };

    for (size_t i = 0; i < policy->solution_count; i++) {
        const struct mob_solution *solution = policy->catalogue[i];

        mob_buffer_add_item(&solutions, 0, solution->solution);
        if (solution->family.length && !mob_text_lists(mob_buffer_since(&families, 0), solution->family))
            mob_buffer_add_item(&families, 0, solution->family);
    }
    mob_error_say(error, MOB_ERROR_ROW, "%s is no solution (%.*s) and no family (%.*s)", mob_quote(need).text,
                  solutions.length < 300 ? (int)solutions.length : 300, solutions.length ? solutions.bytes : "",
                  families.length < 200 ? (int)families.length : 200, families.length ? families.bytes : "");
    mob_error_place(error, NULL, 0, "need");
    mob_buffer_release(&solutions);
    mob_buffer_release(&families);
    return -1;
}

int mob_propose_check_need(const struct mob_policy *policy, struct mob_text need, struct mob_error *error)
{
    if (need.length == 0)
        return 0;
    for (size_t i = 0; i < policy->solution_count; i++)
        if (matches(policy->catalogue[i], need))
            return 0;
    return unknown_need(policy, need, error);
}

int mob_propose_solutions(const struct mob_policy *policy, const struct mob_request *request, unsigned char *marks,
                          struct mob_proposal *proposals, size_t *count, struct mob_error *error)
{
    struct mob_price_terms terms = { marks, request->pay_type, request->labour_min };

    *count = 0;
    mob_price_mark_programmes(policy, request->programmes, marks);
    for (int is_match = 1; is_match >= 0; is_match--)
        for (size_t i = 0; i < policy->solution_count; i++) {
            const struct mob_solution *solution = policy->catalogue[i];
            struct mob_proposal *proposal = &proposals[*count];

            if (!mob_price_allows_days(solution, request->days) || matches(solution, request->need) != (is_match == 1))
                continue;
            proposal->solution = solution;
            proposal->is_match = is_match == 1;
            if (mob_price_of(policy, &terms, solution, request->days, &proposal->price, error) < 0)
                return -1;
            ++*count;
        }
    if (*count < 2) {
        mob_error_say(error, MOB_ERROR_ROW,
                      "%zu of the catalogue's solutions may last %lld days: several must be proposed", *count,
                      (long long)request->days);
        mob_error_place(error, NULL, 0, "days");
        return -1;
    }
    return 0;
}
