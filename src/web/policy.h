/*
 * Policy: what is in force, in words; its versions; and a new one as text, refused with each line that is wrong.
 */
#ifndef WEB_POLICY_H
#define WEB_POLICY_H

#include "web/page.h"
#include "web/policy_words.h"

/* A new version as it is sent: its text and why. */
extern const struct input_type policy_change_input;

/* "In force since Tue 2 June, 09:00", "Begins Mon 6 July, 08:30", "Until ..." of a version in the list. */
struct text policy_when(const struct hub *, const struct policy_version_row *);

/* What a preview and a version's page show. */
struct policy_preview_view {
	const struct policy_load *in;
	const struct policy_preview *preview;
	struct policy_differences differences;
	struct form_state form;
	struct arena *arena;
};

struct policy_version_view {
	const struct policy_view *policy;
	struct policy_differences differences;
	int64_t since; /* 0: there is none before it */
	struct arena *arena;
	instant now;
};

#endif
