/*
 * What the programs of script/bench share: they end when anything fails, and tell the time.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static _Noreturn inline void die(const char *why)
{
	fprintf(
		stderr, "%s: %s%s%s\n", program_invocation_short_name, why, errno ? ": " : "", errno ? strerror(errno) : "");
	exit(3);
}

static inline double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* User and system time of a process so far. The name in parentheses may hold anything. */
static inline double cpu_s(const char *pid)
{
	char path[64], stat[1024] = {0};
	unsigned long user = 0, kernel = 0;
	const char *after;
	int fd;

	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, stat, sizeof stat - 1) <= 0) die(path);
	close(fd);
	after = strrchr(stat, ')');
	if (!after || sscanf(after + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
		die("the process's times");
	return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

#endif
