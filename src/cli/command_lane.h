/*
 * Command lane: where a server runs the commands that come to its socket (beside.h), one after the other, in a thread of
 * their own: they never hold up a request's thread. What they write waits its turn with everybody's; one that writes
 * for long (a large import is one transaction) keeps other writers waiting for as long, and no reader.
 *
 * A second thread takes what comes and looks who left. Bounds: connections, commands that wait, time until a
 * connection says what it wants; no thread waits for a client, whose results are memory that it reads when it likes.
 */
#ifndef CLI_COMMAND_LANE_H
#define CLI_COMMAND_LANE_H

#include "base/error.h"

struct db;
struct command_lane;

NODISCARD bool command_lane_start(const char *database_path, struct db *, struct command_lane **ret, struct error *);

/* From here on whoever comes, and whoever waits, is told that nothing was done. Doesn't wait. */
void command_lane_close(struct command_lane *);

/* Waits for the command that runs. NULL is nothing. */
void command_lane_stop(struct command_lane *);

#endif
