/* mob-amend: life after booking: facts and wishes. (CALENDAR.md, "Life after booking"; S13, S14) */
#include "rule/amend.h"
#include "site/ledger.h"
#include "tool/batch.h"

#include <stdlib.h>

static struct mob_run run;
static struct mob_site site;
static const char *operator_name;
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
    MOB_OPTION_FILE("benefits", site.paths[MOB_SITE_BENEFITS]),
    MOB_OPTION_DRY_RUN(is_dry),
    MOB_OPTION_OPERATOR(operator_name),
    MOB_OPTION_WAIT(wait_seconds),
};

static const struct mob_command command = {
    "mob-amend",
    "Records what became of a booking, and changes it where nothing is in the way.",
    "[file | action request [name=value ...]]",
    option_table,
    MOB_COUNT_OF(option_table),
    true
};

#define READ(member, name, presence)                                                      \
    {                                                                                     \
        name, MOB_TYPE_TEXT, presence, offsetof(struct mob_amendment_cells, member), NULL \
    }

/* Texts: what a cell must be depends on the action, and one that the action does not take is ignored. */
static const struct mob_column read_columns[] = {
    READ(request, "request", MOB_NEEDED_EMPTY),
    READ(action, "action", MOB_NEEDED_EMPTY),
    READ(at, "at", MOB_USED),
    READ(out, "out", MOB_USED),
    READ(back, "back", MOB_USED),
    READ(ready, "ready", MOB_USED),
    READ(resource, "resource", MOB_USED),
    READ(from, "from", MOB_USED),
    READ(entry, "entry", MOB_USED),
    READ(note, "note", MOB_USED),
    READ(odometer, "odometer", MOB_USED),
    READ(fuel, "fuel", MOB_USED),
};

enum { RESULT, STATUS, ENTRY, REASON, DISPLACED, WRITTEN_COUNT };

static const char *const written[WRITTEN_COUNT] = { "result", "status", "entry", "reason", "displaced" };

static const struct mob_filter_columns columns = { read_columns, MOB_COUNT_OF(read_columns), written, WRITTEN_COUNT,
                                                   WRITTEN_COUNT };

struct amending {
    struct mob_filter filter;
    struct mob_batch batch;
    struct mob_policy policy;
    struct mob_text (*values)[WRITTEN_COUNT]; /* per row, to be printed */
};

/* ---- operands that make a row: ACTION REQUEST NAME=VALUE... ---- */

/* Puts one operand into the header and the row; a name that no action takes, or twice, is fatal. */
static int add_word(struct mob_buffer *header, struct mob_buffer *row, const char *word, unsigned *seen,
                    struct mob_error *error)
{
    const char *sign = strchr(word, '=');
    struct mob_text name = { word, sign ? (size_t)(sign - word) : strlen(word) };

    for (size_t i = 0; i < MOB_COUNT_OF(read_columns) && sign; i++) {
        if (!mob_text_is(name, mob_text_of(read_columns[i].name)))
            continue;
        if (*seen >> i & 1U)
            return mob_error_say(error, MOB_ERROR_FATAL, "%s is given twice", mob_quote(name).text);
        *seen |= 1U << i;
        mob_buffer_add_byte(header, ',');
        mob_buffer_add(header, name);
        mob_buffer_add_byte(row, ',');
        mob_csv_add_cell(row, mob_text_of(sign + 1));
        return 0;
    }
    return mob_error_say(error, MOB_ERROR_FATAL,
                         "%s is not NAME=VALUE with a name that an action takes: see mob-amend(1)",
                         mob_quote(mob_text_of(word)).text);
}

static int make_row(struct mob_buffer *input, struct mob_error *error)
{
    struct mob_buffer row = { 0 };
    unsigned seen = 3; /* request and action */
    int result = 0;

    mob_buffer_add(input, MOB_TEXT("action,request"));
    mob_csv_add_cell(&row, mob_text_of(run.operands[0]));
    mob_buffer_add_byte(&row, ',');
    mob_csv_add_cell(&row, mob_text_of(run.operands[1]));
    for (int i = 2; i < run.operand_count && result == 0; i++)
        result = add_word(input, &row, run.operands[i], &seen, error);
    mob_buffer_add_byte(input, '\n');
    mob_buffer_add(input, mob_buffer_since(&row, 0));
    mob_buffer_add_byte(input, '\n');
    mob_buffer_release(&row);
    run.input = "-";
    run.words = mob_buffer_since(input, 0);
    return result;
}

/* ---- under the lock ---- */

static struct mob_text keep(struct amending *amending, struct mob_text text)
{
    return mob_text_copy(&amending->batch.arena, text);
}

static void show(struct amending *amending, const struct mob_amend_decision *decision, struct mob_text *values)
{
    const struct mob_entry *entry = decision->highest;
    struct mob_print print;

    values[RESULT] = mob_text_of(mob_amend_words[decision->result]);
    values[STATUS] = entry ? mob_text_of(mob_status_words[entry->status]) : MOB_TEXT("");
    values[ENTRY] = keep(amending, mob_print_number(&print, entry ? entry->number : MOB_ABSENT));
    values[REASON] = keep(amending, decision->reason);
    values[DISPLACED] = keep(amending, decision->displaced);
    if (decision->result == MOB_AMEND_REJECTED)
        run.any_rejected = true;
}

static int decide(void *context, struct mob_ledger *ledger, struct mob_error *error)
{
    struct amending *amending = context;
    struct mob_amend amend = { .policy = &amending->policy,
                               .calendar = &ledger->calendar,
                               .operator_name = mob_text_of(operator_name ? operator_name : getenv("LOGNAME")),
                               .arena = &ledger->arena };

    if (mob_run_now_of_writer(&run, &amend.now, error) < 0)
        return -1;
    mob_ledger_warn_of_clock(ledger, amend.now);
    mob_amend_init(&amend);
    for (size_t i = 0; i < amending->batch.count; i++) {
        struct mob_amend_decision decision;

        mob_amend_decide(&amend, (const struct mob_amendment_cells *)amending->batch.rows + i, &decision);
        show(amending, &decision, amending->values[i]);
    }
    mob_amend_release(&amend);
    return 0;
}

/* ---- the run ---- */

static int read_and_commit(struct amending *amending, struct mob_error *error)
{
    struct mob_ledger_update update = {
        .site = &site, .wait_seconds = wait_seconds, .is_dry = is_dry, .decide = decide, .context = amending
    };

    if (mob_filter_begin(&amending->filter, &run, &columns, error) < 0 ||
        mob_batch_read(&amending->batch, &amending->filter, sizeof(struct mob_amendment_cells), error) < 0)
        return -1;
    amending->values = mob_memory_new((amending->batch.count + 1) * sizeof *amending->values);
    return mob_ledger_update(&update, error);
}

int main(int argc, char **argv)
{
    const unsigned files = 1U << MOB_SITE_HOURS | 1U << MOB_SITE_CLOSURES | 1U << MOB_SITE_FLEET | 1U << MOB_SITE_LEGS |
                           1U << MOB_SITE_SOLUTIONS | 1U << MOB_SITE_PROGRAMMES | 1U << MOB_SITE_BENEFITS;
    struct mob_error error = { 0 };
    struct amending amending = { 0 };
    struct mob_buffer words = { 0 };
    bool is_done;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if ((run.operand_count > 1 && make_row(&words, &error) < 0) ||
        mob_site_load(&site, files, &amending.policy, NULL, &error) < 0)
        return mob_run_end(&run, &error);
    is_done = read_and_commit(&amending, &error) == 0;
    if (is_done)
        mob_filter_write_header(&amending.filter);
    for (size_t i = 0; i < amending.batch.count && is_done; i++)
        mob_filter_write(&amending.filter, &amending.batch.records[i], amending.values[i]);
    mob_filter_end(&amending.filter, &error);
    if (is_done && !is_dry && error.kind == MOB_ERROR_FATAL)
        error.kind = MOB_ERROR_UNSURE; /* the commit stands, the answer was lost */
    free(amending.values);
    mob_batch_release(&amending.batch);
    mob_buffer_release(&words);
    mob_policy_release(&amending.policy);
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
