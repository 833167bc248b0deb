/*
 * Log: one JSON object a line on standard error, for machines to read and operators to search.
 *
 * Never personal data: an event's name is a literal, members are names, numbers, ids and our own words, never a
 * field of a record. Written whole in one write(2), so lines of threads don't mix. Libraries below the edge
 * don't log; edges (request, command, job) do, once.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/text.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR, LOG_LEVEL_COUNT };

struct log_member {
	const char *key;
	const char *text; /* or NULL, then number */
	int64_t number;
};

void log_set_level(enum log_level);
bool log_level_parse(struct text name, enum log_level *ret_level); /* "debug", "info", "warning", "error" */
void log_event_(enum log_level, const char *event, const struct log_member *members, size_t count);

#define LOG_TEXT(k, v)   ((struct log_member){.key = (k), .text = (v)})
#define LOG_NUMBER(k, v) ((struct log_member){.key = (k), .number = (v)})
#define log_event(level, event, ...)                                                                                   \
	log_event_((level), (event), (const struct log_member[]){__VA_ARGS__},                                             \
		sizeof((const struct log_member[]){__VA_ARGS__}) / sizeof(struct log_member))

#endif
