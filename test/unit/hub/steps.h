/*
 * The actions as deeds, so that a test reads as the story it tells: each fills the input, runs the action as somebody at
 * an instant, and gives its error. Steps that are only the way to what is tested use `must`.
 */
#ifndef TEST_HUB_STEPS_H
#define TEST_HUB_STEPS_H

#include "fixture.h"

#include "hub/advice.h"
#include "hub/allocation.h"
#include "hub/closing.h"
#include "hub/decision.h"
#include "hub/hand_over.h"
#include "hub/information.h"
#include "hub/next_step.h"
#include "hub/open_case.h"
#include "hub/person_link.h"
#include "hub/protection.h"
#include "hub/rating.h"
#include "hub/recommendation.h"
#include "hub/reopening.h"
#include "hub/screening.h"
#include "hub/strategy.h"
#include "hub/transfer.h"

#define DEED(action, input)                                                                                            \
	static inline bool do_##action(struct hub *hub, void *with, struct error *err)                                     \
	{                                                                                                                  \
		const struct input *in = with;                                                                                 \
                                                                                                                       \
		return action(hub, in, err);                                                                                   \
	}

DEED(enquiry_screen, enquiry_screen)
DEED(enquiry_rerate, enquiry_rerate)
DEED(enquiry_answer_lowering, proposal_reply)
DEED(enquiry_screen_out, enquiry_screen_out)
DEED(enquiry_answer_screen_out, proposal_reply)
DEED(enquiry_allocate, enquiry_allocate)
DEED(enquiry_reallocate, enquiry_allocate)
DEED(enquiry_recommend, enquiry_recommend)
DEED(enquiry_authorise, enquiry_authorise)
DEED(enquiry_return, enquiry_return)
DEED(hand_over_reply, hand_over_reply)
DEED(enquiry_close, enquiry_close)
DEED(enquiry_reopen, enquiry_reopen)
DEED(strategy_request, strategy_request)
DEED(strategy_record, strategy_record)
DEED(enquiry_ask_signature, proposal_ask)
DEED(strategy_conference, conference_record)
DEED(information_add, information_add)
DEED(enquiry_review, enquiry_review)
DEED(protection_record, protection_record)
DEED(protection_over, protection_over)
DEED(open_case_mark, open_case_mark)
DEED(open_case_over, open_case_over)
DEED(person_link_decide, person_answer)
DEED(transfer_in_record, transfer_record)
DEED(transfer_accept, transfer_accept)
DEED(transfer_conference, transfer_conference)
DEED(referrer_answered, referrer_told)

/* Monday 1 June 2015 at this time, in London. */
#define MONDAY_AT(hhmm)  "2015-06-01T" hhmm ":00+01:00"
#define TUESDAY_AT(hhmm) "2015-06-02T" hhmm ":00+01:00"

#define BY(who, when) ((struct as){.name = (who), .at = (when)})
#define ON(ref)                                                                                                        \
	{                                                                                                                  \
		.reference = (ref), .version = VERSION_ANY                                                                     \
	}

static inline struct child_outcome child_with(int64_t child, const char *outcome, int64_t level)
{
	return (struct child_outcome){.child = child,
		.outcome = text_of(outcome),
		.threshold_level = level,
		.reason = TEXT("What was found, and what it means."),
		.agreement_at = INSTANT_NONE};
}

static inline struct child_outcome child_to_service(int64_t child)
{
	struct child_outcome outcome = child_with(child, "universal_services", 2);

	outcome.service = TEXT("Young carers");
	outcome.agreement_by = TEXT("Ana Silva");
	return outcome;
}

#define CHILDREN(...)                                                                                                  \
	{                                                                                                                  \
		.rows = (struct child_outcome[]){__VA_ARGS__},                                                                 \
		.count = sizeof((struct child_outcome[]){__VA_ARGS__}) / sizeof(struct child_outcome)                          \
	}

static inline void must_screen(struct fixture *f, struct as as, struct text reference, const char *rag)
{
	struct enquiry_screen in = {ON(reference), text_of(rag), TEXT("The risk seen.")};

	fixture_must(f, as, do_enquiry_screen, &in);
}

static inline void must_allocate(struct fixture *f, struct as as, struct text reference, const char *worker)
{
	struct enquiry_allocate in = {ON(reference), fixture_account(f, worker), TEXT("Knows the school.")};

	fixture_must(f, as, do_enquiry_allocate, &in);
}

static inline void must_recommend(struct fixture *f, struct as as, struct text reference, struct input_list children)
{
	struct enquiry_recommend in = {ON(reference), TEXT("The analysis."), children};

	fixture_must(f, as, do_enquiry_recommend, &in);
}

static inline void must_authorise(struct fixture *f, struct as as, struct text reference)
{
	struct enquiry_authorise in = {ON(reference), TEXT("yes"), TEXT("at_or_above_threshold")};

	fixture_must(f, as, do_enquiry_authorise, &in);
}

/* The first child has a child protection plan with this worker of the family team, from today on. */
static inline void must_mark_open_case(struct fixture *f, struct as as, struct text reference, const char *worker)
{
	struct open_case_mark in = {ON(reference), .child = 1, .case_status = TEXT("CP"), .case_worker = text_of(worker),
		.case_team = TEXT("Family team"), .case_from = DAY_NONE, .case_to = DAY_NONE};

	fixture_must(f, as, do_open_case_mark, &in);
}

/* Received at ten, screened green, allocated to Rahman by Nair: as far as most tests need it. */
static inline struct text allocated_enquiry(struct fixture *f, int children)
{
	struct text reference = fixture_receive(f, (struct given){.received_at = MONDAY_AT("10:00"), .children = children});

	must_screen(f, BY("byrne", MONDAY_AT("10:20")), reference, "green");
	must_allocate(f, BY("nair", MONDAY_AT("10:30")), reference, "rahman");
	return reference;
}

/* A column of an enquiry's current episode. */
#define assert_episode(f, reference, column, expected)                                                                 \
	assert_sql(f, expected,                                                                                            \
		"select e." column " from episode e join enquiry q on q.id = e.enquiry where q.reference = '%.*s' and "        \
		"e.is_current = 1",                                                                                            \
		TEXT_ARG(reference))

/* The transitions of an enquiry in order, with "," between. */
#define assert_history(f, reference, expected)                                                                         \
	assert_sql(f, expected,                                                                                            \
		"select group_concat(transition) from (select h.transition from history h join enquiry q on q.id = h.enquiry " \
		"where q.reference = '%.*s' order by h.id) as listed",                                                         \
		TEXT_ARG(reference))

#endif
