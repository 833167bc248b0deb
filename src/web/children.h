/*
 * Words and fields of an enquiry's page and steps about its children, links, withdrawal, moves and earlier episodes.
 */
#ifndef WEB_CHILDREN_H
#define WEB_CHILDREN_H

#include "web/steps.h"

/* Is anything about the children this person's to change now? And of this child? */
bool children_may_change(const struct enquiry_view *);
bool children_may_remove(const struct enquiry_view *, const struct enquiry_child *);
bool children_may_restore(const struct enquiry_view *, const struct enquiry_child *);

/* "1 child", "3 children" */
struct text children_count(struct arena *, int64_t count);

/* "2. Noah Quaint: date of birth from 2 November 2011 to 3 November 2011; by Asha Rahman: the school's register" */
struct text children_correction(struct arena *, const struct enquiry_view *, size_t version);

/* "Child corrected (child 2) by Asha Rahman" */
struct text children_event(struct arena *, const struct enquiry_step *);

/* Is there anything to show of other enquiries about the same incident, or anything to do? */
bool children_incident(const struct enquiry_view *);

/* "Allocated, Amber, with Asha Rahman. Linked by Ann Ashworth, Mon 1 June, 11:00: one row" */
struct text children_link(struct arena *, const struct enquiry_link *);
bool children_may_unlink(const struct enquiry_view *, const struct enquiry_link *);

/* "Agreeing ends it with 2 children and no outcome, and takes it from the caseload of Asha Rahman." */
struct text children_agreeing(const struct step_view *);

/* The withdrawal that waits or was agreed to, or NULL. */
const struct enquiry_proposal *children_withdrawal(const struct enquiry_view *);
struct text children_withdrawn_words(struct arena *, const struct enquiry_proposal *);

/* "Episode 1: New enquiries, with Asha Rahman, from Mon 1 June, 10:00; decided Mon 1 June, 11:00, in time" */
struct text children_episode(struct arena *, const struct enquiry_episode *);

/* Does what waits for a second person speak of the child that a step is about? */
bool children_overtakes(const struct step_view *);

/* The ten fields of a child: empty, or as it stands, each with "Now: ..." where there is something. */
void children_fields(struct html *, const struct step_view *);

/* What these steps need beside the enquiry; NOT_FOUND where the address names no child of it. */
NODISCARD bool children_load(struct hub *, const struct request *, struct step_view *, struct error *);

#endif
