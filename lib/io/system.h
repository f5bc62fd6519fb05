/* The one table of system calls: everything that io/lock and io/store do to files and directories goes
 * through it, so that a test can make the Nth call of a kind fail, or write down their order.
 *
 * The entries are the system's own functions, with their contracts (errno too). A test replaces entries and
 * puts them back; nothing else writes here. */
#ifndef MOB_IO_SYSTEM_H
#define MOB_IO_SYSTEM_H

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

struct mob_system {
    int (*openat)(int directory, const char *name, int flags, mode_t mode);
    int (*close)(int descriptor);
    ssize_t (*read)(int descriptor, void *bytes, size_t length);
    ssize_t (*write)(int descriptor, const void *bytes, size_t length);
    int (*fsync)(int descriptor);
    int (*flock)(int descriptor, int operation);
    int (*fstatfs)(int descriptor, struct statfs *status);
    int (*fstat)(int descriptor, struct stat *status);
    int (*fstatat)(int directory, const char *name, struct stat *status, int flags);
    int (*fchown)(int descriptor, uid_t owner, gid_t group);
    int (*fchmod)(int descriptor, mode_t mode);
    ssize_t (*fgetxattr)(int descriptor, const char *name, void *value, size_t size);
    int (*fsetxattr)(int descriptor, const char *name, const void *value, size_t size, int flags);
    int (*fremovexattr)(int descriptor, const char *name);
    int (*renameat)(int old_directory, const char *old_name, int new_directory, const char *new_name);
    int (*unlinkat)(int directory, const char *name, int flags);
};

extern struct mob_system mob_system;

/* openat with O_CLOEXEC that never returns 0, 1 or 2: others read and write there, so none of them may ever
 * be a file of the store. */
int mob_system_open(int directory, const char *name, int flags, mode_t mode);

#endif
