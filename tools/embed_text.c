/*
 * embed_text NAME FILE: writes a C file that holds FILE's bytes as `const unsigned char NAME[]` and its length as
 * `const size_t NAME_len`, on standard output. So data that the rules need is inside the program.
 */
#include <stdio.h>
#include <stdlib.h>

static size_t write_bytes(FILE *in)
{
	size_t len = 0;

	for (int c = getc(in); c != EOF; c = getc(in)) printf("%s%d,", len++ % 24 ? "" : "\n\t", c);
	return len;
}

int main(int argc, char **argv)
{
	FILE *in = argc == 3 ? fopen(argv[2], "rb") : NULL;
	size_t len;

	if (!in) {
		fprintf(stderr, "usage: embed_text NAME FILE, where FILE can be read\n");
		return EXIT_FAILURE;
	}
	printf(
		"#include <stddef.h>\n\nextern const unsigned char %s[];\nextern const size_t %s_len;\n\n", argv[1], argv[1]);
	printf("const unsigned char %s[] = {", argv[1]);
	len = write_bytes(in);
	printf("\n};\nconst size_t %s_len = %zu;\n", argv[1], len);
	return ferror(in) || fclose(in) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
