#include "rules/decode.h"
#include "web/page.h"

/* Several values of one name as a code list: "neglect;missing". The main one, chosen apart, comes first. */
static struct text joined(const struct request *req, const char *name)
{
	struct text main_one = strcmp(name, "concern") == 0 ? request_value(req, "main_concern") : TEXT_NONE;
	struct texts values = request_values(req, name);
	struct text all = text_blank(main_one) ? TEXT_NONE : main_one;

	for (size_t i = 0; i < values.count; i++) {
		if (text_equal(values.rows[i], main_one)) continue;
		all = text_none(all) ? values.rows[i]
							 : arena_printf(req->arena, "%.*s;%.*s", TEXT_ARG(all), TEXT_ARG(values.rows[i]));
	}
	return all;
}

static struct text value_of(const void *context, const char *list, size_t index, const char *name)
{
	const struct request *req = context;
	enum field field = field_find(text_of(name));

	if (list) return request_list_value(req, list, index, name);
	if (field != FIELD_NONE && field_describe(field)->type == TYPE_CODE_LIST) return joined(req, name);
	return request_value(req, name);
}

static size_t count_of(const void *context, const char *list)
{
	return request_list_count(context, list);
}

struct input_source request_source(const struct request *req)
{
	return (struct input_source){.context = req, .value = value_of, .count = count_of};
}

static const struct input_member *member_of(const struct input_type *type, const char *key)
{
	for (size_t i = 0; i < type->member_count; i++)
		if (strcmp(key, field_name(type->members[i].field)) == 0) return &type->members[i];
	return NULL;
}

/* One value, or several where the field holds several. */
static bool shape_fits(const struct input_member *member, const json_t *value)
{
	const json_t *one;
	size_t i;

	if (!json_is_array(value)) return !json_is_object(value);
	json_array_foreach(value, i, one)
	{
		if (!json_is_string(one)) return false;
	}
	return field_describe(member->field)->type == TYPE_CODE_LIST;
}

static void members_fit(json_t *object, const struct input_type *type, struct decoder *at)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		const struct input_member *member = member_of(type, key);
		struct text shown = text_slice(text_of(key), 0, 60);
		const char *path = arena_cstr(at->arena, shown);

		if (type->list && strcmp(key, type->list) == 0) continue;
		if (!at->list && strcmp(key, "version") == 0) continue; /* request_version reads it */
		if (member && !shape_fits(member, value))
			decode_problem(at, member->field, "%s must be one value", field_label(member->field));
		else if (!member && at->list)
			error_field_at(at->err, at->list, at->index, path, "There is no field %s in %s", path, type->name);
		else if (!member)
			error_field(at->err, path, "There is no field %s in %s", path, type->name);
	}
}

static void list_fits(json_t *list, const struct input_type *type, struct decoder *at)
{
	json_t *entry;

	if (list && !json_is_array(list)) error_field(at->err, type->list, "%s must be a list", type->list);
	at->list = type->list;
	json_array_foreach(list, at->index, entry)
	{
		if (json_is_object(entry))
			members_fit(entry, type->list_type, at);
		else
			error_field(at->err, type->list, "Each of %s must be an object", type->list);
	}
}

bool request_fits(const struct request *req, const struct input_type *type, struct error *err)
{
	struct decoder at = {.arena = req->arena, .err = err};

	if (!req->json) return true;
	members_fit(req->json, type, &at);
	if (type->list) list_fits(json_object_get(req->json, type->list), type, &at);
	return decode_ok(&at);
}
