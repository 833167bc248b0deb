#include "db/queue.h"

#include <errno.h>

void queue_init(struct queue *q, int limit)
{
	pthread_condattr_t attr;

	*q = (struct queue){.limit = limit > 0 ? limit : 1};
	pthread_mutex_init(&q->mutex, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&q->came, &attr);
	pthread_cond_init(&q->taken, NULL);
	pthread_condattr_destroy(&attr);
}

void queue_release(struct queue *q)
{
	pthread_cond_destroy(&q->came);
	pthread_cond_destroy(&q->taken);
	pthread_mutex_destroy(&q->mutex);
}

bool queue_put(struct queue *q, struct db_job *job, bool wait)
{
	bool room;

	job->next = NULL;
	pthread_mutex_lock(&q->mutex);
	while (wait && q->waiting >= q->limit) pthread_cond_wait(&q->taken, &q->mutex);
	room = q->waiting < q->limit;
	if (room) {
		*(q->last ? &q->last->next : &q->first) = job;
		q->last = job;
		q->waiting++;
		pthread_cond_signal(&q->came);
	}
	pthread_mutex_unlock(&q->mutex);
	return room;
}

void queue_end(struct queue *q)
{
	pthread_mutex_lock(&q->mutex);
	q->ending = true;
	pthread_cond_broadcast(&q->came);
	pthread_mutex_unlock(&q->mutex);
}

static struct timespec after_ms(int ms)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += ms * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	return until;
}

bool queue_wait(struct queue *q, int idle_ms)
{
	struct timespec until = after_ms(idle_ms);
	bool idle = false, came;

	pthread_mutex_lock(&q->mutex);
	while (!q->first && !q->ending && !idle) {
		if (idle_ms)
			idle = pthread_cond_timedwait(&q->came, &q->mutex, &until) == ETIMEDOUT;
		else
			pthread_cond_wait(&q->came, &q->mutex);
	}
	came = q->first || q->ending;
	pthread_mutex_unlock(&q->mutex);
	return came;
}

/* Called with the mutex. */
static struct db_job *take(struct queue *q)
{
	struct db_job *job = q->first;

	if (!job) return NULL;
	q->first = job->next;
	if (!q->first) q->last = NULL;
	job->next = NULL;
	q->waiting--;
	pthread_cond_signal(&q->taken);
	return job;
}

struct db_job *queue_take(struct queue *q)
{
	struct db_job *job;

	pthread_mutex_lock(&q->mutex);
	job = take(q);
	pthread_mutex_unlock(&q->mutex);
	return job;
}

struct db_job *queue_take_waiting(struct queue *q)
{
	struct db_job *job;

	pthread_mutex_lock(&q->mutex);
	while (!q->first && !q->ending) pthread_cond_wait(&q->came, &q->mutex);
	job = take(q);
	pthread_mutex_unlock(&q->mutex);
	return job;
}
