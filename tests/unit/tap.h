/* What a unit test says: one line a check, TAP. Call mob_tap_check for each, then return mob_tap_finish(). */
#ifndef MOB_TESTS_UNIT_TAP_H
#define MOB_TESTS_UNIT_TAP_H

#include <stdbool.h>
#include <stdio.h>

static int mob_tap_checks;
static int mob_tap_failures;

/* `ok N - name`, or `not ok N - name`. */
static inline void mob_tap_check(bool good, const char *name)
{
    mob_tap_checks++;
    mob_tap_failures += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", mob_tap_checks, name);
    fflush(stdout);
}

/* The plan; returns main's exit status. */
static inline int mob_tap_finish(void)
{
    printf("1..%d\n", mob_tap_checks);
    return mob_tap_failures ? 1 : 0;
}

#endif
