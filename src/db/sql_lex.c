#include "db/sql_lex.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

static size_t run_of(struct text t, size_t from, bool (*is)(char))
{
	while (from < t.len && is(t.ptr[from])) from++;
	return from;
}

/* Past the first `end` at or after `from`, or the whole length. */
static size_t past(struct text t, size_t from, const char *end)
{
	size_t len = strlen(end);
	const char *found = from < t.len ? memmem(t.ptr + from, t.len - from, end, len) : NULL;

	return found ? (size_t)(found - t.ptr) + len : t.len;
}

static size_t quoted(struct text t)
{
	char quote = t.ptr[0];
	size_t end = 1;

	while (end < t.len) {
		if (t.ptr[end++] != quote) continue;
		if (end == t.len || t.ptr[end] != quote) return end;
		end++;
	}
	return t.len;
}

static size_t measure(struct text t, enum sql_kind *kind)
{
	char first = t.ptr[0], second = t.len > 1 ? t.ptr[1] : '\0';

	*kind = SQL_COMMENT;
	if (first == '-' && second == '-') return text_index(t, '\n');
	if (first == '/' && second == '*') return past(t, 2, "*/");
	*kind = SQL_STRING;
	if (first == '\'' || first == '"') return quoted(t);
	if (first == '$' && second == '$') return past(t, 2, "$$");
	*kind = SQL_SPACE;
	if (is_space(first)) return run_of(t, 0, is_space);
	*kind = SQL_WORD;
	if (is_word(first)) return run_of(t, 0, is_word);
	*kind = SQL_PARAMETER;
	if (first == '$' && is_word(second)) return run_of(t, 1, is_word);
	*kind = SQL_MARK;
	return 1;
}

bool sql_next(struct text *rest, struct sql_token *ret)
{
	size_t len;

	if (!rest->len) return false;
	len = measure(*rest, &ret->kind);
	ret->text = (struct text){rest->ptr, len};
	*rest = (struct text){rest->ptr + len, rest->len - len};
	return true;
}

bool sql_next_solid(struct text *rest, struct sql_token *ret)
{
	while (sql_next(rest, ret))
		if (ret->kind != SQL_SPACE && ret->kind != SQL_COMMENT) return true;
	return false;
}

bool sql_is_word(struct sql_token token, const char *word)
{
	return token.kind == SQL_WORD && text_equal_nocase(token.text, text_of(word));
}

bool sql_is_mark(struct sql_token token, char mark)
{
	return token.kind == SQL_MARK && token.text.ptr[0] == mark;
}

int sql_line(struct text whole, const char *place)
{
	int line = 1;

	for (const char *p = whole.ptr; p < place && p < whole.ptr + whole.len; p++) line += *p == '\n';
	return line;
}
