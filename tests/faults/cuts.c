#include "disk.h"
#include "judge.h"
#include "parts.h"

#include <stdio.h>
#include <xxhash.h>

enum { STATES_MAX = 1024 };

static const struct inject_fault no_fault = { .action = INJECT_NOTHING };

/* Two states of the disk that are the same are tried once. */
static XXH64_hash_t hash_of(const struct site_files *files)
{
    XXH64_hash_t hash = 0;

    for (size_t i = 0; i < files->count; i++) {
        hash = XXH3_64bits_withSeed(files->files[i].name, SITE_NAME_MAX, hash + 1);
        hash = XXH3_64bits_withSeed(files->files[i].bytes, files->files[i].length, hash);
    }
    return hash;
}

/* The power was cut behind a run: each state in which the site may be found keeps what was said, and completes. */
static void try_states(struct part *part, const struct outcome *outcome, const char *kind)
{
    static struct site_files files;
    XXH64_hash_t tried[STATES_MAX];
    int tried_count = 0;

    for (int number = 0; number < disk_state_count(); number++) {
        XXH64_hash_t hash;
        int i = 0;

        disk_state(number, &files);
        hash = hash_of(&files);
        while (i < tried_count && tried[i] != hash)
            i++;
        if (i == tried_count && tried_count < STATES_MAX)
            tried[tried_count++] = hash;
        else
            i = STATES_MAX;
        if (i < STATES_MAX) {
            site_put(part->scenario->directory, &files);
            judge_count(kind);
            judge_outcome_with(part->scenario, outcome, (struct judge_leave){ .is_cut = true });
            judge_again(part->scenario);
        }
        site_release(&files);
    }
}

/* Starts anew, with all of `before` on the disk. */
static void start_anew(const struct scenario *scenario)
{
    site_put(scenario->directory, &scenario->before);
    disk_begin(scenario->directory);
}

/* Cut at a call of the first run, or where it has ended. */
static void cut(struct part *part, int at, enum inject_action action)
{
    static struct outcome outcome;

    if (!part_takes_next(part))
        return;
    start_anew(part->scenario);
    scenario_run(part->scenario, (struct inject_fault){ at, action, 0 }, &outcome);
    disk_end();
    judge_name("%s: %s, power cut at call %d", part->scenario->name, inject_action_names[action], at);
    try_states(part, &outcome, action == INJECT_LYING_DISK ? "power cut of a lying disk" : "power cut, modelled");
}

/* Killed at a call, then run again, and cut at a call of that. Nothing was synced in between. */
static void cut_second(struct part *part, int killed_at, int at, enum inject_action action)
{
    static struct outcome outcome;

    if (!part_takes_next(part))
        return;
    start_anew(part->scenario);
    scenario_run(part->scenario, (struct inject_fault){ killed_at, INJECT_KILL, 0 }, &outcome);
    scenario_run(part->scenario, (struct inject_fault){ at, action, 0 }, &outcome);
    disk_end();
    judge_name("%s: killed at call %d, again, %s, power cut at call %d", part->scenario->name, killed_at,
               inject_action_names[action], at);
    if (inject_seen->happened || at >= inject_seen->count)
        try_states(part, &outcome, action == INJECT_LYING_DISK ? "power cut of a lying disk" : "power cut, modelled");
}

/* Only such a call makes a difference to what is on the disk. */
static bool changes_disk(enum inject_call call)
{
    return call == INJECT_OPENAT || call == INJECT_WRITE || call == INJECT_FSYNC || call == INJECT_RENAMEAT ||
           call == INJECT_UNLINKAT;
}

/* Whether a cut at the call `at` finds another disk than one a call earlier. */
static bool is_worth_a_cut(const struct inject_seen *seen, int at)
{
    return at == 0 || at == seen->count || changes_disk(seen->calls[at - 1]);
}

/* The calls of the run that comes behind one that was killed. */
static void see_second(const struct scenario *scenario, int killed_at, struct inject_seen *seen)
{
    static struct outcome outcome;

    site_put(scenario->directory, &scenario->before);
    scenario_run(scenario, (struct inject_fault){ killed_at, INJECT_KILL, 0 }, &outcome);
    scenario_run(scenario, no_fault, &outcome);
    *seen = *inject_seen;
}

void part_cuts(struct part *part)
{
    const struct inject_seen *seen = &part->scenario->first_seen;
    struct inject_seen second;

    for (int at = 0; at <= seen->count; at++) {
        if (is_worth_a_cut(seen, at))
            cut(part, at, INJECT_KILL);
        if (at < seen->count && seen->calls[at] == INJECT_FSYNC)
            cut(part, at, INJECT_LYING_DISK);
    }
    for (int killed_at = seen->count - 1; killed_at >= 0; killed_at -= part->stride) {
        if (!is_worth_a_cut(seen, killed_at))
            continue;
        see_second(part->scenario, killed_at, &second);
        for (int at = 0; at <= second.count; at++) {
            if (is_worth_a_cut(&second, at))
                cut_second(part, killed_at, at, INJECT_KILL);
            if (at < second.count && second.calls[at] == INJECT_FSYNC)
                cut_second(part, killed_at, at, INJECT_LYING_DISK);
        }
    }
}
