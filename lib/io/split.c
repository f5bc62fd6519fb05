#include "io/split.h"

#include <endian.h>

enum { BLOCK_BYTES = 64, VECTOR_BYTES = 16, WORD_BYTES = 8 };

/* Bytes that are compared at once: vectors as gcc and clang have them on every machine. */
#define VECTOR unsigned char __attribute__((vector_size(VECTOR_BYTES)))

/* Eight bytes of 0 or 255 as eight bits, the first byte's the lowest: the highest byte of the product. */
static inline uint64_t bits_of(uint64_t word)
{
    return (le64toh(word) & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080) >> 56;
}

/* The bytes of a block at which a plain record's reader must look, a bit each. */
static inline uint64_t find_marks(const char *block, char delimiter)
{
    uint64_t marks = 0;

    for (size_t i = 0; i < BLOCK_BYTES; i += VECTOR_BYTES) {
        uint64_t words[VECTOR_BYTES / WORD_BYTES];
        VECTOR bytes, is_mark;

        memcpy(&bytes, block + i, sizeof bytes);
        is_mark = (VECTOR)(bytes == (unsigned char)delimiter) | (VECTOR)(bytes == '\n') | (VECTOR)(bytes == '"') |
                  (VECTOR)(bytes == '\r') | (VECTOR)(bytes == '\0');
        memcpy(words, &is_mark, sizeof words);
        marks |= (bits_of(words[0]) | bits_of(words[1]) << WORD_BYTES) << i;
    }
    return marks;
}

/* The same for the `length` bytes that are left. */
static uint64_t find_last_marks(const char *rest, size_t length, char delimiter)
{
    char block[BLOCK_BYTES] = { 0 };

    memcpy(block, rest, length);
    return find_marks(block, delimiter) & ((UINT64_C(1) << length) - 1);
}

static bool is_too_large(const struct mob_records *records, size_t end)
{
    return end - records->start > MOB_CELL_MAX || records->cell_count - records->first_cell > MOB_COLUMN_MAX;
}

/* The line end at `offset`; false where its record is too large. */
static bool take_line_end(struct mob_records *records, size_t offset)
{
    size_t end = offset > records->start && records->bytes[offset - 1] == '\r' ? offset - 1 : offset;

    if (end > records->start)
        mob_records_add_cell(records, records->at, end - records->at);
    if (is_too_large(records, end))
        return false;
    mob_records_end_line(records, end, offset + 1, false);
    return true;
}

/* Takes what stands at the marks of the block at `block`; false at what is not plain. */
static inline bool take_marks(struct mob_records *records, size_t block, uint64_t marks, size_t end, char delimiter)
{
    for (; marks; marks &= marks - 1) {
        size_t offset = block + (size_t)__builtin_ctzll(marks);
        char byte = records->bytes[offset];

        if (byte == delimiter) {
            mob_records_add_cell(records, records->at, offset - records->at);
            records->at = offset + 1;
        } else if (byte == '\n') {
            if (!take_line_end(records, offset))
                return false;
        } else if (byte != '\r' || offset + 1 == end || records->bytes[offset + 1] != '\n') {
            return false;
        }
    }
    return true;
}

size_t mob_split(struct mob_records *records, size_t from, size_t end, char delimiter)
{
    bool is_plain = true;
    size_t block = from;

    for (; is_plain && end - block >= BLOCK_BYTES; block += BLOCK_BYTES)
        is_plain = take_marks(records, block, find_marks(records->bytes + block, delimiter), end, delimiter);
    if (is_plain && block < end)
        is_plain =
            take_marks(records, block, find_last_marks(records->bytes + block, end - block, delimiter), end, delimiter);
    if (is_plain && !is_too_large(records, end))
        return end;
    mob_records_begin_again(records);
    return records->start;
}
