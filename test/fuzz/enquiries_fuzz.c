/* Whatever the file: it is refused with a row named or decoded whole, and what is decoded is UTF-8 from within the limits. */
#include <assert.h>

#include "cli/enquiry_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(const struct enquiry_receive *in)
{
	const struct child_receive *children = in->children.rows;

	assert(in->children.count > 0 && in->children.count <= CHILDREN_MOST);
	assert(in->summary.len <= 65536 && text_utf8(in->summary) && !text_blank(in->summary));
	for (size_t i = 0; i < in->children.count; i++)
		assert(text_utf8(children[i].given_name) && text_utf8(children[i].nhs_number));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {len ? (const char *)bytes : "", len};
	struct enquiry_file file = {0};
	ARENA_SCOPE arena;
	bool form;

	arena_init(&arena, ARENA_COMMAND_BYTES);
	form = enquiry_file_read(&file, &arena, input);
	assert(form || file.rejected.count > 0);
	for (size_t i = 0; form && i < file.table.group_count; i++) {
		size_t before = file.rejected.count;
		struct enquiry_receive in;

		if (enquiry_file_decode(&file, &file.table.groups[i], &arena, &in))
			check(&in);
		else
			assert(file.rejected.count > before);
	}
	return 0;
}
