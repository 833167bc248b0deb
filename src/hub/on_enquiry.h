/*
 * On an enquiry: which one an action is about, and the version that stood on the page the person acted from.
 *
 * Every action's input begins with one. input_decode leaves it empty: the edge fills it, after decoding, from the
 * address (reference) and from If-Match or the form's hidden field (version).
 */
#ifndef HUB_ON_ENQUIRY_H
#define HUB_ON_ENQUIRY_H

#include "hub/episode.h"
#include "rules/input.h"

struct on_enquiry {
	struct text reference; /* or an external_ref */
	int64_t version;       /* VERSION_ANY from files and the command line */
};

#endif
