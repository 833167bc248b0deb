/*
 * Protection: police protection (72 hours) and emergency protection orders (8 days, ending at the court's time), of one
 * child or of all of an enquiry. It stands on the list of clocks until somebody records that it ended: one that ran
 * out unseen is late there.
 *
 * Source: domain.md, "Other clocks". It adds to the record and doesn't raise the version.
 */
#ifndef HUB_PROTECTION_H
#define HUB_PROTECTION_H

#include "hub/on_enquiry.h"

struct protection_record {
	struct on_enquiry on;
	struct text protection_kind;
	int64_t child;            /* its place in the enquiry; no value: all of them */
	instant protection_from;  /* when it began */
	instant protection_until; /* the court's time; no value: the longest there is */
	struct text ordered_by;   /* the officer, or the court */
};

extern const struct input_type protection_record_input;
NODISCARD bool protection_record(struct hub *, const struct protection_record *, struct error *);

struct protection_over {
	struct on_enquiry on;
	struct protection_id protection;
	instant protection_ended_at; /* no value: now */
	struct text protection_ended_reason;
};

extern const struct input_type protection_over_input;
NODISCARD bool protection_over(struct hub *, const struct protection_over *, struct error *);

/* What a strategy discussion tells of police protection of all the children: nothing where that is on record. */
NODISCARD bool protection_police_told(struct hub *, const struct episode *, instant from, struct error *);

#endif
