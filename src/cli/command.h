/*
 * Commands as data: name, options, help and what runs them. One file per command defines one `struct command`;
 * command.c lists them in the order --help shows.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/cli.h"
#include "cli/option.h"
#include "rules/codes.h"

#define COMMAND_OPTIONS_BYTES_MOST 512

struct command {
	const char *name; /* "due", "import enquiries" */
	const char *summary;
	const char *more;   /* paragraphs for --help, or NULL */
	enum action action; /* what its use is called on the access log */
	bool alone;         /* runs in its own process or not at all: never handed to a server (beside.h) */
	struct option_table table;
	int (*run)(struct cli *, const void *options);
};

/* NULL-terminated. */
extern const struct command *const commands[];

/* What a first word names: a command, or a group of commands ("import"); NULL and false for neither. */
NODISCARD bool command_find(struct text first, struct text second, const struct command **ret, struct error *);
bool command_is_group(struct text first);

/* Whether the word behind it is a part of the command's name: always in a group, unless "first" is a command itself. */
bool command_takes_second(struct text first, struct text next);

/* The whole program's help, or one group's (NULL: all). */
void commands_help(struct buffer *, struct text group);
void command_help(struct buffer *, const struct command *, const struct option_table *globals);

#endif
