#include "unit.h"

#include "cli/beside_socket.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static void pair(int ends[2])
{
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
}

static void a_packet_comes_whole_with_what_was_passed(void **state)
{
	struct beside_packet sent = {.bytes = TEXT("words"), .passed_count = 2}, came;
	ARENA_SCOPE arena;
	struct text content;
	char bytes[64];
	int ends[2];

	(void)state;
	pair(ends);
	arena_init(&arena, ARENA_REQUEST_BYTES);
	sent.passed[0] = beside_memory_of(TEXT("one"));
	sent.passed[1] = beside_memory_of(TEXT(""));
	assert_true(beside_send(ends[0], &sent));
	beside_packet_close(&sent);
	assert_true(beside_receive(ends[1], bytes, sizeof bytes, &came));
	assert_true(text_is(came.bytes, "words"));
	assert_int_equal(came.passed_count, 2);
	assert_true(beside_memory_read(came.passed[0], 3, &arena, &content) && text_is(content, "one"));
	assert_false(beside_memory_read(came.passed[0], 2, &arena, &content));
	assert_true(beside_memory_read(came.passed[1], 3, &arena, &content) && text_is(content, ""));
	beside_packet_close(&came);
	close(ends[0]);
	assert_false(beside_receive(ends[1], bytes, sizeof bytes, &came));
	close(ends[1]);
}

static void a_packet_larger_than_asked_for_is_none(void **state)
{
	struct beside_packet sent = {.bytes = TEXT("more words")}, came;
	char bytes[4];
	int ends[2];

	(void)state;
	pair(ends);
	assert_true(beside_send(ends[0], &sent));
	assert_false(beside_receive(ends[1], bytes, sizeof bytes, &came));
	close(ends[0]);
	close(ends[1]);
}

static void to_nobody_nothing_is_sent_and_nobody_dies(void **state)
{
	struct beside_packet sent = {.bytes = TEXT("words")};
	int ends[2];

	(void)state;
	pair(ends);
	close(ends[1]);
	assert_false(beside_send(ends[0], &sent));
	close(ends[0]);
}

/* What a server could wait for, or find changed under it, is not read. */
static void only_sealed_memory_is_read(void **state)
{
	ARENA_SCOPE arena;
	struct text content;
	int pipes[2], open_memory = beside_memory(), file = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
	assert_false(beside_memory_read(pipes[0], 100, &arena, &content));
	assert_false(beside_memory_read(file, 100, &arena, &content));
	assert_false(beside_memory_read(open_memory, 100, &arena, &content));
	assert_int_equal(fcntl(open_memory, F_ADD_SEALS, F_SEAL_WRITE), 0);
	assert_false(beside_memory_read(open_memory, 100, &arena, &content));
	assert_int_equal(fcntl(open_memory, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK), 0);
	assert_true(beside_memory_read(open_memory, 100, &arena, &content));
	close(open_memory);
	close(file);
	close(pipes[0]);
	close(pipes[1]);
}

static void who_is_at_the_other_end_is_known(void **state)
{
	uid_t user = (uid_t)-1;
	int ends[2];

	(void)state;
	pair(ends);
	assert_true(beside_peer(ends[0], &user));
	assert_int_equal(user, geteuid());
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_packet_comes_whole_with_what_was_passed),
		cmocka_unit_test(a_packet_larger_than_asked_for_is_none),
		cmocka_unit_test(to_nobody_nothing_is_sent_and_nobody_dies),
		cmocka_unit_test(only_sealed_memory_is_read),
		cmocka_unit_test(who_is_at_the_other_end_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
