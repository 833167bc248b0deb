#include "http/changes_route.h"

#include "http/exchange.h"
#include "http/header.h"
#include "hub/following.h"

/* What a page asks. */
struct asked {
	int64_t since;         /* the number it was made with; -1: none */
	struct text reference; /* of the enquiry it shows; no value: it shows more */
};

static bool read_asked(const struct request *req, struct asked *ret, struct error *err)
{
	struct text since = request_query(req, "since"), enquiry = request_query(req, "enquiry");

	*ret = (struct asked){.since = -1, .reference = text_blank(enquiry) ? TEXT_NONE : enquiry};
	if (text_none(since) || (text_int(since, &ret->since) && ret->since >= 0)) return true;
	return error_field(err, "since", "This is the number that the page was made with");
}

/* `latest`: of what it follows; `number`: of everything, to ask with next. */
static void answer(struct response *res, const struct asked *asked, int64_t latest, int64_t number)
{
	if (asked->since >= latest) {
		response_body(res, 304, NULL);
		return;
	}
	json_open(response_json(res, 200));
	json_member_int(&res->json, "number", number);
	json_close(&res->json);
}

/* The slow way: who asks was looked for in this transaction, and so is what they may follow. */
static bool changes(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct watch_page *page = arena_new(hub->arena, struct watch_page);
	struct asked asked;

	if (!read_asked(req, &asked, err)) return false;
	*page = (struct watch_page){.reference = asked.reference, .number = tx_change_number(hub->tx)};
	if (!text_none(asked.reference)) {
		if (!following_enquiry(hub, asked.reference, &page->followed, err)) return false;
		res->watch_page = page;
	}
	answer(res, &asked, tx_change_number_of(hub->tx, &page->followed), page->number);
	return true;
}

const struct route changes_route = {
	.method = HTTP_GET,
	.pattern = "/changes",
	.api = "/api/v1/changes",
	.kind = ROUTE_READ,
	.flags = ROUTE_BY_ITSELF,
	.handle = changes,
	.id = "changes",
	.summary = "Whether anything was changed since a page was made",
	.query = "since enquiry",
};

/* What is followed, as far as this node remembers it of the session. */
static bool remembered(struct exchange *x, const struct asked *asked, struct followed *ret)
{
	struct text token = cookie_find(x->request.headers.cookie, SESSION_COOKIE);
	struct watch *watch = &x->server->watch;

	*ret = (struct followed){0};
	if (!hexadecimal(token, SESSION_TOKEN_CHARACTERS) || !watch_knows(watch, token)) return false;
	return text_none(asked->reference) || watch_knows_page(watch, token, asked->reference, asked->since, ret);
}

bool changes_at_once(struct exchange *x)
{
	struct request *req = &x->request;
	struct db *db = x->server->options.db;
	struct followed followed;
	struct error unsaid = {0};
	struct asked asked;

	if (!req->route || req->route->handle != changes) return false;
	if (!read_asked(req, &asked, &unsaid) || !remembered(x, &asked, &followed)) return false;
	answer(&x->response, &asked, db_change_number_of(db, &followed), db_change_number(db));
	return true;
}
