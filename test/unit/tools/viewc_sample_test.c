#include "unit.h"

#include "views/sample.h"

static const char two_rows_page[] =
	"<h1 class=\"a &lt;T&gt; &quot;x&quot; &#39;y&#39;\">&lt;T&gt; &quot;x&quot; &#39;y&#39;</h1>\n"
	"<p>2 rows</p>\n"
	"<ul>\n"
	"<li class=\"even\"\naria-current=\"true\"\n"
	"data-n='0'><a href=\"/rows/A%2FB?from=%3CT%3E%20%22x%22%20%27y%27\">A/B</a></li>\n"
	"<li class=\"odd\"\n"
	"data-n='1'><a href=\"/rows/C%20%26%20D?from=%3CT%3E%20%22x%22%20%27y%27\">C &amp; D</a></li>\n"
	"</ul>\n"
	"&lt;T&gt; &quot;x&quot; &#39;y&#39;"
	"<a href=\"/on?a=1&amp;b=2#top\">next</a> <a href=\"mailto:a@b.uk%3Fx\">m</a> <a href=\"tel:+441865\">t</a>\n"
	"<pre>\n  kept\n    as it stands</pre>\n"
	"<svg viewBox=\"0 0 2 1\"><path d=\"M0 0h2\"/></svg>\n"
	"<script src=\"/assets/x.js\"></script>\n"
	"<p>2 ?? &quot; \\ \xC3\xA9<br></p>\n";

static void a_template_writes_what_it_says_escaped_by_place(void **state)
{
	const struct sample_row two_rows[] = {{TEXT("A/B"), true}, {TEXT("C & D"), false}};
	struct sample_view view = {.title = TEXT("<T> \"x\" 'y'"),
		.count = 2,
		.list = {two_rows, COUNT_OF(two_rows)},
		.next = TEXT("/on?a=1&b=2"),
		.email = TEXT("a@b.uk?x"),
		.phone = "+44 (1865)"};
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 10000);
	view_sample(&h, &view);
	assert_text(buffer_text(&out), two_rows_page);
}

static void branches_are_taken_by_their_conditions(void **state)
{
	static const struct {
		int64_t count;
		const char *words;
	} cases[] = {{0, "<p>no rows</p>"}, {1, "<p>one row</p>"}, {2, "<p>2 rows</p>"}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct sample_view view = {.title = TEXT("t"), .count = cases[i].count, .next = TEXT("/")};
		BUFFER_SCOPE out;
		struct html h = {&out};

		buffer_init(&out, 10000);
		view_sample(&h, &view);
		assert_non_null(strstr(out.bytes, cases[i].words));
	}
}

static void an_empty_part_writes_nothing(void **state)
{
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 10000);
	view_nothing(&h);
	assert_int_equal(out.len, 0);
}

static void an_address_that_leaves_this_host_becomes_a_hash(void **state)
{
	static const char *const addresses[] = {
		"javascript:alert(1)", "//elsewhere", "https://elsewhere", "/\\elsewhere", "/\t/elsewhere", "", "x"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		struct sample_view view = {.title = TEXT("t"), .next = text_of(addresses[i])};
		BUFFER_SCOPE out;
		struct html h = {&out};

		buffer_init(&out, 10000);
		view_sample(&h, &view);
		assert_non_null(strstr(out.bytes, "<a href=\"##top\">next</a>"));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_template_writes_what_it_says_escaped_by_place),
		cmocka_unit_test(branches_are_taken_by_their_conditions),
		cmocka_unit_test(an_empty_part_writes_nothing),
		cmocka_unit_test(an_address_that_leaves_this_host_becomes_a_hash),
	};

	return cmocka_run_group_tests_name("viewc: a template writes", tests, NULL, NULL);
}
