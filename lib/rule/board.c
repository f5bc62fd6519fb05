#include "rule/board.h"

#include <stdlib.h>

/* ---- one row that occupies ---- */

static enum mob_mark mark_of(const struct mob_entry *entry, int64_t now)
{
    switch (entry->status) {
    case MOB_STATUS_OPTION:
        return MOB_MARK_OPTION;
    case MOB_STATUS_BOOKED:
        return MOB_MARK_BOOKED;
    case MOB_STATUS_AWAY:
        return mob_entry_is_overdue(entry, now) ? MOB_MARK_OVERDUE : MOB_MARK_AWAY;
    case MOB_STATUS_RETURNED:
        return MOB_MARK_RETURNED;
    default:
        return MOB_MARK_BLOCKED;
    }
}

/* When the cleaning that ends with a row began. */
static int64_t clean_from(const struct mob_policy *policy, const struct mob_resource *resource, int64_t busy_until)
{
    int64_t from;

    if (!policy->hours.has_prep)
        return busy_until - resource->after_min;
    from = mob_hours_before(&policy->hours, MOB_AREA_PREP, busy_until, resource->after_min);
    return from == MOB_ABSENT ? busy_until : from;
}

/* What of a row is neither preparation nor cleaning; all of it where that cannot be told. */
static struct mob_interval use_of(const struct mob_policy *policy, const struct mob_resource *resource,
                                  const struct mob_board_bar *bar)
{
    const struct mob_entry *entry = bar->entry;
    struct mob_interval use = { entry->out, entry->back };

    if (bar->mark == MOB_MARK_BLOCKED)
        return bar->busy;
    /* How long a handover lasts is not in the calendar: it is what remains. */
    if (bar->row->span == MOB_SPAN_END)
        use.from = entry->back;
    if (bar->row->span != MOB_SPAN_STAY)
        use.until = clean_from(policy, resource, bar->busy.until);
    if (use.from < bar->busy.from)
        use.from = bar->busy.from;
    if (use.until > bar->busy.until)
        use.until = bar->busy.until;
    return use.from < use.until ? use : bar->busy;
}

/* ---- gathering ---- */

static void add_row(struct mob_board *board, const struct mob_policy *policy, const size_t *line_of,
                    const struct mob_entry *entry, const struct mob_booking_row *row)
{
    const struct mob_interval range = { mob_instant_of_date(board->first), mob_instant_of_date(board->last + 1) };
    const struct mob_resource *resource = row->span == MOB_ABSENT ? NULL : mob_policy_resource(policy, row->resource);
    struct mob_board_bar bar = { .entry = entry, .row = row };

    if (!resource)
        return;
    bar.line = line_of[mob_policy_resource_number(policy, resource)];
    bar.busy = mob_planning_occupied(policy, entry, row, resource, board->now);
    if (bar.line == MOB_INDEX_NONE || bar.busy.from >= bar.busy.until || !mob_interval_overlaps(bar.busy, range))
        return;
    bar.mark = mark_of(entry, board->now);
    bar.use = use_of(policy, resource, &bar);
    board->bars = mob_memory_grow(board->bars, &board->bar_capacity, board->bar_count + 1, sizeof bar);
    board->bars[board->bar_count++] = bar;
}

static int compare_bars(const void *one, const void *other)
{
    const struct mob_board_bar *a = one, *b = other;

    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->busy.from != b->busy.from)
        return a->busy.from < b->busy.from ? -1 : 1;
    if (a->entry != b->entry)
        return a->entry->number < b->entry->number ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* The lines of the pools asked for, and for each resource of the fleet its line, or MOB_INDEX_NONE. */
static size_t *make_lines(struct mob_board *board, const struct mob_policy *policy, struct mob_text pool)
{
    size_t *line_of = mob_arena_take_array(&board->arena, policy->resource_count, sizeof *line_of);

    board->pools = mob_arena_take_array(&board->arena, policy->pool_count, sizeof *board->pools);
    board->lines = mob_arena_take_array(&board->arena, policy->resource_count, sizeof *board->lines);
    for (size_t i = 0; i < policy->resource_count; i++)
        line_of[i] = MOB_INDEX_NONE;
    for (size_t i = 0; i < policy->pool_count; i++) {
        struct mob_text name = policy->fleet[policy->pool_members[i][0]].pool;
        struct mob_board_pool *shown = &board->pools[board->pool_count];

        if (pool.length > 0 && !mob_text_is(name, pool))
            continue;
        *shown = (struct mob_board_pool){ name, board->lines + board->line_count, policy->pool_sizes[i] };
        board->pool_count++;
        for (size_t j = 0; j < shown->line_count; j++) {
            line_of[policy->pool_members[i][j]] = board->line_count;
            board->lines[board->line_count++].resource = &policy->fleet[policy->pool_members[i][j]];
        }
    }
    return line_of;
}

/* ---- what a line shows ---- */

/* Each bar into the first lane that is free by then. A short one is drawn wide enough for the picture of its status,
 * which takes more of a day the more days there are: what comes soon after it stands below. */
static void find_lanes(struct mob_board *board, struct mob_board_line *line)
{
    const int64_t least_min = (int64_t)board->day_count * 8;
    int64_t *lane_until = mob_arena_take_array(&board->arena, line->bar_count + 1, sizeof *lane_until);

    line->lane_count = 1;
    lane_until[0] = INT64_MIN;
    for (size_t i = 0; i < line->bar_count; i++) {
        struct mob_board_bar *bar = &line->bars[i];

        while (bar->lane < line->lane_count && lane_until[bar->lane] > bar->busy.from)
            bar->lane++;
        if (bar->lane == line->lane_count)
            line->lane_count++;
        lane_until[bar->lane] = bar->busy.from + least_min;
        if (lane_until[bar->lane] < bar->busy.until)
            lane_until[bar->lane] = bar->busy.until;
    }
}

static void find_clashes(struct mob_board_line *line)
{
    int64_t reach = INT64_MIN;

    for (size_t i = 0; i < line->bar_count; i++) {
        struct mob_board_bar *bar = &line->bars[i];

        bar->clash = (struct mob_interval){ bar->busy.from, bar->busy.from };
        if (reach > bar->busy.from)
            bar->clash.until = reach < bar->busy.until ? reach : bar->busy.until;
        if (bar->busy.until > reach)
            reach = bar->busy.until;
        for (size_t j = i; j-- > 0 && bar->clash.from < bar->clash.until;)
            if (mob_interval_overlaps(bar->busy, line->bars[j].busy))
                bar->is_clashing = line->bars[j].is_clashing = true;
    }
}

/* Lays a mark on the days of an interval, where nothing weightier lies. */
static void lay(const struct mob_board *board, struct mob_board_line *line, struct mob_interval interval,
                enum mob_mark mark)
{
    int64_t first = mob_instant_date(interval.from), last = mob_instant_date(interval.until - 1);

    if (interval.from >= interval.until)
        return;
    if (first < board->first)
        first = board->first;
    if (last > board->last)
        last = board->last;
    for (int64_t date = first; date <= last; date++)
        if (line->marks[date - board->first] < mark)
            line->marks[date - board->first] = (unsigned char)mark;
}

static void find_marks(struct mob_board *board, struct mob_board_line *line)
{
    line->marks = mob_arena_take_array(&board->arena, board->day_count, sizeof *line->marks);
    line->in_service = mob_arena_take_array(&board->arena, board->day_count, sizeof *line->in_service);
    for (size_t day = 0; day < board->day_count; day++) {
        int64_t date = board->first + (int64_t)day;

        line->in_service[day] = mob_planning_is_in_service(
            line->resource, (struct mob_interval){ mob_instant_of_date(date), mob_instant_of_date(date + 1) });
        if (board->days[day].is_closed)
            line->marks[day] = MOB_MARK_CLOSED;
        else if (!line->in_service[day])
            line->marks[day] = MOB_MARK_OUT_OF_SERVICE;
    }
    for (size_t i = 0; i < line->bar_count; i++) {
        lay(board, line, line->bars[i].busy, line->bars[i].mark);
        lay(board, line, line->bars[i].clash, MOB_MARK_CLASH);
    }
}

/* ---- the board ---- */

static void make_days(struct mob_board *board, const struct mob_hours *hours)
{
    board->day_count = (size_t)(board->last - board->first + 1);
    board->days = mob_arena_take_array(&board->arena, board->day_count, sizeof *board->days);
    for (size_t day = 0; day < board->day_count; day++) {
        int64_t date = board->first + (int64_t)day;

        board->days[day].is_closed = !mob_hours_is_working_day(hours, date);
        for (unsigned use = MOB_USE_DEPARTURE; use <= (hours->has_prep ? MOB_USE_PREP : MOB_USE_WORKSHOP); use <<= 1)
            if (mob_hours_is_closed(hours, date, (enum mob_use)use))
                board->days[day].closed_uses |= use;
        board->days[day].reception = mob_hours_reception(hours, date);
    }
}

void mob_board_init(struct mob_board *board, const struct mob_policy *policy, const struct mob_calendar *calendar,
                    int64_t now, int64_t first, int64_t last, struct mob_text pool)
{
    const size_t *line_of;
    size_t next = 0;

    *board = (struct mob_board){ .now = now, .first = first, .last = last };
    make_days(board, &policy->hours);
    line_of = make_lines(board, policy, pool);
    for (size_t request = 0; request < calendar->request_count; request++) {
        const struct mob_entry *entry = &calendar->entries[calendar->highest[request]];

        for (size_t i = 0; i < entry->row_count && mob_entry_occupies(entry, now); i++)
            add_row(board, policy, line_of, entry, &entry->rows[i]);
    }
    if (board->bar_count)
        qsort(board->bars, board->bar_count, sizeof *board->bars, compare_bars);
    for (size_t i = 0; i < board->line_count; i++) {
        struct mob_board_line *line = &board->lines[i];

        line->bars = board->bars + next;
        while (next < board->bar_count && board->bars[next].line == i)
            next++;
        line->bar_count = (size_t)(board->bars + next - line->bars);
        find_lanes(board, line);
        find_clashes(line);
        find_marks(board, line);
    }
}

void mob_board_release(struct mob_board *board)
{
    free(board->bars);
    mob_arena_release(&board->arena);
}
