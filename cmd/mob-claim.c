/* mob-claim: what the maker is to reimburse, loan by loan or by cost code. (REPORTS.md, TOOLS.md; S3) */
#include "base/money.h"
#include "rule/claim.h"
#include "site/ledger.h"
#include "tool/report.h"

#include <stdlib.h>

static struct mob_run run;
static struct mob_site site;
static int64_t from_date = MOB_ABSENT, until_date = MOB_ABSENT;
static bool is_sum;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_SITE(run),
    MOB_OPTION_FILE("calendar", site.paths[MOB_SITE_CALENDAR]),
    { 0, "from", "DATE", "loans that came back on that date or later", MOB_OPTION_DATE, &from_date, 0, 0 },
    { 0, "until", "DATE", "loans that came back by the end of that date", MOB_OPTION_DATE, &until_date, 0, 0 },
    { 0, "sum", NULL, "one row per cost code and currency", MOB_OPTION_FLAG, &is_sum, 0, 0 },
};

static const struct mob_command command = {
    "mob-claim", "Lists what the maker is to reimburse.", NULL, option_table, MOB_COUNT_OF(option_table), false
};

/* ---- loan by loan ---- */

static void write_claim(struct mob_report *report, const struct mob_claim *claim)
{
    const struct mob_entry *entry = claim->returned, *away = claim->away;
    struct mob_buffer resources = { 0 };
    struct mob_print out, back, days, saving, odometer_out, odometer_back;

    for (size_t i = 0; i < entry->row_count; i++)
        mob_buffer_add_item(&resources, 0, entry->rows[i].resource);
    mob_report_row(report,
                   (struct mob_text[]){ entry->request, entry->vin, entry->customer, entry->programme, entry->cost_code,
                                        mob_buffer_since(&resources, 0), mob_print_instant(&out, entry->out),
                                        mob_print_instant(&back, entry->back), mob_print_number(&days, entry->days),
                                        mob_print_money(&saving, entry->saving_cents), entry->currency,
                                        mob_print_number(&odometer_out, away ? away->odometer : MOB_ABSENT),
                                        away ? away->fuel : MOB_TEXT(""),
                                        mob_print_number(&odometer_back, entry->odometer), entry->fuel, entry->note },
                   16);
    mob_buffer_release(&resources);
}

static void write_claims(struct mob_report *report, const struct mob_claims *claims)
{
    static const struct mob_text columns[] = {
        MOB_TEXT("request"),   MOB_TEXT("vin"),           MOB_TEXT("customer"),  MOB_TEXT("programme"),
        MOB_TEXT("cost_code"), MOB_TEXT("resource"),      MOB_TEXT("out"),       MOB_TEXT("back"),
        MOB_TEXT("days"),      MOB_TEXT("saving"),        MOB_TEXT("currency"),  MOB_TEXT("odometer_out"),
        MOB_TEXT("fuel_out"),  MOB_TEXT("odometer_back"), MOB_TEXT("fuel_back"), MOB_TEXT("note"),
    };

    mob_report_row(report, columns, MOB_COUNT_OF(columns));
    for (size_t i = 0; i < claims->count; i++)
        write_claim(report, &claims->all[i]);
}

/* ---- by cost code ---- */

static void write_sums(struct mob_report *report, const struct mob_claim_sum *sums, size_t count)
{
    static const struct mob_text columns[] = { MOB_TEXT("cost_code"), MOB_TEXT("currency"), MOB_TEXT("loans"),
                                               MOB_TEXT("days"), MOB_TEXT("saving") };

    mob_report_row(report, columns, MOB_COUNT_OF(columns));
    for (size_t i = 0; i < count; i++) {
        struct mob_print loans, days, saving;

        mob_report_row(report,
                       (struct mob_text[]){
                           sums[i].cost_code, sums[i].currency, mob_print_number(&loans, sums[i].loans),
                           mob_print_number(&days, sums[i].days), mob_print_money(&saving, sums[i].saving_cents) },
                       MOB_COUNT_OF(columns));
    }
}

static void report_claims(struct mob_ledger *ledger, struct mob_error *error)
{
    struct mob_calendar calendar;
    struct mob_claims claims;
    struct mob_claim_sum *sums = NULL;
    struct mob_report report;
    size_t sum_count = 0;

    if (mob_ledger_read_archives(ledger, error) < 0)
        return;
    mob_report_warn_of_range(&run, from_date, true, until_date, true);
    mob_calendar_unite(&ledger->calendar, &ledger->archive, &calendar);
    mob_claims_init(&claims, &calendar, from_date, until_date);
    if (!is_sum || mob_claims_sum(&claims, &sums, &sum_count, error) == 0) {
        mob_report_begin(&report);
        if (is_sum)
            write_sums(&report, sums, sum_count);
        else
            write_claims(&report, &claims);
        mob_report_end(&report, error);
    }
    free(sums);
    mob_claims_release(&claims);
    mob_calendar_release(&calendar);
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    struct mob_ledger ledger;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    site.directory = run.site;
    site.warnings = &run.warnings;
    if (mob_ledger_read(&ledger, &site, &error) == 0) {
        report_claims(&ledger, &error);
        mob_ledger_release(&ledger);
    }
    status = mob_run_end(&run, &error);
    mob_site_release(&site); /* its paths stand in the messages */
    return status;
}
