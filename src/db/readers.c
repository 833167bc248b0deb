#include "db/readers.h"

void readers_init(struct readers *readers, struct place *place, int limit)
{
	*readers = (struct readers){.place = place, .limit = limit > 0 ? limit : 1};
	pthread_mutex_init(&readers->mutex, NULL);
	pthread_cond_init(&readers->freed, NULL);
}

void readers_release(struct readers *readers)
{
	while (readers->free) {
		struct connection *c = readers->free;

		readers->free = c->next;
		connection_close(c);
	}
	pthread_cond_destroy(&readers->freed);
	pthread_mutex_destroy(&readers->mutex);
}

/* A free connection, or NULL with leave to open one. */
static struct connection *wait_for_one(struct readers *readers)
{
	struct connection *c;

	pthread_mutex_lock(&readers->mutex);
	while (!readers->free && readers->opened >= readers->limit) pthread_cond_wait(&readers->freed, &readers->mutex);
	c = readers->free;
	if (c)
		readers->free = c->next;
	else
		readers->opened++;
	pthread_mutex_unlock(&readers->mutex);
	return c;
}

static void one_less(struct readers *readers)
{
	pthread_mutex_lock(&readers->mutex);
	readers->opened--;
	pthread_cond_signal(&readers->freed);
	pthread_mutex_unlock(&readers->mutex);
}

bool readers_take(struct readers *readers, struct connection **ret, struct error *err)
{
	struct connection *c = wait_for_one(readers);

	if (!c && !readers->place->engine->open(readers->place, CONNECTION_READER, &c, err)) {
		one_less(readers);
		return false;
	}
	*ret = c;
	return true;
}

void readers_give(struct readers *readers, struct connection *c)
{
	if (c->engine->lost(c)) {
		connection_close(c);
		one_less(readers);
		return;
	}
	pthread_mutex_lock(&readers->mutex);
	c->next = readers->free;
	readers->free = c;
	pthread_cond_signal(&readers->freed);
	pthread_mutex_unlock(&readers->mutex);
}
