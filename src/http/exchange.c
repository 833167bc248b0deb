#include "http/exchange.h"

#include "base/log.h"

#define BODY_KEPT_BYTES ((size_t)64 << 10)

int64_t monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct exchange *pool_take(struct server *server)
{
	struct exchange *x;

	pthread_mutex_lock(&server->pool_lock);
	x = server->pool;
	if (x) {
		server->pool = x->next;
		server->pool_count--;
	}
	pthread_mutex_unlock(&server->pool_lock);
	return x;
}

static struct text request_id(struct exchange *x)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[8];
	char *id = arena_alloc(&x->arena, 17);

	random_bytes(&x->random, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		id[2 * i] = digits[bytes[i] >> 4];
		id[2 * i + 1] = digits[bytes[i] & 15];
	}
	return (struct text){id, 16};
}

struct exchange *exchange_new(struct server *server)
{
	struct exchange *x = pool_take(server);

	if (!x) {
		x = calloc(1, sizeof *x);
		if (!x) return NULL;
		arena_init(&x->arena, ARENA_REQUEST_BYTES);
		response_init(&x->response, &x->arena);
		buffer_init(&x->body, JSON_BYTES_MOST);
	}
	x->server = server;
	x->random = random_source_real();
	x->started_us = monotonic_us();
	x->request =
		(struct request){.arena = &x->arena, .tls = server->options.tls_cert.len > 0 || server->options.tls_in_front};
	x->request.id = request_id(x);
	x->body_limit = JSON_BYTES_MOST;
	atomic_fetch_add(&server->metrics.in_flight, 1);
	return x;
}

/* Everything a request left, so that the next starts from nothing; large memory is given back. */
static void exchange_clear(struct exchange *x)
{
	struct arena arena = x->arena;
	struct response response;
	struct buffer body = x->body;

	if (x->request.json) json_decref(x->request.json);
	if (x->response.body.capacity > BODY_KEPT_BYTES) buffer_release(&x->response.body);
	if (body.capacity > BODY_KEPT_BYTES) buffer_release(&body);
	buffer_clear(&body);
	response_reset(&x->response);
	response = x->response;
	arena_clear(&arena);
	memset(x, 0, sizeof *x);
	x->arena = arena;
	x->response = response;
	x->response.arena = &x->arena;
	x->body = body;
}

static void exchange_destroy(struct exchange *x)
{
	response_release(&x->response);
	buffer_release(&x->body);
	arena_release(&x->arena);
	free(x);
}

void exchange_free(struct exchange *x)
{
	struct server *server = x->server;
	bool kept;

	exchange_clear(x);
	pthread_mutex_lock(&server->pool_lock);
	kept = server->pool_count < EXCHANGES_KEPT;
	if (kept) {
		x->next = server->pool;
		server->pool = x;
		server->pool_count++;
	}
	pthread_mutex_unlock(&server->pool_lock);
	if (!kept) exchange_destroy(x);
	atomic_fetch_sub(&server->metrics.in_flight, 1);
}

void exchange_pool_release(struct server *server)
{
	struct exchange *x;

	while ((x = pool_take(server))) exchange_destroy(x);
}

/* The page of a POST is where to come back to only where it is a page at all. */
static void send_to_sign_in(struct exchange *x)
{
	struct request *req = &x->request;
	struct text next = req->draft.kept ? req->draft.address : req->path;
	struct text page = text_slice(next, 0, text_index(next, '?'));

	if (req->method == HTTP_GET && x->raw_query.len)
		next = arena_printf(&x->arena, "%.*s?%.*s", TEXT_ARG(req->path), TEXT_ARG(x->raw_query));
	page = text_slice(page, 0, text_index(page, '#'));
	if (!path_is_local(next) || !route_has_page(x->server->table, page)) next = TEXT("/");
	next = form_encode(&x->arena, next);
	response_redirect_to(&x->response, "/sign-in?next=%.*s%s", TEXT_ARG(next), req->draft.kept ? "&kept=yes" : "");
}

static void plain_page(struct response *res, const struct error_page *page)
{
	struct buffer *out = response_body(res, page->status, "text/plain; charset=utf-8");

	buffer_printf(out, "%d %s\n%s\n%s\nRequest %.*s\n", page->status, page->kind, page->err->message, page->err->hint,
		TEXT_ARG(page->request_id));
}

static void error_answer(struct exchange *x)
{
	const struct request *req = &x->request;
	struct error_page page = {
		.status = response_error_status(req, &x->err),
		.kind = response_error_kind(req, &x->err),
		.err = &x->err,
		.request_id = req->id,
	};

	if (req->api) {
		response_problem(&x->response, req, &x->err);
	} else if (req->fault == FAULT_UNAUTHENTICATED) {
		send_to_sign_in(x);
	} else if (x->server->options.error_page) {
		x->response.status = page.status;
		x->server->options.error_page(req, &page, &x->response);
	} else {
		plain_page(&x->response, &page);
	}
}

void exchange_say_when(struct exchange *x)
{
	if (x->response.status == 503) response_header(&x->response, "Retry-After", TEXT("2"));
}

void exchange_fail(struct exchange *x)
{
	response_reset(&x->response);
	error_answer(x);
	if (!text_none(x->allow)) response_header(&x->response, "Allow", x->allow);
	exchange_say_when(x);
	if (x->err.kind == ERROR_FAILED)
		log_event(LOG_ERROR, "request_failed", LOG_TEXT("request", x->request.id.ptr),
			LOG_TEXT("route", x->request.route ? x->request.route->id : "none"), LOG_TEXT("why", x->err.message));
}

void exchange_settle(struct exchange *x)
{
	struct response *res = &x->response;
	int64_t took_us = monotonic_us() - x->started_us;

	if (res->body.overflowed) {
		error_failed(&x->err, "the answer is over %zu bytes", res->body.limit);
		x->request.fault = FAULT_NONE;
		exchange_fail(x);
	}
	health_tell(x);
	metrics_answer(&x->server->metrics, res->status, took_us);
	log_event(LOG_DEBUG, "answered", LOG_TEXT("request", x->request.id.ptr),
		LOG_TEXT("route", x->request.route ? x->request.route->id : "none"), LOG_NUMBER("status", res->status),
		LOG_NUMBER("microseconds", took_us));
	atomic_store(&x->answered, true);
}

void exchange_finish(struct exchange *x)
{
	exchange_settle(x);
	x->wake(x);
}
