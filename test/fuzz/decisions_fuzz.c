/* Whatever the file: a step that is given out belongs to a good decision and has its instant. */
#include <assert.h>

#include "cli/decision_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text input = {len ? (const char *)bytes : "", len};
	struct decision_file file = {0};
	struct decision_events events;
	ARENA_SCOPE arena;

	arena_init(&arena, ARENA_COMMAND_BYTES);
	if (!decision_file_read(&file, &arena, input)) {
		assert(file.rejected.count > 0);
		return 0;
	}
	events = decision_events_until(&file, &arena, INT64_MAX);
	for (size_t i = 0; i < events.count; i++) {
		const struct decision_event *event = &events.events[i];

		assert(event->decision < file.count && !file.decisions[event->decision].bad);
		assert(event->at == file.decisions[event->decision].at[event->step] && event->at != INSTANT_NONE);
		assert(i == 0 || events.events[i - 1].at <= event->at);
	}
	return 0;
}
