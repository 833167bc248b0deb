/*
 * Beside: a command beside a running server.
 *
 * An embedded database belongs to one process at a time. While a server holds it, what a command would read or write
 * goes to the server through a Unix socket beside the database (PATH.sock, 0600), and the server runs the command in
 * its own process, on its own database. What is said, written and answered is what it would be without a server.
 *
 * Where a command runs is decided in one place: at the first edge that opens the hub's database (edge_open). Everything
 * before it (the command line, --help, files that can't be read) happens in the command's own process; there the
 * command is handed over whole: its words, what it read from files and standard input until then, and whether its
 * messages go to a terminal. The answer is an exit code and two files, of results and of messages. A command that is
 * `alone` in its table (init, demo, serve, migrate up) is never handed over: it is refused while a server runs, or
 * needs no hub. One that reads with a connection of its own also beside a server (edge_open_beside) has only its entry on the
 * access log written there: edge_note_use.
 *
 * Who may: a process of the server's own user, or root, by what the kernel says of the other end; either side looks.
 */
#ifndef CLI_BESIDE_H
#define CLI_BESIDE_H

#include "cli/cli.h"

/* What one message may hold: the words of a command and the names of its files. */
#define BESIDE_MESSAGE_BYTES ((size_t)64 << 10)

/* What a command run by a server may hold: of input, of results; and of memory, past which a list is refused. */
#define BESIDE_INPUT_BYTES  ((size_t)4 << 20)
#define BESIDE_RESULT_BYTES ((size_t)64 << 20)

enum beside_wish {
	BESIDE_RUN,  /* run this command */
	BESIDE_NOTE, /* only write down that it was used */
};

/*
 * Hands the command to the server that holds its database. *ret_taken is false where none runs: then nothing happened.
 * Else cli->beside has the answer, or the error says why there is none; for BUSY nothing was done, for UNKNOWN (FAILED)
 * what became of it cannot be told.
 */
NODISCARD bool beside_ask(struct cli *, enum beside_wish, bool *ret_taken, struct error *);

/* Writes the answer out as the command itself would have, and gives its exit code. */
int beside_answer(struct cli *);

/* The answer to BESIDE_NOTE: true where it was noted, else the server's words. */
NODISCARD bool beside_noted(struct cli *, struct error *);

/* The far end went away: what can be left off is left off. False for a command in its own process. */
bool beside_left(const struct cli *);

/* A word of how far it is, to the far end's terminal; dropped where that doesn't listen. */
void beside_progress(const struct cli *, struct text);

#endif
