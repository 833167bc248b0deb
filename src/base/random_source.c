#include "base/random_source.h"

#include <assert.h>
#include <sodium.h>

struct random_source random_source_real(void)
{
	int failed = sodium_init();

	assert(failed >= 0);
	return (struct random_source){0};
}

struct random_source random_source_seeded(uint64_t seed)
{
	return (struct random_source){.seeded = true, .seed = seed};
}

/* Each draw is ChaCha20's stream under a key made of the seed and the number of the draw. */
static void seeded_bytes(struct random_source *source, void *into, size_t len)
{
	unsigned char key[randombytes_SEEDBYTES] = {0};

	for (int i = 0; i < 8; i++) {
		key[i] = (unsigned char)(source->seed >> 8 * i);
		key[8 + i] = (unsigned char)(source->drawn >> 8 * i);
	}
	source->drawn++;
	randombytes_buf_deterministic(into, len, key);
}

void random_bytes(struct random_source *source, void *into, size_t len)
{
	if (source->seeded)
		seeded_bytes(source, into, len);
	else
		randombytes_buf(into, len);
}

uint64_t random_below(struct random_source *source, uint64_t bound)
{
	uint64_t drawn, uneven;

	assert(bound > 0);
	uneven = -bound % bound; /* 2^64 mod bound: the values below it would come up once too often */
	do random_bytes(source, &drawn, sizeof drawn);
	while (drawn < uneven);
	return drawn % bound;
}
