/*
 * Codes: the lists of codes the field uses, as enumerations for C, as texts for what is stored and sent, and as words
 * for people.
 *
 * Each list L of codes.def gives `enum L` (its values count up from nought in the order shown; PREFIX_COUNT is their
 * number; PREFIX_NONE is -1, no value, so a zeroed struct holds the first code: say NONE where there is none),
 * `enum L L_of(struct text)`, `struct text L_text(enum L)` and `L_words(enum L)`. The text is what is kept. An unknown
 * text is PREFIX_NONE, and always an error where it was given by somebody. Pure; safe from any thread.
 */
#ifndef RULES_CODES_H
#define RULES_CODES_H

#include "base/text.h"

enum code_list {
	CODES_none = -1,
#define CODES_BEGIN(list, PREFIX, what) CODES_##list,
#define CODE(PREFIX, NAME, text, words)
#define CODES_END(list, PREFIX)
#include "rules/codes.def"
#undef CODES_BEGIN
#undef CODE
#undef CODES_END
	CODES_COUNT,
};

#define CODES_BEGIN(list, PREFIX, what) enum list { PREFIX##_NONE = -1,
#define CODE(PREFIX, NAME, text, words) PREFIX##_##NAME,
#define CODES_END(list, PREFIX)                                                                                        \
	PREFIX##_COUNT                                                                                                     \
	}                                                                                                                  \
	;
#include "rules/codes.def"
#undef CODES_BEGIN
#undef CODE
#undef CODES_END

struct code {
	struct text text;
	struct text words;
};

struct codes {
	const char *name; /* "rag" */
	const char *what; /* "rating" */
	const struct code *codes;
	int count;
};

const struct codes *codes_describe(enum code_list);

/* The place of this text in the list, or -1. The case of letters counts. */
int code_find(enum code_list, struct text);

/* No value (-1) gives no value. */
struct text code_text(enum code_list, int place);
struct text code_words(enum code_list, int place);

/* What a page shows for a stored text: its words, or the text itself where the list doesn't know it. */
struct text code_words_of(enum code_list, struct text stored);

#define CODES_BEGIN(list, PREFIX, what)                                                                                \
	static inline enum list list##_of(struct text t)                                                                   \
	{                                                                                                                  \
		return (enum list)code_find(CODES_##list, t);                                                                  \
	}                                                                                                                  \
	static inline struct text list##_text(enum list value)                                                             \
	{                                                                                                                  \
		return code_text(CODES_##list, (int)value);                                                                    \
	}                                                                                                                  \
	static inline struct text list##_words(enum list value)                                                            \
	{                                                                                                                  \
		return code_words(CODES_##list, (int)value);                                                                   \
	}
#define CODE(PREFIX, NAME, text, words)
#define CODES_END(list, PREFIX)
#include "rules/codes.def"
#undef CODES_BEGIN
#undef CODE
#undef CODES_END

#endif
