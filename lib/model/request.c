#include "model/request.h"

const char *const mob_when_words[] = { "wanted", "later", "none", NULL };
