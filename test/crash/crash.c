#include "crash.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock_source.h"

#define STEPS_SPREAD   12  /* steps done before something breaks */
#define BREAKS_WITHIN  150 /* then, in milliseconds */
#define MANY_ROUNDS    20
#define SIGN_IN_ROUNDS 30 /* a minute each by the server's clock: sessions end */
#define CUTS_A_ROUND   3
#define WAITS_MS       30000
#define AWAY_MS        300 /* how long the cluster is away, at least */

static const struct mix usual_mix = {.receive = 25, .work = 45, .contact = 15, .view = 15};

void wrong(struct run *run, const char *format, ...)
{
	va_list args;

	pthread_mutex_lock(&run->lock);
	if (!run->said[0]) {
		va_start(args, format);
		vsnprintf(run->said, sizeof run->said, format, args);
		va_end(args);
	}
	pthread_mutex_unlock(&run->lock);
}

static void one_line(char *text)
{
	for (; *text; text++)
		if (*text == '\n') *text = ' ';
}

bool tell(struct run *run, int number, const char *what)
{
	bool ok = run->said[0] == '\0';

	one_line(run->said);
	printf("%sok %d - %s\n", ok ? "" : "not ", number, what);
	if (!ok) printf("# %s\n", run->said);
	fflush(stdout);
	run->said[0] = '\0';
	return ok;
}

static int64_t steps_done(const struct run *run)
{
	return run->totals.acknowledged - run->totals.each[OP_RECEIVE];
}

/* Until some work was done, however slow what has just started is; then a moment more, so that it breaks anywhere. */
static void load_for_a_while(struct run *run)
{
	int64_t until = steps_done(run) + 1 + (int64_t)random_below(&run->random, STEPS_SPREAD);

	load_start(run);
	for (int waited = 0; steps_done(run) < until && waited < WAITS_MS; waited++) usleep(1000);
	if (steps_done(run) < until) wrong(run, "nobody gets any work done");
	usleep((useconds_t)random_below(&run->random, BREAKS_WITHIN) * 1000);
}

static void note_ready(struct run *run, int64_t ms)
{
	if (ms > run->totals.longest_ready_ms) run->totals.longest_ready_ms = ms;
}

static bool kill_server(struct run *run, int round)
{
	int64_t ms = 0;

	load_for_a_while(run);
	server_kill(run, SIGKILL);
	load_stop(run);
	if (!server_start(run, round, &ms)) return false;
	note_ready(run, ms);
	return true;
}

/* The server stays; what it says meanwhile is written down too. */
static bool kill_cluster(struct run *run)
{
	int64_t ms = 0;
	bool ok;

	load_for_a_while(run);
	ok = cluster_kill(run);
	usleep(AWAY_MS * 1000);
	if (ok && system(run->cluster_start) != 0) {
		wrong(run, "the cluster did not start again");
		ok = false;
	}
	ok = ok && server_wait_ready(run, &ms);
	load_stop(run);
	note_ready(run, ms);
	return ok;
}

/* Some connections are cut while the server and PostgreSQL run on. */
static bool cut_connections(struct run *run, int round)
{
	int64_t ms;
	bool ok;

	load_for_a_while(run);
	proxy_cut((enum cut)(round % CUT_COUNT), CUTS_A_ROUND);
	for (int waited = 0; proxy_left() && waited < WAITS_MS; waited++) usleep(1000);
	if (proxy_left()) wrong(run, "there was nothing to cut");
	proxy_cut(CUT_COUNT, 0);
	ok = server_wait_ready(run, &ms);
	load_stop(run);
	if (ok) probe_cut(run, (enum cut)(round % CUT_COUNT));
	return ok;
}

/* Takes all the room there is, and what the program gives up meanwhile. */
static void *fill(void *arg)
{
	static const char zeroes[4096];
	struct run *run = arg;
	int fd = open(run->filler, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	while (!run->has_room)
		if (fd < 0 || write(fd, zeroes, sizeof zeroes) <= 0) usleep(1000);
	if (fd >= 0) close(fd);
	unlink(run->filler);
	return NULL;
}

/* Waits for more of what is counted; says what is wrong where none comes. */
static void wait_for_more(struct run *run, const _Atomic int64_t *counted, const char *otherwise)
{
	int64_t before = *counted;

	for (int waited = 0; *counted == before && waited < WAITS_MS; waited++) usleep(1000);
	if (*counted == before) wrong(run, "%s", otherwise);
}

static void take_writing_away(struct run *run)
{
	run->has_room = false;
	if (run->filler && pthread_create(&run->filling, NULL, fill, run) != 0) abort();
	if (!run->filler && system(run->forbid) != 0) wrong(run, "%s failed", run->forbid);
}

static void give_writing_back(struct run *run)
{
	run->has_room = true;
	if (run->filler) pthread_join(run->filling, NULL);
	if (!run->filler && system(run->allow) != 0) wrong(run, "%s failed", run->allow);
}

/* A disk that fills up, or a database that can only be read: the server runs on, says so, and shows nothing. */
static bool forbid_writing(struct run *run)
{
	int64_t ms;

	load_for_a_while(run);
	take_writing_away(run);
	wait_for_more(run, &run->totals.not_saved, "nobody was told that it was not saved");
	probe_unwritable(run);
	give_writing_back(run);
	wait_for_more(run, &run->totals.acknowledged, "when it can be written again nothing is saved");
	load_stop(run);
	if (!server_wait_ready(run, &ms)) return false;
	probe_usual(run);
	return true;
}

static bool break_something(struct run *run, int round)
{
	if (run->filler || run->forbid) return forbid_writing(run);
	if (run->cut_folder) return cut_connections(run, round);
	return run->cluster_start ? kill_cluster(run) : kill_server(run, round);
}

static bool play_round(struct run *run, int round)
{
	if (!break_something(run, round) || !look(run)) return false;
	if (round % SIGN_IN_ROUNDS == 0 && !sign_in_all(run)) return false;
	load_send_again(run);
	return true;
}

static bool begin(struct run *run)
{
	int64_t ms;

	if (run->cut_folder && !proxy_start(run)) return false;
	if (!hub_make(run) || !server_start(run, 0, &ms) || !sign_in_all(run)) return false;
	if (run->cut_folder || run->filler || run->forbid) probe_begin(run);
	return !run->said[0];
}

/* A run in which the clients never did what they are there for has shown nothing. */
static void check_work(struct run *run)
{
	static const enum op at_least[] = {OP_RECEIVE, OP_SCREEN, OP_CONTACT, OP_VIEW};

	for (size_t i = 0; run->rounds >= MANY_ROUNDS && i < sizeof at_least / sizeof at_least[0]; i++)
		if (!run->totals.each[at_least[i]]) wrong(run, "%s was never acknowledged", op_name(at_least[i]));
}

/* Stopped in order, everything is looked at once more, and by the program's own check. */
static bool end(struct run *run, int number)
{
	bool ok;

	look(run);
	check_work(run);
	ok = tell(run, number, "after the last round everything is there");
	if (run->cut_folder && !run->totals.cannot_tell) wrong(run, "nobody was told that it cannot be told yet");
	server_kill(run, SIGTERM);
	command_run(run, "audit verify");
	return tell(run, number + 1, "the access log verifies") && ok;
}

static bool play(struct run *run)
{
	bool ok = true, up = begin(run);
	char what[64];

	if (!up) {
		tell(run, 1, "the hub is made and served");
		printf("1..1\n");
		return false;
	}
	for (int round = 1; round <= run->rounds; round++) {
		up = up && play_round(run, round);
		snprintf(what, sizeof what, "round %d: nothing acknowledged is lost", round);
		ok = tell(run, round, what) && up && ok;
	}
	ok = end(run, run->rounds + 1) && ok;
	printf("1..%d\n", run->rounds + 2);
	return ok;
}

static void sum_up(const struct run *run)
{
	const struct totals *t = &run->totals;

	printf("# seed %llu, %d rounds: %lld acknowledged (", (unsigned long long)run->seed, run->rounds,
		(long long)t->acknowledged);
	for (int op = 0; op < OP_COUNT; op++)
		printf("%s%lld %s", op ? ", " : "", (long long)t->each[op], op_name((enum op)op));
	printf("), %lld refused, %lld not saved, %lld unknown (%lld told so); sent again %lld; lost %lld, twice %lld, "
		   "holes %lld; "
		   "longest time to ready %lld ms\n",
		(long long)t->refused, (long long)t->not_saved, (long long)t->unknown, (long long)t->cannot_tell,
		(long long)t->again, (long long)t->lost, (long long)t->twice, (long long)t->holes,
		(long long)t->longest_ready_ms);
}

static void init_clients(struct run *run)
{
	for (int i = 0; i < run->client_count; i++) {
		run->clients[i] =
			(struct client){.run = run, .number = i, .random = random_source_seeded(run->seed + 1 + (uint64_t)i)};
		run->clients[i].curl = curl_easy_init();
	}
}

static void release(struct run *run)
{
	for (int i = 0; i < run->client_count; i++) {
		struct client *client = &run->clients[i];

		for (size_t j = 0; j < client->count; j++) free(client->written[j].answer);
		free(client->written);
		curl_easy_cleanup(client->curl);
	}
	server_kill(run, SIGKILL);
	arena_release(&run->arena);
}

static bool take_mix(const char *given, struct mix *ret)
{
	return sscanf(given, "%d,%d,%d,%d", &ret->receive, &ret->work, &ret->contact, &ret->view) == 4 &&
		   ret->receive + ret->work + ret->contact + ret->view == 100;
}

static bool take_option(struct run *run, const char *name, const char *value)
{
	if (strcmp(name, "--program") == 0) return run->program = value, true;
	if (strcmp(name, "--db") == 0) return run->url = value, true;
	if (strcmp(name, "--folder") == 0) return run->folder = value, true;
	if (strcmp(name, "--rounds") == 0) return (run->rounds = (int)strtol(value, NULL, 10)) > 0;
	if (strcmp(name, "--seed") == 0) return run->seed = strtoull(value, NULL, 10), true;
	if (strcmp(name, "--clients") == 0)
		return (run->client_count = (int)strtol(value, NULL, 10)) > 0 && run->client_count <= CLIENTS_MOST;
	if (strcmp(name, "--fill") == 0) return run->filler = value, true;
	if (strcmp(name, "--forbid") == 0) return run->forbid = value, true;
	if (strcmp(name, "--allow") == 0) return run->allow = value, true;
	if (strcmp(name, "--cut") == 0) return run->cut_folder = value, true;
	if (strcmp(name, "--look") == 0) return run->look_url = value, true;
	if (strcmp(name, "--faults") == 0) {
		run->few_faults = strcmp(value, "few") == 0;
		return run->faults = run->few_faults || strcmp(value, "all") == 0;
	}
	if (strcmp(name, "--mix") == 0) return take_mix(value, &run->mix);
	if (strcmp(name, "--cluster-pid") == 0) return run->cluster_pid_file = value, true;
	if (strcmp(name, "--cluster-start") == 0) return run->cluster_start = value, true;
	return false;
}

static bool take_options(struct run *run, int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i += 2)
		if (!take_option(run, argv[i], argv[i + 1])) return false;
	return argc % 2 == 1 && run->program && run->url && run->folder && !run->cluster_pid_file == !run->cluster_start &&
		   !run->forbid == !run->allow;
}

int main(int argc, char **argv)
{
	static struct run run = {.rounds = 20, .client_count = 6, .lock = PTHREAD_MUTEX_INITIALIZER};
	bool ok;

	run.mix = usual_mix;
	run.seed = (uint64_t)clock_source_monotonic_ms();
	if (!take_options(&run, argc, argv)) {
		fprintf(stderr, "usage: crash --program FANLIGHT --db URL --folder DIR [--rounds N] [--seed S] [--clients N]\n"
						"             [--mix RECEIVE,WORK,CONTACT,VIEW] [--cluster-pid FILE --cluster-start COMMAND] "
						"[--faults all|few]\n"
						"             [--cut DIR --look URL] [--fill FILE] [--forbid COMMAND --allow COMMAND]\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	curl_global_init(CURL_GLOBAL_ALL);
	arena_init(&run.arena, ARENA_COMMAND_BYTES);
	run.random = random_source_seeded(run.seed);
	init_clients(&run);
	ok = run.faults ? faults_play(&run) : play(&run);
	sum_up(&run);
	release(&run);
	return ok ? 0 : 1;
}
