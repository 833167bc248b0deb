#include "web/openapi.h"

#define SEEN_MOST 512

/* What has been written already, by what it was made from. */
struct schemas {
	struct json *json;
	const void *seen[SEEN_MOST];
	size_t seen_count;
};

static bool seen_before(struct schemas *schemas, const void *what)
{
	for (size_t i = 0; i < schemas->seen_count; i++)
		if (schemas->seen[i] == what) return true;
	if (schemas->seen_count < SEEN_MOST) schemas->seen[schemas->seen_count++] = what;
	return false;
}

static void ref(struct json *json, const char *name, const char *ending)
{
	char to[120];

	snprintf(to, sizeof to, "#/components/schemas/%s%s", name, ending);
	json_open(json);
	json_member_cstr(json, "$ref", to);
	json_close(json);
}

void openapi_body_ref(struct json *json, const struct input_type *body)
{
	ref(json, body->name, "");
}

void openapi_answer_ref(struct json *json, const struct answer_type *answer)
{
	ref(json, answer->name, "_answer");
}

static void codes(struct json *json, enum code_list list)
{
	const struct codes *of = codes_describe(list);

	json_key(json, "enum");
	json_open_list(json);
	for (int i = 0; i < of->count; i++) json_text(json, of->codes[i].text);
	json_close_list(json);
}

/* One of a list's codes, or several as a list (with ';' between them in one text they are taken too). */
static void code_schema(struct json *json, const struct field_description *field)
{
	if (field->type == TYPE_CODE) {
		json_member_cstr(json, "type", "string");
		codes(json, field->codes);
		return;
	}
	json_member_cstr(json, "type", "array");
	json_key(json, "items");
	json_open(json);
	json_member_cstr(json, "type", "string");
	codes(json, field->codes);
	json_close(json);
}

/* How a value of this type is written in JSON. */
static const struct written {
	const char *type;
	const char *format;
} written[] = {
	[TYPE_TEXT] = {"string", NULL},
	[TYPE_NARRATIVE] = {"string", NULL},
	[TYPE_DAY] = {"string", "date"},
	[TYPE_INSTANT] = {"string", "date-time"},
	[TYPE_INT] = {"integer", NULL},
	[TYPE_BOOL] = {"boolean", NULL},
	[TYPE_ID] = {"string", NULL},
	[TYPE_REAL] = {"number", NULL},
	[TYPE_NHS_NUMBER] = {"string", NULL},
	[TYPE_UPN] = {"string", NULL},
	[TYPE_UPRN] = {"string", NULL},
	[TYPE_POSTCODE] = {"string", NULL},
	[TYPE_EMAIL] = {"string", "email"},
	[TYPE_PHONE] = {"string", NULL},
	[TYPE_SECRET] = {"string", "password"},
};

static void limits(struct json *json, const struct field_description *field)
{
	if (!field->max) return;
	if (field->type == TYPE_INT) json_member_int(json, "maximum", field->max);
	if (field->type == TYPE_TEXT || field->type == TYPE_NARRATIVE || field->type == TYPE_EMAIL ||
		field->type == TYPE_PHONE)
		json_member_int(json, "maxLength", field->max);
}

static void field_schema(struct json *json, enum field name)
{
	const struct field_description *field = field_describe(name);

	json_key(json, field->name);
	json_open(json);
	json_member_cstr(json, "title", field->label);
	if (field->hint) json_member_cstr(json, "description", field->hint);
	if (field->type == TYPE_CODE || field->type == TYPE_CODE_LIST) {
		code_schema(json, field);
	} else {
		json_member_cstr(json, "type", written[field->type].type);
		if (written[field->type].format) json_member_cstr(json, "format", written[field->type].format);
		limits(json, field);
	}
	json_close(json);
}

static void required(struct json *json, const struct input_type *input)
{
	json_key(json, "required");
	json_open_list(json);
	for (size_t i = 0; i < input->member_count; i++)
		if (input->members[i].required) json_cstr(json, field_name(input->members[i].field));
	if (input->list && input->list_least) json_cstr(json, input->list);
	json_close_list(json);
}

static void list_schema(struct json *json, const struct input_type *input)
{
	json_key(json, input->list);
	json_open(json);
	json_member_cstr(json, "type", "array");
	json_member_int(json, "minItems", (int64_t)input->list_least);
	json_member_int(json, "maxItems", (int64_t)input->list_most);
	json_key(json, "items");
	openapi_body_ref(json, input->list_type);
	json_close(json);
}

static void input_schema(struct schemas *schemas, const struct input_type *input)
{
	struct json *json = schemas->json;

	if (seen_before(schemas, input)) return;
	json_key(json, input->name);
	json_open(json);
	json_member_cstr(json, "type", "object");
	json_key(json, "properties");
	json_open(json);
	for (size_t i = 0; i < input->member_count; i++) field_schema(json, input->members[i].field);
	if (input->list) list_schema(json, input);
	json_close(json);
	required(json, input);
	json_close(json);
	if (input->list) input_schema(schemas, input->list_type); /* a list's rows hold no list */
}

/* What a column is in JSON; any of them may be null. */
static void column_schema(struct json *json, const struct column *column)
{
	static const struct written columns[] = {
		[COLUMN_ID] = {"string", NULL},
		[COLUMN_INT] = {"integer", NULL},
		[COLUMN_INSTANT] = {"string", "date-time"},
		[COLUMN_DAY] = {"string", "date"},
		[COLUMN_TEXT] = {"string", NULL},
		[COLUMN_BOOL] = {"boolean", NULL},
		[COLUMN_REAL] = {"number", NULL},
		[COLUMN_BYTES] = {"string", NULL},
	};

	json_key(json, column->name);
	json_open(json);
	json_member_cstr(json, "title", field_label(column->field));
	json_key(json, "type");
	json_open_list(json);
	json_cstr(json, columns[column->type].type);
	json_cstr(json, "null");
	json_close_list(json);
	if (columns[column->type].format) json_member_cstr(json, "format", columns[column->type].format);
	json_close(json);
}

static void columns_schema(struct json *json, const struct record_type *record)
{
	for (size_t i = 0; i < record->column_count; i++)
		if (field_describe(record->columns[i].field)->type != TYPE_SECRET) column_schema(json, &record->columns[i]);
}

static void row_schema(struct schemas *schemas, const struct record_type *record)
{
	if (seen_before(schemas, record)) return;
	json_key(schemas->json, record->name);
	json_open(schemas->json);
	json_member_cstr(schemas->json, "type", "object");
	json_key(schemas->json, "properties");
	json_open(schemas->json);
	columns_schema(schemas->json, record);
	json_close(schemas->json);
	json_close(schemas->json);
}

static void part_schema(struct json *json, const struct answer_part *part)
{
	if (!part->list) {
		columns_schema(json, part->record);
		return;
	}
	json_key(json, part->list);
	json_open(json);
	json_member_cstr(json, "type", "array");
	json_key(json, "items");
	ref(json, part->record->name, "");
	json_close(json);
}

static void answer_schema(struct schemas *schemas, const struct answer_type *answer)
{
	struct json *json = schemas->json;
	char name[80];

	if (seen_before(schemas, answer)) return;
	snprintf(name, sizeof name, "%s_answer", answer->name);
	json_key(json, name);
	json_open(json);
	json_member_cstr(json, "type", "object");
	json_key(json, "properties");
	json_open(json);
	for (size_t i = 0; i < answer->part_count; i++) part_schema(json, &answer->parts[i]);
	json_close(json);
	json_close(json);
	for (size_t i = 0; i < answer->part_count; i++)
		if (answer->parts[i].list) row_schema(schemas, answer->parts[i].record);
}

static void text_property(struct json *json, const char *name, const char *type)
{
	json_key(json, name);
	json_open(json);
	json_member_cstr(json, "type", type);
	json_close(json);
}

static void field_problem(struct json *json)
{
	json_key(json, "errors");
	json_open(json);
	json_member_cstr(json, "type", "array");
	json_key(json, "items");
	json_open(json);
	json_member_cstr(json, "type", "object");
	json_key(json, "properties");
	json_open(json);
	text_property(json, "field", "string");
	text_property(json, "pointer", "string");
	text_property(json, "detail", "string");
	json_close(json);
	json_close(json);
	json_close(json);
}

static void problem_schema(struct json *json)
{
	json_key(json, "problem");
	json_open(json);
	json_member_cstr(json, "type", "object");
	json_key(json, "properties");
	json_open(json);
	text_property(json, "type", "string");
	text_property(json, "title", "string");
	text_property(json, "status", "integer");
	text_property(json, "detail", "string");
	text_property(json, "kind", "string");
	text_property(json, "hint", "string");
	text_property(json, "version", "integer");
	text_property(json, "request_id", "string");
	field_problem(json);
	json_close(json);
	json_close(json);
}

void openapi_schemas(const struct openapi *doc)
{
	struct schemas schemas = {.json = doc->json};

	json_key(doc->json, "schemas");
	json_open(doc->json);
	problem_schema(doc->json);
	for (size_t i = 0; i < doc->count; i++) {
		if (doc->routes[i].body) input_schema(&schemas, doc->routes[i].body);
		if (doc->routes[i].answer) answer_schema(&schemas, doc->routes[i].answer);
	}
	json_close(doc->json);
}
