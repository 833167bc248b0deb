#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_BYTES ((size_t)8 << 20)
#define PATIENCE_MS  20000

int client_open(int port)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) abort();
	return fd;
}

void client_send(int fd, struct text bytes)
{
	while (bytes.len) {
		ssize_t sent = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);

		if (sent <= 0) return;
		bytes = text_slice(bytes, (size_t)sent, bytes.len);
	}
}

static size_t head_length(struct text raw)
{
	const char *end = raw.len ? memmem(raw.ptr, raw.len, "\r\n\r\n", 4) : NULL;

	return end ? (size_t)(end - raw.ptr) + 4 : 0;
}

struct text reply_header(const struct reply *answer, const char *name)
{
	struct text rest = answer->head, line;

	while (text_split(&rest, '\n', &line)) {
		size_t at = text_index(line, ':');

		if (at < line.len && text_equal_nocase(text_slice(line, 0, at), text_of(name)))
			return text_trim(text_slice(line, at + 1, line.len));
	}
	return TEXT_NONE;
}

static bool whole(struct reply *answer, bool head_only)
{
	struct text raw = buffer_text(&answer->raw);
	size_t head = head_length(raw);
	int64_t length, status;

	if (!head) return false;
	answer->head = text_slice(raw, 0, head);
	answer->body = text_slice(raw, head, raw.len);
	if (text_int(text_slice(raw, 9, 3), &status)) answer->status = (int)status;
	if (head_only) return true;
	return text_int(reply_header(answer, "Content-Length"), &length) && answer->body.len >= (size_t)length;
}

static void read_answer(int fd, struct reply *answer, bool head_only)
{
	char bytes[4096];

	*answer = (struct reply){0};
	buffer_init(&answer->raw, ANSWER_BYTES);
	while (!whole(answer, head_only)) {
		struct pollfd one = {.fd = fd, .events = POLLIN};
		ssize_t got;

		if (poll(&one, 1, PATIENCE_MS) != 1) return;
		got = recv(fd, bytes, sizeof bytes, 0);
		if (got <= 0) return;
		buffer_bytes(&answer->raw, bytes, (size_t)got);
	}
}

void client_read(int fd, struct reply *answer)
{
	read_answer(fd, answer, false);
}

void client_ask(int port, struct reply *answer, const char *format, ...)
{
	ARENA_SCOPE arena;
	struct text bytes;
	va_list args;
	int fd = client_open(port);

	arena_init(&arena, ARENA_REQUEST_BYTES);
	va_start(args, format);
	bytes = arena_vprintf(&arena, format, args);
	va_end(args);
	client_send(fd, bytes);
	read_answer(fd, answer, text_starts(bytes, TEXT("HEAD ")));
	close(fd);
}

bool client_closed(int fd, int seconds)
{
	struct pollfd one = {.fd = fd, .events = POLLIN};
	char byte;

	return poll(&one, 1, seconds * 1000) == 1 && recv(fd, &byte, 1, 0) <= 0;
}

void reply_release(struct reply *answer)
{
	buffer_release(&answer->raw);
}
