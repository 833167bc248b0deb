#include "db/backup.h"

#include <fcntl.h>
#include <stdlib.h>

#include "db/backup_part.h"
#include "db/dialect.h"
#include "db/pack.h"

#define SEND_ON_BYTES ((size_t)4 << 20)

struct backup_writer {
	struct sealed sealed;
	const struct backup_head *head;
	struct buffer part;
	struct rows_hashing hashing;
	struct rows_sum *sums;
	size_t table;
	size_t kept_back; /* bytes since the disk was last asked to begin with them */
};

/* The letter and the length, then what there is of it in one piece or two. */
static bool write_part(struct backup_writer *w, char letter, struct text more, struct error *err)
{
	struct buffer front;
	char bytes[1 + PACKED_COUNT_MOST];
	size_t len = 1;
	bool done;

	if (w->part.overflowed) return error_failed(err, "the backup is too large: a part of it passes its limit");
	bytes[0] = letter;
	buffer_init(&front, sizeof bytes);
	pack_count(&front, w->part.len + more.len);
	memcpy(bytes + 1, front.bytes, front.len);
	len += front.len;
	buffer_release(&front);
	done = sealed_write(&w->sealed, bytes, len, err) && sealed_write(&w->sealed, w->part.bytes, w->part.len, err) &&
		   sealed_write(&w->sealed, more.ptr, more.len, err);
	buffer_clear(&w->part);
	return done;
}

static void pack_table(struct buffer *out, const struct rows_table *table)
{
	pack_text(out, table->name);
	pack_text(out, table->key);
	pack_count(out, table->own_id);
	pack_count(out, table->column_count);
	for (size_t i = 0; i < table->column_count; i++) {
		pack_text(out, table->columns[i].name);
		pack_text(out, text_of(dialect_type_name(table->columns[i].type)));
	}
}

static bool write_head(struct backup_writer *w, struct error *err)
{
	const struct backup_head *head = w->head;
	struct buffer *out = &w->part;

	pack_number(out, BACKUP_FORMAT);
	pack_text(out, head->program);
	pack_text(out, head->engine);
	pack_number(out, head->taken_at);
	pack_text(out, head->authority);
	pack_text(out, head->reference_prefix);
	pack_count(out, head->simulated);
	pack_count(out, head->migration_count);
	for (size_t i = 0; i < head->migration_count; i++) {
		pack_number(out, head->migrations[i].number);
		pack_text(out, head->migrations[i].name);
		pack_text(out, head->migrations[i].checksum);
		pack_number(out, head->migrations[i].applied_at);
	}
	pack_count(out, head->schema.count);
	for (size_t i = 0; i < head->schema.count; i++) pack_table(out, &head->schema.tables[i]);
	return write_part(w, PART_HEAD, TEXT(""), err);
}

bool backup_begin(FILE *file, const struct sealed_key *key, const struct backup_head *head, struct backup_writer **ret,
	struct error *err)
{
	struct backup_writer *w = calloc(1, sizeof *w);

	if (!w) return error_failed(err, "out of memory");
	w->head = head;
	w->sums = calloc(head->schema.count + 1, sizeof *w->sums);
	buffer_init(&w->part, ROWS_BLOCK_MOST);
	*ret = w;
	if (w->sums && sealed_begin(&w->sealed, file, key, BACKUP_PURPOSE, err) && write_head(w, err)) return true;
	if (!w->sums) error_failed(err, "out of memory");
	backup_end(w);
	return false;
}

/* Closes the tables up to this one: those without rows have no block. */
static void come_to(struct backup_writer *w, size_t table)
{
	for (; w->table < table; w->table++) {
		rows_hash_end(&w->hashing, &w->sums[w->table]);
		rows_hash_begin(&w->hashing);
	}
}

/* The disk writes while rows are still read, so that the sync at the end, which is what counts, has little left to do. */
static void send_on(struct backup_writer *w, size_t bytes)
{
	w->kept_back += bytes;
	if (w->kept_back < SEND_ON_BYTES) return;
	(void)sync_file_range(fileno(w->sealed.file), 0, 0, SYNC_FILE_RANGE_WRITE);
	w->kept_back = 0;
}

/* Hashed and sealed here, while those behind are read beside. */
static bool seal_block(void *context, size_t table, const struct rows_block *rows, struct error *err)
{
	struct backup_writer *w = context;

	come_to(w, table);
	rows_hash_block(&w->hashing, rows);
	pack_count(&w->part, table);
	pack_count(&w->part, (uint64_t)rows->rows);
	send_on(w, rows->bytes.len);
	return write_part(w, PART_BLOCK, rows->bytes, err);
}

static bool write_rows(struct backup_writer *w, struct tx *tx, struct error *err)
{
	rows_hash_begin(&w->hashing);
	if (!rows_read_all(tx, &w->head->schema, seal_block, w, err)) return false;
	come_to(w, w->head->schema.count);
	return true;
}

static bool write_manifest(struct backup_writer *w, struct error *err)
{
	const struct rows_schema *schema = &w->head->schema;
	int64_t all = 0;

	pack_count(&w->part, schema->count);
	for (size_t i = 0; i < schema->count; i++) {
		pack_count(&w->part, (uint64_t)w->sums[i].rows);
		buffer_bytes(&w->part, w->sums[i].hash, sizeof w->sums[i].hash);
		all += w->sums[i].rows;
	}
	pack_count(&w->part, (uint64_t)all);
	return write_part(w, PART_MANIFEST, TEXT(""), err);
}

bool backup_write(struct backup_writer *w, struct tx *tx, struct error *err)
{
	return write_rows(w, tx, err) && write_manifest(w, err) && sealed_end(&w->sealed, err);
}

const struct rows_sum *backup_written(const struct backup_writer *w)
{
	return w->sums;
}

void backup_end(struct backup_writer *w)
{
	buffer_release(&w->part);
	free(w->sums);
	free(w);
}
