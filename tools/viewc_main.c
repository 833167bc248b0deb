/* viewc PATH/NOUN.html OUT: writes OUT/NOUN.h and OUT/NOUN.c. */
#include <libgen.h>

#include "viewc.h"

#define SOURCE_BYTES ((size_t)1 << 20)
#define OUTPUT_BYTES ((size_t)64 << 20)

static bool read_file(const char *path, struct buffer *ret, struct error *err)
{
	FILE *file = fopen(path, "rb");
	char part[4096];
	size_t got;

	if (!file) return error_failed(err, "could not open %s", path);
	while ((got = fread(part, 1, sizeof part, file)) > 0) buffer_bytes(ret, part, got);
	if (ferror(file)) error_failed(err, "could not read %s", path);
	if (ret->overflowed) error_too_large(err, "%s is larger than %zu bytes", path, ret->limit);
	fclose(file);
	return err->kind == ERROR_NONE;
}

static bool write_file(
	struct text directory, struct text noun, const char *ending, const struct buffer *content, struct error *err)
{
	char path[4096];
	FILE *file;
	bool ok;

	snprintf(path, sizeof path, "%.*s/%.*s%s", TEXT_ARG(directory), TEXT_ARG(noun), ending);
	file = fopen(path, "wb");
	if (!file) return error_failed(err, "could not create %s", path);
	ok = fwrite(content->bytes, 1, content->len, file) == content->len;
	if (fclose(file) != 0 || !ok) return error_failed(err, "could not write %s", path);
	return true;
}

static bool run(const char *path, const char *directory, struct error *err)
{
	char name[4096];
	struct text noun;
	BUFFER_SCOPE source, header, code;

	buffer_init(&source, SOURCE_BYTES);
	buffer_init(&header, OUTPUT_BYTES);
	buffer_init(&code, OUTPUT_BYTES);
	snprintf(name, sizeof name, "%s", path);
	noun = text_of(basename(name));
	if (!text_ends(noun, TEXT(".html"))) return error_invalid(err, "%s does not end in .html", path);
	noun.len -= 5;
	if (!read_file(path, &source, err)) return false;
	if (!viewc_compile(&(struct viewc_source){text_of(path), noun, buffer_text(&source)}, &header, &code, err))
		return false;
	return write_file(text_of(directory), noun, ".h", &header, err) &&
		   write_file(text_of(directory), noun, ".c", &code, err);
}

int main(int argc, char **argv)
{
	struct error err;

	error_clear(&err);
	if (argc != 3) {
		fprintf(stderr, "usage: viewc PATH/NOUN.html OUT\n");
		return 2;
	}
	if (run(argv[1], argv[2], &err)) return 0;
	fprintf(stderr, "%s\n", err.message);
	return error_exit_code(err.kind);
}
