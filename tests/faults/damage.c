#include "judge.h"
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct inject_fault no_fault = { .action = INJECT_NOTHING };

static bool refuses(const struct scenario *scenario, char *const *words)
{
    static struct outcome outcome;

    scenario_finish(scenario, scenario_start_words(scenario, words, scenario->output, no_fault), &outcome);
    if (outcome.status == 2 && outcome.length == 0)
        return true;
    judge_say("broken", "%s ended with exit %d and said\n%s", words[0], outcome.status, outcome.answer);
    return false;
}

/* The length of a row's first cell, the entry's number, and its comma. */
static size_t number_length(const char *row)
{
    return strcspn(row, ",") + 1;
}

/* Whether these are the file's first bytes up to an entry's end. Of an archive nobody can tell then: it has no .last
 * (mob-calendar(5)). */
static bool is_cut_behind_entry(const struct site_file *was, const char *bytes, size_t length)
{
    const char *header_end = memchr(was->bytes, '\n', was->length), *next = was->bytes + length, *last = next - 1;

    if (length >= was->length || next <= header_end + 1 || next[-1] != '\n' || memcmp(bytes, was->bytes, length) != 0)
        return false;
    while (last[-1] != '\n')
        last--;
    return number_length(last) != number_length(next) || memcmp(last, next, number_length(next)) != 0;
}

/* The file with other bytes: the writer and a reader refuse it, and it stays as it is. */
static void damage(struct part *part, const char *name, const char *bytes, size_t length)
{
    static char list[] = "mob-list", history[] = "--history";
    static char *const reader[SCENARIO_WORDS_MAX + 1] = { list, history };
    const struct scenario *scenario = part->scenario;
    struct site_files files = scenario->before, found;
    const struct site_file *was = site_find(&scenario->before, name);

    if (strncmp(name, "calendar-", 9) == 0 && is_cut_behind_entry(was, bytes, length))
        return;
    if (!part_takes_next(part))
        return;
    judge_count("damaged");
    files.files[was - scenario->before.files].bytes = (char *)bytes;
    files.files[was - scenario->before.files].length = length;
    site_put(scenario->directory, &files);
    if (!refuses(scenario, scenario->words) || !refuses(scenario, reader))
        return;
    site_take(scenario->directory, &found);
    if (!site_is_identical(&found, &files))
        judge_say("broken", "what was refused has changed");
    site_release(&found);
}

static void change_each_byte(struct part *part, const struct site_file *file)
{
    static const char others[] = { ',', '\n', '"', '0', 'x', '\0', '\r', ' ', (char)0xff };
    char *bytes = malloc(file->length);

    memcpy(bytes, file->bytes, file->length);
    for (size_t i = 0; i < file->length; i++) {
        for (size_t other = 0; other < sizeof others; other++) {
            bytes[i] = others[other];
            judge_name("%s: byte %zu is %d", file->name, i, bytes[i]);
            if (bytes[i] != file->bytes[i])
                damage(part, file->name, bytes, file->length);
        }
        bytes[i] = (char)(file->bytes[i] ^ 1);
        judge_name("%s: byte %zu has one other bit", file->name, i);
        damage(part, file->name, bytes, file->length);
        bytes[i] = file->bytes[i];
    }
    free(bytes);
}

static void cut_everywhere(struct part *part, const struct site_file *file)
{
    for (size_t length = 0; length < file->length; length++) {
        judge_name("%s: cut to %zu bytes", file->name, length);
        damage(part, file->name, file->bytes, length);
    }
}

static void take_out_and_put_in(struct part *part, const struct site_file *file)
{
    char *bytes = malloc(file->length + 1);

    for (size_t i = 0; i < file->length; i++) {
        memcpy(bytes, file->bytes, i);
        memcpy(bytes + i, file->bytes + i + 1, file->length - i - 1);
        judge_name("%s: byte %zu taken out", file->name, i);
        damage(part, file->name, bytes, file->length - 1);
        bytes[i] = '1';
        memcpy(bytes + i + 1, file->bytes + i, file->length - i);
        judge_name("%s: a byte put in at %zu", file->name, i);
        damage(part, file->name, bytes, file->length + 1);
    }
    free(bytes);
}

/* ---- rows ---- */

enum { ROWS_MAX = 64 };

struct rows {
    const char *starts[ROWS_MAX + 1]; /* and the end */
    int count;                        /* the header too */
};

static void find_rows(struct rows *rows, const struct site_file *file)
{
    rows->count = 0;
    rows->starts[0] = file->bytes;
    for (size_t i = 0; i < file->length && rows->count < ROWS_MAX; i++)
        if (file->bytes[i] == '\n')
            rows->starts[++rows->count] = file->bytes + i + 1;
}

static void damage_rows(struct part *part, const struct site_file *file, const struct rows *rows, const int *order,
                        int count)
{
    char *bytes = malloc(2 * file->length + 1);
    size_t length = 0;

    for (int i = 0; i < count; i++) {
        size_t row = (size_t)(rows->starts[order[i] + 1] - rows->starts[order[i]]);

        memcpy(bytes + length, rows->starts[order[i]], row);
        length += row;
    }
    damage(part, file->name, bytes, length);
    free(bytes);
}

/* Each run of rows dropped, each row doubled, each two swapped. */
static void move_rows(struct part *part, const struct site_file *file)
{
    struct rows rows;
    int order[ROWS_MAX + 1], count;

    find_rows(&rows, file);
    for (int from = 0; from < rows.count; from++)
        for (int until = from + 1; until <= rows.count; until++) {
            count = 0;
            for (int i = 0; i < rows.count; i++)
                if (i < from || i >= until)
                    order[count++] = i;
            judge_name("%s: rows %d to %d dropped", file->name, from, until - 1);
            damage_rows(part, file, &rows, order, count);
        }
    for (int doubled = 0; doubled < rows.count; doubled++) {
        count = 0;
        for (int i = 0; i < rows.count; i++) {
            order[count++] = i;
            if (i == doubled)
                order[count++] = i;
        }
        judge_name("%s: row %d doubled", file->name, doubled);
        damage_rows(part, file, &rows, order, count);
    }
    for (int one = 0; one < rows.count; one++)
        for (int other = one + 1; other < rows.count; other++) {
            for (int i = 0; i < rows.count; i++)
                order[i] = i == one ? other : i == other ? one : i;
            judge_name("%s: rows %d and %d swapped", file->name, one, other);
            damage_rows(part, file, &rows, order, rows.count);
        }
}

void part_damage(struct part *part)
{
    for (size_t i = part->scenario->before.count; i-- > 0;) { /* the short .last first */
        const struct site_file *file = &part->scenario->before.files[i];

        change_each_byte(part, file);
        cut_everywhere(part, file);
        if (strcmp(file->name, "calendar.csv.last") == 0)
            continue;
        take_out_and_put_in(part, file);
        move_rows(part, file);
    }
}
