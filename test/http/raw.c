#include "play.h"

#include <arpa/inet.h>
#include <unistd.h>

#define ANSWER_WAITS_S 10

static int connected(struct play *play)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct text url = play->base_url;
	struct timeval wait = {.tv_sec = ANSWER_WAITS_S};
	int64_t port;
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	while (text_index(url, ':') < url.len) url = text_slice(url, text_index(url, ':') + 1, url.len);
	if (!text_int(url, &port)) return -1;
	address.sin_port = htons((uint16_t)port);
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	if (connect(s, (struct sockaddr *)&address, sizeof address) == 0) return s;
	close(s);
	return -1;
}

static bool sent(int s, struct text bytes)
{
	while (bytes.len) {
		ssize_t len = send(s, bytes.ptr, bytes.len, MSG_NOSIGNAL);

		if (len <= 0) return false;
		bytes = text_slice(bytes, (size_t)len, bytes.len);
	}
	return true;
}

/* "HTTP/1.1 400 Bad Request" and what follows; nothing at all is status 0. */
static void take(struct play *play, struct text answer)
{
	const char *end = answer.len ? memmem(answer.ptr, answer.len, "\r\n\r\n", 4) : NULL;
	size_t head = end ? (size_t)(end - answer.ptr) : answer.len;
	struct text line = text_slice(answer, 0, head);
	int64_t status = 0;

	take_word(&line);
	if (!text_int(take_word(&line), &status)) status = 0;
	answer_take(play, (long)status, text_slice(answer, 0, head), text_slice(answer, head + 4, answer.len));
}

/* Where nothing is expected, the bytes are all there will be: our side of the connection is shut after them. */
bool raw_request(struct play *play, struct text *rest, struct error *err)
{
	struct text expected = take_word(rest), bytes;
	char chunk[4096];
	BUFFER_SCOPE answer;
	int64_t status;
	ssize_t len;
	int s;

	buffer_init(&answer, ANSWER_BYTES);
	if (!take_value(play, rest, &bytes, err) || !server_start(play, err)) return false;
	s = connected(play);
	if (s < 0) return error_failed(err, "could not connect");
	if (sent(s, bytes) && (!text_is(expected, "nothing") || shutdown(s, SHUT_WR) == 0))
		while ((len = recv(s, chunk, sizeof chunk, 0)) > 0) buffer_bytes(&answer, chunk, (size_t)len);
	close(s);
	take(play, arena_text(&play->arena, buffer_text(&answer)));
	if (text_is(expected, "nothing")) status = 0;
	if ((text_is(expected, "nothing") || text_int(expected, &status)) && status == play->last.status) return true;
	return error_invalid(err, "answered %ld, expected %.*s: %.*s", play->last.status, TEXT_ARG(expected),
		TEXT_ARG(text_slice(play->last.body, 0, 300)));
}
