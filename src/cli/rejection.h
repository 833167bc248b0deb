/*
 * Rejections: what a file's rows were not taken for, each by line, column and reason. In the order of lines once
 * sorted. Lives in its arena.
 */
#ifndef CLI_REJECTION_H
#define CLI_REJECTION_H

#include "base/arena.h"
#include "base/json.h"

struct rejection {
	int64_t line;
	struct text column; /* no value: the whole row */
	struct text reason;
};

struct rejections {
	struct arena *arena;
	struct rejection *rows;
	size_t count;
	size_t capacity;
};

void rejection_add(struct rejections *, int64_t line, struct text column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

void rejections_sort(struct rejections *);

/* "rejected": [{"line", "column", "reason"}] */
void rejections_json(struct json *, const struct rejections *);

/* "line 5, child_sex: ..." each on a line of messages. */
void rejections_tell(FILE *into, const struct rejections *);

#endif
