/*
 * Changes of an enquiry beside its life: children corrected, links to other enquiries, duplicates withdrawn for it,
 * and its earlier workings. Loaded with the enquiry's view, and shown by the same rules.
 */
#ifndef HUB_ENQUIRY_CHANGES_H
#define HUB_ENQUIRY_CHANGES_H

#include "hub/hub.h"
#include "sql/enquiry_changes.h"
#include "sql/enquiry_view.h"

struct enquiry_changes {
	struct enquiry_child_version_rows versions;
	struct enquiry_link_rows links; /* those that stand first */
	struct enquiry_move_made_rows moves;
	struct enquiry_duplicate_rows duplicates;
	struct enquiry_episode_rows episodes;
	struct enquiry_episode_outcome_rows outcomes;
};

NODISCARD bool enquiry_changes_load(struct hub *, struct enquiry_id, struct enquiry_changes *ret, struct error *);

/* One field of a child that a correction changed, in words. */
struct child_change {
	enum field field;
	struct text from;
	struct text to;
};

struct child_changes {
	struct child_change *rows;
	size_t count;
};

/* What the index'th version was corrected to: by the next of the same child, or by how the child stands. */
struct child_changes child_changes_of(
	struct arena *, const struct enquiry_changes *, size_t version, const struct enquiry_child_rows *);

void enquiry_changes_json(
	struct json *, struct arena *, const struct enquiry_changes *, const struct enquiry_child_rows *);

#endif
