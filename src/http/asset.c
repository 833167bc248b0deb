#include "http/exchange.h"
#include "http/header.h"

#define PREFIX TEXT("/assets/")

static const struct asset *asset_find(const struct server_options *options, struct text file)
{
	for (size_t i = 0; i < options->asset_count; i++)
		if (text_is(file, options->assets[i].file)) return &options->assets[i];
	return NULL;
}

static void asset_send(struct exchange *x, const struct asset *asset)
{
	struct response *res = &x->response;
	bool gzip = !text_none(asset->gzip) && token_list_has(x->request.headers.accept_encoding, "gzip");

	response_body(res, 200, asset->content_type);
	res->immutable = true;
	if (!text_none(asset->gzip)) response_header(res, "Vary", TEXT("Accept-Encoding"));
	if (response_not_modified(res, &x->request, text_of(asset->file))) return;
	if (gzip) response_header(res, "Content-Encoding", TEXT("gzip"));
	res->fixed = gzip ? asset->gzip : asset->bytes;
}

bool asset_answer(struct exchange *x)
{
	struct request *req = &x->request;
	const struct asset *asset;

	if (!text_starts(req->path, PREFIX)) return false;
	asset = asset_find(&x->server->options, text_slice(req->path, PREFIX.len, req->path.len));
	if (asset && req->method == HTTP_GET) {
		asset_send(x, asset);
		return true;
	}
	req->fault = asset ? FAULT_METHOD : FAULT_NO_PAGE;
	x->allow = asset ? TEXT("GET, HEAD") : TEXT_NONE;
	error_not_found(&x->err, asset ? "an asset can only be fetched" : "there is nothing at this address");
	exchange_fail(x);
	return true;
}
