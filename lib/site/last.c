#include "site/last.h"

#include "site/seal.h"

static bool is_check(struct mob_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!strchr("0123456789abcdef", text.bytes[i]) || text.bytes[i] == '\0')
            return false;
    return text.length == MOB_CHECK_LENGTH;
}

/* Reads `ENTRY CHECK` and the line end; `*check` may be `-`. */
static bool read_last(struct mob_text bytes, int64_t *number, struct mob_text *check)
{
    struct mob_text line = bytes, item;

    if (line.length == 0 || line.bytes[--line.length] != '\n' || !mob_text_next(&line, &item) ||
        mob_text_to_number(item, number) < 0)
        return false;
    *check = line;
    return is_check(line) || mob_text_is(line, MOB_TEXT("-"));
}

/* read_last, and says what is wrong where it is not understood. */
static bool understand(const struct mob_store_file *last, int64_t *number, struct mob_text *check,
                       struct mob_error *error)
{
    if (read_last(last->bytes, number, check))
        return true;
    mob_error_set(error, MOB_ERROR_FATAL, last->path, 1, NULL,
                  "%s is not the number and check of the entry committed last (17 0123456789abcdef)",
                  mob_quote(last->bytes).text);
    return false;
}

bool mob_last_is_understood(const struct mob_store_file *last, struct mob_error *error)
{
    struct mob_text check;
    int64_t number;

    return !last->exists || understand(last, &number, &check, error);
}

enum mob_fit mob_last_fits(const struct mob_store_file *last, const struct mob_store_file *file,
                           const struct mob_calendar *calendar, struct mob_error *error)
{
    struct mob_text check;
    int64_t number;

    if (!last->exists)
        return MOB_FITS_WITHOUT_LAST;
    if (!understand(last, &number, &check, error))
        return MOB_FITS_NOT;
    /* From the end, where it mostly is: of a faulty calendar the entries may be in no order. */
    for (size_t i = calendar->count; i-- > 0;) {
        const struct mob_entry *entry = &calendar->entries[i];

        if (entry->number != number)
            continue;
        if (check.length == 1)
            return MOB_FITS_BUT_OLD; /* mob-archive was stopped */
        if (mob_text_is(entry->check, check))
            return i + 1 == calendar->count ? MOB_FITS : MOB_FITS_BUT_OLD;
    }
    mob_error_set(error, MOB_ERROR_FATAL, file->path, 0, NULL,
                  "%s holds no entry %lld with check %.*s, which was committed last (%s): cut, edited, removed, or an "
                  "old copy put back? Nothing is booked upon it: put the right file back, or %s",
                  file->exists ? "it" : "it is missing and", (long long)number, (int)check.length, check.bytes,
                  last->path,
                  file->exists ? "look at it with mob-check and take it with --accept"
                               : "remove that line's file to begin an empty calendar");
    return MOB_FITS_NOT;
}

void mob_last_warn(const struct mob_store_file *last, const struct mob_store_file *file,
                   const struct mob_sink *warnings)
{
    if (file->exists)
        mob_sink_warn(warnings, last->path, 0, NULL,
                      "is missing: whether the calendar was cut cannot be seen; the next booking makes it anew");
    else
        mob_sink_warn(warnings, file->path, 0, NULL, "is missing: taken for an empty calendar");
}
