/*
 * Copy: a database as one file, read through and found whole before it counts. Private to src/db.
 */
#ifndef DB_COPY_H
#define DB_COPY_H

#include "base/error.h"

/* Writes `into` by way of a .part file beside it; what stood there is replaced only by a whole copy. */
NODISCARD bool copy_verified(const char *path, const char *into, struct error *err);

#endif
