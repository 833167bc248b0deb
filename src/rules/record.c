#include "rules/record.h"

#include <math.h>

static void no_value(const struct column *column, void *at)
{
	switch (column->type) {
	case COLUMN_ID: *(int64_t *)at = 0; break;
	case COLUMN_INT: *(int64_t *)at = INT_NONE; break;
	case COLUMN_INSTANT: *(instant *)at = INSTANT_NONE; break;
	case COLUMN_DAY: *(day *)at = DAY_NONE; break;
	case COLUMN_BOOL: *(bool *)at = false; break;
	case COLUMN_REAL: *(double *)at = NAN; break;
	case COLUMN_TEXT:
	case COLUMN_BYTES: *(struct text *)at = TEXT_NONE; break;
	}
}

void record_hide(const struct record_type *type, void *row, enum role role, enum relation relation)
{
	for (size_t i = 0; i < type->column_count; i++) {
		const struct column *column = &type->columns[i];

		if (!access_sees_field(role, column->field, relation)) no_value(column, (char *)row + column->offset);
	}
}

void record_hide_all(const struct record_type *type, void *rows, size_t count, enum role role, enum relation relation)
{
	for (size_t i = 0; i < count; i++) record_hide(type, (char *)rows + i * type->size, role, relation);
}

void record_json(struct json *json, const struct record_type *type, const void *row)
{
	for (size_t i = 0; i < type->column_count; i++) {
		const struct column *column = &type->columns[i];
		const void *at = (const char *)row + column->offset;

		switch (column->type) {
		case COLUMN_ID: json_member_id(json, column->name, *(const int64_t *)at); break;
		case COLUMN_INT: json_member_int(json, column->name, *(const int64_t *)at); break;
		case COLUMN_INSTANT: json_member_instant(json, column->name, *(const instant *)at); break;
		case COLUMN_DAY: json_member_day(json, column->name, *(const day *)at); break;
		case COLUMN_BOOL: json_member_bool(json, column->name, *(const bool *)at); break;
		case COLUMN_REAL: json_member_real(json, column->name, *(const double *)at); break;
		case COLUMN_TEXT:
		case COLUMN_BYTES: json_member_text(json, column->name, *(const struct text *)at); break;
		}
	}
}

void record_rows_json(struct json *json, const struct record_type *type, const void *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		json_open(json);
		record_json(json, type, (const char *)rows + i * type->size);
		json_close(json);
	}
}

void record_list_json(
	struct json *json, const char *key, const struct record_type *type, const void *rows, size_t count)
{
	json_key(json, key);
	json_open_list(json);
	record_rows_json(json, type, rows, count);
	json_close_list(json);
}
