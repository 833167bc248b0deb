/*
 * Words: what invented people, places and accounts are made of. Pure.
 */
#ifndef TWIN_WORDS_H
#define TWIN_WORDS_H

#include "twin/draw.h"

enum word_list {
	WORDS_GIRL,
	WORDS_BOY,
	WORDS_SURNAME,
	WORDS_PLACE_START, /* "Ash", to go before an end */
	WORDS_PLACE_END,   /* "ford" */
	WORDS_STREET,
	WORDS_TOWN,
	WORDS_SAID, /* sentences of a summary, with %s for the first child */
	WORDS_COUNT,
};

const char *word_of(struct draw *, enum word_list);

#endif
