/*
 * CSV reader: RFC 4180, UTF-8 (a byte order mark is passed over), one record at a time from memory.
 *
 * Lines end in CRLF or LF; a quoted field may hold commas, quotes (doubled) and line ends. A record remembers the
 * line it starts on (1 is the header). Fields are slices of the input where they can be and arena copies where a
 * quote was doubled. Limits: CSV_FIELDS_MOST fields a record; a field may be as long as the input.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/arena.h"
#include "base/error.h"

#define CSV_FIELDS_MOST 64

struct csv {
	struct text rest;
	int64_t line; /* of the next record */
	struct arena *arena;
};

struct csv_record {
	int64_t line;
	bool whole;
	size_t field_count;
	struct text fields[CSV_FIELDS_MOST]; /* present but empty is an empty text */
};

void csv_init(struct csv *, struct text input, struct arena *);

/*
 * The next record; *ret_end at the end of input. Blank lines are skipped. False: malformed, with the line in the message.
 * A record that is whole and only has text that is not UTF-8 says so (`whole`), and the next call goes on behind it.
 */
NODISCARD bool csv_next(struct csv *, struct csv_record *ret_record, bool *ret_end, struct error *);

#endif
