#include "base/sealed.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>

#define MAGIC        "FANLIGHT SEALED 1\n"
#define MAGIC_BYTES  (sizeof MAGIC - 1)
#define HEADER_BYTES crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define MORE_BYTES   crypto_secretstream_xchacha20poly1305_ABYTES

typedef crypto_secretstream_xchacha20poly1305_state stream_state;

_Static_assert(sizeof(stream_state) <= SEALED_STATE_MOST, "the state must fit");
_Static_assert(SEALED_KEY_BYTES == crypto_secretstream_xchacha20poly1305_KEYBYTES, "the key must fit");

static stream_state *state_of(struct sealed *s)
{
	return (stream_state *)(void *)s->state;
}

bool sealed_key_from(struct text content, struct sealed_key *ret, struct error *err)
{
	if (content.len < SEALED_KEY_LEAST)
		return error_invalid(err, "a key file has at least %d bytes, this one has %zu", SEALED_KEY_LEAST, content.len);
	crypto_generichash(ret->bytes, sizeof ret->bytes, (const unsigned char *)content.ptr, content.len, NULL, 0);
	return true;
}

bool sealed_key_read(const char *path, struct sealed_key *ret, struct error *err)
{
	crypto_generichash_state hash;
	unsigned char bytes[4096];
	size_t len, total = 0;
	FILE *file = fopen(path, "rbe");
	bool whole;

	if (!file) return error_invalid(err, "the key file %s can't be read: %s", path, strerror(errno));
	crypto_generichash_init(&hash, NULL, 0, sizeof ret->bytes);
	while (total <= SEALED_KEY_MOST && (len = fread(bytes, 1, sizeof bytes, file)) > 0) {
		crypto_generichash_update(&hash, bytes, len);
		total += len;
	}
	whole = !ferror(file);
	fclose(file);
	sodium_memzero(bytes, sizeof bytes);
	if (!whole) return error_invalid(err, "the key file %s can't be read", path);
	if (total < SEALED_KEY_LEAST)
		return error_invalid(err, "a key file has at least %d bytes, %s has %zu", SEALED_KEY_LEAST, path, total);
	if (total > SEALED_KEY_MOST)
		return error_invalid(err, "a key file has at most %zu bytes, %s has more", SEALED_KEY_MOST, path);
	crypto_generichash_final(&hash, ret->bytes, sizeof ret->bytes);
	return true;
}

static bool not_written(struct error *err)
{
	if (errno != ENOSPC && errno != EDQUOT) return error_failed(err, "the file can't be written: %s", strerror(errno));
	error_failed(err, "the file can't be written: the disk is full");
	return error_hint(err, "Nothing of it was left there. Make room, or write it elsewhere.");
}

static bool put(struct sealed *s, const void *bytes, size_t len, struct error *err)
{
	if (fwrite(bytes, 1, len, s->file) == len) return true;
	return not_written(err);
}

bool sealed_begin(struct sealed *s, FILE *file, const struct sealed_key *key, const char *purpose, struct error *err)
{
	unsigned char header[HEADER_BYTES];

	s->file = file;
	s->purpose = purpose;
	s->held = s->given = 0;
	s->ended = false;
	crypto_secretstream_xchacha20poly1305_init_push(state_of(s), header, key->bytes);
	return put(s, MAGIC, MAGIC_BYTES, err) && put(s, header, sizeof header, err);
}

static bool put_chunk(struct sealed *s, unsigned char tag, struct error *err)
{
	unsigned char sealed[SEALED_CHUNK + MORE_BYTES];
	unsigned long long len;

	crypto_secretstream_xchacha20poly1305_push(
		state_of(s), sealed, &len, s->plain, s->held, (const unsigned char *)s->purpose, strlen(s->purpose), tag);
	s->held = 0;
	return put(s, sealed, (size_t)len, err);
}

bool sealed_write(struct sealed *s, const void *bytes, size_t len, struct error *err)
{
	const unsigned char *from = bytes;

	assert(!s->ended);
	while (len > 0) {
		size_t part = SEALED_CHUNK - s->held < len ? SEALED_CHUNK - s->held : len;

		if (s->held == SEALED_CHUNK) {
			if (!put_chunk(s, 0, err)) return false;
			continue;
		}
		memcpy(s->plain + s->held, from, part);
		s->held += part;
		from += part;
		len -= part;
	}
	return true;
}

/* The last chunk says that it is: a file that was cut has none. */
bool sealed_end(struct sealed *s, struct error *err)
{
	s->ended = true;
	if (!put_chunk(s, crypto_secretstream_xchacha20poly1305_TAG_FINAL, err)) return false;
	sodium_memzero(s->plain, sizeof s->plain);
	if (fflush(s->file) == 0) return true;
	return not_written(err);
}

static bool not_ours(struct error *err)
{
	return error_invalid(err, "this is no file sealed by Fanlight");
}

static bool broken(struct error *err)
{
	error_invalid(err, "the key is another's, or the file was changed or cut");
	return error_hint(err, "Nothing of it can be trusted. Take another copy, or the key it was sealed with.");
}

bool sealed_open(struct sealed *s, FILE *file, const struct sealed_key *key, const char *purpose, struct error *err)
{
	unsigned char begin[MAGIC_BYTES + HEADER_BYTES];

	s->file = file;
	s->purpose = purpose;
	s->held = s->given = 0;
	s->ended = false;
	if (fread(begin, 1, sizeof begin, file) != sizeof begin || memcmp(begin, MAGIC, MAGIC_BYTES) != 0)
		return not_ours(err);
	if (crypto_secretstream_xchacha20poly1305_init_pull(state_of(s), begin + MAGIC_BYTES, key->bytes) != 0)
		return broken(err);
	return true;
}

static bool take_chunk(struct sealed *s, struct error *err)
{
	unsigned char sealed[SEALED_CHUNK + MORE_BYTES], tag;
	unsigned long long len;
	size_t got = fread(sealed, 1, sizeof sealed, s->file);

	if (got < MORE_BYTES || crypto_secretstream_xchacha20poly1305_pull(state_of(s), s->plain, &len, &tag, sealed, got,
								(const unsigned char *)s->purpose, strlen(s->purpose)) != 0)
		return broken(err);
	s->held = (size_t)len;
	s->given = 0;
	s->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	if (s->ended && fgetc(s->file) != EOF) return broken(err);
	return true;
}

bool sealed_read(struct sealed *s, void *into, size_t most, size_t *ret_len, struct error *err)
{
	size_t part;

	while (s->given == s->held && !s->ended)
		if (!take_chunk(s, err)) return false;
	part = s->held - s->given < most ? s->held - s->given : most;
	memcpy(into, s->plain + s->given, part);
	s->given += part;
	*ret_len = part;
	return true;
}
