/*
 * Beside's messages: what the two ends of a command say to each other, in bytes. Each travels whole or not at all.
 *
 * The command's end sends one request, with a descriptor for each input, in this order. The server's end sends that it
 * began, how far it is (any number of times), and the answer with two descriptors: results and messages. Pure.
 */
#ifndef CLI_BESIDE_MESSAGE_H
#define CLI_BESIDE_MESSAGE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "cli/beside.h"

#define BESIDE_WORDS_MOST  512
#define BESIDE_INPUTS_MOST 8

struct beside_request {
	enum beside_wish wish;
	bool terminal;   /* messages go to one */
	struct text use; /* NOTE: what the entry says besides, or an empty one */
	size_t word_count;
	size_t input_count;
	struct text words[BESIDE_WORDS_MOST];
	struct text inputs[BESIDE_INPUTS_MOST]; /* their names; an empty one is standard input */
};

/* False where it is more than a message holds. */
bool beside_request_write(struct buffer *, const struct beside_request *);

/* The texts lie within `bytes`. False for anything that beside_request_write can't have written. */
bool beside_request_read(struct text bytes, struct beside_request *);

enum beside_reply_kind { BESIDE_BEGAN, BESIDE_PROGRESS, BESIDE_DONE };

struct beside_reply {
	enum beside_reply_kind kind;
	int code;            /* DONE */
	struct text message; /* PROGRESS */
};

void beside_reply_write(struct buffer *, const struct beside_reply *);
bool beside_reply_read(struct text bytes, struct beside_reply *);

#endif
