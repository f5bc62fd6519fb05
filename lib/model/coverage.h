/* Which VIN has which programme: coverage.csv, a million rows of it, held compactly (32 bytes a row and 8 of index).
 *
 * VINs are compared in upper case. One of 17 characters of A-HJ-NPR-Z0-9 is held as a number, any other as its text. */
#ifndef MOB_MODEL_COVERAGE_H
#define MOB_MODEL_COVERAGE_H

#include "base/arena.h"
#include "base/text.h"

#define MOB_COVERAGE_FAULTY UINT32_MAX /* as `programme`: the row was not to be read */
#define MOB_COVERAGE_NO_LIMIT UINT32_MAX

struct mob_vin {
    uint64_t first; /* 12 characters */
    uint32_t last;  /* 5 characters; MOB_VIN_ODD: `first` numbers the text */
};

struct mob_coverage_row {
    struct mob_vin vin;
    int32_t from, until; /* dates, both included; INT32_MIN and INT32_MAX = open */
    uint32_t max_km;     /* or MOB_COVERAGE_NO_LIMIT; of a faulty row its line */
    uint32_t next;       /* the VIN's next row; the last one's is its first */
    uint32_t programme;  /* its number in the policy */
};

/* Init to { 0 }; release frees. */
struct mob_coverage {
    struct mob_coverage_row *rows;
    size_t count, capacity;
    uint32_t *slots; /* open addressing: a VIN's last row + 1 */
    size_t slot_count;
    size_t vin_count;
    struct mob_index odd; /* VINs that are none, in upper case */
    struct mob_arena odd_texts;
    size_t odd_count;
};

/* Whether a VIN is 17 of A-HJ-NPR-Z0-9, in either case. */
bool mob_vin_is_regular(struct mob_text vin);

/* Adds `row` (its `vin` and `next` are filled here) behind the VIN's others. */
void mob_coverage_add(struct mob_coverage *coverage, struct mob_text vin, struct mob_coverage_row row);

/* The VIN's last row, or NULL where it has none; its first is `next` of it, and so on round to the last. */
const struct mob_coverage_row *mob_coverage_find(const struct mob_coverage *coverage, struct mob_text vin);

void mob_coverage_release(struct mob_coverage *coverage);

#endif
