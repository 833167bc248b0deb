#include "db/ahead.h"

#include <pthread.h>
#include <stdlib.h>

#define PLACES 4

struct ahead_place {
	struct buffer bytes;
	struct ahead_block block;
};

struct ahead {
	ahead_work *work;
	void *context;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct ahead_place places[PLACES];
	size_t given; /* how many ever were; the place is the remainder */
	size_t done;
	bool ending;
	bool failed;
	struct error err;
};

/* The next block to be worked on, or NULL when there are no more. */
static struct ahead_place *next(struct ahead *ahead)
{
	struct ahead_place *place = NULL;

	pthread_mutex_lock(&ahead->mutex);
	while (ahead->given == ahead->done && !ahead->ending) pthread_cond_wait(&ahead->changed, &ahead->mutex);
	if (ahead->given > ahead->done) place = &ahead->places[ahead->done % PLACES];
	pthread_mutex_unlock(&ahead->mutex);
	return place;
}

static void worked(struct ahead *ahead, bool done, const struct error *err)
{
	pthread_mutex_lock(&ahead->mutex);
	ahead->done++;
	if (!done) {
		ahead->failed = true;
		ahead->err = *err;
	}
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
}

static void *ahead_thread(void *arg)
{
	struct ahead *ahead = arg;
	struct ahead_place *place;
	struct error err = {0};
	bool done = true;

	while ((place = next(ahead))) {
		if (done) done = ahead->work(ahead->context, &place->block, &err);
		worked(ahead, done, &err);
	}
	return NULL;
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
	free(ahead);
	return error_failed(err, "could not start a thread");
}

/* A free place, or NULL once the work failed. */
static struct ahead_place *free_place(struct ahead *ahead, struct error *err)
{
	struct ahead_place *place;

	pthread_mutex_lock(&ahead->mutex);
	while (ahead->given - ahead->done == PLACES) pthread_cond_wait(&ahead->changed, &ahead->mutex);
	place = ahead->failed ? NULL : &ahead->places[ahead->given % PLACES];
	if (!place) *err = ahead->err;
	pthread_mutex_unlock(&ahead->mutex);
	return place;
}

bool ahead_give(struct ahead *ahead, const struct ahead_block *block, struct error *err)
{
	struct ahead_place *place = free_place(ahead, err);

	if (!place) return false;
	buffer_clear(&place->bytes);
	buffer_append(&place->bytes, block->rows.bytes);
	if (place->bytes.overflowed) return error_failed(err, "out of memory");
	place->block = *block;
	place->block.rows.bytes = buffer_text(&place->bytes);
	pthread_mutex_lock(&ahead->mutex);
	ahead->given++;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	return true;
}

bool ahead_end(struct ahead *ahead, struct error *err)
{
	bool done;

	pthread_mutex_lock(&ahead->mutex);
	ahead->ending = true;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	pthread_join(ahead->thread, NULL);
	done = !ahead->failed;
	if (!done && err) *err = ahead->err;
	for (size_t i = 0; i < PLACES; i++) buffer_release(&ahead->places[i].bytes);
	pthread_mutex_destroy(&ahead->mutex);
	pthread_cond_destroy(&ahead->changed);
	free(ahead);
	return done;
}
