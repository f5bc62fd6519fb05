#include "model/policy.h"

const char *const mob_area_words[] = { "reception", "workshop", "prep", NULL };
const char *const mob_weekday_words[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
const char *const mob_pay_type_words[] = { "customer", "warranty", "internal", NULL };
const char *const mob_span_words[] = { "stay", "start", "end", NULL };
const char *const mob_yes_no_words[] = { "no", "yes", NULL };

const struct mob_job *mob_policy_job(const struct mob_policy *policy, struct mob_text job)
{
    size_t number = mob_index_find(&policy->job_index, job);

    return number == MOB_INDEX_NONE ? NULL : &policy->jobs[number];
}

const struct mob_programme *mob_policy_programme(const struct mob_policy *policy, struct mob_text programme)
{
    size_t number = mob_index_find(&policy->programme_index, programme);

    return number == MOB_INDEX_NONE ? NULL : &policy->programmes[number];
}

const struct mob_solution *mob_policy_solution(const struct mob_policy *policy, struct mob_text solution)
{
    size_t number = mob_index_find(&policy->solution_index, solution);

    return number == MOB_INDEX_NONE ? NULL : &policy->solutions[number];
}

const struct mob_resource *mob_policy_resource(const struct mob_policy *policy, struct mob_text resource)
{
    size_t number = mob_index_find(&policy->resource_index, resource);

    return number == MOB_INDEX_NONE ? NULL : &policy->fleet[number];
}

size_t mob_policy_resource_number(const struct mob_policy *policy, const struct mob_resource *resource)
{
    return (size_t)(resource - policy->fleet);
}

size_t mob_policy_pool(const struct mob_policy *policy, struct mob_text pool, const size_t **members)
{
    size_t number = mob_index_find(&policy->pool_index, pool);

    if (number == MOB_INDEX_NONE)
        return 0;
    *members = policy->pool_members[number];
    return policy->pool_sizes[number];
}

bool mob_resource_is_usable(const struct mob_resource *resource)
{
    return resource->status.length == 0 || mob_text_is(resource->status, MOB_TEXT("ready"));
}

struct mob_interval mob_resource_service(const struct mob_resource *resource)
{
    return (struct mob_interval){ resource->from == MOB_ABSENT ? INT64_MIN : mob_instant_of_date(resource->from),
                                  resource->until == MOB_ABSENT ? INT64_MAX
                                                                : mob_instant_of_date(resource->until + 1) };
}

/* The length of the stretch that stands for itself: up to a brace that may mean something. */
static size_t literal_length(struct mob_text text)
{
    size_t length = 0;

    while (length < text.length && text.bytes[length] != '{' && text.bytes[length] != '}')
        length++;
    return length;
}

bool mob_reminder_next(struct mob_text *rest, enum mob_reminder_part *part, struct mob_text *literal)
{
    static const char *const names[] = { "{label}", "{solution}", "{days}", "{value}", "{until}" };
    size_t taken = literal_length(*rest);

    if (rest->length == 0)
        return false;
    *part = MOB_REMINDER_LITERAL;
    *literal = (struct mob_text){ rest->bytes, taken };
    if (taken == 0) {
        char brace = rest->bytes[0];
        bool is_doubled = rest->length > 1 && rest->bytes[1] == brace;

        *literal = (struct mob_text){ rest->bytes, 1 };
        taken = is_doubled ? 2 : 1;
        if (brace == '{' && !is_doubled) {
            const char *end = memchr(rest->bytes, '}', rest->length);

            *part = MOB_REMINDER_UNKNOWN;
            taken = end ? (size_t)(end - rest->bytes) + 1 : rest->length;
            *literal = (struct mob_text){ rest->bytes, taken };
            for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (mob_text_is(*literal, mob_text_of(names[i])))
                    *part = MOB_REMINDER_LABEL + (enum mob_reminder_part)i;
        }
    }
    rest->bytes += taken;
    rest->length -= taken;
    return true;
}

void mob_policy_release(struct mob_policy *policy)
{
    mob_index_release(&policy->job_index);
    mob_index_release(&policy->programme_index);
    mob_index_release(&policy->solution_index);
    mob_index_release(&policy->resource_index);
    mob_index_release(&policy->pool_index);
    mob_arena_release(&policy->arena);
}
