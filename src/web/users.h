/*
 * Users: the accounts of the hub, for the system administrator. No case content stands on these pages.
 */
#ifndef WEB_USERS_H
#define WEB_USERS_H

#include "html/inputs.h"
#include "hub/account.h"
#include "hub/removal.h"
#include "web/page.h"

#define USERS_PAGE_ROWS 25

struct user_form_view {
	struct form_state form;
	struct team_list_rows teams;
	struct arena *arena;
};

/* The roles and teams one can choose, none chosen; the operator's is nobody's to give. */
struct options user_roles(const struct user_form_view *);
struct options user_teams(const struct user_form_view *);
struct text user_problem(const struct user_form_view *, const char *field);

/* "can sign in", "disabled 3 June 2015", "can't sign in: no password", "ended 3 June 2015". */
struct text user_state(struct arena *, const struct account_row *, instant now);
struct text user_caseload(struct arena *, const struct account_row *);
struct text user_place(const struct account_row *);

/* May it be disabled: it isn't yet, and it is neither the operator's nor one's own. */
bool user_disablable(const struct hub *, const struct account_row *);

/* "12 open, 2 of them waiting for a manager's authorisation"; "holds 1 that found no room" */
struct text user_leaves(struct arena *, const struct removal_counts_row *);

#endif
