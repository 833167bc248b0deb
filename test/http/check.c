#include "play.h"

#include <ctype.h>

void answer_take(struct play *play, long status, struct text headers, struct text body)
{
	json_decref(play->last.json);
	play->last = (struct answer){.status = status, .headers = headers, .body = body};
	if (play->told_count < TOLD_MOST) play->told[play->told_count++] = play->last;
	if (body.len) play->last.json = json_loadb(body.ptr, body.len, JSON_DECODE_ANY, NULL);
}

bool answer_header(const struct answer *answer, struct text name, struct text *ret)
{
	struct text rest = answer->headers, line;

	while (text_split(&rest, '\n', &line)) {
		size_t colon = text_index(line, ':');

		if (colon == line.len || !text_equal_nocase(text_slice(line, 0, colon), name)) continue;
		*ret = text_trim(text_slice(line, colon + 1, line.len));
		return true;
	}
	return false;
}

/* The value at ".a.b[0]", or NULL. */
static json_t *json_at(json_t *json, struct text path)
{
	while (json && path.len) {
		size_t len = 1;

		while (len < path.len && path.ptr[len] != '.' && path.ptr[len] != '[') len++;
		if (path.ptr[0] == '[') {
			int64_t index = -1;

			if (!text_int(text_slice(path, 1, len - 2), &index) || index < 0) return NULL;
			json = json_array_get(json, (size_t)index);
		} else if (len > 1) {
			json = json_object_getn(json, path.ptr + 1, len - 1);
		}
		path = text_slice(path, len, path.len);
	}
	return json;
}

static struct text json_words(struct arena *arena, json_t *json)
{
	char *dumped;
	struct text words;

	if (!json) return TEXT("nothing");
	if (json_is_string(json)) return (struct text){json_string_value(json), json_string_length(json)};
	dumped = json_dumps(json, JSON_ENCODE_ANY | JSON_SORT_KEYS);
	words = arena_text(arena, text_of(dumped));
	free(dumped);
	return words;
}

static bool has(struct text whole, struct text part)
{
	return part.len == 0 || (whole.len && memmem(whole.ptr, whole.len, part.ptr, part.len));
}

/* One operator between what is and what should be; both as JSON for equality, as words for ~. */
static bool compare(struct play *play, struct text *checks, json_t *is, struct text of, struct error *err)
{
	struct text operator= take_word(checks), words = json_words(&play->arena, is);
	json_t *should = NULL;
	bool holds;

	if (text_is(operator, "absent")) {
		return !is || error_invalid(
						  err, "%.*s is %.*s and should be absent", TEXT_ARG(of), TEXT_ARG(text_slice(words, 0, 200)));
	}
	if (!take_json(checks, &should, err)) return false;
	if (text_is(operator, "=") || text_is(operator, "!="))
		holds = (is && json_equal(is, should)) == text_is(operator, "=");
	else if (text_is(operator, "~") || text_is(operator, "!~"))
		holds = (is && has(words, text_of(json_string_value(should)))) == text_is(operator, "~");
	else
		holds = false;
	if (!holds)
		error_invalid(err, "%.*s is %.*s; the scenario says %.*s %.*s", TEXT_ARG(of),
			TEXT_ARG(text_slice(words, 0, 120)), TEXT_ARG(operator),
			TEXT_ARG(text_slice(json_words(&play->arena, should), 0, 120)));
	json_decref(should);
	return holds;
}

static bool check_path(struct play *play, struct text *checks, struct error *err)
{
	struct text path = take_word(checks);
	json_t *found, *count;
	bool holds;

	if (!play->last.json)
		return error_invalid(err, "the answer is no JSON: %.*s", TEXT_ARG(text_slice(play->last.body, 0, 200)));
	if (!text_ends(path, TEXT("#"))) return compare(play, checks, json_at(play->last.json, path), path, err);
	found = json_at(play->last.json, text_slice(path, 0, path.len - 1));
	count = json_is_array(found) ? json_integer((json_int_t)json_array_size(found)) : NULL;
	holds = compare(play, checks, count, path, err);
	json_decref(count);
	return holds;
}

static bool check_header(struct play *play, struct text *checks, struct error *err)
{
	struct text name = take_word(checks), value;
	json_t *is = NULL;
	bool holds;

	if (answer_header(&play->last, name, &value)) is = json_stringn(value.ptr, value.len);
	holds = compare(play, checks, is, name, err);
	json_decref(is);
	return holds;
}

static const struct {
	const char *entity;
	char stands_for;
} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&#x27;", '\''}};

static char entity_at(struct text html, size_t at, size_t *ret_len)
{
	for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
		struct text entity = text_of(entities[i].entity);

		if (!text_starts(text_slice(html, at, html.len), entity)) continue;
		*ret_len = entity.len;
		return entities[i].stands_for;
	}
	*ret_len = 1;
	return html.ptr[at];
}

/* A page as it is read: no tags, entities as what they stand for, white space as one space. */
static struct text as_read(struct arena *arena, struct text html)
{
	char *out = arena_alloc(arena, html.len + 1);
	size_t len = 0, step;

	for (size_t i = 0; i < html.len; i += step) {
		char c = entity_at(html, i, &step);
		bool tag = step == 1 && c == '<';

		if (tag) step = text_index(text_slice(html, i, html.len), '>') + 1;
		if (tag || isspace((unsigned char)c)) c = ' ';
		if (c != ' ' || (len && out[len - 1] != ' ')) out[len++] = c;
	}
	return (struct text){out, len};
}

static bool check_words(struct play *play, struct text *checks, struct error *err)
{
	bool wanted = !text_starts(*checks, TEXT("!")), found;
	struct text words;

	if (!wanted) *checks = text_slice(*checks, 1, checks->len);
	if (!take_value(play, checks, &words, err)) return false;
	found = has(play->last.body, words) || has(as_read(&play->arena, play->last.body), words);
	if (found == wanted) return true;
	return error_invalid(err, "the answer %s \"%.*s\": %.*s", found ? "has" : "has not", TEXT_ARG(words),
		TEXT_ARG(text_slice(as_read(&play->arena, play->last.body), 0, 250)));
}

static bool check_size(struct play *play, struct text *checks, struct error *err)
{
	int64_t most;

	if (!text_is(take_word(checks), "<=") || !text_int(take_word(checks), &most))
		return error_invalid(err, "bytes <= MOST");
	return play->last.body.len <= (size_t)most || error_invalid(err, "the answer has %zu bytes", play->last.body.len);
}

bool answer_check(struct play *play, struct text checks, struct error *err)
{
	checks = text_trim(checks);
	while (checks.len) {
		struct text after = checks, first = take_word(&after);
		bool holds;

		if (text_is(first, "bytes")) {
			checks = after;
			holds = check_size(play, &checks, err);
		} else if (text_is(first, "header")) {
			checks = after;
			holds = check_header(play, &checks, err);
		} else if (text_starts(first, TEXT("."))) {
			holds = check_path(play, &checks, err);
		} else if (text_starts(first, TEXT("\"")) || text_starts(first, TEXT("!\""))) {
			holds = check_words(play, &checks, err);
		} else {
			return error_invalid(err, "\"%.*s\" is no check", TEXT_ARG(first));
		}
		if (!holds) return false;
	}
	return true;
}

/* In the page's source, from the first place behind these words to the next quotation mark. */
static bool page_after(const struct answer *answer, struct text words, struct text *ret)
{
	const char *at = answer->body.len ? memmem(answer->body.ptr, answer->body.len, words.ptr, words.len) : NULL;
	struct text rest;

	if (!at) return false;
	rest = text_slice(answer->body, (size_t)(at - answer->body.ptr) + words.len, answer->body.len);
	*ret = text_slice(rest, 0, text_index(rest, '"'));
	return true;
}

bool answer_keep(struct play *play, struct text rest, struct error *err)
{
	struct text name = take_word(&rest), equals = take_word(&rest), from = take_word(&rest), value;
	json_t *found;

	if (!text_is(equals, "=") || play->name_count == NAMES_MOST) return error_invalid(err, "keep NAME = PATH");
	if (text_is(from, "header")) {
		if (!answer_header(&play->last, rest, &value)) return error_invalid(err, "no header %.*s", TEXT_ARG(rest));
	} else if (text_is(from, "first")) {
		if (!page_after(&play->last, rest, &value))
			return error_invalid(err, "the page has no \"%.*s\"", TEXT_ARG(rest));
	} else {
		found = json_at(play->last.json, from);
		if (!found) return error_invalid(err, "nothing at %.*s", TEXT_ARG(from));
		value = json_words(&play->arena, found);
	}
	play->names[play->name_count++] = (struct name){name, arena_text(&play->arena, value)};
	return true;
}
