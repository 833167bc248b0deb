#include "rules/duration.h"

static const struct {
	const char *name;
	int most;
} kinds[] = {
	[DURATION_ELAPSED_HOURS] = {"elapsed_hours", DURATION_HOURS_MOST},
	[DURATION_WORKING_HOURS] = {"working_hours", DURATION_HOURS_MOST},
	[DURATION_WORKING_DAYS] = {"working_days", DURATION_DAYS_MOST},
};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)

static bool wrong(struct text t, struct error *err)
{
	return error_invalid(err,
		"\"%.*s\" is not a duration: write elapsed_hours(4), working_hours(3), working_days(1, same_time) or "
		"working_days(1, close_of_business)",
		(int)(t.len > 60 ? 60 : t.len), t.ptr ? t.ptr : "");
}

/* Cuts "name(inside)" in two. */
static bool split_call(struct text t, struct text *ret_name, struct text *ret_inside)
{
	size_t open = text_index(t, '(');

	if (open == t.len || t.ptr[t.len - 1] != ')') return false;
	*ret_name = text_trim(text_slice(t, 0, open));
	*ret_inside = text_trim(text_slice(t, open + 1, t.len - open - 2));
	return true;
}

static bool find_kind(struct text name, enum duration_kind *ret)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (text_is(name, kinds[i].name)) return *ret = (enum duration_kind)i, true;
	return false;
}

static bool find_end(struct text end, enum duration_end *ret)
{
	end = text_trim(end);
	if (text_is(end, "same_time")) return *ret = END_SAME_TIME, true;
	if (text_is(end, "close_of_business")) return *ret = END_CLOSE_OF_BUSINESS, true;
	return false;
}

static bool read_arguments(struct text inside, struct duration *d)
{
	size_t comma = text_index(inside, ',');
	bool has_end = comma < inside.len;
	int64_t n;

	if (!text_int(text_trim(text_slice(inside, 0, comma)), &n)) return false;
	if (n < 1 || n > kinds[d->kind].most || has_end != (d->kind == DURATION_WORKING_DAYS)) return false;
	d->n = (int)n;
	return !has_end || find_end(text_slice(inside, comma + 1, inside.len), &d->end);
}

bool duration_parse(struct text t, struct duration *ret, struct error *err)
{
	struct duration d = {0};
	struct text name, inside;

	t = text_trim(t);
	if (!split_call(t, &name, &inside) || !find_kind(name, &d.kind) || !read_arguments(inside, &d))
		return wrong(t, err);
	*ret = d;
	return true;
}

struct text duration_text(struct arena *arena, struct duration d)
{
	if (d.kind != DURATION_WORKING_DAYS) return arena_printf(arena, "%s(%d)", kinds[d.kind].name, d.n);
	return arena_printf(
		arena, "%s(%d, %s)", kinds[d.kind].name, d.n, d.end == END_SAME_TIME ? "same_time" : "close_of_business");
}

struct text duration_words(struct arena *arena, struct duration d)
{
	const char *many = d.n == 1 ? "" : "s";

	switch (d.kind) {
	case DURATION_ELAPSED_HOURS: return arena_printf(arena, "%d hour%s, day and night", d.n, many);
	case DURATION_WORKING_HOURS: return arena_printf(arena, "%d working hour%s", d.n, many);
	case DURATION_WORKING_DAYS: break;
	}
	return arena_printf(
		arena, "%d working day%s, %s", d.n, many, d.end == END_SAME_TIME ? "at the same time" : "by close of business");
}
