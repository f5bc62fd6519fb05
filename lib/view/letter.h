/* What of a text a page or a calendar may hold. */
#ifndef MOB_VIEW_LETTER_H
#define MOB_VIEW_LETTER_H

#include "base/error.h"

/* The length of the character with which `text`, not empty, begins, or 0 where it may not be written as it is: what is
 * not printable UTF-8 (mob_printable), and the code points that are no characters. The marks U+200E and U+200F may,
 * with which names in Arabic and Hebrew are written: they turn nothing but what stands next to them. */
size_t mob_letter_size(struct mob_text text);

#endif
