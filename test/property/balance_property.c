/*
 * The daily return over random working of random enquiries: received, screened, rated again, allocated, recommended,
 * returned, decided, re-opened, told late by a file, with days collated early, late or not at all. Whatever happened,
 * every day balances and opens with what the last closed with, what was kept doesn't change, and
 * received = in time + late + not yet due. A failure prints its hub's number.
 */
#include "../unit/hub/return_steps.h"

#include "base/london.h"

#define HUBS         6
#define STEPS        90
#define ENQUIRIES    40
#define LAST_DAY     "2015-07-31"
#define WORKERS_ROOM 20

enum stage { UNSCREENED, SCREENED, ALLOCATED, RECOMMENDED, ENDED, STAGES };

struct one {
	struct text reference;
	const char *worker; /* of its workstream's team */
	enum stage stage;
	int children;
	instant moved_at;
};

struct play {
	struct fixture *f;
	struct random_source chance;
	instant now;
	struct one ones[ENQUIRIES];
	size_t count;
	int held;
	day last_collated;
	struct text kept[120];
	day kept_days[120];
	size_t kept_count;
};

static int below(struct play *play, int bound)
{
	return (int)random_below(&play->chance, (uint64_t)bound);
}

static struct as by(struct play *play, const char *who)
{
	return (struct as){.name = who, .at = london_iso(&play->f->arena, play->now).ptr, .from_file = true};
}

static const char *any_rag(struct play *play)
{
	static const char *const rags[] = {"red", "amber", "green"};

	return rags[below(play, 3)];
}

static void take_in(struct play *play)
{
	struct one *one = &play->ones[play->count];
	struct given given = {.received_at = london_iso(&play->f->arena, play->now).ptr,
		.children = 1 + below(play, 3),
		.workstream = below(play, 4) ? NULL : "accumulation",
		.immediate_danger = below(play, 6) == 0};

	if (play->count == ENQUIRIES) return;
	*one = (struct one){.reference = fixture_receive(play->f, given),
		.worker = given.workstream ? "okafor" : "rahman",
		.children = given.children,
		.moved_at = play->now};
	play->count++;
}

static struct input_list outcomes_of(struct play *play, const struct one *one)
{
	struct child_outcome *rows = arena_new_array(&play->f->arena, (size_t)one->children, struct child_outcome);

	for (int i = 0; i < one->children; i++)
		rows[i] = below(play, 2) ? child_to_service(i + 1) : child_with(i + 1, "no_further_action", 1);
	return (struct input_list){rows, (size_t)one->children};
}

static void rate_again(struct play *play, struct one *one)
{
	struct enquiry_rerate in = {ON(one->reference), TEXT("misrated"), TEXT("red"), TEXT("The reason."), INSTANT_NONE};
	struct error err;

	(void)!fixture_act(play->f, by(play, "rahman"), do_enquiry_rerate, &in, &err); /* refused where it is red */
}

static void allocate(struct play *play, struct one *one)
{
	if (play->held >= WORKERS_ROOM) return;
	must_allocate(play->f, by(play, "nair"), one->reference, one->worker);
	one->stage = ALLOCATED;
	play->held++;
}

static void answer(struct play *play, struct one *one)
{
	struct enquiry_return back = {ON(one->reference), TEXT("Say more of the father.")};

	if (below(play, 4) == 0) {
		fixture_must(play->f, by(play, "nair"), do_enquiry_return, &back);
		one->stage = ALLOCATED;
		return;
	}
	must_authorise(play->f, by(play, "nair"), one->reference);
	one->stage = ENDED;
	play->held--;
}

static void reopen(struct play *play, struct one *one)
{
	struct enquiry_reopen in = {ON(one->reference), text_of(any_rag(play)), TEXT("It was not over.")};

	if (below(play, 3)) return;
	fixture_must(play->f, by(play, "nair"), do_enquiry_reopen, &in);
	one->stage = SCREENED;
}

static void move_one(struct play *play, struct one *one)
{
	if (one->moved_at > play->now) return;
	one->moved_at = play->now;
	switch (one->stage) {
	case UNSCREENED:
		must_screen(play->f, by(play, "byrne"), one->reference, any_rag(play));
		one->stage = SCREENED;
		break;
	case SCREENED:
		if (below(play, 3) == 0)
			rate_again(play, one);
		else
			allocate(play, one);
		break;
	case ALLOCATED:
		must_recommend(play->f, by(play, one->worker), one->reference, outcomes_of(play, one));
		one->stage = RECOMMENDED;
		break;
	case RECOMMENDED: answer(play, one); break;
	case ENDED: reopen(play, one); break;
	case STAGES: break;
	}
}

static bool do_json(struct hub *hub, void *with, struct error *err)
{
	struct of_day *of = with;

	return daily_return_compute(hub, of->view.date, &of->view, err);
}

static struct daily_return_view show(struct play *play, day on)
{
	struct of_day of = {.view.date = on};
	struct error err;
	struct as as = {.name = "ashworth", .at = london_iso(&play->f->arena, play->now).ptr};

	if (!fixture_read(play->f, as, do_json, &of, &err)) fail_msg("day %d: %s", (int)on, err.message);
	return of.view;
}

static bool do_collate(struct hub *hub, void *with, struct error *err)
{
	struct of_day *of = with;

	return daily_return_collate(hub, of->view.date, &of->view, err);
}

/* What a file tells of the hours before, when their window is frozen already. */
static void tell_late(struct play *play)
{
	int64_t ago = (1 + below(play, 10)) * HOUR_MS;

	play->now -= ago;
	take_in(play);
	for (size_t i = 0; i < play->count; i++) move_one(play, &play->ones[i]);
	play->now += ago;
}

/* Today's or a day before it that nobody collated; often what happened before is told only after it. */
static void collate(struct play *play)
{
	struct of_day of = {.view.date = london_day(play->now) - below(play, 3)};
	struct as as = {.name = "ashworth", .at = london_iso(&play->f->arena, play->now).ptr};

	if (of.view.date <= play->last_collated || of.view.date < day_of("2015-06-01")) return;
	play->last_collated = of.view.date;
	fixture_must(play->f, as, do_collate, &of);
	play->kept[play->kept_count] = json_of(play->f, &of.view);
	play->kept_days[play->kept_count++] = of.view.date;
	if (below(play, 3)) tell_late(play);
}

static void step(struct play *play)
{
	int what = below(play, 10);

	if (what < 3 || !play->count)
		take_in(play);
	else if (what == 3)
		collate(play);
	else if (what == 4)
		tell_late(play);
	else
		move_one(play, &play->ones[below(play, (int)play->count)]);
	play->now += below(play, 12) * HOUR_MS + below(play, 60) * MINUTE_MS;
}

static void check_chain(struct play *play, int64_t *ret_settled)
{
	struct daily_return_view before = {0};

	*ret_settled = 0;
	for (day on = day_of("2015-06-01"); on <= day_of(LAST_DAY); on++) {
		struct daily_return_view view = show(play, on);

		assert_true(view.balances);
		if (before.date) assert_int_equal(view.window_start, before.window_end);
		assert_int_equal(view.enquiries.balance.opening, before.enquiries.balance.closing);
		assert_int_equal(view.children.balance.opening, before.children.balance.closing);
		*ret_settled += view.in_time.of;
		before = view;
	}
}

static int64_t number(struct play *play, const char *sql)
{
	int64_t n = -1;

	assert_true(text_int(fixture_sql(play->f, "%s", sql), &n));
	return n;
}

static void check(struct play *play)
{
	int64_t settled, all, ahead;

	play->now = london_midnight(day_of(LAST_DAY) + 1);
	check_chain(play, &settled);
	for (size_t i = 0; i < play->kept_count; i++) {
		struct daily_return_view kept = show(play, play->kept_days[i]);

		assert_text(json_of(play->f, &kept), play->kept[i].ptr);
	}
	if (play->kept_count) return; /* a file told some of it after its window froze: the identity is of open books */
	all = number(play, "select count(*) from episode where workstream = 1");
	ahead = number(play, "select count(*) from episode where workstream = 1 and ended_at is null and due_at is null");
	assert_int_equal(all, settled + ahead);
}

static void play_hub(void **state, int hub)
{
	struct play *play = calloc(1, sizeof *play);

	*play = (struct play){.f = *state,
		.chance = random_source_seeded((uint64_t)hub + 1963),
		.now = at(MONDAY_AT("08:00")),
		.last_collated = hub % 2 ? INT32_MAX : 0}; /* every other hub never collates */
	print_message("hub %d\n", hub);
	for (int i = 0; i < STEPS; i++) step(play);
	assert_true(play->now < london_midnight(day_of(LAST_DAY)));
	check(play);
	free(play);
}

#define HUB(number)                                                                                                    \
	static void every_day_of_hub_##number##_balances(void **state)                                                     \
	{                                                                                                                  \
		play_hub(state, number);                                                                                       \
	}
HUB(0)
HUB(1)
HUB(2)
HUB(3)
HUB(4)
HUB(5)

int main(void)
{
	const struct CMUnitTest tests[HUBS] = {
		fixture_test(every_day_of_hub_0_balances),
		fixture_test(every_day_of_hub_1_balances),
		fixture_test(every_day_of_hub_2_balances),
		fixture_test(every_day_of_hub_3_balances),
		fixture_test(every_day_of_hub_4_balances),
		fixture_test(every_day_of_hub_5_balances),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
