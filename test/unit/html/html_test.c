#include "unit.h"

#include "html/html.h"
#include "html/part.h"

static void text_is_escaped_for_every_place(void **state)
{
	/* The five characters of the HTML standard's escaping, and what it forbids in a document. */
	static const struct {
		const char *given, *written;
	} cases[] = {
		{"", ""},
		{"Asha", "Asha"},
		{"<script>alert(\"1\")</script>", "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"},
		{"O'Neill & sons", "O&#39;Neill &amp; sons"},
		{"&amp;", "&amp;amp;"},
		{"one\ntwo\tthree", "one\ntwo\tthree"},
		{"bell\x07", "bell\xEF\xBF\xBD"},
		{"Zo\xC3\xAB", "Zo\xC3\xAB"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		BUFFER_SCOPE out;
		struct html h = {&out};

		buffer_init(&out, 1000);
		html_put(&h, cases[i].given);
		html_put_attribute(&h, text_of(cases[i].given));
		assert_int_equal(out.len, 2 * strlen(cases[i].written));
		assert_text(text_slice(buffer_text(&out), 0, out.len / 2), cases[i].written);
		assert_text(text_slice(buffer_text(&out), out.len / 2, out.len), cases[i].written);
	}
}

static void a_piece_of_an_address_is_percent_encoded(void **state)
{
	/* RFC 3986, section 2: what is not unreserved is encoded by its bytes. */
	static const struct {
		const char *given, *written;
	} cases[] = {
		{"OX-15-00417-H", "OX-15-00417-H"},
		{"a/b?c#d", "a%2Fb%3Fc%23d"},
		{"../..", "..%2F.."},
		{"a b&c=d+e", "a%20b%26c%3Dd%2Be"},
		{"\"'<>", "%22%27%3C%3E"},
		{"caf\xC3\xA9", "caf%C3%A9"},
		{"a@b.uk", "a@b.uk"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		BUFFER_SCOPE out;
		struct html h = {&out};

		buffer_init(&out, 1000);
		html_put_url(&h, cases[i].given);
		assert_text(buffer_text(&out), cases[i].written);
	}
}

static void a_whole_address_stays_on_this_host(void **state)
{
	static const struct {
		const char *given;
		bool safe;
	} cases[] = {{"/", true}, {"/enquiries/OX?a=b#c", true}, {"?after=3", true}, {"#main", true}, {"", false},
		{"enquiries", false}, {"//elsewhere", false}, {"/\\elsewhere", false}, {"\\/elsewhere", false},
		{"https://elsewhere", false}, {"javascript:alert(1)", false}, {" /x", false}, {"/\n/elsewhere", false},
		{"/\t/elsewhere", false}, {"data:text/html,x", false}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		BUFFER_SCOPE out;
		struct html h = {&out};

		buffer_init(&out, 1000);
		html_put_address(&h, cases[i].given);
		assert_int_equal(html_address_safe(text_of(cases[i].given)), cases[i].safe);
		assert_text(buffer_text(&out), cases[i].safe ? cases[i].given : "#");
	}
}

static void numbers_are_written_whole(void **state)
{
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 1000);
	html_put(&h, 0);
	html_markup(&h, " ");
	html_put(&h, INT64_MIN);
	html_markup(&h, " ");
	html_put(&h, INT64_MAX);
	html_markup(&h, " ");
	html_put(&h, SIZE_MAX);
	assert_text(buffer_text(&out), "0 -9223372036854775808 9223372036854775807 18446744073709551615");
}

static void no_value_writes_nothing_and_too_much_is_told(void **state)
{
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 10);
	html_put(&h, TEXT_NONE);
	html_put(&h, (const char *)NULL);
	assert_int_equal(out.len, 0);
	html_put(&h, "<<<");
	assert_true(out.overflowed);
}

static void what_describes_a_control_is_named_in_order(void **state)
{
	static const struct {
		bool hint, error;
		const char *by, *written;
	} cases[] = {{false, false, NULL, ""}, {true, false, NULL, " aria-describedby=\"x-hint\""},
		{true, true, NULL, " aria-describedby=\"x-hint x-error\""},
		{false, true, "more", " aria-describedby=\"more x-error\""}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		BUFFER_SCOPE out;
		struct html h = {&out};

		buffer_init(&out, 1000);
		html_described(
			&h, (struct described){text_of(cases[i].by), TEXT("x"), cases[i].hint, cases[i].error, TEXT_NONE});
		assert_text(buffer_text(&out), cases[i].written);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped_for_every_place),
		cmocka_unit_test(a_piece_of_an_address_is_percent_encoded),
		cmocka_unit_test(a_whole_address_stays_on_this_host),
		cmocka_unit_test(numbers_are_written_whole),
		cmocka_unit_test(no_value_writes_nothing_and_too_much_is_told),
		cmocka_unit_test(what_describes_a_control_is_named_in_order),
	};

	return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
