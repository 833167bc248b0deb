#include "steps.h"

#include "hub/draft.h"
#include "hub/housekeeping.h"
#include "hub/session.h"

#define KEY   "0123456789abcdef0123456789abcdef"
#define PAGE  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define OTHER "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

struct keeping {
	struct draft_words words;
	struct draft_field field;
	struct draft_kept kept;
	struct draft_id id;
	struct draft_row row;
	struct draft_fields fields;
	struct draft_standing_rows rows;
	struct text led_to;
};

static bool do_keep(struct hub *hub, void *with, struct error *err)
{
	struct keeping *k = with;

	k->words.fields = (struct draft_fields){&k->field, 1};
	return draft_keep(hub, &k->words, &k->kept, err);
}

static bool do_list(struct hub *hub, void *with, struct error *err)
{
	return drafts_standing(hub, &((struct keeping *)with)->rows, err);
}

static bool do_get(struct hub *hub, void *with, struct error *err)
{
	struct keeping *k = with;

	return draft_get(hub, k->id, &k->row, err) && draft_fields_of(hub->arena, &k->row, &k->fields, err);
}

static bool do_throw(struct hub *hub, void *with, struct error *err)
{
	struct keeping *k = with;

	return draft_throw_away(hub, k->id, &k->row, err);
}

static bool do_send(struct hub *hub, void *with, struct error *err)
{
	struct keeping *k = with;
	struct draft_sending sending = {.key = k->words.key,
		.writer = k->words.writer,
		.address = k->words.address,
		.title = k->words.title,
		.hash = TEXT("hash"),
		.led_to = TEXT("/enquiries/OX-1?done=advice")};

	return draft_sent(hub, &sending, err);
}

static bool do_ask_sent(struct hub *hub, void *with, struct error *err)
{
	struct keeping *k = with;

	return draft_sent_before(hub, k->words.key, k->led_to, &k->led_to, err);
}

static bool do_house(struct hub *hub, void *with, struct error *err)
{
	(void)with;
	return housekeeping_run(hub, err);
}

static struct keeping typed(const char *words)
{
	return (struct keeping){.words = {.key = TEXT(KEY),
								.writer = TEXT(PAGE),
								.address = TEXT("/enquiries/OX-1/advice"),
								.title = TEXT("Give advice, OX-1")},
		.field = {TEXT("advice"), text_of(words)}};
}

static void what_is_typed_is_its_writers_alone(void **state)
{
	struct fixture *f = *state;
	struct keeping k = typed("He said <b>\"no\"</b>.\n\tTwice & again \xe2\x80\x99.");
	struct error err;

	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_keep, &k);
	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_list, &k);
	assert_int_equal(k.rows.count, 1);
	k.id = k.rows.rows[0].id;
	fixture_must(f, BY("rahman", MONDAY_AT("10:01")), do_get, &k);
	assert_text(k.fields.rows[0].value, "He said <b>\"no\"</b>.\n\tTwice & again \xe2\x80\x99.");
	for (size_t i = 0; i < 4; i++) {
		static const char *const others[] = {"byrne", "nair", "kemp", "operator"};

		assert_false(fixture_act(f, BY(others[i], MONDAY_AT("10:01")), do_get, &k, &err));
		assert_int_equal(err.kind, ERROR_NOT_FOUND);
		assert_false(fixture_act(f, BY(others[i], MONDAY_AT("10:01")), do_throw, &k, &err));
		fixture_must(f, BY(others[i], MONDAY_AT("10:01")), do_list, &k);
		assert_int_equal(k.rows.count, 0);
	}
}

static void the_same_page_goes_on_and_another_that_saw_less_is_kept_beside(void **state)
{
	struct fixture *f = *state;
	struct keeping k = typed("first");

	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_keep, &k);
	k.field.value = TEXT("first, its answer lost, and more");
	fixture_must(f, BY("rahman", MONDAY_AT("10:01")), do_keep, &k);
	assert_false(k.kept.beside);
	assert_int_equal(k.kept.version, 2);
	k.words.writer = TEXT(OTHER);
	k.words.version = 1;
	k.field.value = TEXT("another tab");
	fixture_must(f, BY("rahman", MONDAY_AT("10:02")), do_keep, &k);
	assert_true(k.kept.beside);
	assert_false(text_is(k.kept.key, KEY));
	assert_sql(f, "2", "select count(*) from draft where content like '%%first%%' or content like '%%another tab%%'");
}

static void one_that_was_sent_does_not_come_back(void **state)
{
	struct fixture *f = *state;
	struct keeping k = typed("advice");

	fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_keep, &k);
	fixture_must(f, BY("rahman", MONDAY_AT("10:01")), do_send, &k);
	assert_sql(f, "[]", "select content from draft");
	k.words.by_the_way = true;
	fixture_must(f, BY("rahman", MONDAY_AT("10:01")), do_keep, &k);
	assert_true(k.kept.sent);
	assert_sql(f, "1", "select count(*) from draft where sent_at is not null and content = '[]'");
	k.led_to = TEXT("hash");
	fixture_must(f, BY("rahman", MONDAY_AT("10:02")), do_ask_sent, &k);
	assert_text(k.led_to, "/enquiries/OX-1?done=advice");
	k.led_to = TEXT("other words");
	fixture_must(f, BY("rahman", MONDAY_AT("10:02")), do_ask_sent, &k);
	assert_true(text_none(k.led_to));
	k.words.by_the_way = false;
	fixture_must(f, BY("rahman", MONDAY_AT("10:03")), do_keep, &k);
	assert_sql(f, "1", "select count(*) from draft where sent_at is null and content like '%%advice%%'");
}

static void a_draft_is_kept_28_days_and_one_thrown_away_24_hours(void **state)
{
	struct fixture *f = *state;
	struct keeping k = typed("kept"), thrown = typed("thrown");

	thrown.words.key = TEXT(OTHER);
	fixture_must(f, BY("rahman", "2015-06-01T10:00:00+01:00"), do_keep, &k);
	fixture_must(f, BY("rahman", "2015-06-01T10:00:00+01:00"), do_keep, &thrown);
	thrown.id.n = 2;
	fixture_must(f, BY("rahman", "2015-06-01T12:00:00+01:00"), do_throw, &thrown);
	fixture_must(f, BY("operator", "2015-06-02T11:59:59+01:00"), do_house, NULL);
	assert_sql(f, "2", "select count(*) from draft");
	fixture_must(f, BY("operator", "2015-06-02T12:00:00+01:00"), do_house, NULL);
	assert_sql(f, "1", "select count(*) from draft");
	fixture_must(f, BY("operator", "2015-06-29T09:59:59+01:00"), do_house, NULL);
	assert_sql(f, "1", "select count(*) from draft");
	fixture_must(f, BY("operator", "2015-06-29T10:00:00+01:00"), do_house, NULL);
	assert_sql(f, "0", "select count(*) from draft");
}

static void nobody_has_more_than_200(void **state)
{
	struct fixture *f = *state;
	struct keeping k = typed("one of many");
	struct error err;

	for (int i = 0; i < DRAFTS_MOST; i++) {
		char key[DRAFT_KEY_CHARACTERS + 1];

		snprintf(key, sizeof key, "%032d", i);
		k.words.key = text_of(key);
		fixture_must(f, BY("rahman", MONDAY_AT("10:00")), do_keep, &k);
	}
	k.words.key = TEXT(KEY);
	assert_false(fixture_act(f, BY("rahman", MONDAY_AT("10:01")), do_keep, &k, &err));
	assert_int_equal(err.kind, ERROR_REFUSED);
	fixture_must(f, BY("byrne", MONDAY_AT("10:01")), do_keep, &k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(what_is_typed_is_its_writers_alone),
		fixture_test(the_same_page_goes_on_and_another_that_saw_less_is_kept_beside),
		fixture_test(one_that_was_sent_does_not_come_back),
		fixture_test(a_draft_is_kept_28_days_and_one_thrown_away_24_hours),
		fixture_test(nobody_has_more_than_200),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
