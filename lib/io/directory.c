#include "io/directory.h"

#include "io/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>

static int cannot_be_read(const char *path, struct mob_error *error)
{
    return mob_error_set(error, MOB_ERROR_FATAL, path, 0, NULL, "cannot be read: %s", strerror(errno));
}

int mob_directory_each(int descriptor, const char *path,
                       int (*take)(void *context, const char *name, struct mob_error *error), void *context,
                       struct mob_error *error)
{
    /* Opened anew, for a directory's descriptor has one place in its names, and closedir closes it. */
    int again = mob_system_open(descriptor, ".", O_RDONLY | O_DIRECTORY, 0);
    DIR *directory = again < 0 ? NULL : fdopendir(again);
    struct dirent *found;
    int result = 0;

    if (!directory) {
        cannot_be_read(path, error);
        if (again >= 0)
            mob_system.close(again);
        return -1;
    }
    errno = 0;
    while (result == 0 && (found = readdir(directory))) {
        result = take(context, found->d_name, error);
        errno = 0;
    }
    if (result == 0 && errno)
        result = cannot_be_read(path, error);
    closedir(directory);
    return result;
}
