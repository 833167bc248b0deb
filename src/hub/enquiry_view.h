/*
 * An enquiry as a person sees it: the receipt, the episode with its clock, and everything that was added since.
 *
 * Rows are those of queries/enquiry_view.sql; what the actor's role may not see is already "no value" in them.
 * Showing one is an entry on its access log.
 */
#ifndef HUB_ENQUIRY_VIEW_H
#define HUB_ENQUIRY_VIEW_H

#include "hub/care.h"
#include "hub/enquiry.h"
#include "hub/enquiry_changes.h"
#include "hub/enquiry_records.h"
#include "hub/next_step.h"
#include "sql/duty_hand_over.h"
#include "sql/enquiry_view.h"
#include "sql/holding.h"
#include "sql/second_look.h"

#define EARLIER_MOST 20

struct enquiry_view {
	struct enquiry_head head;
	struct enquiry_child_rows children;
	struct enquiry_step_rows history;
	struct enquiry_rating_rows ratings;
	struct enquiry_proposal_rows proposals;
	struct enquiry_recommendation_rows recommendations;
	struct enquiry_hand_over_rows hand_overs;
	struct duty_hand_over_line_rows duty_hand_overs; /* to and from EDT, the latest first */
	struct enquiry_strategy_discussion_rows strategy_discussions;
	struct enquiry_addition_rows further_information;
	struct enquiry_advice_given_rows advice;
	struct second_look_shown_rows second_looks;
	struct holding_note_rows holding; /* why it was held, put back or swapped */
	struct enquiry_earlier_one_rows earlier;
	struct enquiry_changes changes;
	struct enquiry_records records;
	struct care care;
	struct episode episode;       /* as an action would find it */
	struct next_steps next_steps; /* what the actor can do now */
	bool sees_access_log;         /* may see who looked */
	bool sees_case;               /* false: references, clocks and counts only */
	instant act_by; /* when it was last rated + the rating's time; INSTANT_NONE until rated or once ended */
	instant now;
};

/* By reference or external_ref; NOT_FOUND also for one the actor may not see. */
NODISCARD bool enquiry_view(struct hub *, struct text reference, struct enquiry_view *ret, struct error *);

/* The same for one that was taken in just now: nothing has been added to it, so nothing added is looked for. */
NODISCARD bool enquiry_view_new(struct hub *, struct text reference, struct enquiry_view *ret, struct error *);

/* The same from what was written; read, where that doesn't say all of it (received->made) or they may not see it. */
NODISCARD bool enquiry_view_made(struct hub *, const struct received *, struct enquiry_view *ret, struct error *);

/* The unanswered proposal of the view, or NULL. */
const struct enquiry_proposal *enquiry_view_pending(const struct enquiry_view *);

/* "Imogen Wilson", "Imogen", "Unborn child of Harriet Wilson", "Name not known". */
struct text child_name(struct arena *, const struct enquiry_child *);

/* The whole view as a JSON object: the keys scripts rely on (interfaces.md) and the rest of what a page shows. */
void enquiry_view_json(struct json *, struct arena *, const struct enquiry_view *);

#endif
