/*
 * Watch: GET /changes?since=N, what every open page asks every second or two. 304 while nothing is newer, else the number
 * to ask with next.
 *
 * It is answered on the epoll thread, without a transaction, for a session that was found good a few seconds ago; only
 * then is the database asked about it again. So a thousand open pages cost next to nothing, and a session that ended on
 * another node, or was taken away, is told within WATCH_TRUST_MS; one that signs out here is forgotten at once.
 * Asking is no entry on the access log and keeps no session from ending. Internal to this room.
 */
#ifndef HTTP_WATCH_H
#define HTTP_WATCH_H

#include <pthread.h>

#include "http/request.h"
#include "http/response.h"

#define WATCH_TRUST_MS 5000
#define WATCH_SETS     1024
#define WATCH_WAYS     8
#define WATCH_KEY      16

struct watched {
	unsigned char key[WATCH_KEY]; /* of the session's token, by a secret of this process */
	int64_t until_ms;             /* on the monotonic clock; 0: free */
};

struct watch {
	pthread_mutex_t lock;
	unsigned char secret[32];
	uint64_t forgotten; /* how often one was: what was read before may not be remembered after */
	struct watched sets[WATCH_SETS][WATCH_WAYS];
};

void watch_init(struct watch *, struct random_source *);
void watch_release(struct watch *);

/* True for a session that was found good of late. */
bool watch_knows(struct watch *, struct text token);

/* Taken before the session is looked for; what was forgotten since is not remembered. */
uint64_t watch_begin(struct watch *);
void watch_remember(struct watch *, struct text token, uint64_t begun);
void watch_forget(struct watch *, struct text token);

/* The route, and its answer where the newest number is this. INVALID where `since` is no number. */
extern const struct route watch_route;
NODISCARD bool watch_answer(const struct request *, int64_t number, struct response *, struct error *);

struct exchange;

/* True where it is the route's and could be answered without a transaction: the answer stands in x->response. */
bool watch_at_once(struct exchange *);

#endif
