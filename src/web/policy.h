/*
 * Policy: what is in force, in words; its versions; and a new one as text, refused with each line that is wrong.
 */
#ifndef WEB_POLICY_H
#define WEB_POLICY_H

#include "hub/policy.h"
#include "web/page.h"

/* A new version as it is sent: its text and why. */
extern const struct input_type policy_change_input;

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

/* The days to come on which the hub is closed, or open at other hours: the next of them, from this day on. */
struct policy_facts policy_days(struct arena *, const struct policy *, day from);

#endif
