#include "cli/progress.h"

#include <unistd.h>

#include "base/clock_source.h"

#define QUIET_MS 2000
#define EVERY_MS 250

void progress_start(struct progress *progress, const char *what, size_t total)
{
	*progress = (struct progress){
		.what = what,
		.total = total,
		.started_ms = clock_source_monotonic_ms(),
		.terminal = isatty(STDERR_FILENO),
	};
}

void progress_step(struct progress *progress, size_t done)
{
	int64_t now, passed;

	if (!progress->terminal || !done || !progress->total) return;
	now = clock_source_monotonic_ms();
	passed = now - progress->started_ms;
	if (passed < QUIET_MS || now - progress->shown_ms < EVERY_MS) return;
	progress->shown_ms = now;
	progress->shown = true;
	fprintf(stderr, "\r%zu of %zu %s, about %lld s left   ", done, progress->total, progress->what,
		(long long)(passed * (int64_t)(progress->total - done) / (int64_t)done / SECOND_MS));
	fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (progress->shown) fputs("\r\033[K", stderr);
	progress->shown = false;
}
