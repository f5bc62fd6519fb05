#include "rule/free.h"

void mob_free_begin(struct mob_free_walk *walk, const struct mob_planning *planning,
                    const struct mob_resource *resource, struct mob_interval range)
{
    *walk = (struct mob_free_walk){ &planning->resources[mob_policy_resource_number(planning->policy, resource)], range,
                                    0 };
    walk->rest = mob_interval_common(range, mob_resource_service(resource));
    if (!mob_resource_is_usable(resource))
        walk->rest.until = walk->rest.from;
}

bool mob_free_next(struct mob_free_walk *walk, struct mob_interval *window)
{
    while (walk->rest.from < walk->rest.until) {
        struct mob_interval busy = { walk->rest.until, walk->rest.until };

        if (walk->next < walk->busy->count)
            busy = walk->busy->items[walk->next++].interval;
        *window = mob_interval_common(walk->rest, (struct mob_interval){ walk->rest.from, busy.from });
        if (walk->rest.from < busy.until)
            walk->rest.from = busy.until;
        if (window->from < window->until)
            return true;
    }
    return false;
}
