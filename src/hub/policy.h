/*
 * Policy in the hub: versioned, dated text; the version in force is the last that had begun.
 *
 * A parsed version is kept for the life of the program (versions never change), shared by all threads.
 */
#ifndef HUB_POLICY_H
#define HUB_POLICY_H

#include "hub/hub.h"

/* The version in force at this instant, and its id for stamping on decisions. Needs no actor. */
NODISCARD bool policy_in_force(
	struct tx *, instant at, const struct policy **ret, struct policy_id *ret_version, struct error *);

#endif
