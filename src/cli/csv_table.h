/*
 * CSV tables: a file with a header, any order of columns, whose rows are found again by the place they start.
 *
 * Rows of one key (external_ref) belong together and needn't be adjacent: reading a table makes an index of keys and
 * places, and a group's rows are parsed again when their turn comes, so that a large file costs its own bytes and
 * little more. The file's content stays where it is while the table is used.
 */
#ifndef CLI_CSV_TABLE_H
#define CLI_CSV_TABLE_H

#include "base/csv.h"
#include "cli/rejection.h"

struct csv_column {
	struct text name; /* as the header has it */
	bool required;
};

/* The columns a file may have, and where they are found to stand in this one. */
struct csv_header {
	const struct csv_column *columns;
	size_t column_count;
	int places[CSV_FIELDS_MOST]; /* by column: which field of a record, or -1 */
	size_t field_count;
};

struct csv_row {
	struct text key;
	size_t offset;
	int64_t line;
	bool bad; /* its form is wrong: it says only that its key is not whole */
};

/* Good rows of one key, in the order of the file. */
struct csv_group {
	const struct csv_row *rows;
	size_t count;
	int64_t bad_line; /* of a row of this key that could not be read: the group isn't whole; 0: it is */
};

struct csv_table {
	struct text content;
	struct csv_header header;
	size_t row_count;
	struct csv_group *groups; /* in the order their first rows stand in the file */
	size_t group_count;
};

/*
 * Reads the header and indexes the rows by the key column (the first of the columns). False where the header is wrong,
 * or quotes stand so that nobody can tell where rows end; what is wrong with single rows (a field too many, no key, text
 * that is not UTF-8) is added to `rejected`, and a group they belong to knows that it isn't whole.
 */
NODISCARD bool csv_table_read(
	struct csv_table *, struct text content, const struct csv_header *columns, struct rejections *rejected);

/* A row's fields; it was well-formed when it was indexed. Copies live in the arena. */
void csv_row_parse(const struct csv_table *, const struct csv_row *, struct arena *, struct csv_record *ret);

/* The value of a column in a record: no value where the file has no such column. */
static inline struct text csv_value(const struct csv_header *header, const struct csv_record *record, size_t column)
{
	return header->places[column] < 0 ? TEXT_NONE : record->fields[header->places[column]];
}

#endif
