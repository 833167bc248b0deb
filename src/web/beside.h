/*
 * Beside: what is kept beside an enquiry, as its page and the forms of its steps show it: contacts, oversight notes, who
 * may see it, what is new.
 */
#ifndef WEB_BESIDE_H
#define WEB_BESIDE_H

#include "web/steps.h"

/* "2 contacts and 1 oversight note": what others did since the person last opened it. */
struct text beside_news(struct arena *, const struct looked_news *);

/* "Telephone call, Mon 6 July, 10:42, with Harriet Quaint, mother: reached" */
struct text beside_contact(struct arena *, const struct contact_row *);

/* "The family was told." or "The family was not told: ..." */
struct text beside_family(struct arena *, const struct contact_row *);

/* Folding: the first few of a list stand open, the others behind a press. */
#define BESIDE_OPEN 5
struct beside_contacts {
	const struct contact_row *rows;
	size_t count;
};
struct beside_contacts beside_first(const struct contact_list *);
struct beside_contacts beside_rest(const struct contact_list *);

struct text beside_named_words(struct arena *, const struct restriction_view *); /* "Asha Rahman, Samir Patel" */

struct beside_glass {
	const struct restriction_glass_row *rows;
	size_t count;
};
struct beside_glass beside_broken(const struct restriction_view *);

/* Whom a step's form offers: to be named, to be taken off, to own it. */
NODISCARD bool beside_load(struct hub *, struct step_view *, struct error *);
void beside_choose(struct html *, const struct step_view *, enum field, const char *label, bool optional);

/* The page of contacts, the log of who looked. */
struct beside_page {
	struct text reference;
	struct text next;
	struct arena *arena;
	instant now;
	bool may_add;
};

/* "Read an enquiry, having broken the glass" */
struct text beside_looked(struct arena *, const struct looked_row *);

#endif
