#include "viewc.h"

#include "viewc_c.h"
#include "viewc_emit.h"

#define BLOCKS 32
#define PAGES  200

enum block_kind { BLOCK_PAGE, BLOCK_IF, BLOCK_ELSE, BLOCK_FOR };

struct block {
	enum block_kind kind;
	int line;
	enum markup_state state; /* every branch starts and ends here */
	size_t depth, attribute_count;
};

struct viewc {
	const struct viewc_source *source;
	struct text rest; /* of the source, not yet read */
	int line;         /* of what is read now */
	struct markup markup;
	struct emit emit;
	struct buffer *header;
	struct error *err;
	size_t block_count;
	struct block blocks[BLOCKS];
	size_t page_count;
	struct text pages[PAGES];
};

/* The line that comes next, without its end; false at the end of the source. */
static bool next_line(struct viewc *v, struct text *ret_line)
{
	if (v->rest.len == 0) return false;
	v->line++;
	v->markup.line = v->line;
	return text_split(&v->rest, '\n', ret_line);
}

static bool begin_block(struct viewc *v, enum block_kind kind)
{
	const struct markup *m = &v->markup;

	if (v->block_count == BLOCKS) return error_invalid(v->err, "more than %d blocks within each other", BLOCKS);
	v->blocks[v->block_count++] = (struct block){kind, v->line, m->state, m->depth, m->attribute_count};
	return true;
}

/* A branch is over: markup must stand where it stood when the branch began. */
static bool end_branch(struct viewc *v)
{
	const struct block *block = &v->blocks[v->block_count - 1];
	struct markup *m = &v->markup;

	if (m->depth > block->depth) {
		const struct markup_element *open = &m->elements[m->depth - 1];

		return error_invalid(v->err, "<%.*s> of line %d is still open", TEXT_ARG(open->name), open->line);
	}
	if (m->depth < block->depth || m->state != block->state)
		return error_invalid(v->err, "the block of line %d ends in another element than it began in", block->line);
	m->attribute_count = block->attribute_count;
	return true;
}

static bool directive_include(struct viewc *v, struct text rest)
{
	bool quoted = rest.len > 2 && rest.ptr[0] == '"' && text_index(text_slice(rest, 1, rest.len), '"') == rest.len - 2;

	if (v->block_count || v->page_count) return error_invalid(v->err, "@include stands before the first @page");
	if (!quoted || text_index(rest, '\\') < rest.len) return error_invalid(v->err, "@include needs \"a/header.h\"");
	buffer_printf(v->header, "#include %.*s\n", TEXT_ARG(rest));
	return true;
}

static bool declare_page(struct viewc *v, struct text name)
{
	for (size_t i = 0; i < v->page_count; i++)
		if (text_equal(v->pages[i], name)) return error_invalid(v->err, "%.*s stands twice", TEXT_ARG(name));
	if (v->page_count == PAGES) return error_invalid(v->err, "more than %d pages in one file", PAGES);
	v->pages[v->page_count++] = name;
	return true;
}

static bool directive_page(struct viewc *v, struct text rest)
{
	struct text name, params;
	const char *comma;

	if (v->block_count) return error_invalid(v->err, "a page within the page of line %d", v->blocks[0].line);
	if (!c_call(rest, &name, &params, v->err) || !declare_page(v, name)) return false;
	comma = params.len ? ", " : "";
	buffer_literal(v->header, "\n");
	emit_line(v->header, v->source->path, v->line);
	buffer_printf(v->header, "void view_%.*s(struct html *h%s%.*s);\n", TEXT_ARG(name), comma, TEXT_ARG(params));
	buffer_literal(v->emit.code, "\n");
	emit_at(&v->emit, v->line);
	buffer_printf(
		v->emit.code, "void view_%.*s(struct html *h%s%.*s)\n{\n\t(void)h;\n", TEXT_ARG(name), comma, TEXT_ARG(params));
	return begin_block(v, BLOCK_PAGE);
}

static bool directive_if(struct viewc *v, struct text rest)
{
	if (!c_whole(rest, "@if", v->err)) return false;
	emit_at(&v->emit, v->line);
	buffer_printf(v->emit.code, "\tif (%.*s) {\n", TEXT_ARG(rest));
	return begin_block(v, BLOCK_IF);
}

static bool branch(struct viewc *v, const char *name)
{
	if (v->block_count == 0 || v->blocks[v->block_count - 1].kind != BLOCK_IF)
		return error_invalid(v->err, "%s without its @if", name);
	return end_branch(v);
}

static bool directive_elif(struct viewc *v, struct text rest)
{
	if (!branch(v, "@elif") || !c_whole(rest, "@elif", v->err)) return false;
	emit_at(&v->emit, v->line);
	buffer_printf(v->emit.code, "\t} else if (%.*s) {\n", TEXT_ARG(rest));
	return true;
}

static bool directive_else(struct viewc *v, struct text rest)
{
	if (!branch(v, "@else")) return false;
	if (rest.len) return error_invalid(v->err, "\"%.*s\" after @else", TEXT_ARG(rest));
	emit_at(&v->emit, v->line);
	buffer_literal(v->emit.code, "\t} else {\n");
	v->blocks[v->block_count - 1].kind = BLOCK_ELSE;
	return true;
}

static bool directive_for(struct viewc *v, struct text rest)
{
	struct text list = rest, name = c_identifier(&list), in = c_identifier(&list);

	if (text_none(name) || !text_is(in, "in")) return error_invalid(v->err, "@for needs \"name in list\"");
	if (!c_whole(list, "the list of @for", v->err)) return false;
	emit_at(&v->emit, v->line);
	buffer_printf(v->emit.code,
		"\t{ const __typeof__(%.*s) %.*s_list = (%.*s);"
		" for (size_t %.*s_index = 0; %.*s_index < (size_t)%.*s_list.count; %.*s_index++) {"
		" const __typeof__(*%.*s_list.rows) *%.*s = &%.*s_list.rows[%.*s_index]; (void)%.*s;\n",
		TEXT_ARG(list), TEXT_ARG(name), TEXT_ARG(list), TEXT_ARG(name), TEXT_ARG(name), TEXT_ARG(name), TEXT_ARG(name),
		TEXT_ARG(name), TEXT_ARG(name), TEXT_ARG(name), TEXT_ARG(name), TEXT_ARG(name));
	return begin_block(v, BLOCK_FOR);
}

static bool directive_statement(struct viewc *v, struct text rest)
{
	if (!c_whole(rest, "the statement", v->err)) return false;
	emit_at(&v->emit, v->line);
	buffer_printf(v->emit.code, "\t%.*s;\n", TEXT_ARG(rest));
	return true;
}

static bool directive_call(struct viewc *v, struct text rest)
{
	struct text name, arguments;

	if (!c_call(rest, &name, &arguments, v->err)) return false;
	emit_at(&v->emit, v->line);
	buffer_printf(
		v->emit.code, "\tview_%.*s(h%s%.*s);\n", TEXT_ARG(name), arguments.len ? ", " : "", TEXT_ARG(arguments));
	return true;
}

static bool directive_end(struct viewc *v, struct text rest)
{
	static const char *const closing[] = {
		[BLOCK_PAGE] = "}\n", [BLOCK_IF] = "\t}\n", [BLOCK_ELSE] = "\t}\n", [BLOCK_FOR] = "\t} }\n"};

	if (rest.len) return error_invalid(v->err, "\"%.*s\" after @end", TEXT_ARG(rest));
	if (!end_branch(v)) return false;
	emit_at(&v->emit, v->line);
	buffer_append(v->emit.code, text_of(closing[v->blocks[--v->block_count].kind]));
	return true;
}

static const struct directive {
	const char *name;
	bool (*run)(struct viewc *, struct text rest);
	bool outside; /* stands between pages */
} directives[] = {
	{"include", directive_include, true},
	{"page", directive_page, true},
	{"part", directive_page, true},
	{"if", directive_if, false},
	{"elif", directive_elif, false},
	{"else", directive_else, false},
	{"for", directive_for, false},
	{"let", directive_statement, false},
	{"do", directive_statement, false},
	{"call", directive_call, false},
	{"end", directive_end, false},
};

/* A directive goes on while a bracket is open: takes the lines that belong to it. */
static bool directive_whole(struct viewc *v, struct text *rest)
{
	struct text line;
	size_t open;

	for (;;) {
		if (!c_scan(*rest, &open, v->err)) return false;
		if (open == 0) return true;
		if (!next_line(v, &line)) return error_invalid(v->err, "a bracket is not closed before the end of the file");
		rest->len = (size_t)(line.ptr + line.len - rest->ptr);
	}
}

static bool directive(struct viewc *v, struct text line)
{
	struct text rest = text_slice(line, 1, line.len), name = c_identifier(&rest);
	int first = v->line;

	if (!markup_between(&v->markup)) return error_invalid(v->err, "a directive within a tag's name or value");
	for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
		const struct directive *d = &directives[i];
		int last;

		if (!text_is(name, d->name)) continue;
		if (!d->outside && v->block_count == 0) return error_invalid(v->err, "@%s stands outside of a page", d->name);
		if (!directive_whole(v, &rest)) return false;
		last = v->line;
		v->line = first;
		if (!d->run(v, text_trim(rest))) return false;
		v->line = last;
		return true;
	}
	return error_invalid(v->err, "\"@%.*s\" is no directive", TEXT_ARG(name));
}

/* From "{{" to behind "}}". */
static bool expression(struct viewc *v, struct text *line)
{
	enum markup_place place;
	struct text inside;
	size_t end = 2;

	while (end + 1 < line->len && !(line->ptr[end] == '}' && line->ptr[end + 1] == '}')) end++;
	if (end + 1 >= line->len) return error_invalid(v->err, "{{ without }} in the same line");
	inside = text_trim(text_slice(*line, 2, end - 2));
	if (!c_whole(inside, "{{ }}", v->err) || !markup_expression(&v->markup, &place, v->err)) return false;
	emit_expression(&v->emit, v->line, place, inside);
	*line = text_slice(*line, end + 2, line->len);
	return true;
}

/* A comment is for who reads the template and is not sent. *line is what stands behind it, on its last line. */
static bool comment(struct viewc *v, struct text *line)
{
	struct text here = *line;

	for (;;) {
		for (size_t i = 0; i < here.len; i++) {
			struct text at = text_slice(here, i, here.len);

			if (text_starts(at, TEXT("{{"))) return error_invalid(v->err, "{{ }} within a comment");
			if (!text_starts(at, TEXT("-->"))) continue;
			*line = text_slice(at, 3, at.len);
			return true;
		}
		if (!next_line(v, &here)) return error_invalid(v->err, "a comment does not end");
	}
}

static bool literal(struct viewc *v, const char *at)
{
	if (!markup_byte(&v->markup, at, v->err)) return false;
	emit_markup(&v->emit, *at);
	return true;
}

static bool outside_is_blank(struct viewc *v, struct text line)
{
	if (v->block_count || text_blank(line)) return true;
	return error_invalid(v->err, "markup outside of a page");
}

static bool markup_line(struct viewc *v, struct text line)
{
	while (line.len) {
		if (text_starts(line, TEXT("<!--")) && v->markup.state == MARKUP_TEXT) {
			if (!comment(v, &line)) return false;
			if (text_blank(line)) return true;
			continue;
		}
		if (!outside_is_blank(v, line)) return false;
		if (text_starts(line, TEXT("{{"))) {
			if (!expression(v, &line)) return false;
			continue;
		}
		if (!literal(v, line.ptr)) return false;
		line = text_slice(line, 1, line.len);
	}
	return v->block_count == 0 || literal(v, "\n");
}

static bool source_line(struct viewc *v, struct text line)
{
	struct text trimmed = text_trim(line);

	if (markup_between(&v->markup) && !markup_keeps_space(&v->markup)) {
		if (trimmed.len == 0) return true;
		line = trimmed;
	}
	if (trimmed.len > 1 && trimmed.ptr[0] == '@') return directive(v, trimmed);
	return markup_line(v, line);
}

static bool compile(struct viewc *v)
{
	struct text line;

	while (next_line(v, &line))
		if (!source_line(v, line)) return false;
	if (v->block_count) {
		const struct block *open = &v->blocks[v->block_count - 1];

		return error_invalid(v->err, "the block of line %d has no @end", open->line);
	}
	return true;
}

static void frame_begin(struct viewc *v, struct buffer *code)
{
	struct text noun = v->source->noun;

	buffer_printf(v->header, "/* Made by viewc from views/%.*s.html. */\n#pragma once\n\n", TEXT_ARG(noun));
	buffer_literal(v->header, "#include \"html/html.h\"\n");
	buffer_printf(code, "/* Made by viewc from views/%.*s.html. */\n", TEXT_ARG(noun));
	buffer_printf(code, "#include \"views/%.*s.h\"\n", TEXT_ARG(noun));
}

/* Puts "PATH:LINE: " before what was told. */
static bool place_told(struct viewc *v)
{
	char told[ERROR_MESSAGE_BYTES];

	snprintf(told, sizeof told, "%s", v->err->message);
	return error_invalid(v->err, "%.*s:%d: %s", TEXT_ARG(v->source->path), v->line, told);
}

bool viewc_compile(const struct viewc_source *source, struct buffer *header, struct buffer *code, struct error *err)
{
	struct viewc v = {.source = source, .rest = source->text, .header = header, .err = err};
	bool ok;

	emit_init(&v.emit, code, source->path);
	frame_begin(&v, code);
	ok = compile(&v) || place_told(&v);
	emit_release(&v.emit);
	return ok;
}
