#include "unit.h"

#include "http/header.h"

static void a_cookie_is_found_by_its_whole_name(void **state)
{
	(void)state;
	assert_text(cookie_find(TEXT("a=1; fanlight_session=xyz; b=2"), "fanlight_session"), "xyz");
	assert_text(cookie_find(TEXT("fanlight_session=xyz"), "fanlight_session"), "xyz");
	assert_text(
		cookie_find(TEXT("xfanlight_session=no;fanlight_session=first;fanlight_session=second"), "fanlight_session"),
		"first");
	assert_text(cookie_find(TEXT("fanlight_session"), "fanlight_session"), NULL);
	assert_text(cookie_find(TEXT("fanlight_session="), "fanlight_session"), "");
	assert_text(cookie_find(TEXT_NONE, "fanlight_session"), NULL);
}

static void if_match_is_one_quoted_version(void **state)
{
	static const char *const bad[] = {"", "7", "\"7", "\"\"", "*", "W/\"7\"", "\"7\", \"8\"", "\"-7\"", "\"x\"",
		"\"+7\"", "\"99999999999999999999\""};
	struct error err;
	int64_t version = 0;

	(void)state;
	error_clear(&err);
	assert_true(version_tag_parse(TEXT("\"7\""), &version, &err));
	assert_int_equal(version, 7);
	assert_true(version_tag_parse(TEXT(" \"0\" "), &version, &err));
	for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(version_tag_parse(text_of(bad[i]), &version, &err));
}

static void if_none_match_compares_weakly_and_takes_a_star(void **state)
{
	(void)state;
	assert_true(tag_list_has(TEXT("\"a\", W/\"b\""), TEXT("b")));
	assert_true(tag_list_has(TEXT("*"), TEXT("b")));
	assert_false(tag_list_has(TEXT("\"a\", b"), TEXT("b")));
	assert_false(tag_list_has(TEXT(""), TEXT("b")));
}

static void an_encoding_is_accepted_unless_its_weight_is_nought(void **state)
{
	(void)state;
	assert_true(token_list_has(TEXT("deflate, GZIP;q=0.5"), "gzip"));
	assert_true(token_list_has(TEXT("gzip"), "gzip"));
	assert_false(token_list_has(TEXT("gzip;q=0"), "gzip"));
	assert_false(token_list_has(TEXT("gzip; q=0.000, br"), "gzip"));
	assert_false(token_list_has(TEXT("x-gzip"), "gzip"));
	assert_false(token_list_has(TEXT_NONE, "gzip"));
}

static void a_media_type_is_itself_whatever_its_case_and_parameters(void **state)
{
	(void)state;
	assert_true(media_type_is(TEXT("Application/JSON ; charset=utf-8"), "application/json"));
	assert_false(media_type_is(TEXT("application/jsonx"), "application/json"));
	assert_false(media_type_is(TEXT_NONE, "application/json"));
}

static void only_a_path_on_this_site_is_somewhere_to_go_next(void **state)
{
	static const char *const bad[] = {"", "caseload", "//evil.example/", "/\\evil.example", "https://evil.example/",
		"/a\nb", "/a b", "/\t/evil.example", "javascript:alert(1)"};

	(void)state;
	assert_true(path_is_local(TEXT("/")));
	assert_true(path_is_local(TEXT("/enquiries/A?x=%2F/")));
	for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(path_is_local(text_of(bad[i])));
}

static const struct {
	const char *origin, *fetch_site;
	bool may_be_ours, is_ours;
} origins[] = {
	{NULL, NULL, true, false},
	{"https://hub.example:8443", NULL, true, true},
	{"https://HUB.example:8443", "same-origin", true, true},
	{NULL, "same-origin", true, true},
	{NULL, "none", true, false},
	{"null", NULL, true, false},
	{"https://evil.example", NULL, false, false},
	{"https://hub.example", NULL, false, false},
	{"https://evil.example", "same-origin", false, false},
	{"https://hub.example:8443", "cross-site", false, false},
	{NULL, "same-site", false, false},
	{"hub.example:8443", NULL, false, false},
};

static void what_another_site_sent_is_known_where_the_browser_says_so(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(origins); i++) {
		struct origin from = {text_of(origins[i].origin), text_of(origins[i].fetch_site), TEXT("hub.example:8443")};

		assert_int_equal(origin_may_be_ours(&from), origins[i].may_be_ours);
		assert_int_equal(origin_is_ours(&from), origins[i].is_ours);
	}
}

static void secrets_are_equal_only_where_both_are_there(void **state)
{
	(void)state;
	assert_true(secret_equal(TEXT("abc"), TEXT("abc")));
	assert_false(secret_equal(TEXT("abc"), TEXT("abd")));
	assert_false(secret_equal(TEXT("abc"), TEXT("ab")));
	assert_false(secret_equal(TEXT_NONE, TEXT_NONE));
	assert_true(hexadecimal(TEXT("0af9"), 4));
	assert_false(hexadecimal(TEXT("0AF9"), 4));
	assert_false(hexadecimal(TEXT("0af"), 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
		cmocka_unit_test(if_match_is_one_quoted_version),
		cmocka_unit_test(if_none_match_compares_weakly_and_takes_a_star),
		cmocka_unit_test(an_encoding_is_accepted_unless_its_weight_is_nought),
		cmocka_unit_test(a_media_type_is_itself_whatever_its_case_and_parameters),
		cmocka_unit_test(only_a_path_on_this_site_is_somewhere_to_go_next),
		cmocka_unit_test(what_another_site_sent_is_known_where_the_browser_says_so),
		cmocka_unit_test(secrets_are_equal_only_where_both_are_there),
	};

	return cmocka_run_group_tests_name("http/header", tests, NULL, NULL);
}
