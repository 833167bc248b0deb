#include "base/fault.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"

static const char *const names[FAULT_POINT_COUNT] = {
	[FAULT_AT_CONNECT] = "connect",
	[FAULT_AT_BEGIN] = "begin",
	[FAULT_AT_PREPARE] = "prepare",
	[FAULT_AT_STEP] = "step",
	[FAULT_AT_COMMIT] = "commit",
	[FAULT_AT_SYNC] = "sync",
	[FAULT_AT_ALLOCATE] = "allocate",
};

static struct fault_plan own;
static struct fault_plan *plan = &own;

static _Noreturn void misused(const char *given)
{
	fprintf(stderr, "FANLIGHT_FAULT is POINT:N or the path of a plan, not \"%s\"\n", given);
	_exit(2);
}

static void take_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	plan = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (plan == MAP_FAILED) misused(path);
	close(fd);
}

static void take_point(const char *given)
{
	struct text rest = text_of(given), name;
	int64_t n;

	if (!text_split(&rest, ':', &name) || !text_int(rest, &n)) misused(given);
	for (int i = 0; i < FAULT_POINT_COUNT; i++) {
		if (!text_is(name, names[i])) continue;
		own.left[i] = n;
		return;
	}
	misused(given);
}

static void take_plan(void)
{
	const char *given = getenv("FANLIGHT_FAULT");

	if (!given) return;
	if (strchr(given, '/'))
		take_file(given);
	else
		take_point(given);
}

struct fault_plan *fault_plan(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, take_plan);
	return plan;
}

bool fault_now(enum fault_point point)
{
	struct fault_plan *p = fault_plan();

	if (p->left[point] <= 0 || p->left[point]-- != 1) return false;
	p->met[point]++;
	return true;
}

const char *fault_point_name(enum fault_point point)
{
	return point < FAULT_POINT_COUNT ? names[point] : NULL;
}
