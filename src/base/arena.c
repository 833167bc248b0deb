#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fault.h"

struct arena_block {
	struct arena_block *older;
	size_t size_bytes;
	size_t used_bytes;
	alignas(max_align_t) char bytes[];
};

#define BLOCK_LEAST_BYTES ((size_t)16 << 10)
#define BLOCK_MOST_BYTES  ((size_t)1 << 20)

static _Noreturn void spent(const char *why)
{
	fprintf(stderr, "{\"level\":\"fatal\",\"event\":\"%s\"}\n", why);
	_exit(3); /* other threads are at work: nothing is torn down under them */
}

void arena_init(struct arena *arena, size_t limit_bytes)
{
	*arena = (struct arena){.limit_bytes = limit_bytes};
}

static void drop_blocks(struct arena *arena, bool keep_first)
{
	while (arena->newest && !(keep_first && !arena->newest->older)) {
		struct arena_block *older = arena->newest->older;

		free(arena->newest);
		arena->newest = older;
	}
}

void arena_clear(struct arena *arena)
{
	drop_blocks(arena, true);
	arena->used_bytes = 0;
	if (!arena->newest) return;
	if (arena->newest->size_bytes > BLOCK_MOST_BYTES) {
		drop_blocks(arena, false);
		return;
	}
	arena->newest->used_bytes = 0;
	arena->used_bytes = arena->newest->size_bytes;
}

void arena_release(struct arena *arena)
{
	drop_blocks(arena, false);
	arena->used_bytes = 0;
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){
		.newest = arena->newest,
		.block_used_bytes = arena->newest ? arena->newest->used_bytes : 0,
		.used_bytes = arena->used_bytes,
	};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
	while (arena->newest != mark.newest) {
		struct arena_block *older = arena->newest->older;

		free(arena->newest);
		arena->newest = older;
	}
	if (arena->newest) arena->newest->used_bytes = mark.block_used_bytes;
	arena->used_bytes = mark.used_bytes;
}

static size_t next_block_size(const struct arena *arena, size_t needed)
{
	size_t size = arena->newest ? arena->newest->size_bytes * 2 : BLOCK_LEAST_BYTES;

	if (size > BLOCK_MOST_BYTES) size = BLOCK_MOST_BYTES;
	return size < needed ? needed : size;
}

static void add_block(struct arena *arena, size_t needed)
{
	size_t size = next_block_size(arena, needed);
	struct arena_block *block;

	if (size > arena->limit_bytes || arena->used_bytes > arena->limit_bytes - size) spent("arena_limit");
	block = fault_now(FAULT_AT_ALLOCATE) ? NULL : malloc(sizeof *block + size);
	if (!block) spent("out_of_memory");
	*block = (struct arena_block){.older = arena->newest, .size_bytes = size};
	arena->newest = block;
	arena->used_bytes += size;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	size_t unit = alignof(max_align_t), rounded;
	void *memory;

	if (__builtin_add_overflow(bytes, unit - 1, &rounded)) spent("arena_limit");
	rounded = rounded / unit * unit;
	if (!arena->newest || arena->newest->size_bytes - arena->newest->used_bytes < rounded) add_block(arena, rounded);
	memory = arena->newest->bytes + arena->newest->used_bytes;
	arena->newest->used_bytes += rounded;
	return memset(memory, 0, bytes);
}

void *arena_array(struct arena *arena, size_t count, size_t element_bytes)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, element_bytes, &bytes)) spent("arena_limit");
	return arena_alloc(arena, bytes);
}

char *arena_cstr(struct arena *arena, struct text t)
{
	char *copy = arena_alloc(arena, t.len + 1);

	if (t.len) memcpy(copy, t.ptr, t.len);
	return copy;
}

struct text arena_text(struct arena *arena, struct text t)
{
	return text_none(t) ? t : (struct text){arena_cstr(arena, t), t.len};
}

struct text arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *out;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0) spent("bad_format");
	out = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(out, (size_t)len + 1, format, args);
	return (struct text){out, (size_t)len};
}

struct text arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	struct text made;

	va_start(args, format);
	made = arena_vprintf(arena, format, args);
	va_end(args);
	return made;
}
