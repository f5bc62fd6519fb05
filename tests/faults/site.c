#include "site.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <xxhash.h>

#define ACL_NAME "system.posix_acl_access"

static _Noreturn void stop(const char *what)
{
    perror(what);
    exit(1);
}

static bool is_new(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcmp(name + length - 4, ".new") == 0;
}

static bool is_calendar(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcmp(name + length - 4, ".csv") == 0;
}

static int by_name(const void *one, const void *other)
{
    return strcmp(((const struct site_file *)one)->name, ((const struct site_file *)other)->name);
}

static void take_file(int directory, const char *name, struct site_file *file)
{
    int descriptor = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    ssize_t got;

    *file = (struct site_file){ .acl_length = -1 };
    if ((size_t)snprintf(file->name, sizeof file->name, "%s", name) >= sizeof file->name)
        stop(name);
    if (descriptor < 0) { /* a symbolic link */
        file->bytes = calloc(1, 1);
        return;
    }
    if (fstat(descriptor, &status) != 0)
        stop(name);
    file->bytes = malloc((size_t)status.st_size + 1);
    got = file->bytes ? read(descriptor, file->bytes, (size_t)status.st_size) : -1;
    if (got != status.st_size)
        stop(name);
    file->length = (size_t)got;
    file->mode = status.st_mode & 07777;
    file->group = status.st_gid;
    file->acl_length = fgetxattr(descriptor, ACL_NAME, file->acl, sizeof file->acl);
    close(descriptor);
}

/* Calls `visit` for the name of each file of the calendar. */
static void for_each_name(int directory, void (*visit)(int directory, const char *name, void *context), void *context)
{
    int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *found;

    if (!listing)
        stop("site");
    while ((found = readdir(listing)))
        if (strncmp(found->d_name, "calendar", 8) == 0)
            visit(directory, found->d_name, context);
    closedir(listing);
}

static void take_name(int directory, const char *name, void *context)
{
    struct site_files *files = context;

    if (files->count == SITE_FILES_MAX) {
        fprintf(stderr, "too many files of a calendar\n");
        exit(1);
    }
    take_file(directory, name, &files->files[files->count++]);
}

void site_take(int directory, struct site_files *files)
{
    files->count = 0;
    for_each_name(directory, take_name, files);
    qsort(files->files, files->count, sizeof *files->files, by_name);
}

void site_release(struct site_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->files[i].bytes);
    files->count = 0;
}

static void remove_name(int directory, const char *name, void *context)
{
    (void)context;
    if (unlinkat(directory, name, 0) != 0)
        stop(name);
}

static void put_file(int directory, const struct site_file *file)
{
    int descriptor = openat(directory, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (descriptor < 0 || write(descriptor, file->bytes, file->length) != (ssize_t)file->length)
        stop(file->name);
    if (file->group != getegid() && fchown(descriptor, (uid_t)-1, file->group) != 0)
        stop(file->name);
    if (file->acl_length > 0 && fsetxattr(descriptor, ACL_NAME, file->acl, (size_t)file->acl_length, 0) != 0)
        stop(file->name);
    if (fchmod(descriptor, file->mode) != 0)
        stop(file->name);
    close(descriptor);
}

void site_put(int directory, const struct site_files *files)
{
    for_each_name(directory, remove_name, NULL);
    for (size_t i = 0; i < files->count; i++)
        put_file(directory, &files->files[i]);
}

void site_add(struct site_files *files, const char *name, const char *bytes, size_t length,
              const struct site_file *model)
{
    struct site_file *file = &files->files[files->count++];

    if (model)
        *file = *model;
    else
        *file = (struct site_file){ .mode = 0640, .group = getegid(), .acl_length = -1 };
    snprintf(file->name, sizeof file->name, "%s", name);
    file->bytes = malloc(length + 1);
    if (!file->bytes)
        stop(name);
    memcpy(file->bytes, bytes, length);
    file->length = length;
    qsort(files->files, files->count, sizeof *files->files, by_name);
}

const struct site_file *site_find(const struct site_files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->files[i].name, name) == 0)
            return &files->files[i];
    return NULL;
}

static bool file_is_same(const struct site_file *one, const struct site_file *other)
{
    return one->length == other->length && memcmp(one->bytes, other->bytes, one->length) == 0;
}

/* The next line of a file without the cells that say when it was written. */
static bool next_line(const struct site_file *file, size_t *at, const char **line, size_t *length)
{
    const char *end;
    int cells = 2;

    if (*at >= file->length)
        return false;
    *line = file->bytes + *at;
    end = memchr(*line, '\n', file->length - *at);
    *length = end ? (size_t)(end - *line) : file->length - *at;
    *at += *length + 1;
    if (!is_calendar(file->name)) { /* .last: a number, a space, a check or `-` */
        const char *space = memchr(*line, ' ', *length);

        if (space && *line + *length > space + 2)
            *length = (size_t)(space - *line);
        return true;
    }
    while (cells > 0 && *length > 0)
        cells -= (*line)[--*length] == ',';
    return true;
}

bool site_file_is_alike(const struct site_file *one, const struct site_file *other)
{
    size_t at = 0, other_at = 0, length, other_length;
    const char *line, *other_line;

    while (next_line(one, &at, &line, &length))
        if (!next_line(other, &other_at, &other_line, &other_length) || length != other_length ||
            memcmp(line, other_line, length) != 0)
            return false;
    return other_at >= other->length;
}

/* Left-over `.new` files are nobody's calendar. */
static bool agree(const struct site_files *one, const struct site_files *other,
                  bool (*is_equal)(const struct site_file *, const struct site_file *))
{
    for (size_t i = 0; i < one->count; i++) {
        const struct site_file *same = site_find(other, one->files[i].name);

        if (!is_new(one->files[i].name) && (!same || !is_equal(&one->files[i], same)))
            return false;
    }
    for (size_t i = 0; i < other->count; i++)
        if (!is_new(other->files[i].name) && !site_find(one, other->files[i].name))
            return false;
    return true;
}

bool site_is_same(const struct site_files *one, const struct site_files *other)
{
    return agree(one, other, file_is_same);
}

bool site_is_identical(const struct site_files *one, const struct site_files *other)
{
    if (one->count != other->count)
        return false;
    for (size_t i = 0; i < one->count; i++)
        if (strcmp(one->files[i].name, other->files[i].name) != 0 || !file_is_same(&one->files[i], &other->files[i]))
            return false;
    return true;
}

bool site_is_alike(const struct site_files *one, const struct site_files *other)
{
    return agree(one, other, site_file_is_alike);
}

bool site_has_new(const struct site_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        if (is_new(files->files[i].name))
            return true;
    return false;
}

static bool row_is_sealed(const struct site_file *file, size_t end)
{
    char check[17];

    if (end < 17 || file->bytes[end - 17] != ',')
        return false;
    snprintf(check, sizeof check, "%016llx", (unsigned long long)XXH3_64bits(file->bytes, end - 16));
    return memcmp(check, file->bytes + end - 16, 16) == 0;
}

static bool file_is_sealed(const struct site_file *file)
{
    bool is_quoted = false, is_header = true;

    if (file->length == 0 || file->bytes[file->length - 1] != '\n')
        return false;
    for (size_t i = 0; i < file->length; i++) {
        is_quoted ^= file->bytes[i] == '"';
        if (file->bytes[i] != '\n' || is_quoted)
            continue;
        if (!is_header && !row_is_sealed(file, i))
            return false;
        is_header = false;
    }
    return true;
}

bool site_is_sealed(const struct site_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        if (is_calendar(files->files[i].name) && !file_is_sealed(&files->files[i]))
            return false;
    return true;
}
