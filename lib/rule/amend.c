#include "rule/amend.h"

#include "rule/price.h"
#include "rule/reshape.h"
#include "rule/stay.h"
#include "rule/wish.h"

#include <stdlib.h>

const char *const mob_amend_words[] = { "done", "rejected", "already", NULL };

/* One row while it is decided. */
struct amending {
    struct mob_amend *amend;
    struct mob_amendment row;
    struct mob_amend_decision *decision;
    const struct mob_entry *before; /* the request's highest entry, or NULL */
    struct mob_entry after;         /* what it is to become */
};

void mob_amend_init(struct mob_amend *amend)
{
    mob_planning_init(&amend->planning, amend->policy, amend->calendar, amend->now);
    mob_expiry_init(&amend->expiry, amend->policy, amend->calendar, amend->now);
    amend->marks = mob_memory_new(amend->policy->programme_count);
}

void mob_amend_release(struct mob_amend *amend)
{
    mob_planning_release(&amend->planning);
    mob_expiry_release(&amend->expiry);
    mob_index_release(&amend->wished);
    free(amend->marks);
}

/* Always -1, so that a caller may return it. */
static int reject(struct amending *amending, const char *why, struct mob_text what)
{
    struct mob_buffer text = { 0 };

    mob_buffer_add(&text, mob_text_of(why));
    mob_buffer_add(&text, what);
    amending->decision->result = MOB_AMEND_REJECTED;
    amending->decision->reason = mob_text_copy(amending->amend->arena, mob_buffer_since(&text, 0));
    mob_buffer_release(&text);
    return -1;
}

static int reject_for(struct amending *amending, const char *why)
{
    return reject(amending, why, MOB_TEXT(""));
}

/* ---- price ---- */

/* The days and price columns anew; an empty price stays empty. */
static int price_anew(struct amending *amending)
{
    struct mob_amend *amend = amending->amend;
    struct mob_entry *after = &amending->after;
    const struct mob_solution *solution = mob_policy_solution(amend->policy, after->solution);
    struct mob_price_terms terms = { amend->marks, after->pay_type,
                                     after->labour_min == MOB_ABSENT ? 0 : after->labour_min };
    struct mob_error error = { 0 };
    struct mob_price price;

    after->days = mob_days_begun(after->out, after->back);
    if (after->price_cents == MOB_ABSENT)
        return 0;
    if (!solution)
        return reject(amending, "the catalogue has no solution ", after->solution);
    mob_price_mark_programmes(amend->policy, after->programmes, amend->marks);
    if (mob_price_of(amend->policy, &terms, solution, after->days, &price, &error) < 0)
        return reject(amending, "", mob_text_of(error.message));
    after->price_cents = price.price_cents;
    after->saving_cents = price.saving_cents;
    after->programme = price.programme ? price.programme->programme : MOB_TEXT("");
    after->cost_code = price.cost_code;
    return 0;
}

/* ---- the actions: what the entry becomes ---- */

static struct mob_reshape reshape_of(const struct amending *amending)
{
    bool is_fact = amending->row.action == MOB_ACTION_DEPART || amending->row.action == MOB_ACTION_RETURN;

    return (struct mob_reshape){ amending->amend->policy, amending->amend->arena, amending->amend->now, is_fact };
}

static int reject_beyond(struct amending *amending)
{
    return reject_for(amending, "beyond-limits");
}

static int confirm(struct amending *amending)
{
    amending->after.status = MOB_STATUS_BOOKED;
    amending->after.expires = MOB_ABSENT;
    return 0;
}

static int depart(struct amending *amending)
{
    struct mob_reshape reshape = reshape_of(amending);
    struct mob_text resource = amending->row.resource;
    int64_t at = amending->row.at == MOB_ABSENT ? reshape.now : amending->row.at;
    bool has_stay = false;

    if (at > reshape.now)
        return reject_for(amending, "at is after now");
    if (at >= amending->before->back)
        return reject_for(amending, "at is not before back");
    for (size_t i = 0; i < amending->before->row_count; i++)
        has_stay |= amending->before->rows[i].span == MOB_SPAN_STAY;
    if (resource.length && !has_stay)
        return reject_for(amending, "no resource stays with the customer");
    if (resource.length && !mob_entry_has_stay(amending->before, resource) &&
        !mob_policy_resource(reshape.policy, resource))
        return reject(amending, "unknown resource ", resource);
    amending->after.status = MOB_STATUS_AWAY;
    amending->after.out = at;
    amending->after.expires = MOB_ABSENT;
    amending->after.odometer = amending->row.odometer;
    amending->after.fuel = amending->row.fuel;
    if (mob_reshape_depart(&reshape, amending->before, &amending->after, resource) < 0)
        return reject_beyond(amending);
    return 0;
}

static int take_back(struct amending *amending)
{
    struct mob_reshape reshape = reshape_of(amending);
    int64_t at = amending->row.at == MOB_ABSENT ? reshape.now : amending->row.at;

    if (at > reshape.now)
        return reject_for(amending, "at is after now");
    if (at < amending->before->out)
        return reject_for(amending, "at is before out");
    amending->after.status = MOB_STATUS_RETURNED;
    amending->after.back = at;
    amending->after.odometer = amending->row.odometer;
    amending->after.fuel = amending->row.fuel;
    return mob_reshape_return(&reshape, &amending->after) < 0 ? reject_beyond(amending) : 0;
}

static int end(struct amending *amending, enum mob_status status)
{
    struct mob_booking_row *row = mob_arena_take(amending->amend->arena, sizeof *row);

    mob_entry_cancel(amending->before, &amending->after, row);
    amending->after.status = status;
    return 0;
}

/* When the work will be done, from another start. */
static int ready_anew(struct amending *amending)
{
    const struct mob_policy *policy = amending->amend->policy;
    struct mob_entry *after = &amending->after;
    struct mob_stay_terms terms = { .labour_min = after->labour_min == MOB_ABSENT ? 0 : after->labour_min };

    mob_stay_take_legs(&terms, mob_policy_solution(policy, after->solution));
    after->ready = mob_stay_ready(&policy->hours, &terms, after->out);
    return after->ready == MOB_ABSENT ? reject_for(amending, "closed-workshop") : 0;
}

static int move(struct amending *amending)
{
    struct mob_reshape reshape = reshape_of(amending);
    struct mob_entry *after = &amending->after;

    if (amending->row.out >= amending->row.back)
        return reject_for(amending, "out is not before back");
    after->out = amending->row.out;
    after->back = amending->row.back;
    if (amending->row.ready != MOB_ABSENT)
        after->ready = amending->row.ready;
    else if (after->ready != MOB_ABSENT && ready_anew(amending) < 0)
        return -1;
    if (mob_reshape_times(&reshape, amending->before, after, false) < 0)
        return reject_beyond(amending);
    return price_anew(amending);
}

static int extend(struct amending *amending)
{
    struct mob_reshape reshape = reshape_of(amending);
    struct mob_entry *after = &amending->after;

    if (amending->row.back <= after->out)
        return reject_for(amending, "back is not after out");
    if (after->status == MOB_STATUS_AWAY && amending->row.back < reshape.now)
        return reject_for(amending, "back is before now");
    after->back = amending->row.back;
    if (amending->row.ready != MOB_ABSENT)
        after->ready = amending->row.ready;
    if (mob_reshape_times(&reshape, amending->before, after, true) < 0)
        return reject_beyond(amending);
    return price_anew(amending);
}

/* The resource that a swap takes away, where the row does not say: the only one of the pool that is held. */
static int find_from(struct amending *amending, struct mob_text pool, struct mob_text *from)
{
    const struct mob_entry *before = amending->before;

    *from = MOB_TEXT("");
    for (size_t i = 0; i < before->row_count; i++) {
        struct mob_text held = before->rows[i].resource;

        if (!mob_entry_holds(before, held) || !mob_text_is(mob_reshape_pool(amending->amend->policy, before, i), pool))
            continue;
        if (before->status == MOB_STATUS_AWAY && before->rows[i].span == MOB_SPAN_START)
            continue;
        if (from->length && !mob_text_is(*from, held))
            return reject(amending, "from is needed: more than one is held of pool ", pool);
        *from = held;
    }
    return from->length ? 0 : reject(amending, "nothing is held of pool ", pool);
}

static bool is_of_pool(const struct mob_policy *policy, const struct mob_entry *entry, struct mob_text from,
                       struct mob_text pool)
{
    for (size_t i = 0; i < entry->row_count; i++)
        if (mob_text_is(entry->rows[i].resource, from) && mob_text_is(mob_reshape_pool(policy, entry, i), pool))
            return true;
    return false;
}

static int swap(struct amending *amending)
{
    struct mob_reshape reshape = reshape_of(amending);
    const struct mob_entry *before = amending->before;
    const struct mob_resource *resource = mob_policy_resource(reshape.policy, amending->row.resource);
    struct mob_text from = amending->row.from;

    if (!resource)
        return reject(amending, "unknown resource ", amending->row.resource);
    if (before->status == MOB_STATUS_AWAY && reshape.now >= before->back)
        return reject_for(amending, "it is overdue: extend it first");
    if (from.length == 0 && find_from(amending, resource->pool, &from) < 0)
        return -1;
    if (!mob_entry_holds(before, from))
        return reject(amending, "it does not hold ", from);
    if (!is_of_pool(reshape.policy, before, from, resource->pool))
        return reject(amending, "not of the same pool: ", from);
    amending->after.odometer = MOB_ABSENT;
    amending->after.fuel = MOB_TEXT("");
    if (mob_reshape_swap(&reshape, &amending->after, from, resource->resource) < 0)
        return reject_beyond(amending);
    return 0;
}

static int block(struct amending *amending)
{
    struct mob_amend *amend = amending->amend;
    struct mob_booking_row *row = mob_arena_take(amend->arena, sizeof *row);
    const struct mob_text none = MOB_TEXT("");

    if (amending->row.out >= amending->row.back)
        return reject_for(amending, "out is not before back");
    if (!mob_policy_resource(amend->policy, amending->row.resource))
        return reject(amending, "unknown resource ", amending->row.resource);
    *row = (struct mob_booking_row){ MOB_SPAN_STAY, amending->row.resource, amending->row.out, amending->row.back, 0 };
    amending->after = (struct mob_entry){
        .status = MOB_STATUS_BLOCKED,
        .request = amending->row.request,
        .customer = none,
        .vin = none,
        .jobs = none,
        .programmes = none,
        .solution = none,
        .currency = none,
        .programme = none,
        .cost_code = none,
        .fuel = none,
        .note = none,
        .km = MOB_ABSENT,
        .licence_until = MOB_ABSENT,
        .labour_min = MOB_ABSENT,
        .explain_min = MOB_ABSENT,
        .odometer = MOB_ABSENT,
        .pay_type = MOB_ABSENT,
        .out = amending->row.out,
        .back = amending->row.back,
        .ready = MOB_ABSENT,
        .expires = MOB_ABSENT,
        .days = MOB_ABSENT,
        .price_cents = MOB_ABSENT,
        .saving_cents = MOB_ABSENT,
        .rows = row,
        .row_count = 1,
    };
    return 0;
}

static int undo(struct amending *amending)
{
    const struct mob_calendar *calendar = amending->amend->calendar;
    const struct mob_entry *earlier =
        amending->before->previous == MOB_INDEX_NONE ? NULL : &calendar->entries[amending->before->previous];

    if (amending->row.entry != amending->before->number)
        return reject_for(amending, "entry is not the request's highest");
    if (!earlier)
        return reject_for(amending, "entry is the request's first");
    if (mob_text_is(amending->before->note, MOB_NOTE_EXPIRED) && amending->before->status == MOB_STATUS_CANCELLED)
        return reject_for(amending, "the option has expired");
    if (mob_entry_is_expired(earlier, amending->amend->now))
        return reject_for(amending, "the option has expired");
    amending->after = *earlier;
    return 0;
}

static int act(struct amending *amending)
{
    switch (amending->row.action) {
    case MOB_ACTION_CONFIRM:
        return confirm(amending);
    case MOB_ACTION_DEPART:
        return depart(amending);
    case MOB_ACTION_RETURN:
        return take_back(amending);
    case MOB_ACTION_NO_SHOW:
        return end(amending, MOB_STATUS_NO_SHOW);
    case MOB_ACTION_CANCEL:
        return end(amending, MOB_STATUS_CANCELLED);
    case MOB_ACTION_MOVE:
        return move(amending);
    case MOB_ACTION_EXTEND:
        return extend(amending);
    case MOB_ACTION_SWAP:
        return swap(amending);
    case MOB_ACTION_BLOCK:
        return block(amending);
    case MOB_ACTION_UNDO:
        return undo(amending);
    }
    return -1;
}

/* ---- the decision ---- */

/* The second move, extend or swap of a request in one run, whatever became of the first. */
static int refuse_second(struct amending *amending)
{
    struct mob_index *wished = &amending->amend->wished;

    if (!mob_amendment_is_change(&amending->row))
        return 0;
    if (mob_index_find(wished, amending->row.request) != MOB_INDEX_NONE)
        return reject_for(amending, "a second move, extend or swap of this request in one run");
    mob_index_put(wished, amending->row.request, 0);
    return 0;
}

/* A fact is recorded whatever stands in the way; a confirmation is a wish only where the option has expired. */
static bool is_wish(const struct amending *amending)
{
    return mob_amendment_is_change(&amending->row) || amending->row.action == MOB_ACTION_UNDO ||
           (amending->row.action == MOB_ACTION_CONFIRM && mob_entry_is_expired(amending->before, amending->amend->now));
}

/* Puts what the entry has become into the calendar. */
static void record(struct amending *amending, const struct mob_wish *wish)
{
    struct mob_amend *amend = amending->amend;
    struct mob_entry *after = &amending->after;

    amending->decision->displaced = mob_wish_displaced(wish);
    if (amending->before) {
        mob_planning_give_up(&amend->planning, amending->before);
        mob_expiry_forget(&amend->expiry, amending->before);
    }
    if (amending->row.note.length)
        after->note = amending->row.note;
    after->operator_name = amend->operator_name;
    if (mob_entry_occupies(after, amend->now))
        mob_expiry_make_way(&amend->expiry, after, amend->operator_name, amend->arena);
    after->number = mob_calendar_next_number(amend->calendar);
    mob_calendar_add(amend->calendar, after);
    mob_planning_add(&amend->planning, &amend->calendar->entries[amend->calendar->count - 1]);
}

/* Whether the row may go on to be done: 1, 0 where it is done already, -1 where it is rejected. */
static int look_up(struct amending *amending)
{
    const struct mob_entry *before = amending->before;
    bool is_block = amending->row.action == MOB_ACTION_BLOCK;

    if (!before)
        return is_block ? 1 : reject_for(amending, "not in the calendar");
    if (is_block && before->solution.length)
        return reject_for(amending, "the key is a booking's");
    if (amending->row.action == MOB_ACTION_SWAP && mob_text_is(amending->row.from, amending->row.resource))
        return reject_for(amending, "from and resource are the same");
    if (mob_amendment_is_change(&amending->row) && mob_entry_is_expired(before, amending->amend->now))
        return reject_for(amending, "the option has expired");
    if ((!mob_amendment_is_change(&amending->row) ||
         mob_action_allows(amending->row.action, (enum mob_status)before->status)) &&
        mob_amendment_is_already(&amending->row, amending->amend->calendar, amending->before))
        return 0;
    if (!mob_action_allows(amending->row.action, (enum mob_status)before->status))
        return reject(amending, "its status is ", mob_text_of(mob_status_words[before->status]));
    return 1;
}

static void decide(struct amending *amending)
{
    struct mob_amend *amend = amending->amend;
    struct mob_wish wish = { &amend->planning, amend->calendar, amending->before, &amending->after, amend->arena };
    struct mob_text obstacle;
    int found;

    found = look_up(amending);
    if (found == 0)
        amending->decision->result = MOB_AMEND_ALREADY;
    if (found <= 0)
        return;
    if (amending->before)
        amending->after = *amending->before;
    if (act(amending) < 0)
        return;
    obstacle = is_wish(amending) ? mob_wish_obstacle(&wish) : MOB_TEXT("");
    if (obstacle.length)
        reject(amending, "", obstacle);
    else
        record(amending, &wish);
}

void mob_amend_decide(struct mob_amend *amend, const struct mob_amendment_cells *cells,
                      struct mob_amend_decision *decision)
{
    struct amending amending = { .amend = amend,
                                 .decision = decision,
                                 .before = mob_calendar_find(amend->calendar, cells->request) };
    struct mob_error error = { 0 };
    bool is_read = mob_amendment_read(cells, &amending.row, &error) == 0;

    *decision = (struct mob_amend_decision){ .reason = MOB_TEXT(""), .displaced = MOB_TEXT("") };
    if (refuse_second(&amending) < 0) {
        /* it says so */
    } else if (is_read) {
        decide(&amending);
    } else {
        char text[sizeof error.message + 16];

        mob_error_print(&error, text, sizeof text);
        reject(&amending, "", mob_text_of(text));
    }
    decision->highest = mob_calendar_find(amend->calendar, cells->request);
}
