/*
 * Accounts: who may act in the hub, and who may hold enquiries.
 *
 * An account without a password hash can't sign in (the people a file names). Social workers and EDT workers get a
 * staff number and a place in the table of workers with the policy's cap, so that enquiries can be allocated to them.
 * Accounts are disabled, never deleted: the access log refers to them.
 *
 * Source: domain.md, "People in the system".
 */
#ifndef HUB_ACCOUNT_H
#define HUB_ACCOUNT_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/account.h"

struct account_add {
	struct text email;
	struct text name;
	struct text role;      /* code */
	struct text agency;    /* optional: a partner's */
	struct text team;      /* optional: its name, which must be one */
	struct text password;  /* optional: without it they can't sign in; at least PASSWORD_CHARACTERS_LEAST */
	int64_t hours_percent; /* of full time; no value: 100. Only those who hold enquiries have hours. */
	day ends_on;           /* optional: contract staff; the last day they may sign in */
	struct text telephone; /* optional: where they are reached when they are on duty */
	struct text hashed;    /* set by the edge that hashed the password outside the transaction; else it is done here */
};

#define PASSWORD_CHARACTERS_LEAST 12

extern const struct input_type account_add_input;

/* Makes an account; refused where the email is taken or the team is unknown. `struct account_row` is what is shown. */
NODISCARD bool account_add(struct hub *, const struct account_add *, struct account_row *ret, struct error *);

struct account_disable {
	struct text email;
	bool unallocate; /* all they hold goes back; else somebody who holds anything is refused */
};

/* Can't sign in or act from now on; their sessions end. All or nothing. */
NODISCARD bool account_disable(struct hub *, const struct account_disable *, struct account_row *ret, struct error *);

/* By e-mail address or by name (the first made, where two are called the same). */
NODISCARD bool account_find(struct hub *, struct text email, struct account_row *ret, bool *ret_found, struct error *);
NODISCARD bool account_find_named(
	struct hub *, struct text name, struct account_row *ret, bool *ret_found, struct error *);

struct account_view {
	struct account_row *rows; /* by name */
	size_t count;
	int64_t total;
	struct account_id next; /* the cursor of the page after; 0: this is the last */
};

/* A page of accounts after this one (0: from the first); limit_rows nought is all of them. */
NODISCARD bool account_list(
	struct hub *, struct account_id after, int64_t limit_rows, struct account_view *ret, struct error *);

/* As addresses are kept and compared: in lower case. */
struct text account_email(struct arena *, struct text);

/* Those who may hold enquiries: social workers and EDT workers. */
bool role_holds(enum role);

#endif
