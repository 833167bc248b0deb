/*
 * Metrics: what the server counts, for Prometheus. Counters are atomic; any thread may add.
 */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

#include <stdatomic.h>

#include "base/buffer.h"

#define METRICS_BUCKETS 12

struct metrics {
	_Atomic int64_t answers[6]; /* by hundreds of status */
	_Atomic int64_t buckets[METRICS_BUCKETS + 1];
	_Atomic int64_t microseconds;
	_Atomic int64_t turned_away; /* past the queue */
	_Atomic int64_t in_flight;
	_Atomic int64_t written; /* requests that changed something */
	_Atomic int64_t jobs;    /* run by the writer for requests; jobs / groups is how many share a sync */
	_Atomic int64_t groups;
	atomic_bool in_group;
	_Atomic int64_t not_saved;
};

void metrics_answer(struct metrics *, int status, int64_t microseconds);

/* Prometheus's text format, 0.0.4. */
void metrics_write(struct metrics *, int queue_length, struct buffer *);

#endif
