/* Forms, segments and the headers that are parsed: nothing is read past its end, and what is taken is well formed. */
#include "http/form.h"
#include "http/header.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void headers(struct text input, struct error *err)
{
	int64_t version;
	struct origin origin = {.origin = input, .host = TEXT("hub")};

	assert(cookie_find(input, "fanlight_session").len <= input.len);
	if (version_tag_parse(input, &version, err)) assert(version >= 0);
	if (tag_list_has(input, TEXT("x"))) assert(input.len > 0);
	if (token_list_has(input, "gzip")) assert(input.len >= 4);
	if (path_is_local(input)) assert(input.ptr[0] == '/' && (input.len == 1 || input.ptr[1] != '/'));
	if (origin_is_ours(&origin)) assert(origin_may_be_ours(&origin));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	ARENA_SCOPE arena;
	struct text input = {(const char *)bytes, len}, segment;
	struct form form;
	struct error err;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	error_clear(&err);
	if (form_decode(input, &arena, &form, &err))
		for (size_t i = 0; i < form.count; i++) assert(text_utf8(form.rows[i].name) && text_utf8(form.rows[i].value));
	if (segment_decode(input, &arena, &segment, &err)) {
		assert(text_index(segment, '/') == segment.len);
		assert(segment_decode(form_encode(&arena, segment), &arena, &segment, &err));
	}
	headers(input, &err);
	return 0;
}
