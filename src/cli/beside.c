#include "cli/beside.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cli/beside_message.h"
#include "cli/beside_socket.h"
#include "cli/edge.h"
#include "db/db.h"

/* The far end is the hub's: whoever owns the database runs it, or root, or this user. */
static bool ours(int socket, const char *path)
{
	struct stat database;
	uid_t user;

	if (!beside_peer(socket, &user)) return false;
	return user == 0 || user == geteuid() || (stat(path, &database) == 0 && user == database.st_uid);
}

static bool add_input(
	const struct cli_input *input, struct beside_request *request, struct beside_packet *packet, struct error *err)
{
	if (input->content.len > BESIDE_INPUT_BYTES)
		return error_too_large(err, "%.*s is larger than %zu MB, the most that is read while the server runs",
				   TEXT_ARG(input->name), BESIDE_INPUT_BYTES >> 20) ||
			   error_hint(err, "Take it in parts, or while the server is stopped.");
	if (request->input_count == BESIDE_INPUTS_MOST)
		return error_invalid(err, "too many files for a command beside a server");
	packet->passed[packet->passed_count] = beside_memory_of(input->content);
	if (packet->passed[packet->passed_count] < 0) return error_failed(err, "there is no memory to pass a file in");
	packet->passed_count++;
	request->inputs[request->input_count++] = input->name;
	return true;
}

static bool make_request(const struct cli *cli, struct beside_request *request, struct beside_packet *packet,
	struct buffer *bytes, struct error *err)
{
	for (; cli->words[request->word_count]; request->word_count++) {
		if (request->word_count == BESIDE_WORDS_MOST) break;
		request->words[request->word_count] = text_of(cli->words[request->word_count]);
	}
	for (const struct cli_input *input = cli->inputs; input; input = input->before)
		if (!add_input(input, request, packet, err)) return false;
	if (cli->words[request->word_count] || !beside_request_write(bytes, request))
		return error_too_large(err, "the command line is too long for a command beside a server");
	packet->bytes = buffer_text(bytes);
	return true;
}

static bool send_request(struct cli *cli, enum beside_wish wish, int socket, struct error *err)
{
	struct beside_request *request = arena_new(&cli->arena, struct beside_request);
	struct beside_packet packet = {0};
	BUFFER_SCOPE bytes;
	bool sent;

	request->wish = wish;
	request->use = cli->use;
	request->terminal = isatty(STDERR_FILENO);
	buffer_init(&bytes, 2 * BESIDE_MESSAGE_BYTES);
	sent = make_request(cli, request, &packet, &bytes, err);
	if (sent && !beside_send(socket, &packet)) {
		sent = false;
		error_busy(err, "the server did not take the command: nothing was done");
	}
	beside_packet_close(&packet);
	return sent;
}

static bool take_answer(struct cli *cli, const struct beside_reply *reply, struct beside_packet *packet)
{
	if (packet->passed_count != 2) return false;
	cli->answer = (struct cli_answer){.code = reply->code, .result = packet->passed[0], .messages = packet->passed[1]};
	packet->passed_count = 0;
	return true;
}

static bool lost(bool began, struct error *err)
{
	if (began) return db_outcome_error(DB_UNKNOWN, err);
	error_busy(err, "the server stopped before it began with this: nothing was done");
	return error_hint(err, "Run it again.");
}

/* Until there is an answer, or nobody left to give one. */
static bool wait_answer(struct cli *cli, int socket, struct error *err)
{
	char *bytes = arena_alloc(&cli->arena, BESIDE_MESSAGE_BYTES);
	struct beside_packet packet;
	struct beside_reply reply;
	bool began = false;

	while (beside_receive(socket, bytes, BESIDE_MESSAGE_BYTES, &packet)) {
		bool understood = beside_reply_read(packet.bytes, &reply);
		bool done = understood && reply.kind == BESIDE_DONE && take_answer(cli, &reply, &packet);

		beside_packet_close(&packet);
		if (done) return true;
		if (!understood || reply.kind == BESIDE_DONE) break;
		began = true;
		if (reply.kind == BESIDE_PROGRESS) fwrite(reply.message.ptr, 1, reply.message.len, stderr);
	}
	return lost(began, err);
}

bool beside_ask(struct cli *cli, enum beside_wish wish, bool *ret_taken, struct error *err)
{
	bool missing = true, answered;
	struct text path = edge_path(cli, &missing);
	int socket;

	*ret_taken = false;
	if (text_none(path) || missing) return true;
	socket = beside_connect(path.ptr);
	if (socket < 0) return true;
	*ret_taken = true;
	answered = ours(socket, path.ptr) && send_request(cli, wish, socket, err) && wait_answer(cli, socket, err);
	close(socket);
	if (answered || err->kind) return answered;
	return error_failed(err, "who listens at %s.sock is not the server of this hub", path.ptr);
}

/* A file of what the command wrote, to where it writes. */
static bool pour(int from, FILE *into)
{
	char bytes[16 << 10];
	ssize_t len = 0;
	bool poured = true;

	for (off_t at = 0; poured && (len = pread(from, bytes, sizeof bytes, at)) > 0; at += len)
		poured = fwrite(bytes, 1, (size_t)len, into) == (size_t)len;
	close(from);
	return poured && len == 0 && fflush(into) == 0;
}

int beside_answer(struct cli *cli)
{
	pour(cli->answer.messages, stderr);
	if (pour(cli->answer.result, stdout)) return cli->answer.code;
	fputs("fanlight: could not write the result to standard output\n", stderr);
	return EXIT_FAILED;
}

bool beside_noted(struct cli *cli, struct error *err)
{
	char said[ERROR_MESSAGE_BYTES];
	ssize_t len = pread(cli->answer.messages, said, sizeof said - 1, 0);

	close(cli->answer.messages);
	close(cli->answer.result);
	if (cli->answer.code == EXIT_DONE) return true;
	while (len > 0 && said[len - 1] == '\n') len--;
	return error_failed(err, "the server did not note this use: %.*s", len > 0 ? (int)len : 0, said);
}
