#include "web/record.h"

struct draft draft_of(const struct request *req)
{
	size_t children = request_list_count(req, "children");

	return (struct draft){.req = req, .children = children ? children : 1, .without = DRAFT_ALL};
}

bool draft_anonymous(const struct request *req)
{
	return text_is(request_value(req, "referrer_anonymous"), "yes");
}

/* Children of one enquiry mostly live together: the next one starts where the one before it lives. */
static bool lives_with(const char *name)
{
	return strcmp(name, "address") == 0 || strcmp(name, "postcode") == 0 || strcmp(name, "parent_name") == 0;
}

static struct text of_child(const struct draft *draft, size_t index, const char *name)
{
	size_t typed_at = index >= draft->without ? index + 1 : index;

	if (draft->one_more && index + 1 == draft->children)
		return lives_with(name) ? request_list_value(draft->req, "children", index - 1, name) : TEXT_NONE;
	return request_list_value(draft->req, "children", typed_at, name);
}

/* The concerns ticked beside the main one. */
static struct text other_concerns(const struct draft *draft)
{
	struct text main_one = request_value(draft->req, "main_concern"), all = TEXT_NONE;
	struct texts ticked = request_values(draft->req, "concern");

	for (size_t i = 0; i < ticked.count; i++) {
		if (text_equal(ticked.rows[i], main_one)) continue;
		all = text_none(all) ? ticked.rows[i]
							 : arena_printf(draft->req->arena, "%.*s;%.*s", TEXT_ARG(all), TEXT_ARG(ticked.rows[i]));
	}
	return all;
}

static struct text in_full(const struct draft *draft, const char *name)
{
	struct input_source sent = request_source(draft->req);
	struct text value = sent.value(sent.context, NULL, 0, name);

	if (strcmp(name, "source_code") == 0 && text_blank(value) && draft_anonymous(draft->req))
		return source_text(SOURCE_9);
	return value;
}

static struct text value_of(const void *context, const char *list, size_t index, const char *name)
{
	const struct draft *draft = context;
	struct input_source sent = request_source(draft->req);

	if (list) return of_child(draft, index, name);
	if (draft->decoding) return in_full(draft, name);
	if (strcmp(name, "concern") == 0) return other_concerns(draft);
	return sent.value(sent.context, NULL, 0, name);
}

static size_t count_of(const void *context, const char *list)
{
	const struct draft *draft = context;

	(void)list;
	return draft->children;
}

struct input_source draft_source(const struct draft *draft)
{
	return (struct input_source){.context = draft, .value = value_of, .count = count_of};
}

static bool carried(struct text name)
{
	return !text_is(name, "csrf") && !text_is(name, "do") && !text_is(name, "idempotency_key") &&
		   !text_starts(name, TEXT("draft"));
}

void record_carry(struct html *h, const struct request *req)
{
	for (size_t i = 0; i < req->form.count; i++) {
		struct text name = req->form.rows[i].name;

		if (carried(name)) html_hidden(h, arena_cstr(req->arena, name), req->form.rows[i].value);
	}
}
