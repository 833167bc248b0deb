#include "base/london.h"
#include "http/drafts.h"
#include "views/drafts.h"
#include "web/drafts.h"

struct text draft_when(struct arena *arena, instant at, instant now)
{
	struct text words = london_short(arena, at);

	if (london_day(at) != london_day(now)) return arena_printf(arena, "on %.*s", TEXT_ARG(words));
	return arena_printf(arena, "at %.*s", 5, words.ptr + words.len - 5);
}

struct text draft_href(struct arena *arena, const struct draft_standing_row *row)
{
	struct text page = text_slice(row->address, 0, text_index(row->address, '#'));

	return arena_printf(
		arena, "%.*s%cdraft=%lld", TEXT_ARG(page), text_index(page, '?') < page.len ? '&' : '?', (long long)row->id.n);
}

/*
 * This form's own address among the drafts: the page's, and behind it where it is sent, if that is another. A form that comes
 * back, or goes on to be confirmed, keeps the one it was sent with.
 */
static struct text address_of(const struct form_state *form)
{
	const struct request *req = form->request;
	struct text page = req->method == HTTP_GET ? req->draft.page : req->path;

	if (!text_none(form->draft_at)) return form->draft_at;
	if (req->method != HTTP_GET && req->draft.address.len) return req->draft.address;
	if (text_equal(form->action, req->path)) return page;
	return arena_printf(req->arena, "%.*s#%.*s", TEXT_ARG(page), TEXT_ARG(form->action));
}

bool form_is_typed(const struct form_state *form)
{
	const struct request_draft *draft = &form->request->draft;

	if (form->request->method != HTTP_GET) return true;
	return draft->open.n && text_equal(draft->address, address_of(form));
}

/* Two forms of one page are two drafts: the page's key, told apart by where each is sent. FNV-1a. */
static struct text key_of(const struct form_state *form, struct text address)
{
	const struct request_draft *draft = &form->request->draft;
	uint64_t hash = 0xcbf29ce484222325U;

	if (text_equal(address, draft->address)) return draft->key;
	for (size_t i = 0; i < address.len; i++) hash = (hash ^ (unsigned char)address.ptr[i]) * 0x100000001b3U;
	return arena_printf(form->request->arena, "%.*s%016llx", 16, draft->key.ptr, (unsigned long long)hash);
}

static bool keeps_words(const struct form_state *form)
{
	return !form->no_draft && request_signed_in(form->request) && !text_none(form->request->draft.key);
}

static struct draft_standing_rows others_of(const struct form_state *form, struct text address)
{
	const struct request_draft *draft = &form->request->draft;
	struct draft_standing_rows others = {
		arena_new_array(form->request->arena, draft->standing.count, struct draft_standing_row), 0};

	for (size_t i = 0; i < draft->standing.count; i++) {
		const struct draft_standing_row *row = &draft->standing.rows[i];

		if (text_equal(row->address, address) && !text_equal(row->key, draft->key)) others.rows[others.count++] = *row;
	}
	return others;
}

static bool record_changed(const struct form_state *form)
{
	int64_t version;

	if (!form->version || !text_int(request_value(form->request, "version"), &version)) return false;
	return version != form->version;
}

/* Above the form: that words stand in it that were written before, or that what was sent is kept. */
static void notice(struct html *h, const struct form_state *form, struct text address)
{
	const struct request *req = form->request;
	bool filled = req->draft.open.n && text_equal(req->draft.address, address);
	struct draft_notice look = {.req = req, .csrf = form->csrf, .filled = filled, .others = others_of(form, address)};

	if (!filled && !req->draft.kept && !look.others.count) return;
	look.now = req->draft.now;
	if (filled || req->draft.kept) look.when = draft_when(req->arena, req->draft.saved_at, req->draft.now);
	look.changed = filled && record_changed(form);
	view_draft_notice(h, &look);
}

void form_begin(struct html *h, const struct form_state *form)
{
	const struct request_draft *draft = &form->request->draft;
	struct form_begin begin = {
		.action = form->action, .csrf = form->csrf, .version = form->version, .idempotency = form->idempotency};

	if (keeps_words(form)) {
		struct text address = address_of(form), key = key_of(form, address);
		bool same = text_equal(key, draft->key);

		notice(h, form, address);
		begin.draft = arena_printf(form->request->arena, "%.*s-%.*s-%lld", TEXT_ARG(key), TEXT_ARG(draft->writer),
			same ? (long long)draft->version : 0LL);
		begin.draft_at = address;
		begin.draft_title = draft->title;
	}
	html_form_begin(h, &begin);
}

void form_begin_next(struct html *h, const struct form_state *form, struct text action)
{
	struct form_state next = *form;

	next.action = action;
	form_begin(h, &next);
}
