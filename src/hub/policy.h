/*
 * Policy in the hub: versioned, dated text, never changed; the version in force at an instant is the last that had
 * begun, or the first.
 *
 * A version is in force from now or from a later time. When it begins, the deadlines of open episodes are reckoned
 * again by its calendar and hours (policy_moves.h), a changed cap is every worker's and its directory of services is what is
 * offered; ended deadlines are never
 * touched. policy_try says beforehand what would move. A parsed version is kept for the life of the program, shared by
 * all threads.
 */
#ifndef HUB_POLICY_H
#define HUB_POLICY_H

#include "hub/policy_moves.h"

/* The version in force at this instant, and its id for stamping on decisions. Needs no actor. */
NODISCARD bool policy_in_force(
	struct tx *, instant at, const struct policy **ret, struct policy_id *ret_version, struct error *);

/* A version's content, parsed once for all who ask. */
NODISCARD bool policy_parse(struct arena *, struct text content, const struct policy **ret, struct error *);

struct policy_load {
	struct text source; /* as policy_read takes it */
	struct text note;   /* why */
	instant valid_from; /* no value: now */
	int64_t seen;       /* the latest version that the person saw; INT_NONE: whatever stands */
};

struct policy_loaded {
	int64_t version;
	instant valid_from;
	int64_t recomputed; /* episodes whose deadlines moved; a version of a later date moves them when it begins */
	int64_t stay;       /* would have passed already, and stay */
};

/* A new version; INVALID with each line that is wrong; STALE where another was loaded since the one that was seen. */
NODISCARD bool policy_load(struct hub *, const struct policy_load *, struct policy_loaded *ret, struct error *);

/* What loading it would do, without doing it. */
struct policy_preview {
	const struct policy *before; /* in force when it begins */
	const struct policy *after;
	struct text text; /* as it would be kept */
	instant valid_from;
	bool later; /* it begins later than now */
	int64_t seen;
	struct policy_moves moves; /* of what stands open now */
	int64_t next_version;      /* one that begins later still, without these changes; 0: none */
	instant next_from;
};

NODISCARD bool policy_try(struct hub *, const struct policy_load *, struct policy_preview *ret, struct error *);

struct policy_view {
	int64_t version;
	instant valid_from;
	instant recorded_at;
	struct text loaded_by;
	struct text note;
	struct text text; /* the whole of it, as policy_write says it */
	const struct policy *policy;
	bool in_force;
	int64_t latest;                      /* the version that was loaded last */
	struct policy_version_rows versions; /* the newest first, at most 100: version, valid_from, loaded_by, note */
};

NODISCARD bool policy_show(struct hub *, struct policy_view *ret, struct error *);

/* One version, and the one that `since` names (0: the one before it) to compare it with; NULL for the first. */
NODISCARD bool policy_show_version(struct hub *, int64_t version, int64_t since, struct policy_view *ret,
	const struct policy **ret_since, int64_t *ret_since_version, struct error *);

/* Bank holidays announced late, as CSV of date and title: added to the version in force and to every later one. */
struct policy_holidays {
	struct text csv;
	struct text note;
};

struct policy_holidays_loaded {
	int64_t added; /* days that were not known */
	int64_t versions;
	int64_t recomputed;
};

NODISCARD bool policy_load_holidays(
	struct hub *, const struct policy_holidays *, struct policy_holidays_loaded *ret, struct error *);

/* Puts into effect what has begun since it was loaded; a chore of the hub's own, by nobody. */
NODISCARD bool policy_begin(struct hub *, struct error *);
NODISCARD bool policy_begin_due(struct hub *, bool *ret, struct error *);

#endif
