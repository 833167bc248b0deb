#include "http/lane.h"

#include <assert.h>
#include <pthread.h>

#define LANE_THREADS_MOST 64
#define LANE_STACK_BYTES  ((size_t)512 << 10)

struct lane {
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct lane_item *first, **last;
	int length;
	int limit;
	bool stopping;
	int thread_count;
	pthread_t threads[LANE_THREADS_MOST];
};

/* The next piece of work; NULL when the lane is stopping and empty. */
static struct lane_item *lane_take(struct lane *lane)
{
	struct lane_item *item;

	pthread_mutex_lock(&lane->lock);
	while (!lane->first && !lane->stopping) pthread_cond_wait(&lane->work, &lane->lock);
	item = lane->first;
	if (item) {
		lane->first = item->next;
		if (!lane->first) lane->last = &lane->first;
		lane->length--;
	}
	pthread_mutex_unlock(&lane->lock);
	return item;
}

static void *lane_thread(void *arg)
{
	struct lane_item *item;

	while ((item = lane_take(arg))) item->run(item);
	return NULL;
}

static bool start_thread(struct lane *lane)
{
	pthread_attr_t attr;
	bool ok;

	if (pthread_attr_init(&attr) != 0) return false;
	ok = pthread_attr_setstacksize(&attr, LANE_STACK_BYTES) == 0 &&
		 pthread_create(&lane->threads[lane->thread_count], &attr, lane_thread, lane) == 0;
	pthread_attr_destroy(&attr);
	lane->thread_count += ok;
	return ok;
}

bool lane_start(int threads, int queue_limit, struct lane **ret, struct error *err)
{
	struct lane *lane;

	if (threads < 1 || threads > LANE_THREADS_MOST)
		return error_invalid(err, "the number of threads is not between 1 and %d", LANE_THREADS_MOST);
	lane = calloc(1, sizeof *lane);
	if (!lane) return error_failed(err, "out of memory");
	pthread_mutex_init(&lane->lock, NULL);
	pthread_cond_init(&lane->work, NULL);
	lane->last = &lane->first;
	lane->limit = queue_limit;
	for (int i = 0; i < threads; i++) {
		if (start_thread(lane)) continue;
		lane_stop(lane);
		return error_failed(err, "could not start a thread");
	}
	*ret = lane;
	return true;
}

static bool push(struct lane *lane, struct lane_item *item, bool accepted)
{
	bool taken;

	pthread_mutex_lock(&lane->lock);
	assert(!lane->stopping || accepted);
	taken = accepted || lane->length < lane->limit;
	if (taken) {
		item->next = NULL;
		*lane->last = item;
		lane->last = &item->next;
		lane->length++;
		pthread_cond_signal(&lane->work);
	}
	pthread_mutex_unlock(&lane->lock);
	return taken;
}

bool lane_push(struct lane *lane, struct lane_item *item)
{
	return push(lane, item, false);
}

void lane_push_accepted(struct lane *lane, struct lane_item *item)
{
	push(lane, item, true);
}

int lane_length(struct lane *lane)
{
	int length;

	pthread_mutex_lock(&lane->lock);
	length = lane->length;
	pthread_mutex_unlock(&lane->lock);
	return length;
}

void lane_stop(struct lane *lane)
{
	if (!lane) return;
	pthread_mutex_lock(&lane->lock);
	lane->stopping = true;
	pthread_cond_broadcast(&lane->work);
	pthread_mutex_unlock(&lane->lock);
	for (int i = 0; i < lane->thread_count; i++) pthread_join(lane->threads[i], NULL);
	pthread_cond_destroy(&lane->work);
	pthread_mutex_destroy(&lane->lock);
	free(lane);
}
