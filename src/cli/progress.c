#include "cli/progress.h"

#include <unistd.h>

#include "cli/beside.h"

#define QUIET_MS   2000
#define EVERY_MS   250
#define LINE_BYTES 160

void progress_start(struct progress *progress, const struct cli *cli, const char *what, size_t total)
{
	*progress = (struct progress){
		.cli = cli,
		.what = what,
		.total = total,
		.started_ms = clock_source_monotonic_ms(),
		.terminal = cli->asking || isatty(fileno(cli->messages)),
	};
}

static void show(const struct progress *progress, const char *words)
{
	if (progress->cli->asking) {
		beside_progress(progress->cli, text_of(words));
		return;
	}
	fputs(words, progress->cli->messages);
	fflush(progress->cli->messages);
}

bool progress_step(struct progress *progress, size_t done, struct error *err)
{
	char line[LINE_BYTES];
	int64_t now, passed;

	if (beside_left(progress->cli)) return error_refused(err, "nobody waits for it any more: nothing was done");
	if (!progress->terminal || !done || !progress->total) return true;
	now = clock_source_monotonic_ms();
	passed = now - progress->started_ms;
	if (passed < QUIET_MS || now - progress->shown_ms < EVERY_MS) return true;
	progress->shown_ms = now;
	progress->shown = true;
	snprintf(line, sizeof line, "\r%zu of %zu %s, about %lld s left   ", done, progress->total, progress->what,
		(long long)(passed * (int64_t)(progress->total - done) / (int64_t)done / SECOND_MS));
	show(progress, line);
	return true;
}

void progress_end(struct progress *progress)
{
	if (progress->shown) show(progress, "\r\033[K");
	progress->shown = false;
}
