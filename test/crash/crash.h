/*
 * Crash: the real program under mixed load, killed at any moment, and what it had said held against what it has.
 *
 * Each client writes down what it sent and what it was answered. After a crash the program is started again and its
 * database is read: what was answered with "done" is there, once, with its entry on the access log; what was answered
 * with "not saved" isn't; what nobody can tell is there once or not at all, and after that one look it is known. A
 * client works on enquiries that it made itself, so that what must be there is known exactly.
 *
 * docs/crash.md has what is promised and how to run it for longer.
 */
#ifndef TEST_CRASH_H
#define TEST_CRASH_H

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/random_source.h"

#define CLIENTS_MOST 32
#define OPEN_MOST    12 /* a client works on so many at once, fewer than its worker's cap */
#define KEY_BYTES    48
#define SAID_BYTES   300

enum op {
	OP_RECEIVE,
	OP_SCREEN,
	OP_RERATE,
	OP_ALLOCATE,
	OP_RECOMMEND,
	OP_AUTHORISE,
	OP_CONTACT,
	OP_VIEW,
	OP_COUNT,
};

/* What the sender may believe. */
enum belief {
	BELIEF_DONE,      /* 2xx */
	BELIEF_REFUSED,   /* 409 REFUSED: nothing was done, and that it was refused is on the access log */
	BELIEF_NOT_SAVED, /* 503 */
	BELIEF_UNKNOWN,   /* 500, or no answer */
	BELIEF_NOT_SENT,  /* nobody listened */
	BELIEF_SURPRISED, /* anything else: nothing here asks for that */
};

struct tally {
	int64_t sure, unknown;
};

/* An enquiry, as the client that sent it has it. */
struct written {
	char key[KEY_BYTES]; /* of idempotency, and its summary */
	char reference[32];  /* "": nobody has told */
	int64_t version;
	bool doubted; /* something that was sent about it is unknown: left alone until it was looked at */
	char *answer; /* the first 201's body */
	struct tally done[OP_COUNT], refused[OP_COUNT];
};

struct session {
	char email[64];
	char cookie[256], csrf[160];
	int64_t account;
};

struct run;

struct client {
	struct run *run;
	pthread_t thread;
	CURL *curl;
	struct random_source random;
	int number;
	int64_t contacts;
	struct session worker; /* whom it allocates to */
	struct written *written;
	size_t count, room;
	size_t open[OPEN_MOST]; /* of `written` */
	size_t open_count;
	bool unanswered; /* at least once: whoever listened has gone */
	bool unsaved;    /* the latest was answered with "not saved": it is sent again before anything else */
};

/* Out of a hundred: what a client does next. */
struct mix {
	int receive, work, contact, view;
};

struct totals {
	_Atomic int64_t acknowledged, refused, not_saved, unknown; /* of what was sent for the first time */
	_Atomic int64_t each[OP_COUNT];                            /* of the acknowledged */
	_Atomic int64_t cannot_tell;                               /* of the unknown: those who were told so in words */
	int64_t again; /* sent again with its key, and answered as the first time */
	int64_t lost, twice, holes, longest_ready_ms, surprises;
};

struct run {
	struct arena arena;
	const char *program, *url, *folder;
	const char *cut_folder, *look_url;            /* where PostgreSQL is, when its connections are what is cut */
	const char *filler;                           /* where the disk is what fills up: a file to fill it with */
	const char *forbid, *allow;                   /* commands, where writing is what is taken away and given back */
	const char *cluster_pid_file, *cluster_start; /* of PostgreSQL, where that is what is killed */
	int rounds, client_count;
	uint64_t seed;
	struct mix mix;
	bool faults;     /* the n-th call fails, and nothing is killed */
	bool few_faults; /* for a few n only */
	struct random_source random;
	pid_t server;
	int ended_with; /* the latest that didn't get as far as answering */
	int port;
	struct session receiver, manager;
	struct client clients[CLIENTS_MOST];
	_Atomic bool stopping;
	_Atomic bool has_room;
	pthread_t filling;
	struct totals totals;
	pthread_mutex_t lock;
	char said[SAID_BYTES];   /* what was wrong first in this round; "" for nothing */
	struct fault_plan *plan; /* shared with the server, where the n-th call is to fail */
	char plan_path[256];
};

/* Notes what was wrong; the first counts. Any thread. */
void wrong(struct run *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* program.c: the program, started and killed */
NODISCARD bool hub_make(struct run *);
bool command_run(struct run *, const char *words); /* separated by spaces; says what was wrong */
NODISCARD bool server_start(struct run *, int round, int64_t *ret_ready_ms);
void server_kill(struct run *, int signal);
bool server_ended(struct run *, int *ret_status); /* without being told to; -1 by a signal */
NODISCARD bool server_wait_ready(struct run *, int64_t *ret_ms);
NODISCARD bool cluster_kill(struct run *);

/* proxy.c: a connection to PostgreSQL that breaks at a chosen moment */
enum cut {
	CUT_BEFORE_COMMIT, /* on a statement of it: not saved */
	CUT_AT_COMMIT,     /* it was sent and never came: nobody can tell; it was not saved */
	CUT_AFTER_COMMIT,  /* it was done and nobody was told: nobody can tell; it was saved */
	CUT_COUNT,
};
NODISCARD bool proxy_start(struct run *); /* listens in run->folder, goes on to run->cut_folder */
void proxy_cut(enum cut, int times);
int proxy_left(void); /* cuts still to be made */

/* client.c: requests */
struct reply {
	long status; /* 0: none */
	bool unsent;
	char location[128], content_type[64];
	int64_t version;     /* of the ETag; 0: none */
	int64_t retry_after; /* seconds; 0: not said */
	struct buffer body;
};
void reply_release(struct reply *);
bool says(const struct reply *, const char *words);
NODISCARD bool sign_in(struct run *, struct session *);
bool sign_in_all(struct run *);

/* The sign-in form, sent as a browser does. */
void ask_to_sign_in(struct run *, const struct session *, struct reply *);

/* As a browser has it (body: what a form sends) or, below /api/, as a program. NULL: nobody who is signed in. */
void ask(struct run *, const struct session *, const char *method, const char *path, const char *body, struct reply *);
enum belief send_op(struct client *, const struct session *, const char *method, const char *path, const char *key,
	int64_t version, const char *body, struct reply *);

/* load.c: what clients do, and the sending again of what nobody could tell */
void load_start(struct run *);
void load_stop(struct run *);
void load_send_again(struct run *);

/* Client 0's: an enquiry goes its way once, each kind of request in the same order; false where one had no answer. */
NODISCARD bool load_story(struct run *);

/* probe.c: each way of asking, while nothing can be written and when it can again */
void probe_begin(struct run *);
void probe_unwritable(struct run *);
void probe_usual(struct run *);
void probe_cut(struct run *, enum cut); /* one that looks, its connection cut */

/* faults.c: the n-th call of each kind fails */
NODISCARD bool faults_play(struct run *);
bool tell(struct run *, int number, const char *what); /* a case of TAP */

/* look.c: what is there */
bool look(struct run *);
const char *op_name(enum op); /* as the access log has it */

#endif
