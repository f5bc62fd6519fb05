#include "rule/book.h"

#include "rule/candidate.h"

#include <stdlib.h>

const char *const mob_book_words[] = { "conflict", "already", "ended", "booked", "replaced", "rejected", NULL };

/* One request while it is decided. */
struct booking {
    struct mob_book *book;
    const struct mob_book_request *request;
    struct mob_book_decision *decision;
    const struct mob_entry *entry; /* its highest, also an archived one, or NULL */
    const struct mob_entry *own;   /* its highest in the live file, which does not stand in its way, or NULL */
    const struct mob_entry *live;  /* the one that makes way (--replace), or NULL */
    bool is_asked;                 /* the customer chose: a `chosen` cell or --offer */
    size_t first;                  /* the first candidate, or MOB_INDEX_NONE */
};

void mob_book_init(struct mob_book *book)
{
    mob_planning_init(&book->planning, book->policy, book->calendar, book->now);
    mob_expiry_init(&book->expiry, book->policy, book->calendar, book->now);
}

void mob_book_release(struct mob_book *book)
{
    mob_planning_release(&book->planning);
    mob_expiry_release(&book->expiry);
}

/* ---- conflicts ---- */

static struct mob_text reason(struct booking *booking, const char *one, struct mob_text other)
{
    struct mob_buffer text = { 0 };
    struct mob_text copy;

    mob_buffer_add(&text, mob_text_of(one));
    mob_buffer_add(&text, other);
    copy = mob_text_copy(booking->book->arena, mob_buffer_since(&text, 0));
    mob_buffer_release(&text);
    return copy;
}

/* What is wrong with one row, or empty. */
static struct mob_text row_conflict(struct booking *booking, const struct mob_offer *offer)
{
    if (offer->request.customer.length == 0)
        return MOB_TEXT("customer is empty");
    if (!mob_policy_solution(booking->book->policy, offer->solution))
        return reason(booking, "unknown solution ", offer->solution);
    if (offer->when == MOB_WHEN_NONE)
        return MOB_TEXT("");
    if (offer->out == MOB_ABSENT)
        return MOB_TEXT("out is empty");
    if (offer->back == MOB_ABSENT)
        return MOB_TEXT("back is empty");
    return offer->out < offer->back ? MOB_TEXT("") : MOB_TEXT("out is not before back");
}

static struct mob_text find_conflict(struct booking *booking)
{
    const struct mob_book_request *request = booking->request;
    const struct mob_request *first = &request->offers[0].request;
    const struct mob_entry *entry = booking->entry;

    if (request->conflict.length)
        return request->conflict;
    for (size_t i = 0; i < request->offer_count; i++) {
        struct mob_text conflict = row_conflict(booking, &request->offers[i]);

        if (conflict.length)
            return conflict;
    }
    switch (mob_entry_standing(entry, first->customer, first->vin, booking->book->now)) {
    case MOB_STANDING_BLOCK:
        return MOB_TEXT("in the calendar as a block");
    case MOB_STANDING_CUSTOMER:
        return reason(booking, "in the calendar for another customer, ", entry->customer);
    case MOB_STANDING_VIN:
        return reason(booking, "in the calendar for another vin, ", entry->vin);
    default:
        return MOB_TEXT("");
    }
}

/* ---- candidates ---- */

static bool has_chosen(const struct mob_book_request *request)
{
    for (size_t i = 0; i < request->offer_count; i++)
        if (request->offers[i].chosen.length)
            return true;
    return false;
}

static bool is_candidate(const struct booking *booking, const struct mob_offer *offer, bool by_chosen)
{
    struct mob_candidate row = { offer->solution, offer->out, offer->back, offer->match != MOB_NO,
                                 offer->chosen.length > 0 };

    if (booking->is_asked && !by_chosen)
        return offer->offer == booking->book->options.offer;
    return mob_candidate_is(&row, by_chosen, booking->live);
}

/* The candidate behind number `i` (SIZE_MAX: the first), or MOB_INDEX_NONE. */
static size_t next_candidate(const struct booking *booking, size_t i)
{
    bool by_chosen = has_chosen(booking->request);

    for (i++; i < booking->request->offer_count; i++)
        if (is_candidate(booking, &booking->request->offers[i], by_chosen))
            return i;
    return MOB_INDEX_NONE;
}

/* The resources that an offer names, one a leg; what does not fit a leg's pool is left out with a warning. */
static struct mob_text *offered_resources(struct booking *booking, const struct mob_offer *offer,
                                          const struct mob_solution *solution)
{
    struct mob_book *book = booking->book;
    struct mob_text *offered, list = offer->resource;

    if (list.length == 0)
        return NULL;
    if (mob_text_count(list) != solution->leg_count) {
        mob_sink_warn(book->warnings, book->input, (uint64_t)offer->line, "resource",
                      "%s is not one for each of the %zu legs of %s (request %s): ignored", mob_quote(list).text,
                      solution->leg_count, mob_quote(offer->solution).text, mob_quote(offer->request.request).text);
        return NULL;
    }
    offered = mob_arena_take_array(book->arena, solution->leg_count, sizeof *offered);
    for (size_t i = 0; i < solution->leg_count; i++) {
        const struct mob_resource *resource;

        mob_text_next(&list, &offered[i]);
        resource = mob_policy_resource(book->policy, offered[i]);
        if (!resource || !mob_text_is(resource->pool, solution->legs[i]->pool)) {
            mob_sink_warn(book->warnings, book->input, (uint64_t)offer->line, "resource",
                          "%s is not of pool %s (request %s): ignored", mob_quote(offered[i]).text,
                          mob_quote(solution->legs[i]->pool).text, mob_quote(offer->request.request).text);
            offered[i] = MOB_TEXT("");
        }
    }
    return offered;
}

/* Whether a candidate can be had: its legs' resources, or why not. */
static bool can_be_had(struct booking *booking, const struct mob_offer *offer, struct mob_placement *placements,
                       struct mob_text *why)
{
    struct mob_book *book = booking->book;
    const struct mob_solution *solution = mob_policy_solution(book->policy, offer->solution);
    struct mob_demand demand = { solution, offer->out, offer->back, offer->request.explain_min, MOB_OWNER_NONE, NULL };
    size_t full;

    if (offer->back <= book->now) {
        *why = MOB_TEXT("past");
        return false;
    }
    if (booking->own)
        demand.except = booking->own->request_number;
    if (booking->live && !booking->is_asked)
        demand.explain_min = booking->live->explain_min; /* the new entry is the old one with other resources */
    demand.offered = offered_resources(booking, offer, solution);
    full = mob_planning_place(&book->planning, &demand, placements);
    if (full == MOB_PLACED)
        return true;
    if (full == MOB_BEYOND)
        *why = MOB_TEXT("beyond-limits");
    else
        *why = reason(booking, "full:", solution->legs[full]->pool);
    return false;
}

/* ---- a new entry ---- */

static struct mob_booking_row *make_rows(struct mob_book *book, const struct mob_solution *solution,
                                         const struct mob_placement *placements, size_t *row_count)
{
    size_t count = solution->leg_count;
    struct mob_booking_row *rows = mob_arena_take_array(book->arena, count ? count : 1, sizeof *rows);

    *row_count = count ? count : 1;
    if (count == 0)
        rows[0] = (struct mob_booking_row){ MOB_ABSENT, MOB_TEXT(""), MOB_ABSENT, MOB_ABSENT, 0 };
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct mob_booking_row){ solution->legs[i]->span, placements[i].resource->resource,
                                            placements[i].busy.from, placements[i].busy.until, 0 };
    return rows;
}

static struct mob_entry entry_of(const struct mob_book *book, const struct mob_offer *offer)
{
    const struct mob_request *request = &offer->request;

    return (struct mob_entry){
        .status = book->options.expires == MOB_ABSENT ? MOB_STATUS_BOOKED : MOB_STATUS_OPTION,
        .request = request->request,
        .customer = request->customer,
        .vin = request->vin,
        .jobs = request->jobs,
        .programmes = request->programmes,
        .solution = offer->solution,
        .currency = offer->currency,
        .programme = offer->programme,
        .cost_code = offer->cost_code,
        .fuel = MOB_TEXT(""),
        .operator_name = book->options.operator_name,
        .note = mob_note_of_person(offer->note),
        .km = request->km,
        .licence_until = request->licence_until,
        .labour_min = request->labour_min,
        .explain_min = request->explain_min,
        .odometer = MOB_ABSENT,
        .pay_type = request->pay_type,
        .out = offer->out,
        .back = offer->back,
        .ready = offer->ready,
        .expires = book->options.expires,
        .days = request->days == MOB_ABSENT ? mob_days_begun(offer->out, offer->back) : request->days,
        .price_cents = offer->price_cents,
        .saving_cents = offer->saving_cents,
    };
}

static bool holds_the_same(const struct mob_entry *live, const struct mob_entry *entry)
{
    if (!mob_text_is(live->solution, entry->solution) || live->out != entry->out || live->back != entry->back ||
        live->row_count != entry->row_count)
        return false;
    for (size_t i = 0; i < entry->row_count; i++)
        if (!mob_text_is(live->rows[i].resource, entry->rows[i].resource))
            return false;
    return true;
}

/* Books a candidate with the resources found for it. */
static void book_candidate(struct booking *booking, const struct mob_offer *offer,
                           const struct mob_placement *placements)
{
    struct mob_book *book = booking->book;
    const struct mob_solution *solution = mob_policy_solution(book->policy, offer->solution);
    const struct mob_entry *live = booking->live, *added;
    struct mob_entry entry = live && !booking->is_asked ? *live : entry_of(book, offer);

    entry.rows = make_rows(book, solution, placements, &entry.row_count);
    entry.operator_name = book->options.operator_name;
    booking->decision->result = MOB_BOOK_BOOKED;
    if (live) {
        entry.status = live->status;
        entry.expires = live->expires;
        booking->decision->is_entry_shown = !booking->is_asked;
        if (holds_the_same(live, &entry)) {
            booking->decision->result = MOB_BOOK_ALREADY;
            booking->decision->is_entry_shown = true;
            booking->decision->shown = 0;
            return;
        }
        booking->decision->result = MOB_BOOK_REPLACED;
    }
    if (booking->own) {
        mob_planning_give_up(&book->planning, booking->own);
        mob_expiry_forget(&book->expiry, booking->own);
    }
    mob_expiry_make_way(&book->expiry, &entry, book->options.operator_name, book->arena);
    entry.number = mob_calendar_next_number(book->calendar);
    mob_calendar_add(book->calendar, &entry);
    added = &book->calendar->entries[book->calendar->count - 1];
    mob_planning_add(&book->planning, added);
    if (mob_entry_is_expired(added, book->now))
        mob_expiry_add(&book->expiry, added);
}

/* ---- the decision ---- */

static void reject(struct booking *booking, struct mob_text why)
{
    booking->decision->result = MOB_BOOK_REJECTED;
    booking->decision->reason = why;
    if (booking->first != MOB_INDEX_NONE)
        booking->decision->shown = booking->first;
}

/* No row is a candidate: of an unasked --replace the first row that might have been one says why. */
static void reject_without_choice(struct booking *booking)
{
    const struct mob_book_request *request = booking->request;

    reject(booking, MOB_TEXT("no-choice"));
    for (size_t i = 0; i < request->offer_count && booking->live && !booking->is_asked; i++)
        if (request->offers[i].match != MOB_NO) {
            booking->decision->shown = i;
            if (request->offers[i].reason.length)
                booking->decision->reason = request->offers[i].reason;
            break;
        }
}

static size_t most_legs(const struct booking *booking)
{
    size_t most = 0;

    for (size_t i = 0; i < booking->request->offer_count; i++) {
        const struct mob_solution *solution =
            mob_policy_solution(booking->book->policy, booking->request->offers[i].solution);

        if (solution->leg_count > most)
            most = solution->leg_count;
    }
    return most;
}

/* Books the first candidate that can be had. */
static void choose(struct booking *booking)
{
    const struct mob_offer *offers = booking->request->offers;
    struct mob_placement *placements =
        mob_arena_take_array(booking->book->arena, most_legs(booking), sizeof *placements);
    struct mob_text first_why = offers[booking->first].reason;
    bool has_times = false;

    for (size_t i = booking->first; i != MOB_INDEX_NONE; i = next_candidate(booking, i)) {
        struct mob_text why;

        if (offers[i].when == MOB_WHEN_NONE)
            continue;
        if (can_be_had(booking, &offers[i], placements, &why)) {
            booking->decision->shown = i;
            book_candidate(booking, &offers[i], placements);
            return;
        }
        if (!has_times)
            first_why = why;
        has_times = true;
    }
    reject(booking, first_why);
}

void mob_book_decide(struct mob_book *book, const struct mob_book_request *request, struct mob_book_decision *decision)
{
    const struct mob_request *first = &request->offers[0].request;
    const struct mob_entry *entry = mob_calendar_find(book->calendar, first->request);
    struct booking booking = {
        .book = book, .request = request, .decision = decision, .own = entry, .entry = entry ? entry : request->archived
    };
    enum mob_standing standing;
    bool is_away;

    *decision = (struct mob_book_decision){ .reason = MOB_TEXT("") };
    decision->reason = find_conflict(&booking);
    if (decision->reason.length) {
        decision->result = MOB_BOOK_CONFLICT;
        return;
    }
    standing = mob_entry_standing(booking.entry, first->customer, first->vin, book->now);
    is_away = booking.entry && booking.entry->status == MOB_STATUS_AWAY;
    if (standing == MOB_STANDING_LIVE && book->options.is_replace)
        booking.live = is_away ? NULL : booking.entry;
    else if (standing == MOB_STANDING_LIVE || (standing == MOB_STANDING_ENDED && !book->options.is_again)) {
        decision->result = standing == MOB_STANDING_LIVE ? MOB_BOOK_ALREADY : MOB_BOOK_ENDED;
        decision->is_entry_shown = true;
        return;
    }
    booking.is_asked = book->options.offer != MOB_ABSENT || has_chosen(request);
    booking.first = next_candidate(&booking, SIZE_MAX);
    if (is_away)
        reject(&booking, MOB_TEXT("away"));
    else if (booking.first == MOB_INDEX_NONE)
        reject_without_choice(&booking);
    else
        choose(&booking);
}
