#include "site/columns.h"

#define CELL(member, name, type, presence)                                 \
    {                                                                      \
        name, type, presence, offsetof(struct mob_entry_row, member), NULL \
    }
#define WORD(member, name, presence, words)                                          \
    {                                                                                \
        name, MOB_TYPE_WORD, presence, offsetof(struct mob_entry_row, member), words \
    }

const struct mob_column mob_entry_columns[MOB_ENTRY_COLUMN_COUNT] = {
    CELL(entry.number, "entry", MOB_TYPE_NUMBER, MOB_NEEDED),
    CELL(leg, "leg", MOB_TYPE_TEXT, MOB_NEEDED),
    CELL(entry.request, "request", MOB_TYPE_CODE, MOB_NEEDED),
    WORD(entry.status, "status", MOB_NEEDED, mob_status_words),
    CELL(entry.customer, "customer", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.vin, "vin", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.jobs, "jobs", MOB_TYPE_CODES, MOB_NEEDED_EMPTY),
    CELL(entry.km, "km", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    WORD(entry.pay_type, "pay_type", MOB_NEEDED_EMPTY, mob_pay_type_words),
    CELL(entry.licence_until, "licence_until", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    CELL(entry.labour_min, "labour_min", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.explain_min, "explain_min", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.programmes, "programmes", MOB_TYPE_CODES, MOB_NEEDED_EMPTY),
    CELL(entry.solution, "solution", MOB_TYPE_CODE, MOB_NEEDED_EMPTY),
    WORD(row.span, "span", MOB_NEEDED_EMPTY, mob_span_words),
    CELL(row.resource, "resource", MOB_TYPE_CODE, MOB_NEEDED_EMPTY),
    CELL(row.busy_from, "busy_from", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(row.busy_until, "busy_until", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(entry.out, "out", MOB_TYPE_INSTANT, MOB_NEEDED),
    CELL(entry.back, "back", MOB_TYPE_INSTANT, MOB_NEEDED),
    CELL(entry.ready, "ready", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(entry.expires, "expires", MOB_TYPE_INSTANT, MOB_NEEDED_EMPTY),
    CELL(entry.days, "days", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.price_cents, "price", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    CELL(entry.saving_cents, "saving", MOB_TYPE_MONEY, MOB_NEEDED_EMPTY),
    CELL(entry.currency, "currency", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.programme, "programme", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.cost_code, "cost_code", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.odometer, "odometer", MOB_TYPE_NUMBER, MOB_NEEDED_EMPTY),
    CELL(entry.fuel, "fuel", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.operator_name, "operator", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.note, "note", MOB_TYPE_TEXT, MOB_NEEDED_EMPTY),
    CELL(entry.recorded, "recorded", MOB_TYPE_STAMP, MOB_NEEDED),
    CELL(check, "check", MOB_TYPE_TEXT, MOB_NEEDED),
};
