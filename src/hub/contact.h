/*
 * Contact log: every call, message, visit, meeting, letter, chaser and emergency action of an enquiry: when, with whom,
 * reached or not, what was said, and whether the family was told or why not. Added to, never changed; an addition
 * raises no version.
 *
 * When it was: not in the future. Before the enquiry was received is allowed, because a professional often rings
 * before they write, and then what was said has to be there. Whether the family was told is asked of everything but a
 * chaser, which is about an answer and not about the family.
 *
 * Source: domain.md, "Outcomes (per child)", the contact log.
 */
#ifndef HUB_CONTACT_H
#define HUB_CONTACT_H

#include "hub/on_enquiry.h"
#include "sql/contact.h"

#define CONTACT_PAGE_ROWS  20
#define CONTACTS_ON_RECORD 10 /* as many stand on the enquiry's own page */

struct contact_log {
	struct on_enquiry on; /* the version is not asked */
	struct text contact_kind;
	instant at; /* no value: now */
	struct text with_whom;
	bool reached;
	struct text said;
	struct text family_told;
	struct text family_not_told_reason;
};

extern const struct input_type contact_log_input;
NODISCARD bool contact_log(struct hub *, const struct contact_log *, struct error *);

struct contact_list {
	struct contact_row *rows;
	size_t count;
	int64_t total;
	struct text next; /* cursor; no value on the last page */
};

/* The latest first. What the actor's role may not see is already "no value". */
NODISCARD bool contact_list(
	struct hub *, struct enquiry_id, struct text cursor, int64_t limit, struct contact_list *ret, struct error *);

#endif
