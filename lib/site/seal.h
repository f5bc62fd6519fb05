/* The `check` of the ledger: XXH3-64 of every byte of a file before it (CALENDAR.md, "How: commit by replacement").
 *
 * Call order: mob_seal_init, then mob_seal_add for the bytes in order and mob_seal_print wherever a check stands, then
 * mob_seal_release. Of the room `site` alone. */
#ifndef MOB_SITE_SEAL_H
#define MOB_SITE_SEAL_H

#include "base/text.h"

enum {
    MOB_CHECK_LENGTH = 16 /* hex digits, most significant first */
};

struct XXH3_state_s;

struct mob_seal {
    struct XXH3_state_s *hash;
};

void mob_seal_init(struct mob_seal *seal);
void mob_seal_add(struct mob_seal *seal, struct mob_text bytes);

/* The check of all bytes so far, ended by a NUL. More may be added. */
void mob_seal_print(const struct mob_seal *seal, char check[MOB_CHECK_LENGTH + 1]);

void mob_seal_release(struct mob_seal *seal);

#endif
