#include "unit.h"

#include "fixture.h"

#define FIXTURE_BYTES ((size_t)1 << 20)
#define ATTRIBUTES    40

struct arena fixture_arena;

struct text option_text(const json_t *options, const char *name)
{
	const json_t *value = json_object_get(options, name);

	if (json_is_string(value)) return text_of(json_string_value(value));
	if (json_is_integer(value)) return arena_printf(&fixture_arena, "%lld", (long long)json_integer_value(value));
	return TEXT_NONE;
}

const char *option_cstr(const json_t *options, const char *name)
{
	struct text value = option_text(options, name);

	return value.len ? arena_cstr(&fixture_arena, value) : NULL;
}

struct fragment option_html(const json_t *options, const char *name)
{
	return (struct fragment){.markup = text_trim(option_text(options, name))};
}

bool option_true(const json_t *options, const char *name)
{
	return json_is_true(json_object_get(options, name));
}

int option_int(const json_t *options, const char *name)
{
	int64_t value = 0;
	struct text text = option_text(options, name);

	return text.len && text_int(text, &value) ? (int)value : 0;
}

enum flag option_flag(const json_t *options, const char *name)
{
	const json_t *value = json_object_get(options, name);

	if (!json_is_boolean(value)) return FLAG_UNSAID;
	return json_is_true(value) ? FLAG_ON : FLAG_OFF;
}

const struct pair *option_pairs(const json_t *options, const char *name)
{
	json_t *map = json_object_get(options, name), *value;
	struct pair *pairs = arena_new_array(&fixture_arena, json_object_size(map) + 1, struct pair);
	const char *key;
	size_t count = 0;

	json_object_foreach(map, key, value) pairs[count++] = (struct pair){key, option_text(map, key)};
	return pairs;
}

struct label option_label(const json_t *options)
{
	const json_t *o = json_object_get(options, "label");

	return (struct label){.text = option_text(o, "text"),
		.html = option_html(o, "html"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes"),
		.is_page_heading = option_true(o, "isPageHeading")};
}

struct hint option_hint(const json_t *options)
{
	const json_t *o = json_object_get(options, "hint");

	return (struct hint){.text = option_text(o, "text"),
		.html = option_html(o, "html"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes")};
}

struct error_message option_error(const json_t *options)
{
	const json_t *o = json_object_get(options, "errorMessage");

	return (struct error_message){.text = option_text(o, "text"),
		.html = option_html(o, "html"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes"),
		.hidden_text = option_text(o, "visuallyHiddenText")};
}

static struct fragment words_or_html(const json_t *options, const char *name)
{
	const json_t *o = json_object_get(options, name);
	struct text html = option_text(o, "html");

	return (struct fragment){.markup = html.len ? html : option_text(o, "text")};
}

struct form_group option_group(const json_t *options, const char *before, const char *after)
{
	const json_t *o = json_object_get(options, "formGroup");

	return (struct form_group){.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes"),
		.before = words_or_html(o, before),
		.after = words_or_html(o, after)};
}

const struct fieldset *option_fieldset(const json_t *options)
{
	const json_t *o = json_object_get(options, "fieldset"), *legend = json_object_get(o, "legend");
	struct fieldset *ret;

	if (!o) return NULL;
	ret = arena_new(&fixture_arena, struct fieldset);
	*ret = (struct fieldset){.legend = {.text = option_text(legend, "text"),
								 .html = option_html(legend, "html"),
								 .classes = option_cstr(legend, "classes"),
								 .is_page_heading = option_true(legend, "isPageHeading")},
		.described_by = option_text(o, "describedBy"),
		.role = option_cstr(o, "role"),
		.classes = option_cstr(o, "classes"),
		.attributes = option_pairs(o, "attributes")};
	return ret;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static int compare_text(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* Cuts one attribute off: name, or name="value"; white space within the value is one space. */
static bool next_attribute(struct text *rest, struct text *ret)
{
	BUFFER_SCOPE out;
	bool quoted = false;
	size_t i = 0;

	*rest = text_trim(*rest);
	if (!rest->len) return false;
	buffer_init(&out, FIXTURE_BYTES);
	for (; i < rest->len && (quoted || !is_space(rest->ptr[i])); i++) {
		bool space = is_space(rest->ptr[i]);

		if (rest->ptr[i] == '"') quoted = !quoted;
		if (space && out.len && (out.bytes[out.len - 1] == ' ' || out.bytes[out.len - 1] == '"')) continue;
		buffer_char(&out, space ? ' ' : rest->ptr[i]);
	}
	*rest = text_slice(*rest, i, rest->len);
	*ret = arena_text(&fixture_arena, buffer_text(&out));
	return true;
}

/* An address that leaves this host is one we never write. */
static struct text on_this_host(struct text attribute)
{
	struct text start = TEXT("href=\"");

	if (!text_starts(attribute, start)) return attribute;
	if (html_address_safe(text_slice(attribute, start.len, attribute.len - start.len - 1))) return attribute;
	return TEXT("href=\"#\"");
}

/* "<p b="2" a="1" >" is "<p a="1" b="2">". */
static void normal_tag(struct buffer *out, struct text tag)
{
	struct text rest = text_slice(tag, 1, tag.len - 2), attributes[ATTRIBUTES];
	size_t count = 0;

	if (text_ends(rest, TEXT("/"))) rest.len--;
	while (count < ATTRIBUTES && next_attribute(&rest, &attributes[count])) {
		attributes[count] = on_this_host(attributes[count]);
		count++;
	}
	if (count > 1) qsort(attributes + 1, count - 1, sizeof *attributes, compare_text);
	buffer_char(out, '<');
	for (size_t i = 0; i < count; i++) {
		if (i) buffer_char(out, ' ');
		buffer_append(out, attributes[i]);
	}
	buffer_char(out, '>');
}

/* Words with single spaces, and none beside a tag. */
static void normal_words(struct buffer *out, struct text words)
{
	words = text_trim(words);
	for (size_t i = 0; i < words.len; i++) {
		if (is_space(words.ptr[i]) && is_space(words.ptr[i + 1])) continue;
		buffer_char(out, is_space(words.ptr[i]) ? ' ' : words.ptr[i]);
	}
}

static size_t tag_end(struct text html)
{
	bool quoted = false;

	for (size_t i = 0; i < html.len; i++) {
		if (html.ptr[i] == '"') quoted = !quoted;
		if (html.ptr[i] == '>' && !quoted) return i + 1;
	}
	return html.len;
}

struct text fixture_normal(struct text html)
{
	BUFFER_SCOPE out;

	buffer_init(&out, FIXTURE_BYTES);
	while (html.len) {
		size_t len = html.ptr[0] == '<' ? tag_end(html) : text_index(html, '<');

		if (html.ptr[0] == '<')
			normal_tag(&out, text_slice(html, 0, len));
		else
			normal_words(&out, text_slice(html, 0, len));
		html = text_slice(html, len, html.len);
	}
	return arena_text(&fixture_arena, buffer_text(&out));
}

static bool named(const char *name, const char *const *names)
{
	for (; names && *names; names++)
		if (strcmp(*names, name) == 0) return true;
	return false;
}

static bool check_one(const json_t *fixture, fixture_write *write)
{
	BUFFER_SCOPE out;
	struct html h = {&out};
	struct text want = fixture_normal(text_of(json_string_value(json_object_get(fixture, "html")))), got;

	buffer_init(&out, FIXTURE_BYTES);
	write(&h, json_object_get(fixture, "options"));
	got = fixture_normal(buffer_text(&out));
	if (text_equal(got, want)) return true;
	print_error("%s:\n got  %.*s\n want %.*s\n", json_string_value(json_object_get(fixture, "name")), TEXT_ARG(got),
		TEXT_ARG(want));
	return false;
}

void fixture_check(const char *component, fixture_write *write, const char *const *but)
{
	char path[1024];
	json_t *file, *fixture;
	size_t i;
	int wrong = 0, checked = 0;

	if (!fixture_arena.limit_bytes) arena_init(&fixture_arena, ARENA_COMMAND_BYTES);
	snprintf(path, sizeof path, GOVUK_FRONTEND "/dist/govuk/components/%s/fixtures.json", component);
	file = json_load_file(path, 0, NULL);
	if (!file) fail_msg("no %s: has script/bootstrap run?", path);
	json_array_foreach(json_object_get(file, "fixtures"), i, fixture)
	{
		if (named(json_string_value(json_object_get(fixture, "name")), but)) continue;
		checked++;
		wrong += !check_one(fixture, write);
	}
	json_decref(file);
	assert_true(checked > 0);
	if (wrong) fail_msg("%s: %d of %d are written otherwise", component, wrong, checked);
}
