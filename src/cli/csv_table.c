#include "cli/csv_table.h"

#include <assert.h>

#include "base/settings.h"

static int find_column(const struct csv_header *header, struct text name)
{
	for (size_t i = 0; i < header->column_count; i++)
		if (text_equal(header->columns[i].name, name)) return (int)i;
	return -1;
}

static void reject_unknown(const struct csv_header *header, struct text name, struct rejections *rejected)
{
	const char *names[CSV_FIELDS_MOST], *near;

	for (size_t i = 0; i < header->column_count; i++) names[i] = header->columns[i].name.ptr;
	near = closest_name(name, names, header->column_count);
	if (near)
		rejection_add(rejected, 1, name, "there is no such column; did you mean %s?", near);
	else
		rejection_add(rejected, 1, name, "there is no such column");
}

static void place_column(
	struct csv_header *header, const struct csv_record *first, size_t field, struct rejections *rejected)
{
	struct text name = text_trim(first->fields[field]);
	int column = find_column(header, name);

	if (column < 0)
		reject_unknown(header, name, rejected);
	else if (header->places[column] >= 0)
		rejection_add(rejected, 1, name, "the column stands twice");
	else
		header->places[column] = (int)field;
}

static bool read_header(struct csv_header *header, const struct csv_record *first, struct rejections *rejected)
{
	size_t before = rejected->count;

	for (size_t i = 0; i < header->column_count; i++) header->places[i] = -1;
	header->field_count = first->field_count;
	for (size_t i = 0; i < first->field_count; i++) place_column(header, first, i, rejected);
	for (size_t i = 0; i < header->column_count; i++)
		if (header->columns[i].required && header->places[i] < 0)
			rejection_add(rejected, 1, header->columns[i].name, "the column is missing");
	return rejected->count == before;
}

struct row_list {
	struct csv_row *rows;
	size_t count;
	size_t capacity;
};

static struct csv_row *next_row(struct row_list *list, struct arena *arena)
{
	struct csv_row *rows;

	if (list->count < list->capacity) return &list->rows[list->count];
	list->capacity = list->capacity ? 2 * list->capacity : 1024;
	rows = arena_new_array(arena, list->capacity, struct csv_row);
	if (list->count) memcpy(rows, list->rows, list->count * sizeof *rows);
	list->rows = rows;
	return &list->rows[list->count];
}

static void reject_form(int64_t line, const struct error *err, struct rejections *rejected)
{
	const char *reason = strchr(err->message, ':');

	rejection_add(rejected, line, TEXT_NONE, "%s", reason ? reason + 2 : err->message);
}

/* A key with a doubled quote in it is a copy, and is kept. */
static struct text keep_key(const struct csv_table *table, struct text key, struct arena *arena)
{
	bool slice = key.ptr >= table->content.ptr && key.ptr < table->content.ptr + table->content.len;

	return slice ? key : arena_text(arena, key);
}

static void add_row(const struct csv_table *table, struct row_list *list, struct csv_row row, struct arena *arena)
{
	row.key = keep_key(table, row.key, arena);
	*next_row(list, arena) = row;
	list->count++;
}

/* Remembers that the enquiry whose key stands in this field is not whole. */
static void spoil(const struct csv_table *table, struct row_list *list, const struct csv_record *record, size_t field,
	struct arena *arena)
{
	struct text key = field < record->field_count ? text_trim(record->fields[field]) : TEXT("");

	if (key.len) add_row(table, list, (struct csv_row){.key = key, .line = record->line, .bad = true}, arena);
}

/* With fields missing or too many the key stands where it should, seen from one end or from the other. */
static void reject_count(
	const struct csv_table *table, struct row_list *list, const struct csv_record *record, struct rejections *rejected)
{
	size_t place = (size_t)table->header.places[0], from_end = table->header.field_count - place;

	rejection_add(rejected, record->line, TEXT_NONE, "the row has %zu fields, the header %zu", record->field_count,
		table->header.field_count);
	spoil(table, list, record, place, rejected->arena);
	if (record->field_count >= from_end) spoil(table, list, record, record->field_count - from_end, rejected->arena);
}

/* What the index keeps of a row. */
static void index_row(const struct csv_table *table, struct row_list *list, const struct csv_record *record,
	struct csv_row row, struct rejections *rejected)
{
	row.line = record->line;
	row.key = text_trim(csv_value(&table->header, record, 0));
	if (record->field_count != table->header.field_count)
		reject_count(table, list, record, rejected);
	else if (!row.key.len)
		rejection_add(rejected, record->line, table->header.columns[0].name, "a value is needed");
	else
		add_row(table, list, row, rejected->arena);
}

static void pass_blank_lines(struct csv *csv)
{
	while (csv->rest.len && (csv->rest.ptr[0] == '\n' || text_starts(csv->rest, TEXT("\r\n")))) {
		csv->line++;
		csv->rest = text_slice(csv->rest, csv->rest.ptr[0] == '\n' ? 1 : 2, csv->rest.len);
	}
}

static bool index_rows(struct csv_table *table, struct csv *csv, struct rejections *rejected, struct row_list *list)
{
	struct arena_mark mark = arena_mark(csv->arena);
	struct csv_record record;
	bool end = false;

	for (;; arena_rewind(csv->arena, mark)) {
		struct csv_row row;
		struct error err = {0};

		pass_blank_lines(csv);
		row = (struct csv_row){.offset = (size_t)(csv->rest.ptr - table->content.ptr)};
		if (!csv_next(csv, &record, &end, &err)) {
			reject_form(record.line, &err, rejected);
			if (!record.whole) return false;
			spoil(table, list, &record, (size_t)table->header.places[0], rejected->arena);
			continue;
		}
		if (end) return true;
		index_row(table, list, &record, row, rejected);
	}
}

static int compare_rows(const void *a, const void *b)
{
	const struct csv_row *left = a, *right = b;
	int keys = text_compare(left->key, right->key);

	if (keys) return keys;
	if (left->bad != right->bad) return left->bad - right->bad;
	return left->offset < right->offset ? -1 : left->offset > right->offset;
}

static int compare_groups(const void *a, const void *b)
{
	const struct csv_group *left = a, *right = b;

	return left->rows->offset < right->rows->offset ? -1 : left->rows->offset > right->rows->offset;
}

/* Rows of one key stand together, the good before the bad; what is left of a key with none that is good is no group. */
static const struct csv_row *take_group(const struct csv_row *row, const struct csv_row *end, struct csv_group *ret)
{
	*ret = (struct csv_group){.rows = row};
	for (; row < end && text_equal(row->key, ret->rows->key); row++) {
		if (!row->bad)
			ret->count++;
		else if (!ret->bad_line)
			ret->bad_line = row->line;
	}
	return row;
}

static void group_rows(struct csv_table *table, struct row_list *list, struct arena *arena)
{
	const struct csv_row *row, *end;

	if (!list->count) return;
	qsort(list->rows, list->count, sizeof *list->rows, compare_rows);
	table->groups = arena_new_array(arena, list->count, struct csv_group);
	for (row = list->rows, end = row + list->count; row < end;) {
		struct csv_group *group = &table->groups[table->group_count];

		row = take_group(row, end, group);
		table->row_count += group->count;
		if (group->count) table->group_count++;
	}
	qsort(table->groups, table->group_count, sizeof *table->groups, compare_groups);
}

bool csv_table_read(
	struct csv_table *table, struct text content, const struct csv_header *columns, struct rejections *rejected)
{
	ARENA_SCOPE scratch;
	struct row_list list = {0};
	struct csv_record first;
	struct csv csv;
	struct error err = {0};
	bool end = false;

	assert(columns->column_count <= CSV_FIELDS_MOST);
	*table = (struct csv_table){.content = content, .header = *columns};
	arena_init(&scratch, ARENA_COMMAND_BYTES);
	csv_init(&csv, content, &scratch);
	if (!csv_next(&csv, &first, &end, &err)) {
		reject_form(first.line, &err, rejected);
		return false;
	}
	if (end) {
		rejection_add(rejected, 1, TEXT_NONE, "the file is empty: its first line names the columns");
		return false;
	}
	if (!read_header(&table->header, &first, rejected)) return false;
	if (!index_rows(table, &csv, rejected, &list)) return false;
	group_rows(table, &list, rejected->arena);
	return true;
}

void csv_row_parse(
	const struct csv_table *table, const struct csv_row *row, struct arena *arena, struct csv_record *ret)
{
	struct csv csv;
	struct error err = {0};
	bool end = true, parsed;

	csv_init(&csv, text_slice(table->content, row->offset, table->content.len), arena);
	csv.line = row->line;
	parsed = csv_next(&csv, ret, &end, &err);
	assert(parsed && !end);
}
