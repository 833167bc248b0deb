/*
 * What backup, restore and copy say of the rows they moved.
 */
#ifndef CLI_BACKUP_FILE_H
#define CLI_BACKUP_FILE_H

#include "cli/cli.h"
#include "db/backup.h"

struct file_count {
	int64_t rows;
	int64_t enquiries;
};
struct file_count file_count(const struct backup_head *, const struct rows_sum *);

/* Of a clock that only goes on. */
int64_t file_now_ms(void);

/* What seals a backup; it is told where others than its owner and group may read it. */
NODISCARD bool file_key(struct cli *, struct text path, struct sealed_key *ret, struct error *);

NODISCARD bool file_open(struct cli *, struct text path, FILE **ret, struct error *);

/* "whole: the hub of ..., 63 tables, ...", and each table that has rows; with --json an object, left open for more. */
void file_say(struct cli *, const char *what, const struct backup_head *, const struct rows_sum *, int64_t began_ms);
void file_say_open(
	struct cli *, const char *what, const struct backup_head *, const struct rows_sum *, int64_t began_ms);

#endif
