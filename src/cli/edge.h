/*
 * Edge: one transaction of one command against the hub's database.
 *
 * The database is opened once, on first use, and closed when the command is over. While a server holds it the command
 * is handed to the server there and then (beside.h): the edge comes back false, and what the command says after that is
 * dropped for what the server's run of it said. A command acts as --as EMAIL, else as the built-in operator; either way one entry on the access
 * log says which command it was and, by the system's name, who ran it, kept with what the command did (also when it
 * was refused). In a hub that isn't simulated a command that writes refuses --now: the edge then asks for exit code 2.
 *
 * `run` may be run again from the start: it keeps nothing outside its transaction but what `context` holds, which it
 * sets anew each time. What it writes into cli->out it writes after the edge, not within; but a read runs once, and what it wrote
 * is dropped where it fails.
 */
#ifndef CLI_EDGE_H
#define CLI_EDGE_H

#include "cli/cli.h"
#include "db/db.h"
#include "hub/hub.h"

typedef bool edge_run(struct hub *, void *context, struct error *);

/* Opens the hub's database; refused where it holds none, or one of an older or newer schema. */
NODISCARD bool edge_open(struct cli *, struct error *);

/* As it stands, whatever is in it (migrate, doctor); and where the file may be missing (init, demo). */
NODISCARD bool edge_open_any(struct cli *, struct error *);
NODISCARD bool edge_open_bare(struct cli *, struct error *);

/* Only to look, also while a server holds it: then nothing is written, and edge_look is all there is. */
NODISCARD bool edge_open_look(struct cli *, struct error *);

/*
 * For a command that reads rows itself for long and writes nothing but that it was used (backup): as edge_open, or, while
 * a server holds the database, as edge_open_look; the command is not handed over. edge_note_use then writes its entry
 * on the access log, durable when it returns true: here, or in the server.
 */
NODISCARD bool edge_open_beside(struct cli *, struct error *);
NODISCARD bool edge_note_use(struct cli *, struct error *);

/* The three in one: edge_read for such a command. */
NODISCARD bool edge_read_beside(struct cli *, edge_run *, void *context, struct error *);

/* For serve: held against everybody else, with a reader for each worker. */
NODISCARD bool edge_open_serving(struct cli *, int readers, int queue_limit, struct error *);
void edge_close(struct cli *);

/* "sqlite:PATH"'s path, or no value for another engine; *ret_missing where no such file is. */
struct text edge_path(const struct cli *, bool *ret_missing);

/* Reads; what was shown is on the access log before this returns. What `run` keeps lives in cli->arena. */
NODISCARD bool edge_read(struct cli *, edge_run *, void *context, struct error *);

/*
 * Within edge_read, for a list of any length: what was shown so far is written down and then goes out, so that memory holds a
 * part of it only. Does nothing while that part is small, nor where a server runs the command: its result is bounded.
 */
NODISCARD bool edge_let_out(struct cli *, struct hub *, struct error *);

/* Writes, all or nothing; durable when it returns true. The arena is the command's own too. */
NODISCARD bool edge_write(struct cli *, edge_run *, void *context, struct error *);

/* As edge_write, and undoes it whatever `run` says: for --dry-run. --now is taken. */
NODISCARD bool edge_try(struct cli *, edge_run *, void *context, struct error *);

/* A read without an actor and without an entry, also beside a server: for what holds nothing about anybody. */
NODISCARD bool edge_look(struct cli *, edge_run *, void *context, struct error *);

/* What the access log says of this use: the command, who ran it by the system's name, and cli->use. */
struct text edge_use(const struct cli *, struct arena *);

/* One transaction where there is no hub yet: `make` gets the edge to begin one with. */
typedef bool edge_make(const struct hub_edge *, void *context, struct error *);
NODISCARD bool edge_write_bare(struct cli *, edge_make *, void *context, struct error *);

/* The same for a great deal of rows: a transaction of its own, with much memory, and no savepoint within it. */
NODISCARD bool edge_write_bulk(struct cli *, edge_make *, void *context, struct error *);

#endif
