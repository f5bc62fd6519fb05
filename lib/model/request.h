/* What a customer asks for, and what is offered: the rows that flow through the five filters (FILTERS.md).
 *
 * Texts are slices of the row they were read from. MOB_ABSENT stands for an empty or missing cell. */
#ifndef MOB_MODEL_REQUEST_H
#define MOB_MODEL_REQUEST_H

#include "model/policy.h"

struct mob_request {
    struct mob_text request, customer, vin, jobs, need, programmes;
    int64_t wanted, wanted_back; /* instants */
    int64_t km;
    int64_t licence_until; /* date */
    int64_t pay_type;      /* enum mob_pay_type */
    int64_t labour_min, explain_min;
    int64_t days;
};

enum mob_when { MOB_WHEN_WANTED, MOB_WHEN_LATER, MOB_WHEN_NONE };
extern const char *const mob_when_words[];

struct mob_offer {
    int64_t line; /* on which its row starts, for messages */
    struct mob_request request;
    int64_t choice, offer;
    int64_t match; /* MOB_NO: shown, but never booked unless chosen */
    int64_t when;  /* enum mob_when, or MOB_ABSENT: a row that somebody made by hand */
    struct mob_text solution, chosen, resource, currency, programme, cost_code, note, reason;
    int64_t out, back, ready; /* instants */
    int64_t price_cents, saving_cents;
};

#endif
