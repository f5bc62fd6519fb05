#include "rule/audit.h"

#include "rule/planning.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- reporting ---- */

static void report(const struct mob_audit *audit, enum mob_error_kind kind, enum mob_site_file file, uint64_t line,
                   const char *column, const char *format, ...) __attribute__((format(printf, 6, 7)));

static void report(const struct mob_audit *audit, enum mob_error_kind kind, enum mob_site_file file, uint64_t line,
                   const char *column, const char *format, ...)
{
    struct mob_error found = { 0 };
    char message[sizeof found.message];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    mob_error_set(&found, kind, audit->paths[file], line, column, "%s", message);
    audit->faults->take(audit->faults->context, &found);
}

static bool is_known(const struct mob_audit *audit, enum mob_site_file file)
{
    return !(audit->policy->unread >> file & 1U);
}

/* ---- policy ---- */

static void audit_programmes(const struct mob_audit *audit)
{
    const struct mob_policy *policy = audit->policy;
    bool *has_benefit = mob_memory_new(policy->programme_count * sizeof *has_benefit);

    for (size_t i = 0; i < policy->benefit_count; i++)
        if (policy->benefits[i].programme_number != MOB_INDEX_NONE)
            has_benefit[policy->benefits[i].programme_number] = true;
    for (size_t i = 0; i < policy->programme_count; i++) {
        const struct mob_programme *programme = &policy->programmes[i];

        /* A code that stands twice is judged once. */
        if (mob_index_find(&policy->programme_index, programme->programme) != i)
            continue;
        if (is_known(audit, MOB_SITE_COVERAGE) && !programme->is_covered)
            report(audit, MOB_ERROR_WARNING, MOB_SITE_PROGRAMMES, (uint64_t)programme->line, "programme",
                   "%s has no row in coverage.csv: nobody has it", mob_quote(programme->programme).text);
        if (is_known(audit, MOB_SITE_BENEFITS) && !has_benefit[i])
            report(audit, MOB_ERROR_WARNING, MOB_SITE_PROGRAMMES, (uint64_t)programme->line, "programme",
                   "%s has no row in benefits.csv: it makes nothing free", mob_quote(programme->programme).text);
    }
    free(has_benefit);
}

static bool is_explained(const struct mob_solution *solution)
{
    for (size_t i = 0; i < solution->leg_count; i++)
        if (solution->legs[i]->span == MOB_SPAN_START && solution->legs[i]->minutes == MOB_ABSENT)
            return true;
    return false;
}

static void audit_solutions(const struct mob_audit *audit)
{
    const struct mob_policy *policy = audit->policy;

    for (size_t i = 0; i < policy->solution_count && is_known(audit, MOB_SITE_LEGS); i++) {
        const struct mob_solution *solution = &policy->solutions[i];

        if (mob_index_find(&policy->solution_index, solution->solution) == i && !is_explained(solution))
            report(audit, MOB_ERROR_WARNING, MOB_SITE_SOLUTIONS, (uint64_t)solution->line, "solution",
                   "%s has no leg in legs.csv with span start and empty minutes: nobody explains the work",
                   mob_quote(solution->solution).text);
    }
}

static void audit_pools(const struct mob_audit *audit)
{
    const struct mob_policy *policy = audit->policy;
    struct mob_index said = { 0 };
    const size_t *members;

    for (size_t i = 0; i < policy->leg_count && is_known(audit, MOB_SITE_FLEET); i++) {
        const struct mob_leg *leg = &policy->legs[i];

        if (leg->pool.length == 0 || mob_policy_pool(policy, leg->pool, &members) > 0 ||
            mob_index_find(&said, leg->pool) != MOB_INDEX_NONE)
            continue;
        mob_index_put(&said, leg->pool, i);
        report(audit, MOB_ERROR_WARNING, MOB_SITE_LEGS, (uint64_t)leg->line, "pool",
               "%s has no resource in fleet.csv: it is always full", mob_quote(leg->pool).text);
    }
    mob_index_release(&said);
}

void mob_audit_policy(const struct mob_audit *audit)
{
    audit_programmes(audit);
    audit_solutions(audit);
    audit_pools(audit);
}

/* ---- what bookings hold ---- */

static void audit_held(const struct mob_audit *audit, const struct mob_entry *entry, const struct mob_booking_row *row)
{
    const struct mob_resource *resource = mob_policy_resource(audit->policy, row->resource);
    struct mob_interval busy = { row->busy_from, row->busy_until };
    struct mob_quoted quoted = mob_quote(row->resource);
    const char *status = mob_status_words[entry->status];

    if (!resource)
        report(audit, MOB_ERROR_WARNING, MOB_SITE_CALENDAR, row->line, "resource",
               "%s is not in fleet.csv, but is %s for %s", quoted.text, status, mob_quote(entry->request).text);
    else if (!mob_resource_is_usable(resource))
        report(audit, MOB_ERROR_WARNING, MOB_SITE_CALENDAR, row->line, "resource",
               "%s cannot be used (its status is %s), but is %s for %s", quoted.text, mob_quote(resource->status).text,
               status, mob_quote(entry->request).text);
    else if (busy.from < busy.until && !mob_planning_is_in_service(resource, busy))
        report(audit, MOB_ERROR_WARNING, MOB_SITE_CALENDAR, row->line, "resource",
               "%s is not in service on a date for which it is %s for %s", quoted.text, status,
               mob_quote(entry->request).text);
}

static void audit_live(const struct mob_audit *audit, const struct mob_entry *entry)
{
    if (entry->solution.length && is_known(audit, MOB_SITE_SOLUTIONS) &&
        !mob_policy_solution(audit->policy, entry->solution))
        report(audit, MOB_ERROR_WARNING, MOB_SITE_CALENDAR, entry->rows[0].line, "solution",
               "%s is not in solutions.csv, but is %s for %s", mob_quote(entry->solution).text,
               mob_status_words[entry->status], mob_quote(entry->request).text);
    for (size_t i = 0; i < entry->row_count && is_known(audit, MOB_SITE_FLEET); i++)
        if (entry->rows[i].span != MOB_ABSENT)
            audit_held(audit, entry, &entry->rows[i]);
}

/* ---- double bookings ---- */

/* A row that occupies its resource. */
struct holding {
    const struct mob_entry *entry;
    const struct mob_booking_row *row;
};

static int compare_holdings(const void *one, const void *other)
{
    const struct holding *a = one, *b = other;
    int order = mob_text_compare(a->row->resource, b->row->resource);

    if (order != 0)
        return order;
    return a->row->busy_from < b->row->busy_from ? -1 : a->row->busy_from > b->row->busy_from;
}

static bool is_planned(const struct mob_entry *entry)
{
    return entry->status == MOB_STATUS_OPTION || entry->status == MOB_STATUS_BOOKED;
}

static void report_overlap(const struct mob_audit *audit, const struct holding *one, const struct holding *other)
{
    bool is_higher = one->entry->number != other->entry->number ? one->entry->number > other->entry->number
                                                                : one->row->line > other->row->line;
    const struct holding *higher = is_higher ? one : other, *lower = is_higher ? other : one;
    char from[MOB_INSTANT_SIZE], until[MOB_INSTANT_SIZE];

    mob_instant_print(lower->row->busy_from, from);
    mob_instant_print(lower->row->busy_until, until);
    report(audit, is_planned(one->entry) && is_planned(other->entry) ? MOB_ERROR_FATAL : MOB_ERROR_WARNING,
           MOB_SITE_CALENDAR, higher->row->line, "busy_from", "%s is occupied by %s (entry %lld, %s) from %s until %s",
           mob_quote(lower->row->resource).text, mob_quote(lower->entry->request).text, (long long)lower->entry->number,
           mob_status_words[lower->entry->status], from, until);
}

/* Each pair once: behind a row those that begin before it ends overlap it. */
static void report_overlaps(const struct mob_audit *audit, const struct holding *holdings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t next = i + 1; next < count && holdings[next].row->busy_from < holdings[i].row->busy_until &&
                                  mob_text_is(holdings[next].row->resource, holdings[i].row->resource);
             next++)
            report_overlap(audit, &holdings[i], &holdings[next]);
}

void mob_audit_calendar(const struct mob_audit *audit)
{
    const struct mob_calendar *calendar = audit->calendar;
    struct holding *holdings = NULL;
    size_t count = 0, capacity = 0;

    for (size_t request = 0; request < calendar->request_count; request++) {
        const struct mob_entry *entry = &calendar->entries[calendar->highest[request]];

        if (mob_entry_is_live(entry, audit->now))
            audit_live(audit, entry);
        for (size_t i = 0; i < entry->row_count && mob_entry_occupies(entry, audit->now); i++) {
            const struct mob_booking_row *row = &entry->rows[i];

            /* A row without a minute stands in nobody's way. */
            if (row->span == MOB_ABSENT || row->busy_from >= row->busy_until)
                continue;
            holdings = mob_memory_grow(holdings, &capacity, count + 1, sizeof *holdings);
            holdings[count++] = (struct holding){ entry, row };
        }
    }
    if (count)
        qsort(holdings, count, sizeof *holdings, compare_holdings);
    report_overlaps(audit, holdings, count);
    free(holdings);
}
