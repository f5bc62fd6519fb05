#include "tool/filter.h"

#include "tool/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const reject_columns[] = { "line", "error", "record" };

enum { REJECT_COLUMNS = sizeof reject_columns / sizeof *reject_columns };

/* ---- rejects ---- */

static void write_reject(struct mob_filter *filter, const struct mob_record *record,
                         const struct mob_text values[REJECT_COLUMNS])
{
    for (size_t i = 0; i < filter->header.cell_count; i++) {
        struct mob_text cell = i < record->cell_count ? record->cells[i] : MOB_TEXT("");

        for (size_t j = 0; j < REJECT_COLUMNS; j++)
            if (filter->rejects_cells[j] == i)
                cell = values[j];
        mob_writer_cell(&filter->rejects, cell);
    }
    for (size_t j = 0; j < REJECT_COLUMNS; j++)
        if (filter->rejects_cells[j] == MOB_NO_CELL)
            mob_writer_cell(&filter->rejects, values[j]);
    mob_writer_end_row(&filter->rejects);
}

static int begin_rejects(struct mob_filter *filter, struct mob_error *error)
{
    const char *path = filter->run->rejects;
    struct mob_text names[REJECT_COLUMNS];
    struct stat rejects, input;

    filter->rejects_descriptor = -1;
    if (!path)
        return 0;
    filter->rejects_descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
    if (filter->rejects_descriptor < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "cannot write: %s", strerror(errno));
    if (fstat(filter->rejects_descriptor, &rejects) < 0 || fstat(filter->descriptor, &input) < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "cannot be looked at: %s", strerror(errno));
    if (S_ISREG(rejects.st_mode)) {
        if (rejects.st_dev == input.st_dev && rejects.st_ino == input.st_ino) {
            close(filter->rejects_descriptor);
            filter->rejects_descriptor = -1;
            return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL,
                                 "--rejects would overwrite the input: name another file");
        }
        if (ftruncate(filter->rejects_descriptor, 0) < 0)
            return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "cannot write: %s", strerror(errno));
    }
    mob_writer_init(&filter->rejects, filter->rejects_descriptor, path);
    for (size_t i = 0; i < REJECT_COLUMNS; i++) {
        filter->rejects_cells[i] = mob_table_find(&filter->header, reject_columns[i]);
        names[i] = mob_text_of(reject_columns[i]);
    }
    write_reject(filter, &filter->header, names);
    return 0;
}

int mob_filter_reject(struct mob_filter *filter, const struct mob_record *record, struct mob_error *why)
{
    char message[sizeof why->message + 64];
    struct mob_error bare;
    struct mob_buffer line = { 0 };

    mob_error_place(why, filter->binding.file, record->line, NULL);
    if (why->kind != MOB_ERROR_ROW || filter->run->strict) {
        why->kind = MOB_ERROR_FATAL;
        return -1;
    }
    filter->run->any_rejected = true;
    mob_run_say(filter->run, why);
    if (filter->rejects_descriptor >= 0) {
        bool odd = record->cell_count != filter->header.cell_count;

        bare = *why;
        bare.file = NULL;
        mob_error_print(&bare, message, sizeof message);
        mob_buffer_add_number(&line, (int64_t)record->line);
        write_reject(
            filter, record,
            (struct mob_text[]){ mob_buffer_since(&line, 0), mob_text_of(message), odd ? record->raw : MOB_TEXT("") });
        mob_buffer_release(&line);
    }
    *why = (struct mob_error){ 0 };
    return 0;
}

/* ---- rows in ---- */

static void flush_before_wait(void *context)
{
    struct mob_filter *filter = context;
    struct mob_error ignored = { 0 };

    /* The failure is sticky: mob_filter_next looks at it. */
    mob_writer_flush(&filter->out, &ignored);
    if (filter->rejects_descriptor >= 0)
        mob_writer_flush(&filter->rejects, &ignored);
}

struct mob_record mob_filter_keep(struct mob_arena *arena, const struct mob_record *record)
{
    struct mob_record kept = *record;
    struct mob_text *cells = mob_arena_take_array(arena, record->cell_count, sizeof *cells);

    kept.raw = mob_text_copy(arena, record->raw);
    for (size_t i = 0; i < record->cell_count; i++) {
        cells[i] = record->cells[i];
        if (record->plain && record->raw.length)
            cells[i].bytes = kept.raw.bytes + (record->cells[i].bytes - record->raw.bytes);
        else
            cells[i] = mob_text_copy(arena, record->cells[i]);
    }
    kept.cells = cells;
    return kept;
}

static void find_written(struct mob_filter *filter)
{
    size_t cell_count = filter->header.cell_count, written_count = filter->columns.written_count;

    filter->written_cells = mob_memory_new(written_count * sizeof *filter->written_cells);
    filter->values = mob_memory_new(written_count * sizeof *filter->values);
    filter->overwritten = mob_memory_new(cell_count * sizeof *filter->overwritten);
    filter->overwritten_cells = mob_memory_new(cell_count * sizeof *filter->overwritten_cells);
    for (size_t i = 0; i < cell_count; i++)
        filter->overwritten[i] = MOB_NO_CELL;
    for (size_t i = 0; i < written_count; i++) {
        filter->written_cells[i] = mob_table_find(&filter->header, filter->columns.written[i]);
        if (filter->written_cells[i] != MOB_NO_CELL)
            filter->overwritten[filter->written_cells[i]] = i;
    }
    for (size_t i = 0; i < cell_count; i++)
        if (filter->overwritten[i] != MOB_NO_CELL)
            filter->overwritten_cells[filter->overwritten_count++] = i;
}

void mob_filter_write_header(struct mob_filter *filter)
{
    for (size_t i = 0; i < filter->columns.written_count; i++)
        filter->values[i] = mob_text_of(filter->columns.written[i]);
    mob_filter_write(filter, &filter->header, filter->values);
    mob_output_begin(filter->run);
}

int mob_filter_begin(struct mob_filter *filter, struct mob_run *run, const struct mob_filter_columns *columns,
                     struct mob_error *error)
{
    struct mob_record header;

    *filter = (struct mob_filter){ .run = run, .descriptor = -1, .columns = *columns, .rejects_descriptor = -1 };
    mob_arena_init(&filter->arena);
    mob_writer_init(&filter->out, STDOUT_FILENO, "standard output");
    if (run->words.length) {
        filter->csv = mob_csv_open_bytes(run->words, run->input);
    } else {
        if (mob_run_open_input(run, &filter->descriptor, error) < 0)
            return -1;
        filter->csv = mob_csv_open(filter->descriptor, run->input, flush_before_wait, filter);
    }
    if (mob_table_read_header(&filter->binding, columns->read, columns->read_count, filter->csv, &header, run->input,
                              error) < 0)
        return -1;
    filter->header = mob_filter_keep(&filter->arena, &header);
    find_written(filter);
    return begin_rejects(filter, error);
}

int mob_filter_next(struct mob_filter *filter, struct mob_record *record, bool whole, struct mob_error *error)
{
    for (;;) {
        const struct mob_record *last;
        struct mob_error why = { 0 };
        int got;

        if (filter->out.failure || (filter->rejects_descriptor >= 0 && filter->rejects.failure))
            return -1; /* mob_filter_end says why */
        got = mob_csv_read(filter->csv, record, error);
        last = got > 0 ? record : &filter->header;
        if (got >= 0 && whole && last->unended)
            return mob_error_set(error, MOB_ERROR_FATAL, filter->binding.file, last->line, NULL,
                                 MOB_CSV_UNENDED "; nothing was done");
        if (got >= 0 && last->unended)
            mob_sink_warn(&filter->run->warnings, filter->binding.file, last->line, NULL, MOB_CSV_UNENDED);
        if (got <= 0)
            return got;
        if (mob_table_check_width(&filter->binding, record, &why) == 0)
            return 1;
        if (whole)
            why.kind = MOB_ERROR_FATAL;
        if (mob_filter_reject(filter, record, &why) < 0) {
            *error = why;
            return -1;
        }
    }
}

int mob_filter_read(const struct mob_filter *filter, const struct mob_record *record, void *row,
                    struct mob_error *error)
{
    return mob_table_read(&filter->binding, record, row, NULL, error);
}

/* ---- rows out ---- */

/* A record without a quote: its untouched cells go out as they stand, a stretch at a time. */
static void write_plain(struct mob_filter *filter, const struct mob_record *record, const struct mob_text *values)
{
    const char *rest = record->raw.bytes;
    const char *end = rest + record->raw.length;
    bool is_rest = true; /* cells are left behind the last value */

    for (size_t i = 0; i < filter->overwritten_count; i++) {
        size_t cell = filter->overwritten_cells[i];
        struct mob_text value = values[filter->overwritten[cell]];
        const char *start = record->cells[cell].bytes;

        if (!value.bytes)
            continue;
        if (start > rest)
            mob_writer_raw(&filter->out, (struct mob_text){ rest, (size_t)(start - rest) - 1 });
        mob_writer_cell(&filter->out, value);
        is_rest = cell + 1 < record->cell_count;
        rest = start + record->cells[cell].length + 1;
    }
    if (is_rest)
        mob_writer_raw(&filter->out, (struct mob_text){ rest, (size_t)(end - rest) });
}

static void write_cells(struct mob_filter *filter, const struct mob_record *record, const struct mob_text *values)
{
    for (size_t i = 0; i < record->cell_count; i++) {
        size_t written = filter->overwritten[i];

        mob_writer_cell(&filter->out,
                        written != MOB_NO_CELL && values[written].bytes ? values[written] : record->cells[i]);
    }
}

void mob_filter_write(struct mob_filter *filter, const struct mob_record *record, const struct mob_text *values)
{
    if (record->plain)
        write_plain(filter, record, values);
    else
        write_cells(filter, record, values);
    for (size_t i = 0; i < filter->columns.added_count; i++)
        if (filter->written_cells[i] == MOB_NO_CELL)
            mob_writer_cell(&filter->out, values[i].bytes ? values[i] : MOB_TEXT(""));
    mob_writer_end_row(&filter->out);
}

void mob_filter_end(struct mob_filter *filter, struct mob_error *error)
{
    /* The rejects first: where they cannot be kept, the output is not whole either. */
    if (filter->rejects_descriptor >= 0) {
        mob_writer_close(&filter->rejects, error);
        if (close(filter->rejects_descriptor) < 0)
            mob_error_set(error, MOB_ERROR_FATAL, filter->run->rejects, 0, NULL, "cannot write: %s", strerror(errno));
    }
    mob_output_end(&filter->out, error);
    mob_csv_close(filter->csv);
    mob_table_release(&filter->binding);
    free(filter->written_cells);
    free(filter->values);
    free(filter->overwritten);
    free(filter->overwritten_cells);
    mob_arena_release(&filter->arena);
}

void mob_filter_run(struct mob_run *run, const struct mob_filter_columns *columns,
                    int (*row)(struct mob_filter *filter, void *context, const struct mob_record *record,
                               struct mob_error *error),
                    void *context, struct mob_error *error)
{
    struct mob_filter filter;
    struct mob_record record;
    int got = mob_filter_begin(&filter, run, columns, error);

    if (got == 0)
        mob_filter_write_header(&filter);
    while (got >= 0 && (got = mob_filter_next(&filter, &record, false, error)) > 0)
        if (row(&filter, context, &record, error) < 0)
            got = mob_filter_reject(&filter, &record, error);
    mob_filter_end(&filter, error);
}

/* ---- rows of one appointment ---- */

static const char *const appointment_columns[MOB_APPOINTMENT_CELLS] = { "customer", "vin", "jobs", "wanted",
                                                                        "wanted_back" };

void mob_appointment_init(struct mob_appointment *appointment, const struct mob_filter *filter)
{
    appointment->filter = filter;
    appointment->request_cell = mob_table_find(&filter->header, "request");
    for (size_t i = 0; i < MOB_APPOINTMENT_CELLS; i++)
        appointment->cells[i] = mob_table_find(&filter->header, appointment_columns[i]);
}

struct mob_text mob_appointment_key(const struct mob_appointment *appointment, const struct mob_record *record)
{
    return record->cells[appointment->request_cell];
}

const char *mob_appointment_difference(const struct mob_appointment *appointment, const struct mob_record *one,
                                       const struct mob_record *other)
{
    for (size_t i = 0; i < MOB_APPOINTMENT_CELLS; i++) {
        size_t cell = appointment->cells[i];

        if (cell != MOB_NO_CELL && !mob_text_is(one->cells[cell], other->cells[cell]))
            return appointment_columns[i];
    }
    return NULL;
}

int mob_appointment_check(const struct mob_appointment *appointment, const struct mob_record *first,
                          const struct mob_record *record, struct mob_error *error)
{
    const char *column = mob_appointment_difference(appointment, first, record);
    size_t cell;

    if (!column)
        return 0;
    cell = mob_table_find(&appointment->filter->header, column);
    return mob_error_set(error, MOB_ERROR_ROW, appointment->filter->binding.file, record->line, column,
                         "%s differs from %s on line %llu of the same request", mob_quote(record->cells[cell]).text,
                         mob_quote(first->cells[cell]).text, (unsigned long long)first->line);
}
