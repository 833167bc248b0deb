/*
 * Demonstration: what its files tell of, as one list of events in the order they were lived.
 *
 * Enquiries arrive at their own instants; the accumulation is taken over on the first day, before the first enquiry.
 * Each working day's return is collated half an hour after close. Decisions come in the order decision_file.h has. What
 * follows them is of no file: a strategy discussion is held within three working hours of its request, the conference
 * twelve working days after it, and what was handed over is accepted a working day later, but for a few.
 */
#ifndef CLI_DEMO_EVENTS_H
#define CLI_DEMO_EVENTS_H

#include "cli/decision_file.h"
#include "cli/enquiry_file.h"
#include "rules/policy.h"

/* One workstream's pair of files, and its enquiries decoded. */
struct demo_files {
	const char *workstream;
	const char *enquiries_name;
	const char *decisions_name;
	struct enquiry_file enquiries;
	struct enquiry_receive *received; /* by group */
	struct decision_file decisions;
	struct decision_events steps;
};

enum demo_kind {
	DEMO_OPENS,
	DEMO_CLOSES,
	DEMO_COLLATE,
	DEMO_RECEIVE,
	DEMO_STEP,
	DEMO_DISCUSS,
	DEMO_CONFER,
	DEMO_ACCEPT
};

struct demo_event {
	instant at;
	enum demo_kind kind; /* at one instant in this order */
	size_t sequence;     /* among its kind */
	size_t files;        /* which pair */
	size_t index;        /* of the enquiry or the step; the rest: of the step they follow */
	day day;             /* collated */
};

struct demo_events {
	struct demo_event *events;
	size_t count;
	instant began; /* the first day's midnight */
};

#define DEMO_PAIRS 2

/* Reads the pairs' files from a directory; refused with what is wrong where a row is bad (told on standard error). */
NODISCARD bool demo_files_read(
	struct demo_files pairs[DEMO_PAIRS], struct arena *, struct text directory, struct error *);

/* All that happened up to this instant. */
void demo_events_make(
	struct demo_files pairs[DEMO_PAIRS], struct arena *, const struct policy *, instant until, struct demo_events *ret);

#endif
