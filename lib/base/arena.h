/* Memory that lives as long as a run or a request, freed whole.
 *
 * Call order: mob_arena_init, then mob_arena_take as often as needed; mob_arena_reset frees everything taken
 * so far and keeps the arena for the next request; mob_arena_release ends it. What was taken is never freed
 * by itself.  Under AddressSanitizer every item is an allocation of its own, so that an overrun is seen.
 *
 * No function here returns NULL: out of memory ends the process with exit status 2 and one fixed line, which is
 * safe because a commit is one rename (STYLE.md, decision 3). */
#ifndef MOB_BASE_ARENA_H
#define MOB_BASE_ARENA_H

#include <stddef.h>

#define MOB_COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct mob_arena_block;

struct mob_arena {
    struct mob_arena_block *blocks; /* newest first */
};

/* An empty arena; owns nothing yet. */
void mob_arena_init(struct mob_arena *arena);

/* `size` bytes, uninitialised, aligned for any type; owned by the arena. */
void *mob_arena_take(struct mob_arena *arena, size_t size);

/* `count` items of `size` bytes, zeroed; the product is checked. */
void *mob_arena_take_array(struct mob_arena *arena, size_t count, size_t size);

/* Frees all that was taken; one block is kept for what comes next. */
void mob_arena_reset(struct mob_arena *arena);

/* Frees all. The arena may be used again after mob_arena_init. */
void mob_arena_release(struct mob_arena *arena);

/* For arrays that grow: returns `memory` with room for at least `need` items of `item_size` bytes, doubling
 * `*capacity` (items). `memory` may be NULL with a capacity of 0; free() what is returned. */
void *mob_memory_grow(void *memory, size_t *capacity, size_t need, size_t item_size);

/* `size` bytes (zeroed) from the heap; free() them. */
void *mob_memory_new(size_t size);

/* What mob_memory_exhausted writes to `descriptor` before it ends the process: a filter's mark that its output is not
 * whole. `words` must outlive the run; NULL: nothing. */
void mob_memory_last_words(int descriptor, const char *words);

/* Says "out of memory" on standard error, and the last words, and exits with 2. */
_Noreturn void mob_memory_exhausted(void);

#endif
