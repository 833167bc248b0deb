#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "viewc.h"

/* Runs the C compiler over what viewc makes of the template; its messages come back in `said`. */
static int compiler_says(const char *source, struct buffer *said)
{
	char path[] = "/tmp/viewc_types_XXXXXX.c", command[1024];
	struct error err;
	BUFFER_SCOPE header, code;
	FILE *file;
	int c;

	error_clear(&err);
	buffer_init(&header, 1 << 20);
	buffer_init(&code, 1 << 20);
	assert_true(
		viewc_compile(&(struct viewc_source){TEXT("views/t.html"), TEXT("t"), text_of(source)}, &header, &code, &err));
	file = fdopen(mkstemps(path, 2), "w");
	assert_non_null(file);
	fwrite(header.bytes, 1, header.len, file);
	fwrite(strchr(strstr(code.bytes, "#include"), '\n'), 1, strlen(strchr(strstr(code.bytes, "#include"), '\n')), file);
	fclose(file);
	snprintf(
		command, sizeof command, COMPILER " -std=gnu17 -D_GNU_SOURCE -I" SOURCES " -fsyntax-only -w %s 2>&1", path);
	file = popen(command, "r");
	assert_non_null(file);
	while ((c = fgetc(file)) != EOF) buffer_char(said, (char)c);
	unlink(path);
	return pclose(file);
}

static void what_can_be_shown_compiles_and_nothing_else_does(void **state)
{
	static const struct {
		const char *source;
		bool compiles;
	} cases[] = {
		{"@page p(struct text x)\n<p>{{ x }}</p>\n@end\n", true},
		{"@page p(const char *x)\n<p>{{ x }}</p>\n@end\n", true},
		{"@page p(int64_t x, int y, size_t z)\n<p>{{ x }}{{ y }}{{ z }}</p>\n@end\n", true},
		{"@page p(struct text x)\n<a href=\"/x/{{ x }}\">{{ x }}</a>\n@end\n", true},
		{"@page p(struct text x)\n<p>{{ x.wrong }}</p>\n@end\n", false},
		{"@page p(bool x)\n<p>{{ x }}</p>\n@end\n", false},
		{"@page p(double x)\n<p>{{ x }}</p>\n@end\n", false},
		{"@page p(const struct buffer *x)\n<p>{{ *x }}</p>\n@end\n", false},
		{"@page p(const struct buffer *x)\n<p>{{ x }}</p>\n@end\n", false},
		{"@page p(int x)\n<a href=\"{{ x }}\">x</a>\n@end\n", false},
		{"@page p(struct text x)\n@for r in x\n<p>x</p>\n@end\n@end\n", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		BUFFER_SCOPE said;
		bool compiled;

		buffer_init(&said, 1 << 20);
		compiled = compiler_says(cases[i].source, &said) == 0;
		if (compiled != cases[i].compiles) fail_msg("%s: %s", cases[i].source, said.bytes ? said.bytes : "compiled");
	}
}

static void the_compiler_points_at_the_templates_line(void **state)
{
	BUFFER_SCOPE said;

	(void)state;
	buffer_init(&said, 1 << 20);
	assert_int_not_equal(compiler_says("@page p(struct text x)\n<p>one</p>\n<p>{{ x.wrong }}</p>\n@end\n", &said), 0);
	assert_non_null(strstr(said.bytes, "views/t.html:3"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_be_shown_compiles_and_nothing_else_does),
		cmocka_unit_test(the_compiler_points_at_the_templates_line),
	};

	return cmocka_run_group_tests_name("viewc: types", tests, NULL, NULL);
}
