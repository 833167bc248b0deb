/* Idempotency keys: the same key and body gets the first answer again. */
#include "http/exchange.h"

#include <sodium.h>

static struct text replay_key(const struct request *req)
{
	if (!(req->route->flags & ROUTE_CREATES) || !request_signed_in(req)) return TEXT_NONE;
	if (!text_none(req->headers.idempotency_key)) return req->headers.idempotency_key;
	return req->json ? TEXT_NONE : request_value(req, "idempotency_key");
}

static bool key_fit(struct text key)
{
	if (key.len == 0 || key.len > SUBMISSION_KEY_MOST) return false;
	for (size_t i = 0; i < key.len; i++)
		if (key.ptr[i] < ' ' || key.ptr[i] >= 0x7F) return false;
	return true;
}

static void hash_text(crypto_generichash_state *state, struct text t)
{
	crypto_generichash_update(state, (const unsigned char *)t.ptr, t.len);
	crypto_generichash_update(state, (const unsigned char *)"\n", 1);
}

/* A quick hash of a password is not to be kept anywhere: the rest of such a body says what was asked. */
static void hash_without_password(crypto_generichash_state *state, const struct request *req)
{
	json_t *rest = req->json ? json_copy(req->json) : NULL;
	char *written;

	for (size_t i = 0; i < req->form.count; i++) {
		if (text_is(req->form.rows[i].name, "password")) continue;
		hash_text(state, req->form.rows[i].name);
		hash_text(state, req->form.rows[i].value);
	}
	if (!rest) return;
	json_object_del(rest, "password");
	written = json_dumps(rest, JSON_COMPACT | JSON_SORT_KEYS);
	hash_text(state, text_of(written));
	free(written);
	json_decref(rest);
}

static struct text body_hash(struct exchange *x)
{
	unsigned char *hash = arena_alloc(&x->arena, crypto_generichash_BYTES);
	const struct request *req = &x->request;
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES);
	hash_text(&state, req->path);
	if (text_none(request_value(req, "password")))
		hash_text(&state, req->body);
	else
		hash_without_password(&state, req);
	crypto_generichash_final(&state, hash, crypto_generichash_BYTES);
	return (struct text){(const char *)hash, crypto_generichash_BYTES};
}

static void answer_again(struct exchange *x, const struct submission *first)
{
	struct response *res = &x->response;

	buffer_append(response_body(res, first->status, NULL), first->body);
	res->content_type = first->content_type;
	if (!text_none(first->location)) response_header(res, "Location", first->location);
	x->replayed = true;
}

bool replay_find(struct exchange *x, struct hub *hub, struct error *err)
{
	struct request *req = &x->request;
	struct text key = replay_key(req);
	struct submission first;
	bool found;

	if (text_none(key)) return true;
	if (!key_fit(key)) {
		req->fault = FAULT_MALFORMED;
		return error_invalid(err, "the idempotency key is not 1 to %d plain characters", SUBMISSION_KEY_MOST);
	}
	x->body_hash = body_hash(x);
	if (!submission_find(hub, key, &first, &found, err)) return false;
	if (!found) return true;
	if (!text_is(first.route, req->route->id) || !text_equal(first.body_hash, x->body_hash)) {
		req->fault = FAULT_KEY_REUSED;
		return error_invalid(err, "this idempotency key was used for something else");
	}
	answer_again(x, &first);
	return true;
}

bool replay_save(struct exchange *x, struct hub *hub, struct error *err)
{
	const struct response *res = &x->response;
	struct submission first = {
		.key = replay_key(&x->request),
		.route = text_of(x->request.route->id),
		.body_hash = x->body_hash,
		.status = res->status,
		.location = response_location(res),
		.content_type = res->content_type,
		.body = buffer_text(&res->body),
	};

	return text_none(first.key) || res->refusal || submission_save(hub, &first, err);
}
