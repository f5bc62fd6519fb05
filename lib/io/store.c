#include "io/store.h"

#include "io/lock.h"
#include "io/system.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ACL_NAME "system.posix_acl_access"
#define ACL_SIZE_MAX ((size_t)64 * 1024) /* the kernel's, of any attribute */
#define NEW_NAME_SIZE (NAME_MAX + sizeof ".new")
#define READ_MAX ((size_t)1024 * 1024 * 1024) /* the kernel cuts one call at 2 GiB */

int mob_store_open_unlocked(struct mob_store *store, const char *path, struct mob_error *error)
{
    *store = (struct mob_store){ .path = path };
    store->directory = mob_system_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    if (store->directory < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "cannot be opened as a directory: %s",
                             strerror(errno));
    return 0;
}

int mob_store_open(struct mob_store *store, const char *path, int64_t wait_seconds, struct mob_error *error)
{
    if (mob_store_open_unlocked(store, path, error) != 0)
        return -1;
    if (mob_lock_take(store->directory, path, wait_seconds, error) != 0) {
        mob_store_close(store);
        return -1;
    }
    store->locked = true;
    return 0;
}

static bool is_same_file(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

static bool is_same_state(const struct stat *one, const struct stat *other)
{
    return is_same_file(one, other) && one->st_size == other->st_size && one->st_mtim.tv_sec == other->st_mtim.tv_sec &&
           one->st_mtim.tv_nsec == other->st_mtim.tv_nsec;
}

static int refuse_names(const struct mob_store_file *file, struct mob_error *error)
{
    if (file->status.st_nlink == 1)
        return 0;
    return mob_error_set(
        error, MOB_ERROR_FATAL, file->path, 0, NULL,
        "has %lu names, expected 1: a commit would part it from the others; remove its other hard links",
        (unsigned long)file->status.st_nlink);
}

static int refuse_link(const char *path, struct mob_error *error)
{
    return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL,
                         "is a symbolic link: expected the file itself; move it here");
}

int mob_store_check_alone(const struct mob_store *store, const struct mob_store_file *file, struct mob_error *error)
{
    struct stat status;

    if (!file->exists)
        return 0;
    if (mob_system.fstatat(store->directory, file->name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode))
        return refuse_link(file->path, error);
    return refuse_names(file, error);
}

static int refuse_file(const struct mob_store *store, const struct mob_store_file *file, struct mob_error *error)
{
    struct stat output;

    if (!S_ISREG(file->status.st_mode))
        return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL,
                             "is not a regular file: expected one, not a directory, pipe or device");
    if (!store->locked)
        return 0;
    if (refuse_names(file, error) != 0)
        return -1;
    if (mob_system.fstat(STDOUT_FILENO, &output) == 0 && is_same_file(&output, &file->status))
        return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL,
                             "is this command's own standard output: send that to another file");
    return 0;
}

/* Returns 0 or -1 with errno. */
static int read_all(struct mob_store_file *file)
{
    size_t capacity = 0;
    size_t length = 0;
    char *bytes = mob_memory_grow(NULL, &capacity, (size_t)file->status.st_size + 1, 1);
    ssize_t got;

    do {
        size_t room;

        bytes = mob_memory_grow(bytes, &capacity, length + 1, 1);
        room = capacity - length;
        got = mob_system.read(file->descriptor, bytes + length, room < READ_MAX ? room : READ_MAX);
        if (got > 0)
            length += (size_t)got;
    } while (got > 0 || (got < 0 && errno == EINTR));
    if (got < 0 || length == 0)
        free(bytes);
    else
        file->bytes = (struct mob_text){ bytes, length };
    return got < 0 ? -1 : 0;
}

static int read_opened(const struct mob_store *store, struct mob_store_file *file, struct mob_error *error)
{
    struct stat after;

    if (mob_system.fstat(file->descriptor, &file->status) != 0)
        return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL, "cannot be read: %s", strerror(errno));
    if (refuse_file(store, file, error) != 0)
        return -1;
    if (read_all(file) != 0 || mob_system.fstat(file->descriptor, &after) != 0)
        return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL, "cannot be read: %s", strerror(errno));
    if (!is_same_state(&file->status, &after) || file->bytes.length != (size_t)after.st_size)
        return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL,
                             "was written while it was read, without the lock: look at it, then try again");
    file->status = after;
    return 0;
}

/* What is not there is an empty file, but a link to nothing is there. */
static int refuse_absent(const struct mob_store *store, const struct mob_store_file *file, struct mob_error *error)
{
    struct stat status;

    if (mob_system.fstatat(store->directory, file->name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode))
        return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL,
                             "is a symbolic link to nothing: remove it, or make the file that it names");
    return 0;
}

int mob_store_read(const struct mob_store *store, struct mob_store_file *file, const char *name, const char *path,
                   struct mob_error *error)
{
    size_t length = strlen(name);

    *file = (struct mob_store_file){ .path = path, .descriptor = -1, .bytes = { "", 0 } };
    if (length > NAME_MAX)
        return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "its name is longer than %d bytes", NAME_MAX);
    memcpy(file->name, name, length + 1);
    /* O_NONBLOCK: a FIFO without a writer is to be refused, not waited for. */
    file->descriptor =
        mob_system_open(store->directory, name, O_RDONLY | O_NONBLOCK | (store->locked ? O_NOFOLLOW : 0), 0);
    if (file->descriptor < 0 && errno == ENOENT)
        return refuse_absent(store, file, error);
    if (file->descriptor < 0 && errno == ELOOP && store->locked)
        return refuse_link(path, error);
    if (file->descriptor < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "cannot be opened: %s", strerror(errno));
    file->exists = true;
    if (read_opened(store, file, error) != 0) {
        mob_store_file_release(file);
        return -1;
    }
    return 0;
}

bool mob_store_changed(const struct mob_store *store, const struct mob_store_file *file)
{
    struct stat status;

    if (mob_system.fstatat(store->directory, file->name, &status, store->locked ? AT_SYMLINK_NOFOLLOW : 0) != 0)
        return errno != ENOENT || file->exists;
    return !file->exists || !is_same_state(&status, &file->status);
}

bool mob_store_exists(const struct mob_store *store, const struct mob_store_file *file)
{
    struct stat status;

    return mob_system.fstatat(store->directory, file->name, &status, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT;
}

/* The directory first: XFS confirms a directory on a dead disk, and the file's own sync then tells. */
static int sync_both(const struct mob_store *store, int descriptor)
{
    if (mob_system.fsync(store->directory) != 0)
        return -1;
    return descriptor < 0 ? 0 : mob_system.fsync(descriptor);
}

static int not_known(const struct mob_store_file *file, int failure, struct mob_error *error)
{
    return mob_error_set(error, MOB_ERROR_UNSURE, file->path, 0, NULL,
                         "not known to be on the disk: %s: run this again with the same input", strerror(failure));
}

int mob_store_settle(const struct mob_store *store, const struct mob_store_file *file, struct mob_error *error)
{
    return sync_both(store, file->descriptor) == 0 ? 0 : not_known(file, errno, error);
}

static void make_new_name(char name[static NEW_NAME_SIZE], const struct mob_store_file *file)
{
    snprintf(name, NEW_NAME_SIZE, "%s.new", file->name);
}

static int write_all(int descriptor, struct mob_text text)
{
    while (text.length > 0) {
        ssize_t written = mob_system.write(descriptor, text.bytes, text.length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        text.bytes += written;
        text.length -= (size_t)written;
    }
    return 0;
}

/* The owner alone may be refused: only root gives files away. */
static int copy_owner(int descriptor, const struct stat *model)
{
    struct stat made;

    if (mob_system.fstat(descriptor, &made) != 0)
        return -1;
    if (made.st_gid != model->st_gid && mob_system.fchown(descriptor, (uid_t)-1, model->st_gid) != 0)
        return -1;
    if (made.st_uid != model->st_uid && mob_system.fchown(descriptor, model->st_uid, (gid_t)-1) != 0)
        return errno == EPERM || errno == EINVAL ? 0 : -1; /* EINVAL: not known in this user namespace */
    return 0;
}

static int copy_acl(int descriptor, int model)
{
    char *acl = mob_memory_new(ACL_SIZE_MAX);
    ssize_t size = mob_system.fgetxattr(model, ACL_NAME, acl, ACL_SIZE_MAX);
    int result = -1;

    if (size >= 0) {
        result = mob_system.fsetxattr(descriptor, ACL_NAME, acl, (size_t)size, 0);
    } else if (errno == ENODATA || errno == EOPNOTSUPP) {
        /* The new file may have got one from the directory's default. */
        result = mob_system.fremovexattr(descriptor, ACL_NAME);
        if (result != 0 && (errno == ENODATA || errno == EOPNOTSUPP))
            result = 0;
    }
    free(acl);
    return result;
}

/* Returns NULL, or what could not be done, with errno. The mode comes last: a change of owner clears bits of
 * it, and a default ACL must be gone before the mode lets anybody in. */
static const char *fill_new(int descriptor, const struct mob_store_file *model, struct mob_text head,
                            struct mob_text tail)
{
    if (write_all(descriptor, head) != 0 || write_all(descriptor, tail) != 0)
        return "write";
    if (model->exists && copy_owner(descriptor, &model->status) != 0)
        return "give the old file's owner and group to";
    if (model->exists && copy_acl(descriptor, model->descriptor) != 0)
        return "give the old file's ACL to";
    if (mob_system.fchmod(descriptor, model->exists ? model->status.st_mode & 07777 : 0640) != 0)
        return "set the mode of";
    if (mob_system.fsync(descriptor) != 0)
        return "sync";
    return NULL;
}

int mob_store_prepare(const struct mob_store *store, const struct mob_store_file *file,
                      const struct mob_store_file *model, struct mob_text head, struct mob_text tail, int *prepared,
                      struct mob_error *error)
{
    char name[NEW_NAME_SIZE];
    const char *failed = NULL;
    int descriptor = -1;

    *prepared = -1;
    make_new_name(name, file);
    if (mob_system.unlinkat(store->directory, name, 0) != 0 && errno != ENOENT)
        failed = "remove the left-over";
    if (!failed) {
        descriptor = mob_system_open(store->directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
        failed = descriptor < 0 ? "create" : fill_new(descriptor, model, head, tail);
    }
    if (!failed) {
        *prepared = descriptor;
        return 0;
    }
    mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL, "not changed: cannot %s %s: %s", failed, name,
                  strerror(errno));
    if (descriptor >= 0)
        mob_system.close(descriptor);
    mob_system.unlinkat(store->directory, name, 0);
    return -1;
}

static int check_output(struct mob_error *error)
{
    struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    int result;

    /* Where it was closed at the start, something that can only be read has taken its place. */
    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY)
        return mob_error_set(error, MOB_ERROR_FATAL, "standard output", 0, NULL,
                             "closed: expected a file, a pipe or a terminal for the answer");
    do
        result = poll(&output, 1, 0);
    while (result < 0 && errno == EINTR);
    if (result < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, "standard output", 0, NULL, "cannot be checked: %s",
                             strerror(errno));
    if (output.revents & (POLLERR | POLLHUP | POLLNVAL))
        return mob_error_set(error, MOB_ERROR_FATAL, "standard output", 0, NULL, "nobody reads it");
    return 0;
}

int mob_store_ready(struct mob_store *store, const struct mob_store_file *file, struct mob_error *error)
{
    sigset_t signals;

    if (check_output(error) != 0)
        return -1;
    if (mob_store_changed(store, file))
        return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL,
                             "changed by somebody who did not take the lock: look at it, then try again");
    if (store->signals_blocked)
        return 0;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &store->signals);
    store->signals_blocked = true;
    return 0;
}

/* After a rename that reported failure: whether NAME is certainly not the new file. */
static bool is_unchanged(const struct mob_store *store, const struct mob_store_file *file, int prepared)
{
    struct stat made;
    struct stat status;

    if (mob_system.fstat(prepared, &made) != 0)
        return false;
    if (mob_system.fstatat(store->directory, file->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT;
    return !is_same_file(&made, &status);
}

/* Renames NAME.new to NAME: 0 or FATAL; 0 with errno in `*failure` where it is not known whether it
 * happened. */
static int rename_new(const struct mob_store *store, const struct mob_store_file *file, int prepared, int *failure,
                      struct mob_error *error)
{
    char name[NEW_NAME_SIZE];

    make_new_name(name, file);
    *failure = 0;
    if (mob_system.renameat(store->directory, name, store->directory, file->name) == 0)
        return 0;
    *failure = errno;
    if (!is_unchanged(store, file, prepared))
        return 0;
    mob_store_discard(store, file, prepared);
    return mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL, "not changed: cannot rename %s to it: %s", name,
                         strerror(*failure));
}

int mob_store_replace(const struct mob_store *store, const struct mob_store_file *file, int prepared,
                      struct mob_error *error)
{
    int failure;

    if (rename_new(store, file, prepared, &failure, error) != 0)
        return -1;
    if (failure == 0 && sync_both(store, prepared) != 0)
        failure = errno;
    mob_system.close(prepared);
    return failure == 0 ? 0 : not_known(file, failure, error);
}

int mob_store_rename(const struct mob_store *store, const struct mob_store_file *file, int prepared,
                     struct mob_error *error)
{
    int failure;

    if (rename_new(store, file, prepared, &failure, error) != 0)
        return -1;
    mob_system.close(prepared);
    return failure == 0 ? 0 : not_known(file, failure, error);
}

void mob_store_discard(const struct mob_store *store, const struct mob_store_file *file, int prepared)
{
    char name[NEW_NAME_SIZE];

    if (prepared < 0)
        return;
    make_new_name(name, file);
    mob_system.close(prepared);
    mob_system.unlinkat(store->directory, name, 0);
}

void mob_store_file_release(struct mob_store_file *file)
{
    if (file->descriptor >= 0)
        mob_system.close(file->descriptor);
    if (file->bytes.length)
        free((char *)file->bytes.bytes);
    file->descriptor = -1;
    file->exists = false;
    file->bytes = (struct mob_text){ "", 0 };
}

void mob_store_close(struct mob_store *store)
{
    if (store->directory >= 0)
        mob_system.close(store->directory);
    store->directory = -1;
    store->locked = false;
    if (store->signals_blocked)
        sigprocmask(SIG_SETMASK, &store->signals, NULL);
    store->signals_blocked = false;
}
