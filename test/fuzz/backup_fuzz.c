/* A backup's content, once it is unsealed: whatever the bytes are, reading it ends with an answer, and rows are one way only. */
#include "db/backup.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct given {
	struct backup_source source; /* first: the reader knows only this */
	const uint8_t *bytes;
	size_t len;
};

static bool read_given(struct backup_source *source, void *into, size_t most, size_t *ret_len, struct error *err)
{
	struct given *given = (struct given *)source;

	(void)err;
	*ret_len = given->len < most ? given->len : most;
	memcpy(into, given->bytes, *ret_len);
	given->bytes += *ret_len;
	given->len -= *ret_len;
	return true;
}

/* Rows that are taken are written again as they were. */
static void check_rows(const struct rows_table *table, const struct rows_block *block)
{
	struct rows_value values[ROWS_COLUMNS_MOST];
	struct text rest = block->bytes;
	BUFFER_SCOPE again;

	buffer_init(&again, ROWS_BLOCK_MOST);
	while (rest.len) {
		if (!rows_decode(&rest, table, values)) return;
		rows_encode(&again, table, values);
	}
	assert(text_equal(buffer_text(&again), block->bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct given given = {{read_given}, bytes, len};
	struct backup_part part = {0};
	struct backup_reader *reader;
	struct error err;

	error_clear(&err);
	if (!backup_open_source(&given.source, &reader, &err)) {
		assert(err.kind != ERROR_NONE);
		return 0;
	}
	while (!part.end) {
		if (!backup_next(reader, &part, &err)) break;
		if (!part.end) check_rows(&backup_head(reader)->schema.tables[part.table], &part.block);
	}
	backup_close(reader);
	return 0;
}
