/* What comes to the socket of commands: nothing is read past its end, and what is taken is written again as it came. */
#include "cli/beside_message.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void request(struct text input)
{
	static struct beside_request request;
	BUFFER_SCOPE again;

	buffer_init(&again, 2 * BESIDE_MESSAGE_BYTES);
	if (beside_request_read(input, &request))
		assert(beside_request_write(&again, &request) && text_equal(buffer_text(&again), input));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {(const char *)bytes, len};
	struct beside_reply reply;
	BUFFER_SCOPE again;

	request(input);
	buffer_init(&again, len + 1);
	if (!beside_reply_read(input, &reply)) return 0;
	beside_reply_write(&again, &reply);
	assert(text_equal(buffer_text(&again), input));
	return 0;
}
