/* The table of system calls under a tool's real main: it counts and writes down what is called, and does one thing
 * wrong.
 *
 * Calling sequence: inject_init once; then for each run inject_clear in the parent and inject_begin in the child; what
 * was seen is in `inject_seen`, which parent and child share. */
#ifndef MOB_TESTS_FAULTS_INJECT_H
#define MOB_TESTS_FAULTS_INJECT_H

#include <stdbool.h>

enum inject_call {
    INJECT_OPENAT,
    INJECT_CLOSE,
    INJECT_READ,
    INJECT_WRITE,
    INJECT_FSYNC,
    INJECT_FLOCK,
    INJECT_FSTATFS,
    INJECT_FSTAT,
    INJECT_FSTATAT,
    INJECT_FCHOWN,
    INJECT_FCHMOD,
    INJECT_FGETXATTR,
    INJECT_FSETXATTR,
    INJECT_FREMOVEXATTR,
    INJECT_RENAMEAT,
    INJECT_UNLINKAT,
    INJECT_CALL_COUNT
};

extern const char *const inject_call_names[INJECT_CALL_COUNT];

enum inject_action {
    INJECT_NOTHING,
    INJECT_FAIL,       /* it is not made, and fails with `failure` */
    INJECT_LIE,        /* it is made, and fails with `failure` all the same */
    INJECT_KILL,       /* SIGKILL in its place */
    INJECT_KILL_AFTER, /* SIGKILL once it is made */
    INJECT_HALF_KILL,  /* half of a write, then SIGKILL */
    INJECT_HALF_FAIL,  /* half of a write, and the next write fails with `failure` */
    INJECT_DEAD,       /* it and all behind it fail with EIO */
    INJECT_LYING_DISK, /* from here on nothing reaches the disk: of a directory fsync says 0, of a file EIO */
    INJECT_TERM,       /* SIGTERM right before it */
    INJECT_STOP,       /* SIGSTOP right before it */
    INJECT_LINK,       /* behind an unlinkat: a symbolic link to ../victim takes the place of what was unlinked */
    INJECT_REPLACE,    /* right before it somebody renames ../other.csv to calendar.csv, without the lock */
    INJECT_ACTION_COUNT
};

extern const char *const inject_action_names[INJECT_ACTION_COUNT];

/* At the call number `at`, from 0, of whatever kind. */
struct inject_fault {
    int at;
    enum inject_action action;
    int failure;
};

enum { INJECT_SEEN_MAX = 1024 };

struct inject_seen {
    int count;
    bool happened;
    unsigned char calls[INJECT_SEEN_MAX];
};

extern struct inject_seen *inject_seen;

void inject_init(void);
void inject_clear(void);
void inject_begin(struct inject_fault fault);

/* The errors that a call may really have, ended by 0. */
const int *inject_failures(enum inject_call call);

#endif
