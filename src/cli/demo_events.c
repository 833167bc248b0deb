#include "cli/demo_events.h"

#include "base/london.h"
#include "cli/input_file.h"
#include "rules/clock.h"

#define COLLATED_MINUTES_AFTER_CLOSE 30
#define ACCEPTED_MINUTES_AFTER       6  /* from EDT after opening, by EDT after close */
#define FOLLOWING_MOST               3  /* a step, and what it leads to */
#define UNACCEPTED_ONE_IN            60 /* hand-overs that nobody has accepted yet */

static bool refuse(struct rejections *rejected, const char *name, struct error *err)
{
	rejections_sort(rejected);
	rejections_tell(stderr, rejected);
	return error_refused(err, "%s has %zu problems", name, rejected->count);
}

static bool read_file(struct arena *arena, struct text directory, const char *name, struct text *ret, struct error *err)
{
	return input_file_read(arena, arena_printf(arena, "%.*s/%s", TEXT_ARG(directory), name), ret, err);
}

static bool decode_all(struct demo_files *pair, struct arena *arena)
{
	struct csv_table *table = &pair->enquiries.table;

	pair->received = arena_new_array(arena, table->group_count, struct enquiry_receive);
	for (size_t i = 0; i < table->group_count; i++) {
		if (!enquiry_file_decode(&pair->enquiries, &table->groups[i], arena, &pair->received[i])) continue;
		pair->received[i].workstream = text_of(pair->workstream);
	}
	return pair->enquiries.rejected.count == 0;
}

static bool read_pair(struct demo_files *pair, struct arena *arena, struct text directory, struct error *err)
{
	struct text content;

	if (!read_file(arena, directory, pair->enquiries_name, &content, err)) return false;
	if (!enquiry_file_read(&pair->enquiries, arena, content) || !decode_all(pair, arena))
		return refuse(&pair->enquiries.rejected, pair->enquiries_name, err);
	if (!read_file(arena, directory, pair->decisions_name, &content, err)) return false;
	if (!decision_file_read(&pair->decisions, arena, content) || pair->decisions.rejected.count)
		return refuse(&pair->decisions.rejected, pair->decisions_name, err);
	return true;
}

bool demo_files_read(struct demo_files pairs[DEMO_PAIRS], struct arena *arena, struct text directory, struct error *err)
{
	pairs[0] = (struct demo_files){"new", "enquiries.csv", "decisions.csv"};
	pairs[1] = (struct demo_files){"accumulation", "accumulation.csv", "accumulation-decisions.csv"};
	for (size_t i = 0; i < DEMO_PAIRS; i++)
		if (!read_pair(&pairs[i], arena, directory, err)) return false;
	return true;
}

static instant first_received(const struct demo_files *pair)
{
	instant first = INT64_MAX;

	for (size_t i = 0; i < pair->enquiries.table.group_count; i++)
		if (pair->received[i].received_at < first) first = pair->received[i].received_at;
	return first == INT64_MAX ? 0 : first;
}

static void add(struct demo_events *list, const struct demo_event *event, instant until)
{
	if (event->at > until) return;
	list->events[list->count] = *event;
	list->events[list->count].sequence = list->count;
	list->count++;
}

/* What came before the first day was lying there when it began. */
static void add_received(struct demo_events *list, const struct demo_files *pairs, size_t files, instant until)
{
	const struct demo_files *pair = &pairs[files];

	for (size_t i = 0; i < pair->enquiries.table.group_count; i++) {
		struct demo_event event = {
			.at = pair->received[i].received_at, .kind = DEMO_RECEIVE, .files = files, .index = i};

		if (event.at < list->began) event.at = list->began;
		add(list, &event, until);
	}
}

/* What a step leads to and when; a few hand-overs nobody has accepted yet. */
static void add_following(struct demo_events *list, const struct policy *policy, const struct demo_event *step,
	enum decision_step kind, instant until)
{
	static const struct {
		enum decision_step after;
		enum demo_kind kind;
		struct duration wait;
	} follow[] = {
		{STEP_STRATEGY_REQUESTED, DEMO_DISCUSS, {.kind = DURATION_WORKING_HOURS, .n = 3}},
		{STEP_STRATEGY_REQUESTED, DEMO_CONFER, {.kind = DURATION_WORKING_DAYS, .n = 12, .end = END_SAME_TIME}},
		{STEP_AUTHORISED, DEMO_ACCEPT, {.kind = DURATION_WORKING_DAYS, .n = 1, .end = END_SAME_TIME}},
	};

	for (size_t i = 0; i < sizeof follow / sizeof *follow; i++) {
		struct demo_event event = *step;

		if (follow[i].after != kind || (follow[i].kind == DEMO_ACCEPT && step->index % UNACCEPTED_ONE_IN == 0))
			continue;
		event.kind = follow[i].kind;
		event.at = clock_add(policy, follow[i].wait, step->at);
		add(list, &event, until);
	}
}

static void add_steps(
	struct demo_events *list, const struct demo_files *pairs, const struct policy *policy, size_t files, instant until)
{
	for (size_t i = 0; i < pairs[files].steps.count; i++) {
		const struct decision_event *step = &pairs[files].steps.events[i];
		struct demo_event event = {.at = step->at, .kind = DEMO_STEP, .files = files, .index = i};

		add(list, &event, until);
		add_following(list, policy, &event, step->step, until);
	}
}

static void add_collations(struct demo_events *list, const struct policy *policy, instant until)
{
	for (day d = london_day(list->began); london_midnight(d) < until; d++) {
		struct demo_event event = {.kind = DEMO_COLLATE, .day = d};

		if (!clock_working_day(policy, d)) continue;
		event.at = london_instant(d, (clock_hours(policy, d).closes + COLLATED_MINUTES_AFTER_CLOSE) * 60);
		add(list, &event, until);
	}
}

/* EDT and the day team hand over to each other at every close and opening. */
static void add_nights(struct demo_events *list, const struct policy *policy, instant until)
{
	for (day d = london_day(list->began); london_midnight(d) < until; d++) {
		struct opening_hours hours = clock_hours(policy, d);
		struct demo_event opens = {.kind = DEMO_OPENS}, closes = {.kind = DEMO_CLOSES};

		if (!clock_working_day(policy, d)) continue;
		opens.at = london_instant(d, (hours.opens + ACCEPTED_MINUTES_AFTER) * 60);
		closes.at = london_instant(d, (hours.closes + ACCEPTED_MINUTES_AFTER) * 60);
		add(list, &opens, until);
		add(list, &closes, until);
	}
}

static int compare(const void *a, const void *b)
{
	const struct demo_event *left = a, *right = b;

	if (left->at != right->at) return left->at < right->at ? -1 : 1;
	if (left->kind != right->kind) return (int)left->kind - (int)right->kind;
	return left->sequence < right->sequence ? -1 : 1;
}

void demo_events_make(struct demo_files pairs[DEMO_PAIRS], struct arena *arena, const struct policy *policy,
	instant until, struct demo_events *ret)
{
	size_t most = 0;

	ret->began = london_midnight(london_day(first_received(&pairs[0])));
	for (size_t i = 0; i < DEMO_PAIRS; i++) {
		pairs[i].steps = decision_events_until(&pairs[i].decisions, arena, until);
		most += pairs[i].enquiries.table.group_count + FOLLOWING_MOST * pairs[i].steps.count;
	}
	if (until > ret->began) most += 3 * ((size_t)((until - ret->began) / DAY_MS) + 2);
	ret->events = arena_new_array(arena, most, struct demo_event);
	ret->count = 0;
	add_collations(ret, policy, until);
	add_nights(ret, policy, until);
	for (size_t i = 0; i < DEMO_PAIRS; i++) add_received(ret, pairs, i, until);
	for (size_t i = 0; i < DEMO_PAIRS; i++) add_steps(ret, pairs, policy, i, until);
	if (ret->count) qsort(ret->events, ret->count, sizeof *ret->events, compare);
}
