/*
 * Decisions files: CSV with one row per child in enquiry, as interfaces.md has it, and the steps they tell of.
 *
 * Rows of one external_ref are one decision: what is the enquiry's own (who did what when, rating, finding) has to be
 * the same in all of them; outcome, level, reason, service, agreement and strategy discussion are the child's.
 *
 * Steps are applied over the whole file in order of instant. Ties: authorised of another enquiry (one with no other step
 * at that instant), then screened, strategy requested, allocated, recommended, authorised; then reference.
 */
#ifndef CLI_DECISION_FILE_H
#define CLI_DECISION_FILE_H

#include "cli/csv_table.h"
#include "rules/input.h"

struct decision_row {
	struct text external_ref;
	int64_t child;
	struct text screened_by;
	instant screened_at;
	struct text rag;
	struct text necessary;
	struct text necessary_reason;
	struct text ended;
	struct text allocated_to;
	instant allocated_at;
	struct text outcome;
	int64_t threshold_level;
	struct text reason;
	struct text service;
	struct text agreement_by;
	instant strategy_requested_at;
	struct text recommended_by;
	instant recommended_at;
	struct text authorised_by;
	instant authorised_at;
};

enum decision_step {
	STEP_SCREENED,
	STEP_STRATEGY_REQUESTED,
	STEP_ALLOCATED,
	STEP_RECOMMENDED,
	STEP_AUTHORISED,
	STEP_COUNT,
};

/* What one enquiry's rows say together. */
struct decision {
	const struct csv_group *group; /* the lines of the rows */
	struct decision_row *rows;
	size_t count;
	bool bad; /* a row of it is among the rejected */
	bool at_screening;
	instant at[STEP_COUNT]; /* INSTANT_NONE: no such step */
};

struct decision_event {
	instant at;
	int rank; /* among what happens at one instant */
	enum decision_step step;
	size_t decision;
};

struct decision_file {
	struct csv_table table;
	struct rejections rejected;
	struct decision *decisions; /* in the order of the file */
	size_t count;
};

/* Reads and checks all that the file can tell by itself; false where its form is wrong. Lives in the arena. */
NODISCARD bool decision_file_read(struct decision_file *, struct arena *, struct text content);

/* The steps of the good ones, up to and including this instant, in the order to apply them. */
struct decision_events {
	struct decision_event *events;
	size_t count;
};
struct decision_events decision_events_until(const struct decision_file *, struct arena *, instant until);

/* The column that says when a step was. */
const char *decision_step_column(enum decision_step);

/* A problem with one of a decision's rows, by its place. */
void decision_reject(
	struct decision_file *, const struct decision *, size_t row, const char *column, const char *reason);

#endif
