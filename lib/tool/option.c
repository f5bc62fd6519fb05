#include "tool/option.h"

#include <getopt.h>
#include <stdlib.h>

/* What every tool has: the first letters are getopt's, the numbers follow the tool's own options. */
static const struct mob_option common[] = {
    { 'h', "help", NULL, "print this help", MOB_OPTION_FLAG, NULL, 0, 0 },
    { 0, "version", NULL, "print the version", MOB_OPTION_FLAG, NULL, 0, 0 },
};

enum {
    COMMON_COUNT = sizeof common / sizeof *common,
    FIRST_NUMBER = 256 /* above every letter */
};

static const struct mob_option *option_at(const struct mob_command *command, size_t number)
{
    return number < COMMON_COUNT ? &common[number] : &command->options[number - COMMON_COUNT];
}

static int read_number(const struct mob_option *option, struct mob_text text, struct mob_error *error)
{
    int64_t number;

    if (mob_text_to_number(text, &number) < 0 || number < option->least || number > option->most)
        return mob_error_say(error, MOB_ERROR_FATAL, "--%s: %s is not a whole number from %lld to %lld", option->name,
                             mob_quote(text).text, (long long)option->least, (long long)option->most);
    *(int64_t *)option->value = number;
    return 0;
}

static void add_text(struct mob_option_texts *texts, const char *text)
{
    texts->texts = mob_memory_grow(texts->texts, &texts->capacity, texts->count + 1, sizeof *texts->texts);
    texts->texts[texts->count++] = text;
}

static int take(const struct mob_option *option, const char *argument, struct mob_error *error)
{
    struct mob_text text = mob_text_of(argument);

    switch (option->kind) {
    case MOB_OPTION_FLAG:
        *(bool *)option->value = true;
        return 0;
    case MOB_OPTION_TEXT:
        *(const char **)option->value = argument;
        return 0;
    case MOB_OPTION_TEXTS:
        add_text(option->value, argument);
        return 0;
    case MOB_OPTION_NUMBER:
        return read_number(option, text, error);
    case MOB_OPTION_INSTANT:
        if (mob_instant_parse(text, option->value) < 0)
            return mob_error_say(error, MOB_ERROR_FATAL, "--%s: %s is not a date-time (2026-11-30T09:00)", option->name,
                                 mob_quote(text).text);
        return 0;
    case MOB_OPTION_DATE:
        if (mob_date_parse(text, option->value) < 0)
            return mob_error_say(error, MOB_ERROR_FATAL, "--%s: %s is not a date (2026-11-30)", option->name,
                                 mob_quote(text).text);
        return 0;
    case MOB_OPTION_NOTICE:
        if (mob_notice_parse(text, option->value) < 0)
            return mob_error_say(error, MOB_ERROR_FATAL, "--%s: %s is not a notice (30m, 4h, 2d or 2wd)", option->name,
                                 mob_quote(text).text);
        return 0;
    }
    return 0;
}

/* getopt's two arrays; `letters` has room for them all. */
static void make_arrays(const struct mob_command *command, struct option *options, char *letters)
{
    *letters++ = ':'; /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < COMMON_COUNT + command->option_count; i++) {
        const struct mob_option *option = option_at(command, i);

        options[i] = (struct option){ option->name, option->argument ? required_argument : no_argument, NULL,
                                      FIRST_NUMBER + (int)i };
        if (option->letter) {
            *letters++ = option->letter;
            if (option->argument)
                *letters++ = ':';
        }
    }
    *letters = '\0';
}

static int number_of_letter(const struct mob_command *command, int letter)
{
    for (size_t i = 0; i < COMMON_COUNT + command->option_count; i++)
        if (option_at(command, i)->letter == letter)
            return (int)i;
    return -1;
}

static enum mob_option_result wrong(const struct mob_command *command, int found, char **argv, struct mob_error *error)
{
    const char *names[64];
    size_t count = 0;
    char letter[] = { '-', (char)optopt, '\0' };
    const char *given = argv[optind - 1], *near = NULL;

    if (found == ':') {
        mob_error_say(error, MOB_ERROR_FATAL, "%s needs an argument: see --help",
                      optopt >= FIRST_NUMBER ? mob_quote(mob_text_of(given)).text : letter);
        return MOB_OPTION_WRONG;
    }
    /* A byte beyond ASCII is negative there; 0 is a long option. */
    if (optopt != 0 && optopt < FIRST_NUMBER)
        given = letter;
    else if (given[0] == '-' && given[1] == '-') {
        for (; count < COMMON_COUNT + command->option_count && count < 64; count++)
            names[count] = option_at(command, count)->name;
        near = mob_text_nearest(mob_text_of(given + 2), names, count);
    }
    mob_error_say(error, MOB_ERROR_FATAL, "%s is not an option here%s%s%s: see --help",
                  mob_quote(mob_text_of(given)).text, near ? "; was --" : "", near ? near : "", near ? " meant?" : "");
    return MOB_OPTION_WRONG;
}

enum mob_option_result mob_option_parse(const struct mob_command *command, int argc, char **argv, int *first_operand,
                                        struct mob_error *error)
{
    size_t count = COMMON_COUNT + command->option_count;
    struct option *options = mob_memory_new((count + 1) * sizeof *options);
    char *letters = mob_memory_new(2 * count + 2);
    enum mob_option_result result = MOB_OPTION_GO_ON;
    int found;

    make_arrays(command, options, letters);
    opterr = 0; /* we say it ourselves, escaped */
    while (result == MOB_OPTION_GO_ON && (found = getopt_long(argc, argv, letters, options, NULL)) != -1) {
        int number = found >= FIRST_NUMBER ? found - FIRST_NUMBER : number_of_letter(command, found);

        if (found == '?' || found == ':' || number < 0)
            result = wrong(command, found, argv, error);
        else if (number < COMMON_COUNT)
            result = number == 0 ? MOB_OPTION_HELP : MOB_OPTION_VERSION;
        else if (take(option_at(command, (size_t)number), optarg, error) < 0)
            result = MOB_OPTION_WRONG;
    }
    *first_operand = optind;
    free(options);
    free(letters);
    return result;
}

static void add(struct mob_buffer *buffer, const char *string)
{
    mob_buffer_add(buffer, mob_text_of(string));
}

static void add_usage(const struct mob_command *command, struct mob_buffer *buffer)
{
    add(buffer, "usage: ");
    add(buffer, command->name);
    add(buffer, " [-");
    for (size_t i = 0; i < COMMON_COUNT + command->option_count; i++)
        if (option_at(command, i)->letter && !option_at(command, i)->argument)
            mob_buffer_add_byte(buffer, option_at(command, i)->letter);
    add(buffer, "]");
    for (size_t i = 0; i < COMMON_COUNT + command->option_count; i++) {
        const struct mob_option *option = option_at(command, i);

        if (option->letter && !option->argument)
            continue;
        add(buffer, " [--");
        add(buffer, option->name);
        if (option->argument) {
            add(buffer, " ");
            add(buffer, option->argument);
        }
        add(buffer, "]");
    }
    if (command->operands) {
        add(buffer, " ");
        add(buffer, command->operands);
    }
    add(buffer, "\n");
}

void mob_option_add_help(const struct mob_command *command, struct mob_buffer *buffer)
{
    enum { HELP_AT = 30 };

    add_usage(command, buffer);
    add(buffer, command->summary);
    add(buffer, "\n\n");
    for (size_t i = 0; i < COMMON_COUNT + command->option_count; i++) {
        const struct mob_option *option = option_at(command, i);
        size_t start = buffer->length;
        char letter[] = { ' ', ' ', '-', option->letter, ',', ' ', '\0' };

        add(buffer, option->letter ? letter : "      ");
        add(buffer, "--");
        add(buffer, option->name);
        if (option->argument) {
            add(buffer, " ");
            add(buffer, option->argument);
        }
        do
            add(buffer, " ");
        while (buffer->length - start < HELP_AT);
        add(buffer, option->help);
        add(buffer, "\n");
    }
}
