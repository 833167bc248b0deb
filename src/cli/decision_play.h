/*
 * Playing decisions: applying what a decisions file tells of through the same actions as the screen, each step at its
 * own instant and by whom the file names. The agreement is at recommended_at; the allocation's actor is authorised_by;
 * with ended=screening necessary_reason is the reason for screening out.
 *
 * What has been applied before is left out, step by step. What a rule refuses is named by line, column and reason, and
 * the rest of that decision is not tried.
 */
#ifndef CLI_DECISION_PLAY_H
#define CLI_DECISION_PLAY_H

#include "cli/decision_file.h"
#include "cli/people.h"

struct played {
	struct enquiry_id enquiry;
	struct text reference; /* no value: not looked up yet */
	struct account_id by[STEP_COUNT];
	struct account_id holder;
	unsigned done; /* by step, 1 << step: applied before */
	bool failed;
	bool decided;
};

struct decision_play {
	struct decision_file *file;
	struct people people;
	struct played *played; /* of each decision */
	struct account_id viewer;
	instant recorded_at; /* INSTANT_NONE: as lived, each step recorded at its own instant */
	bool refused;        /* a rule refused something */
};

void decision_play_init(struct decision_play *, struct decision_file *, struct arena *);

/* Looks up the decision's enquiry and people; what is wrong is among the rejected and the decision has failed. */
NODISCARD bool decision_play_prepare(struct decision_play *, struct hub *, size_t decision, struct error *);

/* Applies one step; false: an error that ends it all. hub->now, recorded_at and actor are the step's afterwards. */
NODISCARD bool decision_play_event(struct decision_play *, struct hub *, const struct decision_event *, struct error *);

#endif
