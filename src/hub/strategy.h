/*
 * Strategy discussion: requested by one person without a signature, from screening on; recorded when it was held.
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

/* The one requested last and not yet held; also after the decision, until closed. */
NODISCARD bool strategy_record(struct hub *, const struct strategy_record *, struct error *);

/* When one was last requested; no value: never. */
NODISCARD bool strategy_requested(struct hub *, const struct episode *, instant *ret, struct error *);

/* True where one was held with social care, police and health at least. */
NODISCARD bool strategy_was_held(struct hub *, const struct episode *, bool *ret, struct error *);

#endif
