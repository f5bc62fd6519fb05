/* The system's time zones: files below /usr/share/zoneinfo, named as in Europe/Paris. */
#ifndef MOB_IO_ZONEINFO_H
#define MOB_IO_ZONEINFO_H

#include "base/text.h"

/* Appends the bytes of the file of a zone. 0, or -1 where there is none of that name: no name leads out of the
 * directory. */
int mob_zoneinfo_read(struct mob_text name, struct mob_buffer *bytes);

#endif
