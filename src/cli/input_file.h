/*
 * Input files: read whole, before anything is opened or locked.
 */
#ifndef CLI_INPUT_FILE_H
#define CLI_INPUT_FILE_H

#include "base/arena.h"
#include "base/error.h"

#define INPUT_FILE_BYTES_MOST ((size_t)640 << 20)

/* The file's content in the arena; refused where it can't be read or is larger than this. */
NODISCARD bool input_file_read(struct arena *, struct text path, struct text *ret_content, struct error *);

#endif
