/*
 * The parts of generating a hub: what has been received and isn't over, and the rows of each of its steps. Private to
 * hub/generate*.c.
 *
 * Rows are written once, as they stand at the hub's present, at the time they would have come into being: what they say of later
 * (an episode's end, a proposal's answer) is known from the receipt on, and nothing that is computed for an earlier instant reads it.
 */
#ifndef HUB_GENERATE_PART_H
#define HUB_GENERATE_PART_H

#include "hub/generate.h"
#include "twin/arrivals.h"
#include "twin/course.h"
#include "twin/family.h"

/* Families that came, in the order they first did. */
struct families {
	uint32_t count;
	int64_t *first_person;
	day *first_came;
	day *last_came;
	uint8_t *moves;
};

/* The ids that were given last, by table. */
struct generated_ids {
	int64_t enquiry; /* its first and only episode has the same */
	int64_t child;
	int64_t person;
	int64_t proposal;
	int64_t log;
};

/* One enquiry from its receipt to its last step. */
struct life {
	struct course course;
	int64_t enquiry;
	int64_t entries; /* on its access log */
	int64_t first_child;
	int64_t proposal;
	size_t children;
	size_t worker; /* place among the staff's workers; SIZE_MAX: the emergency duty team's */
	struct account_id worker_account;
	struct account_id screener;
	struct account_id manager;
	bool danger;
	char parent[2 * NAME_BYTES];
	struct life *next_free;
};

/* What happens next to a life. */
struct due_step {
	instant at;
	uint64_t order; /* of those at one instant, as they were put in */
	enum course_stage stage;
	struct life *life;
};

struct generation {
	struct arena *kept;
	struct generate in;
	struct generate_staff staff;
	const struct policy *policy; /* as long as this */
	struct arrivals arrivals;
	struct draw draw;
	day day;
	double pace;
	struct families families;
	struct generated_ids ids;
	int64_t received;
	int64_t reference_year;
	int64_t reference_last;
	int64_t holds[GENERATE_WORKERS_MOST]; /* open by worker, those that will be over included */
	instant given[GENERATE_WORKERS_MOST];
	struct due_step *steps; /* a heap */
	size_t step_count;
	size_t step_capacity;
	uint64_t step_order;
	struct life *free_lives;
	bool begun; /* a batch is being written: it can't be written twice */
};

/* The rows of a receipt; the enquiry's own id and those of its children are in the life. */
struct receipt {
	struct life *life;
	const struct family *family;
	const struct told *told;
	int64_t persons[FAMILY_CHILDREN_MOST];
	bool person_known[FAMILY_CHILDREN_MOST];
	bool came_before;
};
NODISCARD bool generate_receipt(struct generation *, struct hub *, const struct receipt *, struct error *);

/* The rows of one step of a life, at hub->now. */
NODISCARD bool generate_step(struct generation *, struct hub *, struct life *, enum course_stage, struct error *);

/* One entry on an enquiry's access log. */
struct generate_entry {
	struct life *life;
	enum action action;
	struct account_id account;
	struct text detail;
};
NODISCARD bool generate_log_write(
	struct generation *, struct hub *, const struct generate_entry *, struct access_log_id *ret, struct error *);

/* One step of the life cycle, with its entry. */
struct generate_move {
	struct generate_entry entry;
	enum transition transition;
	const char *from;
	const char *to;
	struct account_id about;
};
NODISCARD bool generate_history(struct generation *, struct hub *, const struct generate_move *, struct error *);

/* "received" or "completed", of the enquiry and each of its children. */
NODISCARD bool generate_balance(struct hub *, const struct life *, const char *kind, struct error *);

#endif
