#include "site/convert.h"

#include "base/money.h"
#include "model/policy.h"

/* ---- names and types ---- */

struct named_type {
    const char *name;
    enum mob_type type;
};

static const struct named_type named_types[] = {
    { "wanted", MOB_TYPE_INSTANT },
    { "wanted_back", MOB_TYPE_INSTANT },
    { "out", MOB_TYPE_INSTANT },
    { "back", MOB_TYPE_INSTANT },
    { "ready", MOB_TYPE_INSTANT },
    { "expires", MOB_TYPE_INSTANT },
    { "busy_from", MOB_TYPE_INSTANT },
    { "busy_until", MOB_TYPE_INSTANT },
    { "at", MOB_TYPE_INSTANT },
    { "licence_until", MOB_TYPE_DATE },
    { "from", MOB_TYPE_DATE },
    { "until", MOB_TYPE_DATE },
    { "open", MOB_TYPE_TIME },
    { "close", MOB_TYPE_TIME },
    { "labour_min", MOB_TYPE_NUMBER },
    { "explain_min", MOB_TYPE_NUMBER },
    { "min_labour_min", MOB_TYPE_NUMBER },
    { "before_min", MOB_TYPE_NUMBER },
    { "after_min", MOB_TYPE_NUMBER },
    { "minutes", MOB_TYPE_NUMBER },
    { "days", MOB_TYPE_NUMBER },
    { "free_days", MOB_TYPE_NUMBER },
    { "max_days", MOB_TYPE_NUMBER },
    { "late_days", MOB_TYPE_NUMBER },
    { "km", MOB_TYPE_NUMBER },
    { "max_km", MOB_TYPE_NUMBER },
    { "odometer", MOB_TYPE_NUMBER },
    { "rank", MOB_TYPE_NUMBER },
    { "entry", MOB_TYPE_NUMBER },
    { "price_day", MOB_TYPE_MONEY },
    { "price_fixed", MOB_TYPE_MONEY },
    { "free_amount", MOB_TYPE_MONEY },
    { "price", MOB_TYPE_MONEY },
    { "saving", MOB_TYPE_MONEY },
    { "notice", MOB_TYPE_NOTICE },
    { "request", MOB_TYPE_CODE },
    { "job", MOB_TYPE_CODE },
    { "solution", MOB_TYPE_CODE },
    { "programme", MOB_TYPE_CODE },
    { "resource", MOB_TYPE_CODE },
    { "pool", MOB_TYPE_CODE },
    { "day", MOB_TYPE_DATE },
    { "jobs", MOB_TYPE_CODES },
    { "programmes", MOB_TYPE_CODES },
    { "closes", MOB_TYPE_CODES },
};

struct mob_conversion mob_conversion_of(struct mob_text name)
{
    struct mob_conversion conversion = { .type = MOB_TYPE_TEXT,
                                         .is_day = mob_text_is(name, MOB_TEXT("day")),
                                         .is_opening = mob_text_is(name, MOB_TEXT("open")) };

    for (size_t i = 0; i < MOB_COUNT_OF(named_types); i++)
        if (mob_text_is(name, mob_text_of(named_types[i].name)))
            conversion.type = named_types[i].type;
    return conversion;
}

/* ---- text ---- */

static bool is_one_of(char byte, const char *bytes)
{
    return byte && strchr(bytes, byte);
}

static struct mob_text strip(struct mob_text text, const char *blanks)
{
    while (text.length && is_one_of(text.bytes[text.length - 1], blanks))
        text.length--;
    while (text.length && is_one_of(*text.bytes, blanks)) {
        text.bytes++;
        text.length--;
    }
    return text;
}

struct mob_text mob_trim(struct mob_text text)
{
    return strip(text, " \t");
}

/* Takes the decimal digits off the front of `*text`, at least `least` and at most `most`. 0, or -1. */
static int take_digits(struct mob_text *text, size_t least, size_t most, struct mob_text *digits)
{
    *digits = (struct mob_text){ text->bytes, 0 };
    while (digits->length < text->length && text->bytes[digits->length] >= '0' && text->bytes[digits->length] <= '9')
        digits->length++;
    text->bytes += digits->length;
    text->length -= digits->length;
    return digits->length < least || digits->length > most ? -1 : 0;
}

/* Takes `byte` off the front. 0, or -1 where it is not there. */
static int take_byte(struct mob_text *text, char byte)
{
    if (!text->length || *text->bytes != byte)
        return -1;
    text->bytes++;
    text->length--;
    return 0;
}

/* ---- dates and times: put into the form of DATA.md, and then read as such ---- */

/* Digits at the end of a field of zeros. */
static void put(char *field, size_t width, struct mob_text digits)
{
    memset(field, '0', width);
    memcpy(field + width - digits.length, digits.bytes, digits.length);
}

/* Takes a date in the given order off the front of `*text`. */
static int take_date(const char *order, struct mob_text *text, int64_t *date)
{
    char iso[] = "yyyy-mm-dd", separator = '\0';

    for (size_t i = 0; i < 3; i++) {
        bool is_year = order[i] == 'y';
        char *field = is_year ? iso : order[i] == 'm' ? iso + 5 : iso + 8;
        struct mob_text digits;

        if (i == 1 && text->length && is_one_of(*text->bytes, "/.-"))
            separator = *text->bytes;
        if (i > 0 && (!separator || take_byte(text, separator) < 0))
            return -1;
        if (take_digits(text, is_year ? 4 : 1, is_year ? 4 : 2, &digits) < 0)
            return -1;
        put(field, is_year ? 4 : 2, digits);
    }
    return mob_date_parse(mob_text_of(iso), date);
}

/* `H:MM[:SS]`, where the seconds are 00. */
static int read_time(struct mob_text text, int64_t *minutes)
{
    char iso[] = "hh:mm";
    struct mob_text hour, minute;

    if (take_digits(&text, 1, 2, &hour) < 0 || take_byte(&text, ':') < 0 || take_digits(&text, 2, 2, &minute) < 0 ||
        (text.length && !mob_text_is(text, MOB_TEXT(":00"))))
        return -1;
    put(iso, 2, hour);
    put(iso + 3, 2, minute);
    return mob_time_parse(mob_text_of(iso), minutes);
}

static int read_date(const char *order, struct mob_text text, int64_t *date)
{
    if (!order)
        return mob_date_parse(text, date);
    return take_date(order, &text, date) < 0 || text.length ? -1 : 0;
}

/* Between date and time stands the `T` of `A+B`, or the blanks of a cell that holds both. */
static int read_instant(const char *order, struct mob_text text, int64_t *instant)
{
    int64_t date, minutes;
    struct mob_text time;

    if (!order)
        return mob_instant_parse(text, instant);
    if (take_date(order, &text, &date) < 0)
        return -1;
    time = mob_trim(text);
    if (time.length == text.length && take_byte(&time, 'T') < 0)
        return -1;
    if (read_time(time, &minutes) < 0 || minutes == MOB_DAY_MIN)
        return -1;
    *instant = mob_instant_of_date(date) + minutes;
    return 0;
}

/* ---- numbers ---- */

/* What a decimal number of hours, tenths of them or minutes is in whole minutes. */
static int read_minutes(enum mob_unit unit, char point, struct mob_text text, int64_t *minutes)
{
    int64_t scale = unit == MOB_UNIT_HOURS ? 60 : unit == MOB_UNIT_TENTHS ? 6 : 1, divisor = 1, whole, part = 0;
    struct mob_text digits, fraction = MOB_TEXT("");

    if (take_digits(&text, 1, SIZE_MAX, &digits) < 0 || mob_text_to_number(digits, &whole) < 0)
        return -1;
    if (text.length && (take_byte(&text, point) < 0 || take_digits(&text, 1, SIZE_MAX, &fraction) < 0 || text.length))
        return -1;
    while (fraction.length && fraction.bytes[fraction.length - 1] == '0')
        fraction.length--;
    /* No more decimals than these can make whole minutes of an hour. */
    if (fraction.length > 2 || (fraction.length && mob_text_to_number(fraction, &part) < 0))
        return -1;
    for (size_t i = 0; i < fraction.length; i++)
        divisor *= 10;
    if (part * scale % divisor || whole * scale + part * scale / divisor > MOB_NUMBER_MAX)
        return -1;
    *minutes = whole * scale + part * scale / divisor;
    return 0;
}

/* An amount, with the comma for the point where that was announced. */
static int read_money(bool decimal_comma, struct mob_text text, int64_t *cents)
{
    char copy[32]; /* the largest amount has 14 digits and signs */

    if (!decimal_comma)
        return mob_money_parse(text, cents);
    if (text.length > sizeof copy || memchr(text.bytes, '.', text.length))
        return -1;
    for (size_t i = 0; i < text.length; i++)
        copy[i] = (char)(text.bytes[i] == ',' ? '.' : text.bytes[i]);
    return mob_money_parse((struct mob_text){ copy, text.length }, cents);
}

/* ---- one value ---- */

static const char *expected_unit(enum mob_unit unit)
{
    switch (unit) {
    case MOB_UNIT_TENTHS:
        return "a number of tenths of an hour that makes whole minutes";
    case MOB_UNIT_HOURS:
        return "a number of hours that makes whole minutes";
    default:
        return "a number of whole minutes";
    }
}

static int refuse(const struct mob_conversion *conversion, const struct mob_export_form *form, struct mob_text text,
                  struct mob_error *error)
{
    const struct mob_quoted quoted = mob_quote(text);
    bool has_date = conversion->type == MOB_TYPE_DATE || conversion->type == MOB_TYPE_INSTANT;
    const char *date = !form->dates          ? "2026-11-30"
                       : *form->dates == 'd' ? "30/11/2026"
                       : *form->dates == 'm' ? "11/30/2026"
                                             : "2026/11/30";

    if (conversion->unit != MOB_UNIT_NONE)
        return mob_error_say(error, MOB_ERROR_FATAL, "%s is not %s%s", quoted.text, expected_unit(conversion->unit),
                             form->decimal_comma ? ", with a decimal comma" : "");
    if (conversion->is_day)
        return mob_error_say(error, MOB_ERROR_FATAL,
                             "%s is not one of: mon, tue, wed, thu, fri, sat, sun, nor a date (%s)", quoted.text, date);
    if (conversion->is_opening)
        return mob_error_say(error, MOB_ERROR_FATAL, "%s is not an opening time (08:30; 24:00 is a closing time only)",
                             quoted.text);
    if (has_date && form->dates)
        return mob_error_say(error, MOB_ERROR_FATAL, "%s is not a date%s (%s%s)", quoted.text,
                             conversion->type == MOB_TYPE_INSTANT ? "-time" : "", date,
                             conversion->type == MOB_TYPE_INSTANT ? " 9:00" : "");
    if (conversion->type == MOB_TYPE_MONEY && form->decimal_comma)
        return mob_error_say(error, MOB_ERROR_FATAL, "%s is not an amount of money with a decimal comma (123,45)",
                             quoted.text);
    return mob_error_say(error, MOB_ERROR_FATAL, "%s is not %s", quoted.text, mob_type_form(conversion->type));
}

/* Reads what is kept as a number and appends its form in DATA.md. */
static int add_number(const struct mob_conversion *conversion, const struct mob_export_form *form, struct mob_text text,
                      struct mob_buffer *buffer)
{
    struct mob_print print;
    char date[MOB_DATE_SIZE];
    int64_t number;

    switch (conversion->type) {
    case MOB_TYPE_INSTANT:
        if (read_instant(form->dates, text, &number) < 0)
            return -1;
        mob_buffer_add_instant(buffer, number);
        return 0;
    case MOB_TYPE_DATE:
        for (size_t i = 0; conversion->is_day && mob_weekday_words[i]; i++)
            if (mob_text_is(text, mob_text_of(mob_weekday_words[i]))) {
                mob_buffer_add(buffer, text);
                return 0;
            }
        if (read_date(form->dates, text, &number) < 0)
            return -1;
        mob_date_print(number, date);
        mob_buffer_add(buffer, mob_text_of(date));
        return 0;
    case MOB_TYPE_MONEY:
        if (read_money(form->decimal_comma, text, &number) < 0)
            return -1;
        mob_buffer_add(buffer, mob_print_money(&print, number));
        return 0;
    default:
        if (conversion->unit != MOB_UNIT_NONE
                ? read_minutes(conversion->unit, form->decimal_comma ? ',' : '.', text, &number) < 0
                : mob_text_to_number(text, &number) < 0)
            return -1;
        mob_buffer_add_number(buffer, number);
        return 0;
    }
}

/* `8:30` becomes `08:30`, where the dates are not in the form of DATA.md, so that the times need not be. */
static int add_time(const struct mob_conversion *conversion, const struct mob_export_form *form, struct mob_text text,
                    struct mob_buffer *buffer)
{
    char time[MOB_INSTANT_SIZE];
    int64_t minutes;

    if ((form->dates ? read_time(text, &minutes) : mob_time_parse(text, &minutes)) < 0)
        return -1;
    if (minutes == MOB_DAY_MIN && conversion->is_opening)
        return -1;
    if (minutes == MOB_DAY_MIN) {
        mob_buffer_add(buffer, MOB_TEXT("24:00"));
        return 0;
    }
    mob_instant_print(minutes, time);
    mob_buffer_add(buffer, mob_text_of(time + sizeof "1970-01-01"));
    return 0;
}

/* Items that are empty are none: exports end their lists with a separator. */
static int add_list(const struct mob_conversion *conversion, const struct mob_export_form *form, struct mob_text text,
                    struct mob_buffer *buffer, struct mob_error *error)
{
    size_t start = buffer->length;

    while (text.length) {
        const char *end = memchr(text.bytes, conversion->separator, text.length);
        size_t length = end ? (size_t)(end - text.bytes) : text.length;
        /* Where line ends part the items, they may be CR and LF. */
        struct mob_text item = strip((struct mob_text){ text.bytes, length }, " \t\r\n");

        text.bytes += length + (end != NULL);
        text.length -= length + (end != NULL);
        if (item.length == 0)
            continue;
        if (conversion->type == MOB_TYPE_CODES && !mob_text_is_code(item))
            return refuse(&(struct mob_conversion){ .type = MOB_TYPE_CODE }, form, item, error);
        mob_buffer_add_item(buffer, start, item);
    }
    return 0;
}

int mob_convert(const struct mob_conversion *conversion, const struct mob_export_form *form, struct mob_text text,
                struct mob_buffer *buffer, struct mob_error *error)
{
    struct mob_notice notice;
    int result = 0;

    if (text.length == 0)
        return 0;
    if (conversion->is_list)
        return add_list(conversion, form, text, buffer, error);
    switch (conversion->type) {
    case MOB_TYPE_TEXT:
    case MOB_TYPE_CODE:
    case MOB_TYPE_CODES:
    case MOB_TYPE_NOTICE:
        if ((conversion->type == MOB_TYPE_CODE && !mob_text_is_code(text)) ||
            (conversion->type == MOB_TYPE_CODES && !mob_text_is_codes(text)) ||
            (conversion->type == MOB_TYPE_NOTICE && mob_notice_parse(text, &notice) < 0))
            result = -1;
        else
            mob_buffer_add(buffer, text);
        break;
    case MOB_TYPE_TIME:
        result = add_time(conversion, form, text, buffer);
        break;
    default:
        result = add_number(conversion, form, text, buffer);
    }
    return result < 0 ? refuse(conversion, form, text, error) : 0;
}
