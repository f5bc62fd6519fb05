#include "site/site.h"

#include "io/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define IS_WANTED(loader, file) (((loader)->files >> (file)) & 1U)

/* ---- the files' columns (DATA.md, "Files") ---- */

struct hours_row {
    int64_t line;
    int64_t area;
    struct mob_text day;
    int64_t open, close;
};

struct closure_row {
    int64_t line;
    int64_t from, until;
    struct mob_text closes, reason;
};

struct coverage_row {
    int64_t line;
    struct mob_text vin, programme;
    int64_t from, until, max_km;
};

#define COLUMN(structure, member, name, type, presence) { name, type, presence, offsetof(structure, member), NULL }
#define WORDS(structure, member, name, presence, words)                                                               \
    { name, MOB_TYPE_WORD, presence, offsetof(structure, member), words }

static const struct mob_column hours_columns[] = {
    WORDS(struct hours_row, area, "area", MOB_NEEDED, mob_area_words),
    COLUMN(struct hours_row, day, "day", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct hours_row, open, "open", MOB_TYPE_TIME, MOB_NEEDED_EMPTY),
    COLUMN(struct hours_row, close, "close", MOB_TYPE_TIME, MOB_NEEDED_EMPTY),
};

static const struct mob_column closure_columns[] = {
    COLUMN(struct closure_row, from, "from", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    COLUMN(struct closure_row, until, "until", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    COLUMN(struct closure_row, closes, "closes", MOB_TYPE_CODES, MOB_USED),
    COLUMN(struct closure_row, reason, "reason", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
};

static const struct mob_column job_columns[] = {
    COLUMN(struct mob_job, job, "job", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct mob_job, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_job, labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    COLUMN(struct mob_job, explain_min, "explain_min", MOB_TYPE_NUMBER, MOB_NEEDED),
    WORDS(struct mob_job, pay_type, "pay_type", MOB_NEEDED, mob_pay_type_words),
};

static const struct mob_column coverage_columns[] = {
    COLUMN(struct coverage_row, vin, "vin", MOB_TYPE_TEXT, MOB_NEEDED),
    COLUMN(struct coverage_row, programme, "programme", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct coverage_row, from, "from", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    COLUMN(struct coverage_row, until, "until", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    COLUMN(struct coverage_row, max_km, "max_km", MOB_TYPE_NUMBER, MOB_USED),
};

static const struct mob_column programme_columns[] = {
    COLUMN(struct mob_programme, programme, "programme", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct mob_programme, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_programme, conditions, "conditions", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_programme, reminder, "reminder", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
};

static const struct mob_column benefit_columns[] = {
    COLUMN(struct mob_benefit, programme, "programme", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct mob_benefit, solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    WORDS(struct mob_benefit, pay_type, "pay_type", MOB_NEEDED_EMPTY, mob_pay_type_words),
    COLUMN(struct mob_benefit, min_labour_min, "min_labour_min", MOB_TYPE_NUMBER, MOB_USED),
    COLUMN(struct mob_benefit, free_days, "free_days", MOB_TYPE_NUMBER, MOB_USED),
    COLUMN(struct mob_benefit, free_amount_cents, "free_amount", MOB_TYPE_MONEY, MOB_USED),
    COLUMN(struct mob_benefit, cost_code, "cost_code", MOB_TYPE_TEXT, MOB_USED),
};

static const struct mob_column solution_columns[] = {
    COLUMN(struct mob_solution, solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct mob_solution, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_solution, family, "family", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_solution, rank, "rank", MOB_TYPE_NUMBER, MOB_NEEDED),
    COLUMN(struct mob_solution, price_day_cents, "price_day", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_solution, price_fixed_cents, "price_fixed", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_solution, currency, "currency", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_solution, notice, "notice", MOB_TYPE_NOTICE, MOB_USED),
    COLUMN(struct mob_solution, max_days, "max_days", MOB_TYPE_NUMBER, MOB_USED),
    WORDS(struct mob_solution, licence, "licence", MOB_USED, mob_yes_no_words),
    COLUMN(struct mob_solution, documents, "documents", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_solution, conditions, "conditions", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
};

static const struct mob_column leg_columns[] = {
    COLUMN(struct mob_leg, solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct mob_leg, pool, "pool", MOB_TYPE_CODE, MOB_NEEDED),
    WORDS(struct mob_leg, span, "span", MOB_NEEDED, mob_span_words),
    COLUMN(struct mob_leg, minutes, "minutes", MOB_TYPE_NUMBER, MOB_USED),
};

static const struct mob_column fleet_columns[] = {
    COLUMN(struct mob_resource, resource, "resource", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct mob_resource, pool, "pool", MOB_TYPE_CODE, MOB_NEEDED),
    COLUMN(struct mob_resource, label, "label", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    COLUMN(struct mob_resource, status, "status", MOB_TYPE_TEXT, MOB_USED),
    COLUMN(struct mob_resource, from, "from", MOB_TYPE_DATE, MOB_USED),
    COLUMN(struct mob_resource, until, "until", MOB_TYPE_DATE, MOB_USED),
    COLUMN(struct mob_resource, before_min, "before_min", MOB_TYPE_NUMBER, MOB_USED),
    COLUMN(struct mob_resource, after_min, "after_min", MOB_TYPE_NUMBER, MOB_USED),
    COLUMN(struct mob_resource, late_days, "late_days", MOB_TYPE_NUMBER, MOB_USED),
};

/* ---- loading ---- */

struct loader {
    struct mob_site *site;
    unsigned files;
    struct mob_policy *policy;
    struct mob_coverage *coverage;
    const char *path; /* of the file that is read */
    struct mob_error *error;
};

/* A file's description; `check` (may be NULL) looks at each row as it comes. Every row struct begins with its line. */
struct file {
    enum mob_site_file file;
    const struct mob_column *columns;
    size_t column_count;
    size_t row_size;
    bool is_optional;
    int (*check)(struct loader *loader, void *row);
};

/* Reports a fault: -1 ends the load, 0 goes on to the next. */
__attribute__((format(printf, 4, 5))) static int fault(struct loader *loader, int64_t line, const char *column,
                                                       const char *format, ...)
{
    struct mob_error found = { 0 };
    char message[sizeof found.message];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    mob_error_set(&found, MOB_ERROR_FATAL, loader->path, (uint64_t)line, column, "%s", message);
    if (loader->site->faults)
        return loader->site->faults->take(loader->site->faults->context, &found);
    if (loader->error->kind == MOB_ERROR_NONE)
        *loader->error = found;
    return -1;
}

/* The same for an error that a lower floor has filled. */
static int pass_fault(struct loader *loader, struct mob_error *found)
{
    found->kind = MOB_ERROR_FATAL;
    if (loader->site->faults)
        return loader->site->faults->take(loader->site->faults->context, found);
    if (loader->error->kind == MOB_ERROR_NONE)
        *loader->error = *found;
    return -1;
}

const char *mob_site_path(struct mob_site *site, enum mob_site_file file)
{
    static const char *const names[MOB_SITE_FILE_COUNT] = {
        "hours.csv",    "solutions.csv",  "fleet.csv",    "legs.csv",     "jobs.csv",
        "closures.csv", "programmes.csv", "benefits.csv", "coverage.csv", "calendar.csv",
    };
    struct mob_buffer path = { 0 };

    if (site->paths[file])
        return site->paths[file];
    if (strcmp(site->directory, ".") != 0) {
        mob_buffer_add(&path, mob_text_of(site->directory));
        if (path.bytes[path.length - 1] != '/')
            mob_buffer_add_byte(&path, '/');
    }
    mob_buffer_add(&path, mob_text_of(names[file]));
    site->paths[file] = mob_text_copy(&site->arena, mob_buffer_since(&path, 0)).bytes;
    mob_buffer_release(&path);
    return site->paths[file];
}

/* Opens the file that `loader->path` names: 1, 0 where it is optional and absent, -1 after a fault. */
static int open_file(struct loader *loader, bool is_optional, int *descriptor)
{
    *descriptor = open(loader->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*descriptor >= 0)
        return 1;
    if (is_optional && errno == ENOENT)
        return 0;
    fault(loader, 0, NULL, "cannot open: %s", strerror(errno));
    return -1;
}

/* Reads one record into `row`, its line first. 1, or 0 where it is faulty and the load goes on, or -1. */
static int read_row(struct loader *loader, const struct mob_binding *binding, const struct mob_record *record, void *row)
{
    struct mob_error found = { 0 };
    int result = 1;

    *(int64_t *)row = (int64_t)record->line;
    if (mob_table_check_width(binding, record, &found) < 0)
        return pass_fault(loader, &found);
    for (size_t i = 0; i < binding->column_count; i++)
        if (mob_table_read_column(binding, i, record, row, &loader->policy->arena, &found) < 0) {
            if (pass_fault(loader, &found) < 0)
                return -1;
            found = (struct mob_error){ 0 };
            result = 0;
        }
    return result;
}

/* Reads a whole file into an array in the policy's arena; with an absent optional file it has no rows. */
static int load_file(struct loader *loader, const struct file *file, void **rows, size_t *row_count)
{
    char *array = NULL;
    size_t capacity = 0, count = 0;
    struct mob_binding binding = { 0 };
    struct mob_record record;
    struct mob_error found = { 0 };
    struct mob_csv *csv;
    int descriptor, got, result;

    *row_count = 0;
    loader->path = mob_site_path(loader->site, file->file);
    result = open_file(loader, file->is_optional, &descriptor);
    if (result <= 0)
        return result;
    csv = mob_csv_open(descriptor, loader->path, NULL, NULL);
    result = got = mob_csv_read(csv, &record, &found);
    if (got > 0)
        result = got = mob_table_bind(&binding, file->columns, file->column_count, &record, loader->path, &found);
    while (got >= 0 && (got = mob_csv_read(csv, &record, &found)) > 0) {
        array = mob_memory_grow(array, &capacity, count + 1, file->row_size);
        result = read_row(loader, &binding, &record, array + count * file->row_size);
        if (result > 0 && file->check)
            result = file->check(loader, array + count * file->row_size) < 0 ? -1 : 1;
        if (result < 0)
            break;
        count += (size_t)result;
    }
    if (got < 0)
        result = pass_fault(loader, &found);
    *rows = mob_arena_take_array(&loader->policy->arena, count, file->row_size);
    if (count)
        memcpy(*rows, array, count * file->row_size);
    *row_count = count;
    free(array);
    mob_table_release(&binding);
    mob_csv_close(csv);
    close(descriptor);
    return result < 0 ? -1 : 0;
}

/* Puts the codes of a file's first text column into an index; a code twice is a fault. */
static int index_codes(struct loader *loader, struct mob_index *index, const char *rows, size_t count,
                       const struct file *file)
{
    for (size_t i = 0; i < count; i++) {
        const char *row = rows + i * file->row_size;
        struct mob_text code = *(const struct mob_text *)(row + file->columns[0].offset);
        size_t earlier = mob_index_find(index, code);

        if (earlier != MOB_INDEX_NONE) {
            if (fault(loader, *(const int64_t *)row, file->columns[0].name, "%s stands already on line %lld",
                      mob_quote(code).text, (long long)*(const int64_t *)(rows + earlier * file->row_size)) < 0)
                return -1;
            continue;
        }
        mob_index_put(index, code, i);
    }
    return 0;
}

/* A range of dates whose first comes after its last. */
static int check_range(struct loader *loader, int64_t line, int64_t from, int64_t until)
{
    char text[MOB_DATE_SIZE];

    if (from == MOB_ABSENT || until == MOB_ABSENT || from <= until)
        return 0;
    mob_date_print(from, text);
    return fault(loader, line, "until", "is before `from`, %s", text);
}

/* ---- hours and closures ---- */

struct day_key {
    int64_t area;
    int64_t day; /* a weekday from 0 (Monday), or a date */
    bool is_date;
    const struct hours_row *row;
};

static int check_hours_row(struct loader *loader, void *data)
{
    const struct hours_row *row = data;

    if (row->open == MOB_ABSENT && row->close == MOB_ABSENT)
        return 0;
    if (row->open == MOB_ABSENT || row->open == MOB_DAY_MIN)
        return fault(loader, row->line, "open", "%s", row->open == MOB_ABSENT
                                                         ? "is empty where `close` is not"
                                                         : "'24:00' is a closing time only");
    if (row->close == MOB_ABSENT)
        return fault(loader, row->line, "close", "is empty where `open` is not");
    if (row->open >= row->close)
        return fault(loader, row->line, "close", "is not after `open`");
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

static int read_day(struct loader *loader, const struct hours_row *row, struct day_key *key)
{
    static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

    *key = (struct day_key){ row->area, 0, false, row };
    for (; key->day < 7; key->day++)
        if (mob_text_is(row->day, mob_text_of(weekdays[key->day])))
            return 1;
    key->is_date = true;
    if (mob_date_parse(row->day, &key->day) == 0)
        return 1;
    return fault(loader, row->line, "day", "%s is not one of: mon, tue, wed, thu, fri, sat, sun, nor a date (2026-11-30)",
                 mob_quote(row->day).text);
}

/* One day's rows, sorted by opening, become its open intervals. */
static int merge_day(struct loader *loader, const struct day_key *keys, size_t count, struct mob_day_hours *day)
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
            if (fault(loader, row->line, "open", "is empty, so the day is shut, but it has other rows") < 0)
                return -1;
        } else if (last && row->open < last->until) {
            const struct hours_row *later = row->line > keys[i - 1].row->line ? row : keys[i - 1].row;

            if (fault(loader, later->line, "open", "overlaps other hours of that day (line %lld)",
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
static int make_days(struct loader *loader, struct day_key *keys, size_t count)
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
        if (merge_day(loader, key, next - first,
                      key->is_date ? &hours->dates[key->area][hours->date_count[key->area]++]
                                   : &hours->week[key->area][key->day]) < 0)
            return -1;
    }
    return 0;
}

static int load_hours(struct loader *loader)
{
    static const struct file file = { MOB_SITE_HOURS, hours_columns,  COUNT_OF(hours_columns),
                                      sizeof(struct hours_row), false, check_hours_row };
    struct mob_hours *hours = &loader->policy->hours;
    struct hours_row *rows;
    struct day_key *keys;
    size_t count, key_count = 0;
    int result = 0;

    if (load_file(loader, &file, (void **)&rows, &count) < 0)
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
            result = fault(loader, 0, "area", "has no row for %s", mob_area_words[area]);
    return result < 0 ? -1 : 0;
}

static int check_closure_row(struct loader *loader, void *data)
{
    const struct closure_row *row = data;

    return check_range(loader, row->line, row->from, row->until);
}

/* The uses that a closure names, as bits; 0 = it names nothing. */
static int read_closes(struct loader *loader, const struct closure_row *row, unsigned *uses)
{
    static const char *const words[] = { "departure", "return", "workshop", "prep" };
    struct mob_text list = row->closes, item;

    *uses = 0;
    while (mob_text_next(&list, &item)) {
        unsigned use = 0;

        for (unsigned i = 0; i < COUNT_OF(words); i++)
            if (mob_text_is(item, mob_text_of(words[i])))
                use = 1U << i;
        if (!use)
            return fault(loader, row->line, "closes", "%s is not one of: departure, return, workshop, prep",
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

static int load_closures(struct loader *loader)
{
    static const struct file file = { MOB_SITE_CLOSURES, closure_columns, COUNT_OF(closure_columns),
                                      sizeof(struct closure_row), true, check_closure_row };
    struct closure_row *rows;
    struct closure_edge *edges;
    size_t count, edge_count = 0;
    int result = 0;

    if (load_file(loader, &file, (void **)&rows, &count) < 0)
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

/* ---- the other files ---- */

static int load_jobs(struct loader *loader)
{
    static const struct file file = { MOB_SITE_JOBS, job_columns, COUNT_OF(job_columns), sizeof(struct mob_job),
                                      true, NULL };
    struct mob_policy *policy = loader->policy;

    if (load_file(loader, &file, (void **)&policy->jobs, &policy->job_count) < 0)
        return -1;
    return index_codes(loader, &policy->job_index, (const char *)policy->jobs, policy->job_count, &file);
}

static int check_programme_row(struct loader *loader, void *data)
{
    const struct mob_programme *row = data;
    struct mob_text rest = row->reminder, literal;
    enum mob_reminder_part part;

    while (mob_reminder_next(&rest, &part, &literal))
        if (part == MOB_REMINDER_UNKNOWN)
            return fault(loader, row->line, "reminder",
                         "%s is not one of: {label}, {solution}, {days}, {value}, {until}, {{ or }}",
                         mob_quote(literal).text);
    return 0;
}

static int load_programmes(struct loader *loader)
{
    static const struct file file = { MOB_SITE_PROGRAMMES, programme_columns, COUNT_OF(programme_columns),
                                      sizeof(struct mob_programme), true, check_programme_row };
    struct mob_policy *policy = loader->policy;

    if (load_file(loader, &file, (void **)&policy->programmes, &policy->programme_count) < 0)
        return -1;
    return index_codes(loader, &policy->programme_index, (const char *)policy->programmes, policy->programme_count,
                       &file);
}

static int compare_rank(const void *one, const void *other)
{
    const struct mob_solution *a = *(const struct mob_solution *const *)one;
    const struct mob_solution *b = *(const struct mob_solution *const *)other;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static int load_solutions(struct loader *loader)
{
    static const struct file file = { MOB_SITE_SOLUTIONS, solution_columns, COUNT_OF(solution_columns),
                                      sizeof(struct mob_solution), false, NULL };
    struct mob_policy *policy = loader->policy;

    if (load_file(loader, &file, (void **)&policy->solutions, &policy->solution_count) < 0)
        return -1;
    policy->catalogue =
        mob_arena_take_array(&policy->arena, policy->solution_count, sizeof *policy->catalogue);
    for (size_t i = 0; i < policy->solution_count; i++) {
        struct mob_solution *solution = &policy->solutions[i];

        solution->legs = NULL;
        solution->leg_count = 0;
        solution->first_benefit = MOB_INDEX_NONE;
        policy->catalogue[i] = solution;
        if (!mob_text_is(solution->currency, policy->solutions[0].currency) &&
            fault(loader, solution->line, "currency", "%s differs from %s on line %lld: one currency per file",
                  mob_quote(solution->currency).text, mob_quote(policy->solutions[0].currency).text,
                  (long long)policy->solutions[0].line) < 0)
            return -1;
    }
    if (policy->solution_count)
        qsort(policy->catalogue, policy->solution_count, sizeof *policy->catalogue, compare_rank);
    return index_codes(loader, &policy->solution_index, (const char *)policy->solutions, policy->solution_count,
                       &file);
}

static int dangling(struct loader *loader, int64_t line, const char *column, struct mob_text code, const char *file)
{
    return fault(loader, line, column, "%s is not in %s", mob_quote(code).text, file);
}

static int load_benefits(struct loader *loader)
{
    static const struct file file = { MOB_SITE_BENEFITS, benefit_columns, COUNT_OF(benefit_columns),
                                      sizeof(struct mob_benefit), true, NULL };
    struct mob_policy *policy = loader->policy;

    if (load_file(loader, &file, (void **)&policy->benefits, &policy->benefit_count) < 0)
        return -1;
    /* From the last to the first, so that each solution's list is in file order. */
    for (size_t i = policy->benefit_count; i-- > 0;) {
        struct mob_benefit *benefit = &policy->benefits[i];
        size_t solution = mob_index_find(&policy->solution_index, benefit->solution);

        benefit->programme_number = mob_index_find(&policy->programme_index, benefit->programme);
        if (benefit->programme_number == MOB_INDEX_NONE &&
            dangling(loader, benefit->line, "programme", benefit->programme, "programmes.csv") < 0)
            return -1;
        if (solution == MOB_INDEX_NONE) {
            if (dangling(loader, benefit->line, "solution", benefit->solution, "solutions.csv") < 0)
                return -1;
            continue;
        }
        benefit->next = policy->solutions[solution].first_benefit;
        policy->solutions[solution].first_benefit = i;
    }
    return 0;
}

static int check_leg_row(struct loader *loader, void *data)
{
    const struct mob_leg *row = data;

    if (row->span == MOB_SPAN_STAY && row->minutes != MOB_ABSENT)
        return fault(loader, row->line, "minutes", "is given where `span` is stay");
    if (row->minutes == 0)
        return fault(loader, row->line, "minutes", "'0' is not at least 1");
    return 0;
}

static int load_legs(struct loader *loader)
{
    static const struct file file = { MOB_SITE_LEGS, leg_columns, COUNT_OF(leg_columns), sizeof(struct mob_leg), true,
                                      check_leg_row };
    struct mob_policy *policy = loader->policy;
    const struct mob_leg **sorted;
    size_t used = 0;

    if (load_file(loader, &file, (void **)&policy->legs, &policy->leg_count) < 0)
        return -1;
    for (size_t i = 0; i < policy->leg_count; i++) {
        size_t solution = mob_index_find(&policy->solution_index, policy->legs[i].solution);

        if (solution != MOB_INDEX_NONE)
            policy->solutions[solution].leg_count++;
        else if (dangling(loader, policy->legs[i].line, "solution", policy->legs[i].solution, "solutions.csv") < 0)
            return -1;
    }
    sorted = mob_arena_take_array(&policy->arena, policy->leg_count, sizeof *sorted);
    for (size_t i = 0; i < policy->solution_count; i++) {
        policy->solutions[i].legs = sorted + used;
        used += policy->solutions[i].leg_count;
        policy->solutions[i].leg_count = 0;
    }
    for (size_t i = 0; i < policy->leg_count; i++) {
        size_t number = mob_index_find(&policy->solution_index, policy->legs[i].solution);

        if (number != MOB_INDEX_NONE) {
            struct mob_solution *solution = &policy->solutions[number];

            solution->legs[solution->leg_count++] = &policy->legs[i];
        }
    }
    return 0;
}

static int check_fleet_row(struct loader *loader, void *data)
{
    enum {
        LATE_DAYS = 7
    };
    struct mob_resource *row = data;

    if (row->before_min == MOB_ABSENT)
        row->before_min = 0;
    if (row->after_min == MOB_ABSENT)
        row->after_min = 0;
    if (row->late_days == MOB_ABSENT)
        row->late_days = LATE_DAYS;
    return check_range(loader, row->line, row->from, row->until);
}

/* Lists the members of each pool. */
static void make_pools(struct mob_policy *policy)
{
    size_t *numbers = mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *numbers);
    size_t *members = mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *members);

    policy->pool_sizes = mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *policy->pool_sizes);
    policy->pool_members =
        mob_arena_take_array(&policy->arena, policy->resource_count, sizeof *policy->pool_members);
    for (size_t i = 0; i < policy->resource_count; i++) {
        numbers[i] = mob_index_find(&policy->pool_index, policy->fleet[i].pool);
        if (numbers[i] == MOB_INDEX_NONE) {
            numbers[i] = policy->pool_count++;
            mob_index_put(&policy->pool_index, policy->fleet[i].pool, numbers[i]);
        }
        policy->pool_sizes[numbers[i]]++;
    }
    for (size_t pool = 0; pool < policy->pool_count; pool++) {
        policy->pool_members[pool] = members;
        members += policy->pool_sizes[pool];
        policy->pool_sizes[pool] = 0;
    }
    for (size_t i = 0; i < policy->resource_count; i++)
        policy->pool_members[numbers[i]][policy->pool_sizes[numbers[i]]++] = i;
}

static int load_fleet(struct loader *loader)
{
    static const struct file file = { MOB_SITE_FLEET, fleet_columns, COUNT_OF(fleet_columns),
                                      sizeof(struct mob_resource), false, check_fleet_row };
    struct mob_policy *policy = loader->policy;

    if (load_file(loader, &file, (void **)&policy->fleet, &policy->resource_count) < 0)
        return -1;
    make_pools(policy);
    return index_codes(loader, &policy->resource_index, (const char *)policy->fleet, policy->resource_count, &file);
}

/* ---- coverage: soft, and held row by row ---- */

static int read_coverage(const struct mob_policy *policy, const struct mob_binding *binding,
                         const struct mob_record *record, struct coverage_row *row, struct mob_error *found)
{
    if (mob_table_check_width(binding, record, found) < 0 || mob_table_read(binding, record, row, NULL, found) < 0)
        return -1;
    if (mob_index_find(&policy->programme_index, row->programme) == MOB_INDEX_NONE)
        return mob_error_set(found, MOB_ERROR_ROW, binding->file, record->line, "programme",
                             "%s is not in programmes.csv", mob_quote(row->programme).text);
    if (row->from != MOB_ABSENT && row->until != MOB_ABSENT && row->from > row->until)
        return mob_error_set(found, MOB_ERROR_ROW, binding->file, record->line, "until", "is before `from`");
    return 0;
}

static void take_coverage(struct loader *loader, const struct mob_binding *binding, const struct mob_record *record)
{
    struct mob_coverage_row held = { .programme = MOB_COVERAGE_FAULTY, .max_km = (uint32_t)record->line };
    struct mob_error found = { 0 };
    struct coverage_row row;

    if (read_coverage(loader->policy, binding, record, &row, &found) < 0) {
        size_t vin = binding->cells[0];

        found.kind = MOB_ERROR_WARNING;
        if (loader->site->warnings)
            loader->site->warnings->take(loader->site->warnings->context, &found);
        if (vin < record->cell_count && record->cells[vin].length)
            mob_coverage_add(loader->coverage, record->cells[vin], held);
        return;
    }
    held.programme = (uint32_t)mob_index_find(&loader->policy->programme_index, row.programme);
    held.from = row.from == MOB_ABSENT ? INT32_MIN : (int32_t)row.from;
    held.until = row.until == MOB_ABSENT ? INT32_MAX : (int32_t)row.until;
    held.max_km = row.max_km == MOB_ABSENT ? MOB_COVERAGE_NO_LIMIT : (uint32_t)row.max_km;
    mob_coverage_add(loader->coverage, row.vin, held);
}

static int load_coverage(struct loader *loader)
{
    struct mob_binding binding = { 0 };
    struct mob_record record;
    struct mob_error found = { 0 };
    struct mob_csv *csv;
    int descriptor, got;

    loader->path = mob_site_path(loader->site, MOB_SITE_COVERAGE);
    got = open_file(loader, true, &descriptor);
    if (got <= 0)
        return got;
    csv = mob_csv_open(descriptor, loader->path, NULL, NULL);
    got = mob_csv_read(csv, &record, &found);
    if (got > 0)
        got = mob_table_bind(&binding, coverage_columns, COUNT_OF(coverage_columns), &record, loader->path, &found);
    while (got >= 0 && (got = mob_csv_read(csv, &record, &found)) > 0)
        take_coverage(loader, &binding, &record);
    if (got < 0)
        got = pass_fault(loader, &found);
    mob_table_release(&binding);
    mob_csv_close(csv);
    close(descriptor);
    return got < 0 ? -1 : 0;
}

/* ---- the whole site ---- */

int mob_site_load(struct mob_site *site, unsigned files, struct mob_policy *policy, struct mob_coverage *coverage,
                  struct mob_error *error)
{
    /* A file stands behind those that it refers to. */
    static const struct {
        enum mob_site_file file;
        int (*load)(struct loader *loader);
    } steps[] = {
        { MOB_SITE_HOURS, load_hours },           { MOB_SITE_CLOSURES, load_closures },
        { MOB_SITE_JOBS, load_jobs },             { MOB_SITE_PROGRAMMES, load_programmes },
        { MOB_SITE_SOLUTIONS, load_solutions },   { MOB_SITE_BENEFITS, load_benefits },
        { MOB_SITE_FLEET, load_fleet },           { MOB_SITE_LEGS, load_legs },
        { MOB_SITE_COVERAGE, load_coverage },
    };
    struct loader loader = { site, files, policy, coverage, NULL, error };

    *policy = (struct mob_policy){ 0 };
    if (coverage)
        *coverage = (struct mob_coverage){ 0 };
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (IS_WANTED(&loader, steps[i].file) && steps[i].load(&loader) < 0) {
            mob_policy_release(policy);
            if (coverage)
                mob_coverage_release(coverage);
            return -1;
        }
    return 0;
}

void mob_site_release(struct mob_site *site)
{
    mob_arena_release(&site->arena);
}
