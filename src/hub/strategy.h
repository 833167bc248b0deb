/*
 * Strategy discussion: requested by one person without a signature, from screening on; recorded when it was held. Each
 * has its own clocks: requested and not held is late after a working day, and where it decides section 47 a conference
 * is due. Several may follow one another; one at a time waits.
 *
 * It adds to the record and doesn't raise the version. Source: domain.md, "Outcomes (per child)", section_47.
 */
#ifndef HUB_STRATEGY_H
#define HUB_STRATEGY_H

#include "hub/on_enquiry.h"
#include "sql/strategy.h"

struct strategy_request {
	struct on_enquiry on;
	struct text reason;
};

extern const struct input_type strategy_request_input;
NODISCARD bool strategy_request(struct hub *, const struct strategy_request *, struct error *);

struct strategy_record {
	struct on_enquiry on;
	instant strategy_held_at;
	struct text agencies;  /* codes with ';': who took part */
	struct text took_part; /* their names */
	struct text strategy_decision;
	instant police_protection_at; /* no value: none */
};

extern const struct input_type strategy_record_input;

/*
 * The one requested and not yet held, of whichever episode. A section 47 starts when it was held, and the conference is
 * due from then; police protection told of here is recorded with its own end.
 */
NODISCARD bool strategy_record(struct hub *, const struct strategy_record *, struct error *);

struct conference_record {
	struct on_enquiry on;
	instant conference_held_at;
};

extern const struct input_type conference_record_input;

/* The child protection conference that follows was held: of those waited for, the one first due. */
NODISCARD bool strategy_conference(struct hub *, const struct conference_record *, struct error *);

/* What of an enquiry's discussions still has its own clock. */
struct strategy_waits {
	bool to_be_held;
	bool conference;
};
NODISCARD bool strategy_waits(struct hub *, const struct episode *, struct strategy_waits *ret, struct error *);

/* When one was last requested; no value: never. */
NODISCARD bool strategy_requested(struct hub *, const struct episode *, instant *ret, struct error *);

/* True where one was held with social care, police and health at least. */
NODISCARD bool strategy_was_held(struct hub *, const struct episode *, bool *ret, struct error *);

#endif
