/*
 * Progress: how far a long command is and how long it will take, on a terminal only and only past two seconds.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	const char *what; /* "enquiries" */
	size_t total;
	int64_t started_ms;
	int64_t shown_ms;
	bool terminal; /* standard error is one */
	bool shown;
};

void progress_start(struct progress *, const char *what, size_t total);
void progress_step(struct progress *, size_t done);
void progress_end(struct progress *);

#endif
