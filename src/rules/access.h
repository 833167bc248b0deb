/*
 * Access: who may do what, and who may see which fields, by role.
 *
 * The row is decided by the database's visible_* views; here the action and the field, from the role and from the
 * relation the row carries. One predicate, used by every way in. Pure.
 *
 * Source: domain.md, "People in the system" and "Access".
 */
#ifndef RULES_ACCESS_H
#define RULES_ACCESS_H

#include "base/error.h"
#include "rules/codes.h"
#include "rules/fields.h"

struct access_actor {
	enum role role;
	bool deputy; /* a social worker named as deputy for this date may do what a practice manager may */
};

/* How a person stands to a record. */
enum relation {
	RELATION_NONE,
	RELATION_ORDINARY, /* an unrestricted record of their authority */
	RELATION_ASKED,    /* asked to sign it, or alarmed about it */
};

bool access_may(struct access_actor, enum action);

/* The same, refusing with ERROR_DENIED in words. */
NODISCARD bool access_check(struct access_actor, enum action, struct error *);

/* May this role see fields of this kind on a record it stands so to? Secrets nobody. */
bool access_sees(enum role, enum field_see, enum relation);
bool access_sees_field(enum role, enum field, enum relation);

/* May this role see rows of case tables at all, as the views have it: hub staff and the project manager ordinarily. */
bool access_reads(enum role, enum relation);

/* Social workers and EDT workers: whose screening identifies the risk. */
bool role_screens(enum role);

#endif
