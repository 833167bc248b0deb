/*
 * What the property tests of races look at between two rounds, past the actions.
 */
#ifndef TEST_PROPERTY_LOOK_H
#define TEST_PROPERTY_LOOK_H

#include "../unit/hub/fixture.h"

/*
 * Fails where a worker's counter isn't the count of what they hold, or where they hold more than their cap and more
 * than the round before (*held, which it sets): lowering a cap takes nothing away, and lets nothing more in.
 */
void look_at_worker(struct fixture *, int round, struct account_id worker, int64_t *held);

#endif
