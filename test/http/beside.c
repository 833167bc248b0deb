/*
 * Beside: the same scenario on the other engine, and whether it was answered the same.
 *
 * Two plays go step by step, one on each engine. What is answered must be the same byte by byte, but for what no two
 * runs have in common: tokens (16 hexadecimal digits and more), a clock that has gone on by up to two minutes between
 * the one and the other, the number of the latest change ("since"), and the numbers of rows: PostgreSQL numbers on where a refused action had taken one, so that a
 * number stands for another, always the same, and is never lower. Only where a number stands as one (quoted, in an
 * address, behind the word it belongs to) is it taken for that.
 */
#include "play.h"

#include <ctype.h>
#include <libpq-fe.h>
#include <unistd.h>

#define NUMBERS_MOST  4096
#define CLOCK_MINUTES 2
#define CONTEXT_BYTES 24
#define TOKEN_LEAST   16

/* A row's number on SQLite and on PostgreSQL, and the word before it. */
struct number {
	struct text of;
	int64_t one, other;
};

struct beside {
	struct number numbers[NUMBERS_MOST];
	size_t number_count;
};

/* "postgresql:///postgres?host=...": where the cluster is. The program knows no such setting, so it isn't left in place. */
static char *cluster_url;

bool beside_wanted(void)
{
	const char *given = getenv("FANLIGHT_TEST_POSTGRESQL");

	if (given && !cluster_url) {
		cluster_url = strdup(given);
		unsetenv("FANLIGHT_TEST_POSTGRESQL");
	}
	return cluster_url != NULL;
}

static PGconn *cluster(void)
{
	PGconn *connection = PQconnectdb(cluster_url);

	if (PQstatus(connection) == CONNECTION_OK) return connection;
	fprintf(stderr, "%s", PQerrorMessage(connection));
	PQfinish(connection);
	return NULL;
}

static bool say(const char *statement)
{
	PGconn *connection = cluster();
	PGresult *result = connection ? PQexec(connection, statement) : NULL;
	bool done = result && PQresultStatus(result) == PGRES_COMMAND_OK;

	if (result && !done) fprintf(stderr, "%s", PQresultErrorMessage(result));
	PQclear(result);
	PQfinish(connection);
	return done;
}

static struct text own_name(struct arena *arena, const char *kind)
{
	static int made;

	return arena_printf(arena, "%s_%d_%d", kind, (int)getpid(), ++made);
}

static bool copy(struct arena *arena, struct text name, struct text from)
{
	return say(arena_printf(arena, "create database %.*s template %.*s", TEXT_ARG(name), TEXT_ARG(from)).ptr);
}

bool beside_database(struct play *play, struct text copied_from)
{
	struct text name = own_name(&play->arena, "scenario"), url = text_of(cluster_url);

	play->other_database = name;
	play->database = arena_printf(&play->arena, "postgresql:///%.*s%.*s", TEXT_ARG(name),
		TEXT_ARG(text_slice(url, text_index(url, '?'), url.len)));
	return copy(&play->arena, name, copied_from);
}

struct text beside_keep(struct play *play)
{
	struct text name = own_name(&play->arena, "begun");

	return copy(&play->arena, name, play->other_database) ? name : TEXT_NONE;
}

void beside_forget(struct text database)
{
	char statement[128];

	snprintf(statement, sizeof statement, "drop database if exists %.*s with (force)", TEXT_ARG(database));
	if (!text_none(database)) (void)say(statement);
}

void beside_drop(struct play *play)
{
	beside_forget(play->other_database);
}

/* One of the two that are compared, and where in it. */
struct reading {
	struct text all;
	size_t at;
};

static char char_at(const struct reading *r, size_t at)
{
	return at < r->all.len ? r->all.ptr[at] : '\0';
}

/* A run of letters and digits, else one character. */
static struct text next_run(struct reading *r)
{
	size_t from = r->at;

	while (isalnum((unsigned char)char_at(r, r->at))) r->at++;
	if (r->at == from && r->at < r->all.len) r->at++;
	return text_slice(r->all, from, r->at - from);
}

static bool all_of(struct text run, int (*is)(int))
{
	for (size_t i = 0; i < run.len; i++)
		if (!is((unsigned char)run.ptr[i])) return false;
	return run.len > 0;
}

static bool tokens(struct text one, struct text other)
{
	return one.len == other.len && one.len >= TOKEN_LEAST && all_of(one, isxdigit) && all_of(other, isxdigit);
}

/* The last word before a run: what a number is of. */
static struct text word_before(const struct reading *r, size_t at)
{
	size_t to = at, from;

	while (to > 0 && at - to < CONTEXT_BYTES && !isalpha((unsigned char)r->all.ptr[to - 1])) to--;
	for (from = to; from > 0 && to - from < CONTEXT_BYTES && isalpha((unsigned char)r->all.ptr[from - 1]);) from--;
	return text_slice(r->all, from, to - from);
}

/* Is it a number that a row goes by, as it is written in addresses, attributes, JSON and the access log? */
static bool names_a_row(const struct reading *r, size_t from, size_t to)
{
	static const char *const words[] = {
		"alarm", "retriage", "triage", "duty", "deputy", "absence", "draft", "loan", "W"};
	char before = from ? r->all.ptr[from - 1] : '\0', after = char_at(r, to);
	struct text word = word_before(r, from);

	if ((before == '"' && after == '"') || before == '/' || before == '=' || before == '#') return true;
	if (before == '-' && (after == '"' || after == '-')) return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_is(word, words[i]) && from && r->all.ptr[from - 1] == ' ') return true;
	return false;
}

static bool same_number(struct beside *beside, struct text of, int64_t one, int64_t other)
{
	for (size_t i = 0; i < beside->number_count; i++) {
		const struct number *known = &beside->numbers[i];

		if (!text_equal(known->of, of)) continue;
		if (known->one == one || known->other == other) return known->one == one && known->other == other;
	}
	if (other < one || beside->number_count == NUMBERS_MOST) return false;
	beside->numbers[beside->number_count++] = (struct number){of, one, other};
	return true;
}

/* Minutes, hours and seconds on both sides of a colon, and what is counted in them. */
static bool of_a_clock(const struct reading *r, size_t from, size_t to)
{
	static const char *const units[] = {" second", " minute", " min", " hour", " h ", "T"};
	char before = from ? r->all.ptr[from - 1] : '\0';

	if (before == ':' || before == 'T' || char_at(r, to) == ':') return true;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (text_starts(text_slice(r->all, to, r->all.len), text_of(units[i]))) return true;
	return false;
}

static bool near(int64_t one, int64_t other)
{
	int64_t apart = one > other ? one - other : other - one;

	return apart <= CLOCK_MINUTES || apart >= 60 - CLOCK_MINUTES || apart == 23;
}

/* "02T08" of an instant: the same day, or the next hour. */
static bool instants(struct text one, struct text other)
{
	int64_t hour, hour_of_other;

	if (one.len != 5 || other.len != 5 || one.ptr[2] != 'T' || other.ptr[2] != 'T') return false;
	return text_equal(text_slice(one, 0, 3), text_slice(other, 0, 3)) && text_int(text_slice(one, 3, 2), &hour) &&
		   text_int(text_slice(other, 3, 2), &hour_of_other) && hour_of_other - hour <= 1;
}

static bool runs_same(struct beside *beside, struct reading *one, struct reading *other)
{
	size_t from = one->at, other_from = other->at;
	struct text run = next_run(one), run_of_other = next_run(other);
	int64_t n, n_of_other;

	if (text_equal(run, run_of_other)) return true;
	if (tokens(run, run_of_other) || instants(run, run_of_other)) return true;
	if (!all_of(run, isdigit) || !all_of(run_of_other, isdigit)) return false;
	if (!text_int(run, &n) || !text_int(run_of_other, &n_of_other)) return false;
	if (text_is(word_before(one, from), "since") && text_is(word_before(other, other_from), "since")) return true;
	if (of_a_clock(one, from, one->at) && of_a_clock(other, other_from, other->at)) return near(n, n_of_other);
	if (!names_a_row(one, from, one->at) || !names_a_row(other, other_from, other->at)) return false;
	return same_number(beside, word_before(one, from), n, n_of_other);
}

static struct text around(struct text all, size_t at)
{
	return text_slice(all, at > 60 ? at - 60 : 0, 120);
}

static bool texts_same(struct play *play, struct text a, struct text b, const char *what, struct error *err)
{
	struct reading one = {.all = a}, other = {.all = b};

	while (one.at < a.len || other.at < b.len) {
		size_t from = one.at, other_from = other.at;

		if (runs_same(play->beside, &one, &other)) continue;
		return error_invalid(err, "%s differs.\non SQLite: %.*s\non PostgreSQL: %.*s", what, TEXT_ARG(around(a, from)),
			TEXT_ARG(around(b, other_from)));
	}
	return true;
}

static bool says_itself(struct text line)
{
	static const char *const names[] = {"date:", "set-cookie:", "content-length:", "x-request-id:", "etag:"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (text_equal_nocase(text_slice(line, 0, strlen(names[i])), text_of(names[i]))) return true;
	return false;
}

/* Without the lines whose worth is that they differ; a cookie's name and attributes stay. */
static struct text headers_of(struct play *play, const struct answer *answer)
{
	struct text rest = answer->headers, line;
	BUFFER_SCOPE out;

	buffer_init(&out, ANSWER_BYTES);
	while (text_split(&rest, '\n', &line)) {
		if (text_equal_nocase(text_slice(line, 0, 11), TEXT("set-cookie:")))
			buffer_printf(&out, "%.*s\n", TEXT_ARG(text_slice(line, 0, text_index(line, '='))));
		else if (!says_itself(line))
			buffer_printf(&out, "%.*s\n", TEXT_ARG(line));
	}
	return arena_text(&play->arena, buffer_text(&out));
}

static bool answers_same(struct play *play, const struct answer *one, const struct answer *other, struct error *err)
{
	if (one->status != other->status)
		return error_invalid(err, "SQLite answered %ld, PostgreSQL %ld: %.*s", one->status, other->status,
			TEXT_ARG(text_slice(other->body, 0, 300)));
	return texts_same(play, headers_of(play, one), headers_of(play, other), "a header", err) &&
		   texts_same(play, one->body, other->body, "the answer", err);
}

bool beside_same(struct play *play, const struct play *other, struct error *err)
{
	if (!play->beside) play->beside = arena_new(&play->arena, struct beside);
	if (play->told_count != other->told_count)
		return error_invalid(err, "SQLite answered %zu times, PostgreSQL %zu", play->told_count, other->told_count);
	for (size_t i = 0; i < play->told_count; i++)
		if (!answers_same(play, &play->told[i], &other->told[i], err)) return false;
	return true;
}

size_t beside_renumbered(const struct play *play)
{
	size_t count = 0;

	for (size_t i = 0; play->beside && i < play->beside->number_count; i++) count++;
	return count;
}
