#include "cli/beside_message.h"

#define MARK TEXT("fanlight command 1\n")

static void put_number(struct buffer *into, size_t number)
{
	for (int shift = 0; shift < 32; shift += 8) buffer_char(into, (char)(number >> shift));
}

static void put_text(struct buffer *into, struct text text)
{
	put_number(into, text.len);
	buffer_append(into, text);
}

bool beside_request_write(struct buffer *into, const struct beside_request *request)
{
	if (request->word_count > BESIDE_WORDS_MOST || request->input_count > BESIDE_INPUTS_MOST) return false;
	buffer_append(into, MARK);
	buffer_char(into, (char)request->wish);
	buffer_char(into, request->terminal);
	put_text(into, text_none(request->use) ? TEXT("") : request->use);
	put_number(into, request->word_count);
	put_number(into, request->input_count);
	for (size_t i = 0; i < request->word_count; i++) put_text(into, request->words[i]);
	for (size_t i = 0; i < request->input_count; i++) put_text(into, request->inputs[i]);
	return !into->overflowed && into->len <= BESIDE_MESSAGE_BYTES;
}

static bool take_byte(struct text *bytes, unsigned most, unsigned *ret)
{
	if (!bytes->len) return false;
	*ret = (unsigned char)bytes->ptr[0];
	*bytes = text_slice(*bytes, 1, bytes->len);
	return *ret <= most;
}

static bool take_number(struct text *bytes, size_t most, size_t *ret)
{
	size_t number = 0;

	if (bytes->len < 4) return false;
	for (int i = 0; i < 4; i++) number |= (size_t)(unsigned char)bytes->ptr[i] << 8 * i;
	*bytes = text_slice(*bytes, 4, bytes->len);
	*ret = number;
	return number <= most;
}

/* A word of a command line holds no NUL, which ends it. */
static bool take_texts(struct text *bytes, size_t count, struct text *ret)
{
	for (size_t i = 0; i < count; i++) {
		size_t len;

		if (!take_number(bytes, bytes->len, &len) || len > bytes->len) return false;
		ret[i] = text_slice(*bytes, 0, len);
		if (text_index(ret[i], '\0') < len) return false;
		*bytes = text_slice(*bytes, len, bytes->len);
	}
	return true;
}

bool beside_request_read(struct text bytes, struct beside_request *ret)
{
	unsigned wish, terminal;

	if (bytes.len > BESIDE_MESSAGE_BYTES || !text_starts(bytes, MARK)) return false;
	bytes = text_slice(bytes, MARK.len, bytes.len);
	if (!take_byte(&bytes, BESIDE_NOTE, &wish) || !take_byte(&bytes, 1, &terminal)) return false;
	ret->wish = (enum beside_wish)wish;
	ret->terminal = terminal;
	return take_texts(&bytes, 1, &ret->use) && take_number(&bytes, BESIDE_WORDS_MOST, &ret->word_count) &&
		   take_number(&bytes, BESIDE_INPUTS_MOST, &ret->input_count) &&
		   take_texts(&bytes, ret->word_count, ret->words) && take_texts(&bytes, ret->input_count, ret->inputs) &&
		   !bytes.len;
}

void beside_reply_write(struct buffer *into, const struct beside_reply *reply)
{
	buffer_char(into, (char)reply->kind);
	if (reply->kind == BESIDE_DONE) buffer_char(into, (char)reply->code);
	if (reply->kind == BESIDE_PROGRESS) buffer_append(into, reply->message);
}

bool beside_reply_read(struct text bytes, struct beside_reply *ret)
{
	unsigned kind, code = 0;

	if (!take_byte(&bytes, BESIDE_DONE, &kind)) return false;
	*ret = (struct beside_reply){.kind = (enum beside_reply_kind)kind, .message = bytes};
	if (kind == BESIDE_PROGRESS) return true;
	if (kind == BESIDE_DONE && !take_byte(&bytes, EXIT_FAILED, &code)) return false;
	ret->code = (int)code;
	return !bytes.len;
}
