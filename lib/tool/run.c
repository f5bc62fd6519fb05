#include "tool/run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SHOWN_OF_A_THEME = 10, LINE_SIZE = 1600 };

/* One write for the whole line, so that the lines of a pipeline's programs do not mix. */
static void print_line(const struct mob_run *run, const char *text)
{
    char line[LINE_SIZE];
    int length = snprintf(line, sizeof line - 1, "%s: %s", run->command->name, text);

    if (length < 0)
        return;
    if ((size_t)length > sizeof line - 2)
        length = (int)sizeof line - 2;
    line[length] = '\n';
    if (write(STDERR_FILENO, line, (size_t)length + 1) < 0)
        return; /* nobody is left to tell */
}

/* A closed descriptor 0, 1 or 2 would be given to the next file that is opened, the calendar perhaps. In its place
 * stands one that refuses: standard input that cannot be read, standard output that cannot be written. */
static void fill_descriptors(void)
{
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        int flags = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY;

        if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", flags) < 0)
            _exit(2);
    }
}

static int take_warning(void *context, const struct mob_error *warning)
{
    struct mob_run *run = context;
    size_t theme = 0;

    while (theme < run->theme_count && run->themes[theme].theme != warning->theme)
        theme++;
    if (theme == run->theme_count) {
        if (theme == MOB_THEME_MAX)
            return 0;
        run->themes[theme].theme = warning->theme;
        run->themes[theme].file = warning->file;
        run->themes[theme].line = warning->line;
        run->theme_count++;
    }
    if (++run->themes[theme].count <= SHOWN_OF_A_THEME && !run->quiet)
        mob_run_say(run, warning);
    return 0;
}

/* Prints what --help or --version asked for and ends the process. */
_Noreturn static void answer(const struct mob_run *run, enum mob_option_result result)
{
    struct mob_buffer text = { 0 };
    struct mob_writer out;
    struct mob_error error = { 0 };
    int status = 0;

    if (result == MOB_OPTION_HELP) {
        mob_option_add_help(run->command, &text);
    } else {
        mob_buffer_add(&text, mob_text_of(run->command->name));
        mob_buffer_add(&text, MOB_TEXT(" (mob) " MOB_VERSION "\n"));
    }
    mob_writer_init(&out, STDOUT_FILENO, "standard output");
    mob_writer_bytes(&out, mob_buffer_since(&text, 0));
    if (mob_writer_close(&out, &error) < 0) {
        mob_run_say(run, &error);
        status = 2;
    }
    mob_buffer_release(&text);
    exit(status);
}

_Noreturn static void refuse(struct mob_run *run, const struct mob_error *error)
{
    exit(mob_run_end(run, error));
}

void mob_run_begin(struct mob_run *run, const struct mob_command *command, int argc, char **argv)
{
    struct mob_error error = { 0 };
    enum mob_option_result result;
    int first;

    fill_descriptors();
    /* A file size limit is a failed write like any other: it must not kill a commit half way (CALENDAR.md, step 6). */
    sigaction(SIGXFSZ, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
    run->command = command;
    run->given_now = MOB_ABSENT;
    run->warnings = (struct mob_sink){ take_warning, run };
    result = mob_option_parse(command, argc, argv, &first, &error);
    if (result == MOB_OPTION_WRONG)
        refuse(run, &error);
    if (result != MOB_OPTION_GO_ON)
        answer(run, result);
    run->operands = argv + first;
    run->operand_count = argc - first;
    run->input = run->operand_count ? run->operands[0] : "-";
    if (!command->takes_words && run->operand_count > (command->operands ? 1 : 0)) {
        mob_error_say(&error, MOB_ERROR_FATAL, "%s is one operand too many: see --help",
                      mob_quote(mob_text_of(run->operands[command->operands ? 1 : 0])).text);
        refuse(run, &error);
    }
    if (!run->site)
        run->site = getenv("MOB_SITE");
    if (!run->site || !*run->site)
        run->site = ".";
}

/* What was given as `now`, or MOB_ABSENT. */
static int given_now(const struct mob_run *run, int64_t *now, struct mob_error *error)
{
    const char *given = getenv("MOB_NOW");

    *now = run->given_now;
    if (*now != MOB_ABSENT || !given || !*given)
        return 0;
    if (mob_instant_parse(mob_text_of(given), now) < 0)
        return mob_error_say(error, MOB_ERROR_FATAL, "$MOB_NOW: %s is not a date-time (2026-11-30T09:00)",
                             mob_quote(mob_text_of(given)).text);
    return 0;
}

int mob_run_now(const struct mob_run *run, int64_t *now, struct mob_error *error)
{
    time_t seconds = time(NULL);
    struct tm local;

    if (given_now(run, now, error) < 0)
        return -1;
    if (*now != MOB_ABSENT)
        return 0;
    if (!localtime_r(&seconds, &local))
        return mob_error_say(error, MOB_ERROR_FATAL, "the system's clock tells no date");
    *now = mob_instant_of_clock(&local);
    if (!mob_instant_is_valid(*now))
        return mob_error_say(error, MOB_ERROR_FATAL, "the system's clock is outside the years 1900 to 9999");
    return 0;
}

int mob_run_now_utc(const struct mob_run *run, int64_t *seconds, struct mob_error *error)
{
    int64_t now, utc;

    if (given_now(run, &now, error) < 0)
        return -1;
    if (now == MOB_ABSENT) {
        *seconds = (int64_t)time(NULL);
        return 0;
    }
    utc = now * 60;
    /* The zone's offset at a guess, and then at what that corrects it to. */
    for (int i = 0; i < 2; i++) {
        time_t guess = (time_t)utc;
        struct tm local;

        if (!localtime_r(&guess, &local))
            return mob_error_say(error, MOB_ERROR_FATAL, "the local time zone tells no date");
        utc -= (mob_instant_of_clock(&local) - now) * 60;
    }
    if (utc < MOB_INSTANT_FIRST * 60 || utc > MOB_INSTANT_LAST * 60)
        return mob_error_say(error, MOB_ERROR_FATAL, "now is outside the years 1900 to 9999 in UTC");
    *seconds = utc;
    return 0;
}

int mob_run_now_of_writer(const struct mob_run *run, int64_t *now, struct mob_error *error)
{
    char text[MOB_INSTANT_SIZE];
    int64_t given;

    if (given_now(run, &given, error) < 0 || mob_run_now(run, now, error) < 0)
        return -1;
    if (given != MOB_ABSENT) {
        mob_instant_print(given, text);
        mob_run_note(run, "now was given: %s", text);
    }
    return 0;
}

int mob_run_open_input(const struct mob_run *run, int *descriptor, struct mob_error *error)
{
    if (strcmp(run->input, "-") == 0) {
        *descriptor = STDIN_FILENO;
        return 0;
    }
    *descriptor = open(run->input, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*descriptor < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, run->input, 0, NULL, "cannot open: %s", strerror(errno));
    return 0;
}

void mob_run_say(const struct mob_run *run, const struct mob_error *error)
{
    char text[LINE_SIZE];

    mob_error_print(error, text, sizeof text);
    print_line(run, text);
}

void mob_run_note(const struct mob_run *run, const char *format, ...)
{
    char text[LINE_SIZE];
    va_list arguments;

    if (run->quiet)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    print_line(run, text);
}

static int status_of(enum mob_error_kind kind)
{
    switch (kind) {
    case MOB_ERROR_FATAL:
        return 2;
    case MOB_ERROR_UNSURE:
        return 74;
    case MOB_ERROR_BUSY:
        return 75;
    case MOB_ERROR_ROW:
        return 1;
    default:
        return 0;
    }
}

int mob_run_end(struct mob_run *run, const struct mob_error *error)
{
    for (size_t i = 0; i < run->theme_count; i++)
        if (run->themes[i].count > SHOWN_OF_A_THEME)
            mob_run_note(run, "%s:%llu: and %llu more warnings like the one here",
                         run->themes[i].file ? run->themes[i].file : "-", (unsigned long long)run->themes[i].line,
                         (unsigned long long)(run->themes[i].count - SHOWN_OF_A_THEME));
    if (error->kind != MOB_ERROR_NONE) {
        mob_run_say(run, error);
        return status_of(error->kind);
    }
    return run->any_rejected ? 1 : 0;
}
