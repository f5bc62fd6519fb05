#include "io/lock.h"

#include "io/system.h"

#include <errno.h>
#include <linux/magic.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/time.h>
#include <time.h>

#define RING_AGAIN_USEC 50000

/* From linux/magic.h where it has them. */
static const struct {
    uint32_t magic;
    const char *name;
} remote_systems[] = {
    { NFS_SUPER_MAGIC, "NFS" },   { SMB_SUPER_MAGIC, "SMB" },   { CIFS_SUPER_MAGIC, "CIFS" },
    { SMB2_SUPER_MAGIC, "SMB" },  { FUSE_SUPER_MAGIC, "FUSE" }, { CEPH_SUPER_MAGIC, "Ceph" },
    { AFS_SUPER_MAGIC, "AFS" },   { AFS_FS_MAGIC, "AFS" },      { V9FS_MAGIC, "9P" },
    { NCP_SUPER_MAGIC, "NCP" },   { CODA_SUPER_MAGIC, "Coda" }, { OCFS2_SUPER_MAGIC, "OCFS2" },
    { 0x01161970, "GFS2" },       { 0x0bd00bd0, "Lustre" },     { 0x47504653, "GPFS" },
    { 0x786f4256, "VirtualBox" },
};

static int refuse_remote(int directory, const char *path, struct mob_error *error)
{
    struct statfs status;

    if (mob_system.fstatfs(directory, &status) != 0)
        return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "its file system is not known: %s",
                             strerror(errno));
    for (size_t i = 0; i < sizeof remote_systems / sizeof remote_systems[0]; i++)
        if (remote_systems[i].magic == (uint32_t)status.f_type)
            return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL,
                                 "is on a network or FUSE file system (%s), where neither a lock nor a commit can "
                                 "be relied on: keep the calendar on a local disk",
                                 remote_systems[i].name);
    return 0;
}

static void on_alarm(int signal)
{
    (void)signal;
}

static int64_t seconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - start->tv_sec) - (now.tv_nsec < start->tv_nsec);
}

/* Blocks in flock until the lock is had or the time is over: then EINTR is left in errno. The timer repeats,
 * for a signal that comes right before flock blocks would otherwise be lost and the wait endless. */
static int wait_for_lock(int directory, int64_t wait_seconds)
{
    struct itimerval timer = { .it_interval.tv_usec = RING_AGAIN_USEC, .it_value.tv_sec = (time_t)wait_seconds };
    struct itimerval off = { 0 };
    struct itimerval old_timer;
    struct sigaction action = { .sa_handler = on_alarm };
    struct sigaction old_action;
    struct timespec start;
    sigset_t alarm_signal;
    sigset_t old_mask;
    int result;
    int failure;

    sigemptyset(&action.sa_mask);
    sigemptyset(&alarm_signal);
    sigaddset(&alarm_signal, SIGALRM);
    clock_gettime(CLOCK_MONOTONIC, &start);
    sigaction(SIGALRM, &action, &old_action);
    sigprocmask(SIG_UNBLOCK, &alarm_signal, &old_mask);
    setitimer(ITIMER_REAL, &timer, &old_timer);
    do
        result = mob_system.flock(directory, LOCK_EX);
    while (result != 0 && errno == EINTR && seconds_since(&start) < wait_seconds);
    failure = errno;
    setitimer(ITIMER_REAL, &off, NULL);
    sigprocmask(SIG_SETMASK, &old_mask, NULL);
    sigaction(SIGALRM, &old_action, NULL);
    setitimer(ITIMER_REAL, &old_timer, NULL);
    errno = failure;
    return result;
}

int mob_lock_take(int directory, const char *path, int64_t wait_seconds, struct mob_error *error)
{
    int result;

    if (refuse_remote(directory, path, error) != 0)
        return -1;
    result = mob_system.flock(directory, LOCK_EX | LOCK_NB);
    if (result != 0 && errno == EWOULDBLOCK && wait_seconds > 0)
        result = wait_for_lock(directory, wait_seconds);
    if (result == 0)
        return 0;
    if (errno == EWOULDBLOCK || errno == EINTR)
        return mob_error_set(error, MOB_ERROR_BUSY, path, 0, NULL, "locked by another program: try again");
    return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "cannot be locked: %s", strerror(errno));
}
