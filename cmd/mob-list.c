/* mob-list: the bookings as they stand, their history, and those to be planned anew. (TOOLS.md; S11, S14) */
#include "rule/state.h"
#include "site/ledger.h"
#include "tool/report.h"

#include <stdlib.h>

static struct mob_run run;
static struct mob_site site;
static int64_t on_date = MOB_ABSENT, from_date = MOB_ABSENT, until_date = MOB_ABSENT;
static const char *status_text, *state_text, *resource_text, *request_text;
static bool is_history, is_displaced;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_NOW(run),
    MOB_OPTION_FILE("calendar", site.paths[MOB_SITE_CALENDAR]),
    MOB_OPTION_FILE("fleet", site.paths[MOB_SITE_FLEET]),
    MOB_OPTION_FILE("hours", site.paths[MOB_SITE_HOURS]),
    MOB_OPTION_FILE("closures", site.paths[MOB_SITE_CLOSURES]),
    { 0, "on", "DATE", "those out on that date", MOB_OPTION_DATE, &on_date, 0, 0 },
    { 0, "from", "DATE", "those not back before that date", MOB_OPTION_DATE, &from_date, 0, 0 },
    { 0, "until", "DATE", "those out by that date", MOB_OPTION_DATE, &until_date, 0, 0 },
    { 0, "status", "LIST", "of one of these statuses (booked,away)", MOB_OPTION_TEXT, &status_text, 0, 0 },
    { 0, "state", "LIST", "in one of these states (overdue,at-risk)", MOB_OPTION_TEXT, &state_text, 0, 0 },
    { 0, "resource", "CODE", "that hold it in any leg", MOB_OPTION_TEXT, &resource_text, 0, 0 },
    { 0, "request", "KEY", "of that request", MOB_OPTION_TEXT, &request_text, 0, 0 },
    { 0, "history", NULL, "every entry, archives too", MOB_OPTION_FLAG, &is_history, 0, 0 },
    { 0, "displaced", NULL, "as request rows, those displaced or at risk", MOB_OPTION_FLAG, &is_displaced, 0, 0 },
};

static const struct mob_command command = { "mob-list",   "Lists the bookings as they stand.", NULL,
                                            option_table, MOB_COUNT_OF(option_table),          false };

/* What is asked for: all must hold. */
struct question {
    int64_t from, until;       /* instants: [out, back) overlaps [from, until) */
    unsigned statuses, states; /* bits; 0: any */
};

/* ---- the command line ---- */

/* Words separated by commas, as bits. */
static int read_words(const char *name, const char *text, const char *const *words, unsigned *bits,
                      struct mob_error *error)
{
    while (text && *text) {
        struct mob_text word = { text, strcspn(text, ",") };
        size_t i = 0;

        while (words[i] && !mob_text_is(word, mob_text_of(words[i])))
            i++;
        if (!words[i])
            return mob_error_say(error, MOB_ERROR_FATAL, "--%s: %s is unknown", name, mob_quote(word).text);
        *bits |= 1U << i;
        text += word.length + (text[word.length] == ',');
    }
    return 0;
}

static int read_question(struct question *question, struct mob_error *error)
{
    *question = (struct question){ MOB_INSTANT_FIRST, MOB_INSTANT_LAST + 1, 0, 0 };
    if (is_displaced && is_history)
        return mob_error_say(error, MOB_ERROR_FATAL, "--displaced and --history do not go together");
    if (read_words("status", status_text, mob_status_words, &question->statuses, error) < 0 ||
        read_words("state", state_text, mob_state_words, &question->states, error) < 0)
        return -1;
    if (from_date != MOB_ABSENT)
        question->from = mob_instant_of_date(from_date);
    if (until_date != MOB_ABSENT)
        question->until = mob_instant_of_date(until_date + 1);
    if (on_date != MOB_ABSENT && mob_instant_of_date(on_date) > question->from)
        question->from = mob_instant_of_date(on_date);
    if (on_date != MOB_ABSENT && mob_instant_of_date(on_date + 1) < question->until)
        question->until = mob_instant_of_date(on_date + 1);
    return 0;
}

/* ---- which entries ---- */

static bool has_resource(const struct mob_entry *entry)
{
    for (size_t i = 0; i < entry->row_count; i++)
        if (entry->rows[i].span != MOB_ABSENT && mob_text_is(entry->rows[i].resource, mob_text_of(resource_text)))
            return true;
    return false;
}

static bool is_asked_for(const struct question *question, const struct mob_entry *entry, unsigned states)
{
    const unsigned planned = 1U << MOB_STATE_DISPLACED | 1U << MOB_STATE_AT_RISK;

    return entry->out < question->until && entry->back > question->from &&
           (!question->statuses || question->statuses >> entry->status & 1U) &&
           (!question->states || question->states & states) && (!resource_text || has_resource(entry)) &&
           (!request_text || mob_text_is(entry->request, mob_text_of(request_text))) &&
           (!is_displaced || states & planned);
}

/* ---- rows ---- */

static void write_listed(struct mob_report *report, const struct mob_entry *entry, unsigned states)
{
    struct mob_buffer cells = { 0 }, words = { 0 };

    mob_entries_add_listed(&cells, entry);
    for (size_t i = 0; mob_state_words[i]; i++)
        if (states >> i & 1U)
            mob_buffer_add_item(&words, 0, mob_text_of(mob_state_words[i]));
    mob_writer_raw(&report->out, mob_buffer_since(&cells, 0));
    mob_writer_cell(&report->out, mob_buffer_since(&words, 0));
    mob_writer_end_row(&report->out);
    mob_buffer_release(&cells);
    mob_buffer_release(&words);
}

static const struct mob_text request_columns[] = {
    MOB_TEXT("request"),     MOB_TEXT("customer"),    MOB_TEXT("vin"),  MOB_TEXT("jobs"),          MOB_TEXT("wanted"),
    MOB_TEXT("wanted_back"), MOB_TEXT("km"),          MOB_TEXT("need"), MOB_TEXT("licence_until"), MOB_TEXT("pay_type"),
    MOB_TEXT("labour_min"),  MOB_TEXT("explain_min"), MOB_TEXT("note"),
};

/* A booking as the request that asks for it as it stands. */
static void write_request(struct mob_report *report, const struct mob_entry *entry)
{
    struct mob_print out, back, km, labour, explain;
    char licence[MOB_DATE_SIZE] = "";

    if (entry->licence_until != MOB_ABSENT)
        mob_date_print(entry->licence_until, licence);
    mob_report_row(
        report,
        (struct mob_text[]){
            entry->request, entry->customer, entry->vin, entry->jobs, mob_print_instant(&out, entry->out),
            mob_print_instant(&back, entry->back), mob_print_number(&km, entry->km), entry->solution,
            mob_text_of(licence), mob_text_of(entry->pay_type == MOB_ABSENT ? "" : mob_pay_type_words[entry->pay_type]),
            mob_print_number(&labour, entry->labour_min), mob_print_number(&explain, entry->explain_min), entry->note },
        MOB_COUNT_OF(request_columns));
}

static void write_header(struct mob_report *report)
{
    struct mob_buffer cells = { 0 };

    if (is_displaced) {
        mob_report_row(report, request_columns, MOB_COUNT_OF(request_columns));
        return;
    }
    mob_entries_add_header(&cells);
    mob_writer_raw(&report->out, mob_buffer_since(&cells, 0));
    mob_writer_cell(&report->out, MOB_TEXT("state"));
    mob_writer_end_row(&report->out);
    mob_buffer_release(&cells);
}

static void write_entries(struct mob_report *report, const struct question *question,
                          const struct mob_planning *planning, const struct mob_ledger *ledger)
{
    const struct mob_calendar *live = &ledger->calendar, *archive = &ledger->archive;
    size_t a = 0, b = 0;

    /* By number: an archived history stands before and between what is live. */
    while (a < archive->count || b < live->count) {
        bool is_archived =
            b == live->count || (a < archive->count && archive->entries[a].number < live->entries[b].number);
        const struct mob_entry *entry = is_archived ? &archive->entries[a++] : &live->entries[b++];
        bool is_last = is_archived ? mob_calendar_is_highest(archive, entry) && !mob_calendar_find(live, entry->request)
                                   : mob_calendar_is_highest(live, entry);
        unsigned states = is_last ? mob_state_of(planning, live, entry) : 0;

        if ((!is_history && !is_last) || !is_asked_for(question, entry, states))
            continue;
        if (is_displaced)
            write_request(report, entry);
        else
            write_listed(report, entry, states);
    }
}

static void list(const struct mob_policy *policy, struct mob_ledger *ledger, struct mob_error *error)
{
    struct question question;
    struct mob_planning planning;
    struct mob_report report;
    int64_t now;

    if (read_question(&question, error) < 0 || mob_run_now(&run, &now, error) < 0 ||
        (is_history && mob_ledger_read_archives(ledger, error) < 0))
        return;
    mob_report_warn_of_range(&run, from_date, true, until_date, true);
    mob_planning_init(&planning, policy, &ledger->calendar, now);
    mob_report_begin(&report);
    write_header(&report);
    write_entries(&report, &question, &planning, ledger);
    mob_report_end(&report, error);
    mob_planning_release(&planning);
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    mob_ledger_report(&site, list, &error);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
