/*
 * Lane: threads with one bounded queue of work, in order of arrival. Any thread may push.
 */
#ifndef HTTP_LANE_H
#define HTTP_LANE_H

#include "base/error.h"

struct lane;

struct lane_item {
	void (*run)(struct lane_item *); /* on one of the lane's threads */
	struct lane_item *next;          /* the queue's */
};

NODISCARD bool lane_start(int threads, int queue_limit, struct lane **ret, struct error *);

/* False past the limit: nothing was taken. */
NODISCARD bool lane_push(struct lane *, struct lane_item *);

/* For work that was accepted before and goes on: taken whatever the length. */
void lane_push_accepted(struct lane *, struct lane_item *);

int lane_length(struct lane *);

/* Finishes what is queued and joins the threads. */
void lane_stop(struct lane *);

#endif
