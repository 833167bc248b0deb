#include "base/log.h"

#include <assert.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock_source.h"
#include "base/json.h"

#define LOG_LINE_BYTES ((size_t)4096)

static const char *const level_names[LOG_LEVEL_COUNT] = {"debug", "info", "warning", "error"};
static _Atomic enum log_level least = LOG_INFO;

void log_set_level(enum log_level level)
{
	assert(level < LOG_LEVEL_COUNT);
	least = level;
}

bool log_level_parse(struct text name, enum log_level *ret_level)
{
	for (int level = 0; level < LOG_LEVEL_COUNT; level++) {
		if (!text_is(name, level_names[level])) continue;
		*ret_level = (enum log_level)level;
		return true;
	}
	return false;
}

static void write_line(
	struct buffer *line, enum log_level level, const char *event, const struct log_member *members, size_t count)
{
	struct clock_source clock = clock_source_machine();
	struct json json;

	json_init(&json, line);
	json_open(&json);
	json_member_instant(&json, "at", clock_source_now(&clock));
	json_member_cstr(&json, "level", level_names[level]);
	json_member_cstr(&json, "event", event);
	for (size_t i = 0; i < count; i++) {
		if (members[i].text)
			json_member_cstr(&json, members[i].key, members[i].text);
		else
			json_member_int(&json, members[i].key, members[i].number);
	}
	json_close(&json);
	buffer_char(line, '\n');
}

void log_event_(enum log_level level, const char *event, const struct log_member *members, size_t count)
{
	BUFFER_SCOPE line;
	ssize_t written;

	buffer_init(&line, LOG_LINE_BYTES);
	if (level < least) return;
	write_line(&line, level, event, members, count);
	if (line.overflowed) {
		buffer_clear(&line);
		write_line(&line, level, event, &LOG_NUMBER("members_cut", (int64_t)count), 1);
	}
	written = write(STDERR_FILENO, line.bytes, line.len);
	(void)written; /* there is nowhere else to say that the log is gone */
}
