#include "db/backup.h"

#include <stdlib.h>

#include "db/backup_part.h"
#include "db/dialect.h"
#include "db/pack.h"

#define PART_MOST  (ROWS_BLOCK_MOST + 64)
#define TAKE_BYTES ((size_t)64 << 10)
#define ARENA_MOST ((size_t)256 << 20)

struct sealed_source {
	struct backup_source source; /* first: the reader knows only this */
	struct sealed sealed;
};

struct backup_reader {
	struct backup_source *source;
	struct sealed_source *sealed; /* owned; NULL where the source is somebody else's */
	struct arena arena;
	struct buffer part;
	struct backup_head head;
	struct rows_hashing hashing; /* of the table whose rows come now */
	struct rows_sum *sums;
	size_t table;
	struct rows_value values[ROWS_COLUMNS_MOST];
};

static bool spoilt(struct error *err, const char *what)
{
	error_invalid(err, "the backup is not whole: %s", what);
	return error_hint(err, "Nothing of it can be trusted. Take another backup.");
}

static bool read_sealed(struct backup_source *source, void *into, size_t most, size_t *ret_len, struct error *err)
{
	return sealed_read(&((struct sealed_source *)source)->sealed, into, most, ret_len, err);
}

/* Exactly so many bytes. */
static bool read_bytes(struct backup_reader *r, char *into, size_t len, struct error *err)
{
	while (len > 0) {
		size_t got;

		if (!r->source->read(r->source, into, len, &got, err)) return false;
		if (!got) return spoilt(err, "it ends too early");
		into += got;
		len -= got;
	}
	return true;
}

static bool read_length(struct backup_reader *r, uint64_t *ret, struct error *err)
{
	char bytes[PACKED_COUNT_MOST];

	for (size_t len = 0; len < sizeof bytes; len++) {
		struct text rest = {bytes, len + 1};

		if (!read_bytes(r, bytes + len, 1, err)) return false;
		if (!((unsigned char)bytes[len] & 0x80)) return unpack_count(&rest, ret) || spoilt(err, "a length is none");
	}
	return spoilt(err, "a length is none");
}

/* A little at a time: a length that lies costs no memory. */
static bool read_part(struct backup_reader *r, char *ret_letter, struct error *err)
{
	char bytes[TAKE_BYTES];
	uint64_t len;

	if (!read_bytes(r, ret_letter, 1, err) || !read_length(r, &len, err)) return false;
	if (len > PART_MOST) return spoilt(err, "a part of it is too long");
	buffer_clear(&r->part);
	while (len > 0) {
		size_t some = len < sizeof bytes ? (size_t)len : sizeof bytes;

		if (!read_bytes(r, bytes, some, err)) return false;
		buffer_bytes(&r->part, bytes, some);
		len -= some;
	}
	return !r->part.overflowed || error_failed(err, "out of memory");
}

static bool take_text(struct backup_reader *r, struct text *rest, struct text *ret)
{
	struct text borrowed;

	if (!unpack_text(rest, &borrowed)) return false;
	*ret = arena_text(&r->arena, borrowed);
	return true;
}

static bool take_flag(struct text *rest, bool *ret)
{
	uint64_t n;

	if (!unpack_count(rest, &n) || n > 1) return false;
	*ret = n == 1;
	return true;
}

static bool take_many(struct text *rest, size_t most, size_t *ret)
{
	uint64_t n;

	if (!unpack_count(rest, &n) || n > most) return false;
	*ret = (size_t)n;
	return true;
}

static bool take_migrations(struct backup_reader *r, struct text *rest)
{
	struct backup_head *head = &r->head;

	if (!take_many(rest, BACKUP_MIGRATIONS_MOST, &head->migration_count)) return false;
	head->migrations = arena_new_array(&r->arena, head->migration_count, struct migration_applied);
	for (size_t i = 0; i < head->migration_count; i++) {
		struct migration_applied *m = &head->migrations[i];

		if (!unpack_number(rest, &m->number) || !take_text(r, rest, &m->name) || !take_text(r, rest, &m->checksum) ||
			!unpack_number(rest, &m->applied_at))
			return false;
	}
	return true;
}

static bool take_table(struct backup_reader *r, struct text *rest, struct rows_table *table)
{
	if (!take_text(r, rest, &table->name) || !take_text(r, rest, &table->key) || !take_flag(rest, &table->own_id) ||
		!take_many(rest, ROWS_COLUMNS_MOST, &table->column_count))
		return false;
	table->columns = arena_new_array(&r->arena, table->column_count, struct rows_column);
	for (size_t i = 0; i < table->column_count; i++) {
		struct rows_column *column = &table->columns[i];
		struct text type;

		if (!take_text(r, rest, &column->name) || !unpack_text(rest, &type) || !dialect_type_named(type, &column->type))
			return false;
	}
	return table->column_count > 0;
}

static bool take_schema(struct backup_reader *r, struct text *rest)
{
	struct rows_schema *schema = &r->head.schema;

	if (!take_many(rest, BACKUP_TABLES_MOST, &schema->count)) return false;
	schema->tables = arena_new_array(&r->arena, schema->count, struct rows_table);
	for (size_t i = 0; i < schema->count; i++)
		if (!take_table(r, rest, &schema->tables[i])) return false;
	return true;
}

static bool take_head(struct backup_reader *r, struct text *rest)
{
	struct backup_head *head = &r->head;

	return take_text(r, rest, &head->program) && take_text(r, rest, &head->engine) &&
		   unpack_number(rest, &head->taken_at) && take_text(r, rest, &head->authority) &&
		   take_text(r, rest, &head->reference_prefix) && take_flag(rest, &head->simulated) &&
		   take_migrations(r, rest) && take_schema(r, rest) && !rest->len;
}

static bool read_head(struct backup_reader *r, struct error *err)
{
	struct text rest;
	char letter;

	if (!read_part(r, &letter, err)) return false;
	rest = buffer_text(&r->part);
	if (letter != PART_HEAD || !unpack_number(&rest, &r->head.format)) return spoilt(err, "it has no beginning");
	if (r->head.format != BACKUP_FORMAT) {
		error_refused(err, "the backup is of another format (%lld) than this program reads", (long long)r->head.format);
		return error_hint(err, "Run the version of the program that wrote it, or a later one.");
	}
	if (!take_head(r, &rest)) return spoilt(err, "its beginning can't be read");
	r->sums = arena_new_array(&r->arena, r->head.schema.count + 1, struct rows_sum);
	rows_hash_begin(&r->hashing);
	return true;
}

static bool open_reader(
	struct backup_source *source, struct sealed_source *sealed, struct backup_reader **ret, struct error *err)
{
	struct backup_reader *r = calloc(1, sizeof *r);

	if (!r) {
		free(sealed);
		return error_failed(err, "out of memory");
	}
	r->source = source;
	r->sealed = sealed;
	arena_init(&r->arena, ARENA_MOST);
	buffer_init(&r->part, PART_MOST + 1);
	*ret = r;
	if (read_head(r, err)) return true;
	backup_close(r);
	return false;
}

bool backup_open_source(struct backup_source *source, struct backup_reader **ret, struct error *err)
{
	return open_reader(source, NULL, ret, err);
}

bool backup_open(FILE *file, const struct sealed_key *key, struct backup_reader **ret, struct error *err)
{
	struct sealed_source *source = calloc(1, sizeof *source);

	if (!source) return error_failed(err, "out of memory");
	source->source.read = read_sealed;
	if (sealed_open(&source->sealed, file, key, BACKUP_PURPOSE, err))
		return open_reader(&source->source, source, ret, err);
	free(source);
	return false;
}

const struct backup_head *backup_head(const struct backup_reader *r)
{
	return &r->head;
}

/* Closes the tables up to this one: those without rows have no block. */
static void come_to(struct backup_reader *r, size_t table)
{
	for (; r->table < table; r->table++) {
		rows_hash_end(&r->hashing, &r->sums[r->table]);
		rows_hash_begin(&r->hashing);
	}
}

static bool take_block(struct backup_reader *r, struct text rest, struct backup_part *ret, struct error *err)
{
	uint64_t table, rows;

	if (!unpack_count(&rest, &table) || table >= r->head.schema.count || table < r->table)
		return spoilt(err, "its tables are not in order");
	if (!unpack_count(&rest, &rows) || !rows || rows > rest.len) return spoilt(err, "a block of it has no rows");
	come_to(r, (size_t)table);
	*ret = (struct backup_part){.table = (size_t)table, .block = {rest, (int64_t)rows}};
	rows_hash_block(&r->hashing, &ret->block);
	return true;
}

static bool take_sum(struct text *rest, struct rows_sum *ret)
{
	uint64_t rows;

	if (!unpack_count(rest, &rows) || rows > INT64_MAX || rest->len < sizeof ret->hash) return false;
	ret->rows = (int64_t)rows;
	memcpy(ret->hash, rest->ptr, sizeof ret->hash);
	*rest = text_slice(*rest, sizeof ret->hash, rest->len);
	return true;
}

static bool check_manifest(struct backup_reader *r, struct text rest, struct error *err)
{
	const struct rows_schema *schema = &r->head.schema;
	uint64_t count, all = 0, all_said;

	if (!unpack_count(&rest, &count) || count != schema->count) return spoilt(err, "its manifest can't be read");
	for (size_t i = 0; i < schema->count; i++) {
		struct rows_sum said;

		if (!take_sum(&rest, &said)) return spoilt(err, "its manifest can't be read");
		if (!rows_sum_equal(&said, &r->sums[i])) {
			error_invalid(err, "the backup is not whole: %.*s has %lld rows, the manifest says %lld, or others",
				TEXT_ARG(schema->tables[i].name), (long long)r->sums[i].rows, (long long)said.rows);
			return error_hint(err, "Nothing of it can be trusted. Take another backup.");
		}
		all += (uint64_t)said.rows;
	}
	if (!unpack_count(&rest, &all_said) || all_said != all || rest.len)
		return spoilt(err, "its manifest can't be read");
	return true;
}

static bool at_end(struct backup_reader *r, struct error *err)
{
	char one;
	size_t got;

	if (!r->source->read(r->source, &one, 1, &got, err)) return false;
	return !got || spoilt(err, "it goes on behind its end");
}

bool backup_next(struct backup_reader *r, struct backup_part *ret, struct error *err)
{
	char letter;

	if (!read_part(r, &letter, err)) return false;
	if (letter == PART_BLOCK) return take_block(r, buffer_text(&r->part), ret, err);
	if (letter != PART_MANIFEST) return spoilt(err, "a part of it is unknown");
	come_to(r, r->head.schema.count);
	*ret = (struct backup_part){.end = true};
	return check_manifest(r, buffer_text(&r->part), err) && at_end(r, err);
}

static bool rows_in_order(struct backup_reader *r, const struct backup_part *part)
{
	struct text rest = part->block.bytes;
	int64_t rows = 0;

	for (; rest.len; rows++)
		if (!rows_decode(&rest, &r->head.schema.tables[part->table], r->values)) return false;
	return rows == part->block.rows;
}

bool backup_verify(struct backup_reader *r, struct error *err)
{
	struct backup_part part = {0};

	while (!part.end) {
		if (!backup_next(r, &part, err)) return false;
		if (!part.end && !rows_in_order(r, &part)) return spoilt(err, "rows of it can't be read");
	}
	return true;
}

const struct rows_sum *backup_sums(const struct backup_reader *r)
{
	return r->sums;
}

void backup_close(struct backup_reader *r)
{
	buffer_release(&r->part);
	arena_release(&r->arena);
	free(r->sealed);
	free(r);
}
