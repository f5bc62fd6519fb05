#include "view/letter.h"

/* Whether a character of UTF-8 is U+FDD0 to U+FDEF, or the last but one or the last of its plane. */
static bool is_nothing(const unsigned char *bytes, size_t size)
{
    if (size == 3 && bytes[0] == 0xef && bytes[1] == 0xb7)
        return bytes[2] >= 0x90 && bytes[2] <= 0xaf;
    return ((size == 3 && bytes[0] == 0xef) || (size == 4 && (bytes[1] & 0x0f) == 0x0f)) && bytes[size - 2] == 0xbf &&
           bytes[size - 1] >= 0xbe;
}

size_t mob_letter_size(struct mob_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    size_t size = mob_printable(text);

    if (text.length >= 3 && bytes[0] == 0xe2 && bytes[1] == 0x80 && (bytes[2] == 0x8e || bytes[2] == 0x8f))
        return 3;
    return is_nothing(bytes, size) ? 0 : size;
}
