#include "io/system.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <unistd.h>

/* openat is variadic: no pointer of the table's type may call it. */
static int open_with_mode(int directory, const char *name, int flags, mode_t mode)
{
    return openat(directory, name, flags, mode);
}

struct mob_system mob_system = {
    .openat = open_with_mode,
    .close = close,
    .read = read,
    .write = write,
    .fsync = fsync,
    .flock = flock,
    .fstatfs = fstatfs,
    .fstat = fstat,
    .fstatat = fstatat,
    .fchown = fchown,
    .fchmod = fchmod,
    .fgetxattr = fgetxattr,
    .fsetxattr = fsetxattr,
    .fremovexattr = fremovexattr,
    .renameat = renameat,
    .unlinkat = unlinkat,
};

int mob_system_open(int directory, const char *name, int flags, mode_t mode)
{
    int descriptor = mob_system.openat(directory, name, flags | O_CLOEXEC, mode);
    int moved;

    if (descriptor < 0 || descriptor > STDERR_FILENO)
        return descriptor;
    moved = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    mob_system.close(descriptor);
    return moved;
}
