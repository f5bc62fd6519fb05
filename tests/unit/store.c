/* io/store: each system call of a commit fails once, the disk dies, the process is killed; who and what is
 * refused; who waits for whom; what the new file takes from the old one. */
#include "io/store.h"
#include "io/system.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#define SITE "site"
#define NAME "calendar.csv"
#define PATH SITE "/" NAME
#define NEW_PATH PATH ".new"
#define VICTIM "victim"
#define ROWS "2,1/1,new row\n"
#define OLD_LENGTH 5000

enum call {
    NO_CALL,
    OPENAT,
    CLOSE,
    READ,
    WRITE,
    FSYNC,
    FLOCK,
    FSTATFS,
    FSTAT,
    FSTATAT,
    FCHOWN,
    FCHMOD,
    FGETXATTR,
    FSETXATTR,
    FREMOVEXATTR,
    RENAMEAT,
    UNLINKAT,
    CALL_COUNT
};

static const char *const call_names[CALL_COUNT] = {
    "",        "openat", "close",  "read",      "write",     "fsync",        "flock",    "fstatfs",  "fstat",
    "fstatat", "fchown", "fchmod", "fgetxattr", "fsetxattr", "fremovexattr", "renameat", "unlinkat",
};

/* What is to go wrong in the next run, and what was seen in it. */
static struct {
    enum call call; /* its Nth call of this kind fails with `failure` */
    int nth;
    int failure;
    int dead_from;  /* from this call on, of any kind, all fail: EIO */
    int kill_at;    /* at this call, of any kind, SIGKILL */
    bool foreign;   /* the old file seems to have another owner and group */
    bool lie;       /* the rename is done and reported as failed */
    bool blind;     /* after the rename nothing can be looked at */
    bool dribble;   /* at most 7 bytes a read or write, and EINTR between */
    bool late;      /* the first alarm comes before flock blocks */
    bool keep;      /* the first unlink says it is done and is not: somebody was quicker */
    uint32_t magic; /* of the file system, if not 0 */

    int seen[CALL_COUNT];
    int total;
    int open;
    int directory;
    int made;
    bool low;     /* a descriptor below 3 was written or synced */
    char log[64]; /* L lock, c create, w write, m mode, F fsync new, D directory, O old, R rename, U unlock */
} plan;

static struct mob_system real;
static char old_bytes[OLD_LENGTH + 1];
static char new_bytes[OLD_LENGTH + sizeof ROWS];

static void note(char letter)
{
    size_t length = strlen(plan.log);

    if (length + 1 < sizeof plan.log && (letter != 'w' || length == 0 || plan.log[length - 1] != 'w'))
        plan.log[length] = letter;
}

static bool fails(enum call call)
{
    plan.total++;
    plan.seen[call]++;
    if (plan.total == plan.kill_at)
        raise(SIGKILL);
    if (plan.dead_from && plan.total >= plan.dead_from) {
        errno = EIO;
        return true;
    }
    errno = plan.failure;
    return call == plan.call && plan.seen[call] == plan.nth;
}

static int fake_openat(int directory, const char *name, int flags, mode_t mode)
{
    int descriptor;

    if (fails(OPENAT))
        return -1;
    descriptor = real.openat(directory, name, flags, mode);
    plan.open += descriptor >= 0;
    if (flags & O_DIRECTORY)
        plan.directory = descriptor;
    if (flags & O_CREAT) {
        plan.made = descriptor;
        note('c');
    }
    return descriptor;
}

static int fake_close(int descriptor)
{
    plan.open--;
    if (descriptor == plan.directory)
        note('U');
    real.close(descriptor);
    return fails(CLOSE) ? -1 : 0;
}

static bool interrupted(enum call call, size_t *length)
{
    if (!plan.dribble)
        return false;
    if (*length > 7)
        *length = 7;
    errno = EINTR;
    return plan.seen[call] % 2;
}

static ssize_t fake_read(int descriptor, void *bytes, size_t length)
{
    if (fails(READ) || interrupted(READ, &length))
        return -1;
    return real.read(descriptor, bytes, length);
}

static ssize_t fake_write(int descriptor, const void *bytes, size_t length)
{
    if (fails(WRITE) || interrupted(WRITE, &length))
        return -1;
    note('w');
    plan.low |= descriptor <= STDERR_FILENO;
    return real.write(descriptor, bytes, length);
}

static int fake_fsync(int descriptor)
{
    plan.low |= descriptor <= STDERR_FILENO;
    note(descriptor == plan.directory ? 'D' : descriptor == plan.made ? 'F' : 'O');
    return fails(FSYNC) ? -1 : real.fsync(descriptor);
}

static int fake_flock(int descriptor, int operation)
{
    if (fails(FLOCK))
        return -1;
    if (plan.late && !(operation & LOCK_NB) && plan.seen[FLOCK] == 2)
        pause();
    note('L');
    return real.flock(descriptor, operation);
}

static int fake_fstatfs(int descriptor, struct statfs *status)
{
    if (fails(FSTATFS) || real.fstatfs(descriptor, status) != 0)
        return -1;
    if (plan.magic)
        status->f_type = (__fsword_t)plan.magic;
    return 0;
}

static int fake_fstat(int descriptor, struct stat *status)
{
    if (fails(FSTAT) || (plan.blind && plan.seen[RENAMEAT]) || real.fstat(descriptor, status) != 0)
        return -1;
    if (plan.foreign && descriptor != plan.made && descriptor != STDOUT_FILENO) {
        status->st_uid++;
        status->st_gid++;
    }
    return 0;
}

static int fake_fstatat(int directory, const char *name, struct stat *status, int flags)
{
    return fails(FSTATAT) ? -1 : real.fstatat(directory, name, status, flags);
}

static int fake_fchown(int descriptor, uid_t owner, gid_t group)
{
    if (fails(FCHOWN))
        return -1;
    return plan.foreign ? 0 : real.fchown(descriptor, owner, group);
}

static int fake_fchmod(int descriptor, mode_t mode)
{
    note('m');
    return fails(FCHMOD) ? -1 : real.fchmod(descriptor, mode);
}

static ssize_t fake_fgetxattr(int descriptor, const char *name, void *value, size_t size)
{
    return fails(FGETXATTR) ? -1 : real.fgetxattr(descriptor, name, value, size);
}

static int fake_fsetxattr(int descriptor, const char *name, const void *value, size_t size, int flags)
{
    return fails(FSETXATTR) ? -1 : real.fsetxattr(descriptor, name, value, size, flags);
}

static int fake_fremovexattr(int descriptor, const char *name)
{
    return fails(FREMOVEXATTR) ? -1 : real.fremovexattr(descriptor, name);
}

static int fake_renameat(int old_directory, const char *old_name, int new_directory, const char *new_name)
{
    note('R');
    if (fails(RENAMEAT))
        return -1;
    if (real.renameat(old_directory, old_name, new_directory, new_name) != 0)
        return -1;
    errno = EIO;
    return plan.lie ? -1 : 0;
}

static int fake_unlinkat(int directory, const char *name, int flags)
{
    if (fails(UNLINKAT))
        return -1;
    return plan.keep && plan.seen[UNLINKAT] == 1 ? 0 : real.unlinkat(directory, name, flags);
}

static void replace_system(void)
{
    real = mob_system;
    mob_system = (struct mob_system){
        .openat = fake_openat,
        .close = fake_close,
        .read = fake_read,
        .write = fake_write,
        .fsync = fake_fsync,
        .flock = fake_flock,
        .fstatfs = fake_fstatfs,
        .fstat = fake_fstat,
        .fstatat = fake_fstatat,
        .fchown = fake_fchown,
        .fchmod = fake_fchmod,
        .fgetxattr = fake_fgetxattr,
        .fsetxattr = fake_fsetxattr,
        .fremovexattr = fake_fremovexattr,
        .renameat = fake_renameat,
        .unlinkat = fake_unlinkat,
    };
}

/* ---- the site and a run ---- */

static void put(const char *path, const char *bytes)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

    if (descriptor < 0 || write(descriptor, bytes, strlen(bytes)) != (ssize_t)strlen(bytes)) {
        perror(path);
        exit(1);
    }
    close(descriptor);
}

/* Whether the file at `path` holds exactly this; NULL: whether there is none. */
static bool holds(const char *path, const char *bytes)
{
    char found[sizeof new_bytes + 1];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length;

    if (descriptor < 0)
        return !bytes && errno == ENOENT && access(path, F_OK) != 0;
    length = read(descriptor, found, sizeof found);
    close(descriptor);
    return bytes && length == (ssize_t)strlen(bytes) && memcmp(found, bytes, (size_t)length) == 0;
}

/* A site with the old calendar (NULL: with none), and a plan in which nothing goes wrong. */
static void set_up(const char *bytes)
{
    memset(&plan, 0, sizeof plan);
    remove(PATH);
    remove(NEW_PATH);
    remove(SITE "/other");
    remove(SITE);
    if (mkdir(SITE, 0755) != 0) {
        perror(SITE);
        exit(1);
    }
    if (bytes)
        put(PATH, bytes);
    put(VICTIM, "victim");
}

/* What a tool does that adds one row; `meddle` (or NULL) is called between reading and the commit. */
static enum mob_error_kind commit_after(void (*meddle)(void), struct mob_error *error)
{
    struct mob_store store;
    struct mob_store_file file;
    int prepared;

    *error = (struct mob_error){ 0 };
    if (mob_store_open(&store, SITE, 0, error) != 0)
        return error->kind;
    if (mob_store_read(&store, &file, NAME, PATH, error) == 0) {
        if (meddle)
            meddle();
        if (mob_store_prepare(&store, &file, &file, file.bytes, MOB_TEXT(ROWS), &prepared, error) == 0) {
            if (mob_store_ready(&store, &file, error) == 0)
                mob_store_replace(&store, &file, prepared, error);
            else
                mob_store_discard(&store, &file, prepared);
        }
    }
    mob_store_file_release(&file);
    mob_store_close(&store);
    return error->kind;
}

static enum mob_error_kind commit(struct mob_error *error)
{
    return commit_after(NULL, error);
}

static bool commit_fails(const char *file, const char *part)
{
    struct mob_error error;
    bool good =
        commit(&error) == MOB_ERROR_FATAL && error.file && strcmp(error.file, file) == 0 && strstr(error.message, part);

    if (!good)
        printf("# %s: %s\n", error.file ? error.file : "", error.message);
    return good && holds(NEW_PATH, NULL) && plan.open == 0;
}

/* ---- faults ---- */

/* What a run must say when the Nth call of this kind fails; `first`: there was no calendar. */
static enum mob_error_kind expected(enum call call, int nth, int failure, bool first)
{
    bool harmless = call == CLOSE || (call == FSTAT && nth == 2 && !first) || /* standard output */
                    (call == UNLINKAT && failure == ENOENT) || (call == FSTATAT && nth == 1 && first) ||
                    (failure == ENOENT && first && ((call == OPENAT && nth == 2) || call == FSTATAT)) ||
                    (failure == EINTR && (call == READ || call == WRITE)) ||
                    (call == FCHOWN && nth == 2 && (failure == EPERM || failure == EINVAL)) ||
                    ((call == FGETXATTR || call == FREMOVEXATTR) && (failure == ENODATA || failure == EOPNOTSUPP));

    if (harmless)
        return MOB_ERROR_NONE;
    if (call == FLOCK && failure == EWOULDBLOCK)
        return MOB_ERROR_BUSY;
    return call == FSYNC && nth > 1 ? MOB_ERROR_UNSURE : MOB_ERROR_FATAL;
}

static bool one_fault(enum call call, int nth, int failure, bool first, bool *reached)
{
    struct mob_error error;
    enum mob_error_kind kind;
    const char *before = first ? NULL : old_bytes;
    const char *after = first ? ROWS : new_bytes;
    bool good;

    set_up(before);
    plan.call = call;
    plan.nth = nth;
    plan.failure = failure;
    plan.foreign = true;
    kind = commit(&error);
    *reached = plan.seen[call] >= nth;
    good = kind == (*reached ? expected(call, nth, failure, first) : MOB_ERROR_NONE) &&
           holds(PATH, kind == MOB_ERROR_NONE || kind == MOB_ERROR_UNSURE ? after : before) && holds(NEW_PATH, NULL) &&
           plan.open == 0;
    if (!good)
        printf("# %s no. %d, %s, %s calendar: kind %d, %s\n", call_names[call], nth, strerror(failure),
               first ? "no" : "old", (int)kind, error.message);
    return good;
}

static void test_each_call_fails(bool first)
{
    static const int failures[] = { EIO,   ENOSPC,  EDQUOT,     EPERM,  EACCES,     ENOENT,
                                    EINTR, ENODATA, EOPNOTSUPP, EINVAL, EWOULDBLOCK };
    char name[128];

    for (enum call call = OPENAT; call < CALL_COUNT; call++) {
        bool good = true;
        bool reached = true;
        int nth = 0;

        while (reached) {
            nth++;
            for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
                if (failures[i] != EINTR || call == READ || call == WRITE)
                    good &= one_fault(call, nth, failures[i], first, &reached);
        }
        snprintf(name, sizeof name, "%s: %s fails, each of %d: old or new, the right kind, no left-over",
                 first ? "first calendar" : "old calendar", call_names[call], nth - 1);
        if (nth > 1)
            mob_tap_check(good, name);
    }
}

static void test_disk_dies(void)
{
    struct mob_error error;
    enum mob_error_kind kind;
    bool good = true;
    int from = 0;

    do {
        set_up(old_bytes);
        plan.dead_from = ++from;
        kind = commit(&error);
        good &=
            (kind != MOB_ERROR_NONE && holds(PATH, old_bytes)) || (kind != MOB_ERROR_FATAL && holds(PATH, new_bytes));
        good &= (kind == MOB_ERROR_FATAL) == !plan.seen[RENAMEAT] && plan.open == 0;
    } while (plan.total >= from);
    mob_tap_check(good && from > 20 && kind == MOB_ERROR_NONE,
                  "the disk dies at each call: FATAL is old, done is new, UNSURE either");
}

static void test_killed(void)
{
    struct mob_error error;
    bool good = true;
    int status = 0;
    int at = 0;

    do {
        pid_t child;
        bool is_new;

        set_up(old_bytes);
        plan.kill_at = ++at;
        child = fork();
        if (child == 0)
            _exit(commit(&error) == MOB_ERROR_NONE ? 0 : 1);
        waitpid(child, &status, 0);
        is_new = holds(PATH, new_bytes);
        good &= is_new || holds(PATH, old_bytes);
        plan.kill_at = 0;
        if (!is_new)
            good &= commit(&error) == MOB_ERROR_NONE && holds(PATH, new_bytes) && holds(NEW_PATH, NULL);
    } while (WIFSIGNALED(status));
    mob_tap_check(good && at > 20 && status == 0, "kill -9 at each call: old or new, and the next run goes through");
}

static void test_rename_in_doubt(void)
{
    struct mob_error error;

    set_up(old_bytes);
    plan.lie = true;
    mob_tap_check(commit(&error) == MOB_ERROR_UNSURE && holds(PATH, new_bytes) && plan.open == 0,
                  "a rename that was done and reported as failed: UNSURE");
    set_up(old_bytes);
    plan.call = RENAMEAT;
    plan.nth = 1;
    plan.failure = EIO;
    plan.blind = true;
    mob_tap_check(commit(&error) == MOB_ERROR_UNSURE && holds(PATH, old_bytes) && plan.open == 0,
                  "a rename that failed, and no look is possible: UNSURE");
}

/* calendar.csv.last is renamed so. */
static enum mob_error_kind rename_only(void)
{
    struct mob_store store;
    struct mob_store_file file;
    struct mob_error error = { 0 };
    int prepared;

    mob_store_open(&store, SITE, 0, &error);
    mob_store_read(&store, &file, NAME, PATH, &error);
    mob_store_prepare(&store, &file, &file, file.bytes, MOB_TEXT(ROWS), &prepared, &error);
    mob_store_rename(&store, &file, prepared, &error);
    mob_store_file_release(&file);
    mob_store_close(&store);
    return error.kind;
}

static void test_rename_only(void)
{
    set_up(old_bytes);
    mob_tap_check(rename_only() == MOB_ERROR_NONE && holds(PATH, new_bytes) && plan.open == 0 &&
                      strcmp(plan.log, "LcwmFRU") == 0,
                  "rename alone: no sync behind it");
    set_up(old_bytes);
    plan.call = RENAMEAT;
    plan.nth = 1;
    plan.failure = EIO;
    mob_tap_check(rename_only() == MOB_ERROR_FATAL && holds(PATH, old_bytes) && holds(NEW_PATH, NULL) && plan.open == 0,
                  "rename alone fails: FATAL, no left-over");
    set_up(old_bytes);
    plan.lie = true;
    mob_tap_check(rename_only() == MOB_ERROR_UNSURE && holds(PATH, new_bytes) && plan.open == 0,
                  "rename alone, done and reported as failed: UNSURE");
}

static void test_short_calls(void)
{
    struct mob_error error;

    set_up(old_bytes);
    plan.dribble = true;
    mob_tap_check(commit(&error) == MOB_ERROR_NONE && holds(PATH, new_bytes) && plan.seen[READ] > 1000 &&
                      plan.seen[WRITE] > 1000,
                  "short and interrupted reads and writes");
}

static void test_order(void)
{
    struct mob_error error;
    struct mob_store store;
    struct mob_store_file file;
    bool good = true;

    set_up(old_bytes);
    commit(&error);
    mob_tap_check(strcmp(plan.log, "LcwmFRDFU") == 0,
                  "order: lock, create, write, mode, fsync new, rename, fsync directory, fsync calendar, unlock");

    for (int nth = 0; nth <= 2; nth++) {
        int result;

        set_up(old_bytes);
        error = (struct mob_error){ 0 };
        plan.call = FSYNC;
        plan.nth = nth;
        plan.failure = EIO;
        mob_store_open(&store, SITE, 0, &error);
        mob_store_read(&store, &file, NAME, PATH, &error);
        result = mob_store_settle(&store, &file, &error);
        mob_store_file_release(&file);
        mob_store_close(&store);
        good &= nth ? result == -1 && error.kind == MOB_ERROR_UNSURE : result == 0 && strcmp(plan.log, "LDOU") == 0;
    }
    mob_tap_check(good, "settle: fsync directory, then file; either fails: UNSURE");
}

/* ---- what is refused ---- */

static void test_left_over(void)
{
    struct mob_error error;

    set_up(old_bytes);
    mob_tap_check(symlink("../" VICTIM, NEW_PATH) == 0 && commit(&error) == MOB_ERROR_NONE && holds(PATH, new_bytes) &&
                      holds(NEW_PATH, NULL) && holds(VICTIM, "victim"),
                  "a left-over symbolic link is not followed");
    set_up(old_bytes);
    plan.keep = true;
    mob_tap_check(symlink("../" VICTIM, NEW_PATH) == 0 && commit_fails(PATH, "create") && holds(PATH, old_bytes) &&
                      holds(VICTIM, "victim"),
                  "nor is one that comes back at once");
    set_up(old_bytes);
    put(NEW_PATH, "half");
    mob_tap_check(commit(&error) == MOB_ERROR_NONE && holds(PATH, new_bytes), "a left-over file is replaced");
    set_up(old_bytes);
    mkdir(NEW_PATH, 0755);
    mob_tap_check(commit(&error) == MOB_ERROR_FATAL && holds(PATH, old_bytes) && plan.open == 0,
                  "a directory as left-over is refused");
}

static void test_refused_files(void)
{
    char long_name[NAME_MAX + 2];
    struct mob_store store;
    struct mob_store_file file;
    struct mob_error error = { 0 };

    set_up(old_bytes);
    mob_tap_check(link(PATH, SITE "/other") == 0 && commit_fails(PATH, "2 names") && holds(PATH, old_bytes),
                  "a hard link is refused");
    set_up(NULL);
    mob_tap_check(symlink("../" VICTIM, PATH) == 0 && commit_fails(PATH, "symbolic link") && holds(VICTIM, "victim"),
                  "a symbolic link is refused");
    set_up(NULL);
    mob_tap_check(mkdir(PATH, 0755) == 0 && commit_fails(PATH, "regular"), "a directory is refused");
    set_up(NULL);
    mob_tap_check(mkfifo(PATH, 0644) == 0 && commit_fails(PATH, "regular"), "a FIFO is refused, at once");
    memset(long_name, 'x', sizeof long_name);
    long_name[NAME_MAX + 1] = '\0';
    mob_store_open(&store, SITE, 0, &error);
    mob_tap_check(mob_store_read(&store, &file, long_name, PATH, &error) == -1 && error.kind == MOB_ERROR_FATAL,
                  "a name that is too long is refused");
    mob_store_file_release(&file);
    mob_store_close(&store);
}

static void test_refused_directories(void)
{
    static const struct {
        uint32_t magic;
        const char *name;
    } systems[] = {
        { NFS_SUPER_MAGIC, "(NFS)" },   { CIFS_SUPER_MAGIC, "(CIFS)" }, { SMB2_SUPER_MAGIC, "(SMB)" },
        { FUSE_SUPER_MAGIC, "(FUSE)" }, { V9FS_MAGIC, "(9P)" },         { CEPH_SUPER_MAGIC, "(Ceph)" },
    };
    bool good = true;
    struct mob_store store;
    struct mob_error error = { 0 };

    for (size_t i = 0; i < sizeof systems / sizeof systems[0]; i++) {
        set_up(old_bytes);
        plan.magic = systems[i].magic;
        good &= commit_fails(SITE, systems[i].name) && holds(PATH, old_bytes);
    }
    mob_tap_check(good, "network and FUSE file systems are refused");
    mob_tap_check(mob_store_open(&store, VICTIM, 0, &error) == -1 && error.kind == MOB_ERROR_FATAL,
                  "a site that is no directory is refused");
}

static void edit(void)
{
    int descriptor = open(PATH, O_WRONLY | O_APPEND | O_CLOEXEC);

    if (write(descriptor, "x", 1) != 1)
        perror(PATH);
    close(descriptor);
}

static void set_time_of(const char *path, struct timespec time)
{
    utimensat(AT_FDCWD, path, (struct timespec[2]){ { .tv_nsec = UTIME_OMIT }, time }, 0);
}

static void edit_and_keep_time(void)
{
    struct stat status;

    stat(PATH, &status);
    edit();
    set_time_of(PATH, status.st_mtim);
}

static void touch(void)
{
    struct stat status;

    stat(PATH, &status);
    status.st_mtim.tv_nsec ^= 1;
    set_time_of(PATH, status.st_mtim);
}

static void put_another(void)
{
    struct stat status;

    stat(PATH, &status);
    put(SITE "/other", old_bytes);
    set_time_of(SITE "/other", status.st_mtim);
    rename(SITE "/other", PATH);
}

static void take_away(void)
{
    remove(PATH);
}

static void make(void)
{
    put(PATH, "made");
}

static void test_changed_meanwhile(void)
{
    static const struct {
        void (*meddle)(void);
        const char *before;
        const char *name;
    } cases[] = {
        { edit_and_keep_time, old_bytes, "edited meanwhile, the time set back: refused" },
        { touch, old_bytes, "another time, by a nanosecond: refused" },
        { put_another, old_bytes, "replaced by one of the same size and time: refused" },
        { take_away, old_bytes, "removed meanwhile: refused" },
        { make, NULL, "made meanwhile: refused" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mob_error error;

        set_up(cases[i].before);
        mob_tap_check(commit_after(cases[i].meddle, &error) == MOB_ERROR_FATAL && !holds(PATH, new_bytes) &&
                          !holds(PATH, ROWS) && holds(NEW_PATH, NULL) && plan.open == 0,
                      cases[i].name);
    }
}

/* ---- standard output ---- */

static void output_closed(void)
{
    close(STDOUT_FILENO);
}

static void input_and_errors_closed(void)
{
    close(STDIN_FILENO);
    close(STDERR_FILENO);
}

static void output_read_only(void)
{
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDOUT_FILENO);
}

static void output_unread_pipe(void)
{
    int ends[2];

    if (pipe(ends) != 0)
        _exit(99);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
}

static void output_read_pipe(void)
{
    int ends[2];

    if (pipe(ends) != 0)
        _exit(99);
    dup2(ends[1], STDOUT_FILENO);
}

static void output_null(void)
{
    dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
}

static void output_calendar(void)
{
    dup2(open(PATH, O_WRONLY | O_APPEND | O_CLOEXEC), STDOUT_FILENO);
}

/* A run of its own with another standard output; its kind of error, 98 where the error is about something
 * else, 97 where a descriptor below 3 was a file of the store. */
static int kind_with_output(void (*change)(void), const char *file)
{
    int status = 0;
    pid_t child;

    set_up(old_bytes);
    child = fork();
    if (child == 0) {
        struct mob_error error;
        enum mob_error_kind kind;

        change();
        kind = commit(&error);
        if (plan.low)
            _exit(97);
        _exit(kind != MOB_ERROR_NONE && strcmp(error.file, file) != 0 ? 98 : (int)kind);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) && holds(NEW_PATH, NULL) ? WEXITSTATUS(status) : -1;
}

static void test_output(void)
{
    static const struct {
        void (*change)(void);
        const char *file;
        const char *name;
    } cases[] = {
        { output_closed, "standard output", "standard output closed: refused" },
        { output_read_only, "standard output", "standard output that can only be read: refused" },
        { output_unread_pipe, "standard output", "standard output that nobody reads: refused" },
        { output_calendar, PATH, "standard output is the calendar: refused" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        mob_tap_check(kind_with_output(cases[i].change, cases[i].file) == MOB_ERROR_FATAL && holds(PATH, old_bytes),
                      cases[i].name);
    mob_tap_check(kind_with_output(output_read_pipe, "") == MOB_ERROR_NONE && holds(PATH, new_bytes),
                  "standard output is a pipe that is read: committed");
    mob_tap_check(kind_with_output(output_null, "") == MOB_ERROR_NONE && holds(PATH, new_bytes),
                  "standard output is /dev/null: committed");
    mob_tap_check(kind_with_output(input_and_errors_closed, "") == MOB_ERROR_NONE && holds(PATH, new_bytes),
                  "descriptors 0 and 2 closed: committed, and neither becomes a file of the store");
}

/* ---- the lock ---- */

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
}

static void handle(int number)
{
    struct sigaction action = { .sa_handler = on_signal };

    caught = 0;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* Another program that has the lock when this returns, and keeps it for so long, or (0) until it is killed.
 */
static pid_t start_holder(useconds_t hold_usec)
{
    int ends[2];
    char byte;
    pid_t child;

    if (pipe(ends) != 0)
        exit(1);
    child = fork();
    if (child == 0) {
        struct mob_store store;
        struct mob_error error = { 0 };

        if (mob_store_open(&store, SITE, 0, &error) != 0 || write(ends[1], "x", 1) != 1)
            _exit(1);
        if (hold_usec)
            usleep(hold_usec);
        else
            pause();
        _exit(0);
    }
    close(ends[1]);
    if (read(ends[0], &byte, 1) != 1)
        printf("# the holder has no lock\n");
    close(ends[0]);
    return child;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

/* Opens and closes; how long that took. */
static double open_sec(int64_t wait_seconds, struct mob_error *error)
{
    struct mob_store store;
    struct timespec start;
    struct timespec stop;

    *error = (struct mob_error){ 0 };
    clock_gettime(CLOCK_MONOTONIC, &start);
    mob_store_open(&store, SITE, wait_seconds, error);
    mob_store_close(&store);
    clock_gettime(CLOCK_MONOTONIC, &stop);
    return (double)(stop.tv_sec - start.tv_sec) + (double)(stop.tv_nsec - start.tv_nsec) / 1e9;
}

static void test_lock(void)
{
    struct mob_error error;
    char line[256];
    double sec;
    pid_t holder;

    set_up(old_bytes);
    holder = start_holder(0);
    sec = open_sec(0, &error);
    mob_error_print(&error, line, sizeof line);
    mob_tap_check(error.kind == MOB_ERROR_BUSY && sec < 0.5 && plan.open == 0, "locked, no wait: BUSY at once");
    mob_tap_check(strcmp(line, SITE ": locked by another program: try again") == 0, "BUSY says what to do");
    sec = open_sec(1, &error);
    mob_tap_check(error.kind == MOB_ERROR_BUSY && sec >= 1 && sec < 3, "locked, wait 1: BUSY after 1 s");
    plan.late = true;
    plan.seen[FLOCK] = 0;
    sec = open_sec(1, &error);
    mob_tap_check(error.kind == MOB_ERROR_BUSY && sec >= 1 && sec < 3,
                  "an alarm that comes before flock blocks is not lost");
    end(holder);
    open_sec(0, &error);
    mob_tap_check(error.kind == MOB_ERROR_NONE, "kill -9 of the holder frees the lock");

    set_up(old_bytes);
    holder = start_holder(300000);
    sec = open_sec(5, &error);
    mob_tap_check(error.kind == MOB_ERROR_NONE && sec > 0.1 && sec < 2, "freed while one waits: had");
    end(holder);
}

static void test_wait_leaves_no_trace(void)
{
    struct itimerval timer = { .it_value.tv_sec = 100 };
    struct itimerval off = { 0 };
    struct sigaction action = { .sa_handler = SIG_IGN };
    struct mob_error error;
    sigset_t mask;
    pid_t holder;
    pid_t sender;
    double sec;

    set_up(old_bytes);
    holder = start_holder(0);
    sigemptyset(&mask);
    sigaddset(&mask, SIGALRM);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    handle(SIGUSR1);
    sender = fork();
    if (sender == 0) {
        usleep(300000);
        kill(getppid(), SIGUSR1);
        _exit(0);
    }
    sec = open_sec(1, &error);
    mob_tap_check(error.kind == MOB_ERROR_BUSY && sec >= 1 && sec < 3 && caught == SIGUSR1,
                  "another signal does not end the wait, a blocked SIGALRM does not hinder it");
    sigprocmask(SIG_SETMASK, NULL, &mask);
    sigaction(SIGALRM, NULL, &action);
    getitimer(ITIMER_REAL, &timer);
    mob_tap_check(sigismember(&mask, SIGALRM) && action.sa_handler == SIG_IGN && timer.it_value.tv_sec > 90,
                  "handler, mask and timer are as they were");
    setitimer(ITIMER_REAL, &off, NULL);
    sigdelset(&mask, SIGALRM);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    end(sender);
    end(holder);
}

static void test_signals_blocked(void)
{
    struct mob_store store;
    struct mob_store_file file;
    struct mob_error error = { 0 };
    sigset_t mask;
    bool good;

    set_up(old_bytes);
    handle(SIGTERM);
    mob_store_open(&store, SITE, 0, &error);
    mob_store_read(&store, &file, NAME, PATH, &error);
    good = mob_store_ready(&store, &file, &error) == 0 && mob_store_ready(&store, &file, &error) == 0;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    raise(SIGTERM);
    good &= caught == 0 && sigismember(&mask, SIGINT) && sigismember(&mask, SIGHUP);
    mob_store_file_release(&file);
    mob_store_close(&store);
    sigprocmask(SIG_SETMASK, NULL, &mask);
    mob_tap_check(good && caught == SIGTERM && !sigismember(&mask, SIGTERM) && !sigismember(&mask, SIGINT),
                  "INT, TERM, HUP wait from ready to close");
}

/* ---- owner, group, mode, ACL ---- */

#define ACCESS "system.posix_acl_access"
#define DEFAULT "system.posix_acl_default"
#define ENTRY(tag, permissions, id) tag, 0, permissions, 0, (id)&0xff, (id) >> 8 & 0xff, (id) >> 16 & 0xff, (id) >> 24

/* user::rw- user:4242:r-- group::r-- mask::r-- other::--- as linux/posix_acl_xattr.h lays it out */
static const unsigned char acl[] = {
    2,
    0,
    0,
    0,
    ENTRY(1, 6, 0xffffffffU),
    ENTRY(2, 4, 4242U),
    ENTRY(4, 4, 0xffffffffU),
    ENTRY(0x10, 4, 0xffffffffU),
    ENTRY(0x20, 0, 0xffffffffU),
};

static bool has_mode(mode_t mode)
{
    struct stat status;

    return stat(PATH, &status) == 0 && (status.st_mode & 07777) == mode;
}

static bool has_acl(void)
{
    unsigned char found[sizeof acl + 64];

    return getxattr(PATH, ACCESS, found, sizeof found) == (ssize_t)sizeof acl && memcmp(found, acl, sizeof acl) == 0;
}

static void test_mode(void)
{
    static const mode_t modes[] = { 0640, 0664, 0600, 02660 };
    mode_t old_mask = umask(077);
    struct mob_error error;
    struct stat status;
    bool good = true;

    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        set_up(old_bytes);
        good &= chmod(PATH, modes[i]) == 0 && commit(&error) == MOB_ERROR_NONE && has_mode(modes[i]);
    }
    mob_tap_check(good, "umask 077: the mode of the old file is kept");
    set_up(NULL);
    mob_tap_check(commit(&error) == MOB_ERROR_NONE && holds(PATH, ROWS) && has_mode(0640),
                  "umask 077: the first calendar is 0640");
    umask(old_mask);
    set_up(old_bytes);
    if (chown(PATH, 4242, 4343) != 0) {
        mob_tap_check(true, "owner and group are kept # SKIP only root gives files away");
        return;
    }
    mob_tap_check(chmod(PATH, 02664) == 0 && commit(&error) == MOB_ERROR_NONE && stat(PATH, &status) == 0 &&
                      status.st_uid == 4242 && status.st_gid == 4343 && has_mode(02664),
                  "owner and group are kept, and the mode with them");
}

static void test_acl(void)
{
    struct mob_error error;

    set_up(old_bytes);
    if (setxattr(PATH, ACCESS, acl, sizeof acl, 0) != 0 && errno == EOPNOTSUPP) {
        mob_tap_check(true, "the ACL is kept # SKIP this file system has none");
        return;
    }
    mob_tap_check(has_acl() && commit(&error) == MOB_ERROR_NONE && has_acl() && has_mode(0640), "the ACL is kept");
    set_up(old_bytes);
    setxattr(PATH, ACCESS, acl, sizeof acl, 0);
    plan.call = FSETXATTR;
    plan.nth = 1;
    plan.failure = ENOSPC;
    mob_tap_check(commit_fails(PATH, "ACL") && holds(PATH, old_bytes) && has_acl(),
                  "an ACL that cannot be given is FATAL");
    set_up(old_bytes);
    mob_tap_check(setxattr(SITE, DEFAULT, acl, sizeof acl, 0) == 0 && commit(&error) == MOB_ERROR_NONE &&
                      getxattr(PATH, ACCESS, NULL, 0) == -1 && errno == ENODATA && has_mode(0640),
                  "the directory's default ACL does not reach a file that had none");
}

/* ---- readers ---- */

static bool reads(const char *bytes, enum mob_error_kind kind)
{
    struct mob_store store;
    struct mob_store_file file;
    struct mob_error error = { 0 };
    bool good;

    mob_store_open_unlocked(&store, SITE, &error);
    mob_store_read(&store, &file, NAME, PATH, &error);
    good = error.kind == kind && file.exists == !!bytes && (file.descriptor >= 0) == !!bytes &&
           mob_text_is(file.bytes, bytes ? mob_text_of(bytes) : MOB_TEXT(""));
    mob_store_file_release(&file);
    mob_store_close(&store);
    return good && plan.open == 0;
}

static void test_readers(void)
{
    struct mob_store store;
    struct mob_store_file file;
    struct mob_error error = { 0 };
    bool good;
    pid_t holder;

    set_up(old_bytes);
    holder = start_holder(0);
    mob_tap_check(reads(old_bytes, MOB_ERROR_NONE), "a reader takes no lock");
    end(holder);
    mob_tap_check(link(PATH, SITE "/other") == 0 && reads(old_bytes, MOB_ERROR_NONE), "a reader reads hard links");
    set_up("");
    mob_tap_check(reads("", MOB_ERROR_NONE), "an empty file is there, with no bytes");
    set_up(NULL);
    mob_tap_check(reads(NULL, MOB_ERROR_NONE), "a missing file is no error");
    mob_tap_check(symlink("../" VICTIM, PATH) == 0 && reads("victim", MOB_ERROR_NONE), "a reader follows links");
    remove(VICTIM);
    mob_tap_check(reads(NULL, MOB_ERROR_FATAL), "a link to nothing is refused");
    set_up(NULL);
    mob_tap_check(mkfifo(PATH, 0644) == 0 && reads(NULL, MOB_ERROR_FATAL), "a reader does not wait for a FIFO");

    set_up(old_bytes);
    mob_store_open_unlocked(&store, SITE, &error);
    mob_store_read(&store, &file, NAME, PATH, &error);
    good = !mob_store_changed(&store, &file);
    put_another();
    good &= mob_store_changed(&store, &file);
    take_away();
    good &= mob_store_changed(&store, &file) && mob_text_is(file.bytes, mob_text_of(old_bytes));
    mob_store_file_release(&file);
    mob_store_close(&store);
    mob_tap_check(good, "a reader sees that the file was replaced, and keeps the old one whole");
}

int main(void)
{
    char base[] = "/tmp/mob-store-XXXXXX";

    if (!mkdtemp(base) || chdir(base) != 0) {
        perror(base);
        return 1;
    }
    for (size_t i = 0; i < OLD_LENGTH; i++)
        old_bytes[i] = i % 50 == 49 ? '\n' : (char)('a' + i % 23);
    memcpy(new_bytes, old_bytes, OLD_LENGTH);
    memcpy(new_bytes + OLD_LENGTH, ROWS, sizeof ROWS);
    replace_system();
    test_each_call_fails(false);
    test_each_call_fails(true);
    test_disk_dies();
    test_killed();
    test_rename_in_doubt();
    test_rename_only();
    test_short_calls();
    test_order();
    test_left_over();
    test_refused_files();
    test_refused_directories();
    test_changed_meanwhile();
    test_output();
    test_lock();
    test_wait_leaves_no_trace();
    test_signals_blocked();
    test_mode();
    test_acl();
    test_readers();
    set_up(NULL);
    remove(SITE);
    remove(VICTIM);
    if (chdir("/") == 0)
        rmdir(base);
    return mob_tap_finish();
}
