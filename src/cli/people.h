/*
 * People a file names: found by name among the accounts, or made as accounts that can't sign in.
 */
#ifndef CLI_PEOPLE_H
#define CLI_PEOPLE_H

#include "hub/hub.h"

struct person {
	struct text name;
	struct account_id account;
};

struct people {
	struct arena *arena; /* what is known stays in it */
	bool create;
	struct person *rows;
	size_t count;
	size_t capacity;
};

/* What somebody would be, were they to be made. */
struct person_wanted {
	struct text name;
	enum role role;
	struct text team;
};

/* 0 in *ret where nobody is called so and none is to be made. Made by whoever acts. */
NODISCARD bool people_find(
	struct people *, struct hub *, const struct person_wanted *, struct account_id *ret, struct error *);

/* "asha.rahman@DOMAIN" */
struct text people_email(struct arena *, struct text name, const char *domain);

#endif
