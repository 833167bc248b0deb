/*
 * Family: invented households, each drawn from a seed and its number alone, so that millions need no memory.
 *
 * What is told of a child the second time is drawn apart: a name misspelt or turned round, a date with its parts
 * exchanged, a new address. Nobody is real: streets and places are made up, telephone numbers are those Ofcom keeps free. Pure.
 */
#ifndef TWIN_FAMILY_H
#define TWIN_FAMILY_H

#include "base/instant.h"
#include "twin/draw.h"

#define FAMILY_CHILDREN_MOST 5
#define NAME_BYTES           32
#define ADDRESS_BYTES        64

struct family_child {
	char given[NAME_BYTES];
	char family[NAME_BYTES];
	bool girl;
	day born;     /* DAY_NONE: not born yet, or not told */
	day expected; /* of who isn't born yet */
	char nhs[11]; /* empty: not told */
	const char *ethnicity;
};

struct family {
	char parent[2 * NAME_BYTES];
	char address[ADDRESS_BYTES];
	char postcode[9];
	size_t child_count;
	struct family_child children[FAMILY_CHILDREN_MOST];
};

/* The household of this number as it was when it first came, on this day. */
void family_make(uint64_t seed, uint32_t number, day first_came, struct family *ret);

/* As it is told of again on a later day: the unborn are born, some have moved, and some children are told differently. */
struct telling {
	struct draw *draw;
	uint32_t moves; /* how many times it has moved since */
	uint64_t seed;
	uint32_t number;
	day on;
};
void family_tell_again(const struct telling *, struct family *);

/* True where NHS number, date of birth and given name are the same: then it is known for the same child. */
bool family_child_known(const struct family_child *, const struct family_child *);

#endif
