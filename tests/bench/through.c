/* through [FILE]: a filter that says nothing of its rows: what lib/tool/filter and lib/io cost with all of CLI.md's
 * rules kept, and nothing else. */
#include "tool/filter.h"

static struct mob_run run;

static const struct mob_option option_table[] = {
    MOB_OPTION_QUIET(run),
    MOB_OPTION_STRICT(run),
    MOB_OPTION_REJECTS(run),
};

static const struct mob_command command = { "through",    "Passes every row through.", "[file]",
                                            option_table, MOB_COUNT_OF(option_table),  false };

static const struct mob_filter_columns columns = { 0 };

static int pass_row(struct mob_filter *filter, void *context, const struct mob_record *record, struct mob_error *error)
{
    (void)context, (void)error;
    mob_filter_write(filter, record, NULL);
    return 0;
}

int main(int argc, char **argv)
{
    struct mob_error error = { 0 };

    mob_run_begin(&run, &command, argc, argv);
    mob_filter_run(&run, &columns, pass_row, NULL, &error);
    return mob_run_end(&run, &error);
}
