/*
 * The staff of a demonstration: one of every role at least, all invented, with passwords made for this hub.
 *
 * The names that hold, screen and authorise are those of data/oxfordshire-2015; the others are made up beside them.
 */
#ifndef CLI_DEMO_STAFF_H
#define CLI_DEMO_STAFF_H

#include "base/random_source.h"
#include "cli/cli.h"
#include "hub/hub.h"

struct demo_person {
	const char *name;
	enum role role;
	const char *team;   /* or NULL */
	const char *agency; /* or NULL */
};

#define DEMO_STAFF_MOST 24

struct demo_staff {
	const struct demo_person *people[DEMO_STAFF_MOST];
	struct text emails[DEMO_STAFF_MOST];
	struct text passwords[DEMO_STAFF_MOST];
	struct account_id accounts[DEMO_STAFF_MOST];
	size_t count;
	struct account_id administrator;
};

/* Draws the passwords. */
void demo_staff_draw(struct demo_staff *, struct arena *, struct random_source *);

/* Makes the accounts; the operator acts. */
NODISCARD bool demo_staff_add(struct demo_staff *, struct hub *, struct error *);

/* Who can sign in: name, role, address and password of each, as a list of JSON or as lines. */
void demo_staff_json(struct json *, const struct demo_staff *);
void demo_staff_say(struct cli *, const struct demo_staff *);

#endif
