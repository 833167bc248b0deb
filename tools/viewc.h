/*
 * viewc: page templates to C, so that a wrong name is a compile error at the template's own line and a value is
 * escaped for the place where it stands without anybody asking.
 *
 * A template is a run of `@page name(params)` or `@part name(params)` ... `@end`, each becoming
 * `void view_name(struct html *h, params)`. Within: markup, `{{ expression }}`, and lines that start with
 * @if @elif @else @for @let @do @call @end. Before the first page: `@include "header.h"`. What each place allows is
 * in viewc_markup.h; the language is told to page writers in docs/templates.md.
 *
 * Markup is checked as it is read: elements close in order, attributes are quoted, and what the strict
 * Content-Security-Policy would refuse in the browser is refused here. Never recursive; input may be anything.
 */
#ifndef TOOLS_VIEWC_H
#define TOOLS_VIEWC_H

#include "base/buffer.h"
#include "base/error.h"

struct viewc_source {
	struct text path; /* for #line and messages */
	struct text noun; /* "caseload": the header is views/caseload.h */
	struct text text;
};

/* Appends the header and the code; on false the message is "PATH:LINE: what is wrong" and both are worthless. */
NODISCARD bool viewc_compile(
	const struct viewc_source *, struct buffer *header, struct buffer *code, struct error *err);

#endif
