/*
 * Parts: what the components are put together from: attributes, classes, and content that is words or markup.
 *
 * Components are C functions with an options struct, one for each component of the GOV.UK Design System that is
 * used here; options carry the names of govuk-frontend's macros, and the markup is that of its templates without the
 * white space. Everything left out is the macro's default. In a template:
 *     @do html_button(h, &(struct button){.text = TEXT("Save")})
 */
#ifndef HTML_PART_H
#define HTML_PART_H

#include "base/arena.h"
#include "html/html.h"

/* Markup that the program itself made: a literal, or what a writer wrote. Never what came from a person. */
struct fragment {
	struct text markup;
};

#define FRAGMENT(literal) ((struct fragment){TEXT(literal)})

/* An attribute of the program's own choice ("data-key"). Lists of them end with a NULL name. */
struct pair {
	const char *name;
	struct text value;
};

#define PAIRS(...) ((const struct pair[]){__VA_ARGS__, {NULL, TEXT_NONE}})

/* ` class="base more"`; more may be NULL. */
void html_class(struct html *, const char *base, const char *more);

/* ` name="value"`; html_attr_if writes nothing for no value or an empty one. */
void html_attr(struct html *, const char *name, struct text value);
void html_attr_if(struct html *, const char *name, struct text value);
void html_pairs(struct html *, const struct pair *);

/* The markup where there is some, else the words. */
void html_content(struct html *, struct text words, struct fragment);

/* ` aria-describedby="given ID-hint ID-error also"`, of those that there are. */
struct described {
	struct text by; /* given */
	struct text id;
	bool hint;
	bool error;
	struct text also;
};
void html_described(struct html *, struct described);

#endif
