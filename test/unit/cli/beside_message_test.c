#include "unit.h"

#include "cli/beside_message.h"

static struct beside_request example(void)
{
	return (struct beside_request){.wish = BESIDE_NOTE,
		.terminal = true,
		.use = TEXT("rows=3"),
		.word_count = 3,
		.words = {TEXT("--as"), TEXT(""), TEXT("r\xc3\xa9port")},
		.input_count = 2,
		.inputs = {TEXT("a file.csv"), TEXT("")}};
}

static void assert_same(struct text given, struct text expected)
{
	assert_true(text_equal(given, expected));
}

static void what_was_written_is_read(void **state)
{
	struct beside_request in = example(), out;
	BUFFER_SCOPE bytes;

	(void)state;
	buffer_init(&bytes, BESIDE_MESSAGE_BYTES);
	assert_true(beside_request_write(&bytes, &in));
	assert_true(beside_request_read(buffer_text(&bytes), &out));
	assert_int_equal(out.wish, BESIDE_NOTE);
	assert_true(out.terminal);
	assert_same(out.use, in.use);
	assert_int_equal(out.word_count, 3);
	for (size_t i = 0; i < 3; i++) assert_same(out.words[i], in.words[i]);
	assert_int_equal(out.input_count, 2);
	for (size_t i = 0; i < 2; i++) assert_same(out.inputs[i], in.inputs[i]);
}

static void a_request_that_is_cut_or_goes_on_is_refused(void **state)
{
	struct beside_request in = example(), out;
	BUFFER_SCOPE bytes;

	(void)state;
	buffer_init(&bytes, BESIDE_MESSAGE_BYTES);
	assert_true(beside_request_write(&bytes, &in));
	for (size_t len = 0; len < bytes.len; len++)
		assert_false(beside_request_read(text_slice(buffer_text(&bytes), 0, len), &out));
	buffer_char(&bytes, 0);
	assert_false(beside_request_read(buffer_text(&bytes), &out));
}

/* Each byte changed to each value: refused, or something that has the bounds of a request. */
static void a_request_with_a_changed_byte_stays_within_its_bounds(void **state)
{
	struct beside_request in = example(), out;
	BUFFER_SCOPE bytes;

	(void)state;
	buffer_init(&bytes, BESIDE_MESSAGE_BYTES);
	assert_true(beside_request_write(&bytes, &in));
	for (size_t at = 0; at < bytes.len; at++) {
		char was = bytes.bytes[at];

		for (int value = 0; value < 256; value++) {
			bytes.bytes[at] = (char)value;
			if (!beside_request_read(buffer_text(&bytes), &out)) continue;
			assert_true(out.word_count <= BESIDE_WORDS_MOST && out.input_count <= BESIDE_INPUTS_MOST);
			for (size_t i = 0; i < out.word_count; i++) assert_int_equal(strlen(out.words[i].ptr) < bytes.len, 1);
		}
		bytes.bytes[at] = was;
	}
}

static void a_request_holds_so_many_words_and_bytes_and_no_more(void **state)
{
	struct beside_request in = {.word_count = BESIDE_WORDS_MOST}, out;
	static char word[BESIDE_MESSAGE_BYTES];
	BUFFER_SCOPE bytes;

	(void)state;
	buffer_init(&bytes, 2 * BESIDE_MESSAGE_BYTES);
	for (size_t i = 0; i < BESIDE_WORDS_MOST; i++) in.words[i] = TEXT("w");
	assert_true(beside_request_write(&bytes, &in));
	assert_true(beside_request_read(buffer_text(&bytes), &out));
	in.word_count++;
	assert_false(beside_request_write(&bytes, &in));
	memset(word, 'w', sizeof word);
	in = (struct beside_request){.word_count = 1, .words = {{word, sizeof word}}};
	buffer_clear(&bytes);
	assert_false(beside_request_write(&bytes, &in));
	assert_false(beside_request_read(buffer_text(&bytes), &out));
}

static void a_word_with_an_end_within_is_refused(void **state)
{
	struct beside_request in = {.word_count = 1, .words = {TEXT("a\0b")}}, out;
	BUFFER_SCOPE bytes;

	(void)state;
	buffer_init(&bytes, BESIDE_MESSAGE_BYTES);
	assert_true(beside_request_write(&bytes, &in));
	assert_false(beside_request_read(buffer_text(&bytes), &out));
}

static void replies_are_read_and_others_refused(void **state)
{
	const struct {
		struct text bytes;
		bool read;
	} cases[] = {
		{TEXT("\0"), true},      /* began */
		{TEXT("\0x"), false},    /* and more */
		{TEXT("\1"), true},      /* progress, of nothing */
		{TEXT("\1half"), true},  /* progress */
		{TEXT("\2\1"), true},    /* done: refused */
		{TEXT("\2\3"), true},    /* done: failed */
		{TEXT("\2\4"), false},   /* there is no such exit code */
		{TEXT("\2"), false},     /* done, with none */
		{TEXT("\2\0\0"), false}, /* and more */
		{TEXT("\3"), false},     /* there is no such reply */
		{TEXT(""), false},
	};
	struct beside_reply reply, done = {.kind = BESIDE_DONE, .code = EXIT_REFUSED};
	BUFFER_SCOPE bytes;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(beside_reply_read(cases[i].bytes, &reply), cases[i].read);
	buffer_init(&bytes, BESIDE_MESSAGE_BYTES);
	beside_reply_write(&bytes, &done);
	assert_true(beside_reply_read(buffer_text(&bytes), &reply));
	assert_int_equal(reply.code, EXIT_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(a_request_that_is_cut_or_goes_on_is_refused),
		cmocka_unit_test(a_request_with_a_changed_byte_stays_within_its_bounds),
		cmocka_unit_test(a_request_holds_so_many_words_and_bytes_and_no_more),
		cmocka_unit_test(a_word_with_an_end_within_is_refused),
		cmocka_unit_test(replies_are_read_and_others_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
