#include "site/loader.h"

#include <unistd.h>

/* coverage.csv is somebody else's export: treated softly, and held row by row, for it may have a million of them. */

struct coverage_row {
    int64_t line;
    struct mob_text vin, programme;
    int64_t from, until, max_km;
};

static const struct mob_column coverage_columns[] = {
    MOB_COLUMN(struct coverage_row, vin, "vin", MOB_TYPE_TEXT, MOB_NEEDED),
    MOB_COLUMN(struct coverage_row, programme, "programme", MOB_TYPE_CODE, MOB_NEEDED),
    MOB_COLUMN(struct coverage_row, from, "from", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct coverage_row, until, "until", MOB_TYPE_DATE, MOB_NEEDED_EMPTY),
    MOB_COLUMN(struct coverage_row, max_km, "max_km", MOB_TYPE_NUMBER, MOB_USED),
};

/* Says what is wrong with a row: whether its other faults are wanted too. */
static bool complain(const struct mob_loader *loader, struct mob_error *found)
{
    const struct mob_sink *warnings = loader->site->warnings;

    found->kind = MOB_ERROR_WARNING;
    if (loader->site->findings)
        mob_findings_take(loader->site->findings, found);
    else if (warnings)
        warnings->take(warnings->context, found);
    found->kind = MOB_ERROR_NONE;
    return loader->site->findings != NULL;
}

/* Reads a row and its programme's number, which is known of faulty rows too: false where it is faulty. */
static bool read_coverage(const struct mob_loader *loader, const struct mob_binding *binding,
                          const struct mob_record *record, struct coverage_row *row, size_t *programme)
{
    const struct mob_policy *policy = loader->policy;
    struct mob_error found = { 0 };
    bool is_good = true;

    *programme = MOB_INDEX_NONE;
    if (mob_table_check_width(binding, record, &found) < 0) {
        complain(loader, &found);
        return false;
    }
    *row = (struct coverage_row){ .from = MOB_UNREAD, .until = MOB_UNREAD };
    for (size_t i = 0; i < binding->column_count; i++)
        if (mob_table_lacks(binding, i)) {
            is_good = false;
        } else if (mob_table_read_column(binding, i, record, row, NULL, &found) < 0) {
            is_good = false;
            if (!complain(loader, &found))
                return false;
        }
    *programme = mob_index_find(&policy->programme_index, row->programme);
    if (*programme == MOB_INDEX_NONE) {
        is_good = false;
        if (mob_text_is_code(row->programme) && !(policy->unread >> MOB_SITE_PROGRAMMES & 1U)) {
            mob_error_set(&found, MOB_ERROR_ROW, binding->file, record->line, "programme", "%s is not in %s",
                          mob_quote(row->programme).text, mob_site_name(loader->site, MOB_SITE_PROGRAMMES));
            if (!complain(loader, &found))
                return false;
        }
    }
    if (mob_loader_is_read(row->from) && mob_loader_is_read(row->until) && row->from > row->until) {
        mob_error_set(&found, MOB_ERROR_ROW, binding->file, record->line, "until", "is before `from`");
        complain(loader, &found);
        return false;
    }
    return is_good;
}

static void take_coverage(struct mob_loader *loader, const struct mob_binding *binding, const struct mob_record *record)
{
    struct mob_coverage_row held = { .programme = MOB_COVERAGE_FAULTY, .max_km = (uint32_t)record->line };
    struct coverage_row row;
    size_t programme;
    bool is_good = read_coverage(loader, binding, record, &row, &programme);

    if (programme != MOB_INDEX_NONE)
        loader->policy->programmes[programme].is_covered = true;
    if (!is_good) {
        size_t vin = binding->cells[0];

        if (vin < record->cell_count && record->cells[vin].length)
            mob_coverage_add(loader->coverage, record->cells[vin], held);
        return;
    }
    held.programme = (uint32_t)programme;
    held.from = row.from == MOB_ABSENT ? INT32_MIN : (int32_t)row.from;
    held.until = row.until == MOB_ABSENT ? INT32_MAX : (int32_t)row.until;
    held.max_km = row.max_km == MOB_ABSENT ? MOB_COVERAGE_NO_LIMIT : (uint32_t)row.max_km;
    mob_coverage_add(loader->coverage, row.vin, held);
}

int mob_load_coverage(struct mob_loader *loader)
{
    struct mob_binding binding = { 0 };
    struct mob_record record;
    struct mob_error found = { 0 };
    struct mob_csv *csv;
    int descriptor;
    int got = mob_loader_open(loader, MOB_SITE_COVERAGE, true, &descriptor);

    if (got <= 0)
        return got;
    csv = mob_csv_open(descriptor, loader->path, NULL, NULL);
    got = mob_findings_read_header(loader->site->findings, &binding, coverage_columns, MOB_COUNT_OF(coverage_columns),
                                   csv, &record, loader->path, &found);
    got = mob_loader_begin(loader, MOB_SITE_COVERAGE, got);
    while (got > 0 && (got = mob_csv_read(csv, &record, &found)) > 0)
        take_coverage(loader, &binding, &record);
    if (got < 0)
        got = mob_loader_stop(loader, MOB_SITE_COVERAGE, &found);
    mob_table_release(&binding);
    mob_csv_close(csv);
    close(descriptor);
    return got;
}
