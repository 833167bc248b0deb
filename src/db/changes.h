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
 */
#ifndef DB_CHANGES_H
#define DB_CHANGES_H

#include "db/db.h"

#define CHANGES_EVERY_MS 250

/* This transaction changes something people see; told when it is committed. A look, a session, a draft don't. */
void tx_changed(struct tx *);

/* The number as it was before this transaction read anything: what it shows is at least as new. */
int64_t tx_change_number(const struct tx *);

/* The latest this node knows of. Any thread, no transaction. */
int64_t db_change_number(struct db *);

#endif
