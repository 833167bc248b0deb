#include "rules/input.h"

#include "rules/decode.h"

/* Where one member of one struct goes. */
struct slot {
	const struct input_member *member;
	void *into;
	struct text raw;
};

static void *member_at(const struct slot *slot)
{
	return (char *)slot->into + slot->member->offset;
}

/* Writes the decoded value; returns whether there is one. */
static bool store(struct decoder *decoder, const struct slot *slot)
{
	enum field field = slot->member->field;
	void *at = member_at(slot);

	switch (slot->member->type) {
	case COLUMN_TEXT:
	case COLUMN_BYTES:
		*(struct text *)at = decode_text(decoder, field, slot->raw);
		return !text_none(*(struct text *)at);
	case COLUMN_ID:
	case COLUMN_INT: *(int64_t *)at = decode_int(decoder, field, slot->raw); return *(int64_t *)at != INT_NONE;
	case COLUMN_INSTANT:
		*(instant *)at = decode_instant(decoder, field, slot->raw);
		return *(instant *)at != INSTANT_NONE;
	case COLUMN_DAY: *(day *)at = decode_day(decoder, field, slot->raw); return *(day *)at != DAY_NONE;
	case COLUMN_BOOL: *(bool *)at = decode_bool(decoder, field, slot->raw); return !text_blank(slot->raw);
	case COLUMN_REAL: *(double *)at = decode_real(decoder, field, slot->raw); return *(double *)at == *(double *)at;
	}
	return false;
}

/* The three boxes of a form's date stand as name-day, name-month and name-year. */
static struct text day_box(
	const struct input_source *source, const struct decoder *decoder, const char *name, const char *box)
{
	struct text key = arena_printf(decoder->arena, "%s-%s", name, box);

	return source->value(source->context, decoder->list, decoder->index, key.ptr);
}

static bool store_day_boxes(const struct input_source *source, struct decoder *decoder, const struct slot *slot)
{
	const char *name = field_name(slot->member->field);
	struct text mday = day_box(source, decoder, name, "day");
	struct text month = day_box(source, decoder, name, "month");
	struct text year = day_box(source, decoder, name, "year");

	*(day *)member_at(slot) = decode_day_parts(decoder, slot->member->field, mday, month, year);
	return !text_blank(mday) || !text_blank(month) || !text_blank(year);
}

/* A time too: name-time beside them, local as a person says it. */
static bool store_instant_boxes(const struct input_source *source, struct decoder *decoder, const struct slot *slot)
{
	enum field field = slot->member->field;
	const char *name = field_name(field);
	size_t problems = decoder->err->field_count;
	struct text mday = day_box(source, decoder, name, "day");
	struct text month = day_box(source, decoder, name, "month");
	struct text year = day_box(source, decoder, name, "year");
	struct text time = day_box(source, decoder, name, "time");
	day on = decode_day_parts(decoder, field, mday, month, year);

	*(instant *)member_at(slot) =
		decoder->err->field_count == problems ? decode_local(decoder, field, on, time) : INSTANT_NONE;
	return !text_blank(mday) || !text_blank(month) || !text_blank(year) || !text_blank(time);
}

static void decode_members(
	const struct input_source *source, const struct input_type *type, struct decoder *decoder, void *into)
{
	for (size_t i = 0; i < type->member_count; i++) {
		const struct input_member *member = &type->members[i];
		struct slot slot = {.member = member, .into = into};
		size_t problems = decoder->err->field_count + decoder->err->fields_untold;
		bool present;

		slot.raw = source->value(source->context, decoder->list, decoder->index, field_name(member->field));
		if (member->type == COLUMN_DAY && text_none(slot.raw))
			present = store_day_boxes(source, decoder, &slot);
		else if (member->type == COLUMN_INSTANT && text_none(slot.raw))
			present = store_instant_boxes(source, decoder, &slot);
		else
			present = store(decoder, &slot);
		if (member->required && problems == decoder->err->field_count + decoder->err->fields_untold)
			decode_required(decoder, member->field, present);
	}
}

static bool decode_list(
	const struct input_source *source, const struct input_type *type, struct decoder *decoder, struct input_list *ret)
{
	size_t count = source->count(source->context, type->list);

	if (count < type->list_least) return error_field(decoder->err, type->list, "Give at least %zu", type->list_least);
	if (count > type->list_most) return error_field(decoder->err, type->list, "Give at most %zu", type->list_most);
	*ret = (struct input_list){arena_array(decoder->arena, count, type->list_type->size), count};
	decoder->list = type->list;
	for (decoder->index = 0; decoder->index < count; decoder->index++)
		decode_members(source, type->list_type, decoder, (char *)ret->rows + decoder->index * type->list_type->size);
	decoder->list = NULL;
	return true;
}

bool input_decode(
	const struct input_source *source, const struct input_type *type, struct arena *arena, void *ret, struct error *err)
{
	struct decoder decoder = {.arena = arena, .err = err};

	memset(ret, 0, type->size);
	decode_members(source, type, &decoder, ret);
	if (type->list && !decode_list(source, type, &decoder, (struct input_list *)((char *)ret + type->list_offset)))
		return false;
	return decode_ok(&decoder);
}

static void member_json(struct json *json, const struct input_member *member, const void *at)
{
	const char *key = field_name(member->field);

	switch (member->type) {
	case COLUMN_TEXT:
	case COLUMN_BYTES: json_member_text(json, key, *(const struct text *)at); break;
	case COLUMN_ID:
	case COLUMN_INT: json_member_int(json, key, *(const int64_t *)at); break;
	case COLUMN_INSTANT: json_member_instant(json, key, *(const instant *)at); break;
	case COLUMN_DAY: json_member_day(json, key, *(const day *)at); break;
	case COLUMN_BOOL: json_member_bool(json, key, *(const bool *)at); break;
	case COLUMN_REAL: json_member_real(json, key, *(const double *)at); break;
	}
}

static void members_json(struct json *json, const struct input_type *type, const void *in)
{
	for (size_t i = 0; i < type->member_count; i++)
		member_json(json, &type->members[i], (const char *)in + type->members[i].offset);
}

void input_json(struct json *json, const struct input_type *type, const void *in)
{
	const struct input_list *list = (const struct input_list *)((const char *)in + type->list_offset);

	json_open(json);
	members_json(json, type, in);
	if (type->list) {
		json_key(json, type->list);
		json_open_list(json);
		for (size_t i = 0; i < list->count; i++) {
			json_open(json);
			members_json(json, type->list_type, (const char *)list->rows + i * type->list_type->size);
			json_close(json);
		}
		json_close_list(json);
	}
	json_close(json);
}
