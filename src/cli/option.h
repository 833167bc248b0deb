/*
 * Option tables: one table of a command gives parsing, usage and --help.
 *
 * A command's options are a struct of its own: a value is a struct text (TEXT_NONE where it was not given), a flag a
 * bool, a repeated value is refused. Every option stands in the table with its help, so --help can't forget one. The
 * global options are parsed by the same means and may stand before or after the command. Pure.
 */
#ifndef CLI_OPTION_H
#define CLI_OPTION_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

struct option {
	const char *name;  /* "received": --received */
	const char *value; /* what --help calls it, "INSTANT"; NULL: a flag */
	const char *help;
	size_t offset; /* in the command's struct: of a struct text, or of a bool */
	bool required;
};

struct argument {
	const char *name; /* "FILE" */
	const char *help;
	size_t offset; /* of a struct text */
	bool optional;
};

/* Longest lists a table may have, so that parsing needs no memory of its own. */
#define OPTIONS_MOST 32

struct option_table {
	const struct option *options;
	size_t option_count;
	const struct argument *arguments;
	size_t argument_count;
};

#define OPTION_TABLE(o)   .table.options = (o), .table.option_count = sizeof(o) / sizeof *(o)
#define ARGUMENT_TABLE(a) .table.arguments = (a), .table.argument_count = sizeof(a) / sizeof *(a)

/* Words of a command line still to be read. */
struct words {
	char **next;
	char **end;
};

/*
 * One option or argument at a time. `into` is the command's struct, `globals` the global options and their struct.
 * On false the message says what is wrong with the command line, the hint which name may have been meant.
 */
struct option_reader {
	struct words words;
	const struct option_table *global_table;
	void *globals;
};

/* Reads global options up to the next word that is not one; *ret_word is no value at the end. */
NODISCARD bool options_next_word(struct option_reader *, struct text *ret_word, struct error *);

/* Reads all that is left into the command's struct, global options among it. */
NODISCARD bool options_read(struct option_reader *, const struct option_table *, void *into, struct error *);

/* True where all that is required was given. Apart from reading, so that --help is heard first. */
NODISCARD bool options_complete(const struct option_table *, const void *into, struct error *);

/* "  --received INSTANT   when it arrived" lines, arguments first. */
void options_help(struct buffer *, const struct option_table *);

/* " FILE [--workstream W]" as usage has it. */
void options_usage(struct buffer *, const struct option_table *);

#endif
