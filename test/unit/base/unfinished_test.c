#include "base/unfinished.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static void make(const char *path)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fclose(file);
}

/* A program that has one file whole and one not, and is told to stop. */
static int told(int which, const char *whole, const char *half, void (*disposition)(int))
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child) {
		signal(which, disposition);
		unfinished_begin(whole);
		unfinished_begin(half);
		make(whole);
		make(half);
		unfinished_end(whole);
		raise(which);
		_exit(7);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void what_is_half_made_goes_when_the_program_is_told_to_stop(void **state)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	char folder[] = "/tmp/unfinished_test.XXXXXX", whole[64], half[64];
	int status;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(whole, sizeof whole, "%s/whole", folder);
	snprintf(half, sizeof half, "%s/half", folder);
	for (size_t i = 0; i < COUNT_OF(signals); i++) {
		status = told(signals[i], whole, half, SIG_DFL);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
		assert_int_equal(access(whole, F_OK), 0);
		assert_int_equal(access(half, F_OK), -1);
	}
	status = told(SIGHUP, whole, half, SIG_IGN);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_int_equal(access(half, F_OK), 0);
	unlink(half);
	unlink(whole);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_half_made_goes_when_the_program_is_told_to_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
