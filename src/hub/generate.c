#include "hub/generate.h"

#include <math.h>

#include "base/london.h"
#include "hub/daily_return.h"
#include "hub/generate_part.h"
#include "rules/clock.h"
#include "sql/generate.h"

#define OPEN_AT_END     300
#define BATCH_ENQUIRIES 5000
#define BATCH_DAYS      92
#define HELD_MOSTLY     15 /* of 25, by each worker: as fast as it takes, whatever the number that comes */
#define COMES_AGAIN     0.3
#define AGAIN_IN_A_YEAR 0.75
#define COLLATED_AFTER  (30 * MINUTE_MS) /* the close */
#define GROWN_UP        18

enum { KIND_ENQUIRY = 32 };

instant generate_begins(const struct generate *in)
{
	struct civil_date last = civil_of_day(london_day(in->until));

	last.year -= in->years;
	if (last.mday > 28) last.mday = 28;
	return london_midnight(day_of_civil(last) + 1);
}

/* Until the last batch is written: each time it is forbidden again, all of the history is read for whether it refers to it. */
static bool allow_ends(struct hub *hub, struct error *err)
{
	return generate_step_allow(hub->tx, &(struct generate_step_allow_in){TEXT("closed")}, NULL, err) &&
		   generate_step_allow(hub->tx, &(struct generate_step_allow_in){TEXT("decided")}, NULL, err);
}

bool generate_mark(struct hub *hub, struct error *err)
{
	struct generate_enquiries_there_row row;

	if (!generate_enquiries_there(hub->tx, &row, err)) return false;
	if (row.found) {
		error_refused(err, "this hub holds enquiries already");
		return error_hint(err, "A hub is generated in an empty database, or in one that was made with: fanlight init");
	}
	hub->simulated = true;
	return generate_simulated(hub->tx, NULL, err) && allow_ends(hub, err);
}

/* With more enquiries than its people can hold for as long as the rules allow, each takes less of the time it has. */
static double pace_of(const struct generation *g)
{
	double a_day = (double)g->in.enquiries / (double)(g->arrivals.last - g->arrivals.first + 1);

	return fmin(1, (double)g->staff.worker_count * HELD_MOSTLY / (a_day * 2.5));
}

struct generation *generation_new(
	struct arena *kept, const struct generate *in, const struct generate_staff *staff, const struct policy *policy)
{
	struct generation *g = arena_new(kept, struct generation);
	size_t most = (size_t)in->enquiries + 1;

	*g = (struct generation){.kept = kept, .in = *in, .staff = *staff, .policy = policy};
	g->arrivals = (struct arrivals){.seed = in->seed,
		.first = london_day(generate_begins(in)),
		.last = london_day(in->until),
		.until = in->until,
		.total = in->enquiries,
		.at_end = in->enquiries / 4 < OPEN_AT_END ? in->enquiries / 4 : OPEN_AT_END};
	arrivals_begin(&g->arrivals);
	g->day = g->arrivals.first;
	g->pace = pace_of(g);
	g->families.first_person = arena_new_array(kept, most, int64_t);
	g->families.first_came = arena_new_array(kept, most, day);
	g->families.last_came = arena_new_array(kept, most, day);
	g->families.moves = arena_new_array(kept, most, uint8_t);
	for (size_t i = 0; i < GENERATE_WORKERS_MOST; i++) g->given[i] = INSTANT_NONE;
	return g;
}

/* What happens next, of all that isn't over: a heap by instant. */

static bool earlier(const struct due_step *a, const struct due_step *b)
{
	return a->at != b->at ? a->at < b->at : a->order < b->order;
}

static void steps_grow(struct generation *g)
{
	size_t capacity = g->step_capacity ? 2 * g->step_capacity : 1024;
	struct due_step *steps = arena_new_array(g->kept, capacity, struct due_step);

	if (g->step_count) memcpy(steps, g->steps, g->step_count * sizeof *steps);
	g->steps = steps;
	g->step_capacity = capacity;
}

static void step_put(struct generation *g, instant at, enum course_stage stage, struct life *life)
{
	struct due_step step = {.at = at, .order = ++g->step_order, .stage = stage, .life = life};
	size_t place = g->step_count;

	if (g->step_count == g->step_capacity) steps_grow(g);
	g->step_count++;
	for (; place && earlier(&step, &g->steps[(place - 1) / 2]); place = (place - 1) / 2)
		g->steps[place] = g->steps[(place - 1) / 2];
	g->steps[place] = step;
}

static struct due_step step_take(struct generation *g)
{
	struct due_step first = g->steps[0], last = g->steps[--g->step_count];
	size_t place = 0, below;

	while ((below = 2 * place + 1) < g->step_count) {
		if (below + 1 < g->step_count && earlier(&g->steps[below + 1], &g->steps[below])) below++;
		if (!earlier(&g->steps[below], &last)) break;
		g->steps[place] = g->steps[below];
		place = below;
	}
	g->steps[place] = last;
	return first;
}

static struct life *life_new(struct generation *g)
{
	struct life *life = g->free_lives;

	if (!life) return arena_new(g->kept, struct life);
	g->free_lives = life->next_free;
	*life = (struct life){0};
	return life;
}

static void life_over(struct generation *g, struct life *life)
{
	life->next_free = g->free_lives;
	g->free_lives = life;
}

/* Which stage comes after this one, or its own where it stops there. */
static enum course_stage stage_after(const struct course *course, enum course_stage stage)
{
	static const enum course_stage next[] = {COURSE_SCREENED, COURSE_ALLOCATED, COURSE_RECOMMENDED, COURSE_HELD,
		COURSE_DECIDED, COURSE_CLOSED, COURSE_CLOSED};

	if (stage == course->stage) return stage;
	if (stage == COURSE_SCREENED && course->screened_out) return COURSE_RECOMMENDED;
	if (stage == COURSE_SCREENED && course->stage == COURSE_HELD) return COURSE_HELD;
	if (stage == COURSE_DECIDED && !course->hands_over) return stage;
	return next[stage];
}

static instant stage_at(const struct course *c, enum course_stage stage)
{
	const instant at[] = {c->received, c->screened, c->allocated, c->allocated, c->recommended, c->ended, c->closed};

	return at[stage];
}

static void go_on(struct generation *g, struct life *life, enum course_stage stage)
{
	enum course_stage next = stage_after(&life->course, stage);

	if (next == stage)
		life_over(g, life);
	else
		step_put(g, stage_at(&life->course, next), next, life);
}

/* Of those that arrive in the last days a few hundred stay open: the latest, and some of the others. */
static enum course_stage stage_of(const struct generation *g)
{
	int64_t from_end = g->in.enquiries - g->received, open = g->in.enquiries / 4, older, step;

	if (open > OPEN_AT_END) open = OPEN_AT_END;
	if (from_end > g->arrivals.at_end) return COURSE_CLOSED;
	if (from_end <= open * 2 / 5) return from_end <= open / 4 ? COURSE_RECEIVED : COURSE_SCREENED;
	older = from_end - open * 2 / 5;
	step = (g->arrivals.at_end - open * 2 / 5) / (open - open * 2 / 5);
	if (older % (step ? step : 1)) return COURSE_CLOSED;
	older /= step ? step : 1;
	if (older > open - open * 2 / 5) return COURSE_CLOSED;
	if (older % 18 == 7) return COURSE_HELD;
	if (older % 18 == 11) return COURSE_DECIDED;
	return older % 6 == 3 ? COURSE_RECOMMENDED : COURSE_ALLOCATED;
}

/* Who has least; the first named where several do. */
static size_t worker_with_room(const struct generation *g)
{
	size_t best = 0;

	for (size_t i = 1; i < g->staff.worker_count; i++)
		if (g->holds[i] < g->holds[best]) best = i;
	return best;
}

static void put_people(struct generation *g, struct life *life)
{
	bool night = life->course.by_night;

	life->worker = night ? SIZE_MAX : worker_with_room(g);
	life->worker_account = night ? g->staff.edt_worker : g->staff.workers[life->worker];
	life->screener = night ? g->staff.edt_worker : g->staff.workers[life->enquiry % (int64_t)g->staff.worker_count];
	life->manager = night ? g->staff.edt_manager : g->staff.managers[life->enquiry % (int64_t)g->staff.manager_count];
	if (night || life->course.screened_out) return;
	if (life->course.stage >= COURSE_ALLOCATED && life->course.stage != COURSE_HELD) g->holds[life->worker]++;
}

/* A family that came before, more often one of the last year's, or one more than there are: a new one. */
static uint32_t draw_family(struct generation *g)
{
	struct families *f = &g->families;
	uint32_t a_year = (uint32_t)(f->count / (uint32_t)(g->day - g->arrivals.first + 1) * 365 + 1), place;

	if (f->count < 20 || !draw_chance(&g->draw, COMES_AGAIN)) return f->count;
	if (a_year < f->count && draw_chance(&g->draw, AGAIN_IN_A_YEAR))
		place = f->count - 1 - draw_below(&g->draw, a_year);
	else
		place = draw_below(&g->draw, f->count);
	return f->last_came[place] == g->day ? f->count : place;
}

static void family_begins(struct generation *g, struct family *family)
{
	uint32_t number = g->families.count++;

	family_make(g->in.seed, number, g->day, family);
	g->families.first_person[number] = g->ids.person + 1;
	g->families.first_came[number] = g->families.last_came[number] = g->day;
}

static bool all_children(const struct family *family, day on)
{
	for (size_t i = 0; i < family->child_count; i++)
		if (family->children[i].born != DAY_NONE && day_age_years(family->children[i].born, on) >= GROWN_UP)
			return false;
	return true;
}

/* A child that is told as it was is the person it was; else nobody knows yet that it is. */
static void draw_persons(struct generation *g, const struct family *was, struct receipt *ret, int64_t first)
{
	for (size_t i = 0; i < ret->family->child_count; i++) {
		ret->person_known[i] = was && family_child_known(&was->children[i], &ret->family->children[i]);
		ret->persons[i] = ret->person_known[i] ? first + (int64_t)i : ++g->ids.person;
	}
}

static bool comes_again(struct generation *g, uint32_t number, struct family *family, struct receipt *ret)
{
	struct families *f = &g->families;
	struct telling telling = {.draw = &g->draw, .seed = g->in.seed, .number = number, .on = g->day};
	struct family was;

	family_make(g->in.seed, number, f->first_came[number], &was);
	if (!all_children(&was, g->day)) return false;
	if (draw_chance(&g->draw, 0.15) && f->moves[number] < UINT8_MAX) f->moves[number]++;
	telling.moves = f->moves[number];
	*family = was;
	family_tell_again(&telling, family);
	draw_persons(g, &was, ret, f->first_person[number]);
	for (size_t i = 0; i < family->child_count; i++)
		if (ret->person_known[i] && f->last_came[number] + 90 >= g->day) ret->came_before = true;
	f->last_came[number] = g->day;
	return true;
}

static void draw_people(struct generation *g, struct family *family, struct receipt *ret)
{
	uint32_t number = draw_family(g);

	if (number < g->families.count && comes_again(g, number, family, ret)) return;
	family_begins(g, family);
	draw_persons(g, NULL, ret, 0);
}

static bool receive(struct generation *g, struct hub *hub, struct error *err)
{
	struct life *life = life_new(g);
	struct family family;
	struct told told;
	struct receipt receipt = {.life = life, .family = &family, .told = &told};
	struct course_drawing drawing = {.draw = &g->draw,
		.policy = g->policy,
		.told = &told,
		.received = hub->now,
		.until = g->in.until,
		.pace = g->pace,
		.stage = stage_of(g)};

	g->received++;
	g->draw = draw_of(g->in.seed, KIND_ENQUIRY, (uint64_t)g->received);
	draw_people(g, &family, &receipt);
	told_draw(&g->draw, &told);
	drawing.children = family.child_count;
	course_draw(&drawing, &life->course);
	life->enquiry = ++g->ids.enquiry;
	life->children = family.child_count;
	life->first_child = g->ids.child + 1;
	g->ids.child += (int64_t)family.child_count;
	memcpy(life->parent, family.parent, sizeof life->parent);
	put_people(g, life);
	if (!generate_receipt(g, hub, &receipt, err)) return false;
	go_on(g, life, COURSE_RECEIVED);
	return true;
}

static bool log_goes_on(struct generation *g, struct hub *hub, struct error *err)
{
	struct generate_log_end_row row;

	if (!generate_log_end(hub->tx, &row, err)) return false;
	g->ids.log = row.number;
	return true;
}

/* The working day's return, by the action itself, which writes its own entry on the access log. */
static bool collate(struct generation *g, struct hub *hub, struct error *err)
{
	struct daily_return_view view;

	if (!generate_ids_settle(hub->tx, NULL, err)) return false;
	if (!hub_act_as(hub, g->staff.administrator, err)) return false;
	return daily_return_collate(hub, g->day, &view, err) && log_goes_on(g, hub, err);
}

/* When this day's return is collated, or later than any day. */
static instant collated_at(const struct generation *g)
{
	instant close = clock_next_close(g->policy, london_midnight(g->day));

	return clock_working_day(g->policy, g->day) ? close + COLLATED_AFTER : INT64_MAX;
}

struct day_ahead {
	const instant *arrivals;
	size_t count;
	size_t arrived;
	instant collated; /* INT64_MAX: it isn't, or has been */
	instant end;
};

/* The next thing of a day: an arrival before a step, a step before the return. *ret_more is false where the day is over. */
static bool happen(struct generation *g, struct hub *hub, struct day_ahead *ahead, bool *ret_more, struct error *err)
{
	instant arrives = ahead->arrived < ahead->count ? ahead->arrivals[ahead->arrived] : INT64_MAX;
	instant step = g->step_count ? g->steps[0].at : INT64_MAX, first = arrives < step ? arrives : step;
	struct due_step due;

	if (ahead->collated < first) first = ahead->collated;
	*ret_more = first < ahead->end;
	if (!*ret_more) return true;
	hub->now = hub->recorded_at = first;
	if (arrives == first) {
		ahead->arrived++;
		return receive(g, hub, err);
	}
	if (step == first) {
		due = step_take(g);
		if (!generate_step(g, hub, due.life, due.stage, err)) return false;
		go_on(g, due.life, due.stage);
		return true;
	}
	ahead->collated = INT64_MAX;
	return collate(g, hub, err);
}

static bool live_day(struct generation *g, struct hub *hub, struct error *err)
{
	struct day_ahead ahead = {.collated = collated_at(g), .end = london_midnight(g->day + 1)};
	struct arena_mark mark;
	instant *times;
	bool more = true;

	if (ahead.end > g->in.until) ahead.end = g->in.until;
	ahead.count = (size_t)arrivals_on(&g->arrivals, g->day);
	times = arena_new_array(hub->arena, ahead.count + 1, instant);
	arrivals_times(&g->arrivals, g->day, times, ahead.count);
	ahead.arrivals = times;
	mark = arena_mark(hub->arena);
	while (more) {
		if (!happen(g, hub, &ahead, &more, err)) return false;
		arena_rewind(hub->arena, mark);
	}
	g->day++;
	return true;
}

/* The number given last in each year, for the next that is received. */
static bool count_references(struct generation *g, struct hub *hub, struct error *err)
{
	struct generate_reference_last_in in = {.year = g->reference_year, .last = g->reference_last};

	return !g->reference_year || generate_reference_last(hub->tx, &in, NULL, err);
}

static bool workers_given(struct generation *g, struct hub *hub, struct error *err)
{
	for (size_t i = 0; i < g->staff.worker_count; i++) {
		struct generate_worker_given_in in = {.account = g->staff.workers[i], .last_given_at = g->given[i]};

		if (in.last_given_at != INSTANT_NONE && !generate_worker_given(hub->tx, &in, NULL, err)) return false;
	}
	return true;
}

static bool live_days(struct generation *g, struct hub *hub, struct error *err)
{
	int64_t until = g->received + BATCH_ENQUIRIES;
	day last = g->day + BATCH_DAYS;
	struct arena_mark mark = arena_mark(hub->arena);

	if (!log_goes_on(g, hub, err)) return false;
	while (g->day <= g->arrivals.last && g->day < last && g->received < until) {
		if (!live_day(g, hub, err)) return false;
		arena_rewind(hub->arena, mark);
	}
	return generate_ids_settle(hub->tx, NULL, err);
}

bool generation_go_on(struct generation *g, struct hub *hub, bool *ret_done, struct error *err)
{
	if (g->begun) return error_failed(err, "the hub could not be written; throw it away and begin again");
	g->begun = true;
	if (!live_days(g, hub, err)) return false;
	*ret_done = g->day > g->arrivals.last;
	if (!*ret_done) return true;
	hub->now = hub->recorded_at = g->in.until;
	if (!generate_step_forbid(hub->tx, NULL, err)) return false;
	return count_references(g, hub, err) && workers_given(g, hub, err);
}

void generation_written(struct generation *g)
{
	g->begun = false;
}

int64_t generation_enquiries(const struct generation *g)
{
	return g->received;
}

int64_t generation_children(const struct generation *g)
{
	return g->ids.child;
}
