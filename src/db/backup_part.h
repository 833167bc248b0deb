/* The letters of a backup's parts. Private to src/db. */
#ifndef DB_BACKUP_PART_H
#define DB_BACKUP_PART_H

enum { PART_HEAD = 'H', PART_BLOCK = 'B', PART_MANIFEST = 'M' };

#endif
