/* Changes, for the engines. Private to src/db. */
#ifndef DB_CHANGES_PART_H
#define DB_CHANGES_PART_H

#include <stdatomic.h>

#include "db/changes.h"

struct changes {
	_Atomic int64_t number;
};

void changes_init(struct changes *);

/* The next number: more than any before it. */
void changes_count(struct changes *);

/* What a writer's connection committed changed something. */
void changes_committed(struct changes *);

int64_t changes_number(const struct changes *);

#endif
