/*
 * Backup: a hub in one file, as rows of ours, so that it can be read back into either engine.
 *
 * Sealed (base/sealed.h). Within the seal it is parts, each a letter, its length and its bytes:
 *
 *     H   what it is of: the format, program, engine, time, authority; the migrations; the tables with their columns
 *     B   a block of rows: the table's place among those, how many rows, the rows (rows.h). Tables come in order
 *     M   the manifest, last: each table's rows and the checksum of them, and how many there are in all
 *
 * Nothing of a file is to be relied on before backup_next said that it is at its end: then the seal, the manifest and every
 * row were found whole. Nothing in it is taken on trust: whatever the bytes are, reading ends with an answer.
 */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include <stdio.h>

#include "base/instant.h"
#include "base/sealed.h"
#include "db/rows.h"

#define BACKUP_PURPOSE         "fanlight backup"
#define BACKUP_FORMAT          1
#define BACKUP_TABLES_MOST     1000
#define BACKUP_MIGRATIONS_MOST 1000

struct backup_head {
	int64_t format;
	struct text program; /* its version */
	struct text engine;  /* "sqlite", "postgresql" */
	instant taken_at;
	struct text authority;
	struct text reference_prefix;
	bool simulated;
	struct migration_applied *migrations;
	size_t migration_count;
	struct rows_schema schema;
};

struct backup_writer;
NODISCARD bool backup_begin(
	FILE *, const struct sealed_key *, const struct backup_head *, struct backup_writer **ret, struct error *);

/* Every row that the transaction sees, then the manifest. *ret_sums: one for each table, the head's arena's. */
NODISCARD bool backup_write(struct backup_writer *, struct tx *, struct error *);

/* What was written of each table; and its memory given back. */
const struct rows_sum *backup_written(const struct backup_writer *);
void backup_end(struct backup_writer *);

/* Where a backup's parts are read from: sealed_read, or in a test bytes. */
struct backup_source {
	bool (*read)(struct backup_source *, void *into, size_t most, size_t *ret_len, struct error *);
};

struct backup_reader;

/* Reads the head. The key is judged here: one that isn't the file's is refused before anything else is done. */
NODISCARD bool backup_open(FILE *, const struct sealed_key *, struct backup_reader **ret, struct error *);
NODISCARD bool backup_open_source(struct backup_source *, struct backup_reader **ret, struct error *);
const struct backup_head *backup_head(const struct backup_reader *);

struct backup_part {
	bool end; /* all of it was read and is as it was written */
	size_t table;
	struct rows_block block; /* until the next is asked for */
};
NODISCARD bool backup_next(struct backup_reader *, struct backup_part *ret, struct error *);

/* Reads to the end, every row of it. */
NODISCARD bool backup_verify(struct backup_reader *, struct error *);

/* By table, once the end was reached. */
const struct rows_sum *backup_sums(const struct backup_reader *);
void backup_close(struct backup_reader *);

#endif
