/* What is wrong with a site whose files are each in order: bookings that lost what they hold, double bookings, policy
 * that nobody can use (REPORTS.md, mob-check). Pure. */
#ifndef MOB_RULE_AUDIT_H
#define MOB_RULE_AUDIT_H

#include "base/error.h"
#include "model/booking.h"

struct mob_audit {
    const struct mob_policy *policy; /* of a file that is `unread` nothing is said that it may refute */
    const struct mob_calendar *calendar;
    const char *const *paths; /* of the site's files, as messages name them */
    int64_t now;
    const struct mob_sink *faults; /* takes the errors and warnings, in no order */
};

/* Programmes without a coverage row or a benefit, solutions that nobody explains, pools without a resource. */
void mob_audit_policy(const struct mob_audit *audit);

/* What is live at `now` and has lost its resource or solution; rows that occupy a resource at once, as written. */
void mob_audit_calendar(const struct mob_audit *audit);

#endif
