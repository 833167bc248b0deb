#include "unit.h"

#include "html/layout.h"

static void write_page(struct buffer *out, struct page_frame frame)
{
	struct html h = {out};

	buffer_init(out, 100000);
	layout_begin(&h, &frame);
	html_markup(&h, "<h1>x</h1>");
	layout_end(&h, &frame);
}

#define assert_holds(out, words)                                                                                       \
	do {                                                                                                               \
		if (!strstr((out).bytes, (words))) fail_msg("no %s in %s", (words), (out).bytes);                              \
	} while (0)
#define assert_lacks(out, words)                                                                                       \
	do {                                                                                                               \
		if (strstr((out).bytes, (words))) fail_msg("%s in %s", (words), (out).bytes);                                  \
	} while (0)

static void the_title_names_the_page_fanlight_and_the_council(void **state)
{
	BUFFER_SCOPE plain, wrong;

	(void)state;
	write_page(&plain, (struct page_frame){.title = TEXT("My caseload"), .council = TEXT("Oxfordshire & <co>")});
	assert_holds(plain, "<!DOCTYPE html>\n<html lang=\"en\"");
	assert_holds(plain, "<title>My caseload - Fanlight - Oxfordshire &amp; &lt;co&gt;</title>");
	write_page(&wrong, (struct page_frame){.title = TEXT("Screen"), .error = true});
	assert_holds(wrong, "<title>Error: Screen - Fanlight</title>");
}

static void nothing_in_the_frame_needs_an_exception_from_the_content_security_policy(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_page(&out, (struct page_frame){.title = TEXT("x"), .person_name = TEXT("Asha"), .csrf = TEXT("t")});
	assert_lacks(out, "style=");
	assert_lacks(out, "<style");
	assert_lacks(out, " on");
	assert_holds(out, "<script src=\"/assets/fanlight-");
	assert_holds(out, "\" defer></script>");
	assert_holds(out, "<link rel=\"stylesheet\" href=\"/assets/fanlight-");
}

static void only_who_is_signed_in_can_sign_out_and_by_a_post(void **state)
{
	BUFFER_SCOPE in, out;

	(void)state;
	write_page(&in, (struct page_frame){.title = TEXT("x"), .person_name = TEXT("Asha Rahman"), .csrf = TEXT("token")});
	assert_holds(in,
		"<a class=\"govuk-link\" href=\"/account\">Asha Rahman</a><form method=\"post\" action=\"/sign-out\">"
		"<input type=\"hidden\" name=\"csrf\" value=\"token\">");
	write_page(&out, (struct page_frame){.title = TEXT("x")});
	assert_lacks(out, "sign-out");
}

static void the_navigation_holds_what_it_was_given_and_marks_the_page(void **state)
{
	const struct navigation_item items[] = {{.href = TEXT("/caseload"), .text = TEXT("My caseload"), .current = true},
		{.href = TEXT("/find"), .text = TEXT("Find")}};
	BUFFER_SCOPE out;

	(void)state;
	write_page(&out, (struct page_frame){.title = TEXT("x"), .navigation = items, .navigation_count = 2});
	assert_holds(out, "href=\"/caseload\" aria-current=\"page\"");
	assert_holds(out, "href=\"/find\">Find</a>");
	assert_lacks(out, "/hub");
}

static void a_demonstration_says_so_and_a_hub_at_work_does_not(void **state)
{
	BUFFER_SCOPE simulated, real;

	(void)state;
	write_page(&simulated, (struct page_frame){.title = TEXT("x"), .simulated = true});
	assert_holds(simulated, "Demonstration. Every person, record and decision is invented.");
	write_page(&real, (struct page_frame){.title = TEXT("x")});
	assert_lacks(real, "Demonstration");
}

static void what_was_done_is_said_and_the_way_back_is_shown(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_page(
		&out, (struct page_frame){.title = TEXT("x"), .done = TEXT("Allocated to Asha"), .back_href = TEXT("/hub")});
	assert_holds(out, "role=\"alert\"");
	assert_holds(out, "Allocated to Asha</p>");
	assert_holds(out, "<a href=\"/hub\" class=\"govuk-back-link\">Back</a>");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_title_names_the_page_fanlight_and_the_council),
		cmocka_unit_test(nothing_in_the_frame_needs_an_exception_from_the_content_security_policy),
		cmocka_unit_test(only_who_is_signed_in_can_sign_out_and_by_a_post),
		cmocka_unit_test(the_navigation_holds_what_it_was_given_and_marks_the_page),
		cmocka_unit_test(a_demonstration_says_so_and_a_hub_at_work_does_not),
		cmocka_unit_test(what_was_done_is_said_and_the_way_back_is_shown),
	};

	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
