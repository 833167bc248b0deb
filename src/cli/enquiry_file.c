#include "cli/enquiry_file.h"

#define SOURCE_SYSTEM TEXT("file")
#define CHILDREN_LIST "children/"

/* Rows being decoded: the enquiry's own columns are the first row's. */
struct rows_source {
	const struct enquiry_file *file;
	const struct csv_record *records;
	size_t count;
};

/* Filled by the edge, not by a column. */
static bool ours(enum field field)
{
	return field == FIELD_source_system || field == FIELD_workstream;
}

static bool required(const struct input_member *member)
{
	return member->required || member->field == FIELD_external_ref || member->field == FIELD_received_at;
}

/* The household's columns of a child have no child_ before them. */
static bool bare(enum field field)
{
	return field == FIELD_address || field == FIELD_postcode || field == FIELD_parent_name;
}

static void add_column(struct enquiry_file *file, struct arena *arena, const struct input_member *member, bool of_child)
{
	const char *name = field_name(member->field);

	file->columns[file->column_count] = (struct enquiry_column){member->field, of_child};
	file->names[file->column_count] = (struct csv_column){
		.name = of_child && !bare(member->field) ? arena_printf(arena, "child_%s", name) : text_of(name),
		.required = !of_child && required(member),
	};
	file->column_count++;
}

/* external_ref first: it is the key. */
static void add_columns(struct enquiry_file *file, struct arena *arena)
{
	const struct input_type *type = &enquiry_receive_input;

	for (size_t i = 0; i < type->member_count; i++)
		if (type->members[i].field == FIELD_external_ref) add_column(file, arena, &type->members[i], false);
	for (size_t i = 0; i < type->member_count; i++)
		if (type->members[i].field != FIELD_external_ref && !ours(type->members[i].field))
			add_column(file, arena, &type->members[i], false);
	for (size_t i = 0; i < type->list_type->member_count; i++)
		add_column(file, arena, &type->list_type->members[i], true);
}

bool enquiry_file_read(struct enquiry_file *file, struct arena *arena, struct text content)
{
	struct csv_header header = {.columns = file->names};

	*file = (struct enquiry_file){.rejected.arena = arena};
	add_columns(file, arena);
	header.column_count = file->column_count;
	return csv_table_read(&file->table, content, &header, &file->rejected);
}

static struct text source_value(const void *context, const char *list, size_t index, const char *name)
{
	const struct rows_source *source = context;
	const struct enquiry_file *file = source->file;

	for (size_t i = 0; i < file->column_count; i++)
		if (file->columns[i].of_child == (list != NULL) && field_name(file->columns[i].field) == name)
			return csv_value(&file->table.header, &source->records[list ? index : 0], i);
	return TEXT_NONE;
}

static size_t source_count(const void *context, const char *list)
{
	(void)list;
	return ((const struct rows_source *)context)->count;
}

static bool decode(const struct rows_source *rows, struct arena *arena, struct enquiry_receive *ret, struct error *err)
{
	struct input_source source = {.context = rows, .value = source_value, .count = source_count};
	bool decoded = input_decode(&source, &enquiry_receive_input, arena, ret, err);

	if (ret->received_at == INSTANT_NONE && !error_find(err, "received_at"))
		return error_field(err, "received_at", "Enter when it was received");
	ret->source_system = SOURCE_SYSTEM;
	return decoded;
}

/* The column that an error's field is of, and which row's: "children/2/sex" is row 2's child_sex. */
static struct text column_of(const struct enquiry_file *file, const char *field, size_t *ret_row)
{
	bool of_child = strncmp(field, CHILDREN_LIST, sizeof CHILDREN_LIST - 1) == 0;
	struct text rest = text_of(field), row = TEXT_NONE;
	int64_t number = 0;

	if (of_child) {
		rest = text_slice(rest, sizeof CHILDREN_LIST - 1, rest.len);
		if (!text_split(&rest, '/', &row) || !text_int(row, &number)) return TEXT_NONE;
		*ret_row = (size_t)number;
	}
	for (size_t i = 0; i < file->column_count; i++)
		if (file->columns[i].of_child == of_child && text_is(rest, field_name(file->columns[i].field)))
			return file->names[i].name;
	return TEXT_NONE;
}

/* Names each problem at its child's row; a problem of the enquiry at every row. */
static void reject_fields(struct enquiry_file *file, const struct csv_group *group, const struct error *err)
{
	for (size_t i = 0; i < err->field_count; i++) {
		size_t row = SIZE_MAX;
		struct text column = column_of(file, err->fields[i].field, &row);

		for (size_t j = 0; j < group->count; j++)
			if (row == SIZE_MAX || row == j)
				rejection_add(&file->rejected, group->rows[j].line, column, "%s", err->fields[i].message);
	}
	if (!err->field_count) rejection_add(&file->rejected, group->rows->line, TEXT_NONE, "%s", err->message);
}

/* Row by row, so that each is told all that is wrong with it, whatever is wrong with the others. */
static void reject_each(
	struct enquiry_file *file, const struct csv_group *group, const struct csv_record *records, struct arena *arena)
{
	for (size_t i = 0; i < group->count; i++) {
		struct rows_source rows = {.file = file, .records = &records[i], .count = 1};
		struct csv_group alone = {.rows = &group->rows[i], .count = 1};
		struct enquiry_receive in;
		struct error err = {0};

		if (!decode(&rows, arena, &in, &err)) reject_fields(file, &alone, &err);
	}
}

static bool column_agrees(
	const struct enquiry_file *file, const struct csv_record *records, size_t count, size_t column)
{
	struct text first = csv_value(&file->table.header, &records[0], column);

	for (size_t i = 1; i < count; i++)
		if (!text_equal(text_trim(first), text_trim(csv_value(&file->table.header, &records[i], column)))) return false;
	return true;
}

static bool rows_agree(struct enquiry_file *file, const struct csv_group *group, const struct csv_record *records)
{
	size_t before = file->rejected.count;

	for (size_t column = 0; column < file->column_count; column++) {
		if (file->columns[column].of_child || column_agrees(file, records, group->count, column)) continue;
		for (size_t i = 0; i < group->count; i++)
			rejection_add(&file->rejected, group->rows[i].line, file->names[column].name,
				"the rows of %.*s differ here; see line %lld", TEXT_ARG(group->rows[i].key),
				(long long)group->rows[i ? 0 : 1].line);
	}
	return file->rejected.count == before;
}

bool enquiry_file_decode(
	struct enquiry_file *file, const struct csv_group *group, struct arena *arena, struct enquiry_receive *ret)
{
	struct rows_source rows = {.file = file, .count = group->count};
	struct csv_record *records;
	struct error err = {0};
	bool agree;

	if (group->count > CHILDREN_MOST) {
		rejection_add(&file->rejected, group->rows->line, TEXT_NONE, "%.*s has %zu children, more than %d",
			TEXT_ARG(group->rows->key), group->count, CHILDREN_MOST);
		return false;
	}
	if (group->bad_line) {
		rejection_add(&file->rejected, group->rows->line, TEXT_NONE, "%.*s is not whole: see line %lld",
			TEXT_ARG(group->rows->key), (long long)group->bad_line);
		return false;
	}
	records = arena_new_array(arena, group->count, struct csv_record);
	for (size_t i = 0; i < group->count; i++) csv_row_parse(&file->table, &group->rows[i], arena, &records[i]);
	rows.records = records;
	agree = rows_agree(file, group, records);
	if (decode(&rows, arena, ret, &err)) return agree;
	reject_each(file, group, records, arena);
	return false;
}

bool enquiry_file_take(struct enquiry_file *file, struct hub *hub, const struct csv_group *group,
	struct text workstream, struct enquiry_taken *ret, struct error *err)
{
	struct enquiry_receive in;

	*ret = (struct enquiry_taken){0};
	if (!enquiry_file_decode(file, group, hub->arena, &in)) return true;
	in.workstream = workstream;
	if (!enquiry_receive(hub, &in, &ret->received, err)) {
		if (err->kind != ERROR_INVALID && err->kind != ERROR_REFUSED) return false;
		reject_fields(file, group, err);
		error_clear(err);
		return true;
	}
	ret->taken = true;
	ret->children = in.children.count;
	return true;
}
