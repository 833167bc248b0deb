#include "steps.h"

#include <pthread.h>

/*
 * The cap holds: two managers on threads of their own give the last place, at 24 of 25, to two enquiries at once. Exactly
 * one gets it, a thousand times; the other is told that the caseload is full.
 */
#define TIMES 1000

struct race {
	struct fixture *fixture;
	const char *manager;
	struct text reference;
	struct account_id worker;
	pthread_barrier_t *together;
	enum error_kind came_to; /* of the round that just was */
	char words[ERROR_MESSAGE_BYTES];
};

struct attempt {
	struct db_job job;
	struct race *race;
	struct error err;
};

static bool allocate(struct db_job *job, struct tx *tx)
{
	struct attempt *attempt = (struct attempt *)job;
	struct race *race = attempt->race;
	struct random_source random = random_source_seeded(1);
	struct hub_edge edge = {.tx = tx, .now = at(MONDAY_AT("10:30")), .random = &random};
	struct enquiry_allocate in = {ON(race->reference), race->worker, TEXT("There is one place.")};
	struct text email = arena_printf(tx_arena(tx), "%s@hub.example", race->manager);
	struct hub hub;

	error_clear(&attempt->err);
	if (!hub_begin(&edge, &hub, &attempt->err)) return false;
	if (!hub_act_as_email(&hub, email, &attempt->err)) return false;
	return enquiry_allocate(&hub, &in, &attempt->err);
}

static void *manage(void *with)
{
	struct race *race = with;
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	for (int i = 0; i < TIMES; i++) {
		struct attempt attempt = {.job = {.arena = &arena, .run = allocate}, .race = race};

		pthread_barrier_wait(race->together);
		if (db_run(race->fixture->db, &attempt.job) != DB_DURABLE) attempt.err.kind = ERROR_FAILED;
		race->came_to = attempt.err.kind;
		snprintf(race->words, sizeof race->words, "%s", attempt.err.message);
		arena_clear(&arena);
		pthread_barrier_wait(race->together);
		pthread_barrier_wait(race->together); /* while the round is looked at and undone */
	}
	return NULL;
}

static void look_at_round(struct fixture *f, const struct race *one, const struct race *other)
{
	const struct race *refused = one->came_to ? one : other;

	if ((one->came_to == ERROR_NONE) == (other->came_to == ERROR_NONE))
		fail_msg("%s \"%s\", %s \"%s\"", error_kind_name(one->came_to), one->words, error_kind_name(other->came_to),
			other->words);
	assert_int_equal(refused->came_to, ERROR_REFUSED);
	assert_non_null(strstr(refused->words, "holds 25 of 25"));
	assert_sql(f, "25 1",
		"select open || ' ' || (select count(*) from episode where worker is not null) from worker where account = "
		"%lld",
		(long long)one->worker.n);
}

static struct text screened_enquiry(struct fixture *f)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00")});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	return reference;
}

static void two_managers_at_24_of_25_fill_one_place_a_thousand_times(void **state)
{
	struct fixture *f = *state;
	struct account_id rahman = fixture_account(f, "rahman");
	pthread_barrier_t together;
	struct race races[] = {
		{.fixture = f, .manager = "nair", .reference = screened_enquiry(f), .worker = rahman, .together = &together},
		{.fixture = f, .manager = "ellis", .reference = screened_enquiry(f), .worker = rahman, .together = &together},
	};
	pthread_t threads[2];

	fixture_change(f, "update worker set open = 24 where account = %lld", (long long)rahman.n);
	pthread_barrier_init(&together, NULL, 3);
	for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&threads[i], NULL, manage, &races[i]), 0);
	for (int i = 0; i < TIMES; i++) {
		pthread_barrier_wait(&together);
		pthread_barrier_wait(&together);
		look_at_round(f, &races[0], &races[1]);
		fixture_change(f, "update episode set worker = null, state = 'screened' where worker is not null");
		pthread_barrier_wait(&together);
	}
	for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&together);
	assert_sql(f, "1000", "select count(*) from allocation");
}

/* What the action forgot, the schema would still refuse. */
static void the_schema_refuses_the_26th_by_itself(void **state)
{
	struct fixture *f = *state;
	struct text reference = allocated_enquiry(f, 1);

	fixture_change(f, "update episode set worker = null, state = 'screened'");
	fixture_change(f, "update worker set open = 25");
	assert_text(fixture_refused(f, "update episode set worker = %lld, state = 'allocated'",
					(long long)fixture_account(f, "rahman").n),
		"the caseload is full");
	assert_episode(f, reference, "state", "screened");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(two_managers_at_24_of_25_fill_one_place_a_thousand_times),
		fixture_test(the_schema_refuses_the_26th_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
