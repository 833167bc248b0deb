#include "viewc_emit.h"

#define EMIT_RUN_BYTES ((size_t)16 << 20)

void emit_init(struct emit *e, struct buffer *code, struct text path)
{
	*e = (struct emit){.code = code, .path = path};
	buffer_init(&e->run, EMIT_RUN_BYTES);
}

void emit_release(struct emit *e)
{
	buffer_release(&e->run);
}

void emit_markup(struct emit *e, char c)
{
	buffer_char(&e->run, c);
}

void emit_escaped(struct buffer *out, struct text t)
{
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.ptr[i];

		if (c == '"' || c == '\\')
			buffer_printf(out, "\\%c", c);
		else if (c == '\n')
			buffer_literal(out, "\\n");
		else if (c < 0x20 || c >= 0x7F || c == '?')
			buffer_printf(out, "\\%03o", c);
		else
			buffer_char(out, (char)c);
	}
}

void emit_flush(struct emit *e)
{
	if (e->run.len == 0) return;
	buffer_literal(e->code, "\thtml_literal(h, \"");
	emit_escaped(e->code, buffer_text(&e->run));
	buffer_printf(e->code, "\", %zu);\n", e->run.len);
	buffer_clear(&e->run);
}

void emit_line(struct buffer *out, struct text path, int line)
{
	buffer_printf(out, "#line %d \"", line);
	emit_escaped(out, path);
	buffer_literal(out, "\"\n");
}

void emit_expression(struct emit *e, int line, enum markup_place place, struct text expression)
{
	static const char *const calls[PLACE_COUNT] = {
		[PLACE_NONE] = "",
		[PLACE_TEXT] = "html_put",
		[PLACE_ATTRIBUTE] = "html_put_attribute",
		[PLACE_URL] = "html_put_url",
		[PLACE_ADDRESS] = "html_put_address",
		[PLACE_TELEPHONE] = "html_put_telephone",
	};

	emit_at(e, line);
	buffer_printf(e->code, "\t%s(h, (%.*s));\n", calls[place], TEXT_ARG(expression));
}

void emit_at(struct emit *e, int line)
{
	emit_flush(e);
	emit_line(e->code, e->path, line);
}
