#include "unit.h"

#include "base/sealed.h"

#define PURPOSE "test"

static struct sealed_key key_of(const char *content)
{
	struct sealed_key key;
	struct error err = {0};

	assert_true(sealed_key_from(text_of(content), &key, &err));
	return key;
}

static const char our_key[] = "0123456789abcdef0123456789abcdef";

/* Sealed into memory; the caller frees *ret_bytes. */
static size_t seal(const unsigned char *plain, size_t len, char **ret_bytes)
{
	static struct sealed s;
	struct sealed_key key = key_of(our_key);
	struct error err = {0};
	size_t size, half = len / 3;
	FILE *file = open_memstream(ret_bytes, &size);

	assert_true(sealed_begin(&s, file, &key, PURPOSE, &err));
	assert_true(sealed_write(&s, plain, half, &err) && sealed_write(&s, plain + half, len - half, &err));
	assert_true(sealed_end(&s, &err));
	fclose(file);
	return size;
}

static bool unseal(
	const char *bytes, size_t size, struct sealed_key key, const char *purpose, unsigned char *into, size_t *ret_len)
{
	static struct sealed s;
	struct error err = {0};
	static char empty[1];
	FILE *file = size ? fmemopen((void *)(uintptr_t)bytes, size, "r") : fmemopen(empty, 1, "r");
	size_t len;
	bool ok = sealed_open(&s, file, &key, purpose, &err);

	*ret_len = 0;
	do {
		ok = ok && sealed_read(&s, into + *ret_len, 1000, &len, &err);
		*ret_len += ok ? len : 0;
	} while (ok && len);
	fclose(file);
	assert_int_equal(ok, err.kind == ERROR_NONE);
	return ok;
}

static void what_was_sealed_comes_back_whatever_its_length(void **state)
{
	static const size_t lengths[] = {
		0, 1, 999, SEALED_CHUNK - 1, SEALED_CHUNK, SEALED_CHUNK + 1, 3 * SEALED_CHUNK, 200000};
	static unsigned char plain[3 * SEALED_CHUNK], back[3 * SEALED_CHUNK + 1000];

	(void)state;
	for (size_t i = 0; i < sizeof plain; i++) plain[i] = (unsigned char)(i * 31 + i / 255);
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		size_t len = lengths[i] <= sizeof plain ? lengths[i] : sizeof plain, size, got;
		char *bytes;

		size = seal(plain, len, &bytes);
		assert_true(unseal(bytes, size, key_of(our_key), PURPOSE, back, &got));
		assert_int_equal(got, len);
		assert_memory_equal(plain, back, len);
		free(bytes);
	}
}

static void a_changed_byte_a_cut_and_an_addition_are_refused(void **state)
{
	static const unsigned char plain[] = "OX-0695 red";
	unsigned char back[4000];
	size_t got;
	char *bytes;
	size_t size = seal(plain, sizeof plain, &bytes);

	(void)state;
	for (size_t i = 0; i < size; i++) {
		bytes[i] = (char)(bytes[i] ^ 1);
		assert_false(unseal(bytes, size, key_of(our_key), PURPOSE, back, &got));
		bytes[i] = (char)(bytes[i] ^ 1);
		assert_false(unseal(bytes, i, key_of(our_key), PURPOSE, back, &got));
	}
	assert_true(unseal(bytes, size, key_of(our_key), PURPOSE, back, &got));
	bytes = realloc(bytes, size + 1);
	bytes[size] = 'x';
	assert_false(unseal(bytes, size + 1, key_of(our_key), PURPOSE, back, &got));
	free(bytes);
}

/* Where it is cut between two chunks, all that is left is authentic: the end is what is missing. */
static void a_cut_at_a_chunks_end_is_refused(void **state)
{
	static unsigned char plain[SEALED_CHUNK + 10], back[2 * SEALED_CHUNK];
	size_t got;
	char *bytes;
	size_t size = seal(plain, sizeof plain, &bytes);

	(void)state;
	assert_false(unseal(bytes, size - 10 - 17, key_of(our_key), PURPOSE, back, &got));
	free(bytes);
}

static void another_key_and_another_purpose_are_refused(void **state)
{
	static const unsigned char plain[] = "OX-0695 red";
	unsigned char back[4000];
	size_t got;
	char *bytes;
	size_t size = seal(plain, sizeof plain, &bytes);

	(void)state;
	assert_false(unseal(bytes, size, key_of("0123456789abcdef0123456789abcdeg"), PURPOSE, back, &got));
	assert_false(unseal(bytes, size, key_of("0123456789abcdef0123456789abcdef "), PURPOSE, back, &got));
	assert_false(unseal(bytes, size, key_of(our_key), "backup", back, &got));
	free(bytes);
}

static void a_key_has_at_least_32_bytes(void **state)
{
	struct sealed_key key;
	struct error err = {0};

	(void)state;
	assert_true(sealed_key_from(TEXT("0123456789abcdef0123456789abcdef"), &key, &err));
	assert_false(sealed_key_from(TEXT("0123456789abcdef0123456789abcde"), &key, &err));
	assert_non_null(strstr(err.message, "at least 32 bytes"));
	assert_false(sealed_key_read("/nowhere/key", &key, &err));
	assert_non_null(strstr(err.message, "can't be read"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_sealed_comes_back_whatever_its_length),
		cmocka_unit_test(a_changed_byte_a_cut_and_an_addition_are_refused),
		cmocka_unit_test(a_cut_at_a_chunks_end_is_refused),
		cmocka_unit_test(another_key_and_another_purpose_are_refused),
		cmocka_unit_test(a_key_has_at_least_32_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
