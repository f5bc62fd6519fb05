#include "site/loader.h"

#include <stdlib.h>

/* ---- hours.csv ---- */

struct hours_row {
    int64_t line;
    int64_t area;
    struct mob_text day;
    int64_t open, close;
    int64_t number; /* of the day: of a weekday from 0 (Monday), or a date */
    bool is_date;
    bool is_faulty;
    int64_t overlapped; /* the line of an earlier row that it overlaps, or 0 */
};

static const struct mob_column hours_columns[] = {
    MOB_WORDS(struct hours_row, area, "area", MOB_NEEDED, mob_area_words),
    MOB_COLUMN(struct hours_row, day, "day", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct hours_row, open, "open", MOB_TYPE_TIME, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct hours_row, close, "close", MOB_TYPE_TIME, MOB_NEEDED_EMPTY),
};

/* Which day a row is of; a faulty one is of none. */
static int check_day(struct mob_loader *loader, struct hours_row *row)
{
    row->is_date = false;
    for (row->number = 0; mob_weekday_words[row->number]; row->number++)
        if (mob_text_is(row->day, mob_text_of(mob_weekday_words[row->number])))
            return 0;
    row->is_date = true;
    if (mob_date_parse(row->day, &row->number) == 0)
        return 0;
    row->is_faulty = true;
    if (row->day.length == 0)
        return 0;
    return mob_loader_fault(loader, row->line, "day",
                            "%s is not one of: mon, tue, wed, thu, fri, sat, sun, nor a date (2026-11-30)",
                            mob_quote(row->day).text);
}

static int check_times(struct mob_loader *loader, struct hours_row *row)
{
    const char *open = NULL, *close = NULL;

    if (row->open == MOB_DAY_MIN)
        open = "'24:00' is a closing time only";
    else if (row->open == MOB_ABSENT && row->close != MOB_ABSENT)
        open = "is empty where `close` is not";
    if (row->close == MOB_ABSENT && row->open != MOB_ABSENT)
        close = "is empty where `open` is not";
    else if (!open && mob_loader_is_read(row->open) && mob_loader_is_read(row->close) && row->open >= row->close)
        close = "is not after `open`";
    row->is_faulty |= open || close;
    if (open && mob_loader_fault(loader, row->line, "open", "%s", open) < 0)
        return -1;
    return close ? mob_loader_fault(loader, row->line, "close", "%s", close) : 0;
}

static int check_hours_row(struct mob_loader *loader, void *data)
{
    struct hours_row *row = data;

    row->is_faulty = row->area == MOB_UNREAD || row->open == MOB_UNREAD || row->close == MOB_UNREAD;
    row->overlapped = 0;
    return check_day(loader, row) < 0 || check_times(loader, row) < 0 ? -1 : 0;
}

static int compare_days(const void *one, const void *other)
{
    const struct hours_row *a = *(struct hours_row *const *)one, *b = *(struct hours_row *const *)other;

    if (a->area != b->area)
        return a->area < b->area ? -1 : 1;
    if (a->is_date != b->is_date)
        return a->is_date ? 1 : -1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    if (a->open != b->open)
        return a->open < b->open ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

/* Of rows that overlap each but the first in the file is at fault, once. The rows of a day come sorted by opening. */
static int check_overlaps(struct mob_loader *loader, struct hours_row *const *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t next = i + 1; next < count && rows[next]->open < rows[i]->close; next++) {
            bool is_later = rows[next]->line > rows[i]->line;
            struct hours_row *later = rows[is_later ? next : i];

            later->overlapped = rows[is_later ? i : next]->line;
        }
    for (size_t i = 0; i < count; i++)
        if (rows[i]->overlapped &&
            mob_loader_fault(loader, rows[i]->line, "open", "overlaps other hours of that day (line %lld)",
                             (long long)rows[i]->overlapped) < 0)
            return -1;
    return 0;
}

/* One day's rows, sorted by opening, become its open intervals. A row that shuts the day comes first. */
static int merge_day(struct mob_loader *loader, struct hours_row *const *rows, size_t count, struct mob_day_hours *day)
{
    day->date = rows[0]->number;
    day->open = mob_arena_take_array(&loader->policy->arena, count, sizeof *day->open);
    day->count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct hours_row *row = rows[i];
        struct mob_interval *last = day->count ? &day->open[day->count - 1] : NULL;

        if (row->open == MOB_ABSENT) {
            bool has_others = rows[count - 1]->open != MOB_ABSENT || i > 0;

            if (has_others &&
                mob_loader_fault(loader, row->line, "open", "is empty, so the day is shut, but it has other rows") < 0)
                return -1;
        } else if (last && row->open == last->until) {
            last->until = row->close;
        } else {
            day->open[day->count++] = (struct mob_interval){ row->open, row->close };
        }
    }
    return check_overlaps(loader, rows, count);
}

/* Sorts the rows by area and day and makes each day of them. */
static int make_days(struct mob_loader *loader, struct hours_row **rows, size_t count)
{
    struct mob_hours *hours = &loader->policy->hours;

    if (count)
        qsort(rows, count, sizeof *rows, compare_days);
    for (int area = 0; area < MOB_AREA_COUNT; area++)
        hours->dates[area] = mob_arena_take_array(&loader->policy->arena, count, sizeof **hours->dates);
    for (size_t first = 0, next; first < count; first = next) {
        const struct hours_row *row = rows[first];

        for (next = first + 1; next < count && rows[next]->area == row->area && rows[next]->is_date == row->is_date &&
                               rows[next]->number == row->number;)
            next++;
        hours->has_prep |= row->area == MOB_AREA_PREP && row->open != MOB_ABSENT;
        if (merge_day(loader, &rows[first], next - first,
                      row->is_date ? &hours->dates[row->area][hours->date_count[row->area]++]
                                   : &hours->week[row->area][row->number]) < 0)
            return -1;
    }
    return 0;
}

int mob_load_hours(struct mob_loader *loader)
{
    static const struct mob_loader_file file = { MOB_SITE_HOURS,           hours_columns, MOB_COUNT_OF(hours_columns),
                                                 sizeof(struct hours_row), false,         1,
                                                 check_hours_row };
    struct mob_policy *policy = loader->policy;
    struct hours_row *rows, **good;
    size_t count, good_count = 0;
    int result = 0;

    if (mob_loader_read(loader, &file, (void **)&rows, &count) < 0)
        return -1;
    good = mob_memory_new(count * sizeof *good);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].area != MOB_UNREAD)
            policy->hours.has_area[rows[i].area] = true;
        if (!rows[i].is_faulty)
            good[good_count++] = &rows[i];
    }
    result = make_days(loader, good, good_count);
    free(good);
    for (int area = MOB_AREA_RECEPTION; area <= MOB_AREA_WORKSHOP && result >= 0; area++)
        if (!policy->hours.has_area[area] && !(policy->unread >> MOB_SITE_HOURS & 1U))
            result = mob_loader_fault(loader, 0, "area", "has no row for %s", mob_area_words[area]);
    return result;
}

/* ---- closures.csv ---- */

struct closure_row {
    int64_t line;
    int64_t from, until;
    struct mob_text closes, reason;
};

static const struct mob_column closure_columns[] = {
    MOB_COLUMN(struct closure_row, from, "from", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct closure_row, until, "until", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct closure_row, closes, "closes", MOB_TYPE_CODES, MOB_USED),
    MOB_COLUMN(struct closure_row, reason, "reason", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
};

static int check_closure_row(struct mob_loader *loader, void *data)
{
    const struct closure_row *row = data;

    return mob_loader_check_range(loader, row->line, row->from, row->until);
}

/* The uses that a closure names, as bits; 0 = it names nothing. */
static int read_closes(struct mob_loader *loader, const struct closure_row *row, unsigned *uses)
{
    static const char *const words[] = { "departure", "return", "workshop", "prep" };
    struct mob_text list = row->closes, item;

    *uses = 0;
    while (mob_text_next(&list, &item)) {
        unsigned use = 0;

        for (unsigned i = 0; i < MOB_COUNT_OF(words); i++)
            if (mob_text_is(item, mob_text_of(words[i])))
                use = 1U << i;
        if (!use)
            return mob_loader_fault(loader, row->line, "closes", "%s is not one of: departure, return, workshop, prep",
                                    mob_quote(item).text);
        *uses |= use;
    }
    return 1;
}

struct closure_edge {
    int64_t date;
    int step; /* +1 a closure begins, -1 the day after it ended */
    unsigned uses;
};

static int compare_edges(const void *one, const void *other)
{
    const struct closure_edge *a = one, *b = other;

    return a->date < b->date ? -1 : a->date > b->date;
}

/* Turns the closures into stretches of dates in which the same is shut. */
static void make_closed(struct mob_policy *policy, struct closure_edge *edges, size_t count)
{
    struct mob_hours *hours = &policy->hours;
    int unnamed = 0, named[4] = { 0 };

    qsort(edges, count, sizeof *edges, compare_edges);
    hours->closed = mob_arena_take_array(&policy->arena, count, sizeof *hours->closed);
    for (size_t i = 0; i < count; i++) {
        struct mob_closed_from *closed;

        unnamed += edges[i].uses ? 0 : edges[i].step;
        for (unsigned use = 0; use < 4; use++)
            named[use] += edges[i].uses & 1U << use ? edges[i].step : 0;
        if (hours->closed_count && hours->closed[hours->closed_count - 1].date == edges[i].date)
            hours->closed_count--;
        closed = &hours->closed[hours->closed_count++];
        *closed = (struct mob_closed_from){ edges[i].date, 0, unnamed > 0 };
        for (unsigned use = 0; use < 4; use++)
            if (named[use] > 0)
                closed->named |= 1U << use;
    }
}

int mob_load_closures(struct mob_loader *loader)
{
    static const struct mob_loader_file file = {
        MOB_SITE_CLOSURES, closure_columns, MOB_COUNT_OF(closure_columns), sizeof(struct closure_row), true, 0,
        check_closure_row
    };
    struct closure_row *rows;
    struct closure_edge *edges;
    size_t count, edge_count = 0;
    int result = 0;

    if (mob_loader_read(loader, &file, (void **)&rows, &count) < 0)
        return -1;
    edges = mob_memory_new(2 * count * sizeof *edges);
    for (size_t i = 0; i < count && result >= 0; i++) {
        unsigned uses;

        result = read_closes(loader, &rows[i], &uses);
        if (result <= 0)
            continue;
        edges[edge_count++] =
            (struct closure_edge){ !mob_loader_is_read(rows[i].from) ? MOB_DATE_FIRST : rows[i].from, 1, uses };
        if (mob_loader_is_read(rows[i].until))
            edges[edge_count++] = (struct closure_edge){ rows[i].until + 1, -1, uses };
    }
    if (result >= 0)
        make_closed(loader->policy, edges, edge_count);
    free(edges);
    return result < 0 ? -1 : 0;
}
