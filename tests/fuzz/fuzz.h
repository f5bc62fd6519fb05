/* What the fuzzers share. A fuzzer is one file with LLVMFuzzerTestOneInput, which libFuzzer calls with what it makes up
 * (`make fuzz`) and replay.c with the files of its corpus (`make check`). What must hold of every input goes through
 * fuzz_require: not only that nothing crashes. */
#ifndef MOB_TESTS_FUZZ_FUZZ_H
#define MOB_TESTS_FUZZ_FUZZ_H

#include "base/text.h"

/* Costly checks are made of one input in so many; a replay makes them of all. */
#ifndef FUZZ_SELDOM
#define FUZZ_SELDOM 1
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Names a property that does not hold, and aborts. */
void fuzz_require(bool holds, const char *property);

/* The input as a text: its bytes are of that size exactly, so that AddressSanitizer sees a byte read behind them. */
struct mob_text fuzz_input(const uint8_t *data, size_t size);

/* A number that any other input would change: where to cut, which costly check to make. */
uint64_t fuzz_hash(struct mob_text input);

/* How many bytes the buffer of a CSV reader holds at first; 0: as many as in the tools. A small one moves and grows
 * under a short input. */
extern size_t fuzz_buffer_bytes;

/* Takes the next section off `*rest`: what follows a line `==== NAME`, up to the next such line. What stands before the
 * first one is a section without a name. False at the end. */
bool fuzz_next_section(struct mob_text *rest, struct mob_text *name, struct mob_text *content);

/* A file in memory, which has a path. */
struct fuzz_file {
    int descriptor;
    char path[32];
};

void fuzz_file_make(struct fuzz_file *file);

/* Replaces what the file holds. */
void fuzz_file_fill(const struct fuzz_file *file, struct mob_text bytes);

/* What the file holds; free() its bytes. */
struct mob_text fuzz_file_bytes(const struct fuzz_file *file);

#endif
