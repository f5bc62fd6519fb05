/* The part of the fault suite that is a program: see run.sh.
 *
 * usage: faults PART CHECKER STEP SCENARIO [ARGUMENT...]       PART: a row of `parts` below; CHECKER: promises.awk
 *
 * Of the part's cases every STEPth is tried; STEP/STRIDE: see parts.h. Prints what went wrong and how many faults there
 * were; exits 1 where a promise was broken. */
#include "disk.h"
#include "judge.h"
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int argument_count;
    void (*run)(struct part *part);
} parts[] = {
    { "singles", 0, part_singles }, { "pairs", 0, part_pairs },   { "cuts", 0, part_cuts },
    { "beside", 0, part_beside },   { "damage", 0, part_damage }, { "outside", 1, part_outside },
    { "kills", 2, part_kills },     { "crowd", 2, part_crowd },   { "power", 4, part_power },
};

bool part_takes_next(struct part *part)
{
    return part->number++ % part->step == 0;
}

int main(int argc, char **argv)
{
    static struct scenario scenario;
    struct part part = { .scenario = &scenario, .arguments = argv + 5 };

    for (size_t i = 0; i < sizeof parts / sizeof *parts && argc > 4; i++) {
        if (strcmp(parts[i].name, argv[1]) != 0 || argc != 5 + parts[i].argument_count)
            continue;
        inject_init();
        disk_init();
        scenario_open(&scenario, argv[4]);
        judge_init(argv[2]);
        part.step = atoi(argv[3]);
        part.stride = strchr(argv[3], '/') ? atoi(strchr(argv[3], '/') + 1) : 1;
        parts[i].run(&part);
        return judge_finish();
    }
    fprintf(stderr, "usage: faults PART CHECKER STEP SCENARIO [ARGUMENT...]\n");
    return 1;
}
