/* Half-open intervals [from, until) of instants, and sets of them kept in order.
 *
 * A set holds intervals of many owners, which may overlap (a car that came back late did). Finding costs a binary
 * search plus what overlaps; adding and removing at the end cost nothing more, in the middle they move what lies
 * behind. */
#ifndef MOB_BASE_INTERVAL_H
#define MOB_BASE_INTERVAL_H

#include "base/text.h"

struct mob_interval {
    int64_t from;
    int64_t until;
};

/* Touching intervals do not overlap (DATA.md, "interval"). */
static inline bool mob_interval_overlaps(struct mob_interval one, struct mob_interval other)
{
    return one.from < other.until && other.from < one.until;
}

/* What both have in common: nothing where its `from` is not before its `until`. */
static inline struct mob_interval mob_interval_common(struct mob_interval one, struct mob_interval other)
{
    return (struct mob_interval){ one.from > other.from ? one.from : other.from,
                                  one.until < other.until ? one.until : other.until };
}

struct mob_interval_item {
    struct mob_interval interval;
    int64_t reach; /* the latest `until` of this and all before it */
    size_t owner;
};

/* Init to { 0 }; release frees. */
struct mob_interval_set {
    struct mob_interval_item *items; /* by `from` */
    size_t count;
    size_t capacity;
};

void mob_interval_set_release(struct mob_interval_set *set);

void mob_interval_set_add(struct mob_interval_set *set, struct mob_interval interval, size_t owner);

/* For many at once: puts an interval anywhere; the set is in order again after mob_interval_set_sort. */
void mob_interval_set_append(struct mob_interval_set *set, struct mob_interval interval, size_t owner);
void mob_interval_set_sort(struct mob_interval_set *set);

/* Takes out this interval of `owner`, once, where it is there. */
void mob_interval_set_remove(struct mob_interval_set *set, struct mob_interval interval, size_t owner);

/* Whether an interval of an owner other than `except` overlaps. */
bool mob_interval_set_overlaps(const struct mob_interval_set *set, struct mob_interval interval, size_t except);

/* Walks through the intervals that overlap: `*cursor` is SIZE_MAX at the start; true with the next one's owner. */
bool mob_interval_set_next(const struct mob_interval_set *set, struct mob_interval interval, size_t *cursor,
                           size_t *owner);

/* The latest `until` that is not after `instant`, of an owner other than `except`, or MOB_ABSENT. Only where nothing
 * of another owner lasts beyond `instant` is that the end of what came before it. */
int64_t mob_interval_set_end_before(const struct mob_interval_set *set, int64_t instant, size_t except);

/* Makes one of all intervals that overlap or touch. Which of their owners is left means nothing. */
void mob_interval_set_merge(struct mob_interval_set *set);

/* How many instants of `interval` a merged set covers. */
int64_t mob_interval_set_covered(const struct mob_interval_set *set, struct mob_interval interval);

#endif
