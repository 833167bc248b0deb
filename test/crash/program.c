#include "crash.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock_source.h"

#define WORDS_MOST     32
#define PATIENCE_MS    60000
#define ENDS_WITHIN_MS 5000 /* a program that is ending */
#define LINE_BYTES     512
#define FIRST_ADDED    2 /* account 1 is the operator's own */

static int file_in(const struct run *run, const char *name, int flags)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", run->folder, name);
	return open(path, flags | O_CLOEXEC, 0600);
}

/* The words, "_" standing for a space within one. */
static char **split(struct arena *arena, const char *program, const char *url, const char *words)
{
	char **argv = arena_new_array(arena, WORDS_MOST + 1, char *);
	struct text rest = text_of(words), word;
	size_t count = 3;

	argv[0] = arena_cstr(arena, text_of(program));
	argv[1] = arena_cstr(arena, text_of("--db"));
	argv[2] = arena_cstr(arena, text_of(url));
	while (count < WORDS_MOST && text_split(&rest, ' ', &word)) {
		argv[count] = arena_cstr(arena, word);
		for (char *c = argv[count]; text_starts(word, TEXT("MASH_")) && *c; c++)
			if (*c == '_') *c = ' ';
		count++;
	}
	return argv;
}

static pid_t start(struct run *run, const char *words, const char *log)
{
	char **argv = split(&run->arena, run->program, run->url, words);
	int in = file_in(run, "password", O_RDONLY), out = file_in(run, log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
	pid_t child = fork();

	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* it doesn't outlive a harness that is killed */
		if (run->plan && strcmp(log, "log") == 0) setenv("FANLIGHT_FAULT", run->plan_path, 1);
		dup2(in, STDIN_FILENO);
		dup2(out, STDOUT_FILENO);
		dup2(out, STDERR_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	close(in);
	close(out);
	return child;
}

bool server_ended(struct run *run, int *ret_status)
{
	int status;

	for (int waited = 0; waitpid(run->server, &status, WNOHANG) != run->server; waited++) {
		if (waited > ENDS_WITHIN_MS) return false;
		usleep(1000);
	}
	run->server = 0;
	*ret_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return true;
}

static void read_log(const struct run *run, const char *log, char *into, size_t room)
{
	int fd = file_in(run, log, O_RDONLY);
	ssize_t got = fd < 0 ? 0 : read(fd, into, room - 1);

	if (fd >= 0) close(fd);
	into[got > 0 ? got : 0] = '\0';
}

bool command_run(struct run *run, const char *words)
{
	char said[LINE_BYTES];
	int status;
	pid_t child = start(run, words, "said");

	if (child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
	read_log(run, "said", said, sizeof said);
	wrong(run, "%s: %s", words, said);
	return false;
}

static bool keep_password(struct run *run)
{
	static const char line[] = "a door with a fanlight over it\n";
	int fd = file_in(run, "password", O_WRONLY | O_CREAT | O_TRUNC);
	bool ok = fd >= 0 && write(fd, line, sizeof line - 1) == (ssize_t)(sizeof line - 1);

	if (fd >= 0) close(fd);
	return ok;
}

static bool add_person(struct run *run, struct session *session, int number, const char *part)
{
	char words[LINE_BYTES];

	snprintf(session->email, sizeof session->email, "person%d@hub.example", number);
	session->account = number + FIRST_ADDED;
	snprintf(words, sizeof words, "user add %s --name Person --password-stdin --role %s", session->email, part);
	return command_run(run, words);
}

bool hub_make(struct run *run)
{
	if (!keep_password(run)) return false;
	if (!command_run(run, "init --authority Testshire --now 2015-06-01T08:00:00+01:00")) return false;
	if (!add_person(run, &run->receiver, 0, "administrator")) return false;
	if (!add_person(run, &run->manager, 1, "practice_manager --team MASH_team")) return false;
	for (int i = 0; i < run->client_count; i++)
		if (!add_person(run, &run->clients[i].worker, 2 + i, "social_worker --team MASH_team")) return false;
	return true;
}

static int port_of_log(const struct run *run)
{
	char said[LINE_BYTES];
	const char *at;

	read_log(run, "log", said, sizeof said);
	at = strstr(said, "(port ");
	return at && strchr(at, '\n') ? (int)strtol(at + 6, NULL, 10) : 0;
}

static bool answers(struct run *run)
{
	CURL *curl = curl_easy_init();
	char url[128];
	long status = 0;

	snprintf(url, sizeof url, "http://127.0.0.1:%d/healthz", run->port);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (curl_easy_perform(curl) == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(curl);
	return status == 200;
}

bool server_wait_ready(struct run *run, int64_t *ret_ms)
{
	int64_t began = clock_source_monotonic_ms();
	char said[LINE_BYTES];
	int status;

	for (;;) {
		if (run->port == 0) run->port = port_of_log(run);
		*ret_ms = clock_source_monotonic_ms() - began;
		if (run->port && answers(run)) return true;
		if (*ret_ms > PATIENCE_MS) break;
		if (waitpid(run->server, &status, WNOHANG) == run->server) {
			run->server = 0;
			run->ended_with = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
			break;
		}
		usleep(2000);
	}
	read_log(run, "log", said, sizeof said);
	wrong(run, "the server does not answer: %s", said);
	return false;
}

/* A minute later each time, six hours of each day: within the hours in which people work. */
bool server_start(struct run *run, int round, int64_t *ret_ready_ms)
{
	char words[LINE_BYTES];

	snprintf(words, sizeof words, "serve --listen 127.0.0.1:0 --clock 2015-06-%02dT%02d:%02d:00+01:00",
		1 + round / 360 % 30, 10 + round % 360 / 60, round % 60);
	run->port = 0;
	run->server = start(run, words, "log");
	if (run->server > 0) return server_wait_ready(run, ret_ready_ms);
	wrong(run, "could not start the server");
	return false;
}

void server_kill(struct run *run, int signal)
{
	if (run->server <= 0) return;
	kill(run->server, signal);
	waitpid(run->server, NULL, 0);
	run->server = 0;
}

/* Gone, or a process of nobody's that waits to be buried. */
static bool is_gone(long pid)
{
	char path[64], stat[256] = "";
	const char *name_end;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	file = fopen(path, "r");
	if (!file) return true;
	if (!fgets(stat, sizeof stat, file)) stat[0] = '\0';
	fclose(file);
	name_end = strrchr(stat, ')');
	return !name_end || name_end[2] == 'Z' || name_end[2] == 'X';
}

static void kill_and_wait(long pid)
{
	kill((pid_t)pid, SIGKILL);
	for (int waited = 0; !is_gone(pid) && waited < PATIENCE_MS; waited++) usleep(1000);
}

/* Of the cluster: every process, and while they die the postmaster stands still, so that nobody is told anything. */
bool cluster_kill(struct run *run)
{
	char path[64], line[64], children[4096] = "";
	FILE *file = fopen(run->cluster_pid_file, "r");
	long postmaster = file && fgets(line, sizeof line, file) ? strtol(line, NULL, 10) : 0;

	if (file) fclose(file);
	if (postmaster <= 1) {
		wrong(run, "no cluster runs by %s", run->cluster_pid_file);
		return false;
	}
	kill((pid_t)postmaster, SIGSTOP);
	snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", postmaster, postmaster);
	file = fopen(path, "r");
	if (!file || !fgets(children, sizeof children, file)) wrong(run, "%s cannot be read", path);
	if (file) fclose(file);
	for (char *at = children, *end; *at; at = end) {
		long child = strtol(at, &end, 10);

		if (end == at) break;
		if (child > 1) kill_and_wait(child);
	}
	kill_and_wait(postmaster);
	return true;
}
