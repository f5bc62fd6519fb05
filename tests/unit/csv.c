/* io/csv: a table of inputs, each read from memory, through a pipe whole, byte by byte and cut in two, with
 * one and the same outcome; large inputs; reading from and writing to descriptors that misbehave; writing and
 * reading back. */
#include "io/csv.h"
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "in.csv"
#define BOM "\xef\xbb\xbf"
#define NO_HEADER "!0 no header: did the command before this one fail?"
#define STRAY "stray quote in an unquoted cell"
#define BEHIND "text behind a closing quote"
#define UNCLOSED "the quote is not closed"
#define LONE_CR "a CR without its LF"
#define A_NUL "a NUL byte"
#define UTF_16 "this is UTF-16, expected UTF-8: see mob-import"

/* `outcome`: for each record its line, p where plain, u where unended, and its cells in brackets; then
 * perhaps `!`, the line of the error, and a part of its message. */
struct example {
    const char *name;
    struct mob_text input;
    const char *outcome;
};

static const struct example examples[] = {
    { "two records", MOB_TEXT("a,b\n1,2\n"), "1p[a][b] 2p[1][2] " },
    { "CRLF", MOB_TEXT("a,b\r\n1,2\r\n"), "1p[a][b] 2p[1][2] " },
    { "LF and CRLF mixed", MOB_TEXT("a\r\n1\n2\r\n3\n"), "1p[a] 2p[1] 3p[2] 4p[3] " },
    { "no line end", MOB_TEXT("a,b\n1,2"), "1p[a][b] 2pu[1][2] " },
    { "no line end, header only", MOB_TEXT("a"), "1pu[a] " },
    { "no line end behind a comma", MOB_TEXT("a,b\n1,"), "1p[a][b] 2pu[1][] " },
    { "no line end behind a quote", MOB_TEXT("a,b\n1,\"2\""), "1p[a][b] 2u[1][2] " },
    { "no line end behind a doubled quote", MOB_TEXT("a,b\n1,\"2\"\"\""), "1p[a][b] 2u[1][2\"] " },
    { "no line end behind an empty quoted cell", MOB_TEXT("a\n\"\""), "1p[a] 2u[] " },
    { "empty cells", MOB_TEXT(",\n,\n"), "1p[][] 2p[][] " },
    { "empty cells, CRLF", MOB_TEXT(",,\r\n,,\r\n"), "1p[][][] 2p[][][] " },
    { "records of other widths", MOB_TEXT("a,b\n1\n1,2,3\n"), "1p[a][b] 2p[1] 3p[1][2][3] " },
    { "header of one quoted empty cell", MOB_TEXT("\"\"\n\n"), "1[] 2p[] " },
    { "quoted cells", MOB_TEXT("\"a\",b\n1,\"2\"\n"), "1[a][b] 2[1][2] " },
    { "quoted comma", MOB_TEXT("a,b\n\"1,1\",2\n"), "1p[a][b] 2[1,1][2] " },
    { "doubled quotes", MOB_TEXT("a,b\n\"\"\"x\"\"\",\"\"\"\"\n"), "1p[a][b] 2[\"x\"][\"] " },
    { "doubled quotes in many records", MOB_TEXT("\"\"\"\",b\n\"1\"\"\",2\n3,\"\"\"4\"\n"),
      "1[\"][b] 2[1\"][2] 3[3][\"4] " },
    { "quoted empty cells", MOB_TEXT("a,b\n\"\",\"\"\r\n"), "1p[a][b] 2[][] " },
    { "plain behind quoted", MOB_TEXT("\"a\",b\n1,2\n\"3\",4\n"), "1[a][b] 2p[1][2] 3[3][4] " },
    { "quoted LF", MOB_TEXT("a,b\n\"1\n1\",2\n3,4\n"), "1p[a][b] 2[1\n1][2] 4p[3][4] " },
    { "quoted CRLF", MOB_TEXT("a,b\n\"1\r\n1\",2\n3,4\n"), "1p[a][b] 2[1\r\n1][2] 4p[3][4] " },
    { "quoted lone CR", MOB_TEXT("a,b\n\"1\r1\",\"\r\"\n3,4\n"), "1p[a][b] 2[1\r1][\r] 3p[3][4] " },
    { "quoted LFs only", MOB_TEXT("a\n\"\n\n\n\"\nx\n"), "1p[a] 2[\n\n\n] 6p[x] " },
    { "quoted LF in the header", MOB_TEXT("\"a\na\",b\r\n1,2\r\n"), "1[a\na][b] 3p[1][2] " },
    { "blanks stay", MOB_TEXT(" a ,\tb\t\n  ,  \n"), "1p[ a ][\tb\t] 2p[  ][  ] " },
    { "blanks in quotes stay", MOB_TEXT("a\n\" 1 \"\n"), "1p[a] 2[ 1 ] " },
    { "a line of blanks is not blank", MOB_TEXT("a,b\n  \n\t\n1,2\n"), "1p[a][b] 2p[  ] 3p[\t] 4p[1][2] " },
    { "a line of blanks as the header", MOB_TEXT("  \n1\n"), "1p[  ] 2p[1] " },
    { "any byte but NUL", MOB_TEXT("a\n\x01\xff\xfe\x80\x7f\n"), "1p[a] 2p[\x01\xff\xfe\x80\x7f] " },
    { "semicolons are text", MOB_TEXT("a;b\tc\n"), "1p[a;b\tc] " },

    { "blank lines", MOB_TEXT("a,b\n\n1,2\n\n\n3,4\n\n"), "1p[a][b] 3p[1][2] 6p[3][4] " },
    { "blank lines, CRLF", MOB_TEXT("a,b\r\n\r\n1,2\r\n\r\n"), "1p[a][b] 3p[1][2] " },
    { "blank lines before the header", MOB_TEXT("\n\r\n\na,b\n1,2\n"), "4p[a][b] 5p[1][2] " },
    { "one column: a blank line is a cell", MOB_TEXT("a\n\n1\n\r\n2"), "1p[a] 2p[] 3p[1] 4p[] 5pu[2] " },
    { "one column: blank lines at the end", MOB_TEXT("a\n1\n\n\r\n"), "1p[a] 2p[1] 3p[] 4p[] " },
    { "one column: blank lines before it", MOB_TEXT("\n\r\na\r\n\r\n"), "3p[a] 4p[] " },
    { "one column: a wider record", MOB_TEXT("a\n1,2\n\n"), "1p[a] 2p[1][2] 3p[] " },
    { "a blank line behind a quoted LF", MOB_TEXT("a,b\n\"\n\",2\n\n3,4\n"), "1p[a][b] 2[\n][2] 5p[3][4] " },

    { "BOM", MOB_TEXT(BOM "a,b\n1,2\n"), "1p[a][b] 2p[1][2] " },
    { "BOM before a quote", MOB_TEXT(BOM "\"a\",\"\"\"\"\n"), "1[a][\"] " },
    { "BOM before blank lines", MOB_TEXT(BOM "\n\r\na\n"), "3p[a] " },
    { "BOM twice: the second is text", MOB_TEXT(BOM BOM "a\n"), "1p[" BOM "a] " },
    { "BOM elsewhere is text", MOB_TEXT("a\n" BOM "1\n"), "1p[a] 2p[" BOM "1] " },
    { "half a BOM is text", MOB_TEXT("\xef\xbb\n1\n"), "1p[\xef\xbb] 2p[1] " },
    { "half a BOM at the end", MOB_TEXT("\xef\xbb"), "1pu[\xef\xbb] " },
    { "a third of a BOM at the end", MOB_TEXT("\xef"), "1pu[\xef] " },
    { "half a UTF-16 BOM at the end", MOB_TEXT("\xff"), "1pu[\xff] " },
    { "half a UTF-16 BOM is text", MOB_TEXT("\xfe,\xff\n"), "1p[\xfe][\xff] " },

    { "no bytes", MOB_TEXT(""), NO_HEADER },
    { "blank lines only", MOB_TEXT("\n\r\n\n"), NO_HEADER },
    { "BOM only", MOB_TEXT(BOM), NO_HEADER },
    { "BOM and blank lines only", MOB_TEXT(BOM "\n\n"), NO_HEADER },

    { "stray quote", MOB_TEXT("a,b\n1,2\"3\n"), "1p[a][b] !2 '2\"': " STRAY },
    { "stray quote behind a blank", MOB_TEXT("a,b\n1, \"2\"\n"), "1p[a][b] !2 ' \"': " STRAY },
    { "stray quote in the header", MOB_TEXT("a\"\n"), "!1 'a\"': " STRAY },
    { "stray quote at the end", MOB_TEXT("a\n1\""), "1p[a] !2 '1\"': " STRAY },
    { "stray quote behind quoted LFs", MOB_TEXT("a,b\n\"1\n\n\",2\n\"x\n\",y\"\n"),
      "1p[a][b] 2[1\n\n][2] !5 'y\"': " STRAY },
    { "text behind a closing quote", MOB_TEXT("a,b\n\"1\"2,3\n"), "1p[a][b] !2 '\"1\"2': " BEHIND },
    { "blank behind a closing quote", MOB_TEXT("a,b\n\"1\" ,3\n"), "1p[a][b] !2 '\"1\" ': " BEHIND },
    { "the fault is at the record's start", MOB_TEXT("a\n\"1\n\"x\n"), "1p[a] !2 '\"1\\n\"x': " BEHIND },
    { "records behind the fault are not read", MOB_TEXT("a\n1\n\"2\"x\n3\n"), "1p[a] 2p[1] !3 '\"2\"x': " BEHIND },
    { "unclosed quote", MOB_TEXT("a,b\n1,\"2\n3,4\n"), "1p[a][b] !2 '\"2\\n3,4\\n': " UNCLOSED },
    { "unclosed quote, nothing behind", MOB_TEXT("a\n\""), "1p[a] !2 '\"': " UNCLOSED },
    { "unclosed quote behind a doubled one", MOB_TEXT("a\n\"1\"\""), "1p[a] !2 '\"1\"\"': " UNCLOSED },
    { "unclosed quote behind doubled ones", MOB_TEXT("a,b\n\"\"\"\",\"x\n"), "1p[a][b] !2 '\"x\\n': " UNCLOSED },

    { "a filter that failed", MOB_TEXT("a,b\n1,2\n\"mob-entitle\n"),
      "1p[a][b] 2p[1][2] !3 the command before this one, mob-entitle, failed: its output is incomplete" },
    { "a filter that failed at once", MOB_TEXT("\"mob-ics\n"), "!1 the command before this one, mob-ics, failed" },
    { "a filter's name in a cell behind others", MOB_TEXT("a,b\n1,\"mob-entitle\n"), "1p[a][b] !2 '\"mob-" },
    { "a filter's name and more lines", MOB_TEXT("a\n\"mob-entitle\nx\n"), "1p[a] !2 '\"mob-entitle\\nx" },
    { "a filter's name cut", MOB_TEXT("a\n\"mob-ent"), "1p[a] !2 '\"mob-ent': " UNCLOSED },
    { "no filter's name", MOB_TEXT("a\n\"mob-\n"), "1p[a] !2 '\"mob-\\n': " UNCLOSED },
    { "a filter's name, quoted", MOB_TEXT("a\n\"mob-avail\"\n"), "1p[a] 2[mob-avail] " },

    { "lone CR in a cell", MOB_TEXT("a,b\n1\r1,2\n"), "1p[a][b] !2 " LONE_CR },
    { "lone CR behind a comma", MOB_TEXT("a,b\n1,\rx\n"), "1p[a][b] !2 " LONE_CR },
    { "lone CR at the end", MOB_TEXT("a\n1\r"), "1p[a] !2 " LONE_CR },
    { "lone CR as a line", MOB_TEXT("a\n\r"), "1p[a] !2 " LONE_CR },
    { "lone CR before the header", MOB_TEXT("\n\ra\n"), "!2 " LONE_CR },
    { "lone CR and nothing else", MOB_TEXT("\r"), "!1 " LONE_CR },
    { "CR CR LF", MOB_TEXT("a\n1\r\r\n"), "1p[a] !2 " LONE_CR },
    { "CR CR LF as a line", MOB_TEXT("a,b\n\r\r\n"), "1p[a][b] !2 " LONE_CR },
    { "lone CR behind a closing quote", MOB_TEXT("a\n\"1\"\rx\n"), "1p[a] !2 " LONE_CR },
    { "lone CR, text, the end", MOB_TEXT("a\n1\rx"), "1p[a] !2 " LONE_CR },
    { "lone CR before a stray quote", MOB_TEXT("a\n1\rx\"\n"), "1p[a] !2 " LONE_CR },
    { "lone CR before an unclosed quote", MOB_TEXT("a\n1\r\"x\n"), "1p[a] !2 " LONE_CR },
    { "lone CR before a NUL byte", MOB_TEXT("a\n1\r\0"), "1p[a] !2 " LONE_CR },
    { "old Macintosh line ends", MOB_TEXT("a,b\r1,2\r"), "!1 " LONE_CR },
    { "CR in quotes, then CRLF", MOB_TEXT("a\r\n\"\r\"\r\n"), "1p[a] 2[\r] " },

    { "NUL byte", MOB_TEXT("a,b\n1,2\n3,\0\n5,6\n"), "1p[a][b] 2p[1][2] !3 " A_NUL },
    { "NUL byte first", MOB_TEXT("\0a\n"), "!1 " A_NUL },
    { "NUL byte at a line's start", MOB_TEXT("a\n\0"), "1p[a] !2 " A_NUL },
    { "NUL byte in quotes behind LFs", MOB_TEXT("a\n\"\n\n\0\"\n"), "1p[a] !2 " A_NUL },
    { "NUL byte behind another fault", MOB_TEXT("a\n1\"\0"), "1p[a] !2 '1\"': " STRAY },
    { "UTF-16 without a BOM", MOB_TEXT("a\0,\0b\0\n\0"), "!1 " A_NUL },
    { "UTF-16, little end first",
      MOB_TEXT("\xff\xfe"
               "a\0\n\0"),
      "!1 " UTF_16 },
    { "UTF-16, big end first", MOB_TEXT("\xfe\xff\0a\0\n"), "!1 " UTF_16 },
    { "UTF-16, nothing behind", MOB_TEXT("\xff\xfe"), "!1 " UTF_16 },
};

/* ---- a pipe that is filled in pieces, each when the reader would wait for it ---- */

struct feed {
    struct mob_text rest;
    size_t first_piece;
    size_t piece;
    int read_end;
    int write_end; /* -1: closed */
    size_t waits;
};

static void feed_open(struct feed *feed, struct mob_text input, size_t first_piece, size_t piece)
{
    int ends[2];

    if (pipe(ends) < 0)
        abort();
    *feed = (struct feed){ input, first_piece, piece, ends[0], ends[1], 0 };
}

static void feed_more(void *context)
{
    struct feed *feed = context;
    size_t piece = feed->waits ? feed->piece : feed->first_piece;

    feed->waits++;
    if (piece > feed->rest.length)
        piece = feed->rest.length;
    if (piece && write(feed->write_end, feed->rest.bytes, piece) != (ssize_t)piece)
        abort();
    feed->rest.bytes += piece;
    feed->rest.length -= piece;
    if (feed->rest.length == 0) {
        close(feed->write_end);
        feed->write_end = -1;
    }
}

static void feed_close(struct feed *feed)
{
    close(feed->read_end);
    if (feed->write_end >= 0)
        close(feed->write_end);
}

/* ---- one reading, told as a text ---- */

static void say_number(struct mob_buffer *said, uint64_t number)
{
    mob_buffer_add_number(said, (int64_t)number);
}

static void say_record(struct mob_buffer *said, const struct mob_record *record)
{
    say_number(said, record->line);
    mob_buffer_add(said, mob_text_of(record->plain ? "p" : ""));
    mob_buffer_add(said, mob_text_of(record->unended ? "u" : ""));
    for (size_t i = 0; i < record->cell_count; i++) {
        mob_buffer_add_byte(said, '[');
        mob_buffer_add(said, record->cells[i]);
        mob_buffer_add_byte(said, ']');
    }
    mob_buffer_add_byte(said, ' ');
}

static void say_error(struct mob_buffer *said, const struct mob_error *error)
{
    mob_buffer_add_byte(said, '!');
    say_number(said, error->line);
    mob_buffer_add_byte(said, ' ');
    mob_buffer_add(said, mob_text_of(error->message));
}

/* `*at`: where in the input the reading is; passes blank lines, the record's raw bytes and its line end. */
static bool raw_follows(struct mob_text input, size_t *at, const struct mob_record *record)
{
    size_t raw = record->raw.length;

    if (*at == 0 && input.length >= 3 && memcmp(input.bytes, BOM, 3) == 0)
        *at = 3;
    while (raw && *at < input.length && (input.bytes[*at] == '\n' || input.bytes[*at] == '\r'))
        ++*at;
    if (raw > input.length - *at || (raw && memcmp(input.bytes + *at, record->raw.bytes, raw) != 0))
        return false;
    *at += raw;
    if (record->unended)
        return *at == input.length;
    if (input.length - *at >= 2 && memcmp(input.bytes + *at, "\r\n", 2) == 0)
        ++*at;
    return *at < input.length && input.bytes[(*at)++] == '\n';
}

/* A plain record's cells are slices of its raw bytes, a comma between them; another's has a quote. */
static bool slices_fit(const struct mob_record *record)
{
    const char *at = record->raw.bytes;

    if (record->plain == (record->raw.length && memchr(record->raw.bytes, '"', record->raw.length)))
        return false;
    if (!record->plain)
        return true;
    for (size_t i = 0; i < record->cell_count; i++) {
        if (record->cells[i].bytes != at)
            return false;
        at += record->cells[i].length;
        if (i + 1 < record->cell_count && *at++ != ',')
            return false;
    }
    return at == record->raw.bytes + record->raw.length;
}

static bool lies_in(struct mob_text part, struct mob_text whole)
{
    return part.bytes >= whole.bytes && part.bytes + part.length <= whole.bytes + whole.length;
}

/* Reads to the end, and twice more. Returns what was said, in `said`, and whether all fitted. */
static bool read_all(struct mob_csv *csv, struct mob_text input, bool in_memory, struct mob_buffer *said)
{
    struct mob_error error = { 0 };
    struct mob_record record;
    bool good = true;
    size_t at = 0;
    int result;

    while ((result = mob_csv_read(csv, &record, &error)) == 1) {
        good = good && raw_follows(input, &at, &record) && slices_fit(&record);
        if (in_memory)
            good = good && lies_in(record.raw, input);
        say_record(said, &record);
    }
    for (int i = 0; i < 2; i++) {
        struct mob_error again = { 0 };

        good = good && mob_csv_read(csv, &record, &again) == result && again.kind == error.kind &&
               again.line == error.line && strcmp(again.message, error.message) == 0;
    }
    if (result < 0) {
        good = good && error.kind == MOB_ERROR_FATAL && error.file && strcmp(error.file, NAME) == 0;
        say_error(said, &error);
    }
    return good && (result < 0) == (error.kind != MOB_ERROR_NONE);
}

static bool read_bytes(struct mob_text input, struct mob_buffer *said)
{
    struct mob_csv *csv = mob_csv_open_bytes(input, NAME);
    bool good = read_all(csv, input, true, said);

    mob_csv_close(csv);
    return good;
}

static bool read_pieces(struct mob_text input, size_t first_piece, size_t piece, struct mob_buffer *said)
{
    struct feed feed;
    struct mob_csv *csv;
    bool good;

    feed_open(&feed, input, first_piece, piece);
    csv = mob_csv_open(feed.read_end, NAME, feed_more, &feed);
    good = read_all(csv, input, false, said);
    mob_csv_close(csv);
    feed_close(&feed);
    return good;
}

/* What was read from memory, and whether reading in these pieces gives the same. */
static bool same_in_pieces(struct mob_text input, size_t first_piece, size_t piece, const struct mob_buffer *said)
{
    struct mob_buffer again = { 0 };
    bool good = read_pieces(input, first_piece, piece, &again);

    good = good && mob_text_is(mob_buffer_since(said, 0), mob_buffer_since(&again, 0));
    mob_buffer_release(&again);
    return good;
}

static bool begins_with(const struct mob_buffer *said, const char *expected)
{
    return said->length >= strlen(expected) && memcmp(said->bytes, expected, strlen(expected)) == 0;
}

/* Up to the `!` and its line all is compared; behind it only the rest of the message may follow. */
static bool is_outcome(const struct mob_buffer *said, const char *outcome)
{
    if (said->length == 0)
        return *outcome == '\0';
    return begins_with(said, outcome) && (said->length == strlen(outcome) || strchr(outcome, '!'));
}

/* An exact copy on the heap, so that AddressSanitizer sees a byte read behind it. */
static struct mob_text exact_copy(struct mob_text input)
{
    char *bytes = malloc(input.length ? input.length : 1);

    if (!bytes)
        abort();
    memcpy(bytes, input.bytes, input.length);
    return (struct mob_text){ bytes, input.length };
}

static void check_example(const struct example *example)
{
    struct mob_text input = exact_copy(example->input);
    struct mob_buffer said = { 0 };
    bool good = read_bytes(input, &said) && is_outcome(&said, example->outcome);

    if (!good)
        printf("# expected: %s\n# found:    %.*s\n", example->outcome, (int)said.length, said.bytes ? said.bytes : "");
    for (size_t cut = 1; cut <= input.length; cut++)
        good = good && same_in_pieces(input, cut, input.length, &said);
    good = good && same_in_pieces(input, input.length, input.length, &said) && same_in_pieces(input, 1, 1, &said);
    mob_tap_check(good, example->name);
    mob_buffer_release(&said);
    free((char *)input.bytes);
}

/* ---- large inputs ---- */

static void add_repeated(struct mob_buffer *buffer, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        mob_buffer_add(buffer, mob_text_of(text));
}

/* Reads `input` in memory and in pieces; good where all agree and the end of what is said is `ending`. */
static void check_large(struct mob_buffer *input, size_t piece, const char *ending, const char *name)
{
    struct mob_text text = mob_buffer_since(input, 0);
    struct mob_buffer said = { 0 };
    bool good = read_bytes(text, &said) && said.length >= strlen(ending) &&
                memcmp(said.bytes + said.length - strlen(ending), ending, strlen(ending)) == 0;

    if (!good)
        printf("# found: %.*s\n", said.length > 200 ? 200 : (int)said.length,
               said.length > 200 ? said.bytes + said.length - 200 : said.bytes);
    good = good && same_in_pieces(text, piece, piece, &said) && same_in_pieces(text, 65536, 65536, &said);
    mob_tap_check(good, name);
    mob_buffer_release(&said);
    mob_buffer_release(input);
}

/* `unit` repeated until the cell is of `size` bytes, `unit_size` each; `open` and `close` around it. */
static void check_cell(size_t size, const char *unit, size_t unit_size, const char *open, const char *close,
                       const char *ending, const char *name)
{
    struct mob_buffer input = { 0 };

    mob_buffer_add(&input, mob_text_of("a,b\n"));
    mob_buffer_add(&input, mob_text_of(open));
    add_repeated(&input, unit, size / unit_size);
    add_repeated(&input, "x", size % unit_size);
    mob_buffer_add(&input, mob_text_of(close));
    check_large(&input, 4093, ending, name);
}

static void check_cell_sizes(void)
{
    static const char *const closings[] = { "\n", "\r\n", "", ",z\n" };
    static const char *const names[] = { "LF", "CRLF", "the end", "a comma" };

    for (size_t i = 0; i < 4; i++) {
        char closing[8];
        char name[64];

        for (size_t more = 0; more < 2; more++) {
            const char *plain = more ? ": a cell over 1 MiB" : i == 3 ? "x][z] " : "x] ";
            const char *quoted = more ? ": a cell over 1 MiB: is a closing quote missing?" : plain;

            snprintf(name, sizeof name, "1 MiB%s before %s", more ? " and a byte" : "", names[i]);
            check_cell(MOB_CELL_MAX + more, "x", 1, "1,", closings[i], plain, name);
            snprintf(closing, sizeof closing, "\"%s", closings[i]);
            snprintf(name, sizeof name, "1 MiB%s in quotes before %s", more ? " and a byte" : "", names[i]);
            check_cell(MOB_CELL_MAX + more, "x", 1, "1,\"", closing, quoted, name);
        }
    }
    check_cell(MOB_CELL_MAX, "\"\"", 1, "1,\"", "\"\n", "\"\"\"] ", "1 MiB of doubled quotes");
    check_cell(MOB_CELL_MAX + 1, "\"\"", 1, "1,\"", "\"\n", ": is a closing quote missing?",
               "1 MiB and a byte of doubled quotes");
    check_cell(MOB_CELL_MAX, "\r\n", 2, "1,\"", "\"\n3,4\n", "] 524291p[3][4] ", "1 MiB of CRLF");
    check_cell(MOB_CELL_MAX * 3, "x", 1, "1,", "\n", ": a cell over 1 MiB", "3 MiB");
    check_cell(MOB_CELL_MAX * 3, "1,2\n", 4, "\"", "", ": a cell over 1 MiB: is a closing quote missing?",
               "an unclosed quote in a large file");
    check_cell(MOB_CELL_MAX + 100, "x", 1, "1,2\r", "",
               "!2 a CR without its LF, expected LF or CR and LF at the end "
               "of a line",
               "a lone CR before a cell over 1 MiB");
}

static void check_columns(size_t count, const char *first, const char *ending, const char *name)
{
    struct mob_buffer input = { 0 };

    mob_buffer_add(&input, mob_text_of(first));
    add_repeated(&input, ",", count - 1);
    mob_buffer_add(&input, mob_text_of("z\n"));
    check_large(&input, 1, ending, name);
}

static void check_many_records(void)
{
    struct mob_buffer input = { 0 };

    for (int64_t i = 0; i < 40000; i++) {
        mob_buffer_add_number(&input, i);
        mob_buffer_add(&input, mob_text_of(i % 7 == 0 ? ",\"a\"\"\nb\",\"\"\"\",c\r\n" : ",a,,c\n"));
    }
    check_large(&input, 1009, "45715p[39999][a][][c] ", "many records");
}

/* A record larger than the reader's buffer, half of its cells copied. */
static void check_large_record(void)
{
    struct mob_buffer input = { 0 };

    mob_buffer_add(&input, mob_text_of("a,b\n"));
    for (int i = 0; i < 500; i++) {
        mob_buffer_add(&input, mob_text_of("\"\"\""));
        add_repeated(&input, "0123456789abcdef", 100 + (size_t)i);
        mob_buffer_add(&input, mob_text_of("\",plain,"));
    }
    mob_buffer_add(&input, mob_text_of("end\n1,2\n"));
    check_large(&input, 4093, "[plain][end] 3p[1][2] ", "a record larger than the buffer");
}

/* ---- descriptors ---- */

static void check_streaming(void)
{
    struct mob_text input = MOB_TEXT("a,b\n1,2\n3,4\n");
    struct mob_error error = { 0 };
    struct mob_record record;
    struct mob_csv *csv;
    struct feed feed;
    bool good;

    feed_open(&feed, input, 8, 3);
    csv = mob_csv_open(feed.read_end, NAME, feed_more, &feed);
    good = mob_csv_read(csv, &record, &error) == 1 && mob_csv_read(csv, &record, &error) == 1;
    mob_tap_check(good && feed.waits == 1 && record.line == 2, "what is there is delivered before waiting");
    good = mob_csv_read(csv, &record, &error) == 1;
    mob_tap_check(good && feed.waits == 3 && record.line == 3, "each wait is announced");
    mob_csv_close(csv);
    feed_close(&feed);
}

static int alarm_pipe;

static void on_alarm(int signal)
{
    int kept = errno;

    (void)signal;
    if (write(alarm_pipe, "a\n", 2) < 0)
        _exit(3);
    close(alarm_pipe);
    errno = kept;
}

static void set_timer(int milliseconds, int interval)
{
    struct itimerval timer = { { 0, interval * 1000 }, { 0, milliseconds * 1000 } };

    setitimer(ITIMER_REAL, &timer, NULL);
}

static void check_interrupted_read(void)
{
    struct sigaction action = { .sa_handler = on_alarm };
    struct mob_error error = { 0 };
    struct mob_record record;
    struct mob_csv *csv;
    int ends[2];

    if (pipe(ends) < 0)
        abort();
    alarm_pipe = ends[1];
    sigaction(SIGALRM, &action, NULL);
    csv = mob_csv_open(ends[0], NAME, NULL, NULL);
    set_timer(20, 0);
    mob_tap_check(mob_csv_read(csv, &record, &error) == 1 && mob_csv_read(csv, &record, &error) == 0,
                  "a read that a signal interrupts is repeated");
    mob_csv_close(csv);
    close(ends[0]);
}

static void replace_by_directory(void *context)
{
    int directory = open(".", O_RDONLY);

    dup2(directory, *(int *)context);
    close(directory);
}

static void check_read_fails(void)
{
    struct mob_error error = { 0 };
    struct mob_record record;
    struct mob_csv *csv;
    char printed[1024];
    int ends[2];
    bool good;

    if (pipe(ends) < 0 || write(ends[1], "a,b\n1,2\n3,", 10) != 10)
        abort();
    csv = mob_csv_open(ends[0], NAME, replace_by_directory, &ends[0]);
    good = mob_csv_read(csv, &record, &error) == 1 && mob_csv_read(csv, &record, &error) == 1;
    good = good && mob_csv_read(csv, &record, &error) == -1 && mob_csv_read(csv, &record, &error) == -1;
    mob_error_print(&error, printed, sizeof printed);
    mob_tap_check(good && strcmp(printed, NAME ": cannot read: Is a directory") == 0,
                  "a read that fails, behind the records before it");
    mob_csv_close(csv);
    close(ends[0]);
    close(ends[1]);
}

static void check_error_kept(void)
{
    struct mob_error error = { .kind = MOB_ERROR_ROW, .message = "before" };
    struct mob_csv *csv = mob_csv_open_bytes(MOB_TEXT(""), NAME);
    struct mob_record record;

    mob_tap_check(mob_csv_read(csv, &record, &error) == -1 && strcmp(error.message, "before") == 0,
                  "an error that is there is not overwritten");
    mob_csv_close(csv);
}

/* ---- writing ---- */

struct row {
    const char *cells[4]; /* up to NULL */
};

static const struct {
    const char *name;
    struct row row;
    const char *expected;
} written[] = {
    { "plain cells", { { "a", "b c", " d " } }, "a,b c, d \n" },
    { "a comma", { { "a,b", "c" } }, "\"a,b\",c\n" },
    { "a quote", { { "\"", "c" } }, "\"\"\"\",c\n" },
    { "a CR", { { "a", "\r" } }, "a,\"\r\"\n" },
    { "an LF", { { "a", "x\ny" } }, "a,\"x\ny\"\n" },
    { "empty cells", { { "", "", "" } }, ",,\n" },
    { "a lone empty cell", { { "" } }, "\"\"\n" },
    { "an empty cell first", { { "", "a" } }, ",a\n" },
    { "a BOM at the start", { { BOM "a", BOM "b" } }, "\"" BOM "a\"," BOM "b\n" },
    { "a UTF-16 BOM at the start", { { "\xff\xfe", "a" } }, "\"\xff\xfe\",a\n" },
    { "bytes above 127 and others", { { "\xff\x01;\t'", "a" } }, "\xff\x01;\t',a\n" },
};

static int temporary_file(void)
{
    char path[] = "/tmp/mob-csv-XXXXXX";
    int descriptor = mkstemp(path);

    if (descriptor < 0)
        abort();
    unlink(path);
    return descriptor;
}

/* What a temporary file holds; free() its bytes. */
static struct mob_text file_bytes(int descriptor)
{
    off_t size = lseek(descriptor, 0, SEEK_END);
    char *bytes = malloc((size_t)size + 1);

    if (!bytes || pread(descriptor, bytes, (size_t)size, 0) != size)
        abort();
    return (struct mob_text){ bytes, (size_t)size };
}

/* Ends the writing; good where the file holds `expected`. Closes the file. */
static bool file_is(struct mob_writer *writer, struct mob_text expected)
{
    struct mob_error error = { 0 };
    bool good = mob_writer_close(writer, &error) == 0 && error.kind == MOB_ERROR_NONE;
    struct mob_text bytes = file_bytes(writer->descriptor);

    good = good && mob_text_is(bytes, expected);
    free((char *)bytes.bytes);
    close(writer->descriptor);
    return good;
}

static void check_written(void)
{
    struct mob_writer writer;

    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        mob_writer_init(&writer, temporary_file(), "out.csv");
        for (size_t j = 0; j < 4 && written[i].row.cells[j]; j++)
            mob_writer_cell(&writer, mob_text_of(written[i].row.cells[j]));
        mob_writer_end_row(&writer);
        mob_tap_check(file_is(&writer, mob_text_of(written[i].expected)), written[i].name);
    }
    mob_writer_init(&writer, temporary_file(), "out.csv");
    mob_tap_check(!writer.begun && file_is(&writer, MOB_TEXT("")), "nothing written");
    mob_writer_init(&writer, temporary_file(), "out.csv");
    mob_writer_raw(&writer, MOB_TEXT("a,b"));
    mob_writer_cell(&writer, MOB_TEXT("c,d"));
    mob_writer_end_row(&writer);
    mob_writer_raw(&writer, MOB_TEXT(""));
    mob_writer_end_row(&writer);
    mob_writer_raw(&writer, MOB_TEXT(""));
    mob_writer_raw(&writer, MOB_TEXT("x"));
    mob_writer_end_row(&writer);
    mob_writer_bytes(&writer, MOB_TEXT("\"mob-x\n"));
    mob_tap_check(writer.begun && file_is(&writer, MOB_TEXT("a,b,\"c,d\"\n\"\"\n,x\n\"mob-x\n")),
                  "raw cells and bytes");
    mob_writer_init(&writer, temporary_file(), "out.csv");
    mob_writer_raw(&writer, MOB_TEXT(BOM "a," BOM "b"));
    mob_writer_end_row(&writer);
    mob_writer_raw(&writer, MOB_TEXT(BOM "1,2"));
    mob_writer_end_row(&writer);
    mob_tap_check(file_is(&writer, MOB_TEXT("\"" BOM "a\"," BOM "b\n" BOM "1,2\n")),
                  "raw cells with a BOM at the start");
}

/* Cells around the size of the writer's buffer and above, with and without quotes. */
static void check_large_cells(void)
{
    static const size_t sizes[] = { 131070, 131071, 131072, 262143, 262144, 262145, 1048576 };
    struct mob_buffer expected = { 0 };
    struct mob_writer writer;

    mob_writer_init(&writer, temporary_file(), "out.csv");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct mob_buffer cell = { 0 };

        add_repeated(&cell, "x", sizes[i]);
        mob_writer_cell(&writer, mob_buffer_since(&cell, 0));
        mob_buffer_add(&expected, mob_buffer_since(&cell, 0));
        memset(cell.bytes, '"', cell.length);
        mob_writer_cell(&writer, mob_buffer_since(&cell, 0));
        mob_writer_end_row(&writer);
        mob_buffer_add(&expected, MOB_TEXT(",\""));
        mob_buffer_add(&expected, mob_buffer_since(&cell, 0));
        mob_buffer_add(&expected, mob_buffer_since(&cell, 0));
        mob_buffer_add(&expected, MOB_TEXT("\"\n"));
        mob_buffer_release(&cell);
    }
    mob_tap_check(file_is(&writer, mob_buffer_since(&expected, 0)), "cells larger than the writer's buffer");
    mob_buffer_release(&expected);
}

/* Writes rows until the writer has to write; good where the failure is `reason`, again and again. */
static void check_write_fails(int descriptor, size_t rows, const char *reason, const char *name)
{
    struct mob_error error = { 0 };
    struct mob_error again = { 0 };
    struct mob_writer writer;
    char printed[1024];
    char expected[128];
    bool good;

    mob_writer_init(&writer, descriptor, "out.csv");
    for (size_t i = 0; i < rows; i++) {
        mob_writer_cell(&writer, MOB_TEXT("a,b"));
        mob_writer_end_row(&writer);
    }
    good = mob_writer_flush(&writer, &again) == -1 && again.kind == MOB_ERROR_FATAL;
    close(descriptor);
    mob_writer_cell(&writer, MOB_TEXT("a"));
    mob_writer_end_row(&writer);
    good = mob_writer_close(&writer, &error) == -1 && good;
    mob_error_print(&error, printed, sizeof printed);
    snprintf(expected, sizeof expected, "out.csv: cannot write: %s", reason);
    mob_tap_check(good && error.kind == MOB_ERROR_FATAL && strcmp(printed, expected) == 0, name);
}

static void check_writes_fail(void)
{
    int ends[2];

    check_write_fails(open("/dev/full", O_WRONLY), 1, "No space left on device", "a full disk");
    check_write_fails(open("/dev/full", O_WRONLY), 100000, "No space left on device", "a full disk, many rows");
    check_write_fails(-1, 1, "Bad file descriptor", "a closed descriptor");
    signal(SIGPIPE, SIG_IGN);
    if (pipe(ends) < 0)
        abort();
    close(ends[0]);
    check_write_fails(ends[1], 1, "Broken pipe", "a closed pipe, SIGPIPE ignored");
    signal(SIGPIPE, SIG_DFL);
}

static void do_nothing(int signal)
{
    (void)signal;
}

/* The child: reads with pauses, and ends with 0 where it got `rows` lines of 100 bytes, all in place. */
static _Noreturn void read_slowly(int descriptor, size_t rows)
{
    size_t count = 0;
    char bytes[60000];
    ssize_t got;

    usleep(50000);
    while ((got = read(descriptor, bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < got; i++, count++)
            if ((bytes[i] == '\n') != (count % 100 == 99))
                _exit(1);
        usleep(1000);
    }
    _exit(count != rows * 100);
}

static void check_short_writes(void)
{
    enum { ROWS = 20000 };
    struct sigaction action = { .sa_handler = do_nothing };
    struct mob_error error = { 0 };
    struct mob_writer writer;
    char cell[99];
    int ends[2];
    int status;
    pid_t child;

    memset(cell, 'x', sizeof cell);
    if (pipe(ends) < 0 || (child = fork()) < 0)
        abort();
    if (child == 0) {
        close(ends[1]);
        read_slowly(ends[0], ROWS);
    }
    close(ends[0]);
    sigaction(SIGALRM, &action, NULL);
    set_timer(1, 1);
    mob_writer_init(&writer, ends[1], "out.csv");
    for (int i = 0; i < ROWS; i++) {
        mob_writer_cell(&writer, (struct mob_text){ cell, sizeof cell });
        mob_writer_end_row(&writer);
    }
    status = mob_writer_close(&writer, &error);
    set_timer(0, 0);
    close(ends[1]);
    mob_tap_check(status == 0 && waitpid(child, &status, 0) == child && status == 0,
                  "writes that are short or interrupted are gone on with");
}

/* ---- there and back ---- */

static uint64_t random_state = 88172645463325252;

static size_t random_below(size_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (size_t)(random_state % limit);
}

/* A random table, as `said` will tell it except for lines and flags, written as CSV into `csv`. */
static void make_table(struct mob_buffer *cells, int descriptor)
{
    static const char alphabet[] = { 'a', ',', '"', '\r', '\n', ' ' };
    size_t columns = 1 + random_below(4);
    size_t rows = 1 + random_below(12);
    struct mob_error error = { 0 };
    struct mob_writer writer;

    mob_writer_init(&writer, descriptor, "out.csv");
    for (size_t i = 0; i < rows * columns; i++) {
        char cell[5];
        size_t length = random_below(sizeof cell + 1);

        for (size_t j = 0; j < length; j++)
            cell[j] = alphabet[random_below(sizeof alphabet)];
        mob_writer_cell(&writer, (struct mob_text){ cell, length });
        mob_buffer_add_byte(cells, '[');
        mob_buffer_add(cells, (struct mob_text){ cell, length });
        mob_buffer_add_byte(cells, ']');
        if ((i + 1) % columns == 0) {
            mob_writer_end_row(&writer);
            mob_buffer_add_byte(cells, ' ');
        }
    }
    if (mob_writer_close(&writer, &error) < 0)
        abort();
}

static void say_cells(struct mob_text input, struct mob_buffer *cells)
{
    struct mob_csv *csv = mob_csv_open_bytes(input, NAME);
    struct mob_error error = { 0 };
    struct mob_record record;

    while (mob_csv_read(csv, &record, &error) == 1) {
        for (size_t i = 0; i < record.cell_count; i++) {
            mob_buffer_add_byte(cells, '[');
            mob_buffer_add(cells, record.cells[i]);
            mob_buffer_add_byte(cells, ']');
        }
        mob_buffer_add_byte(cells, ' ');
    }
    if (error.kind != MOB_ERROR_NONE)
        say_error(cells, &error);
    mob_csv_close(csv);
}

static void check_round_trip(void)
{
    bool good = true;

    for (int i = 0; i < 500 && good; i++) {
        int descriptor = temporary_file();
        struct mob_buffer given = { 0 };
        struct mob_buffer got = { 0 };
        struct mob_buffer said = { 0 };
        struct mob_text input;

        make_table(&given, descriptor);
        input = file_bytes(descriptor);
        say_cells(input, &got);
        good = mob_text_is(mob_buffer_since(&given, 0), mob_buffer_since(&got, 0)) && read_bytes(input, &said) &&
               same_in_pieces(input, 1, 1, &said) &&
               same_in_pieces(input, 1 + random_below(9), 1 + random_below(9), &said);
        if (!good)
            printf("# given: %.*s\n# got: %.*s\n", (int)given.length, given.bytes, (int)got.length,
                   got.bytes ? got.bytes : "");
        mob_buffer_release(&given);
        mob_buffer_release(&got);
        mob_buffer_release(&said);
        free((char *)input.bytes);
        close(descriptor);
    }
    mob_tap_check(good, "what is written is read again");
}

/* Random bytes, valid or not: however they are cut, the outcome is the same. */
static void check_random_bytes(void)
{
    static const char alphabet[] = { 'a', ',', '"', '"', '\r', '\n', '\n', ' ', '\0', '\xef' };
    bool good = true;

    for (int i = 0; i < 2000 && good; i++) {
        char bytes[24];
        struct mob_text input = { bytes, random_below(sizeof bytes + 1) };
        struct mob_buffer said = { 0 };

        for (size_t j = 0; j < input.length; j++)
            bytes[j] = alphabet[random_below(j % 4 ? sizeof alphabet - 2 : sizeof alphabet)];
        good = read_bytes(input, &said) && same_in_pieces(input, 1, 1, &said) &&
               same_in_pieces(input, 1 + random_below(9), 1 + random_below(9), &said);
        if (!good)
            printf("# %s\n", mob_quote(input).text);
        mob_buffer_release(&said);
    }
    mob_tap_check(good, "random bytes, whole and in pieces");
}

int main(void)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        check_example(&examples[i]);
    check_cell_sizes();
    check_columns(1024, "a", "[z] ", "1,024 columns");
    check_columns(1025, "a", "!1 more than 1,024 columns", "1,025 columns");
    check_columns(1025, "a,b\nx\ny", "!3 more than 1,024 columns", "1,025 columns in a record");
    check_many_records();
    check_large_record();
    check_streaming();
    check_interrupted_read();
    check_read_fails();
    check_error_kept();
    check_written();
    check_large_cells();
    check_writes_fail();
    check_short_writes();
    check_round_trip();
    check_random_bytes();
    return mob_tap_finish();
}
