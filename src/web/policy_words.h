/*
 * Policy in words: its settings by what they are about, and what is other between two of them. The pages and the command
 * line say the same.
 */
#ifndef WEB_POLICY_WORDS_H
#define WEB_POLICY_WORDS_H

#include "base/json.h"
#include "hub/policy.h"

struct policy_fact {
	const char *key;
	struct text value;
};

struct policy_facts {
	struct policy_fact *rows;
	size_t count;
};

/* policy_words.c: the settings by what they are about. */
struct policy_facts policy_hours(struct arena *, const struct policy *);
struct policy_facts policy_deadlines(struct arena *, const struct policy *);
struct policy_facts policy_caseload(struct arena *, const struct policy *);
struct policy_facts policy_signers(struct arena *, const struct policy *);
struct policy_facts policy_lists(struct arena *, const struct policy *); /* codes offered no more, services */

/* The days to come on which the hub is closed, or open at other hours: the next of them, from this day on. */
struct policy_facts policy_days(struct arena *, const struct policy *, day from);

/* What is other in the second than in the first, in words: "Decision on an amber", from, to. */
struct policy_difference {
	struct text what;
	struct text from;
	struct text to;
};

struct policy_differences {
	struct policy_difference *rows;
	size_t count;
};

struct policy_differences policy_differences(struct arena *, const struct policy *from, const struct policy *to);

/* "12 open deadlines change, the first to be due Tue 2 June, 10:00." */
struct text policy_moves_words(struct arena *, const struct policy_preview *);

/* The first rows of a long list are shown, the rest counted. */
#define POLICY_MOVES_SHOWN 100
struct policy_moves policy_moves_shown(const struct policy_preview *);

void policy_differences_json(struct json *, const struct policy_differences *);
void policy_preview_json(struct json *, struct arena *, const struct policy_preview *);

#endif
