/*
 * Clock source: what time it is, injected so that tests, imports and demonstrations say when "now" is.
 *
 * Four kinds: the machine's clock; one instant that stands still; one that started at an instant and has run on
 * with the machine's monotonic clock since; one that is led by another process. Nothing else in the project asks the
 * machine for the time.
 */
#ifndef BASE_CLOCK_SOURCE_H
#define BASE_CLOCK_SOURCE_H

#include "base/instant.h"

/* Shared memory between a server and whoever plays a story on it: two runs of one story have the same times. */
struct clock_led {
	_Atomic int64_t now;  /* milliseconds, as an instant */
	_Atomic int64_t done; /* the time up to which the server has done its chores */
};

struct clock_source {
	enum { CLOCK_MACHINE, CLOCK_FIXED, CLOCK_RUNNING, CLOCK_LED } kind;
	instant start;         /* fixed: always this; running: this plus what passed since */
	int64_t started_at_ms; /* running: the monotonic clock then */
	struct clock_led *led;
};

struct clock_source clock_source_machine(void);
struct clock_source clock_source_fixed(instant);
struct clock_source clock_source_running(instant start);
struct clock_source clock_source_led(struct clock_led *, instant start);

instant clock_source_now(const struct clock_source *);

/* Milliseconds that only go forward, for measuring and time-outs; not a time of day. */
int64_t clock_source_monotonic_ms(void);

#endif
