/* Whatever the bytes: the reader ends, its lines only grow, and every field is UTF-8 from within the limits. */
#include <assert.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {len ? (const char *)bytes : "", len};
	ARENA_SCOPE arena;
	struct csv_record record;
	int64_t line = 0;
	struct error err;
	struct csv csv;
	bool end = false;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	error_clear(&err);
	csv_init(&csv, input, &arena);
	while (csv_next(&csv, &record, &end, &err) && !end) {
		assert(record.line > line && record.field_count > 0 && record.field_count <= CSV_FIELDS_MOST);
		line = record.line;
		for (size_t i = 0; i < record.field_count; i++)
			assert(record.fields[i].len <= len && text_utf8(record.fields[i]));
	}
	assert(end || err.kind == ERROR_INVALID);
	return 0;
}
