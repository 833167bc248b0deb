/*
 * Watch: what a node remembers of those whose pages ask whether anything is newer (changes_route.h), so that a thousand open
 * pages are answered without the database: which sessions were found good a few seconds ago, and what the page of an enquiry
 * follows.
 *
 * A session that ended on another node, or was taken away, is told within WATCH_TRUST_MS; one that signs out here is forgotten
 * at once. What a page follows was read for that session and holds for pages no newer than it, and not longer than
 * WATCH_FOLLOW_MS; whatever changes it, or who may see the enquiry, is among what is followed. Internal to this room.
 */
#ifndef HTTP_WATCH_H
#define HTTP_WATCH_H

#include <pthread.h>

#include "base/random_source.h"
#include "hub/hub.h"

#define WATCH_TRUST_MS  5000
#define WATCH_FOLLOW_MS 60000
#define WATCH_SETS      1024
#define WATCH_WAYS      8
#define WATCH_KEY       16

/* What the page of an enquiry follows. */
struct watch_page {
	struct text reference; /* as its page asks */
	int64_t number;        /* the changes' when this was read */
	struct followed followed;
};

struct watched {
	unsigned char key[WATCH_KEY]; /* of the session's token, or of that and a reference, by a secret of this process */
	int64_t until_ms;             /* on the monotonic clock; 0: free */
	int64_t number;
	struct followed followed;
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

/* True where it is known what this session's page of an enquiry follows, if the page was made with this number. */
bool watch_knows_page(struct watch *, struct text token, struct text reference, int64_t since, struct followed *ret);

/* Taken before the session is looked for; what was forgotten since is not remembered. `page` NULL: none was asked about. */
uint64_t watch_begin(struct watch *);
void watch_remember(struct watch *, struct text token, const struct watch_page *page, uint64_t begun);
void watch_forget(struct watch *, struct text token);

#endif
