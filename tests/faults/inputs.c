#include "inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void input_open(struct input *input, const struct scenario *scenario, int number)
{
    char name[32];

    snprintf(name, sizeof name, "out-%d", number);
    input->output = scenario_open_output(scenario, name);
    snprintf(input->path, sizeof input->path, "../input-%d", number);
}

static FILE *begin(struct input *input, const struct scenario *scenario, char *tool)
{
    static char quiet[] = "--quiet", wait[] = "--wait", seconds[] = "300";
    char path[4096];
    FILE *file;

    memset(input->words, 0, sizeof input->words);
    memcpy(input->words, (char *[]){ tool, quiet, wait, seconds, input->path }, 5 * sizeof(char *));
    snprintf(path, sizeof path, "%s/site/%s", scenario->path, input->path);
    file = fopen(path, "we");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static void end(FILE *file)
{
    if (fclose(file) != 0) {
        perror("input");
        exit(1);
    }
}

static void make_cancellation(struct input *input, const struct scenario *scenario, const char *tag, long number)
{
    static char amend[] = "mob-amend";
    FILE *file = begin(input, scenario, amend);

    fprintf(file, "request,action\n");
    for (int i = 0; i < 2; i++)
        fprintf(file, "%s-%ld-%d,cancel\n", tag, number - 1, i);
    end(file);
    snprintf(input->request, sizeof input->request, "%s-%ld-none", tag, number);
    input->row_count = 2;
}

/* What is cancelled by then is finished. */
static void make_archiving(struct input *input)
{
    static char archive[] = "mob-archive", quiet[] = "--quiet", wait[] = "--wait=300", now[] = "--now=2026-12-20T08:00",
                before[] = "--before=2026-12-20";

    memset(input->words, 0, sizeof input->words);
    memcpy(input->words, (char *[]){ archive, quiet, wait, now, before }, 5 * sizeof(char *));
    snprintf(input->request, sizeof input->request, "none");
    input->row_count = -1;
}

void input_make_random(struct input *input, const struct scenario *scenario, const char *tag, long number,
                       unsigned *seed)
{
    static char book[] = "mob-book";
    int kind = rand_r(seed) % 12;
    FILE *file;

    if (kind == 0) {
        make_archiving(input);
        return;
    }
    if (kind < 4) {
        make_cancellation(input, scenario, tag, number);
        return;
    }
    file = begin(input, scenario, book);
    fprintf(file, "request,customer,solution,out,back,resource\n");
    for (int i = 0; i < 2; i++) {
        int day = rand_r(seed) % 8 + 1, hour = rand_r(seed) % 9 + 8;

        fprintf(file, "%s-%ld-%d,Ada,LOANER,2026-12-%02dT%02d:00,2026-12-%02dT%02d:30,\n", tag, number, i, day, hour,
                day + rand_r(seed) % 2, hour + 1);
    }
    end(file);
    snprintf(input->request, sizeof input->request, "%s-%ld-0", tag, number);
    input->row_count = 2;
}

void input_make_one(struct input *input, const struct scenario *scenario, int number)
{
    static char book[] = "mob-book";
    FILE *file = begin(input, scenario, book);

    fprintf(file, "request,customer,solution,out,back,resource\n");
    fprintf(file, "R-%d,Ada,LOANER,2026-12-01T09:%02d,2026-12-01T18:%02d,\n", number, number % 60, number % 60);
    end(file);
    snprintf(input->request, sizeof input->request, "R-%d", number);
    input->row_count = 1;
}

pid_t input_start(const struct input *input, const struct scenario *scenario)
{
    return scenario_start_words(scenario, input->words, input->output,
                                (struct inject_fault){ .action = INJECT_NOTHING });
}

static int count_lines(const char *text)
{
    int count = 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

bool input_is_answered(const struct input *input)
{
    return outcome_is_done(&input->outcome) &&
           (input->row_count < 0 || count_lines(input->outcome.answer) == input->row_count + 1);
}
