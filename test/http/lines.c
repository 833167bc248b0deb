/*
 * Lines: scenarios played at the same time, each line a process that takes the next as soon as it is through with one. A
 * scenario is one client that asks one thing after another and mostly waits, for the disk or for the other engine. The
 * cases of all of them are numbered through and told as one; a line that dies leaves the whole without a plan.
 */
#include "play.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINES_MOST 4

static struct shared {
	pthread_mutex_t telling;
	int next, cases, failures;
	size_t renumbered;
} * shared;

static bool shared_open(void)
{
	pthread_mutexattr_t of_processes;

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) return false;
	pthread_mutexattr_init(&of_processes);
	pthread_mutexattr_setpshared(&of_processes, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->telling, &of_processes);
	pthread_mutexattr_destroy(&of_processes);
	return true;
}

void line_tell(bool good, struct text words, struct text why)
{
	struct text line;

	pthread_mutex_lock(&shared->telling);
	shared->cases++;
	shared->failures += !good;
	printf("%s %d - %.*s\n", good ? "ok" : "not ok", shared->cases, TEXT_ARG(words));
	while (!good && text_split(&why, '\n', &line)) printf("# %.*s\n", TEXT_ARG(line));
	fflush(stdout);
	pthread_mutex_unlock(&shared->telling);
}

void line_renumbered(size_t rows)
{
	__atomic_fetch_add(&shared->renumbered, rows, __ATOMIC_SEQ_CST);
}

static void play_line(void (*play)(const char *file), char **files, int count)
{
	for (int i; (i = __atomic_fetch_add(&shared->next, 1, __ATOMIC_SEQ_CST)) < count;) play(files[i]);
}

static bool all_end_well(int lines)
{
	bool well = true;
	int status;

	while (lines-- > 0)
		if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status)) well = false;
	return well;
}

int lines_play(void (*play)(const char *file), char **files, int count)
{
	int lines = count < LINES_MOST ? count : LINES_MOST;

	if (!shared_open()) return 3;
	fflush(stdout);
	for (int i = 0; i < lines; i++) {
		if (fork()) continue;
		play_line(play, files, count);
		begun_forget();
		exit(0);
	}
	if (!all_end_well(lines)) return 3;
	if (beside_wanted()) printf("# rows that go by another number on PostgreSQL: %zu\n", shared->renumbered);
	printf("1..%d\n", shared->cases);
	return shared->failures > 0;
}
