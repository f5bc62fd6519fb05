/* mob-ics: bookings as iCalendar, an appointment to send or a feed to subscribe to. (REPORTS.md; S13, S14) */
#include "io/zoneinfo.h"
#include "rule/price.h"
#include "site/site.h"
#include "tool/filter.h"
#include "view/event.h"

#include <stdlib.h>

static struct mob_run run;
static struct mob_site site;
static const char *domain = "mob", *zone;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_STRICT(run),
    MOB_OPTION_REJECTS(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    MOB_OPTION_FILE("solutions", site.paths[MOB_SITE_SOLUTIONS]),
    MOB_OPTION_FILE("programmes", site.paths[MOB_SITE_PROGRAMMES]),
    { 0, "domain", "NAME", "what stands behind the @ of each UID (default mob)", MOB_OPTION_TEXT, &domain, 0, 0 },
    { 0, "tz", "ZONE", "the site's time zone (Europe/Paris); without it times float", MOB_OPTION_TEXT, &zone, 0, 0 },
};

static const struct mob_command command = {
    "mob-ics", "Writes bookings as iCalendar events.", "[file]", option_table, MOB_COUNT_OF(option_table), false
};

struct row {
    struct mob_text result, request, customer, solution, resource, programme;
    int64_t status, entry, out, back, recorded;
    uint64_t line;
    bool is_out; /* it was rejected, or a higher entry of its request counts */
};

#define READ(member, name, type, presence)                       \
    {                                                            \
        name, type, presence, offsetof(struct row, member), NULL \
    }

/* The first two tell whether the others are looked at, the next two which row of a request counts. */
enum { RESULT, STATUS };

static const struct mob_column read_columns[] = {
    READ(result, "result", MOB_TYPE_TEXT, MOB_USED),
    { "status", MOB_TYPE_WORD, MOB_NEEDED_EMPTY, offsetof(struct row, status), mob_status_words },
    READ(request, "request", MOB_TYPE_CODE, MOB_NEEDED),
    READ(entry, "entry", MOB_TYPE_NUMBER, MOB_NEEDED),
    READ(customer, "customer", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    READ(solution, "solution", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    READ(out, "out", MOB_TYPE_INSTANT, MOB_NEEDED),
    READ(back, "back", MOB_TYPE_INSTANT, MOB_NEEDED),
    READ(resource, "resource", MOB_TYPE_CODES, MOB_USED),
    READ(recorded, "recorded", MOB_TYPE_STAMP, MOB_USED),
    READ(programme, "programme", MOB_TYPE_TEXT, MOB_USED),
};

static const struct mob_filter_columns columns = { read_columns, MOB_COUNT_OF(read_columns), NULL, 0, 0 };

struct bookings {
    struct mob_policy policy;
    struct mob_filter filter;
    struct mob_arena arena; /* of the rows' texts */
    struct row *rows;
    size_t count, capacity;
    struct mob_index highest; /* request to the row that counts */
    int64_t now;              /* UTC, in seconds */
};

/* ---- reading ---- */

/* Whether a row tells of an appointment at all: 1, 0, or -1 with an error of kind ROW. */
static int is_appointment(const struct mob_filter *filter, const struct mob_record *record, struct mob_error *error)
{
    struct row row;

    mob_table_read_column(&filter->binding, RESULT, record, &row, NULL, error);
    if (mob_text_is(row.result, MOB_TEXT("conflict")) || mob_text_is(row.result, MOB_TEXT("rejected")))
        return 0;
    if (mob_table_read_column(&filter->binding, STATUS, record, &row, NULL, error) < 0)
        return -1;
    return row.status != MOB_ABSENT && row.status != MOB_STATUS_BLOCKED;
}

static int read_row(struct bookings *bookings, const struct mob_record *record, struct row *row,
                    struct mob_error *error)
{
    struct mob_print out, back;

    row->line = record->line;
    if (mob_table_read(&bookings->filter.binding, record, row, &bookings->arena, error) < 0)
        return -1;
    if (!mob_event_is_printable(row->request))
        return mob_error_set(error, MOB_ERROR_ROW, run.input, record->line, "request", "%s is not printable UTF-8",
                             mob_quote(row->request).text);
    if (row->back < row->out)
        return mob_error_set(error, MOB_ERROR_ROW, run.input, record->line, "back", "%s is before out, %s",
                             mob_print_instant(&back, row->back).bytes, mob_print_instant(&out, row->out).bytes);
    return 0;
}

/* Of a request the highest entry counts: where that row was rejected, an older one is no answer either. */
static void settle(struct bookings *bookings, size_t number)
{
    struct row *row = &bookings->rows[number];
    size_t other = mob_index_find(&bookings->highest, row->request);

    if (row->entry == MOB_ABSENT)
        return; /* rejected before it could be told whose it is */
    if (other != MOB_INDEX_NONE && bookings->rows[other].entry >= row->entry) {
        row->is_out = true;
        return;
    }
    if (other != MOB_INDEX_NONE)
        bookings->rows[other].is_out = true;
    mob_index_put(&bookings->highest, row->request, number);
}

static int take(struct bookings *bookings, const struct mob_record *record, struct mob_error *error)
{
    struct mob_error why = { 0 };
    int answer = is_appointment(&bookings->filter, record, &why);
    struct row *row;

    if (answer == 0)
        return 0;
    if (answer < 0) {
        answer = mob_filter_reject(&bookings->filter, record, &why);
        if (answer < 0)
            *error = why;
        return answer;
    }
    bookings->rows = mob_memory_grow(bookings->rows, &bookings->capacity, bookings->count + 1, sizeof *bookings->rows);
    row = &bookings->rows[bookings->count];
    *row = (struct row){ .entry = MOB_ABSENT };
    if (read_row(bookings, record, row, &why) < 0) {
        row->is_out = true;
        if (mob_filter_reject(&bookings->filter, record, &why) < 0) {
            *error = why;
            return -1;
        }
    }
    settle(bookings, bookings->count++);
    return 0;
}

static int read_all(struct bookings *bookings, struct mob_error *error)
{
    struct mob_record record;
    int got = mob_filter_begin(&bookings->filter, &run, &columns, error);

    while (got >= 0 && (got = mob_filter_next(&bookings->filter, &record, false, error)) > 0)
        got = take(bookings, &record, error);
    return got;
}

/* ---- writing ---- */

static void add_event(const struct bookings *bookings, struct mob_feed *feed, const struct row *row)
{
    const struct mob_policy *policy = &bookings->policy;
    const struct mob_solution *solution = mob_policy_solution(policy, row->solution);
    struct mob_buffer conditions = { 0 };
    struct mob_event event = { .request = row->request,
                               .entry = row->entry,
                               .status = (enum mob_status)row->status,
                               .stamp = row->recorded == MOB_ABSENT ? bookings->now : row->recorded,
                               .out = row->out,
                               .back = row->back,
                               .customer = row->customer,
                               .resource = row->resource };

    if (solution) {
        event.label = solution->label;
        event.documents = solution->documents;
    } else if (row->solution.length) {
        mob_sink_warn(&run.warnings, run.input, row->line, "solution",
                      "%s is not in solutions.csv: the event has neither label nor documents",
                      mob_quote(row->solution).text);
    }
    mob_price_add_conditions(&conditions, solution, mob_policy_programme(policy, row->programme));
    event.conditions = mob_buffer_since(&conditions, 0);
    mob_feed_add(feed, &event);
    mob_buffer_release(&conditions);
}

static void write_feed(struct bookings *bookings, struct mob_feed *feed)
{
    struct mob_buffer text = { 0 };

    for (size_t i = 0; i < bookings->count; i++)
        if (!bookings->rows[i].is_out)
            add_event(bookings, feed, &bookings->rows[i]);
    mob_feed_print(feed, &text);
    mob_writer_bytes(&bookings->filter.out, mob_buffer_since(&text, 0));
    mob_buffer_release(&text);
}

static void convert(struct bookings *bookings, struct mob_feed *feed, struct mob_error *error)
{
    /* Nothing is written before all has been read: half a calendar could be taken for a whole one. */
    if (read_all(bookings, error) == 0)
        write_feed(bookings, feed);
    mob_filter_end(&bookings->filter, error);
    mob_index_release(&bookings->highest);
    mob_arena_release(&bookings->arena);
    free(bookings->rows);
}

static int begin_feed(struct mob_feed *feed, struct mob_error *error)
{
    struct mob_text name = mob_text_of(domain);
    struct mob_buffer file = { 0 };
    int answer;

    if (!mob_text_is_code(name) || !mob_event_is_printable(name))
        return mob_error_say(error, MOB_ERROR_FATAL, "--domain: %s is not a name without blanks (garage.example)",
                             mob_quote(name).text);
    if (zone && mob_zoneinfo_read(mob_text_of(zone), &file) < 0)
        file.length = 0;
    answer = mob_feed_init(feed, name, zone, mob_buffer_since(&file, 0), error);
    mob_buffer_release(&file);
    return answer;
}

int main(int argc, char **argv)
{
    const unsigned files = 1U << MOB_SITE_SOLUTIONS | 1U << MOB_SITE_PROGRAMMES;
    struct mob_error error = { 0 };
    struct bookings bookings = { 0 };
    struct mob_feed feed;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (begin_feed(&feed, &error) < 0)
        return mob_run_end(&run, &error);
    if (mob_run_now_utc(&run, &bookings.now, &error) == 0 &&
        mob_site_load(&site, files, &bookings.policy, NULL, &error) == 0) {
        convert(&bookings, &feed, &error);
        mob_policy_release(&bookings.policy);
    }
    mob_feed_release(&feed);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
