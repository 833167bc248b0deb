#include "play.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock_source.h"

#define WORDS_MOST        64
#define SERVER_WAITS_MS   20000
#define STEP_MS           20 /* of a clock that is led: a step takes about so long */
#define SCENARIO_PASSWORD "a door with a fanlight over it"

struct command {
	char *words[WORDS_MOST + 1];
	size_t count;
	struct text input;
};

static bool command_add(struct play *play, struct command *command, struct text word, struct error *err)
{
	if (command->count == WORDS_MOST) return error_invalid(err, "too many words in one command");
	command->words[command->count++] = arena_cstr(&play->arena, word);
	return true;
}

static bool command_of(struct play *play, struct text words, struct command *ret, struct error *err)
{
	struct text word;
	struct command command = {.input = TEXT("")};

	if (!command_add(play, &command, text_of(play->program), err)) return false;
	if (!command_add(play, &command, TEXT("--db"), err) || !command_add(play, &command, play->database, err))
		return false;
	while (words.len) {
		if (!take_value(play, &words, &word, err) || !command_add(play, &command, word, err)) return false;
	}
	*ret = command;
	return true;
}

static int file_in(struct play *play, const char *name, int flags)
{
	struct text path = arena_printf(&play->arena, "%s/%s", play->folder, name);

	return open(path.ptr, flags | O_CLOEXEC, 0600);
}

/* The child, with its standard streams on files of the scenario's folder. */
static pid_t start(struct play *play, const struct command *command, const char *out_name, const char *err_name)
{
	int in, out, err;
	pid_t child;
	ssize_t written;

	in = file_in(play, "input", O_RDWR | O_CREAT | O_TRUNC);
	written = write(in, command->input.ptr, command->input.len);
	if (written != (ssize_t)command->input.len || lseek(in, 0, SEEK_SET)) return -1;
	out = file_in(play, out_name, O_RDWR | O_CREAT | O_TRUNC | O_APPEND);
	err = file_in(play, err_name, O_RDWR | O_CREAT | O_APPEND);
	child = fork();
	if (child == 0) {
		dup2(in, STDIN_FILENO);
		dup2(out, STDOUT_FILENO);
		dup2(err, STDERR_FILENO);
		execv(command->words[0], command->words);
		_exit(127);
	}
	close(in);
	close(out);
	close(err);
	return child;
}

static struct text read_back(struct play *play, const char *name)
{
	int file = file_in(play, name, O_RDONLY);
	char chunk[8192];
	BUFFER_SCOPE all;
	ssize_t len;

	buffer_init(&all, ANSWER_BYTES);
	while ((len = read(file, chunk, sizeof chunk)) > 0) buffer_bytes(&all, chunk, (size_t)len);
	close(file);
	return arena_text(&play->arena, buffer_text(&all));
}

/* Runs to the end; its output and exit status become the last answer, its messages *ret_said. */
static bool run(struct play *play, struct command *command, struct text *ret_said, struct error *err)
{
	pid_t child;
	int status;

	command->words[command->count] = NULL;
	close(file_in(play, "said", O_RDWR | O_CREAT | O_TRUNC));
	child = start(play, command, "output", "said");
	if (child < 0 || waitpid(child, &status, 0) != child) return error_failed(err, "could not run %s", play->program);
	answer_take(
		play, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), TEXT(""), read_back(play, "output"));
	*ret_said = read_back(play, "said");
	return true;
}

/* Lines with an address tell a person of the demonstration; the password is the line's last word. */
static void meet_people(struct play *play, struct text output)
{
	struct text line, word;

	while (text_split(&output, '\n', &line)) {
		struct text email = TEXT_NONE, last = TEXT_NONE;

		while (!text_blank(line)) {
			word = take_word(&line);
			if (text_none(email) && text_index(word, '@') < word.len) email = word;
			last = word;
		}
		if (!text_none(email) && !text_equal(last, email)) person_add(play, email, last);
	}
}

bool program_given(struct play *play, struct text words, struct error *err)
{
	bool adds_user = text_starts(words, TEXT("user add "));
	struct command command;
	struct text said;

	if (!command_of(play, words, &command, err)) return false;
	if (adds_user) {
		command.input = TEXT(SCENARIO_PASSWORD "\n");
		if (!command_add(play, &command, TEXT("--password-stdin"), err)) return false;
	}
	if (!run(play, &command, &said, err)) return false;
	if (play->last.status != 0)
		return error_invalid(err, "exit %ld: %.*s", play->last.status, TEXT_ARG(text_slice(said, 0, 300)));
	if (memmem(words.ptr, words.len, " --now ", 7)) play->simulated = true;
	if (adds_user) person_add(play, text_of(command.words[5]), TEXT(SCENARIO_PASSWORD));
	if (text_starts(words, TEXT("demo "))) meet_people(play, play->last.body);
	return true;
}

bool program_run(struct play *play, struct text *rest, struct error *err)
{
	const char *arrow = memmem(rest->ptr, rest->len, " => ", 4);
	struct command command;
	struct text said, expected;
	int64_t status;
	size_t at;

	if (!arrow) return error_invalid(err, "run COMMAND... => EXIT");
	at = (size_t)(arrow - rest->ptr);
	if (!command_of(play, text_slice(*rest, 0, at), &command, err) || !run(play, &command, &said, err)) return false;
	*rest = text_slice(*rest, at + 4, rest->len);
	expected = take_word(rest);
	if (!text_int(expected, &status) || status != play->last.status)
		return error_invalid(err, "exit %ld, expected %.*s: %.*s", play->last.status, TEXT_ARG(expected),
			TEXT_ARG(text_slice(said, 0, 300)));
	if (!play->last.json)
		play->last.body = arena_printf(&play->arena, "%.*s%.*s", TEXT_ARG(play->last.body), TEXT_ARG(said));
	return true;
}

/* The port is what the server says it is: one looked for beforehand may be another's by the time it listens. */
static bool port_told(struct play *play, size_t log_before)
{
	struct text log = read_back(play, "log"), start = text_slice(log, log_before, log.len), port;
	const char *told = memmem(start.ptr, start.len, "(port ", 6);
	int64_t n;

	if (!told) return false;
	port = text_slice(start, (size_t)(told - start.ptr) + 6, start.len);
	if (!text_int(text_slice(port, 0, text_index(port, ')')), &n)) return false;
	play->base_url = arena_printf(&play->arena, "http://127.0.0.1:%d", (int)n);
	return true;
}

static bool answers(struct play *play)
{
	struct text url = arena_printf(&play->arena, "%.*s/healthz", TEXT_ARG(play->base_url));
	CURL *curl = curl_easy_init();
	CURLcode got;

	curl_easy_setopt(curl, CURLOPT_URL, url.ptr);
	curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	got = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	return got == CURLE_OK;
}

static bool wait_for_server(struct play *play, size_t log_before, struct error *err)
{
	int64_t until = clock_source_monotonic_ms() + SERVER_WAITS_MS;
	bool told = false;
	int status;

	while (!(told = told || port_told(play, log_before)) || !answers(play)) {
		if (waitpid(play->server, &status, WNOHANG) == play->server) play->server = 0;
		if (!play->server || clock_source_monotonic_ms() > until)
			return error_failed(
				err, "the server does not answer: %.*s", TEXT_ARG(text_slice(read_back(play, "log"), 0, 300)));
		usleep(10000);
	}
	return true;
}

static bool clock_wait(struct play *play, struct error *err)
{
	int64_t until = clock_source_monotonic_ms() + SERVER_WAITS_MS;

	if (!play->led || !play->simulated) return true;
	while (play->led->done != play->led->now) {
		if (clock_source_monotonic_ms() > until) return error_failed(err, "the server's chores don't come to an end");
		usleep(1000);
	}
	return true;
}

bool clock_go_on(struct play *play, struct error *err)
{
	if (!play->led || !play->simulated || !play->server) return true;
	play->led->now += STEP_MS;
	return clock_wait(play, err);
}

bool server_start(struct play *play, struct error *err)
{
	struct command command;
	struct text words;
	size_t log_before;

	if (play->server) return true;
	words = arena_printf(&play->arena, "serve --listen 127.0.0.1:0%s%.*s%s", play->clock.len ? " --clock " : "",
		TEXT_ARG(play->clock), play->led && play->simulated ? " --clock-file ${dir}/clock" : "");
	if (!play_substitute(play, words, &words, err)) return false;
	if (!command_of(play, words, &command, err)) return false;
	log_before = read_back(play, "log").len;
	play->server = start(play, &command, "log_output", "log");
	if (play->server < 0) return error_failed(err, "could not start the server");
	return wait_for_server(play, log_before, err) && clock_wait(play, err);
}

bool server_stop(struct play *play, struct error *err)
{
	int64_t until = clock_source_monotonic_ms() + SERVER_WAITS_MS;
	pid_t server = play->server, ended;
	int status = 0;

	if (!server) return true;
	play->server = 0;
	kill(server, SIGTERM);
	while ((ended = waitpid(server, &status, WNOHANG)) == 0 && clock_source_monotonic_ms() < until) usleep(5000);
	if (ended == 0) {
		kill(server, SIGKILL);
		waitpid(server, &status, 0);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
	return error_failed(
		err, "the server ended with status %d: %.*s", status, TEXT_ARG(text_slice(read_back(play, "log"), 0, 300)));
}
