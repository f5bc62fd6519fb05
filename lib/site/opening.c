#include "site/loader.h"

#include <stdlib.h>

/* ---- hours.csv ---- */

struct hours_row {
    int64_t line;
    int64_t area;
    struct mob_text day;
    int64_t open, close;
};

static const struct mob_column hours_columns[] = {
    MOB_WORDS(struct hours_row, area, "area", MOB_NEEDED, mob_area_words),
    MOB_COLUMN(struct hours_row, day, "day", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct hours_row, open, "open", MOB_TYPE_TIME, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct hours_row, close, "close", MOB_TYPE_TIME, MOB_NEEDED_EMPTY),
};

struct day_key {
    int64_t area;
    int64_t day; /* a weekday from 0 (Monday), or a date */
    bool is_date;
    const struct hours_row *row;
};

static int check_hours_row(struct mob_loader *loader, void *data)
{
    const struct hours_row *row = data;

    if (row->open == MOB_ABSENT && row->close == MOB_ABSENT)
        return 0;
    if (row->open == MOB_ABSENT || row->open == MOB_DAY_MIN)
        return mob_loader_fault(loader, row->line, "open", "%s",
                                row->open == MOB_ABSENT ? "is empty where `close` is not"
                                                        : "'24:00' is a closing time only");
    if (row->close == MOB_ABSENT)
        return mob_loader_fault(loader, row->line, "close", "is empty where `open` is not");
    if (row->open >= row->close)
        return mob_loader_fault(loader, row->line, "close", "is not after `open`");
    return 0;
}

static int compare_days(const void *one, const void *other)
{
    const struct day_key *a = one, *b = other;

    if (a->area != b->area)
        return a->area < b->area ? -1 : 1;
    if (a->is_date != b->is_date)
        return a->is_date ? 1 : -1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->row->open != b->row->open)
        return a->row->open < b->row->open ? -1 : 1;
    return a->row->line < b->row->line ? -1 : a->row->line > b->row->line;
}

static int read_day(struct mob_loader *loader, const struct hours_row *row, struct day_key *key)
{
    static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

    *key = (struct day_key){ row->area, 0, false, row };
    for (; key->day < 7; key->day++)
        if (mob_text_is(row->day, mob_text_of(weekdays[key->day])))
            return 1;
    key->is_date = true;
    if (mob_date_parse(row->day, &key->day) == 0)
        return 1;
    return mob_loader_fault(loader, row->line, "day",
                            "%s is not one of: mon, tue, wed, thu, fri, sat, sun, nor a date (2026-11-30)",
                            mob_quote(row->day).text);
}

/* One day's rows, sorted by opening, become its open intervals. */
static int merge_day(struct mob_loader *loader, const struct day_key *keys, size_t count, struct mob_day_hours *day)
{
    day->date = keys->day;
    day->open = mob_arena_take_array(&loader->policy->arena, count, sizeof *day->open);
    day->count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct hours_row *row = keys[i].row;
        struct mob_interval *last = day->count ? &day->open[day->count - 1] : NULL;

        if (row->open == MOB_ABSENT) {
            if (count == 1)
                break;
            if (mob_loader_fault(loader, row->line, "open", "is empty, so the day is shut, but it has other rows") < 0)
                return -1;
        } else if (last && row->open < last->until) {
            const struct hours_row *later = row->line > keys[i - 1].row->line ? row : keys[i - 1].row;

            if (mob_loader_fault(loader, later->line, "open", "overlaps other hours of that day (line %lld)",
                                 (long long)(later == row ? keys[i - 1].row->line : row->line)) < 0)
                return -1;
        } else if (last && row->open == last->until) {
            last->until = row->close;
        } else {
            day->open[day->count++] = (struct mob_interval){ row->open, row->close };
        }
    }
    return 0;
}

/* Sorts the rows by area and day and makes each day of them. */
static int make_days(struct mob_loader *loader, struct day_key *keys, size_t count)
{
    struct mob_hours *hours = &loader->policy->hours;

    qsort(keys, count, sizeof *keys, compare_days);
    for (int area = 0; area < MOB_AREA_COUNT; area++)
        hours->dates[area] = mob_arena_take_array(&loader->policy->arena, count, sizeof **hours->dates);
    for (size_t first = 0, next; first < count; first = next) {
        const struct day_key *key = &keys[first];

        for (next = first + 1; next < count && keys[next].area == key->area && keys[next].is_date == key->is_date &&
                               keys[next].day == key->day;)
            next++;
        hours->has_area[key->area] = true;
        hours->has_prep |= key->area == MOB_AREA_PREP && key->row->open != MOB_ABSENT;
        if (merge_day(loader, key, next - first,
                      key->is_date ? &hours->dates[key->area][hours->date_count[key->area]++]
                                   : &hours->week[key->area][key->day]) < 0)
            return -1;
    }
    return 0;
}

int mob_load_hours(struct mob_loader *loader)
{
    static const struct mob_loader_file file = { MOB_SITE_HOURS,           hours_columns, MOB_COUNT_OF(hours_columns),
                                                 sizeof(struct hours_row), false,         check_hours_row };
    struct mob_hours *hours = &loader->policy->hours;
    struct hours_row *rows;
    struct day_key *keys;
    size_t count, key_count = 0;
    int result = 0;

    if (mob_loader_read(loader, &file, (void **)&rows, &count) < 0)
        return -1;
    keys = mob_memory_new(count * sizeof *keys);
    for (size_t i = 0; i < count && result >= 0; i++) {
        result = read_day(loader, &rows[i], &keys[key_count]);
        key_count += result > 0;
    }
    if (result >= 0)
        result = make_days(loader, keys, key_count);
    free(keys);
    for (int area = MOB_AREA_RECEPTION; area <= MOB_AREA_WORKSHOP && result >= 0; area++)
        if (!hours->has_area[area])
            result = mob_loader_fault(loader, 0, "area", "has no row for %s", mob_area_words[area]);
    return result < 0 ? -1 : 0;
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
        MOB_SITE_CLOSURES, closure_columns, MOB_COUNT_OF(closure_columns), sizeof(struct closure_row), true,
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
            (struct closure_edge){ rows[i].from == MOB_ABSENT ? MOB_DATE_FIRST : rows[i].from, 1, uses };
        if (rows[i].until != MOB_ABSENT)
            edges[edge_count++] = (struct closure_edge){ rows[i].until + 1, -1, uses };
    }
    if (result >= 0)
        make_closed(loader->policy, edges, edge_count);
    free(edges);
    return result < 0 ? -1 : 0;
}
