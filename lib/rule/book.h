/* Put it in the planning (FILTERS.md, mob-book; S13, S14). Pure: it adds entries to the calendar that it is given; the
 * ledger commits them.
 *
 * Call order: mob_book_init once the calendar has been read, mob_book_decide for each request in order of its first
 * appearance (each sees those before it), mob_book_release. */
#ifndef MOB_RULE_BOOK_H
#define MOB_RULE_BOOK_H

#include "base/error.h"
#include "model/request.h"
#include "rule/expiry.h"
#include "rule/planning.h"

struct mob_book_options {
    bool is_replace;
    bool is_again;
    int64_t offer;   /* --offer, or MOB_ABSENT */
    int64_t expires; /* of --option: when it expires; MOB_ABSENT: book */
    struct mob_text operator_name;
};

enum mob_book_result {
    MOB_BOOK_CONFLICT,
    MOB_BOOK_ALREADY,
    MOB_BOOK_ENDED,
    MOB_BOOK_BOOKED,
    MOB_BOOK_REPLACED,
    MOB_BOOK_REJECTED
};
extern const char *const mob_book_words[];

/* A request's rows, all with the same `request`. */
struct mob_book_request {
    const struct mob_offer *offers;
    size_t offer_count;
    struct mob_text conflict;         /* what the reader found wrong with them (a bad value, rows apart), or empty */
    const struct mob_entry *archived; /* its highest entry in the archives, where it is to be looked for there */
};

struct mob_book_decision {
    enum mob_book_result result;
    struct mob_text reason;
    size_t shown;        /* which of the request's rows is shown */
    bool is_entry_shown; /* its solution, times, resources and price are the entry's */
};

struct mob_book {
    const struct mob_policy *policy;
    struct mob_calendar *calendar;
    struct mob_book_options options;
    int64_t now;
    struct mob_arena *arena; /* of what is added to the calendar, and of the reasons */
    const struct mob_sink *warnings;
    const char *input; /* in warnings */
    struct mob_planning planning;
    struct mob_expiry expiry;
};

/* `book->policy`, `calendar`, `options`, `now`, `arena`, `warnings` and `input` are set by the caller. */
void mob_book_init(struct mob_book *book);
void mob_book_release(struct mob_book *book);

/* Decides one request. All texts of the offers must live as long as the calendar. */
void mob_book_decide(struct mob_book *book, const struct mob_book_request *request, struct mob_book_decision *decision);

#endif
