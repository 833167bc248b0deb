/*
 * Enquiry files: CSV with one row per child in enquiry, as interfaces.md has it.
 *
 * The columns are those of enquiry_receive_input, a child's with child_ before them (address, postcode and parent_name
 * as they are). Rows of one external_ref are one enquiry. Every bad row is named with line, column and reason: an
 * enquiry's own columns have to be the same in all of its rows.
 */
#ifndef CLI_ENQUIRY_FILE_H
#define CLI_ENQUIRY_FILE_H

#include "cli/csv_table.h"
#include "hub/enquiry.h"

struct enquiry_column {
	enum field field;
	bool of_child;
};

struct enquiry_file {
	struct csv_table table;
	struct rejections rejected;
	struct csv_column names[CSV_FIELDS_MOST];
	struct enquiry_column columns[CSV_FIELDS_MOST]; /* in the same places */
	size_t column_count;
};

/* Reads and indexes; false where nothing of it can be taken. What it keeps lives in the arena. */
NODISCARD bool enquiry_file_read(struct enquiry_file *, struct arena *, struct text content);

/* One enquiry's input, in the arena given; false with its rows among the rejected. */
NODISCARD bool enquiry_file_decode(
	struct enquiry_file *, const struct csv_group *, struct arena *, struct enquiry_receive *ret);

/*
 * Decodes one and takes it in. False: an error that ends the import. `taken` false: its rows are among the rejected
 * and nothing was written.
 */
struct enquiry_taken {
	bool taken;
	struct received received;
	size_t children;
};
NODISCARD bool enquiry_file_take(struct enquiry_file *, struct hub *, const struct csv_group *, struct text workstream,
	struct enquiry_taken *ret, struct error *);

#endif
