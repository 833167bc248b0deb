/*
 * One story end to end with the n-th call failing, for n from 1 until none is met: what was acknowledged is there, what
 * wasn't has said so with 500 or 503, and the program either goes on or has stopped with 3 where that is the rule.
 */
#include "crash.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fault.h"

#define EACH_UP_TO   40 /* then every eighth more */
#define STARTS_MOST  8  /* where each n needs a server of its own */
#define FEW_MOST     6  /* and where n is doubled each time, so that it is soon done */
#define FEW_STARTS   2
#define EXIT_STOPPED 3

static const struct {
	bool at_start;   /* while it starts, and nothing else is done */
	bool from_start; /* counts from a server that has just started: later there are none of these calls */
	bool stops;      /* the program ends with 3 */
} points[FAULT_POINT_COUNT] = {
	[FAULT_AT_CONNECT] = {.at_start = true},
	[FAULT_AT_PREPARE] = {.from_start = true},
	[FAULT_AT_SYNC] = {.stops = true},
	[FAULT_AT_ALLOCATE] = {.from_start = true, .stops = true},
};

static bool map_plan(struct run *run)
{
	int fd;

	snprintf(run->plan_path, sizeof run->plan_path, "%s/plan", run->folder);
	fd = open(run->plan_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, sizeof *run->plan) != 0) return false;
	run->plan = mmap(NULL, sizeof *run->plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return run->plan != MAP_FAILED;
}

static bool start_again(struct run *run)
{
	static int round;
	int64_t ms;

	return server_start(run, ++round, &ms);
}

/* A server that went away by itself may have only where that is the rule, and then with 3. */
static bool check_end(struct run *run, enum fault_point point, int64_t n)
{
	int status;

	if (!server_ended(run, &status)) {
		wrong(run, "%s %lld: the server does not answer and does not end", fault_point_name(point), (long long)n);
		server_kill(run, SIGKILL);
	} else if (status != EXIT_STOPPED || !points[point].stops) {
		wrong(run, "%s %lld: the server ended with %d", fault_point_name(point), (long long)n, status);
	}
	return start_again(run);
}

/* A server that can't open its database says so and ends with 3. */
static bool start_fails(struct run *run, enum fault_point point, int64_t n)
{
	int64_t met = run->plan->met[point];
	bool up;

	server_kill(run, SIGTERM);
	run->plan->left[point] = n;
	up = start_again(run);
	run->plan->left[point] = 0;
	met = run->plan->met[point] - met;
	if (up || run->ended_with != EXIT_STOPPED) return met > 0 && up;
	run->said[0] = '\0';
	return start_again(run);
}

/* False where the story made fewer such calls, or something was wrong. */
static bool the_nth_fails(struct run *run, enum fault_point point, int64_t n)
{
	int64_t met = run->plan->met[point];
	bool answered;

	if (points[point].at_start) return start_fails(run, point, n);
	if (points[point].from_start) {
		server_kill(run, SIGTERM);
		if (!start_again(run)) return false;
	}
	run->plan->left[point] = n;
	answered = load_story(run);
	run->plan->left[point] = 0;
	met = run->plan->met[point] - met;
	if (!answered && !check_end(run, point, n)) return false;
	if (!look(run)) return false;
	load_send_again(run);
	return met > 0 && !run->said[0];
}

static int64_t most_tries(const struct run *run, enum fault_point point)
{
	bool starts = points[point].from_start || points[point].at_start;

	if (run->few_faults) return starts ? FEW_STARTS : FEW_MOST;
	return starts ? STARTS_MOST : INT64_MAX;
}

static int64_t next_n(const struct run *run, enum fault_point point, int64_t n)
{
	if (run->few_faults) return 2 * n;
	return n + (points[point].from_start || n >= EACH_UP_TO ? 1 + n / 8 : 1);
}

static void try_point(struct run *run, enum fault_point point, int number)
{
	int64_t n = 1, tried = 0, most = most_tries(run, point);
	char what[128];

	for (; tried < most && the_nth_fails(run, point, n); tried++) n = next_n(run, point, n);
	if (!tried) wrong(run, "%s: not one call was met", fault_point_name(point));
	snprintf(what, sizeof what, "%s fails at its n-th call, up to %lld, %lld times", fault_point_name(point),
		(long long)n, (long long)tried);
	tell(run, number, what);
}

bool faults_play(struct run *run)
{
	int number = 1;

	if (!hub_make(run) || !map_plan(run) || !start_again(run) || !sign_in(run, &run->receiver) ||
		!sign_in(run, &run->manager) || !sign_in(run, &run->clients[0].worker))
		wrong(run, "the hub could not be made and served");
	tell(run, number, "the hub is made and served");
	while (number <= FAULT_POINT_COUNT && run->server > 0) {
		try_point(run, (enum fault_point)(number - 1), number + 1);
		number++;
	}
	return number > FAULT_POINT_COUNT;
}
