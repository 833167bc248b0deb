/* JSON bodies: what is taken is one object that reads the same when it is written and read again. */
#include "http/intake.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {(const char *)bytes, len};
	json_t *taken, *again;
	struct error err;
	char *written;

	error_clear(&err);
	if (!json_intake(input, &taken, &err)) return 0;
	assert(json_is_object(taken));
	written = json_dumps(taken, JSON_COMPACT | JSON_REAL_PRECISION(17));
	assert(written && json_intake(text_of(written), &again, &err));
	assert(json_object_size(again) == json_object_size(taken));
	free(written);
	json_decref(again);
	json_decref(taken);
	return 0;
}
