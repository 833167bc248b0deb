/*
 * A client of bytes: what is sent is just what the test says, well formed or not.
 */
#ifndef TEST_HTTP_CLIENT_H
#define TEST_HTTP_CLIENT_H

#include "base/arena.h"
#include "base/buffer.h"

struct reply {
	int status; /* 0: the connection was closed without one */
	struct buffer raw;
	struct text head;
	struct text body;
};

int client_open(int port);
void client_send(int fd, struct text bytes);

/* Reads one answer: to the end of its Content-Length, or of the connection. */
void client_read(int fd, struct reply *);

/* Opens, sends, reads, closes. */
void client_ask(int port, struct reply *, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A header's value, or no value. */
struct text reply_header(const struct reply *, const char *name);

/* True where the server has closed it (waits for at most some seconds). */
bool client_closed(int fd, int seconds);

void reply_release(struct reply *);
#define REPLY_SCOPE __attribute__((cleanup(reply_release))) struct reply

#endif
