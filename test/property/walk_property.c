/*
 * The daily return over random walks through everything that changes its balance: received, screened, allocated,
 * recommended for some of the children, decided, re-opened, children added, corrected, removed and put back, enquiries
 * linked, moved and withdrawn, with days collated or not. What an action refuses changes nothing. At each day's end
 * every figure of the balance is what an SQL recount of the records gives, which reads nothing that the balance is made
 * of; each day opens with what the last closed with; and over the whole of it everything received in `new` is settled,
 * withdrawn or still ahead of its time.
 */
#include "../unit/hub/return_steps.h"

#include "base/london.h"
#include "hub/child.h"
#include "hub/incident.h"
#include "hub/moving.h"
#include "hub/withdrawal.h"

#define WALKS 3
#define DAYS  10

DEED(child_add, child_add)
DEED(child_correct, child_correction)
DEED(child_remove, child_remove)
DEED(child_restore, child_restore)
DEED(incident_link, incident_link)
DEED(incident_unlink, incident_link)
DEED(enquiry_move, enquiry_move)
DEED(enquiry_withdraw, enquiry_withdraw)
DEED(enquiry_answer_withdrawal, proposal_reply)

enum what {
	RECEIVE,
	SCREEN,
	ALLOCATE,
	RECOMMEND,
	AUTHORISE,
	REOPEN,
	ADD,
	CORRECT,
	REMOVE,
	RESTORE,
	LINK,
	UNLINK,
	MOVE,
	WITHDRAW,
	ANSWER,
	WHATS,
};

static const char *const names[WHATS] = {"received", "screened", "allocated", "recommended", "authorised", "re-opened",
	"added", "corrected", "removed", "put back", "linked", "unlinked", "moved", "withdrawn", "answered"};

struct walk {
	struct fixture *f;
	struct random_source chance;
	instant now;
	struct text references[400];
	size_t count;
	int done[WHATS];
};

static int below(struct walk *w, int bound)
{
	return (int)random_below(&w->chance, (uint64_t)bound);
}

static struct as by(struct walk *w, const char *who)
{
	return (struct as){.name = who, .at = london_iso(&w->f->arena, w->now).ptr};
}

static int64_t number(struct walk *w, struct text sql)
{
	int64_t n = -1;

	if (!text_int(fixture_sql(w->f, "%.*s", TEXT_ARG(sql)), &n)) fail_msg("no number: %.*s", TEXT_ARG(sql));
	return n;
}

#define NUMBER(w, ...) number((w), arena_printf(&(w)->f->arena, __VA_ARGS__))

static struct text any(struct walk *w)
{
	return w->references[below(w, (int)w->count)];
}

/* One of the likelier places of a child, so that most tries find one. */
static int64_t any_child(struct walk *w)
{
	return 1 + below(w, 4);
}

static struct child_receive particulars(struct walk *w)
{
	static const char *const given[] = {"Ada", "Bo", "Cy", "Di"};

	return (struct child_receive){.given_name = text_of(given[below(w, 4)]),
		.family_name = TEXT("Silva"),
		.date_of_birth = below(w, 2) ? DAY_NONE : day_of("2014-07-01") - below(w, 2000),
		.expected_date = DAY_NONE,
		.sex = TEXT_NONE,
		.nhs_number = below(w, 3) ? TEXT_NONE : TEXT("9434765919")};
}

static bool try_recommend(struct walk *w, struct text reference, struct error *err)
{
	struct child_outcome rows[8];
	struct enquiry_recommend in = {ON(reference), TEXT("The analysis."), {rows, 0}};
	static const char *const who[] = {"rahman", "byrne", "okafor", "nair"};

	for (int64_t position = 1; position <= 8; position++) {
		int64_t open = NUMBER(w,
			"select count(*) from child c join enquiry q on q.id = c.enquiry join episode e on e.enquiry = q.id and "
			"e.is_current = 1 where q.reference = '%.*s' and c.position = %lld and c.removed_at is null and not exists "
			"(select 1 from outcome o where o.child = c.id and o.episode = e.id and o.authorised_at is not null)",
			TEXT_ARG(reference), (long long)position);

		if (open && below(w, 3)) rows[in.children.count++] = child_with(position, "no_further_action", 1);
	}
	for (size_t i = 0; i < COUNT_OF(who); i++)
		if (fixture_act(w->f, by(w, who[i]), do_enquiry_recommend, &in, err)) return true;
	return false;
}

static bool try_allocate(struct walk *w, struct text reference, struct error *err)
{
	static const char *const workers[] = {"rahman", "byrne", "okafor"};
	struct enquiry_allocate in = {ON(reference), {0}, TEXT("Knows the school.")};

	for (size_t i = 0; i < COUNT_OF(workers); i++) {
		in.worker = fixture_account(w->f, workers[i]);
		if (fixture_act(w->f, by(w, "nair"), do_enquiry_allocate, &in, err)) return true;
	}
	return false;
}

static bool receive(struct walk *w)
{
	static const char *const rags[] = {"green", "amber"};
	struct given given = {.received_at = london_iso(&w->f->arena, w->now).ptr,
		.children = 1 + below(w, 3),
		.workstream = below(w, 3) ? NULL : "accumulation",
		.immediate_danger = below(w, 8) == 0};
	struct enquiry_screen in = {.rag = text_of(rags[below(w, 2)]), .rag_reason = TEXT("The risk seen.")};
	struct error err;

	if (w->count == COUNT_OF(w->references)) return false;
	w->references[w->count++] = fixture_receive(w->f, given);
	in.on = (struct on_enquiry)ON(w->references[w->count - 1]);
	w->now += MINUTE_MS;
	w->done[SCREEN] +=
		!given.immediate_danger && below(w, 2) && fixture_act(w->f, by(w, "rahman"), do_enquiry_screen, &in, &err);
	return true;
}

static bool attempt(struct walk *w, enum what what, struct text reference, struct error *err)
{
	static const char *const streams[] = {"new", "accumulation"};
	struct enquiry_screen screen = {ON(reference), TEXT("red"), TEXT("The risk seen.")};
	struct enquiry_authorise authorise = {ON(reference), TEXT("yes"), TEXT("at_or_above_threshold")};
	struct enquiry_reopen reopen = {ON(reference), TEXT("amber"), TEXT("It was not over.")};
	struct child_add add = {ON(reference), TEXT("A sibling."), particulars(w)};
	struct child_correction correct = {ON(reference), any_child(w), TEXT("The register."), particulars(w)};
	struct child_remove remove = {
		ON(reference), any_child(w), TEXT("Not theirs."), TEXT("yes"), TEXT("safeguarding_concern")};
	struct child_restore restore = {ON(reference), any_child(w), TEXT("Theirs.")};
	struct incident_link link = {ON(reference), any(w), TEXT("One row.")};
	struct enquiry_move move = {ON(reference), text_of(streams[below(w, 2)]), TEXT("Where it belongs.")};
	struct enquiry_withdraw withdraw = {ON(reference), TEXT("error"), TEXT_NONE, TEXT("A slip.")};
	struct proposal_reply reply = {ON(reference), below(w, 3) ? TEXT("agreed") : TEXT("refused"), TEXT("Seen.")};

	if (what == WITHDRAW && below(w, 2)) {
		withdraw.withdrawn_reason = TEXT("duplicate");
		withdraw.duplicate_of = any(w);
	}
	switch (what) {
	case SCREEN: return fixture_act(w->f, by(w, "gale"), do_enquiry_screen, &screen, err);
	case ALLOCATE: return try_allocate(w, reference, err);
	case RECOMMEND: return try_recommend(w, reference, err);
	case AUTHORISE: return fixture_act(w->f, by(w, "ellis"), do_enquiry_authorise, &authorise, err);
	case REOPEN: return fixture_act(w->f, by(w, "nair"), do_enquiry_reopen, &reopen, err);
	case ADD: return fixture_act(w->f, by(w, "ashworth"), do_child_add, &add, err);
	case CORRECT: return fixture_act(w->f, by(w, "byrne"), do_child_correct, &correct, err);
	case REMOVE: return fixture_act(w->f, by(w, "ellis"), do_child_remove, &remove, err);
	case RESTORE: return fixture_act(w->f, by(w, "byrne"), do_child_restore, &restore, err);
	case LINK: return fixture_act(w->f, by(w, "byrne"), do_incident_link, &link, err);
	case UNLINK: return fixture_act(w->f, by(w, "byrne"), do_incident_unlink, &link, err);
	case MOVE: return fixture_act(w->f, by(w, "nair"), do_enquiry_move, &move, err);
	case WITHDRAW: return fixture_act(w->f, by(w, "ashworth"), do_enquiry_withdraw, &withdraw, err);
	case ANSWER: return fixture_act(w->f, by(w, "nair"), do_enquiry_answer_withdrawal, &reply, err);
	default: return false;
	}
}

static void step(struct walk *w)
{
	enum what what = (enum what)below(w, WHATS);
	struct error err;
	bool done;

	if (what == RECEIVE || !w->count) {
		done = receive(w);
		what = RECEIVE;
	} else {
		done = attempt(w, what, any(w), &err);
		if (!done && (err.kind == ERROR_FAILED || err.kind == ERROR_NONE)) fail_msg("%s: %s", names[what], err.message);
	}
	w->done[what] += done;
	w->now += (1 + below(w, 6)) * MINUTE_MS;
}

/* What a term of the balance is by the records alone, in a window; %1 and %2 are its ends, %3 the workstream or 0 for the hub. */
#define IN_WINDOW(column) column " >= %1$lld and " column " < %2$lld"
#define STANDS                                                                                                         \
	"(c.removed_at is null or c.removed_at > x.at) and c.recorded_at <= x.at and not exists (select 1 from outcome o " \
	"where o.child = c.id and o.episode = x.id and o.authorised_at <= x.at)"

static int64_t recount(struct walk *w, const char *sql, const struct daily_return_view *view)
{
	return number(w, arena_printf(&w->f->arena, sql, (long long)view->window_start, (long long)view->window_end));
}

static void check_flows(struct walk *w, const struct daily_return_view *view)
{
	const struct balance *e = &view->enquiries.balance, *c = &view->children.balance;
	const struct {
		const char *name;
		int64_t is;
		const char *sql;
	} terms[] = {
		{"received", e->received, "select count(*) from enquiry where " IN_WINDOW("received_at")},
		{"reopened", e->reopened, "select count(*) from history where transition = 'reopened' and " IN_WINDOW("at")},
		{"completed", e->completed,
			"select count(*) from episode where ended <> 'withdrawn' and " IN_WINDOW("ended_at")},
		{"withdrawn", e->withdrawn, "select count(*) from history where transition = 'withdrawn' and " IN_WINDOW("at")},
		{"moved in", e->moved_in, "select count(*) from move where " IN_WINDOW("at")},
		{"moved out", e->moved_out, "select count(*) from move where " IN_WINDOW("at")},
		{"children received", c->received,
			"select count(*) from child c join enquiry q on q.id = c.enquiry where c.added_reason is null "
			"and " IN_WINDOW("q.received_at")},
		{"children added", c->added,
			"select count(*) from child where added_reason is not null and " IN_WINDOW("recorded_at")},
		{"children removed", c->removed, "select count(*) from child where " IN_WINDOW("removed_at")},
		{"children completed", c->completed, "select count(*) from outcome where " IN_WINDOW("authorised_at")},
		{"children withdrawn", c->withdrawn,
			"select count(*) from (select id, enquiry, ended_at as at from episode where ended = 'withdrawn' "
			"and " IN_WINDOW("ended_at") ") x join child c on c.enquiry = x.enquiry where " STANDS},
		{"children reopened", c->reopened,
			"select count(*) from (select id, enquiry, started_at as at from episode where n > 1 and " IN_WINDOW(
				"started_at") ") x join child c on c.enquiry = x.enquiry where " STANDS},
		{"children moved", c->moved_in,
			"select count(*) from (select m.episode as id, e.enquiry, m.at from move m join episode e on e.id = "
			"m.episode where " IN_WINDOW("m.at") ") x join child c on c.enquiry = x.enquiry where " STANDS},
	};

	for (size_t i = 0; i < COUNT_OF(terms); i++) {
		int64_t by_records = recount(w, terms[i].sql, view);

		if (terms[i].is != by_records)
			fail_msg("%s: the return says %lld, the records %lld", terms[i].name, (long long)terms[i].is,
				(long long)by_records);
	}
	assert_int_equal(e->corrections + c->corrections, 0);
	assert_int_equal(c->moved_in, c->moved_out);
}

static void check_closings(struct walk *w, const struct daily_return_view *view)
{
	for (size_t i = 0; i < view->workstream_count; i++) {
		const struct return_workstream *stream = &view->workstreams[i];
		int64_t open = NUMBER(w,
			"select count(*) from episode e join workstream s on s.id = e.workstream where e.ended_at is null and "
			"s.key = '%.*s'",
			TEXT_ARG(stream->key));
		int64_t children = NUMBER(w,
			"select count(*) from episode e join workstream s on s.id = e.workstream join child c on c.enquiry = "
			"e.enquiry where e.ended_at is null and s.key = '%.*s' and c.removed_at is null and not exists (select 1 "
			"from outcome o where o.child = c.id and o.episode = e.id and o.authorised_at is not null)",
			TEXT_ARG(stream->key));

		assert_int_equal(stream->enquiries.balance.closing, open);
		assert_int_equal(stream->children.balance.closing, children);
	}
	assert_int_equal(
		NUMBER(w, "select count(*) from enquiry q where q.child_count <> (select count(*) from child c where c.enquiry "
				  "= q.id and c.removed_at is null)"),
		0);
}

static void end_of_day(struct walk *w, day on, struct daily_return_view *before)
{
	const char *when, *date = day_iso(&w->f->arena, on).ptr;
	struct daily_return_view view;

	w->now = london_midnight(on + 1) - HOUR_MS / 2;
	when = london_iso(&w->f->arena, w->now).ptr;
	view = return_of(w->f, date, when);
	assert_true(view.balances);
	check_flows(w, &view);
	check_closings(w, &view);
	for (size_t i = 0; before->workstream_count && i < view.workstream_count; i++) {
		assert_int_equal(
			view.workstreams[i].enquiries.balance.opening, before->workstreams[i].enquiries.balance.closing);
		assert_int_equal(view.workstreams[i].children.balance.opening, before->workstreams[i].children.balance.closing);
	}
	if (below(w, 2)) must_collate(w->f, date, when);
	*before = view;
}

/* Every episode that began in `new`: settled in one of the days, withdrawn before it was late, or not late yet. */
static void check_timeliness(struct walk *w, day first, day last)
{
	instant end = london_midnight(last + 1);
	const char *when = london_iso(&w->f->arena, end).ptr;
	int64_t settled = 0, all, rest;

	for (day on = first; on <= last; on++) settled += return_of(w->f, day_iso(&w->f->arena, on).ptr, when).in_time.of;
	all = NUMBER(w, "select count(*) from episode where coalesce(began_in, workstream) = 1");
	rest = NUMBER(w,
		"select count(*) from (select e.*, max(e.due_at, (select max(r.at) from rag_history r where r.episode = e.id)) "
		"as late_at from episode e) x where coalesce(x.began_in, x.workstream) = 1 and ((x.ended = 'withdrawn' and "
		"(x.late_at is null or x.ended_at <= x.late_at)) or (x.ended_at is null and (x.late_at is null or x.late_at >= "
		"%lld)))",
		(long long)end);
	assert_int_equal(all, settled + rest);
	assert_true(settled > 0 && rest > 0);
}

static void take_walk(void **state, int walk)
{
	struct walk *w = calloc(1, sizeof *w);
	struct daily_return_view before = {0};
	day first = day_of("2015-06-01");

	*w = (struct walk){.f = *state, .chance = random_source_seeded((uint64_t)walk + 40)};
	print_message("walk %d\n", walk);
	for (day on = first; on < first + DAYS; on++) {
		w->now = london_midnight(on) + 8 * HOUR_MS;
		while (w->now < london_midnight(on) + 18 * HOUR_MS) step(w);
		end_of_day(w, on, &before);
	}
	check_timeliness(w, first, first + DAYS - 1);
	for (int i = 0; i < WHATS; i++)
		if (w->done[i] < 2) fail_msg("the walk went %d times over: %s", w->done[i], names[i]);
	free(w);
}

#define WALK(number)                                                                                                   \
	static void every_day_of_walk_##number##_is_what_the_records_say(void **state)                                     \
	{                                                                                                                  \
		take_walk(state, number);                                                                                      \
	}
WALK(0)
WALK(1)
WALK(2)

int main(void)
{
	const struct CMUnitTest tests[WALKS] = {
		fixture_test(every_day_of_walk_0_is_what_the_records_say),
		fixture_test(every_day_of_walk_1_is_what_the_records_say),
		fixture_test(every_day_of_walk_2_is_what_the_records_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
