/* A site's policy: the rows of its flat files as values (DATA.md, "Files"). Nothing here reads; site/site fills it.
 *
 * All texts and arrays belong to the policy's arena and live as long as it. Rows keep the order of their file, which
 * the rules break ties by, and the line they came from, for messages. MOB_ABSENT stands for an empty cell. */
#ifndef MOB_MODEL_POLICY_H
#define MOB_MODEL_POLICY_H

#include "base/arena.h"
#include "base/date.h"
#include "base/interval.h"
#include "base/text.h"

/* The files of a site, as DATA.md lists them. */
enum mob_site_file {
    MOB_SITE_HOURS,
    MOB_SITE_SOLUTIONS,
    MOB_SITE_FLEET,
    MOB_SITE_LEGS,
    MOB_SITE_JOBS,
    MOB_SITE_CLOSURES,
    MOB_SITE_PROGRAMMES,
    MOB_SITE_BENEFITS,
    MOB_SITE_COVERAGE,
    MOB_SITE_CALENDAR, /* site/ledger reads it */
    MOB_SITE_FILE_COUNT
};

enum mob_area { MOB_AREA_RECEPTION, MOB_AREA_WORKSHOP, MOB_AREA_PREP, MOB_AREA_COUNT };

/* What a closure shuts, as bits. */
enum mob_use { MOB_USE_DEPARTURE = 1, MOB_USE_RETURN = 2, MOB_USE_WORKSHOP = 4, MOB_USE_PREP = 8, MOB_USE_ALL = 15 };

enum mob_pay_type { MOB_PAY_CUSTOMER, MOB_PAY_WARRANTY, MOB_PAY_INTERNAL };

enum mob_span { MOB_SPAN_STAY, MOB_SPAN_START, MOB_SPAN_END };

/* The words of the files, in the order of the enumerations above, ended by NULL. */
extern const char *const mob_area_words[];
extern const char *const mob_weekday_words[]; /* from Monday */
extern const char *const mob_pay_type_words[];
extern const char *const mob_span_words[];

/* One day's opening hours of one area: minutes since midnight, sorted, touching ones merged; none = shut. */
struct mob_day_hours {
    int64_t date; /* unused in the week */
    struct mob_interval *open;
    size_t count;
};

/* From this date until the next row's, so much is shut. */
struct mob_closed_from {
    int64_t date;
    unsigned named;  /* mob_use bits that a closure names: nothing lifts these */
    bool is_unnamed; /* a closure that names nothing is in force */
};

struct mob_hours {
    struct mob_day_hours week[MOB_AREA_COUNT][7]; /* 0 = Monday */
    struct mob_day_hours *dates[MOB_AREA_COUNT];  /* dates with rows of their own, sorted */
    size_t date_count[MOB_AREA_COUNT];
    bool has_area[MOB_AREA_COUNT];  /* it has rows, shut days too */
    bool has_prep;                  /* the area prep has open minutes to count in */
    struct mob_closed_from *closed; /* sorted by date */
    size_t closed_count;
};

struct mob_job {
    int64_t line;
    struct mob_text job, label;
    int64_t labour_min, explain_min;
    int64_t pay_type; /* enum mob_pay_type */
};

struct mob_programme {
    int64_t line;
    struct mob_text programme, label, conditions, reminder;
    bool is_covered; /* a row of coverage.csv names it */
};

struct mob_benefit {
    int64_t line;
    struct mob_text programme, solution, cost_code;
    int64_t pay_type; /* MOB_ABSENT = any */
    int64_t min_labour_min, free_days, free_amount_cents;
    size_t programme_number;
    size_t next; /* the next row of the same solution, or MOB_INDEX_NONE */
};

struct mob_leg {
    int64_t line;
    struct mob_text solution, pool;
    int64_t span;    /* enum mob_span */
    int64_t minutes; /* MOB_ABSENT: the request's explain_min */
};

struct mob_solution {
    int64_t line;
    struct mob_text solution, label, family, currency, documents, conditions;
    int64_t rank, price_day_cents, price_fixed_cents, max_days;
    int64_t licence; /* MOB_YES, or no */
    struct mob_notice notice;
    const struct mob_leg **legs; /* in file order */
    size_t leg_count;
    size_t first_benefit; /* into benefits, or MOB_INDEX_NONE */
};

struct mob_resource {
    int64_t line;
    struct mob_text resource, pool, label, status;
    int64_t from, until; /* dates in service, both included */
    int64_t before_min, after_min, late_days;
};

enum { MOB_NO, MOB_YES };
extern const char *const mob_yes_no_words[];

struct mob_policy {
    struct mob_arena arena;
    unsigned unread; /* files that were not read to their end, as bits 1 << MOB_SITE_…: what they lack is not known */
    struct mob_hours hours;
    struct mob_job *jobs;
    size_t job_count;
    struct mob_programme *programmes;
    size_t programme_count;
    struct mob_benefit *benefits;
    size_t benefit_count;
    struct mob_solution *solutions; /* in file order */
    size_t solution_count;
    const struct mob_solution **catalogue; /* in catalogue order: rank, then file order */
    struct mob_leg *legs;
    size_t leg_count;
    struct mob_resource *fleet;
    size_t resource_count;
    struct mob_index job_index, programme_index, solution_index, resource_index;
    struct mob_index pool_index; /* pool to its number */
    size_t **pool_members;       /* of each pool the resources' numbers, in file order */
    size_t *pool_sizes;
    size_t pool_count;
};

/* Each by its code; NULL where the site has none of that name. */
const struct mob_job *mob_policy_job(const struct mob_policy *policy, struct mob_text job);
const struct mob_programme *mob_policy_programme(const struct mob_policy *policy, struct mob_text programme);
const struct mob_solution *mob_policy_solution(const struct mob_policy *policy, struct mob_text solution);
const struct mob_resource *mob_policy_resource(const struct mob_policy *policy, struct mob_text resource);

/* A resource's number in the fleet. */
size_t mob_policy_resource_number(const struct mob_policy *policy, const struct mob_resource *resource);

/* The numbers of the resources of a pool, in file order; 0 where it has none, and `*members` untouched. */
size_t mob_policy_pool(const struct mob_policy *policy, struct mob_text pool, const size_t **members);

/* Whether `status` lets it be used: empty or `ready`. */
bool mob_resource_is_usable(const struct mob_resource *resource);

/* When it is in service, from the first to behind the last minute of its dates; an open end is for ever. */
struct mob_interval mob_resource_service(const struct mob_resource *resource);

/* ---- a programme's reminder: a sentence with placeholders (DATA.md, programmes.csv) ---- */

enum mob_reminder_part {
    MOB_REMINDER_LITERAL,
    MOB_REMINDER_LABEL,
    MOB_REMINDER_SOLUTION,
    MOB_REMINDER_DAYS,
    MOB_REMINDER_VALUE,
    MOB_REMINDER_UNTIL,
    MOB_REMINDER_UNKNOWN /* `{` and no known name: `literal` holds it as it stands */
};

/* Takes the next part off `*rest`: false at the end. */
bool mob_reminder_next(struct mob_text *rest, enum mob_reminder_part *part, struct mob_text *literal);

/* Releases the arena and the indexes. */
void mob_policy_release(struct mob_policy *policy);

#endif
