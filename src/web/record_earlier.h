/*
 * Earlier enquiries that may be about the same child as one that is about to be recorded.
 */
#ifndef WEB_RECORD_EARLIER_H
#define WEB_RECORD_EARLIER_H

#include "hub/enquiry.h"
#include "hub/enquiry_list.h"

#define EARLIER_ROWS_MOST 12
#define EARLIER_PER_CHILD 3

struct record_earlier {
	struct enquiry_found *rows;
	size_t count;
	bool more; /* there are others, not shown */
};

NODISCARD bool record_find_earlier(
	struct hub *, const struct enquiry_receive *, struct record_earlier *ret, struct error *);

#endif
