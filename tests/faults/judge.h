/* The verdict on each case, and the counts. A promise that was broken is a line on standard output, `lost: …`,
 * `doubled: …`, `unanswered: …` or `broken: …` (another promise); judge_finish prints the counts, `count KIND N`, and
 * how many more lines there would be, `more PROMISE N`. Every calendar also goes to promises.awk, and what that finds
 * is counted like the rest. With MOB_FAULTS_STOP in the environment the first such line is the last. */
#ifndef MOB_TESTS_FAULTS_JUDGE_H
#define MOB_TESTS_FAULTS_JUDGE_H

#include "scenario.h"

/* `checker`: the path of promises.awk. */
void judge_init(const char *checker);

/* Returns the process's exit status. */
int judge_finish(void);

/* One more fault of that kind has really happened. `kind` must live as long as the process. */
void judge_count(const char *kind);

/* Names the case in hand, for messages. */
void judge_name(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* promise: "lost", "doubled", "unanswered" or "broken". */
void judge_say(const char *promise, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* After a run with a fault: its exit status and its answer are true of the calendar that it left, which is whole. */
void judge_outcome(const struct scenario *scenario, const struct outcome *outcome);

/* The same, where more is known. */
struct judge_leave {
    const struct site_files *found; /* by the run, where that is not the scenario's `before` */
    bool may_leave_new;             /* it was there before, or to unlink it failed too */
    bool is_cut;                    /* a power cut came behind it: not all that the run saw is there */
};
void judge_outcome_with(const struct scenario *scenario, const struct outcome *outcome, struct judge_leave leave);

/* The same command once more, without a fault: it completes, and the calendar is what it would have been. */
void judge_again(const struct scenario *scenario);

/* Shows a calendar, and the answers that must hold of it (NULL: none), to promises.awk. */
void judge_calendar(const struct site_files *files, const struct outcome *answer);

/* A calendar with any number of answers: judge_begin_calendar, then judge_add_answer and judge_add_absent. */
void judge_begin_calendar(const struct site_files *files);
void judge_add_answer(const char *bytes);
void judge_add_absent(const char *request);

#endif
