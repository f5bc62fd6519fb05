#include "inject.h"

#include "disk.h"
#include "io/system.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

const char *const inject_call_names[INJECT_CALL_COUNT] = {
    "openat",  "close",  "read",   "write",     "fsync",     "flock",        "fstatfs",  "fstat",
    "fstatat", "fchown", "fchmod", "fgetxattr", "fsetxattr", "fremovexattr", "renameat", "unlinkat",
};

const char *const inject_action_names[INJECT_ACTION_COUNT] = {
    "nothing",   "fail",       "lie",  "kill", "kill after", "half, kill", "half, fail",
    "dead disk", "lying disk", "TERM", "stop", "link",       "replace",
};

static const int failures[INJECT_CALL_COUNT][10] = {
    [INJECT_OPENAT] = { EIO, EACCES, EPERM, EMFILE, ENFILE, ENOMEM, ENOSPC, EROFS, EINTR },
    [INJECT_CLOSE] = { EIO, EINTR, ENOSPC, EDQUOT },
    [INJECT_READ] = { EIO, EINTR, ENOMEM },
    [INJECT_WRITE] = { EIO, ENOSPC, EDQUOT, EFBIG, EINTR, EROFS, ENOMEM },
    [INJECT_FSYNC] = { EIO, ENOSPC, EDQUOT, EROFS, EINTR },
    [INJECT_FLOCK] = { EWOULDBLOCK, EINTR, ENOLCK, EIO, ENOMEM },
    [INJECT_FSTATFS] = { EIO, ENOSYS, EOVERFLOW, ENOMEM },
    [INJECT_FSTAT] = { EIO, ENOMEM, EOVERFLOW },
    [INJECT_FSTATAT] = { EIO, EACCES, ENOMEM, ELOOP },
    [INJECT_FCHOWN] = { EPERM, EINVAL, EIO, EROFS, EDQUOT },
    [INJECT_FCHMOD] = { EPERM, EIO, EROFS, ENOSPC },
    [INJECT_FGETXATTR] = { EIO, ENOTSUP, ENODATA, ERANGE, ENOMEM },
    [INJECT_FSETXATTR] = { EIO, ENOSPC, EDQUOT, EPERM, ENOTSUP, EROFS },
    [INJECT_FREMOVEXATTR] = { EIO, ENOTSUP, ENODATA, EPERM, EROFS },
    [INJECT_RENAMEAT] = { EIO, ENOSPC, EACCES, EPERM, EROFS, EDQUOT, ENOMEM, EBUSY },
    [INJECT_UNLINKAT] = { EIO, EACCES, EPERM, EROFS, EBUSY },
};

struct inject_seen *inject_seen;

static struct mob_system real;
static struct inject_fault fault;
static int call_count; /* in this process: another may be running beside it */
static bool is_dead, is_lying;
static int failure_of_next_write;

const int *inject_failures(enum inject_call call)
{
    return failures[call];
}

void inject_init(void)
{
    inject_seen = mmap(NULL, sizeof *inject_seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (inject_seen == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
}

void inject_clear(void)
{
    inject_seen->count = 0;
    inject_seen->happened = false;
}

static bool fails_with(int failure)
{
    errno = failure;
    return true;
}

/* What happens in place of the call, or right before it. */
static bool fails(enum inject_call call)
{
    int number = call_count++;

    inject_seen->count = call_count;
    if (number < INJECT_SEEN_MAX)
        inject_seen->calls[number] = (unsigned char)call;
    if (is_dead)
        return fails_with(EIO);
    if (call == INJECT_WRITE && failure_of_next_write)
        return fails_with(failure_of_next_write);
    if (number != fault.at || fault.action == INJECT_NOTHING)
        return false;
    inject_seen->happened = true;
    switch (fault.action) {
    case INJECT_FAIL:
        return fails_with(fault.failure);
    case INJECT_KILL:
        raise(SIGKILL);
        break;
    case INJECT_DEAD:
        is_dead = true;
        return fails_with(EIO);
    case INJECT_LYING_DISK:
        is_lying = true;
        break;
    case INJECT_TERM:
        raise(SIGTERM);
        break;
    case INJECT_STOP:
        raise(SIGSTOP);
        break;
    case INJECT_REPLACE:
        if (rename("../other.csv", "calendar.csv") != 0)
            abort();
        break;
    default:
        break;
    }
    return false;
}

static bool is_at(enum inject_action action)
{
    return fault.action == action && call_count - 1 == fault.at;
}

/* What happens once the call is made, with what it returned. */
static long made(long result)
{
    if (is_at(INJECT_KILL_AFTER))
        raise(SIGKILL);
    if (!is_at(INJECT_LIE))
        return result;
    errno = fault.failure;
    return -1;
}

static int hook_openat(int directory, const char *name, int flags, mode_t mode)
{
    int descriptor;

    if (fails(INJECT_OPENAT))
        return -1;
    descriptor = real.openat(directory, name, flags, mode);
    if (descriptor >= 0 && (flags & O_CREAT))
        disk_note_create(name, descriptor);
    return (int)made(descriptor);
}

/* The kernel gives the descriptor back whatever it reports. */
static int hook_close(int descriptor)
{
    bool failed = fails(INJECT_CLOSE);
    int failure = errno;
    int result = real.close(descriptor);

    if (!failed)
        return (int)made(result);
    errno = failure;
    return -1;
}

static ssize_t hook_read(int descriptor, void *bytes, size_t length)
{
    return fails(INJECT_READ) ? -1 : made(real.read(descriptor, bytes, length));
}

static ssize_t hook_write(int descriptor, const void *bytes, size_t length)
{
    ssize_t written;

    if (fails(INJECT_WRITE))
        return -1;
    if ((is_at(INJECT_HALF_KILL) || is_at(INJECT_HALF_FAIL)) && length > 1)
        length /= 2;
    written = real.write(descriptor, bytes, length);
    if (written > 0)
        disk_note_write(descriptor, bytes, (size_t)written);
    if (is_at(INJECT_HALF_KILL))
        raise(SIGKILL);
    if (is_at(INJECT_HALF_FAIL))
        failure_of_next_write = fault.failure;
    return made(written);
}

static int hook_fsync(int descriptor)
{
    struct stat status;

    if (fails(INJECT_FSYNC))
        return -1;
    if (is_lying) {
        errno = EIO;
        return real.fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode) ? 0 : -1;
    }
    if (real.fsync(descriptor) != 0)
        return -1;
    disk_note_fsync(descriptor);
    return (int)made(0);
}

static int hook_flock(int descriptor, int operation)
{
    return fails(INJECT_FLOCK) ? -1 : (int)made(real.flock(descriptor, operation));
}

static int hook_fstatfs(int descriptor, struct statfs *status)
{
    return fails(INJECT_FSTATFS) ? -1 : (int)made(real.fstatfs(descriptor, status));
}

static int hook_fstat(int descriptor, struct stat *status)
{
    return fails(INJECT_FSTAT) ? -1 : (int)made(real.fstat(descriptor, status));
}

static int hook_fstatat(int directory, const char *name, struct stat *status, int flags)
{
    return fails(INJECT_FSTATAT) ? -1 : (int)made(real.fstatat(directory, name, status, flags));
}

static int hook_fchown(int descriptor, uid_t owner, gid_t group)
{
    return fails(INJECT_FCHOWN) ? -1 : (int)made(real.fchown(descriptor, owner, group));
}

static int hook_fchmod(int descriptor, mode_t mode)
{
    return fails(INJECT_FCHMOD) ? -1 : (int)made(real.fchmod(descriptor, mode));
}

static ssize_t hook_fgetxattr(int descriptor, const char *name, void *value, size_t size)
{
    return fails(INJECT_FGETXATTR) ? -1 : made(real.fgetxattr(descriptor, name, value, size));
}

static int hook_fsetxattr(int descriptor, const char *name, const void *value, size_t size, int flags)
{
    return fails(INJECT_FSETXATTR) ? -1 : (int)made(real.fsetxattr(descriptor, name, value, size, flags));
}

static int hook_fremovexattr(int descriptor, const char *name)
{
    return fails(INJECT_FREMOVEXATTR) ? -1 : (int)made(real.fremovexattr(descriptor, name));
}

static int hook_renameat(int old_directory, const char *old_name, int new_directory, const char *new_name)
{
    if (fails(INJECT_RENAMEAT))
        return -1;
    if (real.renameat(old_directory, old_name, new_directory, new_name) != 0)
        return -1;
    disk_note_rename(old_name, new_name);
    return (int)made(0);
}

static int hook_unlinkat(int directory, const char *name, int flags)
{
    int result;

    if (fails(INJECT_UNLINKAT))
        return -1;
    result = real.unlinkat(directory, name, flags);
    if (result == 0)
        disk_note_unlink(name);
    if (is_at(INJECT_LINK) && symlinkat("../victim", directory, name) != 0)
        abort();
    return (int)made(result);
}

void inject_begin(struct inject_fault wanted)
{
    fault = wanted;
    real = mob_system;
    mob_system = (struct mob_system){
        .openat = hook_openat,
        .close = hook_close,
        .read = hook_read,
        .write = hook_write,
        .fsync = hook_fsync,
        .flock = hook_flock,
        .fstatfs = hook_fstatfs,
        .fstat = hook_fstat,
        .fstatat = hook_fstatat,
        .fchown = hook_fchown,
        .fchmod = hook_fchmod,
        .fgetxattr = hook_fgetxattr,
        .fsetxattr = hook_fsetxattr,
        .fremovexattr = hook_fremovexattr,
        .renameat = hook_renameat,
        .unlinkat = hook_unlinkat,
    };
}
