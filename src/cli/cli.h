/*
 * The command line: what every command gets and how it answers.
 *
 * A command is a table entry (command.h) and a function that takes the options it was given and returns an exit code:
 * 0 done, 1 refused or found wrong, 2 usage, 3 the database or system failed. What it found goes into `out`, which is
 * written to standard output once, when the command is over and what it did is kept; everything else is a message on
 * standard error. A command may also be run by a server, for whoever asked it (beside.h): it writes and reads by this
 * struct and by nothing else. One thread at a time.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <sys/types.h>

#include "base/clock_source.h"
#include "base/json.h"
#include "base/random_source.h"
#include "base/settings.h"

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_FAILED = 3 };

struct db;
struct command;
struct asking;

/* What was read for a command: a file by the name it was given, or a line of standard input (no name). */
struct cli_input {
	struct text name;
	struct text content;
	const struct cli_input *before;
};

/* What a server answered: the exit code, and files of what the command wrote; -1 before there is an answer. */
struct cli_answer {
	int code;
	int result;
	int messages;
};

/* The global options, as given. */
struct cli_globals {
	struct text db;
	struct text as;
	struct text now;
	bool json;
	bool help;
};

struct cli {
	struct arena arena;
	struct settings settings;
	struct cli_globals globals;
	struct clock_source clock; /* the machine's, or --now standing still */
	struct random_source random;
	const struct command *command;
	struct buffer out;
	struct json json; /* writes into out; for --json */
	struct db *db;    /* once an edge opened it */
	struct text use;  /* what the access log's entry of this use says besides: ids and numbers, or no value */
	bool misused;     /* the refusal that comes back is the command line's fault: exit 2 */
	bool looking;     /* it is open only to look at, beside a server */
	char **words;     /* of the command line, without the program; NULL-terminated */
	FILE *result;     /* standard output, or what a server keeps for whoever asked; likewise: */
	FILE *messages;
	uid_t user;                     /* the system's number of who runs it */
	const struct cli_input *inputs; /* what it read so far, the latest first; of a server's: all there is */
	struct asking *asking;          /* who a server runs it for; NULL in a process of its own */
	bool noting;                    /* they only want it written down that it was used */
	bool let_out;                   /* the use is noted, and a part of the result is written (edge_let_out) */
	bool handed_over;               /* a server ran it: */
	struct cli_answer answer;
};

/* Runs the program; what main returns. */
int cli_main(int argc, char **argv, char **environment);

/* Runs a command for whoever asked a server: the database is the server's and stays open. */
int cli_run(struct cli *);

/* What a command is given to read: a whole file, and the first line of standard input with its end (empty: none). */
NODISCARD bool cli_read_file(struct cli *, struct arena *, struct text path, struct text *ret_content, struct error *);
struct text cli_read_line(struct cli *, size_t bytes_most);

/* Writes what the result holds so far, and empties it. */
NODISCARD bool cli_let_out(struct cli *, struct error *);

/* Adds a line or more to the result. */
void cli_say(struct cli *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "fanlight: ..." on standard error. */
void cli_note(const struct cli *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Tells the error on standard error, fields and hint with it, and gives its exit code. */
int cli_failed(const struct cli *, const struct error *);

/* Tells what is wrong with the command line and where the help is: exit code 2. */
int cli_misused(const struct cli *, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline instant cli_now(const struct cli *cli)
{
	return instant_whole_second(clock_source_now(&cli->clock));
}

#endif
