#include "base/clock_source.h"

#include <assert.h>

static int64_t read_ms(clockid_t clock)
{
	struct timespec now;
	int failed = clock_gettime(clock, &now);

	assert(!failed);
	return now.tv_sec * SECOND_MS + now.tv_nsec / 1000000;
}

struct clock_source clock_source_machine(void)
{
	return (struct clock_source){.kind = CLOCK_MACHINE};
}

struct clock_source clock_source_fixed(instant at)
{
	assert(at != INSTANT_NONE);
	return (struct clock_source){.kind = CLOCK_FIXED, .start = at};
}

struct clock_source clock_source_running(instant start)
{
	assert(start != INSTANT_NONE);
	return (struct clock_source){.kind = CLOCK_RUNNING, .start = start, .started_at_ms = clock_source_monotonic_ms()};
}

struct clock_source clock_source_led(struct clock_led *led, instant start)
{
	assert(start != INSTANT_NONE);
	led->done = 0;
	led->now = start;
	return (struct clock_source){.kind = CLOCK_LED, .start = start, .led = led};
}

instant clock_source_now(const struct clock_source *clock)
{
	switch (clock->kind) {
	case CLOCK_FIXED: return clock->start;
	case CLOCK_RUNNING: return clock->start + clock_source_monotonic_ms() - clock->started_at_ms;
	case CLOCK_LED: return clock->led->now;
	case CLOCK_MACHINE: break;
	}
	return read_ms(CLOCK_REALTIME);
}

int64_t clock_source_monotonic_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}
