#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define EACH_ITEM_ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ITEM_ALONE 1
#endif
#endif
#ifndef EACH_ITEM_ALONE
#define EACH_ITEM_ALONE 0
#endif

#define BLOCK_BYTES ((size_t)64 * 1024)

struct mob_arena_block {
    struct mob_arena_block *next;
    size_t size; /* bytes behind the header */
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

static int last_descriptor;
static const char *last_words;

void mob_memory_last_words(int descriptor, const char *words)
{
    last_descriptor = descriptor;
    last_words = words;
}

void mob_memory_exhausted(void)
{
    static const char line[] = "mob: out of memory\n";

    if (last_words && write(last_descriptor, last_words, strlen(last_words)) < 0)
        _exit(2);
    if (write(STDERR_FILENO, line, sizeof line - 1) < 0)
        _exit(2);
    _exit(2);
}

void *mob_memory_new(size_t size)
{
    void *memory = calloc(1, size ? size : 1);

    if (!memory)
        mob_memory_exhausted();
    return memory;
}

void *mob_memory_grow(void *memory, size_t *capacity, size_t need, size_t item_size)
{
    size_t wanted = *capacity;

    if (need <= *capacity)
        return memory;
    if (wanted < 16)
        wanted = 16;
    while (wanted < need) {
        if (wanted > SIZE_MAX / 2)
            mob_memory_exhausted();
        wanted *= 2;
    }
    if (item_size && wanted > SIZE_MAX / item_size)
        mob_memory_exhausted();
    memory = realloc(memory, wanted * item_size);
    if (!memory)
        mob_memory_exhausted();
    *capacity = wanted;
    return memory;
}

void mob_arena_init(struct mob_arena *arena)
{
    arena->blocks = NULL;
}

static struct mob_arena_block *new_block(struct mob_arena *arena, size_t size)
{
    struct mob_arena_block *block;

    if (size > SIZE_MAX - sizeof *block)
        mob_memory_exhausted();
    block = malloc(sizeof *block + size);
    if (!block)
        mob_memory_exhausted();
    block->size = size;
    block->used = 0;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

void *mob_arena_take(struct mob_arena *arena, size_t size)
{
    struct mob_arena_block *block = arena->blocks;
    size_t start;

    if (EACH_ITEM_ALONE) {
        block = new_block(arena, size);
        block->used = size;
        return block->bytes;
    }
    if (size > SIZE_MAX - BLOCK_BYTES)
        mob_memory_exhausted();
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!block || size > block->size - block->used)
        block = new_block(arena, size > BLOCK_BYTES ? size : BLOCK_BYTES);
    start = block->used;
    block->used += size;
    return block->bytes + start;
}

void *mob_arena_take_array(struct mob_arena *arena, size_t count, size_t size)
{
    void *memory;

    if (size && count > SIZE_MAX / size)
        mob_memory_exhausted();
    memory = mob_arena_take(arena, count * size);
    memset(memory, 0, count * size);
    return memory;
}

void mob_arena_reset(struct mob_arena *arena)
{
    struct mob_arena_block *kept = NULL;

    while (arena->blocks) {
        struct mob_arena_block *block = arena->blocks;

        arena->blocks = block->next;
        if (!EACH_ITEM_ALONE && !kept && block->size == BLOCK_BYTES)
            kept = block;
        else
            free(block);
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
        arena->blocks = kept;
    }
}

void mob_arena_release(struct mob_arena *arena)
{
    while (arena->blocks) {
        struct mob_arena_block *block = arena->blocks;

        arena->blocks = block->next;
        free(block);
    }
}
