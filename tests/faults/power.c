#include "inputs.h"
#include "judge.h"
#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The same for ext4 (EXT4_IOC_SHUTDOWN) and XFS (XFS_IOC_GOINGDOWN): the power goes, the log is not flushed. */
#define POWER_OFF _IOR('X', 125, uint32_t)
#define WITHOUT_FLUSHING_THE_LOG 2U

enum { WRITERS_MAX = 4, ROUNDS_OF_A_CALENDAR = 10, ANSWERS_MAX = 2 * WRITERS_MAX * ROUNDS_OF_A_CALENDAR };

static struct input inputs[WRITERS_MAX];
static char *answers[ANSWERS_MAX];
static int answer_count;
static int64_t duration_ns = 4000000; /* of a run, here and now */

static _Noreturn void stop(const char *what)
{
    perror(what);
    exit(1);
}

static void mount_site(struct scenario *scenario, const char *device, const char *type, const char *path)
{
    if (mount(device, path, type, MS_NOATIME, NULL) != 0)
        stop(path);
    scenario->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (scenario->directory < 0)
        stop(path);
}

static void unmount_site(struct scenario *scenario, const char *path)
{
    close(scenario->directory);
    if (umount2(path, 0) != 0)
        stop(path);
}

/* Copies the site's policy onto the new file system: the files that are there already, under the mount. */
static void copy_policy(const char *from, const char *to)
{
    char command[8192];

    snprintf(command, sizeof command, "cp %s/*.csv %s/ && rm -f %s/calendar* && sync -f %s", from, to, to, to);
    if (system(command) != 0)
        stop("cp");
}

static void keep_answer(const struct outcome *outcome)
{
    if (answer_count < ANSWERS_MAX && outcome_is_done(outcome) && outcome_has_rows(outcome))
        answers[answer_count++] = strdup(outcome->answer);
}

static void start_calendar_anew(const struct scenario *scenario)
{
    const struct site_files none = { .count = 0 };

    while (answer_count > 0)
        free(answers[--answer_count]);
    site_put(scenario->directory, &none);
    if (syncfs(scenario->directory) != 0)
        stop("syncfs");
}

static void check_calendar(const struct scenario *scenario, int count, bool after_cut)
{
    struct site_files files;

    site_take(scenario->directory, &files);
    if (!site_is_sealed(&files))
        judge_say("broken", "the calendar is not whole");
    judge_begin_calendar(&files);
    for (int i = 0; i < answer_count; i++)
        judge_add_answer(answers[i]);
    for (int i = 0; i < count && after_cut; i++)
        if (inputs[i].outcome.status == 2)
            judge_add_absent(inputs[i].request);
    site_release(&files);
}

/* Writers run, and at some instant the power goes. Exit 0, 1: on the disk; 2: not; 74: either. */
static void cut(struct scenario *scenario, int count, unsigned *seed)
{
    uint32_t how = WITHOUT_FLUSHING_THE_LOG;
    int64_t instant = duration_ns * count * (rand_r(seed) % 1500) / 1000;
    const struct timespec delay = { instant / 1000000000, instant % 1000000000 };
    pid_t children[WRITERS_MAX];

    for (int i = 0; i < count; i++)
        children[i] = input_start(&inputs[i], scenario);
    nanosleep(&delay, NULL);
    if (ioctl(scenario->directory, POWER_OFF, &how) != 0)
        stop("the shutdown ioctl");
    for (int i = 0; i < count; i++) {
        scenario_finish_output(inputs[i].output, children[i], &inputs[i].outcome);
        keep_answer(&inputs[i].outcome);
        if (!outcome_is_done(&inputs[i].outcome) && inputs[i].outcome.status != 2 && inputs[i].outcome.status != 74)
            judge_say("broken", "a writer ended with exit %d, signal %d", inputs[i].outcome.status,
                      inputs[i].outcome.signal);
        judge_count(outcome_is_done(&inputs[i].outcome) ? "(writers that had answered before the power cut)"
                    : inputs[i].outcome.status == 74    ? "(writers that a power cut made say 74)"
                                                        : "(writers that a power cut made say 2)");
    }
}

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void answer_all(const struct scenario *scenario, int count)
{
    for (int i = 0; i < count; i++) {
        int64_t start = now_ns();

        if (outcome_is_done(&inputs[i].outcome))
            continue;
        scenario_finish_output(inputs[i].output, input_start(&inputs[i], scenario), &inputs[i].outcome);
        duration_ns = (3 * duration_ns + now_ns() - start) / 4;
        keep_answer(&inputs[i].outcome);
        if (!input_is_answered(&inputs[i]))
            judge_say("unanswered", "again it ended with exit %d", inputs[i].outcome.status);
    }
}

void part_power(struct part *part)
{
    struct scenario scenario = *part->scenario;
    long wanted = atol(part->arguments[0]);
    unsigned seed = (unsigned)atol(part->arguments[1]);
    const char *device = part->arguments[2], *type = part->arguments[3];
    char kind[64], policy[1024], path[1024];

    snprintf(kind, sizeof kind, "power cut on %s", type);
    snprintf(policy, sizeof policy, "%s/site", scenario.path);
    snprintf(path, sizeof path, "%s/disk", scenario.path);
    mount_site(&scenario, device, type, path);
    copy_policy(policy, path);
    for (int i = 0; i < WRITERS_MAX; i++)
        input_open(&inputs[i], &scenario, i);
    for (long round = 0; round < wanted; round++) {
        int count = rand_r(&seed) % WRITERS_MAX + 1;

        judge_name("%s: power cut on %s, seed %s, round %ld", scenario.name, type, part->arguments[1], round);
        if (round % ROUNDS_OF_A_CALENDAR == 0)
            start_calendar_anew(&scenario);
        for (int i = 0; i < count; i++) {
            char tag[8];

            snprintf(tag, sizeof tag, "P%d", i);
            input_make_random(&inputs[i], &scenario, tag, round, &seed);
        }
        cut(&scenario, count, &seed);
        judge_count(kind);
        unmount_site(&scenario, path);
        mount_site(&scenario, device, type, path);
        check_calendar(&scenario, count, true);
        answer_all(&scenario, count);
        check_calendar(&scenario, count, false);
    }
    unmount_site(&scenario, path);
}
