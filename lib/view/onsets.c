#include "view/onsets.h"

#include <stdlib.h>

enum { DAY_SECONDS = 86400, HOUR_SECONDS = 3600, HEADER_SIZE = 44, COUNTS_AT = 20, TYPE_SIZE = 6, TIME_SIZE = 8 };

/* ---- the list ---- */

bool mob_offset_is_same(struct mob_offset one, struct mob_offset other)
{
    return one.seconds == other.seconds && one.is_daylight == other.is_daylight && strcmp(one.name, other.name) == 0;
}

static void add_onset(struct mob_onsets *onsets, int64_t at, struct mob_offset offset)
{
    struct mob_onset *last = onsets->count ? &onsets->items[onsets->count - 1] : NULL;

    if (at < MOB_INSTANT_FIRST * 60) {
        onsets->initial = offset;
        return;
    }
    if (mob_offset_is_same(last ? last->offset : onsets->initial, offset) || (last && at <= last->at))
        return;
    onsets->items = mob_memory_grow(onsets->items, &onsets->capacity, onsets->count + 1, sizeof *onsets->items);
    onsets->items[onsets->count++] = (struct mob_onset){ at, offset };
}

int64_t mob_onsets_before(const struct mob_onsets *onsets, size_t number)
{
    return number > 0 ? onsets->items[number - 1].offset.seconds : onsets->initial.seconds;
}

int64_t mob_yearly_at(const struct mob_yearly *yearly, int64_t year)
{
    int64_t first = mob_date_of(year, yearly->month, 1);
    int64_t date = first + (yearly->weekday - mob_date_weekday(first) + 7) % 7 + (yearly->week - 1) * INT64_C(7);

    while (mob_date_month(date) != yearly->month)
        date -= 7;
    return date * DAY_SECONDS + yearly->time - yearly->from.seconds;
}

void mob_onsets_reach(struct mob_onsets *onsets, int64_t year)
{
    for (; onsets->until_year < year; onsets->until_year++) {
        int64_t at[2] = { 0 };
        size_t first;

        if (onsets->rule_count == 0)
            continue;
        for (size_t i = 0; i < 2; i++)
            at[i] = mob_yearly_at(&onsets->rules[i], onsets->until_year + 1);
        first = at[1] < at[0];
        add_onset(onsets, at[first], onsets->rules[first].to);
        add_onset(onsets, at[!first], onsets->rules[!first].to);
    }
}

int64_t mob_onsets_shown(const struct mob_onsets *onsets, int64_t instant)
{
    size_t from = 0, until = onsets->count; /* the last one that sets in by then stands just before `from` */

    while (from < until) {
        size_t middle = (from + until) / 2;

        if (onsets->items[middle].at + mob_onsets_before(onsets, middle) <= instant * 60)
            from = middle + 1;
        else
            until = middle;
    }
    if (from > 0) {
        const struct mob_onset *onset = &onsets->items[from - 1];
        int64_t goes_on = onset->at + onset->offset.seconds; /* what clocks show then */

        if (goes_on > instant * 60)
            return (goes_on - MOB_INSTANT_FIRST * 60 + 59) / 60 + MOB_INSTANT_FIRST;
    }
    return instant;
}

/* ---- the footer: what goes on behind the last onset, as POSIX writes it in TZ: CET-1CEST,M3.5.0,M10.5.0/3 ---- */

static bool take_byte(const char **at, char byte)
{
    if (**at != byte)
        return false;
    ++*at;
    return true;
}

/* Letters, or anything between < and >; empty where it is none. */
static const char *take_name(const char **at, struct mob_arena *arena)
{
    bool is_quoted = take_byte(at, '<');
    const char *from = *at;
    char *name;

    while (**at && (is_quoted ? **at != '>' : (**at >= 'A' && **at <= 'Z') || (**at >= 'a' && **at <= 'z')))
        ++*at;
    name = mob_arena_take(arena, (size_t)(*at - from) + 1);
    memcpy(name, from, (size_t)(*at - from));
    name[*at - from] = '\0';
    if (is_quoted)
        take_byte(at, '>');
    return name;
}

static int64_t take_number(const char **at)
{
    int64_t number = 0;

    for (int digits = 0; digits < 3 && **at >= '0' && **at <= '9'; digits++)
        number = number * 10 + *(*at)++ - '0';
    return number;
}

/* `[+-]h[:mm[:ss]]` in seconds. */
static int64_t take_time(const char **at)
{
    bool is_negative = take_byte(at, '-');
    int64_t seconds;

    if (!is_negative)
        take_byte(at, '+');
    seconds = take_number(at) * HOUR_SECONDS;
    if (take_byte(at, ':'))
        seconds += take_number(at) * 60;
    if (take_byte(at, ':'))
        seconds += take_number(at);
    return is_negative ? -seconds : seconds;
}

/* `,Mm.w.d[/time]`: all that the zones of the world make use of. */
static bool take_yearly(const char **at, struct mob_yearly *yearly)
{
    if (!take_byte(at, ',') || !take_byte(at, 'M'))
        return false;
    yearly->month = (int)take_number(at);
    take_byte(at, '.');
    yearly->week = (int)take_number(at);
    take_byte(at, '.');
    yearly->weekday = (int)(take_number(at) + 6) % 7;
    yearly->time = take_byte(at, '/') ? take_time(at) : INT64_C(2) * HOUR_SECONDS;
    return yearly->month >= 1 && yearly->month <= 12 && yearly->week >= 1 && yearly->week <= 5;
}

/* POSIX counts offsets to the west. */
static int read_footer(struct mob_onsets *onsets, const char *at)
{
    struct mob_offset winter = { 0 }, summer = { .is_daylight = true };

    winter.name = take_name(&at, &onsets->arena);
    winter.seconds = -take_time(&at);
    if (!*at)
        return 0;
    summer.name = take_name(&at, &onsets->arena);
    summer.seconds = *at == ',' ? winter.seconds + HOUR_SECONDS : -take_time(&at);
    for (size_t i = 0; i < 2; i++) {
        if (!take_yearly(&at, &onsets->rules[i]))
            return -1;
        onsets->rules[i].from = i == 0 ? winter : summer;
        onsets->rules[i].to = i == 0 ? summer : winter;
    }
    onsets->rule_count = 2;
    return *at ? -1 : 0;
}

/* ---- the file: two parts, of which the second has the long times, then the footer ---- */

/* Big-endian, of two's complement. */
static int64_t read_number(const char *bytes, size_t size)
{
    int64_t number = (unsigned char)bytes[0];

    if (number >= 128)
        number -= 256;
    for (size_t i = 1; i < size; i++)
        number = number * 256 + (unsigned char)bytes[i];
    return number;
}

struct counts {
    int64_t universal, standard, leap, times, types, letters;
};

/* The counts of the part with which `bytes` begins; how long its data is, or -1. */
static int64_t read_counts(struct mob_text bytes, int64_t time_size, struct counts *counts)
{
    int64_t numbers[6];

    if (bytes.length < HEADER_SIZE || memcmp(bytes.bytes, "TZif", 4) != 0 || bytes.bytes[4] < '2')
        return -1;
    for (size_t i = 0; i < MOB_COUNT_OF(numbers); i++)
        if ((numbers[i] = read_number(bytes.bytes + COUNTS_AT + i * 4, 4)) < 0)
            return -1;
    *counts = (struct counts){ numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5] };
    return counts->times * (time_size + 1) + counts->types * TYPE_SIZE + counts->letters +
           counts->leap * (time_size + 4) + counts->standard + counts->universal;
}

static struct mob_text behind(struct mob_text bytes, size_t size)
{
    return (struct mob_text){ bytes.bytes + size, bytes.length - size };
}

/* The offsets of the file, copied; NULL where they are not whole. */
static struct mob_offset *read_offsets(struct mob_onsets *onsets, const char *types, const struct counts *counts)
{
    const char *letters = types + counts->types * TYPE_SIZE;
    struct mob_offset *offsets = mob_arena_take_array(&onsets->arena, (size_t)counts->types, sizeof *offsets);
    char *names = mob_arena_take(&onsets->arena, (size_t)counts->letters + 1);

    memcpy(names, letters, (size_t)counts->letters);
    names[counts->letters] = '\0';
    for (int64_t i = 0; i < counts->types; i++) {
        const char *type = types + i * TYPE_SIZE;

        if ((unsigned char)type[5] >= counts->letters)
            return NULL;
        offsets[i] = (struct mob_offset){ read_number(type, 4), type[4] != 0, names + (unsigned char)type[5] };
    }
    return offsets;
}

static int read_data(struct mob_onsets *onsets, const char *data, const struct counts *counts)
{
    const char *kinds = data + counts->times * TIME_SIZE;
    const struct mob_offset *offsets = read_offsets(onsets, kinds + counts->times, counts);

    if (!offsets)
        return -1;
    onsets->initial = offsets[0];
    for (int64_t i = 0; i < counts->times; i++) {
        if ((unsigned char)kinds[i] >= counts->types)
            return -1;
        add_onset(onsets, read_number(data + i * TIME_SIZE, TIME_SIZE), offsets[(unsigned char)kinds[i]]);
    }
    return 0;
}

/* The footer between its line ends; empty where it is not whole. */
static const char *footer_of(struct mob_text rest, struct mob_arena *arena)
{
    char *footer = mob_arena_take(arena, rest.length + 1);
    size_t length = 0;

    while (length + 1 < rest.length && rest.bytes[length + 1] != '\n') {
        footer[length] = rest.bytes[length + 1];
        length++;
    }
    footer[length] = '\0';
    return footer;
}

static int read_file(struct mob_onsets *onsets, struct mob_text bytes)
{
    struct counts counts;
    int64_t size = read_counts(bytes, 4, &counts);

    if (size < 0 || (size_t)size > bytes.length - HEADER_SIZE)
        return -1;
    bytes = behind(bytes, HEADER_SIZE + (size_t)size);
    size = read_counts(bytes, TIME_SIZE, &counts);
    if (size < 0 || (size_t)size > bytes.length - HEADER_SIZE || counts.types < 1 || counts.leap > 0 ||
        read_data(onsets, bytes.bytes + HEADER_SIZE, &counts) < 0)
        return -1;
    return read_footer(onsets, footer_of(behind(bytes, HEADER_SIZE + (size_t)size), &onsets->arena));
}

int mob_onsets_init(struct mob_onsets *onsets, struct mob_text bytes)
{
    int64_t last = MOB_INSTANT_FIRST;

    *onsets = (struct mob_onsets){ 0 };
    if (read_file(onsets, bytes) < 0) {
        mob_onsets_release(onsets);
        return -1;
    }
    if (onsets->count)
        last = onsets->items[onsets->count - 1].at / 60;
    /* The year of the last onset need not be whole; nor is it certain on which side of New Year that is. */
    onsets->until_year = mob_date_year(mob_instant_date(last)) - 2;
    mob_onsets_reach(onsets, onsets->until_year + 3);
    return 0;
}

void mob_onsets_release(struct mob_onsets *onsets)
{
    free(onsets->items);
    mob_arena_release(&onsets->arena);
}
