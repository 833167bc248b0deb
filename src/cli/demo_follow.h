/*
 * What follows a decision in the demonstration, that its files don't tell of: strategy discussions are held, hand-overs
 * are accepted. Whoever took the step acts; nothing is done to an enquiry whose steps were refused.
 */
#ifndef CLI_DEMO_FOLLOW_H
#define CLI_DEMO_FOLLOW_H

#include "cli/decision_play.h"

/* Records the strategy discussion that was requested as held by social care, police and health. */
NODISCARD bool demo_discuss(struct hub *, const struct played *, struct error *);

/* Records that the child protection conference was held. */
NODISCARD bool demo_confer(struct hub *, const struct played *, struct error *);

/* Accepts every hand-over of the enquiry by name; the last closes it. */
NODISCARD bool demo_accept(struct hub *, const struct played *, struct error *);

#endif
