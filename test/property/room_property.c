/*
 * No room, over random work by three managers at once: they allocate, swap, hold, put back, rate again, decide, re-open and
 * lend on threads of their own while the clock runs on and a cap is lowered and raised. At every commit no enquiry that is
 * red or past half its clock is without a name while its team has no room for it, and nobody takes on past their limit. After
 * every round, what a worker is said to hold is what the episodes say, and every swap has both its halves.
 */
#include "../unit/hub/steps.h"

#include <pthread.h>

#include "hub/holding.h"
#include "hub/loan.h"
#include "hub/swap.h"
#include "look.h"
#include "rules/clock.h"

#define ROUNDS      300
#define ENQUIRIES   14
#define MANAGERS    3
#define CAP         3
#define MORNING     MONDAY_AT("10:30")
#define SEED        20150707
#define LOWERED_FOR 11 /* rounds */

static const char *const workers[] = {"rahman", "byrne", "okafor"};
static const char *const managers[MANAGERS] = {"nair", "ellis", "frost"};

#define WORKERS (sizeof workers / sizeof *workers)

struct work {
	struct fixture *fixture;
	const char *manager;
	struct random_source chance;
	const struct text *references;
	const struct account_id *accounts; /* of the workers */
	pthread_barrier_t *together;
	int round, done, failed, swapped, unsaid; /* unsaid: commits with something urgent that nobody holds */
};

struct attempt {
	struct db_job job;
	struct work *work;
	struct error err;
	bool unsaid, swapped;
};

static uint64_t draw(struct work *work, uint64_t most)
{
	return random_below(&work->chance, most);
}

static bool swap_any(struct work *work, struct hub *hub, struct attempt *attempt, struct error *err)
{
	struct enquiry_swap swap = {
		ON(work->references[draw(work, ENQUIRIES)]), work->references[draw(work, ENQUIRIES)], TEXT("It can wait.")};

	attempt->swapped = enquiry_swap(hub, &swap, err);
	return attempt->swapped;
}

static bool rate_any(struct work *work, struct hub *hub, struct text reference, struct error *err)
{
	static const char *const rags[] = {"red", "amber", "green"};
	struct enquiry_rerate rate = {ON(reference), TEXT("new_information"), text_of(rags[draw(work, 3)]),
		TEXT("The school called."), .information_at = hub->now};

	return enquiry_rerate(hub, &rate, err);
}

/* Whatever it comes to; what can't be done in the enquiry's state is refused, and that is right. */
static bool anything(struct work *work, struct hub *hub, struct attempt *attempt, struct error *err)
{
	struct text reference = work->references[draw(work, ENQUIRIES)];
	struct account_id worker = work->accounts[draw(work, WORKERS)];
	struct enquiry_allocate give = {ON(reference), worker, TEXT("There is a place.")};
	struct enquiry_recommend recommend = {
		ON(reference), TEXT("The analysis."), CHILDREN(child_with(1, "no_further_action", 1))};
	struct enquiry_authorise authorise = {ON(reference), TEXT("no"), TEXT("below_threshold")};
	struct enquiry_return back = {ON(reference), TEXT("Say more.")};
	struct enquiry_reopen reopen = {ON(reference), TEXT("amber"), TEXT("It was not over.")};
	struct enquiry_hold hold = {ON(reference), .reason = TEXT("I see to it.")};
	struct enquiry_unallocate put_back = {ON(reference), TEXT("She is in court.")};
	struct enquiry_lend lend = {ON(reference), worker, hub->now + 5 * MINUTE_MS, TEXT("For a while.")};

	switch (draw(work, 16)) {
	case 0: return enquiry_recommend(hub, &recommend, err);
	case 1: return enquiry_authorise(hub, &authorise, err);
	case 2: return enquiry_return(hub, &back, err);
	case 3: return enquiry_reopen(hub, &reopen, err);
	case 4: return enquiry_reallocate(hub, &give, err);
	case 5: return enquiry_hold(hub, &hold, err);
	case 6: return enquiry_unallocate(hub, &put_back, err);
	case 7: return rate_any(work, hub, reference, err);
	case 8: return enquiry_lend(hub, &lend, err);
	case 9:
	case 10:
	case 11:
	case 12: return swap_any(work, hub, attempt, err);
	default: return enquiry_allocate(hub, &give, err);
	}
}

/* Room by the list a manager allocates from, not by the query the rule itself uses. */
static int64_t room_of(struct hub *hub, struct workstream_id workstream, struct error *err)
{
	struct allocation_team_in in = {.at = hub->now, .day_end = hub->now + DAY_MS, .workstream = workstream};
	struct allocation_team_rows team;
	int64_t room = 0;

	if (!allocation_team(hub->tx, &in, &team, err)) return -1;
	for (size_t i = 0; i < team.count; i++) {
		int64_t limit = team.rows[i].cap * team.rows[i].hours_percent / 100;

		if (!team.rows[i].away && team.rows[i].open < limit) room += limit - team.rows[i].open;
	}
	return room;
}

/* Does something urgent stand with nobody's name on it and no room for it? */
static bool look_before_commit(struct hub *hub, bool *ret_unsaid, struct error *err)
{
	struct workstream_id workstream = {1};
	struct holding_looking_rows seekers;
	int64_t urgent = 0, room = room_of(hub, workstream, err);

	if (room < 0 || !holding_looking(hub->tx, &(struct holding_looking_in){workstream}, &seekers, err)) return false;
	for (size_t i = 0; i < seekers.count; i++) {
		const struct holding_looking_row *row = &seekers.rows[i];
		enum rag rag = rag_of(row->rag);

		urgent += rag == RAG_RED || clock_past_half(hub->policy, rag, row->started_at, row->due_at, hub->now);
	}
	*ret_unsaid = urgent > room;
	return true;
}

/* As a server does it: the clock's chore runs on, and between its runs people act. */
static bool try_anything(struct db_job *job, struct tx *tx)
{
	struct attempt *attempt = (struct attempt *)job;
	struct work *work = attempt->work;
	struct hub_edge edge = {.tx = tx, .now = at(MORNING) + work->round * MINUTE_MS, .random = &attempt->work->chance};
	struct text email = arena_printf(tx_arena(tx), "%s@hub.example", attempt->work->manager);
	struct hub hub;

	error_clear(&attempt->err);
	attempt->unsaid = attempt->swapped = false;
	if (!hub_begin(&edge, &hub, &attempt->err)) return false;
	if (!hub_act_as_email(&hub, email, &attempt->err)) return false;
	if (!holding_chore(&hub, &attempt->err)) return false;
	if (!anything(work, &hub, attempt, &attempt->err)) return false;
	return look_before_commit(&hub, &attempt->unsaid, &attempt->err);
}

static void *manage(void *with)
{
	struct work *work = with;
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (work->round = 0; work->round < ROUNDS; work->round++) {
		struct attempt attempt = {.job = {.arena = &arena, .run = try_anything}, .work = work};

		pthread_barrier_wait(work->together);
		if (db_run(work->fixture->db, &attempt.job) != DB_DURABLE || attempt.err.kind == ERROR_FAILED) work->failed++;
		work->done += attempt.err.kind == ERROR_NONE;
		work->swapped += attempt.swapped;
		work->unsaid += attempt.unsaid;
		arena_clear(&arena);
		pthread_barrier_wait(work->together);
		pthread_barrier_wait(work->together); /* while the round is looked at */
	}
	return NULL;
}

/* What is held has a name and a time, what is not has none; a swap is two halves by one person at one time. */
static void look_at_hub(struct fixture *f)
{
	assert_sql(f, "0", "select count(*) from episode where state = 'held' and (held_by is null or held_at is null)");
	assert_sql(f, "0", "select count(*) from episode where state in ('screened', 'allocated') and held_by is not null");
	assert_sql(f, "0", "select count(*) from episode where state in ('screened', 'held') and worker is not null");
	assert_sql(f, "0",
		"select count(*) from holding h where h.kind = 'swapped' and not exists (select 1 from holding o where "
		"o.kind = 'swapped' and o.episode = h.other and o.other = h.episode and o.at = h.at and o.done_by = h.done_by "
		"and o.about = h.about)");
}

/* Part of the time the first worker's cap is one; taking room away is settled in the same transaction as always. */
static bool settle_now(struct hub *hub, void *with, struct error *err)
{
	(void)with;
	return holding_chore(hub, err);
}

static void change_cap(struct fixture *f, int round, struct account_id worker)
{
	if (round % LOWERED_FOR) return;
	fixture_change(
		f, "update worker set cap = %d where account = %lld", round / LOWERED_FOR % 2 ? 1 : CAP, (long long)worker.n);
	fixture_must(f, BY("nair", MORNING), settle_now, NULL);
}

static void start(struct fixture *f, struct text *references, struct account_id *accounts)
{
	static const char *const rags[] = {"red", "amber", "green"};

	for (size_t i = 0; i < WORKERS; i++) accounts[i] = fixture_account(f, workers[i]);
	fixture_change(f, "update worker set cap = %d", CAP);
	for (size_t i = 0; i < ENQUIRIES; i++) {
		references[i] = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
		must_screen(f, BY("byrne", MONDAY_AT("10:20")), references[i], rags[i % 3]);
	}
}

static void nothing_urgent_is_without_a_name_whatever_three_managers_do_at_once(void **state)
{
	struct fixture *f = *state;
	struct text references[ENQUIRIES];
	struct account_id accounts[WORKERS];
	int64_t held[WORKERS] = {0};
	struct work works[MANAGERS];
	pthread_t threads[MANAGERS];
	pthread_barrier_t together;

	start(f, references, accounts);
	pthread_barrier_init(&together, NULL, MANAGERS + 1);
	for (int i = 0; i < MANAGERS; i++) {
		works[i] = (struct work){.fixture = f,
			.manager = managers[i],
			.chance = random_source_seeded((uint64_t)(SEED + i)),
			.references = references,
			.accounts = accounts,
			.together = &together};
		assert_int_equal(pthread_create(&threads[i], NULL, manage, &works[i]), 0);
	}
	for (int round = 0; round < ROUNDS; round++) {
		change_cap(f, round, accounts[0]);
		pthread_barrier_wait(&together);
		pthread_barrier_wait(&together);
		for (size_t i = 0; i < WORKERS; i++) look_at_worker(f, round, accounts[i], &held[i]);
		look_at_hub(f);
		pthread_barrier_wait(&together);
	}
	for (int i = 0; i < MANAGERS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(works[i].failed, 0);
		assert_int_equal(works[i].unsaid, 0);
		assert_true(works[i].done > ROUNDS / 10);
		assert_true(works[i].swapped > 0);
	}
	assert_false(text_is(fixture_sql(f, "select count(*) from history where detail = 'no_room' and about > %lld",
							 (long long)accounts[0].n),
		"0"));
	pthread_barrier_destroy(&together);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(nothing_urgent_is_without_a_name_whatever_three_managers_do_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
