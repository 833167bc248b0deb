/*
 * Random source: bytes for tokens and salts, injected so that a test can pin them.
 *
 * The real one is libsodium's (the kernel's). A seeded one repeats for ever and is for tests and simulated hubs'
 * data only, never for tokens of a server that listens.
 */
#ifndef BASE_RANDOM_SOURCE_H
#define BASE_RANDOM_SOURCE_H

#include "base/text.h"

struct random_source {
	bool seeded;
	uint64_t seed;
	uint64_t drawn; /* how many blocks a seeded one has given */
};

struct random_source random_source_real(void);
struct random_source random_source_seeded(uint64_t seed);

void random_bytes(struct random_source *, void *into, size_t len);
uint64_t random_below(struct random_source *, uint64_t bound); /* 0 to bound - 1, no bias; bound > 0 */

#endif
