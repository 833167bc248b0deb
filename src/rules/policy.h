/*
 * Policy: what councils set differently, as one value. The rules take it; nothing of it is a constant in code.
 *
 * Invariants (policy_read keeps them): the hub is open on at least one weekday; every opening is before its closing;
 * days are sorted and stand once; who signs can be there in hours and out of hours; 1 <= statutory_level <= section_47_level <= levels. The bank holidays that ship are
 * always among bank_holidays: a policy adds to them and never drops a past one. Lists live in the arena it was read
 * into. Pure data; share it between threads once made.
 *
 * Source: domain.md, "The clock" and "Caseload, target, allocation"; the policy that ships is Oxfordshire's of 2015.
 */
#ifndef RULES_POLICY_H
#define RULES_POLICY_H

#include "base/instant.h"
#include "rules/codes.h"
#include "rules/duration.h"

/* Minutes of the local day; both nought is closed all day, 1440 is midnight at its end. */
struct opening_hours {
	int opens;
	int closes;
};

struct dated_hours {
	day day;
	struct opening_hours hours;
};

struct named_day {
	day day;
	struct text name;
};

struct named_days {
	const struct named_day *days; /* sorted, each day once */
	size_t count;
};

/* The clocks beside screening and decision. */
enum other_clock {
	CLOCK_ACKNOWLEDGEMENT,   /* of a referral, to the referrer */
	CLOCK_REFERRAL_DECISION, /* shown beside green's own */
	CLOCK_ASSESSMENT,
	CLOCK_STRATEGY_HELD, /* requested and not held */
	CLOCK_CONFERENCE,
	CLOCK_TRANSFER_IN,
	CLOCK_POLICE_PROTECTION,
	CLOCK_EMERGENCY_ORDER,
	CLOCK_LADO,
	CLOCK_RESCREENING, /* of an accumulation, from its take-over: by the end of the second working day */
	OTHER_CLOCK_COUNT,
};

/* Who signs a kind of proposal, as a set: a bit of each role, and one of a dated deputy. */
#define SIGNER_DEPUTY (1u << ROLE_COUNT)

/* Codes that are not offered any more, a bit of each place in its list. What is recorded keeps its words. */
struct retired_codes {
	uint64_t concern;
	uint64_t screen_out_reason;
};

struct service_names {
	const struct text *rows; /* in the policy's order, each once whatever its capitals */
	size_t count;
};

struct policy {
	struct text reference_prefix;

	struct opening_hours week[WEEKDAY_COUNT];
	const struct dated_hours *overrides; /* sorted: hours of one date, which may also open a closed one */
	size_t override_count;
	struct named_days closures;      /* local */
	struct named_days bank_holidays; /* England and Wales */

	struct duration decision[RAG_COUNT];
	struct duration screening_in_hours;     /* or that day's close, whichever is later */
	struct duration screening_out_of_hours; /* from the next opening */
	struct duration other[OTHER_CLOCK_COUNT];
	bool long_clocks_from_day_one; /* assessment and conferences: the effective receipt day is day 1, not day 0 */
	bool assessment_from_acceptance;

	int levels;
	int statutory_level;
	int section_47_level;

	int cap;    /* open enquiries of one full-time worker */
	int target; /* progressed a day by one full-time worker */
	bool delegate_screen_out;
	unsigned signers[PROPOSAL_COUNT];

	struct retired_codes retired;
	struct service_names services; /* the directory of what families can be referred on to; never empty */

	int alarm_danger_minutes;    /* immediate danger unopened */
	int alarm_hand_over_minutes; /* hand-over to or from EDT unaccepted */
	int alarm_held_minutes;

	int restriction_review_days; /* a restricted record is looked at again */
	int glass_hours;             /* how long broken glass stays open */
};

/* The policy that ships. */
void policy_default(struct arena *, struct policy *ret);

/*
 * From a text file of `key = value` lines ('#' starts a comment): what it doesn't name stays as the policy that ships.
 * Refused with every problem and its line (field "line 12"). Keys: policy_write writes them all.
 */
NODISCARD bool policy_read(struct arena *, struct text source, struct policy *ret, struct error *);

/* The whole policy as policy_read takes it, with a comment on each key; bank holidays that ship are left out. */
struct text policy_write(struct arena *, const struct policy *);

/* From CSV with the columns date and title; refused by line. */
NODISCARD bool bank_holidays_parse(struct arena *, struct text csv, struct named_days *ret, struct error *);

/* The list that ships, built into the program from data/. */
struct named_days bank_holidays_shipped(struct arena *);

/* Both lists' days, each once; where both name one, the first list's name stays. */
struct named_days named_days_merge(struct arena *, struct named_days, struct named_days);

/* The name of this day in the list, or NULL. */
const struct named_day *named_days_find(struct named_days, day);

#endif
