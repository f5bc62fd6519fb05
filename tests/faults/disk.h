/* A disk that forgets what was not synced: it follows the system calls of the runs in a site's directory (inject.c
 * tells it), and after a power cut says in which states the site may be found.
 *
 * What fsync has put there stays. Of what was changed in the directory since its last fsync any part may have
 * happened; what was written into a file since its last fsync may be there, be missing, be there by half, or be zeros.
 *
 * Calling sequence: disk_init once; disk_begin, runs; then disk_state for each number below disk_state_count. */
#ifndef MOB_TESTS_FAULTS_DISK_H
#define MOB_TESTS_FAULTS_DISK_H

#include "site.h"

void disk_init(void);

/* All that is in the site is on the disk. From here on what runs do is followed, until disk_end. */
void disk_begin(int directory);
void disk_end(void);

void disk_note_create(const char *name, int descriptor);
void disk_note_write(int descriptor, const char *bytes, size_t length);
void disk_note_fsync(int descriptor);
void disk_note_rename(const char *name, const char *new_name);
void disk_note_unlink(const char *name);

int disk_state_count(void);
void disk_state(int number, struct site_files *files);

#endif
