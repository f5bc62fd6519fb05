#include "inputs.h"
#include "judge.h"
#include "parts.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum { BESIDE_MAX = 3, ROUNDS_OF_A_CALENDAR = 12, TRIES_MAX = 30, ANSWERS_MAX = 8 * ROUNDS_OF_A_CALENDAR };

static struct input inputs[BESIDE_MAX];
static char *answers[ANSWERS_MAX];
static int answer_count;

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void wait_ns(int64_t duration)
{
    const struct timespec time = { duration / 1000000000, duration % 1000000000 };

    nanosleep(&time, NULL);
}

static void keep_answer(const struct outcome *outcome)
{
    if (answer_count < ANSWERS_MAX && outcome_is_done(outcome) && outcome_has_rows(outcome))
        answers[answer_count++] = strdup(outcome->answer);
}

/* What is there now is whole, and keeps all that was answered so far. */
static void check_calendar(const struct scenario *scenario)
{
    static struct site_files previous;
    struct site_files files;

    site_take(scenario->directory, &files);
    if (site_is_identical(&files, &previous)) {
        site_release(&files);
        return;
    }
    if (!site_is_sealed(&files))
        judge_say("broken", "the calendar is not whole");
    judge_begin_calendar(&files);
    for (int i = 0; i < answer_count; i++)
        judge_add_answer(answers[i]);
    site_release(&previous);
    previous = files;
}

static void start_calendar_anew(const struct scenario *scenario)
{
    const struct site_files none = { .count = 0 };

    for (int i = 0; i < answer_count; i++)
        free(answers[i]);
    answer_count = 0;
    site_put(scenario->directory, &none);
}

/* A reader beside the writers: it always sees a whole calendar. */
static pid_t start_reader(const struct scenario *scenario)
{
    static char list[] = "mob-list", history[] = "--history", quiet[] = "--quiet";
    static char *const words[SCENARIO_WORDS_MAX + 1] = { list, history, quiet };

    return scenario_start_words(scenario, words, scenario->output, (struct inject_fault){ .action = INJECT_NOTHING });
}

static void finish_reader(const struct scenario *scenario, pid_t reader)
{
    static struct outcome outcome;

    scenario_finish_output(scenario->output, reader, &outcome);
    judge_count("(readers beside writers)");
    if (outcome.status != 0)
        judge_say("broken", "a reader ended with exit %d, signal %d", outcome.status, outcome.signal);
}

/* Starts `count` writers together and kills each after some time. Returns how many were killed. */
static long kill_some(const struct scenario *scenario, int count, int64_t duration, unsigned *seed)
{
    pid_t children[BESIDE_MAX], reader = rand_r(seed) % 8 == 0 ? start_reader(scenario) : 0;
    long killed = 0;

    for (int i = 0; i < count; i++)
        children[i] = input_is_answered(&inputs[i]) ? 0 : input_start(&inputs[i], scenario);
    for (int i = 0; i < count; i++) {
        if (children[i] == 0)
            continue;
        wait_ns((int64_t)(rand_r(seed) % 1000) * duration / 1000);
        kill(children[i], SIGKILL);
    }
    for (int i = 0; i < count; i++) {
        if (children[i] == 0)
            continue;
        scenario_finish_output(inputs[i].output, children[i], &inputs[i].outcome);
        if (outcome_is_done(&inputs[i].outcome))
            keep_answer(&inputs[i].outcome);
        if (inputs[i].outcome.signal == SIGKILL) {
            killed++;
            judge_count("kill -9");
        } else if (!outcome_is_done(&inputs[i].outcome)) {
            judge_say("unanswered", "a writer that was not killed in time ended with exit %d",
                      inputs[i].outcome.status);
        }
    }
    if (reader)
        finish_reader(scenario, reader);
    return killed;
}

/* The same inputs until each is answered: killed again and again, in the end left alone. */
static long round_of_kills(const struct scenario *scenario, int64_t duration, unsigned *seed)
{
    int count = rand_r(seed) % BESIDE_MAX + 1;
    long killed = 0;

    for (int try = 0; try < TRIES_MAX; try++) {
        bool are_answered = true;

        killed += kill_some(scenario, count, duration, seed);
        check_calendar(scenario);
        for (int i = 0; i < count; i++)
            are_answered &= input_is_answered(&inputs[i]);
        if (are_answered)
            return killed;
    }
    for (int i = 0; i < count; i++) {
        scenario_finish_output(inputs[i].output, input_start(&inputs[i], scenario), &inputs[i].outcome);
        keep_answer(&inputs[i].outcome);
        if (!input_is_answered(&inputs[i]))
            judge_say("unanswered", "again it ended with exit %d", inputs[i].outcome.status);
    }
    check_calendar(scenario);
    return killed;
}

void part_kills(struct part *part)
{
    const struct scenario *scenario = part->scenario;
    long wanted = atol(part->arguments[0]);
    unsigned seed = (unsigned)atol(part->arguments[1]);
    int64_t duration = 0;

    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    for (int i = 0; i < BESIDE_MAX; i++)
        input_open(&inputs[i], scenario, i);
    for (long round = 0, killed = 0; killed < wanted; round++) {
        judge_name("%s: storm, seed %s, round %ld", scenario->name, part->arguments[1], round);
        if (round % ROUNDS_OF_A_CALENDAR == 0)
            start_calendar_anew(scenario);
        for (int i = 0; i < BESIDE_MAX; i++) {
            char tag[8];

            snprintf(tag, sizeof tag, "K%d", i);
            input_make_random(&inputs[i], scenario, tag, round, &seed);
            inputs[i].outcome.status = -1;
        }
        if (round % ROUNDS_OF_A_CALENDAR == 0) { /* how long does one take here and now? */
            int64_t start = now_ns();

            scenario_finish_output(inputs[0].output, input_start(&inputs[0], scenario), &inputs[0].outcome);
            duration = now_ns() - start;
            keep_answer(&inputs[0].outcome);
            inputs[0].outcome.status = -1;
        }
        killed += round_of_kills(scenario, duration, &seed);
    }
}

/* ---- many at once ---- */

static void start_together(const struct scenario *scenario, struct input *crowd, int count)
{
    pid_t children[INPUTS_MAX];

    for (int i = 0; i < count; i++)
        children[i] = input_start(&crowd[i], scenario);
    for (int i = 0; i < count; i++) {
        if (i % 4 == 0)
            finish_reader(scenario, start_reader(scenario));
        scenario_finish_output(crowd[i].output, children[i], &crowd[i].outcome);
        judge_count("writers at once");
        if (!input_is_answered(&crowd[i]))
            judge_say("unanswered", "%s: exit %d, signal %d", crowd[i].request, crowd[i].outcome.status,
                      crowd[i].outcome.signal);
    }
}

static int count_booked(const struct input *crowd, int count, const char *word)
{
    int booked = 0;

    for (int i = 0; i < count; i++)
        booked += strstr(crowd[i].outcome.answer, word) != NULL;
    return booked;
}

static void check_crowd(const struct scenario *scenario, const struct input *crowd, int count)
{
    struct site_files files;

    site_take(scenario->directory, &files);
    if (!site_is_sealed(&files) || site_has_new(&files))
        judge_say("broken", "the calendar is not whole, or a .new is left");
    judge_begin_calendar(&files);
    for (int i = 0; i < count; i++)
        judge_add_answer(crowd[i].outcome.answer);
    site_release(&files);
}

void part_crowd(struct part *part)
{
    static struct input crowd[INPUTS_MAX];
    const struct scenario *scenario = part->scenario;
    int count = atoi(part->arguments[0]), booked, already;

    scenario_tools = part->arguments[1];
    site_put(scenario->directory, &scenario->before);
    for (int i = 0; i < count; i++) {
        input_open(&crowd[i], scenario, i);
        input_make_one(&crowd[i], scenario, i);
    }
    judge_name("%s: %d writers at once", scenario->name, count);
    start_together(scenario, crowd, count);
    check_crowd(scenario, crowd, count);
    booked = count_booked(crowd, count, ",booked,");
    start_together(scenario, crowd, count);
    check_crowd(scenario, crowd, count);
    already = count_booked(crowd, count, ",already,");
    if (booked == 0 || booked == count || already != booked)
        judge_say("broken", "%d of %d booked, and then %d already", booked, count, already);
}
