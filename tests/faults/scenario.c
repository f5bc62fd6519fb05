#include "scenario.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A tool is a row. Its object has its main renamed by the Makefile, and may run in this process. */
#define MAINS(row)                                                                                       \
    row("mob-amend", mob_amend_main) row("mob-archive", mob_archive_main) row("mob-book", mob_book_main) \
        row("mob-check", mob_check_main) row("mob-list", mob_list_main)

#define DECLARE(name, function) int function(int argc, char **argv);
MAINS(DECLARE)

#define ROW(name, function) { name, function },
static const struct {
    const char *name;
    int (*function)(int argc, char **argv);
} mains[] = { MAINS(ROW) };

static _Noreturn void stop(const char *path)
{
    perror(path);
    exit(1);
}

const char *scenario_tools;

_Noreturn static void run_tool(char **words)
{
    int count = 0;

    while (words[count])
        count++;
    if (strchr(words[0], '/') || strcmp(words[0], "strace") == 0) {
        execvp(words[0], words);
        _exit(127);
    }
    if (scenario_tools) {
        char path[4096];

        snprintf(path, sizeof path, "%s/%s", scenario_tools, words[0]);
        execv(path, words);
        _exit(127);
    }
    for (size_t i = 0; i < sizeof mains / sizeof *mains; i++)
        if (strcmp(mains[i].name, words[0]) == 0)
            _exit(mains[i].function(count, words));
    fprintf(stderr, "%s is not in the table of scenario.c\n", words[0]);
    fflush(stderr);
    _exit(127);
}

pid_t scenario_start_words(const struct scenario *scenario, char *const *words, int output, struct inject_fault fault)
{
    /* A fault must not end in a run without end. */
    const struct rlimit seconds = { 20, 20 };
    char *copy[SCENARIO_WORDS_MAX + 1];
    pid_t child;

    inject_clear();
    fflush(stdout);
    child = fork();
    if (child < 0)
        stop("fork");
    if (child > 0)
        return child;
    if (fchdir(scenario->directory) != 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(scenario->errors, STDERR_FILENO) < 0 || setrlimit(RLIMIT_CPU, &seconds) != 0)
        _exit(127);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* one that is stopped would outlive this process */
    signal(SIGPIPE, SIG_DFL);
    memcpy(copy, words, sizeof copy);
    inject_begin(fault);
    run_tool(copy);
}

pid_t scenario_start(const struct scenario *scenario, struct inject_fault fault)
{
    return scenario_start_words(scenario, scenario->words, scenario->output, fault);
}

void scenario_finish_output(int output, pid_t child, struct outcome *outcome)
{
    ssize_t got;
    int status;

    if (waitpid(child, &status, 0) != child)
        stop("waitpid");
    outcome->is_check = false;
    outcome->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    got = pread(output, outcome->answer, sizeof outcome->answer - 1, 0);
    if (got < 0 || ftruncate(output, 0) != 0)
        stop("output");
    outcome->length = (size_t)got;
    outcome->answer[got] = '\0';
}

void scenario_finish(const struct scenario *scenario, pid_t child, struct outcome *outcome)
{
    if (ftruncate(scenario->errors, 0) != 0)
        stop(scenario->path);
    scenario_finish_output(scenario->output, child, outcome);
    outcome->is_check = strcmp(scenario->words[0], "mob-check") == 0;
}

void scenario_run(const struct scenario *scenario, struct inject_fault fault, struct outcome *outcome)
{
    scenario_finish(scenario, scenario_start(scenario, fault), outcome);
}

bool outcome_has_rows(const struct outcome *outcome)
{
    const char *end = strchr(outcome->answer, '\n');

    return end && end[1] && !outcome->is_check;
}

bool outcome_is_done(const struct outcome *outcome)
{
    return outcome->status == 0 || (outcome->status == 1 && !outcome->is_check);
}

/* ---- opening ---- */

static int open_in(const char *path, const char *name, int flags)
{
    char whole[4096];
    int descriptor;

    snprintf(whole, sizeof whole, "%s/%s", path, name);
    descriptor = open(whole, flags | O_CLOEXEC, 0600);
    if (descriptor < 0)
        stop(whole);
    return descriptor;
}

static void read_words(const struct scenario *scenario, const char *name, char **words)
{
    char whole[4096], line[512];
    int count = 0;
    FILE *file;

    snprintf(whole, sizeof whole, "%s/%s", scenario->path, name);
    file = fopen(whole, "re");
    while (file && fgets(line, sizeof line, file) && count < SCENARIO_WORDS_MAX) {
        line[strcspn(line, "\n")] = '\0';
        words[count++] = strdup(line);
    }
    if (file)
        fclose(file);
}

int scenario_open_output(const struct scenario *scenario, const char *name)
{
    return open_in(scenario->path, name, O_RDWR | O_CREAT | O_TRUNC | O_APPEND);
}

static void run_clean(const struct scenario *scenario, struct outcome *outcome, struct inject_seen *seen)
{
    scenario_run(scenario, (struct inject_fault){ .action = INJECT_NOTHING }, outcome);
    *seen = *inject_seen;
    if (outcome_is_done(outcome) && seen->count <= INJECT_SEEN_MAX)
        return;
    printf("broken: %s: without a fault it ended with exit %d, signal %d\n", scenario->name, outcome->status,
           outcome->signal);
    exit(1);
}

void scenario_open(struct scenario *scenario, const char *path)
{
    const char *slash = strrchr(path, '/');

    memset(scenario, 0, sizeof *scenario);
    scenario->path = path;
    scenario->name = slash ? slash + 1 : path;
    scenario->directory = open_in(path, "site", O_RDONLY | O_DIRECTORY);
    scenario->output = scenario_open_output(scenario, "out");
    scenario->errors = scenario_open_output(scenario, "err");
    read_words(scenario, "command", scenario->words);
    read_words(scenario, "other", scenario->other_words);
    if (!scenario->words[0])
        stop(path);
    site_take(scenario->directory, &scenario->before);
    run_clean(scenario, &scenario->first, &scenario->first_seen);
    run_clean(scenario, &scenario->again, &scenario->again_seen);
    site_take(scenario->directory, &scenario->after);
}
