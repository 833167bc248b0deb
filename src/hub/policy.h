/*
 * Policy in the hub: versioned, dated text, never changed; the version in force at an instant is the last that had
 * begun, or the first.
 *
 * A parsed version is kept for the life of the program, shared by all threads. Loading one recomputes the deadlines of
 * open episodes by the new calendar and hours and sets every worker's cap, in the same transaction; ended deadlines
 * are never touched.
 */
#ifndef HUB_POLICY_H
#define HUB_POLICY_H

#include "hub/hub.h"
#include "sql/policy.h"

/* The version in force at this instant, and its id for stamping on decisions. Needs no actor. */
NODISCARD bool policy_in_force(
	struct tx *, instant at, const struct policy **ret, struct policy_id *ret_version, struct error *);

struct policy_load {
	struct text source; /* as policy_read takes it */
	struct text note;   /* why */
};

struct policy_loaded {
	int64_t version;
	int64_t recomputed; /* episodes whose deadlines moved */
};

/* A new version, in force from now; INVALID with each line that is wrong. */
NODISCARD bool policy_load(struct hub *, const struct policy_load *, struct policy_loaded *ret, struct error *);

struct policy_view {
	int64_t version;
	instant valid_from;
	struct text loaded_by;
	struct text note;
	struct text text;                    /* the whole of it, as policy_write says it */
	struct policy_version_rows versions; /* the newest first, at most 100: version, valid_from, loaded_by, note */
};

NODISCARD bool policy_show(struct hub *, struct policy_view *ret, struct error *);

#endif
