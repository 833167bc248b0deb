/*
 * The cap over random work by three managers at once: they allocate, take from one and give to another, decide and re-open
 * whatever they come upon, on threads of their own, while a cap is lowered and raised. After every round, what a worker is
 * said to hold is what the episodes say; nobody over their cap holds more than before; and the rest keep within it.
 */
#include "../unit/hub/steps.h"

#include <pthread.h>

#include "look.h"

#define ROUNDS      400
#define ENQUIRIES   9
#define MANAGERS    3
#define CAP         3
#define MORNING     MONDAY_AT("10:30")
#define SEED        20150601
#define LOWERED_FOR 7 /* rounds */

static const char *const workers[] = {"rahman", "byrne"};
static const char *const managers[MANAGERS] = {"nair", "ellis", "frost"};

#define WORKERS (sizeof workers / sizeof *workers)

struct work {
	struct fixture *fixture;
	const char *manager;
	struct random_source chance;
	const struct text *references;
	const struct account_id *accounts; /* of the workers */
	pthread_barrier_t *together;
	int done, failed, full; /* how often it was done, broke, or found no room */
};

struct attempt {
	struct db_job job;
	struct work *work;
	struct error err;
};

static uint64_t draw(struct work *work, uint64_t most)
{
	return random_below(&work->chance, most);
}

/* Whatever it comes to; what can't be done in the enquiry's state is refused, and that is right. */
static bool anything(struct work *work, struct hub *hub, struct error *err)
{
	struct text reference = work->references[draw(work, ENQUIRIES)];
	struct account_id worker = work->accounts[draw(work, WORKERS)];
	struct enquiry_allocate give = {ON(reference), worker, TEXT("There is a place.")};
	struct enquiry_recommend recommend = {
		ON(reference), TEXT("The analysis."), CHILDREN(child_with(1, "no_further_action", 1))};
	struct enquiry_authorise authorise = {ON(reference), TEXT("no"), TEXT("below_threshold")};
	struct enquiry_return back = {ON(reference), TEXT("Say more.")};
	struct enquiry_reopen reopen = {ON(reference), TEXT("amber"), TEXT("It was not over.")};

	switch (draw(work, 8)) {
	case 0: return enquiry_recommend(hub, &recommend, err);
	case 1: return enquiry_authorise(hub, &authorise, err);
	case 2: return enquiry_return(hub, &back, err);
	case 3: return enquiry_reopen(hub, &reopen, err);
	case 4: return enquiry_reallocate(hub, &give, err);
	default: return enquiry_allocate(hub, &give, err);
	}
}

static bool try_anything(struct db_job *job, struct tx *tx)
{
	struct attempt *attempt = (struct attempt *)job;
	struct hub_edge edge = {.tx = tx, .now = at(MORNING), .random = &attempt->work->chance};
	struct text email = arena_printf(tx_arena(tx), "%s@hub.example", attempt->work->manager);
	struct hub hub;

	error_clear(&attempt->err);
	if (!hub_begin(&edge, &hub, &attempt->err)) return false;
	if (!hub_act_as_email(&hub, email, &attempt->err)) return false;
	return anything(attempt->work, &hub, &attempt->err);
}

static void *manage(void *with)
{
	struct work *work = with;
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (int i = 0; i < ROUNDS; i++) {
		struct attempt attempt = {.job = {.arena = &arena, .run = try_anything}, .work = work};

		pthread_barrier_wait(work->together);
		if (db_run(work->fixture->db, &attempt.job) != DB_DURABLE || attempt.err.kind == ERROR_FAILED) work->failed++;
		work->done += attempt.err.kind == ERROR_NONE;
		work->full += attempt.err.kind == ERROR_REFUSED && strstr(attempt.err.message, " holds ") != NULL;
		arena_clear(&arena);
		pthread_barrier_wait(work->together);
		pthread_barrier_wait(work->together); /* while the round is looked at */
	}
	return NULL;
}

/* Half of the time the first worker's cap is one. */
static void change_cap(struct fixture *f, int round, struct account_id worker)
{
	if (round % LOWERED_FOR) return;
	fixture_change(
		f, "update worker set cap = %d where account = %lld", round / LOWERED_FOR % 2 ? 1 : CAP, (long long)worker.n);
}

static void nobody_takes_more_than_the_cap_whatever_three_managers_do_at_once(void **state)
{
	struct fixture *f = *state;
	struct text references[ENQUIRIES];
	struct account_id accounts[WORKERS];
	int64_t held[WORKERS] = {0};
	struct work works[MANAGERS];
	pthread_t threads[MANAGERS];
	pthread_barrier_t together;

	for (size_t i = 0; i < ENQUIRIES; i++) {
		references[i] = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});
		must_screen(f, BY("byrne", MONDAY_AT("10:20")), references[i], "green");
	}
	for (size_t i = 0; i < WORKERS; i++) accounts[i] = fixture_account(f, workers[i]);
	fixture_change(f, "update worker set cap = %d", CAP);
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
		pthread_barrier_wait(&together);
	}
	for (int i = 0; i < MANAGERS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(works[i].failed, 0);
		assert_true(works[i].done > ROUNDS / 10);
		assert_true(works[i].full > ROUNDS / 20);
	}
	pthread_barrier_destroy(&together);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(nobody_takes_more_than_the_cap_whatever_three_managers_do_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
