#include "unit.h"

#include "base/buffer.h"
#include "http/form.h"

/* Expected values: python 3.11, urllib.parse.parse_qsl(body, keep_blank_values=True), where it is as strict. */
static const struct {
	const char *name, *body, *fields;
} good[] = {
	{"names and values stand in their order", "a=1&b=2&a=3", "a=1|b=2|a=3|"},
	{"plus is a space and %2B a plus", "q=a+b%2Bc", "q=a b+c|"},
	{"percent-encoding takes both cases", "q=%c3%AB", "q=\xC3\xAB|"},
	{"a value may be empty or missing", "a=&b&=c", "a=|b=|=c|"},
	{"empty pairs are passed over", "&&a=1&&", "a=1|"},
	{"only the first equals sign divides", "a=b=c", "a=b=c|"},
	{"names are decoded too", "children-0-given%5Fname=Zo%C3%AB", "children-0-given_name=Zo\xC3\xAB|"},
	{"line ends become LF", "t=a%0D%0Ab%0Dc%0Ad", "t=a\nb\nc\nd|"},
	{"nothing is no field", "", ""},
};

static void a_form_is_decoded_as_browsers_send_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		ARENA_SCOPE arena;
		struct text read = TEXT("");
		struct form form;
		struct error err;

		arena_init(&arena, ARENA_REQUEST_BYTES);
		error_clear(&err);
		if (!form_decode(text_of(good[i].body), &arena, &form, &err)) fail_msg("%s: %s", good[i].name, err.message);
		for (size_t k = 0; k < form.count; k++)
			read = arena_printf(
				&arena, "%.*s%.*s=%.*s|", TEXT_ARG(read), TEXT_ARG(form.rows[k].name), TEXT_ARG(form.rows[k].value));
		assert_text(read, good[i].fields);
	}
}

static const struct {
	const char *body, *why;
} bad[] = {
	{"a=%", "percent"},
	{"a=%4", "percent"},
	{"a=%g0", "percent"},
	{"a=%0g", "percent"},
	{"%zz=1", "percent"},
	{"a=%00", "UTF-8"},
	{"a=%ff", "UTF-8"},
	{"a=\xC3", "UTF-8"},
	{"a=%ED%A0%80", "UTF-8"},
	{"a=%C0%AF", "UTF-8"},
	{"a=%1B", "control"},
	{"a=%7F", "control"},
};

static void a_broken_form_is_refused_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		ARENA_SCOPE arena;
		struct form form;
		struct error err;

		arena_init(&arena, ARENA_REQUEST_BYTES);
		error_clear(&err);
		assert_false(form_decode(text_of(bad[i].body), &arena, &form, &err));
		assert_error(&err, ERROR_INVALID, bad[i].why);
	}
}

static void more_fields_than_any_form_has_are_refused(void **state)
{
	ARENA_SCOPE arena;
	BUFFER_SCOPE body;
	struct form form;
	struct error err;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	buffer_init(&body, 1 << 20);
	error_clear(&err);
	for (int i = 0; i < FORM_FIELDS_MOST; i++) buffer_literal(&body, "a=1&");
	assert_true(form_decode(buffer_text(&body), &arena, &form, &err));
	assert_int_equal(form.count, FORM_FIELDS_MOST);
	buffer_literal(&body, "a=1");
	assert_false(form_decode(buffer_text(&body), &arena, &form, &err));
}

static void a_segment_keeps_its_plus_and_refuses_a_hidden_slash(void **state)
{
	static const char *const refused[] = {"a%2Fb", "a%00", "a%", "%ff", "a%0Ab"};
	ARENA_SCOPE arena;
	struct text segment;
	struct error err;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	error_clear(&err);
	assert_true(segment_decode(TEXT("a+b%20c"), &arena, &segment, &err));
	assert_text(segment, "a+b c");
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		assert_false(segment_decode(text_of(refused[i]), &arena, &segment, &err));
}

static void what_goes_into_an_address_is_encoded(void **state)
{
	ARENA_SCOPE arena;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	/* python: urllib.parse.quote("/a b?c=d&\u00eb~", safe="") */
	assert_text(form_encode(&arena, TEXT("/a b?c=d&\xC3\xAB~")), "%2Fa%20b%3Fc%3Dd%26%C3%AB~");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_is_decoded_as_browsers_send_it),
		cmocka_unit_test(a_broken_form_is_refused_whole),
		cmocka_unit_test(more_fields_than_any_form_has_are_refused),
		cmocka_unit_test(a_segment_keeps_its_plus_and_refuses_a_hidden_slash),
		cmocka_unit_test(what_goes_into_an_address_is_encoded),
	};

	return cmocka_run_group_tests_name("http/form", tests, NULL, NULL);
}
