#include "unit.h"

#include "http/intake.h"
#include "http/response.h"

struct fixture {
	struct arena arena;
	struct request req;
	struct error err;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	if (!f) return -1;
	arena_init(&f->arena, ARENA_REQUEST_BYTES);
	f->req.arena = &f->arena;
	f->req.id = TEXT("0123456789abcdef");
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	if (f->req.json) json_decref(f->req.json);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void take_form(struct fixture *f, const char *body)
{
	assert_true(form_decode(text_of(body), &f->arena, &f->req.form, &f->err));
}

static void take_json(struct fixture *f, const char *body)
{
	if (!json_intake(text_of(body), &f->req.json, &f->err)) fail_msg("%s", f->err.message);
}

static void same_values(struct fixture *f)
{
	struct request *req = &f->req;

	assert_text(request_value(req, "referrer_name"), "PC Lee");
	assert_text(request_value(req, "immediate_danger"), "yes");
	assert_text(request_value(req, "priority"), "3");
	assert_text(request_value(req, "nobody_said"), NULL);
	assert_int_equal(request_values(req, "concern").count, 2);
	assert_text(request_values(req, "concern").rows[1], "neglect");
	assert_int_equal(request_values(req, "nobody_said").count, 0);
	assert_int_equal(request_list_count(req, "children"), 2);
	assert_text(request_list_value(req, "children", 0, "given_name"), "Ada");
	assert_text(request_list_value(req, "children", 1, "given_name"), "Bo");
	assert_text(request_list_value(req, "children", 1, "family_name"), NULL);
	assert_text(request_list_value(req, "children", 2, "given_name"), NULL);
	assert_int_equal(request_list_count(req, "child"), 0);
}

static void a_form_gives_its_values(void **state)
{
	take_form(*state, "referrer_name=PC+Lee&immediate_danger=yes&priority=3&concern=physical&concern=&concern=neglect"
					  "&children-0-given_name=Ada&children-1-given_name=Bo");
	same_values(*state);
}

static void json_gives_the_same_values_as_a_form(void **state)
{
	take_json(*state, "{\"referrer_name\":\"PC Lee\",\"immediate_danger\":true,\"priority\":3,"
					  "\"concern\":[\"physical\",null,\"neglect\"],\"nobody_said\":null,"
					  "\"children\":[{\"given_name\":\"Ada\"},{\"given_name\":\"Bo\"}]}");
	same_values(*state);
}

static void a_list_too_long_is_told_as_too_long(void **state)
{
	take_form(*state, "children-499-a=1");
	assert_int_equal(request_list_count(&((struct fixture *)*state)->req, "children"), REQUEST_LIST_MOST);
	take_form(*state, "children-500-a=1");
	assert_int_equal(request_list_count(&((struct fixture *)*state)->req, "children"), REQUEST_LIST_MOST + 1);
	take_form(*state, "children-x-a=1&children--a=1&children-1=2&children-99999999999999999999-a=1&childrens-1-a=1");
	assert_int_equal(request_list_count(&((struct fixture *)*state)->req, "children"), 0);
}

static void a_member_that_nobody_asked_for_is_found(void **state)
{
	static const char *const names[] = {"a", "children"};
	static const char *const child[] = {"given_name"};
	struct fixture *f = *state;

	take_json(f, "{\"a\":1,\"children\":[{\"given_name\":\"x\"},{\"given_nam\":\"y\"}]}");
	assert_text(request_unknown(&f->req, names, 2), NULL);
	assert_text(request_unknown(&f->req, names, 1), "children");
	assert_text(request_list_unknown(&f->req, "children", 0, child, 1), NULL);
	assert_text(request_list_unknown(&f->req, "children", 1, child, 1), "given_nam");
}

static const struct {
	const char *name, *body;
} bad_json[] = {
	{"a name twice", "{\"a\":1,\"a\":2}"},
	{"not an object", "[1]"},
	{"a bare word", "yes"},
	{"nothing", ""},
	{"cut off", "{\"a\":\"b"},
	{"something behind it", "{} {}"},
	{"a NUL", "{\"a\":\"\\u0000\"}"},
	{"half a surrogate pair", "{\"a\":\"\\ud800\"}"},
	{"not UTF-8", "{\"a\":\"\xFF\"}"},
	{"seventeen deep", "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"},
};

static void json_that_is_not_just_one_plain_object_is_refused(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(bad_json); i++) {
		json_t *json;

		if (json_intake(text_of(bad_json[i].body), &json, &f->err)) fail_msg("%s was taken", bad_json[i].name);
		assert_int_equal(f->err.kind, ERROR_INVALID);
	}
	take_json(f, "{\"brackets in text\":\"[[[[[[[[[[[[[[[[[[[[\\\"[[[\"}");
}

static void a_version_comes_from_if_match_or_the_form(void **state)
{
	struct fixture *f = *state;
	int64_t version = 0;

	assert_false(request_version(&f->req, &version, &f->err));
	assert_int_equal(fault_status(f->req.fault), 428);
	take_form(f, "version=12");
	assert_true(request_version(&f->req, &version, &f->err));
	assert_int_equal(version, 12);
	f->req.headers.if_match = TEXT("\"13\"");
	assert_true(request_version(&f->req, &version, &f->err));
	assert_int_equal(version, 13);
	f->req.headers.if_match = TEXT("13");
	assert_false(request_version(&f->req, &version, &f->err));
	assert_int_equal(fault_status(f->req.fault), 400);
}

static void a_stale_version_is_412_for_if_match_and_409_on_a_form(void **state)
{
	struct fixture *f = *state;

	error_stale(&f->err, 8, "changed by somebody else");
	assert_int_equal(response_error_status(&f->req, &f->err), 409);
	f->req.headers.if_match = TEXT("\"7\"");
	assert_int_equal(response_error_status(&f->req, &f->err), 412);
}

static void next_goes_nowhere_but_here(void **state)
{
	struct fixture *f = *state;

	assert_text(request_next(&f->req), "/");
	assert_true(form_decode(TEXT("next=%2Fhub%3Fa%3D1"), &f->arena, &f->req.query, &f->err));
	assert_text(request_next(&f->req), "/hub?a=1");
	take_form(f, "next=%2F%2Fevil.example");
	assert_text(request_next(&f->req), "/");
}

static void a_problem_document_says_which_fields_and_where(void **state)
{
	struct fixture *f = *state;
	struct response res;
	json_t *problem, *first;

	error_clear(&f->err);
	error_field(&f->err, "received_at", "Enter a time");
	error_field_at(&f->err, "children", 2, "given_name", "Enter \"a\" name");
	error_hint(&f->err, "Correct them.");
	response_init(&res, &f->arena);
	response_problem(&res, &f->req, &f->err);
	assert_int_equal(res.status, 422);
	assert_text(res.content_type, "application/problem+json");
	assert_true(json_intake(buffer_text(&res.body), &problem, &f->err));
	first = json_array_get(json_object_get(problem, "errors"), 1);
	assert_string_equal(json_string_value(json_object_get(problem, "kind")), "INVALID");
	assert_string_equal(json_string_value(json_object_get(problem, "hint")), "Correct them.");
	assert_string_equal(json_string_value(json_object_get(problem, "request_id")), "0123456789abcdef");
	assert_int_equal(json_integer_value(json_object_get(problem, "status")), 422);
	assert_string_equal(json_string_value(json_object_get(first, "field")), "children/2/given_name");
	assert_string_equal(json_string_value(json_object_get(first, "pointer")), "#/children/2/given_name");
	assert_string_equal(json_string_value(json_object_get(first, "detail")), "Enter \"a\" name");
	json_decref(problem);
	response_release(&res);
}

#define with_fixture(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_form_gives_its_values),
		with_fixture(json_gives_the_same_values_as_a_form),
		with_fixture(a_list_too_long_is_told_as_too_long),
		with_fixture(a_member_that_nobody_asked_for_is_found),
		with_fixture(json_that_is_not_just_one_plain_object_is_refused),
		with_fixture(a_version_comes_from_if_match_or_the_form),
		with_fixture(a_stale_version_is_412_for_if_match_and_409_on_a_form),
		with_fixture(next_goes_nowhere_but_here),
		with_fixture(a_problem_document_says_which_fields_and_where),
	};

	return cmocka_run_group_tests_name("http/request", tests, NULL, NULL);
}
