#include "unit.h"

#include <stdalign.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static void memory_is_zeroed_and_aligned_and_stays(void **state)
{
	ARENA_SCOPE arena;
	unsigned char *first;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	first = arena_alloc(&arena, 100);
	memset(first, 0xAB, 100);
	for (size_t bytes = 1; bytes < 70000; bytes = bytes * 3 + 1) {
		unsigned char *memory = arena_alloc(&arena, bytes);

		assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
		for (size_t i = 0; i < bytes; i++) assert_int_equal(memory[i], 0);
		memset(memory, 0xCD, bytes);
	}
	for (size_t i = 0; i < 100; i++) assert_int_equal(first[i], 0xAB);
}

static void a_cleared_arena_starts_again_with_zeroed_memory(void **state)
{
	ARENA_SCOPE arena;
	size_t after_first;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	memset(arena_alloc(&arena, 1000), 0xAB, 1000);
	after_first = arena.used_bytes;
	for (int i = 0; i < 50; i++) arena_alloc(&arena, 10000);
	arena_clear(&arena);
	assert_int_equal(arena.used_bytes, after_first);
	assert_int_equal(*(unsigned char *)arena_alloc(&arena, 1000), 0);
	arena_release(&arena);
	assert_int_equal(arena.used_bytes, 0);
}

static void rewinding_keeps_what_stood_before_the_mark(void **state)
{
	ARENA_SCOPE arena;
	struct arena_mark mark, empty;
	struct text kept;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	empty = arena_mark(&arena);
	kept = arena_text(&arena, TEXT("kept"));
	mark = arena_mark(&arena);
	for (int i = 0; i < 50; i++) memset(arena_alloc(&arena, 10000), 0xAB, 10000);
	arena_rewind(&arena, mark);
	assert_int_equal(arena.used_bytes, mark.used_bytes);
	assert_int_equal(*(unsigned char *)arena_alloc(&arena, 100), 0);
	assert_text(kept, "kept");
	arena_rewind(&arena, empty);
	assert_int_equal(arena.used_bytes, 0);
}

static void a_copy_of_text_ends_in_nul_and_no_value_stays_none(void **state)
{
	ARENA_SCOPE arena;
	struct text copy;

	(void)state;
	arena_init(&arena, ARENA_REQUEST_BYTES);
	copy = arena_text(&arena, TEXT("Asha"));
	assert_text(copy, "Asha");
	assert_int_equal(copy.ptr[4], '\0');
	assert_text(arena_text(&arena, TEXT_NONE), NULL);
	assert_text(arena_text(&arena, TEXT("")), "");
	assert_string_equal(arena_cstr(&arena, text_slice(TEXT("Asha Rahman"), 5, 3)), "Rah");
	assert_text(arena_printf(&arena, "%d of %s", 17, "25"), "17 of 25");
}

/* What the program's exit is when f runs in a child of its own, its last words unheard. */
static int exit_of(void (*f)(void))
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		close(STDERR_FILENO);
		f();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void pass_the_limit(void)
{
	struct arena arena;

	arena_init(&arena, 100000);
	for (int i = 0; i < 1000; i++) arena_alloc(&arena, 1000);
}

static void ask_for_more_than_there_is_room_for_numbers(void)
{
	struct arena arena;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	arena_array(&arena, SIZE_MAX / 2, 3);
}

static void the_limit_is_the_end_of_the_program_with_exit_3(void **state)
{
	(void)state;
	assert_int_equal(exit_of(pass_the_limit), 3);
	assert_int_equal(exit_of(ask_for_more_than_there_is_room_for_numbers), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned_and_stays),
		cmocka_unit_test(a_cleared_arena_starts_again_with_zeroed_memory),
		cmocka_unit_test(rewinding_keeps_what_stood_before_the_mark),
		cmocka_unit_test(a_copy_of_text_ends_in_nul_and_no_value_stays_none),
		cmocka_unit_test(the_limit_is_the_end_of_the_program_with_exit_3),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
