#include "model/coverage.h"

#include <stdlib.h>

#define MOB_VIN_ODD UINT32_MAX

enum { VIN_LENGTH = 17, VIN_FIRST = 12, VIN_DIGITS = 33, NOT_A_DIGIT = 255 };

static unsigned vin_digit(char character)
{
    static const char digits[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    static unsigned char values[256];
    static bool is_made;

    if (!is_made) {
        memset(values, NOT_A_DIGIT, sizeof values);
        for (unsigned i = 0; i < VIN_DIGITS; i++) {
            values[(unsigned char)digits[i]] = (unsigned char)i;
            if (digits[i] >= 'A')
                values[(unsigned char)(digits[i] - 'A' + 'a')] = (unsigned char)i;
        }
        is_made = true;
    }
    return values[(unsigned char)character];
}

static bool regular_vin(struct mob_text text, struct mob_vin *vin)
{
    uint64_t first = 0;
    uint32_t last = 0;

    if (text.length != VIN_LENGTH)
        return false;
    for (size_t i = 0; i < VIN_LENGTH; i++) {
        unsigned digit = vin_digit(text.bytes[i]);

        if (digit == NOT_A_DIGIT)
            return false;
        if (i < VIN_FIRST)
            first = first * VIN_DIGITS + digit;
        else
            last = last * VIN_DIGITS + digit;
    }
    *vin = (struct mob_vin){ first, last };
    return true;
}

bool mob_vin_is_regular(struct mob_text text)
{
    struct mob_vin vin;

    return regular_vin(text, &vin);
}

static struct mob_text upper_case(struct mob_text text, struct mob_arena *arena)
{
    char *bytes = mob_arena_take(arena, text.length + 1);

    for (size_t i = 0; i < text.length; i++)
        bytes[i] = mob_upper(text.bytes[i]);
    return (struct mob_text){ bytes, text.length };
}

static size_t slot_of(const struct mob_coverage *coverage, struct mob_vin vin)
{
    uint64_t hash = (vin.first ^ (uint64_t)vin.last << 37) * UINT64_C(0x9e3779b97f4a7c15);

    hash = (hash ^ hash >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return (size_t)(hash >> 32) & (coverage->slot_count - 1);
}

/* The slot of a VIN, or the empty one where it would stand. */
static uint32_t *find_slot(const struct mob_coverage *coverage, struct mob_vin vin)
{
    for (size_t slot = slot_of(coverage, vin);; slot = (slot + 1) & (coverage->slot_count - 1)) {
        uint32_t row = coverage->slots[slot];

        if (row == 0 ||
            (coverage->rows[row - 1].vin.first == vin.first && coverage->rows[row - 1].vin.last == vin.last))
            return &coverage->slots[slot];
    }
}

/* Twice the slots. The old ones are freed first, so that both are never held at once: the rows tell their VINs, and a
 * VIN's last row is the last to take its slot. */
static void grow_slots(struct mob_coverage *coverage)
{
    coverage->slot_count = coverage->slot_count ? coverage->slot_count * 2 : 1024;
    free(coverage->slots);
    coverage->slots = calloc(coverage->slot_count, sizeof *coverage->slots);
    if (!coverage->slots)
        mob_memory_exhausted();
    for (size_t i = 0; i < coverage->count; i++)
        *find_slot(coverage, coverage->rows[i].vin) = (uint32_t)i + 1;
}

void mob_coverage_add(struct mob_coverage *coverage, struct mob_text text, struct mob_coverage_row row)
{
    uint32_t number = (uint32_t)coverage->count;
    uint32_t *slot;

    if (coverage->count >= UINT32_MAX - 1)
        mob_memory_exhausted();
    if ((coverage->vin_count + 1) * 2 > coverage->slot_count)
        grow_slots(coverage);
    if (!regular_vin(text, &row.vin)) {
        struct mob_text upper = upper_case(text, &coverage->odd_texts);
        size_t odd = mob_index_find(&coverage->odd, upper);

        if (odd == MOB_INDEX_NONE) {
            odd = coverage->odd_count++;
            mob_index_put(&coverage->odd, upper, odd);
        }
        row.vin = (struct mob_vin){ odd, MOB_VIN_ODD };
    }
    slot = find_slot(coverage, row.vin);
    row.next = number;
    if (*slot) {
        row.next = coverage->rows[*slot - 1].next;
        coverage->rows[*slot - 1].next = number;
    } else {
        coverage->vin_count++;
    }
    coverage->rows = mob_memory_grow(coverage->rows, &coverage->capacity, coverage->count + 1, sizeof row);
    coverage->rows[coverage->count++] = row;
    *slot = number + 1;
}

const struct mob_coverage_row *mob_coverage_find(const struct mob_coverage *coverage, struct mob_text text)
{
    struct mob_vin vin;
    uint32_t row;

    if (coverage->count == 0)
        return NULL;
    if (!regular_vin(text, &vin)) {
        struct mob_arena arena;
        size_t odd;

        mob_arena_init(&arena);
        odd = mob_index_find(&coverage->odd, upper_case(text, &arena));
        mob_arena_release(&arena);
        if (odd == MOB_INDEX_NONE)
            return NULL;
        vin = (struct mob_vin){ odd, MOB_VIN_ODD };
    }
    row = *find_slot(coverage, vin);
    return row ? &coverage->rows[row - 1] : NULL;
}

void mob_coverage_release(struct mob_coverage *coverage)
{
    free(coverage->rows);
    free(coverage->slots);
    mob_index_release(&coverage->odd);
    mob_arena_release(&coverage->odd_texts);
    *coverage = (struct mob_coverage){ 0 };
}
