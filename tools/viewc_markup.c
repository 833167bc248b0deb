#include "viewc_markup.h"

#include "viewc_names.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

static const struct markup_element *innermost(const struct markup *m)
{
	return m->depth ? &m->elements[m->depth - 1] : NULL;
}

static bool within(const struct markup *m, const char *name)
{
	for (size_t i = 0; i < m->depth; i++)
		if (text_is(m->elements[i].name, name)) return true;
	return false;
}

static bool in_script(const struct markup *m)
{
	return m->depth && text_equal_nocase(innermost(m)->name, TEXT("script"));
}

bool markup_keeps_space(const struct markup *m)
{
	return within(m, "pre") || within(m, "textarea");
}

bool markup_between(const struct markup *m)
{
	return m->state == MARKUP_TEXT || m->state == MARKUP_TAG;
}

/* The start tag is whole: its element is open, unless it holds nothing. */
static bool element_begin(struct markup *m, bool closed, struct error *err)
{
	bool is_void = name_is_void(m->tag);

	m->state = MARKUP_TEXT;
	if (closed && !is_void && !within(m, "svg") && !text_is(m->tag, "svg"))
		return error_invalid(
			err, "<%.*s /> does not close the element: write </%.*s>", TEXT_ARG(m->tag), TEXT_ARG(m->tag));
	if (closed || is_void) return true;
	if (m->depth == MARKUP_DEPTH) return error_invalid(err, "more than %d elements within each other", MARKUP_DEPTH);
	m->elements[m->depth++] = (struct markup_element){m->tag, m->line};
	return true;
}

static bool element_end(struct markup *m, struct error *err)
{
	const struct markup_element *open = innermost(m);

	m->state = MARKUP_TEXT;
	if (!open) return error_invalid(err, "</%.*s> closes nothing", TEXT_ARG(m->tag));
	if (!text_equal(open->name, m->tag))
		return error_invalid(
			err, "</%.*s> stands where <%.*s> of line %d is open", TEXT_ARG(m->tag), TEXT_ARG(open->name), open->line);
	m->depth--;
	return true;
}

static bool in_text(struct markup *m, const char *at, struct error *err)
{
	if (*at == '<') {
		m->state = MARKUP_TAG_OPEN;
		return true;
	}
	if (in_script(m) && !is_space(*at))
		return error_invalid(err, "a script in the page: put it in assets/ and name its src");
	return true;
}

static bool in_tag_open(struct markup *m, const char *at, struct error *err)
{
	m->tag = (struct text){at, 1};
	m->attribute_count = 0;
	if (*at == '/') {
		m->tag = (struct text){at + 1, 0};
		m->state = MARKUP_CLOSE_NAME;
		return true;
	}
	if (!is_letter(*at)) return error_invalid(err, "a bare \"<\": write &lt;");
	if (in_script(m)) return error_invalid(err, "a script in the page: put it in assets/ and name its src");
	m->state = MARKUP_TAG_NAME;
	return true;
}

static bool in_tag(struct markup *m, const char *at, struct error *err)
{
	if (is_space(*at)) return true;
	if (*at == '>') return element_begin(m, false, err);
	if (*at == '/') {
		m->state = MARKUP_TAG_END;
		return true;
	}
	if (!is_letter(*at)) return error_invalid(err, "\"%c\" among the attributes of <%.*s>", *at, TEXT_ARG(m->tag));
	if (m->attribute_count == MARKUP_ATTRIBUTES)
		return error_invalid(err, "more than %d attributes in <%.*s>", MARKUP_ATTRIBUTES, TEXT_ARG(m->tag));
	m->attributes[m->attribute_count++] = (struct text){at, 1};
	m->state = MARKUP_ATTRIBUTE_NAME;
	return true;
}

static bool in_tag_name(struct markup *m, const char *at, struct error *err)
{
	const char *refused;

	if (is_name(*at)) {
		m->tag.len++;
		return true;
	}
	refused = name_element_refused(m->tag);
	if (refused) return error_invalid(err, "<%.*s>: %s", TEXT_ARG(m->tag), refused);
	m->state = MARKUP_TAG;
	return in_tag(m, at, err);
}

static bool in_tag_end(struct markup *m, const char *at, struct error *err)
{
	if (*at == '>') return element_begin(m, true, err);
	return error_invalid(err, "\"/\" among the attributes of <%.*s>: is a value without quotes?", TEXT_ARG(m->tag));
}

/* The attribute's name is whole: it may stand here, once. */
static bool attribute_named(const struct markup *m, struct error *err)
{
	struct text name = m->attributes[m->attribute_count - 1];
	const char *refused = name_attribute_refused(name);

	if (refused) return error_invalid(err, "%.*s: %s", TEXT_ARG(name), refused);
	for (size_t i = 0; i + 1 < m->attribute_count; i++)
		if (text_equal_nocase(m->attributes[i], name))
			return error_invalid(err, "%.*s stands twice in <%.*s>", TEXT_ARG(name), TEXT_ARG(m->tag));
	return true;
}

static bool in_attribute_name(struct markup *m, const char *at, struct error *err)
{
	if (is_name(*at)) {
		m->attributes[m->attribute_count - 1].len++;
		return true;
	}
	if (!attribute_named(m, err)) return false;
	if (*at == '=') {
		m->state = MARKUP_ATTRIBUTE_EQUALS;
		return true;
	}
	m->state = MARKUP_TAG;
	return in_tag(m, at, err);
}

static bool in_attribute_equals(struct markup *m, const char *at, struct error *err)
{
	if (*at != '"' && *at != '\'')
		return error_invalid(err, "the value of %.*s needs quotes", TEXT_ARG(m->attributes[m->attribute_count - 1]));
	m->quote = *at;
	m->value = (struct text){at + 1, 0};
	m->expression_in_value = m->whole_address = false;
	m->state = MARKUP_VALUE;
	return true;
}

static bool is_address(const struct markup *m)
{
	return name_is_address(m->attributes[m->attribute_count - 1]);
}

/* What the template itself says an address starts with: this host, or a scheme that takes nobody anywhere. */
static bool address_starts_well(struct text start)
{
	if (text_starts(start, TEXT("mailto:")) || text_starts(start, TEXT("tel:"))) return true;
	if (start.len == 0 || text_index(start, '\\') < start.len) return false;
	return strchr("/?#", start.ptr[0]) && !text_starts(start, TEXT("//"));
}

static bool address_checked(const struct markup *m, struct error *err)
{
	if (m->expression_in_value || !is_address(m) || address_starts_well(m->value)) return true;
	return error_invalid(err, "the address in %.*s must start with / or ? or # (or mailto: or tel:)",
		TEXT_ARG(m->attributes[m->attribute_count - 1]));
}

static bool in_value(struct markup *m, const char *at, struct error *err)
{
	if (*at == m->quote) {
		m->state = MARKUP_VALUE_END;
		return address_checked(m, err);
	}
	if (*at == '<') return error_invalid(err, "\"<\" in a value: is a quote missing?");
	if (m->whole_address && *at != '?' && *at != '#')
		return error_invalid(
			err, "after a whole address only ? or # may follow: write the start of the path in the template");
	m->whole_address = false;
	if (!m->expression_in_value) m->value.len++;
	return true;
}

static bool in_value_end(struct markup *m, const char *at, struct error *err)
{
	if (is_letter(*at)) return error_invalid(err, "no space between two attributes of <%.*s>", TEXT_ARG(m->tag));
	m->state = MARKUP_TAG;
	return in_tag(m, at, err);
}

static bool in_close_name(struct markup *m, const char *at, struct error *err)
{
	if (is_name(*at)) {
		m->tag.len++;
		return true;
	}
	if (*at != '>') return error_invalid(err, "\"%c\" in the closing tag </%.*s>", *at, TEXT_ARG(m->tag));
	return element_end(m, err);
}

bool markup_byte(struct markup *m, const char *at, struct error *err)
{
	static bool (*const states[MARKUP_STATE_COUNT])(struct markup *, const char *, struct error *) = {
		[MARKUP_TEXT] = in_text,
		[MARKUP_TAG_OPEN] = in_tag_open,
		[MARKUP_TAG_NAME] = in_tag_name,
		[MARKUP_TAG] = in_tag,
		[MARKUP_TAG_END] = in_tag_end,
		[MARKUP_ATTRIBUTE_NAME] = in_attribute_name,
		[MARKUP_ATTRIBUTE_EQUALS] = in_attribute_equals,
		[MARKUP_VALUE] = in_value,
		[MARKUP_VALUE_END] = in_value_end,
		[MARKUP_CLOSE_NAME] = in_close_name,
	};

	if (*at == '\0') return error_invalid(err, "a NUL byte");
	return states[m->state](m, at, err);
}

/* Within quotes: a plain value, a piece of an address, or the whole of one. */
static bool place_in_value(struct markup *m, enum markup_place *ret_place, struct error *err)
{
	bool first = !m->expression_in_value;

	if (m->whole_address) return error_invalid(err, "after a whole address only ? or # may follow");
	if (!is_address(m)) {
		*ret_place = PLACE_ATTRIBUTE;
	} else if (first && m->value.len == 0) {
		*ret_place = PLACE_ADDRESS;
		m->whole_address = true;
	} else {
		if (!address_checked(m, err)) return false;
		if (first && text_is(m->value, "/"))
			return error_invalid(
				err, "name the first part of the path in the template: an empty one would leave this host");
		*ret_place = text_starts(m->value, TEXT("tel:")) ? PLACE_TELEPHONE : PLACE_URL;
	}
	m->expression_in_value = true;
	return true;
}

bool markup_expression(struct markup *m, enum markup_place *ret_place, struct error *err)
{
	switch (m->state) {
	case MARKUP_TEXT:
		if (in_script(m)) return error_invalid(err, "{{ }} within a script");
		*ret_place = PLACE_TEXT;
		return true;
	case MARKUP_VALUE: return place_in_value(m, ret_place, err);
	case MARKUP_ATTRIBUTE_EQUALS: return error_invalid(err, "{{ }} as a value needs quotes around it");
	case MARKUP_ATTRIBUTE_NAME:
	case MARKUP_TAG:
	case MARKUP_TAG_END:
	case MARKUP_VALUE_END: return error_invalid(err, "{{ }} in the name of an attribute");
	default: return error_invalid(err, "{{ }} in the name of a tag");
	}
}
