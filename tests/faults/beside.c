#include "judge.h"
#include "parts.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

static struct outcome outcome, other_outcome;

static const struct inject_fault no_fault = { .action = INJECT_NOTHING };

/* The number of the first (last) call of that kind before `end`, or -1. */
static int first_call(const struct inject_seen *seen, enum inject_call call)
{
    for (int i = 0; i < seen->count; i++)
        if (seen->calls[i] == call)
            return i;
    return -1;
}

static int last_call(const struct inject_seen *seen, enum inject_call call, int end)
{
    for (int i = end - 1; i >= 0; i--)
        if (seen->calls[i] == call)
            return i;
    return -1;
}

/* Another writer comes while this one is stopped before the call `at`: from the lock to the unlock it is sent away. */
static void stop_at(struct part *part, int at)
{
    const struct scenario *scenario = part->scenario;
    int lock = first_call(&scenario->first_seen, INJECT_FLOCK);
    bool is_locked = at > lock;
    struct site_files files;
    pid_t child;
    int status;

    site_put(scenario->directory, &scenario->before);
    judge_name("%s: another writer at call %d", scenario->name, at);
    child = scenario_start(scenario, (struct inject_fault){ at, INJECT_STOP, 0 });
    if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status)) {
        judge_say("broken", "it did not stop");
        return;
    }
    judge_count("another writer beside it");
    scenario_finish_output(scenario->output,
                           scenario_start_words(scenario, scenario->other_words, scenario->output, no_fault),
                           &other_outcome);
    if (is_locked ? other_outcome.status != 75 : !outcome_is_done(&other_outcome))
        judge_say("broken", "the other one ended with exit %d", other_outcome.status);
    kill(child, SIGCONT);
    scenario_finish(scenario, child, &outcome);
    if (outcome.status != scenario->first.status)
        judge_say("unanswered", "it ended with exit %d", outcome.status);
    site_take(scenario->directory, &files);
    judge_begin_calendar(&files);
    if (outcome_is_done(&outcome))
        judge_add_answer(outcome.answer);
    if (outcome_is_done(&other_outcome))
        judge_add_answer(other_outcome.answer);
    if (!site_is_sealed(&files))
        judge_say("broken", "the calendar is not whole");
    site_release(&files);
}

static bool is_same_calendar(const struct site_files *one, const struct site_files *other)
{
    const struct site_file *a = site_find(one, "calendar.csv"), *b = site_find(other, "calendar.csv");

    return a && b && a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* What the other command makes of the calendar, as ../other.csv for INJECT_REPLACE. */
static void put_other(const struct scenario *scenario, const struct site_file *calendar)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/other.csv", scenario->path);
    file = fopen(path, "we");
    if (!file || fwrite(calendar->bytes, 1, calendar->length, file) != calendar->length || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

/* Somebody who takes no lock replaces the calendar between reading and step 6: theirs stays, and nothing is said to be
 * done. Exit 74 where mob-archive has written archives by then. */
static void replace_at(struct part *part, int at, const struct site_files *theirs)
{
    const struct scenario *scenario = part->scenario;
    struct site_files files;

    site_put(scenario->directory, &scenario->before);
    put_other(scenario, site_find(theirs, "calendar.csv"));
    judge_name("%s: calendar.csv replaced without the lock at call %d", scenario->name, at);
    scenario_run(scenario, (struct inject_fault){ at, INJECT_REPLACE, 0 }, &outcome);
    judge_count("replaced without the lock");
    site_take(scenario->directory, &files);
    if (!is_same_calendar(&files, theirs))
        judge_say("lost", "what somebody has put there is gone");
    else if ((outcome.status != 2 && outcome.status != 74) || site_has_new(&files))
        judge_say("broken", "exit %d%s", outcome.status, site_has_new(&files) ? ", and a .new is left" : "");
    site_release(&files);
}

static void replace_at_each(struct part *part)
{
    const struct scenario *scenario = part->scenario;
    const struct inject_seen *seen = &scenario->first_seen;
    int commit = first_call(seen, INJECT_RENAMEAT);
    int read = last_call(seen, INJECT_READ, commit);
    struct site_files files;

    if (commit < 0 || read < 0 || is_same_calendar(&scenario->before, &scenario->after))
        return;
    site_put(scenario->directory, &scenario->before);
    scenario_finish(scenario, scenario_start_words(scenario, scenario->other_words, scenario->output, no_fault),
                    &other_outcome);
    site_take(scenario->directory, &files);
    for (int at = read + 2; at <= last_call(seen, INJECT_FSYNC, commit); at++)
        if (part_takes_next(part))
            replace_at(part, at, &files);
    site_release(&files);
}

static bool victim_is_whole(const struct scenario *scenario)
{
    char path[4096], bytes[16] = "";
    int descriptor;
    ssize_t got;

    snprintf(path, sizeof path, "%s/victim", scenario->path);
    descriptor = open(path, O_RDONLY | O_CLOEXEC);
    got = read(descriptor, bytes, sizeof bytes);
    close(descriptor);
    return got == 7 && memcmp(bytes, "victim\n", 7) == 0;
}

/* A symbolic link stands where a `.new` has just been removed: nothing is written through it. */
static void link_at(struct part *part, int at)
{
    const struct scenario *scenario = part->scenario;

    site_put(scenario->directory, &scenario->before);
    judge_name("%s: a symbolic link in the place of a .new, call %d", scenario->name, at);
    scenario_run(scenario, (struct inject_fault){ at, INJECT_LINK, 0 }, &outcome);
    judge_count("a link in the place of a .new");
    if (!victim_is_whole(scenario))
        judge_say("broken", "it wrote through the link");
    judge_outcome(scenario, &outcome);
    judge_again(scenario);
}

/* Whether the calendar or an archive is another one: a .last by itself, which says less, is no commit. */
static bool has_committed(const struct site_files *before, const struct site_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct site_file *file = &files->files[i], *was = site_find(before, file->name);
        size_t length = strlen(file->name);

        if (length > 4 && strcmp(file->name + length - 4, ".csv") == 0 &&
            (!was || was->length != file->length || memcmp(was->bytes, file->bytes, file->length) != 0))
            return true;
    }
    return false;
}

/* TERM: from the commit on it waits until all is in place. */
static void term_at(struct part *part, int at)
{
    const struct scenario *scenario = part->scenario;
    struct site_files files;

    site_put(scenario->directory, &scenario->before);
    judge_name("%s: TERM at call %d", scenario->name, at);
    scenario_run(scenario, (struct inject_fault){ at, INJECT_TERM, 0 }, &outcome);
    judge_count("TERM");
    judge_outcome(scenario, &outcome);
    site_take(scenario->directory, &files);
    if (outcome.signal != SIGTERM)
        judge_say("broken", "exit %d: the signal was lost", outcome.status);
    else if (has_committed(&scenario->before, &files) &&
             (!site_is_alike(&files, &scenario->after) || site_has_new(&files)))
        judge_say("broken", "it ended between the commit and its end");
    site_release(&files);
    judge_again(scenario);
}

void part_beside(struct part *part)
{
    const struct scenario *scenario = part->scenario;

    for (int at = 0; at < scenario->first_seen.count; at++) {
        if (scenario->other_words[0] && part_takes_next(part))
            stop_at(part, at);
        if (scenario->first_seen.calls[at] == INJECT_UNLINKAT)
            link_at(part, at);
        if (part_takes_next(part))
            term_at(part, at);
    }
    if (scenario->other_words[0])
        replace_at_each(part);
}
