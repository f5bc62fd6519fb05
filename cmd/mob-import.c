/* mob-import: a table as an office program or a DMS exports it becomes clean CSV (TOOLS.md, REPORTS.md) */
#include "io/decoder.h"
#include "site/import.h"
#include "tool/output.h"

#include <unistd.h>

static struct mob_run run;
static const char *encoding = "utf-8", *delimiter = ",";
static struct mob_option_texts maps, lists, units;
static struct mob_mapping_options options;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    { 0, "encoding", "NAME", "of the input, any that iconv knows (default utf-8)", MOB_OPTION_TEXT, &encoding, 0, 0 },
    { 'd', "delimiter", "C", "what parts the cells, one byte or `tab` (default ,)", MOB_OPTION_TEXT, &delimiter, 0, 0 },
    { 0, "map", "NAME=COLUMN", "COLUMN becomes NAME; A+B: two, joined by T", MOB_OPTION_TEXTS, &maps, 0, 0 },
    { 0, "dates", "ORDER", "dates are dmy, mdy or ymd", MOB_OPTION_TEXT, &options.form.dates, 0, 0 },
    { 0, "decimal-comma", NULL, "amounts are 1234,50", MOB_OPTION_FLAG, &options.form.decimal_comma, 0, 0 },
    { 0, "list", "NAME=C", "NAME is a list, parted by C", MOB_OPTION_TEXTS, &lists, 0, 0 },
    { 0, "unit", "NAME=UNIT", "NAME is in h/10, h or min, and becomes minutes", MOB_OPTION_TEXTS, &units, 0, 0 },
    { 0, "group", "NAME", "rows of one NAME become one", MOB_OPTION_TEXT, &options.group, 0, 0 },
};

static const struct mob_command command = {
    "mob-import", "Turns an office export into clean CSV.", "[file]", option_table, MOB_COUNT_OF(option_table), false
};

static void flush_before_wait(void *context)
{
    struct mob_error ignored = { 0 };

    /* The failure is sticky: the import looks at it. */
    mob_writer_flush(context, &ignored);
}

static int take_options(struct mob_mapping *mapping, char *separator, struct mob_error *error)
{
    options.maps = maps.texts;
    options.map_count = maps.count;
    options.lists = lists.texts;
    options.list_count = lists.count;
    options.units = units.texts;
    options.unit_count = units.count;
    if (mob_mapping_init(mapping, &options, error) < 0)
        return -1;
    if (mob_mapping_separator(delimiter, false, separator) < 0)
        return mob_error_say(error, MOB_ERROR_FATAL, "--delimiter: %s is not one byte, nor `tab`",
                             mob_quote(mob_text_of(delimiter)).text);
    return 0;
}

static void import(struct mob_mapping *mapping, struct mob_writer *out, struct mob_error *error)
{
    struct mob_input input = { .name = run.input, .before_wait = flush_before_wait, .context = out };
    struct mob_decoder *decoder;
    struct mob_csv *csv;
    char separator;

    if (take_options(mapping, &separator, error) < 0 || mob_run_open_input(&run, &input.descriptor, error) < 0)
        return;
    decoder = mob_decoder_open(input, encoding, error);
    if (!decoder)
        return;
    csv = mob_csv_open_source((struct mob_source){ mob_decoder_read, decoder }, separator, run.input);
    mob_output_begin(&run);
    mob_import_run(mapping, csv, run.input, &run.warnings, out, error);
    mob_csv_close(csv);
    mob_decoder_close(decoder);
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };
    struct mob_mapping mapping;
    struct mob_writer out;
    int status;

    mob_run_begin(&run, &command, argc, argv);
    mob_writer_init(&out, STDOUT_FILENO, "standard output");
    import(&mapping, &out, &error);
    mob_output_end(&out, &error);
    status = mob_run_end(&run, &error);
    mob_mapping_release(&mapping);
    return status;
}
