#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void fuzz_require(bool holds, const char *property)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", property);
    abort();
}

struct mob_text fuzz_input(const uint8_t *data, size_t size)
{
    return (struct mob_text){ (const char *)data, size };
}

uint64_t fuzz_hash(struct mob_text input)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < input.length; i++)
        hash = (hash ^ (unsigned char)input.bytes[i]) * UINT64_C(1099511628211);
    return hash ^ hash >> 32;
}

/* ---- a reader's buffer: linked with --wrap=mob_memory_grow ---- */

enum { READER_BUFFER_BYTES = 256 * 1024 };

size_t fuzz_buffer_bytes = 64;

void *__real_mob_memory_grow(void *memory, size_t *capacity, size_t need, size_t item_size);
void *__wrap_mob_memory_grow(void *memory, size_t *capacity, size_t need, size_t item_size);

void *__wrap_mob_memory_grow(void *memory, size_t *capacity, size_t need, size_t item_size)
{
    if (fuzz_buffer_bytes && !memory && item_size == 1 && need == READER_BUFFER_BYTES)
        need = fuzz_buffer_bytes;
    return __real_mob_memory_grow(memory, capacity, need, item_size);
}

/* ---- sections ---- */

static const char separator[] = "==== ";

static bool is_separator(struct mob_text text)
{
    size_t length = sizeof separator - 1;

    return text.length >= length && memcmp(text.bytes, separator, length) == 0;
}

/* The length of the first line, its end included. */
static size_t line_length(struct mob_text text)
{
    const char *end = text.length ? memchr(text.bytes, '\n', text.length) : NULL;

    return end ? (size_t)(end - text.bytes) + 1 : text.length;
}

static void skip(struct mob_text *text, size_t length)
{
    text->bytes += length;
    text->length -= length;
}

bool fuzz_next_section(struct mob_text *rest, struct mob_text *name, struct mob_text *content)
{
    if (rest->length == 0)
        return false;
    *name = MOB_TEXT("");
    if (is_separator(*rest)) {
        size_t length = line_length(*rest);

        *name = (struct mob_text){ rest->bytes, rest->bytes[length - 1] == '\n' ? length - 1 : length };
        skip(name, sizeof separator - 1);
        skip(rest, length);
    }
    *content = (struct mob_text){ rest->bytes, 0 };
    while (rest->length && !is_separator(*rest))
        skip(rest, line_length(*rest));
    content->length = (size_t)(rest->bytes - content->bytes);
    return true;
}

/* ---- files ---- */

void fuzz_file_make(struct fuzz_file *file)
{
    file->descriptor = memfd_create("fuzz", MFD_CLOEXEC);
    if (file->descriptor < 0)
        abort();
    snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->descriptor);
}

void fuzz_file_fill(const struct fuzz_file *file, struct mob_text bytes)
{
    if (ftruncate(file->descriptor, 0) < 0 || lseek(file->descriptor, 0, SEEK_SET) < 0)
        abort();
    if (bytes.length && write(file->descriptor, bytes.bytes, bytes.length) != (ssize_t)bytes.length)
        abort();
}

struct mob_text fuzz_file_bytes(const struct fuzz_file *file)
{
    struct stat status;
    char *bytes;

    if (fstat(file->descriptor, &status) < 0)
        abort();
    bytes = mob_memory_new((size_t)status.st_size);
    if (pread(file->descriptor, bytes, (size_t)status.st_size, 0) != status.st_size)
        abort();
    return (struct mob_text){ bytes, (size_t)status.st_size };
}
