/* Life after booking: facts, which are always recorded, and wishes, which are recorded where nothing stands in the way
 * (CALENDAR.md, mob-amend). Pure: it adds entries to the calendar that it is given; the ledger commits them.
 *
 * Call order: mob_amend_init once the calendar has been read, mob_amend_decide for each row in order (each sees those
 * before it), mob_amend_release. */
#ifndef MOB_RULE_AMEND_H
#define MOB_RULE_AMEND_H

#include "rule/amendment.h"
#include "rule/expiry.h"
#include "rule/planning.h"

enum mob_amend_result { MOB_AMEND_DONE, MOB_AMEND_REJECTED, MOB_AMEND_ALREADY };
extern const char *const mob_amend_words[];

struct mob_amend_decision {
    enum mob_amend_result result;
    struct mob_text reason;          /* of MOB_AMEND_REJECTED */
    struct mob_text displaced;       /* requests whose resources the new entry takes, in order of their entries */
    const struct mob_entry *highest; /* the request's after this row, or NULL; until the next row is decided */
};

struct mob_amend {
    const struct mob_policy *policy;
    struct mob_calendar *calendar;
    int64_t now;
    struct mob_text operator_name;
    struct mob_arena *arena; /* of what is added to the calendar, and of the texts of decisions */
    struct mob_planning planning;
    struct mob_expiry expiry;
    struct mob_index wished; /* requests that a row of this run has asked to move, extend or swap */
    unsigned char *marks;    /* of the programmes */
};

/* `policy`, `calendar`, `now`, `operator_name` and `arena` are set by the caller. */
void mob_amend_init(struct mob_amend *amend);
void mob_amend_release(struct mob_amend *amend);

/* Decides one row. Its texts must live as long as the calendar. */
void mob_amend_decide(struct mob_amend *amend, const struct mob_amendment_cells *cells,
                      struct mob_amend_decision *decision);

#endif
