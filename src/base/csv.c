#include "base/csv.h"

void csv_init(struct csv *csv, struct text input, struct arena *arena)
{
	if (text_starts(input, TEXT("\xEF\xBB\xBF"))) input = text_slice(input, 3, input.len);
	*csv = (struct csv){.rest = input, .line = 1, .arena = arena};
}

static void pass(struct csv *csv, size_t len)
{
	csv->rest = text_slice(csv->rest, len, csv->rest.len);
}

static bool take_line_end(struct csv *csv)
{
	size_t len = text_starts(csv->rest, TEXT("\r\n")) ? 2 : text_starts(csv->rest, TEXT("\n")) ? 1 : 0;

	if (!len) return false;
	pass(csv, len);
	csv->line++;
	return true;
}

static struct text without_doubling(struct arena *arena, struct text quoted)
{
	char *copy = arena_alloc(arena, quoted.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < quoted.len; i++) {
		copy[len++] = quoted.ptr[i];
		if (quoted.ptr[i] == '"') i++;
	}
	return (struct text){copy, len};
}

/* The rest stands behind the opening quote; ends behind the closing one. */
static bool take_quoted(struct csv *csv, struct text *ret_field, struct error *err)
{
	int64_t opened = csv->line;
	bool doubled = false;
	size_t len = 0;

	for (;; len += 2, doubled = true) {
		len += text_index(text_slice(csv->rest, len, csv->rest.len), '"');
		if (len == csv->rest.len)
			return error_invalid(err, "line %lld: a quoted field is never closed", (long long)opened);
		if (len + 1 == csv->rest.len || csv->rest.ptr[len + 1] != '"') break;
	}
	*ret_field = text_slice(csv->rest, 0, len);
	for (size_t i = 0; i < len; i++) csv->line += ret_field->ptr[i] == '\n';
	if (doubled) *ret_field = without_doubling(csv->arena, *ret_field);
	pass(csv, len + 1);
	return true;
}

static bool take_plain(struct csv *csv, struct text *ret_field, struct error *err)
{
	size_t len = 0;

	while (len < csv->rest.len && !memchr(",\n\r\"", csv->rest.ptr[len], 4)) len++;
	*ret_field = text_slice(csv->rest, 0, len);
	pass(csv, len);
	if (!text_starts(csv->rest, TEXT("\""))) return true;
	return error_invalid(err, "line %lld: a quote stands inside a field that is not quoted", (long long)csv->line);
}

static bool take_field(struct csv *csv, struct text *ret_field, struct error *err)
{
	if (!text_starts(csv->rest, TEXT("\""))) return take_plain(csv, ret_field, err);
	pass(csv, 1);
	return take_quoted(csv, ret_field, err);
}

static bool take_fields(struct csv *csv, struct csv_record *record, struct error *err)
{
	for (;; record->field_count++) {
		if (record->field_count == CSV_FIELDS_MOST)
			return error_invalid(err, "line %lld: more than %d fields", (long long)record->line, CSV_FIELDS_MOST);
		if (!take_field(csv, &record->fields[record->field_count], err)) return false;
		if (!csv->rest.len || take_line_end(csv)) break;
		if (!text_starts(csv->rest, TEXT(",")))
			return error_invalid(err, "line %lld: a comma or the line's end was expected behind field %zu",
				(long long)csv->line, record->field_count + 1);
		pass(csv, 1);
	}
	record->field_count++;
	return true;
}

static bool take_record(struct csv *csv, struct csv_record *record, struct error *err)
{
	*record = (struct csv_record){.line = csv->line};
	if (!take_fields(csv, record, err)) return false;
	record->whole = true;
	for (size_t i = 0; i < record->field_count; i++)
		if (!text_utf8(record->fields[i]))
			return error_invalid(err, "line %lld: the text of field %zu is not UTF-8", (long long)record->line, i + 1);
	return true;
}

bool csv_next(struct csv *csv, struct csv_record *ret_record, bool *ret_end, struct error *err)
{
	bool end;

	while (take_line_end(csv)) continue;
	end = csv->rest.len == 0;
	if (!end && !take_record(csv, ret_record, err)) return false;
	*ret_end = end;
	return true;
}
