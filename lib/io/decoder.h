/* Text in any encoding that iconv(3) knows becomes UTF-8, a stretch at a time, strictly.
 *
 * Call order: mob_decoder_open, then mob_decoder_read as the source of a reader
 * (`(struct mob_source){ mob_decoder_read, decoder }`), then mob_decoder_close. Nothing is replaced or left out: a byte
 * that the encoding lacks, text that ends within a character, a NUL and what lies beyond Unicode are errors of kind
 * ROW, and all characters before them are delivered first. UTF-8 is checked as any other. A mark at the start that
 * tells the order of bytes is iconv's (`utf-16`) or the reader's (`utf-8`, `utf-16le`) to drop. */
#ifndef MOB_IO_DECODER_H
#define MOB_IO_DECODER_H

#include "io/input.h"

struct mob_decoder;

/* Decodes what `input` gives. `encoding` outlives the decoder. NULL where iconv does not know it (FATAL). */
struct mob_decoder *mob_decoder_open(struct mob_input input, const char *encoding, struct mob_error *error);

/* The `read` of a struct mob_source; `self` is a decoder. */
ssize_t mob_decoder_read(void *self, char *bytes, size_t size, struct mob_error *error);

/* Frees the decoder; NULL is none. */
void mob_decoder_close(struct mob_decoder *decoder);

#endif
