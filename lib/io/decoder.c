#include "io/decoder.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#define RAW_BYTES ((size_t)64 * 1024)

enum { SHOWN_OF_A_FAULT = 4 /* no character of UTF-8 or UTF-16 has more bytes */ };

/* `start` <= `end` are offsets into `raw`: what has come and is not yet decoded. */
struct mob_decoder {
    iconv_t converter;
    struct mob_input input;
    const char *encoding;
    size_t start;
    size_t end;
    bool drained;           /* nothing comes behind `end` */
    struct mob_error fault; /* what ends the text, once all before it has been delivered */
    char raw[RAW_BYTES];
};

struct mob_decoder *mob_decoder_open(struct mob_input input, const char *encoding, struct mob_error *error)
{
    /* To iconv the empty name is the locale's encoding, and what stands behind a slash asks for guesses. */
    bool is_plain = *encoding && !strchr(encoding, '/');
    struct mob_decoder *decoder = mob_memory_new(sizeof *decoder);

    decoder->converter = is_plain ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
    if (decoder->converter == (iconv_t)-1) {
        mob_error_say(error, MOB_ERROR_FATAL, "--encoding: %s is unknown: `iconv --list` shows all",
                      mob_quote(mob_text_of(encoding)).text);
        free(decoder);
        return NULL;
    }
    decoder->input = input;
    decoder->encoding = encoding;
    return decoder;
}

void mob_decoder_close(struct mob_decoder *decoder)
{
    if (!decoder)
        return;
    iconv_close(decoder->converter);
    free(decoder);
}

/* The bytes that come next are no character. */
static void fail_bytes(struct mob_decoder *decoder)
{
    size_t left = decoder->end - decoder->start;
    struct mob_text bytes = { decoder->raw + decoder->start, left < SHOWN_OF_A_FAULT ? left : SHOWN_OF_A_FAULT };
    bool is_utf_16 = left >= 2 && (memcmp(bytes.bytes, "\xff\xfe", 2) == 0 || memcmp(bytes.bytes, "\xfe\xff", 2) == 0);

    mob_error_say(&decoder->fault, MOB_ERROR_ROW, "%s is no text in %s: is it %s? see --encoding",
                  mob_quote(bytes).text, mob_quote(mob_text_of(decoder->encoding)).text,
                  is_utf_16 ? "UTF-16" : "another encoding");
}

/* iconv lets pass what is no text of ours: a NUL, and in UTF-8 what lies beyond U+10FFFF. How many of the decoded bytes
 * stand before the first such one. */
static size_t check_decoded(struct mob_decoder *decoder, const char *bytes, size_t count)
{
    const unsigned char *decoded = (const unsigned char *)bytes;

    for (size_t i = 0; i < count; i++) {
        if (decoded[i] && decoded[i] < 0xf4)
            continue;
        if (decoded[i] == 0xf4 && decoded[i + 1] < 0x90)
            continue;
        decoder->fault = (struct mob_error){ 0 };
        if (decoded[i])
            mob_error_say(&decoder->fault, MOB_ERROR_ROW, "%s lies beyond Unicode",
                          mob_quote((struct mob_text){ bytes + i, SHOWN_OF_A_FAULT }).text);
        else
            mob_error_say(&decoder->fault, MOB_ERROR_ROW,
                          "a NUL byte, expected text: is this UTF-16 or a workbook? see --encoding");
        return i;
    }
    return count;
}

/* Decodes what is there: how many bytes that gave. */
static size_t decode(struct mob_decoder *decoder, char *bytes, size_t size)
{
    char *from = decoder->raw + decoder->start, *to = bytes;
    size_t left = decoder->end - decoder->start, room = size;
    /* Without bytes iconv gives what it still holds, and goes back to where it began. */
    bool is_end = decoder->drained && left == 0;
    size_t result = iconv(decoder->converter, is_end ? NULL : &from, &left, &to, &room);

    decoder->start = decoder->end - left;
    if (result == (size_t)-1 && (errno == EILSEQ || (errno == EINVAL && decoder->drained)))
        fail_bytes(decoder);
    return check_decoded(decoder, bytes, size - room);
}

/* What is left of a character moves to the front, the next bytes come behind it. 0, or -1. */
static int read_raw(struct mob_decoder *decoder, struct mob_error *error)
{
    size_t left = decoder->end - decoder->start;
    ssize_t count;

    memmove(decoder->raw, decoder->raw + decoder->start, left);
    decoder->start = 0;
    decoder->end = left;
    count = mob_input_read(&decoder->input, decoder->raw + left, RAW_BYTES - left, error);
    if (count < 0)
        return -1;
    decoder->drained = count == 0;
    decoder->end += (size_t)count;
    return 0;
}

ssize_t mob_decoder_read(void *self, char *bytes, size_t size, struct mob_error *error)
{
    struct mob_decoder *decoder = self;

    assert(size >= MOB_SOURCE_LEAST);
    for (;;) {
        bool was_drained = decoder->drained;
        size_t count = decoder->fault.kind == MOB_ERROR_NONE ? decode(decoder, bytes, size) : 0;

        if (count > 0)
            return (ssize_t)count;
        if (decoder->fault.kind != MOB_ERROR_NONE) {
            *error = decoder->fault;
            return -1;
        }
        if (was_drained)
            return 0;
        if (read_raw(decoder, error) < 0)
            return -1;
    }
}
