#include <jansson.h>
#include <math.h>

#include "base/london.h"
#include "hub/daily_return_part.h"

/*
 * One table says every key of a return, where it stands in the view and of what kind it is; it is written and, for a
 * frozen one, read by the same table. What a kept return doesn't have (it is older than the figure) reads as no value.
 */
enum kind {
	KIND_INT,
	KIND_REAL,
	KIND_BOOL,
	KIND_TEXT,
	KIND_DAY,
	KIND_INSTANT,
	KIND_OBJECT,
	KIND_OPTIONAL, /* an object, null where its first member, an instant, is no value */
	KIND_LIST,     /* a pointer to rows, with their count elsewhere */
	KIND_COUNTS,   /* struct return_outcome rows as one object: the key of each and its count */
};

struct shape;

struct member {
	const char *key;
	enum kind kind;
	size_t offset;
	const struct shape *shape;
	size_t count_offset;
};

struct shape {
	size_t size;
	const struct member *members;
	size_t count;
};

#define SHAPE(type, table)                                                                                             \
	{                                                                                                                  \
		sizeof(type), table, sizeof(table) / sizeof *(table)                                                           \
	}
#define MEMBER(kind, type, key, field)                                                                                 \
	{                                                                                                                  \
#key, KIND_##kind, offsetof(struct type, field), NULL, 0                                                       \
	}
#define INT(type, field) MEMBER(INT, type, field, field)
#define FLOW(name)       MEMBER(INT, return_balance, name, balance.name)

static const struct member enquiries_members[] = {FLOW(opening), FLOW(received), FLOW(reopened), FLOW(moved_in),
	FLOW(corrections), FLOW(completed), INT(return_balance, screened_out), FLOW(withdrawn), FLOW(moved_out),
	FLOW(closing)};
static const struct shape enquiries_shape = SHAPE(struct return_balance, enquiries_members);

static const struct member children_members[] = {FLOW(opening), FLOW(received), FLOW(reopened), FLOW(moved_in),
	FLOW(corrections), FLOW(added), FLOW(removed), FLOW(completed), INT(return_balance, screened_out), FLOW(withdrawn),
	FLOW(moved_out), FLOW(closing)};
static const struct shape children_shape = SHAPE(struct return_balance, children_members);

static const struct member share_members[] = {INT(return_share, n), INT(return_share, of),
	MEMBER(REAL, return_share, low, low), MEMBER(REAL, return_share, high, high)};
static const struct shape share_shape = SHAPE(struct return_share, share_members);

static const struct member workstream_members[] = {MEMBER(TEXT, return_workstream, key, key),
	{"enquiries", KIND_OBJECT, offsetof(struct return_workstream, enquiries), &enquiries_shape, 0},
	{"children", KIND_OBJECT, offsetof(struct return_workstream, children), &children_shape, 0},
	INT(return_workstream, overdue), INT(return_workstream, unallocated), INT(return_workstream, held),
	INT(return_workstream, awaiting_manager),
	MEMBER(INSTANT, return_workstream, oldest_received_at, oldest_received_at)};
static const struct shape workstream_shape = SHAPE(struct return_workstream, workstream_members);

static const struct member counts_members[] = {
	INT(return_counts, received), INT(return_counts, completed), INT(return_counts, closing)};
static const struct shape counts_shape = SHAPE(struct return_counts, counts_members);

static const struct member group_members[] = {MEMBER(TEXT, return_group, key, key),
	{"enquiries", KIND_OBJECT, offsetof(struct return_group, enquiries), &counts_shape, 0},
	{"children", KIND_OBJECT, offsetof(struct return_group, children), &counts_shape, 0}};
static const struct shape group_shape = SHAPE(struct return_group, group_members);

static const struct member worker_members[] = {MEMBER(TEXT, return_worker, name, name), INT(return_worker, open),
	INT(return_worker, cap), INT(return_worker, progressed)};
static const struct shape worker_shape = SHAPE(struct return_worker, worker_members);

static const struct member spread_members[] = {INT(return_spread, workers), INT(return_spread, lowest),
	MEMBER(REAL, return_spread, median, median), INT(return_spread, highest), INT(return_spread, most_open)};
static const struct shape spread_shape = SHAPE(struct return_spread, spread_members);

static const struct member since_members[] = {MEMBER(INSTANT, return_since, start, start),
	{"enquiries", KIND_OBJECT, offsetof(struct return_since, enquiries), &enquiries_shape, 0},
	{"children", KIND_OBJECT, offsetof(struct return_since, children), &children_shape, 0},
	{"in_time", KIND_OBJECT, offsetof(struct return_since, in_time), &share_shape, 0},
	{"same_day_risk", KIND_OBJECT, offsetof(struct return_since, same_day_risk), &share_shape, 0}};
static const struct shape since_shape = SHAPE(struct return_since, since_members);

#define VIEW(kind, key, field) MEMBER(kind, daily_return_view, key, field)

static const struct member domestic_abuse_members[] = {VIEW(INT, received, domestic_abuse_received),
	VIEW(INT, not_necessary, domestic_abuse_not_necessary), VIEW(INT, screened_out, domestic_abuse_screened_out)};
static const struct shape domestic_abuse_shape = SHAPE(struct daily_return_view, domestic_abuse_members);

static const struct member allegation_members[] = {
	VIEW(INT, received, allegations_received), VIEW(INT, lado_waiting, lado_waiting)};
static const struct shape allegation_shape = SHAPE(struct daily_return_view, allegation_members);

static const struct member necessary_members[] = {VIEW(INT, yes, necessary_yes), VIEW(INT, no, necessary_no)};
static const struct shape necessary_shape = SHAPE(struct daily_return_view, necessary_members);

static const struct member red_members[] = {VIEW(REAL, median, red_minutes_median),
	VIEW(INT, longest, red_minutes_longest), VIEW(INT, after_screening, reds_after_screening)};
static const struct shape red_shape = SHAPE(struct daily_return_view, red_members);

#define PART(key, field, shape)                                                                                        \
	{                                                                                                                  \
		key, KIND_OBJECT, offsetof(struct daily_return_view, field), &(shape), 0                                       \
	}
#define SAME(key, shape)                                                                                               \
	{                                                                                                                  \
		key, KIND_OBJECT, 0, &(shape), 0                                                                               \
	}
#define LIST(key, field, number, shape)                                                                                \
	{                                                                                                                  \
		key, KIND_LIST, offsetof(struct daily_return_view, field), &(shape),                                           \
			offsetof(struct daily_return_view, number)                                                                 \
	}

static const struct member edt_members[] = {INT(return_edt, to), INT(return_edt, from)};
static const struct shape edt_shape = SHAPE(struct return_edt, edt_members);

static const struct member view_members[] = {VIEW(DAY, date, date), VIEW(INSTANT, window_start, window_start),
	VIEW(INSTANT, window_end, window_end), VIEW(BOOL, frozen, frozen), VIEW(INSTANT, collated_at, collated_at),
	VIEW(TEXT, collated_by, collated_by), PART("enquiries", enquiries, enquiries_shape),
	PART("children", children, children_shape), VIEW(BOOL, balances, balances), PART("in_time", in_time, share_shape),
	PART("same_day_risk", same_day_risk, share_shape), SAME("minutes_to_red", red_shape),
	SAME("domestic_abuse", domestic_abuse_shape), SAME("necessary", necessary_shape),
	SAME("allegations", allegation_shape),
	{"outcomes", KIND_COUNTS, offsetof(struct daily_return_view, outcomes), NULL,
		offsetof(struct daily_return_view, outcome_count)},
	VIEW(INT, overdue, overdue), VIEW(INT, overdue_hours, overdue_hours), VIEW(INT, due_today, due_today),
	VIEW(INT, due_tomorrow, due_tomorrow), VIEW(INT, unallocated, unallocated), VIEW(INT, held, held),
	VIEW(INT, awaiting_manager, awaiting_manager), VIEW(INSTANT, oldest_received_at, oldest_received_at),
	VIEW(INT, repeat_enquiries, repeat_enquiries), VIEW(INT, advice_given, advice_given),
	VIEW(INT, hand_overs_waiting, hand_overs_waiting), PART("edt_hand_overs", edt, edt_shape),
	VIEW(INT, progressed, progressed), VIEW(INT, target, target),
	LIST("by_workstream", workstreams, workstream_count, workstream_shape),
	LIST("by_source", by_source.rows, by_source.count, group_shape),
	LIST("by_concern", by_concern.rows, by_concern.count, group_shape),
	LIST("by_rag", by_rag.rows, by_rag.count, group_shape), LIST("workers", workers, worker_count, worker_shape),
	PART("spread", spread, spread_shape),
	{"since_last_collated", KIND_OPTIONAL, offsetof(struct daily_return_view, since_last_collated), &since_shape, 0}};
static const struct shape view_shape = SHAPE(struct daily_return_view, view_members);

/* Writing. Shapes nest three deep and hold no circle. */

static void write_object(struct json *, const struct shape *, const char *at);

static void write_list(struct json *json, const struct member *member, const char *rows, size_t count)
{
	json_open_list(json);
	for (size_t i = 0; i < count; i++) write_object(json, member->shape, rows + i * member->shape->size);
	json_close_list(json);
}

static void write_counts(struct json *json, const struct return_outcome *rows, size_t count)
{
	json_open(json);
	for (size_t i = 0; i < count; i++) {
		json_key(json, rows[i].key.ptr); /* codes: literals, or NUL-ended in the arena */
		json_int(json, rows[i].count);
	}
	json_close(json);
}

static void write_many(struct json *json, const struct member *member, const char *at)
{
	const void *rows = *(const void *const *)(const void *)(at + member->offset);
	size_t count = *(const size_t *)(const void *)(at + member->count_offset);

	if (member->kind == KIND_LIST)
		write_list(json, member, rows, count);
	else
		write_counts(json, rows, count);
}

static void write_member(struct json *json, const struct member *member, const char *at)
{
	const void *value = at + member->offset;

	switch (member->kind) {
	case KIND_INT: json_int(json, *(const int64_t *)value); break;
	case KIND_REAL: json_number(json, *(const double *)value); break;
	case KIND_BOOL: json_bool(json, *(const bool *)value); break;
	case KIND_TEXT: json_text(json, *(const struct text *)value); break;
	case KIND_DAY: json_day(json, *(const day *)value); break;
	case KIND_INSTANT: json_instant(json, *(const instant *)value); break;
	case KIND_OPTIONAL:
		if (*(const instant *)value == INSTANT_NONE) {
			json_none(json);
			break;
		}
		__attribute__((fallthrough));
	case KIND_OBJECT: write_object(json, member->shape, value); break;
	case KIND_LIST:
	case KIND_COUNTS: write_many(json, member, at); break;
	}
}

static void write_object(struct json *json, const struct shape *shape, const char *at)
{
	json_open(json);
	for (size_t i = 0; i < shape->count; i++) {
		json_key(json, shape->members[i].key);
		write_member(json, &shape->members[i], at);
	}
	json_close(json);
}

void daily_return_json(struct json *json, const struct daily_return_view *view)
{
	write_object(json, &view_shape, (const char *)view);
}

/* Reading what was kept. */

static struct text read_text(struct arena *arena, const json_t *json)
{
	if (!json_is_string(json)) return TEXT_NONE;
	return arena_text(arena, (struct text){json_string_value(json), json_string_length(json)});
}

static instant read_instant(const json_t *json)
{
	instant at = INSTANT_NONE;

	if (!json_is_string(json) || !instant_parse(text_of(json_string_value(json)), &at)) return INSTANT_NONE;
	return at;
}

static day read_day(const json_t *json)
{
	day on = DAY_NONE;

	if (!json_is_string(json) || !day_parse(text_of(json_string_value(json)), &on)) return DAY_NONE;
	return on;
}

static void read_object(struct arena *, const json_t *, const struct shape *, char *at);

static void read_list(struct arena *arena, const json_t *json, const struct member *member, char *at)
{
	size_t count = json_array_size(json);
	char *rows = arena_array(arena, count + 1, member->shape->size);

	for (size_t i = 0; i < count; i++)
		read_object(arena, json_array_get(json, i), member->shape, rows + i * member->shape->size);
	*(void **)(void *)(at + member->offset) = rows;
	*(size_t *)(void *)(at + member->count_offset) = count;
}

static void read_counts(struct arena *arena, const json_t *json, const struct member *member, char *at)
{
	struct return_outcome *rows = arena_new_array(arena, json_object_size(json) + 1, struct return_outcome);
	size_t count = 0;

	for (void *i = json_object_iter((json_t *)(uintptr_t)json); i;
		 i = json_object_iter_next((json_t *)(uintptr_t)json, i)) {
		rows[count].key = arena_text(arena, text_of(json_object_iter_key(i)));
		rows[count++].count = json_integer_value(json_object_iter_value(i));
	}
	*(struct return_outcome **)(void *)(at + member->offset) = rows;
	*(size_t *)(void *)(at + member->count_offset) = count;
}

static void read_member(struct arena *arena, const json_t *json, const struct member *member, char *at)
{
	void *value = at + member->offset;

	switch (member->kind) {
	case KIND_INT: *(int64_t *)value = json_is_integer(json) ? json_integer_value(json) : INT_NONE; break;
	case KIND_REAL: *(double *)value = json_is_number(json) ? json_number_value(json) : (double)NAN; break;
	case KIND_BOOL: *(bool *)value = json_is_true(json); break;
	case KIND_TEXT: *(struct text *)value = read_text(arena, json); break;
	case KIND_DAY: *(day *)value = read_day(json); break;
	case KIND_INSTANT: *(instant *)value = read_instant(json); break;
	case KIND_OPTIONAL:
	case KIND_OBJECT: read_object(arena, json, member->shape, value); break;
	case KIND_LIST: read_list(arena, json, member, at); break;
	case KIND_COUNTS: read_counts(arena, json, member, at); break;
	}
}

static void read_object(struct arena *arena, const json_t *json, const struct shape *shape, char *at)
{
	for (size_t i = 0; i < shape->count; i++)
		read_member(arena, json_object_get(json, shape->members[i].key), &shape->members[i], at);
}

bool daily_return_read(struct arena *arena, struct text content, struct daily_return_view *ret, struct error *err)
{
	json_t *json = json_loadb(content.ptr, content.len, 0, NULL);

	if (!json_is_object(json)) {
		json_decref(json);
		return error_failed(err, "a kept return cannot be read");
	}
	*ret = (struct daily_return_view){0};
	read_object(arena, json, &view_shape, (char *)ret);
	json_decref(json);
	return true;
}
