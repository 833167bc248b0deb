#include "html/part.h"

void html_class(struct html *h, const char *base, const char *more)
{
	html_markup(h, " class=\"");
	html_attribute_cstr(h, base);
	if (more && *more) {
		html_markup(h, " ");
		html_attribute_cstr(h, more);
	}
	html_markup(h, "\"");
}

void html_attr(struct html *h, const char *name, struct text value)
{
	html_markup(h, " ");
	html_attribute_cstr(h, name);
	html_markup(h, "=\"");
	html_attribute(h, value);
	html_markup(h, "\"");
}

void html_attr_if(struct html *h, const char *name, struct text value)
{
	if (value.len) html_attr(h, name, value);
}

void html_pairs(struct html *h, const struct pair *pairs)
{
	for (; pairs && pairs->name; pairs++) html_attr(h, pairs->name, pairs->value);
}

void html_content(struct html *h, struct text words, struct fragment f)
{
	if (f.markup.len)
		html_literal(h, f.markup.ptr, f.markup.len);
	else
		html_text(h, words);
}

static void described_id(struct html *h, struct text id, const char *ending, bool *first)
{
	if (!*first) html_markup(h, " ");
	*first = false;
	html_attribute(h, id);
	html_attribute_cstr(h, ending);
}

void html_described(struct html *h, struct described d)
{
	bool first = true;

	if (!d.by.len && !d.hint && !d.error && !d.also.len) return;
	html_markup(h, " aria-describedby=\"");
	if (d.by.len) described_id(h, d.by, "", &first);
	if (d.hint) described_id(h, d.id, "-hint", &first);
	if (d.error) described_id(h, d.id, "-error", &first);
	if (d.also.len) described_id(h, d.also, "", &first);
	html_markup(h, "\"");
}
