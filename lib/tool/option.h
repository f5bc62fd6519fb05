/* The command line: one table per tool makes getopt_long's arrays, --help, the usage line and, through --help, the
 * shell's completion (CLI.md, "Options").
 *
 * A tool has one static struct mob_command; mob_option_parse fills the variables that its table names. */
#ifndef MOB_TOOL_OPTION_H
#define MOB_TOOL_OPTION_H

#include "base/date.h"
#include "base/error.h"

enum mob_option_kind {
    MOB_OPTION_FLAG,    /* value: bool * */
    MOB_OPTION_TEXT,    /* value: const char ** */
    MOB_OPTION_TEXTS,   /* value: struct mob_option_texts *; may be given again and again */
    MOB_OPTION_NUMBER,  /* value: int64_t *, from `least` to `most` */
    MOB_OPTION_INSTANT, /* value: int64_t * */
    MOB_OPTION_DATE,    /* value: int64_t * */
    MOB_OPTION_NOTICE,  /* value: struct mob_notice * */
};

/* What an option was given, each time; init to { 0 }. */
struct mob_option_texts {
    const char **texts;
    size_t count;
    size_t capacity;
};

struct mob_option {
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* what --help calls it; NULL for a flag */
    const char *help;
    enum mob_option_kind kind;
    void *value;
    int64_t least, most;
};

struct mob_command {
    const char *name;     /* mob-estimate */
    const char *summary;  /* one line, for --help and the manual page's title */
    const char *operands; /* "[file]", or NULL where it takes none */
    const struct mob_option *options;
    size_t option_count;
    bool takes_words; /* its operands may be words that make a row, so there may be many */
};

enum mob_option_result {
    MOB_OPTION_GO_ON,
    MOB_OPTION_HELP,    /* --help was asked for */
    MOB_OPTION_VERSION, /* --version was asked for */
    MOB_OPTION_WRONG    /* bad usage: `*error` is filled (fatal) */
};

/* Reads the options of `argv`; `*first_operand` is the index of the first operand. */
enum mob_option_result mob_option_parse(const struct mob_command *command, int argc, char **argv, int *first_operand,
                                        struct mob_error *error);

/* Appends the whole help; its first line, the usage, is the manual page's synopsis. */
void mob_option_add_help(const struct mob_command *command, struct mob_buffer *buffer);

#endif
