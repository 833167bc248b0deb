#include "views/shared.h"
#include "web/handlers.h"

bool keys_page(struct request *req, struct hub *hub, struct response *res, struct error *err)
{
	struct page page;

	(void)err;
	page_begin(&page, req, hub, res, &(struct page_ask){.title = TEXT("Keys")});
	view_keys(&page.html);
	page_end(&page);
	return true;
}
