/* A scenario: a site, a command that writes to it, and what it does when nothing goes wrong. scenarios.bash makes its
 * directory: DIR/site, DIR/command (a word a line), DIR/other (of a command for the same site that does something else;
 * optional). The tool's own main runs in a child of this process, in DIR/site. */
#ifndef MOB_TESTS_FAULTS_SCENARIO_H
#define MOB_TESTS_FAULTS_SCENARIO_H

#include "inject.h"
#include "site.h"

#include <sys/types.h>

enum { SCENARIO_WORDS_MAX = 32, SCENARIO_ANSWER_MAX = 64 * 1024 };

/* What came of a run. */
struct outcome {
    int status;    /* its exit status, or -1 */
    int signal;    /* that killed it, or 0 */
    bool is_check; /* of mob-check: its rows are faults, and exit 1 says that nothing was done */
    size_t length;
    char answer[SCENARIO_ANSWER_MAX]; /* its standard output, and a NUL */
};

struct scenario {
    const char *name, *path;
    int directory, output, errors;
    char *words[SCENARIO_WORDS_MAX + 1], *other_words[SCENARIO_WORDS_MAX + 1];
    struct site_files before, after;
    struct outcome first, again; /* of a run from `before`, and of one more */
    struct inject_seen first_seen, again_seen;
};

/* Reads a scenario and runs its command twice. Ends the process where that does not go well. */
void scenario_open(struct scenario *scenario, const char *path);

/* Starts the command with one fault (INJECT_NOTHING: with none); scenario_finish waits for it. */
pid_t scenario_start(const struct scenario *scenario, struct inject_fault fault);
void scenario_finish(const struct scenario *scenario, pid_t child, struct outcome *outcome);
void scenario_run(const struct scenario *scenario, struct inject_fault fault, struct outcome *outcome);

/* Where the tools are built: what is started is then the program itself, for the outside. NULL: their mains. */
extern const char *scenario_tools;

/* Starts any command in the scenario's site, its output going to `output`. */
pid_t scenario_start_words(const struct scenario *scenario, char *const *words, int output, struct inject_fault fault);

/* Waits for it, and reads and empties `output`. */
void scenario_finish_output(int output, pid_t child, struct outcome *outcome);

/* A new file DIR/NAME, open for reading and appending. */
int scenario_open_output(const struct scenario *scenario, const char *name);

/* Whether a row stands behind the header, which says that something was done. */
bool outcome_has_rows(const struct outcome *outcome);

/* Its exit status says that all is done. */
bool outcome_is_done(const struct outcome *outcome);

#endif
