/* GET /healthz: whether requests should be sent here, as whoever stands in front asks every second or two. */
#include "http/exchange.h"

/* The transaction has begun and the policy was read: the database answers. */
static bool healthy(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	(void)req;
	(void)hub;
	(void)err;
	buffer_literal(response_body(res, 200, "text/plain; charset=utf-8"), "ok\n");
	return true;
}

const struct route health_route = {
	.method = HTTP_GET,
	.pattern = "/healthz",
	.kind = ROUTE_READ,
	.flags = ROUTE_PUBLIC | ROUTE_NO_SESSION,
	.handle = healthy,
	.id = "health",
	.summary = "Whether the server and its database answer",
};

bool health_at_once(struct exchange *x)
{
	if (!x->request.route || x->request.route->handle != healthy || !atomic_load(&x->server->leaving)) return false;
	buffer_literal(response_body(&x->response, 503, "text/plain; charset=utf-8"), "leaving\n");
	return true;
}

void health_tell(struct exchange *x)
{
	const struct request *req = &x->request;

	if (req->route && req->route->handle == healthy && x->server->options.node.len)
		response_header(&x->response, "Fanlight-Node", x->server->options.node);
}
