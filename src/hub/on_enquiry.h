/*
 * On an enquiry: which one an action is about, and the version that stood on the page the person acted from.
 *
 * Every action's input begins with one. input_decode leaves it empty: the edge fills it, after decoding, from the
 * address (reference) and from If-Match or the form's hidden field (version).
 */
#ifndef HUB_ON_ENQUIRY_H
#define HUB_ON_ENQUIRY_H

#include "hub/episode.h"
#include "rules/decode.h"
#include "rules/input.h"
#include "rules/lifecycle.h"

struct on_enquiry {
	struct text reference; /* or an external_ref */
	int64_t version;       /* VERSION_ANY from files and the command line */
};

/* Before anything is decided: does the life cycle have this step from where the enquiry stands? REFUSED in words. */
NODISCARD static inline bool episode_takes(const struct episode *episode, enum transition transition, struct error *err)
{
	enum state to;

	return lifecycle_step(state_of(episode->state), transition, &to, err);
}

static inline struct decoder hub_decoder(const struct hub *hub, struct error *err)
{
	return (struct decoder){.arena = hub->arena, .err = err};
}

#endif
