/*
 * load PORT PID CLIENTS REQUESTS FILE: sends the HTTP request in FILE again and again from as many connections, each
 * kept alive and sending its next when it has its answer whole. "@@@@@@@@" in FILE is another number each time.
 *
 * Prints: seconds, seconds of the server's CPU (user and system, of /proc/PID/stat), bytes of one answer. Any answer
 * that isn't 2xx is printed and ends it with 1.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include "bench.h"

#define CLIENTS_MOST 64
#define ANSWER_MOST  ((size_t)1 << 20)
#define REQUEST_MOST ((size_t)64 << 10)
#define PLACE        "@@@@@@@@"

struct client {
	int fd;
	char *answer;
	size_t have;
	size_t whole; /* 0: the head isn't here yet */
};

struct load {
	int port;
	int clients;
	long requests;
	long sent, answered;
	unsigned number; /* the next for PLACE */
	char request[REQUEST_MOST];
	size_t request_len;
	char *place; /* in request; NULL: every request is the same */
	size_t answer_bytes;
	struct client client[CLIENTS_MOST];
};

static void connect_client(const struct load *load, struct client *client)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)load->port)};
	int on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (client->fd < 0 || connect(client->fd, (struct sockaddr *)&to, sizeof to) != 0) die("connect");
	setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	client->answer = malloc(ANSWER_MOST + 1);
	if (!client->answer) die("memory");
}

static void send_next(struct load *load, struct client *client)
{
	char number[sizeof PLACE];

	if (load->sent == load->requests) return;
	if (load->place) {
		snprintf(number, sizeof number, "%08u", load->number++ % 100000000);
		memcpy(load->place, number, sizeof PLACE - 1);
	}
	client->have = client->whole = 0;
	load->sent++;
	if (send(client->fd, load->request, load->request_len, MSG_NOSIGNAL) != (ssize_t)load->request_len) die("send");
}

/* The answer's whole length, once its head is here. */
static size_t whole_length(const struct client *client)
{
	const char *end = strstr(client->answer, "\r\n\r\n"), *length = strcasestr(client->answer, "\r\nContent-Length:");

	if (!end) return 0;
	return (size_t)(end + 4 - client->answer) + (length && length < end ? strtoul(length + 17, NULL, 10) : 0);
}

static void answered(struct load *load, struct client *client)
{
	if (strncmp(client->answer, "HTTP/1.1 2", 10) != 0) {
		fprintf(stderr, "load: not answered with success:\n%.2000s\n", client->answer);
		exit(1);
	}
	load->answer_bytes = client->have;
	load->answered++;
	send_next(load, client);
}

static void receive(struct load *load, struct client *client)
{
	ssize_t got = recv(client->fd, client->answer + client->have, ANSWER_MOST - client->have, 0);

	if (got <= 0) die("the server closed the connection");
	client->have += (size_t)got;
	client->answer[client->have] = '\0';
	if (!client->whole) client->whole = whole_length(client);
	if (client->whole && client->have >= client->whole) answered(load, client);
}

static void run(struct load *load)
{
	struct pollfd fds[CLIENTS_MOST];

	for (int i = 0; i < load->clients; i++) {
		fds[i] = (struct pollfd){.fd = load->client[i].fd, .events = POLLIN};
		send_next(load, &load->client[i]);
	}
	while (load->answered < load->requests) {
		if (poll(fds, (nfds_t)load->clients, -1) < 0) die("poll");
		for (int i = 0; i < load->clients; i++)
			if (fds[i].revents) receive(load, &load->client[i]);
	}
}

static void read_request(struct load *load, const char *path)
{
	FILE *file = fopen(path, "re");

	if (!file) die(path);
	load->request_len = fread(load->request, 1, sizeof load->request - 1, file);
	fclose(file);
	load->place = strstr(load->request, PLACE);
	load->number = (unsigned)(now_s() * 1000);
}

int main(int argc, char **argv)
{
	static struct load load;
	double began, cpu;

	if (argc != 6) {
		fprintf(stderr, "usage: load PORT PID CLIENTS REQUESTS FILE\n");
		return 2;
	}
	load.port = atoi(argv[1]);
	load.clients = atoi(argv[3]);
	load.requests = atol(argv[4]);
	if (load.clients < 1 || load.clients > CLIENTS_MOST) return 2;
	read_request(&load, argv[5]);
	for (int i = 0; i < load.clients; i++) connect_client(&load, &load.client[i]);
	cpu = cpu_s(argv[2]);
	began = now_s();
	run(&load);
	printf("%.6f %.2f %zu\n", now_s() - began, cpu_s(argv[2]) - cpu, load.answer_bytes);
	return 0;
}
