#include "cli/rejection.h"

#include <stdarg.h>

static void make_room(struct rejections *list)
{
	struct rejection *rows;

	if (list->count < list->capacity) return;
	list->capacity = list->capacity ? 2 * list->capacity : 16;
	rows = arena_new_array(list->arena, list->capacity, struct rejection);
	if (list->count) memcpy(rows, list->rows, list->count * sizeof *rows);
	list->rows = rows;
}

void rejection_add(struct rejections *list, int64_t line, struct text column, const char *format, ...)
{
	va_list args;

	make_room(list);
	va_start(args, format);
	list->rows[list->count++] = (struct rejection){
		.line = line, .column = arena_text(list->arena, column), .reason = arena_vprintf(list->arena, format, args)};
	va_end(args);
}

static int compare(const void *a, const void *b)
{
	const struct rejection *left = a, *right = b;

	if (left->line != right->line) return left->line < right->line ? -1 : 1;
	return text_compare(left->column, right->column);
}

void rejections_sort(struct rejections *list)
{
	if (list->count) qsort(list->rows, list->count, sizeof *list->rows, compare);
}

void rejections_json(struct json *json, const struct rejections *list)
{
	json_key(json, "rejected");
	json_open_list(json);
	for (size_t i = 0; i < list->count; i++) {
		json_open(json);
		json_member_int(json, "line", list->rows[i].line);
		json_member_text(json, "column", list->rows[i].column);
		json_member_text(json, "reason", list->rows[i].reason);
		json_close(json);
	}
	json_close_list(json);
}

void rejections_tell(FILE *into, const struct rejections *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct rejection *row = &list->rows[i];

		fprintf(into, "line %lld%s%.*s: %.*s\n", (long long)row->line, text_none(row->column) ? "" : ", ",
			TEXT_ARG(row->column), TEXT_ARG(row->reason));
	}
}
