/*
 * Asking: one who came to a server's socket with a command, from their coming to their going.
 *
 * Only the watcher (command_lane.c) makes a place free or gives it away; the lane's thread has it from WAITS to OVER.
 */
#ifndef CLI_ASKING_H
#define CLI_ASKING_H

#include <stdatomic.h>

#include "cli/beside_message.h"
#include "cli/beside_socket.h"
#include "http/lane.h"

enum asking_state { ASKING_FREE, ASKING_CAME, ASKING_WAITS, ASKING_OVER };

struct asking {
	struct lane_item item; /* first: the lane knows only this */
	_Atomic enum asking_state state;
	atomic_bool left; /* they went away while it waited, or ran */
	int socket;
	uid_t user;
	int64_t came_ms;
	void *context;
	struct db *db;
	struct arena arena; /* their words */
	struct beside_request *request;
	struct beside_packet packet; /* what they passed */
};

/* False for somebody else's user: then the place is still free, and the socket not taken. */
bool asking_comes(struct asking *, int socket);

/* Takes what they say; false where it can't be understood. */
bool asking_hears(struct asking *);

/* Runs it and sends the answer; or sends that it is refused: exit code 3. */
void asking_run(struct asking *);
void asking_refuse(struct asking *, const char *why);

/* Closes all that is theirs and makes the place free. */
void asking_goes(struct asking *);

#endif
