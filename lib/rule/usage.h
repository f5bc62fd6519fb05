/* How much is the fleet used? (REPORTS.md, "mob-use") Pure.
 *
 * Of a period, S is what a resource is in service, O what of it a booking occupies, B what of it only a block does; an
 * instant counts once. Call order: mob_usage_init, mob_usage_count for each period and resource or pool,
 * mob_usage_release. */
#ifndef MOB_RULE_USAGE_H
#define MOB_RULE_USAGE_H

#include "rule/planning.h"

struct mob_usage {
    const struct mob_policy *policy;
    struct mob_planning planning;      /* its sets merged: what anything occupies */
    struct mob_interval_set *bookings; /* per resource: the requests that occupy it, blocks aside */
    struct mob_interval_set *occupied; /* the same, merged */
    uint64_t *counted_by;              /* per request: the last count that found it */
    uint64_t counts;
};

/* `calendar` has the archives' entries too, and need not outlive the usage; `policy` must. */
void mob_usage_init(struct mob_usage *usage, const struct mob_policy *policy, const struct mob_calendar *calendar,
                    int64_t now);
void mob_usage_release(struct mob_usage *usage);

struct mob_usage_row {
    int64_t bookings; /* requests with a minute in O */
    int64_t occupied_min, blocked_min;
    int64_t service_min; /* S without B */
};

/* What resources, by their numbers in the fleet, do in a period: minutes are summed, each request counts once. */
void mob_usage_count(struct mob_usage *usage, const size_t *resources, size_t resource_count,
                     struct mob_interval period, struct mob_usage_row *row);

/* The share of the service that is occupied, in tenths of a per cent, half up; MOB_ABSENT where there is no service. */
int64_t mob_usage_share_tenths(const struct mob_usage_row *row);

/* ---- periods ---- */

enum mob_usage_by { MOB_USAGE_BY_DAY, MOB_USAGE_BY_WEEK, MOB_USAGE_BY_MONTH };

/* `day`, `week`, `month`, ended by NULL. */
extern const char *const mob_usage_by_words[];

/* The first date behind the period in which `date` lies. */
int64_t mob_usage_period_end(enum mob_usage_by by, int64_t date);

/* The name of the period in which `date` lies: `2026-11-30`, `2026-W49`, `2026-11`. */
void mob_usage_period_print(enum mob_usage_by by, int64_t date, char text[MOB_DATE_SIZE]);

#endif
