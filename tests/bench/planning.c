/* planning --bookings PATH [FILE]: is the resource of each interval free? What rule/planning, which decides it for all
 * tools, costs from file to file. Reads fleet.csv of the site, and bookings of `booking,resource,from,until`. */
#include "rule/planning.h"
#include "site/site.h"
#include "tool/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static struct mob_run run;
static struct mob_site site;
static const char *bookings_path = "bookings.csv";

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_STRICT(run),
    MOB_OPTION_REJECTS(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_FILE("bookings", bookings_path),
};

static const struct mob_command command = {
    "planning", "Tells whether each interval is free.", "[file]", option_table, MOB_COUNT_OF(option_table), false
};

struct use {
    struct mob_text key, resource;
    int64_t from, until;
};

#define READ(member, name, type)                                   \
    {                                                              \
        name, type, MOB_NEEDED, offsetof(struct use, member), NULL \
    }

static const struct mob_column booking_columns[] = {
    READ(key, "booking", MOB_TYPE_CODE),
    READ(resource, "resource", MOB_TYPE_CODE),
    READ(from, "from", MOB_TYPE_INSTANT),
    READ(until, "until", MOB_TYPE_INSTANT),
};

static const struct mob_column interval_columns[] = {
    READ(resource, "resource", MOB_TYPE_CODE),
    READ(from, "from", MOB_TYPE_INSTANT),
    READ(until, "until", MOB_TYPE_INSTANT),
};

static const char *const written[] = { "free" };

static const struct mob_filter_columns columns = { interval_columns, MOB_COUNT_OF(interval_columns), written, 1, 1 };

struct deciding {
    struct mob_policy policy;
    struct mob_planning planning;
};

static void add_booking(const struct use *use, struct mob_arena *arena, struct mob_calendar *calendar)
{
    struct mob_booking_row *row = mob_arena_take_array(arena, 1, sizeof *row);
    struct mob_entry entry = { .number = (int64_t)calendar->count + 1,
                               .status = MOB_STATUS_BOOKED,
                               .request = use->key,
                               .expires = MOB_ABSENT,
                               .back = use->until,
                               .rows = row,
                               .row_count = 1 };

    *row = (struct mob_booking_row){ MOB_SPAN_STAY, use->resource, use->from, use->until, 0 };
    mob_calendar_add(calendar, &entry);
}

static int read_bookings(struct mob_arena *arena, struct mob_calendar *calendar, struct mob_error *error)
{
    int descriptor = open(bookings_path, O_RDONLY | O_CLOEXEC), got;
    struct mob_csv *csv;
    struct mob_binding binding = { 0 };
    struct mob_record record;
    struct use use;

    if (descriptor < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, bookings_path, 0, NULL, "cannot read: %s", strerror(errno));
    csv = mob_csv_open(descriptor, bookings_path, NULL, NULL);
    got = mob_table_read_header(&binding, booking_columns, MOB_COUNT_OF(booking_columns), csv, &record, bookings_path,
                                error);
    while (got > 0 && (got = mob_csv_read(csv, &record, error)) > 0) {
        if (mob_table_check_width(&binding, &record, error) < 0 ||
            mob_table_read(&binding, &record, &use, arena, error) < 0)
            got = -1;
        else
            add_booking(&use, arena, calendar);
    }
    error->kind = got < 0 ? MOB_ERROR_FATAL : MOB_ERROR_NONE;
    mob_table_release(&binding);
    mob_csv_close(csv);
    close(descriptor);
    return got;
}

static int decide_row(struct mob_filter *filter, void *context, const struct mob_record *record,
                      struct mob_error *error)
{
    struct deciding *deciding = context;
    const struct mob_resource *resource;
    struct mob_text value;
    struct use use;
    bool is_free;

    if (mob_filter_read(filter, record, &use, error) < 0)
        return -1;
    resource = mob_policy_resource(&deciding->policy, use.resource);
    if (!resource)
        return mob_error_set(error, MOB_ERROR_ROW, NULL, 0, "resource", "%s is not in fleet.csv",
                             mob_quote(use.resource).text);
    is_free = mob_planning_is_free(&deciding->planning, resource, (struct mob_interval){ use.from, use.until },
                                   MOB_OWNER_NONE, NULL, 0);
    value = mob_text_of(mob_yes_no_words[is_free ? MOB_YES : MOB_NO]);
    mob_filter_write(filter, record, &value);
    return 0;
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    struct mob_calendar calendar = { 0 };
    struct mob_arena arena;
    struct deciding deciding;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    mob_arena_init(&arena);
    if (mob_site_load(&site, 1U << MOB_SITE_FLEET, &deciding.policy, NULL, &error) < 0)
        return mob_run_end(&run, &error);
    if (read_bookings(&arena, &calendar, &error) == 0) {
        mob_planning_init(&deciding.planning, &deciding.policy, &calendar, 0);
        mob_filter_run(&run, &columns, decide_row, &deciding, &error);
        mob_planning_release(&deciding.planning);
    }
    mob_calendar_release(&calendar);
    mob_arena_release(&arena);
    mob_policy_release(&deciding.policy);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
