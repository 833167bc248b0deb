#include "base/unfinished.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#define PATH_MOST 4096

static struct place {
	char path[PATH_MOST];
	atomic_bool used;
} places[UNFINISHED_MOST];

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

static void remove_all(int which)
{
	for (size_t i = 0; i < UNFINISHED_MOST; i++)
		if (atomic_load(&places[i].used)) unlink(places[i].path);
	raise(which);
}

/* The second time the signal comes, in remove_all, it does what it always does. */
static void listen_to_signals(void)
{
	struct sigaction action = {.sa_handler = remove_all, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)}, was;

	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		if (sigaction(signals[i], NULL, &was) == 0 && was.sa_handler == SIG_DFL) sigaction(signals[i], &action, NULL);
}

void unfinished_begin(const char *path)
{
	size_t len = strlen(path);

	listen_to_signals();
	for (size_t i = 0; i < UNFINISHED_MOST && len < PATH_MOST; i++) {
		if (atomic_load(&places[i].used)) continue;
		memcpy(places[i].path, path, len + 1);
		atomic_store(&places[i].used, true);
		return;
	}
}

void unfinished_end(const char *path)
{
	for (size_t i = 0; i < UNFINISHED_MOST; i++)
		if (atomic_load(&places[i].used) && strcmp(places[i].path, path) == 0) atomic_store(&places[i].used, false);
}
