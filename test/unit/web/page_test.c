#include "unit.h"

#include "http/server.h"
#include "web/page.h"
#include "web/routes.h"

struct sent {
	struct arena arena;
	struct response res;
	struct request req;
};

static const struct form_field typed[] = {
	{{"csrf", 4}, {"0123", 4}},
	{{"advice", 6}, {"Ring <the> \"school\"", 19}},
	{{"version", 7}, {"3", 1}},
};

static void sent_begin(struct sent *sent, size_t count)
{
	static struct form_field rows[COUNT_OF(typed)];

	*sent = (struct sent){0};
	arena_init(&sent->arena, ARENA_REQUEST_BYTES);
	response_init(&sent->res, &sent->arena);
	memcpy(rows, typed, sizeof rows);
	sent->req = (struct request){.arena = &sent->arena,
		.method = HTTP_POST,
		.path = TEXT("/enquiries/OX-1/advice"),
		.form = {rows, count},
		.csrf = TEXT("9999")};
}

static void sent_end(struct sent *sent)
{
	response_release(&sent->res);
	arena_release(&sent->arena);
}

static bool answered(struct sent *sent, const char *words)
{
	return strstr(buffer_text(&sent->res.body).ptr, words) != NULL;
}

static void what_a_busy_hub_could_not_take_stands_in_the_page_to_be_sent_again(void **state)
{
	struct sent sent;
	struct error err = {0};

	(void)state;
	error_busy(&err, "the hub is very busy just now");
	sent_begin(&sent, COUNT_OF(typed));
	error_page(&sent.req, &(struct error_page){.status = 503, .kind = "BUSY", .err = &err}, &sent.res);
	assert_true(answered(&sent, "action=\"/enquiries/OX-1/advice\""));
	assert_true(answered(&sent, "name=\"advice\" value=\"Ring &lt;the&gt; &#34;school&#34;\"") ||
				answered(&sent, "name=\"advice\" value=\"Ring &lt;the&gt; &quot;school&quot;\""));
	assert_true(answered(&sent, "name=\"csrf\" value=\"0123\""));
	assert_true(answered(&sent, "Send it again"));
	sent_end(&sent);
}

static void what_was_refused_or_holds_a_password_is_not_offered_again(void **state)
{
	struct sent sent;
	struct error err = {0};

	(void)state;
	error_refused(&err, "no");
	sent_begin(&sent, COUNT_OF(typed));
	error_page(&sent.req, &(struct error_page){.status = 409, .kind = "REFUSED", .err = &err}, &sent.res);
	assert_false(answered(&sent, "Send it again"));
	error_busy(&err, "busy");
	sent.req.form.rows[1].name = TEXT("password");
	error_page(&sent.req, &(struct error_page){.status = 503, .kind = "BUSY", .err = &err}, &sent.res);
	assert_false(answered(&sent, "Send it again"));
	assert_false(answered(&sent, "Ring"));
	sent_end(&sent);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_busy_hub_could_not_take_stands_in_the_page_to_be_sent_again),
		cmocka_unit_test(what_was_refused_or_holds_a_password_is_not_offered_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
