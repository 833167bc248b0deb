/*
 * embed: files into the program, each under a name that holds the hash of its content, so that a browser may keep
 * it for ever and never has an old one.
 *
 *   embed names OUT.h NAME=FILE...          ASSET_FANLIGHT_CSS "/assets/fanlight-1f3a9c0b12d4e5f6.css" ... for pages
 *   embed table OUT.c NAME=FILE:GZIPPED...  `site_assets`, a table of struct asset, for the server
 */
#include <ctype.h>
#include <sodium.h>

#include "base/buffer.h"
#include "base/error.h"

#define EMBED_FILE_BYTES   ((size_t)4 << 20)
#define EMBED_OUTPUT_BYTES ((size_t)64 << 20)
#define EMBED_HASH_BYTES   16

struct embedded {
	struct text name; /* "fanlight.css" */
	struct text path;
	struct text gzip_path;
	char hash[EMBED_HASH_BYTES + 1];
	struct buffer bytes;
};

static bool read_file(struct text path, struct buffer *ret, struct error *err)
{
	char name[4096], part[4096];
	FILE *file;
	size_t got;

	snprintf(name, sizeof name, "%.*s", TEXT_ARG(path));
	file = fopen(name, "rb");
	if (!file) return error_failed(err, "could not open %s", name);
	while ((got = fread(part, 1, sizeof part, file)) > 0) buffer_bytes(ret, part, got);
	fclose(file);
	return !ret->overflowed || error_too_large(err, "%s is larger than %zu bytes", name, ret->limit);
}

/* NAME=FILE or NAME=FILE:GZIPPED. */
static bool embed_open(const char *argument, struct embedded *ret, struct error *err)
{
	struct text rest = text_of(argument);
	unsigned char hash[crypto_generichash_BYTES];
	char hex[2 * sizeof hash + 1];

	*ret = (struct embedded){.name = TEXT_NONE};
	buffer_init(&ret->bytes, EMBED_FILE_BYTES);
	if (!text_split(&rest, '=', &ret->name) || text_none(rest) || !text_split(&rest, ':', &ret->path))
		return error_invalid(err, "%s is not NAME=FILE", argument);
	ret->gzip_path = rest;
	if (!read_file(ret->path, &ret->bytes, err)) return false;
	crypto_generichash(hash, sizeof hash, (const unsigned char *)ret->bytes.bytes, ret->bytes.len, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	snprintf(ret->hash, sizeof ret->hash, "%.*s", EMBED_HASH_BYTES, hex);
	return true;
}

/* "fanlight-HASH.css" */
static void write_hashed_name(struct buffer *out, const struct embedded *e)
{
	size_t dot = text_index(e->name, '.');

	buffer_append(out, text_slice(e->name, 0, dot));
	buffer_printf(out, "-%s", e->hash);
	buffer_append(out, text_slice(e->name, dot, e->name.len));
}

static void write_name(struct buffer *out, const struct embedded *e)
{
	buffer_literal(out, "#define ASSET_");
	for (size_t i = 0; i < e->name.len; i++)
		buffer_char(out, isalnum((unsigned char)e->name.ptr[i]) ? (char)toupper((unsigned char)e->name.ptr[i]) : '_');
	buffer_literal(out, " \"/assets/");
	write_hashed_name(out, e);
	buffer_literal(out, "\"\n");
}

static const char *content_type(struct text name)
{
	static const struct {
		const char *ending, *type;
	} types[] = {{".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
		{".svg", "image/svg+xml"}, {".png", "image/png"}};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (text_ends(name, text_of(types[i].ending))) return types[i].type;
	return "application/octet-stream";
}

static void write_bytes(struct buffer *out, const char *name, size_t index, struct text bytes)
{
	buffer_printf(out, "static const unsigned char %s_%zu[] = {", name, index);
	for (size_t i = 0; i < bytes.len; i++)
		buffer_printf(out, "%s%u,", i % 24 == 0 ? "\n" : "", (unsigned)(unsigned char)bytes.ptr[i]);
	buffer_literal(out, "};\n");
}

/* Both forms of the file; the entry of the table goes into `table`. */
static bool write_file(
	struct buffer *out, struct buffer *table, const struct embedded *e, size_t index, struct error *err)
{
	BUFFER_SCOPE gzip;

	buffer_init(&gzip, EMBED_FILE_BYTES);
	if (e->gzip_path.len && !read_file(e->gzip_path, &gzip, err)) return false;
	write_bytes(out, "plain", index, buffer_text(&e->bytes));
	buffer_literal(table, "\t{\"");
	write_hashed_name(table, e);
	buffer_printf(
		table, "\", \"%s\", {(const char *)plain_%zu, sizeof plain_%zu}, ", content_type(e->name), index, index);
	if (gzip.len && gzip.len < e->bytes.len) {
		write_bytes(out, "gzip", index, buffer_text(&gzip));
		buffer_printf(table, "{(const char *)gzip_%zu, sizeof gzip_%zu}},\n", index, index);
	} else {
		buffer_literal(table, "{NULL, 0}},\n");
	}
	return true;
}

static bool embed(const char *what, char **arguments, int count, struct buffer *out, struct error *err)
{
	bool names = strcmp(what, "names") == 0;
	BUFFER_SCOPE table;

	buffer_init(&table, EMBED_OUTPUT_BYTES);
	buffer_literal(out, "/* Made by embed from assets/. */\n");
	if (names)
		buffer_literal(out, "#pragma once\n\n");
	else
		buffer_literal(out, "#include \"web/assets.h\"\n\n");
	for (int i = 0; i < count; i++) {
		struct embedded e;
		bool ok = embed_open(arguments[i], &e, err);

		if (ok && names) write_name(out, &e);
		if (ok && !names) ok = write_file(out, &table, &e, (size_t)i, err);
		buffer_release(&e.bytes);
		if (!ok) return false;
	}
	if (names) return true;
	buffer_literal(out, "\nconst struct asset site_assets[] = {\n");
	buffer_append(out, buffer_text(&table));
	buffer_printf(out, "};\nconst size_t site_asset_count = %d;\n", count);
	return true;
}

static bool run(char **argv, int argc, struct error *err)
{
	BUFFER_SCOPE out;
	FILE *file;
	bool ok;

	buffer_init(&out, EMBED_OUTPUT_BYTES);
	if (!embed(argv[1], argv + 3, argc - 3, &out, err)) return false;
	file = fopen(argv[2], "wb");
	if (!file) return error_failed(err, "could not create %s", argv[2]);
	ok = !out.overflowed && fwrite(out.bytes, 1, out.len, file) == out.len;
	return fclose(file) == 0 && ok ? true : error_failed(err, "could not write %s", argv[2]);
}

int main(int argc, char **argv)
{
	struct error err;

	error_clear(&err);
	if (argc < 4 || (strcmp(argv[1], "names") != 0 && strcmp(argv[1], "table") != 0)) {
		fprintf(stderr, "usage: embed names|table OUT NAME=FILE[:GZIPPED]...\n");
		return 2;
	}
	if (sodium_init() >= 0 && run(argv, argc, &err)) return 0;
	fprintf(stderr, "embed: %s\n", err.message);
	return 3;
}
