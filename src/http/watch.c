#include "http/watch.h"

#include <sodium.h>

#include "base/clock_source.h"
#include "http/exchange.h"
#include "http/header.h"

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

static struct watched *set_of(struct watch *watch, struct text token, unsigned char key[WATCH_KEY])
{
	unsigned set;

	crypto_generichash(
		key, WATCH_KEY, (const unsigned char *)token.ptr, token.len, watch->secret, sizeof watch->secret);
	set = (key[0] | (unsigned)key[1] << 8) % WATCH_SETS;
	return watch->sets[set];
}

/* Where it stands; else NULL. */
static struct watched *find(struct watched *set, const unsigned char key[WATCH_KEY])
{
	for (size_t i = 0; i < WATCH_WAYS; i++)
		if (memcmp(set[i].key, key, WATCH_KEY) == 0) return &set[i];
	return NULL;
}

bool watch_knows(struct watch *watch, struct text token)
{
	unsigned char key[WATCH_KEY];
	const struct watched *at;
	struct watched *set = set_of(watch, token, key);
	bool known;

	pthread_mutex_lock(&watch->lock);
	at = find(set, key);
	known = at && at->until_ms > clock_source_monotonic_ms();
	pthread_mutex_unlock(&watch->lock);
	return known;
}

uint64_t watch_begin(struct watch *watch)
{
	uint64_t begun;

	pthread_mutex_lock(&watch->lock);
	begun = watch->forgotten;
	pthread_mutex_unlock(&watch->lock);
	return begun;
}

/* Its own place, or that of the one that ends first. */
static struct watched *place(struct watched *set, const unsigned char key[WATCH_KEY])
{
	struct watched *at = find(set, key);

	if (at) return at;
	at = set;
	for (size_t i = 1; i < WATCH_WAYS; i++)
		if (set[i].until_ms < at->until_ms) at = &set[i];
	return at;
}

void watch_remember(struct watch *watch, struct text token, uint64_t begun)
{
	unsigned char key[WATCH_KEY];
	struct watched *set = set_of(watch, token, key), *at;

	pthread_mutex_lock(&watch->lock);
	if (watch->forgotten == begun) {
		at = place(set, key);
		memcpy(at->key, key, WATCH_KEY);
		at->until_ms = clock_source_monotonic_ms() + WATCH_TRUST_MS;
	}
	pthread_mutex_unlock(&watch->lock);
}

void watch_forget(struct watch *watch, struct text token)
{
	unsigned char key[WATCH_KEY];
	struct watched *set = set_of(watch, token, key), *at;

	pthread_mutex_lock(&watch->lock);
	watch->forgotten++;
	at = find(set, key);
	if (at) *at = (struct watched){0};
	pthread_mutex_unlock(&watch->lock);
}

bool watch_answer(const struct request *req, int64_t number, struct response *res, struct error *err)
{
	struct text since = request_query(req, "since");
	int64_t known = -1;

	if (!text_none(since) && (!text_int(since, &known) || known < 0))
		return error_field(err, "since", "This is the number that the page was made with");
	if (known >= number) {
		response_body(res, 304, NULL);
		return true;
	}
	json_open(response_json(res, 200));
	json_member_int(&res->json, "number", number);
	json_close(&res->json);
	return true;
}

/* The slow way: who asks was looked for in this transaction. */
static bool changes(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	return watch_answer(req, tx_change_number(hub->tx), res, err);
}

const struct route watch_route = {
	.method = HTTP_GET,
	.pattern = "/changes",
	.api = "/api/v1/changes",
	.kind = ROUTE_READ,
	.flags = ROUTE_BY_ITSELF,
	.handle = changes,
	.id = "changes",
	.summary = "Whether anything was changed since a page was made",
	.query = "since",
};

bool watch_at_once(struct exchange *x)
{
	struct request *req = &x->request;
	struct text token;

	if (!req->route || req->route->handle != changes) return false;
	token = cookie_find(req->headers.cookie, SESSION_COOKIE);
	if (!hexadecimal(token, SESSION_TOKEN_CHARACTERS) || !watch_knows(&x->server->watch, token)) return false;
	if (watch_answer(req, db_change_number(x->server->options.db), &x->response, &x->err)) return true;
	error_clear(&x->err);
	return false;
}
