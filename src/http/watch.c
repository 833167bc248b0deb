#include "http/watch.h"

#include <sodium.h>

#include "base/clock_source.h"

void watch_init(struct watch *watch, struct random_source *random)
{
	*watch = (struct watch){0};
	pthread_mutex_init(&watch->lock, NULL);
	random_bytes(random, watch->secret, sizeof watch->secret);
}

void watch_release(struct watch *watch)
{
	pthread_mutex_destroy(&watch->lock);
	sodium_memzero(watch->secret, sizeof watch->secret);
}

struct key {
	unsigned char bytes[WATCH_KEY];
};

/* Of a session, where `reference` is none; tokens are all of one length. */
static struct key key_of(const struct watch *watch, struct text token, struct text reference)
{
	crypto_generichash_state state;
	struct key key;

	crypto_generichash_init(&state, watch->secret, sizeof watch->secret, WATCH_KEY);
	crypto_generichash_update(&state, (const unsigned char *)token.ptr, token.len);
	crypto_generichash_update(&state, (const unsigned char *)reference.ptr, reference.len);
	crypto_generichash_final(&state, key.bytes, WATCH_KEY);
	return key;
}

static struct watched *set_of(struct watch *watch, const struct key *key)
{
	return watch->sets[(key->bytes[0] | (unsigned)key->bytes[1] << 8) % WATCH_SETS];
}

/* Where it stands; else NULL. Under the lock, as the rest. */
static struct watched *find(struct watch *watch, const struct key *key)
{
	struct watched *set = set_of(watch, key);

	for (size_t i = 0; i < WATCH_WAYS; i++)
		if (memcmp(set[i].key, key->bytes, WATCH_KEY) == 0) return &set[i];
	return NULL;
}

/* Its own place, or that of the one that ends first. */
static struct watched *place(struct watch *watch, const struct key *key)
{
	struct watched *set = set_of(watch, key), *at = find(watch, key);

	if (at) return at;
	at = set;
	for (size_t i = 1; i < WATCH_WAYS; i++)
		if (set[i].until_ms < at->until_ms) at = &set[i];
	return at;
}

static void keep(struct watch *watch, const struct key *key, struct watched what)
{
	memcpy(what.key, key->bytes, WATCH_KEY);
	*place(watch, key) = what;
}

/* A copy of what stands there, as long as it holds. */
static bool look(struct watch *watch, const struct key *key, struct watched *ret)
{
	const struct watched *at;
	bool holds;

	pthread_mutex_lock(&watch->lock);
	at = find(watch, key);
	holds = at && at->until_ms > clock_source_monotonic_ms();
	if (holds) *ret = *at;
	pthread_mutex_unlock(&watch->lock);
	return holds;
}

bool watch_knows(struct watch *watch, struct text token)
{
	struct key key = key_of(watch, token, TEXT(""));
	struct watched at;

	return look(watch, &key, &at);
}

bool watch_knows_page(
	struct watch *watch, struct text token, struct text reference, int64_t since, struct followed *ret)
{
	struct key key = key_of(watch, token, reference);
	struct watched at;

	if (!look(watch, &key, &at) || since > at.number) return false;
	*ret = at.followed;
	return true;
}

uint64_t watch_begin(struct watch *watch)
{
	uint64_t begun;

	pthread_mutex_lock(&watch->lock);
	begun = watch->forgotten;
	pthread_mutex_unlock(&watch->lock);
	return begun;
}

void watch_remember(struct watch *watch, struct text token, const struct watch_page *page, uint64_t begun)
{
	struct key session = key_of(watch, token, TEXT("")), both = {0};
	int64_t now = clock_source_monotonic_ms();

	if (page) both = key_of(watch, token, page->reference);
	pthread_mutex_lock(&watch->lock);
	if (watch->forgotten == begun) {
		keep(watch, &session, (struct watched){.until_ms = now + WATCH_TRUST_MS});
		if (page)
			keep(watch, &both,
				(struct watched){
					.until_ms = now + WATCH_FOLLOW_MS, .number = page->number, .followed = page->followed});
	}
	pthread_mutex_unlock(&watch->lock);
}

void watch_forget(struct watch *watch, struct text token)
{
	struct key key = key_of(watch, token, TEXT(""));
	struct watched *at;

	pthread_mutex_lock(&watch->lock);
	watch->forgotten++;
	at = find(watch, &key);
	if (at) *at = (struct watched){0};
	pthread_mutex_unlock(&watch->lock);
}
