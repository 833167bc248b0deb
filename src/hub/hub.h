/*
 * Hub: who acts, when, under which policy, in which transaction. Every action takes one and has no other way to
 * the time, the database or chance; so a test pins them and an action may be run again from the start.
 *
 * Life: an edge (request, command, job) fills one with hub_begin for the length of one transaction; everything it
 * points to lives in `arena`, which is also the transaction's. One thread.
 *
 * Views: reading a record is itself an entry on its access log. An action that shows case content calls
 * hub_viewed; in a writing transaction the entry is written at once, in a reading one it waits in `views`, and the
 * edge writes those (hub_write_views) before it lets the answer out.
 */
#ifndef HUB_HUB_H
#define HUB_HUB_H

#include "base/clock_source.h"
#include "base/random_source.h"
#include "db/changes.h"
#include "rules/access.h"
#include "rules/codes.h"
#include "rules/policy.h"
#include "sql/ids.h"

/* The built-in actor of the command line: whoever can open the database. Account 1, made by init. */
#define OPERATOR_ACCOUNT ((struct account_id){1})

struct actor {
	struct account_id account; /* 0: nobody is signed in */
	enum role role;
	bool deputy;   /* named as a manager's deputy for now */
	bool on_shift; /* an EDT manager: on a shift of the rota now; where it names nobody at all for now, out of hours */
	struct text name;
	struct text email;
	struct team_id team;
	bool is_operator;
};

struct viewed {
	enum action action;
	struct enquiry_id enquiry; /* 0: a list */
	struct text what;          /* which list, which filter; ids and field names only */
	struct viewed *next;
};

struct hub {
	struct tx *tx;
	struct arena *arena;
	instant now;         /* when what is done happens, cut to whole seconds */
	instant recorded_at; /* when it is written down: the same, except from a file */
	instant begun;       /* the edge's now, whatever `now` a file's steps have: that the policy is of */
	bool from_file;      /* a file tells what has happened: shifts, hours and second reasons aren't asked of it */
	struct random_source *random;
	struct actor actor;
	const struct policy *policy;
	struct policy_id policy_version; /* stamped on every decision */
	struct text authority;
	bool simulated;
	struct text request_id;
	struct viewed *views;
	struct hub_locks *locks; /* lock.h's own */
};

struct hub_edge {
	struct tx *tx;
	instant now;
	struct random_source *random;
	struct text request_id;
};

/* Loads what every action needs: authority, policy in force now, simulated or not. The actor is still nobody. */
NODISCARD bool hub_begin(const struct hub_edge *, struct hub *ret, struct error *);

/* Acts as this account from now on; refused when it is disabled or past its end date. */
NODISCARD bool hub_act_as(struct hub *, struct account_id, struct error *);
struct actor_get_row;
NODISCARD bool hub_act_as_row(struct hub *, const struct actor_get_row *, struct error *); /* read already */
NODISCARD bool hub_act_as_email(struct hub *, struct text email, struct error *);

/* The one predicate: may the actor do this at all? DENIED with who may. Rows are the visible_* views' to decide. */
NODISCARD bool hub_may(const struct hub *, enum action, struct error *);
bool hub_can(const struct hub *, enum action);

/*
 * How the actor stands to whatever the views show them: a service manager sees rows only because they are asked,
 * alarmed, or the record is restricted; everybody else ordinarily. For record_hide.
 */
enum relation hub_relation(const struct hub *);

/* The latest instant anything happened at: where a simulated hub's time goes on from. INSTANT_NONE for nothing. */
NODISCARD bool hub_latest(struct hub *, instant *ret, struct error *);

/* Notes that case content is about to be shown. */
NODISCARD bool hub_viewed(struct hub *, enum action, struct enquiry_id, struct text what, struct error *);

/* Writes the entries of an earlier reading transaction; `hub` stands in a writing one. */
NODISCARD bool hub_write_views(struct hub *, const struct viewed *, struct error *);

/*
 * Keeps of `views` only what isn't on the access log as this actor's since then: for a page that asks for itself again.
 * What it shows that its reader had not opened is logged like any look.
 */
NODISCARD bool hub_views_unlogged(struct hub *, instant since, struct error *);

/* Writes one entry on a record's access log: ids and field names only, in this transaction. */
struct audit_entry {
	enum action action;
	struct enquiry_id enquiry; /* 0: not about one enquiry */
	struct account_id about;   /* an account, else 0 */
	bool refused;
	bool look;          /* nothing was changed by it: open pages aren't told */
	struct text detail; /* field names, ids, codes; never what was said */
};
/* The entry's id, where the caller wants it (NULL allowed). */
NODISCARD bool audit_write(struct hub *, const struct audit_entry *, struct access_log_id *ret_entry, struct error *);

#endif
