#include "judge.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KINDS_MAX = 64, SHOWN_MAX = 20 };

static struct {
    const char *kind;
    long count;
} counts[KINDS_MAX];
static int kind_count;
static char name[512];
static int said;
static struct {
    const char *promise;
    int count;
} unsaid[] = { { "lost", 0 }, { "doubled", 0 }, { "unanswered", 0 }, { "broken", 0 } };
static FILE *checker;
static pid_t checker_child;

void judge_init(const char *path)
{
    int ends[2];

    fflush(stdout);
    if (pipe(ends) != 0 || (checker_child = fork()) < 0) {
        perror(path);
        exit(1);
    }
    if (checker_child == 0) {
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        execlp("awk", "awk", "-v", "now=2026-11-24T08:00", "-f", path, (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    checker = fdopen(ends[1], "w");
    signal(SIGPIPE, SIG_IGN);
}

int judge_finish(void)
{
    int status = 0;

    fclose(checker);
    waitpid(checker_child, &status, 0);
    for (int i = 0; i < kind_count; i++)
        printf("count\t%s\t%ld\n", counts[i].kind, counts[i].count);
    for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++)
        if (unsaid[i].count > 0)
            printf("more\t%s\t%d\n", unsaid[i].promise, unsaid[i].count);
    fflush(stdout);
    return said || status != 0;
}

void judge_count(const char *kind)
{
    int i = 0;

    while (i < kind_count && strcmp(counts[i].kind, kind) != 0)
        i++;
    if (i == KINDS_MAX)
        abort();
    if (i == kind_count)
        counts[kind_count++].kind = kind;
    counts[i].count++;
}

void judge_name(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
}

void judge_say(const char *promise, const char *format, ...)
{
    va_list arguments;

    if (++said > SHOWN_MAX) {
        for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++)
            unsaid[i].count += strcmp(unsaid[i].promise, promise) == 0;
        return;
    }
    printf("%s: %s: ", promise, name);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    fflush(stdout);
    if (getenv("MOB_FAULTS_STOP"))
        exit(1);
}

/* ---- promises.awk ---- */

static bool is_archive(const struct site_file *file)
{
    return strncmp(file->name, "calendar-", 9) == 0 && strlen(file->name) == strlen("calendar-2026.csv");
}

static void show_file(const char *title, const struct site_file *file)
{
    if (!file)
        return;
    fprintf(checker, "%s\n", title);
    fwrite(file->bytes, 1, file->length, checker);
    if (file->length > 0 && file->bytes[file->length - 1] != '\n')
        fputc('\n', checker);
}

void judge_begin_calendar(const struct site_files *files)
{
    fprintf(checker, "@calendar %s\n", name);
    show_file("@last", site_find(files, "calendar.csv.last"));
    show_file("@live", site_find(files, "calendar.csv"));
    for (size_t i = 0; i < files->count; i++)
        if (is_archive(&files->files[i]))
            show_file("@archive", &files->files[i]);
}

void judge_add_answer(const char *bytes)
{
    fprintf(checker, "@answers\n%s", bytes);
}

void judge_add_absent(const char *request)
{
    fprintf(checker, "@absent\n%s\n", request);
}

void judge_calendar(const struct site_files *files, const struct outcome *answer)
{
    judge_begin_calendar(files);
    if (answer && outcome_is_done(answer))
        judge_add_answer(answer->answer);
    fflush(checker);
}

/* ---- verdicts ---- */

static bool is_committed(const struct scenario *scenario, const struct site_files *files)
{
    for (size_t i = 0; i < scenario->after.count; i++) {
        const struct site_file *wanted = &scenario->after.files[i];
        const struct site_file *found = site_find(files, wanted->name);

        if ((is_archive(wanted) || strcmp(wanted->name, "calendar.csv") == 0) &&
            (!found || !site_file_is_alike(found, wanted)))
            return false;
    }
    return site_is_sealed(files);
}

/* The live file alone: mob-archive may by then have written archives, which readers unite with it. */
static bool is_untouched(const struct site_files *found, const struct site_files *files)
{
    const struct site_file *live = site_find(files, "calendar.csv"), *was = site_find(found, "calendar.csv");

    return live ? was && live->length == was->length && memcmp(live->bytes, was->bytes, was->length) == 0 : !was;
}

void judge_outcome_with(const struct scenario *scenario, const struct outcome *outcome, struct judge_leave leave)
{
    struct site_files files;
    bool committed, untouched;

    site_take(scenario->directory, &files);
    committed = is_committed(scenario, &files);
    untouched = is_untouched(leave.found ? leave.found : &scenario->before, &files);
    if (!committed && !untouched)
        judge_say("broken", "the calendar is neither the old one nor the new one");
    else if (!committed && (outcome_is_done(outcome) || outcome_has_rows(outcome)))
        judge_say("lost", "answered, exit %d, and not in the calendar", outcome->status);
    else if (!untouched && !leave.is_cut && outcome->status >= 0 && !outcome_is_done(outcome) && outcome->status != 74)
        judge_say("broken", "exit %d, and the calendar has changed", outcome->status);
    else if (outcome->status >= 0 && site_has_new(&files) && !leave.may_leave_new && !leave.is_cut)
        judge_say("broken", "exit %d has left a .new", outcome->status);
    if (outcome->signal ? outcome->signal != SIGKILL && outcome->signal != SIGTERM
                        : outcome->status != 0 && outcome->status != 1 && outcome->status != 2 &&
                              outcome->status != 74 && outcome->status != 75)
        judge_say("broken", "ended with exit %d, signal %d", outcome->status, outcome->signal);
    /* mob-check --accept: until all is done nobody takes the calendar, as nobody did before. */
    if (site_is_sealed(&files) && (!outcome->is_check || outcome_is_done(outcome)))
        judge_calendar(&files, committed ? outcome : NULL);
    site_release(&files);
}

void judge_outcome(const struct scenario *scenario, const struct outcome *outcome)
{
    judge_outcome_with(scenario, outcome, (struct judge_leave){ .is_cut = false });
}

/* Whether each line of one answer is in the other. */
static bool is_part_of(const char *answer, const char *other)
{
    while (*answer) {
        size_t length = strcspn(answer, "\n") + 1;
        const char *line = other;

        while (*line && strncmp(line, answer, length) != 0)
            line += strcspn(line, "\n") + 1;
        if (!*line)
            return false;
        answer += length;
    }
    return true;
}

/* Of mob-archive a part may have been done: it is not said again. mob-check has more to say: what was left over. */
static bool is_expected(const struct scenario *scenario, const struct outcome *outcome, const struct outcome *expected)
{
    if (outcome->status != expected->status)
        return false;
    if (outcome->is_check)
        return is_part_of(expected->answer, outcome->answer);
    return strcmp(scenario->words[0], "mob-archive") == 0 ? is_part_of(outcome->answer, expected->answer)
                                                          : strcmp(outcome->answer, expected->answer) == 0;
}

void judge_again(const struct scenario *scenario)
{
    static struct outcome outcome;
    const struct outcome *expected = &scenario->first;
    struct site_files files;

    site_take(scenario->directory, &files);
    if (is_committed(scenario, &files))
        expected = &scenario->again;
    site_release(&files);
    scenario_run(scenario, (struct inject_fault){ .action = INJECT_NOTHING }, &outcome);
    site_take(scenario->directory, &files);
    if (!is_expected(scenario, &outcome, expected))
        judge_say("unanswered", "again it ended with exit %d, signal %d, and said\n%s", outcome.status, outcome.signal,
                  outcome.answer);
    else if (!site_is_sealed(&files) || !site_is_alike(&files, &scenario->after))
        judge_say("unanswered", "completed, the calendar's files are not what they should be");
    else if (site_has_new(&files) && expected == &scenario->first) /* a run that writes nothing removes nothing */
        judge_say("broken", "completed, and a .new is left");
    judge_calendar(&files, &outcome);
    site_release(&files);
}
