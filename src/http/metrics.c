#include "http/metrics.h"

static const int64_t upper_us[METRICS_BUCKETS] = {
	500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 5000000};

void metrics_answer(struct metrics *m, int status, int64_t microseconds)
{
	size_t bucket = 0;
	int hundreds = status / 100;

	while (bucket < METRICS_BUCKETS && microseconds > upper_us[bucket]) bucket++;
	atomic_fetch_add(&m->answers[hundreds < 1 || hundreds > 5 ? 0 : hundreds], 1);
	atomic_fetch_add(&m->buckets[bucket], 1);
	atomic_fetch_add(&m->microseconds, microseconds);
}

static void write_number(struct buffer *out, const char *type, const char *name, int64_t value)
{
	buffer_printf(out, "# TYPE %s %s\n%s %lld\n", name, type, name, (long long)value);
}

static void write_histogram(struct metrics *m, struct buffer *out)
{
	int64_t total = 0;

	buffer_literal(out, "# TYPE fanlight_answer_seconds histogram\n");
	for (size_t i = 0; i < METRICS_BUCKETS; i++) {
		total += atomic_load(&m->buckets[i]);
		buffer_printf(
			out, "fanlight_answer_seconds_bucket{le=\"%g\"} %lld\n", (double)upper_us[i] / 1e6, (long long)total);
	}
	total += atomic_load(&m->buckets[METRICS_BUCKETS]);
	buffer_printf(out, "fanlight_answer_seconds_bucket{le=\"+Inf\"} %lld\n", (long long)total);
	buffer_printf(out, "fanlight_answer_seconds_sum %.6f\n", (double)atomic_load(&m->microseconds) / 1e6);
	buffer_printf(out, "fanlight_answer_seconds_count %lld\n", (long long)total);
}

void metrics_write(struct metrics *m, int queue_length, struct buffer *out)
{
	buffer_literal(out, "# TYPE fanlight_answers_total counter\n");
	for (int i = 1; i < 6; i++)
		buffer_printf(out, "fanlight_answers_total{status=\"%dxx\"} %lld\n", i, (long long)atomic_load(&m->answers[i]));
	write_number(out, "counter", "fanlight_turned_away_total", atomic_load(&m->turned_away));
	write_number(out, "counter", "fanlight_written_total", atomic_load(&m->written));
	write_number(out, "counter", "fanlight_writer_jobs_total", atomic_load(&m->jobs));
	write_number(out, "counter", "fanlight_writer_groups_total", atomic_load(&m->groups));
	write_number(out, "counter", "fanlight_not_saved_total", atomic_load(&m->not_saved));
	write_number(out, "gauge", "fanlight_in_flight", atomic_load(&m->in_flight));
	write_number(out, "gauge", "fanlight_queue_length", queue_length);
	write_histogram(m, out);
}
