/*
 * Draw: chance for what is invented by the million, from a number that can be written down.
 *
 * A stream is one integer and gives the same for ever on every machine; a stream of its own for each thing drawn
 * (draw_of) lets a thing be drawn again without what came before it. Never for tokens or passwords. Source of the
 * mixing: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (splitmix64). Pure.
 */
#ifndef TWIN_DRAW_H
#define TWIN_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct draw {
	uint64_t state;
};

/* The stream of the n-th thing of a kind, under a seed. */
struct draw draw_of(uint64_t seed, uint64_t kind, uint64_t n);

uint64_t draw_next(struct draw *);
uint32_t draw_below(struct draw *, uint32_t bound);             /* 0 to bound - 1; bound > 0 */
int64_t draw_between(struct draw *, int64_t low, int64_t high); /* both included */
double draw_share(struct draw *);                               /* 0 to just under 1 */
bool draw_chance(struct draw *, double share);

/* An index, each as often as its weight says; the weights don't sum to nought. */
size_t draw_weighted(struct draw *, const uint16_t *weights, size_t count);

#endif
