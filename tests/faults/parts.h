/* The parts of the suite that run in this process. Each takes a scenario, and of its cases every `step`th; where two
 * runs make a case, of the calls at which the first is killed every `stride`th. */
#ifndef MOB_TESTS_FAULTS_PARTS_H
#define MOB_TESTS_FAULTS_PARTS_H

#include "scenario.h"

struct part {
    const struct scenario *scenario;
    char **arguments; /* as each part below says */
    int step, stride;
    long number; /* of the case */
};

/* Whether the next case is one of those to be tried. */
bool part_takes_next(struct part *part);

/* One fault at each system call of the table: KILL and each plausible error, half a write, a disk that dies. */
void part_singles(struct part *part);

/* Killed at each call, and a fault at each call of the run behind it. */
void part_pairs(struct part *part);

/* A power cut at each call, on a disk that forgets what was not synced; also of a run behind one that was killed, and
 * on a disk that lies. */
void part_cuts(struct part *part);

/* Somebody beside it: another writer while it is stopped at each call, somebody who does not take the lock, a symbolic
 * link in the place of a `.new`, a TERM at each call. */
void part_beside(struct part *part);

/* The calendar damaged, byte by byte and row by row: refused by all who read it. */
void part_damage(struct part *part);

/* TOOLS: faults from outside, by strace, in the tools as they are built there. */
void part_outside(struct part *part);

/* COUNT SEED: so many processes killed at random instants, up to three at a time in one site. */
void part_kills(struct part *part);

/* COUNT TOOLS: so many writers at once want fewer cars. */
void part_crowd(struct part *part);

/* COUNT SEED DEVICE TYPE: so many power cuts of the file system on DEVICE. */
void part_power(struct part *part);

#endif
