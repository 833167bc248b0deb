#include "unit.h"

#include "viewc.h"

#define PAGE(body) "@page p(struct text x, int n)\n" body "\n@end\n"

struct attempt {
	const char *source;
	const char *told; /* what the message holds; NULL: it compiles */
};

static bool compile(const char *source, struct error *err)
{
	BUFFER_SCOPE header, code;

	error_clear(err);
	buffer_init(&header, 1 << 20);
	buffer_init(&code, 1 << 20);
	return viewc_compile(&(struct viewc_source){TEXT("views/t.html"), TEXT("t"), text_of(source)}, &header, &code, err);
}

static void check(const struct attempt *attempts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct error err;
		bool ok = compile(attempts[i].source, &err);

		if (!attempts[i].told && !ok) fail_msg("refused %s: %s", attempts[i].source, err.message);
		if (!attempts[i].told) continue;
		if (ok) fail_msg("took %s", attempts[i].source);
		if (!strstr(err.message, attempts[i].told))
			fail_msg("%s: told \"%s\", expected \"%s\"", attempts[i].source, err.message, attempts[i].told);
	}
}

#define CHECK(attempts) check((attempts), COUNT_OF(attempts))

static void good_templates_compile(void **state)
{
	static const struct attempt attempts[] = {
		{"", NULL},
		{PAGE(""), NULL},
		{PAGE("<p>{{ x }}</p>"), NULL},
		{PAGE("<p title=\"{{ x }} and {{ x }}\">a > b & c</p>"), NULL},
		{PAGE("<input type=\"checkbox\" checked>"), NULL},
		{PAGE("<img src=\"/a.png\" alt=\"\"/>"), NULL},
		{PAGE("<p>{{ f(x, (struct y){1, 2}, \"}\") }}</p>"), NULL},
		{PAGE("<a href=\"#main\">x</a><a href=\"?after={{ n }}\">x</a><a href=\"/a/{{ x }}/b\">x</a>"), NULL},
		{PAGE("<a href=\"{{ x }}?a={{ n }}\">x</a>"), NULL},
		{PAGE("@if n > 0 && (x.len ||\n  n)\n<p>x</p>\n@end"), NULL},
		{PAGE("<p>\n@if n\na\n@else\nb\n@end\n</p>"), NULL},
		{PAGE("<p\n@if n\nclass=\"a\"\n@else\nclass=\"b\"\n@end\n>x</p>"), NULL},
		{PAGE("<script src=\"/assets/a.js\"></script>"), NULL},
		{"@include \"a/b.h\"\n<!-- words\n more -->\n" PAGE("<!-- < & -->x"), NULL},
		{"@part a()\n@end\n@part b()\n@call a()\n@end\n", NULL},
	};

	(void)state;
	CHECK(attempts);
}

static void expressions_are_refused_where_no_escape_is_safe(void **state)
{
	static const struct attempt attempts[] = {
		{PAGE("<script src=\"/x\">{{ x }}</script>"), "within a script"},
		{PAGE("<!-- {{ x }} -->"), "within a comment"},
		{PAGE("<{{ x }}>"), "name of a tag"},
		{PAGE("<p{{ x }}>"), "name of a tag"},
		{PAGE("<p {{ x }}>"), "name of an attribute"},
		{PAGE("<p data-{{ x }}=\"1\">"), "name of an attribute"},
		{PAGE("<p class={{ x }}>"), "needs quotes"},
		{PAGE("<p></{{ x }}>"), "name of a tag"},
		{PAGE("<p onclick=\"{{ x }}\">"), "Content-Security-Policy"},
		{PAGE("<p style=\"{{ x }}\">"), "Content-Security-Policy"},
		{PAGE("<a href=\"javascript:{{ x }}\">"), "must start with"},
		{PAGE("<a href=\"https://{{ x }}/\">"), "must start with"},
		{PAGE("<a href=\"//{{ x }}\">"), "must start with"},
		{PAGE("<a href=\"/{{ x }}/{{ x }}\">"), "first part of the path"},
		{PAGE("<a href=\"{{ x }}{{ x }}\">"), "whole address"},
		{PAGE("<a href=\"{{ x }}/a\">"), "whole address"},
	};

	(void)state;
	CHECK(attempts);
}

static void what_the_content_security_policy_refuses_is_refused_here(void **state)
{
	static const struct attempt attempts[] = {
		{PAGE("<p style=\"color:red\">x</p>"), "style"},
		{PAGE("<p onclick=\"f()\">x</p>"), "onclick"},
		{PAGE("<p ONCLICK=\"f()\">x</p>"), "ONCLICK"},
		{PAGE("<script>f()</script>"), "assets/"},
		{PAGE("<SCRIPT>f()</SCRIPT>"), "assets/"},
		{PAGE("<style>p{}</style>"), "<style>"},
		{PAGE("<iframe src=\"/x\"></iframe>"), "<iframe>"},
		{PAGE("<base href=\"/x\">"), "<base>"},
		{PAGE("<a href=\"javascript:f()\">x</a>"), "must start with"},
		{PAGE("<a href=\"https://elsewhere/\">x</a>"), "must start with"},
		{PAGE("<a href=\"\">x</a>"), "must start with"},
		{PAGE("<form action=\"/\\elsewhere\"></form>"), "must start with"},
		{PAGE("<button formaction=\"data:x\">x</button>"), "must start with"},
	};

	(void)state;
	CHECK(attempts);
}

static void markup_must_be_whole(void **state)
{
	static const struct attempt attempts[] = {
		{PAGE("<div>"), "<div> of line 2 is still open"},
		{PAGE("</div>"), "closes nothing"},
		{PAGE("<p><b></p></b>"), "stands where <b>"},
		{PAGE("<div/>"), "does not close"},
		{PAGE("<p class=a>"), "needs quotes"},
		{PAGE("<p class=\"a\"id=\"b\">"), "no space"},
		{PAGE("<p id=\"a\" id=\"b\">"), "twice"},
		{PAGE("<p"), "ends in another element"},
		{PAGE("<p title=\""), "within a tag's name or value"},
		{PAGE("1 < 2"), "&lt;"},
		{PAGE("@if n\n<p>\n@else\n</p>\n@end"), "<p> of line 3 is still open"},
		{PAGE("<p>\n@if n\n</p>\n@end"), "another element"},
		{PAGE("<p\n@if n\n>\n@end\n</p>"), "still open"},
		{PAGE("<!-- x"), "comment does not end"},
	};

	(void)state;
	CHECK(attempts);
}

static void directives_must_be_whole(void **state)
{
	static const struct attempt attempts[] = {
		{"@page p()\n", "line 1 has no @end"},
		{PAGE("@if n\n"), "has no @end"},
		{PAGE("@end"), "@end stands outside"},
		{PAGE("@else"), "without its @if"},
		{PAGE("@if n\n@else\n@else\n@end"), "without its @if"},
		{PAGE("@if n\n@else\n@elif n\n@end"), "without its @if"},
		{PAGE("@for r in x\n@else\n@end"), "without its @if"},
		{PAGE("@if"), "@if is empty"},
		{PAGE("@if n)"), "closes nothing"},
		{PAGE("@if (n"), "in a template's C"},
		{"@page p()\n@if (n", "not closed before the end"},
		{PAGE("@if n {"), "in a template's C"},
		{PAGE("@if n\n@end x"), "after @end"},
		{PAGE("@for x"), "name in list"},
		{PAGE("@for in x"), "name in list"},
		{PAGE("@for r in"), "empty"},
		{PAGE("@while n"), "no directive"},
		{PAGE("@page q()\n@end"), "within the page"},
		{PAGE("") PAGE(""), "stands twice"},
		{PAGE("@include \"a.h\""), "before the first"},
		{"@include <a.h>\n", "needs"},
		{"@include \"a.h\" x\n", "needs"},
		{"@page p\n@end\n", "not name(arguments)"},
		{"@page 1p()\n@end\n", "not name(arguments)"},
		{"@if 1\n@end\n", "outside of a page"},
		{"<p>x</p>\n", "outside of a page"},
		{"{{ x }}\n", "outside of a page"},
		{PAGE("@call f"), "not name(arguments)"},
	};

	(void)state;
	CHECK(attempts);
}

static void c_cannot_break_out_of_its_place(void **state)
{
	static const struct attempt attempts[] = {
		{PAGE("<p>{{ }}</p>"), "empty"},
		{PAGE("<p>{{ x</p>"), "without }}"},
		{PAGE("<p>{{ x)); f((1 }}</p>"), "closes nothing"},
		{PAGE("<p>{{ x; }}</p>"), "\";\""},
		{PAGE("<p>{{ x // }}</p>"), "comment"},
		{PAGE("<p>{{ x /* }}</p>"), "comment"},
		{PAGE("<p>{{ \"x }}</p>"), "does not end"},
		{PAGE("<p>{{ [x) }}</p>"), "closes nothing"},
		{PAGE("@do f(\n#undef x\n)"), "\"#\""},
		{PAGE("@do f(1); g(2)"), "\";\""},
		{PAGE("@let int a = 1 \\"), "\"\\\""},
	};

	(void)state;
	CHECK(attempts);
}

static void a_message_names_the_file_and_line(void **state)
{
	struct error err;

	(void)state;
	assert_false(compile(PAGE("<p>\nx\n</b>"), &err));
	assert_error(&err, ERROR_INVALID, "views/t.html:4: </b> stands where <p> of line 2 is open");
}

static void every_prefix_of_a_template_is_taken_or_refused(void **state)
{
	static const char source[] =
		PAGE("<a href=\"/x/{{ x }}\">\n@if n\n<!-- c -->\n@end\n</a>\n<pre>\n@do f(\"x\")\n</pre>");
	struct error err;
	char part[sizeof source];

	(void)state;
	for (size_t len = 0; len < sizeof source; len++) {
		memcpy(part, source, len);
		part[len] = '\0';
		if (compile(part, &err)) assert_int_equal(err.kind, ERROR_NONE);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_templates_compile),
		cmocka_unit_test(expressions_are_refused_where_no_escape_is_safe),
		cmocka_unit_test(what_the_content_security_policy_refuses_is_refused_here),
		cmocka_unit_test(markup_must_be_whole),
		cmocka_unit_test(directives_must_be_whole),
		cmocka_unit_test(c_cannot_break_out_of_its_place),
		cmocka_unit_test(a_message_names_the_file_and_line),
		cmocka_unit_test(every_prefix_of_a_template_is_taken_or_refused),
	};

	return cmocka_run_group_tests_name("viewc: what it takes and refuses", tests, NULL, NULL);
}
