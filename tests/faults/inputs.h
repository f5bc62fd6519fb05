/* Inputs for many writers: each its own file, with requests of its own, and the answers to them. */
#ifndef MOB_TESTS_FAULTS_INPUTS_H
#define MOB_TESTS_FAULTS_INPUTS_H

#include "scenario.h"

enum { INPUTS_MAX = 200 };

struct input {
    char path[64]; /* from the site: ../input-3 */
    char *words[SCENARIO_WORDS_MAX + 1];
    char request[32]; /* the key of its first request */
    int row_count;    /* of the answer, -1: any */
    int output;
    struct outcome outcome;
};

void input_open(struct input *input, const struct scenario *scenario, int number);

/* A new input of two bookings at random times, of which some will not be free; now and then the cancellation of the
 * ones before it, or a run of mob-archive. `tag` and `number` make the keys. */
void input_make_random(struct input *input, const struct scenario *scenario, const char *tag, long number,
                       unsigned *seed);

/* A new input of one booking, from 9 to 18 o'clock on one day. */
void input_make_one(struct input *input, const struct scenario *scenario, int number);

pid_t input_start(const struct input *input, const struct scenario *scenario);

/* Whether each of its rows was answered: booked, already, done, or rejected for want of a car. */
bool input_is_answered(const struct input *input);

#endif
