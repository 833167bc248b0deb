#include "rules/codes.h"

#include <assert.h>

#define CODES_BEGIN(list, PREFIX, what) static const struct code list##_codes[] = {
#define CODE(PREFIX, NAME, code_text, its_words)                                                                       \
	{{code_text, sizeof(code_text) - 1}, {its_words, sizeof(its_words) - 1}},
#define CODES_END(list, PREFIX)                                                                                        \
	}                                                                                                                  \
	;
#include "rules/codes.def"
#undef CODES_BEGIN
#undef CODE
#undef CODES_END

static const struct codes lists[CODES_COUNT] = {
#define CODES_BEGIN(list, PREFIX, its_what) [CODES_##list] = {#list, its_what, list##_codes, (int)PREFIX##_COUNT},
#define CODE(PREFIX, NAME, text, words)
#define CODES_END(list, PREFIX)
#include "rules/codes.def"
#undef CODES_BEGIN
#undef CODE
#undef CODES_END
};

const struct codes *codes_describe(enum code_list list)
{
	assert(list >= 0 && list < CODES_COUNT);
	return &lists[list];
}

int code_find(enum code_list list, struct text text)
{
	const struct codes *l = codes_describe(list);

	for (int i = 0; i < l->count; i++)
		if (text_equal(l->codes[i].text, text)) return i;
	return -1;
}

static const struct code *code_at(enum code_list list, int place)
{
	static const struct code no_value;
	const struct codes *l = codes_describe(list);

	assert(place >= -1 && place < l->count);
	return place < 0 ? &no_value : &l->codes[place];
}

struct text code_text(enum code_list list, int place)
{
	return code_at(list, place)->text;
}

struct text code_words(enum code_list list, int place)
{
	return code_at(list, place)->words;
}

struct text code_words_of(enum code_list list, struct text stored)
{
	int place = code_find(list, stored);

	return place < 0 ? stored : code_words(list, place);
}
