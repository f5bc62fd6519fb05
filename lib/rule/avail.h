/* Is it free on the day, and if not, when? (FILTERS.md, mob-avail; S9, S11, S12). Pure.
 *
 * Call order: mob_avail_init once a run; for each request mob_avail_row for each of its rows, then mob_avail_finish,
 * which puts the answers in order and holds what mob-book would book; mob_avail_release. */
#ifndef MOB_RULE_AVAIL_H
#define MOB_RULE_AVAIL_H

#include "base/error.h"
#include "model/request.h"
#include "rule/planning.h"
#include "rule/price.h"
#include "rule/stay.h"

struct mob_avail_options {
    int64_t step_min;           /* the grid of offered times */
    int64_t horizon_days;       /* so many days are looked at */
    int64_t alternatives;       /* so many of them are offered */
    bool is_independent;        /* every request as if it were alone */
    bool is_replace;            /* hold for live ones too, for mob-book --replace */
    const char *solutions_name; /* what messages call solutions.csv */
};

/* One row of output. */
struct mob_answer {
    size_t row; /* the request's input row, in order of arrival */
    enum mob_when when;
    int64_t choice;           /* of the row, MOB_ABSENT where it has none */
    int64_t out, back, ready; /* MOB_ABSENT with MOB_WHEN_NONE; ready also where the booking has none */
    int64_t days;
    struct mob_price price;
    const struct mob_solution *solution;
    struct mob_placement *placements; /* one a leg */
    bool is_match, is_chosen;         /* what mob-book looks at */
    struct mob_text reason;           /* why `wanted` failed; empty with MOB_WHEN_WANTED */
};

struct mob_avail {
    const struct mob_policy *policy;
    const struct mob_calendar *calendar;
    struct mob_avail_options options;
    int64_t now;
    struct mob_planning planning;
    int64_t *earliest;      /* per solution: the first start its notice allows; MOB_ABSENT: beyond the year 9999 */
    unsigned char *marks;   /* of the programmes */
    struct mob_arena arena; /* of a request's answers */
    struct mob_answer *answers;
    size_t answer_count, answer_capacity;
};

/* `policy` and `calendar` must outlive it. */
void mob_avail_init(struct mob_avail *avail, const struct mob_policy *policy, const struct mob_calendar *calendar,
                    const struct mob_avail_options *options, int64_t now);
void mob_avail_release(struct mob_avail *avail);

/* Forgets the answers of the request before. */
void mob_avail_begin(struct mob_avail *avail);

/* Adds the answers for one row of a request, `number` in order of arrival. Errors are of kind ROW. */
int mob_avail_row(struct mob_avail *avail, const struct mob_offer *offer, size_t number, struct mob_error *error);

/* Puts the answers in the order in which they come out, and holds what mob-book would book of `request`, one of
 * its rows. `is_conflict`: mob-book will answer so, for what it reads and mob-avail does not; nothing is held then. */
void mob_avail_finish(struct mob_avail *avail, const struct mob_request *request, bool is_conflict);

#endif
