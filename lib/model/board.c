#include "model/board.h"

const char mob_mark_letters[] = ".-=rXoBA!#";
const char *const mob_mark_words[] = { "free",     "not in service", "no departure (closed)",
                                       "returned", "blocked",        "option",
                                       "booked",   "away",           "overdue",
                                       "clash" };
