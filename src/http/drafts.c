#include "http/drafts.h"

#include "http/exchange.h"

#include <sodium.h>

#include "base/log.h"
#include "rules/fields.h"

/* Of the hidden field "draft". */
static bool mark_parse(struct text mark, struct request_draft *ret)
{
	struct text rest = mark, key, writer;
	int64_t version;

	if (!text_split(&rest, '-', &key) || !text_split(&rest, '-', &writer) || !text_int(rest, &version)) return false;
	if (!hexadecimal(key, DRAFT_KEY_CHARACTERS) || !hexadecimal(writer, DRAFT_KEY_CHARACTERS) || version < 0)
		return false;
	ret->key = key;
	ret->writer = writer;
	ret->version = version;
	return true;
}

bool drafts_marked(struct request *req)
{
	struct text address = request_value(req, "draft_at"), title = request_value(req, "draft_title");

	req->draft = (struct request_draft){.address = address, .title = text_none(title) ? TEXT("") : title};
	if (req->api || req->json || req->method == HTTP_GET) return false;
	if (!path_is_local(address) || address.len > DRAFT_ADDRESS_MOST) return false;
	return mark_parse(request_value(req, "draft"), &req->draft);
}

/* "reason" of "children-0-reason", "date_of_birth" of "children-0-date_of_birth-day". */
static enum field field_of(struct text name)
{
	struct text rest = name, part;

	while (text_split(&rest, '-', &part)) {
		enum field field = field_find(part);

		if (field != FIELD_NONE && field != FIELD_children) return field;
	}
	return field_find(name);
}

static bool of_the_form_itself(struct text name)
{
	static const char *const names[] = {"csrf", "do", "idempotency_key", "draft", "draft_at", "draft_title"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_is(name, names[i])) return true;
	return false;
}

static bool secret(struct text name)
{
	enum field field = field_of(name);

	return field != FIELD_NONE && field_describe(field)->type == TYPE_SECRET;
}

/* Which child, which version: a person typed neither. */
static bool typed(const struct form_field *field)
{
	return !text_blank(field->value) && !text_is(field->name, "version") && !text_ends(field->name, TEXT("-child"));
}

static struct draft_fields words_of(const struct request *req, bool *ret_typed)
{
	struct draft_fields fields = {arena_new_array(req->arena, req->form.count, struct draft_field), 0};

	*ret_typed = false;
	for (size_t i = 0; i < req->form.count; i++) {
		const struct form_field *field = &req->form.rows[i];

		if (of_the_form_itself(field->name) || secret(field->name)) continue;
		fields.rows[fields.count++] = (struct draft_field){field->name, field->value};
		*ret_typed |= typed(field);
	}
	return fields;
}

/* Acts as who typed it: *ret_known false where nobody's page carries this token. */
static bool act_as_typist(struct request *req, struct hub *hub, bool *ret_known, struct error *err)
{
	struct origin origin = gate_origin(req);
	struct account_id account = {0};

	*ret_known = false;
	if (!origin_may_be_ours(&origin)) return true;
	if (!session_whose_pages(hub, request_value(req, "csrf"), &account, err)) return false;
	*ret_known = account.n != 0;
	if (!*ret_known) return true;
	req->draft.anothers = request_signed_in(req) && req->session.account.n != account.n;
	return hub_act_as(hub, account, err);
}

bool drafts_keep(struct request *req, struct hub *hub, bool by_the_way, struct draft_kept *ret, struct error *err)
{
	struct draft_words words = {.by_the_way = by_the_way};
	bool known, any;

	*ret = (struct draft_kept){.key = TEXT_NONE};
	if (!drafts_marked(req)) return true;
	words.fields = words_of(req, &any);
	words.key = req->draft.key;
	words.writer = req->draft.writer;
	words.version = req->draft.version;
	words.address = req->draft.address;
	words.title = req->draft.title;
	if (!any && !by_the_way) return true;
	if (!act_as_typist(req, hub, &known, err)) return false;
	if (!known) return true;
	if (!draft_keep(hub, &words, ret, err)) return false;
	req->draft.key = ret->key;
	req->draft.version = ret->version;
	req->draft.saved_at = ret->saved_at;
	req->draft.beside = ret->beside;
	req->draft.kept = true;
	return true;
}

void drafts_keep_quietly(struct exchange *x, struct tx *tx)
{
	struct error *err = arena_new(&x->arena, struct error);
	struct draft_kept kept;
	struct hub hub;

	if (!drafts_marked(&x->request)) return;
	if (gate_hub(x, tx, &hub, err) && drafts_keep(&x->request, &hub, false, &kept, err)) return;
	log_event(LOG_WARNING, "draft_not_kept", LOG_TEXT("route", x->request.route->id), LOG_TEXT("why", err->message));
}

static void hash_text(crypto_generichash_state *state, struct text t)
{
	crypto_generichash_update(state, (const unsigned char *)t.ptr, t.len);
	crypto_generichash_update(state, (const unsigned char *)"\n", 1);
}

/* Of what a person sent, without what the form carries to be known by. */
static struct text hash_of_words(const struct request *req)
{
	unsigned char *hash = arena_alloc(req->arena, crypto_generichash_BYTES);
	crypto_generichash_state state;
	bool any;
	const struct draft_fields fields = words_of(req, &any);

	crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES);
	hash_text(&state, req->path);
	for (size_t i = 0; i < fields.count; i++) {
		hash_text(&state, fields.rows[i].name);
		hash_text(&state, fields.rows[i].value);
	}
	crypto_generichash_final(&state, hash, crypto_generichash_BYTES);
	return (struct text){(const char *)hash, crypto_generichash_BYTES};
}

bool drafts_find_sent(struct exchange *x, struct hub *hub, struct error *err)
{
	struct request *req = &x->request;
	struct text led_to;

	if (!drafts_marked(req) || !request_signed_in(req)) return true;
	if (!draft_sent_before(hub, req->draft.key, hash_of_words(req), &led_to, err)) return false;
	if (text_none(led_to)) return true;
	response_redirect_to(
		&x->response, "%.*s%sagain=yes", TEXT_ARG(led_to), text_index(led_to, '?') < led_to.len ? "&" : "?");
	x->replayed = true;
	return true;
}

bool drafts_settle(struct exchange *x, struct hub *hub, struct error *err)
{
	struct request *req = &x->request;
	struct draft_sending sending = {.led_to = response_location(&x->response)};

	if (!drafts_marked(req) || !request_signed_in(req) || text_none(sending.led_to) || x->response.refusal) return true;
	sending.key = req->draft.key;
	sending.writer = req->draft.writer;
	sending.address = req->draft.address;
	sending.title = req->draft.title;
	sending.hash = hash_of_words(req);
	return draft_sent(hub, &sending, err);
}

/* The page's own address, without what a redirect told it. */
static struct text page_address(const struct request *req)
{
	static const char *const passing[] = {"done", "again", "draft"};
	struct text address = req->path;

	for (size_t i = 0; i < req->query.count; i++) {
		const struct form_field *field = &req->query.rows[i];
		bool told = false;

		for (size_t k = 0; k < sizeof passing / sizeof *passing; k++) told |= text_is(field->name, passing[k]);
		if (told) continue;
		address = arena_printf(req->arena, "%.*s%c%.*s=%.*s", TEXT_ARG(address),
			text_index(address, '?') < address.len ? '&' : '?', TEXT_ARG(form_encode(req->arena, field->name)),
			TEXT_ARG(form_encode(req->arena, field->value)));
	}
	return address;
}

static bool is_of_page(const struct draft_standing_row *row, struct text page)
{
	return text_equal(text_slice(row->address, 0, text_index(row->address, '#')), page);
}

/* The one that was asked for, else the latest of this page. */
static const struct draft_standing_row *choose(const struct request *req)
{
	const struct draft_standing_rows *all = &req->draft.standing;
	struct text asked = request_query(req, "draft");
	int64_t id = 0;

	if (!text_none(asked) && !text_int(asked, &id)) return NULL;
	for (size_t i = 0; i < all->count; i++)
		if (is_of_page(&all->rows[i], req->draft.page) && (!id || all->rows[i].id.n == id)) return &all->rows[i];
	return NULL;
}

/* The form is filled as if it had just been sent and come back. */
static bool fill(struct request *req, struct hub *hub, const struct draft_standing_row *row, struct error *err)
{
	struct draft_fields fields;
	struct draft_row draft;

	if (!draft_get(hub, row->id, &draft, err) || !draft_fields_of(req->arena, &draft, &fields, err)) return false;
	req->form = (struct form){arena_new_array(req->arena, fields.count, struct form_field), fields.count};
	for (size_t i = 0; i < fields.count; i++)
		req->form.rows[i] = (struct form_field){fields.rows[i].name, fields.rows[i].value};
	req->draft.open = row->id;
	req->draft.key = row->key;
	req->draft.version = row->version;
	req->draft.address = row->address;
	req->draft.saved_at = row->saved_at;
	return true;
}

static size_t typed_bytes(const struct request *req)
{
	size_t bytes = 0;

	for (size_t i = 0; i < req->form.count; i++) bytes += req->form.rows[i].value.len;
	return bytes;
}

bool drafts_open(struct exchange *x, struct hub *hub, struct error *err)
{
	struct request *req = &x->request;
	const struct draft_standing_row *row;

	if (req->api || !request_signed_in(req)) return true;
	if (!drafts_standing(hub, &req->draft.standing, err)) return false;
	req->draft.page = page_address(req);
	req->draft.now = hub->now;
	response_room(&x->response, typed_bytes(req));
	if (req->method != HTTP_GET) return true;
	req->draft.key = draft_new_key(&x->arena, &x->random);
	req->draft.writer = draft_new_key(&x->arena, &x->random);
	row = choose(req);
	if (!row) return true;
	if (!fill(req, hub, row, err)) return false;
	response_room(&x->response, typed_bytes(req));
	return true;
}
