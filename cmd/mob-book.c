/* mob-book: put it in the planning. (FILTERS.md; S13, S14) */
#include "base/money.h"
#include "rule/book.h"
#include "rule/price.h"
#include "site/ledger.h"
#include "tool/batch.h"

#include <stdlib.h>

static struct mob_run run;
static struct mob_site site;
static struct mob_book_options options = { .offer = MOB_ABSENT, .expires = MOB_ABSENT };
static struct mob_notice option_notice = { -1, MOB_NOTICE_MINUTES };
static const char *only_request, *operator_name;
static int64_t wait_seconds = 10;
static bool is_dry;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    MOB_OPTION_FILE("hours", site.paths[MOB_SITE_HOURS]),
    MOB_OPTION_FILE("closures", site.paths[MOB_SITE_CLOSURES]),
    MOB_OPTION_FILE("fleet", site.paths[MOB_SITE_FLEET]),
    MOB_OPTION_FILE("legs", site.paths[MOB_SITE_LEGS]),
    MOB_OPTION_FILE("solutions", site.paths[MOB_SITE_SOLUTIONS]),
    MOB_OPTION_FILE("programmes", site.paths[MOB_SITE_PROGRAMMES]),
    { 0, "request", "KEY", "look at one request only", MOB_OPTION_TEXT, &only_request, 0, 0 },
    { 0, "offer", "N", "book the offer of that number", MOB_OPTION_NUMBER, &options.offer, 1, MOB_NUMBER_MAX },
    { 0, "option", "NOTICE", "book options that expire after NOTICE (4h, 1wd)", MOB_OPTION_NOTICE, &option_notice, 0,
      0 },
    { 0, "replace", NULL, "let live bookings make way for other resources", MOB_OPTION_FLAG, &options.is_replace, 0,
      0 },
    { 0, "again", NULL, "book anew what has ended", MOB_OPTION_FLAG, &options.is_again, 0, 0 },
    MOB_OPTION_DRY_RUN(is_dry),
    MOB_OPTION_OPERATOR(operator_name),
    MOB_OPTION_WAIT(wait_seconds),
};

static const struct mob_command command = {
    "mob-book", "Books the solutions that were offered or chosen.", "[file]", option_table, MOB_COUNT_OF(option_table),
    false
};

#define READ(member, name, type, presence)                             \
    {                                                                  \
        name, type, presence, offsetof(struct mob_offer, member), NULL \
    }
#define WORD(member, name, words)                                                \
    {                                                                            \
        name, MOB_TYPE_WORD, MOB_USED, offsetof(struct mob_offer, member), words \
    }

static const struct mob_column read_columns[] = {
    READ(request.request, "request", MOB_TYPE_CODE, MOB_NEEDED),
    READ(request.customer, "customer", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    READ(solution, "solution", MOB_TYPE_CODE, MOB_NEEDED),
    READ(out, "out", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    READ(back, "back", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    WORD(when, "when", mob_when_words),
    WORD(match, "match", mob_yes_no_words),
    READ(chosen, "chosen", MOB_TYPE_TEXT, MOB_USED),
    READ(offer, "offer", MOB_TYPE_NUMBER, MOB_USED),
    READ(resource, "resource", MOB_TYPE_CODES, MOB_USED),
    READ(reason, "reason", MOB_TYPE_TEXT, MOB_USED),
    READ(request.wanted, "wanted", MOB_TYPE_INSTANT, MOB_USED),
    READ(request.wanted_back, "wanted_back", MOB_TYPE_INSTANT, MOB_USED),
    READ(request.vin, "vin", MOB_TYPE_TEXT, MOB_USED),
    READ(request.jobs, "jobs", MOB_TYPE_CODES, MOB_USED),
    READ(request.km, "km", MOB_TYPE_NUMBER, MOB_USED),
    WORD(request.pay_type, "pay_type", mob_pay_type_words),
    READ(request.licence_until, "licence_until", MOB_TYPE_DATE, MOB_USED),
    READ(request.labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_USED),
    READ(request.explain_min, "explain_min", MOB_TYPE_NUMBER, MOB_USED),
    READ(request.programmes, "programmes", MOB_TYPE_CODES, MOB_USED),
    READ(ready, "ready", MOB_TYPE_INSTANT, MOB_USED),
    READ(request.days, "days", MOB_TYPE_NUMBER, MOB_USED),
    READ(price_cents, "price", MOB_TYPE_MONEY, MOB_USED),
    READ(saving_cents, "saving", MOB_TYPE_MONEY, MOB_USED),
    READ(currency, "currency", MOB_TYPE_TEXT, MOB_USED),
    READ(programme, "programme", MOB_TYPE_TEXT, MOB_USED),
    READ(cost_code, "cost_code", MOB_TYPE_TEXT, MOB_USED),
    READ(note, "note", MOB_TYPE_TEXT, MOB_USED),
};

enum {
    RESULT,
    STATUS,
    ENTRY,
    REASON,
    ADDED_COUNT,
    RESOURCE = ADDED_COUNT,
    SOLUTION,
    OUT,
    BACK,
    READY,
    DAYS,
    PRICE,
    SAVING,
    PROGRAMME,
    COST_CODE,
    CONDITIONS,
    LABEL,
    FAMILY,
    DOCUMENTS,
    OFFER,
    WHEN,
    CHOICE,
    MATCH,
    CHOSEN,
    WRITTEN_COUNT
};

static const char *const written[WRITTEN_COUNT] = {
    "result", "status",    "entry", "reason", "resource",  "solution",  "out",        "back",
    "ready",  "days",      "price", "saving", "programme", "cost_code", "conditions", "label",
    "family", "documents", "offer", "when",   "choice",    "match",     "chosen",
};

static const struct mob_filter_columns columns = { read_columns, MOB_COUNT_OF(read_columns), written, WRITTEN_COUNT,
                                                   ADDED_COUNT };

/* One request of the input: its first rows that stand together, and what came of it. */
struct group {
    size_t first, count;
    bool is_apart; /* more of its rows stand elsewhere */
    struct mob_book_request request;
    struct mob_book_decision decision;
    struct mob_text values[WRITTEN_COUNT]; /* to be printed */
};

struct booking {
    struct mob_filter filter;
    struct mob_batch batch;
    struct mob_policy policy;
    struct group *groups;
    size_t group_count, group_capacity;
    size_t request_count; /* in the input; with --request there is one group at most */
};

/* ---- reading ---- */

static struct mob_offer *offer_at(const struct booking *booking, size_t row)
{
    return (struct mob_offer *)booking->batch.rows + row;
}

/* Groups the rows by request, in order of first appearance. */
static void make_groups(struct booking *booking)
{
    struct mob_appointment appointment;
    struct mob_index index = { 0 };

    mob_appointment_init(&appointment, &booking->filter);
    for (size_t row = 0; row < booking->batch.count; row++) {
        struct mob_text key = mob_appointment_key(&appointment, &booking->batch.records[row]);
        size_t number = mob_index_find(&index, key);
        struct group *group;

        offer_at(booking, row)->line = (int64_t)booking->batch.records[row].line;
        if (number == MOB_INDEX_NONE)
            booking->request_count++;
        if (only_request && !mob_text_is(key, mob_text_of(only_request))) {
            mob_index_put(&index, key, 0);
            continue;
        }
        if (number == MOB_INDEX_NONE) {
            mob_index_put(&index, key, booking->group_count);
            booking->groups = mob_memory_grow(booking->groups, &booking->group_capacity, booking->group_count + 1,
                                              sizeof *booking->groups);
            booking->groups[booking->group_count++] = (struct group){ .first = row, .count = 1 };
            continue;
        }
        group = &booking->groups[number];
        if (group->first + group->count == row)
            group->count++;
        else
            group->is_apart = true;
    }
    mob_index_release(&index);
}

static struct mob_text difference(struct booking *booking, const char *column)
{
    struct mob_buffer text = { 0 };
    struct mob_text kept;

    mob_buffer_add(&text, mob_text_of(column));
    mob_buffer_add(&text, MOB_TEXT(" differs between its rows"));
    kept = mob_text_copy(&booking->batch.arena, mob_buffer_since(&text, 0));
    mob_buffer_release(&text);
    return kept;
}

/* What is wrong with a request's rows before anything is decided, or empty. */
static struct mob_text find_fault(struct booking *booking, const struct group *group)
{
    const struct mob_batch *batch = &booking->batch;
    struct mob_appointment appointment;

    mob_appointment_init(&appointment, &booking->filter);
    if (group->is_apart)
        return MOB_TEXT("its rows are not together");
    for (size_t row = group->first; row < group->first + group->count; row++) {
        const char *column =
            mob_appointment_difference(&appointment, &batch->records[group->first], &batch->records[row]);

        if (batch->faults[row].length)
            return batch->faults[row];
        if (column)
            return difference(booking, column);
    }
    return MOB_TEXT("");
}

/* ---- under the lock ---- */

/* A request that lies before today may have been archived since. */
static int find_archived(struct mob_ledger *ledger, struct mob_book_request *request, int64_t now,
                         struct mob_error *error)
{
    const struct mob_request *first = &request->offers[0].request;
    int64_t wanted = first->wanted != MOB_ABSENT ? first->wanted : request->offers[0].out;

    if (request->conflict.length || mob_calendar_find(&ledger->calendar, first->request) || wanted == MOB_ABSENT ||
        mob_instant_date(wanted) >= mob_instant_date(now))
        return 0;
    if (mob_ledger_read_archives(ledger, error) < 0)
        return -1;
    request->archived = mob_calendar_find(&ledger->archive, first->request);
    return 0;
}

static struct mob_text keep(struct booking *booking, struct mob_text text)
{
    return mob_text_copy(&booking->batch.arena, text);
}

static struct mob_text keep_resources(struct booking *booking, const struct mob_entry *entry)
{
    struct mob_buffer list = { 0 };
    struct mob_text kept;

    for (size_t i = 0; i < entry->row_count; i++)
        if (entry->rows[i].span != MOB_ABSENT)
            mob_buffer_add_item(&list, 0, entry->rows[i].resource);
    kept = keep(booking, mob_buffer_since(&list, 0));
    mob_buffer_release(&list);
    return kept;
}

/* Shows an entry in place of the row's own offer: what the catalogue tells of it is put together anew. */
static void show_entry(struct booking *booking, struct group *group, const struct mob_entry *entry)
{
    const struct mob_solution *solution = mob_policy_solution(&booking->policy, entry->solution);
    struct mob_text *values = group->values;
    struct mob_buffer conditions = { 0 };
    struct mob_print print;

    mob_price_add_conditions(&conditions, solution, mob_policy_programme(&booking->policy, entry->programme));
    values[SOLUTION] = keep(booking, entry->solution);
    values[OUT] = keep(booking, mob_print_instant(&print, entry->out));
    values[BACK] = keep(booking, mob_print_instant(&print, entry->back));
    values[READY] = keep(booking, mob_print_instant(&print, entry->ready));
    values[DAYS] = keep(booking, mob_print_number(&print, entry->days));
    values[PRICE] = keep(booking, mob_print_money(&print, entry->price_cents));
    values[SAVING] = keep(booking, mob_print_money(&print, entry->saving_cents));
    values[PROGRAMME] = keep(booking, entry->programme);
    values[COST_CODE] = keep(booking, entry->cost_code);
    values[CONDITIONS] = keep(booking, mob_buffer_since(&conditions, 0));
    values[LABEL] = solution ? solution->label : MOB_TEXT("");
    values[FAMILY] = solution ? solution->family : MOB_TEXT("");
    values[DOCUMENTS] = solution ? solution->documents : MOB_TEXT("");
    values[RESOURCE] = keep_resources(booking, entry);
    if (group->decision.result != MOB_BOOK_REPLACED)
        for (size_t i = OFFER; i <= CHOSEN; i++)
            values[i] = MOB_TEXT("");
    mob_buffer_release(&conditions);
}

/* Puts down what is to be printed of a request: the calendar is gone by then. */
static void show(struct booking *booking, const struct mob_ledger *ledger, struct group *group)
{
    const struct mob_book_decision *decision = &group->decision;
    const struct mob_request *first = &group->request.offers[0].request;
    const struct mob_entry *entry = mob_calendar_find(&ledger->calendar, first->request);
    struct mob_print print;

    if (!entry)
        entry = group->request.archived;
    group->values[RESULT] = mob_text_of(mob_book_words[decision->result]);
    group->values[REASON] = keep(booking, decision->reason);
    group->values[STATUS] = entry ? mob_text_of(mob_status_words[entry->status]) : MOB_TEXT("");
    group->values[ENTRY] = keep(booking, mob_print_number(&print, entry ? entry->number : MOB_ABSENT));
    if (entry && decision->is_entry_shown)
        show_entry(booking, group, entry);
    else if (entry && (decision->result == MOB_BOOK_BOOKED || decision->result == MOB_BOOK_REPLACED))
        group->values[RESOURCE] = keep_resources(booking, entry);
    if (decision->result == MOB_BOOK_CONFLICT || decision->result == MOB_BOOK_REJECTED)
        run.any_rejected = true;
}

static int decide(void *context, struct mob_ledger *ledger, struct mob_error *error)
{
    struct booking *booking = context;
    struct mob_book book = { .policy = &booking->policy,
                             .calendar = &ledger->calendar,
                             .arena = &ledger->arena,
                             .warnings = &run.warnings,
                             .input = run.input };

    if (mob_run_now_of_writer(&run, &book.now, error) < 0)
        return -1;
    mob_ledger_warn_of_clock(ledger, book.now);
    if (option_notice.amount >= 0 &&
        mob_hours_notice(&booking->policy.hours, book.now, option_notice, &options.expires) < 0)
        return mob_error_say(error, MOB_ERROR_FATAL, "--option: ends beyond the year 9999");
    book.options = options;
    mob_book_init(&book);
    for (size_t i = 0; i < booking->group_count; i++) {
        struct group *group = &booking->groups[i];

        group->request.offers = offer_at(booking, group->first);
        group->request.offer_count = group->count;
        group->request.conflict = find_fault(booking, group);
        if (find_archived(ledger, &group->request, book.now, error) < 0)
            break;
        mob_book_decide(&book, &group->request, &group->decision);
    }
    mob_book_release(&book);
    for (size_t i = 0; i < booking->group_count && error->kind == MOB_ERROR_NONE; i++)
        show(booking, ledger, &booking->groups[i]);
    return error->kind == MOB_ERROR_NONE ? 0 : -1;
}

/* ---- the run ---- */

static void print(struct booking *booking)
{
    mob_filter_write_header(&booking->filter);
    for (size_t i = 0; i < booking->group_count; i++) {
        const struct group *group = &booking->groups[i];

        mob_filter_write(&booking->filter, &booking->batch.records[group->first + group->decision.shown],
                         group->values);
    }
}

static int read_and_commit(struct booking *booking, struct mob_error *error)
{
    struct mob_ledger_update update = {
        .site = &site, .wait_seconds = wait_seconds, .is_dry = is_dry, .decide = decide, .context = booking
    };

    if (mob_filter_begin(&booking->filter, &run, &columns, error) < 0 ||
        mob_batch_read(&booking->batch, &booking->filter, sizeof(struct mob_offer), error) < 0)
        return -1;
    make_groups(booking);
    if (only_request && booking->group_count == 0)
        return mob_error_set(error, MOB_ERROR_FATAL, run.input, 0, "request", "%s is not in the input",
                             mob_quote(mob_text_of(only_request)).text);
    mob_run_note(&run, "%zu request%s read", booking->request_count, booking->request_count == 1 ? "" : "s");
    return mob_ledger_update(&update, error);
}

int main(int argc, char **argv)
{
    const unsigned files = 1U << MOB_SITE_HOURS | 1U << MOB_SITE_CLOSURES | 1U << MOB_SITE_FLEET | 1U << MOB_SITE_LEGS |
                           1U << MOB_SITE_SOLUTIONS | 1U << MOB_SITE_PROGRAMMES;
    struct mob_error error = { 0 };
    struct booking booking = { 0 };
    bool is_done;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    options.operator_name = mob_text_of(operator_name ? operator_name : getenv("LOGNAME"));
    if (mob_site_load(&site, files, &booking.policy, NULL, &error) < 0)
        return mob_run_end(&run, &error);
    is_done = read_and_commit(&booking, &error) == 0;
    if (is_done)
        print(&booking);
    mob_filter_end(&booking.filter, &error);
    if (is_done && !is_dry && error.kind == MOB_ERROR_FATAL)
        error.kind = MOB_ERROR_UNSURE; /* the commit stands, the answer was lost */
    mob_batch_release(&booking.batch);
    mob_policy_release(&booking.policy);
    free(booking.groups);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
