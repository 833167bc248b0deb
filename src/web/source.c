#include "base/london.h"
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

/* A local date and time from a form's boxes as ISO 8601; what can't be read comes back as typed, to be refused. */
static struct text from_boxes(const struct request *req, const char *name)
{
	char key[4][96];
	static const char *const boxes[4] = {"day", "month", "year", "time"};
	struct text typed[4];
	struct error ignored = {0};
	struct decoder decoder = {.arena = req->arena, .err = &ignored};
	instant at;
	day date;

	for (size_t i = 0; i < 4; i++) {
		snprintf(key[i], sizeof key[i], "%s-%s", name, boxes[i]);
		typed[i] = request_value(req, key[i]);
	}
	if (text_blank(typed[0]) && text_blank(typed[1]) && text_blank(typed[2]) && text_blank(typed[3])) return TEXT_NONE;
	date = decode_day_parts(&decoder, FIELD_date, typed[0], typed[1], typed[2]);
	at = date == DAY_NONE ? INSTANT_NONE : decode_local(&decoder, FIELD_at, date, typed[3]);
	if (at != INSTANT_NONE) return london_iso(req->arena, at);
	return arena_printf(req->arena, "%.*s/%.*s/%.*s %.*s", TEXT_ARG(typed[0]), TEXT_ARG(typed[1]), TEXT_ARG(typed[2]),
		TEXT_ARG(typed[3]));
}

static struct text value_of(const void *context, const char *list, size_t index, const char *name)
{
	const struct request *req = context;
	enum field field = field_find(text_of(name));
	struct text value;

	if (list) return request_list_value(req, list, index, name);
	if (field != FIELD_NONE && field_describe(field)->type == TYPE_CODE_LIST) return joined(req, name);
	value = request_value(req, name);
	if (text_none(value) && field != FIELD_NONE && field_describe(field)->type == TYPE_INSTANT)
		return from_boxes(req, name);
	return value;
}

static size_t count_of(const void *context, const char *list)
{
	return request_list_count(context, list);
}

struct input_source request_source(const struct request *req)
{
	return (struct input_source){.context = req, .value = value_of, .count = count_of};
}
