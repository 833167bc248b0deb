#include "rules/fields.h"

#include <assert.h>

static const struct field_description descriptions[FIELD_COUNT] = {
#define FIELD(name, label, hint, type, max, codes, see)                                                                \
	[FIELD_##name] = {#name, label, hint, TYPE_##type, max, CODES_##codes, SEE_##see},
#include "rules/fields.def"
#undef FIELD
};

/* So that looking a name up compares few of them. */
static const unsigned char name_lengths[FIELD_COUNT] = {
#define FIELD(name, label, hint, type, max, codes, see) [FIELD_##name] = sizeof(#name) - 1,
#include "rules/fields.def"
#undef FIELD
};

const struct field_description *field_describe(enum field f)
{
	assert(f >= 0 && f < FIELD_COUNT);
	return &descriptions[f];
}

enum field field_find(struct text name)
{
	for (int f = 0; f < FIELD_COUNT; f++)
		if (name.len == name_lengths[f] && memcmp(name.ptr, descriptions[f].name, name.len) == 0) return (enum field)f;
	return FIELD_NONE;
}

enum field field_find_column(struct text column)
{
	struct text prefix = TEXT("child_");
	enum field f = field_find(column);

	if (f != FIELD_NONE || !text_starts(column, prefix)) return f;
	return field_find(text_slice(column, prefix.len, column.len));
}
