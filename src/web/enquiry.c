#include "views/enquiry.h"
#include "web/handlers.h"
#include "web/steps.h"

bool enquiry_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct enquiry_view view;
	struct page page;

	if (!enquiry_view(hub, request_param(req, "reference"), &view, err)) return false;
	if (req->api) {
		enquiry_view_json(response_json(res, 200), hub->arena, &view);
		response_version(res, view.head.version);
		return true;
	}
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = view.head.reference,
			.section = "/enquiries",
			.live = &(struct live_ask){.news = &view.records.news, .reference = view.head.reference}});
	view_enquiry(&page.html, hub->arena, &view);
	page_end(&page);
	return true;
}
