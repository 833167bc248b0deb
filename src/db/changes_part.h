/* Changes, for the engines. Private to src/db. */
#ifndef DB_CHANGES_PART_H
#define DB_CHANGES_PART_H

#include <stdatomic.h>

#include "db/changes.h"

struct changes_teller;

struct changes {
	_Atomic int64_t number;
	_Atomic(struct changes_teller *) teller; /* PostgreSQL's; NULL: this process is the only one that counts */
};

/* Counts by itself, from the machine's time. */
void changes_init(struct changes *);

/* The next number: more than any before it. */
void changes_count(struct changes *);

/* A number that was heard; whatever it is, what is told from now on is more than before. */
void changes_hear(struct changes *, int64_t number);

/* What a writer's connection committed changed something. */
void changes_committed(struct changes *);

int64_t changes_number(const struct changes *);

/*
 * PostgreSQL: a thread with a connection of its own tells the other nodes and, where `listens`, hears them. One that only
 * tells connects when there is something to tell. changes_end tells what is still to be told.
 */
struct place;
NODISCARD bool changes_start(struct changes *, struct place *, bool listens, struct error *);
void changes_end(struct changes *);

/* Something was committed. Any thread. */
void changes_tell(struct changes_teller *);

#endif
