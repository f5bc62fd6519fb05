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

static void take_coverage(struct mob_loader *loader, const struct mob_binding *binding, const struct mob_record *record)
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

int mob_load_coverage(struct mob_loader *loader)
{
    struct mob_binding binding = { 0 };
    struct mob_record record;
    struct mob_error found = { 0 };
    struct mob_csv *csv;
    int descriptor, got;

    loader->path = mob_site_path(loader->site, MOB_SITE_COVERAGE);
    got = mob_loader_open(loader, true, &descriptor);
    if (got <= 0)
        return got;
    csv = mob_csv_open(descriptor, loader->path, NULL, NULL);
    got = mob_table_read_header(&binding, coverage_columns, MOB_COUNT_OF(coverage_columns), csv, &record, loader->path,
                                &found);
    while (got >= 0 && (got = mob_csv_read(csv, &record, &found)) > 0)
        take_coverage(loader, &binding, &record);
    if (got < 0)
        got = mob_loader_pass(loader, &found);
    mob_table_release(&binding);
    mob_csv_close(csv);
    close(descriptor);
    return got < 0 ? -1 : 0;
}
