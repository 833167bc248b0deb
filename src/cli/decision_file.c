#include "cli/decision_file.h"

#define MEMBER(name, column)                                                                                           \
	{                                                                                                                  \
		FIELD_##name, COLUMN_##column, offsetof(struct decision_row, name), false                                      \
	}
#define NEEDED(name, column)                                                                                           \
	{                                                                                                                  \
		FIELD_##name, COLUMN_##column, offsetof(struct decision_row, name), true                                       \
	}

/* external_ref first: it is the key. */
static const struct input_member members[] = {
	NEEDED(external_ref, TEXT),
	NEEDED(child, INT),
	NEEDED(screened_by, TEXT),
	NEEDED(screened_at, INSTANT),
	NEEDED(rag, TEXT),
	NEEDED(necessary, TEXT),
	NEEDED(necessary_reason, TEXT),
	NEEDED(ended, TEXT),
	MEMBER(allocated_to, TEXT),
	MEMBER(allocated_at, INSTANT),
	NEEDED(outcome, TEXT),
	NEEDED(threshold_level, INT),
	NEEDED(reason, TEXT),
	MEMBER(service, TEXT),
	MEMBER(agreement_by, TEXT),
	MEMBER(strategy_requested_at, INSTANT),
	NEEDED(recommended_by, TEXT),
	NEEDED(recommended_at, INSTANT),
	NEEDED(authorised_by, TEXT),
	NEEDED(authorised_at, INSTANT),
};
#define MEMBER_COUNT (sizeof members / sizeof *members)

static const struct input_type row_input = {
	.name = "decision_row", .size = sizeof(struct decision_row), INPUT_MEMBERS(members)};

static const char *const step_columns[STEP_COUNT] = {
	"screened_at", "strategy_requested_at", "allocated_at", "recommended_at", "authorised_at"};

const char *decision_step_column(enum decision_step step)
{
	return step_columns[step];
}

static bool of_child(enum field field)
{
	switch ((int)field) {
	case FIELD_child:
	case FIELD_outcome:
	case FIELD_threshold_level:
	case FIELD_reason:
	case FIELD_service:
	case FIELD_agreement_by:
	case FIELD_strategy_requested_at: return true;
	default: return false;
	}
}

void decision_reject(
	struct decision_file *file, const struct decision *decision, size_t row, const char *column, const char *reason)
{
	rejection_add(&file->rejected, decision->group->rows[row].line, text_of(column), "%s", reason);
}

/* Decoding one row */

struct row_source {
	const struct csv_header *header;
	const struct csv_record *record;
};

static struct text row_value(const void *context, const char *list, size_t index, const char *name)
{
	const struct row_source *source = context;

	(void)list;
	(void)index;
	for (size_t i = 0; i < MEMBER_COUNT; i++)
		if (field_name(members[i].field) == name) return csv_value(source->header, source->record, i);
	return TEXT_NONE;
}

static bool decode_row(
	struct decision_file *file, struct decision *decision, size_t row, const struct csv_record *record)
{
	struct row_source source = {.header = &file->table.header, .record = record};
	struct input_source input = {.context = &source, .value = row_value};
	struct error err = {0};

	if (input_decode(&input, &row_input, file->rejected.arena, &decision->rows[row], &err)) return true;
	for (size_t i = 0; i < err.field_count; i++)
		decision_reject(file, decision, row, err.fields[i].field, err.fields[i].message);
	return false;
}

/* What rows say of each other */

static bool rows_agree(struct decision_file *file, const struct decision *decision, const struct csv_record *records)
{
	size_t before = file->rejected.count;

	for (size_t column = 0; column < MEMBER_COUNT; column++) {
		struct text first = text_trim(csv_value(&file->table.header, &records[0], column));

		if (of_child(members[column].field)) continue;
		for (size_t i = 1; i < decision->count; i++)
			if (!text_equal(first, text_trim(csv_value(&file->table.header, &records[i], column))))
				decision_reject(
					file, decision, i, field_name(members[column].field), "it differs from the enquiry's first row");
	}
	return file->rejected.count == before;
}

static bool children_differ(struct decision_file *file, const struct decision *decision)
{
	size_t before = file->rejected.count;

	for (size_t i = 0; i < decision->count; i++) {
		if (decision->rows[i].child < 1) decision_reject(file, decision, i, "child", "1 is the first child");
		for (size_t j = 0; j < i; j++)
			if (decision->rows[i].child == decision->rows[j].child)
				decision_reject(file, decision, i, "child", "the child has a row already");
	}
	return file->rejected.count == before;
}

/* The steps in the order they have to happen in; a later one may be at the same instant. */
static bool steps_in_order(struct decision_file *file, const struct decision *decision)
{
	static const struct {
		enum decision_step later;
		enum decision_step earlier;
		const char *reason;
	} orders[] = {
		{STEP_STRATEGY_REQUESTED, STEP_SCREENED, "it is before the screening"},
		{STEP_ALLOCATED, STEP_SCREENED, "it is before the screening"},
		{STEP_RECOMMENDED, STEP_SCREENED, "it is before the screening"},
		{STEP_RECOMMENDED, STEP_ALLOCATED, "it is before the allocation"},
		{STEP_AUTHORISED, STEP_STRATEGY_REQUESTED, "it is before the strategy discussion was requested"},
		{STEP_AUTHORISED, STEP_RECOMMENDED, "it is before the recommendation"},
	};
	size_t before = file->rejected.count;

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (decision->at[orders[i].later] != INSTANT_NONE && decision->at[orders[i].earlier] != INSTANT_NONE &&
			decision->at[orders[i].later] < decision->at[orders[i].earlier])
			decision_reject(file, decision, 0, step_columns[orders[i].later], orders[i].reason);
	return file->rejected.count == before;
}

static bool allocation_given(struct decision_file *file, const struct decision *decision)
{
	const struct decision_row *row = decision->rows;

	if (decision->at_screening && (!text_none(row->allocated_to) || row->allocated_at != INSTANT_NONE))
		decision_reject(file, decision, 0, "allocated_to", "what ended at screening was not allocated");
	else if (!decision->at_screening && text_none(row->allocated_to))
		decision_reject(file, decision, 0, "allocated_to", "it was decided: name whom it was allocated to");
	else if (!decision->at_screening && row->allocated_at == INSTANT_NONE)
		decision_reject(file, decision, 0, "allocated_at", "it was decided: say when it was allocated");
	else
		return true;
	return false;
}

static void sum_up(struct decision *decision)
{
	const struct decision_row *first = decision->rows;

	decision->at_screening = text_is(first->ended, "screening");
	decision->at[STEP_SCREENED] = first->screened_at;
	decision->at[STEP_ALLOCATED] = first->allocated_at;
	decision->at[STEP_RECOMMENDED] = first->recommended_at;
	decision->at[STEP_AUTHORISED] = first->authorised_at;
	decision->at[STEP_STRATEGY_REQUESTED] = INSTANT_NONE;
	for (size_t i = 0; i < decision->count; i++) {
		instant requested = decision->rows[i].strategy_requested_at, *earliest = &decision->at[STEP_STRATEGY_REQUESTED];

		if (requested != INSTANT_NONE && (*earliest == INSTANT_NONE || requested < *earliest)) *earliest = requested;
	}
}

static bool read_rows(struct decision_file *file, struct decision *decision)
{
	struct arena *arena = file->rejected.arena;
	struct csv_record *records;
	bool good = true;

	if (decision->group->count > 99) {
		decision_reject(file, decision, 0, "child", "there are more than 99 rows of this enquiry");
		return false;
	}
	if (decision->group->bad_line) {
		decision_reject(file, decision, 0, NULL, "another row of this enquiry could not be read");
		return false;
	}
	decision->count = decision->group->count;
	decision->rows = arena_new_array(arena, decision->count, struct decision_row);
	records = arena_new_array(arena, decision->count, struct csv_record);
	for (size_t i = 0; i < decision->count; i++) {
		csv_row_parse(&file->table, &decision->group->rows[i], arena, &records[i]);
		if (!decode_row(file, decision, i, &records[i])) good = false;
	}
	if (!rows_agree(file, decision, records) || !good || !children_differ(file, decision)) return false;
	sum_up(decision);
	return allocation_given(file, decision) && steps_in_order(file, decision);
}

bool decision_file_read(struct decision_file *file, struct arena *arena, struct text content)
{
	struct csv_column names[MEMBER_COUNT];
	struct csv_header header = {.columns = names, .column_count = MEMBER_COUNT};

	*file = (struct decision_file){.rejected.arena = arena};
	for (size_t i = 0; i < MEMBER_COUNT; i++)
		names[i] = (struct csv_column){text_of(field_name(members[i].field)), members[i].required};
	if (!csv_table_read(&file->table, content, &header, &file->rejected)) return false;
	file->table.header.columns = NULL;
	file->count = file->table.group_count;
	file->decisions = arena_new_array(arena, file->count, struct decision);
	for (size_t i = 0; i < file->count; i++) {
		file->decisions[i].group = &file->table.groups[i];
		file->decisions[i].bad = !read_rows(file, &file->decisions[i]);
	}
	return true;
}

/* The order of events */

/* An authorised step goes first where it is its enquiry's only one at the instant: it makes room. */
static int rank_of(const struct decision *decision, enum decision_step step)
{
	if (step != STEP_AUTHORISED) return 1 + (int)step;
	for (int other = 0; other < STEP_AUTHORISED; other++)
		if (decision->at[other] == decision->at[STEP_AUTHORISED]) return 1 + STEP_AUTHORISED;
	return 0;
}

static int compare_events(const void *a, const void *b, void *context)
{
	const struct decision_event *left = a, *right = b;
	const struct decision_file *file = context;

	if (left->at != right->at) return left->at < right->at ? -1 : 1;
	if (left->rank != right->rank) return left->rank - right->rank;
	return text_compare(
		file->decisions[left->decision].group->rows->key, file->decisions[right->decision].group->rows->key);
}

struct decision_events decision_events_until(const struct decision_file *file, struct arena *arena, instant until)
{
	struct decision_events list = {.events = arena_new_array(arena, file->count * STEP_COUNT, struct decision_event)};

	for (size_t i = 0; i < file->count; i++) {
		const struct decision *decision = &file->decisions[i];

		for (int step = 0; step < STEP_COUNT && !decision->bad; step++) {
			if (decision->at[step] == INSTANT_NONE || decision->at[step] > until) continue;
			list.events[list.count++] = (struct decision_event){
				decision->at[step], rank_of(decision, (enum decision_step)step), (enum decision_step)step, i};
		}
	}
	if (list.count) {
		struct decision_file *context = arena_new(arena, struct decision_file);

		*context = *file;
		qsort_r(list.events, list.count, sizeof *list.events, compare_events, context);
	}
	return list;
}
