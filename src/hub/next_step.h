/*
 * Next step: what this person can do now with this enquiry, in order of likelihood. Only what is possible from its
 * state for them: role, who holds it, what waits for a signature and who proposed it.
 */
#ifndef HUB_NEXT_STEP_H
#define HUB_NEXT_STEP_H

#include "hub/episode.h"

struct next_steps {
	enum action actions[ACTION_COUNT];
	size_t count;
	enum action more[ACTION_COUNT]; /* what can be recorded beside, by the way */
	size_t more_count;
};

NODISCARD bool enquiry_actions(struct hub *, const struct episode *, struct next_steps *ret, struct error *);

/* Of one just taken in, without danger or restriction: nothing stands beside it that would have to be looked up. */
void enquiry_actions_new(struct hub *, const struct episode *, struct next_steps *ret);

/* Is this among them? */
bool next_steps_have(const struct next_steps *, enum action);

#endif
