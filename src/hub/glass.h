/*
 * Breaking the glass: the duty manager and EDT on duty open a restricted record for a while, with a reason. Its owner is
 * told the same day, and every look is on its access log as such. Where the rota names nobody, practice managers and EDT
 * may.
 *
 * Source: domain.md, "Access".
 */
#ifndef HUB_GLASS_H
#define HUB_GLASS_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/glass.h"

struct glass_break {
	struct restriction_id restriction; /* what a search met; or: */
	struct text reference;
	struct text glass_reason;
};
extern const struct input_type glass_break_input;

/* May the actor, at this time? DENIED in words. */
NODISCARD bool glass_may(struct hub *, struct error *);

/* The record that is asked for, for the form: whose it is. NOT_FOUND where none is so. */
NODISCARD bool glass_record_of(struct hub *, const struct glass_break *, struct glass_record_row *ret, struct error *);

NODISCARD bool glass_break(struct hub *, const struct glass_break *, struct text *ret_reference, struct error *);

/* The restriction is lifted: whoever had it open by breaking the glass sees it like everybody. */
NODISCARD bool glass_over(struct hub *, struct enquiry_id, struct error *);

/* The chore: what has expired ends, and with it the alarm that the owner has answered. */
NODISCARD bool glass_due(struct hub *, bool *ret, struct error *);
NODISCARD bool glass_expire(struct hub *, struct error *);

#endif
