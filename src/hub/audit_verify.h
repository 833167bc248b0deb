/*
 * Verifying the access log: that it is complete and in order.
 *
 * The entries of each record are numbered 1 to n without a hole, in the order they were written, and every step of the
 * life cycle has the entry that was written with it. (That nothing was changed within an entry is the seal's to show.)
 */
#ifndef HUB_AUDIT_VERIFY_H
#define HUB_AUDIT_VERIFY_H

#include "hub/hub.h"

struct audit_check {
	bool ok;
	int64_t entries;
	struct access_log_id first_bad; /* 0: none; where an entry is missing, the first behind it or its own id */
	const char *why;                /* NULL: none */
};

NODISCARD bool audit_verify(struct hub *, struct audit_check *ret, struct error *);

#endif
