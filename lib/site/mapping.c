#include "site/mapping.h"

int mob_mapping_separator(const char *text, bool is_list, char *separator)
{
    if (strcmp(text, "tab") == 0)
        text = "\t";
    if (strlen(text) != 1 || (unsigned char)*text >= 0x80 || strchr("\"\r", *text) || (*text == '\n' && !is_list))
        return -1;
    *separator = *text;
    return 0;
}

/* Parts `NAME=VALUE` at the first `=`. */
static int part(const char *option, const char *form, const char *text, struct mob_text *name, const char **value,
                struct mob_error *error)
{
    const char *equals = strchr(text, '=');

    if (!equals || equals == text || !equals[1]) {
        mob_error_say(error, MOB_ERROR_FATAL, "--%s: %s is not %s", option, mob_quote(mob_text_of(text)).text, form);
        return -1;
    }
    *name = (struct mob_text){ text, (size_t)(equals - text) };
    *value = equals + 1;
    return 0;
}

static struct mob_mapped_column *find_column(const struct mob_mapping *mapping, struct mob_text name)
{
    for (size_t i = 0; i < mapping->column_count; i++)
        if (mob_text_is(mapping->columns[i].name, name))
            return &mapping->columns[i];
    return NULL;
}

static int take_maps(struct mob_mapping *mapping, const struct mob_mapping_options *options, struct mob_error *error)
{
    mapping->columns = mob_arena_take_array(&mapping->arena, options->map_count, sizeof *mapping->columns);
    for (size_t i = 0; i < options->map_count; i++) {
        struct mob_mapped_column column = { 0 };

        if (part("map", "NAME=COLUMN", options->maps[i], &column.name, &column.source, error) < 0)
            return -1;
        if (find_column(mapping, column.name))
            return mob_error_say(error, MOB_ERROR_FATAL, "--map: %s is mapped twice", mob_quote(column.name).text);
        column.conversion = mob_conversion_of(column.name);
        mapping->columns[mapping->column_count++] = column;
    }
    return 0;
}

/* The column that another option names, which some --map must make. */
static struct mob_mapped_column *named_column(struct mob_mapping *mapping, const char *option, struct mob_text name,
                                              struct mob_error *error)
{
    struct mob_mapped_column *column = find_column(mapping, name);
    const char **names;
    const char *near;

    if (column)
        return column;
    names = mob_arena_take_array(&mapping->arena, mapping->column_count, sizeof *names);
    for (size_t i = 0; i < mapping->column_count; i++)
        names[i] = mob_text_copy(&mapping->arena, mapping->columns[i].name).bytes;
    near = mob_text_nearest(name, names, mapping->column_count);
    mob_error_say(error, MOB_ERROR_FATAL, "--%s: no --map makes a column %s%s%s%s", option, mob_quote(name).text,
                  near ? "; was " : "", near ? mob_quote(mob_text_of(near)).text : "", near ? " meant?" : "");
    return NULL;
}

static int take_list(struct mob_mapping *mapping, const char *text, struct mob_error *error)
{
    struct mob_text name;
    const char *separator;
    struct mob_mapped_column *column;

    if (part("list", "NAME=C", text, &name, &separator, error) < 0)
        return -1;
    column = named_column(mapping, "list", name, error);
    if (!column)
        return -1;
    if (mob_mapping_separator(separator, true, &column->conversion.separator) < 0)
        return mob_error_say(error, MOB_ERROR_FATAL, "--list: %s is not one byte, nor `tab`",
                             mob_quote(mob_text_of(separator)).text);
    if (column->conversion.is_list)
        return mob_error_say(error, MOB_ERROR_FATAL, "--list: %s stands twice", mob_quote(name).text);
    if (column->conversion.type == MOB_TYPE_CODE)
        column->conversion.type = MOB_TYPE_CODES;
    if (column->conversion.type != MOB_TYPE_TEXT && column->conversion.type != MOB_TYPE_CODES)
        return mob_error_say(error, MOB_ERROR_FATAL, "--list: %s cannot be a list: it is %s", mob_quote(name).text,
                             mob_type_form(column->conversion.type));
    column->conversion.is_list = true;
    return 0;
}

static int take_unit(struct mob_mapping *mapping, const char *text, struct mob_error *error)
{
    static const char *const units[] = { "h/10", "h", "min" };
    struct mob_text name;
    const char *unit;
    struct mob_mapped_column *column;
    size_t i = 0;

    if (part("unit", "NAME=h/10, NAME=h or NAME=min", text, &name, &unit, error) < 0)
        return -1;
    column = named_column(mapping, "unit", name, error);
    if (!column)
        return -1;
    while (i < MOB_COUNT_OF(units) && strcmp(unit, units[i]) != 0)
        i++;
    if (i == MOB_COUNT_OF(units))
        return mob_error_say(error, MOB_ERROR_FATAL, "--unit: %s is not h/10, h or min",
                             mob_quote(mob_text_of(unit)).text);
    if (column->conversion.unit != MOB_UNIT_NONE)
        return mob_error_say(error, MOB_ERROR_FATAL, "--unit: %s stands twice", mob_quote(name).text);
    if (column->conversion.is_list ||
        (column->conversion.type != MOB_TYPE_NUMBER && column->conversion.type != MOB_TYPE_TEXT))
        return mob_error_say(error, MOB_ERROR_FATAL, "--unit: %s cannot be minutes: it is %s", mob_quote(name).text,
                             column->conversion.is_list ? "a list" : mob_type_form(column->conversion.type));
    column->conversion.type = MOB_TYPE_NUMBER;
    column->conversion.unit = (enum mob_unit)(MOB_UNIT_TENTHS + i);
    return 0;
}

static int take_form(struct mob_mapping *mapping, const struct mob_export_form *form, struct mob_error *error)
{
    mapping->form = *form;
    if (form->dates && strcmp(form->dates, "dmy") != 0 && strcmp(form->dates, "mdy") != 0 &&
        strcmp(form->dates, "ymd") != 0)
        return mob_error_say(error, MOB_ERROR_FATAL, "--dates: %s is not dmy, mdy or ymd",
                             mob_quote(mob_text_of(form->dates)).text);
    return 0;
}

int mob_mapping_init(struct mob_mapping *mapping, const struct mob_mapping_options *options, struct mob_error *error)
{
    *mapping = (struct mob_mapping){ 0 };
    mob_arena_init(&mapping->arena);
    if (take_form(mapping, &options->form, error) < 0 || take_maps(mapping, options, error) < 0)
        return -1;
    for (size_t i = 0; i < options->list_count; i++)
        if (take_list(mapping, options->lists[i], error) < 0)
            return -1;
    for (size_t i = 0; i < options->unit_count; i++)
        if (take_unit(mapping, options->units[i], error) < 0)
            return -1;
    mapping->group_name = options->group;
    if (options->group) {
        const struct mob_mapped_column *column = named_column(mapping, "group", mob_text_of(options->group), error);

        if (!column)
            return -1;
        mapping->group = (size_t)(column - mapping->columns);
    }
    return 0;
}

void mob_mapping_release(struct mob_mapping *mapping)
{
    mob_arena_release(&mapping->arena);
}
