/*
 * bare_page DATABASE STATEMENTS ANSWER: the least a program in C can do for a page. It answers each request that
 * comes, one connection after the other, by running the statements in the file STATEMENTS (each ended by a byte 0) on
 * DATABASE, reading every column of every row, and sending the bytes of the file ANSWER. Prints its port.
 *
 * bare_page DATABASE STATEMENTS --loop PAGES GROUP: without any requests: runs them PAGES times, in transactions of GROUP
 * pages, each synced, and prints the seconds.
 *
 * No sessions, no routing, no threads, no rendering: what Fanlight's page costs beyond it is Fanlight.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "bench.h"

#define FILE_MOST       ((size_t)4 << 20)
#define STATEMENTS_MOST 256
#define REQUEST_MOST    ((size_t)16 << 10)

static sqlite3_stmt *statements[STATEMENTS_MOST];
static size_t statement_count;
static size_t sum; /* of all that was read, so that nothing is left out */

static char *whole_file(const char *path, size_t *ret_len)
{
	FILE *file = fopen(path, "re");
	char *bytes = malloc(FILE_MOST + 1);

	if (!file || !bytes) die(path);
	*ret_len = fread(bytes, 1, FILE_MOST, file);
	bytes[*ret_len] = '\0';
	fclose(file);
	return bytes;
}

static void prepare_all(sqlite3 *db, const char *path)
{
	size_t len;
	char *sql = whole_file(path, &len);

	for (const char *at = sql; at < sql + len; at += strlen(at) + 1) {
		if (statement_count == STATEMENTS_MOST) die("too many statements");
		if (sqlite3_prepare_v3(db, at, -1, SQLITE_PREPARE_PERSISTENT, &statements[statement_count++], NULL))
			die(sqlite3_errmsg(db));
	}
	free(sql);
}

static void read_row(sqlite3_stmt *stmt)
{
	for (int i = 0; i < sqlite3_column_count(stmt); i++) {
		const unsigned char *text = sqlite3_column_text(stmt, i);

		sum += (size_t)sqlite3_column_bytes(stmt, i) + (text ? text[0] : 0);
	}
}

static void run_all(sqlite3 *db)
{
	for (size_t i = 0; i < statement_count; i++) {
		int code;

		while ((code = sqlite3_step(statements[i])) == SQLITE_ROW) read_row(statements[i]);
		if (code != SQLITE_DONE) die(sqlite3_errmsg(db));
		sqlite3_reset(statements[i]);
	}
}

/* Reads up to the empty line; false at the connection's end. */
static bool request_read(int fd)
{
	char request[REQUEST_MOST];
	size_t have = 0;

	while (have < sizeof request - 1) {
		ssize_t got = recv(fd, request + have, sizeof request - 1 - have, 0);

		if (got <= 0) return false;
		have += (size_t)got;
		request[have] = '\0';
		if (strstr(request, "\r\n\r\n")) return true;
	}
	return false;
}

static int listen_anywhere(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t len = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 16)) die("cannot listen");
	if (getsockname(fd, (struct sockaddr *)&at, &len)) die("cannot tell the port");
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	return fd;
}

static void serve(sqlite3 *db, const char *answer, size_t len)
{
	int listening = listen_anywhere(), on = 1;

	for (;;) {
		int fd = accept(listening, NULL, NULL);

		if (fd < 0) die("accept");
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		while (request_read(fd)) {
			run_all(db);
			if (send(fd, answer, len, MSG_NOSIGNAL) != (ssize_t)len) break;
		}
		close(fd);
	}
}

static void must(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL)) die(sqlite3_errmsg(db));
}

static void loop(sqlite3 *db, unsigned long pages, unsigned long group)
{
	double began = now_s();

	for (unsigned long page = 0; page < pages; page++) {
		if (page % group == 0) must(db, "begin immediate");
		run_all(db);
		if (page % group == group - 1 || page == pages - 1) must(db, "commit");
	}
	printf("%.6f\n", now_s() - began);
}

int main(int argc, char **argv)
{
	static const char settings[] = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;";
	sqlite3 *db;
	size_t len;
	char *answer;

	if (argc != 4 && argc != 6) {
		fprintf(stderr, "usage: bare_page DATABASE STATEMENTS ANSWER\n"
						"       bare_page DATABASE STATEMENTS --loop PAGES GROUP\n");
		return 2;
	}
	if (sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)) die(argv[1]);
	if (sqlite3_exec(db, settings, NULL, NULL, NULL)) die(sqlite3_errmsg(db));
	prepare_all(db, argv[2]);
	if (argc == 6) {
		loop(db, strtoul(argv[4], NULL, 10), strtoul(argv[5], NULL, 10));
		return 0;
	}
	answer = whole_file(argv[3], &len);
	serve(db, answer, len);
	return 0;
}
