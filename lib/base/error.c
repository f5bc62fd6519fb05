#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

#define SHOWN_MAX 80

static void fill(struct mob_error *error, enum mob_error_kind kind, const char *format, va_list arguments)
{
    error->kind = kind;
    error->theme = format;
    vsnprintf(error->message, sizeof error->message, format, arguments);
}

int mob_error_set(struct mob_error *error, enum mob_error_kind kind, const char *file, uint64_t line,
                  const char *column, const char *format, ...)
{
    va_list arguments;

    if (error->kind != MOB_ERROR_NONE)
        return -1;
    va_start(arguments, format);
    fill(error, kind, format, arguments);
    va_end(arguments);
    error->file = file;
    error->line = line;
    error->column = column;
    return -1;
}

int mob_error_say(struct mob_error *error, enum mob_error_kind kind, const char *format, ...)
{
    va_list arguments;

    if (error->kind != MOB_ERROR_NONE)
        return -1;
    va_start(arguments, format);
    fill(error, kind, format, arguments);
    va_end(arguments);
    error->file = NULL;
    error->line = 0;
    error->column = NULL;
    return -1;
}

void mob_error_place(struct mob_error *error, const char *file, uint64_t line, const char *column)
{
    if (!error->file)
        error->file = file;
    if (!error->line)
        error->line = line;
    if (!error->column)
        error->column = column;
}

void mob_error_print(const struct mob_error *error, char *buffer, size_t size)
{
    int used = 0;

    if (error->file && error->line)
        used = snprintf(buffer, size, "%s:%llu: ", error->file, (unsigned long long)error->line);
    else if (error->file)
        used = snprintf(buffer, size, "%s: ", error->file);
    if (used < 0 || (size_t)used >= size)
        return;
    if (error->column)
        snprintf(buffer + used, size - (size_t)used, "%s: %s", error->column, error->message);
    else
        snprintf(buffer + used, size - (size_t)used, "%s", error->message);
}

size_t mob_printable(struct mob_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    size_t size = bytes[0] < 0x80 ? 1 : bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    uint32_t point = size == 1 ? bytes[0] : bytes[0] & (0x7fU >> size);

    if (size == 1)
        return bytes[0] >= ' ' && bytes[0] != 0x7f;
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || size > text.length)
        return 0;
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (bytes[i] & 0x3f);
    }
    if (point < 0xa0 || (size == 3 && point < 0x800) || (size == 4 && point < 0x10000) || point > 0x10ffff ||
        (point >= 0xd800 && point <= 0xdfff))
        return 0;
    /* Marks that turn the direction of writing would let data rewrite the message around it. */
    if ((point >= 0x200e && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
        (point >= 0x2066 && point <= 0x2069))
        return 0;
    return size;
}

struct mob_quoted mob_quote(struct mob_text text)
{
    struct mob_quoted quoted = { { 0 } };
    char *out = quoted.text;
    size_t shown = text.length < SHOWN_MAX ? text.length : SHOWN_MAX;

    *out++ = '\'';
    for (size_t i = 0; i < shown;) {
        const unsigned char *byte = (const unsigned char *)text.bytes + i;
        size_t size = mob_printable((struct mob_text){ text.bytes + i, text.length - i });

        if (size > 1 && i + size > SHOWN_MAX)
            break;
        if (size && *byte != '\\' && *byte != '\'') {
            memcpy(out, byte, size);
            out += size;
            i += size;
        } else {
            out += *byte == '\n'   ? sprintf(out, "\\n")
                   : *byte == '\r' ? sprintf(out, "\\r")
                   : *byte == '\t' ? sprintf(out, "\\t")
                   : size          ? sprintf(out, "\\%c", *byte)
                                   : sprintf(out, "\\x%02x", *byte);
            i++;
        }
    }
    *out++ = '\'';
    if (text.length > SHOWN_MAX)
        out += sprintf(out, "...");
    *out = '\0';
    return quoted;
}

void mob_sink_warn(const struct mob_sink *sink, const char *file, uint64_t line, const char *column, const char *format,
                   ...)
{
    struct mob_error warning = { .file = file, .line = line, .column = column };
    va_list arguments;

    if (!sink)
        return;
    va_start(arguments, format);
    fill(&warning, MOB_ERROR_WARNING, format, arguments);
    va_end(arguments);
    sink->take(sink->context, &warning);
}
