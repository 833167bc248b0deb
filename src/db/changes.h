/*
 * Changes: a number that grows after every commit that changed something people see, so that an open page can ask
 * whether anything is new without reading the database.
 *
 * Never hides news: what is committed before a number is read is in what is read after it, so a page that takes its
 * number first and reads then misses nothing; it may be told of a change it shows already. It grows for ever, also
 * over a restart (it counts from the machine's time), is the same for every node of a hub, and stays below 2^53.
 *
 * SQLite: the server counts, after the group's sync. PostgreSQL: whoever committed takes the next number and notifies,
 * at most every CHANGES_EVERY_MS, on a connection of its own (inside a transaction it would put commits in a queue); every
 * node listens. While a node can't hear, its number grows by itself: it says that something may have changed.
 *
 * A change may say what it is about: then who follows other things is not told. It says so only where nothing else that
 * anybody is shown was touched; a change that says nothing is about everything. What is followed is kept as the latest number
 * of each of CHANGE_SLOTS slots that ids fall into: two that share one hear of each other's changes, and nothing is forgotten.
 */
#ifndef DB_CHANGES_H
#define DB_CHANGES_H

#include "db/db.h"

#define CHANGES_EVERY_MS 250
#define CHANGE_SLOTS     8192
#define FOLLOWED_MOST    24

enum change_kind { CHANGE_ENQUIRY, CHANGE_PERSON, CHANGE_KINDS };

/* This transaction changes something people see; told when it is committed. A look, a session, a draft don't. */
void tx_changed(struct tx *);

/* It changes only what this is, and what a page says of it; of several such, these. */
void tx_changed_of(struct tx *, enum change_kind, int64_t id);

/* What somebody follows; {0}, or with more than there is room for: everything. */
struct followed {
	int count; /* less than nought: more than there is room for */
	uint16_t slots[FOLLOWED_MOST];
};
void followed_add(struct followed *, enum change_kind, int64_t id);

/* The number as it was before this transaction read anything: what it shows is at least as new. */
int64_t tx_change_number(const struct tx *);

/* The latest this node knows of. Any thread, no transaction. */
int64_t db_change_number(struct db *);

/* Of the changes to what is followed the latest; and the same for a transaction that only reads: never older than it. */
int64_t db_change_number_of(struct db *, const struct followed *);
int64_t tx_change_number_of(const struct tx *, const struct followed *);

#endif
