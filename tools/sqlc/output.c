#include "sqlc/output.h"

#include <stdlib.h>

#include "db/sql_lex.h"

static bool same_as_file(const char *path, struct text wanted)
{
	FILE *file = fopen(path, "rb");
	char *held = malloc(wanted.len + 1);
	bool same = false;

	if (file && held)
		same = fread(held, 1, wanted.len + 1, file) == wanted.len && !memcmp(held, wanted.ptr, wanted.len);
	if (file) fclose(file);
	free(held);
	return same;
}

void output_write(struct sqlc *sqlc, struct buffer *out, struct text file_name)
{
	struct text path = arena_printf(sqlc->arena, "%s/%.*s", sqlc->out_dir, TEXT_ARG(file_name));
	FILE *file;

	if (!out->overflowed && same_as_file(path.ptr, buffer_text(out))) return;
	file = fopen(path.ptr, "wb");
	if (out->overflowed || !file || fwrite(out->bytes, 1, out->len, file) != out->len || fclose(file) != 0)
		complain(sqlc, path, 1, "could not be written");
}

void output_literal(struct buffer *out, struct text words)
{
	struct text line;

	while (text_split(&words, '\n', &line)) {
		buffer_literal(out, "\n\t\"");
		for (size_t i = 0; i < line.len; i++) {
			if (line.ptr[i] == '"' || line.ptr[i] == '\\') buffer_char(out, '\\');
			if (line.ptr[i] == '\t')
				buffer_literal(out, "\\t");
			else
				buffer_char(out, line.ptr[i]);
		}
		buffer_printf(out, "%s\"", text_none(words) ? "" : "\\n");
	}
}

static size_t number_of(struct sqlc *sqlc, const struct query *query, struct text written)
{
	struct text name = text_slice(written, 1, written.len);

	for (size_t i = 0; i < query->parameters.count; i++)
		if (text_equal(query->parameters.at[i].name, name)) return i + 1;
	complain(sqlc, query->source->path, query->line, "%.*s: the override's %.*s is not a parameter",
		TEXT_ARG(query->name), TEXT_ARG(written));
	return 0;
}

struct text output_numbered(struct sqlc *sqlc, const struct query *query)
{
	struct text rest = text_none(query->sql_postgresql) ? query->sql : query->sql_postgresql, numbered;
	struct sql_token token;
	struct buffer out;

	buffer_init(&out, OUTPUT_BYTES);
	while (sql_next(&rest, &token)) {
		if (token.kind == SQL_PARAMETER)
			buffer_printf(&out, "$%zu", number_of(sqlc, query, token.text));
		else
			buffer_append(&out, token.text);
	}
	numbered = arena_text(sqlc->arena, buffer_text(&out));
	buffer_release(&out);
	return numbered;
}

void output_guard(struct buffer *out, struct text noun)
{
	struct buffer name;

	buffer_init(&name, 256);
	for (size_t i = 0; i < noun.len; i++)
		buffer_char(&name, noun.ptr[i] >= 'a' && noun.ptr[i] <= 'z' ? (char)(noun.ptr[i] - 32) : noun.ptr[i]);
	buffer_printf(out, "#ifndef SQL_%s_H\n#define SQL_%s_H\n\n", name.bytes, name.bytes);
	buffer_release(&name);
}
