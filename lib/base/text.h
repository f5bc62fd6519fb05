/* Bytes of the data: slices, lists of codes, growing buffers, an index by name, near misses.
 *
 * A slice owns nothing; whoever made it says how long its bytes live. Bytes are bytes: no function here looks at
 * a locale, trims or normalises (CLI.md, "Rows in, rows out"). */
#ifndef MOB_BASE_TEXT_H
#define MOB_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What is not given: of any instant, date, number or amount (DATA.md, "absent = empty"). */
#define MOB_ABSENT INT64_MIN

/* The largest number of minutes, days, km or rank (DATA.md, "Values"). */
#define MOB_NUMBER_MAX INT64_C(1000000000)

struct mob_text {
    const char *bytes; /* not ended by a NUL */
    size_t length;
};

#define MOB_TEXT(literal) ((struct mob_text){ (literal), sizeof(literal) - 1 })

/* A slice of a C string, as long as that lives. NULL gives the empty slice. */
struct mob_text mob_text_of(const char *string);

/* Copies into the arena, with a NUL behind that does not count. */
struct mob_text mob_text_copy(struct mob_arena *arena, struct mob_text text);

static inline bool mob_text_is(struct mob_text one, struct mob_text other)
{
    return one.length == other.length && (one.length == 0 || memcmp(one.bytes, other.bytes, one.length) == 0);
}

/* By bytes: below, equal to or above 0, as memcmp. */
int mob_text_compare(struct mob_text one, struct mob_text other);

/* Takes the first item off a list separated by single spaces: false when `*list` is empty. */
bool mob_text_next(struct mob_text *list, struct mob_text *item);

/* How many items such a list has. */
size_t mob_text_count(struct mob_text list);

/* Whether such a list holds `item`. */
bool mob_text_lists(struct mob_text list, struct mob_text item);

/* A code: not empty, no space, no control character (DATA.md, "Values"). */
bool mob_text_is_code(struct mob_text text);

/* Codes separated by single spaces; empty lists nothing and is one. */
bool mob_text_is_codes(struct mob_text text);

/* A decimal integer from 0 to MOB_NUMBER_MAX. 0, or -1 and `*number` untouched. */
int mob_text_to_number(struct mob_text text, int64_t *number);

/* Which of `count` names `text` was probably meant to be (case and up to a third of its letters may differ), or
 * NULL where none is near. */
const char *mob_text_nearest(struct mob_text text, const char *const *names, size_t count);

/* An ASCII letter in upper case; any other byte as it is, in every locale. */
static inline char mob_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

/* Room for one printed value; what the print functions return lives in it. */
struct mob_print {
    char text[32];
};

/* A number in decimal; the empty text where it is absent. */
struct mob_text mob_print_number(struct mob_print *print, int64_t number);

/* ---- a buffer that grows; init to { 0 }, release frees ---- */

struct mob_buffer {
    char *bytes;
    size_t length;
    size_t capacity;
};

void mob_buffer_release(struct mob_buffer *buffer);
void mob_buffer_add(struct mob_buffer *buffer, struct mob_text text);
void mob_buffer_add_byte(struct mob_buffer *buffer, char byte);
void mob_buffer_add_number(struct mob_buffer *buffer, int64_t number);
/* Adds an item to a list separated by single spaces; `start` is where the list begins in the buffer. */
void mob_buffer_add_item(struct mob_buffer *buffer, size_t start, struct mob_text item);
/* What was added since `start`; lives until the next add. */
struct mob_text mob_buffer_since(const struct mob_buffer *buffer, size_t start);

/* ---- an index: text to a number; init to { 0 }, release frees; the texts must outlive it ---- */

struct mob_index_item;

struct mob_index {
    struct mob_index_item *items;
    struct mob_arena arena;
};

#define MOB_INDEX_NONE SIZE_MAX

/* The number put under `key`, or MOB_INDEX_NONE. */
size_t mob_index_find(const struct mob_index *index, struct mob_text key);
/* Puts `number` under `key`, in place of what was there. */
void mob_index_put(struct mob_index *index, struct mob_text key, size_t number);
void mob_index_release(struct mob_index *index);

#endif
