/*
 * Arena: memory by lifetime. One arena for a request, a job or a command; allocate freely, free never, drop at
 * the end. The only place outside base that memory comes from.
 *
 * Invariants: what is handed out is zeroed, aligned for any type and stays where it is until the arena is
 * cleared or released. The limit is a ceiling on the whole arena, set well above what bounded input can need:
 * reaching it, or the machine having no memory, is the end of the program (exit 3, nothing acknowledged), never
 * a NULL. One thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>

#include "base/text.h"

struct arena_block;

struct arena {
	struct arena_block *newest;
	size_t used_bytes;
	size_t limit_bytes;
};

#define ARENA_REQUEST_BYTES ((size_t)64 << 20)
#define ARENA_COMMAND_BYTES ((size_t)1 << 30)

void arena_init(struct arena *, size_t limit_bytes);

/* Everything it handed out is gone; the first block is kept for the next use. */
void arena_clear(struct arena *);

/* Everything is gone; the arena is as after arena_init. */
void arena_release(struct arena *);

/* A place to come back to: for work done row by row, whose memory is wanted for one row only. */
struct arena_mark {
	struct arena_block *newest;
	size_t block_used_bytes;
	size_t used_bytes;
};

struct arena_mark arena_mark(const struct arena *);

/* What was handed out since the mark is gone; what was there before stays where it is. */
void arena_rewind(struct arena *, struct arena_mark);

/* How much it can still hand out before its limit. */
static inline size_t arena_room(const struct arena *arena)
{
	return arena->used_bytes < arena->limit_bytes ? arena->limit_bytes - arena->used_bytes : 0;
}

void *arena_alloc(struct arena *, size_t bytes);
void *arena_array(struct arena *, size_t count, size_t element_bytes); /* overflow-checked */

#define arena_new(arena, type)              ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_array(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

/* A copy that also has a NUL behind it; no value stays no value. */
struct text arena_text(struct arena *, struct text);
char *arena_cstr(struct arena *, struct text);
struct text arena_printf(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text arena_vprintf(struct arena *, const char *format, va_list) __attribute__((format(printf, 2, 0)));

/* Released at the end of the scope. */
static inline void arena_release_scope(struct arena *arena)
{
	arena_release(arena);
}
#define ARENA_SCOPE __attribute__((cleanup(arena_release_scope))) struct arena

#endif
