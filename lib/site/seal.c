#include "site/seal.h"

#include "base/arena.h"

#include <stdio.h>
#include <xxhash.h>

void mob_seal_init(struct mob_seal *seal)
{
    seal->hash = XXH3_createState();
    if (!seal->hash)
        mob_memory_exhausted();
    XXH3_64bits_reset(seal->hash);
}

void mob_seal_add(struct mob_seal *seal, struct mob_text bytes)
{
    XXH3_64bits_update(seal->hash, bytes.bytes, bytes.length);
}

void mob_seal_print(const struct mob_seal *seal, char check[MOB_CHECK_LENGTH + 1])
{
    snprintf(check, MOB_CHECK_LENGTH + 1, "%016llx", (unsigned long long)XXH3_64bits_digest(seal->hash));
}

void mob_seal_release(struct mob_seal *seal)
{
    XXH3_freeState(seal->hash);
    seal->hash = NULL;
}
