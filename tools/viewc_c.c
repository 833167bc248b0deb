#include "viewc_c.h"

#define BRACKETS 64

/* From the quote at `at` to behind its twin, or 0 where it never comes. */
static size_t skip_quoted(struct text c, size_t at)
{
	for (size_t i = at + 1; i < c.len; i++) {
		if (c.ptr[i] == '\n') return 0;
		if (c.ptr[i] == c.ptr[at]) return i + 1;
		if (c.ptr[i] == '\\') i++;
	}
	return 0;
}

static bool forbidden(struct text c, size_t at, struct error *err)
{
	char next = at + 1 < c.len ? c.ptr[at + 1] : ' ';

	if (c.ptr[at] == '/' && (next == '/' || next == '*')) return error_invalid(err, "a C comment in a template");
	if (strchr(";#\\`@", c.ptr[at])) return error_invalid(err, "\"%c\" in a template's C", c.ptr[at]);
	return true;
}

static bool bracket(char c, char *stack, size_t *open, struct error *err)
{
	static const char opening[] = "([{", closing[] = ")]}";
	const char *place = strchr(opening, c);

	if (place) {
		if (*open == BRACKETS) return error_invalid(err, "more than %d brackets within each other", BRACKETS);
		stack[(*open)++] = closing[place - opening];
		return true;
	}
	if (*open == 0 || stack[*open - 1] != c) return error_invalid(err, "\"%c\" closes nothing", c);
	--*open;
	return true;
}

bool c_scan(struct text c, size_t *ret_open, struct error *err)
{
	char stack[BRACKETS];
	size_t open = 0;

	for (size_t i = 0; i < c.len;) {
		if (c.ptr[i] == '\0') return error_invalid(err, "a NUL byte");
		if (c.ptr[i] == '"' || c.ptr[i] == '\'') {
			i = skip_quoted(c, i);
			if (i == 0) return error_invalid(err, "a C string does not end");
			continue;
		}
		if (!forbidden(c, i, err)) return false;
		if (strchr("()[]{}", c.ptr[i]) && !bracket(c.ptr[i], stack, &open, err)) return false;
		i++;
	}
	*ret_open = open;
	return true;
}

bool c_whole(struct text c, const char *what, struct error *err)
{
	size_t open;

	if (!c_scan(c, &open, err)) return false;
	if (open) return error_invalid(err, "a bracket is not closed in %s", what);
	if (text_blank(c)) return error_invalid(err, "%s is empty", what);
	return true;
}

static bool is_identifier(char c, bool first)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return true;
	return !first && c >= '0' && c <= '9';
}

struct text c_identifier(struct text *rest)
{
	struct text trimmed = text_trim(*rest);
	size_t len = 0;

	while (len < trimmed.len && is_identifier(trimmed.ptr[len], len == 0)) len++;
	if (len == 0) return TEXT_NONE;
	*rest = text_trim(text_slice(trimmed, len, trimmed.len));
	return text_slice(trimmed, 0, len);
}

bool c_call(struct text c, struct text *ret_name, struct text *ret_arguments, struct error *err)
{
	struct text rest = c, name;

	if (!c_whole(c, "the call", err)) return false;
	name = c_identifier(&rest);
	if (text_none(name) || !text_starts(rest, TEXT("(")) || !text_ends(rest, TEXT(")")))
		return error_invalid(err, "\"%.*s\" is not name(arguments)", TEXT_ARG(c));
	*ret_name = name;
	*ret_arguments = text_trim(text_slice(rest, 1, rest.len - 2));
	return c_whole(*ret_arguments, "the list", err) || text_blank(*ret_arguments);
}
