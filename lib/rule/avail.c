#include "rule/avail.h"

#include "rule/candidate.h"

#include <stdlib.h>

enum reason {
    REASON_NONE,
    REASON_PAST,
    REASON_NOTICE,
    REASON_CLOSED_DEPARTURE,
    REASON_CLOSED_WORKSHOP,
    REASON_CLOSED_RETURN,
    REASON_MAX_DAYS,
    REASON_LICENCE,
    REASON_FULL,
    REASON_BEYOND /* the row is rejected */
};

/* One row's question, and the last answer to it. */
struct question {
    struct mob_avail *avail;
    const struct mob_offer *offer;
    const struct mob_solution *solution;
    const struct mob_entry *own; /* the request's own live booking of this solution, or NULL */
    size_t except;               /* whose rows do not stand in its way */
    struct mob_stay_terms terms;
    int64_t start;
    struct mob_stay stay; /* of the start asked about last */
    size_t full_leg;
    struct mob_placement *placements;
};

void mob_avail_init(struct mob_avail *avail, const struct mob_policy *policy, const struct mob_calendar *calendar,
                    const struct mob_avail_options *options, int64_t now)
{
    *avail = (struct mob_avail){ .policy = policy, .calendar = calendar, .options = *options, .now = now };
    mob_planning_init(&avail->planning, policy, calendar, now);
    avail->earliest = mob_memory_new(policy->solution_count * sizeof *avail->earliest);
    avail->marks = mob_memory_new(policy->programme_count);
    for (size_t i = 0; i < policy->solution_count; i++)
        if (mob_hours_notice(&policy->hours, now, policy->solutions[i].notice, &avail->earliest[i]) < 0)
            avail->earliest[i] = MOB_ABSENT;
}

void mob_avail_release(struct mob_avail *avail)
{
    mob_planning_release(&avail->planning);
    mob_arena_release(&avail->arena);
    free(avail->earliest);
    free(avail->marks);
    free(avail->answers);
}

void mob_avail_begin(struct mob_avail *avail)
{
    mob_arena_reset(&avail->arena);
    avail->answer_count = 0;
}

/* ---- can the solution start at t? ---- */

/* Whether the row asks for the request's own booking as it stands. */
static bool is_as_it_stands(const struct question *question, int64_t start)
{
    const struct mob_request *request = &question->offer->request;
    const struct mob_entry *own = question->own;

    return own && start == request->wanted && request->wanted == own->out && request->wanted_back == own->back;
}

/* Checks 2 to 6 of a booking as it stands: only closures of its dates count. */
static enum reason check_standing(struct question *question)
{
    const struct mob_hours *hours = &question->avail->policy->hours;
    const struct mob_entry *own = question->own;

    question->stay.ready = own->ready;
    question->stay.back = own->back;
    question->stay.days = mob_days_begun(own->out, own->back);
    if (mob_hours_is_closed(hours, mob_instant_date(own->out), MOB_USE_DEPARTURE))
        return REASON_CLOSED_DEPARTURE;
    if (mob_hours_is_closed(hours, mob_instant_date(own->back), MOB_USE_RETURN))
        return REASON_CLOSED_RETURN;
    return REASON_NONE;
}

/* Checks 2 to 6. */
static enum reason check_times(struct question *question, int64_t start)
{
    const struct mob_avail *avail = question->avail;
    const struct mob_solution *solution = question->solution;
    const struct mob_request *request = &question->offer->request;
    const struct mob_hours *hours = &avail->policy->hours;
    bool is_own_start = question->own && question->own->out == start;

    if (!is_own_start && start < avail->earliest[solution - avail->policy->solutions])
        return REASON_NOTICE;
    if (!mob_hours_is_open(hours, start, question->terms.explain_min, MOB_USE_DEPARTURE) ||
        (question->terms.start_min > 0 &&
         !mob_hours_closes_by(hours, mob_instant_date(start), start + question->terms.start_min)))
        return REASON_CLOSED_DEPARTURE;
    switch (mob_stay_from(hours, &question->terms, start, &question->stay)) {
    case MOB_STAY_NO_READY:
        return REASON_CLOSED_WORKSHOP;
    case MOB_STAY_NO_BACK:
        return REASON_CLOSED_RETURN;
    case MOB_STAY_FITS:
        break;
    }
    if (!mob_price_allows_days(solution, question->stay.days))
        return REASON_MAX_DAYS;
    if (solution->licence == MOB_YES && request->licence_until != MOB_ABSENT &&
        request->licence_until < mob_instant_date(question->stay.back))
        return REASON_LICENCE;
    return REASON_NONE;
}

static enum reason check(struct question *question, int64_t start)
{
    enum reason reason = is_as_it_stands(question, start) ? check_standing(question) : check_times(question, start);
    struct mob_demand demand = { question->solution, start, question->stay.back, question->offer->request.explain_min,
                                 question->except,   NULL };

    if (reason != REASON_NONE)
        return reason;
    question->start = start;
    question->full_leg = mob_planning_place(&question->avail->planning, &demand, question->placements);
    return question->full_leg == MOB_PLACED   ? REASON_NONE
           : question->full_leg == MOB_BEYOND ? REASON_BEYOND
                                              : REASON_FULL;
}

/* ---- answers ---- */

static struct mob_text reason_text(struct question *question, enum reason reason)
{
    static const char *const words[] = {
        "", "past", "notice", "closed-departure", "closed-workshop", "closed-return", "max-days", "licence"
    };
    struct mob_buffer text = { 0 };
    struct mob_text copy;

    if (reason != REASON_FULL)
        return mob_text_of(words[reason]);
    mob_buffer_add(&text, MOB_TEXT("full:"));
    mob_buffer_add(&text, question->solution->legs[question->full_leg]->pool);
    copy = mob_text_copy(&question->avail->arena, mob_buffer_since(&text, 0));
    mob_buffer_release(&text);
    return copy;
}

static struct mob_answer *new_answer(struct question *question, size_t number, enum mob_when when,
                                     struct mob_text reason)
{
    struct mob_avail *avail = question->avail;
    struct mob_answer *answer;

    avail->answers = mob_memory_grow(avail->answers, &avail->answer_capacity, avail->answer_count + 1, sizeof *answer);
    answer = &avail->answers[avail->answer_count++];
    *answer = (struct mob_answer){ .row = number,
                                   .when = when,
                                   .choice = question->offer->choice,
                                   .reason = reason,
                                   .is_match = question->offer->match != MOB_NO,
                                   .is_chosen = question->offer->chosen.length > 0,
                                   .out = MOB_ABSENT,
                                   .back = MOB_ABSENT,
                                   .ready = MOB_ABSENT,
                                   .days = MOB_ABSENT,
                                   .solution = question->solution };
    return answer;
}

/* Adds the start that was just found to fit as an answer. */
static int add_fit(struct question *question, size_t number, enum mob_when when, struct mob_text reason,
                   struct mob_error *error)
{
    struct mob_avail *avail = question->avail;
    const struct mob_request *request = &question->offer->request;
    struct mob_price_terms terms = { avail->marks, request->pay_type, request->labour_min };
    struct mob_answer *answer = new_answer(question, number, when, reason);
    size_t legs = question->solution->leg_count;

    answer->out = question->start;
    answer->back = question->stay.back;
    answer->ready = question->stay.ready;
    answer->days = question->stay.days;
    answer->placements = mob_arena_take_array(&avail->arena, legs, sizeof *answer->placements);
    if (legs)
        memcpy(answer->placements, question->placements, legs * sizeof *answer->placements);
    return mob_price_of(avail->policy, &terms, question->solution, answer->days, &answer->price, error);
}

/* Looks for the feasible point of a day's grid that is nearest to the wanted time of day, the earlier on a tie:
 * REASON_NONE where there is one, REASON_BEYOND, or any other reason. */
static enum reason find_on(struct question *question, int64_t date)
{
    int64_t step_min = question->avail->options.step_min;
    int64_t midnight = mob_instant_of_date(date);
    int64_t wanted = mob_instant_time(question->offer->request.wanted);
    int64_t before = wanted / step_min * step_min, after = before + step_min;
    enum reason reason = REASON_CLOSED_DEPARTURE;

    while (before >= 0 || after < MOB_DAY_MIN) {
        bool is_before = before >= 0 && (after >= MOB_DAY_MIN || wanted - before <= after - wanted);
        int64_t time = is_before ? before : after;

        if (is_before)
            before -= step_min;
        else
            after += step_min;
        reason = check(question, midnight + time);
        if (reason == REASON_NONE || reason == REASON_BEYOND)
            return reason;
    }
    return reason;
}

static int refuse_beyond(const struct question *question, struct mob_error *error)
{
    return mob_error_say(
        error, MOB_ERROR_ROW,
        "the preparation or cleaning of a resource for %s would take it more than 366 days or beyond the "
        "years 1900 to 9999",
        mob_quote(question->solution->solution).text);
}

/* Looks for alternatives: as many days as were asked for, within the horizon. */
static int add_alternatives(struct question *question, size_t number, struct mob_text reason, struct mob_error *error)
{
    const struct mob_avail *avail = question->avail;
    int64_t date = mob_instant_date(question->offer->request.wanted);
    int64_t found = 0, last;

    if (date < mob_instant_date(avail->now))
        date = mob_instant_date(avail->now);
    last = date + avail->options.horizon_days - 1;
    for (; date <= last && date <= MOB_DATE_LAST && found < avail->options.alternatives; date++)
        switch (find_on(question, date)) {
        case REASON_NONE:
            if (add_fit(question, number, MOB_WHEN_LATER, reason, error) < 0)
                return -1;
            found++;
            break;
        case REASON_BEYOND:
            return refuse_beyond(question, error);
        default:
            break;
        }
    if (found == 0)
        new_answer(question, number, MOB_WHEN_NONE, reason);
    return 0;
}

/* What the row asks, with the terms of its stay. Errors are of kind ROW. */
static int ask(struct mob_avail *avail, const struct mob_offer *offer, struct question *question,
               struct mob_error *error)
{
    const struct mob_request *request = &offer->request;
    const struct mob_entry *entry = mob_calendar_find(avail->calendar, request->request);

    *question = (struct question){ .avail = avail, .offer = offer, .except = MOB_OWNER_NONE };
    question->solution = mob_policy_solution(avail->policy, offer->solution);
    if (!question->solution) {
        mob_error_say(error, MOB_ERROR_ROW, "%s is not in %s", mob_quote(offer->solution).text,
                      avail->options.solutions_name);
        mob_error_place(error, NULL, 0, "solution");
        return -1;
    }
    if (avail->earliest[question->solution - avail->policy->solutions] == MOB_ABSENT)
        return mob_error_say(error, MOB_ERROR_ROW, "the notice of %s ends beyond the year 9999",
                             mob_quote(offer->solution).text);
    if (entry)
        question->except = entry->request_number;
    if (entry && mob_entry_is_live(entry, avail->now) && mob_text_is(entry->solution, offer->solution))
        question->own = entry;
    question->terms = (struct mob_stay_terms){ .labour_min = request->labour_min,
                                               .explain_min = request->explain_min,
                                               .step_min = avail->options.step_min };
    if (request->wanted_back != MOB_ABSENT)
        question->terms.at_least_min = request->wanted_back - request->wanted;
    mob_stay_take_legs(&question->terms, question->solution);
    question->placements =
        mob_arena_take_array(&avail->arena, question->solution->leg_count, sizeof *question->placements);
    return 0;
}

int mob_avail_row(struct mob_avail *avail, const struct mob_offer *offer, size_t number, struct mob_error *error)
{
    struct question question;
    size_t answers_before = avail->answer_count;
    enum reason reason;
    int result;

    if (ask(avail, offer, &question, error) < 0)
        return -1;
    mob_price_mark_programmes(avail->policy, offer->request.programmes, avail->marks);
    if (mob_instant_date(offer->request.wanted) < mob_instant_date(avail->now)) {
        new_answer(&question, number, MOB_WHEN_NONE, reason_text(&question, REASON_PAST));
        return 0;
    }
    reason = check(&question, offer->request.wanted);
    if (reason == REASON_NONE)
        result = add_fit(&question, number, MOB_WHEN_WANTED, MOB_TEXT(""), error);
    else if (reason == REASON_BEYOND)
        result = refuse_beyond(&question, error);
    else
        result = add_alternatives(&question, number, reason_text(&question, reason), error);
    if (result < 0)
        avail->answer_count = answers_before; /* a rejected row is not in the output */
    return result;
}

/* ---- order, and what is held ---- */

static int compare_answers(const void *one, const void *other)
{
    const struct mob_answer *a = one, *b = other;

    if (a->when != b->when)
        return a->when < b->when ? -1 : 1;
    if (a->when == MOB_WHEN_LATER && a->out != b->out)
        return a->out < b->out ? -1 : 1;
    if (a->choice != b->choice)
        return a->choice < b->choice ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->out < b->out ? -1 : a->out > b->out;
}

/* Whether mob-book would consider an answer for a request whose live booking is `own` (NULL: none). */
static bool is_bookable(const struct mob_answer *answer, const struct mob_entry *own, bool by_chosen, int64_t now)
{
    struct mob_candidate row = { answer->solution->solution, answer->out, answer->back, answer->is_match,
                                 answer->is_chosen };

    return answer->when != MOB_WHEN_NONE && answer->back > now && mob_candidate_is(&row, by_chosen, own);
}

static bool has_chosen(const struct mob_avail *avail)
{
    for (size_t i = 0; i < avail->answer_count; i++)
        if (avail->answers[i].is_chosen)
            return true;
    return false;
}

/* Holds an answer's resources; where `own` is to make way unasked, for as long as its own legs take: mob-book --replace
 * changes nothing but the resources. */
static void hold(struct mob_avail *avail, const struct mob_answer *answer, const struct mob_entry *own)
{
    size_t legs = answer->solution->leg_count;
    struct mob_placement *placements = answer->placements;

    if (own) {
        struct mob_text *offered = mob_arena_take_array(&avail->arena, legs, sizeof *offered);
        struct mob_demand demand = { answer->solution, answer->out,         answer->back,
                                     own->explain_min, own->request_number, offered };

        for (size_t i = 0; i < legs; i++)
            offered[i] = placements[i].resource->resource;
        placements = mob_arena_take_array(&avail->arena, legs, sizeof *placements);
        if (mob_planning_place(&avail->planning, &demand, placements) != MOB_PLACED)
            return;
    }
    mob_planning_hold(&avail->planning, placements, legs);
}

void mob_avail_finish(struct mob_avail *avail, const struct mob_request *request, bool is_conflict)
{
    const struct mob_entry *entry = mob_calendar_find(avail->calendar, request->request);
    const struct mob_entry *own = NULL;
    bool by_chosen = has_chosen(avail);

    if (avail->answer_count)
        qsort(avail->answers, avail->answer_count, sizeof *avail->answers, compare_answers);
    if (avail->options.is_independent || is_conflict)
        return;
    switch (mob_entry_standing(entry, request->customer, request->vin, avail->now)) {
    case MOB_STANDING_NEW:
        break;
    case MOB_STANDING_LIVE:
        if (!avail->options.is_replace || entry->status == MOB_STATUS_AWAY)
            return;
        own = entry;
        break;
    default:
        return; /* mob-book answers `ended` or `conflict` */
    }
    for (size_t i = 0; i < avail->answer_count; i++)
        if (is_bookable(&avail->answers[i], own, by_chosen, avail->now)) {
            hold(avail, &avail->answers[i], by_chosen ? NULL : own);
            return;
        }
}
