/*
 * Loans: a worker of another team who may hold enquiries of this workstream until then; it ends by itself. Their cap is
 * theirs wherever what they hold comes from, and what they hold when it ends stays with them.
 *
 * Source: domain.md, "held".
 */
#ifndef HUB_LOAN_H
#define HUB_LOAN_H

#include "hub/on_enquiry.h"
#include "sql/holding.h"

#define LOAN_DAYS_MOST 31

struct enquiry_lend {
	struct on_enquiry on; /* the enquiry whose workstream they are lent to */
	struct account_id worker;
	instant lent_until;
	struct text reason;
};

extern const struct input_type enquiry_lend_input;

NODISCARD bool enquiry_lend(struct hub *, const struct enquiry_lend *, struct error *);

/* Ends it now; NOT_FOUND where none of this id stands. */
NODISCARD bool loan_end(struct hub *, struct loan_id, struct error *);

/* Who could be lent to this workstream, and who is lent now. */
NODISCARD bool loan_candidates(struct hub *, struct workstream_id, struct loan_worker_rows *ret, struct error *);
NODISCARD bool loan_list(struct hub *, struct loan_rows *ret, struct error *);

#endif
