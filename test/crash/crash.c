#include "crash.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock_source.h"

#define LOAD_LEAST_MS 100
#define LOAD_SPREAD   500
#define CUTS_A_ROUND  3
#define CUT_WAITS_MS  30000
#define AWAY_MS       300 /* how long the cluster is away, at least */

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

static void load_for_a_while(struct run *run)
{
	load_start(run);
	usleep((useconds_t)(LOAD_LEAST_MS + random_below(&run->random, LOAD_SPREAD)) * 1000);
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
	for (int waited = 0; proxy_left() && waited < CUT_WAITS_MS; waited++) usleep(1000);
	if (proxy_left()) wrong(run, "there was nothing to cut");
	proxy_cut(CUT_COUNT, 0);
	ok = server_wait_ready(run, &ms);
	load_stop(run);
	return ok;
}

static void fill(const char *path)
{
	static const char zeroes[4096];
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	while (fd >= 0 && write(fd, zeroes, sizeof zeroes) > 0) continue;
	if (fd >= 0) close(fd);
}

/* Waits for more of what is counted; says what is wrong where none comes. */
static void wait_for_more(struct run *run, const _Atomic int64_t *counted, const char *otherwise)
{
	int64_t before = *counted;

	for (int waited = 0; *counted == before && waited < CUT_WAITS_MS; waited++) usleep(1000);
	if (*counted == before) wrong(run, "%s", otherwise);
}

/* Somebody else takes all the room there is, and gives it back; the server runs on and says what it could not save. */
static bool fill_disk(struct run *run)
{
	int64_t ms;

	load_for_a_while(run);
	fill(run->filler);
	wait_for_more(run, &run->totals.not_saved, "nobody was told that it was not saved");
	unlink(run->filler);
	wait_for_more(run, &run->totals.acknowledged, "with room again nothing is saved");
	load_stop(run);
	return server_wait_ready(run, &ms);
}

static bool break_something(struct run *run, int round)
{
	if (run->filler) return fill_disk(run);
	if (run->cut_folder) return cut_connections(run, round);
	return run->cluster_start ? kill_cluster(run) : kill_server(run, round);
}

static bool play_round(struct run *run, int round)
{
	if (!break_something(run, round) || !look(run)) return false;
	load_send_again(run);
	return true;
}

static bool begin(struct run *run)
{
	int64_t ms;

	if (run->cut_folder && !proxy_start(run)) return false;
	if (!hub_make(run) || !server_start(run, 0, &ms)) return false;
	for (int i = 0; i < run->client_count; i++)
		if (!sign_in(run, &run->clients[i].worker)) return false;
	return sign_in(run, &run->receiver) && sign_in(run, &run->manager);
}

/* Stopped in order, everything is looked at once more, and by the program's own check. */
static bool end(struct run *run, int number)
{
	bool ok;

	look(run);
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

	printf("# seed %llu, %d rounds: %lld acknowledged, %lld refused, %lld not saved, %lld unknown (%lld told so); lost "
		   "%lld; longest "
		   "time to ready %lld ms\n",
		(unsigned long long)run->seed, run->rounds, (long long)t->acknowledged, (long long)t->refused,
		(long long)t->not_saved, (long long)t->unknown, (long long)t->cannot_tell, (long long)t->lost,
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
	if (strcmp(name, "--cut") == 0) return run->cut_folder = value, true;
	if (strcmp(name, "--look") == 0) return run->look_url = value, true;
	if (strcmp(name, "--faults") == 0) return run->faults = strcmp(value, "yes") == 0;
	if (strcmp(name, "--mix") == 0) return take_mix(value, &run->mix);
	if (strcmp(name, "--cluster-pid") == 0) return run->cluster_pid_file = value, true;
	if (strcmp(name, "--cluster-start") == 0) return run->cluster_start = value, true;
	return false;
}

static bool take_options(struct run *run, int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i += 2)
		if (!take_option(run, argv[i], argv[i + 1])) return false;
	return argc % 2 == 1 && run->program && run->url && run->folder && !run->cluster_pid_file == !run->cluster_start;
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
						"[--faults yes]\n"
						"             [--cut DIR --look URL] [--fill FILE]\n");
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
