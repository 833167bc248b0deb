/*
 * Queue: jobs that wait to be written, in the order they came, and no more than there is room for. Any thread puts in;
 * those who write take out. Private to src/db.
 */
#ifndef DB_QUEUE_H
#define DB_QUEUE_H

#include <pthread.h>

#include "db/db.h"

struct queue {
	pthread_mutex_t mutex;
	pthread_cond_t came;  /* a job, or the end */
	pthread_cond_t taken; /* room */
	struct db_job *first;
	struct db_job *last;
	int waiting;
	int limit;
	bool ending;
};

void queue_init(struct queue *, int limit);
void queue_release(struct queue *);

/* False where it is full, unless the caller will wait for room. */
NODISCARD bool queue_put(struct queue *, struct db_job *, bool wait);

/* Whoever waits is woken: what is in the queue is still to be done, then it is over. */
void queue_end(struct queue *);

/* Waits for a job or the end; false where neither came within idle_ms (0: for ever). */
bool queue_wait(struct queue *, int idle_ms);

/* The one that waits longest; NULL where none does. */
struct db_job *queue_take(struct queue *);

/* The same, but waits for it; NULL at the end. */
struct db_job *queue_take_waiting(struct queue *);

#endif
