#include "rule/state.h"

const char *const mob_state_words[] = { "expired", "due-out",   "due-back", "late-out", "overdue",
                                        "at-risk", "displaced", "short",    NULL };

/* Later on `now`'s date. */
static bool is_later_today(int64_t instant, int64_t now)
{
    return instant > now && mob_instant_date(instant) == mob_instant_date(now);
}

/* What others do to one row of an option or booking, from now on. */
static unsigned row_states(const struct mob_planning *planning, const struct mob_calendar *calendar,
                           const struct mob_entry *entry, const struct mob_booking_row *row)
{
    const struct mob_resource *resource = mob_policy_resource(planning->policy, row->resource);
    struct mob_interval busy = { row->busy_from > planning->now ? row->busy_from : planning->now, row->busy_until };
    size_t cursor = SIZE_MAX, request;
    unsigned states = 0;

    if (busy.from >= busy.until)
        return 0;
    if (!resource || !mob_planning_is_in_service(resource, busy))
        states |= 1U << MOB_STATE_DISPLACED;
    while (resource && mob_planning_next_blocker(planning, resource, busy, entry->request_number, &cursor, &request)) {
        const struct mob_entry *other = &calendar->entries[calendar->highest[request]];

        states |= 1U << (other->status == MOB_STATUS_BLOCKED ? MOB_STATE_DISPLACED : MOB_STATE_AT_RISK);
    }
    return states;
}

/* Whether a date from today on has been closed for that use. */
static bool is_closed(const struct mob_planning *planning, int64_t instant, enum mob_use use)
{
    int64_t date = mob_instant_date(instant);

    return date >= mob_instant_date(planning->now) && mob_hours_is_closed(&planning->policy->hours, date, use);
}

unsigned mob_state_of(const struct mob_planning *planning, const struct mob_calendar *calendar,
                      const struct mob_entry *entry)
{
    int64_t now = planning->now;
    bool is_away = entry->status == MOB_STATUS_AWAY;
    unsigned states = 0;

    if (mob_entry_is_expired(entry, now))
        return 1U << MOB_STATE_EXPIRED;
    if (!mob_entry_is_live(entry, now))
        return 0;
    if (!is_away && is_later_today(entry->out, now))
        states |= 1U << MOB_STATE_DUE_OUT;
    if (is_away && is_later_today(entry->back, now))
        states |= 1U << MOB_STATE_DUE_BACK;
    if (entry->status == MOB_STATUS_BOOKED && now >= entry->out)
        states |= 1U << MOB_STATE_LATE_OUT;
    if (mob_entry_is_overdue(entry, now))
        states |= 1U << MOB_STATE_OVERDUE;
    for (size_t i = 0; i < entry->row_count && !is_away; i++)
        if (entry->rows[i].span != MOB_ABSENT)
            states |= row_states(planning, calendar, entry, &entry->rows[i]);
    if (!is_away &&
        (is_closed(planning, entry->out, MOB_USE_DEPARTURE) || is_closed(planning, entry->back, MOB_USE_RETURN)))
        states |= 1U << MOB_STATE_DISPLACED;
    if (entry->ready != MOB_ABSENT && entry->ready > entry->back)
        states |= 1U << MOB_STATE_SHORT;
    return states;
}
