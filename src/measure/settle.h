/*
 * Settling: when an enquiry's clock (or a screening's) is answered once and for all.
 *
 * It settles once: at its decision if that is at or before due, else the moment due passes; so what is late and open
 * counts at once and never again. Withdrawn before either, it never settles. A window includes its start and not its
 * end. In time = settled in time / settled in the window.
 *
 * Identity: received = in time + late decided + late open + not yet due + withdrawn. One that was late before it was
 * withdrawn stays counted late (decided: it is no longer open).
 *
 * Source: domain.md, "Daily return". Pure.
 */
#ifndef MEASURE_SETTLE_H
#define MEASURE_SETTLE_H

#include "base/instant.h"

struct clocked {
	instant due_at;       /* INSTANT_NONE until rated */
	instant done_at;      /* decided, or first screened; INSTANT_NONE while open */
	instant withdrawn_at; /* INSTANT_NONE unless withdrawn */
	instant counts_at;    /* recorded after its window had frozen: where the next began; else INSTANT_NONE */
};

struct window {
	instant start; /* included */
	instant end;   /* not included */
};

enum settled {
	SETTLED_IN_TIME,
	SETTLED_LATE_DONE,
	SETTLED_LATE_OPEN,
	SETTLED_NOT_YET_DUE,
	SETTLED_WITHDRAWN,
	SETTLED_COUNT,
};

/* Where it stands with all that happened before this instant known, and nothing later. */
enum settled settle_status(const struct clocked *, instant before);

/* When it settled, or will if nothing more is done; INSTANT_NONE: never (withdrawn, or not rated). */
instant settle_instant(const struct clocked *);

/* A correction counts in the next window, never in the frozen one. */
bool settle_in_window(const struct clocked *, struct window);
bool settle_in_time(const struct clocked *); /* of one that settled */

struct settle_tally {
	int64_t received;
	int64_t count[SETTLED_COUNT];
};

void settle_count(struct settle_tally *, const struct clocked *, instant before);
bool settle_identity_holds(const struct settle_tally *);

#endif
