#include "disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>

enum { INODES_MAX = 64, INODE_BYTES = 64 * 1024, CHANGES_MAX = 24, SUBSETS_OF = 7, NOWHERE = -1 };

struct inode {
    ino_t number;
    size_t length, synced;
    char bytes[INODE_BYTES];
};

struct entry {
    char name[SITE_NAME_MAX];
    int inode;
};

/* One change of the directory: an inode gets `new_name` and loses `name`; either may be empty. */
struct change {
    char name[SITE_NAME_MAX], new_name[SITE_NAME_MAX];
    int inode;
};

/* What becomes of bytes that were not synced. */
enum fate { ARE_THERE, ARE_MISSING, ARE_THERE_BY_HALF, ARE_ZEROS, FATE_COUNT };

static struct disk {
    bool is_watched;
    struct inode inodes[INODES_MAX];
    int inode_count;
    struct entry entries[SITE_FILES_MAX]; /* of the directory, on the disk */
    int entry_count;
    struct change changes[CHANGES_MAX]; /* since its last fsync */
    int change_count;
} * disk;

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "disk: %s\n", what);
    _exit(126);
}

void disk_init(void)
{
    disk = mmap(NULL, sizeof *disk, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (disk == MAP_FAILED)
        stop("no memory");
}

static int add_inode(ino_t number)
{
    struct inode *inode = &disk->inodes[disk->inode_count];

    if (disk->inode_count == INODES_MAX)
        stop("too many files");
    inode->number = number;
    inode->length = inode->synced = 0;
    return disk->inode_count++;
}

static int find_inode(int descriptor)
{
    struct stat status;

    if (fstat(descriptor, &status) == 0)
        for (int i = disk->inode_count - 1; i >= 0; i--)
            if (disk->inodes[i].number == status.st_ino)
                return i;
    return NOWHERE;
}

static void add_bytes(struct inode *inode, const char *bytes, size_t length)
{
    if (inode->length + length > INODE_BYTES)
        stop("a file is too long");
    memcpy(inode->bytes + inode->length, bytes, length);
    inode->length += length;
}

void disk_begin(int directory)
{
    struct site_files files;

    disk->inode_count = disk->entry_count = disk->change_count = 0;
    disk->is_watched = true;
    site_take(directory, &files);
    for (size_t i = 0; i < files.count; i++) {
        struct stat status;
        struct inode *inode;

        if (fstatat(directory, files.files[i].name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            stop(files.files[i].name);
        disk->entries[i].inode = add_inode(status.st_ino);
        memcpy(disk->entries[i].name, files.files[i].name, SITE_NAME_MAX);
        inode = &disk->inodes[disk->entries[i].inode];
        add_bytes(inode, files.files[i].bytes, files.files[i].length);
        inode->synced = inode->length;
    }
    disk->entry_count = (int)files.count;
    site_release(&files);
}

void disk_end(void)
{
    disk->is_watched = false;
}

/* ---- the directory: entries, and changes upon them ---- */

static int find_entry(const struct entry *entries, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(entries[i].name, name) == 0)
            return i;
    return NOWHERE;
}

static void change_entries(struct entry *entries, int *count, const struct change *change)
{
    int at = find_entry(entries, *count, change->name);

    if (at != NOWHERE && entries[at].inode == change->inode)
        entries[at] = entries[--*count];
    if (!change->new_name[0])
        return;
    at = find_entry(entries, *count, change->new_name);
    if (at == NOWHERE && (at = (*count)++) == SITE_FILES_MAX)
        stop("too many names");
    memcpy(entries[at].name, change->new_name, SITE_NAME_MAX);
    entries[at].inode = change->inode;
}

/* The directory with those of the changes whose bit is set. */
static int make_entries(struct entry entries[SITE_FILES_MAX], unsigned happened)
{
    int count = disk->entry_count;

    memcpy(entries, disk->entries, sizeof disk->entries);
    for (int i = 0; i < disk->change_count; i++)
        if (happened >> i & 1U)
            change_entries(entries, &count, &disk->changes[i]);
    return count;
}

static int find_now(const char *name)
{
    struct entry entries[SITE_FILES_MAX];
    int count = make_entries(entries, ~0U);
    int at = find_entry(entries, count, name);

    return at == NOWHERE ? NOWHERE : entries[at].inode;
}

static void add_change(const char *name, const char *new_name, int inode)
{
    struct change *change = &disk->changes[disk->change_count];

    if (inode == NOWHERE)
        return; /* a file that was not there when the disk began: a link of the test's own */
    if (disk->change_count++ == CHANGES_MAX)
        stop("too many changes without an fsync of the directory");
    snprintf(change->name, sizeof change->name, "%s", name);
    snprintf(change->new_name, sizeof change->new_name, "%s", new_name);
    change->inode = inode;
}

/* ---- what runs do ---- */

void disk_note_create(const char *name, int descriptor)
{
    struct stat status;

    if (disk->is_watched && fstat(descriptor, &status) == 0)
        add_change("", name, add_inode(status.st_ino));
}

void disk_note_write(int descriptor, const char *bytes, size_t length)
{
    int inode = disk->is_watched ? find_inode(descriptor) : NOWHERE;

    if (inode != NOWHERE)
        add_bytes(&disk->inodes[inode], bytes, length);
}

void disk_note_fsync(int descriptor)
{
    struct stat status;
    int inode;

    if (!disk->is_watched || fstat(descriptor, &status) != 0)
        return;
    if (S_ISDIR(status.st_mode)) {
        struct entry entries[SITE_FILES_MAX];

        disk->entry_count = make_entries(entries, ~0U);
        memcpy(disk->entries, entries, sizeof entries);
        disk->change_count = 0;
    } else if ((inode = find_inode(descriptor)) != NOWHERE) {
        disk->inodes[inode].synced = disk->inodes[inode].length;
    }
}

void disk_note_rename(const char *name, const char *new_name)
{
    if (disk->is_watched)
        add_change(name, new_name, find_now(name));
}

void disk_note_unlink(const char *name)
{
    if (disk->is_watched)
        add_change(name, "", find_now(name));
}

/* ---- after the cut ---- */

/* How many ways there are in which the changes may have happened: of a few each part; of many, which only a lying disk
 * lets pile up, each number of the first ones, and all but one. */
static int way_count(void)
{
    return disk->change_count <= SUBSETS_OF ? 1 << disk->change_count : 2 * disk->change_count + 1;
}

static unsigned find_way(int number)
{
    unsigned all = (1U << disk->change_count) - 1;

    if (disk->change_count <= SUBSETS_OF)
        return (unsigned)number;
    if (number <= disk->change_count)
        return (1U << number) - 1;
    return all & ~(1U << (number - disk->change_count - 1));
}

int disk_state_count(void)
{
    return FATE_COUNT * way_count();
}

void disk_state(int number, struct site_files *files)
{
    struct entry entries[SITE_FILES_MAX];
    enum fate fate = number % FATE_COUNT;
    int count = make_entries(entries, find_way(number / FATE_COUNT));

    files->count = 0;
    for (int i = 0; i < count; i++) {
        const struct inode *inode = &disk->inodes[entries[i].inode];
        char bytes[INODE_BYTES];
        size_t length = inode->length;

        if (fate == ARE_MISSING)
            length = inode->synced;
        if (fate == ARE_THERE_BY_HALF)
            length = inode->synced + (inode->length - inode->synced) / 2;
        memcpy(bytes, inode->bytes, length);
        if (fate == ARE_ZEROS)
            memset(bytes + inode->synced, 0, length - inode->synced);
        site_add(files, entries[i].name, bytes, length, NULL);
    }
}
