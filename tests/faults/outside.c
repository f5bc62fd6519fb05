#include "judge.h"
#include "parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS_MAX = 512, NAME_SIZE = 24, KINDS_MAX = 64 };

/* A system call as strace has seen it: the `when`th of its name. */
struct call {
    char name[NAME_SIZE];
    int when;
};

static struct call calls[CALLS_MAX];
static int call_count;
static struct outcome outcome;

/* The errors that a call may really have; of one that is not named here ENOMEM. None: such a call does not fail. */
static const struct {
    const char *name, *failures;
} failures[] = {
    { "openat", "EACCES EMFILE ENFILE ENOSPC EROFS EIO" },
    { "read", "EIO EINTR" },
    { "write", "EIO ENOSPC EDQUOT EFBIG EINTR EPIPE" },
    { "close", "EIO EINTR" },
    { "fsync", "EIO ENOSPC EDQUOT" },
    { "flock", "EINTR ENOLCK EAGAIN" },
    { "fstatfs", "EIO ENOSYS" },
    { "newfstatat", "EIO ENOMEM EACCES" },
    { "fchown", "EPERM EIO EROFS" },
    { "fchmod", "EPERM EIO EROFS" },
    { "fgetxattr", "EIO EOPNOTSUPP" },
    { "fsetxattr", "EIO ENOSPC EDQUOT" },
    { "fremovexattr", "EIO EOPNOTSUPP EPERM" },
    { "renameat", "EIO ENOSPC EACCES EROFS" },
    { "unlinkat", "EIO EACCES EROFS" },
    { "poll", "EINTR ENOMEM" },
    { "fcntl", "EMFILE" },
    { "lseek", "EINVAL" },
    { "rt_sigprocmask", "" },
    { "rt_sigaction", "" },
    { "exit_group", "" },
    { "brk", "" }, /* it tells the break that there is, and never an error: the C library trusts it */
};

static const char *failures_of(const char *name)
{
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (strcmp(failures[i].name, name) == 0)
            return failures[i].failures;
    return "ENOMEM";
}

static FILE *open_trace(const struct scenario *scenario)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/trace", scenario->path);
    file = fopen(path, "re");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

/* Runs the tool under strace with these options. */
static void trace(const struct scenario *scenario, char *traced, char *injected)
{
    static char strace[] = "strace", output[] = "-o", path[] = "../trace", expression[] = "-e";
    char program[4096];
    char *words[SCENARIO_WORDS_MAX + 1] = { strace, output, path };
    int count = 3;

    if (traced) {
        memcpy(words + count, (char *[]){ expression, traced, expression, injected }, 4 * sizeof(char *));
        count += 4;
    }
    snprintf(program, sizeof program, "%s/%s", scenario_tools, scenario->words[0]);
    words[count++] = program;
    for (int i = 1; scenario->words[i] && count < SCENARIO_WORDS_MAX; i++)
        words[count++] = scenario->words[i];
    scenario_finish(
        scenario,
        scenario_start_words(scenario, words, scenario->output, (struct inject_fault){ .action = INJECT_NOTHING }),
        &outcome);
}

/* Writes down all calls from the one that opens the site's directory on. */
static void find_calls(const struct scenario *scenario)
{
    struct call seen[KINDS_MAX];
    int seen_count = 0;
    bool has_begun = false;
    char line[4096];
    FILE *file;

    trace(scenario, NULL, NULL);
    file = open_trace(scenario);
    while (fgets(line, sizeof line, file)) {
        size_t length = strcspn(line, "(");
        int i = 0;

        if (line[length] != '(' || length >= NAME_SIZE)
            continue;
        line[length] = '\0';
        while (i < seen_count && strcmp(seen[i].name, line) != 0)
            i++;
        if (i == seen_count && seen_count < KINDS_MAX) {
            memcpy(seen[seen_count].name, line, length + 1);
            seen[seen_count++].when = 0;
        }
        seen[i].when++;
        has_begun |= strstr(line + length + 1, "O_DIRECTORY") != NULL;
        if (has_begun && call_count < CALLS_MAX)
            calls[call_count++] = seen[i];
    }
    fclose(file);
}

/* What is not named in trace= is not injected either, and nobody says so: the trace must tell. */
static bool has_happened(const struct scenario *scenario)
{
    char line[4096];
    bool found = false;
    FILE *file = open_trace(scenario);

    while (fgets(line, sizeof line, file))
        found |= strstr(line, "(INJECTED)") != NULL || strstr(line, "killed by SIGKILL") != NULL;
    fclose(file);
    return found;
}

static void inject(struct part *part, const struct call *call, const char *what, const char *kind)
{
    const struct scenario *scenario = part->scenario;
    char traced[64], injected[128];

    if (!part_takes_next(part))
        return;
    site_put(scenario->directory, &scenario->before);
    judge_name("%s: strace, %s no. %d, %s", scenario->name, call->name, call->when, what);
    snprintf(traced, sizeof traced, "trace=%s", call->name);
    snprintf(injected, sizeof injected, "inject=%s:%s:when=%d", call->name, what, call->when);
    trace(scenario, traced, injected);
    if (!has_happened(scenario)) {
        judge_say("broken", "the fault did not happen");
        return;
    }
    judge_count(kind);
    judge_outcome(scenario, &outcome);
    scenario_tools = NULL;
    judge_again(scenario);
    scenario_tools = part->arguments[0];
}

void part_outside(struct part *part)
{
    scenario_tools = part->arguments[0];
    site_put(part->scenario->directory, &part->scenario->before);
    find_calls(part->scenario);
    if (call_count == 0)
        judge_say("broken", "strace has seen nothing");
    for (int i = 0; i < call_count; i++) {
        char list[128], what[64];

        inject(part, &calls[i], "signal=KILL", "strace, KILL");
        snprintf(list, sizeof list, "%s", failures_of(calls[i].name));
        for (char *rest, *failure = strtok_r(list, " ", &rest); failure; failure = strtok_r(NULL, " ", &rest)) {
            snprintf(what, sizeof what, "error=%s", failure);
            inject(part, &calls[i], what, "strace, errno");
        }
    }
}
