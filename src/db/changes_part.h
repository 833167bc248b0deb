/* Changes, for the engines. Private to src/db. */
#ifndef DB_CHANGES_PART_H
#define DB_CHANGES_PART_H

#include <stdatomic.h>

#include "db/changes.h"

struct changes_teller;

#define CHANGE_LIST_MOST 64

/* What some commits changed, each kind and id as one number. */
struct change_list {
	bool any;
	bool all; /* everything, or more than there is room for */
	int count;
	int64_t each[CHANGE_LIST_MOST];
};

void change_list_add(struct change_list *, int64_t one);
void change_list_add_all(struct change_list *);
void change_list_join(struct change_list *, const struct change_list *more);

struct changes {
	_Atomic int64_t number;
	_Atomic int64_t everything;              /* the latest that was about everything */
	_Atomic int64_t slots[CHANGE_SLOTS];     /* the latest that was about what falls into each */
	_Atomic(struct changes_teller *) teller; /* PostgreSQL's; NULL: this process is the only one that counts */
};

/* Counts by itself, from the machine's time. */
void changes_init(struct changes *);

/* The number that the hub's other nodes count from. */
void changes_start_at(struct changes *, int64_t number);

/* Everything may have changed: the next number, more than any before it. */
void changes_count(struct changes *);

/* A number that was heard, of this; whatever it is, what is told from now on is more than before. */
void changes_hear(struct changes *, int64_t number, const struct change_list *);
void changes_hear_all(struct changes *, int64_t number);

/* What a writer's connection committed; nothing is told where that is nothing people see. */
void changes_committed(struct changes *, const struct change_list *);

int64_t changes_number(const struct changes *);
int64_t changes_number_of(const struct changes *, const struct followed *);

/*
 * PostgreSQL: a thread with a connection of its own tells the other nodes and, where `listens`, hears them. One that only
 * tells connects when there is something to tell. changes_end tells what is still to be told.
 */
struct place;
NODISCARD bool changes_start(struct changes *, struct place *, bool listens, struct error *);
void changes_end(struct changes *);

/* This was committed. Any thread. */
void changes_tell(struct changes_teller *, const struct change_list *);

#endif
