/*
 * Lock: one process at a time has a hub's database open. flock on PATH.lock, so it goes when the process does. The
 * file says whether a server or a command holds it. Private to src/db.
 */
#ifndef DB_LOCK_H
#define DB_LOCK_H

#include "base/error.h"

/* A server doesn't wait; a command waits a few seconds for another command, never for a server. ERROR_BUSY. */
NODISCARD bool lock_take(const char *database_path, bool server, int *ret_fd, struct error *);
void lock_release(int fd);

#endif
