#include "rule/candidate.h"

bool mob_candidate_is(const struct mob_candidate *row, bool has_chosen, const struct mob_entry *making_way)
{
    if (has_chosen)
        return row->is_chosen;
    if (!row->is_match)
        return false;
    return !making_way || (mob_text_is(row->solution, making_way->solution) && row->out == making_way->out &&
                           row->back == making_way->back);
}
