#include "twin/draw.h"

#include <assert.h>

#define STEP UINT64_C(0x9e3779b97f4a7c15)

static uint64_t mixed(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct draw draw_of(uint64_t seed, uint64_t kind, uint64_t n)
{
	return (struct draw){mixed(mixed(mixed(seed + STEP) + kind * STEP) + n * STEP)};
}

uint64_t draw_next(struct draw *draw)
{
	draw->state += STEP;
	return mixed(draw->state);
}

uint32_t draw_below(struct draw *draw, uint32_t bound)
{
	assert(bound > 0);
	return (uint32_t)(((draw_next(draw) >> 32) * bound) >> 32);
}

int64_t draw_between(struct draw *draw, int64_t low, int64_t high)
{
	assert(low <= high);
	return low + (int64_t)(draw_share(draw) * (double)(high - low + 1));
}

double draw_share(struct draw *draw)
{
	return (double)(draw_next(draw) >> 11) * 0x1.0p-53;
}

bool draw_chance(struct draw *draw, double share)
{
	return draw_share(draw) < share;
}

size_t draw_weighted(struct draw *draw, const uint16_t *weights, size_t count)
{
	uint32_t total = 0, drawn;

	for (size_t i = 0; i < count; i++) total += weights[i];
	drawn = draw_below(draw, total);
	for (size_t i = 0; i < count; i++) {
		if (drawn < weights[i]) return i;
		drawn -= weights[i];
	}
	return count - 1;
}
