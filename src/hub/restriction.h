/*
 * Restriction: an enquiry that named people see, and nobody else.
 *
 * visible_enquiry (the schema) decides who sees what; here people are named. An allegation against a professional is
 * restricted in the transaction that takes it in, whatever way it came. At once are named: who recorded it, and the
 * duty manager and the screener of the rota; where the rota names no duty manager, every practice manager; while the
 * hub is closed EDT on shift, else every EDT manager. Later who holds it, and whom a manager names. Everything else of
 * the life of an enquiry is as it always is.
 *
 * Source: domain.md, "Access", restricted records.
 */
#ifndef HUB_RESTRICTION_H
#define HUB_RESTRICTION_H

#include "hub/on_enquiry.h"
#include "sql/restriction.h"

#define RESTRICTION_PAGE_ROWS 25

struct restriction_put {
	struct on_enquiry on; /* of these steps no version is asked: they raise none */
	struct text restriction_kind;
	struct text restriction_reason;
	struct account_id owner; /* 0: the actor */
};
extern const struct input_type restriction_put_input;
NODISCARD bool enquiry_restrict(struct hub *, const struct restriction_put *, struct error *);

struct restriction_person_in {
	struct on_enquiry on;
	struct account_id account;
};
extern const struct input_type restriction_person_input;
NODISCARD bool restriction_name(struct hub *, const struct restriction_person_in *, struct error *);
NODISCARD bool restriction_remove(struct hub *, const struct restriction_person_in *, struct error *);

struct restriction_review {
	struct on_enquiry on;
	struct account_id owner; /* 0: stays */
};
extern const struct input_type restriction_review_input;
NODISCARD bool restriction_review(struct hub *, const struct restriction_review *, struct error *);

struct restriction_lift {
	struct on_enquiry on;
	struct text lifted_reason;
};
extern const struct input_type restriction_lift_input;
NODISCARD bool restriction_lift(struct hub *, const struct restriction_lift *, struct error *);

/* Does the actor see this enquiry only because they broke the glass? They look, and don't decide who else may. */
NODISCARD bool restriction_through_glass(struct hub *, struct enquiry_id, bool *ret, struct error *);

/* The restriction that stands on an enquiry, locked for an action; REFUSED where none does, DENIED through glass. */
struct restriction_locked {
	struct episode episode;
	struct restriction_row row;
};
NODISCARD bool restriction_locked(
	struct hub *, enum action, struct text reference, struct restriction_locked *ret, struct error *);

/* Is an allegation against a professional among these concerns, in whatever place? */
bool concerns_allege(struct text concerns);

/*
 * In the transaction that takes the enquiry in, or adds concerns: where one is an allegation it restricts, names people
 * and hands to the LADO; once.
 */
NODISCARD bool restriction_follow(struct hub *, struct episode *, struct text concerns, struct error *);

/*
 * Who is given it, holds it or takes it over sees it from now on; of an enquiry that isn't restricted, nothing. Every
 * action that gives an enquiry to somebody calls one of these.
 */
NODISCARD bool restriction_admit(struct hub *, struct enquiry_id, struct account_id, struct error *);
NODISCARD bool restriction_admit_duty(struct hub *, struct enquiry_id, struct error *);
NODISCARD bool restriction_admit_edt(struct hub *, struct enquiry_id, struct error *);

/* The chore: while one is unscreened, whoever comes on duty sees it. */
NODISCARD bool restriction_cover_due(struct hub *, bool *ret, struct error *);
NODISCARD bool restriction_cover(struct hub *, struct error *);

/* What stands on an enquiry the actor sees. */
struct restriction_view {
	bool stands;
	struct restriction_row row;
	struct restriction_person *people;
	size_t people_count;
	struct restriction_glass_row *glass;
	size_t glass_count;
	bool under_glass; /* the actor sees it only because they broke the glass */
};
NODISCARD bool restriction_view(struct hub *, struct enquiry_id, struct restriction_view *ret, struct error *);

struct restriction_list {
	struct restriction_line *rows;
	size_t count;
	struct text next;
};
NODISCARD bool restriction_list(struct hub *, struct text cursor, struct restriction_list *ret, struct error *);

/* How many reviews are due of what the actor may see, for whoever may review; nought for others. */
NODISCARD bool restriction_reviews_due(struct hub *, int64_t *ret, struct error *);

/* Whom to speak to about a record one may not see: its owner, else the duty manager. */
struct text restriction_speak_to(struct text owner_name, struct account_id owner);

#endif
