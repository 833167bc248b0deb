/*
 * The C that viewc writes: runs of markup as one call each, expressions by place, directives behind a #line of the
 * template so that the compiler's messages point there.
 */
#ifndef TOOLS_VIEWC_EMIT_H
#define TOOLS_VIEWC_EMIT_H

#include "base/buffer.h"
#include "viewc_markup.h"

struct emit {
	struct buffer *code;
	struct text path;
	struct buffer run; /* markup not yet written out */
};

void emit_init(struct emit *, struct buffer *code, struct text path);
void emit_release(struct emit *);

/* One byte of markup, joined to the run. */
void emit_markup(struct emit *, char);

/* Writes the run out as one html_literal; called by all below. */
void emit_flush(struct emit *);

void emit_line(struct buffer *, struct text path, int line);
void emit_expression(struct emit *, int line, enum markup_place, struct text expression);

/* What is appended to the code next is C that came from this line. */
void emit_at(struct emit *, int line);

/* A C string literal's inside. */
void emit_escaped(struct buffer *, struct text);

#endif
