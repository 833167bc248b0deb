#include "twin/family.h"

#include <stdio.h>
#include <string.h>

#include "twin/words.h"

enum { KIND_FAMILY = 1, KIND_HOME };

/* Of 1296 enquiries of the 2015 file: 736 about one child, 325 about two ... */
static const uint16_t children_weights[FAMILY_CHILDREN_MOST] = {736, 325, 129, 77, 29};

static const char *const ethnicities[] = {"WBRI", "WOTH", "AIND", "APKN", "BAFR", "BCRB", "MWBC", "MOTH", "NOBT"};
static const uint16_t ethnicity_weights[] = {74, 6, 2, 4, 3, 2, 3, 2, 4};

/* Three in five have names that many have; the others' are put together, so that most names are rare as names are. */
static void draw_family_name(struct draw *draw, char into[NAME_BYTES])
{
	if (draw_chance(draw, 0.4))
		snprintf(into, NAME_BYTES, "%s", word_of(draw, WORDS_SURNAME));
	else
		snprintf(into, NAME_BYTES, "%s%s", word_of(draw, WORDS_PLACE_START), word_of(draw, WORDS_PLACE_END));
}

static void draw_home(uint64_t seed, uint32_t number, uint32_t moves, struct family *ret)
{
	struct draw draw = draw_of(seed, KIND_HOME, (uint64_t)number << 8 | (moves & 255));
	static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
	unsigned house = 1 + draw_below(&draw, 180);

	snprintf(ret->address, sizeof ret->address, "%u %s%s %s, %s", house, word_of(&draw, WORDS_PLACE_START),
		word_of(&draw, WORDS_PLACE_END), word_of(&draw, WORDS_STREET), word_of(&draw, WORDS_TOWN));
	snprintf(ret->postcode, sizeof ret->postcode, "OX%u %u%c%c", 1 + draw_below(&draw, 49), draw_below(&draw, 10),
		letters[draw_below(&draw, 20)], letters[draw_below(&draw, 20)]);
}

/* Ten digits with their check; none where the nine before it have no check digit. Every number is given once. */
static void nhs_number(uint64_t place, char into[11])
{
	uint64_t nine = 400000000 + place * 387420489 % 400000000;
	unsigned sum = 0, check;

	snprintf(into, 11, "%09llu", (unsigned long long)nine);
	for (unsigned i = 0; i < 9; i++) sum += (unsigned)(into[i] - '0') * (10 - i);
	check = (11 - sum % 11) % 11;
	into[9] = (char)(check == 10 ? 0 : '0' + check);
	into[10] = '\0';
	if (check == 10) into[0] = '\0';
}

static void draw_child(struct draw *draw, day first_came, struct family_child *ret)
{
	ret->girl = draw_chance(draw, 0.5);
	snprintf(ret->given, NAME_BYTES, "%s", word_of(draw, ret->girl ? WORDS_GIRL : WORDS_BOY));
	ret->born = first_came - (day)draw_below(draw, 17 * 365);
	ret->expected = DAY_NONE;
	if (draw_chance(draw, 0.02)) {
		ret->expected = first_came + 20 + (day)draw_below(draw, 180);
		ret->born = DAY_NONE;
	}
}

void family_make(uint64_t seed, uint32_t number, day first_came, struct family *ret)
{
	struct draw draw = draw_of(seed, KIND_FAMILY, number);
	const char *ethnicity = ethnicities[draw_weighted(&draw, ethnicity_weights, 9)];
	char name[NAME_BYTES], other[NAME_BYTES];
	bool two_names = draw_chance(&draw, 0.15);

	draw_family_name(&draw, name);
	draw_family_name(&draw, other);
	snprintf(ret->parent, sizeof ret->parent, "%s %s", word_of(&draw, WORDS_GIRL), name);
	ret->child_count = 1 + draw_weighted(&draw, children_weights, FAMILY_CHILDREN_MOST);
	for (size_t i = 0; i < ret->child_count; i++) {
		struct family_child *child = &ret->children[i];

		draw_child(&draw, first_came, child);
		memcpy(child->family, two_names && i % 2 ? other : name, NAME_BYTES);
		child->ethnicity = ethnicity;
		child->nhs[0] = '\0';
		if (child->born != DAY_NONE && draw_chance(&draw, 0.7))
			nhs_number((uint64_t)number * FAMILY_CHILDREN_MOST + i, child->nhs);
	}
	draw_home(seed, number, 0, ret);
}

/* Two letters beside each other change places, one is lost, or one stands twice. */
static void misspell(struct draw *draw, char name[NAME_BYTES])
{
	size_t len = strlen(name), at;
	char was;

	if (len < 4 || len + 2 > NAME_BYTES) return;
	at = 1 + draw_below(draw, (uint32_t)len - 2);
	was = name[at];
	switch (draw_below(draw, 3)) {
	case 0:
		name[at] = name[at + 1];
		name[at + 1] = was;
		break;
	case 1: memmove(name + at, name + at + 1, len - at); break;
	default: memmove(name + at + 1, name + at, len - at + 1); break;
	}
}

static void turn_round(struct family_child *child)
{
	char given[NAME_BYTES];

	memcpy(given, child->given, NAME_BYTES);
	memcpy(child->given, child->family, NAME_BYTES);
	memcpy(child->family, given, NAME_BYTES);
}

/* 3 April told as 4 March. */
static void exchange_date(day *born)
{
	struct civil_date date = civil_of_day(*born);
	struct civil_date turned = {.year = date.year, .month = date.mday, .mday = date.month};

	if (civil_valid(turned)) *born = day_of_civil(turned);
}

static void tell_differently(struct draw *draw, struct family_child *child)
{
	switch (draw_below(draw, 8)) {
	case 0:
	case 1: misspell(draw, child->given); break;
	case 2:
	case 3: misspell(draw, child->family); break;
	case 4: turn_round(child); break;
	case 5:
		if (child->born != DAY_NONE) exchange_date(&child->born);
		break;
	default: child->nhs[0] = '\0'; break;
	}
}

void family_tell_again(const struct telling *telling, struct family *family)
{
	for (size_t i = 0; i < family->child_count; i++) {
		struct family_child *child = &family->children[i];

		if (child->born == DAY_NONE && child->expected <= telling->on) {
			child->born = child->expected;
			child->expected = DAY_NONE;
		}
		if (draw_chance(telling->draw, 0.18)) tell_differently(telling->draw, child);
	}
	if (telling->moves) draw_home(telling->seed, telling->number, telling->moves, family);
}

bool family_child_known(const struct family_child *a, const struct family_child *b)
{
	return a->nhs[0] && strcmp(a->nhs, b->nhs) == 0 && a->born == b->born && strcmp(a->given, b->given) == 0;
}
