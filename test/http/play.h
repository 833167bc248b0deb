/*
 * Play: scenarios against the real program. README.md beside this has the language.
 *
 * A scenario is read whole, then each step is played in order; a step that expects something is a case. What a step
 * says is substituted when it is played, since an earlier step may have kept the name.
 */
#ifndef TEST_HTTP_PLAY_H
#define TEST_HTTP_PLAY_H

#include <curl/curl.h>
#include <jansson.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/clock_source.h"
#include "base/error.h"

#define PEOPLE_MOST  32
#define NAMES_MOST   64
#define TOLD_MOST    512
#define ANSWER_BYTES ((size_t)64 << 20)

struct step {
	int line;
	struct text verb;    /* "as" ... */
	struct text rest;    /* what stands behind it, lines joined */
	struct text content; /* file: its lines */
};

struct steps {
	struct step *items;
	size_t count;
};

/* Something the program answered: over HTTP, or as a command. */
struct answer {
	long status;
	struct text body;
	struct text headers; /* as they came */
	json_t *json;        /* NULL where the body is none */
};

struct person {
	struct text name, email, password;
	CURL *curl; /* keeps their cookies */
	struct text csrf;
};

struct name {
	struct text name, value;
};

struct play {
	struct arena arena;
	const char *program;
	char folder[64];
	struct text database, base_url, clock;
	bool simulated;
	struct clock_led *led; /* both plays of a stage go by the same time */
	pid_t server;
	struct person people[PEOPLE_MOST];
	size_t person_count;
	struct name names[NAMES_MOST];
	size_t name_count;
	struct answer last;
	struct answer told[TOLD_MOST]; /* all that was answered in this step, without its JSON */
	size_t told_count;
	struct text other_database; /* made for this play in the cluster, else no value */
	struct beside *beside;
	struct text columns[PEOPLE_MOST]; /* of the table that is being played */
	size_t column_count;
};

/* read.c: a scenario's steps, and the words of one */
NODISCARD bool steps_read(struct arena *, struct text scenario, struct steps *ret, struct error *);
NODISCARD bool play_substitute(struct play *, struct text, struct text *ret, struct error *);
struct text take_word(struct text *rest);
NODISCARD bool take_value(struct play *, struct text *rest, struct text *ret, struct error *); /* a word or "quoted" */
NODISCARD bool take_json(struct text *rest, json_t **ret, struct error *);

/* program.c: the commands and the server */
NODISCARD bool program_given(struct play *, struct text words, struct error *);
NODISCARD bool program_run(struct play *, struct text *rest, struct error *);
NODISCARD bool clock_go_on(struct play *, struct error *);
NODISCARD bool server_start(struct play *, struct error *);
NODISCARD bool server_stop(struct play *, struct error *);

/* client.c: requests */
NODISCARD bool client_request(struct play *, struct text *rest, struct error *);
NODISCARD bool client_get(struct play *, struct text person, struct text path, struct error *); /* any status */
NODISCARD bool person_csrf(struct play *, struct text name, struct text *ret, struct error *);
void person_add(struct play *, struct text email, struct text password);
NODISCARD bool person_leave(struct play *, struct text names, struct error *);
void people_leave(struct play *);

NODISCARD bool person_cookies(struct play *, struct text name, struct text *ret, struct error *);

/* table.c: the same request by everybody */
NODISCARD bool table_people(struct play *, struct text names, struct error *);
NODISCARD bool table_row(struct play *, struct text rest, struct error *);

/* walk.c: every address the program's document has */
NODISCARD bool walk_every(struct play *, struct text rest, struct error *);

/* raw.c: bytes as they are, which no client would send */
NODISCARD bool raw_request(struct play *, struct text *rest, struct error *);

/* beside.c: the same on PostgreSQL, where FANLIGHT_TEST_POSTGRESQL says which cluster */
bool beside_wanted(void);
bool beside_database(struct play *other, struct text copied_from); /* its own, a copy of that one there */
struct text beside_keep(struct play *other);                       /* a copy to copy from, and its name */
void beside_forget(struct text database);
void beside_drop(struct play *other);
NODISCARD bool beside_same(struct play *, const struct play *other, struct error *);
size_t beside_renumbered(const struct play *);

/* begun.c: what several scenarios begin with is played once and copied then */
bool begun_known(struct text name);
struct text begun_database(struct text name); /* the one on PostgreSQL to copy from */
NODISCARD bool begun_keep(struct text name, struct play *, struct play *other, struct error *);
NODISCARD bool begun_take(struct text name, struct play *, struct play *other, struct error *);
void begun_forget(void);
void folder_remove(const char *path);

/* lines.c: scenarios in several processes, told as one */
void line_tell(bool good, struct text words, struct text why);
void line_renumbered(size_t rows);
int lines_play(void (*play)(const char *file), char **files, int count);

/* check.c: what an answer must be */
NODISCARD bool answer_check(struct play *, struct text checks, struct error *);
NODISCARD bool answer_keep(struct play *, struct text rest, struct error *);
NODISCARD bool answer_header(const struct answer *, struct text name, struct text *ret);
void answer_take(struct play *, long status, struct text headers, struct text body);

#endif
