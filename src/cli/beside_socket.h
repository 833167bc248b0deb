/*
 * Beside's socket: PATH.sock beside an embedded database, its two ends, and what is passed through it.
 *
 * Files are passed as memory: a copy that lies in no folder and that its maker has sealed, so that whoever reads it
 * waits for no disk, no pipe and no terminal, and finds it as it was sent.
 */
#ifndef CLI_BESIDE_SOCKET_H
#define CLI_BESIDE_SOCKET_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"

#define BESIDE_PASSED_MOST 8

/* -1 where nobody listens. */
int beside_connect(const char *database_path);

/* Takes the place of a stale one; for whoever holds the database's lock. */
NODISCARD bool beside_listen(const char *database_path, int *ret_socket, struct error *);
void beside_unlink(const char *database_path);

/* Who is at the other end, by what the kernel says. */
bool beside_peer(int socket, uid_t *ret_user);

/* What was said, and the descriptors that came with it (as many as `passed_count` says; the others are closed). */
struct beside_packet {
	struct text bytes;
	int passed[BESIDE_PASSED_MOST];
	size_t passed_count;
};

/* Never waits, never a SIGPIPE. False where it wasn't sent. */
bool beside_send(int socket, const struct beside_packet *);

/* Waits for one. False at the end, and for what is no whole packet. */
bool beside_receive(int socket, char *bytes, size_t size, struct beside_packet *ret);
void beside_packet_close(struct beside_packet *);

/* How many bytes of what was sent the other end has not taken yet. */
int beside_unread(int socket);

/* Memory that can be passed, -1 for none; and sealed with this content. */
int beside_memory(void);
int beside_memory_of(struct text content);

/* The content of sealed memory, in the arena. False where it isn't sealed or is larger than this. */
bool beside_memory_read(int memory, size_t bytes_most, struct arena *, struct text *ret_content);

#endif
