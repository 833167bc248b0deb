/*
 * From the disk to the wire: the whole program but its command line, on a disk whose syncs wait until they are let through.
 * No byte of an answer is sent before what it says is on disk: done, done before, refused, or only looked at.
 */
#include "hub/steps.h"

#include <arpa/inet.h>
#include <poll.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"
#include "http/server.h"
#include "hub/session.h"
#include "web/routes.h"

#define QUEUE_LIMIT 64 /* the fixture's database's */
#define TOO_MANY    3
#define QUIET_MS    100
#define PATIENCE_MS 20000
#define BODY                                                                                                           \
	"{\"channel\":\"phone\",\"source_code\":\"2A\",\"concern\":\"neglect\",\"consent\":\"obtained\",\"summary\":\"%"   \
	"s\",\"children\":"                                                                                                \
	"[{\"given_name\":\"Ana\",\"family_name\":\"Silva\"}]}"

static struct {
	struct fixture *fixture;
	struct server *server;
	struct clock_source clock;
	char token[SESSION_TOKEN_CHARACTERS + 1], csrf[128];
	_Atomic bool holds;
	sem_t reached, leave;
} wire;

/* On the writer's thread, before a sync of the log. */
static void hold(void *context, const char *path)
{
	(void)context;
	if (!wire.holds || !strstr(path, "-wal")) return;
	sem_post(&wire.reached);
	sem_wait(&wire.leave);
}

/* Until the writer, with nothing to do, has emptied the log: the next commit syncs the head of a new one, then itself. */
static void hold_from_now(void)
{
	char log[160];
	struct stat about;

	snprintf(log, sizeof log, "%s/hub.db-wal", wire.fixture->folder);
	for (int waited = 0; stat(log, &about) != 0 || about.st_size > 0; waited++) {
		assert_in_range(waited, 0, PATIENCE_MS / 10);
		usleep(10000);
	}
	sem_init(&wire.reached, 0, 0);
	sem_init(&wire.leave, 0, 0);
	wire.holds = true;
}

static void let_go(void)
{
	wire.holds = false;
	sem_post(&wire.leave);
}

static bool do_session(struct hub *hub, void *with, struct error *err)
{
	struct session session;
	struct text token;

	(void)with;
	if (!session_start(hub, hub->actor.account, &token, &session, err)) return false;
	snprintf(wire.token, sizeof wire.token, "%.*s", TEXT_ARG(token));
	snprintf(wire.csrf, sizeof wire.csrf, "%.*s", TEXT_ARG(session.csrf));
	return true;
}

static int serve(void **state)
{
	struct server_options options = {.listen = TEXT("127.0.0.1:0"), .workers = 2, .queue_limit = QUEUE_LIMIT};
	struct error err;

	if (fixture_make(state)) return -1;
	wire.fixture = *state;
	wire.clock = clock_source_running(at(MONDAY_AT("10:00")));
	options.db = wire.fixture->db;
	options.clock = &wire.clock;
	options.routes = web_routes(&options.route_count);
	fixture_must(wire.fixture, BY("byrne", MONDAY_AT("09:59")), do_session, NULL);
	disk_watch(hold, NULL);
	return server_start(&options, &wire.server, &err) ? 0 : -1;
}

static int stop(void **state)
{
	disk_watch(NULL, NULL);
	server_stop(wire.server);
	return fixture_remove(state);
}

static int open_connection(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)server_port(wire.server)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

/* The version is that of an enquiry that has been screened; nobody else asks for one. */
static int send_request(const char *method, const char *path, const char *key, const char *body)
{
	int fd = open_connection();

	dprintf(fd,
		"%s %s HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nCookie: fanlight_session=%s\r\nX-CSRF-Token: %s\r\n"
		"Idempotency-Key: %s\r\nIf-Match: \"2\"\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
		method, path, wire.token, wire.csrf, key, strlen(body), body);
	return fd;
}

static int send_enquiry(const char *key)
{
	char body[512];

	snprintf(body, sizeof body, BODY, key);
	return send_request("POST", "/api/v1/enquiries", key, body);
}

/* How many of these have bytes to read now; waits for the first for at most so long. */
static int answered(const int *fds, size_t count, int ms)
{
	struct pollfd polls[QUEUE_LIMIT + TOO_MANY];

	for (size_t i = 0; i < count; i++) polls[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	return poll(polls, count, ms);
}

struct got {
	int status;
	size_t len;
	char bytes[16384];
};

/* To the end of the connection. */
static void read_all(int fd, struct got *got)
{
	ssize_t len;

	for (got->len = 0; (len = read(fd, got->bytes + got->len, sizeof got->bytes - 1 - got->len)) > 0;)
		got->len += (size_t)len;
	got->bytes[got->len] = '\0';
	got->status = got->len > 12 ? (int)strtol(got->bytes + 9, NULL, 10) : 0;
	close(fd);
}

static const char *body_of(const struct got *got)
{
	const char *end = strstr(got->bytes, "\r\n\r\n");

	return end ? end : "";
}

/* An enquiry that has been screened: to screen it again is refused, and that is written down. */
static const char *screened_enquiry(struct fixture *f)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("09:30")});

	must_screen(f, BY("byrne", MONDAY_AT("09:40")), reference, "green");
	return reference.ptr;
}

static void no_byte_is_sent_before_the_sync_of_its_group(void **state)
{
	static const int statuses[] = {201, 201, 201, 409, 200};
	const char *reference = screened_enquiry(*state);
	static struct got gots[5];
	char record[64], screen[80];
	int fds[5];

	snprintf(record, sizeof record, "/api/v1/enquiries/%s", reference);
	snprintf(screen, sizeof screen, "%s/screen", record);
	hold_from_now();
	fds[0] = send_enquiry("first");
	sem_wait(&wire.reached);
	fds[1] = send_enquiry("second");
	fds[2] = send_enquiry("second"); /* the same again */
	fds[3] = send_request("POST", screen, "x", "{\"rag\":\"amber\",\"rag_reason\":\"x\"}");
	fds[4] = send_request("GET", record, "x", "");
	assert_int_equal(answered(fds, 5, QUIET_MS), 0);
	sem_post(&wire.leave);
	sem_wait(&wire.reached); /* the first one's own */
	assert_int_equal(answered(fds, 5, QUIET_MS), 0);
	sem_post(&wire.leave);
	sem_wait(&wire.reached); /* the group of those that came meanwhile */
	assert_int_equal(answered(fds + 1, 4, QUIET_MS), 0);
	let_go();
	for (size_t i = 0; i < 5; i++) {
		read_all(fds[i], &gots[i]);
		assert_int_equal(gots[i].status, statuses[i]);
	}
	assert_string_equal(body_of(&gots[1]), body_of(&gots[2]));
}

/* One is being synced and as many wait as may: who comes then is told to come again, and nobody else is. */
static void past_the_queue_is_turned_away_with_when_to_come_again(void **state)
{
	int fds[QUEUE_LIMIT + TOO_MANY], first, turned_away = 0;
	char key[16];

	(void)state;
	hold_from_now();
	first = send_enquiry("held");
	sem_wait(&wire.reached);
	for (int i = 0; i < QUEUE_LIMIT + TOO_MANY; i++) {
		snprintf(key, sizeof key, "many-%d", i);
		fds[i] = send_enquiry(key);
	}
	for (int waited = 0; answered(fds, QUEUE_LIMIT + TOO_MANY, 10) < TOO_MANY; waited += 10) {
		assert_in_range(waited, 0, PATIENCE_MS);
		usleep(10000);
	}
	assert_int_equal(answered(fds, QUEUE_LIMIT + TOO_MANY, QUIET_MS), TOO_MANY);
	let_go();
	for (int i = 0; i < QUEUE_LIMIT + TOO_MANY; i++) {
		static struct got got;

		read_all(fds[i], &got);
		assert_true(got.status == 201 || got.status == 503);
		if (got.status == 503) assert_non_null(strstr(got.bytes, "Retry-After: 2\r\n"));
		turned_away += got.status == 503;
	}
	assert_int_equal(turned_away, TOO_MANY);
	close(first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_byte_is_sent_before_the_sync_of_its_group, serve, stop),
		cmocka_unit_test_setup_teardown(past_the_queue_is_turned_away_with_when_to_come_again, serve, stop),
	};

	disk_install();
	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
