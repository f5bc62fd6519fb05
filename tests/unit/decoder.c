/* io/decoder and what io/csv does with a source: encodings, whole and in pieces, and another delimiter. */
#include "io/decoder.h"

#include "io/csv.h"
#include "tap.h"

#include <stdlib.h>
#include <unistd.h>

#define NAME "export.csv"

/* ---- decoding ---- */

/* What a decoder makes of `input`, which comes in pieces of `piece` bytes and is asked for `room` at a time; behind it
 * `!` where it fails. */
struct feed {
    struct mob_text input;
    size_t piece;
    int ends[2];
};

static void feed_more(void *context)
{
    struct feed *feed = context;
    size_t count = feed->input.length < feed->piece ? feed->input.length : feed->piece;

    if (feed->ends[1] < 0)
        return;
    if (count == 0 || write(feed->ends[1], feed->input.bytes, count) != (ssize_t)count) {
        close(feed->ends[1]);
        feed->ends[1] = -1;
    }
    feed->input.bytes += count;
    feed->input.length -= count;
}

static void decode(const char *encoding, struct mob_text input, size_t piece, size_t room, struct mob_buffer *said)
{
    struct feed feed = { input, piece, { -1, -1 } };
    struct mob_error error = { 0 };
    struct mob_decoder *decoder;
    char bytes[256];
    ssize_t count;

    if (pipe(feed.ends) < 0)
        abort();
    decoder = mob_decoder_open((struct mob_input){ feed.ends[0], NAME, feed_more, &feed }, encoding, &error);
    while ((count = mob_decoder_read(decoder, bytes, room, &error)) > 0)
        mob_buffer_add(said, (struct mob_text){ bytes, (size_t)count });
    if (count < 0 && error.kind == MOB_ERROR_ROW)
        mob_buffer_add_byte(said, '!');
    mob_decoder_close(decoder);
    close(feed.ends[0]);
    if (feed.ends[1] >= 0)
        close(feed.ends[1]);
}

struct example {
    const char *encoding;
    struct mob_text input;
    const char *decoded;
};

static const struct example examples[] = {
    { "utf-8", MOB_TEXT(""), "" },
    { "utf-8", MOB_TEXT("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80" },
    { "utf-8", MOB_TEXT("a\xe9z"), "a!" },
    { "utf-8", MOB_TEXT("a\xc0\x80"), "a!" },
    { "utf-8", MOB_TEXT("a\xed\xa0\x80z"), "a!" },
    { "utf-8", MOB_TEXT("a\xf4\x8f\xbf\xbfz"), "a\xf4\x8f\xbf\xbfz" },
    { "utf-8", MOB_TEXT("a\xf4\x90\x80\x80z"), "a!" },
    { "utf-8", MOB_TEXT("a\xf7\xbf\xbf\xbfz"), "a!" },
    { "utf-8", MOB_TEXT("a\xf8\x88\x80\x80\x80z"), "a!" },
    { "utf-8", MOB_TEXT("a\xfc\x84\x80\x80\x80\x80z"), "a!" },
    { "utf-8", MOB_TEXT("a\xe2\x82"), "a!" },
    { "utf-8", MOB_TEXT("a\0b"), "a!" },
    { "utf-8", MOB_TEXT("a\0b\xe9"), "a!" },
    { "cp1252", MOB_TEXT("\x80\xe9"), "\xe2\x82\xac\xc3\xa9" },
    { "cp1252", MOB_TEXT("\xe9\x81z"), "\xc3\xa9!" },
    { "cp850", MOB_TEXT("\x82"), "\xc3\xa9" },
    { "ascii", MOB_TEXT("ab\x80"), "ab!" },
    { "utf-16", MOB_TEXT("\xff\xfe"), "" },
    { "utf-16", MOB_TEXT("\xff\xfe\xe9\0\xac\x20"), "\xc3\xa9\xe2\x82\xac" },
    { "utf-16", MOB_TEXT("\xfe\xff\0\xe9\x20\xac"), "\xc3\xa9\xe2\x82\xac" },
    { "utf-16le", MOB_TEXT("\x3d\xd8\0\xde"), "\xf0\x9f\x98\x80" },
    { "utf-16le", MOB_TEXT("a\0\x3d\xd8"), "a!" },
    { "utf-16le", MOB_TEXT("a\0\x3d\xd8z\0"), "a!" },
    { "utf-16le", MOB_TEXT("a\0\0\xdez\0"), "a!" },
    { "utf-16le", MOB_TEXT("a\0b"), "a!" },
    { "utf-16be", MOB_TEXT("\0a\0\0"), "a!" },
    { "utf-7", MOB_TEXT("a+AOk-b"),
      "a\xc3\xa9"
      "b" },
    { "iso-2022-jp", MOB_TEXT("a\x1b$B$\"\x1b(B"), "a\xe3\x81\x82" },
};

static void check_examples(void)
{
    for (size_t i = 0; i < MOB_COUNT_OF(examples); i++) {
        const struct example *example = &examples[i];
        bool good = true;

        for (size_t piece = 1; piece <= example->input.length + 1; piece++)
            for (size_t room = 16; room <= 48; room += 32) {
                struct mob_buffer said = { 0 };

                decode(example->encoding, example->input, piece, room, &said);
                good = good && mob_text_is(mob_buffer_since(&said, 0), mob_text_of(example->decoded));
                if (!good)
                    printf("# pieces of %zu: %s\n", piece, mob_quote(mob_buffer_since(&said, 0)).text);
                mob_buffer_release(&said);
            }
        printf("# %s %s\n", example->encoding, mob_quote(example->input).text);
        mob_tap_check(good, "an example, in pieces of every size");
    }
}

/* The text is longer than what the decoder takes at once, and its characters lie across the ends of that. */
static void check_long(void)
{
    enum { COUNT = 200001 };
    struct mob_buffer input = { 0 }, expected = { 0 }, said = { 0 };

    for (size_t i = 0; i < COUNT; i++) {
        mob_buffer_add(&input, i % 3 ? MOB_TEXT("\x3d\xd8\0\xde") : MOB_TEXT("\xac\x20"));
        mob_buffer_add(&expected, i % 3 ? MOB_TEXT("\xf0\x9f\x98\x80") : MOB_TEXT("\xe2\x82\xac"));
    }
    decode("utf-16le", mob_buffer_since(&input, 0), 4093, 211, &said);
    mob_tap_check(mob_text_is(mob_buffer_since(&said, 0), mob_buffer_since(&expected, 0)), "a long text");
    mob_buffer_release(&input);
    mob_buffer_release(&expected);
    mob_buffer_release(&said);
}

static void check_names(void)
{
    const char *const unknown[] = { "", "nosuch", "utf-8//IGNORE", "ascii//TRANSLIT", "/" };
    bool good = true;

    for (size_t i = 0; i < MOB_COUNT_OF(unknown); i++) {
        struct mob_error error = { 0 };

        good = good && !mob_decoder_open((struct mob_input){ .descriptor = 0 }, unknown[i], &error) &&
               error.kind == MOB_ERROR_FATAL;
    }
    mob_tap_check(good, "names that are unknown, or ask for guesses");
}

/* ---- a source of a CSV reader ---- */

/* Bytes, and then a fault where `fails`. */
struct bytes_source {
    struct mob_text rest;
    size_t piece;
    bool fails;
};

static ssize_t read_bytes(void *self, char *bytes, size_t size, struct mob_error *error)
{
    struct bytes_source *source = self;
    size_t count = source->rest.length < source->piece ? source->rest.length : source->piece;

    if (count == 0 && source->fails)
        return mob_error_say(error, MOB_ERROR_ROW, "bad byte");
    count = count < size ? count : size;
    memcpy(bytes, source->rest.bytes, count);
    source->rest.bytes += count;
    source->rest.length -= count;
    return (ssize_t)count;
}

struct fault {
    struct mob_text before;
    uint64_t line;
    size_t cell;
    size_t records; /* delivered before it */
};

static const struct fault faults[] = {
    { MOB_TEXT(""), 1, 0, 0 },
    { MOB_TEXT("\xef"), 1, 0, 0 },
    { MOB_TEXT("a;b"), 1, 1, 0 },
    { MOB_TEXT("a;b\n"), 2, 0, 1 },
    { MOB_TEXT("a;b\r\n"), 2, 0, 1 },
    { MOB_TEXT("a;b\n1;"), 2, 1, 1 },
    { MOB_TEXT("a;b\n\n\n1;\"x\ny;\n"), 4, 1, 1 },
    { MOB_TEXT("a;b\n\"x\ny\";2\n3;\"z\""), 4, 1, 2 },
    { MOB_TEXT("a;b\n1;2\n\"x;"), 3, 0, 2 },
};

static void check_faults(void)
{
    for (size_t i = 0; i < MOB_COUNT_OF(faults); i++) {
        const struct fault *fault = &faults[i];
        bool good = true;

        for (size_t piece = 1; piece <= fault->before.length + 1; piece++) {
            struct bytes_source source = { fault->before, piece, true };
            struct mob_csv *csv = mob_csv_open_source((struct mob_source){ read_bytes, &source }, ';', NAME);
            struct mob_error error = { 0 };
            struct mob_record record;
            size_t records = 0;

            while (mob_csv_read(csv, &record, &error) > 0)
                records++;
            good = good && records == fault->records && error.kind == MOB_ERROR_ROW && error.line == fault->line &&
                   strcmp(error.file, NAME) == 0 && mob_csv_cell(csv) == fault->cell;
            mob_csv_close(csv);
        }
        printf("# %s\n", mob_quote(fault->before).text);
        mob_tap_check(good, "a source that fails: line and cell");
    }
}

/* ---- another delimiter is the comma, but for its byte ---- */

static void say_record(struct mob_buffer *said, const struct mob_record *record, char delimiter)
{
    mob_buffer_add_number(said, (int64_t)record->line);
    for (size_t i = 0; i < record->cell_count; i++) {
        mob_buffer_add_byte(said, '[');
        for (size_t j = 0; j < record->cells[i].length; j++) {
            char byte = record->cells[i].bytes[j];

            /* Told with the bytes of the comma's reader. */
            mob_buffer_add_byte(said, (char)(byte == delimiter ? ',' : byte == ',' ? delimiter : byte));
        }
        mob_buffer_add_byte(said, ']');
    }
    mob_buffer_add_byte(said, record->plain ? 'p' : 'q');
}

static void say_all(struct mob_csv *csv, char delimiter, struct mob_buffer *said)
{
    struct mob_error error = { 0 };
    struct mob_record record;

    while (mob_csv_read(csv, &record, &error) > 0)
        say_record(said, &record, delimiter);
    mob_buffer_add_number(said, error.kind);
    mob_buffer_add_number(said, (int64_t)error.line);
    mob_csv_close(csv);
}

static uint64_t random_state = 1;

static size_t random_below(size_t limit)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(random_state >> 33) % limit;
}

static void check_delimiters(void)
{
    static const char alphabet[] = "a,,;;\"\"\n\n\r\n";
    bool good = true;

    for (int i = 0; i < 5000 && good; i++) {
        char bytes[24], swapped[24];
        size_t length = random_below(sizeof bytes + 1);
        struct mob_buffer one = { 0 }, other = { 0 };
        struct bytes_source source = { { swapped, length }, 1 + random_below(9), false };

        for (size_t j = 0; j < length; j++) {
            bytes[j] = alphabet[random_below(sizeof alphabet - 1)];
            swapped[j] = (char)(bytes[j] == ',' ? ';' : bytes[j] == ';' ? ',' : bytes[j]);
        }
        say_all(mob_csv_open_bytes((struct mob_text){ bytes, length }, NAME), ',', &one);
        say_all(mob_csv_open_source((struct mob_source){ read_bytes, &source }, ';', NAME), ';', &other);
        good = mob_text_is(mob_buffer_since(&one, 0), mob_buffer_since(&other, 0));
        if (!good)
            printf("# %s\n", mob_quote((struct mob_text){ bytes, length }).text);
        mob_buffer_release(&one);
        mob_buffer_release(&other);
    }
    mob_tap_check(good, "random bytes with `;` for `,`");
}

int main(void)
{
    check_examples();
    check_long();
    check_names();
    check_faults();
    check_delimiters();
    return mob_tap_finish();
}
