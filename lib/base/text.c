#include "base/text.h"

#include <stdlib.h>

#define uthash_fatal(message) mob_memory_exhausted()
#include <uthash.h>

struct mob_text mob_text_of(const char *string)
{
    return (struct mob_text){ string, string ? strlen(string) : 0 };
}

struct mob_text mob_text_copy(struct mob_arena *arena, struct mob_text text)
{
    char *bytes = mob_arena_take(arena, text.length + 1);

    if (text.length)
        memcpy(bytes, text.bytes, text.length);
    bytes[text.length] = '\0';
    return (struct mob_text){ bytes, text.length };
}

int mob_text_compare(struct mob_text one, struct mob_text other)
{
    size_t shorter = one.length < other.length ? one.length : other.length;
    int order = shorter ? memcmp(one.bytes, other.bytes, shorter) : 0;

    if (order)
        return order;
    return (one.length > other.length) - (one.length < other.length);
}

bool mob_text_next(struct mob_text *list, struct mob_text *item)
{
    const char *space;

    if (list->length == 0)
        return false;
    space = memchr(list->bytes, ' ', list->length);
    item->bytes = list->bytes;
    item->length = space ? (size_t)(space - list->bytes) : list->length;
    if (space) {
        list->length -= item->length + 1;
        list->bytes = space + 1;
    } else {
        list->length = 0;
    }
    return true;
}

size_t mob_text_count(struct mob_text list)
{
    struct mob_text item;
    size_t count = 0;

    while (mob_text_next(&list, &item))
        count++;
    return count;
}

bool mob_text_lists(struct mob_text list, struct mob_text wanted)
{
    struct mob_text item;

    while (mob_text_next(&list, &item))
        if (mob_text_is(item, wanted))
            return true;
    return false;
}

bool mob_text_is_code(struct mob_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];

        if (byte <= ' ' || byte == 0x7f)
            return false;
    }
    return text.length > 0;
}

bool mob_text_is_codes(struct mob_text text)
{
    bool in_item = false;

    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];

        if (byte == ' ' ? !in_item : byte < ' ' || byte == 0x7f)
            return false;
        in_item = byte != ' ';
    }
    return text.length == 0 || in_item;
}

int mob_text_to_number(struct mob_text text, int64_t *number)
{
    int64_t value = 0;

    if (text.length == 0)
        return -1;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        value = value * 10 + (text.bytes[i] - '0');
        if (value > MOB_NUMBER_MAX)
            return -1;
    }
    *number = value;
    return 0;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_same_letter(char one, char other)
{
    return lower(one) == lower(other);
}

static size_t least(size_t one, size_t other)
{
    return one < other ? one : other;
}

/* Edits (insert, delete, replace, swap two neighbours) between two short texts, case aside. */
static size_t edits_between(struct mob_text one, struct mob_text other)
{
    enum { LONGEST = 64 };
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];

    if (one.length > LONGEST || other.length > LONGEST)
        return one.length + other.length; /* near nothing */
    for (size_t j = 0; j <= other.length; j++)
        row[j] = j;
    for (size_t i = 1; i <= one.length; i++) {
        size_t *oldest = before;

        before = above;
        above = row;
        row = oldest;
        row[0] = i;
        for (size_t j = 1; j <= other.length; j++) {
            row[j] = least(above[j], row[j - 1]) + 1;
            row[j] = least(row[j], above[j - 1] + !is_same_letter(one.bytes[i - 1], other.bytes[j - 1]));
            if (i > 1 && j > 1 && is_same_letter(one.bytes[i - 1], other.bytes[j - 2]) &&
                is_same_letter(one.bytes[i - 2], other.bytes[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return row[other.length];
}

const char *mob_text_nearest(struct mob_text text, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t fewest = SIZE_MAX;

    for (size_t i = 0; i < count; i++) {
        struct mob_text name = mob_text_of(names[i]);
        size_t edits = edits_between(text, name);
        size_t longer = text.length > name.length ? text.length : name.length;

        if (edits * 3 <= longer && edits < fewest) {
            fewest = edits;
            nearest = names[i];
        }
    }
    return nearest;
}

struct mob_text mob_print_number(struct mob_print *print, int64_t number)
{
    char *end = print->text + sizeof print->text, *start = end;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;

    if (number == MOB_ABSENT)
        return MOB_TEXT("");
    do
        *--start = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--start = '-';
    return (struct mob_text){ start, (size_t)(end - start) };
}

void mob_buffer_release(struct mob_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct mob_buffer){ 0 };
}

void mob_buffer_add(struct mob_buffer *buffer, struct mob_text text)
{
    if (text.length == 0)
        return;
    if (text.length > SIZE_MAX - buffer->length)
        mob_memory_exhausted();
    buffer->bytes = mob_memory_grow(buffer->bytes, &buffer->capacity, buffer->length + text.length, 1);
    memcpy(buffer->bytes + buffer->length, text.bytes, text.length);
    buffer->length += text.length;
}

void mob_buffer_add_byte(struct mob_buffer *buffer, char byte)
{
    mob_buffer_add(buffer, (struct mob_text){ &byte, 1 });
}

void mob_buffer_add_number(struct mob_buffer *buffer, int64_t number)
{
    struct mob_print print;

    mob_buffer_add(buffer, mob_print_number(&print, number));
}

void mob_buffer_add_item(struct mob_buffer *buffer, size_t start, struct mob_text item)
{
    if (buffer->length > start)
        mob_buffer_add_byte(buffer, ' ');
    mob_buffer_add(buffer, item);
}

struct mob_text mob_buffer_since(const struct mob_buffer *buffer, size_t start)
{
    if (buffer->length == start)
        return (struct mob_text){ "", 0 };
    return (struct mob_text){ buffer->bytes + start, buffer->length - start };
}

struct mob_index_item {
    struct mob_text key;
    size_t number;
    UT_hash_handle hh;
};

/* uthash compares keys by memcmp, which takes no null pointer, be there nothing to compare. */
static struct mob_text key_of(struct mob_text text)
{
    return text.length ? text : MOB_TEXT("");
}

size_t mob_index_find(const struct mob_index *index, struct mob_text key)
{
    struct mob_index_item *item;

    key = key_of(key);
    HASH_FIND(hh, index->items, key.bytes, key.length, item);
    return item ? item->number : MOB_INDEX_NONE;
}

void mob_index_put(struct mob_index *index, struct mob_text key, size_t number)
{
    struct mob_index_item *item;

    key = key_of(key);
    HASH_FIND(hh, index->items, key.bytes, key.length, item);
    if (!item) {
        item = mob_arena_take(&index->arena, sizeof *item);
        item->key = key;
        HASH_ADD_KEYPTR(hh, index->items, item->key.bytes, item->key.length, item);
    }
    item->number = number;
}

void mob_index_release(struct mob_index *index)
{
    HASH_CLEAR(hh, index->items);
    mob_arena_release(&index->arena);
    index->items = NULL;
}
