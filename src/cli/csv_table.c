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

static bool reject_form(const struct csv *csv, const struct error *err, struct rejections *rejected)
{
	const char *reason = strchr(err->message, ':');

	rejection_add(rejected, csv->line, TEXT_NONE, "%s", reason ? reason + 2 : err->message);
	return false;
}

/* What the index keeps of a row. A key with a doubled quote in it is a copy, and is kept. */
static bool index_row(
	const struct csv_table *table, const struct csv_record *record, struct rejections *rejected, struct csv_row *ret)
{
	const struct csv_header *header = &table->header;
	struct text key;

	if (record->field_count != header->field_count) {
		rejection_add(rejected, record->line, TEXT_NONE, "the row has %zu fields, the header %zu", record->field_count,
			header->field_count);
		return false;
	}
	key = text_trim(csv_value(header, record, 0));
	if (!key.len) {
		rejection_add(rejected, record->line, header->columns[0].name, "a value is needed");
		return false;
	}
	if (key.ptr < table->content.ptr || key.ptr >= table->content.ptr + table->content.len)
		key = arena_text(rejected->arena, key);
	*ret = (struct csv_row){.key = key, .line = record->line};
	return true;
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

static bool index_rows(struct csv_table *table, struct csv *csv, struct rejections *rejected, struct row_list *list)
{
	struct arena_mark mark = arena_mark(csv->arena);
	struct csv_record record;
	struct error err = {0};
	bool end = false;

	for (;; arena_rewind(csv->arena, mark)) {
		size_t offset;

		while (csv->rest.len && (csv->rest.ptr[0] == '\n' || text_starts(csv->rest, TEXT("\r\n")))) {
			csv->line++;
			csv->rest = text_slice(csv->rest, csv->rest.ptr[0] == '\n' ? 1 : 2, csv->rest.len);
		}
		offset = (size_t)(csv->rest.ptr - table->content.ptr);
		if (!csv_next(csv, &record, &end, &err)) return reject_form(csv, &err, rejected);
		if (end) return true;
		if (!index_row(table, &record, rejected, next_row(list, rejected->arena))) continue;
		list->rows[list->count++].offset = offset;
	}
}

static int compare_rows(const void *a, const void *b)
{
	const struct csv_row *left = a, *right = b;
	int keys = text_compare(left->key, right->key);

	if (keys) return keys;
	return left->offset < right->offset ? -1 : left->offset > right->offset;
}

static int compare_groups(const void *a, const void *b)
{
	const struct csv_group *left = a, *right = b;

	return left->rows->offset < right->rows->offset ? -1 : left->rows->offset > right->rows->offset;
}

static void group_rows(struct csv_table *table, struct row_list *list, struct arena *arena)
{
	struct csv_group *group = NULL;

	table->row_count = list->count;
	if (!list->count) return;
	qsort(list->rows, list->count, sizeof *list->rows, compare_rows);
	table->groups = arena_new_array(arena, list->count, struct csv_group);
	for (size_t i = 0; i < list->count; i++) {
		if (!group || !text_equal(group->rows->key, list->rows[i].key)) {
			group = &table->groups[table->group_count++];
			group->rows = &list->rows[i];
		}
		group->count++;
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
	if (!csv_next(&csv, &first, &end, &err)) return reject_form(&csv, &err, rejected);
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
