#include "judge.h"
#include "parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct outcome outcome;

static const struct inject_fault no_fault = { .action = INJECT_NOTHING };

/* One fault in one run, which starts at `found`. What is behind a fault that changed the course is not always reached:
 * only what really happened is counted. */
static bool inject(const struct scenario *scenario, const struct site_files *found, struct inject_fault fault,
                   const char *kind)
{
    bool may_leave_new = fault.action == INJECT_DEAD || site_has_new(found);

    site_put(scenario->directory, found);
    scenario_run(scenario, fault, &outcome);
    if (!inject_seen->happened)
        return false;
    judge_count(kind);
    judge_outcome_with(scenario, &outcome, (struct judge_leave){ .found = found, .may_leave_new = may_leave_new });
    return true;
}

static void single(struct part *part, struct inject_fault fault, const char *kind)
{
    const struct scenario *scenario = part->scenario;

    if (!part_takes_next(part))
        return;
    judge_name("%s: %s at call %d, %s: %s", scenario->name, inject_action_names[fault.action], fault.at,
               inject_call_names[scenario->first_seen.calls[fault.at]], strerror(fault.failure));
    if (!inject(scenario, &scenario->before, fault, kind))
        judge_say("broken", "the fault did not happen");
    judge_again(scenario);
}

/* Calls `visit` for each fault that the call number `at` may have. */
static void for_each_fault(struct part *part, int at, enum inject_call call,
                           void (*visit)(struct part *part, struct inject_fault fault, const char *kind))
{
    visit(part, (struct inject_fault){ at, INJECT_KILL, 0 }, "table, KILL");
    visit(part, (struct inject_fault){ at, INJECT_KILL_AFTER, 0 }, "table, KILL");
    for (const int *failure = inject_failures(call); *failure; failure++)
        visit(part, (struct inject_fault){ at, INJECT_FAIL, *failure }, "table, errno");
    if (call == INJECT_RENAMEAT || call == INJECT_FSYNC || call == INJECT_UNLINKAT || call == INJECT_FCHMOD)
        visit(part, (struct inject_fault){ at, INJECT_LIE, EIO }, "table, done and reported as failed");
    if (call == INJECT_WRITE) {
        visit(part, (struct inject_fault){ at, INJECT_HALF_KILL, 0 }, "table, short write");
        visit(part, (struct inject_fault){ at, INJECT_HALF_FAIL, ENOSPC }, "table, short write");
    }
    visit(part, (struct inject_fault){ at, INJECT_DEAD, EIO }, "table, all fails from here on");
}

void part_singles(struct part *part)
{
    const struct inject_seen *seen = &part->scenario->first_seen;

    for (int at = 0; at < seen->count; at++)
        for_each_fault(part, at, seen->calls[at], single);
}

/* ---- pairs ---- */

static struct site_files left; /* by the first run */
static int killed_at;

static void pair(struct part *part, struct inject_fault fault, const char *kind)
{
    const struct scenario *scenario = part->scenario;

    (void)kind;
    if (!part_takes_next(part))
        return;
    judge_name("%s: killed at call %d, then %s at call %d: %s", scenario->name, killed_at,
               inject_action_names[fault.action], fault.at, strerror(fault.failure));
    if (inject(scenario, &left, fault, "pairs"))
        judge_again(scenario);
}

void part_pairs(struct part *part)
{
    const struct scenario *scenario = part->scenario;
    struct site_files previous = { .count = 0 };

    for (killed_at = 0; killed_at < scenario->first_seen.count; killed_at += part->stride) {
        static struct inject_seen seen;

        site_put(scenario->directory, &scenario->before);
        scenario_run(scenario, (struct inject_fault){ killed_at, INJECT_HALF_KILL, 0 }, &outcome);
        if (outcome.signal == 0) {
            site_put(scenario->directory, &scenario->before);
            scenario_run(scenario, (struct inject_fault){ killed_at, INJECT_KILL, 0 }, &outcome);
        }
        site_take(scenario->directory, &left);
        scenario_run(scenario, no_fault, &outcome);
        seen = *inject_seen;
        /* What the run behind it finds is the same as after the call before: so would be all that follows. */
        if (killed_at == 0 || !site_is_identical(&left, &previous))
            for (int at = 0; at < seen.count; at++)
                for_each_fault(part, at, seen.calls[at], pair);
        site_release(&previous);
        previous = left;
    }
    site_release(&previous);
}
