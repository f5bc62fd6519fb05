/* Fuzzes the option parser (CLI.md, "Options") with a table that has every kind of option. The input is the command
 * line, a word a line. */
#include "fuzz.h"
#include "tool/option.h"

#include <getopt.h>
#include <stdlib.h>

#define NAME "mob-nobody" /* no word of a message unless it is taken for one of the user's */

enum { WORDS_MAX = 64, STEP_LEAST = 1, STEP_MOST = 1440, EXACT = 7 };

struct values {
    bool is_quiet, is_strict;
    const char *site, *rejects;
    int64_t step, exact, now, day;
    struct mob_notice notice;
};

static struct values values;

static const struct mob_option options[] = {
    { 'q', "quiet", NULL, "no warnings", MOB_OPTION_FLAG, &values.is_quiet, 0, 0 },
    { 's', "strict", NULL, "the first bad row ends the run", MOB_OPTION_FLAG, &values.is_strict, 0, 0 },
    { 'd', "site", "DIR", "the site's directory", MOB_OPTION_TEXT, &values.site, 0, 0 },
    { 0, "rejects", "FILE", "where rejected rows go", MOB_OPTION_TEXT, &values.rejects, 0, 0 },
    { 'n', "step", "MINUTES", "the grid", MOB_OPTION_NUMBER, &values.step, STEP_LEAST, STEP_MOST },
    { 0, "exact", "N", "one number alone", MOB_OPTION_NUMBER, &values.exact, EXACT, EXACT },
    { 0, "now", "DATE-TIME", "the clock", MOB_OPTION_INSTANT, &values.now, 0, 0 },
    { 0, "nowhere", "DATE-TIME", "begins as another does", MOB_OPTION_INSTANT, &values.day, 0, 0 },
    { 'o', "option", "NOTICE", "when an option expires", MOB_OPTION_NOTICE, &values.notice, 0, 0 },
};

static const struct mob_command command = {
    NAME, "is asked nothing but this", "[file]", options, sizeof options / sizeof *options, true,
};

/* The words, each in memory of its own size, and NULL behind them. */
struct line {
    char *words[WORDS_MAX + 2];
    int count;
};

static char *copy_word(struct mob_text word)
{
    char *copy = mob_memory_new(word.length + 1);

    if (word.length)
        memcpy(copy, word.bytes, word.length);
    return copy;
}

static void split(struct mob_text input, struct line *line)
{
    size_t start = 0;

    line->words[0] = copy_word(MOB_TEXT(NAME));
    line->count = 1;
    for (size_t i = 0; i <= input.length && line->count <= WORDS_MAX; i++) {
        bool is_end = i == input.length;

        if (!is_end && input.bytes[i] != '\n' && input.bytes[i] != '\0')
            continue;
        if (!is_end || i > start)
            line->words[line->count++] = copy_word((struct mob_text){ input.bytes + start, i - start });
        start = i + 1;
    }
    line->words[line->count] = NULL;
}

static enum mob_option_result parse(struct line *line, int *first_operand, struct mob_error *error)
{
    values = (struct values){ .step = 30, .exact = EXACT, .now = MOB_ABSENT, .day = MOB_ABSENT };
    optind = 0; /* getopt begins anew */
    return mob_option_parse(&command, line->count, line->words, first_operand, error);
}

static bool is_word(const struct line *line, const char *value)
{
    for (int i = 1; i < line->count; i++)
        if (value >= line->words[i] && value <= line->words[i] + strlen(line->words[i]))
            return true;
    return value == NULL;
}

static bool is_instant(int64_t instant)
{
    return instant == MOB_ABSENT || mob_instant_is_valid(instant);
}

static void require_limits(const struct line *line)
{
    fuzz_require(values.step >= STEP_LEAST && values.step <= STEP_MOST, "a number lies within its limits");
    fuzz_require(values.exact == EXACT, "a number lies within limits of one value");
    fuzz_require(is_instant(values.now) && is_instant(values.day), "an instant lies within its years");
    fuzz_require(values.notice.amount >= 0 && values.notice.amount <= MOB_NUMBER_MAX &&
                     values.notice.unit <= MOB_NOTICE_WORKING_DAYS &&
                     (values.notice.amount > 0 || values.notice.unit != MOB_NOTICE_WORKING_DAYS),
                 "a notice lies within its limits");
    fuzz_require(is_word(line, values.site) && is_word(line, values.rejects), "a text is a part of a word");
}

static bool is_same(const struct values *one, const struct values *other)
{
    return one->is_quiet == other->is_quiet && one->is_strict == other->is_strict && one->site == other->site &&
           one->rejects == other->rejects && one->step == other->step && one->exact == other->exact &&
           one->now == other->now && one->day == other->day && one->notice.amount == other->notice.amount &&
           one->notice.unit == other->notice.unit;
}

/* getopt has put the operands behind the options: read so, the line says the same. */
static void require_same_again(struct line *line, int first_operand)
{
    struct values before = values;
    struct mob_error error = { 0 };
    int again;

    fuzz_require(parse(line, &again, &error) == MOB_OPTION_GO_ON && is_same(&values, &before),
                 "a line in order is read as before");
    fuzz_require(again == first_operand, "a line in order has its operands as before");
}

static void require_message(const struct mob_error *error, const struct line *line)
{
    bool is_named = false;

    for (int i = 1; i < line->count; i++)
        is_named = is_named || strstr(line->words[i], NAME);
    fuzz_require(error->kind == MOB_ERROR_FATAL && error->message[0], "bad usage is a fatal error with a message");
    fuzz_require(is_named || !strstr(error->message, NAME), "a message names a word of the user's");
}

static void require_help(void)
{
    struct mob_buffer help = { 0 };

    mob_option_add_help(&command, &help);
    fuzz_require(help.length && help.bytes[help.length - 1] == '\n', "the help ends with a line end");
    mob_buffer_release(&help);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct line line;
    struct mob_error error = { 0 };
    enum mob_option_result result;
    int first_operand;

    split(fuzz_input(data, size), &line);
    result = parse(&line, &first_operand, &error);
    fuzz_require((result == MOB_OPTION_WRONG) == (error.kind != MOB_ERROR_NONE), "bad usage has an error");
    if (result == MOB_OPTION_WRONG) {
        require_message(&error, &line);
    } else if (result == MOB_OPTION_GO_ON) {
        fuzz_require(first_operand >= 1 && first_operand <= line.count, "the operands stand behind the command");
        require_limits(&line);
        require_same_again(&line, first_operand);
    } else if (result == MOB_OPTION_HELP) {
        require_help();
    }
    for (int i = 0; i < line.count; i++)
        free(line.words[i]);
    return 0;
}
