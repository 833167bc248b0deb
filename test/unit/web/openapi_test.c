#include "unit.h"

#include <jansson.h>

#include "hub/enquiry.h"
#include "web/openapi.h"
#include "web/routes.h"

/* What OpenAPI 3.1.0 asks of a document, as far as this one uses it; held to the specification's own schema once by hand. */

static json_t *document(void)
{
	BUFFER_SCOPE out;
	struct json json;
	json_error_t wrong;
	json_t *doc;

	buffer_init(&out, (size_t)1 << 20);
	json_init(&json, &out);
	openapi_write(&json);
	assert_false(out.overflowed);
	doc = json_loadb(out.bytes, out.len, JSON_REJECT_DUPLICATES, &wrong);
	if (!doc) fail_msg("line %d: %s", wrong.line, wrong.text);
	return doc;
}

static const char *method_key(const struct route *route)
{
	return route->method == HTTP_GET ? "get" : "post";
}

static json_t *operation_at(json_t *doc, const char *path, const struct route *route)
{
	return json_object_get(json_object_get(json_object_get(doc, "paths"), path), method_key(route));
}

static void every_address_is_in_it_but_those_that_are_hidden(void **state)
{
	json_t *doc = document();
	size_t count;
	const struct route *routes = web_routes(&count);

	(void)state;
	assert_string_equal(json_string_value(json_object_get(doc, "openapi")), "3.1.0");
	for (size_t i = 0; i < count; i++) {
		const char *paths[] = {routes[i].pattern, routes[i].api};

		for (size_t k = 0; k < 2; k++) {
			bool shown = !(routes[i].flags & ROUTE_HIDDEN);

			if (!paths[k] || (operation_at(doc, paths[k], &routes[i]) != NULL) == shown) continue;
			fail_msg("%s %s is%s in the document", method_key(&routes[i]), paths[k], shown ? " not" : "");
		}
	}
	json_decref(doc);
}

/* "#/components/schemas/NAME" */
static void assert_leads_somewhere(json_t *doc, const char *ref)
{
	static const char start[] = "#/components/schemas/";
	json_t *schemas = json_object_get(json_object_get(doc, "components"), "schemas");

	assert_int_equal(strncmp(ref, start, sizeof start - 1), 0);
	if (!json_object_get(schemas, ref + sizeof start - 1)) fail_msg("%s leads nowhere", ref);
}

/* Every "$ref" of the text, wherever it stands. */
static void every_reference_leads_to_a_schema(void **state)
{
	json_t *doc = document();
	char *text = json_dumps(doc, JSON_COMPACT);
	size_t seen = 0;

	(void)state;
	for (char *at = strstr(text, "\"$ref\":\""); at; at = strstr(at + 1, "\"$ref\":\"")) {
		char ref[200];

		assert_int_equal(sscanf(at, "\"$ref\":\"%199[^\"]", ref), 1);
		assert_leads_somewhere(doc, ref);
		seen++;
	}
	assert_true(seen > 50);
	free(text);
	json_decref(doc);
}

static void assert_parameter(json_t *operation, const char *path, struct text name)
{
	json_t *parameter;
	size_t index;

	json_array_foreach(json_object_get(operation, "parameters"), index, parameter)
	{
		const char *is = json_string_value(json_object_get(parameter, "name"));

		if (text_equal(text_of(is), name) && json_is_true(json_object_get(parameter, "required"))) return;
	}
	fail_msg("%s doesn't declare %.*s", path, TEXT_ARG(name));
}

static void what_stands_in_braces_is_a_parameter_and_ids_are_their_own(void **state)
{
	json_t *doc = document(), *ids = json_object(), *item, *operation;
	const char *path, *method;

	(void)state;
	json_object_foreach(json_object_get(doc, "paths"), path, item)
	{
		json_object_foreach(item, method, operation)
		{
			const char *id = json_string_value(json_object_get(operation, "operationId"));
			struct text rest = text_of(path), part;

			if (json_object_get(ids, id)) fail_msg("two are called %s", id);
			json_object_set_new(ids, id, json_true());
			assert_true(json_object_size(json_object_get(operation, "responses")) >= 2 || !strcmp(method, "get"));
			while (text_split(&rest, '/', &part))
				if (part.len && part.ptr[0] == '{')
					assert_parameter(operation, path, text_slice(part, 1, part.len - 2));
		}
	}
	json_decref(ids);
	json_decref(doc);
}

static void an_enquiry_is_described_by_its_fields_and_its_children(void **state)
{
	json_t *doc = document();
	json_t *schemas = json_object_get(json_object_get(doc, "components"), "schemas");
	json_t *receive = json_object_get(json_object_get(schemas, "enquiry_receive"), "properties");
	json_t *children = json_object_get(receive, "children");

	(void)state;
	for (size_t i = 0; i < enquiry_receive_input.member_count; i++)
		assert_non_null(json_object_get(receive, field_name(enquiry_receive_input.members[i].field)));
	assert_string_equal(json_string_value(json_object_get(json_object_get(children, "items"), "$ref")),
		"#/components/schemas/child_receive");
	assert_int_equal(json_integer_value(json_object_get(children, "minItems")), 1);
	assert_int_equal(json_array_size(json_object_get(json_object_get(receive, "channel"), "enum")), 5);
	assert_string_equal(
		json_string_value(json_object_get(json_object_get(receive, "received_at"), "format")), "date-time");
	json_decref(doc);
}

static void what_changes_things_asks_for_the_session_and_its_token(void **state)
{
	json_t *doc = document();
	size_t count;
	const struct route *routes = web_routes(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		json_t *security, *first;

		if (!routes[i].api || routes[i].method != HTTP_POST) continue;
		security = json_object_get(operation_at(doc, routes[i].api, &routes[i]), "security");
		first = json_array_get(security, 0);
		if (routes[i].flags & ROUTE_PUBLIC)
			assert_int_equal(json_array_size(security), 0);
		else
			assert_true(json_object_get(first, "session") && json_object_get(first, "csrf"));
	}
	json_decref(doc);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_address_is_in_it_but_those_that_are_hidden),
		cmocka_unit_test(every_reference_leads_to_a_schema),
		cmocka_unit_test(what_stands_in_braces_is_a_parameter_and_ids_are_their_own),
		cmocka_unit_test(an_enquiry_is_described_by_its_fields_and_its_children),
		cmocka_unit_test(what_changes_things_asks_for_the_session_and_its_token),
	};

	return cmocka_run_group_tests_name("openapi", tests, NULL, NULL);
}
