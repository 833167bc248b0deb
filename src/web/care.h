/*
 * Words of what stands beside the decision: open cases, who children are, protection, transfers, other clocks.
 */
#ifndef WEB_CARE_H
#define WEB_CARE_H

#include "hub/clock_list.h"
#include "hub/hub_now.h"
#include "hub/person_link.h"
#include "web/steps.h"

/* "Sam Bell (manager Ann Ward), Family team" */
struct text care_allocated(struct arena *, const struct enquiry_open_case *);

/* "since 1 June 2015", "1 June 2015 to 9 June 2015" */
struct text care_days(struct arena *, const struct enquiry_open_case *);

/* "1. Mildred Quaint" */
struct text care_child(struct arena *, int64_t position, struct text given_name, struct text family_name);
struct text care_child_named(struct arena *, const struct enquiry_view *, struct child_id);

/* "of Mildred Quaint", or "of all the children" where no child is named. */
struct text care_whom(struct arena *, int64_t position, struct text given_name, struct text family_name);

/* "Mildred Quaint, born 13 July 2009, CP, Sam Bell, Family team" */
struct text care_person(struct arena *, const struct enquiry_person *);
bool care_answered(const struct enquiry_view *);

/* "ends in 3 h 10 min", "ended 2 h ago: record what followed" */
struct text care_ends(struct arena *, instant until, instant now);

/* ", in time.", ", LATE by 2 h." */
struct text care_lateness(struct arena *, instant at, instant due);

/* ", PC 2231 Hill", or nothing. */
struct text care_by(struct arena *, struct text who);

/* ": the reason", or nothing. */
struct text care_because(struct arena *, struct text reason);

/* Forms */

struct care_due {
	enum rag rag;
	struct text misrated;
	struct text new_information;
	struct text act_by;
};

struct care_dues {
	struct care_due rows[RAG_COUNT];
	size_t count;
};
struct care_dues care_dues(const struct step_view *);

const struct choice *care_children(const struct step_view *);
size_t care_children_count(const struct step_view *);
struct text care_today(const struct step_view *); /* ISO */
bool care_is(const struct step_view *, const char *name, int64_t id);

/* The list of clocks */

struct clocks_kind {
	struct text text;
	struct text words;
	bool only; /* this one is shown */
};

struct clocks_kinds {
	struct clocks_kind rows[CLOCK_KIND_COUNT];
	size_t count;
};
/* Those that stand, with how many; assessments, and the one shown, in any case. */
struct clocks_kinds clocks_kinds(struct arena *, const struct clock_list *);

/* "Police protection ends", with how many where it is more than one; and "in 3 h", "LATE by 2 h". */
struct text clocks_words(struct arena *, const struct clock_counts_row *);
struct text clocks_first(struct arena *, const struct clock_counts_row *, instant now);

#endif
