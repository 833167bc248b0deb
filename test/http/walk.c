#include "play.h"

/* One parameter of addresses, and what is asked in its place, one after another. */
struct filling {
	struct text name, values; /* "a,b" */
};

struct walk {
	struct play *play;
	struct text person, checks;
	struct filling fillings[16];
	size_t filling_count;
	size_t asked, found; /* found: answered 200 */
	struct buffer *wrong;
};

/* NAME=VALUE,VALUE ... up to the checks. */
static bool take_fillings(struct walk *walk, struct text *rest, struct error *err)
{
	struct text after = *rest, word = take_word(&after);

	for (; word.len && !text_starts(word, TEXT("\"")) && !text_starts(word, TEXT("!")); word = take_word(&after)) {
		size_t equals = text_index(word, '=');

		if (equals == word.len || walk->filling_count == 16) return error_invalid(err, "every PERSON NAME=VALUE,...");
		walk->fillings[walk->filling_count++] =
			(struct filling){text_slice(word, 0, equals), text_slice(word, equals + 1, word.len)};
		*rest = after;
	}
	return true;
}

static const struct filling *filling_of(const struct walk *walk, struct text name)
{
	for (size_t i = 0; i < walk->filling_count; i++)
		if (text_equal(walk->fillings[i].name, name)) return &walk->fillings[i];
	return NULL;
}

static void wrong(struct walk *walk, struct text path, const char *why)
{
	buffer_printf(walk->wrong, "%.*s: %s\n", TEXT_ARG(path), why);
}

/* What the checks were made with is dropped; the answer stays, since the person's token is read from it. */
static void ask(struct walk *walk, struct text path)
{
	struct error one;
	struct arena_mark mark;
	bool good;

	error_clear(&one);
	good = client_get(walk->play, walk->person, path, &one);
	mark = arena_mark(&walk->play->arena);
	if (!good || !answer_check(walk->play, walk->checks, &one)) wrong(walk, path, one.message);
	if (good && walk->play->last.status >= 500) wrong(walk, path, "the program failed");
	arena_rewind(&walk->play->arena, mark);
	walk->asked++;
	walk->found += good && walk->play->last.status == 200;
}

/* What the address takes behind a question mark, where the scenario says what. */
static void ask_narrowed(struct walk *walk, struct text path, json_t *parameters)
{
	json_t *parameter;
	size_t i;

	json_array_foreach(parameters, i, parameter)
	{
		struct text name = text_of(json_string_value(json_object_get(parameter, "name"))), value;
		const struct filling *filling = filling_of(walk, name);
		struct text values = filling ? filling->values : TEXT("");

		if (!filling || strcmp(json_string_value(json_object_get(parameter, "in")), "query") != 0) continue;
		while (text_split(&values, ',', &value))
			ask(walk,
				arena_printf(&walk->play->arena, "%.*s?%.*s=%.*s", TEXT_ARG(path), TEXT_ARG(name), TEXT_ARG(value)));
	}
}

/* The path with every value its parameter has here; a parameter that the scenario doesn't know is wrong. */
static void ask_filled(struct walk *walk, struct text path, json_t *parameters)
{
	size_t from = text_index(path, '{'), to = text_index(path, '}');
	const struct filling *filling;
	struct text values, value;

	if (from == path.len) {
		ask(walk, path);
		ask_narrowed(walk, path, parameters);
		return;
	}
	filling = filling_of(walk, text_slice(path, from + 1, to - from - 1));
	if (!filling) {
		wrong(walk, path, "the scenario doesn't say what to ask in its place");
		return;
	}
	values = filling->values;
	while (text_split(&values, ',', &value))
		ask_filled(walk,
			arena_printf(&walk->play->arena, "%.*s%.*s%.*s", TEXT_ARG(text_slice(path, 0, from)), TEXT_ARG(value),
				TEXT_ARG(text_slice(path, to + 1, path.len))),
			parameters);
}

/* Every address of the document that is asked by GET. */
static bool ask_all(struct walk *walk, json_t *document, struct error *err)
{
	json_t *paths = json_object_get(document, "paths"), *one;
	const char *path;

	if (!json_is_object(paths)) return error_invalid(err, "the program's document has no paths");
	json_object_foreach(paths, path, one)
	{
		json_t *get = json_object_get(one, "get");

		if (get) ask_filled(walk, text_of(path), json_object_get(get, "parameters"));
	}
	return true;
}

/*
 * Every address there is, as the program's own document names them, whatever status each is answered with: a route that is
 * added is asked too. At least ten are found, so that a person who may nothing proves nothing.
 */
bool walk_every(struct play *play, struct text rest, struct error *err)
{
	struct text person = take_word(&rest);
	struct walk walk = {.play = play, .person = person};
	json_t *document;
	BUFFER_SCOPE wrongs;
	bool walked;

	buffer_init(&wrongs, ERROR_MESSAGE_BYTES);
	walk.wrong = &wrongs;
	if (!take_fillings(&walk, &rest, err)) return false;
	walk.checks = rest;
	if (!client_get(play, person, TEXT("/api/v1/openapi.json"), err)) return false;
	document = json_incref(play->last.json);
	walked = ask_all(&walk, document, err);
	json_decref(document);
	if (!walked) return false;
	if (walk.found < 10) wrong(&walk, person, "fewer than ten addresses were found");
	return wrongs.len == 0 ||
		   error_invalid(err, "of %zu asked, %zu found:\n%.*s", walk.asked, walk.found, TEXT_ARG(buffer_text(&wrongs)));
}
