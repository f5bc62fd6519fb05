#include "rule/reshape.h"

bool mob_entry_holds(const struct mob_entry *entry, struct mob_text resource)
{
    for (size_t i = 0; i < entry->row_count; i++) {
        const struct mob_booking_row *row = &entry->rows[i];

        if (row->span == MOB_ABSENT || !mob_text_is(row->resource, resource))
            continue;
        if (entry->status != MOB_STATUS_AWAY || row->span != MOB_SPAN_START)
            return true;
    }
    return false;
}

bool mob_entry_has_stay(const struct mob_entry *entry, struct mob_text resource)
{
    for (size_t i = 0; i < entry->row_count; i++)
        if (entry->rows[i].span == MOB_SPAN_STAY && mob_text_is(entry->rows[i].resource, resource))
            return true;
    return false;
}

/* The leg of legs.csv with the row's span and its rank among those of that span; NULL: there is none any more. */
static const struct mob_leg *leg_of(const struct mob_policy *policy, const struct mob_entry *entry, size_t row)
{
    const struct mob_solution *solution = mob_policy_solution(policy, entry->solution);
    size_t rank = 0;

    for (size_t i = 0; i < row; i++)
        rank += entry->rows[i].span == entry->rows[row].span;
    for (size_t i = 0; solution && i < solution->leg_count; i++)
        if (solution->legs[i]->span == entry->rows[row].span && rank-- == 0)
            return solution->legs[i];
    return NULL;
}

struct mob_text mob_reshape_pool(const struct mob_policy *policy, const struct mob_entry *entry, size_t row)
{
    const struct mob_resource *resource = mob_policy_resource(policy, entry->rows[row].resource);
    const struct mob_leg *leg;

    if (resource)
        return resource->pool;
    leg = leg_of(policy, entry, row);
    return leg ? leg->pool : MOB_TEXT("");
}

/* `use` with the preparation and cleaning of a resource; none where the fleet lacks it. A fact is a fact also
 * where nobody prepares or cleans for a year. */
static int widen(const struct mob_reshape *reshape, struct mob_text name, struct mob_interval use,
                 struct mob_interval *busy)
{
    const struct mob_resource *resource = mob_policy_resource(reshape->policy, name);

    *busy = use;
    if (resource) {
        busy->from = mob_planning_prepared_from(reshape->policy, resource, use.from);
        busy->until = mob_planning_clean_until(reshape->policy, resource, use.until);
    }
    if (reshape->is_fact && busy->from == MOB_ABSENT)
        busy->from = use.from;
    if (reshape->is_fact && busy->until == MOB_ABSENT)
        busy->until = use.until;
    return mob_instant_is_valid(busy->from) && mob_instant_is_valid(busy->until) ? 0 : -1;
}

static void copy_rows(const struct mob_reshape *reshape, struct mob_entry *entry, size_t room)
{
    struct mob_booking_row *rows = mob_arena_take_array(reshape->arena, room, sizeof *rows);

    memcpy(rows, entry->rows, entry->row_count * sizeof *rows);
    entry->rows = rows;
}

/* Computes a `start` or `end` row anew; where its leg is gone it keeps its length. `moved_min` is how far its time
 * moves. */
static int compute(const struct mob_reshape *reshape, struct mob_entry *entry, size_t number, int64_t moved_min)
{
    struct mob_booking_row *row = &entry->rows[number];
    const struct mob_leg *leg = leg_of(reshape->policy, entry, number);
    struct mob_interval busy = { row->busy_from + moved_min, row->busy_until + moved_min };

    if (leg &&
        widen(reshape, row->resource, mob_planning_use(leg, entry->out, entry->back, entry->explain_min), &busy) < 0)
        return -1;
    row->busy_from = busy.from;
    row->busy_until = busy.until;
    return 0;
}

/* Gives a `stay` row the start, the end or both of the stay from `out` to `back`. */
static int compute_stay(const struct mob_reshape *reshape, const struct mob_entry *entry, struct mob_booking_row *row,
                        bool is_start, bool is_end)
{
    struct mob_interval busy;

    if (widen(reshape, row->resource, (struct mob_interval){ entry->out, entry->back }, &busy) < 0)
        return -1;
    if (is_start)
        row->busy_from = busy.from;
    if (is_end)
        row->busy_until = busy.until;
    return 0;
}

/* The `stay` row whose resource the one handed over replaces, or NULL where it is held already. */
static struct mob_booking_row *replaced_row(const struct mob_policy *policy, struct mob_entry *entry,
                                            struct mob_text resource)
{
    const struct mob_resource *handed_over = mob_policy_resource(policy, resource);
    struct mob_booking_row *first = NULL, *of_pool = NULL;

    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_booking_row *row = &entry->rows[i];

        if (row->span != MOB_SPAN_STAY)
            continue;
        if (mob_text_is(row->resource, resource))
            return NULL;
        if (!first)
            first = row;
        if (!of_pool && handed_over && mob_text_is(mob_reshape_pool(policy, entry, i), handed_over->pool))
            of_pool = row;
    }
    return of_pool ? of_pool : first;
}

int mob_reshape_depart(const struct mob_reshape *reshape, const struct mob_entry *before, struct mob_entry *entry,
                       struct mob_text handed_over)
{
    struct mob_booking_row *replaced;

    copy_rows(reshape, entry, entry->row_count);
    replaced = handed_over.length ? replaced_row(reshape->policy, entry, handed_over) : NULL;
    if (replaced)
        replaced->resource = handed_over;
    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_booking_row *row = &entry->rows[i];
        int result = 0;

        if (row->span == MOB_SPAN_STAY)
            result = compute_stay(reshape, entry, row, true, row == replaced);
        else if (row->span == MOB_SPAN_START && entry->out != before->out)
            result = compute(reshape, entry, i, entry->out - before->out);
        if (result < 0)
            return -1;
    }
    return 0;
}

/* One row that occupies nothing. */
static void make_empty(const struct mob_reshape *reshape, struct mob_entry *entry)
{
    entry->rows = mob_arena_take(reshape->arena, sizeof *entry->rows);
    entry->row_count = 1;
    entry->rows[0] = (struct mob_booking_row){ MOB_ABSENT, MOB_TEXT(""), MOB_ABSENT, MOB_ABSENT, 0 };
}

int mob_reshape_return(const struct mob_reshape *reshape, struct mob_entry *entry)
{
    size_t kept = 0;

    copy_rows(reshape, entry, entry->row_count);
    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_booking_row row = entry->rows[i];

        if (row.span == MOB_SPAN_END && row.busy_from > entry->back)
            continue;
        if (row.span == MOB_SPAN_STAY) {
            struct mob_interval busy;

            if (widen(reshape, row.resource, (struct mob_interval){ entry->back, entry->back }, &busy) < 0)
                return -1;
            /* Returned before a swap's other car began: that one was never used. */
            row.busy_until = busy.until > row.busy_from ? busy.until : row.busy_from;
        }
        entry->rows[kept++] = row;
    }
    entry->row_count = kept;
    if (kept == 0)
        make_empty(reshape, entry);
    return 0;
}

int mob_reshape_times(const struct mob_reshape *reshape, const struct mob_entry *before, struct mob_entry *entry,
                      bool is_extend)
{
    bool is_out_moved = entry->out != before->out, is_back_moved = entry->back != before->back;

    copy_rows(reshape, entry, entry->row_count);
    for (size_t i = 0; i < entry->row_count; i++) {
        struct mob_booking_row *row = &entry->rows[i];
        int result = 0;

        if (row->span == MOB_SPAN_STAY && (is_back_moved || !is_extend))
            result = compute_stay(reshape, entry, row, !is_extend, true);
        else if (row->span == MOB_SPAN_START && is_out_moved)
            result = compute(reshape, entry, i, entry->out - before->out);
        else if (row->span == MOB_SPAN_END && is_back_moved)
            result = compute(reshape, entry, i, entry->back - before->back);
        if (result < 0)
            return -1;
    }
    return 0;
}

/* Of an away entry: the old car's stay ends now, the new one's begins. `rows` has room for both. */
static int change_over(const struct mob_reshape *reshape, const struct mob_entry *entry, struct mob_text resource,
                       const struct mob_booking_row *old, struct mob_booking_row rows[2])
{
    struct mob_interval cleaning, stay;
    struct mob_interval ended = { reshape->now, reshape->now };

    if (widen(reshape, old->resource, ended, &cleaning) < 0 ||
        widen(reshape, resource, (struct mob_interval){ reshape->now, entry->back }, &stay) < 0)
        return -1;
    rows[0] = *old;
    rows[0].span = MOB_SPAN_START;
    rows[0].busy_until = cleaning.until > old->busy_from ? cleaning.until : old->busy_from;
    rows[1] = (struct mob_booking_row){ MOB_SPAN_STAY, resource, stay.from, stay.until, 0 };
    return 0;
}

int mob_reshape_swap(const struct mob_reshape *reshape, struct mob_entry *entry, struct mob_text from,
                     struct mob_text resource)
{
    bool is_away = entry->status == MOB_STATUS_AWAY;
    const struct mob_booking_row *old = entry->rows;
    size_t old_count = entry->row_count, count = 0;
    struct mob_booking_row *rows = mob_arena_take_array(reshape->arena, 2 * old_count, sizeof *rows);
    struct mob_entry whole = *entry; /* ranks among the rows as they were */

    whole.rows = mob_arena_take_array(reshape->arena, old_count, sizeof *whole.rows);
    memcpy(whole.rows, old, old_count * sizeof *old);
    for (size_t i = 0; i < old_count; i++) {
        bool is_held = whole.rows[i].span != MOB_ABSENT && mob_text_is(whole.rows[i].resource, from) &&
                       !(is_away && whole.rows[i].span == MOB_SPAN_START);

        if (is_held && is_away && whole.rows[i].span == MOB_SPAN_STAY) {
            if (change_over(reshape, entry, resource, &old[i], rows + count) < 0)
                return -1;
            count += 2;
            continue;
        }
        if (is_held) {
            whole.rows[i].resource = resource;
            if ((whole.rows[i].span == MOB_SPAN_STAY ? compute_stay(reshape, entry, &whole.rows[i], true, true)
                                                     : compute(reshape, &whole, i, 0)) < 0)
                return -1;
        }
        rows[count++] = whole.rows[i];
    }
    entry->rows = rows;
    entry->row_count = count;
    return 0;
}
