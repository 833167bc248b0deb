/*
 * open_pages PORT PID SECONDS EVERY_MS FILE: so many open pages as FILE has lines, each a session's token and what it asks
 * about ("&enquiry=REFERENCE", or "-" for everything): a connection each, kept alive, that asks /changes every EVERY_MS, all at
 * different moments, as browsers would. Who is told of a change asks on from there, without asking for its page.
 *
 * Prints: seconds, seconds of the server's CPU meanwhile, how often was asked, the slowest answer in milliseconds, and how often
 * a page that asks about an enquiry, and one that asks about everything, was told of a change.
 * Any answer that is neither 200 nor 304 is printed and ends it with 1.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "bench.h"

#define PAGES_MOST  4000
#define TOKEN_BYTES 64
#define ABOUT_BYTES 63
#define ANSWER_MOST 2047

struct page {
	int fd;
	char token[TOKEN_BYTES + 1];
	char about[ABOUT_BYTES + 1];
	long long since;
	double next_s; /* when it asks again */
	double asked_s;
	bool waits; /* for an answer */
};

static struct page pages[PAGES_MOST];
static int count;
static long told_of_one, told_of_all;

static void read_tokens(const char *path)
{
	FILE *file = fopen(path, "r");

	if (!file) die(path);
	while (count < PAGES_MOST && fscanf(file, "%64s %63s", pages[count].token, pages[count].about) == 2) {
		if (strcmp(pages[count].about, "-") == 0) pages[count].about[0] = '\0';
		count++;
	}
	fclose(file);
}

static void allow_connections(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0) die("limits");
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0) die("limits");
}

static void connect_page(struct page *page, int port, int epoll)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = page};
	int on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	page->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (page->fd < 0 || connect(page->fd, (struct sockaddr *)&to, sizeof to) != 0) die("connect");
	setsockopt(page->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, page->fd, &event) != 0) die("epoll");
}

static void ask(struct page *page, double now)
{
	char request[640];
	int len = snprintf(request, sizeof request,
		"GET /changes?since=%lld%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
		"Sec-Fetch-Site: same-origin\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0\r\n"
		"Cookie: fanlight_session=%s\r\n\r\n",
		page->since, page->about, page->token);

	page->waits = true;
	page->asked_s = now;
	if (send(page->fd, request, (size_t)len, MSG_NOSIGNAL) != len) die("send");
}

static void told(struct page *page, const char *answer)
{
	const char *number = strstr(answer, "{\"number\":");

	if (!number) die("an answer without a number");
	page->since = strtoll(number + strlen("{\"number\":"), NULL, 10);
	if (page->about[0])
		told_of_one++;
	else
		told_of_all++;
}

/* An answer comes in one piece: a head and hardly a body. How long it took. */
static double take(struct page *page)
{
	char answer[ANSWER_MOST + 1];
	ssize_t got = recv(page->fd, answer, ANSWER_MOST, 0);

	if (got <= 0) die("the connection was closed");
	answer[got] = '\0';
	if (strncmp(answer, "HTTP/1.1 304", 12) != 0 && strncmp(answer, "HTTP/1.1 200", 12) != 0) {
		fprintf(stderr, "open_pages: %s\n", answer);
		exit(1);
	}
	if (strncmp(answer, "HTTP/1.1 200", 12) == 0) told(page, answer);
	page->waits = false;
	return now_s() - page->asked_s;
}

static long watch(int epoll, double seconds, double every, double *ret_slowest)
{
	struct epoll_event events[256];
	double began = now_s(), now = began;
	long asked = 0;

	for (int i = 0; i < count; i++) pages[i].next_s = began + every * i / count;
	for (; now < began + seconds; now = now_s()) {
		int ready;

		for (int i = 0; i < count; i++) {
			if (pages[i].waits || pages[i].next_s > now) continue;
			ask(&pages[i], now);
			pages[i].next_s += every;
			asked++;
		}
		ready = epoll_wait(epoll, events, 256, 1);
		for (int i = 0; i < ready; i++) {
			double took = take(events[i].data.ptr);

			if (took > *ret_slowest) *ret_slowest = took;
		}
	}
	return asked;
}

int main(int argc, char **argv)
{
	double slowest = 0, every, seconds, before, began;
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	long asked;

	if (argc != 6 || epoll < 0) die("open_pages PORT PID SECONDS EVERY_MS FILE");
	seconds = atof(argv[3]);
	every = atof(argv[4]) / 1000;
	read_tokens(argv[5]);
	allow_connections();
	for (int i = 0; i < count; i++) connect_page(&pages[i], atoi(argv[1]), epoll);
	watch(epoll, 2 * every, every, &slowest); /* each has its number, and has asked with it */
	slowest = 0;
	told_of_one = told_of_all = 0;
	before = cpu_s(argv[2]);
	began = now_s();
	asked = watch(epoll, seconds, every, &slowest);
	printf("%.3f %.3f %ld %.3f %ld %ld\n", now_s() - began, cpu_s(argv[2]) - before, asked, 1000 * slowest, told_of_one,
		told_of_all);
	return 0;
}
