/*
 * Progress: how far a long command is and how long it will take, on a terminal only and only past two seconds. Also
 * where a command ends early because nobody waits for it any more.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"

struct progress {
	const struct cli *cli;
	const char *what; /* "enquiries" */
	size_t total;
	int64_t started_ms;
	int64_t shown_ms;
	bool terminal; /* messages go to one */
	bool shown;
};

void progress_start(struct progress *, const struct cli *, const char *what, size_t total);

/* False where a server runs the command and who asked for it has left: so that nothing of it is kept. */
NODISCARD bool progress_step(struct progress *, size_t done, struct error *);
void progress_end(struct progress *);

#endif
