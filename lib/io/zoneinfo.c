#include "io/zoneinfo.h"

#include <stdio.h>

static bool is_zone_name(struct mob_text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.bytes[i];
        bool is_letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');

        if (!is_letter && !(byte >= '0' && byte <= '9') && !memchr("_+-/", byte, 4))
            return false;
    }
    return name.length && name.bytes[0] != '/';
}

int mob_zoneinfo_read(struct mob_text name, struct mob_buffer *bytes)
{
    struct mob_buffer path = { 0 };
    char block[4096];
    FILE *file = NULL;
    size_t size;
    bool is_read;

    if (is_zone_name(name)) {
        mob_buffer_add(&path, MOB_TEXT("/usr/share/zoneinfo/"));
        mob_buffer_add(&path, name);
        mob_buffer_add_byte(&path, '\0');
        file = fopen(path.bytes, "rbe");
        mob_buffer_release(&path);
    }
    if (!file)
        return -1;
    while ((size = fread(block, 1, sizeof block, file)) > 0)
        mob_buffer_add(bytes, (struct mob_text){ block, size });
    is_read = !ferror(file);
    fclose(file);
    return is_read ? 0 : -1;
}
