#include "play.h"

static bool continues(struct text line)
{
	return line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
}

static void add_step(struct steps *steps, int number, struct text line)
{
	struct step *step = &steps->items[steps->count++];

	*step = (struct step){.line = number, .content = TEXT("")};
	step->verb = take_word(&line);
	step->rest = text_trim(line);
}

static bool add_line(struct arena *arena, struct steps *steps, int number, struct text line, struct error *err)
{
	struct step *last = steps->count ? &steps->items[steps->count - 1] : NULL;

	if (text_blank(line) || text_starts(text_trim(line), TEXT("#"))) return true;
	if (!text_starts(line, TEXT("|")) && !continues(line)) {
		add_step(steps, number, line);
		return true;
	}
	if (!last) return error_invalid(err, "line %d goes on with nothing", number);
	if (continues(line)) {
		last->rest = arena_printf(arena, "%.*s %.*s", TEXT_ARG(last->rest), TEXT_ARG(text_trim(line)));
		return true;
	}
	line = text_slice(line, text_starts(line, TEXT("| ")) ? 2 : 1, line.len);
	last->content = arena_printf(arena, "%.*s%.*s\n", TEXT_ARG(last->content), TEXT_ARG(line));
	return true;
}

bool steps_read(struct arena *arena, struct text scenario, struct steps *ret, struct error *err)
{
	size_t lines = 1;
	struct steps steps;
	struct text line;

	for (size_t i = 0; i < scenario.len; i++) lines += scenario.ptr[i] == '\n';
	steps = (struct steps){.items = arena_new_array(arena, lines, struct step)};
	for (int number = 1; text_split(&scenario, '\n', &line); number++)
		if (!add_line(arena, &steps, number, line, err)) return false;
	*ret = steps;
	return true;
}

/* "65536*x" */
static bool repeat(struct buffer *out, struct text what)
{
	size_t star = text_index(what, '*');
	int64_t times;

	if (star == what.len || !text_int(text_slice(what, 0, star), &times)) return false;
	while (times-- > 0) buffer_append(out, text_slice(what, star + 1, what.len));
	return true;
}

static bool substitute_one(struct play *play, struct buffer *out, struct text what, struct error *err)
{
	struct text token;

	if (text_starts(what, TEXT("csrf:"))) {
		if (!person_csrf(play, text_slice(what, 5, what.len), &token, err)) return false;
		buffer_append(out, token);
		return true;
	}
	if (text_starts(what, TEXT("cookie:"))) {
		if (!person_cookies(play, text_slice(what, 7, what.len), &token, err)) return false;
		buffer_append(out, token);
		return true;
	}
	if (repeat(out, what)) return true;
	for (size_t i = play->name_count; i-- > 0;) {
		if (!text_equal(play->names[i].name, what)) continue;
		buffer_append(out, play->names[i].value);
		return true;
	}
	return error_invalid(err, "nothing was kept as %.*s", TEXT_ARG(what));
}

bool play_substitute(struct play *play, struct text given, struct text *ret, struct error *err)
{
	BUFFER_SCOPE out;

	buffer_init(&out, ANSWER_BYTES);
	while (given.len) {
		size_t dollar = text_index(given, '$'), end;

		buffer_append(&out, text_slice(given, 0, dollar));
		given = text_slice(given, dollar, given.len);
		if (!text_starts(given, TEXT("${"))) {
			buffer_append(&out, text_slice(given, 0, 1));
			given = text_slice(given, 1, given.len);
			continue;
		}
		end = text_index(given, '}');
		if (!substitute_one(play, &out, text_slice(given, 2, end - 2), err)) return false;
		given = text_slice(given, end + 1, given.len);
	}
	*ret = arena_text(&play->arena, buffer_text(&out));
	return true;
}

struct text take_word(struct text *rest)
{
	struct text word;
	size_t len = 0;

	*rest = text_trim(*rest);
	while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '\t') len++;
	word = text_slice(*rest, 0, len);
	*rest = text_trim(text_slice(*rest, len, rest->len));
	return word;
}

bool take_json(struct text *rest, json_t **ret, struct error *err)
{
	json_error_t why;
	json_t *read = json_loadb(rest->ptr, rest->len, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &why);

	if (!read) return error_invalid(err, "no JSON in \"%.*s\": %s", TEXT_ARG(text_slice(*rest, 0, 60)), why.text);
	*rest = text_trim(text_slice(*rest, (size_t)why.position, rest->len));
	*ret = read;
	return true;
}

bool take_value(struct play *play, struct text *rest, struct text *ret, struct error *err)
{
	json_t *read;

	if (!text_starts(*rest, TEXT("\""))) {
		*ret = take_word(rest);
		return true;
	}
	if (!take_json(rest, &read, err)) return false;
	*ret = arena_text(&play->arena, (struct text){json_string_value(read), json_string_length(read)});
	json_decref(read);
	return true;
}
