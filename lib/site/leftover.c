#include "site/leftover.h"

#include "io/directory.h"
#include "io/system.h"
#include "site/names.h"

#include <errno.h>

/* Takes `ending` off the end of `text`, where it is. */
static bool cut(struct mob_text *text, struct mob_text ending)
{
    if (text->length <= ending.length ||
        memcmp(text->bytes + text->length - ending.length, ending.bytes, ending.length) != 0)
        return false;
    text->length -= ending.length;
    return true;
}

static bool is_refused(const char *live, struct mob_text name)
{
    return cut(&name, MOB_TEXT(".refused")) && mob_text_is(name, mob_text_of(live));
}

bool mob_leftover_is_new(const char *live, const char *name)
{
    struct mob_text old = mob_text_of(name), stem;
    int64_t year;

    if (!cut(&old, MOB_TEXT(".new")))
        return false;
    stem = old;
    cut(&stem, MOB_TEXT(".last"));
    return mob_text_is(stem, mob_text_of(live)) || is_refused(live, old) || mob_archive_year(live, old, &year);
}

struct removal {
    const struct mob_store *store;
    const char *live;
};

static int not_removed(const struct mob_store *store, const char *name, struct mob_error *error)
{
    return mob_error_set(error, MOB_ERROR_UNSURE, store->path, 0, NULL,
                         "%s is not known to be removed: %s: run this again", mob_quote(mob_text_of(name)).text,
                         strerror(errno));
}

static int remove_one(void *context, const char *name, struct mob_error *error)
{
    const struct removal *removal = context;

    if (!mob_leftover_is_new(removal->live, name) && !is_refused(removal->live, mob_text_of(name)))
        return 0;
    if (mob_system.unlinkat(removal->store->directory, name, 0) < 0 && errno != ENOENT)
        return not_removed(removal->store, name, error);
    return 0;
}

int mob_leftover_remove(const struct mob_store *store, const char *live, struct mob_error *error)
{
    struct removal removal = { store, live };

    if (mob_directory_each(store->directory, store->path, remove_one, &removal, error) < 0) {
        error->kind = MOB_ERROR_UNSURE;
        return -1;
    }
    return mob_system.fsync(store->directory) < 0 ? not_removed(store, "what was left over", error) : 0;
}
