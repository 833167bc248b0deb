#include "db/ahead.h"

#include <pthread.h>
#include <stdlib.h>

#define PLACES 16

struct ahead_place {
	struct buffer bytes;
	int64_t rows;
};

struct ahead {
	ahead_work *work;
	void *context;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct ahead_place places[PLACES];
	size_t given; /* how many ever were; the place is the remainder */
	size_t taken; /* so many; the latest is still being looked at until the next is asked for */
	bool looked_at;
	bool unwanted;
	bool ended; /* the thread has no more */
	bool failed;
	struct error err;
};

static void *ahead_thread(void *arg)
{
	struct ahead *ahead = arg;
	struct error err = {0};
	bool done = ahead->work(ahead->context, ahead, &err);

	pthread_mutex_lock(&ahead->mutex);
	ahead->ended = true;
	ahead->failed = !done;
	ahead->err = err;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	return NULL;
}

static void release(struct ahead *ahead)
{
	for (size_t i = 0; i < PLACES; i++) buffer_release(&ahead->places[i].bytes);
	pthread_mutex_destroy(&ahead->mutex);
	pthread_cond_destroy(&ahead->changed);
	free(ahead);
}

bool ahead_start(struct ahead **ret, ahead_work *work, void *context, struct error *err)
{
	struct ahead *ahead = calloc(1, sizeof *ahead);

	if (!ahead) return error_failed(err, "out of memory");
	ahead->work = work;
	ahead->context = context;
	pthread_mutex_init(&ahead->mutex, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	for (size_t i = 0; i < PLACES; i++) buffer_init(&ahead->places[i].bytes, ROWS_BLOCK_MOST);
	*ret = ahead;
	if (pthread_create(&ahead->thread, NULL, ahead_thread, ahead) == 0) return true;
	release(ahead);
	return error_failed(err, "could not start a thread");
}

/* A free place, or NULL once no more is wanted. */
static struct ahead_place *free_place(struct ahead *ahead)
{
	struct ahead_place *place = NULL;

	pthread_mutex_lock(&ahead->mutex);
	while (ahead->given - ahead->taken == PLACES && !ahead->unwanted) pthread_cond_wait(&ahead->changed, &ahead->mutex);
	if (!ahead->unwanted) place = &ahead->places[ahead->given % PLACES];
	pthread_mutex_unlock(&ahead->mutex);
	return place;
}

bool ahead_give(struct ahead *ahead, const struct rows_block *block, struct error *err)
{
	struct ahead_place *place = free_place(ahead);

	if (!place) return error_failed(err, "no more is wanted");
	buffer_clear(&place->bytes);
	buffer_append(&place->bytes, block->bytes);
	if (place->bytes.overflowed) return error_failed(err, "out of memory");
	place->rows = block->rows;
	pthread_mutex_lock(&ahead->mutex);
	ahead->given++;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	return true;
}

bool ahead_take(struct ahead *ahead, struct rows_block *ret, struct error *err)
{
	const struct ahead_place *place = NULL;

	pthread_mutex_lock(&ahead->mutex);
	ahead->taken += ahead->looked_at;
	ahead->looked_at = false;
	pthread_cond_signal(&ahead->changed);
	while (ahead->given == ahead->taken && !ahead->ended) pthread_cond_wait(&ahead->changed, &ahead->mutex);
	if (ahead->given > ahead->taken) place = &ahead->places[ahead->taken % PLACES];
	ahead->looked_at = place;
	pthread_mutex_unlock(&ahead->mutex);
	if (!place) {
		if (!ahead->failed) return error_failed(err, "there are no more rows");
		*err = ahead->err;
		return false;
	}
	*ret = (struct rows_block){buffer_text(&place->bytes), place->rows};
	return true;
}

void ahead_end(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->mutex);
	ahead->unwanted = true;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	pthread_join(ahead->thread, NULL);
	release(ahead);
}
