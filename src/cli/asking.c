#include "cli/asking.h"

#include <unistd.h>

#include "base/log.h"
#include "cli/command.h"

#define UNREAD_MOST    (16 << 10)
#define COMMAND_MEMORY ((size_t)256 << 20)
#define REQUEST_MEMORY ((size_t)1 << 20)

bool asking_comes(struct asking *asking, int socket)
{
	if (!beside_peer(socket, &asking->user) || (asking->user != 0 && asking->user != geteuid())) return false;
	asking->socket = socket;
	asking->came_ms = clock_source_monotonic_ms();
	atomic_store(&asking->left, false);
	arena_init(&asking->arena, REQUEST_MEMORY);
	atomic_store(&asking->state, ASKING_CAME);
	return true;
}

bool asking_hears(struct asking *asking)
{
	char *bytes = arena_alloc(&asking->arena, BESIDE_MESSAGE_BYTES);

	asking->request = arena_new(&asking->arena, struct beside_request);
	if (!beside_receive(asking->socket, bytes, BESIDE_MESSAGE_BYTES, &asking->packet)) return false;
	if (!beside_request_read(asking->packet.bytes, asking->request) ||
		asking->request->input_count != asking->packet.passed_count) {
		log_event(LOG_WARNING, "command_refused", LOG_TEXT("why", "not a command"));
		return false;
	}
	atomic_store(&asking->state, ASKING_WAITS);
	return true;
}

void asking_goes(struct asking *asking)
{
	beside_packet_close(&asking->packet);
	close(asking->socket);
	asking->socket = -1;
	arena_release(&asking->arena);
	atomic_store(&asking->state, ASKING_FREE);
}

static bool send_reply(const struct asking *asking, const struct beside_reply *reply, const int files[2])
{
	struct beside_packet packet = {0};
	BUFFER_SCOPE bytes;

	buffer_init(&bytes, BESIDE_MESSAGE_BYTES);
	beside_reply_write(&bytes, reply);
	packet.bytes = buffer_text(&bytes);
	if (files) {
		packet.passed_count = 2;
		memcpy(packet.passed, files, 2 * sizeof *files);
	}
	return beside_send(asking->socket, &packet);
}

/* The two files of an answer: results and messages. */
struct answer_files {
	int memory[2];
	FILE *files[2];
};

static void answer_close(struct answer_files *answer)
{
	for (int i = 0; i < 2; i++) {
		if (answer->files[i])
			fclose(answer->files[i]);
		else if (answer->memory[i] >= 0)
			close(answer->memory[i]);
	}
}

static bool answer_open(struct answer_files *answer)
{
	*answer = (struct answer_files){0};
	for (int i = 0; i < 2; i++) answer->memory[i] = beside_memory();
	for (int i = 0; i < 2; i++)
		if (answer->memory[i] >= 0) answer->files[i] = fdopen(answer->memory[i], "w");
	if (answer->files[0] && answer->files[1]) return true;
	answer_close(answer);
	return false;
}

/* What could not be written whole is no answer. */
static void answer_send(struct asking *asking, struct answer_files *answer, int code)
{
	struct beside_reply reply = {.kind = BESIDE_DONE, .code = code};

	if (fflush(answer->files[0]) == 0 && fflush(answer->files[1]) == 0) send_reply(asking, &reply, answer->memory);
	answer_close(answer);
}

void asking_refuse(struct asking *asking, const char *why)
{
	struct answer_files answer;

	if (!answer_open(&answer)) return;
	fprintf(answer.files[1], "fanlight: %s\n", why);
	answer_send(asking, &answer, EXIT_FAILED);
}

/* The first of the inputs was the latest read: the order doesn't matter, each has a name. */
static bool take_inputs(const struct asking *asking, struct cli *cli)
{
	for (size_t i = 0; i < asking->request->input_count; i++) {
		struct cli_input *input = arena_new(&cli->arena, struct cli_input);

		*input = (struct cli_input){.name = asking->request->inputs[i], .before = cli->inputs};
		if (!beside_memory_read(asking->packet.passed[i], BESIDE_INPUT_BYTES, &cli->arena, &input->content))
			return false;
		cli->inputs = input;
	}
	return true;
}

static char **take_words(const struct beside_request *request, struct arena *arena)
{
	char **words = arena_new_array(arena, request->word_count + 1, char *);

	for (size_t i = 0; i < request->word_count; i++) words[i] = arena_cstr(arena, request->words[i]);
	return words;
}

static void run_for(struct asking *asking, struct answer_files *answer)
{
	struct cli cli = {.clock = clock_source_machine(),
		.random = random_source_real(),
		.db = asking->db,
		.result = answer->files[0],
		.messages = answer->files[1],
		.user = asking->user,
		.asking = asking,
		.use = asking->request->use.len ? asking->request->use : TEXT_NONE,
		.noting = asking->request->wish == BESIDE_NOTE};
	int code = EXIT_FAILED;

	arena_init(&cli.arena, COMMAND_MEMORY);
	cli.words = take_words(asking->request, &cli.arena);
	if (!take_inputs(asking, &cli))
		fputs("fanlight: what was passed to the server is not a file it can read: nothing was done\n", cli.messages);
	else if (send_reply(asking, &(struct beside_reply){.kind = BESIDE_BEGAN}, NULL))
		code = cli_run(&cli);
	arena_release(&cli.arena);
	log_event(
		LOG_INFO, "command", LOG_TEXT("command", cli.command ? cli.command->name : "none"), LOG_NUMBER("exit", code));
	answer_send(asking, answer, code);
}

void asking_run(struct asking *asking)
{
	struct answer_files answer;

	if (answer_open(&answer)) run_for(asking, &answer);
}

bool beside_left(const struct cli *cli)
{
	return cli->asking && atomic_load(&cli->asking->left);
}

void beside_progress(const struct cli *cli, struct text words)
{
	const struct asking *asking = cli->asking;
	struct beside_reply reply = {.kind = BESIDE_PROGRESS, .message = words};

	if (asking->request->terminal && beside_unread(asking->socket) < UNREAD_MOST) send_reply(asking, &reply, NULL);
}
