/*
 * Sealed files: encrypted and authenticated, for what leaves the database (the continuity list, a backup).
 *
 * libsodium's secretstream (XChaCha20-Poly1305) in chunks of 64 KB: a wrong key, a changed byte, a file that was cut, put
 * together anew or goes on behind its end is refused. What was read before the refusal is not to be used: read to the end first
 * where that matters. `purpose` is authenticated too, so that a file of one kind is never taken for another.
 *
 * The key is any file of SEALED_KEY_LEAST to SEALED_KEY_MOST bytes, its whole content hashed. The caller opens, syncs and renames files.
 */
#ifndef BASE_SEALED_H
#define BASE_SEALED_H

#include <stdio.h>

#include "base/error.h"

#define SEALED_KEY_LEAST  32
#define SEALED_KEY_MOST   ((size_t)1 << 20)
#define SEALED_KEY_BYTES  32
#define SEALED_CHUNK      ((size_t)64 << 10)
#define SEALED_STATE_MOST 128 /* of libsodium's, which stays out of this header */

struct sealed_key {
	unsigned char bytes[SEALED_KEY_BYTES];
};

/* From a key file's content, or from the file. */
NODISCARD bool sealed_key_from(struct text content, struct sealed_key *ret, struct error *);
NODISCARD bool sealed_key_read(const char *path, struct sealed_key *ret, struct error *);

struct sealed {
	FILE *file;
	const char *purpose;
	_Alignas(16) unsigned char state[SEALED_STATE_MOST];
	unsigned char plain[SEALED_CHUNK];
	size_t held; /* bytes of plain: still to be written, or not yet given out */
	size_t given;
	bool ended;
};

/* Writing: begin, write any number of times, end. Whoever writes a file syncs it after the end. */
NODISCARD bool sealed_begin(struct sealed *, FILE *, const struct sealed_key *, const char *purpose, struct error *);
NODISCARD bool sealed_write(struct sealed *, const void *bytes, size_t len, struct error *);
NODISCARD bool sealed_end(struct sealed *, struct error *);

/* Reading: open, then read until *ret_len is 0, which says that the whole file was as it was sealed. */
NODISCARD bool sealed_open(struct sealed *, FILE *, const struct sealed_key *, const char *purpose, struct error *);
NODISCARD bool sealed_read(struct sealed *, void *into, size_t most, size_t *ret_len, struct error *);

#endif
