/* One run of a tool: start, command line, clock, descriptors, messages, exit status (CLI.md).
 *
 * Call order: mob_run_begin first thing in main (it ends the process itself after --help, --version and bad usage),
 * then the tool's work, then `return mob_run_end(&run, &error)`. Only `tool` prints and exits. */
#ifndef MOB_TOOL_RUN_H
#define MOB_TOOL_RUN_H

#include "io/csv.h"
#include "tool/option.h"

#define MOB_THEME_MAX 64

struct mob_run {
    const struct mob_command *command;
    bool quiet;
    bool strict;
    bool any_rejected;     /* exit status 1 */
    const char *rejects;   /* path of --rejects, or NULL */
    const char *site;      /* the site's directory: --site, else $MOB_SITE, else "." */
    int64_t given_now;     /* --now, or MOB_ABSENT */
    const char *input;     /* the file operand, or "-" */
    struct mob_text words; /* where operands make the input: its bytes, instead of a file's */
    int operand_count;
    char **operands;
    struct mob_sink warnings; /* says them on standard error, of one theme the first ten */
    struct {
        const char *theme;
        uint64_t count;
        const char *file; /* where the first one was */
        uint64_t line;
    } themes[MOB_THEME_MAX];
    size_t theme_count;
};

/* Rows of a tool's option table; `run` is the tool's static struct mob_run. */
#define MOB_OPTION_QUIET(run)                                                  \
    {                                                                          \
        'q', "quiet", NULL, "no warnings", MOB_OPTION_FLAG, &(run).quiet, 0, 0 \
    }
#define MOB_OPTION_STRICT(run)                                                                   \
    {                                                                                            \
        0, "strict", NULL, "end at the first rejected row", MOB_OPTION_FLAG, &(run).strict, 0, 0 \
    }
#define MOB_OPTION_REJECTS(run)                                                                    \
    {                                                                                              \
        0, "rejects", "FILE", "write rejected rows to FILE", MOB_OPTION_TEXT, &(run).rejects, 0, 0 \
    }
#define MOB_OPTION_SITE(run)                                                                                     \
    {                                                                                                            \
        0, "site", "DIR", "the site's directory (default $MOB_SITE, else .)", MOB_OPTION_TEXT, &(run).site, 0, 0 \
    }
#define MOB_OPTION_NOW(run)                                                                                \
    {                                                                                                      \
        0, "now", "DATE-TIME", "the site's clock (default $MOB_NOW, else local time)", MOB_OPTION_INSTANT, \
            &(run).given_now, 0, 0                                                                         \
    }
#define MOB_OPTION_FILE(file, path)                                                   \
    {                                                                                 \
        0, file, "PATH", "read PATH for " file ".csv", MOB_OPTION_TEXT, &(path), 0, 0 \
    }

/* Those of the tools that write the calendar. */
#define MOB_OPTION_DRY_RUN(is_dry)                                                              \
    {                                                                                           \
        0, "dry-run", NULL, "decide and print, write nothing", MOB_OPTION_FLAG, &(is_dry), 0, 0 \
    }
#define MOB_OPTION_OPERATOR(operator_name)                                                               \
    {                                                                                                    \
        0, "operator", "NAME", "who does it (default $LOGNAME)", MOB_OPTION_TEXT, &(operator_name), 0, 0 \
    }
#define MOB_OPTION_WAIT(wait_seconds)                                                                              \
    {                                                                                                              \
        0, "wait", "SECONDS", "how long to wait for the lock (default 10)", MOB_OPTION_NUMBER, &(wait_seconds), 0, \
            MOB_NUMBER_MAX                                                                                         \
    }

/* Starts a run: descriptors 0 to 2 are made to exist (closed ones refuse all reading and writing), the command line is
 * read. `command` must outlive the run. A tool with operands "[file]" takes one at most, "-" is standard input. */
void mob_run_begin(struct mob_run *run, const struct mob_command *command, int argc, char **argv);

/* The site's wall clock: --now, else $MOB_NOW, else local time. Fatal where $MOB_NOW is no date-time. Read it once
 * a run. */
int mob_run_now(const struct mob_run *run, int64_t *now, struct mob_error *error);

/* The same instant in UTC, in seconds: a given one is read on the clock of the local time zone (in an hour that comes
 * twice it may be either). */
int mob_run_now_utc(const struct mob_run *run, int64_t *seconds, struct mob_error *error);

/* The same as mob_run_now for a tool that writes, once the lock is held: says it where `now` was given. */
int mob_run_now_of_writer(const struct mob_run *run, int64_t *now, struct mob_error *error);

/* Opens the input. Fatal where it cannot be opened. */
int mob_run_open_input(const struct mob_run *run, int *descriptor, struct mob_error *error);

/* Says a rejected row or another message on standard error. */
void mob_run_say(const struct mob_run *run, const struct mob_error *error);

/* Says something to a person that is neither warning nor error; not with --quiet. */
void mob_run_note(const struct mob_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says how many warnings were not shown, and the error if there is one; returns the exit status. */
int mob_run_end(struct mob_run *run, const struct mob_error *error);

#endif
