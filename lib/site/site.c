#include "site/site.h"

#include "site/loader.h"

#include <stdlib.h>

static const char *const names[MOB_SITE_FILE_COUNT] = {
    "hours.csv",    "solutions.csv",  "fleet.csv",    "legs.csv",     "jobs.csv",
    "closures.csv", "programmes.csv", "benefits.csv", "coverage.csv", "calendar.csv",
};

const char *mob_site_path(struct mob_site *site, enum mob_site_file file)
{
    struct mob_buffer path = { 0 };

    if (site->paths[file])
        return site->paths[file];
    if (strcmp(site->directory, ".") != 0) {
        mob_buffer_add(&path, mob_text_of(site->directory));
        if (path.bytes[path.length - 1] != '/')
            mob_buffer_add_byte(&path, '/');
    }
    mob_buffer_add(&path, mob_text_of(names[file]));
    site->paths[file] = mob_text_copy(&site->arena, mob_buffer_since(&path, 0)).bytes;
    site->is_default[file] = true;
    mob_buffer_release(&path);
    return site->paths[file];
}

const char *mob_site_name(const struct mob_site *site, enum mob_site_file file)
{
    return site->paths[file] && !site->is_default[file] ? site->paths[file] : names[file];
}

/* ---- the files' columns (DATA.md, "Files") ---- */

static const struct mob_column job_columns[] = {
    MOB_COLUMN(struct mob_job, job, "job", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct mob_job, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_job, labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    MOB_COLUMN(struct mob_job, explain_min, "explain_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    MOB_WORDS(struct mob_job, pay_type, "pay_type", MOB_NEEDED, mob_pay_type_words),
};

static const struct mob_column programme_columns[] = {
    MOB_COLUMN(struct mob_programme, programme, "programme", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct mob_programme, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_programme, conditions, "conditions", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_programme, reminder, "reminder", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
};

static const struct mob_column benefit_columns[] = {
    MOB_COLUMN(struct mob_benefit, programme, "programme", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct mob_benefit, solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_WORDS(struct mob_benefit, pay_type, "pay_type", MOB_NEEDED_EMPTY, mob_pay_type_words),
    MOB_COLUMN(struct mob_benefit, min_labour_min, "min_labour_min", MOB_TYPE_NUMBER, MOB_USED),
    MOB_COLUMN(struct mob_benefit, free_days, "free_days", MOB_TYPE_NUMBER, MOB_USED),
    MOB_COLUMN(struct mob_benefit, free_amount_cents, "free_amount", MOB_TYPE_MONEY, MOB_USED),
    MOB_COLUMN(struct mob_benefit, cost_code, "cost_code", MOB_TYPE_TEXT, MOB_USED),
};

static const struct mob_column solution_columns[] = {
    MOB_COLUMN(struct mob_solution, solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct mob_solution, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_solution, family, "family", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_solution, rank, "rank", MOB_TYPE_NUMBER, MOB_NEEDED),
    MOB_COLUMN(struct mob_solution, price_day_cents, "price_day", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_solution, price_fixed_cents, "price_fixed", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_solution, currency, "currency", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_solution, notice, "notice", MOB_TYPE_NOTICE, MOB_USED),
    MOB_COLUMN(struct mob_solution, max_days, "max_days", MOB_TYPE_NUMBER, MOB_USED),
    MOB_WORDS(struct mob_solution, licence, "licence", MOB_USED, mob_yes_no_words),
    MOB_COLUMN(struct mob_solution, documents, "documents", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_solution, conditions, "conditions", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
};

static const struct mob_column leg_columns[] = {
    MOB_COLUMN(struct mob_leg, solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct mob_leg, pool, "pool", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_WORDS(struct mob_leg, span, "span", MOB_NEEDED, mob_span_words),
    MOB_COLUMN(struct mob_leg, minutes, "minutes", MOB_TYPE_NUMBER, MOB_USED),
};

static const struct mob_column fleet_columns[] = {
    MOB_COLUMN(struct mob_resource, resource, "resource", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct mob_resource, pool, "pool", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct mob_resource, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct mob_resource, status, "status", MOB_TYPE_TEXT, MOB_USED),
    MOB_COLUMN(struct mob_resource, from, "from", MOB_TYPE_DATE, MOB_USED),
    MOB_COLUMN(struct mob_resource, until, "until", MOB_TYPE_DATE, MOB_USED),
    MOB_COLUMN(struct mob_resource, before_min, "before_min", MOB_TYPE_NUMBER, MOB_USED),
    MOB_COLUMN(struct mob_resource, after_min, "after_min", MOB_TYPE_NUMBER, MOB_USED),
    MOB_COLUMN(struct mob_resource, late_days, "late_days", MOB_TYPE_NUMBER, MOB_USED),
};

/* ---- the other files ---- */

static int load_jobs(struct mob_loader *loader)
{
    static const struct mob_loader_file file = {
        MOB_SITE_JOBS, job_columns, MOB_COUNT_OF(job_columns), sizeof(struct mob_job), true, 1, NULL
    };
    struct mob_policy *policy = loader->policy;

    if (mob_loader_read(loader, &file, (void **)&policy->jobs, &policy->job_count) < 0)
        return -1;
    return mob_loader_index(loader, &policy->job_index, (const char *)policy->jobs, policy->job_count, &file);
}

static int check_programme_row(struct mob_loader *loader, void *data)
{
    struct mob_programme *row = data;
    struct mob_text rest = row->reminder, literal;
    enum mob_reminder_part part;

    row->is_covered = false;
    while (mob_reminder_next(&rest, &part, &literal))
        if (part == MOB_REMINDER_UNKNOWN)
            return mob_loader_fault(loader, row->line, "reminder",
                                    "%s is not one of: {label}, {solution}, {days}, {value}, {until}, {{ or }}",
                                    mob_quote(literal).text);
    return 0;
}

static int load_programmes(struct mob_loader *loader)
{
    static const struct mob_loader_file file = {
        MOB_SITE_PROGRAMMES, programme_columns, MOB_COUNT_OF(programme_columns), sizeof(struct mob_programme), true, 1,
        check_programme_row
    };
    struct mob_policy *policy = loader->policy;

    if (mob_loader_read(loader, &file, (void **)&policy->programmes, &policy->programme_count) < 0)
        return -1;
    return mob_loader_index(loader, &policy->programme_index, (const char *)policy->programmes, policy->programme_count,
                            &file);
}

static int compare_rank(const void *one, const void *other)
{
    const struct mob_solution *a = *(const struct mob_solution *const *)one;
    const struct mob_solution *b = *(const struct mob_solution *const *)other;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static int load_solutions(struct mob_loader *loader)
{
    static const struct mob_loader_file file = { MOB_SITE_SOLUTIONS,
                                                 solution_columns,
                                                 MOB_COUNT_OF(solution_columns),
                                                 sizeof(struct mob_solution),
                                                 false,
                                                 1,
                                                 NULL };
    struct mob_policy *policy = loader->policy;
    const struct mob_solution *first = NULL;

    if (mob_loader_read(loader, &file, (void **)&policy->solutions, &policy->solution_count) < 0)
        return -1;
    policy->catalogue = mob_arena_take_array(&policy->arena, policy->solution_count, sizeof *policy->catalogue);
    for (size_t i = 0; i < policy->solution_count; i++) {
        struct mob_solution *solution = &policy->solutions[i];

        solution->legs = NULL;
        solution->leg_count = 0;
        solution->first_benefit = MOB_INDEX_NONE;
        policy->catalogue[i] = solution;
        if (solution->currency.bytes && !first)
            first = solution;
        if (solution->currency.bytes && !mob_text_is(solution->currency, first->currency) &&
            mob_loader_fault(
                loader, solution->line, "currency", "%s differs from %s on line %lld: one currency per file",
                mob_quote(solution->currency).text, mob_quote(first->currency).text, (long long)first->line) < 0)
            return -1;
    }
    if (policy->solution_count)
        qsort(policy->catalogue, policy->solution_count, sizeof *policy->catalogue, compare_rank);
    return mob_loader_index(loader, &policy->solution_index, (const char *)policy->solutions, policy->solution_count,
                            &file);
}

/* Of a file that was not read to its end it is not known. */
static int dangling(struct mob_loader *loader, int64_t line, const char *column, struct mob_text code,
                    enum mob_site_file file)
{
    if (code.length == 0 || loader->policy->unread >> file & 1U)
        return 0;
    return mob_loader_fault(loader, line, column, "%s is not in %s", mob_quote(code).text,
                            mob_site_name(loader->site, file));
}

static int load_benefits(struct mob_loader *loader)
{
    static const struct mob_loader_file file = {
        MOB_SITE_BENEFITS, benefit_columns, MOB_COUNT_OF(benefit_columns), sizeof(struct mob_benefit), true, 0, NULL
    };
    struct mob_policy *policy = loader->policy;

    if (mob_loader_read(loader, &file, (void **)&policy->benefits, &policy->benefit_count) < 0)
        return -1;
    /* From the last to the first, so that each solution's list is in file order. */
    for (size_t i = policy->benefit_count; i-- > 0;) {
        struct mob_benefit *benefit = &policy->benefits[i];
        size_t solution = mob_index_find(&policy->solution_index, benefit->solution);

        benefit->programme_number = mob_index_find(&policy->programme_index, benefit->programme);
        if (benefit->programme_number == MOB_INDEX_NONE &&
            dangling(loader, benefit->line, "programme", benefit->programme, MOB_SITE_PROGRAMMES) < 0)
            return -1;
        if (solution == MOB_INDEX_NONE) {
            if (dangling(loader, benefit->line, "solution", benefit->solution, MOB_SITE_SOLUTIONS) < 0)
                return -1;
            continue;
        }
        benefit->next = policy->solutions[solution].first_benefit;
        policy->solutions[solution].first_benefit = i;
    }
    return 0;
}

static int check_leg_row(struct mob_loader *loader, void *data)
{
    const struct mob_leg *row = data;

    if (row->span == MOB_SPAN_STAY && mob_loader_is_read(row->minutes))
        return mob_loader_fault(loader, row->line, "minutes", "is given where `span` is stay");
    if (row->minutes == 0)
        return mob_loader_fault(loader, row->line, "minutes", "'0' is not at least 1");
    return 0;
}

static int load_legs(struct mob_loader *loader)
{
    static const struct mob_loader_file file = { MOB_SITE_LEGS,          leg_columns, MOB_COUNT_OF(leg_columns),
                                                 sizeof(struct mob_leg), true,        0,
                                                 check_leg_row };
    struct mob_policy *policy = loader->policy;
    const struct mob_leg **sorted;
    size_t used = 0;

    if (mob_loader_read(loader, &file, (void **)&policy->legs, &policy->leg_count) < 0)
        return -1;
    for (size_t i = 0; i < policy->leg_count; i++) {
        size_t solution = mob_index_find(&policy->solution_index, policy->legs[i].solution);

        if (solution != MOB_INDEX_NONE)
            policy->solutions[solution].leg_count++;
        else if (dangling(loader, policy->legs[i].line, "solution", policy->legs[i].solution, MOB_SITE_SOLUTIONS) < 0)
            return -1;
    }
    sorted = mob_arena_take_array(&policy->arena, policy->leg_count, sizeof *sorted);
    for (size_t i = 0; i < policy->solution_count; i++) {
        policy->solutions[i].legs = sorted + used;
        used += policy->solutions[i].leg_count;
        policy->solutions[i].leg_count = 0;
    }
    for (size_t i = 0; i < policy->leg_count; i++) {
        size_t number = mob_index_find(&policy->solution_index, policy->legs[i].solution);

        if (number != MOB_INDEX_NONE) {
            struct mob_solution *solution = &policy->solutions[number];

            solution->legs[solution->leg_count++] = &policy->legs[i];
        }
    }
    return 0;
}

static int check_fleet_row(struct mob_loader *loader, void *data)
{
    enum { LATE_DAYS = 7 };
    struct mob_resource *row = data;

    if (!mob_loader_is_read(row->before_min))
        row->before_min = 0;
    if (!mob_loader_is_read(row->after_min))
        row->after_min = 0;
    if (!mob_loader_is_read(row->late_days))
        row->late_days = LATE_DAYS;
    if (!mob_loader_is_read(row->from))
        row->from = MOB_ABSENT;
    if (!mob_loader_is_read(row->until))
        row->until = MOB_ABSENT;
    return mob_loader_check_range(loader, row->line, row->from, row->until);
}

/* Lists the members of each pool. */
static void make_pools(struct mob_policy *policy)
{
    size_t *numbers = mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *numbers);
    size_t *members = mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *members);

    policy->pool_sizes = mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *policy->pool_sizes);
    policy->pool_members = mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *policy->pool_members);
    for (size_t i = 0; i < policy->resource_count; i++) {
        numbers[i] = mob_index_find(&policy->pool_index, policy->fleet[i].pool);
        if (numbers[i] == MOB_INDEX_NONE) {
            numbers[i] = policy->pool_count++;
            mob_index_put(&policy->pool_index, policy->fleet[i].pool, numbers[i]);
        }
        policy->pool_sizes[numbers[i]]++;
    }
    for (size_t pool = 0; pool < policy->pool_count; pool++) {
        policy->pool_members[pool] = members;
        members += policy->pool_sizes[pool];
        policy->pool_sizes[pool] = 0;
    }
    for (size_t i = 0; i < policy->resource_count; i++)
        policy->pool_members[numbers[i]][policy->pool_sizes[numbers[i]]++] = i;
}

static int load_fleet(struct mob_loader *loader)
{
    static const struct mob_loader_file file = {
        MOB_SITE_FLEET, fleet_columns, MOB_COUNT_OF(fleet_columns), sizeof(struct mob_resource), false, 2,
        check_fleet_row
    };
    struct mob_policy *policy = loader->policy;

    if (mob_loader_read(loader, &file, (void **)&policy->fleet, &policy->resource_count) < 0)
        return -1;
    make_pools(policy);
    return mob_loader_index(loader, &policy->resource_index, (const char *)policy->fleet, policy->resource_count,
                            &file);
}

/* ---- the whole site ---- */

int mob_site_load(struct mob_site *site, unsigned files, struct mob_policy *policy, struct mob_coverage *coverage,
                  struct mob_error *error)
{
    /* A file stands behind those that it refers to. */
    static const struct {
        enum mob_site_file file;
        int (*load)(struct mob_loader *loader);
    } steps[] = {
        { MOB_SITE_HOURS, mob_load_hours },
        { MOB_SITE_CLOSURES, mob_load_closures },
        { MOB_SITE_JOBS, load_jobs },
        { MOB_SITE_PROGRAMMES, load_programmes },
        { MOB_SITE_SOLUTIONS, load_solutions },
        { MOB_SITE_BENEFITS, load_benefits },
        { MOB_SITE_FLEET, load_fleet },
        { MOB_SITE_LEGS, load_legs },
        { MOB_SITE_COVERAGE, mob_load_coverage },
    };
    struct mob_loader loader = { site, policy, coverage, NULL, error };

    *policy = (struct mob_policy){ 0 };
    if (coverage)
        *coverage = (struct mob_coverage){ 0 };
    for (size_t i = 0; i < MOB_COUNT_OF(steps); i++)
        if ((files >> steps[i].file & 1U) && steps[i].load(&loader) < 0) {
            mob_policy_release(policy);
            if (coverage)
                mob_coverage_release(coverage);
            return -1;
        }
    return 0;
}

int mob_site_check_pool(const struct mob_site *site, const struct mob_policy *policy, const char *pool,
                        struct mob_error *error)
{
    const size_t *members;

    if (!pool || mob_policy_pool(policy, mob_text_of(pool), &members) > 0)
        return 0;
    return mob_error_say(error, MOB_ERROR_FATAL, "--pool: %s is not in %s", mob_quote(mob_text_of(pool)).text,
                         mob_site_name(site, MOB_SITE_FLEET));
}

void mob_site_release(struct mob_site *site)
{
    mob_arena_release(&site->arena);
}
